//! The followed connection.

use super::noun;
use crate::words::conversation::Conversation;
use crate::words::translated::translated;

translated! { GERMAN:
    Conversation {
        name = "Verfolgte Verbindung";
        back = "‹ Zeitleiste";
        back_spoken = "Zurück zur Zeitleiste";
        back_hint = "Zurück zur Zeitleiste (Esc)";
        show_as = "Zeigen als";
        text = "Text";
        hex = "Hex";
        escaped = "Escapes";
        direction = "Richtung";
        both = "Beide";
        received = "Empfangen";
        sent = "Gesendet";
        follow = "Folgen";
        follow_hint = "Hält die neueste Zeile im Blick (Ende)";
        incomplete(problem) = "Unvollständig: {problem}";
        with(endpoint) = "mit {endpoint}";
        with_at(endpoint, address) = "mit {endpoint} auf {address}";
        since(time) = "seit {time}";
        unread(entries) = { format!("{} noch zu lesen", noun(entries, "älterer Eintrag", "ältere Einträge")) };
        empty = "Von dieser Verbindung ist nichts aufgezeichnet";
        row = "Zeile";
        copy_rows = "Zeilen kopieren";
        show_in_timeline = "In der Zeitleiste zeigen";
        not_kept(bytes) = { format!("{} nicht behalten", noun(bytes, "weiteres Byte", "weitere Bytes")) };
        received_row(text) = "empfangen: {text}";
        sent_row(text) = "gesendet: {text}";
    }
}
