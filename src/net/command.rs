//! The commands that an endpoint's worker accepts.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::config::{Behaviour, ClientConfig, ServerConfig};
use super::event::Accepting;
use super::feed::Feed;
use super::id::FlowId;
use super::kernel::KernelWatch;
use crate::script::sequence::Sequence;
use crate::script::{Act, Message};

/// One command to a worker. Commands are carried out in the order in which they were sent.
#[derive(Clone, Debug)]
pub enum Command {
    /// Listen. An endpoint that is already listening stops first.
    Listen(ServerConfig),
    /// Change the settings that may change while an endpoint runs.
    Configure(Behaviour),
    /// Change what a listening server does with new connections.
    Accept(Accepting),
    /// Connect until this client has as many connections, established or in progress.
    Connect {
        /// The settings.
        config: Box<ClientConfig>,
        /// How many connections.
        connections: NonZeroU32,
    },
    /// Send a message.
    Send {
        /// The recipients.
        to: SendTo,
        /// The message.
        message: Message,
    },
    /// Send a long payload piece by piece on one connection, after what is queued there.
    Feed {
        /// The connection.
        connection: FlowId,
        /// The pieces.
        feed: Feed,
    },
    /// Cancel the feed of one connection, if it has one. What the system has taken is sent.
    CancelFeed(FlowId),
    /// Cancel what all connections still have to do, sequences, what responders do again and again, and connecting again.
    /// Connections stay open; what the system has taken is sent.
    CancelAll,
    /// Do something on one connection: at once, but sending, waiting and finishing take their turn after what is queued.
    Act {
        /// The connection.
        connection: FlowId,
        /// What to do.
        act: Act,
    },
    /// Close one connection once the peer's system has everything that was sent. Until then, the sending side is finished
    /// and received bytes are read: left unread, they would make the system reset the connection, and what is under way
    /// would be lost.
    Leave(FlowId),
    /// Run a sequence. On a connection where one runs, that one is cancelled first.
    Run {
        /// On which connection.
        on: RunOn,
        /// The sequence.
        sequence: Arc<Sequence>,
    },
    /// Cancel the sequence that runs on a connection; with `None`, all of the endpoint, and those that are to run.
    CancelRun(Option<FlowId>),
    /// Forward what each of two connections of this endpoint receives to the other one.
    Join(FlowId, FlowId),
    /// Watch what the kernel says of this, in place of what was watched; `None` for nothing.
    Watch(Option<KernelWatch>),
    /// Close the listener and all connections at once, and give up pending connects.
    Stop,
}

impl Command {
    /// Connects a client that is not connected.
    pub fn connect(config: ClientConfig) -> Self {
        Self::Connect {
            config: Box::new(config),
            connections: NonZeroU32::MIN,
        }
    }
}

/// The connection that a sequence runs on.
#[derive(Clone, Debug)]
pub enum RunOn {
    /// This one. If it is gone, the sequence fails.
    Connection(FlowId),
    /// A client's newest one. If it has none, it first connects with these settings.
    Client(Box<ClientConfig>),
}

/// The connections of an endpoint that a payload goes to.
#[derive(Clone, Debug)]
pub enum SendTo {
    /// Every connection that can still send.
    All,
    /// These connections. One that is gone yields an error in the timeline; the others still receive the payload.
    Connections(Vec<FlowId>),
    /// A client's connections. If it has none, it first connects with these settings.
    Client(Box<ClientConfig>),
}
