# What e-mails, text messages and calendar entries say.

mail-subject-invitation = Invitation: { $title }
mail-subject-resend = Reminder: { $title }
mail-subject-cancellation = Cancelled: { $title }

mail-greeting = Hello { $name },
mail-intro-invitation = { $organisation } invites you to a training:
mail-intro-resend = { $organisation } invited you to a training and has not had your answer yet:
mail-intro-cancellation = { $organisation } has withdrawn your invitation to this training. You need not do anything.

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

calendar-answer = Your answer: { $link }
