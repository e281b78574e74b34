//! What a trace is derived from: the entries of one end of a connection, reduced to what TCP shows of them.

use std::ops::Range;

use crate::capture::entry::Entry;
use crate::capture::event::EventKind;
use crate::net::kernel::{Inquiry, KernelNumbers, SavedSyn, SocketNumbers, TcpInfoField, TcpState};
use crate::net::{Closed, ClosedBy, NetError, Stamp, SystemError};

/// Something on record of one end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// When.
    pub at: Stamp,
    /// The number of the entry.
    pub entry: u64,
    /// What.
    pub kind: FactKind,
}

/// What can be on record of one end of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// A connect began.
    Connecting,
    /// It succeeded.
    Connected,
    /// It failed.
    ConnectFailed(FailedBy),
    /// The connection was accepted.
    Accepted(Option<SavedSyn>),
    /// A write took these bytes of the sent stream.
    Sent(Range<u64>),
    /// A read gave these bytes of the received stream.
    Received(Range<u64>),
    /// Several writes and reads.
    Run {
        /// The bytes sent.
        sent: Range<u64>,
        /// The bytes received.
        received: Range<u64>,
        /// How many writes.
        writes: u64,
        /// How many reads.
        reads: u64,
        /// When the last one was.
        until: Stamp,
    },
    /// A read found the end.
    PeerFinished,
    /// We shut down sending.
    WeFinished,
    /// We closed the socket.
    Closed {
        /// Whether bytes were left unread or lost: then the kernel resets.
        is_unread: bool,
    },
    /// We reset the connection.
    WeReset,
    /// The peer reset it.
    PeerReset,
    /// It failed.
    Failed(FailedBy),
}

/// Why a connection failed, as far as TCP shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailedBy {
    /// A RST answered.
    Reset,
    /// Nothing answered.
    Silence,
    /// We gave it up.
    Us,
    /// Something else: no route, no permission …
    Other,
}

impl FailedBy {
    fn of(error: &NetError) -> Self {
        use std::io::ErrorKind;
        let system = |source: &SystemError| match source.kind {
            ErrorKind::ConnectionRefused
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe => Self::Reset,
            ErrorKind::TimedOut => Self::Silence,
            _ => Self::Other,
        };
        match error {
            NetError::ConnectTimeout { .. } => Self::Silence,
            NetError::ConnectGivenUp { .. }
            | NetError::FinishTimeout { .. }
            | NetError::FinishFlood { .. } => Self::Us,
            NetError::Connect { source, .. }
            | NetError::Receive { source, .. }
            | NetError::Send { source, .. } => system(source),
            _ => Self::Other,
        }
    }
}

impl Fact {
    /// Returns what TCP shows of an entry; `None` if nothing. Unix sockets and UDP have no TCP.
    pub fn of(entry: &Entry) -> Option<Self> {
        let link = entry.event.link.as_ref()?;
        link.peer.tcp()?;
        let range = |offset: u64| offset..offset.saturating_add(entry.size_bytes);
        let kind = match &entry.event.kind {
            EventKind::Connecting => FactKind::Connecting,
            EventKind::Connected { .. } => FactKind::Connected,
            EventKind::ConnectFailed { error, .. } => FactKind::ConnectFailed(FailedBy::of(error)),
            EventKind::Accepted { syn, .. } => FactKind::Accepted(syn.clone()),
            EventKind::Sent { .. } => FactKind::Sent(range(entry.streams.sent.offset)),
            EventKind::Received { .. } => FactKind::Received(range(entry.streams.received.offset)),
            EventKind::PeerFinished => FactKind::PeerFinished,
            EventKind::WeFinished => FactKind::WeFinished,
            EventKind::Closed(closed) => FactKind::of_closed(closed),
            EventKind::Reset { .. } => FactKind::PeerReset,
            _ => return None,
        };
        Some(Self {
            at: entry.event.stamp,
            entry: entry.number,
            kind,
        })
    }
}

impl FactKind {
    /// Returns whether it can be the first of a connection.
    pub(super) fn begins(&self) -> bool {
        matches!(
            self,
            Self::Connecting | Self::Connected | Self::ConnectFailed(_) | Self::Accepted(_)
        )
    }

    fn of_closed(closed: &Closed) -> Self {
        match &closed.by {
            ClosedBy::OurReset => Self::WeReset,
            ClosedBy::Failure(error) => match FailedBy::of(error) {
                FailedBy::Reset => Self::PeerReset,
                FailedBy::Us => Self::Closed {
                    is_unread: closed.unread,
                },
                by => Self::Failed(by),
            },
            ClosedBy::Us
            | ClosedBy::Stop
            | ClosedBy::Reply
            | ClosedBy::Peer
            | ClosedBy::Silence(_)
            | ClosedBy::Crowded { .. } => Self::Closed {
                is_unread: closed.unread,
            },
        }
    }
}

/// What the kernel said of both ends at one moment, reduced to what a trace shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// When.
    pub at: Stamp,
    /// What was asked.
    pub by: Inquiry,
    /// The state of our end; `None` if there is none.
    pub ours: Option<TcpState>,
    /// The state of the peer's end; `None` if it is not visible, or gone.
    pub peer: Option<TcpState>,
    /// The peer's window, as our end has it.
    pub send_window: Option<u64>,
    /// All retransmissions of our end so far.
    pub retransmits: Option<u64>,
}

impl Observed {
    /// Reduces numbers.
    pub fn of(at: Stamp, numbers: &KernelNumbers) -> Self {
        let state = |end: &Option<SocketNumbers>| end.as_ref().map(|it| it.state);
        let mut ends = numbers.ours.iter().chain(&numbers.peer);
        let info = |field| numbers.ours.as_ref()?.info.get(field);
        Self {
            at,
            by: ends.next().map_or_else(Inquiry::default, |end| end.inquiry),
            ours: state(&numbers.ours),
            peer: state(&numbers.peer),
            send_window: info(TcpInfoField::SendWindow),
            retransmits: info(TcpInfoField::TotalRetransmits),
        }
    }
}
