//! What the keys of one part of the window do.

use crate::words::keys::Keys;
use crate::words::translated::translated;

translated! { GERMAN:
    Keys {
        message = "Nachricht";
        rows = "Zeitleiste";
        lists = "Endpunkte, Regeln und gespeicherte Nachrichten";
        anywhere = "Überall";
        recall_at_edge = "Frühere und spätere Nachrichten zurückholen, von der ersten und der letzten Zeile aus";
        recall = "Frühere und spätere Nachrichten zurückholen, von jeder Zeile aus";
        send_saved = "Eine der ersten neun gespeicherten Nachrichten senden";
        arrange = "Ausgewähltes verschieben";
        delete_rule = "Ausgewählte Regel löschen";
        select = "Auswahl bewegen";
        select_more = "Auswahl erweitern";
        ends = "Zur ältesten oder neuesten Zeile; die Taste Ende folgt auch neuen Einträgen";
        copy = "Ausgewählte Zeilen kopieren";
        leave = "Suchfeld oder verfolgte Verbindung verlassen, Dialog schließen; gibt es nichts zu schließen, alles anhalten";

        ctrl = "Strg";
        shift = "Umschalt";
        enter = "Eingabe";
        delete = "Entf";
        escape = "Esc";
        up = "↑";
        down = "↓";
        page_up = "Bild ↑";
        page_down = "Bild ↓";
        home = "Pos1";
        end = "Ende";
        plus = "Plus";
        minus = "Minus";
    }
}
