//! Dialogs that have no subject of their own.

use super::noun;
use crate::words::dialogs::Dialogs;
use crate::words::translated::translated;

translated! { GERMAN:
    Dialogs {
        quit_title = "Bothends beenden?";
        quit(live) = { format!("Beim Beenden {} {} geschlossen. Die aufgezeichnete Sitzung bleibt auf der Platte.", if live == 1 { "wird" } else { "werden" }, noun(live, "offene Verbindung", "offene Verbindungen")) };
        never_ask = "Nicht mehr fragen";
        quit_button = "Beenden";
        problems = "Probleme";
        keys = "Tastenkürzel";
        about = "Über Bothends";
        about_what = "Eine Werkbank für Verbindungen: beide Enden über TCP, TLS, UDP oder Unix-Sockets sein und genau sehen, was geschah.";
        about_licence = "Freie Software, nach Wahl unter der MIT-Lizenz oder der Apache-Lizenz 2.0.";
        about_fonts = "Die mitgelieferten Schriften, unter der SIL Open Font License 1.1";
        sessions = "Sitzungen";
        export = "Einträge exportieren";
    }
}
