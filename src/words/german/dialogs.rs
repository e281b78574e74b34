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
        sessions = "Sitzungen";
        export = "Einträge exportieren";
    }
}
