//! Messages imported from another tool: what came of it.

use super::noun;
use crate::words::InWords as _;
use crate::words::imported::{Imported, LeftsOut, MessageFiles};
use crate::words::translated::translated;
use crate::workspace::MAX_PACKETS;

translated! { GERMAN:
    Imported {
        added(count, folder) = { format!("{} in den Ordner {folder} importiert", noun(count, "Nachricht", "Nachrichten")) };
        left_out(count, which) = { format!("{count} {} ausgelassen: {which}", if count == 1 { "wurde" } else { "wurden" }) };
        named(name, why) = "{name} ({why})";
        more(named, count) = "{named} und {count} weitere";
        not_tcp(count) = { format!("{} kein reines TCP: Die Bytes wurden behalten, und die Notiz sagt, was es war", noun(count, "Paket war", "Pakete waren")) };
        renamed(count) = { format!("{} einen anderen Namen als in der Datei", noun(count, "Nachricht hat", "Nachrichten haben")) };
        undo = "Import rückgängig machen";
        forget = "Ausblenden";
    }

    MessageFiles |language| {
        Load(problem) = { problem.in_words(language) };
        Json(line, column, error) = { language.files.at(&language.files.position(*line, *column), &error.replace('\n', ", ")) };
        Line(line) = "Zeile {line} ist weder eine Überschrift noch ein Schlüssel mit einem Wert";
        TooMany = { format!("es enthält mehr als {MAX_PACKETS} Pakete") };
        NoPackets = "es enthält keine Pakete von Packet Sender";
    }

    LeftsOut |language| {
        Refused(error) = { error.in_words(language) };
        Missing = "die Datei hat davon nur den Namen";
        Unlisted = "es steht nicht in der Namensliste der Datei";
    }
}
