//! The kinds of lifecycle entries, without what such an entry says.

use crate::net::tls::TlsReport;

/// A kind of lifecycle entry: an [`EventKind`](super::EventKind) without its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifecycleKind {
    /// A server listens.
    Listening,
    /// A host name is being looked up.
    LookingUp,
    /// A connection is being attempted.
    Connecting,
    /// A connection was established.
    Connected,
    /// An attempt to connect failed.
    ConnectFailed,
    /// A connection was accepted.
    Accepted,
    /// The peer sent FIN.
    PeerFinished,
    /// This side sent FIN.
    WeFinished,
    /// A connection was closed.
    Closed,
    /// The peer reset a connection.
    Reset,
    /// Accepting paused.
    AcceptPaused,
    /// Accepting resumed.
    AcceptResumed,
    /// Bytes are missing from an imported file.
    Missing,
    /// Nothing was recorded for a while.
    NotRecorded,
    /// The wall clock jumped.
    ClockAdjusted,
    /// Something failed without ending a connection.
    Failed,
    /// A server stopped.
    Stopped,
    /// Connections ended before they were accepted.
    AcceptAborted,
    /// What a server does with new connections changed.
    AcceptingChanged,
    /// Nothing is sent for a while.
    Waiting,
    /// Reading stopped.
    ReadingStopped,
    /// Reading resumed.
    ReadingResumed,
    /// How fast bytes are sent changed.
    PaceChanged,
    /// A long payload was cancelled.
    Cancelled,
    /// A client connects again by itself.
    Reconnecting,
    /// What was queued on a connection was cancelled.
    QueueCancelled,
    /// No rule applied to a request.
    Unanswered,
    /// Chance did something to a message.
    Disturbed,
    /// A sequence began.
    SequenceBegan,
    /// A sequence ended.
    SequenceEnded,
    /// A UDP socket was bound.
    Bound,
    /// A datagram was longer than the read buffer.
    Truncated,
    /// The system dropped datagrams.
    Dropped,
    /// TLS began on a plain connection.
    Upgraded,
    /// A client said what TLS it offers.
    TlsHello,
    /// Both ends agreed on their TLS.
    TlsAgreed,
    /// The certificates of a peer with which TLS failed.
    TlsRefused,
    /// An alert of TLS.
    TlsAlert,
    /// A sender said that it has sent everything.
    TlsCloseNotify,
    /// TCP ended before TLS did.
    TlsCut,
    /// The secrets of a connection were logged.
    TlsSecrets,
}

impl LifecycleKind {
    pub(super) fn of_tls(report: &TlsReport) -> Self {
        match report {
            TlsReport::Hello(_) => Self::TlsHello,
            TlsReport::Agreed(_) => Self::TlsAgreed,
            TlsReport::Refused { .. } => Self::TlsRefused,
            TlsReport::Alert { .. } => Self::TlsAlert,
            TlsReport::CloseNotify { .. } => Self::TlsCloseNotify,
            TlsReport::Cut => Self::TlsCut,
            TlsReport::Secrets(_) => Self::TlsSecrets,
        }
    }
}
