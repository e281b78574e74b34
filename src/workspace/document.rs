//! What a user sets up, saves and shares: endpoints and messages. What belongs to the person is in `preferences`.

use serde::{Deserialize, Serialize};

use super::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};
use super::preferences::HISTORY_MESSAGE_BYTES;
use crate::net::EndpointIds;
use crate::payload::Draft;

/// The most messages that a document holds.
const MAX_MESSAGES: usize = 500;
/// The longest name of a message, in characters.
const MAX_MESSAGE_NAME_CHARS: usize = 60;

/// What a user set up. Begin with [`Document::default`] or [`Document::empty`].
#[derive(Clone, Debug)]
pub struct Document {
    /// The endpoints, in the order of the sidebar.
    pub endpoints: Vec<EndpointForm>,
    /// The saved messages, by name.
    pub messages: Vec<SavedMessage>,
    /// The session's counter, so that no endpoint gets an id that another one had.
    pub(super) ids: EndpointIds,
}

/// A message that was saved under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedMessage {
    /// Its name, unique in the document.
    pub name: String,
    /// The message.
    #[serde(flatten)]
    pub draft: Draft,
}

/// Why a message was not saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveProblem {
    /// It is too long.
    #[error("a message of more than 64 KiB is not saved: keep it in a file")]
    TooLong,
    /// There are too many.
    #[error("{MAX_MESSAGES} messages are saved already: delete one first")]
    TooMany,
    /// It has no name.
    #[error("type a name for it")]
    NoName,
}

impl Document {
    /// Returns a document without endpoints, whose endpoints get their ids from `ids`.
    pub fn empty(ids: EndpointIds) -> Self {
        Self {
            endpoints: Vec::new(),
            messages: Vec::new(),
            ids,
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

    /// Saves a message under a name, in place of one that has it.
    pub fn save_message(&mut self, name: &str, draft: Draft) -> Result<(), SaveProblem> {
        let name: String = name.trim().chars().take(MAX_MESSAGE_NAME_CHARS).collect();
        if name.is_empty() {
            return Err(SaveProblem::NoName);
        }
        if draft.text.len() > HISTORY_MESSAGE_BYTES {
            return Err(SaveProblem::TooLong);
        }
        if let Some(saved) = self.messages.iter_mut().find(|saved| saved.name == name) {
            saved.draft = draft;
            return Ok(());
        }
        if self.messages.len() >= MAX_MESSAGES {
            return Err(SaveProblem::TooMany);
        }
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
        let base: String = base
            .trim()
            .chars()
            .take(MAX_MESSAGE_NAME_CHARS - 4)
            .collect();
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
