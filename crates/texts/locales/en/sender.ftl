# Whether the sender of e-mails is one that receivers believe.

sender-title = Deliverability
sender-lead = Whether mail servers believe the sender of your e-mails. What is published in the DNS is looked up anew each time; changes there take up to a day to be seen everywhere.
sender-from = E-mails come from { $address }.
sender-again = Look again
sender-looking = Looking…
sender-looked = Looked at.
sender-none = This server does not say how it sends. Look again on the server that does.
sender-is-good = good
sender-is-better = could be better
sender-is-wrong = wrong
sender-is-unknown = could not be looked up
sender-publish = Publish this in the DNS of your domain, where its other records are kept:
sender-record-kind = Type
sender-record-name = Name
sender-record-value = Value
sender-copy-name = Copy the name
sender-copy-value = Copy the value
sender-aspect = { $aspect ->
    [address] Sender’s address
    [spf] Who may send for the domain (SPF)
    [dkim] Signature (DKIM)
    [dmarc] What receivers shall do with forgeries (DMARC)
    [mx] Mail to the domain (MX)
    [encryption] Way to the mail server
    [login] Signing in at the mail server
    [reply_to] Where answers go
   *[bounces] Mails that come back
}

sender-unknown = Nobody answered. Is the network of the server in order? What was said:
sender-address-local = This address is known on this machine only: nobody can answer it, and mail servers refuse it. Set CONVOKE_MAIL_FROM on the server to an address of your domain.
sender-spf-missing = Nothing says which servers may send for your domain. Large mail services put such e-mails among spam, or refuse them. If a provider sends for you, take the record that it names instead.
sender-spf-twice = There are several records, and receivers believe none of them then. Make one of them.
sender-spf-everybody = The record lets everybody send in your name. End it with ~all or -all.
sender-spf-open = The record says of nobody that they may not send in your name. End it with ~all or -all.
sender-spf-good = Your domain says who may send for it. Whether your mail server is among them, a test message to an outside mailbox tells.
sender-dkim-off = Convoke does not sign. That is in order if your mail server does; else make a key, and set CONVOKE_DKIM_KEY and CONVOKE_DKIM_SELECTOR on the server.
sender-dkim-domain = The domain that signs is another than the sender’s, so the signature does not stand for the sender. Set CONVOKE_DKIM_DOMAIN to the sender’s domain.
sender-dkim-missing = E-mails are signed, but the public key is not published: nobody can verify the signature.
sender-dkim-other = What is published is another key than the one that signs: every signature counts as forged. Publish this one in its place.
sender-dkim-good = E-mails are signed, and the published key is the one that signs.
sender-dmarc-missing = Nothing says what receivers shall do with e-mails that only pretend to come from your domain. Large mail services ask for it. Begin with this record, which asks for nothing yet.
sender-dmarc-none = Receivers are asked to let forgeries through. When SPF and DKIM have been good for some weeks, change p=none to p=quarantine.
sender-dmarc-good = Receivers are asked to stop forgeries.
sender-dmarc-broken = The record names no policy, and receivers pass over it. Add p=none, p=quarantine or p=reject.
sender-dmarc-twice = There are several records, and receivers believe none of them then. Keep one.
sender-mx-missing = The domain takes no mail: answers and mails that come back are lost. Let it take mail, or choose another sender.
sender-mx-good = The domain takes mail: answers and mails that come back have somewhere to go.
sender-encryption-files = Nothing is sent: e-mails are written to files. Set CONVOKE_MAIL_URL on the server to your mail server.
sender-encryption-good = Nobody on the way to the mail server can read along.
sender-encryption-local = The mail server is on this machine: nothing to be read on the way.
sender-encryption-offered = It is encrypted if the mail server offers it. Add ?tls=required to CONVOKE_MAIL_URL, and it always is.
sender-encryption-off = E-mails, and what one signs in with, can be read on the way to the mail server. Take ?tls=off out of CONVOKE_MAIL_URL.
sender-login-same = Who signs in at the mail server is of the sender’s domain.
sender-login-other = Who signs in at the mail server is of another domain than the sender. Many providers put their own sender in its place, or refuse. Check that the mail server may send for the sender’s domain.
sender-reply-sender = Answers go to the sender’s address.
sender-reply-same = Answers go to an address of the sender’s domain.
sender-reply-other = Answers go to another domain than the sender’s. Some spam filters count that against an e-mail; an address of the sender’s domain is better.
sender-bounces-read = Mails that come back are noticed: rows say “bounced”.
sender-bounces-unread = Nobody notices when a mail comes back. Set CONVOKE_BOUNCES_URL on the server to the mailbox of the sender, or have the mail server post them (CONVOKE_HOOK_SECRET).
