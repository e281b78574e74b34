//! The list of sessions, the offer of an interrupted one, and the captures that are open.

use super::{bytes, grouped, noun};
use crate::words::sessions::Sessions;
use crate::words::translated::translated;

translated! { GERMAN:
    Sessions {
        path = "Ordner oder Datei";
        open = "Öffnen";
        open_path = "Pfad öffnen";
        about_path = "Der Ordner eines Mitschnitts oder eine .pcap- oder .pcapng-Datei. Beides lässt sich auch auf dem Fenster ablegen.";
        looking = "Sucht Sitzungen…";
        none = "Keine Sitzungen auf der Platte";
        delete = "Löschen…";
        delete_session(title) = "{title} löschen…";
        save_as = "Speichern unter…";
        save_session(title) = "{title} speichern unter…";
        open_session(title) = "{title} öffnen";
        name = "Name der Sitzung";
        save = "Speichern";
        delete_question(freed_bytes) = { format!("Endgültig löschen? Das gibt {} frei.", bytes(freed_bytes)) };
        delete_now = "Löschen";
        keep = "Behalten";
        saved = "gespeichert";
        unsaved = "nicht gespeichert";
        interrupted = "unterbrochen";
        live = "diese Sitzung";
        in_another_window = "wird von einem anderen Fenster aufgezeichnet";
        rule(days, kept) = "Nicht gespeicherte Sitzungen werden nach {days} Tagen gelöscht; nur die letzten {kept} bleiben.";
        pruned(sessions) = { format!("Bei diesem Start {}.", if sessions == 1 { "wurde 1 Sitzung gelöscht".to_owned() } else { format!("wurden {} Sitzungen gelöscht", grouped(sessions)) }) };
        saved_stay = "Gespeicherte Sitzungen bleiben, bis Sie sie löschen.";
        offer_name = "Unterbrochene Sitzung";
        offer(when) = "Die Sitzung vom {when} wurde unterbrochen: Bothends endete, ohne sie zu schließen";
        offered(entries, size_bytes) = { format!("{}, {} auf der Platte. Was zuletzt geschah, kann fehlen.", noun(entries, "Eintrag", "Einträge"), bytes(size_bytes)) };
        offer_open = "Neben der aktuellen Sitzung zeigen";
        offer_keep = "In der Liste lassen";
        offer_keep_why = "Sie ist später im Menü „Datei“ unter „Sitzungen öffnen…“ zu finden";
        captures = "Mitschnitte";
        tab_live = "Live";
        tab_read_only(name) = "{name} (schreibgeschützt)";
        close(name) = "{name} schließen";
        read_as = "Lesen als…";
        read_as_why = "Kodierung, Framing und Prüfung, mit denen dieser Mitschnitt gelesen wird";
        as_recorded = "Gelesen wie aufgezeichnet";
        by_current = "Gelesen mit aktuellen Einstellungen";
        as_chosen = "Gelesen wie hier gewählt";
        by_endpoint = "(je Endpunkt verschieden)";
        use_current = "Aktuelle Einstellungen nehmen";
        use_current_why = "Liest mit den aktuellen Einstellungen der gleichnamigen Endpunkte";
        read_as_recorded = "Lesen wie aufgezeichnet";
        read_as_recorded_why = "Liest mit den Einstellungen, die die Endpunkte bei der Aufzeichnung hatten";
    }
}
