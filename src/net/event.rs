//! What happened on an endpoint, as its worker saw it. Plain data: no socket, no channel.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::clock::Stamp;
use super::error::NetError;
use super::id::{ConnectionId, EndpointId, PayloadId};

/// One thing that happened, with the moment when it did.
#[derive(Clone, Debug)]
pub struct Event {
    /// When: after the call for what arrived, before the call for what we did.
    pub stamp: Stamp,
    /// The endpoint that it happened on.
    pub endpoint: EndpointId,
    /// The connection that it happened on; none for what concerns a listener or a name look-up.
    pub link: Option<Arc<Link>>,
    /// What happened.
    pub kind: EventKind,
}

/// A connection's number and its two ends, shared by all of its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The connection's number.
    pub connection: ConnectionId,
    /// Our end; unknown until the connection stands.
    pub local: Option<SocketAddr>,
    /// The other end. An IPv4-mapped IPv6 address is shown as IPv4.
    pub peer: SocketAddr,
}

impl Link {
    /// Names a connection and its ends, IPv4-mapped ones as IPv4.
    pub(super) fn new(
        connection: ConnectionId,
        local: Option<SocketAddr>,
        peer: SocketAddr,
    ) -> Arc<Self> {
        Arc::new(Self {
            connection,
            local: local.map(canonical),
            peer: canonical(peer),
        })
    }
}

/// Returns `address` as people know it: an IPv4-mapped IPv6 address as IPv4.
pub(super) fn canonical(address: SocketAddr) -> SocketAddr {
    match address.ip().to_canonical() {
        IpAddr::V4(ip) => SocketAddr::from((ip, address.port())),
        IpAddr::V6(_) => address,
    }
}

/// What can happen. The order of the variants is part of the format of a capture: new ones go to the end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum EventKind {
    /// A server listens; `local` is the address that the system really gave.
    Listening {
        /// The bound address.
        local: SocketAddr,
        /// The queue of connections that wait to be accepted.
        backlog: Backlog,
        /// Whether IPv4 peers reach this IPv6 socket as well.
        dual_stack: bool,
    },
    /// The look-up of a name begins; `Connecting` or `ConnectFailed` follows.
    LookingUp {
        /// The name, as typed.
        host: String,
        /// The port that is to be connected to.
        port: u16,
    },
    /// A connect to `link.peer` begins.
    Connecting,
    /// The connection to `link.peer` stands.
    Connected {
        /// From the call of connect until the connection stood.
        took: Duration,
    },
    /// One address, or the whole target when no link is given, could not be reached.
    ConnectFailed {
        /// What failed.
        error: Arc<NetError>,
        /// Whether no other address will be tried: the attempt is over.
        last: bool,
    },
    /// A server accepted `link.peer`.
    Accepted,
    /// One read returned these bytes.
    Received {
        /// The bytes.
        payload: Payload,
    },
    /// One write took these bytes.
    Sent {
        /// The bytes.
        payload: Payload,
        /// How long the call took.
        took: Duration,
    },
    /// The peer finished sending (FIN): no more bytes will come.
    PeerFinished,
    /// We finished sending (FIN): no more bytes will go.
    WeFinished,
    /// The connection ended, other than by a reset from the peer.
    Closed(Closed),
    /// The peer reset the connection (RST).
    Reset {
        /// Bytes that were queued and never taken by a write.
        unsent_bytes: u64,
    },
    /// Accepting pauses, because the system has no descriptor or memory left for one more.
    AcceptPaused {
        /// What accept said.
        error: Arc<NetError>,
    },
    /// Accepting goes on.
    AcceptResumed,
    /// Bytes of a stream that a captured file does not hold: the packets that carried them are not in it.
    Missing {
        /// Which of the connection's streams.
        direction: Direction,
        /// How many bytes.
        bytes: u64,
    },
    /// Nothing was recorded for a while; made by the recorder when recording goes on.
    NotRecorded {
        /// How many entries there would have been.
        entries: u64,
    },
    /// The wall clock jumped against the monotonic one; made by the recorder.
    ClockAdjusted {
        /// By how much, in nanoseconds; positive is forward.
        by_nanos: i64,
    },
    /// Something failed that ends no connection: a bind, a refused command.
    Failed {
        /// What failed.
        error: Arc<NetError>,
    },
    /// A server stopped: the listener and all its connections are closed.
    Stopped,
    /// Connections ended before they could be accepted, and were passed over.
    AcceptAborted {
        /// How many.
        connections: u32,
    },
}

impl EventKind {
    /// Returns which stream bytes belong to; none where none were received or sent.
    pub fn direction(&self) -> Option<Direction> {
        match self {
            Self::Received { .. } => Some(Direction::Received),
            Self::Sent { .. } => Some(Direction::Sent),
            _ => None,
        }
    }
}

/// One of the two streams of a connection, as its endpoint sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// What the peer sent.
    Received,
    /// What the endpoint sent.
    Sent,
}

/// Bytes with their birth number: a slice of the payload `id`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The payload that these bytes are part of.
    pub id: PayloadId,
    /// Where they begin in it, in bytes.
    pub start: u64,
    /// The bytes; the record keeps them beside what it writes of an event.
    #[serde(skip)]
    pub bytes: Bytes,
}

impl Payload {
    /// Makes a whole payload.
    pub fn new(id: PayloadId, bytes: Bytes) -> Self {
        Self {
            id,
            start: 0,
            bytes,
        }
    }

    /// Takes the first `count` bytes off the front (at most all of them).
    #[must_use]
    pub fn split_to(&mut self, count: usize) -> Self {
        let count = count.min(self.bytes.len());
        let front = Self {
            id: self.id,
            start: self.start,
            bytes: self.bytes.split_to(count),
        };
        self.start += count as u64;
        front
    }
}

/// The queue of connections that wait to be accepted, in connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backlog {
    /// What was asked for.
    pub requested: u32,
    /// What the system grants, where it tells (Linux: `net.core.somaxconn` caps it).
    pub effective: Option<u32>,
}

/// How a connection ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Closed {
    /// Who or what ended it.
    pub by: ClosedBy,
    /// Bytes that were queued and never taken by a write.
    pub unsent_bytes: u64,
    /// Whether received bytes were left unread, so that the system sends RST in place of FIN (inferred).
    pub unread: bool,
}

/// Who or what ended a connection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ClosedBy {
    /// The user disconnected it.
    Us,
    /// Its endpoint was stopped.
    Stop,
    /// It was closed after a reply, as the server is set to.
    Reply,
    /// The peer finished (FIN) and we closed our side too.
    Peer,
    /// A call failed, or a time ran out.
    Failure(Arc<NetError>),
}
