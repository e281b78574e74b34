//! The list of saved messages.

use super::phrases::phrases;

phrases! {
    /// The list of saved messages.
    Messages {
        tab = "Messages";
        saved = "Saved messages";
        saved_short = "Saved";
        saved_why = "Messages saved under a name";
        none_saved = "No saved messages";
        none_sought = "No saved message contains this";
        filter = "Filter saved messages";
        unusable = "Not valid";
        send(name: &str) = "Send {name}";
        send_why = "Send it now; double-clicking it does the same";
        edit = "Edit";
        edit_named(name: &str) = "Edit {name}";
        edit_why = "Put it into the message field";
        more(name: &str) = "More for {name}";
        move_up = "Move up";
        move_down = "Move down";
        duplicate = "Duplicate";
        delete = "Delete";
        deleted(name: &str) = "{name} was deleted";
        undo = "Undo";
        message_name = "Name";
        folder = "Folder";
        note = "Note";
        name = "Message name";
        name_hint = "Save this message as…";
        save = "Save";
    }
}
