//! The timeline: what stands above its rows, in their menu, and in place of rows.

use super::{grouped, noun};
use crate::words::timeline::Timeline;
use crate::words::translated::translated;

translated! { GERMAN:
    Timeline {
        name = "Zeitleiste";
        tabs = "Zeigen";
        all = "Alle";
        show_all = "Alle zeigen";
        show_only(name) = "Nur {name} zeigen";
        show_only_menu = "Nur zeigen…";
        undo_clear = "Leeren rückgängig machen";
        clear = "Ansicht leeren";
        payloads = "Nutzdaten als";
        as_auto = "Auto";
        as_text = "Text";
        as_hex = "Hex";
        more = "Weitere Ansichten";
        frames = "Frames";
        frames_hint = "Zeigt Nachrichten, in die das Framing jedes Endpunkts den Datenstrom zerlegt, statt der gelesenen und geschriebenen Chunks";
        plot = "Diagramm";
        plot_hint = "Bytes und Einträge pro Sekunde im Lauf der Sitzung";
        follow = "Folgen";
        follow_hint = "Hält den neuesten Eintrag im Blick (Ende)";

        columns = "Spalten";
        column_time = "Zeit";
        column_gap = "Abstand";
        column_connection = "#";
        column_endpoint = "Endpunkt";
        column_direction = "Richtung";
        column_bytes = "Bytes";
        column_what = "Ereignis";
        resize_column(name) = "Breite von {name} ändern";
        choose_columns = "Spalten wählen";
        reset_columns = "Spalten zurücksetzen";
        ends_of_connection(number, local, peer) = "Verbindung {number}: {local}, Gegenstelle {peer}";
        peer_of_connection(number, peer) = "Verbindung {number}: Gegenstelle {peer}";
        sign_of_connection(number) = "#{number}";

        loading = "Lädt…";
        dropped(entries) = { format!("{} verworfen", noun(entries, "älterer Eintrag", "ältere Einträge")) };
        empty_datagram = "leeres Datagramm";
        part_of_a_character = "Teil eines Zeichens; es steht dort, wo es vollständig ist";

        newer(rows) = { format!("↓ {} neu", grouped(rows)) };

        entry = "Eintrag";
        copy_text = "Als Text kopieren";
        copy_hex = "Als Hex kopieren";
        copy_escaped = "Als String mit Escapes kopieren";
        copy_c_array = "Als C-Array kopieren";
        copy_rows = "Zeilen kopieren";
        follow_connection = "Verbindung verfolgen";
        show_connection = "Nur diese Verbindung zeigen";
        show_this_endpoint = "Nur diesen Endpunkt zeigen";

        none_yet = "Noch ist nichts geschehen";
        first_start(server) = "{server} starten";
        first_start_echo = "Er lauscht auf seiner Adresse und sendet zurück, was er empfängt.";
        first_start_rules = "Er lauscht auf seiner Adresse und beantwortet nach seinen Regeln, was er empfängt.";
        first_start_fixed = "Er lauscht auf seiner Adresse und beantwortet, was er empfängt, mit seiner eigenen Nachricht.";
        first_start_silent = "Er lauscht auf seiner Adresse und empfängt nur: Er soll keine Antwort senden.";
        first_send(recipient) = "Von {recipient} senden";
        first_send_why = "Der Client verbindet sich, falls nötig, und sendet die Nachricht unten. Was an beiden Enden geschieht, erscheint hier.";
        first_send_later = "Starte zuerst den Server";
        first_endpoint = "Um zu beginnen, links einen Server oder einen Client hinzufügen.";
        none_of(endpoint) = "Keine Einträge von {endpoint}";
        none_of_advice = "Was dort geschieht, erscheint hier. „Alle“ zeigt die anderen Einträge.";
        none_in_lesson = "In dieser Lektion ist noch nichts geschehen";
        none_in_lesson_advice = "Beginne mit dem ersten Schritt. „Leeren rückgängig machen“ zeigt, was zuvor aufgezeichnet wurde.";
        none_in_capture = "Dieser Mitschnitt hat keine Einträge";
        none_in_capture_advice = "Bis zum Ende der Aufzeichnung geschah nichts.";
        none_match = "Kein Eintrag passt zum Filter";
        none_match_advice = "„Filter löschen“ zeigt wieder alles.";
        cleared = "Die Ansicht ist leer";
        cleared_advice(entries) = { format!("{} ausgeblendet. „Leeren rückgängig machen“ zeigt sie wieder.", noun(entries, "Eintrag", "Einträge")) };
        filtering(percent) = "Filtert, {percent} %";
        found_so_far(entries) = { format!("{} bisher gefunden", noun(entries, "Eintrag", "Einträge")) };

        no_framing = "Kein Endpunkt hier hat ein Framing, daher sind dies Chunks. Ein Framing lässt sich in der Einrichtung eines Endpunkts wählen.";
        no_framing_in_capture = "Kein Endpunkt hier hat ein Framing, daher sind dies Chunks. Ein Framing lässt sich oben wählen.";
        good(frames) = { format!("{} gültig", grouped(frames)) };
        older(percent) = "Die Frames davor werden noch gesucht, {percent} %";
        older_hint = "Bis alle gefunden sind, können Frames von Verbindungen, die früher begannen, an der falschen Stelle getrennt sein";
        over_limit(rows) = { format!("{} ausgelassen: Die Liste der Frames hat ihre Grenze erreicht, ein Viertel dessen, was aufgezeichnet werden darf", noun(rows, "ältere Zeile", "ältere Zeilen")) };
        bad(frames) = { format!("{} fehlerhaft", grouped(frames)) };
    }
}
