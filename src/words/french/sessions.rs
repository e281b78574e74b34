//! The list of sessions, the offer of an interrupted one, and the captures that are open.

use super::{bytes, noun};
use crate::words::sessions::Sessions;
use crate::words::translated::translated;

translated! { FRENCH:
    Sessions {
        path = "Dossier ou fichier";
        open = "Ouvrir";
        open_path = "Ouvrir un chemin";
        about_path = "Un dossier de capture, ou un fichier .pcap ou .pcapng. Vous pouvez aussi le déposer sur la fenêtre.";
        looking = "Recherche des sessions…";
        none = "Aucune session sur le disque";
        delete = "Supprimer…";
        delete_session(title) = "Supprimer {title}…";
        save_as = "Enregistrer sous…";
        save_session(title) = "Enregistrer {title} sous…";
        open_session(title) = "Ouvrir {title}";
        name = "Nom de la session";
        save = "Enregistrer";
        delete_question(freed_bytes) = { format!("Supprimer définitivement ? Cela libère {}.", bytes(freed_bytes)) };
        delete_now = "Supprimer";
        keep = "Conserver";
        saved = "enregistrée";
        unsaved = "non enregistrée";
        interrupted = "interrompue";
        live = "cette session";
        in_another_window = "en cours de capture dans une autre fenêtre";
        rule(days, kept) = "Les sessions non enregistrées sont supprimées après {days} jours ; seules les {kept} dernières sont conservées.";
        pruned(sessions) = { format!("{} à ce démarrage.", noun(sessions, "session supprimée", "sessions supprimées")) };
        saved_stay = "Les sessions enregistrées restent jusqu’à ce que vous les supprimiez.";
        offer_name = "Session interrompue";
        offer(when) = "La session du {when} a été interrompue : Bothends s’est terminé sans la fermer";
        offered(entries, size_bytes) = { format!("{}, {} sur le disque. Ce qui s’est passé en dernier peut manquer.", noun(entries, "entrée", "entrées"), bytes(size_bytes)) };
        offer_open = "L’afficher à côté de la session en cours";
        offer_keep = "Garder dans la liste";
        offer_keep_why = "La retrouver plus tard dans le menu Fichier, sous Ouvrir des sessions…";
        captures = "Captures";
        tab_live = "En direct";
        tab_read_only(name) = "{name} (lecture seule)";
        close(name) = "Fermer {name}";
        read_as = "Lire avec…";
        read_as_why = "Encodage, découpage et contrôle avec lesquels lire cette capture";
        as_recorded = "Lue comme lors de la capture";
        by_current = "Lue avec les réglages actuels";
        as_chosen = "Lue comme choisi ici";
        by_endpoint = "(différent selon les extrémités)";
        use_current = "Utiliser les réglages actuels";
        use_current_why = "La lire avec les réglages actuels des extrémités de mêmes noms";
        read_as_recorded = "Lire comme lors de la capture";
        read_as_recorded_why = "La lire avec les réglages que ses extrémités avaient lors de la capture";
    }
}
