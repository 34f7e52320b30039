# What the program says on the command line.

check-value = It says: { $value }
check-example = For example: { $example }
check-setting = { $cause }
check-addr = This is not an address to listen on. It takes an IP address and a port.
check-addr-taken = The server cannot listen there: { $cause }
check-base-url = This is not a web address. It starts with https:// (or http://) and names a host.
check-base-url-bare = Only the scheme, the host and perhaps a port are wanted here: no path, no user, no question mark.
check-base-url-missing = The server listens beyond this machine, but its public address is not given: links in messages would lead nowhere.
check-database-scheme = The address of the database must start with sqlite: or postgres://.
check-database = The database could not be opened: { $cause }
check-database-time = The database did not answer within { $cause } seconds.
check-mail-reach = The mail server could not be reached: { $cause }
check-mail-greeting = What answers there is not a mail server: it said { $cause }
check-mail-folder = Mails cannot be written to the folder: { $cause }
check-sms-reach = The SMS gateway could not be reached: { $cause }
check-sms-folder = SMS cannot be written to the folder: { $cause }
check-files-url = This is neither file:FOLDER nor s3://bucket/prefix. Keys are given in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
check-files = Files cannot be kept there: { $cause }
check-bounces = The mailbox that mails come back to cannot be read: { $cause }
check-hook-secret = It needs at least 24 letters, digits, - and _.
check-max-upload = This is not a number of megabytes from 1 to 5000.
check-pace = This is not a number of messages a minute from 1 to 1000000.
check-proxies = This is neither an IP address nor a network.
check-site = The built site is not in this folder. Build it, or name the folder where it is.
check-public-demo = Demo data has well-known passwords, and the server would listen beyond this machine. Listen on 127.0.0.1, or add --allow-public-demo.
check-title-wrong = { $count ->
    [one] One thing is wrong with the configuration:
   *[other] { $count } things are wrong with the configuration:
}
check-title-good = The configuration is good.
check-good-addr = The server can listen on { $value }
check-good-base-url = People reach it at { $value }
check-good-database = The database answers ({ $value })
check-good-database-new = The first start will make the database { $value }
check-good-mail = Mails go to { $value }
check-good-sms = SMS go to { $value }
check-good-mail-pace = At most { $value } e-mails a minute
check-good-domain-pace = At most { $value } e-mails a minute to one domain
check-good-sms-pace = At most { $value } SMS a minute
check-good-bounces = Mails that come back are read from { $value }
check-good-files = Files are kept in { $value }
check-good-site = The site is in { $value }

serve-listening = Convoke is at { $address }
serve-set-up = This installation is empty. Set it up at { $address }
serve-demo-filled = The database was empty and now has demo data.
serve-demo-kept = The database is not empty: no demo data was added.
serve-demo-accounts = Demo accounts, all with the password { $password }:
serve-stopping = Stopping: messages in flight are finished first.
serve-stopped = Stopped.

migrate-done = The database is up to date.
import-done = { $created } new, { $updated } changed, { $unchanged } unchanged, { $bad ->
    [one] one line not taken
   *[other] { $bad } lines not taken
}.
import-columns-unknown = These columns are not known and were left out: { $columns }
import-nothing = Nothing could be taken from this file.
import-open = The file cannot be read: { $cause }
organisation-unknown = There is no organisation of this name. Create the first one with the set-up page or with: convoke admin create
admin-created = { $email } is an administrator now.
admin-password = Password (shown only this once): { $password }
command-failed = This did not work: { $cause }

# Signatures of mails
check-dkim-selector = It is needed beside CONVOKE_DKIM_KEY: the name under which the public key is published.
check-dkim-key = It is needed beside CONVOKE_DKIM_SELECTOR: the file with the private key that mails are signed with.
check-dkim-unreadable = The key file cannot be read: { $cause }.
check-dkim-wrong = Mails cannot be signed with it: { $cause }.
check-good-dkim = E-mails are signed; the public key belongs to { $value }
