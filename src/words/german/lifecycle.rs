//! The lifecycle of one connection as a picture: what each mark says, and how it is known.

use super::{grouped, noun};
use crate::words::lifecycle::Lifecycles;
use crate::words::translated::translated;

translated! { GERMAN:
    Lifecycles {
        name = "Lebenszyklus";
        title(connection) = "Lebenszyklus der Verbindung #{connection}";
        connection = "Verbindung";
        connection_from(connection, client) = "#{connection} von {client}";
        connection_to(connection, server) = "#{connection} mit {server}";
        choose = "Einen Eintrag einer Verbindung auswählen, oder eine Verbindung im Inspektor, um ihren Lebenszyklus zu sehen: wie sie begann, was sie übertrug und wie sie endete.";
        encrypted = "Die Verbindung ist mit TLS verschlüsselt: Der TLS-Handshake und die Records werden nicht gezeichnet";
        no_tcp = "Nur eine TCP-Verbindung hat einen Lebenszyklus aus Segmenten.";
        no_udp = "Der Austausch mit einer UDP-Gegenstelle hat keinen Lebenszyklus: Kein Handshake beginnt ihn, kein FIN beendet ihn, und niemand bestätigt ein Datagramm. Es gibt nur die Datagramme.";
        show_lanes = "Datagramme in Spuren zeigen";
        reading(percent) = "Liest die Aufzeichnung: {percent} %";
        not_in_view = "Wird gezeigt, solange die laufende Sitzung zu sehen ist.";
        nothing = "Von dieser Verbindung ist nichts mehr aufgezeichnet.";
        cut = "Ein Teil dieser Verbindung ist nicht mehr aufgezeichnet.";
        show = "Lebenszyklus zeigen";
        show_why = "Zeichnet diese Verbindung im mittleren Bereich: Handshake, Bytes und wie sie endete";
        save = "Bild speichern…";
        distance = "Abstand";
        even = "Gleichmäßig";
        to_scale = "Maßstäblich";
        to_scale_why = "Je länger die Wartezeit, desto größer der Abstand. Was enger als eine Zeile beieinanderliegt, rückt auf eine Zeile auseinander; lange Wartezeiten werden gekürzt.";
        stretch = "Strecken";
        shrink = "Stauchen";
        acks = "Bestätigungen zeigen";
        acks_hint = "Fragt den Kernel, wann die Gegenstelle die gesendeten Bytes bestätigt hat";
        acks_cost = "Solange das eingeschaltet ist, dauert ein Umlauf bis zu 1,2-mal so lang. Zeitstempel gibt es ab dem Einschalten; was davor war, ist erschlossen.";
        departures = "Abgang und Ankunft zeigen";
        departures_hint = "Fragt den Kernel auch, wann Bytes diesen Rechner verließen und wann welche ankamen";
        all_cost = "Solange beides eingeschaltet ist, dauert ein Umlauf bis zu doppelt so lang. Zeitstempel gibt es ab dem Einschalten; was davor war, ist erschlossen.";

        peer = "Gegenstelle";
        client = "Client";
        server = "Server";

        syn = "SYN";
        syn_says = "bittet um Verbindung";
        syn_ack = "SYN-ACK";
        syn_ack_says = "stimmt zu und bittet ebenfalls";
        ack = "ACK";
        ack_says = "stimmt zu: verbunden";
        fin = "FIN";
        fin_says = "hat nichts mehr zu senden";
        fin_ack_says = "hat das FIN gesehen";
        rst = "RST";
        rst_says = "bricht die Verbindung ab";
        refuses = "lehnt ab";
        bytes(bytes) = { noun(bytes, "Byte", "Bytes") };
        not_read = "noch nicht gelesen";
        not_acknowledged = "noch nicht bestätigt";
        has_bytes(bytes) = { format!("hat {} empfangen", noun(bytes, "Byte", "Bytes")) };
        writes(count) = { noun(count, "Schreibvorgang", "Schreibvorgänge") };
        reads(count) = { noun(count, "Lesevorgang", "Lesevorgänge") };
        run(calls, size, took) = "{calls}, {size} in {took}";
        window_closed = "Fenster 0";
        window_closed_says = "hat keinen Platz: warten";
        window_open = "Fenster offen";
        window_open_says = "hat wieder Platz";
        accepted = "accept";
        reads_bytes(bytes) = "liest {bytes}";
        left(bytes) = "{bytes} abgegangen";
        arrived(bytes) = "{bytes} angekommen";
        timed_out = "keine Antwort: aufgegeben";
        failed = "gescheitert";
        again(segments) = { format!("{} erneut gesendet", noun(segments, "Segment", "Segmente")) };

        again_segments(segments) = { noun(segments, "Segment", "Segmente") };

        inferred = "erschlossen";
        sent_by(call) = "durch {call} gesendet";
        seen_by(call) = "durch {call} gesehen";
        both_known(one, other) = "{one}, {other}";
        both_calls(one, other) = "{one} und {other}";
        later(took) = "{took} später";
        noticed_later(took) = "{took} später bemerkt";

        legend_seen = "durch einen Aufruf gesendet oder gesehen";
        legend_inferred = "erschlossen";
        legend_state_seen = "Zustand: vom Kernel gemeldet";
        legend_state_inferred = "Zustand: erschlossen";
        state_of(end, state) = "{end}: {state}";
        state_tip(state, explained, how) = "{state}. {explained} {how}.";
        state_seen = "Der durchgezogene Kasten: Der Kernel hat es gemeldet";
        state_inferred = "Der gestrichelte Kasten: aus dem Geschehen erschlossen, der Kernel wurde nicht gefragt";
        legend_unacknowledged = "gesendet, nicht bestätigt";
        legend_half_closed = "halb geschlossen: Ein Ende hat das Senden beendet";
        legend_window = "Fenster geschlossen: darf nicht senden";
        legend_scale(time) = "{time}";

        sentence(when, what, how) = "{when}: {what}. {how}.";
        at(time) = "Nach {time}";
        at_latest(time) = "Spätestens nach {time}";
        at_earliest(time) = "Frühestens nach {time}";
        how_inferred = "Erschlossen: Nichts anderes passt zu dem, was zu sehen war";
        how_made(call) = "Durch {call} gesendet: der Aufruf selbst sieht die Leitung nicht";
        how_seen(call, means) = "Gesehen: {call}, {means}";
        says_syn(from, to) = "{from} bittet {to} um Verbindung (SYN)";
        says_syn_with(from, to, syn) = "{from} bittet {to} um Verbindung: {syn}";
        says_syn_ack(from, to) = "{from} stimmt zu und bittet umgekehrt {to} um Verbindung (SYN-ACK)";
        says_ack(from) = "{from} stimmt zu (ACK): Die Verbindung steht, und beide dürfen senden";
        says_accepted(who) = "{who} übernimmt die Verbindung ins Programm; das System hatte sie schon aufgebaut";
        says_sent(from, bytes, start, end) = "{from} übergibt dem eigenen System {bytes} zum Senden, {start} bis {end} des eigenen Datenstroms; der Aufruf sagt nicht, dass sie ankommen";
        says_received(to, bytes, start, end) = "{to} liest {bytes} ins Programm, {start} bis {end} des Datenstroms";
        says_run(who, writes, sent, reads, received) = "{who} hat hier {writes} mit {sent} und {reads} mit {received}";
        says_scheduled(who, end) = "{who} hat insgesamt {end} in der Warteschlange der Netzwerkschnittstelle";
        says_left(who, end) = "{who} hat insgesamt {end} abgeschickt: Sie haben den Rechner verlassen";
        says_acknowledged(who, end) = "{who} bestätigt insgesamt {end} (ACK): Das System dort hat sie, das Programm muss sie noch nicht gelesen haben";
        says_arrived(who, end) = "{who} hat insgesamt {end} im System: So viel ist angekommen";
        says_fin(from) = "{from} meldet, dass nichts mehr zu senden ist (FIN); empfangen wird dort noch";
        says_fin_ack(from) = "{from} bestätigt das FIN (ACK): Das System dort hat es gesehen";
        says_rst(from) = "{from} bricht die Verbindung ab (RST): Was unterwegs war, ist verloren";
        says_refused(from) = "{from} lehnt ab (RST): Dort lauscht kein Programm";
        says_timed_out(who) = "es kam nichts zurück, und {who} gab auf";
        says_failed(who) = "{who} verlor die Verbindung ohne ein Segment der Gegenstelle";
        says_window_closed(from) = "{from} hat keinen Platz mehr (Fenster 0): Das Programm dort liest nicht";
        says_window_open(from) = "{from} hat wieder Platz";
        says_again(who, segments) = "{who} hat {segments} erneut gesendet, weil keine Bestätigung kam";
        says_state(who, state) = "{who} ist in {state}";

        means_connect = "das erst danach gelingt oder die Ablehnung meldet";
        means_accept = "das die Verbindung lieferte";
        means_saved_syn = "das SYN, das der Kernel aufgehoben hat";
        means_send = "das die Bytes übernahm";
        means_receive = "das die Bytes lieferte, oder 0 für ein FIN";
        means_socket_error = "ein Fehler des Sockets";
        means_shutdown = "das aufgerufen wurde";
        means_close = "das aufgerufen wurde";
        means_stamp = "ein Zeitstempel des Kernels";
        means_inquiry = "was der Kernel auf Nachfrage sagte";

        option_mss(bytes) = { format!("MSS {}", grouped(bytes.into())) };
        option_scale(shift) = { format!("Fenster \u{d7}{}", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        option_sack = "SACK";
        option_timestamps = "Zeitstempel";
        option_fast_open = "Fast Open";
        option_multipath = "Multipath TCP";
        option_other(kind) = "Art {kind}";

        save_title = "Bild speichern";
        save_picture = "Speichern";
        format = "Format";
        svg = "SVG";
        png = "PNG";
        about_svg = "Scharf in jeder Größe, mit Text zum Suchen und Kopieren.";
        about_png = "Bildpunkte, für Programme, die SVG nicht lesen.";
        file = "Datei";
        saved(path) = "In {path} gespeichert";
        file_name(connection) = "Lebenszyklus der Verbindung {connection}";
    }
}
