# L’onglet Invitations, et la page Messages.

invitations-choose = Choisir les participants
invitations-import = Importer un fichier
invitations-import-lead = Les personnes d’un fichier CSV ou XLSX : les nouvelles entrent dans l’annuaire, et toutes peuvent être choisies ensemble pour cette formation.
invitations-drop-file = Déposez le fichier CSV ou XLSX ici : ses personnes sont importées, puis vous les choisissez.
invitations-find = Chercher dans cette formation
invitations-find-nobody = Personne ici ne correspond à « { $text } ».
invitations-find-clear = Montrer tout le monde

invitations-to-send-empty = Personne n’attend d’invitation.
invitations-to-send-empty-next = Choisissez les participants, puis envoyez-leur leurs invitations d’ici.
invitations-to-send-all-sent = Toutes les invitations sont parties. Vous pouvez choisir d’autres participants quand vous voulez.
invitations-sent-empty = Aucune invitation n’est encore partie.
invitations-sent-empty-next = Envoyez les invitations à gauche ; les personnes restent ici jusqu’à leur réponse.
invitations-sent-all-answered = Plus aucune réponse n’est attendue.
invitations-confirmed-empty = Personne n’a encore confirmé.
invitations-confirmed-empty-next = Celles et ceux qui acceptent apparaissent ici d’eux-mêmes ; vous pouvez aussi confirmer pour quelqu’un.

invitations-send = Envoyer les invitations
invitations-resend = Renvoyer les invitations
invitations-send-ticked = Envoyer les invitations aux { $count } sélectionnés
invitations-resend-ticked = Renvoyer les invitations aux { $count } sélectionnés
invitations-send-one = Envoyer l’invitation à { $name }
invitations-resend-one = Renvoyer l’invitation à { $name }
invitations-confirm-one = Confirmer pour { $name }
invitations-actions-of = Actions pour { $name }
invitations-menu-send = Envoyer l’invitation
invitations-menu-resend = Renvoyer l’invitation
invitations-menu-confirm = Confirmer pour cette personne
invitations-tick = Sélectionner { $name }
invitations-tick-all = Tout sélectionner dans { $block }
invitations-untick = Effacer
invitations-untick-all = Effacer la sélection
invitations-loading-row = Chargement

invitations-count = { $count }
invitations-split-email = { $count } e-mail
invitations-split-sms = { $count } SMS
invitations-split-unreachable = { $count } sans adresse
invitations-seats = { $count } sur { $seats } places
invitations-no-seats = { $count ->
    [one] { $count } confirmé
   *[other] { $count } confirmés
}
invitations-declined-count = { $count ->
    [one] { $count } refus
   *[other] { $count } refus
}
invitations-over-seats = { $count ->
    [one] { $count } de plus que de places
   *[other] { $count } de plus que de places
}

invitations-in-progress = { $count ->
    [one] { $count } message en cours d’envoi
   *[other] { $count } messages en cours d’envoi
}

invitations-by-email = Par e-mail
invitations-by-sms = Par SMS
invitations-is-confirmed = Confirmé
invitations-is-declined = Décliné
invitations-message-waiting = en cours d’envoi

problem-no-address = aucune adresse
problem-address-refused = adresse refusée
problem-message-refused = message refusé
problem-gave-up = non remis
problem-retrying = sera réessayé
problem-channel-stopped = canal arrêté
problem-uncertain = incertain : peut-être envoyé

news-confirmed = { $count ->
    [one] { $count } personne a confirmé
   *[other] { $count } personnes ont confirmé
}
news-declined = { $count ->
    [one] { $count } personne a décliné
   *[other] { $count } personnes ont décliné
}
news-sent = { $count ->
    [one] { $count } invitation envoyée
   *[other] { $count } invitations envoyées
}
news-chosen = { $count ->
    [one] { $count } personne ajoutée aux invitations à envoyer
   *[other] { $count } personnes ajoutées aux invitations à envoyer
}
news-removed = { $count ->
    [one] { $count } personne retirée
   *[other] { $count } personnes retirées
}
news-confirmed-for = Confirmé pour { $name }

live-lost = Les mises à jour en direct sont interrompues ; nouvel essai…

selection-saved = { $added ->
    [0] { $removed ->
        [0] Rien n’a été modifié.
        [one] { $removed } personne a été retirée.
       *[other] { $removed } personnes ont été retirées.
    }
    [one] { $removed ->
        [0] { $added } personne a été ajoutée.
        [one] { $added } personne a été ajoutée et { $removed } retirée.
       *[other] { $added } personne a été ajoutée et { $removed } retirées.
    }
   *[other] { $removed ->
        [0] { $added } personnes ont été ajoutées.
        [one] { $added } personnes ont été ajoutées et { $removed } retirée.
       *[other] { $added } personnes ont été ajoutées et { $removed } retirées.
    }
}
selection-saved-colleague = Un collègue a modifié la liste entre-temps (+{ $added }, −{ $removed }) ; les deux modifications ont été gardées.
selection-saved-not-added = N’ont pas pu être ajoutés, car désactivés, supprimés ou sortis de votre périmètre entre-temps : { $names }.
notice-close = Fermer cet avis

send-title = Envoyer les invitations
resend-title = Renvoyer les invitations
send-planning = Calcul des destinataires…
send-by-email = { $count ->
    [one] { $count } personne par e-mail
   *[other] { $count } personnes par e-mail
}
send-by-sms = { $count ->
    [one] { $count } personne par SMS
   *[other] { $count } personnes par SMS
}
send-fallback = { $count ->
    [one] dont { $count } par son autre adresse, faute de celle qui est préférée
   *[other] dont { $count } par leur autre adresse, faute de celle qui est préférée
}
send-unreachable = { $count ->
    [one] { $count } personne est injoignable : ni e-mail ni mobile connu
   *[other] { $count } personnes sont injoignables : ni e-mail ni mobile connu
}
send-unreachable-next = Ajoutez une adresse dans l’annuaire, puis envoyez de nouveau.
send-recent = { $count ->
    [one] { $count } personne a reçu un message il y a moins de 24 heures, ou déjà cinq fois
   *[other] { $count } personnes ont reçu un message il y a moins de 24 heures, ou déjà cinq fois
}
send-spare-recent = Les laisser de côté
send-names-more = et { $count } de plus
send-preview = Le message tel que { $name } le verra
send-preview-subject = Objet
send-changed = La liste a changé depuis l’ouverture de cette fenêtre ; rien n’a été envoyé. Voici ce qui se passerait maintenant.
send-nobody = Aucun message ne partirait.
send-nobody-empty = Toutes ces personnes ont déjà un message en route, ou ont quitté ce bloc.
send-nobody-unreachable = Personne ici n’est joignable : ni e-mail ni mobile connu.
send-nobody-spared = Toutes ces personnes ont reçu un message récemment et sont laissées de côté.
send-type-number = Saisissez { $count } pour envoyer autant de messages
send-button = { $count ->
    [one] Envoyer { $count } invitation
   *[other] Envoyer { $count } invitations
}
resend-button = { $count ->
    [one] Renvoyer { $count } invitation
   *[other] Renvoyer { $count } invitations
}
send-busy = Envoi…
send-cancel = Annuler
send-close = Fermer
send-retry = Réessayer
send-waits = { $count ->
    [one] Le message part dans { $seconds } secondes. D’ici là, vous pouvez annuler l’envoi au-dessus des blocs.
   *[other] { $count } messages partent dans { $seconds } secondes. D’ici là, vous pouvez annuler l’envoi au-dessus des blocs.
}
send-planned = { $count ->
    [one] Le message part à l’heure choisie.
   *[other] { $count } messages partent à l’heure choisie.
}
send-plan-button = { $count ->
    [one] Planifier un message
   *[other] Planifier { $count } messages
}
send-when = Quand
send-at-once = Tout de suite
send-after-delay = Maintenant, avec { $seconds } secondes pour annuler
send-later = À une date et une heure
send-at = Date et heure ({ $zone })
send-at-past = Cette heure est passée. Choisissez-en une plus tardive.
send-at-after-end = La formation sera terminée. Choisissez une heure plus proche.
send-at-after-deadline = Personne ne pourrait plus répondre. Choisissez une heure avant la date limite de réponse.
send-held-back = { $count ->
    [one] Une personne est laissée de côté, car l’organisation n’écrit pas à nouveau si vite ni si souvent :
   *[other] { $count } personnes sont laissées de côté, car l’organisation n’écrit pas à nouveau si vite ni si souvent :
}
send-nobody-held-back = Votre organisation n’écrit pas à nouveau si vite ni si souvent. Un administrateur peut le changer dans les paramètres.
send-queued = { $count ->
    [one] { $count } message est en cours d’envoi.
   *[other] { $count } messages sont en cours d’envoi.
}

messages-title = Messages
messages-lead = Tout ce qui est parti ou va partir, le plus récent d’abord.
messages-where = Où vont les messages
messages-to-files = Rien ne quitte cette machine : les messages sont écrits dans des fichiers, pour essayer.
messages-written-to = Écrits dans des fichiers de { $folder }
messages-channel-works = En service
messages-channel-stopped = Arrêté
messages-filter = État
messages-all = Tous
messages-state-queued = En attente
messages-state-sending = En cours
messages-state-sent = Remis au serveur
messages-state-failed = Échec
messages-state-cancelled = Retiré
messages-state-uncertain = Incertain
messages-kind-invitation = Invitation
messages-kind-resend = Invitation renvoyée
messages-kind-cancellation = Annulation
messages-kind-registered = Inscription
messages-kind-waiting-list = Liste d’attente
messages-kind-place-freed = Place libérée
messages-kind-reminder = Rappel
messages-kind-reminder-start = Rappel avant le début
messages-kind-change = Modification
messages-kind-test = Message de test
messages-kind-entry-code = Code à usage unique
messages-to = À
messages-about = Formation
messages-kind = Message
messages-by = Canal
messages-state = État
messages-when = Quand
messages-attempts = { $count ->
    [one] { $count } essai
   *[other] { $count } essais
}
messages-open = Ouvrir le message à { $name }
messages-empty = Aucun message pour l’instant.
messages-empty-next = Ouvrez une formation, choisissez les participants et envoyez leurs invitations : chaque message figurera ici.
messages-empty-filter = Aucun message ne correspond.
messages-empty-filter-next = Choisissez d’autres filtres ci-dessus pour voir les autres.
messages-more = En montrer plus
messages-count = { $count ->
    [one] { $count } message
   *[other] { $count } messages
}
messages-shown = { $shown } sur { $total }
messages-refresh = Actualiser
messages-address = Adresse
messages-subject = Objet
messages-text = Texte
messages-problem = Ce qui s’est passé
messages-server-said = Réponse du serveur
messages-server-words = Réponse du serveur : { $said }
messages-no-text = Le texte est composé à l’envoi du message.
messages-text-title = Message à { $name }

# Ce qui est arrivé à une personne dans une formation.
answer-yes = Oui
answer-no = Non
story-message-queued = en attente d’envoi
story-message-sending = en cours d’envoi
story-message-sent = envoi fait
story-message-failed = non remis
story-message-cancelled = retiré
story-message-uncertain = peut-être envoyé
messages-kind-account = Compte

# Le bandeau au-dessus des blocs
batches-title = Messages en partance
batch-of-invitations = { $count ->
    [one] Une invitation
   *[other] { $number } invitations
}
batch-of-resends = { $count ->
    [one] Une invitation renvoyée
   *[other] { $number } invitations renvoyées
}
batch-of-cancellations = { $count ->
    [one] Une annulation
   *[other] { $number } annulations
}
batch-of-messages = { $count ->
    [one] Un message
   *[other] { $number } messages
}
batch-waits = { $count ->
    [one] { $what } : départ dans { $time }
   *[other] { $what } : départ dans { $time }
}
batch-planned = { $count ->
    [one] { $what } : départ le { $when } · { $by }
   *[other] { $what } : départ le { $when } · { $by }
}
batch-running = { $what } : { $done } déjà remises
batch-progress = Remises
batch-undo = Annuler l’envoi
batch-now = Envoyer maintenant
batch-stop = Arrêter
batch-cancel = Ne pas envoyer
batch-ended-nothing = Tout était déjà parti.
batch-ended-undone = { $count ->
    [one] Message retiré : rien n’est parti.
   *[other] { $count } messages retirés : rien n’est parti.
}
batch-ended-stopped = Arrêté : { $withdrawn } ne partiront pas, { $gone } étaient déjà partis.

# Rappels
reminders-open = { $count ->
    [0] Rappels
   *[other] Rappels ({ $count })
}
reminders-title = Rappels
reminders-lead = Ils partent d’eux-mêmes à 9 h du matin : aux personnes qui n’ont pas encore répondu, et avant le début, aussi à celles qui viennent.
reminders-empty = Aucun rappel n’est prévu
reminders-empty-next = Prévoyez-en un ici ; qui aura répondu d’ici là ne sera pas sollicité à nouveau.
reminders-planned = Le rappel est prévu.
reminders-removed = Le rappel est retiré.
reminder-before-deadline = { $count ->
    [one] Un jour avant la date limite de réponse
   *[other] { $count } jours avant la date limite de réponse
}
reminder-before-start = { $count ->
    [one] Un jour avant le début
   *[other] { $count } jours avant le début
}
reminder-waits = { $when }
reminder-sent = { $count ->
    [one] { $when } : envoyé à une personne
   *[other] { $when } : envoyé à { $count } personnes
}
reminder-nobody = { $when } : il n’y avait personne à relancer
reminder-no-date = attend que la formation ait une date limite
reminder-remove = Retirer : { $what }
reminder-days = Jours
reminder-anchor = Avant
reminder-anchor-start = le début
reminder-anchor-deadline = la date limite de réponse
reminder-plan = Prévoir
reminder-days-limit = Saisissez un nombre entier de jours, de 1 à 60.
reminder-no-deadline = Cette formation n’a pas de date limite de réponse. Fixez-en une, ou comptez à partir du début.
reminder-past = Ce matin-là est passé. Choisissez moins de jours.
reminder-twice = Ce rappel est déjà prévu.
reminder-too-many = Dix rappels sont prévus. Retirez-en un d’abord.

# La formation a changé
moved-people = { $count ->
    [one] La formation a été déplacée, et une personne n’en a pas été informée.
   *[other] La formation a été déplacée, et { $count } personnes n’en ont pas été informées.
}
moved-tell = Les informer…
moved-leave = Elles le savent
announce-title = Annoncer le changement
announce-button = { $count ->
    [one] Informer une personne
   *[other] Informer { $count } personnes
}
batch-of-reminders = { $count ->
    [one] Un rappel
   *[other] { $number } rappels
}
batch-of-changes = { $count ->
    [one] Une annonce du changement
   *[other] { $number } annonces du changement
}

# Depuis la dernière visite
visit-news = Depuis votre dernière visite ({ $since }) : { $news }
visit-registered = { $count ->
    [one] une personne inscrite
   *[other] { $count } personnes inscrites
}
visit-waiting = { $count ->
    [one] une personne en liste d’attente
   *[other] { $count } personnes en liste d’attente
}
visit-failed = { $count ->
    [one] un message n’est pas arrivé
   *[other] { $count } messages ne sont pas arrivés
}
