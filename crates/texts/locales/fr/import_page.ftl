# L’import de personnes depuis un fichier, dans le navigateur.

imports-link = Importer
imports-title = Importer des personnes
imports-lead = Ajoutez des personnes à l’annuaire depuis un fichier. Rien n’est enregistré avant que vous ayez vu le résultat prévu.
imports-nobody = Importez vos personnes depuis un fichier : ici, ou avec cette commande sur la machine où tourne Convoke.

# L’envoi du fichier
imports-file = Le fichier
imports-drop = Déposez un fichier ici
imports-choose = Choisir un fichier
imports-limit = CSV ou XLSX, { $size } Mo au plus
imports-reading = Lecture du fichier…
imports-too-large = Ce fichier est trop volumineux. Divisez-le et importez les parties l’une après l’autre.
imports-empty-file = Ce fichier est vide.
imports-kind = Seuls les fichiers CSV et XLSX peuvent être importés. Enregistrez le tableau dans l’un de ces formats.
imports-known = Colonnes comprises
imports-known-help = La première ligne nomme les colonnes, dans n’importe quel ordre. Il faut un nom, un prénom, et un e-mail ou un mobile. Plusieurs groupes dans une cellule sont séparés par des points-virgules. Un canal est email ou sms, une langue est en ou fr. Une fois le fichier reçu, vous indiquez le rôle de chaque colonne.
imports-known-again = Une personne déjà dans l’annuaire, reconnue par son matricule, son e-mail ou son mobile, est mise à jour et non doublée.

# Les imports des dernières semaines
imports-latest = Derniers imports
imports-state-ready = pas encore vérifié
imports-state-checking = en cours de vérification
imports-state-checked = vérifié, pas importé
imports-state-running = en cours d’import
imports-state-done = importé
imports-state-broken = interrompu
imports-state-undoing = en cours d’annulation
imports-state-undone = annulé
imports-said-created = { $count ->
    [one] { $count } nouvelle
   *[other] { $count } nouvelles
}
imports-said-updated = { $count ->
    [one] { $count } modifiée
   *[other] { $count } modifiées
}
imports-said-unchanged = { $count ->
    [one] { $count } inchangée
   *[other] { $count } inchangées
}
imports-said-left-out = { $count ->
    [one] { $count } écartée
   *[other] { $count } écartées
}
imports-said-removed = { $count ->
    [one] { $count } supprimée
   *[other] { $count } supprimées
}
imports-said-restored = { $count ->
    [one] { $count } rétablie
   *[other] { $count } rétablies
}
imports-said-kept = { $count ->
    [one] { $count } gardée
   *[other] { $count } gardées
}

# Les colonnes
imports-for = Pour la formation « { $training } » : une fois ces personnes importées, choisissez-les là-bas.
imports-brought = { $when } · { $who }
imports-columns = Colonnes du fichier
imports-columns-help = Indiquez le rôle de chaque colonne. Ce qui est laissé de côté n’est pas importé.
imports-column-name = Dans le fichier
imports-column-field = Son rôle
imports-column-samples = Par exemple
imports-column-nameless = Colonne { $number }
imports-column-label = Rôle de « { $name } »
imports-leave-out = Laisser de côté
imports-no-samples = rien dans les premières lignes
imports-no-last-name = Indiquez la colonne du nom.
imports-no-first-name = Indiquez la colonne du prénom.
imports-no-address = Indiquez la colonne de l’e-mail, ou celle du mobile.
imports-twice = « { $field } » est choisi plusieurs fois. N’en gardez qu’un.
imports-check-again = Les colonnes ont changé depuis la vérification : vérifiez à nouveau le fichier.
imports-stopped = La vérification s’est interrompue. Vérifiez à nouveau le fichier.
imports-check = Vérifier le fichier
imports-checking-now = Vérification…

# Ce qui est en cours
imports-percent = { $percent } %
imports-checking = Vérification du fichier en cours
imports-checking-text = Rien n’est encore enregistré. Vous pouvez quitter cette page et y revenir.
imports-running = Import des personnes en cours
imports-running-text = Vous pouvez quitter cette page ; l’import continue.
imports-undoing = Annulation de l’import en cours
imports-undoing-text = Vous pouvez quitter cette page ; l’annulation continue.

# Le résultat, prévu ou obtenu
imports-found = Le fichier est vérifié
imports-found-text = Voici le résultat prévu. Rien n’est encore enregistré.
imports-created = { $count ->
    [one] nouvelle personne
   *[other] nouvelles personnes
}
imports-updated = { $count ->
    [one] modifiée
   *[other] modifiées
}
imports-unchanged = { $count ->
    [one] inchangée
   *[other] inchangées
}
imports-left-out = { $count ->
    [one] ligne écartée
   *[other] lignes écartées
}
imports-new-groups = { $count ->
    [one] Nouveau groupe :
   *[other] Nouveaux groupes :
}
imports-new-types = { $count ->
    [one] Nouveau type d’utilisateur :
   *[other] Nouveaux types d’utilisateur :
}
imports-left-out-title = { $count ->
    [one] Une ligne est écartée
   *[other] { $count } lignes sont écartées
}
imports-left-out-files = Lignes écartées avec leur raison, à corriger et à importer à nouveau
imports-result-files = Toutes les lignes, avec le résultat de chacune
imports-run = { $count ->
    [one] Importer une personne
   *[other] Importer { $count } personnes
}
imports-run-known = { $count ->
    [one] Continuer avec cette personne
   *[other] Continuer avec ces { $count } personnes
}
imports-nothing = Il n’y a rien à importer : aucune ligne n’est nouvelle ni ne change quoi que ce soit.
imports-done = L’import est terminé
imports-done-text = Ces personnes sont maintenant dans l’annuaire.
imports-broken = L’import s’est interrompu
imports-broken-text = Ce qui a été enregistré reste tant que l’import n’est pas annulé.
imports-go-on = Continuer
imports-choose-people = { $count ->
    [one] Choisir cette personne pour « { $training } »
   *[other] Choisir ces { $count } personnes pour « { $training } »
}
imports-to-people = Voir les personnes

# L’annulation
imports-undo = Annuler cet import
imports-undo-ask = Les personnes qu’il a créées sont supprimées, et celles qu’il a modifiées redeviennent comme avant. Qui a été modifié depuis ou figure sur une liste reste tel quel. Annuler l’import ?
imports-undone = L’import est annulé
imports-undone-text = Voici le résultat de l’annulation.
imports-removed = { $count ->
    [one] personne supprimée
   *[other] personnes supprimées
}
imports-restored = { $count ->
    [one] personne rétablie
   *[other] personnes rétablies
}
imports-kept = { $count ->
    [one] personne gardée
   *[other] personnes gardées
}
imports-kept-text = Restent telles quelles les personnes modifiées après l’import ou qui figurent désormais sur une liste.
