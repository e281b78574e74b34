//! What many panels say.

use super::{bytes, rate};
use crate::words::common::Common;
use crate::words::translated::translated;

translated! { GERMAN:
    Common {
        close = "Schließen";
        cancel = "Abbrechen";
        replace = "Datei ersetzen, falls vorhanden";
        resize_list = "Größe der Endpunktliste ändern";
        resize_peers = "Größe der Gegenstellenliste ändern";
        resize_inspector = "Größe des Inspektors ändern";
        resize_detail = "Größe des Detailbereichs ändern";
        resize_plot = "Größe des Diagramms ändern";
        recording_settings = "Aufzeichnungseinstellungen";
        comma = ", ";
        semicolon = "; ";
        full_stop = ". ";
        sentences(first, second) = "{first} {second}";
        ended(sentence) = "{sentence}.";
        bytes(received, sent) = { format!("{} empfangen, {} gesendet", bytes(received), bytes(sent)) };
        rates(received, sent) = { format!("{} empfangen, {} gesendet", rate(received), rate(sent)) };
    }
}
