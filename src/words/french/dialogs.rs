//! Dialogs that have no subject of their own.

use super::noun;
use crate::words::dialogs::Dialogs;
use crate::words::translated::translated;

translated! { FRENCH:
    Dialogs {
        quit_title = "Quitter Bothends ?";
        quit(live) = { format!("Quitter fermera {}. La session capturée reste sur le disque.", noun(live, "connexion active", "connexions actives")) };
        never_ask = "Ne plus demander";
        quit_button = "Quitter";
        problems = "Problèmes";
        keys = "Raccourcis clavier";
        sessions = "Sessions";
        export = "Exporter des entrées";
    }
}
