//! What a user sets up, saves and shares: endpoints and messages. What belongs to the person is in `preferences`.

mod difference;
mod edit;
mod error;
mod fields;
mod keys;
mod message_order;
mod messages;
mod place;
mod read;
mod removed;
mod rules;
mod sequences;
mod source;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::address_form::TransportKind;
use super::endpoint::{ClientForm, EndpointForm, EndpointKind, ServerForm, TargetForm};
use super::language::LanguageId;
use super::protocol::ProtocolForm;
use crate::net::{EndpointId, EndpointIds};
pub use edit::{EditError, MAX_ENDPOINTS, MAX_NAME_CHARS};
pub use error::{DocumentError, DocumentProblem, ExpectedValue, UnknownKey};
pub(crate) use keys::LINE_ENDINGS;
use messages::Deleted;
pub use messages::{MAX_MESSAGES, MAX_NOTE_CHARS, MessageEdit, SavedMessage};
use removed::Removed;
pub use sequences::SequenceEdit;
use source::DocumentSource;

/// The format that this version writes, and the newest one that it reads.
const FORMAT: i64 = 1;
/// What a user set up. Begin with [`Document::default`] or [`Document::empty`].
#[derive(Clone, Debug)]
pub struct Document {
    /// The endpoints, in the order of the sidebar.
    pub endpoints: Vec<EndpointForm>,
    /// The saved messages, in the order of the file.
    pub messages: Vec<SavedMessage>,
    /// Whether its replies may run and its templates may read files: it was made here, or this person approved it.
    pub is_approved: bool,
    /// The session's counter, so that no endpoint gets an id that another one had.
    pub(super) ids: EndpointIds,
    /// The names of endpoints that were removed, whose entries stay on record.
    removed: HashMap<EndpointId, String>,
    /// Endpoints that are here for a while only, as those of a lesson: no file holds them.
    guests: HashSet<EndpointId>,
    /// The endpoint that was removed last.
    removed_last: Option<Removed>,
    /// The message that was deleted last.
    deleted: Option<Deleted>,
    /// The names that renamed messages have in the file; `None` for a name whose message there has another one now.
    in_file: HashMap<String, Option<String>>,
    /// What it was read from.
    source: Arc<DocumentSource>,
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
            guests: HashSet::new(),
            removed_last: None,
            deleted: None,
            in_file: HashMap::new(),
            source: Arc::default(),
        }
    }

    /// Returns the document of the first start: an echo server, and a client that follows it.
    pub fn first(ids: EndpointIds, language: LanguageId) -> Self {
        let (server, client) = (ids.next(), ids.next());
        let endpoints = vec![
            EndpointForm {
                id: server,
                name: format!("{} 1", language.server_name()),
                kind: EndpointKind::Server(ServerForm::default()),
            },
            EndpointForm {
                id: client,
                name: format!("{} 1", language.client_name()),
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

    /// Returns what carries the bytes of an endpoint: for a client that follows a server, what carries the server's.
    pub fn transport(&self, id: EndpointId) -> TransportKind {
        let kind_of = |id| self.endpoint(id).map(|form| &form.kind);
        let kind = kind_of(id);
        let followed = kind.and_then(EndpointKind::follows).and_then(kind_of);
        let own = followed.or(kind).map(EndpointKind::own_transport);
        own.unwrap_or_default()
    }

    /// Returns how the bytes of an endpoint are read, over what carries them.
    pub fn protocol(&self, id: EndpointId) -> Option<ProtocolForm> {
        let form = self.endpoint(id)?;
        Some(form.protocol().over(self.transport(id)))
    }

    /// Returns whether it holds nothing that somebody set up.
    pub fn is_blank(&self) -> bool {
        let text = self.to_text();
        let is = |other: Self| text == other.to_text();
        let first = |language| is(Self::first(EndpointIds::default(), language));
        is(Self::empty(EndpointIds::default())) || LanguageId::ALL.into_iter().any(first)
    }

    /// Returns whether an endpoint is here for a while only: it is in no file.
    pub fn is_guest(&self, id: EndpointId) -> bool {
        self.guests.contains(&id)
    }

    /// Returns whether an endpoint does nothing by itself because the document is not approved. A guest is not of the
    /// document.
    pub fn is_silenced(&self, id: EndpointId) -> bool {
        !self.is_approved && !self.is_guest(id)
    }

    /// Takes the place of another document, whose endpoints are removed: their entries stay on record.
    pub(crate) fn succeed(&mut self, before: &Self) {
        self.removed.extend(before.names());
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
}

impl Default for Document {
    /// Returns the document of the first start in English, with a counter of its own.
    fn default() -> Self {
        Self::first(EndpointIds::default(), LanguageId::English)
    }
}

#[cfg(test)]
mod tests;
