# Words used everywhere: the names of things, dates, lists.

app-name = Convoke
people-count = { $count ->
    [one] { $count } person
   *[other] { $count } people
}

state-to-send = Invitations to send
state-sent = Invitations sent
state-confirmed = Invited and confirmed
state-declined = Declined
state-waiting = Waiting list
state-cancelled = Cancelled

channel-email = E-mail
channel-sms = SMS

phase-upcoming = Upcoming
phase-running = Running
phase-past = Past

language-en = English
language-fr = French

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# Dates, as service::format writes them.
date-full = { $day } { $month } { $year }
date-range-days = { $first }–{ $last } { $month } { $year }
date-range-months = { $first_day } { $first_month } – { $last_day } { $last_month } { $year }
date-range-years = { $first } – { $last }
date-time = { $date }, { $time }
days-taught = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
ago-now = just now
ago-minutes = { $count } min ago
ago-hours = { $count } h ago
ago-yesterday = yesterday
ago-days = { $count } days ago

# The second line of a row in a block.
row-sent = Sent { $when }
row-reminders = { $count ->
    [one] { $count } reminder
   *[other] { $count } reminders
}
row-confirmed = Confirmed { $when }
row-confirmed-by = Confirmed by { $name }
row-registered = Registered with the code { $when }
row-declined = Declined { $when }
