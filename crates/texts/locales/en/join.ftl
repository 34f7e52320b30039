# The public pages behind a training code: the code, the list, the form, the proof, and the training space.

join-title = Training code
join-lead = Type the code that your trainer or your message shows you.
join-code = Training code
join-code-help = Eight letters and digits, for example K7PM-4XRD. Capitals, spaces and dashes do not matter.
join-continue = Continue
join-to-console = You teach or manage trainings? Sign in
join-unknown = This code does not open a training. Check it letter by letter. If it is right, registration may not be open yet or may be over: ask your trainer.
join-too-many = There were too many attempts. Ask your trainer for help, or try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}.

join-trainers = { $count ->
    [one] trainer { $names }
   *[other] trainers { $names }
}
join-find = Find your name
join-find-submit = Search
join-find-everyone = Show everyone
join-to-find = Back to the search
join-found = { $count ->
    [one] 1 name found
   *[other] { $count } names found
}
join-list = Registered trainees
join-letters = Jump to a letter
join-letter-other = Other characters
join-enter = tap to enter
join-present = signed in at { $time }
join-waiting = waiting list
join-to-register = Skip the list and register
join-empty-title = Nobody is registered yet
join-empty-text = Be the first: press Register and fill in the form.
join-search-title = Find your name to enter
join-search-text = Names are not shown on this page. Type at least two letters of your name above.
join-search-short = Please type at least two letters of your name.
join-nobody-title = No name matches
join-nobody-text = Try fewer letters, or only your first or last name. If you are not in the list yet, press Register.
join-nobody-text-full = Try fewer letters, or only your first or last name. If you are not in the list, ask your trainer.
join-not-listed = Not in the list?
join-register = Register
join-seats-left = { $count ->
    [one] 1 seat left
   *[other] { $count } seats left
}
join-full-waiting = Full: you will be on the waiting list
join-full = All seats are taken. If you are not in the list, ask your trainer.

join-form-title = Register
join-form-required = Fields marked with * have to be filled in.
join-form-full = All seats are taken. Whoever registers now is put on the waiting list and is written to as soon as a seat is free.
join-form-approval = The organiser looks at each registration before it counts. You will be told.
join-form-first-name = First name
join-form-last-name = Last name
join-form-choose = Please choose
join-form-no-answer = No answer
join-form-busy = Registering…
join-form-cancel = Back to the list
join-form-problems = { $count ->
    [one] One field needs your attention. Nothing that you typed is lost.
   *[other] { $count } fields need your attention. Nothing that you typed is lost.
}
join-form-problem-title = Please check: { $title }
join-form-mobile-help = With the country code: +33 6 12 34 56 78
join-limit-length = { $min } to { $max } characters
join-limit-length-min = At least { $min } characters
join-limit-length-max = At most { $max } characters
join-limit-number = From { $min } to { $max }
join-limit-number-min = { $min } or more
join-limit-number-max = { $max } or less
join-limit-date = From { $min } to { $max }
join-limit-date-min = { $min } or later
join-limit-date-max = { $max } or earlier
join-limit-chosen = Choose { $min } to { $max }
join-limit-chosen-exactly = Choose { $min }
join-limit-chosen-min = Choose at least { $min }
join-limit-chosen-max = Choose at most { $max }
join-error-tick = Please tick this box to go on.
join-error-choose = Please choose.
join-error-long = This is too long: at most { $max } characters.
join-error-short = This is too short: at least { $min } characters.
join-error-small = Please enter { $min } or more.
join-error-large = Please enter { $max } or less.
join-error-early = Please choose { $min } or a later day.
join-error-late = Please choose { $max } or an earlier day.
join-error-few = Please choose at least { $min }.
join-error-many = Please choose at most { $max }.
join-error-number = Please enter a number, for example 12 or 12.5.

proof-title = Is it you?
proof-code-lead = We have sent a one-time code to the address we have of you. Type it here.
proof-code-missing = Nothing arrived? It can take a minute. After that, ask for a new code or ask your trainer.
proof-code = One-time code
proof-code-again = Send a new code
proof-mobile-lead = Type the last four digits of your mobile number.
proof-mobile-missing = You have no mobile number with us, or it has changed? Ask your trainer.
proof-mobile = Last four digits of your mobile
proof-submit = Continue
proof-back = Back to the list

space-you = You
space-confirmed = Confirmed
space-confirmed-more = Your place is confirmed.
space-waiting = Waiting list
space-waiting-more = All seats are taken. When one is free and it is your turn, you have it by yourself: it is shown here, and you are written to if you gave an address. Ask your trainer whether you can stay.
space-pending = Waiting for approval
space-pending-more = The organiser looks at your registration. You will be told.
space-out = Not taking part
space-out-more = This registration was refused or cancelled. If that is a mistake, ask your trainer.
space-here = I am here
space-here-lead = Let your trainer know that you have arrived.
space-present = You are here since { $time }
space-programme = Programme
space-documents = Documents
space-documents-none = Nothing has been shared yet. What your trainer shares appears here.
space-document-elsewhere = opens another site
space-answers = Your answers
space-not-me = That is not me
space-next = Next person
space-leaving-soon = Nobody is touching the screen. Touch it to stay; otherwise it goes back to the list.
space-leaving = Back to the list in { $seconds } s. Touch the screen to stay.
space-nobody-title = Nobody has entered here
space-nobody-text = You are not in a training space, or you have left it. Enter with the training code, or with the link in your message.
space-to-code = Enter a training code
space-goodbye-title = Goodbye
space-goodbye-text = You have left your training space. Nothing of yours is left on this page.
answer-space = Open my training space

## Without network

offline-badge = Offline – what you enter is saved on this device
offline-badge-one = Offline – 1 registration will be sent when the network is back
offline-badge-many = Offline – # registrations will be sent when the network is back
offline-badge-entry = Offline – 1 entry will be sent when the network is back
offline-badge-mixed = Offline – # entries will be sent when the network is back
offline-waiting = { $count ->
    [one] 1 entry is waiting to be sent
   *[other] { $count } entries are waiting to be sent
}
offline-attention = { $count ->
    [one] 1 entry needs attention
   *[other] { $count } entries need attention
}
offline-search = The names of this training are not kept on the device. Register if you have not done so yet; otherwise tell your trainer that you are here.
offline-form = There is no network. Your registration is saved on this device and sent when the network is back.
offline-row-waiting = waiting to be sent
offline-row-attention = needs attention
offline-row-saved = saved
offline-word-waiting = Waiting
offline-word-saved = Saved
offline-word-attention = Needs attention
offline-saved-here = Saved on this tablet. It is sent when the network is back.
offline-space-listed = There is no network. More of your training space is shown when it is back.
offline-space-proof = There is no network. What you typed is checked when it is back; until then nothing more of your training space is shown.
offline-documents = Documents are shown when the network is back.
offline-here-waiting-here = You are here since { $time }. Saved on this tablet; it is sent when the network is back.
offline-proof-code-lead = There is no network, so no code can be sent now. If you have got one already, type it here: it is checked when the network is back.
offline-proof-code-missing = You have no code? Tell your trainer that you are here.
offline-proof-mobile-lead = Type the last four digits of your mobile number. There is no network: they are checked when it is back.
offline-device-title = What this device keeps
offline-device-lead = For “{ $title }” this device keeps the list and the form, encrypted, until { $until }, so that you can go on without network.
offline-device-nothing = This device keeps nothing of this training.
offline-device-none-title = Nothing is waiting
offline-device-none-text = Registrations made without network are shown here until they are sent.
offline-device-list = Entries of this device
offline-kind-register = Registration
offline-kind-enter = Entered
offline-kind-here = “I am here”
offline-correct = Correct it
offline-drop = Delete it
offline-forget-title = Forget this training
offline-forget-text = The list and the form are deleted from this device. The training code opens them again.
offline-forget-sure = Also delete what was not sent. It will be lost (#)
offline-forget = Forget this training
offline-refused = This could not be taken. Tell your trainer, who can add the person by hand; then delete it here.
offline-nothing-title = No network
offline-nothing-text = This device keeps no training for which you could go on without network. Check the connection and try again.
offline-try-again = Try again
offline-code-closed = The training code was not valid any more when this was entered. Tell your trainer, who can add the person by hand; then delete it here.
offline-full = All seats were taken and there is no waiting list. Tell the person and your trainer; then delete it here.
offline-enter-proof = The proof that was typed did not fit. If the person is still here, let them tap their name again and type it once more; otherwise tell your trainer that they were there. Then delete this entry here.
offline-here-proof = This training asks for a proof, and none that fits was given on this device. Tell your trainer that the person was there; then delete it here.
offline-here-nobody = The person is not in the list any more, or an administrator has not approved the registration yet. Tell your trainer that they were there; then delete it here.
offline-here-waiting = The person is on the waiting list and has no seat yet. Tell your trainer that they were there; then delete it here.
offline-here-day = The training was not on that day. If the person was there all the same, tell your trainer; then delete it here.
offline-has-entered = Noted: the person entered.
offline-is-present = Noted: the person is there.

install-text = For a tablet at the door: installed, it opens with the training code and goes on without network.
install-button = Install on this device
install-by-hand = On an iPhone or iPad: press Share, then “Add to Home Screen”.

## The training room: names entered elsewhere, and a tablet that is locked to its training

join-elsewhere = entered on another device
join-elsewhere-too = another device
elsewhere-title = Is it you?
elsewhere-text = Somebody entered as { $name } on another device at { $time }. Is it you?
elsewhere-yes = Yes, that is me
elsewhere-no = No, back to the list
device-name = Device { $name }
lock-title = Lock this tablet
lock-lead = Locked, this tablet shows the list and the training spaces of this training, and no other page of this site. Unlocking asks for a PIN, which you choose now.
lock-pin = PIN
lock-pin-help = Four to six digits. Remember it: it cannot be looked up.
lock-pin-invalid = Please choose four to six digits.
lock-forgotten = Forgotten? Whoever manages or teaches the training unlocks the tablet from another one: in the console, under Participants. There this tablet is called “{ $device }”.
lock-own-mode = The browser itself can still be closed. Use the tablet’s own mode as well: Guided Access on an iPad, “pin app” on Android.
lock-signs-out = If you are signed in to the console on this tablet, you are signed out.
lock-submit = Lock
lock-already = This tablet is locked already.
lock-no-cookies = This browser keeps no cookies, so it cannot be locked. Allow cookies for this site and try again.
locked-note = This tablet is locked to this training · { $device }
locked-word = Locked
locked-unlock = Unlock
locked-full-screen = Full screen
locked-offline = Unlocking needs the network.
locked-documents = Documents open on your own device: with the training code, or with the link in your message.
unlock-title = Unlock this tablet
unlock-lead = Type the PIN that was chosen when the tablet was locked.
unlock-wrong = That is not the PIN of this tablet.
unlock-submit = Unlock

install-title = Install
install-registered = Installed on this device, Convoke opens like an application, also without network.
install-dismiss = Not now
new-version-public = A new version is there. What waits on this device stays.
