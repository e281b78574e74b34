//! The lab: why it is refused, and what it cannot do.

use crate::net::Network;
use crate::words::InWords as _;
use crate::words::lab::{LabErrors, Labs};
use crate::words::translated::translated;

translated! { FRENCH:
    Labs {
        not_linux = "seul Linux a des réseaux privés";
        app_armor = "ici, seuls les programmes dotés d’un profil AppArmor peuvent créer un réseau privé (kernel.apparmor_restrict_unprivileged_userns vaut 1)";
        switched_off = "ici, les utilisateurs ne peuvent pas créer de réseaux privés (kernel.unprivileged_userns_clone vaut 0)";
        limit = "plus aucun réseau privé ne peut être créé ici (user.max_user_namespaces et user.max_net_namespaces)";
        not_in_kernel = "ce noyau n’a pas de réseaux privés (espaces de noms utilisateur et réseau)";
        no_netem = "ce noyau ne peut ni retarder ni perdre des paquets (il n’a pas netem)";
        sandbox(reason) = "le conteneur ou le bac à sable autour de ce programme interdit les réseaux privés ({reason})";
        no_helper(reason) = "son processus auxiliaire, une autre instance de ce programme, n’a pas démarré : {reason}";
        no_answer(reason) = "son processus auxiliaire ne répond pas : {reason}";
        no_packets(reason) = "ses paquets ne sont pas visibles : {reason}";
        failed(call, reason) = "échec de {call} : {reason}";
        server_in_lab = "le serveur qui écoute là est dans le labo, et ce client ne l’est pas";
        client_in_lab = "le serveur qui écoute là n’est pas dans le labo, mais ce client l’est";
        outside = "c’est en dehors du labo, qui n’a que les adresses de bouclage 127.0.0.1 et ::1";
        allow_profile = "Installez pour ce programme un profil AppArmor qui autorise userns, ou choisissez le réseau du système";
        allow_users = "Autorisez-le avec sysctl kernel.unprivileged_userns_clone=1, ou choisissez le réseau du système";
        choose_system = "Choisissez le réseau du système";
        choose_loopback = "Choisissez 127.0.0.1 ou ::1, ou le réseau du système";
        choose_same = "Choisissez le même réseau pour les deux";
        leave_plain = "Laissez vides le retard et la perte de paquets";
        try_again = "Réessayez : la prochaine tentative en démarre un autre";
    }

    LabErrors |language| {
        Refused(refusal) = { refusal.in_words(language) };
        Outside = { language.labs.outside.to_owned() };
        OtherNetwork(network) = {
            match network {
                Network::Lab => language.labs.server_in_lab,
                Network::System => language.labs.client_in_lab,
            }.to_owned()
        };
    }
}
