//! The list of all commands, found by a part of their names.

use egui::{Align, Button, Key, Label, Modifiers, Response, RichText, ScrollArea, TextEdit, Ui};

use super::commands::{self, WindowCommand};
use super::peer_commands::{self, PeerCommand};
use super::sequence_commands::{self, SequenceCommand};
use super::widgets::scrolls_in_sight;
use super::{Cx, Tokens};
use crate::words::{Language, Spoken};

/// The list's own state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Palette {
    text: String,
    /// The place of the marked command among those found.
    marked: usize,
    /// Whether the marked one has to be scrolled to.
    is_moved: bool,
    /// Whether the pointer was moved since the keyboard marked one.
    follows_pointer: bool,
}

/// The height of the list at most, in points.
const HEIGHT: f32 = 340.0;

/// What the list offers.
#[derive(Clone, Copy)]
enum Item<'a> {
    Command(&'static WindowCommand),
    Peer(PeerCommand<'a>),
    Sequence(SequenceCommand<'a>),
}

impl Item<'_> {
    fn label(&self, words: &Language) -> &'static str {
        match self {
            Self::Command(command) => command.label(words),
            Self::Peer(command) => command.label(words),
            Self::Sequence(_) => words.sequences.run_on,
        }
    }

    /// Returns where it belongs: a menu, or a connection.
    fn place(&self, words: &Language) -> String {
        match self {
            Self::Command(command) => command.menu.name(words).to_owned(),
            Self::Peer(command) => command.connection(words),
            Self::Sequence(command) => words.sequences.of_client(command.name, command.client()),
        }
    }

    fn spoken(&self, words: &Language) -> String {
        match self {
            Self::Command(command) => command.label(words).to_owned(),
            Self::Peer(_) | Self::Sequence(_) => {
                format!("{} {}", self.label(words), self.place(words))
            }
        }
    }

    fn is_possible(&self, cx: &Cx<'_>) -> bool {
        match self {
            Self::Command(command) => command.is_possible(cx),
            // Others are not listed.
            Self::Peer(_) | Self::Sequence(_) => true,
        }
    }

    /// Returns what it does, where its name does not say it, or that it cannot be done now.
    fn about(&self, cx: &Cx<'_>) -> Option<&'static str> {
        match self {
            _ if !self.is_possible(cx) => Some(cx.words.menus.not_now),
            Self::Command(command) => command.why(cx.words),
            Self::Peer(_) | Self::Sequence(_) => None,
        }
    }

    fn request(&self, cx: &Cx<'_>) {
        match self {
            Self::Command(command) => command.request(cx),
            Self::Peer(command) => command.request(cx),
            Self::Sequence(command) => command.request(cx),
        }
    }
}

impl Palette {
    /// Shows the list; a chosen command is requested and closes it.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let words = &cx.words.menus;
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
        let field = TextEdit::singleline(&mut self.text)
            .hint_text(words.command_hint)
            .desired_width(f32::INFINITY)
            .margin(egui::Margin::symmetric(10, 6))
            .return_key(None);
        let field = ui.add(field).accessible_name(words.find_command);
        field.request_focus();
        if field.changed() {
            self.marked = 0;
        }
        let commands = found(&self.text, cx.words).into_iter();
        let peers = peer_commands::found(cx, &self.text).into_iter();
        let sequences = sequence_commands::found(cx, &self.text).into_iter();
        let mut found: Vec<_> = commands
            .map(Item::Command)
            .chain(peers.map(Item::Peer))
            .chain(sequences.map(Item::Sequence))
            .collect();
        // What can be done now comes first where something is looked for.
        if !self.text.trim().is_empty() {
            found.sort_by_key(|item| !item.is_possible(cx));
        }
        let last = found.len().saturating_sub(1);
        self.is_moved = up || down;
        self.follows_pointer &= !(self.is_moved || field.changed());
        self.marked = match (up, down) {
            (true, _) => self.marked.saturating_sub(1),
            (_, true) => self.marked + 1,
            _ => self.marked,
        }
        .min(last);
        let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let mut chosen = found.get(self.marked).copied().filter(|_| enter);
        let mut pointed = None;
        // However many are found, the dialog keeps its height: it would move under the hands.
        scrolls_in_sight(ui);
        let area = ScrollArea::vertical().max_height(HEIGHT).auto_shrink(false);
        area.min_scrolled_height(HEIGHT).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if found.is_empty() {
                ui.colored_label(Tokens::of(ui).muted_text, words.no_command);
            }
            for (place, item) in found.iter().enumerate() {
                let response = self.item_ui(ui, cx, item, place);
                if response.clicked() {
                    chosen = Some(*item);
                }
                if response.contains_pointer() {
                    pointed = Some(*item);
                }
            }
        });
        if ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO) {
            self.follows_pointer = true;
        }
        // A tooltip would cover the items below. A pointer that rests says nothing against the keys.
        let explained = pointed
            .filter(|_| self.follows_pointer)
            .or(found.get(self.marked).copied());
        about_ui(ui, cx, explained);
        if let Some(item) = chosen.filter(|it| it.is_possible(cx)) {
            ui.close();
            item.request(cx);
        }
    }

    fn item_ui(&self, ui: &mut Ui, cx: &Cx<'_>, item: &Item<'_>, place: usize) -> Response {
        let tokens = Tokens::of(ui);
        let belongs = RichText::new(item.place(cx.words)).color(tokens.faint_text);
        let belongs = belongs.size(Tokens::SMALL_SIZE);
        let is_marked = place == self.marked;
        let width = ui.available_width();
        let mut button = Button::selectable(is_marked, (item.label(cx.words), belongs))
            .truncate()
            .min_size(egui::vec2(width, Tokens::CONTROL_HEIGHT));
        if let Item::Command(command) = item {
            button = button.shortcut_text(command.key_text(ui, cx.words));
        }
        let response = ui.add_enabled(item.is_possible(cx), button);
        if is_marked && self.is_moved {
            response.scroll_to_me(Some(Align::Center));
        }
        if let Some(about) = item.about(cx) {
            let describe = |node: &mut egui::accesskit::Node| node.set_description(about);
            ui.ctx().accesskit_node_builder(response.id, describe);
        }
        response.accessible_name(item.spoken(cx.words))
    }
}

/// Says below the list what an item does, where its name does not say it, or that it cannot be done now.
fn about_ui(ui: &mut Ui, cx: &Cx<'_>, item: Option<Item<'_>>) {
    let about = item.and_then(|it| it.about(cx)).unwrap_or_default();
    let text = Tokens::small_words(about, Tokens::of(ui).muted_text);
    ui.add(Label::new(text).truncate());
}

/// Returns the commands whose names contain all words of `text`, those first whose names begin with it. A language is
/// found by its own name and by the English one.
fn found(text: &str, words: &Language) -> Vec<&'static WindowCommand> {
    // An apostrophe is typed as a straight one.
    let plain = |text: &str| text.to_lowercase().replace('\u{2019}', "'");
    let wanted = plain(text.trim());
    let name = |command: &WindowCommand| plain(command.label(words));
    let has_all = |command: &&'static WindowCommand| {
        let mut full = format!("{} {}", name(command), plain(command.menu.name(words)));
        for also in command.language().iter().flat_map(Spoken::names) {
            full = format!("{full} {}", plain(also));
        }
        wanted.split_whitespace().all(|part| full.contains(part))
    };
    let mut found: Vec<&'static WindowCommand> = commands::all().filter(has_all).collect();
    found.sort_by_key(|command| !name(command).starts_with(&wanted));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{ENGLISH, FRENCH};

    #[test]
    fn commands_are_found_by_parts_of_their_names() {
        let first = |text: &str| found(text, &ENGLISH).first().map(|it| it.label(&ENGLISH));
        assert_eq!(first("clear"), Some("Clear view"));
        assert_eq!(first("SERVER add"), Some("Add server"));
        assert_eq!(first("find"), Some("Find"));
        assert_eq!(first("no such thing"), None);
        assert_eq!(found("", &ENGLISH).len(), commands::all().count());
        let french = found("monter l'extr\u{e9}mit\u{e9}", &FRENCH);
        assert_eq!(french.len(), 1);
    }

    #[test]
    fn a_language_is_found_by_its_own_name_and_by_the_english_one() {
        for (text, name) in [
            ("german", "Deutsch"),
            ("DEUTSCH", "Deutsch"),
            ("espa\u{f1}ol", "Espa\u{f1}ol"),
            ("japanese", "Japanese"),
            ("\u{65e5}\u{672c}", "Japanese"),
        ] {
            let labels: Vec<_> = found(text, &FRENCH)
                .iter()
                .map(|it| it.label(&FRENCH))
                .collect();
            assert_eq!(labels, [name], "{text}");
        }
    }
}
