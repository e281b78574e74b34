//! The export dialog, and how far work on another tool's file is.

use super::noun;
use crate::words::exporting::Exporting;
use crate::words::translated::translated;

translated! { GERMAN:
    Exporting {
        export = "Exportieren";
        cancel = "Export abbrechen";
        format = "Format";
        text = "Text";
        csv = "CSV";
        json = "JSON-Zeilen";
        raw = "Rohe Datenströme";
        pcapng = "pcapng";
        about_text = "Eine lesbare Zeile je Eintrag, seine Bytes als Text mit Escapes.";
        about_csv = "Eine Zeile je Eintrag, für Tabellenkalkulationen.";
        about_json = "Ein JSON-Objekt je Eintrag, eines pro Zeile.";
        about_raw = "Genau die Bytes jeder Verbindung, eine Datei je Richtung. Jedes Datagramm bekommt eine eigene Datei.";
        about_pcapng = "Pakete für Wireshark und tshark. Die des Labors sind so, wie sie auf der Leitung waren; andere Paketköpfe sind aus Socket-Ereignissen rekonstruiert. Jedes Datagramm ist ein Paket, wie lang es auch ist.";
        entries = "Einträge";
        whole = "Alle";
        view = "Gezeigte";
        selection = "Ausgewählte Zeilen";
        endpoint = "Endpunkt";
        all = "Alle";
        file = "Datei";
        folder = "Neuer Ordner";
        reading(path, percent) = { format!("Liest {}: {percent} %", path.display()) };
        writing(path, percent) = { format!("Schreibt {}: {percent} %", path.display()) };
        wrote(entries, bytes, path) = { format!("{} mit {} geschrieben nach {}", noun(entries, "Eintrag", "Einträge"), noun(bytes, "Byte", "Bytes"), path.display()) };
        incomplete(place) = "Unvollständig: {place}";
        incomplete_more(places) = { format!("Unvollständig an {}", noun(places, "weiteren Stelle", "weiteren Stellen")) };
    }
}
