//! The list of saved messages.

use crate::words::messages::Messages;
use crate::words::translated::translated;

translated! { GERMAN:
    Messages {
        tab = "Nachrichten";
        saved = "Gespeicherte Nachrichten";
        saved_short = "Gespeichert";
        saved_why = "Unter einem Namen gespeicherte Nachrichten";
        none_saved = "Keine gespeicherten Nachrichten";
        none_sought = "Keine gespeicherte Nachricht enthält das";
        filter = "Gespeicherte Nachrichten filtern";
        unusable = "Ungültig";
        send(name) = "{name} senden";
        send_why = "Sendet sie sofort; ein Doppelklick auf sie tut dasselbe";
        edit = "Bearbeiten";
        edit_named(name) = "{name} bearbeiten";
        edit_why = "Übernimmt sie ins Nachrichtenfeld";
        more(name) = "Menü von {name}";
        move_up = "Nach oben";
        move_down = "Nach unten";
        duplicate = "Duplizieren";
        delete = "Löschen";
        deleted(name) = "{name} wurde gelöscht";
        undo = "Rückgängig";
        message_name = "Name";
        folder = "Ordner";
        note = "Notiz";
        name = "Name der Nachricht";
        name_hint = "Diese Nachricht speichern unter…";
        save = "Speichern";
    }
}
