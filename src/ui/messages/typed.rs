//! What is being typed about a saved message: its name, its folder, a note.

use egui::{Response, Ui};

use super::super::Cx;
use super::super::widgets::field;
use crate::workspace::{MessageEdit, SavedMessage};

/// What is being typed about a message.
pub(super) struct TypedMessage {
    /// The message as it was.
    pub(super) of: SavedMessage,
    name_text: String,
    folder_text: String,
    note_text: String,
}

impl TypedMessage {
    pub(super) fn of(message: &SavedMessage) -> Self {
        Self {
            name_text: message.name.clone(),
            folder_text: message.folder.clone(),
            note_text: message.note.clone(),
            of: message.clone(),
        }
    }

    /// Shows the fields; returns whether one of them was left.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &Cx<'_>) -> bool {
        let words = &cx.words.messages;
        let name = field::text(ui, words.message_name, &mut self.name_text, None);
        let folder = field::text(ui, words.folder, &mut self.folder_text, None);
        let note = field::text(ui, words.note, &mut self.note_text, None);
        [name, folder, note].iter().any(Response::lost_focus)
    }

    /// Returns the changes that were typed. The name comes last: the others name the message by the one that it has.
    pub(super) fn edits(self) -> Vec<MessageEdit> {
        let Self {
            of,
            name_text,
            folder_text,
            note_text,
        } = self;
        let name = || of.name.clone();
        let changed = |before: &str, now: &String| (before != now.trim()).then(|| now.clone());
        let folder = changed(&of.folder, &folder_text).map(|it| MessageEdit::Move(name(), it));
        let note = changed(&of.note, &note_text).map(|it| MessageEdit::Note(name(), it));
        let renamed = changed(&of.name, &name_text).map(|it| MessageEdit::Rename(name(), it));
        [folder, note, renamed].into_iter().flatten().collect()
    }
}
