# The tab Self-registration: the code, what visitors see and are asked, approvals; the poster; a person's story.

training-tab-registration = Self-registration
copy-done = Copied
copy-failed = This browser does not let a page copy. Select the text and copy it yourself.

registration-hidden-title = Self-registration belongs to the administrator view
registration-hidden-text = The trainer view shows who takes part. The training code and its form are set in the administrator view.
registration-hidden-trainer = Administrators of your organisation set the training code and its form. You see those who registered under Participants.
registration-option-off-title = Training codes are switched off
registration-option-off-text = With training codes, people register themselves by a short code or a QR code, and enter their training space on the day. The option is for the whole organisation.
registration-option-off-ask = With training codes, people register themselves by a short code or a QR code. An administrator of your organisation can switch them on.
registration-option-switch-on = Switch on training codes
registration-option-settings = All settings
registration-option-switched = Training codes are switched on.

registration-offer = Offer self-registration
registration-offer-help = Whoever has the training code sees who takes part, and can register.
registration-offered = Self-registration is offered now.
registration-not-offered = Self-registration is no longer offered. The code opens nothing.
registration-confirmed = Confirmed
registration-waiting = Waiting list
registration-pending = To approve
registration-count-of = { $count } of { $seats }

registration-period = When the code works
registration-opens = Opens
registration-opens-help = Empty: at once.
registration-closes = Closes
registration-closes-help = Empty: when the training ends.
registration-zone = Times are those of the training: { $zone }.
registration-list = What the public list shows
registration-list-full-names = First and last names
registration-list-full-names-help = The quickest on the day. Everyone who has the code reads who takes part.
registration-list-initials = First name and initial
registration-list-initials-help = “Anna M.” People find themselves, and strangers learn little.
registration-list-search = Nothing until two letters are typed
registration-list-search-help = Nobody can read the whole list. Best where it is nobody’s business who takes part.
registration-proof = What tapping a name asks for
registration-proof-nothing = Nothing
registration-proof-nothing-help = One tap, for a room where people know each other. Anyone with the code can enter as anyone on the list, so answers stay hidden.
registration-proof-code = A one-time code
registration-proof-code-help = Sent by e-mail or SMS, as the person prefers. Only they get in, and they see their own answers. It needs their mailbox or mobile at hand.
registration-proof-mobile-digits = The last four digits of their mobile
registration-proof-mobile-digits-help = Quick, and no message is sent. It keeps curious people out, not those who know the number.
registration-counting = Who counts
registration-approval = An administrator approves each registration
registration-approval-help = Until then the person does not count and is not in the list.
registration-waiting-list = Waiting list when all seats are taken
registration-waiting-list-help = Late ones move up by themselves, in the order in which they registered. Without it nobody can register any more.
registration-seats-now = { $seats ->
    [one] One seat: { $confirmed } confirmed, { $waiting } waiting.
   *[other] { $seats } seats: { $confirmed } confirmed, { $waiting } waiting.
}
registration-seats-none = The seats are not limited.
registration-seats-change = Change the seats
registration-saved = The settings are saved.
registration-unsaved = Changes not saved yet
registration-all-saved = Everything is saved

code-title = Training code
code-help = Read it aloud, or show it: no two characters look alike, and upper or lower case does not matter.
code-copy = Copy the code
code-link = Link
code-copy-link = Copy the link
code-poster = Print or project
code-renew = Renew the code
code-renew-title = Renew the code?
code-renew-text = The training gets a new code and a new link. The present ones stop working at once, also on what is printed already.
code-renew-keep = Keep this code
code-renewed = The training has a new code.
code-switch-off = Switch off
code-switch-on = Switch on
code-switched-off = The code is switched off. It opens nothing.
code-switched-on = The code is switched on.
code-open-until = open until { $when }
code-opens = opens { $when }
code-closed = closed since { $when }
code-off = switched off
code-not-offered = not offered

approvals-title = To approve
approvals-tick-all = Select all registrations
approvals-approve = Approve
approvals-refuse = Refuse
approvals-approve-one = Approve { $name }
approvals-refuse-one = Refuse { $name }
approvals-approve-all = Approve all
approvals-refuse-all = Refuse all
approvals-approve-ticked = Approve { $count } selected
approvals-refuse-ticked = Refuse { $count } selected
approvals-approved = { $count ->
    [one] { $count } person is confirmed.
   *[other] { $count } people are confirmed.
}
approvals-waiting = { $count ->
    [one] { $count } person is on the waiting list.
   *[other] { $count } people are on the waiting list.
}
approvals-refused = { $count ->
    [one] { $count } registration was refused.
   *[other] { $count } registrations were refused.
}
approvals-refuse-title = { $count ->
    [one] Refuse this registration?
   *[other] Refuse { $count } registrations?
}
approvals-refuse-text = A refusal cannot be taken back; the person can register again.
approvals-known = in the directory
approvals-known-as = in the directory as { $name }
approvals-unknown = not in the directory

form-title = Registration form
form-names = First and last name
form-edit = Edit the form
form-version = Version { $version }
form-never-published = Not published yet
form-first-offer = Offer self-registration first; then build the form.

poster-title = Poster
poster-back = Back to the training
poster-print = Print
poster-code = Training code
poster-step-open = Scan the picture with your phone, or open
poster-step-name = Type the code, then tap your name. Not in the list? Register.
poster-qr = QR code: opens the page of this training
poster-not-yet = The code opens { $when }.
poster-closed = The code is closed: it opens nothing any more.
poster-off = The code is switched off: it opens nothing.

invitations-menu-details = Details
story-no-address = Neither e-mail nor mobile is known.
story-lines = What happened
story-nothing = Nothing is noted yet.
story-registered = Registered with the code
registered-pending = to approve
registered-accepted = accepted
registered-refused = refused

export-title = Export
export-csv = Export the participants as CSV
export-xlsx = Export the participants as XLSX

devices-title = Devices in the room
devices-text = These devices opened the list with the training code, the latest first. A locked one shows this training only.
devices-seen = seen { $when }
devices-locked = locked { $since }
devices-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
devices-release-one = Unlock device { $name }
devices-released = Device { $name } is unlocked. It notices when the next page is opened on it.

room-title = On the day
room-text = Trainees enter with the code { $code }, on their own phone or on a tablet for everybody. On the tablet, open the list, then lock the tablet there.
room-open = Open the list on this device
