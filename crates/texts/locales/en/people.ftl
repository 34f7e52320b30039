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
