# The directory.

people-title = People
people-search = Search people
people-search-hint = Search by name, e-mail or employee id
people-column-name = Name
people-column-type = User type
people-column-groups = Groups
people-column-contact = E-mail and mobile
people-column-channel = Written to by
user-state-inactive = inactive
people-empty-title = The directory is empty
people-empty-text = Import your people from a file: on the machine where Convoke runs, use this command. The user guide lists the columns.
people-none-title = Nobody matches
people-none-text = Try fewer letters, another group or another user type.
similar = similar
similar-title = Spelled a little differently from what you typed
person-new = New person
person-inactive = Deactivated: never invited, cannot sign in, keeps the history.
person-deactivate = Deactivate
person-deactivate-ask = Nobody can invite this person then. Deactivate?
person-reactivate = Bring back
person-deactivated = Deactivated
person-reactivated = Active again
person-first-name = First name
person-last-name = Last name
person-email = E-mail
person-mobile = Mobile
person-mobile-help = As people write it, or with the country: +33 6 12 34 56 78
person-channel = Written to by
person-language = Language
person-type = User type
person-employee-id = Employee id
person-no-group = No group
person-create = Create
person-saved = { $name } is saved
person-reload = Load what is there now
person-trainings = Trainings
person-no-trainings = On no list so far.
groups-title = Groups and user types
groups-lead = What people are narrowed by, and what authorised users may see.
groups-add = Name of a new group
types-add = Name of a new user type
groups-add-button = Add
groups-empty = None so far.
groups-members = Members
groups-members-of = Choose the members of { $name }
groups-members-chosen = { $added } joined, { $removed } left.
groups-rename = Rename
groups-rename-of = Rename { $name }
groups-delete = Delete
groups-delete-of = Delete { $name }
groups-delete-ask = { $count ->
    [0] Nobody is in it. Delete?
    [one] One person is in it, and stays in the directory. Delete?
   *[other] { $count } people are in it, and stay in the directory. Delete?
}
types-delete-ask = { $count ->
    [0] Delete?
    [one] One person has this type. Only what nobody has can be deleted.
   *[other] { $count } people have this type. Only what nobody has can be deleted.
}
groups-deleted = Deleted
groups-saved = Saved
bulk-title = What to do with the selected people
bulk-all = Select everyone who matches
bulk-none = Select nobody
bulk-join = Add to groups…
bulk-leave = Remove from groups…
bulk-join-title = { $count ->
    [one] Add one person to groups
   *[other] Add { $shown } people to groups
}
bulk-leave-title = { $count ->
    [one] Remove one person from groups
   *[other] Remove { $shown } people from groups
}
bulk-join-go = Add
bulk-leave-go = Remove
bulk-joined = { $count ->
    [one] One person added
   *[other] { $shown } people added
}
bulk-left = { $count ->
    [one] One person removed
   *[other] { $shown } people removed
}
bulk-no-groups = There are no groups yet.
bulk-invite = Invite to choose a password…
bulk-invite-title = { $count ->
    [one] Invite one person to choose a password
   *[other] Invite { $shown } people to choose a password
}
bulk-invite-help = Each gets a link of their own, good for 14 days. Nobody’s right in the console changes.
bulk-invite-planning = Counting who gets a link…
bulk-invite-email = { $count ->
    [one] One person gets the link by e-mail
   *[other] { $shown } people get the link by e-mail
}
bulk-invite-sms = { $count ->
    [one] One person gets the link by SMS
   *[other] { $shown } people get the link by SMS
}
bulk-invite-nobody = Nobody gets a link.
bulk-invite-unreachable = { $count ->
    [one] One person cannot be reached: neither e-mail nor mobile
   *[other] { $shown } people cannot be reached: neither e-mail nor mobile
}
bulk-invite-skipped = Left out:
bulk-invite-has-password = { $count ->
    [one] one person who has a password
   *[other] { $shown } people who have a password
}
bulk-invite-written-to = { $count ->
    [one] one person who was sent a link less than a day ago
   *[other] { $shown } people who were sent a link less than a day ago
}
bulk-invite-inactive = { $count ->
    [one] one person who is deactivated
   *[other] { $shown } people who are deactivated
}
bulk-invite-go = { $count ->
    [0] Send
    [one] Send one link
   *[other] Send { $shown } links
}
bulk-invite-busy = Sending…
bulk-invited = { $count ->
    [one] One link is on its way
   *[other] { $shown } links are on their way
}
export-people-file = People { $day }
export-people-sheet = People
conflict-import-busy = Something else is done with this import right now, or it is over. Look at it again.
conflict-export-people = More than 50,000 people match, too many for one file. Narrow the list first.
export-people-csv = Export the people shown as CSV
export-people-xlsx = Export the people shown as XLSX

## What somebody may do

access-title = Signing in
access-created = Has no password, and cannot sign in. Invitations to trainings need none.
access-invited = Was sent a link to choose a password.
access-active = Has a password, and can sign in.
access-inactive = Deactivated: cannot sign in.
access-own = Nobody changes their own right.
access-unreachable = There is neither an e-mail nor a mobile to send a link to.
access-invite = Invite to choose a password
access-invite-again = Send another link
access-new-password = Send a link for a new password
access-invite-help = The link goes to this person alone, and is good for 14 days.
access-sent-email = The link is on its way by e-mail
access-sent-sms = The link is on its way by SMS
access-role = Right in the console
access-role-member = None
access-role-member-help = Trainers need none: they see the trainings that they are named on.
access-role-authorised = Authorised user
access-role-authorised-help = Manages trainings, and sees and invites the people of these groups only.
access-role-administrator = Administrator
access-role-administrator-help = May do everything in the organisation.
access-scope = Groups in their scope
access-save = Save the right
access-saved = Saved. It holds from the next click on.

# Two rows that are one person.
merge-open = Merge with a duplicate…
merge-title = Merge with a duplicate
merge-lead = Is this person in the directory twice? Find the other row: it goes, and everything it has comes here.
merge-search = Search the other person
merge-search-hint = Name, e-mail or employee id
merge-none = Nobody else matches.
merge-choose = Compare with { $name }
merge-compare-lead = Choose what is kept where the two differ.
merge-field = Field
merge-stays = Stays
merge-goes = Goes
merge-nothing = nothing
merge-groups = Groups of both
merge-trainings = Trainings
merge-trainings-of = { $count ->
    [0] none
    [one] one
   *[other] { $count }
}
merge-both = { $count ->
    [0] Both are on no list together.
    [one] Both are on the list of one training: the stronger of the two invitations stays, a confirmation before all others.
   *[other] Both are on the lists of { $count } trainings: the stronger of the two invitations stays, a confirmation before all others.
}
merge-final = This cannot be undone.
merge-back = Another person
merge-go = Merge
merge-going = Merging…
merge-again = Compare again
merge-done = { $name } is one person now
merge-swap = Keep { $name } instead
conflict-merge-same = This is the same row of the directory.
conflict-merge-right = This person has a right or a password in the console, and can only be the one who stays.
conflict-merge-address = An e-mail or a mobile has to stay.
conflict-merge-sending = A message to this person is being sent at this moment. Try again in a minute.
