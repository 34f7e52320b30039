# Ce que disent les e-mails, les SMS et les entrées de calendrier.

mail-subject-invitation = Invitation : { $title }
mail-subject-resend = Rappel : { $title }
mail-subject-cancellation = Annulation : { $title }
mail-subject-registered = Inscription : { $title }
mail-subject-waiting-list = Liste d’attente : { $title }
mail-subject-place-freed = Vous avez une place : { $title }
mail-subject-entry-code = Votre code pour { $title }

mail-greeting = Bonjour { $name },
mail-intro-invitation = { $organisation } vous invite à une formation :
mail-intro-resend = { $organisation } vous invite à une formation et attend encore votre réponse :
mail-intro-cancellation = { $organisation } a retiré votre invitation à cette formation. Vous n’avez rien à faire.

mail-intro-registered = Vous êtes inscrit à cette formation :
mail-intro-waiting-list = Cette formation est complète. Vous êtes sur la liste d’attente ; nous vous écrirons dès qu’une place se libère :
mail-intro-place-freed = Une place s’est libérée, elle est à vous. Vous êtes inscrit à cette formation :
mail-intro-entry-code = Ce code ouvre votre espace de formation. Il est valable 15 minutes :
mail-registered-ask = Voir votre inscription ou rendre votre place :
mail-registered-button = Voir mon inscription
mail-entry-code-mistake = Vous ne l’avez pas demandé ? Quelqu’un a touché votre nom et ne peut pas entrer sans ce code. Vous n’avez rien à faire.
mail-footer-registered = Vous recevez ce message car quelqu’un s’est inscrit avec votre adresse auprès de { $organisation }.
mail-subject-reminder = Votre réponse, s’il vous plaît : { $title }
mail-subject-reminder-start = À bientôt : { $title }
mail-subject-change = Modification : { $title }
mail-intro-reminder = { $organisation } attend encore votre réponse à cette invitation :
mail-intro-reminder-start = Votre formation approche, et nous serons heureux de vous y retrouver :
mail-intro-change = Les dates, les horaires ou le lieu de cette formation ont changé. Voici ce qui est prévu désormais :
mail-reminder-start-ask = Voir les détails, ou prévenir que vous ne pouvez pas venir :
mail-change-ask = Voir la formation et votre réponse, ou changer votre réponse :
mail-training-button = Voir la formation
mail-calendar-changed = Le fichier de calendrier joint met à jour la formation dans votre agenda.
mail-footer-participant = Vous recevez ce message car { $organisation } vous a invité à cette formation, ou car vous vous y êtes inscrit.
mail-subject-account = Votre compte chez { $organisation }
mail-intro-account = { $organisation } a un compte pour vous. Choisissez votre mot de passe pour pouvoir vous connecter :
mail-account-identifier = Identifiant
mail-account-ask = Choisissez votre mot de passe ici :
mail-account-button = Choisir mon mot de passe
mail-account-until = Le lien est valable 14 jours, et jusqu’à ce que vous ayez choisi un mot de passe.
mail-account-mistake = Vous ne vous y attendiez pas ? Vous n’avez rien à faire : sans mot de passe, personne ne peut se connecter à votre place.
mail-account-footer = Vous recevez ce message car un administrateur de { $organisation } vous a invité à vous connecter.
mail-subject-forgotten = Choisir un nouveau mot de passe : { $organisation }
mail-intro-forgotten = Quelqu’un a demandé un nouveau mot de passe pour votre compte chez { $organisation }. Si c’était vous, choisissez-le :
mail-forgotten-ask = Choisissez votre nouveau mot de passe ici :
mail-forgotten-button = Choisir un nouveau mot de passe
mail-forgotten-until = Le lien est valable une heure, et pour un seul mot de passe. Une fois choisi, vous serez déconnecté partout ailleurs.
mail-forgotten-mistake = Ce n’était pas vous ? Vous n’avez rien à faire : votre mot de passe reste le même.
mail-forgotten-footer = Vous recevez ce message car votre adresse a été saisie sous « Mot de passe oublié ? » sur la page de connexion.

mail-to-be-announced = à préciser
mail-test = [Test] { $text }
mail-sample-title = Formation d’exemple
mail-sample-place = Bâtiment principal, salle 2
mail-sample-trainer = Alex Martin
mail-when = Quand
mail-where = Où
mail-trainers = { $count ->
    [one] Formation animée par
   *[other] Formation animée par
}
mail-deadline = Réponse attendue avant
mail-times = { $times } ({ $zone })

mail-button = Répondre à l’invitation
mail-ask = Participerez-vous ? Répondez ici :
mail-change = Vous pouvez changer votre réponse au même endroit jusqu’à la date limite.
mail-change-open = Vous pouvez changer votre réponse au même endroit jusqu’au début de la formation.
mail-personal = Ce lien est personnel : merci de ne pas le transmettre.
mail-calendar = Le fichier de calendrier joint ajoute la formation à votre agenda.
mail-calendar-cancelled = Le fichier de calendrier joint retire la formation de votre agenda.
mail-mistake = Si vous pensez qu’il s’agit d’une erreur, contactez { $organisation }.
mail-footer = Ce message vous est adressé car vous figurez sur une liste de participants de { $organisation }.
mail-your-link = [votre lien personnel]

sms-invitation = { $organisation } : invitation à "{ $title }", { $dates }. Participerez-vous ? { $link }
sms-resend = { $organisation } : merci de répondre à l'invitation à "{ $title }", { $dates } : { $link }
sms-cancellation = { $organisation } : votre invitation à "{ $title }", { $dates }, est annulée. Vous n'avez rien à faire.
sms-registered = { $organisation } : votre inscription à "{ $title }", { $dates }, est enregistrée. Détails : { $link }
sms-waiting-list = { $organisation } : "{ $title }", { $dates }, est complet. Votre nom est sur la liste d'attente. Détails : { $link }
sms-place-freed = { $organisation } : une place s'est libérée pour vous à "{ $title }", { $dates }. Votre inscription est faite. Détails : { $link }
sms-reminder = { $organisation } : nous attendons votre réponse pour "{ $title }", { $dates } : { $link }
sms-reminder-start = { $organisation } : rendez-vous pour "{ $title }", { $dates }, { $times }. Détails, ou si vous ne pouvez pas venir : { $link }
sms-change = { $organisation } : "{ $title }" a changé. Désormais : { $dates }, { $times }. Détails : { $link }
sms-entry-code = { $code } est votre code pour "{ $title }". Il est valable 15 minutes.
sms-account = { $organisation } : choisissez votre mot de passe (valable 14 jours) : { $link }
sms-forgotten = { $organisation } : choisissez un nouveau mot de passe (valable une heure). Ce n’est pas vous ? Ne faites rien. { $link }

calendar-answer = Votre réponse : { $link }
