# Message texts: what an organisation or a training says in its own words.

texts-title = Message texts
texts-lead = What e-mails and text messages say, in the words of your organisation. A training can have texts of its own.
texts-training-lead = What e-mails and text messages about this training say. Where nothing is written here, the text of the organisation holds.
texts-open = Message texts
texts-back = Invitations
texts-kinds = Messages
texts-languages = Language of the text
texts-channels = E-mail or SMS
text-channel-email = e-mail
text-channel-sms = SMS
text-tab-email = E-mail
text-tab-sms = SMS
text-kind-invitation = Invites somebody and asks for an answer.
text-kind-resend = Goes to those who have not answered, when you press Resend invitations.
text-kind-reminder = Goes by itself to those who have not answered.
text-kind-reminder-start = Goes by itself, before the start, to those who confirmed.
text-kind-change = Says that dates, times or place have changed.
text-kind-cancellation = Says that an invitation is withdrawn.
text-kind-registered = Confirms a registration.
text-kind-waiting-list = Says that no seat is free, and that the reader is on the waiting list.
text-kind-place-freed = Says that a seat is free now, and is the reader’s.
text-source-built-in = Built-in text
text-source-organisation = Text of the organisation
text-source-training = Text of this training
text-source-own = Your own text
text-changed = changed { $when }
text-changed-by = changed { $when } by { $name }
text-written-count = { $count ->
    [0] All texts are the built-in ones.
    [one] One text is your own.
   *[other] { $count } texts are your own.
}
text-subject = Subject
text-body = Text
text-body-help-email = Stands above the facts and the button of the mail. An empty line begins a paragraph. The button with the personal link and the footer are always there.
text-body-help-sms = The whole text message. It needs the personal link, unless it asks for nothing.
text-placeholders = Placeholders
text-placeholders-help = They are filled in for each reader. Press one to put it where the cursor is, or type it in braces.
text-insert = Insert { $name }
text-placeholder-first-name = First name
text-placeholder-last-name = Last name
text-placeholder-title = Title of the training
text-placeholder-dates = Dates
text-placeholder-times = Times
text-placeholder-place = Place
text-placeholder-trainers = Trainers
text-placeholder-organisation = Organisation
text-placeholder-deadline = Answer deadline
text-placeholder-link = Personal link
text-problem-empty = Please write something.
text-problem-too-long = This is too long: at most { $most } characters.
text-problem-placeholder = There is no placeholder { $name } in this message. Choose one of those below, or take the braces away.
text-problem-link = The personal link is missing: without { $name } nobody can answer. Put it into the text.
text-problem-link-subject = The personal link cannot be followed in a subject. Put it into the text.
error-text-placeholder = This has a placeholder that this message does not have. Choose one of those below, or take the braces away.
error-text-link = The personal link is missing: without it nobody can answer. Put it into the text.
error-text-link-subject = The personal link cannot be followed in a subject. Put it into the text.
conflict-text = Somebody else has changed this text meanwhile. What you typed is still here.
text-conflict-theirs = What is there now
text-conflict-take-theirs = Take the other text
text-conflict-keep-mine = Keep mine
conflict-test-no-email = No e-mail is known of you, so no test can be sent there.
conflict-test-no-mobile = No mobile is known of you, so no test can be sent there.
text-sms-cost = { $parts ->
    [one] One SMS
   *[other] { $parts } SMS
}, { $left ->
    [one] one character left
   *[other] { $left } characters left
}
text-sms-gsm = The usual alphabet: 160 characters in one SMS, 153 in each of several.
text-sms-ucs = Dear, because of { $signs }: only 70 characters in one SMS, 67 in each of several.
text-sms-sign = “{ $sign }”
text-sms-who = Counted for { $name }; longer names and titles take more.
text-preview = Preview
text-preview-reader = As read by
text-preview-yourself = { $name } (you)
text-preview-about = About: { $title }
text-preview-html = As mail programs show it
text-preview-plain = As plain text
text-preview-parts = Parts of the mail
text-preview-frame = The mail as { $name } will see it
text-preview-waiting = The preview is on its way …
text-preview-wrong = The preview comes once the text is right.
text-test = Send a test message to myself
text-test-sent = A test message is on its way to { $address }.
text-save = Save
text-saving = Saving …
text-saved = The text is saved.
text-reset = Back to the built-in text
text-reset-organisation = Back to the text of the organisation
text-reset-question-built-in = Your own text is taken away, and the built-in one holds again.
text-reset-question-organisation = The text of this training is taken away, and that of the organisation holds again.
text-reset-done = Your own text is taken away.
text-unsaved-here = changed, not saved
text-unsaved = { $count ->
    [0] Everything is saved.
    [one] One text is not saved.
   *[other] { $count } texts are not saved.
}
text-leave-title = Leave without saving?
text-leave-text = Some texts are not saved. They are lost when you leave.
text-discard = Discard
settings-sender = Sender of e-mails
settings-sender-name = Name of the sender
settings-sender-name-help = Readers see it beside the address. Empty: the name that the installation has.
settings-reply-to = Answers go to
settings-reply-to-help = An e-mail address of your organisation that somebody reads. Empty: answers go to the sender’s address.
page-test-title = This was a test
page-test-text = You followed the link of a test message. In a real one it leads to the reader’s own invitation.
send-preview-step = { $at } of { $total }
send-preview-before = The person before
send-preview-next = The next person
send-preview-find = Find somebody
send-preview-nobody = Nobody of these is called so.
