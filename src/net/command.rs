//! The commands that an endpoint's worker accepts.

use super::config::{ClientConfig, ServerBehaviour, ServerConfig};
use super::feed::Feed;
use super::id::FlowId;
use super::message::Message;

/// One command to a worker. Commands are carried out in the order in which they were sent.
#[derive(Clone, Debug)]
pub enum Command {
    /// Listen. An endpoint that is already listening stops first.
    Listen(ServerConfig),
    /// Change the settings that may change while a server runs.
    Configure(ServerBehaviour),
    /// Connect, unless this client is already connected or connecting.
    Connect(ClientConfig),
    /// Send a message.
    Send {
        /// The recipients.
        to: SendTo,
        /// The message.
        message: Message,
    },
    /// Send a long payload piece by piece on one connection. A feed in progress there is cancelled.
    Feed {
        /// The connection.
        connection: FlowId,
        /// The pieces.
        feed: Feed,
    },
    /// Cancel the feed of one connection, if it has one. Bytes that are already queued are still sent.
    CancelFeed(FlowId),
    /// Close one connection at once.
    Disconnect(FlowId),
    /// Finish sending on one connection (FIN) once its queue is empty, and keep reading.
    FinishSending(FlowId),
    /// Close the listener and all connections at once, and give up a pending connect.
    Stop,
}

/// The connections of an endpoint that a payload goes to.
#[derive(Clone, Debug)]
pub enum SendTo {
    /// Every connection that can still send.
    All,
    /// These connections. One that is gone yields an error in the timeline; the others still receive the payload.
    Connections(Vec<FlowId>),
    /// A client's connection. If it is not connected, it first connects with these settings.
    Client(Box<ClientConfig>),
}
