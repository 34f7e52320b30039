# Le cadre de la console, ses listes de formations, la page d’une formation et son formulaire.

skip-to-content = Aller au contenu
nav-main = Principal
nav-trainings = Formations
nav-people = Personnes
nav-messages = Messages
stopped-email = Les e-mails sont arrêtés : le serveur de messagerie les refuse. Rien n’est perdu ; ce qui est en attente partira tout seul dès qu’il fonctionnera à nouveau.
stopped-sms = Les SMS sont arrêtés : la passerelle les refuse. Rien n’est perdu ; ce qui est en attente partira tout seul dès qu’elle fonctionnera à nouveau.
stopped-why = Voir pourquoi
account-menu = Votre compte : { $name }
account-language = Langue
account-theme = Apparence
theme-system = Comme le système
theme-light = Clair
theme-dark = Sombre
sign-out = Se déconnecter

loading = Chargement…
toasts = Ce qui vient de se passer
toast-close = Fermer ce message
dialog-close = Fermer
error-retry = Réessayer
error-sign-in = Se connecter
field-optional = facultatif
route-no-mobile = pas de mobile → e-mail
route-no-email = pas d’e-mail → SMS
route-none = aucune adresse

not-found-title = Page introuvable
not-found-text = Cette adresse ne mène nulle part. La page a peut-être changé de place, ou il manque un caractère.
not-found-back = Aller aux formations

trainings-title = Formations
trainings-new = Nouvelle formation
trainings-search = Rechercher une formation
trainings-search-hint = Rechercher par titre ou lieu
trainings-phases = Période
trainings-column-title = Formation
trainings-column-dates = Dates
trainings-column-trainers = Formateurs
trainings-column-counts = Invitations
trainings-found = { $count ->
    [0] Aucune formation trouvée
    [one] { $count } formation trouvée
   *[other] { $count } formations trouvées
}
count-to-send = { $count } à envoyer
count-sent = { $count ->
    [one] { $count } envoyée
   *[other] { $count } envoyées
}
count-confirmed = { $count ->
    [one] { $count } confirmée
   *[other] { $count } confirmées
}
count-confirmed-of = { $count ->
    [one] { $count } confirmée sur { $seats }
   *[other] { $count } confirmées sur { $seats }
}
count-declined = { $count ->
    [one] { $count } refusée
   *[other] { $count } refusées
}
count-none = personne d’invité
trainings-empty-title = Pas encore de formation
trainings-empty-text = Créez votre première formation, puis choisissez les participants et invitez-les.
trainings-empty-trainer = Vous n’êtes formateur d’aucune formation. Un administrateur désigne les formateurs.
trainings-none-found-title = Rien ne correspond à « { $search } »
trainings-none-found-text = Essayez avec moins de lettres, ou regardez parmi les autres formations ci-dessus.
trainings-none-upcoming-title = Aucune formation à venir
trainings-none-running-title = Aucune formation en cours aujourd’hui
trainings-none-past-title = Aucune formation passée
trainings-none-phase-text = Regardez parmi les autres formations ci-dessus.

training-loading = Formation
training-form-new = Nouvelle formation
training-form-edit = Modifier la formation
training-title = Titre
training-start = Début
training-end = Fin
training-time-zone = Fuseau horaire
training-time-zone-help = Les dates et heures sont celles du lieu de la formation.
training-description = Description
training-description-help = Les participants la lisent dans leur invitation.
training-place = Lieu
training-seats = Places
training-seats-help = Vide : autant que d’invitations.
training-days-taught = Jours de formation
training-answer-deadline = Date limite de réponse
training-answer-deadline-help = Jusque-là, les participants peuvent répondre et changer d’avis.
training-trainers = Formateurs
training-trainers-search = Rechercher un formateur par son nom
training-trainers-choose = Choisir dans l’annuaire
training-trainers-chosen = { $count ->
    [0] Personne n’est formateur.
    [one] Un formateur est choisi. Enregistrez la formation pour le garder.
   *[other] { $count } formateurs sont choisis. Enregistrez la formation pour les garder.
}
training-trainers-add = Ajouter { $name }
training-trainers-remove = Retirer { $name }
training-trainers-added = { $name } est maintenant formateur
training-trainers-removed = { $name } n’est plus formateur
training-trainers-none = Personne de ce nom dans l’annuaire.
training-trainers-found = { $count ->
    [one] { $count } personne trouvée
   *[other] { $count } personnes trouvées
}
training-section-what = Quoi et quand
training-section-where = Où et par qui
training-section-more = Places et réponses
training-create = Créer la formation
training-save = Enregistrer
training-saving = Enregistrement…
training-cancel = Annuler
training-created = La formation est créée. Choisissez maintenant les participants.
training-saved = Les modifications sont enregistrées.
training-form-problems = { $count ->
    [one] Un champ est à corriger.
   *[other] { $count } champs sont à corriger.
}

training-breadcrumb = Formations
training-edit = Modifier
training-code-fact = Code
training-trainer-fact = { $count ->
    [one] Formateur : { $names }
   *[other] Formateurs : { $names }
}
training-view-switch = Vue de cette formation
training-view-administrator = Vue administrateur
training-view-trainer = Vue formateur
training-tabs = Parties de cette formation
training-tab-overview = Aperçu
training-tab-invitations = Invitations
training-tab-participants = Participants

overview-about = À propos de cette formation
overview-no-description = Pas encore de description.
overview-facts = Détails
overview-dates = Dates
overview-times = Horaires
overview-place = Lieu
overview-trainers = Formateurs
overview-seats = Places
overview-deadline = Réponses jusqu’au
overview-unlimited = sans limite
overview-none = non renseigné
overview-invitations = Invitations
overview-invitations-none = Personne n’a encore été choisi.
overview-to-invitations = Aller aux invitations
overview-confirmed-of = { $seats ->
    [one] sur une place
   *[other] sur { $seats } places
}

invitations-hidden-title = Les invitations font partie de la vue administrateur
invitations-hidden-text = La vue formateur montre qui participe, pas qui inviter.
invitations-hidden-trainer = Les administrateurs de votre organisation invitent les participants. Ceux qui ont confirmé figurent sous Participants.
invitations-hidden-switch = Ouvrir la vue administrateur
invitations-hidden-participants = Voir les participants

participants-title = Participants
participants-count = { $count ->
    [one] { $count } participant a confirmé
   *[other] { $count } participants ont confirmé
}
participants-empty-title = Personne n’a encore confirmé
participants-empty-text = Les participants apparaissent ici dès qu’ils confirment leur invitation ou s’inscrivent.

new-version-text = Une nouvelle version de Convoke est disponible. Terminez votre saisie, puis rechargez la page.
new-version-reload = Recharger
install-console = Installer Convoke
count-to-approve = { $count } à approuver
