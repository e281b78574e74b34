//! What happens on an endpoint, as its worker sees it. Plain data: no socket, no channel.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use super::address::{Address, Process};
use super::clock::Stamp;
use super::error::NetError;
use super::id::{EndpointId, FlowId, PayloadId};
use super::kernel::{Sampled, SavedSyn};
use super::tls::TlsReport;
use bytes::Bytes;

pub use crate::script::sequence::SequenceEnd;
use crate::script::{Disturbance, RuleNumber, Slices};

/// Something that happened, and when.
#[derive(Clone, Debug)]
pub struct EngineEvent {
    /// The time: after the call for incoming data, before the call for our own actions.
    pub stamp: Stamp,
    /// The endpoint that it happened on.
    pub endpoint: EndpointId,
    /// The connection, or `None` if the event concerns a listener or a name look-up.
    pub link: Option<Arc<Link>>,
    /// Who requested it.
    pub by: Requester,
    /// What happened.
    pub kind: EngineEventKind,
}

/// Who requested what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Requester {
    /// Nobody: the peer, the system or a setting caused it.
    #[default]
    Nobody,
    /// The user.
    User,
    /// What the endpoint does by itself: an echo, a reply, a greeting.
    Responder,
    /// The connection that this one is joined with.
    Relay,
    /// A rule of the endpoint, or of another one for all connections of this one.
    Rule(RuleNumber),
    /// A sequence that runs on the connection.
    Sequence,
}

impl Requester {
    /// Returns the rule.
    pub fn rule(self) -> Option<RuleNumber> {
        match self {
            Self::Rule(rule) => Some(rule),
            _ => None,
        }
    }

    /// Returns whether an endpoint did it by itself.
    pub fn is_reply(self) -> bool {
        matches!(self, Self::Responder | Self::Rule(_))
    }
}

/// The rule that requests something by itself, or what the endpoint does without rules.
impl From<Option<RuleNumber>> for Requester {
    fn from(rule: Option<RuleNumber>) -> Self {
        rule.map_or(Self::Responder, Self::Rule)
    }
}

/// A connection's number and its two ends, shared by all of its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The connection's number.
    pub connection: FlowId,
    /// Our address; unknown until the connection is established.
    pub local: Option<Address>,
    /// The peer's address.
    pub peer: Address,
}

impl Link {
    /// Makes a link.
    pub(super) fn new(connection: FlowId, local: Option<Address>, peer: Address) -> Arc<Self> {
        Arc::new(Self {
            connection,
            local,
            peer,
        })
    }
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum EngineEventKind {
    /// A server is listening.
    Listening {
        /// The address that the system actually bound.
        local: Address,
        /// The accept queue.
        backlog: Backlog,
        /// Whether IPv4 peers can reach this IPv6 socket too.
        dual_stack: bool,
    },
    /// A server's UDP socket is bound.
    Bound {
        /// The address that the system actually bound.
        local: Address,
        /// Whether IPv4 peers can reach this IPv6 socket too.
        dual_stack: bool,
        /// The multicast groups that it has joined.
        groups: Vec<IpAddr>,
    },
    /// A name look-up starts. `Connecting` or `ConnectFailed` follows.
    LookingUp {
        /// The name, as typed.
        host: String,
        /// The port to connect to.
        port: u16,
    },
    /// A connect to `link.peer` starts.
    Connecting,
    /// The connection to `link.peer` is established; with UDP, datagrams can be sent there.
    Connected {
        /// The time from the call of connect to the established connection.
        took: Duration,
        /// The process at the other end, if the system reports it.
        process: Option<Process>,
    },
    /// An address could not be reached; without a link, the whole target.
    ConnectFailed {
        /// What failed.
        error: Arc<NetError>,
        /// Whether the attempt is over: no address is left to try.
        last: bool,
    },
    /// A client connects again by itself after this wait. `Connecting` or `LookingUp` follows, unless it is stopped.
    Reconnecting {
        /// The wait.
        after: Duration,
        /// Which attempt in a row, from 1 on.
        attempt: u32,
        /// How many attempts in a row may fail; `None` for any number.
        attempts: Option<NonZeroU32>,
    },
    /// A server accepted `link.peer`; with UDP, the first datagram came from there.
    Accepted {
        /// The process at the other end, if the system reports it.
        process: Option<Process>,
        /// The SYN with which the peer asked for the connection, if the system kept it.
        syn: Option<SavedSyn>,
    },
    /// One read returned these bytes. With UDP, they are one datagram.
    Received {
        /// The bytes.
        payload: Payload,
    },
    /// One write took these bytes. With UDP, they are one datagram.
    Sent {
        /// The bytes.
        payload: Payload,
        /// How long the call took.
        took: Duration,
    },
    /// The datagram that is received next was longer than the read buffer; the rest of it is lost.
    Truncated {
        /// How many bytes of it were read.
        read_bytes: u64,
        /// How long it was, if the system says so.
        bytes: Option<u64>,
    },
    /// The system dropped datagrams because the socket's receive buffer was full.
    Dropped {
        /// How many.
        datagrams: u64,
    },
    /// TLS begins on a connection that was plain until then, as requested.
    Upgraded,
    /// Something of the connection's TLS. After `close_notify` of the peer, no more bytes will arrive.
    Tls(Box<TlsReport>),
    /// The peer finished sending (FIN): no more bytes will arrive.
    PeerFinished,
    /// We finished sending (FIN): no more bytes will be sent.
    WeFinished,
    /// The connection ended, other than by a reset from the peer.
    Closed(Closed),
    /// The peer reset the connection (RST).
    Reset {
        /// Bytes that were queued but never written.
        unsent_bytes: u64,
    },
    /// Accepting paused because the system has no descriptor or memory left for another connection.
    AcceptPaused {
        /// The error from accept.
        error: Arc<NetError>,
    },
    /// Accepting resumed.
    AcceptResumed,
    /// Something failed without ending a connection: a bind, or a refused command.
    Failed {
        /// What failed.
        error: Arc<NetError>,
    },
    /// A server stopped. Its listener and all its connections are closed.
    Stopped,
    /// Connections ended before they could be accepted, and were skipped.
    AcceptAborted {
        /// How many.
        connections: u32,
    },
    /// What a server does with new connections changed.
    AcceptingChanged {
        /// What it does now.
        accepting: Accepting,
    },
    /// Nothing is sent for a while, as requested.
    Waiting {
        /// How long.
        duration: Duration,
    },
    /// Reading stopped, as requested.
    ReadingStopped,
    /// Reading resumed, as requested.
    ReadingResumed,
    /// How fast bytes are sent changed, as requested.
    PaceChanged {
        /// The most bytes per second; `None` for as fast as the peer reads.
        rate: Option<NonZeroU32>,
        /// How they are cut into writes; `None` for as the system takes them.
        slices: Option<Slices>,
    },
    /// No rule applied to a request, the first one of several in a row.
    Unanswered {
        /// Its size in bytes.
        bytes: u64,
    },
    /// What was queued on a connection was cancelled.
    QueueCancelled {
        /// How many bytes were to be sent.
        bytes: u64,
        /// How many acts there were.
        acts: u64,
    },
    /// Chance did something to what a rule was to send.
    Disturbed(Disturbance),
    /// A long payload was cancelled before all of it was sent.
    Cancelled {
        /// How many bytes of it were sent.
        sent_bytes: u64,
    },
    /// A sequence begins to run on the connection.
    SequenceBegan {
        /// Its name.
        name: String,
    },
    /// A sequence has ended. Without a link, there was no connection to run it on.
    SequenceEnded {
        /// Its name.
        name: String,
        /// How.
        ended: Arc<SequenceEnd>,
    },
    /// The progress of a long payload. It is not put on record: what is sent is.
    Fed(Fed),
    /// What the kernel said of what is watched. It stands beside the record, not in it.
    Sampled(Sampled),
}

/// What a server does with new connections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Accepting {
    /// Accept them.
    #[default]
    Accept,
    /// Accept them and close them at once.
    Close,
    /// Leave them in the accept queue: it fills up, and then the system refuses or ignores them.
    Stop,
}

/// Which events an endpoint reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observe {
    /// All events.
    Everything,
    /// All but the bytes: no `Received` and no `Sent`, and nothing is copied for them.
    Lifecycle,
}

/// Identifies a feed in its progress. Whoever begins it chooses the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub u64);

/// How a feed ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedEnd {
    /// All of it was passed to the system.
    Sent,
    /// It was cancelled.
    Cancelled,
    /// The connection can no longer send.
    NotOpen,
    /// The next piece could not be read; holds the system's error text.
    Unread(String),
}

/// The progress of a long payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fed {
    /// Which one.
    pub feed: FeedId,
    /// How many of its bytes have been sent.
    pub sent_bytes: u64,
    /// How it ended, once it has.
    pub end: Option<FeedEnd>,
}

/// Bytes with their origin: a slice of the payload `id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// The payload that these bytes are part of.
    pub id: PayloadId,
    /// Their offset in that payload, in bytes.
    pub start: u64,
    /// The bytes. The recording stores them separately from the rest of the event.
    pub bytes: Bytes,
    /// How many bytes they were on the wire, with what belongs to their encryption; `None` if they were not encrypted.
    pub wire_bytes: Option<u32>,
}

impl Payload {
    /// Makes a whole payload.
    pub fn new(id: PayloadId, bytes: Bytes) -> Self {
        Self {
            id,
            start: 0,
            bytes,
            wire_bytes: None,
        }
    }

    /// Splits the first `count` bytes (at most all of them) off the front.
    #[must_use]
    pub fn split_to(&mut self, count: usize) -> Self {
        let count = count.min(self.bytes.len());
        let front = Self {
            id: self.id,
            start: self.start,
            bytes: self.bytes.split_to(count),
            wire_bytes: None,
        };
        self.start += count as u64;
        front
    }
}

/// The length of the accept queue, in connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// The length that was requested.
    pub requested: u32,
    /// The length that the system granted, if it reports it (Linux caps it at `net.core.somaxconn`).
    pub effective: Option<u32>,
}

/// How a connection ended.
#[derive(Clone, Debug)]
pub struct Closed {
    /// Who or what ended it.
    pub by: ClosedBy,
    /// Bytes that were queued but never written.
    pub unsent_bytes: u64,
    /// Whether received bytes were left unread, so that the system sends RST instead of FIN (inferred).
    pub unread: bool,
}

impl Closed {
    /// Returns the error if its TLS failed before both ends had agreed.
    pub fn failed_handshake(&self) -> Option<&Arc<NetError>> {
        let ClosedBy::Failure(error) = &self.by else {
            return None;
        };
        let is_it = matches!(&**error, NetError::Tls { source, .. } if source.in_handshake);
        is_it.then_some(error)
    }
}

/// Who or what ended a connection.
#[derive(Clone, Debug)]
pub enum ClosedBy {
    /// The user disconnected it, or the server closes new connections at once.
    Us,
    /// Its endpoint was stopped.
    Stop,
    /// The endpoint closed it by itself: after its reply, as configured.
    Reply,
    /// The peer finished sending (FIN), and we closed too.
    Peer,
    /// We reset it (RST), as requested.
    OurReset,
    /// The peer of a UDP socket was forgotten: nothing was sent or received for this long.
    Silence(Duration),
    /// The peer of a UDP socket was forgotten because there were too many others.
    Crowded {
        /// How many peers are remembered.
        limit: u64,
    },
    /// A call failed or timed out.
    Failure(Arc<NetError>),
}
