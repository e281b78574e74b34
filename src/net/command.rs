//! What an endpoint's worker can be told to do.

use super::config::{ClientConfig, ServerBehaviour, ServerConfig};
use super::feed::Feed;
use super::id::ConnectionId;
use super::message::Message;

/// One order to a worker. Orders are carried out in the order in which they were given.
#[derive(Clone, Debug)]
pub enum Command {
    /// Listen; an endpoint that listens already stops first.
    Listen(ServerConfig),
    /// Change what may be changed while a server runs.
    Configure(ServerBehaviour),
    /// Connect, unless this client is connected or connecting.
    Connect(ClientConfig),
    /// Send to these connections.
    Send {
        /// To whom.
        to: SendTo,
        /// What.
        message: Message,
    },
    /// Send a long payload piece by piece on one connection; a feed that is under way there ends.
    Feed {
        /// Which connection.
        connection: ConnectionId,
        /// The pieces.
        feed: Feed,
    },
    /// End the feed of one connection at once, if there is one; what is queued already still goes.
    CancelFeed(ConnectionId),
    /// Close one connection at once.
    Disconnect(ConnectionId),
    /// Finish sending on one connection (FIN) after what is queued, and read on.
    FinishSending(ConnectionId),
    /// Close the listener and all connections at once; give up a connect that is under way.
    Stop,
}

/// To which of an endpoint's connections a payload goes.
#[derive(Clone, Debug)]
pub enum SendTo {
    /// Every connection that can still send.
    All,
    /// These ones; one that is gone is an error in the timeline, and the others are served.
    Connections(Vec<ConnectionId>),
    /// A client's connection; one that is not connected connects first, as this says.
    Client(Box<ClientConfig>),
}
