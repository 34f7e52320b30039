# L’historique : qui a fait quoi et quand. La phrase suit le nom de la personne.

history-title = Historique
history-lead = Qui a fait quoi et quand, dans toute l’organisation.
history-system = Convoke
history-when = Quand
history-who = Qui
history-where = Depuis
history-from-where = depuis { $from }
history-what = Quoi
history-person = Personne
history-training = Formation
history-search = Chercher dans l’historique
history-search-hint = Un nom ou une formation
history-area = À propos de
history-area-all = Tout
history-area-people = Personnes et groupes
history-area-trainings = Formations
history-area-invitations = Invitations
history-area-registration = Inscription
history-area-presence = Présence
history-area-settings = Paramètres
history-area-sessions = Connexions
history-from = Du
history-until = Au
history-count = { $count ->
    [one] Une ligne
   *[other] { $shown } lignes
}
history-empty-title = Rien ne s’est passé
history-empty-text = Rien dans l’historique ne correspond à ces filtres.
history-export-csv = Exporter l’historique affiché en CSV
history-export-xlsx = Exporter l’historique affiché en XLSX
history-user-created = a créé { $whom }
history-user-changed = a modifié { $whom }
history-user-deactivated = a désactivé { $whom }
history-user-reactivated = a réactivé { $whom }
history-user-merged = a fusionné un doublon avec { $whom } : { $name }
history-user-made-administrator = est devenu administrateur
history-user-language-chosen = a choisi une autre langue
history-users-pasted = a créé { $created } personnes à partir d’adresses collées
history-users-imported = a importé des personnes : { $created } nouvelles, { $updated } modifiées, { $bad } refusées
history-users-import-undone = a annulé un import : { $removed } personnes retirées, { $restored } comme avant, { $kept } gardées
history-group-created = a créé le groupe { $name }
history-group-renamed = a renommé un groupe en { $name }
history-group-deleted = a supprimé le groupe { $name }
history-group-members-changed = a modifié les groupes de { $people } personnes
history-group-members-chosen = a choisi les membres du groupe { $name } : { $added } ajoutés, { $removed } retirés
history-user-type-created = a créé le type { $name }
history-user-type-renamed = a renommé un type en { $name }
history-user-type-deleted = a supprimé le type { $name }
history-training-created = a créé une formation
history-training-changed = a modifié une formation
history-document-added = a ajouté un document
history-document-deleted = a supprimé un document
history-document-shared = a partagé un document
history-document-taken-back = a repris un document
history-selection-validated = a choisi les participants : { $added } ajoutés, { $removed } retirés
history-invitations-sent = a envoyé des invitations : { $email } par e-mail, { $sms } par SMS
history-invitations-resent = a renvoyé des invitations : { $email } par e-mail, { $sms } par SMS
history-invitation-confirmed = a confirmé par le lien
history-invitation-confirmed-for = a confirmé pour { $whom }
history-invitation-declined = a décliné par le lien
history-registration-settings = a modifié l’inscription en ligne
history-registration-code-renewed = a renouvelé le code de formation
history-registration-form-published = a publié le formulaire d’inscription
history-registration-received = s’est inscrit
history-registration-approved = a accepté une inscription
history-registration-refused = a refusé une inscription
history-registration-moved-up = a quitté la liste d’attente pour une place
history-registration-waits-again = est revenu sur la liste d’attente par le lien
history-space-entered = est entré dans l’espace de formation
history-space-not-me = a quitté l’espace de quelqu’un d’autre
history-presence-arrived = a dit être là
history-presence-marked = a noté la présence pour { $whom }
history-presence-taken-back = a repris une présence
history-presence-added-on-the-spot = a ajouté { $whom } sur place
history-settings-changed = a modifié les paramètres
history-session-signed-in = s’est connecté
history-session-signed-out = s’est déconnecté
history-demo-filled = a rempli la base de données de démonstration
history-user-access-changed = a donné un autre droit à { $whom } dans la console
history-user-account-invited = a invité { $whom } à choisir un mot de passe
history-user-password-chosen = a choisi un mot de passe
history-a-person = une personne
history-this-person = cette personne
history-selection-chosen = a choisi { $whom } pour la formation
history-user-known = est entré dans l’annuaire
history-message = { $channel ->
    [sms] a écrit un SMS
   *[other] a écrit un e-mail
} : { $kind }, { $state }

# Le parcours d’une personne
story-title = Parcours – { $name }
story-tabs = Personne et parcours
story-tab-person = Personne
story-tab-story = Parcours
story-training = Formation
story-training-all = Toutes les formations
story-everything = Le parcours dans toutes les formations
story-empty-text = Ce qui est modifié, écrit et répondu apparaîtra ici.
story-empty-training = Rien n’est noté pour cette formation. Choisissez-en une autre, ou toutes.
story-export-csv = Exporter le parcours affiché en CSV
story-export-xlsx = Exporter le parcours affiché en XLSX
story-message-problem = { $state } ({ $problem })
