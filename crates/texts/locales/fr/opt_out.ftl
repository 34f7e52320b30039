# Les personnes qui ne veulent plus de messages d’une organisation.

mail-stop = Ne plus recevoir de messages de { $organisation }
mail-your-stop-link = [lien]

problem-opted-out = ne veut pas de messages

# La page derrière le lien au pied d’un e-mail, et l’endroit prévu sur la page de réponse.
stop-title = Messages de { $organisation }
stop-lead = { $organisation } vous écrit au sujet de ses formations. Souhaitez-vous ne plus recevoir ces messages ?
stop-button = Ne plus m’écrire
stop-keeps = Ce que vous demandez vous-même vous parvient toujours, comme un code ou un nouveau mot de passe. Vous êtes aussi averti si une formation que vous avez confirmée est annulée ou déplacée.
stop-done-title = Vous ne recevrez plus de messages
stop-done = { $organisation } ne vous invite plus et ne vous envoie plus de rappels.
stop-again = M’écrire à nouveau
stop-unknown-title = Ce lien est incomplet
stop-unknown-text = Nous ne connaissons aucun message portant ce lien. Souvent, la fin a été coupée : ouvrez-le de nouveau depuis votre message, ou copiez la ligne entière dans la barre d’adresse.
answer-stop = Vous ne voulez plus de messages de { $organisation } ?
answer-stopped = Vous ne recevez plus de messages de { $organisation }.
answer-given-waiting-quiet = Vous ne voulez pas de messages : regardez ici si une place se libère. Si vous ne pouvez plus venir, dites-le ici et la personne suivante avancera.

# Dans la console.
row-opted-out = ne veut pas de messages
row-opted-out-title = Personne n’écrit à { $name } tant que cette personne ne veut pas de messages. Vous pouvez la prévenir autrement et confirmer pour elle.
filter-past-opted-out = Ne veulent pas de messages
filter-past-said-opted-out = ne veulent pas de messages
invitations-split-opted-out = { $count } { $count ->
    [one] ne veut pas de messages
   *[other] ne veulent pas de messages
}
send-opted-out = { $count ->
    [one] Une personne ne veut pas de messages ; on ne lui écrit pas :
   *[other] { $count } personnes ne veulent pas de messages ; on ne leur écrit pas :
}
send-opted-out-next = Vous pouvez les prévenir autrement et confirmer pour elles.
send-nobody-opted-out = Personne ici ne veut de messages.
bulk-invite-opted-out = { $count ->
    [one] une personne qui ne veut pas de messages
   *[other] { $shown } personnes qui ne veulent pas de messages
}

opt-out-card = Messages
opt-out-none = Reçoit les messages au sujet des formations.
opt-out-by-person = Ne veut pas de messages : l’a dit elle-même, { $since }.
opt-out-by-person-help = Cette personne seule peut revenir sur ce choix : par le lien au pied de n’importe quel e-mail, ou sur la page d’une invitation.
opt-out-by-administrator = Ne veut pas de messages : noté par un administrateur, { $since }.
opt-out-by-administrator-help = Cette personne peut aussi revenir elle-même sur ce choix, par le lien au pied de n’importe quel e-mail.
opt-out-record = Noter qu’elle ne veut pas de messages
opt-out-record-ask = Elle ne recevra plus ni invitations ni rappels. Ce qu’elle demande elle-même, et ce qui concerne les formations qu’elle a confirmées, lui parviendra toujours. L’a-t-elle demandé ?
opt-out-take-back = Lui écrire à nouveau
opt-out-recorded = Noté : plus de messages
opt-out-taken-back = Cette personne reçoit à nouveau les messages

conflict-opted-out = Cette personne ne veut pas de messages. Prévenez-la autrement et confirmez pour elle.
conflict-opted-out-themselves = Cette personne a dit elle-même ne pas vouloir de messages. Elle seule peut revenir sur ce choix.

repair-opted-out = Cette personne ne veut pas de messages : rien n’est envoyé. Prévenez-la autrement ; vous pouvez confirmer pour elle depuis sa ligne.

history-user-opted-out = ne veut plus de messages
history-user-opted-in = veut à nouveau des messages
history-user-opt-out-recorded = a noté que { $whom } ne veut pas de messages
history-user-opt-out-taken-back = a noté que { $whom } veut à nouveau des messages

# In the file of a training’s participants.
export-opted-out = Ne veut aucun message
export-opted-out-person = l’a dit
export-opted-out-administrator = noté par un administrateur
