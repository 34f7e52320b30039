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
history-user-merged = a fusionné un doublon avec { $whom } : { $name }
history-user-made-administrator = est devenu administrateur
history-user-language-chosen = a choisi une autre langue
history-users-pasted = a créé { $created } personnes à partir d’adresses collées
history-users-imported = a importé des personnes : { $created } nouvelles, { $updated } modifiées, { $bad } refusées
history-users-import-undone = a annulé un import : { $removed } personnes retirées, { $restored } comme avant, { $kept } gardées
history-group-created = a créé le groupe { $name }
history-group-renamed = a renommé un groupe en { $name }
history-group-deleted = a supprimé le groupe { $name }
history-group-members-changed = a modifié les groupes de { $people } personnes : { $groups }
history-group-members-chosen = a choisi les membres du groupe { $name } : { $added } ajoutés, { $removed } retirés
history-user-group-chosen = a changé l’appartenance au groupe { $name }
history-user-type-created = a créé le type { $name }
history-user-type-renamed = a renommé un type en { $name }
history-user-type-deleted = a supprimé le type { $name }
history-training-created = a créé une formation
history-training-changed = a modifié une formation
history-document-added = a ajouté un document
history-document-deleted = a supprimé un document
history-document-shared = a partagé un document
history-document-taken-back = a repris un document
history-selection-validated = a choisi les participants : { $added } ajoutés, { $removed } retirés
history-invitations-sent = a envoyé des invitations : { $email } par e-mail, { $sms } par SMS
history-invitations-resent = a renvoyé des invitations : { $email } par e-mail, { $sms } par SMS
history-invitations-planned = a planifié des invitations pour { $at } : { $email } par e-mail, { $sms } par SMS
history-invitations-resend-planned = a planifié le renvoi d’invitations pour { $at } : { $email } par e-mail, { $sms } par SMS
history-invitations-undone = a annulé un envoi : { $withdrawn } messages retirés, aucun n’était parti
history-invitations-stopped = a arrêté un envoi : { $withdrawn } messages retirés, { $gone } étaient partis
history-invitations-hurried = a fait partir un envoi tout de suite
history-reminder-planned = a prévu un rappel, { $days } jours avant la date limite de réponse
history-reminder-planned-for-start = a prévu un rappel, { $days } jours avant le début
history-reminder-removed = a retiré un rappel prévu
history-reminder-sent = a relancé { $people } personnes, { $days } jours avant la date limite de réponse
history-reminder-sent-for-start = a relancé { $people } personnes, { $days } jours avant le début
history-reminder-missed = a laissé de côté un rappel en retard de plus d’un jour
history-change-announced = a annoncé que la formation a été déplacée : { $email } par e-mail, { $sms } par SMS
history-change-announcement-planned = a planifié pour { $at } d’annoncer que la formation a été déplacée : { $email } par e-mail, { $sms } par SMS
history-change-not-announced = n’a pas annoncé que la formation a été déplacée
history-invitation-confirmed = a confirmé par le lien
history-invitation-confirmed-for = a confirmé pour { $whom }
history-invitation-declined = a décliné par le lien
history-registration-settings = a modifié l’inscription en ligne
history-registration-code-renewed = a renouvelé le code de formation
history-registration-form-published = a publié le formulaire d’inscription
history-registration-received = s’est inscrit{ $device }
history-registration-approved = a accepté une inscription
history-registration-refused = a refusé une inscription
history-registration-moved-up = a quitté la liste d’attente pour une place
history-registration-waits-again = est revenu sur la liste d’attente par le lien
history-space-entered = est entré dans l’espace de formation{ $device }
history-space-left = a quitté l’espace de formation{ $device }
history-space-not-me = a quitté l’espace de quelqu’un d’autre{ $device }
history-space-device-locked = a été verrouillé sur cette formation
history-space-device-unlocked = a été déverrouillé avec son code PIN
history-space-device-released = a libéré l’appareil { $tablet } de son verrouillage
history-on-device = sur l’appareil { $name }
history-on-device-offline = sur l’appareil { $name }, sans réseau
history-presence-arrived = a dit être là{ $on }{ $device }{ $signed ->
    [drawn] {" "}et a signé
    [typed] {" "}et a signé en saisissant un nom
   *[other] {""}
}
history-presence-marked = { $attendance ->
    [absent] a noté l’absence de { $whom }{ $on }
    [excused] a excusé { $whom }{ $on }
   *[other] a noté la présence de { $whom }{ $on }
}
history-presence-corrected = { $attendance ->
    [absent] a corrigé en absence pour { $whom }{ $on }
    [excused] a corrigé en excuse pour { $whom }{ $on }
   *[other] a corrigé en présence pour { $whom }{ $on }
}
history-presence-marked-rest = { $attendance ->
    [absent] a noté tous les autres absents{ $on } : { $people }
    [excused] a excusé tous les autres{ $on } : { $people }
   *[other] a noté tous les autres présents{ $on } : { $people }
}
history-presence-taken-back = { $before ->
    [absent] a repris l’absence de { $whom }{ $on }
    [excused] a repris l’excuse de { $whom }{ $on }
   *[other] a repris la présence de { $whom }{ $on }
}
history-presence-added-on-the-spot = a ajouté { $whom } sur place{ $on }
history-settings-changed = a modifié les paramètres
history-text-written = a rédigé un texte de message : { $text }
history-text-taken-back = est revenu au texte par défaut : { $text }
history-session-signed-in = s’est connecté
history-session-signed-out = s’est déconnecté
history-demo-filled = a rempli la base de données de démonstration
history-user-access-changed = a donné un autre droit à { $whom } dans la console
history-user-account-invited = a invité { $whom } à choisir un mot de passe
history-user-password-chosen = a choisi un mot de passe
history-user-password-forgotten = a envoyé un lien pour un nouveau mot de passe, demandé sur la page de connexion
history-users-accounts-invited = a invité des personnes à choisir un mot de passe : { $email } par e-mail, { $sms } par SMS
history-a-person = une personne
history-this-person = cette personne
history-selection-chosen = a choisi { $whom } pour la formation
history-user-imported = a importé { $whom }
history-user-groups-changed = a modifié les groupes de { $whom } : { $groups }
history-user-known = est entré dans l’annuaire
history-message = { $channel ->
    [sms] a écrit un SMS
   *[other] a écrit un e-mail
} : { $kind }, { $state }

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
