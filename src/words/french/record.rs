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

translated! { FRENCH:
    Record {
        cannot_make(path, reason) = "impossible de créer {path} : {reason}";
        cannot_open(path, reason) = "impossible d’ouvrir {path} : {reason}";
        cannot_lock(path, reason) = "impossible de verrouiller {path} : {reason}";
        cannot_read(path, reason) = "impossible de lire {path} : {reason}";
        cannot_write(path, reason) = "impossible d’écrire {path} : {reason}";
        cannot_rename(path, reason) = "impossible de renommer {path} : {reason}";
        cannot_delete(path, reason) = "impossible de supprimer {path} : {reason}";
        stopped(cause, entries) = { format!("{cause} ; {} ensuite", noun(entries, "entrée non capturée", "entrées non capturées")) };
        stopped_at_least(cause, entries) = { format!("{cause} ; au moins {} ensuite", noun(entries, "entrée non capturée", "entrées non capturées")) };
        stopped_then(cause) = "{cause} ; ce qui s’est passé ensuite n’est pas capturé";
        samples_damaged(samples) = { noun(samples, "mesure endommagée ou manquante", "mesures endommagées ou manquantes") };
        packets_unchecked(file) = "{file} ne peut pas être vérifié jusqu’au bout : sa somme de contrôle n’a pas été enregistrée";
        interrupted = "la capture a été interrompue, et ses dernières entrées manquent peut-être";
        not_recorded(entries) = { format!("{} à la fin", noun(entries, "entrée non capturée", "entrées non capturées")) };
        checked(segments, entries, size_bytes) = { format!("{} : {} ({}), tout est intact", noun(segments as u64, "segment vérifié", "segments vérifiés"), noun(entries, "entrée", "entrées"), noun(size_bytes, "octet", "octets")) };
        entries_damaged(entries) = { noun(entries, "entrée endommagée ou manquante", "entrées endommagées ou manquantes") };
        newer(kinds, fields, samples) = { format!("Seule une version plus récente de Bothends sait ce que signifient {}, {} et {}", noun(kinds, "entrée", "entrées"), noun(fields, "champ", "champs"), noun(samples, "mesure", "mesures")) };
        more_damage(places) = { noun(places as u64, "autre endroit est endommagé", "autres endroits sont endommagés") };
        sound = "Rien n’est endommagé";
        frames_not_written(reason) = "La table des trames ne peut pas être écrite : {reason}";
        switch_on = "Activez la capture pour conserver ce qui se passe ensuite";
        raise_bound = "Augmentez la limite, ou ne conservez que les entrées les plus récentes, puis reprenez";
        make_room = "Faites de la place et reprenez, ou reprenez dans un autre dossier";
        elsewhere = "Reprenez dans un autre dossier";
    }

    Stores |language| {
        Io(action, path, source) = { language.file_failure(*action, path, source) };
        NotEmpty(path) = { format!("{} n’est pas vide : une capture demande un dossier nouveau ou vide", shown(path)) };
        NoCapture(path) = { format!("{} n’est pas une capture : il n’y a pas de {MANIFEST}", shown(path)) };
        Locked(path) = { format!("{} est en cours de capture dans une autre fenêtre", shown(path)) };
        Manifest(path, problem) = { format!("{} est endommagé : {problem}", shown(path)) };
        Newer(path, format) = { format!("{} est au format {format}, écrit par une version plus récente de Bothends (celle-ci lit le format {FORMAT})", shown(path)) };
        Damaged(error) = { error.in_words(language) };
    }

    Reads |language| {
        Io(path, position, source) = { format!("impossible de lire {} à l’octet {position} : {}", shown(path), source.in_words(language)) };
        Damaged(path, position, what) = { format!("{} est endommagé à l’octet {position} : {}", shown(path), what.in_words(language)) };
    }

    Damages |language| {
        Missing = "le fichier manque";
        Foreign = "il appartient à une autre partie de la capture, ou à une autre capture";
        Head = "il ne commence pas comme un fichier de capture";
        Checksum = "la somme de contrôle est incorrecte";
        Bit = "un bit a changé, et est rétabli à la lecture";
        Short = "le fichier est trop court";
        Long = "quelque chose a été ajouté à la fin du fichier";
        Reference = "il renvoie à des octets qui n’existent pas";
        Body = "les détails de l’entrée n’ont pas de sens";
        Order = "ses entrées ne font pas suite aux précédentes";
        Manifest = "il manque ou est illisible ; ce qu’il dit a été reconstitué à partir des autres fichiers";
        Index = "il ne liste pas les entrées qui sont là";
    }

    RecordingEnds |language| {
        Open = "la capture a été interrompue";
        Rotated = "la capture a été interrompue";
        Closed = "la capture a pris fin";
        Bound = "la limite a été atteinte";
        Full = "le disque était plein";
        Off = "la capture a été désactivée";
        Failed = "la capture n’a pas pu être écrite";
    }

    StopCauses |language| {
        Off = "la capture est désactivée";
        Bound(limit_bytes) = { format!("la limite de {} est atteinte", language.numbers.size(*limit_bytes)) };
        Full = "le disque est plein";
        Gone(path) = { format!("le dossier de la capture a disparu : {}", shown(path)) };
        Failed(failure) = { failure.error().in_words(language) };
        NoHome = { format!("il n’y a pas de dossier personnel : indiquez un dossier dans {DATA_DIR_VARIABLE}") };
    }

    Libraries |language| {
        Name(problem) = { problem.in_words(language) };
        Taken(name) = "Une capture nommée « {name} » existe déjà. Choisissez un autre nom";
        Foreign(path) = { format!("{} n’est pas dans la liste des sessions", shown(path)) };
        BeingRecorded = "Une autre fenêtre est en train de la capturer. Fermez d’abord cette fenêtre";
        OtherVolume = "Elle est en cours de capture sur un autre volume. Enregistrez-la quand la capture aura pris fin";
        Store(error) = { error.in_words(language) };
    }

    Names |language| {
        Empty = "Saisissez un nom";
        TooLong = { format!("Un nom a au plus {MAX_NAME_CHARS} caractères") };
        Character(character) = "Un nom ne peut pas contenir {character:?}";
        Dot = "Un nom ne peut ni commencer ni finir par un point";
        Device = "Windows réserve ce nom à un périphérique";
    }
}
