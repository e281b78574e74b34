//! Endpoints as code: what it does not carry over.

use crate::words::InWords as _;
use crate::words::code::{CodeLacks, CodePlaces, RuleLacks};
use crate::words::translated::translated;

translated! { FRENCH:
    CodeLacks |language| {
        Lab = "Non repris : le labo ; ceci utilise le réseau du système";
        Framing(framing) = "Non repris : le découpage {framing} ; chaque lecture est une requête";
        Field(place, field) = { format!("Non repris : le champ {{{{{field}}}}} {}", place.in_words(language)) };
        Rule(name, what) = { format!("Non repris : règle {name:?} : {}", what.in_words(language)) };
        Reply = "Non repris : la réponse ; rien n’est répondu";
        Reconnect = "Non repris : la reconnexion";
        ReplyToReads = "Non repris : une réponse à chaque requête ; c’est chaque ligne qui reçoit une réponse";
        CloseAfterReply = "Non repris : la fermeture après la réponse";
        AnswerAfterFinish = "Non repris : les réponses à un pair qui a terminé l’envoi ; ncat met aussitôt fin à la connexion";
        HalfOpen = "Non repris : rester à demi ouvert quand le pair termine";
        ReadBuffer = "Non repris : le tampon de lecture";
        OtherPeers = "Non repris : les pairs autres que le premier";
        Backlog = "Non repris : le backlog";
        Mode = "Non repris : les droits du fichier du socket";
        SocketOptions = "Non repris : les options du socket";
        DualStack = "Non repris : l’écoute sur IPv4 aussi";
        StartTls = "Non repris : STARTTLS ; la connexion reste en clair";
        TlsIdentity(file) = "Non repris : les certificats établis par l’AC de Bothends ; mettez-en un avec sa clé (PEM) dans {file}";
        TlsIdentityOfNcat = "Non repris : les certificats établis par l’AC de Bothends ; ncat en établit un qu’il signe lui-même";
        AuthorityFile(file) = "Nécessaire à côté : le certificat de l’AC de Bothends ; bothends ca > {file}";
        OwnAuthority = "Non repris : la confiance en l’AC de Bothends ; écrivez-la dans un fichier avec : bothends ca";
        TlsFlaw = "Non repris : le défaut volontaire du certificat";
        TlsFault = "Non repris : ce que TLS fait mal exprès";
        TlsNoName = "Non repris : ne pas envoyer de nom de serveur ; le nom vérifié est envoyé";
        TlsVersions = "Non repris : le choix des versions de TLS";
        TlsClients = "Non repris : demander des certificats aux clients";
        TlsClientIdentity = "Non repris : le certificat du client lui-même";
        TlsHalfClose = "Non repris : recevoir après la fin de l’envoi ; avec TLS, Python met fin à la connexion";
    }

    CodePlaces |language| {
        Greeting = "du message d’accueil";
        Reply = "de la réponse";
        Message = "du message";
        Rule(name) = "de la règle {name:?}";
    }

    RuleLacks |language| {
        Time = "toute la règle, parce qu’elle dépend du temps";
        From = "toute la règle, parce qu’elle ne vaut que pour certains pairs";
        Check = "toute la règle, parce qu’elle vérifie une somme de contrôle";
        Within = "toute la règle, parce qu’elle interroge ce qui est mémorisé";
        Regex = "toute la règle, parce que Python n’a pas cette expression régulière";
        Memory = "ce qu’elle mémorise ou oublie";
        Others = "ce qu’elle fait à d’autres connexions";
        Luck = "un message perdu ou altéré au hasard";
        Tls = "le démarrage de TLS";
        Reading = "l’arrêt de la lecture";
        Pace = "la vitesse d’envoi";
    }
}
