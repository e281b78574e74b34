//! Rows of the timeline in words, and all else that find, copying and exports have said.

use super::absent;
use crate::words::row::Rows;
use crate::words::translated::translated;

translated! { FRENCH:
    Rows {
        of_endpoint(name, row) = "{name} : {row}";
        received(size, text) = "reçu {size} : {text}";
        received_from(size, peer, text) = "reçu {size} de {peer} : {text}";
        sent(size, text) = "envoyé {size} : {text}";
        sent_to(size, peer, text) = "envoyé {size} à {peer} : {text}";
        good_frame(size) = "trame correcte de {size}";
        bad_frame(size) = "trame incorrecte de {size}";
        not_kept(bytes) = "[non conservé : {bytes}]";
        gap(file, file_offset, offset, what) = "{file} : à l’octet {file_offset} du fichier, octet {offset} du flux : {what}";
        cut_datagram(file, what) = "{file} : à sa fin : {what}";
        gap_not_kept(bytes) = "non conservé : {bytes}";
        gap_damaged(bytes) = "endommagé dans la capture : {bytes}";
        gap_not_captured(bytes) = "absent du fichier de capture : {bytes}";
        gap_not_exported(bytes) = "hors de cette exportation : {bytes}";
        unreadable(entry, why) = "entrée {entry} illisible : {why}";
        unreadable_run(entries, first, last, why) = "{entries} illisibles, numéros {first} à {last} : {why}";
        real = "Paquets du labo, tels que le noyau les a délivrés";
        real_and_reconstructed = "Les paquets de l’interface lo sont ceux du labo, tels que le noyau les a délivrés. Ceux des autres interfaces, s’il y en a, sont reconstitués à partir des événements des sockets : seuls leurs charges utiles, leur ordre et leurs heures sont réels.";
        reconstructed = "Les en-têtes des paquets sont reconstitués à partir des événements des sockets : aucun paquet n’a été capturé. Les charges utiles, leur ordre et leurs heures sont réels ; les numéros de séquence, les acquittements, les tailles de segment et les fenêtres ne le sont pas. Pour les connexions TLS, les charges utiles sont le texte en clair que ce programme a envoyé et déchiffré, et non les octets passés sur le réseau.";
        no_beginning = "le début de cette connexion n’est pas dans cette exportation";
        missing_before(count, bytes) = { format!("{bytes} de ce flux avant ce paquet {}", absent(count)) };
        decrypted = "en clair : sur le réseau, cette connexion est chiffrée par TLS à partir d’ici ; l’un de ses côtés, dans ce programme, a déchiffré les charges utiles";
        assumed_end = "non observé : la connexion a été fermée ici avant que le pair ait terminé";
    }
}
