//! What many panels say.

use super::{bytes, rate};
use crate::words::common::Common;
use crate::words::translated::translated;

translated! { FRENCH:
    Common {
        close = "Fermer";
        cancel = "Annuler";
        replace = "Remplacer le fichier s’il existe";
        resize_list = "Redimensionner la liste des extrémités";
        resize_peers = "Redimensionner la liste des pairs";
        resize_inspector = "Redimensionner l’inspecteur";
        resize_detail = "Redimensionner le volet de détail";
        resize_plot = "Redimensionner le graphique";
        recording_settings = "Réglages de la capture";
        comma = ", ";
        semicolon = "\u{202f}; ";
        full_stop = ". ";
        sentences(first, second) = "{first} {second}";
        ended(sentence) = "{sentence}.";
        bytes(received, sent) = { format!("reçu {}, envoyé {}", bytes(received), bytes(sent)) };
        rates(received, sent) = { format!("reçu {}, envoyé {}", rate(received), rate(sent)) };
    }
}
