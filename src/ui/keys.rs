//! The keys that work anywhere in the window: one table for the effect, the tooltips and the F1 list.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

/// A key with what it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shortcut {
    /// The key; `COMMAND` is Cmd on macOS and Ctrl elsewhere.
    pub shortcut: KeyboardShortcut,
    /// What it does.
    pub does: &'static str,
}

impl Shortcut {
    const fn new(modifiers: Modifiers, key: Key, does: &'static str) -> Self {
        Self {
            shortcut: KeyboardShortcut::new(modifiers, key),
            does,
        }
    }

    /// Returns the key as this system writes it.
    pub(super) fn text(&self, ui: &Ui) -> String {
        ui.format_shortcut(&self.shortcut)
    }

    /// Takes the key if it was pressed.
    pub(super) fn pressed(&self, ui: &Ui) -> bool {
        ui.input_mut(|input| input.consume_shortcut(&self.shortcut))
    }
}

const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Sends the message.
pub(super) const SEND: Shortcut = Shortcut::new(Modifiers::COMMAND, Key::Enter, "Send the message");
/// Hides what is on record so far.
pub(super) const CLEAR_VIEW: Shortcut = Shortcut::new(Modifiers::COMMAND, Key::L, "Clear the view");
/// Goes to the find field.
pub(super) const FIND: Shortcut = Shortcut::new(Modifiers::COMMAND, Key::F, "Find");
/// Finds the next entry.
pub(super) const FIND_NEXT: Shortcut = Shortcut::new(Modifiers::NONE, Key::F3, "Find the next one");
/// Finds the previous entry.
pub(super) const FIND_PREVIOUS: Shortcut =
    Shortcut::new(Modifiers::SHIFT, Key::F3, "Find the previous one");
/// Adds a server.
pub(super) const NEW_SERVER: Shortcut = Shortcut::new(COMMAND_SHIFT, Key::N, "Add a server");
/// Adds a client.
pub(super) const NEW_CLIENT: Shortcut = Shortcut::new(Modifiers::COMMAND, Key::N, "Add a client");
/// Shows the sessions on disk.
pub(super) const OPEN: Shortcut =
    Shortcut::new(Modifiers::COMMAND, Key::O, "Sessions: open, save, delete");
/// Saves the session under a name.
pub(super) const SAVE: Shortcut =
    Shortcut::new(Modifiers::COMMAND, Key::S, "Save this session under a name");
/// Exports what is on record.
pub(super) const EXPORT: Shortcut = Shortcut::new(Modifiers::COMMAND, Key::E, "Export entries");
/// Shows the keys.
pub(super) const HELP: Shortcut = Shortcut::new(Modifiers::NONE, Key::F1, "Show the keys");

/// All of them, in the order of the list that F1 shows. Longer ones stand before the shorter ones that they hold,
/// as [`Shortcut::pressed`] needs it.
pub(super) const ALL: [Shortcut; 11] = [
    SEND,
    FIND,
    FIND_PREVIOUS,
    FIND_NEXT,
    CLEAR_VIEW,
    NEW_SERVER,
    NEW_CLIENT,
    OPEN,
    SAVE,
    EXPORT,
    HELP,
];

/// Keys that one part of the window handles itself; listed with the others.
pub(super) const LOCAL: [(&str, &str); 8] = [
    (
        "Up / Down",
        "Message: earlier and later messages, from the first and the last line",
    ),
    (
        "Alt+Up / Alt+Down",
        "Message: earlier and later messages, from any line",
    ),
    (
        "Up / Down, Page Up / Page Down",
        "Timeline: move the selection",
    ),
    ("Shift with these", "Timeline: select several rows"),
    (
        "Home / End",
        "Timeline: the oldest and the newest row; End follows again",
    ),
    ("Ctrl+C", "Timeline: copy the selected rows"),
    (
        "Esc",
        "Leave the find field or a followed connection, close a dialog",
    ),
    ("Ctrl+Plus / Ctrl+Minus / Ctrl+0", "Zoom"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_does_two_things() {
        for (index, one) in ALL.iter().enumerate() {
            for other in &ALL[index + 1..] {
                assert_ne!(
                    one.shortcut, other.shortcut,
                    "{} and {}",
                    one.does, other.does
                );
            }
        }
    }

    #[test]
    fn a_longer_key_is_looked_for_before_the_shorter_one_that_it_holds() {
        for (index, one) in ALL.iter().enumerate() {
            for later in &ALL[index + 1..] {
                let same_key = one.shortcut.logical_key == later.shortcut.logical_key;
                let is_longer = later.shortcut.modifiers.contains(one.shortcut.modifiers)
                    && later.shortcut.modifiers != one.shortcut.modifiers;
                assert!(!(same_key && is_longer), "{} comes too late", later.does);
            }
        }
    }
}
