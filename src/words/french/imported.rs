//! Messages imported from another tool: what came of it.

use super::noun;
use crate::words::InWords as _;
use crate::words::imported::{Imported, LeftsOut, MessageFiles};
use crate::words::translated::translated;
use crate::workspace::MAX_PACKETS;

translated! { FRENCH:
    Imported {
        added(count, folder) = { format!("{} dans le dossier {folder}", noun(count as u64, "message importé", "messages importés")) };
        left_out(count, which) = { format!("{} : {which}", noun(count as u64, "message laissé de côté", "messages laissés de côté")) };
        named(name, why) = "{name} ({why})";
        more(named, count) = "{named}, et {count} de plus";
        not_tcp(count) = {
    let packets = noun(count as u64, "paquet n’était pas", "paquets n’étaient pas");
    format!("{packets} du TCP ordinaire : les octets ont été conservés, et la note dit ce que c’était")
};
        renamed(count) = { format!("{} un autre nom que dans le fichier", noun(count as u64, "message a", "messages ont")) };
        undo = "Annuler l’importation";
        forget = "Masquer";
    }

    MessageFiles |language| {
        Load(problem) = { problem.in_words(language) };
        Json(line, column, error) = { language.files.at(&language.files.position(*line, *column), &error.replace('\n', ", ")) };
        Line(line) = "la ligne {line} n’est ni un titre ni une clé avec une valeur";
        TooMany = { format!("il contient plus de {MAX_PACKETS} paquets") };
        NoPackets = "il ne contient aucun paquet de Packet Sender";
    }

    LeftsOut |language| {
        Refused(error) = { error.in_words(language) };
        Missing = "le fichier n’en a que le nom";
        Unlisted = "il n’est pas dans la liste de noms du fichier";
    }
}
