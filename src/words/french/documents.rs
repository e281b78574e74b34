//! Documents: their names, how they are opened, saved and left, and what became of their files.

use super::noun;
use crate::words::InWords as _;
use crate::words::documents::{Documents, Openings};
use crate::words::translated::translated;

translated! { FRENCH:
    Documents {
        untitled = "Sans titre";
        saved(name) = "{name} · enregistré";
        autosaved(name) = "{name} · enregistré automatiquement";
        kept_nowhere(name) = "{name} · non enregistré";
        unsaved(name) = "{name} · modifications non enregistrées";
        window(name) = "{name} — Bothends";
        open_title = "Ouvrir";
        open_path = "Document, capture ou fichier de capture";
        about_open = "Un document .bothends, un dossier de capture, ou un fichier .pcap ou .pcapng ; les fichiers de Packet Sender sont importés. Vous pouvez aussi le déposer sur la fenêtre.";
        open = "Ouvrir";
        import_title = "Importer des messages";
        import_path = "Fichier de Packet Sender";
        about_import = "Le packets.ini de Packet Sender, ou son exportation JSON. Chaque paquet devient un message enregistré de ce document.";
        import = "Importer";
        recent = "Documents récents";
        recent_missing(name, why) = "{name} ({why})";
        open_recent(name) = "Ouvrir {name}";
        forget_recent(name) = "Retirer {name} de la liste";
        browse = "Parcourir…";
        browse_for(what) = "Parcourir : {what}";
        save_title = "Enregistrer le document sous";
        save_path = "Enregistrer dans";
        about_save = "Un fichier texte qui se prête bien à la gestion de versions. Son nom se termine par .bothends.";
        save = "Enregistrer";
        no_dialogs = "Ce bureau n’offre pas de boîte de dialogue pour les fichiers. Saisissez plutôt le chemin.";
        leave_title(name) = "Enregistrer les modifications de {name} ?";
        leave_unsaved = "Vos modifications seront perdues si vous ne les enregistrez pas.";
        leave_stop(running) = {
    let running = noun(running as u64, "extrémité est active et sera arrêtée", "extrémités sont actives et seront arrêtées");
    format!("{running}.")
};
        leave_quit(live) = { format!("Quitter fermera {}. La session capturée reste sur le disque.", noun(live, "connexion active", "connexions actives")) };
        stop_title_new = "Arrêter les extrémités et commencer un nouveau document ?";
        stop_title_open(name) = "Arrêter les extrémités et ouvrir {name} ?";
        stop_title_reload(name) = "Arrêter les extrémités et recharger {name} ?";
        dont_save = "Ne pas enregistrer";
        stop_new = "Arrêter et commencer";
        stop_open = "Arrêter et ouvrir";
        stop_reload = "Arrêter et recharger";
        outside_name = "Document modifié à l’extérieur";
        outside_changed(name) = "{name} a été modifié en dehors de Bothends";
        outside_gone(name) = "{name} a été déplacé ou supprimé";
        outside_clean = "Rechargez-le pour voir les modifications. Recharger arrête ses extrémités.";
        outside_own = "Vous l’avez modifié ici aussi. Rechargez-le et perdez vos modifications, ou gardez les vôtres et écrasez le fichier lors de l’enregistrement.";
        outside_refused = "Il n’a pas été enregistré, car cela écraserait les modifications. Rechargez-le et perdez les vôtres, ou gardez les vôtres et écrasez le fichier.";
        outside_gone_what = "Enregistrez-le pour recréer le fichier, ou enregistrez-le ailleurs.";
        reload = "Recharger";
        keep_mine = "Garder les miennes";
        keep_and_save = "Garder les miennes et écraser";
        save_as = "Enregistrer sous…";
        dismiss = "Masquer";
        unsaved_name = "Modifications non enregistrées";
        unsaved_found(name) = "Des modifications non enregistrées de {name} ont été conservées";
        unsaved_found_at(name, when) = "Des modifications non enregistrées de {name} ont été conservées le {when}";
        unsaved_what = "Bothends s’est terminé avant leur enregistrement. Les restaurer arrête les extrémités ; le fichier reste tel quel jusqu’à ce que vous enregistriez.";
        restore = "Restaurer les modifications";
        discard = "Abandonner";
        not_saved_name = "Document non enregistré";
        not_saved = "Le document n’a pas été enregistré";
        advice_changed = "Rechargez-le, ou gardez vos modifications et écrasez le fichier";
        advice_exists = "Choisissez un autre nom, ou remplacez le fichier";
        advice_elsewhere = "Enregistrez-le ailleurs";
        advice_shorten = "Raccourcissez ses messages";
        drop_document(name) = "Déposer pour ouvrir le document {name}";
        drop_captured(name) = "Déposer pour ouvrir le fichier de capture {name}";
        drop_messages(name) = "Déposer pour importer les messages de {name}";
        drop_any(name) = "Déposer pour ouvrir {name}";
        drop_many(count) = { format!("Déposer pour ouvrir {}", noun(count as u64, "fichier", "fichiers")) };
        dialog_open = "Ouvrir un document ou une capture";
        dialog_import = "Importer des messages de Packet Sender";
        dialog_save = "Enregistrer le document sous";
        dialog_export = "Exporter vers";
        dialog_folder = "Choisir un dossier";
        dialog_file = "Choisir un fichier à envoyer";
        dialog_certificate = "Choisir le fichier d’un certificat";
        dialog_key = "Choisir le fichier d’une clé";
        dialog_roots = "Choisir le fichier des certificats de confiance";
        kind_pem = "Certificats et clés PEM";
        kind_all = "Documents et captures";
        kind_document = "Documents Bothends";
        kind_packets = "Fichiers de Packet Sender";
        kind_any = "Tous les fichiers";
    }

    Openings |language| {
        Read(source) = { source.in_words(language) };
        NotPlain = "ce n’est pas un fichier ordinaire";
        Unknown = "ce n’est ni un document, ni un dossier de capture, ni un fichier .pcap ou .pcapng, ni un fichier de Packet Sender";
    }
}
