# The Invitations tab, and the page Messages.

invitations-choose = Choose the participants
invitations-import = Import a file
invitations-import-lead = People of a CSV or XLSX file: new ones come into the directory, and all of them can be chosen for this training together.
invitations-drop-file = Drop the CSV or XLSX file here: its people are imported, then you choose them.
invitations-find = Find in this training
invitations-find-nobody = Nobody here matches “{ $text }”.
invitations-find-clear = Show everyone

invitations-to-send-empty = Nobody waits for an invitation.
invitations-to-send-empty-next = Choose the participants, then send them their invitations from here.
invitations-to-send-all-sent = Every invitation has gone out. Choose more participants whenever you like.
invitations-sent-empty = No invitation has gone out yet.
invitations-sent-empty-next = Send the invitations on the left; people stay here until they answer.
invitations-sent-all-answered = Nobody is left to answer.
invitations-confirmed-empty = Nobody has confirmed yet.
invitations-confirmed-empty-next = Whoever answers yes appears here by itself; you can also confirm for a person.

invitations-send = Send invitations
invitations-resend = Resend invitations
invitations-send-ticked = Send invitations to { $count } selected
invitations-resend-ticked = Resend invitations to { $count } selected
invitations-send-one = Send invitation to { $name }
invitations-resend-one = Resend invitation to { $name }
invitations-confirm-one = Confirm for { $name }
invitations-actions-of = Actions for { $name }
invitations-menu-send = Send invitation
invitations-menu-resend = Resend invitation
invitations-menu-confirm = Confirm for this person
invitations-tick = Select { $name }
invitations-tick-all = Select all in { $block }
invitations-untick = Clear
invitations-untick-all = Clear the selection
invitations-loading-row = Loading

invitations-count = { $count }
invitations-split-email = { $count } e-mail
invitations-split-sms = { $count } SMS
invitations-split-unreachable = { $count } without address
invitations-seats = { $count } of { $seats } seats
invitations-no-seats = { $count ->
    [one] { $count } confirmed
   *[other] { $count } confirmed
}
invitations-declined-count = { $count } declined
invitations-over-seats = { $count ->
    [one] { $count } more than there are seats
   *[other] { $count } more than there are seats
}

invitations-in-progress = { $count ->
    [one] { $count } message on its way
   *[other] { $count } messages on their way
}

invitations-by-email = By e-mail
invitations-by-sms = By SMS
invitations-is-confirmed = Confirmed
invitations-is-declined = Declined
invitations-message-waiting = on its way

problem-no-address = no address
problem-address-refused = address refused
problem-message-refused = message refused
problem-gave-up = not delivered
problem-retrying = will be tried again
problem-channel-stopped = channel stopped
problem-uncertain = uncertain: may have been sent

news-confirmed = { $count ->
    [one] { $count } person confirmed
   *[other] { $count } people confirmed
}
news-declined = { $count ->
    [one] { $count } person declined
   *[other] { $count } people declined
}
news-sent = { $count ->
    [one] { $count } invitation sent
   *[other] { $count } invitations sent
}
news-chosen = { $count ->
    [one] { $count } person added to Invitations to send
   *[other] { $count } people added to Invitations to send
}
news-removed = { $count ->
    [one] { $count } person taken out
   *[other] { $count } people taken out
}
news-confirmed-for = Confirmed for { $name }

live-lost = Live updates are interrupted; trying again…

selection-saved = { $added ->
    [0] { $removed ->
        [0] Nothing was changed.
        [one] { $removed } person was taken out.
       *[other] { $removed } people were taken out.
    }
    [one] { $removed ->
        [0] { $added } person was added.
        [one] { $added } person was added and { $removed } taken out.
       *[other] { $added } person was added and { $removed } taken out.
    }
   *[other] { $removed ->
        [0] { $added } people were added.
        [one] { $added } people were added and { $removed } taken out.
       *[other] { $added } people were added and { $removed } taken out.
    }
}
selection-saved-colleague = A colleague changed the list meanwhile (+{ $added }, −{ $removed }); both changes were kept.
selection-saved-not-added = Could not be added, because they were deactivated, deleted or taken out of your scope meanwhile: { $names }.
notice-close = Close this notice

send-title = Send invitations
resend-title = Resend invitations
send-planning = Working out who gets what…
send-by-email = { $count ->
    [one] { $count } person by e-mail
   *[other] { $count } people by e-mail
}
send-by-sms = { $count ->
    [one] { $count } person by SMS
   *[other] { $count } people by SMS
}
send-fallback = { $count ->
    [one] { $count } of them by their other address, because the preferred one is missing
   *[other] { $count } of them by their other address, because the preferred one is missing
}
send-unreachable = { $count ->
    [one] { $count } person cannot be reached: neither e-mail nor mobile is known
   *[other] { $count } people cannot be reached: neither e-mail nor mobile is known
}
send-unreachable-next = Add an address in the directory, then send again.
send-recent = { $count ->
    [one] { $count } person was written to less than 24 hours ago, or five times already
   *[other] { $count } people were written to less than 24 hours ago, or five times already
}
send-spare-recent = Leave them out
send-names-more = and { $count } more
send-preview = The message as { $name } will see it
send-preview-subject = Subject
send-changed = The list changed after this window was opened, so nothing was sent. This is what would happen now.
send-nobody = No message would go out.
send-nobody-empty = Everyone here has a message on its way already, or has left this block.
send-nobody-unreachable = Nobody here can be reached: neither e-mail nor mobile is known.
send-nobody-spared = Everyone here was written to recently and is left out.
send-type-number = Type { $count } to send so many messages
send-button = { $count ->
    [one] Send { $count } invitation
   *[other] Send { $count } invitations
}
resend-button = { $count ->
    [one] Resend { $count } invitation
   *[other] Resend { $count } invitations
}
send-busy = Sending…
send-cancel = Cancel
send-close = Close
send-retry = Try again
send-waits = { $count ->
    [one] The message goes out in { $seconds } seconds. Until then you can undo it above the blocks.
   *[other] { $count } messages go out in { $seconds } seconds. Until then you can undo it above the blocks.
}
send-planned = { $count ->
    [one] The message goes out at the time you chose.
   *[other] { $count } messages go out at the time you chose.
}
send-plan-button = { $count ->
    [one] Plan one message
   *[other] Plan { $count } messages
}
send-when = When
send-at-once = At once
send-after-delay = Now, with { $seconds } seconds to undo it
send-later = On a day and at a time
send-at = Day and time ({ $zone })
send-at-past = This time is over. Choose a later one.
send-at-after-end = The training is over by then. Choose an earlier time.
send-at-after-deadline = Nobody could answer by then. Choose a time before the answer deadline.
send-held-back = { $count ->
    [one] One person is left out, because the organisation does not write again so soon or so often:
   *[other] { $count } people are left out, because the organisation does not write again so soon or so often:
}
send-nobody-held-back = Your organisation does not write again so soon or so often. An administrator can change that in the settings.
send-queued = { $count ->
    [one] { $count } message is on its way.
   *[other] { $count } messages are on their way.
}

messages-title = Messages
messages-lead = Everything that went out, or is about to, newest first.
messages-where = Where messages go
messages-to-files = Nothing leaves this machine: messages are written to files, for trying things out.
messages-written-to = Written to files in { $folder }
messages-channel-works = Working
messages-channel-stopped = Stopped
messages-filter = State
messages-all = All
messages-state-queued = Waiting
messages-state-sending = Going out
messages-state-sent = Handed over
messages-state-failed = Failed
messages-state-cancelled = Withdrawn
messages-state-uncertain = Uncertain
messages-kind-invitation = Invitation
messages-kind-resend = Resent invitation
messages-kind-cancellation = Cancellation
messages-kind-registered = Registration
messages-kind-waiting-list = Waiting list
messages-kind-place-freed = Place freed
messages-kind-reminder = Reminder
messages-kind-reminder-start = Reminder before the start
messages-kind-change = Change
messages-kind-test = Test message
messages-kind-entry-code = One-time code
messages-to = To
messages-about = Training
messages-kind = Message
messages-by = Channel
messages-state = State
messages-when = When
messages-attempts = { $count ->
    [one] { $count } attempt
   *[other] { $count } attempts
}
messages-open = Open the message to { $name }
messages-empty = No message yet.
messages-empty-next = Open a training, choose the participants and send their invitations: every message then stands here.
messages-empty-filter = No message matches.
messages-empty-filter-next = Choose other filters above to see the others.
messages-more = Show more
messages-count = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
messages-shown = { $shown } of { $total }
messages-refresh = Refresh
messages-address = Address
messages-subject = Subject
messages-text = Text
messages-problem = What went wrong
messages-server-said = The server said
messages-server-words = The server said: { $said }
messages-no-text = The text is made when the message goes out.
messages-text-title = Message to { $name }

# What happened to a person in a training.
answer-yes = Yes
answer-no = No
story-message-queued = waiting to go out
story-message-sending = going out
story-message-sent = sent
story-message-failed = could not be delivered
story-message-cancelled = withdrawn
story-message-uncertain = perhaps sent
messages-kind-account = Account

# The strip above the blocks
batches-title = Messages going out
batch-of-invitations = { $count ->
    [one] One invitation
   *[other] { $number } invitations
}
batch-of-resends = { $count ->
    [one] One repeated invitation
   *[other] { $number } repeated invitations
}
batch-of-cancellations = { $count ->
    [one] One cancellation
   *[other] { $number } cancellations
}
batch-of-messages = { $count ->
    [one] One message
   *[other] { $number } messages
}
batch-waits = { $count ->
    [one] { $what } goes out in { $time }
   *[other] { $what } go out in { $time }
}
batch-planned = { $count ->
    [one] { $what } goes out on { $when } · { $by }
   *[other] { $what } go out on { $when } · { $by }
}
batch-running = { $what }: { $done } handed over
batch-progress = Handed over
batch-undo = Undo
batch-now = Send now
batch-stop = Stop
batch-cancel = Don’t send
batch-ended-nothing = Everything had gone out already.
batch-ended-undone = { $count ->
    [one] Taken back: nothing has gone out.
   *[other] { $count } messages taken back: nothing has gone out.
}
batch-ended-stopped = Stopped: { $withdrawn } will not go out, { $gone } had gone out already.

# Reminders
reminders-open = { $count ->
    [0] Reminders
   *[other] Reminders ({ $count })
}
reminders-title = Reminders
reminders-lead = They go out by themselves at 9 in the morning: to whoever has not answered by then, and before the start to whoever comes, too.
reminders-empty = No reminder is planned
reminders-empty-next = Plan one here; people who have answered by then are not asked again.
reminders-planned = The reminder is planned.
reminders-removed = The reminder is taken away.
reminder-before-deadline = { $count ->
    [one] One day before the answer deadline
   *[other] { $count } days before the answer deadline
}
reminder-before-start = { $count ->
    [one] One day before the start
   *[other] { $count } days before the start
}
reminder-waits = { $when }
reminder-sent = { $count ->
    [one] { $when }: sent to one person
   *[other] { $when }: sent to { $count } people
}
reminder-nobody = { $when }: there was nobody to remind
reminder-no-date = waits until the training has a deadline
reminder-remove = Take away: { $what }
reminder-days = Days
reminder-anchor = Before
reminder-anchor-start = the start
reminder-anchor-deadline = the answer deadline
reminder-plan = Plan
reminder-days-limit = Type a whole number of days, 1 to 60.
reminder-no-deadline = This training has no answer deadline. Set one, or count from the start.
reminder-past = That morning is over. Choose fewer days.
reminder-twice = This reminder is planned already.
reminder-too-many = Ten reminders are planned. Take one away first.

# The training has moved
moved-people = { $count ->
    [one] The training has moved, and one person has not been told.
   *[other] The training has moved, and { $count } people have not been told.
}
moved-tell = Tell them…
moved-leave = They know
announce-title = Tell about the change
announce-button = { $count ->
    [one] Tell one person
   *[other] Tell { $count } people
}
batch-of-reminders = { $count ->
    [one] One reminder
   *[other] { $number } reminders
}
batch-of-changes = { $count ->
    [one] One message about the change
   *[other] { $number } messages about the change
}

# Since the last visit
visit-news = Since you last looked here ({ $since }): { $news }
visit-registered = { $count ->
    [one] one registered
   *[other] { $count } registered
}
visit-waiting = { $count ->
    [one] one on the waiting list
   *[other] { $count } on the waiting list
}
visit-failed = { $count ->
    [one] one message did not arrive
   *[other] { $count } messages did not arrive
}
