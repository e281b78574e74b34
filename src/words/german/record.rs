//! What went wrong with captures on disk, and what to do next.

use super::noun;
use crate::capture::DATA_DIR_VARIABLE;
use crate::capture::MAX_NAME_CHARS;
use crate::capture::store::FORMAT;
use crate::capture::store::MANIFEST;
use crate::words::InWords as _;
use crate::words::record::shown;
use crate::words::record::{
    Damages, Libraries, Names, Reads, Record, RecordingEnds, StopCauses, Stores,
};
use crate::words::translated::translated;

translated! { GERMAN:
    Record {
        cannot_make(path, reason) = "Anlegen von {path} nicht möglich: {reason}";
        cannot_open(path, reason) = "Öffnen von {path} nicht möglich: {reason}";
        cannot_lock(path, reason) = "Sperren von {path} nicht möglich: {reason}";
        cannot_read(path, reason) = "Lesen von {path} nicht möglich: {reason}";
        cannot_write(path, reason) = "Schreiben von {path} nicht möglich: {reason}";
        cannot_rename(path, reason) = "Umbenennen von {path} nicht möglich: {reason}";
        cannot_delete(path, reason) = "Löschen von {path} nicht möglich: {reason}";
        stopped(cause, entries) = { format!("{cause}; {} danach nicht aufgezeichnet", noun(entries, "Eintrag", "Einträge")) };
        stopped_at_least(cause, entries) = { format!("{cause}; mindestens {} danach nicht aufgezeichnet", noun(entries, "Eintrag", "Einträge")) };
        stopped_then(cause) = "{cause}; was danach geschah, ist nicht aufgezeichnet";
        samples_damaged(samples) = { format!("{} beschädigt oder nicht vorhanden", noun(samples, "Messwert", "Messwerte")) };
        packets_unchecked(file) = "{file} lässt sich nicht bis zum Ende prüfen: Die Prüfsumme wurde nicht aufgezeichnet";
        interrupted = "die Aufzeichnung wurde unterbrochen, und das Letzte kann fehlen";
        not_recorded(entries) = { format!("{} am Ende nicht aufgezeichnet", noun(entries, "Eintrag", "Einträge")) };
        checked(segments, entries, size_bytes) = { format!("{} geprüft, unversehrt: {} mit {}", noun(segments, "Segment", "Segmente"), noun(entries, "Eintrag", "Einträge"), noun(size_bytes, "Byte", "Bytes")) };
        entries_damaged(entries) = { format!("{} beschädigt oder nicht vorhanden", noun(entries, "Eintrag", "Einträge")) };
        newer(kinds, fields, samples) = { format!("Nur eine neuere Version von Bothends weiß, was {}, {} und {} bedeuten", noun(kinds, "Eintrag", "Einträge"), noun(fields, "Feld", "Felder"), noun(samples, "Messwert", "Messwerte")) };
        more_damage(places) = { noun(places, "weitere Stelle ist beschädigt", "weitere Stellen sind beschädigt") };
        sound = "Nichts ist beschädigt";
        frames_not_written(reason) = "Schreiben der Frame-Tabelle nicht möglich: {reason}";
        switch_on = "Die Aufzeichnung einschalten, um zu behalten, was von da an geschieht";
        raise_bound = "Die Grenze anheben oder die ältesten Einträge verwerfen lassen, dann fortsetzen";
        make_room = "Platz schaffen und fortsetzen, oder in einem anderen Ordner fortsetzen";
        elsewhere = "In einem anderen Ordner fortsetzen";
    }

    Stores |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        NotEmpty(path) = { format!("{} ist nicht leer: Ein Mitschnitt braucht einen neuen oder leeren Ordner", shown(path)) };
        NoCapture(path) = { format!("{} ist kein Mitschnitt: Es fehlt {MANIFEST}", shown(path)) };
        Locked(path) = { format!("{} wird von einem anderen Fenster aufgezeichnet", shown(path)) };
        Manifest(path, problem) = { format!("{} ist beschädigt: {problem}", shown(path)) };
        Newer(path, format) = { format!("{} hat Format {format}, geschrieben von einer neueren Version von Bothends (diese liest Format {FORMAT})", shown(path)) };
        Damaged(error) = { error.in_words(language) };
    }

    Reads |language| {
        Io(path, position, source) = { format!("Lesen von {} bei Byte {position} nicht möglich: {}", shown(path), source.in_words(language)) };
        Damaged(path, position, what) = { format!("{} ist bei Byte {position} beschädigt: {}", shown(path), what.in_words(language)) };
    }

    Damages |language| {
        Missing = "die Datei fehlt";
        Foreign = "sie gehört zu einem anderen Teil des Mitschnitts oder zu einem anderen Mitschnitt";
        Head = "sie beginnt nicht, wie eine Datei eines Mitschnitts beginnt";
        Checksum = "die Prüfsumme ist falsch";
        Bit = "ein Bit hat sich geändert und wird beim Lesen berichtigt";
        Short = "die Datei ist zu kurz";
        Long = "an die Datei wurde etwas angehängt";
        Reference = "sie verweist auf Bytes, die nicht da sind";
        Body = "die Einzelheiten des Eintrags ergeben keinen Sinn";
        Order = "ihre Einträge schließen nicht an die davor an";
        Manifest = "sie fehlt oder ist nicht lesbar; ihr Inhalt wurde aus den anderen Dateien rekonstruiert";
        Index = "sie nennt nicht die Einträge, die da sind";
    }

    RecordingEnds |language| {
        Open = "die Aufzeichnung wurde unterbrochen";
        Rotated = "die Aufzeichnung wurde unterbrochen";
        Closed = "die Aufzeichnung endete";
        Bound = "die Grenze wurde erreicht";
        Full = "die Platte war voll";
        Off = "die Aufzeichnung wurde ausgeschaltet";
        Failed = "der Mitschnitt ließ sich nicht schreiben";
    }

    StopCauses |language| {
        Off = "die Aufzeichnung ist ausgeschaltet";
        Bound(limit_bytes) = { format!("die Grenze von {} ist erreicht", language.numbers.size(*limit_bytes)) };
        Full = "die Platte ist voll";
        Gone(path) = { format!("der Ordner des Mitschnitts ist weg: {}", shown(path)) };
        Failed(failure) = { failure.error().in_words(language) };
        NoHome = { format!("es gibt keinen persönlichen Ordner: {DATA_DIR_VARIABLE} auf einen Ordner setzen") };
    }

    Libraries |language| {
        Name(problem) = { problem.in_words(language) };
        Taken(name) = "Einen Mitschnitt namens {name} gibt es schon. Einen anderen Namen wählen";
        Foreign(path) = { format!("{} steht nicht in der Liste der Sitzungen", shown(path)) };
        BeingRecorded = "Ein anderes Fenster zeichnet ihn auf. Zuerst jenes Fenster schließen";
        OtherVolume = "Er wird auf einem anderen Datenträger aufgezeichnet. Nach dem Ende der Aufzeichnung speichern";
        Store(error) = { error.in_words(language) };
    }

    Names |language| {
        Empty = "Einen Namen eingeben";
        TooLong = { format!("Ein Name hat höchstens {MAX_NAME_CHARS} Zeichen") };
        Character(character) = "Ein Name darf {character:?} nicht enthalten";
        Dot = "Ein Name darf nicht mit einem Punkt beginnen oder enden";
        Device = "Windows reserviert diesen Namen für ein Gerät";
    }
}
