//! How much is recorded, and why recording stopped.

use super::{bytes, noun};
use crate::words::recording::Recording;
use crate::words::translated::translated;

translated! { FRENCH:
    Recording {
        keep = "Conserver";
        everything = "Tout";
        newest = "Entrées les plus récentes";
        first_bytes = "Premiers octets";
        nothing = "Rien";
        about_everything = "Conserver chaque octet jusqu’à une limite. La capture s’arrête alors et le signale ; le trafic continue.";
        about_newest = "Conserver les entrées les plus récentes. À la limite, les plus anciennes sont abandonnées pour faire de la place.";
        about_first_bytes = "Conserver chaque entrée, mais seulement les premiers octets de son morceau, et sa taille entière. Les exportations disent ce qui a été coupé.";
        about_nothing = "Ne capturer aucune entrée. La chronologie reste immobile tandis que le trafic continue.";
        chunk_limit = "Octets par morceau";
        limit = "Limite";
        on_disk(kept_bytes) = { format!("Sur le disque : {}.", bytes(kept_bytes)) };
        for_frames(derived_bytes) = { format!("La liste des trames occupe {} de plus.", bytes(derived_bytes)) };
        default(limit_bytes) = { format!("Laissez vide pour {}.", bytes(limit_bytes)) };
        about_default = "Par défaut : 10 Gio, ou un dixième de l’espace libre si c’est moins.";
        apply = "Appliquer";
        stopped_name = "Capture arrêtée";
        off = "La capture est désactivée";
        stopped(cause) = "Capture arrêtée : {cause}";
        continues = "Le trafic continue.";
        continues_without(entries) = { format!("Le trafic continue ; {} depuis.", noun(entries, "entrée non capturée", "entrées non capturées")) };
        switch_on = "Activer la capture";
        resume = "Reprendre";
        resume_elsewhere = "Reprendre dans un autre dossier…";
        settings = "Réglages de la capture…";
        folder = "Dossier de la capture";
        record_there = "Capturer dans ce dossier";
    }
}
