# Les présences par demi-journée : le tableau, les signatures, les feuilles et les fichiers.

attendance-present = Présent
attendance-absent = Absent
attendance-excused = Excusé
attendance-half = { $half ->
    [morning] Matin
   *[afternoon] Après-midi
}
attendance-half-day = { $day }, { $half ->
    [morning] matin
   *[afternoon] après-midi
}
attendance-signed = signé
attendance-declared = signé par { $name }
weekday-short-1 = lun.
weekday-short-2 = mar.
weekday-short-3 = mer.
weekday-short-4 = jeu.
weekday-short-5 = ven.
weekday-short-6 = sam.
weekday-short-7 = dim.
month-short-1 = janv.
month-short-2 = févr.
month-short-3 = mars
month-short-4 = avr.
month-short-5 = mai
month-short-6 = juin
month-short-7 = juil.
month-short-8 = août
month-short-9 = sept.
month-short-10 = oct.
month-short-11 = nov.
month-short-12 = déc.

training-tab-attendance = Présences
attendance-people = { $count ->
    [0] Personne pour l’instant
    [one] { $count } personne
   *[other] { $count } personnes
}
attendance-tool = Ce que note un appui
attendance-tool-clear = Effacer
attendance-help = Choisissez ce que note un appui, puis touchez les cases. Au clavier : les flèches pour se déplacer, Entrée pour noter, P, A ou E pour présent, absent ou excusé, Suppr pour effacer.
attendance-search = Chercher un nom
attendance-grid = Présences, personnes par demi-journées
attendance-name = Nom
attendance-now = En cours
attendance-nothing = rien encore
attendance-by-hand = noté à la main
attendance-count = { $count ->
    [one] { $count } présent
   *[other] { $count } présents
}
attendance-rest = Tous les autres présents
attendance-rest-of = Tous les autres présents, { $half_day }
attendance-rest-title = Tous les autres sont-ils présents ?
attendance-rest-text = { $count ->
    [one] Rien n’est encore noté pour { $count } personne. Elle sera notée présente : { $half_day }.
   *[other] Rien n’est encore noté pour { $count } personnes. Elles seront notées présentes : { $half_day }.
}
attendance-rest-yes = { $count ->
    [one] Noter { $count } personne
   *[other] Noter { $count } personnes
}
attendance-rest-done = { $count ->
    [0] Tout le monde est déjà noté.
    [one] { $count } personne notée comme présente.
   *[other] { $count } personnes notées comme présentes.
}
attendance-cell = { $name }, { $half_day } : { $state }
attendance-cleared = { $name }, { $half_day } : note reprise
attendance-early = Cette demi-journée est encore à venir : d’ici là, on peut seulement excuser.
attendance-sheet = Feuille d’émargement (PDF)
attendance-csv = Présences en CSV
attendance-xlsx = Présences en XLSX
attendance-person-sheet = Relevé de présence de { $name } (PDF)
attendance-empty-title = Personne ne participe encore
attendance-empty-text = Quiconque confirme, s’inscrit ou est ajouté sur place figure ici, avec une case pour chaque demi-journée.
attendance-file = { $title } - présences { $day }
attendance-file-sheet = Présences
attendance-file-present = Demi-journées présent

attendance-paper-sheet = Feuille d’émargement
attendance-paper-certificate = Relevé de présence
attendance-paper-when = Quand :
attendance-paper-where = Où :
attendance-paper-by = Formateur :
attendance-paper-name = Nom
attendance-paper-trainer = Signature du formateur :
attendance-paper-organisation = Pour l’organisation :
attendance-paper-half-day = Demi-journée
attendance-paper-attendance = Présence
attendance-paper-signature = Signature
attendance-paper-made = Établi le { $at }
attendance-paper-page = Page { $page } sur { $pages }
attendance-paper-sum = { $present ->
    [one] Présent à { $present } demi-journée sur { $all }.
   *[other] Présent à { $present } demi-journées sur { $all }.
}

space-half-day = Demi-journée : { $half_day }.
space-sign-lead = Signez avec le doigt, un stylet ou la souris.
space-sign-canvas = Champ de la signature
space-sign-clear = Recommencer
space-sign-instead = Saisir plutôt votre nom
space-sign-name = Votre nom, à la place d’une signature
space-sign-missing = Signez dans le champ, ou saisissez votre nom en dessous.
space-sign-again = La signature n’a pas pu être lue. Signez encore une fois, ou saisissez votre nom.
space-sign-late = Vous êtes noté comme présent. Merci de signer aussi.
space-sign-send = Signer
space-sheet = Mon relevé de présence (PDF)

settings-sign-presence = Demander une signature avec « Je suis là »
settings-sign-presence-help = Qui dit être là signe avec le doigt, un stylet ou la souris, ou saisit son nom. La feuille d’émargement le montre.

# Les notes qui attendent sur l’appareil, ou demandent une décision.
attendance-waiting = en attente
attendance-attention = à vérifier
marks-waiting = { $count ->
    [one] { $count } note de présence attend le réseau. Elle est gardée sur cet appareil et partira d’elle-même ; laissez cette page ouverte.
   *[other] { $count } notes de présence attendent le réseau. Elles sont gardées sur cet appareil et partiront d’elles-mêmes ; laissez cette page ouverte.
}
marks-refusing = { $count ->
    [one] Le serveur n’accepte pas { $count } note de présence pour le moment. Elle est gardée sur cet appareil et partira d’elle-même.
   *[other] Le serveur n’accepte pas { $count } notes de présence pour le moment. Elles sont gardées sur cet appareil et partiront d’elles-mêmes.
}
marks-signed-out = { $count ->
    [one] { $count } note de présence attend sur cet appareil. Elle partira dès que vous vous serez reconnecté.
   *[other] { $count } notes de présence attendent sur cet appareil. Elles partiront dès que vous vous serez reconnecté.
}
marks-saved = { $count ->
    [one] { $count } note en attente est enregistrée.
   *[other] { $count } notes en attente sont enregistrées.
}
marks-attention = { $count ->
    [one] { $count } note de présence n’a pas été enregistrée et demande votre attention.
   *[other] { $count } notes de présence n’ont pas été enregistrées et demandent votre attention.
}
marks-look = Les regarder
marks-discard = Les abandonner
marks-discard-sure = { $count ->
    [one] Abandonner cette note ? Elle n’existe que sur cet appareil.
   *[other] Abandonner ces { $count } notes ? Elles n’existent que sur cet appareil.
}
marks-cell = { $name }, { $half_day }
marks-somebody = Une personne qui n’est plus dans cette liste
marks-both = Vous : { $wanted }. Maintenant : { $now }.
marks-nothing = aucune note
marks-insist = Noter tout de même : { $wanted }
marks-leave = Laisser ainsi
marks-not-found = Cette formation ou cette personne ne vous est plus accessible.
conflict-presence-later = Quelqu’un a noté autre chose ici plus tard. Le dernier mot compte.
marks-leave-title = Quitter sans réseau ?
marks-leave-text = Cette page ne pourra être rouverte qu’au retour du réseau. Les notes en attente restent sur cet appareil et partiront à ce moment-là.
marks-stay = Rester ici
marks-sign-out-title = Se déconnecter et perdre des notes ?
marks-sign-out-text = { $count ->
    [one] { $count } note de présence n’est pas encore enregistrée : elle attend le réseau ou une décision. La déconnexion l’efface de cet appareil.
   *[other] { $count } notes de présence ne sont pas encore enregistrées : elles attendent le réseau ou une décision. La déconnexion les efface de cet appareil.
}
marks-sign-out-yes = Se déconnecter et les perdre
