# Le panneau de sélection.

panel-title = Choisir les participants
panel-title-members = Membres de { $group }
panel-title-trainers = Choisir les formateurs
panel-search = Rechercher des utilisateurs
panel-search-placeholder = Rechercher par nom, e-mail ou matricule
filter-groups = Groupes
filter-groups-all = Tous les groupes
filter-types = Types d’utilisateur
filter-types-all = Tous les types d’utilisateur
filter-past = Formations et imports
filter-past-all = Déjà invités ou non
filter-past-since = Invités à aucune formation depuis le
filter-past-took = Ont suivi la formation
filter-past-same = Mêmes personnes que dans la formation
filter-past-import = Nommés dans le fichier
filter-past-any = Peu importe
filter-past-older = une formation plus ancienne
filter-past-said-since = pas invités depuis le { $day }
filter-past-said-took = ont suivi { $training }
filter-past-said-same = comme dans { $training }
filter-past-said-import = dans { $file }
filter-past-said-import-gone = dans un fichier qui n’est plus gardé
filter-find = Chercher dans { $filter }
filter-find-none = Rien ne porte ce nom.
filter-clear = Effacer
panel-clear-filters = Effacer les filtres

panel-users = Utilisateurs
panel-participants = Participants
panel-members = Membres
panel-trainers = Formateurs
panel-switch = Colonne
panel-matching = { $shown } sur { $all }
panel-matching-similar = { $shown } trouvés · { $similar } approchants
panel-informed = { $shown } confirmés ou invités
panel-new = nouveau
panel-state-confirmed = Confirmé
panel-state-sent = Invitation envoyée
panel-state-waiting = Liste d’attente
panel-state-declined = Décliné
panel-state-cancelled = Annulé
panel-out-of-scope = { $count ->
    [one] Une autre personne est hors de vos groupes et n’est pas affichée.
   *[other] { $shown } autres personnes sont hors de vos groupes et ne sont pas affichées.
}

panel-move = Déplacer des personnes
panel-add = Ajouter
panel-add-all = Tout ajouter ({ $shown })
panel-remove = Retirer
panel-remove-all = Tout retirer

panel-empty-matching = Personne ne correspond à ces filtres.
panel-empty-chosen = Tout le monde ici participe déjà.
panel-empty-everyone = Tout le monde ici est déjà choisi.
panel-empty-directory = L’annuaire est encore vide. Ajoutez des personnes sous Personnes, ou importez une liste.
panel-empty-participants = Encore personne. Glissez des personnes ici, ou sélectionnez-les et appuyez sur Ajouter.

panel-unchanged = Rien n’est encore changé.
panel-added = à inviter
panel-joining = { $count ->
    [one] ajouté
   *[other] ajoutés
}
panel-chosen = { $count ->
    [one] formateur
   *[other] formateurs
}
panel-removed = { $count ->
    [one] retiré
   *[other] retirés
}
panel-were-confirmed = { $count ->
    [one] avait confirmé
   *[other] { $shown } avaient confirmé
}
panel-were-invited = { $count ->
    [one] avait été invité
   *[other] { $shown } avaient été invités
}
panel-were-informed = { $count ->
    [one] avait été invité ou avait confirmé
   *[other] { $shown } avaient été invités ou avaient confirmé
}
panel-will-be-told = { $count ->
    [one] sera prévenu
   *[other] seront prévenus
}
panel-will-not-be-told = { $count ->
    [one] ne sera pas prévenu
   *[other] ne seront pas prévenus
}
panel-do-not-tell = Ne pas prévenir
panel-cancel = Annuler
panel-validate = Valider
panel-saving = Enregistrement…

panel-discard-title = Abandonner vos changements ?
panel-discard-text = Rien de ce que vous avez déplacé n’est encore enregistré.
panel-keep = Continuer à choisir
panel-discard = Abandonner

panel-said-added-one = { $name } parmi les { $column }
panel-said-added = { $count ->
    [one] { $shown } personne déplacée vers { $column }
   *[other] { $shown } personnes déplacées vers { $column }
}
panel-said-removed-one = { $name } de retour parmi les Utilisateurs
panel-said-removed = { $count ->
    [one] { $shown } personne déplacée vers Utilisateurs
   *[other] { $shown } personnes déplacées vers Utilisateurs
}
panel-said-matching = { $count ->
    [0] Personne ne correspond
    [one] Un utilisateur correspond
   *[other] { $shown } utilisateurs correspondent
}
panel-said-similar = { $count ->
    [one] Un autre s’écrit presque ainsi
   *[other] { $shown } autres s’écrivent presque ainsi
}
panel-said-selected = { $count ->
    [one] Une personne sélectionnée
   *[other] { $shown } personnes sélectionnées
}

# Coller des e-mails ou des mobiles
paste-title = Coller des e-mails ou mobiles
paste-label = E-mails ou mobiles
paste-help = Un par ligne, ou séparés par des virgules, des points-virgules ou des tabulations. Les noms écrits comme dans un logiciel de messagerie sont compris : Anna Müller <anna@example.org>
paste-check = Vérifier
paste-found = { $known ->
    [0] Aucune personne de l’annuaire
    [one] Une personne de l’annuaire
   *[other] { $known } personnes de l’annuaire
}, { $new ->
    [0] aucune nouvelle
    [one] une nouvelle
   *[other] { $new } nouvelles
}, { $left ->
    [0] aucune écartée
    [one] une écartée
   *[other] { $left } écartées
}. Rien n’est encore fait.
paste-known = { $count ->
    [one] Une personne de l’annuaire
   *[other] { $count } personnes de l’annuaire
}
paste-new = { $count ->
    [one] Une adresse que personne n’a encore
   *[other] { $count } adresses que personne n’a encore
}
paste-left-out = { $count ->
    [one] Une écartée
   *[other] { $count } écartées
}
paste-more = et { $count } de plus
paste-line = Ligne { $line }
paste-unreadable = ni un e-mail, ni un mobile
paste-twice = figure ici deux fois
paste-already = déjà dans la liste
paste-inactive = désactivée
paste-out-of-scope = hors des groupes que vous pouvez inviter
paste-create = Créer des personnes pour les nouvelles adresses
paste-create-help = Sans nom, elles portent leur adresse jusqu’à ce que quelqu’un leur en donne un.
paste-create-panel = Elles sont aussitôt dans l’annuaire, et sur la liste quand vous validez.
paste-language = Langue des nouvelles personnes
paste-type = Leur type
paste-group = Leur groupe
paste-no-group = Aucun groupe
paste-apply = { $count ->
    [0] Personne à mettre dans la liste
    [one] Mettre une personne dans la liste
   *[other] Mettre { $count } personnes dans la liste
}
paste-move = { $count ->
    [0] Personne à déplacer
    [one] Déplacer une personne
   *[other] Déplacer { $count } personnes
}
paste-done = { $count ->
    [one] Une personne est maintenant dans la liste.
   *[other] { $count } personnes sont maintenant dans la liste.
}
paste-created = { $count ->
    [one] Une d’elles est nouvelle dans l’annuaire.
   *[other] { $count } d’entre elles sont nouvelles dans l’annuaire.
}
paste-created-only = { $count ->
    [one] Une personne est nouvelle dans l’annuaire.
   *[other] { $count } personnes sont nouvelles dans l’annuaire.
}
