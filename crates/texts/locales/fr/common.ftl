# Les mots de partout : le nom des choses, les dates, les listes.

app-name = Convoke
people-count = { $count ->
    [one] { $count } personne
   *[other] { $count } personnes
}

state-to-send = Invitations à envoyer
state-sent = Invitations envoyées
state-confirmed = Invités et confirmés
state-declined = Déclinées
state-waiting = Liste d’attente
state-cancelled = Annulées

channel-email = E-mail
channel-sms = SMS

phase-upcoming = À venir
phase-running = En cours
phase-past = Passées

language-en = Anglais
language-fr = Français

month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

date-full = { $day } { $month } { $year }
date-range-days = { $first }–{ $last } { $month } { $year }
date-range-months = { $first_day } { $first_month } – { $last_day } { $last_month } { $year }
date-range-years = { $first } – { $last }
date-time = { $date }, { $time }
days-taught = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
ago-now = à l’instant
ago-minutes = il y a { $count } min
ago-hours = il y a { $count } h
ago-yesterday = hier
ago-days = il y a { $count } jours

row-sent = Envoyée { $when }
row-reminders = { $count ->
    [one] { $count } rappel
   *[other] { $count } rappels
}
row-confirmed = Confirmé { $when }
row-confirmed-by = Confirmé par { $name }
row-registered = Inscrit avec le code { $when }
row-declined = Décliné { $when }
