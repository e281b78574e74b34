//! How endpoints and connections stand, as the recorder counts it. Plain data for the window.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::net::{Backlog, Closed, ClosedBy, ConnectionId, EndpointId, EventKind, NetError};

/// How an endpoint stands.
#[derive(Clone, Debug)]
pub struct EndpointStatus {
    /// Which one.
    pub endpoint: EndpointId,
    /// Its state.
    pub state: EndpointState,
    /// Live connections.
    pub open_connections: u64,
    /// Connections that have ended, all of them.
    pub ended_connections: u64,
    /// Bytes received over all its connections.
    pub received_bytes: u64,
    /// Bytes sent over all its connections.
    pub sent_bytes: u64,
    /// The newest error, with the number of its entry; cleared when the endpoint starts anew.
    pub error: Option<(u64, Arc<NetError>)>,
}

impl EndpointStatus {
    /// Returns the status of an endpoint that was never started.
    pub fn new(endpoint: EndpointId) -> Self {
        Self {
            endpoint,
            state: EndpointState::Idle,
            open_connections: 0,
            ended_connections: 0,
            received_bytes: 0,
            sent_bytes: 0,
            error: None,
        }
    }
}

/// An endpoint's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EndpointState {
    /// Not started, stopped, or no longer connected.
    #[default]
    Idle,
    /// A server listens.
    Listening {
        /// The address that the system gave.
        local: SocketAddr,
        /// The queue of connections that wait to be accepted.
        backlog: Backlog,
        /// Whether IPv4 peers reach it too.
        dual_stack: bool,
        /// Whether accepting waits for descriptors.
        paused: bool,
    },
    /// A client connects, or looks up a name.
    Connecting,
    /// A client is connected.
    Connected(ConnectionId),
    /// A server could not listen, or a client could not connect.
    Failed,
}

/// How a connection stands.
#[derive(Clone, Debug)]
pub struct ConnectionStatus {
    /// Which one.
    pub connection: ConnectionId,
    /// Whose.
    pub endpoint: EndpointId,
    /// Our end.
    pub local: Option<SocketAddr>,
    /// The other end.
    pub peer: SocketAddr,
    /// Its state.
    pub state: ConnectionState,
    /// When it was accepted or connected.
    pub since: SystemTime,
    /// How long the connect took, for a client's connection.
    pub connect_took: Option<Duration>,
    /// Bytes received.
    pub received_bytes: u64,
    /// Bytes sent.
    pub sent_bytes: u64,
}

/// A connection's state.
#[derive(Clone, Debug)]
pub enum ConnectionState {
    /// Both directions are open.
    Open,
    /// The peer finished sending; we may still send.
    PeerFinished,
    /// We finished sending; the peer may still send.
    WeFinished,
    /// It ended.
    Closed(Ending),
}

/// How a connection ended.
#[derive(Clone, Debug)]
pub enum Ending {
    /// It was closed.
    Closed(Closed),
    /// The peer reset it.
    Reset {
        /// Bytes that were queued and never taken by a write.
        unsent_bytes: u64,
    },
}

impl Ending {
    /// Returns how a connection ended; none when the event is no end.
    pub(super) fn of(kind: &EventKind) -> Option<Self> {
        match kind {
            EventKind::Closed(closed) => Some(Self::Closed(closed.clone())),
            EventKind::Reset { unsent_bytes } => Some(Self::Reset {
                unsent_bytes: *unsent_bytes,
            }),
            _ => None,
        }
    }

    /// Returns whether it ended other than in order: reset, timed out, bytes lost.
    pub fn is_bad(&self) -> bool {
        match self {
            Self::Closed(closed) => {
                let is_failure = matches!(closed.by, ClosedBy::Failure(_));
                closed.unread || closed.unsent_bytes > 0 || is_failure
            }
            Self::Reset { .. } => true,
        }
    }
}

impl ConnectionState {
    /// Returns whether the connection still exists.
    pub fn is_live(&self) -> bool {
        !matches!(self, Self::Closed(_))
    }

    /// Returns whether we may still send.
    pub fn can_send(&self) -> bool {
        matches!(self, Self::Open | Self::PeerFinished)
    }
}
