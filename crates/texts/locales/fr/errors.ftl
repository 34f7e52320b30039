# Ce qui n’a pas marché, et que faire.

error-required = Veuillez remplir ce champ.
error-too-long = Ce texte est trop long.
error-whole-number = Veuillez saisir un nombre entier, 1 ou plus.
error-end-before-start = La fin doit être après le début.
error-deadline-after-end = La date limite de réponse ne peut pas être après la fin.
error-date = Veuillez saisir une date et une heure qui existent.
error-time-zone = Ce fuseau horaire n’est pas connu.
error-trainer = L’un des formateurs n’est plus dans l’annuaire.
error-trainer-yourself = Seul un administrateur peut vous désigner comme formateur de cette formation.
conflict-too-many-trainers = Une formation a au plus 50 formateurs.
error-email = Ceci n’est pas une adresse e-mail.
error-mobile = Ceci n’est pas un numéro de mobile.
error-password-short = Veuillez choisir un mot de passe d’au moins 10 caractères.

refusal-not-signed-in = Votre session est terminée. Veuillez vous reconnecter ; ce que vous avez saisi est toujours là.
refusal-wrong-credentials = Cet e-mail ou mobile et ce mot de passe ne vont pas ensemble. Veuillez réessayer.
refusal-not-allowed = Vous n’avez pas le droit de faire cela. Adressez-vous à un administrateur de votre organisation.
refusal-not-found = Ceci n’existe pas, ou plus. Revenez à la liste et réessayez.
refusal-invalid = Certains champs demandent votre attention.
refusal-too-many = Trop de tentatives. Veuillez réessayer dans { $minutes ->
    [one] une minute
   *[other] { $minutes } minutes
}.
refusal-failure = Un problème est survenu de notre côté et rien n’a été changé. Veuillez réessayer ; si cela se reproduit, donnez ce numéro à votre administrateur : { $incident }
refusal-transport = Le serveur est injoignable. Vérifiez votre réseau ; rien n’a été changé.
conflict-selection-too-large = Cette sélection nomme trop de personnes une par une. Utilisez plutôt les filtres et Tout ajouter.
conflict-state = Cette invitation a changé entre-temps. La liste montre maintenant son état actuel.
gone-cancelled = Cette invitation a été annulée. Si vous pensez qu’il s’agit d’une erreur, veuillez contacter l’organisateur.
gone-too-late = Le délai de réponse est dépassé. Veuillez contacter l’organisateur si vous souhaitez changer votre réponse.

error-day = Indiquez un jour qui existe.
error-number = Indiquez un nombre.
error-too-short = C’est trop court.
error-too-small = Ce nombre est trop petit.
error-too-large = Ce nombre est trop grand.
error-too-early = Ce jour est trop tôt.
error-too-late = Ce jour est trop tard.
error-tick = Cochez cette case pour continuer.
error-choose = Faites un choix.
error-too-many-chosen = Vous avez choisi trop d’options.
error-too-few-chosen = Choisissez plus d’options.
error-too-many-fields = Un formulaire compte 60 champs au plus.
error-field-twice = Ce champ figure deux fois dans le formulaire. Supprimez-le puis ajoutez-le de nouveau.
error-fills-kind = Un champ de ce type ne peut pas remplir cette donnée.
error-fills-twice = Un autre champ remplit déjà cette donnée.
error-limit = Indiquez un nombre entier possible ici.
error-limits-crossed = C’est moins que la plus petite valeur.
error-two-choices = Indiquez au moins deux options.
error-too-many-choices = 100 options au plus.
error-choice-twice = Une option figure deux fois.
error-choice-empty = Chaque option a besoin d’un texte.
error-choice-names = Indiquez pour chaque option le groupe ou le type d’utilisateur qu’elle désigne.
error-closes-before-opens = Indiquez un moment après l’ouverture.
error-entry-code = Ce n’est pas le code envoyé, ou il n’est plus valable. Vous pouvez en demander un nouveau.
error-mobile-digits = Ce ne sont pas les quatre derniers chiffres du numéro que nous avons.
conflict-full = Cette formation est complète.
conflict-not-today = Vous pouvez signaler votre présence les jours de la formation.
conflict-login-codes = Les codes de formation sont désactivés pour votre organisation. Un administrateur peut les activer dans les paramètres.
conflict-not-offered = Proposez d’abord l’inscription libre, puis publiez le formulaire.
conflict-form-changed = Quelqu’un d’autre a publié ce formulaire entre-temps. Vos changements sont encore là : copiez ce qu’il vous faut, puis rechargez la page.
error-paste-too-long = Il y a plus de 5 000 adresses. Collez-les en plusieurs fois, ou importez un fichier.
error-paste-nobody = Personne ici ne peut être mis dans la liste.
conflict-paste-again = Quelqu’un ajoutait une de ces personnes à cet instant. Rien n’a été fait : réessayez.
error-no-address = Indiquez un e-mail ou un mobile.
error-somebody-elses = Quelqu’un d’autre l’a déjà.
error-group-gone = Un des groupes n’existe plus. Choisissez à nouveau.
error-name-taken = Un autre porte déjà ce nom.
conflict-person-again = Quelqu’un ajoutait la même adresse à cet instant. Réessayez.
conflict-person-changed = Quelqu’un d’autre a modifié cette personne entre-temps. Votre saisie est toujours là : comparez-la avec ce qui est enregistré.
conflict-yourself = Vous ne pouvez pas faire cela avec votre propre compte. Demandez à un autre administrateur.
conflict-user-type-used = Quelqu’un a ce type, ou c’est le dernier. Donnez d’abord un autre type à ces personnes.
conflict-group-gone = Un des groupes n’existe plus. Rechargez la page et choisissez à nouveau.
error-scope-empty = Choisissez au moins un groupe.
conflict-account-inactive = Cette personne est désactivée. Réactivez-la d’abord.
conflict-account-unreachable = Il n’y a ni e-mail ni mobile où envoyer le lien.
account-link-gone = Ce lien a déjà servi, ou date de plus de 14 jours. Connectez-vous, ou demandez un autre lien à un administrateur.
