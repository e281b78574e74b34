//! Puts the messages of a file into a document: each one gets a name and a note that it can have there.

use super::{Found, ReadMessages};
use crate::workspace::document::{
    Document, EditError, MAX_NAME_CHARS, MAX_NOTE_CHARS, MessageEdit, SavedMessage,
};

/// The folder of the messages, and the name of one that has none.
pub const PACKETS_FOLDER: &str = "Packet Sender";

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageImport {
    /// The messages that were added, as they were then.
    pub messages: Vec<SavedMessage>,
    /// How many of them have another name than in the file.
    pub renamed: usize,
    /// How many of them were packets of something else than plain TCP: their bytes were kept, and their notes say so.
    pub not_tcp: usize,
    /// What was not added.
    pub left_out: Vec<LeftOut>,
}

/// A packet that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name, as far as a message can have it.
    pub name: String,
    /// Why.
    pub why: WhyLeftOut,
}

/// Why a packet was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhyLeftOut {
    /// The document does not take it.
    Refused(EditError),
    /// The file lists its name, and has no packet of this name.
    Missing,
    /// The file has it, and does not list its name: it was deleted.
    Unlisted,
}

impl LeftOut {
    pub(super) fn new(name: &str, why: WhyLeftOut) -> Self {
        Self {
            name: line(name, MAX_NAME_CHARS),
            why,
        }
    }
}

impl Document {
    /// Adds the messages of a file, in a folder of their own.
    pub fn import_messages(&mut self, read: ReadMessages) -> MessageImport {
        let mut import = MessageImport {
            left_out: read.left_out,
            ..MessageImport::default()
        };
        for found in read.found {
            let (name, is_tcp) = (found.name.clone(), found.is_tcp);
            match self.import_message(found) {
                Ok(message) => {
                    import.renamed += usize::from(message.name != name);
                    import.not_tcp += usize::from(!is_tcp);
                    import.messages.push(message);
                }
                Err(why) => {
                    let why = WhyLeftOut::Refused(why);
                    import.left_out.push(LeftOut::new(&name, why));
                }
            }
        }
        import
    }

    fn import_message(&mut self, found: Found) -> Result<SavedMessage, EditError> {
        let mut name = line(&found.name, MAX_NAME_CHARS);
        if name.is_empty() {
            PACKETS_FOLDER.clone_into(&mut name);
        }
        if !self.is_free_message_name(&name) {
            name = self.unused_message_name(&name);
        }
        let note = line(&found.note, MAX_NOTE_CHARS);
        self.save_message(&name, found.draft)?;
        let folder = PACKETS_FOLDER.to_owned();
        self.edit_messages(MessageEdit::Move(name.clone(), folder))?;
        self.edit_messages(MessageEdit::Note(name.clone(), note))?;
        self.message(&name).cloned().ok_or(EditError::MessageGone)
    }

    /// Takes an import back: deletes the messages that are still as they were added.
    pub fn undo_import(&mut self, import: &MessageImport) {
        for added in &import.messages {
            if self.message(&added.name) == Some(added) {
                self.delete_message(&added.name);
            }
        }
    }
}

/// Returns a text on one line, with at most this many characters; `…` stands for what is missing.
fn line(text: &str, most_chars: usize) -> String {
    let text: String = text
        .chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect();
    let text = text.trim();
    if text.chars().count() <= most_chars {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(most_chars - 1).collect();
    short.push('…');
    short
}
