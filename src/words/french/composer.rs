//! The composer: the message being written, and what becomes of it.

use super::{bytes, duration, grouped, noun};
use crate::words::composer::Composer;
use crate::words::translated::translated;
use std::time::Duration;

translated! { FRENCH:
    Composer {
        message = "Message";
        text_hint = "Saisissez un message";
        hex_hint = "Chiffres hexa : 48 65 6C";
        send = "Envoyer";
        send_empty = "Envoyer un datagramme vide";
        empty_datagram = "0 octet : un datagramme peut être vide";
        too_long(bytes) = "{bytes}, c’est trop pour un datagramme, qui en contient au plus 65 507. Envoyez-en moins, ou réglez Octets par datagramme sous Vitesse d’envoi";
        to = "À";
        send_to = "Envoyer à";
        nobody = "Aucun destinataire";
        to_address(name, address) = "{name} → {address}";
        all_peers(server) = "{server} : tous les pairs";
        and_more(first, more) = "{first} et {more} de plus";
        include(recipients) = "Envoyer aussi à {recipients}";
        selected_peers(server, count) = "{server} : pairs sélectionnés ({count})";
        format = "Format";
        text = "Texte";
        hex = "Hexa";
        line_ending = "Fin de ligne";
        no_ending = "Aucune";
        lf = "LF";
        cr = "CR";
        crlf = "CRLF";
        escapes = "Échappements";
        escapes_why = r"Activé : \n \r \t \0 \\ \xNN \u{…} dans le texte désignent des octets. Désactivé : une barre oblique inverse reste telle quelle.";
        template = "Modèle";
        template_why = "Activé : des champs comme {{counter}}, {{time}} et {{crc CRC-16/MODBUS le}} sont calculés à chaque envoi du message. Désactivé : {{ et }} restent tels quels.";

        completions = "Complétions";
        with_file(bytes, file) = "{bytes} et {file}";
        unfinished = "Un champ se termine par }}";
        exact = "Octets qui seront envoyés";
        computed = "Octets tels qu’ils seraient envoyés maintenant ; ceux en surbrillance sont calculés à ce moment-là";
        escapes_off = "Désactiver les échappements";

        pasted(kind) = "Vous avez collé {kind}";
        take_as_hex(bytes) = "Convertir en hexa ({bytes})";
        keep_text = "Garder en texte";

        repeat_menu = "Répéter…";
        repeat_why = "Envoyer le message à intervalles réguliers";
        repeat = "Répéter";
        every = "Toutes les";
        period = "Intervalle entre deux messages";
        period_why = "500ms ou 2s, par exemple ; un nombre seul est en millisecondes";
        times = "Nombre de fois";
        times_why = "Vide : jusqu’à l’arrêt";
        endless = "∞";
        times_unit = "fois";
        until_reply = "jusqu’à une réponse";
        stop_repeating = "Arrêter";
        stop_repeating_why = "Arrêter la répétition du message (Échap)";
        dismiss_repeated = "Masquer";
        repeating(times, of, period) = { repeating(times, of, period) };
        repeated(times) = { format!("Répété {} fois", grouped(times)) };
        repeat_stopped(times) = { format!("Arrêté après {}", noun(times, "envoi", "envois")) };
        repeat_replied(times) = { format!("Réponse reçue après {}", noun(times, "envoi", "envois")) };
        repeat_ended(times, why) = { format!("La répétition a pris fin après {} : {why}", noun(times, "envoi", "envois")) };

        more = "Plus d’actions pour les messages";
        history = "Historique";
        search_history = "Rechercher dans les messages déjà envoyés";
        history_empty = "Rien n’a encore été envoyé";
        history_no_match = "Aucun message ne correspond";

        file = "Fichier…";
        file_why = "Envoyer un fichier de n’importe quelle taille";
        file_path = "Fichier à envoyer";
        write_bytes = "Octets par écriture";
        write_bytes_why = "De 1 à 1m ; vide : autant que le système en prend";
        delay = "Délai entre les écritures";
        delay_why = "200ms ou 2s, par exemple ; vide : aucun";
        send_file = "Envoyer le fichier";
        dismiss_file = "Masquer";
        sending(file, sent_bytes, total_bytes, percent) = { format!("Envoi de {file} : {} sur {}, {percent} %", bytes(sent_bytes), bytes(total_bytes)) };
        sent(file, sent_bytes) = { format!("Fichier envoyé : {file}, {}", bytes(sent_bytes)) };
        cancelled(file, sent_bytes, total_bytes) = { format!("Envoi de {file} annulé après {} sur {}", bytes(sent_bytes), bytes(total_bytes)) };
        not_open(file, sent_bytes, total_bytes) = { format!("Envoi de {file} arrêté après {} sur {} : la connexion n’est plus ouverte", bytes(sent_bytes), bytes(total_bytes)) };
        unread(file, sent_bytes, why) = { format!("Lecture de {file} impossible après {} : {why}", bytes(sent_bytes)) };
    }
}

fn repeating(times: u64, of: Option<u64>, period: Duration) -> String {
    let (times, period) = (grouped(times), duration(period));
    match of {
        Some(of) => format!(
            "Répétition · {times} sur {} · toutes les {period}",
            grouped(of)
        ),
        None => format!("Répétition · {times} jusqu’ici · toutes les {period}"),
    }
}
