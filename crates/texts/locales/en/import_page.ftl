# Importing people from a file, in the browser.

imports-link = Import
imports-title = Import people
imports-lead = Bring people into the directory from a file. Nothing is stored before you have seen what would come of it.
imports-nobody = Import your people from a file: here, or with this command on the machine where Convoke runs.

# Bringing the file
imports-file = The file
imports-drop = Drop a file here
imports-choose = Choose a file
imports-limit = CSV or XLSX, up to { $size } MB
imports-reading = The file is being read…
imports-too-large = This file is too large. Split it, and import the parts one after the other.
imports-empty-file = This file is empty.
imports-kind = Only CSV and XLSX files can be imported. Save the table as one of these.
imports-known = Columns that are understood
imports-known-help = The first line names the columns, in any order. Last name and first name have to be there, and an e-mail or a mobile. Several groups in one cell are separated by semicolons. A channel is email or sms, a language is en or fr. Once the file is here, you say which column is which.
imports-known-again = Whoever is in the directory already, by employee id, e-mail or mobile, is updated and not doubled.

# The imports of the last weeks
imports-latest = Latest imports
imports-state-ready = not checked yet
imports-state-checking = being checked
imports-state-checked = checked, not imported
imports-state-running = being imported
imports-state-done = imported
imports-state-broken = stopped in the middle
imports-state-undoing = being undone
imports-state-undone = undone
imports-said-created = { $count } new
imports-said-updated = { $count } changed
imports-said-unchanged = { $count } unchanged
imports-said-left-out = { $count } left out
imports-said-removed = { $count } removed
imports-said-restored = { $count } as before
imports-said-kept = { $count } kept

# The columns
imports-for = For the training “{ $training }”: once its people are imported, choose them there.
imports-brought = { $when } · { $who }
imports-columns = Columns of the file
imports-columns-help = Say what each column is. What is left out is not imported.
imports-column-name = In the file
imports-column-field = What it is
imports-column-samples = For example
imports-column-nameless = Column { $number }
imports-column-label = What “{ $name }” is
imports-leave-out = Leave out
imports-no-samples = nothing in the first lines
imports-no-last-name = Choose which column is the last name.
imports-no-first-name = Choose which column is the first name.
imports-no-address = Choose which column is the e-mail, or the mobile.
imports-twice = “{ $field }” is chosen more than once. Leave out all but one.
imports-check-again = The columns have changed since the check: check the file again.
imports-stopped = The check broke off. Check the file again.
imports-check = Check the file
imports-checking-now = Checking…

# What is under way
imports-percent = { $percent }%
imports-checking = The file is being checked
imports-checking-text = Nothing is stored yet. You can leave this page and come back.
imports-running = People are being imported
imports-running-text = You can leave this page; the import goes on.
imports-undoing = The import is being undone
imports-undoing-text = You can leave this page; this goes on.

# What would come, or came of it
imports-found = The file is checked
imports-found-text = This is what would come of it. Nothing is stored yet.
imports-created = { $count ->
    [one] new person
   *[other] new people
}
imports-updated = { $count ->
    [one] changed
   *[other] changed
}
imports-unchanged = { $count ->
    [one] unchanged
   *[other] unchanged
}
imports-left-out = { $count ->
    [one] left out
   *[other] left out
}
imports-new-groups = { $count ->
    [one] New group:
   *[other] New groups:
}
imports-new-types = { $count ->
    [one] New user type:
   *[other] New user types:
}
imports-left-out-title = { $count ->
    [one] One line is left out
   *[other] { $count } lines are left out
}
imports-left-out-files = Lines left out with their reasons, to be mended and imported again
imports-result-files = All lines, with what came of each
imports-run = { $count ->
    [one] Import one person
   *[other] Import { $count } people
}
imports-run-known = { $count ->
    [one] Go on with this person
   *[other] Go on with these { $count } people
}
imports-nothing = There is nothing to import: no line is new or changes anything.
imports-done = The import is done
imports-done-text = These people are in the directory now.
imports-broken = The import stopped in the middle
imports-broken-text = What was stored so far stays until it is undone.
imports-go-on = Go on
imports-choose-people = { $count ->
    [one] Choose this person for “{ $training }”
   *[other] Choose these { $count } people for “{ $training }”
}
imports-to-people = Go to People

# Undoing
imports-undo = Undo this import
imports-undo-ask = People whom it created are removed, and those whom it changed are as before. Whoever was changed since or is on a list stays. Undo?
imports-undone = The import is undone
imports-undone-text = This is what came of undoing it.
imports-removed = { $count ->
    [one] person removed
   *[other] people removed
}
imports-restored = { $count ->
    [one] person as before
   *[other] people as before
}
imports-kept = { $count ->
    [one] person kept
   *[other] people kept
}
imports-kept-text = Kept is whoever was changed after the import or is on a list by now.
