//! What would help where TLS failed.

use crate::words::tls_advice::TlsAdvices;
use crate::words::translated::translated;

translated! { FRENCH:
    TlsAdvices {
        trust(issuer) = "Si c’est bien le pair que vous voulez, faites confiance à son AC : choisissez comme racines le fichier contenant le certificat de {issuer}";
        send_chain(issuer) = "Réglez le pair pour qu’il envoie toute sa chaîne, ou faites confiance à son AC : choisissez comme racines le fichier contenant le certificat de {issuer}";
        trust_itself = "Si c’est bien le pair que vous voulez, choisissez comme racines le fichier de son certificat ; pour un test, cette extrémité peut aussi se passer de vérification";
        ask_for(names, expected) = "Demandez l’un des noms que porte le certificat ({names}), ou donnez au pair un certificat pour {expected}";
        name_it(expected) = "Donnez au pair un certificat qui a {expected} parmi ses noms alternatifs";
        renew = "Faites renouveler le certificat du pair ; si la date est fausse ici, réglez l’horloge de cette machine";
        wait = "Si la date est fausse ici, réglez l’horloge de cette machine ; sinon attendez cette date, ou faites établir un autre certificat";
        for_use = "Faites établir un certificat pour cet usage : les serveurs ont besoin de serverAuth, les clients de clientAuth, parmi les usages étendus de la clé";
        same_pair = "Vérifiez que le certificat et la clé du pair vont ensemble, et que les racines choisies contiennent exactement cette AC : deux AC du même nom ont des clés différentes";
        longer_key = "Faites établir un certificat avec une clé plus longue : RSA de 2048 bits ou plus, ou ECDSA avec P-256";
        better_signature = "Faites signer de nouveau le certificat, avec SHA-256 ou mieux";
        new_certificate = "Faites établir un nouveau certificat pour le pair";
        common_version = "Utilisez TLS 1.2 ou 1.3 des deux côtés ; les versions plus anciennes ne sont plus sûres et ne sont pas prises en charge ici";
        common_suite = "Autorisez d’un côté une suite de chiffrement de l’autre";
        common_group = "Autorisez d’un côté un groupe de l’autre ; presque tous connaissent x25519 et secp256r1";
        common_scheme = "Donnez au serveur un certificat avec un autre type de clé : presque tous les clients acceptent RSA et ECDSA avec P-256";
        common_protocol = "Saisissez le même protocole des deux côtés, ou aucun d’un côté";
        give_client_one = "Donnez un certificat au client, ou réglez ce serveur pour qu’il en demande un sans l’exiger";
        choose_one = "Choisissez un certificat et sa clé pour ce client, d’une AC à laquelle le serveur fait confiance";
        let_peer_trust = "Faites en sorte que le pair fasse confiance à l’AC qui a signé le certificat de ce côté (celle de ce programme peut être exportée), ou utilisez un certificat d’une AC à laquelle il fait confiance";
        our_dates = "Vérifiez les dates du certificat de ce côté, et l’horloge de la machine du pair";
        our_certificate = "Examinez le certificat de ce côté du point de vue du pair : ses noms, ses dates, son usage et son AC ; le journal du pair en dit peut-être davantage";
        plain_server = "Le serveur parle HTTP en clair ici : utilisez tcp://, ou son port TLS (souvent 443)";
        plain_client = "Le client parle HTTP en clair : utilisez-y https://, ou réglez ce serveur pour qu’il écoute sans TLS";
        ssh = "SSH a son propre chiffrement : utilisez tcp:// pour l’observer, ou un autre port";
        starttls = "Utilisez tcp:// et commencez TLS quand le protocole le permet (STARTTLS), ou utilisez le port TLS du pair";
        use_tcp = "Utilisez tcp:// si le pair parle un autre protocole ici, ou vérifiez le port";
        is_it_tls = "Vérifiez que ce port est bien un port TLS : un pair qui attend du texte en clair reste muet. Utilisez alors tcp://, ou commencez TLS plus tard (STARTTLS)";
        more_time = "Réessayez, ou allongez le délai ; le reste s’est peut-être perdu en chemin";
        look_there = "Regardez le journal du pair : un côté à qui un nom, une version ou un certificat ne convient pas se contente parfois de fermer";
        on_the_way = "Réessayez ; si cela persiste, cherchez un proxy ou un équipement défectueux sur le chemin";
        faulty_peer = "Cherchez un défaut dans le TLS du pair, ou quelque chose sur le chemin qui modifie des octets";
        ask_other_name = "Demandez un nom que le serveur connaît";
        peers_log = "Regardez le journal du pair";
        allow_more = "Autorisez davantage d’un côté : versions, suites de chiffrement, groupes ; certains serveurs veulent aussi un certificat du client, ou un autre nom";
    }
}
