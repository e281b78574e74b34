//! A message with its recipients, as it is handed in and as it is passed on.

use crate::net::{EndpointId, FlowId, SendTo};
use crate::payload::template::Template;
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

/// A message for one endpoint's recipients, as it is written for them.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Who gets it.
    pub target: SendTarget,
    /// The message, in the encoding of the endpoint that sends it.
    pub template: Template,
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
