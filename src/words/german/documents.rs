//! Documents: their names, how they are opened, saved and left, and what became of their files.

use super::noun;
use crate::words::InWords as _;
use crate::words::documents::{Documents, Openings};
use crate::words::translated::translated;

translated! { GERMAN:
    Documents {
        untitled = "Unbenannt";
        saved(name) = "{name} · gespeichert";
        autosaved(name) = "{name} · automatisch gespeichert";
        kept_nowhere(name) = "{name} · nicht gespeichert";
        unsaved(name) = "{name} · ungespeicherte Änderungen";
        window(name) = "{name} – Bothends";
        open_title = "Öffnen";
        open_path = "Dokument, Mitschnitt oder Paketdatei";
        about_open = "Ein .bothends-Dokument, der Ordner eines Mitschnitts oder eine .pcap- oder .pcapng-Datei; Dateien von Packet Sender werden importiert. Sie lassen sich auch auf dem Fenster ablegen.";
        open = "Öffnen";
        import_title = "Nachrichten importieren";
        import_path = "Datei von Packet Sender";
        about_import = "Die packets.ini von Packet Sender oder sein JSON-Export. Aus jedem Paket wird eine gespeicherte Nachricht dieses Dokuments.";
        import = "Importieren";
        recent = "Zuletzt geöffnete Dokumente";
        recent_missing(name, why) = "{name} ({why})";
        open_recent(name) = "{name} öffnen";
        forget_recent(name) = "{name} aus der Liste entfernen";
        browse = "Durchsuchen…";
        browse_for(what) = "Durchsuchen: {what}";
        save_title = "Dokument speichern unter";
        save_path = "Speichern in";
        about_save = "Eine Textdatei, die sich gut mit Versionsverwaltung verträgt. Ihr Name endet auf .bothends.";
        save = "Speichern";
        no_dialogs = "Dieser Desktop bietet keinen Dateidialog. Stattdessen den Pfad eintippen.";
        leave_title(name) = "Änderungen an {name} speichern?";
        leave_unsaved = "Ohne Speichern gehen die Änderungen verloren.";
        leave_stop(running) = { format!("{} und {} gestoppt.", noun(running, "Endpunkt läuft", "Endpunkte laufen"), if running == 1 { "wird" } else { "werden" }) };
        leave_quit(live) = { format!("Beim Beenden {} {} geschlossen. Die aufgezeichnete Sitzung bleibt auf der Platte.", if live == 1 { "wird" } else { "werden" }, noun(live, "offene Verbindung", "offene Verbindungen")) };
        stop_title_new = "Endpunkte stoppen und ein neues Dokument beginnen?";
        stop_title_open(name) = "Endpunkte stoppen und {name} öffnen?";
        stop_title_reload(name) = "Endpunkte stoppen und {name} neu laden?";
        dont_save = "Nicht speichern";
        stop_new = "Stoppen und beginnen";
        stop_open = "Stoppen und öffnen";
        stop_reload = "Stoppen und neu laden";
        outside_name = "Dokument außerhalb geändert";
        outside_changed(name) = "{name} wurde außerhalb von Bothends geändert";
        outside_gone(name) = "{name} wurde verschoben oder gelöscht";
        outside_clean = "Neu laden zeigt die Änderungen. Dabei werden die Endpunkte gestoppt.";
        outside_own = "Auch hier wurde das Dokument geändert. Entweder neu laden und die eigenen Änderungen verlieren, oder die eigenen behalten und die Datei beim Speichern überschreiben.";
        outside_refused = "Es wurde nicht gespeichert, weil das die Änderungen überschrieben hätte. Entweder neu laden und die eigenen verlieren, oder die eigenen behalten und die Datei überschreiben.";
        outside_gone_what = "Speichern schreibt die Datei neu; sie lässt sich auch anderswo speichern.";
        reload = "Neu laden";
        keep_mine = "Eigene behalten";
        keep_and_save = "Eigene behalten und überschreiben";
        save_as = "Speichern unter…";
        dismiss = "Ausblenden";
        unsaved_name = "Ungespeicherte Änderungen";
        unsaved_found(name) = "Ungespeicherte Änderungen an {name} sind noch da";
        unsaved_found_at(name, when) = "Ungespeicherte Änderungen an {name} vom {when} sind noch da";
        unsaved_what = "Bothends endete, bevor sie gespeichert waren. Beim Wiederherstellen werden die Endpunkte gestoppt; die Datei bleibt bis zum Speichern, wie sie ist.";
        restore = "Änderungen wiederherstellen";
        discard = "Verwerfen";
        not_saved_name = "Dokument nicht gespeichert";
        not_saved = "Das Dokument wurde nicht gespeichert";
        advice_changed = "Neu laden, oder die eigenen Änderungen behalten und die Datei überschreiben";
        advice_exists = "Einen anderen Namen wählen oder die Datei ersetzen";
        advice_elsewhere = "Anderswo speichern";
        advice_shorten = "Die Nachrichten darin kürzen";
        drop_document(name) = "Loslassen, um das Dokument {name} zu öffnen";
        drop_captured(name) = "Loslassen, um die Paketdatei {name} zu öffnen";
        drop_messages(name) = "Loslassen, um die Nachrichten aus {name} zu importieren";
        drop_any(name) = "Loslassen, um {name} zu öffnen";
        drop_many(count) = { format!("Loslassen, um {} zu öffnen", noun(count, "Datei", "Dateien")) };
        dialog_open = "Dokument oder Mitschnitt öffnen";
        dialog_import = "Nachrichten von Packet Sender importieren";
        dialog_save = "Dokument speichern unter";
        dialog_export = "Exportieren nach";
        dialog_folder = "Ordner wählen";
        dialog_file = "Zu sendende Datei wählen";
        dialog_certificate = "Datei eines Zertifikats wählen";
        dialog_key = "Datei eines Schlüssels wählen";
        dialog_roots = "Datei mit vertrauenswürdigen Zertifikaten wählen";
        kind_pem = "Zertifikate und Schlüssel in PEM";
        kind_all = "Dokumente und Mitschnitte";
        kind_document = "Bothends-Dokumente";
        kind_packets = "Packet-Sender-Dateien";
        kind_any = "Alle Dateien";
    }

    Openings |language| {
        Read(source) = { source.in_words(language) };
        NotPlain = "es ist keine gewöhnliche Datei";
        Unknown = "es ist kein Dokument, kein Mitschnitt-Ordner, keine .pcap- oder .pcapng-Datei und keine Datei von Packet Sender";
    }
}
