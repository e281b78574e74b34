//! What a trace consists of.

use std::ops::Range;

use crate::net::kernel::{Inquiry, Syn, TcpState};
use crate::net::{Direction, Role, Stamp};

/// The lifecycle of one connection, as one end of it reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// Which end reports it.
    pub role: Role,
    /// What happened, in order.
    pub events: Vec<TraceEvent>,
}

impl Trace {
    /// Adds what our SYN says, if the other end, which is ours too, has it.
    #[must_use]
    pub fn with_syn(mut self, syn: Option<Syn>) -> Self {
        let mut kinds = self.events.iter_mut().rev().map(|it| &mut it.kind);
        if let Some(unknown) = kinds.find(|it| matches!(it, TraceKind::Syn(None))) {
            *unknown = TraceKind::Syn(syn);
        }
        self
    }
}

/// A segment, or a step of bytes, or something that the kernel said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceEvent {
    /// When, by the session's clock.
    pub at: Stamp,
    /// What that time is of it.
    pub bound: Bound,
    /// What happened.
    pub kind: TraceKind,
    /// Which way a segment went, as this end sees it. For steps of bytes, the stream that they are of.
    pub direction: Direction,
    /// How it is known.
    pub evidence: Evidence,
    /// The state of our end after it.
    pub ours: EndState,
    /// The state of the peer's end after it.
    pub peer: EndState,
    /// The entry that reports it; `None` for what no entry reports.
    pub entry: Option<u64>,
}

/// What the time of an event is of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// It happened then.
    Exact,
    /// It happened then at the latest: the time is that of the call that found it out.
    Latest,
    /// It happened then at the earliest: the time is that of its cause.
    Earliest,
}

/// The state of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndState {
    /// The state.
    pub state: TcpState,
    /// Whether the kernel said so; otherwise it is inferred.
    pub is_seen: bool,
}

/// What happens in the life of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TraceKind {
    /// The client's SYN, with what it says if that is known.
    Syn(Option<Syn>),
    /// The server's SYN with its ACK of the client's.
    SynAck,
    /// The client's ACK of the server's SYN: the third step of the handshake.
    HandshakeAck,
    /// The program accepted the connection, which was established in the accept queue before.
    Accepted,
    /// Bytes: one write or read, which may be several segments.
    Data {
        /// Their offsets in the stream.
        range: Range<u64>,
    },
    /// A long run of data, too long to be shown one by one.
    Run {
        /// What was sent.
        sent: Range<u64>,
        /// What was received.
        received: Range<u64>,
        /// How many writes.
        writes: u64,
        /// How many reads.
        reads: u64,
        /// When it ended.
        until: Stamp,
    },
    /// All sent bytes before this offset entered the queue of the network interface.
    Scheduled {
        /// The offset.
        end: u64,
    },
    /// All sent bytes before this offset left.
    Left {
        /// The offset.
        end: u64,
    },
    /// All sent bytes before this offset are acknowledged by the peer's kernel.
    Acknowledged {
        /// The offset.
        end: u64,
    },
    /// All bytes before this offset of the received stream arrived at our kernel.
    Arrived {
        /// The offset.
        end: u64,
    },
    /// No more bytes follow in this direction.
    Fin,
    /// The ACK of a FIN. The direction is that of the ACK.
    FinAck,
    /// The connection is reset. Refuses a SYN, too.
    Rst,
    /// Nothing came back: we gave up.
    TimedOut,
    /// The connection ended for a reason that is no segment: no route, no permission …
    Failed,
    /// The receiver of this direction closed its window (0 bytes), or opened it.
    Window {
        /// Whether it is open.
        is_open: bool,
    },
    /// Segments of this direction were retransmitted.
    Retransmitted {
        /// How many since the last time.
        segments: u64,
    },
    /// The kernel said that an end is in another state.
    State,
}

/// How something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// A call returned it, or succeeds only if it happened.
    Seen(Call),
    /// A call made it; what went over the wire was not seen.
    Made(Call),
    /// It must have happened, or nothing else would fit.
    Inferred,
}

impl Evidence {
    /// Returns whether a call made it or reported it.
    pub fn is_seen(self) -> bool {
        matches!(self, Self::Seen(_) | Self::Made(_))
    }
}

/// A call that reports something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Call {
    /// `connect(2)`.
    Connect,
    /// `accept(2)`.
    Accept,
    /// `getsockopt(TCP_SAVED_SYN)`.
    SavedSyn,
    /// `send(2)` and its kin.
    Send,
    /// `recv(2)` and its kin: bytes, or 0 for a FIN.
    Receive,
    /// An error of a socket: `ECONNRESET`, `EPIPE` …
    SocketError,
    /// `shutdown(2)`.
    Shutdown,
    /// `close(2)`.
    Close,
    /// `SO_TIMESTAMPING`, `SCM_TSTAMP_SCHED`.
    StampScheduled,
    /// `SO_TIMESTAMPING`, `SCM_TSTAMP_SND`.
    StampLeft,
    /// `SO_TIMESTAMPING`, `SCM_TSTAMP_ACK`.
    StampAcknowledged,
    /// `SO_TIMESTAMPING`, `SOF_TIMESTAMPING_RX_SOFTWARE`.
    StampArrived,
    /// What says the kernel's state of a connection.
    Inquiry(Inquiry),
}

impl Call {
    /// Returns its name, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Accept => "accept",
            Self::SavedSyn => "TCP_SAVED_SYN",
            Self::Send => "send",
            Self::Receive => "recv",
            Self::SocketError => "SO_ERROR",
            Self::Shutdown => "shutdown",
            Self::Close => "close",
            Self::StampScheduled => "SCM_TSTAMP_SCHED",
            Self::StampLeft => "SCM_TSTAMP_SND",
            Self::StampAcknowledged => "SCM_TSTAMP_ACK",
            Self::StampArrived => "SO_TIMESTAMPING",
            Self::Inquiry(Inquiry::SockDiag) => "sock_diag",
            Self::Inquiry(Inquiry::TcpTable) => "GetExtendedTcpTable",
            Self::Inquiry(Inquiry::ConnectionInfo) => "TCP_CONNECTION_INFO",
        }
    }
}
