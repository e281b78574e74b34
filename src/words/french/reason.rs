//! Why the system refused something.

use crate::words::reason::Reasons;
use crate::words::translated::translated;

translated! { FRENCH:
    Reasons {
        in_use = "le port est déjà utilisé";
        path_in_use = "le chemin est déjà utilisé";
        not_ours = "l’adresse n’est pas sur cette machine";
        not_permitted = "non autorisé";
        refused = "refus (rien n’accepte de connexions à cet endroit)";
        reset = "connexion réinitialisée par le pair (RST)";
        unix_reset = "connexion réinitialisée par le pair";
        aborted = "connexion abandonnée par le système";
        not_connected = "pas de connexion";
        broken_pipe = "le pair n’accepte plus d’octets";
        timed_out = "délai dépassé";
        host_unreachable = "hôte injoignable";
        network_unreachable = "réseau injoignable (aucune route)";
        network_down = "le réseau est coupé";
        out_of_memory = "mémoire insuffisante";
        unsupported = "non pris en charge par ce système";
        out_of_descriptors = "plus aucun descripteur de fichier disponible";
        no_family = "cette machine n’a pas cette famille d’adresses (pas d’IPv6 ?)";
        disk_full = "le disque est plein";
        no_such_file = "fichier ou dossier introuvable";
        read_only = "le volume est en lecture seule";
        not_a_file = "ce n’est pas un fichier";
        unknown(code) = "erreur système {code}";
        name_not_found = "aucune adresse trouvée pour ce nom";
        name_not_found_as(text) = "aucune adresse trouvée pour ce nom ({text})";
    }
}
