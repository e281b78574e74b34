//! Why an export failed, and where one does not hold what was on the wire.

use super::{form, grouped, noun};
use crate::capture::store::Ended;
use crate::net::Direction;
use crate::words::InWords as _;
use crate::words::Language;
use crate::words::export::{ExportErrors, Exports, Lacks};
use crate::words::record::shown;
use crate::words::translated::translated;

translated! { FRENCH:
    Exports {
        at_entry(entry, what) = "entrée {entry} : {what}";
        at_connection(entry, connection, what) = "entrée {entry}, connexion {connection} : {what}";
        not_recorded(entries) = { noun(entries, "entrée précédente non capturée", "entrées précédentes non capturées") };
        because(lack, cause) = "{lack} : {cause}";
        received = "en réception";
        sent = "en envoi";
    }

    ExportErrors |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        Stream(source) = { format!("impossible d’écrire la sortie : {}", source.in_words(language)) };
        Read(error) = { error.in_words(language) };
        Exists(path) = { format!("{} existe déjà", shown(path)) };
        IsFolder(path) = { format!("{} est un dossier : indiquez un fichier", shown(path)) };
        InsideCapture(path) = { format!("{} est à l’intérieur de la capture elle-même : choisissez un endroit en dehors", shown(path)) };
        NotEmpty(path) = { format!("{} n’est pas vide : les flux bruts demandent un dossier nouveau ou vide", shown(path)) };
        NeedsFolder = "les flux bruts s’exportent dans un dossier : indiquez-en un";
        PictureTooLarge = "l’image est trop grande pour PNG : enregistrez-la en SVG";
        Picture(error) = { format!("l’image n’a pas pu être encodée : {error}") };
        Cancelled = "l’exportation a été annulée";
    }

    Lacks |language| {
        Cut(direction, kept_bytes, size_bytes) = { format!("{} {}, mais seulement {kept_bytes} dans la capture", language.counts.bytes(*size_bytes), way(*direction, language)) };
        Missing(direction, bytes) = { format!("{} {} avant elle, {} du fichier de capture", language.counts.bytes(*bytes), way(*direction, language), form(*bytes, "absent", "absents")) };
        LeftOut(direction, offset, bytes) = { format!("{} {} avant elle, à partir de l’octet {offset} du flux, {} de cette exportation", language.counts.bytes(*bytes), way(*direction, language), form(*bytes, "absent", "absents")) };
        NotRecorded(entries, ended) = { not_recorded(*entries, *ended, language) };
        GivenUp(entries) = { if *entries == 1 { "abandonnée pour faire place à de plus récentes".to_owned() } else { format!("abandonnée avec {} pour faire place à de plus récentes", following(entries - 1)) } };
        Damaged(error) = { error.in_words(language) };
        FilesFull(datagrams) = { format!("{} sans fichier à partir d’ici : il y en aurait trop", noun(*datagrams, "datagramme", "datagrammes")) };
        PacketsLost(packets) = { noun(*packets, "paquet du labo non capturé", "paquets du labo non capturés") };
        PacketFile(error) = { format!("des paquets du labo manquent. {}", error.in_words(language)) };
        Unreadable(entries, why) = { unreadable(*entries, &why.in_words(language)) };
    }
}

fn unreadable(entries: u64, why: &str) -> String {
    match entries {
        1 => why.to_owned(),
        _ => format!("illisible, ainsi que {} : {why}", following(entries - 1)),
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

fn following(entries: u64) -> String {
    match entries {
        1 => "la suivante".to_owned(),
        _ => format!("les {} suivantes", grouped(entries)),
    }
}
