//! What is on record: the record's own vocabulary. What the engine reports is translated into it here, and nowhere else.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use super::lifecycle::LifecycleKind;
use super::sample::{Beside, Sample};
use crate::net::kernel::{Sampled, SavedSyn};
use crate::net::tls::TlsReport;
use crate::net::{
    Accepting, Address, Backlog, Closed, Direction, EndpointId, EngineEvent, EngineEventKind, Fed,
    Link, NetError, Payload, Process, Requester, SequenceEnd, Stamp,
};
use crate::script::{Disturbance, Slices};

/// Something that happened, and when.
#[derive(Clone, Debug)]
pub struct Event {
    /// The time: after the call for incoming data, before the call for our own actions.
    pub stamp: Stamp,
    /// The endpoint that it happened on.
    pub endpoint: EndpointId,
    /// The connection, or `None` if the event concerns a listener or a name look-up.
    pub link: Option<Arc<Link>>,
    /// Who requested it.
    pub by: Requester,
    /// What happened.
    pub kind: EventKind,
}

/// What can be on record.
#[derive(Clone, Debug)]
pub enum EventKind {
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
    /// A client connects again by itself after this wait.
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
    /// The datagram that was received next was longer than the read buffer; the rest of it is lost.
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
    /// TLS begins on a connection that was plain until then (STARTTLS).
    Upgraded,
    /// Something of the connection's TLS. After `close_notify` of the peer, no more bytes will arrive.
    Tls(Arc<TlsReport>),
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
    /// Bytes of a stream whose packets are missing from an imported capture file.
    Missing {
        /// The stream.
        direction: Direction,
        /// How many bytes.
        bytes: u64,
    },
    /// Nothing was recorded for a while. Emitted by the recorder when it resumes.
    NotRecorded {
        /// How many entries were left out.
        entries: u64,
    },
    /// The wall clock jumped relative to the monotonic clock. Emitted by the recorder.
    ClockAdjusted {
        /// The jump in nanoseconds; positive is forward.
        by_nanos: i64,
    },
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
    /// A sequence began to run.
    SequenceBegan {
        /// Its name.
        name: String,
    },
    /// A sequence ended.
    SequenceEnded {
        /// Its name.
        name: String,
        /// How.
        end: Arc<SequenceEnd>,
    },
    /// A long payload was cancelled before all of it was sent.
    Cancelled {
        /// How many bytes of it were sent.
        sent_bytes: u64,
    },
    /// Something whose details cannot be read: they are damaged on disk.
    Unread {
        /// What it was.
        kind: LifecycleKind,
    },
    /// Something that only a newer version of the program has words for.
    Unknown {
        /// Its number in the format of captures.
        kind: u16,
    },
}

impl EventKind {
    /// Returns the kind of a lifecycle entry; `None` for bytes, and for what only a newer version knows.
    pub fn lifecycle(&self) -> Option<LifecycleKind> {
        Some(match self {
            Self::Received { .. } | Self::Sent { .. } | Self::Unknown { .. } => return None,
            Self::Unread { kind } => *kind,
            Self::Listening { .. } => LifecycleKind::Listening,
            Self::Bound { .. } => LifecycleKind::Bound,
            Self::Truncated { .. } => LifecycleKind::Truncated,
            Self::Dropped { .. } => LifecycleKind::Dropped,
            Self::Upgraded => LifecycleKind::Upgraded,
            Self::Tls(report) => LifecycleKind::of_tls(report),
            Self::LookingUp { .. } => LifecycleKind::LookingUp,
            Self::Connecting => LifecycleKind::Connecting,
            Self::Connected { .. } => LifecycleKind::Connected,
            Self::ConnectFailed { .. } => LifecycleKind::ConnectFailed,
            Self::Reconnecting { .. } => LifecycleKind::Reconnecting,
            Self::Accepted { .. } => LifecycleKind::Accepted,
            Self::PeerFinished => LifecycleKind::PeerFinished,
            Self::WeFinished => LifecycleKind::WeFinished,
            Self::Closed(_) => LifecycleKind::Closed,
            Self::Reset { .. } => LifecycleKind::Reset,
            Self::AcceptPaused { .. } => LifecycleKind::AcceptPaused,
            Self::AcceptResumed => LifecycleKind::AcceptResumed,
            Self::Missing { .. } => LifecycleKind::Missing,
            Self::NotRecorded { .. } => LifecycleKind::NotRecorded,
            Self::ClockAdjusted { .. } => LifecycleKind::ClockAdjusted,
            Self::Failed { .. } => LifecycleKind::Failed,
            Self::Stopped => LifecycleKind::Stopped,
            Self::AcceptAborted { .. } => LifecycleKind::AcceptAborted,
            Self::AcceptingChanged { .. } => LifecycleKind::AcceptingChanged,
            Self::Waiting { .. } => LifecycleKind::Waiting,
            Self::ReadingStopped => LifecycleKind::ReadingStopped,
            Self::ReadingResumed => LifecycleKind::ReadingResumed,
            Self::PaceChanged { .. } => LifecycleKind::PaceChanged,
            Self::Unanswered { .. } => LifecycleKind::Unanswered,
            Self::QueueCancelled { .. } => LifecycleKind::QueueCancelled,
            Self::Disturbed(_) => LifecycleKind::Disturbed,
            Self::SequenceBegan { .. } => LifecycleKind::SequenceBegan,
            Self::SequenceEnded { .. } => LifecycleKind::SequenceEnded,
            Self::Cancelled { .. } => LifecycleKind::Cancelled,
        })
    }

    /// Returns whether the peer says with it that it has sent everything: by its FIN, or by `close_notify` of TLS.
    pub fn is_end_of_peer(&self) -> bool {
        match self {
            Self::PeerFinished => true,
            Self::Tls(report) => {
                let direction = Direction::Received;
                **report == TlsReport::CloseNotify { direction }
            }
            _ => false,
        }
    }

    /// Returns the stream that the bytes belong to; `None` for an event without bytes.
    pub fn direction(&self) -> Option<Direction> {
        match self {
            Self::Received { .. } => Some(Direction::Received),
            Self::Sent { .. } => Some(Direction::Sent),
            _ => None,
        }
    }
}

impl Event {
    /// Returns what becomes an entry of an event of the engine.
    ///
    /// # Errors
    /// What becomes none: the progress of a long payload, and samples.
    pub fn of(event: EngineEvent) -> Result<Self, Beside> {
        let EngineEvent {
            stamp,
            endpoint,
            link,
            by,
            kind,
        } = event;
        match EventKind::of(kind) {
            Ok(kind) => Ok(Self {
                stamp,
                endpoint,
                link,
                by,
                kind,
            }),
            Err(NoEntry::Fed(fed)) => Err(Beside::Fed(fed)),
            Err(NoEntry::Sampled(what)) => Err(Beside::Sample(Sample {
                stamp,
                endpoint,
                link,
                what,
            })),
        }
    }
}

/// What the engine reports that becomes no entry.
enum NoEntry {
    Fed(Fed),
    Sampled(Sampled),
}

impl EventKind {
    fn of(kind: EngineEventKind) -> Result<Self, NoEntry> {
        use EngineEventKind as Engine;
        Ok(match kind {
            Engine::Listening {
                local,
                backlog,
                dual_stack,
            } => Self::Listening {
                local,
                backlog,
                dual_stack,
            },
            Engine::Bound {
                local,
                dual_stack,
                groups,
            } => Self::Bound {
                local,
                dual_stack,
                groups,
            },
            Engine::Truncated { read_bytes, bytes } => Self::Truncated { read_bytes, bytes },
            Engine::Dropped { datagrams } => Self::Dropped { datagrams },
            Engine::Upgraded => Self::Upgraded,
            Engine::Tls(report) => Self::Tls(Arc::from(report)),
            Engine::LookingUp { host, port } => Self::LookingUp { host, port },
            Engine::Connecting => Self::Connecting,
            Engine::Connected { took, process } => Self::Connected { took, process },
            Engine::ConnectFailed { error, last } => Self::ConnectFailed { error, last },
            Engine::Reconnecting {
                after,
                attempt,
                attempts,
            } => Self::Reconnecting {
                after,
                attempt,
                attempts,
            },
            Engine::Accepted { process, syn } => Self::Accepted { process, syn },
            Engine::Received { payload } => Self::Received { payload },
            Engine::Sent { payload, took } => Self::Sent { payload, took },
            Engine::PeerFinished => Self::PeerFinished,
            Engine::WeFinished => Self::WeFinished,
            Engine::Closed(closed) => Self::Closed(closed),
            Engine::Reset { unsent_bytes } => Self::Reset { unsent_bytes },
            Engine::AcceptPaused { error } => Self::AcceptPaused { error },
            Engine::AcceptResumed => Self::AcceptResumed,
            Engine::Failed { error } => Self::Failed { error },
            Engine::Stopped => Self::Stopped,
            Engine::AcceptAborted { connections } => Self::AcceptAborted { connections },
            Engine::AcceptingChanged { accepting } => Self::AcceptingChanged { accepting },
            Engine::Waiting { duration } => Self::Waiting { duration },
            Engine::ReadingStopped => Self::ReadingStopped,
            Engine::ReadingResumed => Self::ReadingResumed,
            Engine::PaceChanged { rate, slices } => Self::PaceChanged { rate, slices },
            Engine::Unanswered { bytes } => Self::Unanswered { bytes },
            Engine::QueueCancelled { bytes, acts } => Self::QueueCancelled { bytes, acts },
            Engine::Disturbed(disturbance) => Self::Disturbed(disturbance),
            Engine::SequenceBegan { name } => Self::SequenceBegan { name },
            Engine::SequenceEnded { name, ended: end } => Self::SequenceEnded { name, end },
            Engine::Cancelled { sent_bytes } => Self::Cancelled { sent_bytes },
            Engine::Fed(fed) => return Err(NoEntry::Fed(fed)),
            Engine::Sampled(sampled) => return Err(NoEntry::Sampled(sampled)),
        })
    }
}
