# Les messages après leur remise : ce qu’ils sont devenus, et comment y remédier.

messages-state-delayed = Retardé
messages-state-delivered = Distribué
messages-state-bounced = Retourné
messages-filter-channel = Canal
messages-filter-kind = Message
messages-filter-training = Formation
messages-filter-all-trainings = Toutes les formations
messages-find = Chercher un nom
messages-clear = Afficher tous les messages
messages-tries = Essais
messages-export-csv = Exporter les messages affichés en CSV
messages-export-xlsx = Exporter les messages affichés en XLSX
messages-repair = Corriger…
messages-repair-of = Corriger : le message à { $name }
messages-again = Réessayer
messages-again-of = Réessayer : le message à { $name }
messages-again-done = Le message à { $name } est de nouveau dans la file d’attente.
messages-bounces = Les e-mails qui reviennent
messages-bounces-read = Lus { $when }
messages-bounces-never = Pas encore lus
messages-bounces-broken = Illisible
messages-bounces-next = Tant que la boîte ne peut pas être lue, les e-mails qui reviennent passent inaperçus. L’adresse de la boîte est dans le réglage CONVOKE_BOUNCES_URL du serveur.

problem-bounced = retourné

row-delivered = distribuée
row-delayed = pas encore distribuée
row-heard = { $report ->
    [delivered] distribuée { $when }
    [bounced] retournée { $when }
   *[other] retard annoncé { $when }
}

history-report = { $channel ->
    [sms] { $report ->
        [delivered] le SMS a été distribué : { $kind }
        [bounced] le SMS n’a pas été distribué : { $kind }
       *[other] le SMS n’est pas encore distribué : { $kind }
    }
   *[other] { $report ->
        [delivered] l’e-mail a été distribué : { $kind }
        [bounced] l’e-mail est revenu : { $kind }
       *[other] l’e-mail n’est pas encore distribué : { $kind }
    }
}
history-invitation-sent-again = a réécrit à { $whom }
history-invitation-arrived = a indiqué que le message à { $whom } est arrivé
history-invitations-message-again = a remis un message à { $whom } dans la file d’attente

# Remédier à ce qui n’a pas fonctionné pour une personne.
repair-title = Joindre { $name }
repair-what = { $problem ->
    [no_address] Ni e-mail ni mobile n’est connu.
    [address_refused] L’adresse a été refusée définitivement.
    [message_refused] Le message a été refusé définitivement.
    [gave_up] Le message n’a pas pu être remis ; les essais ont cessé.
    [attachment_missing] Un fichier joint au message n’a pas pu être lu : le message n’est pas parti. Sous Documents, supprimez le fichier, ajoutez-le de nouveau et joignez-le, ou retirez-le sous Textes des messages. Puis renvoyez.
    [retrying] Le message n’a pas encore pu être remis. De nouveaux essais se font d’eux-mêmes.
    [channel_stopped] Rien ne part en ce moment : voir la page Messages.
    [uncertain] On ne sait pas si le message est parti : le serveur s’est arrêté pendant l’envoi.
   *[other] Le message est parti, mais il est revenu ou n’est pas arrivé.
}
repair-tried = Il était adressé à { $address }.
repair-channel = Canal préféré
repair-email = E-mail
repair-mobile = Mobile
repair-mobile-help = Par exemple +33 6 39 98 00 01
repair-save = Enregistrer
repair-save-send = Enregistrer et renvoyer
repair-send = Renvoyer
repair-save-send-first = Enregistrer et envoyer
repair-send-first = Envoyer
repair-busy = Envoi…
repair-not-yours = Cette personne se connecte avec ces adresses : seul un administrateur peut les modifier. Vous pouvez tout de même renvoyer.
repair-somebody-elses = { $name } a déjà cette adresse.
repair-done-saved = Enregistré. Rien n’a été envoyé.
repair-done-queued = Un message à { $name } est en cours d’envoi.
repair-done-on-its-way = Enregistré. Un message à { $name } est déjà en cours d’envoi.
repair-arrived-done = Le message à { $name } compte comme envoyé.
repair-menu-correct = Corriger l’adresse…
repair-menu-again = Renvoyer tout de même
repair-menu-arrived = Il est arrivé
repair-menu-try = Réessayer
repair-open = { $name } : { $problem }. Corriger

conflict-message-state = L’état de ce message a changé entre-temps. Rechargez la page pour le voir.
conflict-no-address = Aucune adresse n’est connue. Indiquez-en une d’abord.
conflict-contact-account = Cette personne se connecte avec ces adresses : seul un administrateur peut les modifier.
