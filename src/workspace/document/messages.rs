//! The saved messages of a document, and the changes to them.

use super::Document;
use super::edit::{EditError, MAX_NAME_CHARS, check_name};
use crate::payload::Draft;
use crate::workspace::preferences::HISTORY_MESSAGE_BYTES;

/// The most messages that a document holds.
pub const MAX_MESSAGES: usize = 500;
/// The longest note on a message, in characters.
pub const MAX_NOTE_CHARS: usize = 200;

/// A message that was saved under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedMessage {
    /// Its name, unique in the document.
    pub name: String,
    /// The folder that it stands in; empty for none.
    pub folder: String,
    /// What somebody noted about it, on one line; may be empty.
    pub note: String,
    /// The message.
    pub draft: Draft,
}

/// A change to the saved messages. Messages are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessageEdit {
    /// Save a message under a name, in place of one that has it.
    Save(String, Draft),
    /// Give it another name.
    Rename(String, String),
    /// Put it into a folder, or with an empty name out of any.
    Move(String, String),
    /// Put it before another one, or last, in a folder or with an empty name in none.
    Place {
        /// Its name.
        name: String,
        /// The folder.
        folder: String,
        /// The message of that folder that it stands before; `None` if it stands last there.
        before: Option<String>,
    },
    /// Note something about it.
    Note(String, String),
    /// Add a copy of it below it.
    Duplicate(String),
    /// Delete it.
    Delete(String),
    /// Bring back the one that was deleted last.
    Restore,
}

/// The message that was deleted last, and where it stood.
#[derive(Clone, Debug)]
pub(super) struct Deleted {
    place: usize,
    message: SavedMessage,
}

impl Document {
    /// Returns the saved message of this name.
    pub fn message(&self, name: &str) -> Option<&SavedMessage> {
        self.messages.iter().find(|it| it.name == name)
    }

    /// Returns whether a message can be given this name, as it was typed.
    pub fn is_free_message_name(&self, name: &str) -> bool {
        let name = name.trim();
        check_name(name).is_ok() && self.message(name).is_none()
    }

    /// Returns the name of the message that was deleted last and can be brought back.
    pub fn deleted_message(&self) -> Option<&str> {
        let deleted = self.deleted.as_ref()?;
        Some(&deleted.message.name)
    }

    /// Changes the saved messages.
    ///
    /// # Errors
    /// A name, folder or note cannot be used, the message is gone, or there are too many. Then nothing has changed.
    pub fn edit_messages(&mut self, edit: MessageEdit) -> Result<(), EditError> {
        match edit {
            MessageEdit::Save(name, draft) => self.save_message(&name, draft),
            MessageEdit::Rename(name, to) => self.rename_message(&name, to.trim()),
            MessageEdit::Move(name, folder) => self.move_message(&name, folder.trim()),
            MessageEdit::Place {
                name,
                folder,
                before,
            } => self.place_message(&name, folder.trim(), before.as_deref()),
            MessageEdit::Note(name, note) => {
                check_note(note.trim())?;
                note.trim().clone_into(&mut self.message_mut(&name)?.note);
                Ok(())
            }
            MessageEdit::Duplicate(name) => self.duplicate_message(&name),
            MessageEdit::Delete(name) => {
                self.delete_message(&name);
                Ok(())
            }
            MessageEdit::Restore => self.restore_message(),
        }
    }

    /// Saves a message under a name, in place of one that has it; a new one stands last.
    pub fn save_message(&mut self, name: &str, draft: Draft) -> Result<(), EditError> {
        let name = name.trim();
        check_name(name)?;
        if draft.text.len() > HISTORY_MESSAGE_BYTES {
            return Err(EditError::MessageTooLong);
        }
        if let Ok(saved) = self.message_mut(name) {
            saved.draft = draft;
            return Ok(());
        }
        let name = name.to_owned();
        let message = SavedMessage {
            name,
            draft,
            ..SavedMessage::default()
        };
        self.insert_message(self.messages.len(), message)
    }

    /// Deletes a saved message. The last one that was deleted can be brought back.
    pub fn delete_message(&mut self, name: &str) {
        if let Some(place) = self.messages.iter().position(|it| it.name == name) {
            let message = self.messages.remove(place);
            self.deleted = Some(Deleted { place, message });
        }
    }

    /// Returns a name that no saved message has, beginning with `base`.
    pub fn unused_message_name(&self, base: &str) -> String {
        let base: String = base.trim().chars().take(MAX_NAME_CHARS - 4).collect();
        let numbered = (2..).map(|number| format!("{base} {number}"));
        let mut names = std::iter::once(base.clone()).chain(numbered);
        let free = names.find(|name| self.message(name).is_none());
        free.unwrap_or(base)
    }

    fn message_mut(&mut self, name: &str) -> Result<&mut SavedMessage, EditError> {
        let message = self.messages.iter_mut().find(|it| it.name == name);
        message.ok_or(EditError::MessageGone)
    }

    fn insert_message(&mut self, place: usize, message: SavedMessage) -> Result<(), EditError> {
        if self.messages.len() >= MAX_MESSAGES {
            return Err(EditError::TooManyMessages);
        }
        self.messages
            .insert(place.min(self.messages.len()), message);
        Ok(())
    }

    fn rename_message(&mut self, name: &str, to: &str) -> Result<(), EditError> {
        check_name(to)?;
        if name == to {
            return Ok(());
        }
        if self.message(to).is_some() {
            let name = to.to_owned();
            return Err(EditError::NameTaken { name });
        }
        to.clone_into(&mut self.message_mut(name)?.name);
        // What the file says about it besides is still its own.
        let in_file = self.in_file.remove(name);
        let in_file = in_file.unwrap_or_else(|| Some(name.to_owned()));
        self.in_file.insert(to.to_owned(), in_file);
        self.in_file.insert(name.to_owned(), None);
        Ok(())
    }

    fn move_message(&mut self, name: &str, folder: &str) -> Result<(), EditError> {
        check_folder(folder)?;
        folder.clone_into(&mut self.message_mut(name)?.folder);
        Ok(())
    }

    fn duplicate_message(&mut self, name: &str) -> Result<(), EditError> {
        let place = self.messages.iter().position(|it| it.name == name);
        let place = place.ok_or(EditError::MessageGone)?;
        let original = self.message_mut(name)?.clone();
        let copy = SavedMessage {
            name: self.unused_message_name(name),
            ..original
        };
        self.insert_message(place + 1, copy)
    }

    fn restore_message(&mut self) -> Result<(), EditError> {
        let deleted = self.deleted.clone().ok_or(EditError::MessageGone)?;
        let Deleted { place, mut message } = deleted;
        if self.message(&message.name).is_some() {
            message.name = self.unused_message_name(&message.name);
        }
        self.insert_message(place, message)?;
        self.deleted = None;
        Ok(())
    }
}

/// Checks the name of a folder; an empty one stands for none.
pub(super) fn check_folder(folder: &str) -> Result<(), EditError> {
    if folder.is_empty() {
        return Ok(());
    }
    check_name(folder)
}

/// Checks a note.
pub(super) fn check_note(note: &str) -> Result<(), EditError> {
    if note.chars().count() > MAX_NOTE_CHARS {
        return Err(EditError::NoteTooLong);
    }
    if note.chars().any(char::is_control) {
        return Err(EditError::NameControl);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::EndpointIds;

    fn document(names: &[&str]) -> Document {
        let mut document = Document::empty(EndpointIds::default());
        for name in names {
            document.save_message(name, Draft::default()).unwrap();
        }
        document
    }

    fn names(document: &Document) -> Vec<&str> {
        document
            .messages
            .iter()
            .map(|it| it.name.as_str())
            .collect()
    }

    fn edit(document: &mut Document, edit: MessageEdit) {
        document.edit_messages(edit).unwrap();
    }

    #[test]
    fn a_new_message_stands_last_and_a_copy_below_its_original() {
        let mut document = document(&["b", "a"]);
        edit(&mut document, MessageEdit::Duplicate("b".to_owned()));
        assert_eq!(names(&document), ["b", "b 2", "a"]);
        let gone = MessageEdit::Duplicate("x".to_owned());
        assert_eq!(document.edit_messages(gone), Err(EditError::MessageGone));
    }

    #[test]
    fn a_deleted_message_comes_back_where_it_was() {
        let mut document = document(&["a", "b", "c"]);
        edit(&mut document, MessageEdit::Delete("b".to_owned()));
        assert_eq!(document.deleted_message(), Some("b"));
        edit(&mut document, MessageEdit::Restore);
        assert_eq!(names(&document), ["a", "b", "c"]);
        let again = document.edit_messages(MessageEdit::Restore);
        assert_eq!(again, Err(EditError::MessageGone));
        // Its name was taken meanwhile.
        edit(&mut document, MessageEdit::Delete("a".to_owned()));
        document.save_message("a", Draft::default()).unwrap();
        edit(&mut document, MessageEdit::Restore);
        assert_eq!(names(&document), ["a 2", "b", "c", "a"]);
    }

    #[test]
    fn a_deleted_message_waits_while_the_document_is_full() {
        let mut document = document(&["a"]);
        edit(&mut document, MessageEdit::Delete("a".to_owned()));
        for number in 0..MAX_MESSAGES {
            let name = number.to_string();
            document.save_message(&name, Draft::default()).unwrap();
        }
        let restored = document.edit_messages(MessageEdit::Restore);
        assert_eq!(restored, Err(EditError::TooManyMessages));
        document.messages.pop();
        edit(&mut document, MessageEdit::Restore);
        assert_eq!(names(&document)[0], "a");
    }

    #[test]
    fn names_folders_and_notes_that_cannot_be_used_change_nothing() {
        let mut document = document(&["a", "b"]);
        let before = document.messages.clone();
        let mut check = |edit: MessageEdit, expected: EditError| {
            assert_eq!(document.edit_messages(edit), Err(expected));
            assert_eq!(document.messages, before);
        };
        let rename = |to: &str| MessageEdit::Rename("a".to_owned(), to.to_owned());
        let name = "b".to_owned();
        check(rename("b"), EditError::NameTaken { name });
        check(rename(" "), EditError::NameEmpty);
        let to_folder = |folder: &str| MessageEdit::Move("a".to_owned(), folder.to_owned());
        check(to_folder("x\ny"), EditError::NameControl);
        let note = |note: &str| MessageEdit::Note("a".to_owned(), note.to_owned());
        check(note("x\ny"), EditError::NameControl);
        check(
            note(&"x".repeat(MAX_NOTE_CHARS + 1)),
            EditError::NoteTooLong,
        );
    }
}
