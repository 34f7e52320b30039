# Les pages publiques derrière un code de formation : le code, la liste, le formulaire, la preuve et l’espace de formation.

join-title = Code de formation
join-lead = Saisissez le code que votre formateur ou votre message vous indique.
join-code = Code de formation
join-code-help = Huit lettres et chiffres, par exemple K7PM-4XRD. Majuscules, espaces et tirets ne comptent pas.
join-continue = Continuer
join-to-console = Vous animez ou gérez des formations ? Connectez-vous
join-unknown = Ce code n’ouvre aucune formation. Vérifiez-le lettre par lettre. S’il est juste, les inscriptions ne sont peut-être pas encore ouvertes, ou sont closes : demandez à votre formateur.
join-too-many = Il y a eu trop d’essais. Demandez de l’aide à votre formateur, ou réessayez dans { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
}.

join-trainers = { $count ->
    [one] formateur { $names }
   *[other] formateurs { $names }
}
join-find = Trouvez votre nom
join-find-submit = Rechercher
join-find-everyone = Afficher tout le monde
join-to-find = Retour à la recherche
join-found = { $count ->
    [one] 1 nom trouvé
   *[other] { $count } noms trouvés
}
join-list = Stagiaires inscrits
join-letters = Aller à une lettre
join-letter-other = Autres caractères
join-enter = toucher pour entrer
join-present = arrivé(e) à { $time }
join-waiting = liste d’attente
join-to-register = Passer la liste et s’inscrire
join-empty-title = Personne n’est encore inscrit
join-empty-text = Soyez le premier : touchez S’inscrire et remplissez le formulaire.
join-search-title = Trouvez votre nom pour entrer
join-search-text = Les noms ne sont pas affichés sur cette page. Saisissez ci-dessus au moins deux lettres de votre nom.
join-search-short = Veuillez saisir au moins deux lettres de votre nom.
join-nobody-title = Aucun nom ne correspond
join-nobody-text = Essayez moins de lettres, ou seulement votre prénom ou votre nom. Si vous n’êtes pas encore dans la liste, touchez S’inscrire.
join-nobody-text-full = Essayez moins de lettres, ou seulement votre prénom ou votre nom. Si vous n’êtes pas dans la liste, demandez à votre formateur.
join-not-listed = Pas dans la liste ?
join-register = S’inscrire
join-seats-left = { $count ->
    [one] Il reste 1 place
   *[other] Il reste { $count } places
}
join-full-waiting = Complet : vous serez sur la liste d’attente
join-full = Toutes les places sont prises. Si vous n’êtes pas dans la liste, demandez à votre formateur.

join-form-title = S’inscrire
join-form-required = Les champs marqués d’un * sont à remplir.
join-form-full = Toutes les places sont prises. Qui s’inscrit maintenant est mis sur la liste d’attente et reçoit un message dès qu’une place se libère.
join-form-approval = L’organisateur examine chaque inscription avant qu’elle compte. Vous en serez informé(e).
join-form-first-name = Prénom
join-form-last-name = Nom
join-form-choose = Veuillez choisir
join-form-no-answer = Sans réponse
join-form-busy = Inscription en cours…
join-form-cancel = Retour à la liste
join-form-problems = { $count ->
    [one] Un champ demande votre attention. Rien de ce que vous avez saisi n’est perdu.
   *[other] { $count } champs demandent votre attention. Rien de ce que vous avez saisi n’est perdu.
}
join-form-problem-title = À vérifier : { $title }
join-form-mobile-help = Avec l’indicatif du pays : +33 6 12 34 56 78
join-limit-length = { $min } à { $max } caractères
join-limit-length-min = Au moins { $min } caractères
join-limit-length-max = Au plus { $max } caractères
join-limit-number = De { $min } à { $max }
join-limit-number-min = { $min } ou plus
join-limit-number-max = { $max } ou moins
join-limit-date = Du { $min } au { $max }
join-limit-date-min = Le { $min } ou plus tard
join-limit-date-max = Le { $max } ou plus tôt
join-limit-chosen = { $min } à { $max } choix
join-limit-chosen-exactly = { $min } choix
join-limit-chosen-min = Au moins { $min } choix
join-limit-chosen-max = Au plus { $max } choix
join-error-tick = Veuillez cocher cette case pour continuer.
join-error-choose = Veuillez choisir.
join-error-long = C’est trop long : au plus { $max } caractères.
join-error-short = C’est trop court : au moins { $min } caractères.
join-error-small = Veuillez saisir { $min } ou plus.
join-error-large = Veuillez saisir { $max } ou moins.
join-error-early = Veuillez choisir le { $min } ou un jour plus tard.
join-error-late = Veuillez choisir le { $max } ou un jour plus tôt.
join-error-few = Veuillez faire au moins { $min } choix.
join-error-many = Veuillez faire au plus { $max } choix.
join-error-number = Veuillez saisir un nombre, par exemple 12 ou 12,5.

proof-title = Est-ce bien vous ?
proof-code-lead = Nous avons envoyé un code à usage unique à l’adresse que nous avons de vous. Saisissez-le ici.
proof-code-missing = Rien n’est arrivé ? Cela peut prendre une minute. Ensuite, demandez un nouveau code ou adressez-vous à votre formateur.
proof-code = Code à usage unique
proof-code-again = Envoyer un nouveau code
proof-mobile-lead = Saisissez les quatre derniers chiffres de votre numéro de mobile.
proof-mobile-missing = Vous n’avez pas de numéro de mobile chez nous, ou il a changé ? Demandez à votre formateur.
proof-mobile = Quatre derniers chiffres de votre mobile
proof-submit = Continuer
proof-back = Retour à la liste

space-you = Vous
space-confirmed = Confirmé
space-confirmed-more = Votre place est confirmée.
space-waiting = Liste d’attente
space-waiting-more = Toutes les places sont prises. Dès qu’une place se libère et que c’est votre tour, elle est à vous : cette page l’indique, et un message vous parvient si vous avez donné une adresse. Demandez à votre formateur si vous pouvez rester.
space-pending = En attente d’approbation
space-pending-more = L’organisateur examine votre inscription. Vous en serez informé(e).
space-out = Ne participe pas
space-out-more = Cette inscription a été refusée ou annulée. Si c’est une erreur, adressez-vous à votre formateur.
space-here = Je suis là
space-here-lead = Signalez à votre formateur que vous êtes arrivé(e).
space-present = Vous êtes là depuis { $time }
space-programme = Programme
space-documents = Documents
space-documents-none = Rien n’a encore été partagé. Ce que votre formateur partage apparaît ici.
space-document-elsewhere = ouvre un autre site
space-answers = Vos réponses
space-not-me = Ce n’est pas moi
space-next = Personne suivante
space-leaving-soon = Personne ne touche l’écran. Touchez-le pour rester ; sinon il revient à la liste.
space-leaving = Retour à la liste dans { $seconds } s. Touchez l’écran pour rester.
space-nobody-title = Personne n’est entré ici
space-nobody-text = Vous n’êtes pas dans un espace de formation, ou vous l’avez quitté. Entrez avec le code de formation, ou avec le lien de votre message.
space-to-code = Saisir un code de formation
space-goodbye-title = Au revoir
space-goodbye-text = Vous avez quitté votre espace de formation. Il ne reste rien de vous sur cette page.
answer-space = Ouvrir mon espace de formation

## Sans réseau

offline-badge = Hors ligne – ce que vous saisissez est enregistré sur cet appareil
offline-badge-one = Hors ligne – 1 inscription sera envoyée au retour du réseau
offline-badge-many = Hors ligne – # inscriptions seront envoyées au retour du réseau
offline-badge-entry = Hors ligne – 1 saisie sera envoyée au retour du réseau
offline-badge-mixed = Hors ligne – # saisies seront envoyées au retour du réseau
offline-waiting = { $count ->
    [one] 1 saisie en attente d’envoi
   *[other] { $count } saisies en attente d’envoi
}
offline-attention = { $count ->
    [one] 1 saisie demande votre attention
   *[other] { $count } saisies demandent votre attention
}
offline-search = Les noms de cette formation ne sont pas conservés sur l’appareil. Inscrivez-vous si ce n’est pas encore fait ; sinon, signalez votre présence à votre formateur.
offline-form = Il n’y a pas de réseau. Votre inscription est enregistrée sur cet appareil et sera envoyée au retour du réseau.
offline-row-waiting = en attente d’envoi
offline-row-attention = demande votre attention
offline-row-saved = enregistrée
offline-word-waiting = En attente
offline-word-saved = Enregistrée
offline-word-attention = Demande votre attention
offline-saved-here = Enregistré sur cette tablette. L’envoi se fera au retour du réseau.
offline-space-listed = Il n’y a pas de réseau. La suite de votre espace de formation s’affichera à son retour.
offline-space-proof = Il n’y a pas de réseau. Ce que vous avez saisi sera vérifié à son retour ; d’ici là, rien de plus de votre espace de formation ne s’affiche.
offline-documents = Les documents s’afficheront au retour du réseau.
offline-here-waiting-here = Vous êtes là depuis { $time }. Enregistré sur cette tablette ; l’envoi se fera au retour du réseau.
offline-proof-code-lead = Il n’y a pas de réseau : aucun code ne peut être envoyé pour l’instant. Si vous en avez déjà reçu un, saisissez-le ici ; il sera vérifié au retour du réseau.
offline-proof-code-missing = Vous n’avez pas de code ? Signalez votre présence à votre formateur.
offline-proof-mobile-lead = Saisissez les quatre derniers chiffres de votre numéro de mobile. Il n’y a pas de réseau : ils seront vérifiés à son retour.
offline-device-title = Ce que cet appareil conserve
offline-device-lead = Pour « { $title } », cet appareil conserve la liste et le formulaire, chiffrés, jusqu’au { $until }, afin que vous puissiez continuer sans réseau.
offline-device-nothing = Cet appareil ne conserve rien de cette formation.
offline-device-none-title = Rien n’est en attente
offline-device-none-text = Les inscriptions faites sans réseau apparaissent ici jusqu’à leur envoi.
offline-device-list = Saisies de cet appareil
offline-kind-register = Inscription
offline-kind-enter = Entrée
offline-kind-here = « Je suis là »
offline-correct = Corriger
offline-drop = Supprimer
offline-forget-title = Oublier cette formation
offline-forget-text = La liste et le formulaire sont supprimés de cet appareil. Le code de formation permet de les rouvrir.
offline-forget-sure = Supprimer aussi ce qui n’a pas été envoyé. Ce sera perdu (#)
offline-forget = Oublier cette formation
offline-refused = Cette saisie n’a pas pu être prise en compte. Prévenez votre formateur, qui peut ajouter la personne à la main ; puis supprimez-la ici.
offline-nothing-title = Pas de réseau
offline-nothing-text = Cet appareil ne conserve aucune formation avec laquelle vous pourriez continuer sans réseau. Vérifiez la connexion et réessayez.
offline-try-again = Réessayer
offline-code-closed = Le code de formation n’était plus valable au moment de la saisie. Prévenez votre formateur, qui peut ajouter la personne à la main ; puis supprimez la saisie ici.
offline-full = Toutes les places étaient prises et il n’y a pas de liste d’attente. Prévenez la personne et votre formateur ; puis supprimez la saisie ici.
offline-enter-proof = La preuve saisie ne convient pas. Si la personne est encore là, qu’elle touche de nouveau son nom et recommence ; sinon, signalez sa présence à votre formateur. Supprimez ensuite la saisie ici.
offline-here-proof = Cette formation demande une preuve, et aucune qui convienne n’a été donnée sur cet appareil. Signalez la présence à votre formateur ; puis supprimez la saisie ici.
offline-here-nobody = La personne n’est plus dans la liste, ou un administrateur n’a pas encore approuvé l’inscription. Signalez sa présence à votre formateur ; puis supprimez la saisie ici.
offline-here-waiting = La personne est sur la liste d’attente et n’a pas encore de place. Signalez sa présence à votre formateur ; puis supprimez la saisie ici.
offline-here-day = La formation n’avait pas lieu ce jour-là. Si la personne était présente malgré tout, dites-le à votre formateur ; puis supprimez la saisie ici.
offline-has-entered = C’est noté : la personne est entrée.
offline-is-present = C’est noté : la personne est là.

install-text = Pour une tablette à l’entrée : installée, elle s’ouvre sur le code de formation et continue sans réseau.
install-button = Installer sur cet appareil
install-by-hand = Sur iPhone ou iPad : touchez Partager, puis « Sur l’écran d’accueil ».

## La salle de formation : noms déjà entrés ailleurs, et tablette verrouillée sur sa formation

join-elsewhere = entré(e) sur un autre appareil
join-elsewhere-too = autre appareil
elsewhere-title = Est-ce vous ?
elsewhere-text = Quelqu’un est entré comme { $name } sur un autre appareil à { $time }. Est-ce vous ?
elsewhere-yes = Oui, c’est moi
elsewhere-no = Non, retour à la liste
device-name = Appareil { $name }
lock-title = Verrouiller cette tablette
lock-lead = Verrouillée, cette tablette affiche la liste et les espaces de cette formation, et aucune autre page de ce site. La déverrouiller demande un code PIN, que vous choisissez maintenant.
lock-pin = Code PIN
lock-pin-help = Quatre à six chiffres. Retenez-le : il n’est affiché nulle part.
lock-pin-invalid = Veuillez choisir quatre à six chiffres.
lock-forgotten = Code oublié ? Qui gère ou anime la formation déverrouille la tablette depuis un autre appareil : dans la console, sous Participants. Cette tablette s’y appelle « { $device } ».
lock-own-mode = Le navigateur lui-même peut toujours être fermé. Utilisez aussi le mode propre à la tablette : Accès guidé sur iPad, « épingler l’application » sur Android.
lock-signs-out = Si vous êtes connecté à la console sur cette tablette, vous serez déconnecté.
lock-submit = Verrouiller
lock-already = Cette tablette est déjà verrouillée.
lock-no-cookies = Ce navigateur ne conserve pas de cookies et ne peut donc pas être verrouillé. Autorisez les cookies pour ce site et réessayez.
locked-note = Cette tablette est verrouillée sur cette formation · { $device }
locked-word = Verrouillée
locked-unlock = Déverrouiller
locked-full-screen = Plein écran
locked-offline = Le déverrouillage a besoin du réseau.
locked-documents = Les documents s’ouvrent sur votre propre appareil : avec le code de formation, ou avec le lien de votre message.
unlock-title = Déverrouiller cette tablette
unlock-lead = Saisissez le code PIN choisi lors du verrouillage de la tablette.
unlock-wrong = Ce n’est pas le code PIN de cette tablette.
unlock-submit = Déverrouiller

install-title = Installer
install-registered = Installé sur cet appareil, Convoke s’ouvre comme une application, même sans réseau.
install-dismiss = Pas maintenant
new-version-public = Une nouvelle version est disponible. Ce qui est en attente sur cet appareil y reste.
