//! The lifecycle of one connection as a picture: what each mark says, and how it is known.

use super::{grouped, noun};
use crate::words::lifecycle::Lifecycles;
use crate::words::translated::translated;

translated! { FRENCH:
    Lifecycles {
        name = "Cycle de vie";
        title(connection) = "Cycle de vie de la connexion #{connection}";
        connection = "Connexion";
        connection_from(connection, client) = "#{connection} de {client}";
        connection_to(connection, server) = "#{connection} vers {server}";
        choose = "Sélectionnez une entrée d’une connexion, ou choisissez-en une dans l’inspecteur, pour voir son cycle de vie : comment elle a commencé, ce qu’elle a transporté, et comment elle a pris fin.";
        encrypted = "Le contenu est chiffré (TLS) : sa poignée de main et ses enregistrements ne sont pas dessinés";
        no_tcp = "Seule une connexion TCP a un cycle de vie fait de segments.";
        no_udp = "L’échange avec un pair UDP n’a pas de cycle de vie : aucune poignée de main ne le commence, aucun FIN ne le termine, et personne n’acquitte un datagramme. Il n’y a que les datagrammes.";
        show_lanes = "Afficher ses datagrammes en couloirs";
        reading(percent) = "Lecture de la capture : {percent} %";
        not_in_view = "Affiché quand la session en direct est à l’écran.";
        nothing = "Plus rien de cette connexion n’est dans la capture.";
        cut = "Une partie de cette connexion n’est plus dans la capture.";
        show = "Afficher le cycle de vie";
        show_why = "Dessiner cette connexion au milieu : poignée de main, octets, et sa fin";
        save = "Enregistrer l’image…";
        distance = "Distance";
        even = "Régulière";
        to_scale = "À l’échelle";
        to_scale_why = "Plus l’attente est longue, plus la distance est grande. Ce qui serait à moins d’une ligne est écarté d’une ligne ; les longues attentes sont coupées.";
        stretch = "Étirer";
        shrink = "Réduire";
        acks = "Afficher les acquittements";
        acks_hint = "Demander au noyau quand le pair a acquitté les octets envoyés";
        acks_cost = "Tant que c’est activé, un aller-retour peut durer 20 % de plus. Les horodatages commencent quand on les demande ; ce qui précède est déduit.";
        departures = "Afficher les départs";
        departures_hint = "Demander aussi au noyau quand des octets ont quitté cette machine et quand il en est arrivé";
        all_cost = "Tant que les deux sont activés, un aller-retour peut durer deux fois plus longtemps. Les horodatages commencent quand on les demande ; ce qui précède est déduit.";

        peer = "Pair";
        client = "Client";
        server = "Serveur";

        syn = "SYN";
        syn_says = "demande la connexion";
        syn_ack = "SYN-ACK";
        syn_ack_says = "accepte, et demande à son tour";
        ack = "ACK";
        ack_says = "accepte : connecté";
        fin = "FIN";
        fin_says = "n’a plus rien à envoyer";
        fin_ack_says = "a vu le FIN";
        rst = "RST";
        rst_says = "rompt la connexion";
        refuses = "refuse";
        bytes(bytes) = { noun(bytes, "octet", "octets") };
        not_read = "pas encore lu";
        not_acknowledged = "pas encore acquitté";
        has_bytes(bytes) = { format!("a reçu {}", noun(bytes, "octet", "octets")) };
        writes(count) = { noun(count as u64, "écriture", "écritures") };
        reads(count) = { noun(count as u64, "lecture", "lectures") };
        run(calls, size, took) = "{calls}, {size} en {took}";
        window_closed = "fenêtre 0";
        window_closed_says = "n’a plus de place : attendez";
        window_open = "fenêtre ouverte";
        window_open_says = "a de nouveau de la place";
        accepted = "accept";
        reads_bytes(bytes) = "lit {bytes}";
        left(bytes) = "départ de {bytes}";
        arrived(bytes) = "arrivée de {bytes}";
        timed_out = "pas de réponse : abandon";
        failed = "échec";
        again(segments) = { noun(segments as u64, "segment renvoyé", "segments renvoyés") };

        again_segments(segments) = { noun(segments as u64, "segment", "segments") };

        inferred = "déduit";
        sent_by(call) = "envoyé par {call}";
        seen_by(call) = "observé par {call}";
        both_known(one, other) = "{one}, {other}";
        both_calls(one, other) = "{one} et {other}";
        later(took) = "{took} plus tard";
        noticed_later(took) = "remarqué {took} plus tard";

        legend_seen = "envoyé ou observé par un appel";
        legend_inferred = "déduit";
        legend_state_seen = "état : le noyau l’a dit";
        legend_state_inferred = "état : déduit";
        state_of(end, state) = "{end} : {state}";
        state_tip(state, explained, how) = "{state}. {explained} {how}.";
        state_seen = "Le cadre plein : le noyau l’a dit";
        state_inferred = "Le cadre en tirets : déduit de ce qui s’est passé, le noyau n’a pas été interrogé";
        legend_unacknowledged = "envoyé, non acquitté";
        legend_half_closed = "à demi fermée : un côté a terminé l’envoi";
        legend_window = "fenêtre fermée : envoi impossible";
        legend_scale(time) = "{time}";

        sentence(when, what, how) = "{when} : {what}. {how}.";
        at(time) = "À {time}";
        at_latest(time) = "Au plus tard à {time}";
        at_earliest(time) = "Au plus tôt à {time}";
        how_inferred = "Déduit : seule explication compatible avec ce qui a été observé";
        how_made(call) = "Envoyé par {call} : l’appel lui-même ne voit pas le réseau";
        how_seen(call, means) = "Observé : {call}, {means}";
        says_syn(from, to) = "{from} demande à {to} d’ouvrir une connexion (SYN)";
        says_syn_with(from, to, syn) = "{from} demande à {to} d’ouvrir une connexion : {syn}";
        says_syn_ack(from, to) = "{from} accepte, et demande à son tour à {to} (SYN-ACK)";
        says_ack(from) = "{from} accepte (ACK) : la connexion est établie, et les deux peuvent envoyer";
        says_accepted(who) = "le programme de {who} prend la connexion, que le système avait déjà établie";
        says_sent(from, bytes, start, end) = "{from} remet {bytes} à son système pour l’envoi, de {start} à {end} dans son flux ; l’appel ne dit rien de leur arrivée";
        says_received(to, bytes, start, end) = "le programme de {to} lit {bytes}, de {start} à {end} dans le flux";
        says_run(who, writes, sent, reads, received) = "{who} fait {writes} ({sent}) et {reads} ({received})";
        says_scheduled(who, end) = "{who} : {end} depuis le début du flux, en attente d’envoi par l’interface réseau";
        says_left(who, end) = "{who} a émis {end} depuis le début du flux";
        says_acknowledged(who, end) = "le système de {who} dit avoir {end} depuis le début du flux (ACK) ; son programme n’a peut-être pas tout lu";
        says_arrived(who, end) = "le système de {who} a reçu {end} depuis le début du flux";
        says_fin(from) = "{from} dit n’avoir plus rien à envoyer (FIN), mais reçoit encore";
        says_fin_ack(from) = "le système de {from} confirme avoir vu le FIN (ACK)";
        says_rst(from) = "{from} rompt la connexion (RST) : ce qui était en route est perdu";
        says_refused(from) = "{from} refuse (RST) : aucun programme n’y écoute";
        says_timed_out(who) = "rien n’est revenu, et {who} a abandonné";
        says_failed(who) = "la connexion de {who} a échoué sans un segment du pair";
        says_window_closed(from) = "{from} n’a plus de place (fenêtre 0) : son programme ne lit pas";
        says_window_open(from) = "{from} a de nouveau de la place";
        says_again(who, segments) = "{who} a renvoyé {segments}, faute d’acquittement";
        says_state(who, state) = "{who} est en {state}";

        means_connect = "qui ne réussit qu’après cela, ou signale le refus";
        means_accept = "qui a renvoyé la connexion";
        means_saved_syn = "le SYN que le noyau a gardé";
        means_send = "qui a pris les octets";
        means_receive = "qui a renvoyé les octets, ou 0 pour un FIN";
        means_socket_error = "une erreur du socket";
        means_shutdown = "qui a été appelé";
        means_close = "qui a été appelé";
        means_stamp = "un horodatage du noyau";
        means_inquiry = "ce que le noyau a répondu quand on l’a interrogé";

        option_mss(bytes) = { format!("MSS {}", grouped(bytes.into())) };
        option_scale(shift) = { format!("fenêtre \u{d7}{}", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        option_sack = "SACK";
        option_timestamps = "horodatages";
        option_fast_open = "Fast Open";
        option_multipath = "Multipath TCP";
        option_other(kind) = "type {kind}";

        save_title = "Enregistrer l’image";
        save_picture = "Enregistrer";
        format = "Format";
        svg = "SVG";
        png = "PNG";
        about_svg = "Net à toute taille ; le texte peut y être recherché et copié.";
        about_png = "Des pixels, pour les programmes qui ne lisent pas le SVG.";
        file = "Fichier";
        saved(path) = "Enregistré dans {path}";
        file_name(connection) = "Cycle de vie de la connexion {connection}";
    }
}
