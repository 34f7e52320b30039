# L’expéditeur des e-mails inspire-t-il confiance à ceux qui les reçoivent ?

sender-title = Remise des e-mails
sender-lead = Les serveurs de messagerie font-ils confiance à l’expéditeur de vos e-mails ? Ce qui est publié dans le DNS est relu à chaque fois ; un changement met jusqu’à une journée à être vu partout.
sender-from = Les e-mails viennent de { $address }.
sender-again = Vérifier à nouveau
sender-looking = Vérification…
sender-looked = Vérification terminée.
sender-none = Ce serveur ne dit pas comment il envoie. Vérifiez sur celui qui envoie.
sender-is-good = bien
sender-is-better = peut mieux faire
sender-is-wrong = à corriger
sender-is-unknown = vérification impossible
sender-publish = Publiez ceci dans le DNS de votre domaine, avec ses autres enregistrements :
sender-record-kind = Type
sender-record-name = Nom
sender-record-value = Valeur
sender-copy-name = Copier le nom
sender-copy-value = Copier la valeur
sender-aspect = { $aspect ->
    [address] Adresse de l’expéditeur
    [spf] Qui peut envoyer pour le domaine (SPF)
    [dkim] Signature (DKIM)
    [dmarc] Que faire des contrefaçons (DMARC)
    [mx] Courrier vers le domaine (MX)
    [encryption] Chemin vers le serveur de messagerie
    [login] Connexion au serveur de messagerie
    [reply_to] Destination des réponses
   *[bounces] E-mails qui reviennent
}

sender-unknown = Personne n’a répondu. Le réseau du serveur fonctionne-t-il ? Voici ce qui a été dit :
sender-address-local = Cette adresse n’existe que sur cette machine : personne ne peut y répondre et les serveurs de messagerie la refusent. Donnez à CONVOKE_MAIL_FROM, sur le serveur, une adresse de votre domaine.
sender-spf-missing = Rien ne dit quels serveurs peuvent envoyer pour votre domaine. Les grandes messageries classent ces e-mails parmi les indésirables ou les refusent. Si un prestataire envoie pour vous, prenez plutôt l’enregistrement qu’il indique.
sender-spf-twice = Il y a plusieurs enregistrements, et aucun n’est alors pris en compte. Réunissez-les en un seul.
sender-spf-everybody = L’enregistrement permet à tout le monde d’envoyer en votre nom. Terminez-le par ~all ou -all.
sender-spf-open = L’enregistrement n’interdit à personne d’envoyer en votre nom. Terminez-le par ~all ou -all.
sender-spf-good = Votre domaine dit qui peut envoyer pour lui. Un message de test vers une boîte extérieure dira si votre serveur de messagerie en fait partie.
sender-dkim-off = Convoke ne signe pas. C’est bien ainsi si votre serveur de messagerie le fait ; sinon créez une clé et indiquez CONVOKE_DKIM_KEY et CONVOKE_DKIM_SELECTOR sur le serveur.
sender-dkim-domain = Le domaine qui signe n’est pas celui de l’expéditeur : la signature ne vaut donc pas pour lui. Donnez à CONVOKE_DKIM_DOMAIN le domaine de l’expéditeur.
sender-dkim-missing = Les e-mails sont signés, mais la clé publique n’est pas publiée : personne ne peut vérifier la signature.
sender-dkim-other = La clé publiée n’est pas celle qui signe : chaque signature passe pour une contrefaçon. Publiez celle-ci à sa place.
sender-dkim-good = Les e-mails sont signés, et la clé publiée est celle qui signe.
sender-dmarc-missing = Rien ne dit que faire des e-mails qui se font passer pour ceux de votre domaine. Les grandes messageries le demandent. Commencez par cet enregistrement, qui n’exige encore rien.
sender-dmarc-none = L’enregistrement demande de laisser passer les contrefaçons. Quand SPF et DKIM sont bons depuis quelques semaines, remplacez p=none par p=quarantine.
sender-dmarc-good = L’enregistrement demande d’arrêter les contrefaçons.
sender-dmarc-broken = L’enregistrement n’indique aucune règle et n’est pas pris en compte. Ajoutez p=none, p=quarantine ou p=reject.
sender-dmarc-twice = Il y a plusieurs enregistrements, et aucun n’est alors pris en compte. N’en gardez qu’un.
sender-mx-missing = Le domaine ne reçoit pas de courrier : les réponses et les e-mails qui reviennent sont perdus. Faites-lui recevoir du courrier, ou choisissez un autre expéditeur.
sender-mx-good = Le domaine reçoit du courrier : les réponses et les e-mails qui reviennent ont une destination.
sender-encryption-files = Rien n’est envoyé : les e-mails sont écrits dans des fichiers. Indiquez votre serveur de messagerie dans CONVOKE_MAIL_URL.
sender-encryption-good = Personne ne peut lire les e-mails en chemin vers le serveur de messagerie.
sender-encryption-local = Le serveur de messagerie est sur cette machine : rien ne peut être lu en chemin.
sender-encryption-offered = L’échange est chiffré si le serveur de messagerie le propose. Ajoutez ?tls=required à CONVOKE_MAIL_URL pour qu’il le soit toujours.
sender-encryption-off = Les e-mails et les identifiants peuvent être lus en chemin vers le serveur de messagerie. Retirez ?tls=off de CONVOKE_MAIL_URL.
sender-login-same = Le compte utilisé au serveur de messagerie est du domaine de l’expéditeur.
sender-login-other = Le compte utilisé au serveur de messagerie est d’un autre domaine que l’expéditeur. Beaucoup de prestataires y mettent leur propre expéditeur, ou refusent. Vérifiez que le serveur peut envoyer pour le domaine de l’expéditeur.
sender-reply-sender = Les réponses vont à l’adresse de l’expéditeur.
sender-reply-same = Les réponses vont à une adresse du domaine de l’expéditeur.
sender-reply-other = Les réponses vont à un autre domaine que celui de l’expéditeur. Certains filtres s’en méfient ; une adresse du domaine de l’expéditeur est préférable.
sender-bounces-read = Les e-mails qui reviennent sont remarqués : les lignes disent « retourné ».
sender-bounces-unread = Personne ne remarque qu’un e-mail revient. Indiquez dans CONVOKE_BOUNCES_URL la boîte de l’expéditeur, ou faites-les transmettre par le serveur de messagerie (CONVOKE_HOOK_SECRET).
