# L’éditeur de formulaire.

form-fields = Champs
form-switch = Ce qui est affiché
form-switch-fields = Champs
form-add = Ajouter un champ
form-always = toujours demandé
form-nothing = Le prénom et le nom sont demandés. Ajoutez ce que vous voulez savoir d’autre.
form-no-address = Sans champ qui remplit une adresse e-mail ou un numéro de mobile, personne n’est reconnu, et personne ne reçoit de message.
form-full = Un formulaire a au plus { $count } champs.
form-field-unnamed = Sans titre
form-required = obligatoire
form-required-help = Réponse obligatoire
form-required-tick = À cocher pour s’inscrire
form-answered = { $count ->
    [one] { $count } personne a répondu
   *[other] { $count } personnes ont répondu
}
form-wrong = à corriger
form-drag = Glisser pour déplacer
form-up = Monter « { $name } »
form-down = Descendre « { $name } »
form-up-title = Monter
form-down-title = Descendre
form-duplicate = Dupliquer « { $name } »
form-duplicate-title = Dupliquer
form-remove = Retirer
form-remove-name = Retirer « { $name } »
form-field-added = Le champ « { $name } » a été ajouté.
form-field-moved = « { $name } » est maintenant { $place } sur { $count }.
form-field-removed = Le champ « { $name } » a été retiré.
form-label-in = Question ({ $language })
form-help-in = Aide en dessous ({ $language })
form-preview = Aperçu
form-preview-language = Langue de l’aperçu
form-preview-register = S’inscrire
form-changed = Modifications non publiées
form-publish = Publier
form-publishing = Publication…
form-published = Le formulaire est publié.
form-discard = Abandonner les modifications
form-discard-title = Abandonner les modifications ?
form-discard-text = Le formulaire revient à ce qui est publié.
form-keep-editing = Continuer
form-leave = Quitter
form-leave-title = Quitter sans publier ?
form-leave-text = Les modifications de ce formulaire ne sont pas publiées. Elles sont perdues si vous quittez.
form-remove-title = Retirer « { $name } » ?
form-remove-text = { $count ->
    [one] { $count } personne a répondu à ce champ. La réponse est gardée et reste dans l’export, mais la question n’est plus posée.
   *[other] { $count } personnes ont répondu à ce champ. Leurs réponses sont gardées et restent dans l’export, mais la question n’est plus posée.
}
form-remove-keep = Garder le champ
form-overtaken-title = Quelqu’un d’autre a publié ce formulaire entre-temps.
form-overtaken-text = Vos modifications sont toujours là. Continuez avec les vôtres et publiez-les par-dessus, ou prenez l’autre formulaire et perdez les vôtres.
form-keep-mine = Garder le mien
form-take-theirs = Prendre l’autre

kind-short-text = Texte court
kind-long-text = Texte long
kind-email = E-mail
kind-mobile = Mobile
kind-number = Nombre
kind-date = Date
kind-one-choice = Un choix
kind-several-choices = Plusieurs choix
kind-tick-box = Case à cocher

limit-least-length = Au moins tant de caractères
limit-most-length = Au plus tant de caractères
limit-least-number = Plus petit nombre
limit-most-number = Plus grand nombre
limit-first-day = Premier jour
limit-last-day = Dernier jour
limit-least-choices = Au moins tant
limit-most-choices = Au plus tant

fills-label = Remplit aussi dans l’annuaire
fills-help = Seulement pour les nouvelles personnes : ce qu’on sait de quelqu’un ne change jamais par une inscription.
fills-nothing = Rien
fills-email = L’adresse e-mail
fills-mobile = Le numéro de mobile
fills-employee-id = Le matricule
fills-group = Les groupes
fills-user-type = Le type d’utilisateur
fills-taken = { $name } (un autre champ le fait)

choices-title = Options
choices-add = Ajouter une option
choices-option-in = Option { $number } ({ $language })
choices-names = Ce que l’option { $number } désigne
choices-names-none = Désigne…
choices-stands-for = Désigne { $name }
choices-up = Monter l’option { $number }
choices-down = Descendre l’option { $number }
choices-remove = Retirer l’option { $number }
choices-remove-title = Retirer
