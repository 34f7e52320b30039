# Ce qui n’est gardé que quelques jours, et les liens personnels périmés.

person-forgotten = Personne oubliée
settings-retention = Ce qui est oublié
settings-retention-lead = Cela se fait chaque nuit, pour la première fois la nuit qui suit l’enregistrement. Ce qui est oublié ne revient pas ; les nombres restent.
settings-forget-days = Jours après une formation avant d’oublier ceux qui n’ont jamais répondu
settings-forget-days-help = Leur nom, leurs adresses et les messages qu’ils ont reçus, une fois toutes leurs formations terminées depuis aussi longtemps. De 30 à 3650 jours. Vide : personne n’est oublié. Jamais ceux qui ont répondu ou se sont inscrits, qui peuvent se connecter, qui animent, qui ont un matricule, ou qu’un fichier des 30 derniers jours a nommés.
settings-forget-days-limit = Saisissez un nombre entier de jours, de 30 à 3650, ou laissez vide.
settings-forget-directory = Aussi les personnes de l’annuaire
settings-forget-directory-help = Non : seulement les personnes collées pour une formation, inscrites par elles-mêmes ou ajoutées sur place, et que nul n’a mises dans un groupe depuis. Oui : aussi les personnes importées ou créées à la main, si elles ont été invitées, n’ont jamais répondu et ne sont dans aucun groupe.
settings-text-days = Jours après lesquels le texte d’un message est effacé
settings-text-days-help = Le fait qu’il a été envoyé, à qui, quand et par quel canal demeure. De 7 à 3650 jours. Vide : les textes restent tant que leur destinataire est connu.
settings-text-days-limit = Saisissez un nombre entier de jours, de 7 à 3650, ou laissez vide.
settings-retention-preview = Avec ces nombres, { $people ->
    [0] personne ne serait oublié
    [one] 1 personne serait oubliée
   *[other] { $people } personnes seraient oubliées
} cette nuit, et { $texts ->
    [0] aucun texte de message ne serait effacé
    [one] le texte de 1 message serait effacé
   *[other] les textes de { $texts } messages seraient effacés
}.
settings-retention-nothing = Si rien n’est saisi ici, tout est gardé.
settings-links = Liens personnels
settings-link-days = Jours pendant lesquels un lien personnel est valable
settings-link-days-help = Ensuite, sa page ne montre plus rien de l’invitation et propose d’envoyer un nouveau lien à l’adresse que vous connaissez. De 1 à 730 jours.
settings-link-days-limit = Saisissez un nombre entier de jours, de 1 à 730.
messages-text-removed = { $days ->
    [0] Le texte a été effacé quand la personne a été oubliée.
    [one] Le texte a été effacé après 1 jour.
   *[other] Le texte a été effacé après { $days } jours.
}
history-retention-people = { $people ->
    [one] a oublié 1 personne qui n’avait jamais répondu
   *[other] a oublié { $people } personnes qui n’avaient jamais répondu
}, { $days } jours après la formation
history-retention-texts = { $removed ->
    [one] a effacé le texte de 1 message
   *[other] a effacé les textes de { $removed } messages
} après { $days } jours
history-user-forgotten = a oublié { $whom } : nom, adresses et textes sont effacés
page-forgotten-title = Cette formation est terminée
page-forgotten-text = { $organisation } a effacé ce qu’elle savait de vous à propos de cette formation, car vous n’avez jamais répondu. Vous n’avez rien à faire. Pour participer à une autre formation, demandez une nouvelle invitation à { $organisation }.

link-past-title = Ce lien n’est plus valable
link-past-text = Les liens personnels ne sont valables qu’un certain nombre de jours. Nous pouvons vous en envoyer un nouveau, à l’adresse que { $organisation } a de vous. Il mène à l’état actuel de votre invitation.
link-past-button = M’envoyer un nouveau lien
link-fresh-title = Consultez vos messages
link-fresh-text = Si { $organisation } peut encore vous joindre, un nouveau lien part vers l’adresse qu’elle a de vous. Cela prend quelques minutes tout au plus ; inutile de le redemander. Si rien n’arrive, contactez { $organisation }.
mail-subject-fresh-link = Votre nouveau lien : { $title }
mail-intro-fresh-link = Votre lien vers cette formation n’était plus valable. En voici un nouveau, comme vous l’avez demandé :
mail-fresh-link-ask = Il mène à l’état actuel de votre invitation :
mail-fresh-link-button = Ouvrir mon invitation
mail-fresh-link-footer = Vous recevez ce message car quelqu’un a appuyé sur « M’envoyer un nouveau lien » sur la page de votre ancien lien.
sms-fresh-link = { $organisation } : votre nouveau lien vers "{ $title }", { $dates } : { $link }
messages-kind-fresh-link = Nouveau lien
gone-past = Ce lien n’est plus valable. Ouvrez-le de nouveau : sa page en propose un nouveau.
gone-forgotten = Cette formation est terminée, et ce qui était connu de vous a été effacé.
history-invitation-link-asked = a envoyé un nouveau lien à { $whom }, demandé sur la page d’un ancien
