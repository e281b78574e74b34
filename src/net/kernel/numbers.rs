//! What a kernel says of the ends of a connection at one moment.

use std::sync::Arc;
use std::time::Duration;

use super::field::TcpInfo;
use super::mark::Mark;
use super::state::TcpState;
use super::watch::Lack;

/// Something that the kernel said of what is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sampled {
    /// The state and the numbers of a connection.
    Numbers(Box<KernelNumbers>),
    /// Bytes went a step further.
    Mark(Mark),
    /// The accept queue of a listener.
    Queue(AcceptQueue),
    /// Something that was asked for cannot be had. It is not put on record.
    Lacking(Lack),
}

/// The ends of a connection, as the kernel has them at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KernelNumbers {
    /// Our end; `None` if the kernel has no socket of it any more.
    pub ours: Option<SocketNumbers>,
    /// The peer's end; `None` if the kernel has no such socket: the peer is on another machine, or its end is gone.
    pub peer: Option<SocketNumbers>,
    /// The accept queue that the connection came from, on a server.
    pub queue: Option<AcceptQueue>,
}

/// One end of a connection, as the kernel has it. What the system does not say is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketNumbers {
    /// What was asked.
    pub inquiry: Inquiry,
    /// Its state.
    pub state: TcpState,
    /// The timer that runs.
    pub timer: Option<SocketTimer>,
    /// Unanswered retransmissions or probes.
    pub retransmits: Option<u8>,
    /// Bytes received that the program has not read.
    pub receive_queue_bytes: Option<u32>,
    /// Bytes written that the peer has not acknowledged.
    pub send_queue_bytes: Option<u32>,
    /// The name of the algorithm of congestion control.
    pub congestion_control: Option<Arc<str>>,
    /// The numbers of Linux's `TCP_INFO`; none in TIME-WAIT.
    pub info: TcpInfo,
}

impl SocketNumbers {
    /// An end of which a system says its state alone.
    #[cfg(any(windows, target_os = "macos", test))]
    pub(crate) fn of_state(inquiry: Inquiry, state: TcpState) -> Self {
        Self {
            inquiry,
            state,
            timer: None,
            retransmits: None,
            receive_queue_bytes: None,
            send_queue_bytes: None,
            congestion_control: None,
            info: TcpInfo::default(),
        }
    }

    /// Returns whether there is more than a state.
    pub fn has_numbers(&self) -> bool {
        self.receive_queue_bytes.is_some() || !self.info.is_empty()
    }
}

/// The call that says what a kernel has of a connection. Its value here is its number in captures, which never changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Inquiry {
    /// `sock_diag(7)` of Linux.
    #[default]
    SockDiag = 0,
    /// `GetExtendedTcpTable` of Windows.
    TcpTable = 1,
    /// `TCP_CONNECTION_INFO` of macOS.
    ConnectionInfo = 2,
}

impl Inquiry {
    /// Returns the call with this number in captures.
    pub const fn of_number(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::SockDiag,
            1 => Self::TcpTable,
            2 => Self::ConnectionInfo,
            _ => return None,
        })
    }
}

/// Both ends of a connection; `None` if the kernel has no such socket.
#[derive(Debug, Default)]
pub(in crate::net) struct KernelEnds {
    pub(in crate::net) ours: Option<SocketNumbers>,
    pub(in crate::net) peer: Option<SocketNumbers>,
}

/// A timer of a socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SocketTimer {
    /// What it is for.
    pub kind: TimerKind,
    /// When it is due.
    pub left: Duration,
}

/// What a timer of a socket is for (`idiag_timer` of `sock_diag(7)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum TimerKind {
    /// To retransmit, or to send a probe against loss.
    Retransmit = 1,
    /// To probe a silent connection, or to give up an end that waits for the peer's FIN.
    KeepAlive = 2,
    /// The end of TIME-WAIT.
    TimeWait = 3,
    /// To probe a closed window.
    WindowProbe = 4,
}

impl TimerKind {
    /// Returns the kind with this number in Linux, which captures keep.
    pub const fn of_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Retransmit,
            2 => Self::KeepAlive,
            3 => Self::TimeWait,
            4 => Self::WindowProbe,
            _ => return None,
        })
    }
}

/// The accept queue of a listener: connections that are established and not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptQueue {
    /// How many wait.
    pub waiting: u32,
    /// How many may wait. Linux takes one more.
    pub limit: u32,
}
