# L’onglet Inscription libre : le code, ce que les visiteurs voient et ce qu’on leur demande, les approbations ; l’affiche ; le parcours d’une personne.

training-tab-registration = Inscription libre
copy-done = Copié
copy-failed = Ce navigateur n’autorise pas la copie. Sélectionnez le texte et copiez-le vous-même.

registration-hidden-title = L’inscription libre fait partie de la vue administrateur
registration-hidden-text = La vue formateur montre qui participe. Le code de formation et son formulaire se règlent dans la vue administrateur.
registration-hidden-trainer = Les administrateurs de votre organisation règlent le code de formation et son formulaire. Les personnes inscrites figurent sous Participants.
registration-option-off-title = Les codes de formation sont désactivés
registration-option-off-text = Avec les codes de formation, chacun s’inscrit par un code court ou un code QR, et entre dans son espace le jour venu. L’option vaut pour toute l’organisation.
registration-option-off-ask = Avec les codes de formation, chacun s’inscrit par un code court ou un code QR. Un administrateur de votre organisation peut les activer.
registration-option-switch-on = Activer les codes de formation
registration-option-settings = Tous les réglages
registration-option-switched = Les codes de formation sont activés.

registration-offer = Proposer l’inscription libre
registration-offer-help = Avec le code de formation, on voit qui participe et on peut s’inscrire.
registration-offered = L’inscription libre est proposée.
registration-not-offered = L’inscription libre n’est plus proposée. Le code n’ouvre plus rien.
registration-confirmed = Confirmés
registration-waiting = Liste d’attente
registration-pending = À approuver
registration-count-of = { $count } sur { $seats }

registration-period = Quand le code fonctionne
registration-opens = Ouverture
registration-opens-help = Vide : tout de suite.
registration-closes = Fermeture
registration-closes-help = Vide : à la fin de la formation.
registration-zone = Les heures sont celles de la formation : { $zone }.
registration-list = Ce que montre la liste publique
registration-list-full-names = Prénoms et noms
registration-list-full-names-help = Le plus rapide le jour venu. Toute personne qui a le code lit qui participe.
registration-list-initials = Prénom et initiale
registration-list-initials-help = « Anna M. » Chacun se retrouve, et un inconnu apprend peu de choses.
registration-list-search = Rien avant deux lettres saisies
registration-list-search-help = Personne ne peut lire toute la liste. Le mieux quand la participation ne regarde personne.
registration-proof = Ce qu’on demande en touchant un nom
registration-proof-nothing = Rien
registration-proof-nothing-help = Un seul geste, dans une salle où l’on se connaît. Avec le code, n’importe qui peut entrer sous n’importe quel nom : les réponses restent donc cachées.
registration-proof-code = Un code à usage unique
registration-proof-code-help = Envoyé par e-mail ou SMS, au choix de la personne. Elle seule entre, et voit ses propres réponses. Il faut avoir sa messagerie ou son mobile sous la main.
registration-proof-mobile-digits = Les quatre derniers chiffres du mobile
registration-proof-mobile-digits-help = Rapide, sans message. Cela écarte les curieux, pas ceux qui connaissent le numéro.
registration-counting = Qui compte
registration-approval = Un administrateur approuve chaque inscription
registration-approval-help = D’ici là, la personne ne compte pas et ne figure pas dans la liste.
registration-waiting-list = Liste d’attente quand toutes les places sont prises
registration-waiting-list-help = Les derniers montent d’eux-mêmes, dans l’ordre de leur inscription. Sans elle, plus personne ne peut s’inscrire.
registration-seats-now = { $seats ->
    [one] Une place : { $confirmed } confirmés, { $waiting } en attente.
   *[other] { $seats } places : { $confirmed } confirmés, { $waiting } en attente.
}
registration-seats-none = Le nombre de places n’est pas limité.
registration-seats-change = Changer les places
registration-saved = Les réglages sont enregistrés.
registration-unsaved = Modifications pas encore enregistrées
registration-all-saved = Tout est enregistré

code-title = Code de formation
code-help = Lisez-le à voix haute ou montrez-le : aucun caractère ne ressemble à un autre, et les majuscules ne comptent pas.
code-copy = Copier le code
code-link = Lien
code-copy-link = Copier le lien
code-poster = Imprimer ou projeter
code-renew = Renouveler le code
code-renew-title = Renouveler le code ?
code-renew-text = La formation reçoit un nouveau code et un nouveau lien. Les actuels cessent aussitôt de fonctionner, aussi sur ce qui est déjà imprimé.
code-renew-keep = Garder ce code
code-renewed = La formation a un nouveau code.
code-switch-off = Désactiver
code-switch-on = Activer
code-switched-off = Le code est désactivé. Il n’ouvre rien.
code-switched-on = Le code est activé.
code-open-until = ouvert jusqu’au { $when }
code-opens = ouvre le { $when }
code-closed = fermé depuis le { $when }
code-off = désactivé
code-not-offered = pas proposé

approvals-title = À approuver
approvals-tick-all = Sélectionner toutes les inscriptions
approvals-approve = Approuver
approvals-refuse = Refuser
approvals-approve-one = Approuver { $name }
approvals-refuse-one = Refuser { $name }
approvals-approve-all = Tout approuver
approvals-refuse-all = Tout refuser
approvals-approve-ticked = Approuver les { $count } sélectionnées
approvals-refuse-ticked = Refuser les { $count } sélectionnées
approvals-approved = { $count ->
    [one] { $count } personne est confirmée.
   *[other] { $count } personnes sont confirmées.
}
approvals-waiting = { $count ->
    [one] { $count } personne est sur la liste d’attente.
   *[other] { $count } personnes sont sur la liste d’attente.
}
approvals-refused = { $count ->
    [one] { $count } inscription a été refusée.
   *[other] { $count } inscriptions ont été refusées.
}
approvals-refuse-title = { $count ->
    [one] Refuser cette inscription ?
   *[other] Refuser { $count } inscriptions ?
}
approvals-refuse-text = Un refus ne s’annule pas ; la personne peut s’inscrire de nouveau.
approvals-known = dans l’annuaire
approvals-known-as = dans l’annuaire sous { $name }
approvals-unknown = pas dans l’annuaire

form-title = Formulaire d’inscription
form-names = Prénom et nom
form-edit = Modifier le formulaire
form-version = Version { $version }
form-never-published = Pas encore publié
form-first-offer = Proposez d’abord l’inscription libre, puis composez le formulaire.

poster-title = Affiche
poster-back = Retour à la formation
poster-print = Imprimer
poster-code = Code de formation
poster-step-open = Scannez l’image avec votre téléphone, ou ouvrez
poster-step-name = Saisissez le code, puis touchez votre nom. Pas dans la liste ? Inscrivez-vous.
poster-qr = Code QR : ouvre la page de cette formation
poster-not-yet = Le code ouvre le { $when }.
poster-closed = Le code est fermé : il n’ouvre plus rien.
poster-off = Le code est désactivé : il n’ouvre rien.

invitations-menu-details = Détails
story-no-address = Ni e-mail ni mobile connu.
story-lines = Ce qui s’est passé
story-nothing = Rien n’est encore noté.
story-registered = Inscription avec le code
registered-pending = à approuver
registered-accepted = acceptée
registered-refused = refusée

export-title = Exporter
export-csv = Exporter les participants en CSV
export-xlsx = Exporter les participants en XLSX

devices-title = Appareils dans la salle
devices-text = Ces appareils ont ouvert la liste avec le code de formation, les derniers d’abord. Un appareil verrouillé n’affiche que cette formation.
devices-seen = vu { $when }
devices-locked = verrouillé { $since }
devices-more = { $count ->
    [one] et 1 autre
   *[other] et { $count } autres
}
devices-release-one = Déverrouiller l’appareil { $name }
devices-released = L’appareil { $name } est déverrouillé. Il le remarque à la prochaine page qu’on y ouvre.

room-title = Le jour de la formation
room-text = Les participants entrent avec le code { $code }, sur leur téléphone ou sur une tablette commune. Sur la tablette, ouvrez la liste, puis verrouillez la tablette.
room-open = Ouvrir la liste sur cet appareil
