//! The status of endpoints and connections, as counted by the recorder. Plain data for the window.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::event::EventKind;
use crate::net::tls::{Agreed, ChainCheck, TlsVersion};
use crate::net::{
    Accepting, Address, Backlog, Closed, ClosedBy, EndpointId, FlowId, NetError, SequenceEnd,
};
use crate::script::Slices;

/// The status of an endpoint.
#[derive(Clone, Debug)]
pub struct EndpointStatus {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// Its state.
    pub state: EndpointState,
    /// Live connections.
    pub open_connections: u64,
    /// All connections that have ended.
    pub ended_connections: u64,
    /// Bytes received over all its connections.
    pub received_bytes: u64,
    /// Bytes sent over all its connections.
    pub sent_bytes: u64,
    /// The newest error, with the number of its entry. Cleared when the endpoint is started again.
    pub error: Option<(u64, Arc<NetError>)>,
    /// The last run of each of its sequences, the newest last; at most 100.
    pub runs: Arc<Vec<RunStatus>>,
}

/// Of how many sequences of an endpoint the last run is known.
pub(super) const RUNS_KEPT: usize = 100;

/// The last run of a sequence.
#[derive(Clone, Debug)]
pub struct RunStatus {
    /// The name of the sequence.
    pub name: String,
    /// The connection; `None` if there was none.
    pub connection: Option<FlowId>,
    /// The number of the entry that says that it began, or ended.
    pub entry: u64,
    /// How it ended; `None` while it runs.
    pub end: Option<Arc<SequenceEnd>>,
}

impl EndpointStatus {
    /// Returns the status of an endpoint that has never been started.
    pub fn new(endpoint: EndpointId) -> Self {
        Self {
            endpoint,
            state: EndpointState::Idle,
            open_connections: 0,
            ended_connections: 0,
            received_bytes: 0,
            sent_bytes: 0,
            error: None,
            runs: Arc::default(),
        }
    }
}

/// An endpoint's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EndpointState {
    /// Not started, stopped, or no longer connected.
    #[default]
    Idle,
    /// A server is listening.
    Listening {
        /// The address that the system bound.
        local: Address,
        /// The accept queue; a UDP socket has none.
        backlog: Option<Backlog>,
        /// Whether IPv4 peers can reach it too.
        dual_stack: bool,
        /// Whether accepting is paused for lack of descriptors.
        paused: bool,
        /// What is done with new connections.
        accepting: Accepting,
    },
    /// A client is connecting or looking up a name.
    Connecting,
    /// A client waits until it connects again by itself.
    Reconnecting {
        /// The wait.
        after: Duration,
        /// Which attempt in a row, from 1 on.
        attempt: u32,
        /// How many attempts in a row may fail; `None` for any number.
        attempts: Option<NonZeroU32>,
    },
    /// A client is connected.
    Connected(FlowId),
    /// A server could not listen, or a client could not connect.
    Failed,
}

/// The status of a connection.
#[derive(Clone, Debug)]
pub struct ConnectionStatus {
    /// The connection.
    pub connection: FlowId,
    /// Its endpoint.
    pub endpoint: EndpointId,
    /// Our address.
    pub local: Option<Address>,
    /// The peer's address.
    pub peer: Address,
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
    /// How many bytes the received ones were on the wire, with what belongs to their encryption.
    pub wire_received_bytes: u64,
    /// How many bytes the sent ones were on the wire, likewise.
    pub wire_sent_bytes: u64,
    /// Whether it is encrypted, and how.
    pub tls: ConnectionTls,
    /// How often something was received: over UDP, datagrams.
    pub reads: u64,
    /// How often something was sent: over UDP, datagrams.
    pub writes: u64,
    /// How many datagrams did not get there, as far as the network said so.
    pub undelivered: u64,
    /// When something was sent or received last, or else when it began.
    pub last_activity: SystemTime,
    /// Whether reading has stopped, as requested.
    pub is_reading_stopped: bool,
    /// How fast bytes are sent.
    pub pace: Pace,
}

/// Whether a connection is encrypted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ConnectionTls {
    /// It is not.
    #[default]
    Plain,
    /// The handshake has begun.
    Begun,
    /// Both ends agreed.
    Agreed(Arc<TlsSummary>),
}

/// What both ends of a connection agreed on, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsSummary {
    /// The version.
    pub version: TlsVersion,
    /// The cipher suite by its name in IANA's registry.
    pub suite: String,
    /// The protocol inside (ALPN).
    pub alpn: Option<String>,
    /// The name that the client asked for (SNI).
    pub server_name: Option<String>,
    /// Whether the peer's certificate was checked.
    pub check: ChainCheck,
    /// The peer's own certificate, if it showed one that can be read.
    pub peer: Option<PeerSummary>,
    /// The entry of the agreement.
    pub entry: u64,
}

/// A peer's certificate, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerSummary {
    /// Whom it is about, as RFC 4514 writes names.
    pub subject: String,
    /// Until when it is valid, in seconds since 1970.
    pub not_after: i64,
}

impl TlsSummary {
    pub(super) fn of(agreed: &Agreed, entry: u64) -> Self {
        let own = agreed.chain.first().map(|it| &it.facts);
        let own = own.filter(|it| it.is_readable);
        Self {
            version: agreed.version,
            suite: agreed.suite.clone(),
            alpn: agreed.alpn.clone(),
            server_name: agreed.server_name.clone(),
            check: agreed.check,
            peer: own.map(|facts| PeerSummary {
                subject: facts.subject.clone(),
                not_after: facts.not_after,
            }),
            entry,
        }
    }
}

/// How fast bytes are sent on a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// The most bytes per second; `None` for as fast as the peer reads.
    pub rate: Option<NonZeroU32>,
    /// How they are cut into writes; `None` for as the system takes them.
    pub slices: Option<Slices>,
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
    /// It has ended.
    Closed(Ending),
}

/// How a connection ended.
#[derive(Clone, Debug)]
pub enum Ending {
    /// It was closed.
    Closed(Closed),
    /// The peer reset it.
    Reset {
        /// Bytes that were queued but never written.
        unsent_bytes: u64,
    },
}

impl Ending {
    /// Returns how a connection ended; `None` if the event does not end it.
    pub(crate) fn of(kind: &EventKind) -> Option<Self> {
        match kind {
            EventKind::Closed(closed) => Some(Self::Closed(closed.clone())),
            EventKind::Reset { unsent_bytes } => Some(Self::Reset {
                unsent_bytes: *unsent_bytes,
            }),
            _ => None,
        }
    }

    /// Returns whether it ended abnormally: reset, timed out, or with bytes lost.
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
