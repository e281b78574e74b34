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
        about = "À propos de Bothends";
        about_what = "Un atelier pour les connexions : soyez l’une ou l’autre extrémité en TCP, TLS, UDP ou sur des sockets Unix, et voyez exactement ce qui s’est passé.";
        about_licence = "Logiciel libre, au choix sous licence MIT ou sous licence Apache 2.0.";
        about_fonts = "Les polices fournies, sous licence SIL Open Font License 1.1";
        sessions = "Sessions";
        export = "Exporter des entrées";
    }
}
