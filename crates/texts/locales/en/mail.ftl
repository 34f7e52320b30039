# What e-mails, text messages and calendar entries say.

mail-subject-invitation = Invitation: { $title }
mail-subject-resend = Reminder: { $title }
mail-subject-cancellation = Cancelled: { $title }
mail-subject-registered = Registered: { $title }
mail-subject-waiting-list = Waiting list: { $title }
mail-subject-place-freed = You have a place: { $title }
mail-subject-entry-code = Your code for { $title }

mail-greeting = Hello { $name },
mail-intro-invitation = { $organisation } invites you to a training:
mail-intro-resend = { $organisation } invited you to a training and has not had your answer yet:
mail-intro-cancellation = { $organisation } has withdrawn your invitation to this training. You need not do anything.

mail-intro-registered = You are registered for this training:
mail-intro-waiting-list = This training is full. You are on its waiting list, and hear from us as soon as a place is free:
mail-intro-place-freed = A place has become free, and it is yours. You are registered for this training:
mail-intro-entry-code = With this code you enter the training space. It is good for 15 minutes:
mail-registered-ask = See your registration, or give your place back, here:
mail-registered-button = See my registration
mail-entry-code-mistake = You did not ask for it? Then somebody tapped your name, and cannot enter without the code. You need not do anything.
mail-footer-registered = You receive this message because somebody registered with your address at { $organisation }.
mail-subject-reminder = Please answer: { $title }
mail-subject-reminder-start = See you soon: { $title }
mail-subject-change = Changed: { $title }
mail-intro-reminder = { $organisation } is still waiting for your answer to this invitation:
mail-intro-reminder-start = Your training is coming up, and we look forward to seeing you:
mail-intro-change = The dates, the times or the place of this training have changed. It is now planned like this:
mail-reminder-start-ask = See the details, or tell us that you cannot come, here:
mail-change-ask = See the training and your answer, or change your answer, here:
mail-training-button = See the training
mail-calendar-changed = The attached calendar file updates the training in your calendar.
mail-footer-participant = You receive this message because { $organisation } invited you to this training, or because you registered for it.
mail-subject-account = Your account at { $organisation }
mail-intro-account = { $organisation } has an account for you. Choose a password of your own, and you can sign in:
mail-account-identifier = You sign in with
mail-account-ask = Choose your password here:
mail-account-button = Choose my password
mail-account-until = The link is good for 14 days, and until you have chosen a password.
mail-account-mistake = You did not expect this? Then you need not do anything: without a password nobody can sign in as you.
mail-account-footer = You receive this message because an administrator of { $organisation } invited you to sign in.
mail-subject-forgotten = Choose a new password: { $organisation }
mail-intro-forgotten = Somebody asked for a new password for your account at { $organisation }. If it was you, choose one:
mail-forgotten-ask = Choose your new password here:
mail-forgotten-button = Choose a new password
mail-forgotten-until = The link is good for one hour, and for one password. Once you have chosen it, you are signed out everywhere else.
mail-forgotten-mistake = It was not you? Then you need not do anything: your password stays as it is.
mail-forgotten-footer = You receive this message because your address was typed under “Forgot your password?” on the sign-in page.

mail-to-be-announced = to be announced
mail-test = [Test] { $text }
mail-sample-title = Example training
mail-sample-place = Main building, room 2
mail-sample-trainer = Alex Martin
mail-when = When
mail-where = Where
mail-trainers = { $count ->
    [one] Trainer
   *[other] Trainers
}
mail-deadline = Please answer by
mail-times = { $times } ({ $zone })

mail-button = Answer the invitation
mail-ask = Will you attend? Please answer here:
mail-change = You can change your answer at the same place until the deadline.
mail-change-open = You can change your answer at the same place until the training starts.
mail-personal = This link is meant for you alone: please do not pass it on.
mail-calendar = The attached calendar file adds the training to your calendar.
mail-calendar-cancelled = The attached calendar file takes the training out of your calendar.
mail-mistake = If you think that this is a mistake, please contact { $organisation }.
mail-footer = You receive this message because { $organisation } chose you as a participant.
mail-your-link = [your personal link]

sms-invitation = { $organisation }: invitation to "{ $title }", { $dates }. Will you attend? { $link }
sms-resend = { $organisation }: please answer the invitation to "{ $title }", { $dates }: { $link }
sms-cancellation = { $organisation }: your invitation to "{ $title }", { $dates }, is cancelled. You need not do anything.
sms-registered = { $organisation }: you are registered for "{ $title }", { $dates }. Details: { $link }
sms-waiting-list = { $organisation }: "{ $title }", { $dates }, is full. You are on the waiting list. Details: { $link }
sms-place-freed = { $organisation }: a place is free for you in "{ $title }", { $dates }. You are registered. Details: { $link }
sms-reminder = { $organisation }: we are waiting for your answer about "{ $title }", { $dates }: { $link }
sms-reminder-start = { $organisation }: see you at "{ $title }", { $dates }, { $times }. Details, or if you cannot come: { $link }
sms-change = { $organisation }: "{ $title }" has changed, and begins now: { $dates }, { $times }. Details: { $link }
sms-entry-code = { $code } is your code for "{ $title }". It is good for 15 minutes.
sms-account = { $organisation }: choose your password (good for 14 days): { $link }
sms-forgotten = { $organisation }: choose a new password (good for one hour). Not you? Do nothing. { $link }

calendar-answer = Your answer: { $link }
