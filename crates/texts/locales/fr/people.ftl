# L’annuaire.

people-title = Personnes
people-search = Rechercher une personne
people-search-hint = Rechercher par nom, e-mail ou matricule
people-column-name = Nom
people-column-type = Type
people-column-groups = Groupes
people-column-contact = E-mail et mobile
people-column-channel = Contact par
user-state-inactive = inactif
people-empty-title = L’annuaire est vide
people-empty-text = Importez vos personnes depuis un fichier : sur la machine où tourne Convoke, utilisez cette commande. Le guide d’utilisation donne les colonnes.
people-none-title = Personne ne correspond
people-none-text = Essayez avec moins de lettres, un autre groupe ou un autre type.
similar = approchant
similar-title = S’écrit un peu autrement que ce que vous avez tapé
person-new = Nouvelle personne
person-inactive = Désactivée : jamais invitée, ne peut pas se connecter, garde son historique.
person-deactivate = Désactiver
person-deactivate-ask = Plus personne ne pourra inviter cette personne. Désactiver ?
person-reactivate = Réactiver
person-deactivated = Désactivée
person-reactivated = De nouveau active
person-first-name = Prénom
person-last-name = Nom
person-email = E-mail
person-mobile = Mobile
person-mobile-help = Comme on l’écrit d’habitude, ou avec le pays : +33 6 12 34 56 78
person-channel = Contactée par
person-language = Langue
person-type = Type d’utilisateur
person-employee-id = Matricule
person-no-group = Aucun groupe
person-create = Créer
person-saved = { $name } : enregistré
person-reload = Charger ce qui est là maintenant
person-trainings = Formations
person-no-trainings = Sur aucune liste jusqu’ici.
groups-title = Groupes et types
groups-lead = Ce qui sert à filtrer les personnes, et ce que voient les utilisateurs autorisés.
groups-add = Nom d’un nouveau groupe
types-add = Nom d’un nouveau type
groups-add-button = Ajouter
groups-empty = Aucun jusqu’ici.
groups-members = Membres
groups-members-of = Choisir les membres de { $name }
groups-members-chosen = { $added } ajoutés, { $removed } retirés.
groups-rename = Renommer
groups-rename-of = Renommer { $name }
groups-delete = Supprimer
groups-delete-of = Supprimer { $name }
groups-delete-ask = { $count ->
    [0] Il est vide. Supprimer ?
    [one] Une personne en fait partie et reste dans l’annuaire. Supprimer ?
   *[other] { $count } personnes en font partie et restent dans l’annuaire. Supprimer ?
}
types-delete-ask = { $count ->
    [0] Supprimer ?
    [one] Une personne a ce type. Seul un type que personne n’a peut être supprimé.
   *[other] { $count } personnes ont ce type. Seul un type que personne n’a peut être supprimé.
}
groups-deleted = Supprimé
groups-saved = Enregistré
bulk-title = Que faire des personnes sélectionnées
bulk-all = Sélectionner tous ceux qui correspondent
bulk-none = Ne sélectionner personne
bulk-join = Ajouter à des groupes…
bulk-leave = Retirer de groupes…
bulk-join-title = { $count ->
    [one] Ajouter une personne à des groupes
   *[other] Ajouter { $shown } personnes à des groupes
}
bulk-leave-title = { $count ->
    [one] Retirer une personne de groupes
   *[other] Retirer { $shown } personnes de groupes
}
bulk-join-go = Ajouter
bulk-leave-go = Retirer
bulk-joined = { $count ->
    [one] Une personne ajoutée
   *[other] { $shown } personnes ajoutées
}
bulk-left = { $count ->
    [one] Une personne retirée
   *[other] { $shown } personnes retirées
}
bulk-no-groups = Il n’y a pas encore de groupe.
bulk-invite = Inviter à choisir un mot de passe…
bulk-invite-title = { $count ->
    [one] Inviter une personne à choisir un mot de passe
   *[other] Inviter { $shown } personnes à choisir un mot de passe
}
bulk-invite-help = Chacun reçoit un lien personnel, valable 14 jours. Les droits dans la console ne changent pas.
bulk-invite-planning = Calcul de qui reçoit un lien…
bulk-invite-email = { $count ->
    [one] Une personne reçoit le lien par e-mail
   *[other] { $shown } personnes reçoivent le lien par e-mail
}
bulk-invite-sms = { $count ->
    [one] Une personne reçoit le lien par SMS
   *[other] { $shown } personnes reçoivent le lien par SMS
}
bulk-invite-nobody = Personne ne reçoit de lien.
bulk-invite-unreachable = { $count ->
    [one] Une personne ne peut pas être jointe : ni e-mail ni mobile
   *[other] { $shown } personnes ne peuvent pas être jointes : ni e-mail ni mobile
}
bulk-invite-skipped = Laissées de côté :
bulk-invite-has-password = { $count ->
    [one] une personne qui a un mot de passe
   *[other] { $shown } personnes qui ont un mot de passe
}
bulk-invite-written-to = { $count ->
    [one] une personne à qui un lien a été envoyé il y a moins d’un jour
   *[other] { $shown } personnes à qui un lien a été envoyé il y a moins d’un jour
}
bulk-invite-inactive = { $count ->
    [one] une personne désactivée
   *[other] { $shown } personnes désactivées
}
bulk-invite-go = { $count ->
    [0] Envoyer
    [one] Envoyer un lien
   *[other] Envoyer { $shown } liens
}
bulk-invite-busy = Envoi…
bulk-invited = { $count ->
    [one] Un lien est en route
   *[other] { $shown } liens sont en route
}
export-people-file = Personnes { $day }
export-people-sheet = Personnes
conflict-import-busy = Cet import est en cours de traitement, ou il est terminé. Regardez-le de nouveau.
conflict-export-people = Plus de 50 000 personnes correspondent, trop pour un seul fichier. Affinez d’abord la liste.
export-people-csv = Exporter les personnes affichées en CSV
export-people-xlsx = Exporter les personnes affichées en XLSX

## Ce que quelqu’un peut faire

access-title = Connexion
access-created = N’a pas de mot de passe et ne peut pas se connecter. Les invitations aux formations n’en demandent pas.
access-invited = A reçu un lien pour choisir un mot de passe.
access-active = A un mot de passe et peut se connecter.
access-inactive = Désactivé : ne peut pas se connecter.
access-own = Personne ne change son propre droit.
access-unreachable = Il n’y a ni e-mail ni mobile où envoyer un lien.
access-invite = Inviter à choisir un mot de passe
access-invite-again = Envoyer un autre lien
access-new-password = Envoyer un lien pour un nouveau mot de passe
access-invite-help = Le lien est envoyé à cette personne seulement, et vaut 14 jours.
access-sent-email = Le lien part par e-mail
access-sent-sms = Le lien part par SMS
access-role = Droit dans la console
access-role-member = Aucun
access-role-member-help = Les formateurs n’en ont pas besoin : ils voient les formations où ils sont nommés.
access-role-authorised = Utilisateur autorisé
access-role-authorised-help = Gère les formations, mais ne voit et n’invite que les personnes de ces groupes.
access-role-administrator = Administrateur
access-role-administrator-help = Peut tout faire dans l’organisation.
access-scope = Groupes de son périmètre
access-save = Enregistrer le droit
access-saved = Enregistré. Valable dès le prochain clic.

# Deux lignes qui sont une seule personne.
merge-open = Fusionner avec un doublon…
merge-title = Fusionner avec un doublon
merge-lead = Cette personne est-elle deux fois dans l’annuaire ? Cherchez l’autre ligne : elle disparaît, et tout ce qu’elle a vient ici.
merge-search = Rechercher l’autre personne
merge-search-hint = Nom, e-mail ou matricule
merge-none = Personne d’autre ne correspond.
merge-choose = Comparer avec { $name }
merge-compare-lead = Choisissez ce qui est gardé là où les deux diffèrent.
merge-field = Champ
merge-stays = Reste
merge-goes = Disparaît
merge-nothing = rien
merge-groups = Groupes des deux
merge-trainings = Formations
merge-trainings-of = { $count ->
    [0] aucune
    [one] une
   *[other] { $count }
}
merge-both = { $count ->
    [0] Les deux ne sont ensemble sur aucune liste.
    [one] Les deux sont sur la liste d’une formation : la plus forte des deux invitations reste, une confirmation avant toutes les autres.
   *[other] Les deux sont sur les listes de { $count } formations : la plus forte des deux invitations reste, une confirmation avant toutes les autres.
}
merge-final = C’est définitif.
merge-back = Une autre personne
merge-go = Fusionner
merge-going = Fusion…
merge-again = Comparer de nouveau
merge-done = { $name } est maintenant une seule personne
merge-swap = Garder plutôt { $name }
conflict-merge-same = C’est la même ligne de l’annuaire.
conflict-merge-right = Cette personne a un droit ou un mot de passe dans la console : elle ne peut être que celle qui reste.
conflict-merge-address = Il faut garder un e-mail ou un mobile.
conflict-merge-sending = Un message à cette personne est en cours d’envoi. Réessayez dans une minute.
