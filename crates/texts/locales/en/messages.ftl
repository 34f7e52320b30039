# Messages after they were handed over: what became of them, and how it is put right.

messages-state-delayed = Delayed
messages-state-delivered = Delivered
messages-state-bounced = Bounced
messages-filter-channel = Channel
messages-filter-kind = Message
messages-filter-training = Training
messages-filter-all-trainings = All trainings
messages-find = Find by name
messages-clear = Show all messages
messages-tries = Attempts
messages-export-csv = Export the messages shown as CSV
messages-export-xlsx = Export the messages shown as XLSX
messages-repair = Put right…
messages-repair-of = Put right: the message to { $name }
messages-again = Try again
messages-again-of = Try again: the message to { $name }
messages-again-done = The message to { $name } is in the queue again.
messages-bounces = Mails that come back
messages-bounces-read = Read { $when }
messages-bounces-never = Not read yet
messages-bounces-broken = Cannot be read
messages-bounces-next = Until it can be read again, mails that come back are not noticed. The address of the mailbox is in the setting CONVOKE_BOUNCES_URL of the server.

problem-bounced = bounced

row-delivered = delivered
row-delayed = not delivered yet
row-heard = { $report ->
    [delivered] delivered { $when }
    [bounced] bounced { $when }
   *[other] delayed, said { $when }
}

history-report = { $channel ->
    [sms] { $report ->
        [delivered] the SMS was delivered: { $kind }
        [bounced] the SMS was not delivered: { $kind }
       *[other] the SMS is not delivered yet: { $kind }
    }
   *[other] { $report ->
        [delivered] the e-mail was delivered: { $kind }
        [bounced] the e-mail bounced: { $kind }
       *[other] the e-mail is not delivered yet: { $kind }
    }
}
history-invitation-sent-again = wrote to { $whom } again
history-invitation-arrived = said that the message to { $whom } arrived
history-invitations-message-again = put a message to { $whom } into the queue again

# Putting right what went wrong for one person.
repair-title = Reach { $name }
repair-what = { $problem ->
    [no_address] Neither e-mail nor mobile is known.
    [address_refused] The address was refused for good.
    [message_refused] The message was refused for good.
    [gave_up] The message could not be delivered, and was given up.
    [attachment_missing] A file that goes with the message could not be read, so the message did not go out. Look under Documents: delete the file there, add it again and attach it, or take it off under Message texts. Then send again.
    [retrying] The message could not be delivered yet. It is tried again by itself.
    [channel_stopped] Nothing goes out at the moment: see the page Messages.
    [uncertain] It is not known whether the message went out: the server stopped while it was being sent.
   *[other] The message was sent and came back, or did not arrive.
}
repair-tried = It was addressed to { $address }.
repair-channel = Preferred channel
repair-email = E-mail
repair-mobile = Mobile
repair-mobile-help = For example +33 6 39 98 00 01
repair-save = Save
repair-save-send = Save and send again
repair-send = Send again
repair-save-send-first = Save and send
repair-send-first = Send
repair-busy = Sending…
repair-not-yours = This person signs in with these addresses: only an administrator can change them. You can still send again.
repair-somebody-elses = { $name } has this address already.
repair-done-saved = Saved. Nothing was sent.
repair-done-queued = A message to { $name } is on its way.
repair-done-on-its-way = Saved. A message to { $name } is on its way already.
repair-arrived-done = The message to { $name } counts as sent.
repair-menu-correct = Correct the address…
repair-menu-again = Send again anyway
repair-menu-arrived = It arrived
repair-menu-try = Try again
repair-open = { $name }: { $problem }. Put right

conflict-message-state = This message is in another state by now. Load the page again to see it.
conflict-no-address = There is no address to send to. Please give one first.
conflict-contact-account = This person signs in with these addresses: only an administrator can change them.
