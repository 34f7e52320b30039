# Ce que disent les e-mails, les SMS et les entrées de calendrier.

mail-subject-invitation = Invitation : { $title }
mail-subject-resend = Rappel : { $title }
mail-subject-cancellation = Annulation : { $title }

mail-greeting = Bonjour { $name },
mail-intro-invitation = { $organisation } vous invite à une formation :
mail-intro-resend = { $organisation } vous invite à une formation et attend encore votre réponse :
mail-intro-cancellation = { $organisation } a retiré votre invitation à cette formation. Vous n’avez rien à faire.

mail-when = Quand
mail-where = Où
mail-trainers = { $count ->
    [one] Formation animée par
   *[other] Formation animée par
}
mail-deadline = Réponse attendue avant
mail-times = { $times } ({ $zone })

mail-button = Répondre à l’invitation
mail-ask = Participerez-vous ? Répondez ici :
mail-change = Vous pouvez changer votre réponse au même endroit jusqu’à la date limite.
mail-change-open = Vous pouvez changer votre réponse au même endroit jusqu’au début de la formation.
mail-personal = Ce lien est personnel : merci de ne pas le transmettre.
mail-calendar = Le fichier de calendrier joint ajoute la formation à votre agenda.
mail-calendar-cancelled = Le fichier de calendrier joint retire la formation de votre agenda.
mail-mistake = Si vous pensez qu’il s’agit d’une erreur, contactez { $organisation }.
mail-footer = Ce message vous est adressé car vous figurez sur une liste de participants de { $organisation }.
mail-your-link = [votre lien personnel]

sms-invitation = { $organisation } : invitation à "{ $title }", { $dates }. Participerez-vous ? { $link }
sms-resend = { $organisation } : merci de répondre à l'invitation à "{ $title }", { $dates } : { $link }
sms-cancellation = { $organisation } : votre invitation à "{ $title }", { $dates }, est annulée. Vous n'avez rien à faire.

calendar-answer = Votre réponse : { $link }
