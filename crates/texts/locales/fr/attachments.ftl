# Fichiers joints aux e-mails d’une formation.

attachments-title = Pièces jointes
attachments-help = Des fichiers de cette formation qui accompagnent cet e-mail : 5 au plus, et 10 Mo en tout. La personne qui reçoit l’e-mail les reçoit aussi, même si vous ne les avez pas encore partagés avec les participants.
attachments-organisation = Un fichier accompagne les e-mails d’une seule formation : choisissez-le dans celle-ci, sous Textes des messages.
attachments-none = Cette formation n’a pas encore de fichier.
attachments-add = Ajouter des fichiers sous Documents
attachments-not-shared = non partagé avec les participants
attachments-at-once = Chaque choix s’applique tout de suite, à tous les messages qui ne sont pas encore partis.
attachments-done = { $name } accompagne désormais cet e-mail.
attachments-taken-off = { $name } n’accompagne plus cet e-mail.
attachments-other = Dans l’autre langue ({ $language }) : { $files }
attachments-other-none = Dans l’autre langue ({ $language }), rien ne l’accompagne.
error-attachments-many = Un e-mail peut avoir 5 pièces jointes au plus. Retirez-en d’abord une.
error-attachments-large = Ensemble, les fichiers dépasseraient 10 Mo, ce que beaucoup de serveurs refusent. Retirez-en un, ou partagez-le plutôt dans l’espace de formation.
document-attached-to = { $kind } ({ $language })
documents-attached = Accompagne : { $texts }
documents-delete-attached = Il accompagne des e-mails : { $texts }. Ceux qui ne sont pas encore partis s’en iront sans lui.
message-attached = Pièces jointes : { $files }
message-attachments = Pièces jointes
history-text-attached = a joint « { $title } » à un message : { $text }
history-text-detached = a retiré « { $title } » d’un message : { $text }
problem-attachment-missing = pièce jointe manquante
language-within-en = anglais
language-within-fr = français
