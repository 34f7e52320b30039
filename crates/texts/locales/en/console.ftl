# The frame of the console, its lists of trainings, a training's page and form.

skip-to-content = Skip to the content
nav-main = Main
nav-trainings = Trainings
nav-people = People
nav-messages = Messages
stopped-email = E-mails have stopped: the mail server refuses them. Nothing is lost; what is queued goes out by itself once it works again.
stopped-sms = SMS have stopped: the gateway refuses them. Nothing is lost; what is queued goes out by itself once it works again.
stopped-why = See why
account-menu = Your account: { $name }
account-language = Language
account-theme = Appearance
theme-system = As the system
theme-light = Light
theme-dark = Dark
sign-out = Sign out

loading = Loading…
toasts = What just happened
toast-close = Close this message
dialog-close = Close
error-retry = Try again
error-sign-in = Sign in
field-optional = optional
route-no-mobile = no mobile → e-mail
route-no-email = no e-mail → SMS
route-none = no address

not-found-title = Page not found
not-found-text = This address leads nowhere. The page may have moved, or a character of its address is missing.
not-found-back = Go to the trainings

trainings-title = Trainings
trainings-new = New training
trainings-search = Search trainings
trainings-search-hint = Search by title or place
trainings-phases = When
trainings-column-title = Training
trainings-column-dates = Dates
trainings-column-trainers = Trainers
trainings-column-counts = Invitations
trainings-found = { $count ->
    [0] No training found
    [one] { $count } training found
   *[other] { $count } trainings found
}
count-to-send = { $count } to send
count-sent = { $count } sent
count-confirmed = { $count } confirmed
count-confirmed-of = { $count } of { $seats } confirmed
count-declined = { $count } declined
count-none = nobody invited yet
trainings-empty-title = No training yet
trainings-empty-text = Create your first training; then choose who takes part and invite them.
trainings-empty-trainer = You are not a trainer of any training yet. An administrator names the trainers of a training.
trainings-none-found-title = Nothing matches “{ $search }”
trainings-none-found-text = Try fewer letters, or look among the other trainings above.
trainings-none-upcoming-title = No upcoming training
trainings-none-running-title = No training is running today
trainings-none-past-title = No past training
trainings-none-phase-text = Look among the other trainings above.

training-loading = Training
training-form-new = New training
training-form-edit = Edit the training
training-title = Title
training-start = Start
training-end = End
training-time-zone = Time zone
training-time-zone-help = Dates and times are those of the place of the training.
training-description = Description
training-description-help = Participants read it in their invitation.
training-place = Place
training-seats = Seats
training-seats-help = Empty: as many as you invite.
training-days-taught = Days taught
training-answer-deadline = Answer deadline
training-answer-deadline-help = Participants can answer, and change their answer, until then.
training-trainers = Trainers
training-trainers-search = Search a trainer by name
training-trainers-choose = Choose from the directory
training-trainers-chosen = { $count ->
    [0] Nobody is a trainer now.
    [one] One trainer is chosen. Save the training to keep it.
   *[other] { $count } trainers are chosen. Save the training to keep them.
}
training-trainers-add = Add { $name }
training-trainers-remove = Remove { $name }
training-trainers-added = { $name } is a trainer now
training-trainers-removed = { $name } is no longer a trainer
training-trainers-none = Nobody of this name in the directory.
training-trainers-found = { $count ->
    [one] { $count } person found
   *[other] { $count } people found
}
training-section-what = What and when
training-section-where = Where and by whom
training-section-more = Seats and answers
training-create = Create training
training-save = Save
training-saving = Saving…
training-cancel = Cancel
training-created = The training is created. Now choose the participants.
training-saved = The changes are saved.
training-form-problems = { $count ->
    [one] One field needs your attention.
   *[other] { $count } fields need your attention.
}

training-breadcrumb = Trainings
training-edit = Edit
training-code-fact = Code
training-trainer-fact = { $count ->
    [one] Trainer: { $names }
   *[other] Trainers: { $names }
}
training-view-switch = View of this training
training-view-administrator = Administrator view
training-view-trainer = Trainer view
training-tabs = Parts of this training
training-tab-overview = Overview
training-tab-invitations = Invitations
training-tab-participants = Participants

overview-about = About this training
overview-no-description = No description yet.
overview-facts = Details
overview-dates = Dates
overview-times = Times
overview-place = Place
overview-trainers = Trainers
overview-seats = Seats
overview-deadline = Answers until
overview-unlimited = not limited
overview-none = not set
overview-invitations = Invitations
overview-invitations-none = Nobody has been chosen yet.
overview-to-invitations = Go to the invitations
overview-confirmed-of = { $seats ->
    [one] of one seat
   *[other] of { $seats } seats
}

invitations-hidden-title = Invitations belong to the administrator view
invitations-hidden-text = The trainer view shows who takes part, not whom to invite.
invitations-hidden-trainer = Administrators of your organisation invite the participants. You see those who confirmed under Participants.
invitations-hidden-switch = Open the administrator view
invitations-hidden-participants = See the participants

participants-title = Participants
participants-count = { $count ->
    [one] { $count } participant has confirmed
   *[other] { $count } participants have confirmed
}
participants-empty-title = Nobody has confirmed yet
participants-empty-text = Participants appear here as soon as they confirm their invitation or register.

new-version-text = A new version of Convoke is there. Finish what you are typing, then reload the page.
new-version-reload = Reload
install-console = Install Convoke
count-to-approve = { $count } to approve
