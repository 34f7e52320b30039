# Ce que voit et fait un formateur : qui est là, les documents. Et les réglages de l’organisation.

training-tab-documents = Documents
participants-search = Chercher un participant
participants-days = Demi-journée
participants-day = { $day } ({ $count } présents)
participants-day-count = { $count ->
    [one] { $count } présent
   *[other] { $count } présents
}
participants-present = { $count ->
    [one] { $count } présent sur { $all }
   *[other] { $count } présents sur { $all }
}
participants-there = Présent
participants-at-self = Là depuis { $time }
participants-at-trainer = Là depuis { $time } · noté par le formateur
participants-early = La présence se note à partir de ce jour.
participants-marked = La présence de { $name } est notée.
participants-unmarked = La présence de { $name } n’est plus notée.
participants-add = Ajouter quelqu’un
participants-add-lead = Pour une personne venue sans invitation : elle est confirmée, et présente aujourd’hui.
participants-add-submit = Ajouter
participants-added = { $name } est dans la liste, et présent.

documents-title = Documents
documents-count = { $count ->
    [0] Documents
    [one] { $count } document
   *[other] { $count } documents
}
documents-add = Ajouter des documents
documents-drop = Déposez des fichiers ici
documents-choose = Choisir des fichiers
documents-limit = { $size } Mo au plus par fichier
documents-share-at-once = Partager aussitôt avec les participants
documents-add-link = Ajouter un lien
documents-link-title = Titre
documents-link-url = Adresse web
documents-link-help = Elle commence par https://
documents-link-submit = Ajouter
documents-added = « { $name } » a été ajouté.
documents-uploading = « { $name } » est en cours d’envoi
documents-upload-close = Fermer le message sur « { $name } »
documents-too-large = Ce fichier est trop volumineux. Réduisez-le, ou ajoutez plutôt un lien.
documents-empty-file = Ce fichier est vide.
documents-kind = Les fichiers de ce type ne peuvent pas être ajoutés.
documents-empty-title = Pas encore de document
documents-empty-text = Ajoutez des diapositives, des supports ou des liens. Les participants les voient dès que vous les partagez.
documents-none-here = Pas encore de document.
documents-manage = Ajouter
documents-not-shared = pas encore partagé
documents-share = Partager
documents-take-back = Reprendre
documents-shared-now = « { $name } » est partagé avec les participants.
documents-taken-back = « { $name } » n’est plus partagé.
documents-delete = Supprimer
documents-delete-name = Supprimer « { $name } »
documents-delete-title = Supprimer « { $name } » ?
documents-delete-text = Le document disparaît pour tout le monde, aussi pour ceux qui l’ont vu dans leur espace.
documents-deleted = « { $name } » a été supprimé.

nav-settings = Réglages
settings-title = Réglages
settings-lead = Ils valent pour toute l’organisation.
settings-organisation = Organisation
settings-name = Nom de l’organisation
settings-name-help = Les participants le lisent dans les messages et sur les pages publiques.
settings-sending = Envoi
settings-send-delay = Secondes pendant lesquelles un envoi peut être annulé
settings-send-delay-help = Rien ne part pendant ce temps après avoir appuyé sur Envoyer : de 0 à 300.
settings-send-delay-limit = Saisissez un nombre entier de secondes, de 0 à 300.
settings-firm-recent = Ne jamais réécrire dans les 24 heures
settings-firm-often = Ne jamais écrire plus de cinq fois
settings-firm-help = Au sujet d’une même formation. Sinon, Renvoyer propose de laisser ces personnes de côté.
settings-trainings = Formations
settings-login-codes = Codes de formation
settings-login-codes-help = Une formation peut être proposée avec un code, par lequel chacun s’inscrit et entre dans son espace.
settings-trainers-add = Les formateurs peuvent ajouter des personnes sur place
settings-trainers-add-help = Pour celles qui viennent sans invitation, les jours de la formation.
settings-saved = Les réglages sont enregistrés.
