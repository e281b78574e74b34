//! How keys are written: as the system and the language of the window write them.

use egui::{Key, KeyboardShortcut, ModifierNames, Ui};

use crate::words::Language;

/// Returns a key as this system and a language write it: a full stop is written as one.
pub(super) fn written(ui: &Ui, words: &Language, key: KeyboardShortcut) -> String {
    if ui.ctx().os().is_mac() {
        // It has signs for most keys.
        return ui.format_shortcut(&key).replace(Key::Period.name(), ".");
    }
    let names = ModifierNames {
        ctrl: words.keys.ctrl,
        shift: words.keys.shift,
        ..ModifierNames::NAMES
    };
    let name = key_name(words, key.logical_key);
    match names.format(&key.modifiers, false) {
        modifiers if modifiers.is_empty() => name.to_owned(),
        modifiers => format!("{modifiers}{}{name}", names.concat),
    }
}

fn key_name(words: &Language, key: Key) -> &'static str {
    let words = &words.keys;
    match key {
        Key::Enter => words.enter,
        Key::Delete => words.delete,
        Key::Escape => words.escape,
        Key::ArrowUp => words.up,
        Key::ArrowDown => words.down,
        Key::Plus => words.plus,
        Key::Minus => words.minus,
        Key::Period => ".",
        _ => key.name(),
    }
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;
    use crate::words::{ENGLISH, FRENCH, GERMAN, SPANISH};

    #[test]
    fn a_key_is_written_as_its_language_writes_it() {
        let check = |words: &Language, modifiers, key, expected| {
            let shortcut = KeyboardShortcut::new(modifiers, key);
            let mut text = String::new();
            let context = egui::Context::default();
            context.set_os(egui::os::OperatingSystem::Nix);
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                text = written(ui, words, shortcut);
            });
            output.textures_delta.clear();
            assert_eq!(text, expected);
        };
        let command = Modifiers::COMMAND;
        check(&ENGLISH, command, Key::Enter, "Ctrl+Enter");
        check(&GERMAN, command, Key::Enter, "Strg+Eingabe");
        check(&GERMAN, command, Key::Period, "Strg+.");
        let both = command.plus(Modifiers::SHIFT);
        check(&FRENCH, both, Key::S, "Ctrl+Maj+S");
        check(&SPANISH, Modifiers::SHIFT, Key::F3, "Mayús+F3");
    }
}
