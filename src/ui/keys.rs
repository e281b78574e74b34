//! The keys that work anywhere in the window: one table for the effect, the tooltips and the F1 list.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use crate::words::{Keys, Language};

/// A key with what it does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shortcut {
    /// The key; `COMMAND` is Cmd on macOS and Ctrl elsewhere.
    pub shortcut: KeyboardShortcut,
    does: fn(&Keys) -> &'static str,
}

impl Shortcut {
    const fn new(modifiers: Modifiers, key: Key, does: fn(&Keys) -> &'static str) -> Self {
        Self {
            shortcut: KeyboardShortcut::new(modifiers, key),
            does,
        }
    }

    /// Returns the key as this system writes it.
    pub(super) fn text(&self, ui: &Ui) -> String {
        ui.format_shortcut(&self.shortcut)
    }

    /// Returns what it does.
    pub(super) fn does(&self, words: &Language) -> &'static str {
        (self.does)(&words.keys)
    }

    /// Returns what it does, with the key.
    pub(super) fn hover(&self, ui: &Ui, words: &Language) -> String {
        words.keys.with_key(self.does(words), &self.text(ui))
    }

    /// Takes the key if it was pressed.
    pub(super) fn pressed(&self, ui: &Ui) -> bool {
        ui.input_mut(|input| input.consume_shortcut(&self.shortcut))
    }
}

const COMMAND: Modifiers = Modifiers::COMMAND;
const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// Sends the message.
pub(super) const SEND: Shortcut = Shortcut::new(COMMAND, Key::Enter, |keys| keys.send);
/// Hides what has been recorded so far.
pub(super) const CLEAR_VIEW: Shortcut = Shortcut::new(COMMAND, Key::L, |keys| keys.clear_view);
/// Goes to the find field.
pub(super) const FIND: Shortcut = Shortcut::new(COMMAND, Key::F, |keys| keys.find);
/// Finds the next entry.
pub(super) const FIND_NEXT: Shortcut =
    Shortcut::new(Modifiers::NONE, Key::F3, |keys| keys.find_next);
/// Finds the previous entry.
pub(super) const FIND_PREVIOUS: Shortcut =
    Shortcut::new(Modifiers::SHIFT, Key::F3, |keys| keys.find_previous);
/// Adds a server.
pub(super) const NEW_SERVER: Shortcut =
    Shortcut::new(COMMAND_SHIFT, Key::N, |keys| keys.new_server);
/// Adds a client.
pub(super) const NEW_CLIENT: Shortcut = Shortcut::new(COMMAND, Key::N, |keys| keys.new_client);
/// Shows the sessions on disk.
pub(super) const OPEN: Shortcut = Shortcut::new(COMMAND, Key::O, |keys| keys.open);
/// Saves the session under a name.
pub(super) const SAVE: Shortcut = Shortcut::new(COMMAND, Key::S, |keys| keys.save);
/// Exports entries.
pub(super) const EXPORT: Shortcut = Shortcut::new(COMMAND, Key::E, |keys| keys.export);
/// Shows the keyboard shortcuts.
pub(super) const HELP: Shortcut = Shortcut::new(Modifiers::NONE, Key::F1, |keys| keys.help);

/// All of them, in the order of the list that F1 shows. A longer shortcut comes before a shorter one that it contains,
/// as [`Shortcut::pressed`] requires.
const ALL: [Shortcut; 11] = [
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

/// Returns all keys as this system writes them, with what they do: those that work anywhere, then those of one part of
/// the window.
pub(super) fn list(ui: &Ui, words: &Language) -> Vec<(String, &'static str)> {
    let keys = &words.keys;
    let local = [
        ("Up / Down", keys.recall_at_edge),
        ("Alt+Up / Alt+Down", keys.recall),
        ("Up / Down, Page Up / Page Down", keys.select),
        ("Shift+Up / Shift+Down", keys.select_more),
        ("Home / End", keys.ends),
        ("Ctrl+C", keys.copy),
        ("Esc", keys.leave),
        ("Ctrl+Plus / Ctrl+Minus / Ctrl+0", keys.zoom),
    ];
    let command = if ui.ctx().os().is_mac() {
        "Cmd"
    } else {
        "Ctrl"
    };
    let local = local.map(|(key, does)| (key.replace("Ctrl", command), does));
    let global = ALL.iter().map(|key| (key.text(ui), key.does(words)));
    global.chain(local).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn no_key_does_two_things() {
        for (index, one) in ALL.iter().enumerate() {
            for other in &ALL[index + 1..] {
                assert_ne!(
                    one.shortcut,
                    other.shortcut,
                    "{} and {}",
                    one.does(&ENGLISH),
                    other.does(&ENGLISH)
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
                let does = later.does(&ENGLISH);
                assert!(!(same_key && is_longer), "{does} comes too late");
            }
        }
    }
}
