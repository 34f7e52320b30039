# Whoever wants no more messages of an organisation.

mail-stop = Get no more messages from { $organisation }
mail-your-stop-link = [link]

problem-opted-out = wants no messages

# The page behind the link in the foot of an e-mail, and the place on the answer page.
stop-title = Messages from { $organisation }
stop-lead = { $organisation } writes to you about its trainings. Do you want no more of these messages?
stop-button = Write to me no more
stop-keeps = What you ask for yourself still reaches you, like a code or a new password. You also hear when a training that you confirmed is cancelled or moved.
stop-done-title = You get no more messages
stop-done = { $organisation } does not invite you any more, and reminds you of nothing.
stop-again = Write to me again
stop-unknown-title = This link is not complete
stop-unknown-text = We know no message with this link. Often the end was cut off: open it from your message again, or copy the whole line into the address bar.
answer-stop = Want no more messages from { $organisation }?
answer-stopped = You get no more messages from { $organisation }.
answer-given-waiting-quiet = You want no messages: look here whether a seat is free. If you cannot attend any more, tell us here, and the next person moves up.

# In the console.
row-opted-out = wants no messages
row-opted-out-title = Nobody writes to { $name } as long as they want no messages. You can tell them otherwise, and confirm for them.
filter-past-opted-out = Want no messages
filter-past-said-opted-out = want no messages
invitations-split-opted-out = { $count } { $count ->
    [one] wants no messages
   *[other] want no messages
}
send-opted-out = { $count ->
    [one] One person wants no messages, and is not written to:
   *[other] { $count } people want no messages, and are not written to:
}
send-opted-out-next = You can tell them otherwise, and confirm for them.
send-nobody-opted-out = Nobody here wants messages.
bulk-invite-opted-out = { $count ->
    [one] one person who wants no messages
   *[other] { $shown } people who want no messages
}

opt-out-card = Messages
opt-out-none = Is written to about trainings.
opt-out-by-person = Wants no messages: said so themselves, { $since }.
opt-out-by-person-help = Only they can take this back: by the link in the foot of any e-mail, or on the page of an invitation.
opt-out-by-administrator = Wants no messages: noted by an administrator, { $since }.
opt-out-by-administrator-help = They can take it back themselves too, by the link in the foot of any e-mail.
opt-out-record = Note that they want no messages
opt-out-record-ask = They get neither invitations nor reminders then. What they ask for themselves, and what becomes of trainings that they confirmed, still reaches them. Did they ask for it?
opt-out-take-back = Write to them again
opt-out-recorded = Noted: no more messages
opt-out-taken-back = They are written to again

conflict-opted-out = This person wants no messages. Tell them otherwise, and confirm for them.
conflict-opted-out-themselves = They said themselves that they want no messages. Only they can take it back.

repair-opted-out = This person wants no messages, so nothing is sent. Tell them otherwise; you can confirm for them in their row.

history-user-opted-out = wants no more messages
history-user-opted-in = wants messages again
history-user-opt-out-recorded = noted that { $whom } wants no messages
history-user-opt-out-taken-back = noted that { $whom } wants messages again

# In the file of a training’s participants.
export-opted-out = Wants no messages
export-opted-out-person = said so
export-opted-out-administrator = noted by an administrator
