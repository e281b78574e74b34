//! The commands of the window: one table that menus, buttons, keys, the list of commands and F1 read.

mod all;
mod languages;

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::key_text::written;
use super::{Action, Cx};
use crate::capture::EndpointState;
use crate::model::EndpointModel;
use crate::net::EndpointId;
use crate::words::{Language, Menus, Spoken};
use crate::workspace::{EndpointKind, LanguageChoice, LanguageId};
pub(super) use all::*;

/// Where a command stands in the menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Menu {
    File,
    Edit,
    Endpoint,
    View,
    Help,
    /// The languages, inside of the view's.
    Language,
}

impl Menu {
    /// Those of the bar, from the left.
    pub(super) const ALL: [Self; 5] = [
        Self::File,
        Self::Edit,
        Self::Endpoint,
        Self::View,
        Self::Help,
    ];

    /// Returns its name.
    pub(super) fn name(self, words: &Language) -> &'static str {
        let words = &words.menus;
        match self {
            Self::File => words.file,
            Self::Edit => words.edit,
            Self::Endpoint => words.endpoint,
            Self::View => words.view,
            Self::Help => words.help,
            Self::Language => words.language,
        }
    }
}

/// What a command is called and does.
enum Deed {
    /// What a phrase names and a function requests.
    Named {
        label: fn(&Menus) -> &'static str,
        request: fn(&Cx<'_>),
    },
    /// Choosing this language.
    Speak(LanguageId),
}

/// Something that the user can have done, wherever it is asked for.
pub(super) struct WindowCommand {
    /// Its menu.
    pub(super) menu: Menu,
    /// The part of the menu, counted from the top; a line parts it from the next one.
    pub(super) part: u8,
    deed: Deed,
    why: Option<fn(&Menus) -> &'static str>,
    key: Option<KeyboardShortcut>,
    is_possible: fn(&Cx<'_>) -> bool,
    needs: Option<fn(&Menus) -> &'static str>,
    /// Whether what it switches is on, if it switches something.
    is_on: Option<fn(&Cx<'_>) -> bool>,
}

impl WindowCommand {
    const fn new(
        menu: Menu,
        part: u8,
        label: fn(&Menus) -> &'static str,
        request: fn(&Cx<'_>),
    ) -> Self {
        Self::doing(menu, part, Deed::Named { label, request })
    }

    /// The command that chooses a language.
    const fn speaking(language: LanguageId) -> Self {
        Self::doing(Menu::Language, 1, Deed::Speak(language))
    }

    const fn doing(menu: Menu, part: u8, deed: Deed) -> Self {
        Self {
            menu,
            part,
            deed,
            why: None,
            key: None,
            is_possible: |_| true,
            needs: None,
            is_on: None,
        }
    }

    const fn key(mut self, modifiers: Modifiers, key: Key) -> Self {
        self.key = Some(KeyboardShortcut::new(modifiers, key));
        self
    }

    const fn explained(mut self, why: fn(&Menus) -> &'static str) -> Self {
        self.why = Some(why);
        self
    }

    const fn possible(mut self, is_possible: fn(&Cx<'_>) -> bool) -> Self {
        self.is_possible = is_possible;
        self
    }

    const fn needing(mut self, needs: fn(&Menus) -> &'static str) -> Self {
        self.needs = Some(needs);
        self
    }

    const fn on(mut self, is_on: fn(&Cx<'_>) -> bool) -> Self {
        self.is_on = Some(is_on);
        self
    }

    /// Returns what it is called. A language is called as itself in every language, if that can be drawn everywhere.
    pub(super) fn label(&self, words: &Language) -> &'static str {
        match self.deed {
            Deed::Named { label, .. } => label(&words.menus),
            Deed::Speak(language) => Spoken::of(language).drawable_name(),
        }
    }

    /// Returns the language that it chooses, if it chooses one.
    pub(super) fn language(&self) -> Option<Spoken> {
        match self.deed {
            Deed::Named { .. } => None,
            Deed::Speak(language) => Some(Spoken::of(language)),
        }
    }

    /// Returns its key as this system and a language write it, or nothing.
    pub(super) fn key_text(&self, ui: &Ui, words: &Language) -> String {
        let written = |key| written(ui, words, key);
        self.key.map_or_else(String::new, written)
    }

    /// Returns what it does, where its name does not say it.
    pub(super) fn why(&self, words: &Language) -> Option<&'static str> {
        Some((self.why?)(&words.menus))
    }

    /// Returns its tooltip: what it does, with its key.
    pub(super) fn hover(&self, ui: &Ui, words: &Language) -> String {
        let does = self.why(words).unwrap_or_else(|| self.label(words));
        match self.key {
            Some(key) => words.menus.with_key(does, &written(ui, words, key)),
            None => does.to_owned(),
        }
    }

    /// Returns whether it can be done now.
    pub(super) fn is_possible(&self, cx: &Cx<'_>) -> bool {
        (self.is_possible)(cx)
    }

    /// Returns what it needs to be possible, or what keeps it from being so.
    pub(super) fn needs(&self, words: &Language) -> Option<&'static str> {
        Some((self.needs?)(&words.menus))
    }

    /// Returns whether what it switches is on; `None` if it is no switch.
    pub(super) fn is_on(&self, cx: &Cx<'_>) -> Option<bool> {
        match self.deed {
            Deed::Named { .. } => self.is_on.map(|is_on| is_on(cx)),
            Deed::Speak(language) => Some(cx.preferences.language == LanguageChoice::Of(language)),
        }
    }

    /// Has it done, if it is possible.
    pub(super) fn request(&self, cx: &Cx<'_>) {
        if self.is_possible(cx) {
            match self.deed {
                Deed::Named { request, .. } => request(cx),
                Deed::Speak(language) => {
                    cx.push(Action::SetLanguage(LanguageChoice::Of(language)));
                }
            }
        }
    }
}

/// Returns all commands in the order of the menus, and within a menu in the order of its items.
pub(super) fn all() -> impl Iterator<Item = &'static WindowCommand> {
    let languages = std::iter::once(&languages::SYSTEM_LANGUAGE).chain(&languages::LANGUAGES);
    TABLE.iter().copied().chain(languages)
}

/// Has the commands done whose keys were pressed.
pub(super) fn take_keys(ui: &Ui, cx: &Cx<'_>) {
    for (command, key) in keys() {
        if ui.input_mut(|input| input.consume_shortcut(&key)) {
            command.request(cx);
        }
    }
}

/// Returns the commands that have keys. A longer key comes before a shorter one that it contains: the shorter one would
/// take it as its own.
fn keys() -> impl Iterator<Item = (&'static WindowCommand, KeyboardShortcut)> {
    [true, false].into_iter().flat_map(|is_longer| {
        let keys = all().filter_map(|command| Some((command, command.key?)));
        keys.filter(move |(_, key)| (key.modifiers.shift || key.modifiers.alt) == is_longer)
    })
}

/// Returns what starts an endpoint, if it does not run.
pub(super) fn start_of(cx: &Cx<'_>, id: EndpointId) -> Option<Action> {
    let is_idle =
        |it: &EndpointModel| matches!(it.status.state, EndpointState::Idle | EndpointState::Failed);
    cx.endpoints.get(&id).filter(|it| is_idle(it))?;
    Some(match cx.form(id)?.kind {
        EndpointKind::Server(_) => Action::StartServer(id),
        EndpointKind::Client(_) => Action::Connect(id),
    })
}

/// Returns what stops an endpoint, if it runs.
pub(super) fn stop_of(cx: &Cx<'_>, id: EndpointId) -> Option<Action> {
    if start_of(cx, id).is_some() {
        return None;
    }
    Some(match cx.form(id)?.kind {
        EndpointKind::Server(_) => Action::StopServer(id),
        EndpointKind::Client(_) => Action::DisconnectClient(id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn no_key_does_two_things() {
        for (index, one) in all().enumerate() {
            for other in all().skip(index + 1).filter(|it| it.key.is_some()) {
                let labels = (one.label(&ENGLISH), other.label(&ENGLISH));
                assert_ne!(one.key, other.key, "{labels:?}");
            }
        }
    }

    #[test]
    fn a_longer_key_is_looked_for_before_the_shorter_one_that_it_contains() {
        let keys: Vec<_> = keys().collect();
        assert_eq!(keys.len(), all().filter(|it| it.key.is_some()).count());
        for (index, (_, one)) in keys.iter().enumerate() {
            for (later, key) in &keys[index + 1..] {
                let is_longer =
                    key.modifiers.contains(one.modifiers) && key.modifiers != one.modifiers;
                let is_late = one.logical_key == key.logical_key && is_longer;
                assert!(!is_late, "{} comes too late", later.label(&ENGLISH));
            }
        }
    }

    #[test]
    fn no_two_commands_have_one_name() {
        for (index, one) in all().enumerate() {
            for other in all().skip(index + 1) {
                assert_ne!(one.label(&ENGLISH), other.label(&ENGLISH));
            }
        }
    }

    #[test]
    fn the_items_of_a_menu_stand_together_and_its_parts_in_order() {
        let places = all().map(|it| (it.menu as u8, it.part));
        assert!(places.is_sorted());
    }
}
