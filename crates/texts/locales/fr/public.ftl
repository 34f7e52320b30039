# Les pages que tout le monde peut ouvrir : se connecter, la première installation, répondre à une invitation, les erreurs.

public-language-switch = English

sign-in-title = Se connecter
sign-in-identifier = E-mail ou mobile
sign-in-identifier-help = Un numéro de mobile comme vous l’écrivez, ou avec son indicatif : +33 6 39 98 12 34
sign-in-password = Mot de passe
sign-in-submit = Se connecter
sign-in-signed-out = Vous êtes déconnecté.
sign-in-needed = Veuillez vous connecter pour continuer.
sign-in-forgotten = Mot de passe oublié ?
sign-in-to-code = Vous suivez une formation ? Saisissez le code de formation

forgotten-title = Mot de passe oublié ?
forgotten-lead = Saisissez ce avec quoi vous vous connectez. Nous vous envoyons un lien pour choisir un nouveau mot de passe.
forgotten-submit = M’envoyer un lien
forgotten-sent-title = Regardez vos messages
forgotten-sent = Si cette adresse est celle de quelqu’un qui a un mot de passe, un message est en route. Son lien est valable une heure.
forgotten-sent-nothing = Rien après quelques minutes ? Regardez parmi les courriers indésirables, ou demandez un lien à un administrateur de votre organisation.
forgotten-back = Revenir à la connexion

set-up-title = Installer Convoke
set-up-lead = Cette installation est vide. Nommez votre organisation et son premier administrateur ; le reste peut attendre.
set-up-token = Jeton d’installation
set-up-token-help = Il se trouve dans le journal du serveur, pour que seuls ceux qui le font tourner puissent faire ceci.
set-up-organisation = Organisation
set-up-time-zone = Fuseau horaire
set-up-time-zone-help = Par exemple Europe/Paris. Les nouvelles formations commencent avec lui.
set-up-administrator = Premier administrateur
set-up-first-name = Prénom
set-up-last-name = Nom
set-up-email = E-mail
set-up-password = Mot de passe
set-up-password-help = Au moins { $length } caractères. Une courte phrase se retient bien et se devine mal.
set-up-submit = Créer l’organisation
error-set-up-token = Ce n’est pas le jeton qui se trouve dans le journal. Un nouveau est écrit à chaque démarrage du serveur.
error-set-up-done = Cette installation est déjà faite. Veuillez vous connecter.

answer-hello = Bonjour { $name }, vous êtes invité(e) à
answer-hello-nameless = Vous êtes invité(e) à
answer-date = Date
answer-place = Lieu
answer-trainers = { $count ->
    [one] Formateur
   *[other] Formateurs
}
answer-map = Voir la carte
answer-attend = Je participerai
answer-wait = Me mettre sur la liste d’attente
answer-decline = Je ne peux pas participer
answer-given-attend = Vous participerez.
answer-given-attend-more = Votre place est confirmée. Si vos projets changent, dites-le ici jusqu’au { $until }.
answer-given-attend-final = Votre place est confirmée.
answer-given-decline = Vous ne pouvez pas participer.
answer-given-decline-more = Merci de nous avoir prévenus. Si vos projets changent, dites-le ici jusqu’au { $until }.
answer-given-decline-taken = Merci de nous avoir prévenus. Toutes les places sont prises maintenant ; si vos projets changent, nous pouvons vous mettre sur la liste d’attente.
answer-given-decline-full = Merci de nous avoir prévenus. Toutes les places sont prises maintenant.
answer-given-decline-final = Merci de nous avoir prévenus.
answer-given-waiting = Vous êtes sur la liste d’attente.
answer-given-waiting-more = Nous vous écrirons dès qu’une place se libère. Si vous ne pouvez plus participer, dites-le ici : la personne suivante avancera.
answer-given-waiting-final = Nous vous écrirons dès qu’une place se libère.
answer-given-none = Nous n’avons pas de réponse de votre part.
answer-until = Merci de répondre avant le { $until }.
answer-private = Ce lien est à vous seul(e).
answer-calendar = Ajouter à mon agenda
answer-closed = Cette invitation est close

page-forbidden-title = Ceci n’a pas été envoyé de notre page
page-forbidden-text = Pour votre sécurité, le serveur ne prend que ce qui vient de ses propres pages. Rouvrez la page et réessayez.
page-not-found-title = Cette page n’existe pas
page-not-found-text = L’adresse a peut-être été coupée ou mal saisie. Revenez là où vous l’avez trouvée, ou partez de la première page.
page-link-unknown-title = Ce lien n’est pas complet
page-link-unknown-text = Nous ne connaissons aucune invitation avec ce lien. Souvent, la fin a été coupée : ouvrez-le de nouveau depuis votre message, ou copiez toute la ligne dans la barre d’adresse. Si cela ne marche toujours pas, demandez à l’organisateur de renvoyer l’invitation.
page-gone-title = C’est terminé
page-too-large-title = C’est trop volumineux
page-too-large-text = Ce qui a été envoyé est plus grand que ce que le serveur accepte. Veuillez en envoyer moins à la fois.
page-failure-title = Un problème est survenu de notre côté
page-busy-title = Veuillez patienter un instant
page-home = Vers la première page
account-title = Choisissez votre mot de passe
account-lead = { $name }, avec un mot de passe vous pourrez vous connecter chez { $organisation }.
account-title-again = Choisissez un nouveau mot de passe
account-lead-again = { $name }, avec votre nouveau mot de passe vous vous connecterez chez { $organisation }. Vous serez déconnecté partout ailleurs.
account-identifier = Votre identifiant :
account-password = Mot de passe
account-submit = Enregistrer et se connecter
