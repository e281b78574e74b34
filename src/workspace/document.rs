//! What a user sets up, saves and shares: endpoints and messages. What belongs to the person is in `preferences`.

mod edit;
mod keys;
mod read;
mod source;

use std::collections::HashMap;
use std::sync::Arc;

use super::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};
use super::preferences::HISTORY_MESSAGE_BYTES;
use crate::net::{EndpointId, EndpointIds};
use crate::payload::Draft;
use edit::check_name;
pub use edit::{EditError, MAX_ENDPOINTS, MAX_NAME_CHARS};
pub(crate) use keys::LINE_ENDINGS;
pub use read::{DocumentError, DocumentProblem, Expected, UnknownKey};
use source::Source;

/// The format that this version writes, and the newest one that it reads.
const FORMAT: i64 = 1;
/// The most messages that a document holds.
pub const MAX_MESSAGES: usize = 500;

/// What a user set up. Begin with [`Document::default`] or [`Document::empty`].
#[derive(Clone, Debug)]
pub struct Document {
    /// The endpoints, in the order of the sidebar.
    pub endpoints: Vec<EndpointForm>,
    /// The saved messages, by name.
    pub messages: Vec<SavedMessage>,
    /// Whether its replies may run and its templates may read files: it was made here, or this person approved it.
    pub is_approved: bool,
    /// The session's counter, so that no endpoint gets an id that another one had.
    pub(super) ids: EndpointIds,
    /// The names of endpoints that were removed, whose entries stay on record.
    removed: HashMap<EndpointId, String>,
    /// What it was read from.
    source: Arc<Source>,
}

/// A message that was saved under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedMessage {
    /// Its name, unique in the document.
    pub name: String,
    /// The message.
    pub draft: Draft,
}

impl Document {
    /// Returns a document without endpoints, whose endpoints get their ids from `ids`.
    pub fn empty(ids: EndpointIds) -> Self {
        Self {
            endpoints: Vec::new(),
            messages: Vec::new(),
            is_approved: true,
            ids,
            removed: HashMap::new(),
            source: Arc::default(),
        }
    }

    /// Returns the document of the first start: an echo server, and a client that follows it.
    pub fn first(ids: EndpointIds) -> Self {
        let (server, client) = (ids.next(), ids.next());
        let endpoints = vec![
            EndpointForm {
                id: server,
                name: "Server 1".to_owned(),
                kind: EndpointKind::Server(ServerForm::default()),
            },
            EndpointForm {
                id: client,
                name: "Client 1".to_owned(),
                kind: EndpointKind::Client(ClientForm {
                    target: TargetForm::Server(server),
                    ..ClientForm::default()
                }),
            },
        ];
        Self {
            endpoints,
            ..Self::empty(ids)
        }
    }

    /// Returns the counter that its endpoints get their ids from.
    pub fn ids(&self) -> &EndpointIds {
        &self.ids
    }

    /// Returns an endpoint's name, even if it was removed.
    pub fn name(&self, id: EndpointId) -> Option<&str> {
        let present = self.endpoint(id).map(|form| &form.name);
        present.or(self.removed.get(&id)).map(String::as_str)
    }

    /// Returns the names of all endpoints, including removed ones.
    pub fn names(&self) -> HashMap<EndpointId, String> {
        let mut names = self.removed.clone();
        let forms = self.endpoints.iter();
        names.extend(forms.map(|form| (form.id, form.name.clone())));
        names
    }

    /// Saves a message under a name, in place of one that has it.
    pub fn save_message(&mut self, name: &str, draft: Draft) -> Result<(), EditError> {
        let name = name.trim();
        check_name(name)?;
        if draft.text.len() > HISTORY_MESSAGE_BYTES {
            return Err(EditError::MessageTooLong);
        }
        if let Some(saved) = self.messages.iter_mut().find(|saved| saved.name == name) {
            saved.draft = draft;
            return Ok(());
        }
        if self.messages.len() >= MAX_MESSAGES {
            return Err(EditError::TooManyMessages);
        }
        let name = name.to_owned();
        let place = self.messages.partition_point(|saved| saved.name < name);
        self.messages.insert(place, SavedMessage { name, draft });
        Ok(())
    }

    /// Deletes a saved message.
    pub fn delete_message(&mut self, name: &str) {
        self.messages.retain(|saved| saved.name != name);
    }

    /// Returns a name that no saved message has, beginning with `base`.
    pub fn unused_message_name(&self, base: &str) -> String {
        let base: String = base.trim().chars().take(MAX_NAME_CHARS - 4).collect();
        let is_free = |name: &str| self.messages.iter().all(|saved| saved.name != name);
        let numbered = (2..).map(|number| format!("{base} {number}"));
        let mut names = std::iter::once(base.clone()).chain(numbered);
        names.find(|name| is_free(name)).unwrap_or(base)
    }
}

impl Default for Document {
    /// Returns the document of the first start, with a counter of its own.
    fn default() -> Self {
        Self::first(EndpointIds::default())
    }
}

#[cfg(test)]
mod tests;
