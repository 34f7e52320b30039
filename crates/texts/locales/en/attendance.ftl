# Attendance by half-day: the grid, signatures, sheets and files.

attendance-present = Present
attendance-absent = Absent
attendance-excused = Excused
attendance-half = { $half ->
    [morning] Morning
   *[afternoon] Afternoon
}
attendance-half-day = { $day }, { $half ->
    [morning] morning
   *[afternoon] afternoon
}
attendance-signed = signed
attendance-declared = signed as { $name }
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = June
month-short-7 = July
month-short-8 = Aug
month-short-9 = Sept
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

training-tab-attendance = Attendance
attendance-people = { $count ->
    [0] Nobody yet
    [one] { $count } person
   *[other] { $count } people
}
attendance-tool = What a tap sets
attendance-tool-clear = Clear
attendance-help = Choose what a tap sets, then tap the cells. With the keyboard: arrow keys to move, Enter to set, P, A or E for present, absent or excused, Delete to clear.
attendance-search = Find a name
attendance-grid = Attendance, people by half-days
attendance-name = Name
attendance-now = Now
attendance-nothing = nothing yet
attendance-by-hand = marked by hand
attendance-count = { $count } present
attendance-rest = All others present
attendance-rest-of = All others present, { $half_day }
attendance-rest-title = Are all others present?
attendance-rest-text = { $count ->
    [one] Nothing is said of { $count } person yet. They will be marked as present: { $half_day }.
   *[other] Nothing is said of { $count } people yet. They will be marked as present: { $half_day }.
}
attendance-rest-yes = { $count ->
    [one] Mark { $count } person
   *[other] Mark { $count } people
}
attendance-rest-done = { $count ->
    [0] Everybody is marked already.
    [one] { $count } person marked as present.
   *[other] { $count } people marked as present.
}
attendance-cell = { $name }, { $half_day }: { $state }
attendance-cleared = { $name }, { $half_day }: mark taken back
attendance-early = This half-day is still to come: until then people can only be excused.
attendance-sheet = Attendance sheet (PDF)
attendance-csv = Attendance as CSV
attendance-xlsx = Attendance as XLSX
attendance-person-sheet = Attendance sheet of { $name } (PDF)
attendance-empty-title = Nobody takes part yet
attendance-empty-text = Whoever confirms, registers or is added on the spot stands here, with a cell for each half-day.
attendance-file = { $title } - attendance { $day }
attendance-file-sheet = Attendance
attendance-file-present = Half-days present

attendance-paper-sheet = Attendance sheet
attendance-paper-certificate = Record of attendance
attendance-paper-when = When:
attendance-paper-where = Where:
attendance-paper-by = Trainer:
attendance-paper-name = Name
attendance-paper-trainer = Trainer’s signature:
attendance-paper-organisation = For the organisation:
attendance-paper-half-day = Half-day
attendance-paper-attendance = Attendance
attendance-paper-signature = Signature
attendance-paper-made = Made on { $at }
attendance-paper-page = Page { $page } of { $pages }
attendance-paper-sum = { $all ->
    [one] Present on { $present } of { $all } half-day.
   *[other] Present on { $present } of { $all } half-days.
}

space-half-day = This is for { $half_day }.
space-sign-lead = Please sign with a finger, a pen or the mouse.
space-sign-canvas = Field for the signature
space-sign-clear = Start again
space-sign-instead = Type your name instead
space-sign-name = Your name, in place of a signature
space-sign-missing = Please sign in the field, or type your name below it.
space-sign-again = The signature could not be read. Please sign once more, or type your name.
space-sign-late = You are noted as present. Please sign as well.
space-sign-send = Sign
space-sheet = My attendance sheet (PDF)

settings-sign-presence = Ask for a signature at “I am here”
settings-sign-presence-help = Whoever says that they are there signs with a finger, a pen or the mouse, or types their name. The attendance sheet shows it.

# Marks that wait on the device, or need attention.
attendance-waiting = waiting
attendance-attention = needs attention
marks-waiting = { $count ->
    [one] { $count } mark of attendance waits for the network. It is kept on this device and sent by itself; leave this page open.
   *[other] { $count } marks of attendance wait for the network. They are kept on this device and sent by themselves; leave this page open.
}
marks-refusing = { $count ->
    [one] The server does not take { $count } mark of attendance at the moment. It is kept on this device and sent by itself.
   *[other] The server does not take { $count } marks of attendance at the moment. They are kept on this device and sent by themselves.
}
marks-signed-out = { $count ->
    [one] { $count } mark of attendance waits on this device. It is sent once you have signed in again.
   *[other] { $count } marks of attendance wait on this device. They are sent once you have signed in again.
}
marks-saved = { $count ->
    [one] { $count } mark that waited is saved.
   *[other] { $count } marks that waited are saved.
}
marks-attention = { $count ->
    [one] { $count } mark of attendance was not saved and needs your attention.
   *[other] { $count } marks of attendance were not saved and need your attention.
}
marks-look = Look at them
marks-discard = Discard them
marks-discard-sure = { $count ->
    [one] Discard this mark? It is on this device only.
   *[other] Discard these { $count } marks? They are on this device only.
}
marks-cell = { $name }, { $half_day }
marks-somebody = Somebody who is not in this list
marks-both = You: { $wanted }. Now: { $now }.
marks-nothing = no mark
marks-insist = Set all the same: { $wanted }
marks-leave = Leave it as it is
marks-not-found = This training or this person is not there for you any more.
conflict-presence-later = Somebody said something else here later. The last word counts.
marks-leave-title = Leave without network?
marks-leave-text = This page can be opened again only when the network is back. The marks that wait are kept on this device and sent then.
marks-stay = Stay here
marks-sign-out-title = Sign out and lose marks?
marks-sign-out-text = { $count ->
    [one] { $count } mark of attendance is not saved yet: it waits for the network or needs attention. Signing out takes it from this device.
   *[other] { $count } marks of attendance are not saved yet: they wait for the network or need attention. Signing out takes them from this device.
}
marks-sign-out-yes = Sign out and lose them
