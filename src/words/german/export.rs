//! Why an export failed, and where one does not hold what was on the wire.

use super::noun;
use crate::capture::store::Ended;
use crate::net::Direction;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::export::{ExportErrors, Exports, Lacks};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { GERMAN:
    Exports {
        at_entry(entry, what) = "Eintrag {entry}: {what}";
        at_connection(entry, connection, what) = "Eintrag {entry}, Verbindung {connection}: {what}";
        not_recorded(entries) = { format!("{} davor nicht aufgezeichnet", noun(entries, "Eintrag", "Einträge")) };
        because(lack, cause) = "{lack}: {cause}";
        received = "empfangen";
        sent = "gesendet";
    }

    ExportErrors |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        Stream(source) = { format!("Schreiben der Ausgabe nicht möglich: {}", source.in_words(language)) };
        Read(error) = { error.in_words(language) };
        Exists(path) = { format!("{} existiert schon", shown(path)) };
        IsFolder(path) = { format!("{} ist ein Ordner: einen Dateinamen angeben", shown(path)) };
        InsideCapture(path) = { format!("{} liegt im Mitschnitt selbst: einen Ort außerhalb wählen", shown(path)) };
        NotEmpty(path) = { format!("{} ist nicht leer: Rohe Datenströme brauchen einen neuen oder leeren Ordner", shown(path)) };
        NeedsFolder = "rohe Datenströme sind ein Ordner voller Dateien: einen Ordner angeben";
        PictureTooLarge = "das Bild ist zu groß für PNG: als SVG speichern";
        Picture(error) = { format!("das Bild ließ sich nicht kodieren: {error}") };
        Cancelled = "der Export wurde abgebrochen";
    }

    Lacks |language| {
        Cut(direction, kept_bytes, size_bytes) = { format!("{} {}, nur der Anfang behalten ({kept_bytes})", language.counts.bytes(*size_bytes), way(*direction, language)) };
        Missing(direction, bytes) = { format!("in der Paketdatei {} davor {}, {}", if *bytes == 1 { "fehlt" } else { "fehlen" }, language.counts.bytes(*bytes), way(*direction, language)) };
        LeftOut(direction, offset, bytes) = { format!("nicht in diesem Export: {} davor, {}, ab Byte {offset} des Datenstroms", language.counts.bytes(*bytes), way(*direction, language)) };
        NotRecorded(entries, ended) = { not_recorded(*entries, *ended, language) };
        GivenUp(entries) = { if *entries == 1 { "verworfen, um Platz für neuere zu machen".to_owned() } else { format!("dieser und {} danach wurden verworfen, um Platz für neuere zu machen", entries - 1) } };
        Damaged(error) = { error.in_words(language) };
        FilesFull(datagrams) = { format!("ab hier {} Datei: Es wären zu viele", noun(*datagrams, "Datagramm ohne eigene", "Datagramme ohne eigene")) };
        PacketsLost(packets) = { format!("{} des Labors nicht aufgezeichnet", noun(*packets, "Paket", "Pakete")) };
        PacketFile(error) = { format!("Pakete des Labors fehlen. {}", error.in_words(language)) };
        Unreadable(entries, why) = { unreadable(*entries, &why.in_words(language)) };
    }
}

fn unreadable(entries: u64, why: &str) -> String {
    match entries {
        1 => why.to_owned(),
        _ => format!("dieser und {} danach sind nicht lesbar: {why}", entries - 1),
    }
}

fn not_recorded(entries: u64, ended: Option<Ended>, language: &Language) -> String {
    let words = &language.exports;
    let lack = words.not_recorded(entries);
    match ended {
        Some(Ended::Open | Ended::Rotated | Ended::Closed) | None => lack,
        Some(ended) => words.because(&lack, &ended.in_words(language)),
    }
}

fn way(direction: Direction, language: &Language) -> &str {
    match direction {
        Direction::Received => language.exports.received,
        Direction::Sent => language.exports.sent,
    }
}
