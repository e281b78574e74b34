//! The detail pane: the whole of one entry.

use super::{duration, grouped, noun};
use crate::words::detail::Detail;
use crate::words::translated::translated;

translated! { FRENCH:
    Detail {
        what_happened = "Que s’est-il passé ici ?";
        what_happened_sign = "?";
        not_kept = "Cette entrée n’est plus conservée";
        show_as = "Afficher en";
        text = "Texte";
        text_and_hex = "Texte et hexa";
        hex = "Hexa";
        structure = "Structure";
        both_ends = "Les deux côtés";
        hex_dump = "Vidage hexa";

        encrypted(heading, wire) = { format!("{heading}, {} sous forme chiffrée", grouped(wire as u64)) };
        encrypted_why = "Ce que c’était sur le réseau : TLS ajoute l’en-tête de chaque enregistrement, et ce qui le protège des modifications";
        sent(bytes) = { format!("Envoyé {}", noun(bytes, "octet", "octets")) };
        received(bytes) = { format!("Reçu {}", noun(bytes, "octet", "octets")) };
        to(peer) = "à {peer}";
        from(peer) = "de {peer}";
        by(peer, endpoint) = "{peer} par {endpoint}";
        byte_of_stream(offset) = { format!("octet {} du flux", grouped(offset)) };
        bytes_of_stream(first, last) = { format!("octets {} à {} du flux", grouped(first), grouped(last)) };
        by_user = "demandé par vous";
        by_responder = "demandé par la réponse de l’extrémité";
        by_relay = "transmis";
        by_sequence = "demandé par une séquence";
        by_rule(rule) = "demandé par la règle {rule}";
        by_rule_why = "Afficher la règle ; elle a pu changer depuis";
        since_previous(time) = { format!("{} après la ligne précédente", duration(time)) };
        no_glyph(character) = { format!("Aucune police installée n’affiche U+{:04X} : installez-en une qui l’affiche, par exemple Noto Sans", u32::from(character)) };

        copy_as = "Copier en…";
        copy_text = "Texte";
        copy_hex = "Hexa";
        copy_escaped = "Chaîne échappée";
        copy_c_array = "Tableau C";

        reuse = "Réutiliser…";
        reuse_hint = "Renvoyer ces octets, les enregistrer ou les comparer à d’autres";
        send_again = "Renvoyer";
        send_again_to(recipient) = "Renvoyer à {recipient}";
        edit = "Modifier et envoyer";
        save = "Enregistrer le message";
        set_base = "Prendre comme base de comparaison";
        name_sent(size, beginning) = "Envoyé {size} : {beginning}";
        name_received(size, beginning) = "Reçu {size} : {beginning}";

        held_between(held, first, last) = "{held}, {first} à {last}";
        chunk_of(chunk, chunks) = { format!("morceau {} sur {}", grouped(chunk as u64), grouped(chunks as u64)) };
        next_chunk = "Morceau suivant";
        previous_chunk = "Morceau précédent";

        end_comparison = "Terminer la comparaison";
        base_dump = "Vidage hexa de la base de comparaison";
        compared(differences, base) = "{differences}, par rapport à {base}";
        changed(bytes) = { noun(bytes, "octet modifié", "octets modifiés") };
        added(bytes) = { noun(bytes, "octet ajouté", "octets ajoutés") };
        removed(bytes) = { noun(bytes, "octet retiré", "octets retirés") };
        unaligned = "comparé position par position";
        identical = "Octets identiques";

        no_other_end = "L’autre côté de cette connexion appartient à un autre programme : il n’est donc pas dans cette capture";
        other_end = "L’autre côté";
        wrote(endpoint, writes) = { format!("{endpoint} a envoyé ceci en {}", noun(writes as u64, "écriture", "écritures")) };
        read(endpoint, reads) = { format!("{endpoint} a reçu ceci en {}", noun(reads as u64, "lecture", "lectures")) };
        chunk_at(size, time) = "{size} à {time}";
        chunk_after(size, time) = "{size} après {time}";
        no_chunk = "non capturé";

        payload_only = "Charge utile seule";
        payload_only_hint = "Sans délimiteurs ni champs de longueur, et échappements décodés";
        in_reads(reads) = { format!("En {} :", noun(reads as u64, "lecture", "lectures")) };
        in_writes(writes) = { format!("En {} :", noun(writes as u64, "écriture", "écritures")) };
        chunks_hint = "TCP est un flux d’octets : lectures et écritures peuvent s’arrêter n’importe où dans un message";
        good_frame(check) = "Correcte : {check}";
        bad_frame(problem) = "Incorrecte : {problem}";
        no_frame(framing, problem) = "Pas une trame selon {framing} : {problem}";

        choose_byte = "Cliquez sur un octet pour le lire comme un nombre, une heure ou un caractère";
        byte_as(offset) = "Octet {offset} lu comme";
        little_endian(kind) = "{kind} petit-boutiste";
        big_endian(kind) = "{kind} gros-boutiste";
        little_endian_short(kind) = "{kind} LE";
        big_endian_short(kind) = "{kind} BE";
        unix_seconds = "Heure Unix, s";
        unix_millis = "Heure Unix, ms";

        read_as = "Lire comme";
        detect = "Auto";
        no_structure = "Aucune structure connue n’a été trouvée. Choisissez-en une ci-dessus pour l’essayer.";
    }
}
