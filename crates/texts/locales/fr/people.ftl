# L’annuaire.

people-title = Personnes
people-search = Rechercher une personne
people-search-hint = Rechercher par nom, e-mail ou matricule
people-column-name = Nom
people-column-type = Type
people-column-groups = Groupes
people-column-contact = E-mail et mobile
people-column-channel = Contact par
user-state-inactive = inactif
people-empty-title = L’annuaire est vide
people-empty-text = Importez vos personnes depuis un fichier : sur la machine où tourne Convoke, utilisez cette commande. Le guide d’utilisation donne les colonnes.
people-none-title = Personne ne correspond
people-none-text = Essayez avec moins de lettres, un autre groupe ou un autre type.
similar = approchant
similar-title = S’écrit un peu autrement que ce que vous avez tapé
