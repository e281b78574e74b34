//! The list of problems.

use super::bytes;
use crate::words::notices::Notices;
use crate::words::translated::translated;

translated! { GERMAN:
    Notices {
        none = "Keine Probleme";
        placed(place, time) = "{place}  ·  {time}";
        solved(place) = "{place}  ·  gelöst";
        clear = "Liste leeren";
        document = "Dokument";
        opened_file = "Geöffnete Datei";
        copy = "Kopieren";
        addresses = "Adressen dieses Rechners";
        copy_cut(kept_bytes) = { format!("Nur der Anfang wurde kopiert: {}", bytes(kept_bytes)) };
        select_fewer = "Weniger Zeilen auswählen";
        nothing_to_make_a_rule_of = "Es wurde keine Regel angelegt: Das Empfangene ist nicht mehr vorhanden, oder sein Endpunkt ist weg";
        reader_busy = "Frühere Anforderungen werden noch bearbeitet";
        find_a_part = "Nach einem Teil davon suchen";
        filter_a_part = "Der Filter wurde entfernt, und alles ist zu sehen: einen Teil des Textes suchen, dann danach filtern";
        not_read_as_recorded(endpoint, problem) = "{endpoint} wurde auf eine Weise gelesen, die diese Version nicht kennt: {problem}";
        read_without = "Die Bytes werden ohne das gezeigt. Eine neuere Version von Bothends kennt es vielleicht";
        type_address = "Die Adresse eingeben, auf der gelauscht werden soll";
        chosen_for_another = "Es wurde nichts gespeichert: Die Datei wurde für das Dokument gewählt, das vorher offen war";
        choose_again = "Für dieses Dokument eine Datei wählen";
        kept_while_open = "Die Änderungen bleiben erhalten, bis Sie das Fenster schließen";
    }
}
