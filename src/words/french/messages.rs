//! The list of saved messages.

use crate::words::messages::Messages;
use crate::words::translated::translated;

translated! { FRENCH:
    Messages {
        tab = "Messages";
        saved = "Messages enregistrés";
        saved_short = "Enregistrés";
        saved_why = "Messages enregistrés sous un nom";
        none_saved = "Aucun message enregistré";
        none_sought = "Aucun message enregistré ne correspond";
        filter = "Filtrer les messages enregistrés";
        unusable = "Non valide";
        send(name) = "Envoyer {name}";
        send_why = "L’envoyer maintenant ; un double clic dessus fait de même";
        edit = "Modifier";
        edit_named(name) = "Modifier {name}";
        edit_why = "Le placer dans le champ du message";
        more(name) = "Plus d’actions pour {name}";
        move_up = "Monter";
        move_down = "Descendre";
        duplicate = "Dupliquer";
        delete = "Supprimer";
        deleted(name) = "« {name} » supprimé";
        undo = "Annuler";
        message_name = "Nom";
        folder = "Dossier";
        note = "Note";
        name = "Nom du message";
        name_hint = "Enregistrer ce message sous…";
        save = "Enregistrer";
    }
}
