# Textes des messages : ce qu’une organisation ou une formation dit avec ses propres mots.

texts-title = Textes des messages
texts-lead = Ce que disent les e-mails et les SMS, avec les mots de votre organisation. Une formation peut avoir ses propres textes.
texts-training-lead = Ce que disent les e-mails et les SMS de cette formation. Là où rien n’est écrit ici, le texte de l’organisation s’applique.
texts-open = Textes des messages
texts-back = Invitations
texts-kinds = Messages
texts-languages = Langue du texte
texts-channels = E-mail ou SMS
text-channel-email = e-mail
text-channel-sms = SMS
text-tab-email = E-mail
text-tab-sms = SMS
text-kind-invitation = Invite une personne et lui demande une réponse.
text-kind-resend = Part vers ceux qui n’ont pas répondu, quand vous cliquez sur Renvoyer les invitations.
text-kind-reminder = Part tout seul vers ceux qui n’ont pas répondu.
text-kind-reminder-start = Part tout seul, avant le début, vers ceux qui ont confirmé.
text-kind-change = Annonce que les dates, les horaires ou le lieu ont changé.
text-kind-cancellation = Annonce qu’une invitation est retirée.
text-kind-registered = Confirme une inscription.
text-kind-waiting-list = Annonce qu’aucune place n’est libre et que la personne est sur la liste d’attente.
text-kind-place-freed = Annonce qu’une place s’est libérée et qu’elle est pour la personne.
text-source-built-in = Texte d’origine
text-source-organisation = Texte de l’organisation
text-source-training = Texte de cette formation
text-source-own = Votre texte
text-changed = modifié { $when }
text-changed-by = modifié { $when } par { $name }
text-written-count = { $count ->
    [0] Tous les textes sont ceux d’origine.
    [one] Un texte est le vôtre.
   *[other] { $count } textes sont les vôtres.
}
text-subject = Objet
text-body = Texte
text-body-help-email = Figure au-dessus des informations et du bouton de l’e-mail. Une ligne vide commence un paragraphe. Le bouton avec le lien personnel et le pied de page sont toujours là.
text-body-help-sms = Tout le SMS. Il lui faut le lien personnel, sauf s’il ne demande rien.
text-placeholders = Champs à remplir
text-placeholders-help = Ils sont remplis pour chaque destinataire. Cliquez pour en mettre un à l’endroit du curseur, ou tapez-le entre accolades.
text-insert = Insérer { $name }
text-placeholder-first-name = Prénom
text-placeholder-last-name = Nom
text-placeholder-title = Titre de la formation
text-placeholder-dates = Dates
text-placeholder-times = Horaires
text-placeholder-place = Lieu
text-placeholder-trainers = Formateurs
text-placeholder-organisation = Organisation
text-placeholder-deadline = Date limite de réponse
text-placeholder-link = Lien personnel
text-problem-empty = Écrivez quelque chose.
text-problem-too-long = C’est trop long : { $most } caractères au plus.
text-problem-placeholder = Le champ { $name } n’existe pas dans ce message. Choisissez-en un ci-dessous, ou retirez les accolades.
text-problem-link = Le lien personnel manque : sans { $name }, personne ne peut répondre. Ajoutez-le au texte.
text-problem-link-subject = On ne peut pas suivre le lien personnel dans un objet. Mettez-le dans le texte.
error-text-placeholder = Ce texte contient un champ que ce message n’a pas. Choisissez-en un ci-dessous, ou retirez les accolades.
error-text-link = Le lien personnel manque : sans lui, personne ne peut répondre. Ajoutez-le au texte.
error-text-link-subject = On ne peut pas suivre le lien personnel dans un objet. Mettez-le dans le texte.
conflict-text = Une autre personne a modifié ce texte entre-temps. Ce que vous avez écrit est toujours là.
text-conflict-theirs = Ce qui y est maintenant
text-conflict-take-theirs = Prendre l’autre texte
text-conflict-keep-mine = Garder le mien
conflict-test-no-email = Aucun e-mail n’est connu pour vous : le test ne peut pas y être envoyé.
conflict-test-no-mobile = Aucun mobile n’est connu pour vous : le test ne peut pas y être envoyé.
text-sms-cost = { $parts ->
    [one] Un SMS
   *[other] { $parts } SMS
}, { $left ->
    [one] encore un caractère
   *[other] encore { $left } caractères
}
text-sms-gsm = L’alphabet habituel : 160 caractères dans un SMS, 153 dans chacun s’il y en a plusieurs.
text-sms-ucs = Cher, à cause de { $signs } : seulement 70 caractères dans un SMS, 67 dans chacun s’il y en a plusieurs.
text-sms-sign = « { $sign } »
text-sms-who = Compté pour { $name } ; un nom ou un titre plus long prend plus de place.
text-preview = Aperçu
text-preview-reader = Lu par
text-preview-yourself = { $name } (vous)
text-preview-about = À propos de : { $title }
text-preview-html = Comme dans une messagerie
text-preview-plain = En texte brut
text-preview-parts = Parties de l’e-mail
text-preview-frame = L’e-mail tel que { $name } le verra
text-preview-waiting = L’aperçu arrive…
text-preview-wrong = L’aperçu viendra quand le texte sera correct.
text-test = M’envoyer un message de test
text-test-sent = Un message de test part vers { $address }.
text-save = Enregistrer
text-saving = Enregistrement…
text-saved = Le texte est enregistré.
text-reset = Revenir au texte d’origine
text-reset-organisation = Revenir au texte de l’organisation
text-reset-question-built-in = Votre texte sera retiré, et celui d’origine s’appliquera de nouveau.
text-reset-question-organisation = Le texte de cette formation sera retiré, et celui de l’organisation s’appliquera de nouveau.
text-reset-done = Votre texte est retiré.
text-unsaved-here = modifié, non enregistré
text-unsaved = { $count ->
    [0] Tout est enregistré.
    [one] Un texte n’est pas enregistré.
   *[other] { $count } textes ne sont pas enregistrés.
}
text-leave-title = Partir sans enregistrer ?
text-leave-text = Certains textes ne sont pas enregistrés. Ils seront perdus si vous partez.
text-discard = Abandonner
settings-sender = Expéditeur des e-mails
settings-sender-name = Nom de l’expéditeur
settings-sender-name-help = Les destinataires le voient à côté de l’adresse. Vide : le nom que porte l’installation.
settings-reply-to = Adresse de réponse
settings-reply-to-help = Une adresse e-mail de votre organisation que quelqu’un lit. Vide : les réponses vont à l’adresse de l’expéditeur.
page-test-title = C’était un test
page-test-text = Vous avez suivi le lien d’un message de test. Dans un vrai message, il mène à l’invitation du destinataire.
send-preview-step = { $at } sur { $total }
send-preview-before = La personne précédente
send-preview-next = La personne suivante
send-preview-find = Chercher une personne
send-preview-nobody = Personne ici ne s’appelle ainsi.
