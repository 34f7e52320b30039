# The selection panel.

panel-title = Choose the participants
panel-title-members = Members of { $group }
panel-title-trainers = Choose the trainers
panel-search = Search users
panel-search-placeholder = Search by name, e-mail or employee id
filter-groups = Groups
filter-groups-all = All groups
filter-types = User types
filter-types-all = All user types
filter-past = Trainings and imports
filter-past-all = Invited before or not
filter-past-since = Not invited to any training since
filter-past-took = Took the training
filter-past-same = Same people as in the training
filter-past-import = Named in the file
filter-past-any = Any
filter-past-older = an older training
filter-past-said-since = not invited since { $day }
filter-past-said-took = took { $training }
filter-past-said-same = as in { $training }
filter-past-said-import = in { $file }
filter-past-said-import-gone = in a file that is kept no longer
filter-find = Find in { $filter }
filter-find-none = Nothing has this name.
filter-clear = Clear
panel-clear-filters = Clear the filters

panel-users = Users
panel-participants = Participants
panel-members = Members
panel-trainers = Trainers
panel-switch = Column
panel-matching = { $shown } of { $all } match
panel-matching-similar = { $shown } match · { $similar } similar
panel-informed = { $shown } confirmed or invited
panel-new = new
panel-state-confirmed = Confirmed
panel-state-sent = Invitation sent
panel-state-waiting = Waiting list
panel-state-declined = Declined
panel-state-cancelled = Cancelled
panel-out-of-scope = { $count ->
    [one] One more person is outside your groups and is not shown.
   *[other] { $shown } more people are outside your groups and are not shown.
}

panel-move = Move people
panel-add = Add
panel-add-all = Add all { $shown }
panel-remove = Remove
panel-remove-all = Remove all

panel-empty-matching = Nobody matches these filters.
panel-empty-chosen = Everyone here is a participant already.
panel-empty-everyone = Everyone here is chosen already.
panel-empty-directory = Nobody is in the directory yet. Add people under People, or import a list.
panel-empty-participants = Nobody yet. Drag people here, or select them and press Add.

panel-unchanged = Nothing is changed yet.
panel-added = to invite
panel-joining = { $count ->
    [one] joining
   *[other] joining
}
panel-chosen = { $count ->
    [one] trainer
   *[other] trainers
}
panel-removed = { $count ->
    [one] removed
   *[other] removed
}
panel-were-confirmed = { $count ->
    [one] was confirmed
   *[other] { $shown } were confirmed
}
panel-were-invited = { $count ->
    [one] was invited
   *[other] { $shown } were invited
}
panel-were-informed = { $count ->
    [one] was invited or confirmed
   *[other] { $shown } were invited or confirmed
}
panel-will-be-told = { $count ->
    [one] will be told
   *[other] will be told
}
panel-will-not-be-told = { $count ->
    [one] will not be told
   *[other] will not be told
}
panel-do-not-tell = Do not tell them
panel-cancel = Cancel
panel-validate = Validate
panel-saving = Saving…

panel-discard-title = Discard your changes?
panel-discard-text = Nothing that you moved is saved yet.
panel-keep = Keep choosing
panel-discard = Discard

panel-said-added-one = { $name } moved to { $column }
panel-said-added = { $count ->
    [one] { $shown } person moved to { $column }
   *[other] { $shown } people moved to { $column }
}
panel-said-removed-one = { $name } moved to Users
panel-said-removed = { $count ->
    [one] { $shown } person moved to Users
   *[other] { $shown } people moved to Users
}
panel-said-matching = { $count ->
    [0] Nobody matches
    [one] One user matches
   *[other] { $shown } users match
}
panel-said-similar = { $count ->
    [one] One is spelled a little differently
   *[other] { $shown } are spelled a little differently
}
panel-said-selected = { $count ->
    [one] One person selected
   *[other] { $shown } people selected
}

# Paste e-mails or mobiles
paste-title = Paste e-mails or mobiles
paste-label = E-mails or mobiles
paste-help = One a line, or separated by commas, semicolons or tabs. Names as mail programs write them are understood: Anna Müller <anna@example.org>
paste-check = Check
paste-found = { $known ->
    [one] One person of the directory
   *[other] { $known } people of the directory
}, { $new } new, { $left } left out. Nothing is done yet.
paste-known = { $count ->
    [one] One person of the directory
   *[other] { $count } people of the directory
}
paste-new = { $count ->
    [one] One address that nobody has yet
   *[other] { $count } addresses that nobody has yet
}
paste-left-out = { $count ->
    [one] One left out
   *[other] { $count } left out
}
paste-more = and { $count } more
paste-line = Line { $line }
paste-unreadable = neither an e-mail nor a mobile
paste-twice = stands here twice
paste-already = on the list already
paste-inactive = deactivated
paste-out-of-scope = outside the groups that you may invite
paste-create = Create people for the new addresses
paste-create-help = Without a name they are called by their address until somebody gives them one.
paste-create-panel = They are in the directory at once, and on the list when you validate.
paste-language = Language of the new people
paste-type = Their type
paste-group = Their group
paste-no-group = No group
paste-apply = { $count ->
    [0] Nobody to put on the list
    [one] Put one person on the list
   *[other] Put { $count } people on the list
}
paste-move = { $count ->
    [0] Nobody to move
    [one] Move one person
   *[other] Move { $count } people
}
paste-done = { $count ->
    [one] One person is on the list now.
   *[other] { $count } people are on the list now.
}
paste-created = { $count ->
    [one] One of them is new in the directory.
   *[other] { $count } of them are new in the directory.
}
paste-created-only = { $count ->
    [one] One person is new in the directory.
   *[other] { $count } people are new in the directory.
}
