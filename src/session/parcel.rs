//! A message, as it is handed in and as it is passed on.

use crate::net::{EndpointId, FlowId, SendTo};
use crate::payload::template::Template;
use crate::payload::{Draft, DraftError, Encoding};
use crate::script::Message;

/// The recipient of a message or file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendTarget {
    /// A client's peer; a client that is not connected connects first.
    Client(EndpointId),
    /// All peers of a server.
    AllPeers(EndpointId),
    /// These peers of a server.
    Peers(EndpointId, Vec<FlowId>),
}

impl SendTarget {
    /// Returns the endpoint that sends.
    pub(super) fn endpoint(&self) -> EndpointId {
        match self {
            Self::Client(id) | Self::AllPeers(id) | Self::Peers(id, _) => *id,
        }
    }
}

/// A message, as it is handed in.
#[derive(Clone, Copy, Debug)]
pub enum Parcel<'a> {
    /// As it was written: each endpoint sends it in its own encoding.
    Draft(&'a Draft),
    /// Exactly these bytes.
    Bytes(&'a [u8]),
}

impl Parcel<'_> {
    /// Returns what is sent in an encoding.
    pub(super) fn template(self, encoding: Encoding) -> Result<Template, DraftError> {
        match self {
            Self::Draft(draft) => draft.compile(encoding),
            Self::Bytes(bytes) => Ok(Template::literal(bytes.to_vec())),
        }
    }
}

/// A message with the connections of one endpoint that it goes to.
pub(super) struct Addressed {
    /// The endpoint.
    pub(super) endpoint: EndpointId,
    /// Its connections.
    pub(super) to: SendTo,
    /// The message.
    pub(super) template: Template,
}

impl Addressed {
    /// Returns whether it goes to a client that connects for it, if it has to, with replies that contain files.
    pub(super) fn connects_with_files(&self) -> bool {
        match &self.to {
            SendTo::Client(config) => config.behaviour.script.messages().any(Message::names_files),
            SendTo::All | SendTo::Connections(_) => false,
        }
    }
}
