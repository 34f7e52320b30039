# Ce que le programme dit en ligne de commande.

check-value = Valeur : { $value }
check-example = Par exemple : { $example }
check-setting = Ce réglage n’est pas compris : { $cause }
check-addr = Ce n’est pas une adresse d’écoute. Il faut une adresse IP et un port.
check-addr-taken = Le serveur ne peut pas écouter ici : { $cause }
check-base-url = Ce n’est pas une adresse web. Elle commence par https:// (ou http://) et nomme un hôte.
check-base-url-bare = Seuls le schéma, l’hôte et éventuellement le port sont attendus ici : ni chemin, ni utilisateur, ni point d’interrogation.
check-base-url-missing = Le serveur écoute au-delà de cette machine, mais son adresse publique n’est pas donnée : les liens des messages ne mèneraient nulle part.
check-database-scheme = L’adresse de la base de données doit commencer par sqlite: ou postgres://.
check-database = La base de données n’a pas pu être ouverte : { $cause }
check-database-time = La base de données n’a pas répondu en { $cause } secondes.
check-mail-reach = Le serveur de messagerie est injoignable : { $cause }
check-mail-greeting = Ce qui répond ici n’est pas un serveur de messagerie : réponse { $cause }
check-mail-folder = Les e-mails ne peuvent pas être écrits dans le dossier : { $cause }
check-sms-reach = La passerelle SMS est injoignable : { $cause }
check-sms-folder = Les SMS ne peuvent pas être écrits dans le dossier : { $cause }
check-files-url = Ceci n’est ni file:DOSSIER ni s3://bucket/préfixe. Les clés se donnent dans AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY.
check-files = Les fichiers ne peuvent pas être conservés à cet endroit : { $cause }
check-bounces = La boîte où reviennent les e-mails ne peut pas être lue : { $cause }
check-hook-secret = Il faut au moins 24 lettres, chiffres, - et _.
check-max-upload = Ceci n’est pas un nombre de mégaoctets de 1 à 5000.
check-pace = Ceci n’est pas un nombre de messages par minute de 1 à 1000000.
check-proxies = Ce n’est ni une adresse IP ni un réseau.
check-site = Le site construit n’est pas dans ce dossier. Construisez-le, ou indiquez le dossier où il se trouve.
check-public-demo = Les données de démonstration ont des mots de passe connus de tous, et le serveur écouterait au-delà de cette machine. Écoutez sur 127.0.0.1, ou ajoutez --allow-public-demo.
check-title-wrong = { $count ->
    [one] Une chose ne va pas dans la configuration :
   *[other] { $count } choses ne vont pas dans la configuration :
}
check-title-good = La configuration est bonne.
check-good-addr = Le serveur peut écouter sur { $value }
check-good-base-url = On l’atteint à { $value }
check-good-database = La base de données répond ({ $value })
check-good-database-new = Le premier démarrage créera la base de données { $value }
check-good-mail = Les e-mails vont vers { $value }
check-good-sms = Les SMS vont vers { $value }
check-good-mail-pace = Au plus { $value } e-mails par minute
check-good-domain-pace = Au plus { $value } e-mails par minute vers un même domaine
check-good-sms-pace = Au plus { $value } SMS par minute
check-good-bounces = Les e-mails qui reviennent sont lus dans { $value }
check-good-files = Les fichiers sont conservés dans { $value }
check-good-site = Le site est dans { $value }

serve-listening = Convoke est à { $address }
serve-set-up = Cette installation est vide. Installez-la à { $address }
serve-demo-filled = La base de données était vide et contient maintenant des données de démonstration.
serve-demo-kept = La base de données n’est pas vide : aucune donnée de démonstration n’a été ajoutée.
serve-demo-accounts = Comptes de démonstration, tous avec le mot de passe { $password } :
serve-stopping = Arrêt : les messages en cours sont d’abord terminés.
serve-stopped = Arrêté.

migrate-done = La base de données est à jour.
import-done = { $created } nouveaux, { $updated } modifiés, { $unchanged } inchangés, { $bad ->
    [one] une ligne refusée
   *[other] { $bad } lignes refusées
}.
import-columns-unknown = Ces colonnes ne sont pas connues et ont été ignorées : { $columns }
import-nothing = Rien n’a pu être repris de ce fichier.
import-open = Le fichier ne peut pas être lu : { $cause }
organisation-unknown = Il n’y a pas d’organisation de ce nom. Créez la première avec la page d’installation ou avec : convoke admin create
admin-created = { $email } est maintenant administrateur.
admin-password = Mot de passe (affiché cette seule fois) : { $password }
command-failed = Cela n’a pas marché : { $cause }

# Signatures of mails
check-dkim-selector = Il est nécessaire avec CONVOKE_DKIM_KEY : le nom sous lequel la clé publique est publiée.
check-dkim-key = Il est nécessaire avec CONVOKE_DKIM_SELECTOR : le fichier de la clé privée qui signe les e-mails.
check-dkim-unreadable = Le fichier de la clé ne peut pas être lu : { $cause }.
check-dkim-wrong = Les e-mails ne peuvent pas être signés avec cette clé : { $cause }.
check-good-dkim = Les e-mails sont signés ; la clé publique va sous { $value }
