//! The numbers of the kinds of entries.

use crate::capture::event::EventKind;
use crate::capture::lifecycle::LifecycleKind;

pub(super) const RECEIVED: u16 = 1;
pub(super) const SENT: u16 = 2;
pub(super) const LISTENING: u16 = 16;
pub(super) const LOOKING_UP: u16 = 17;
pub(super) const CONNECTING: u16 = 18;
pub(super) const CONNECTED: u16 = 19;
pub(super) const CONNECT_FAILED: u16 = 20;
pub(super) const ACCEPTED: u16 = 21;
pub(super) const PEER_FINISHED: u16 = 22;
pub(super) const WE_FINISHED: u16 = 23;
pub(super) const CLOSED: u16 = 24;
pub(super) const RESET: u16 = 25;
pub(super) const ACCEPT_PAUSED: u16 = 26;
pub(super) const ACCEPT_RESUMED: u16 = 27;
pub(super) const MISSING: u16 = 28;
pub(super) const NOT_RECORDED: u16 = 29;
pub(super) const CLOCK_ADJUSTED: u16 = 30;
pub(super) const FAILED: u16 = 31;
pub(super) const STOPPED: u16 = 32;
pub(super) const ACCEPT_ABORTED: u16 = 33;
pub(super) const ACCEPTING_CHANGED: u16 = 34;
pub(super) const WAITING: u16 = 35;
pub(super) const READING_STOPPED: u16 = 36;
pub(super) const READING_RESUMED: u16 = 37;
pub(super) const PACE_CHANGED: u16 = 38;
pub(super) const CANCELLED: u16 = 39;
pub(super) const DISTURBED: u16 = 40;
pub(super) const RECONNECTING: u16 = 41;
pub(super) const SEQUENCE_BEGAN: u16 = 42;
pub(super) const SEQUENCE_ENDED: u16 = 43;
pub(super) const QUEUE_CANCELLED: u16 = 44;
pub(super) const UNANSWERED: u16 = 45;
pub(super) const BOUND: u16 = 46;
pub(super) const TRUNCATED: u16 = 47;
pub(super) const DROPPED: u16 = 48;
pub(super) const UPGRADED: u16 = 49;
pub(super) const TLS_HELLO: u16 = 50;
pub(super) const TLS_AGREED: u16 = 51;
pub(super) const TLS_REFUSED: u16 = 52;
pub(super) const TLS_ALERT: u16 = 53;
pub(super) const TLS_CLOSE_NOTIFY: u16 = 54;
pub(super) const TLS_CUT: u16 = 55;
pub(super) const TLS_SECRETS: u16 = 56;

/// The kinds of lifecycle entries by their numbers.
const LIFECYCLE: [(u16, LifecycleKind); 41] = [
    (LISTENING, LifecycleKind::Listening),
    (LOOKING_UP, LifecycleKind::LookingUp),
    (CONNECTING, LifecycleKind::Connecting),
    (CONNECTED, LifecycleKind::Connected),
    (CONNECT_FAILED, LifecycleKind::ConnectFailed),
    (ACCEPTED, LifecycleKind::Accepted),
    (PEER_FINISHED, LifecycleKind::PeerFinished),
    (WE_FINISHED, LifecycleKind::WeFinished),
    (CLOSED, LifecycleKind::Closed),
    (RESET, LifecycleKind::Reset),
    (ACCEPT_PAUSED, LifecycleKind::AcceptPaused),
    (ACCEPT_RESUMED, LifecycleKind::AcceptResumed),
    (MISSING, LifecycleKind::Missing),
    (NOT_RECORDED, LifecycleKind::NotRecorded),
    (CLOCK_ADJUSTED, LifecycleKind::ClockAdjusted),
    (FAILED, LifecycleKind::Failed),
    (STOPPED, LifecycleKind::Stopped),
    (ACCEPT_ABORTED, LifecycleKind::AcceptAborted),
    (ACCEPTING_CHANGED, LifecycleKind::AcceptingChanged),
    (WAITING, LifecycleKind::Waiting),
    (READING_STOPPED, LifecycleKind::ReadingStopped),
    (READING_RESUMED, LifecycleKind::ReadingResumed),
    (PACE_CHANGED, LifecycleKind::PaceChanged),
    (CANCELLED, LifecycleKind::Cancelled),
    (DISTURBED, LifecycleKind::Disturbed),
    (RECONNECTING, LifecycleKind::Reconnecting),
    (SEQUENCE_BEGAN, LifecycleKind::SequenceBegan),
    (SEQUENCE_ENDED, LifecycleKind::SequenceEnded),
    (QUEUE_CANCELLED, LifecycleKind::QueueCancelled),
    (UNANSWERED, LifecycleKind::Unanswered),
    (BOUND, LifecycleKind::Bound),
    (TRUNCATED, LifecycleKind::Truncated),
    (DROPPED, LifecycleKind::Dropped),
    (UPGRADED, LifecycleKind::Upgraded),
    (TLS_HELLO, LifecycleKind::TlsHello),
    (TLS_AGREED, LifecycleKind::TlsAgreed),
    (TLS_REFUSED, LifecycleKind::TlsRefused),
    (TLS_ALERT, LifecycleKind::TlsAlert),
    (TLS_CLOSE_NOTIFY, LifecycleKind::TlsCloseNotify),
    (TLS_CUT, LifecycleKind::TlsCut),
    (TLS_SECRETS, LifecycleKind::TlsSecrets),
];

/// Returns what is known of a lifecycle entry whose body cannot be read: its kind.
pub(in crate::capture::store) fn unread(number: u16) -> EventKind {
    let known = LIFECYCLE.iter().find(|(known, _)| *known == number);
    match known {
        Some(&(_, kind)) => EventKind::Unread { kind },
        None => EventKind::Unknown { kind: number },
    }
}

/// Returns the number of a kind.
pub(super) fn number_of(kind: LifecycleKind) -> u16 {
    let known = LIFECYCLE.iter().find(|(_, known)| *known == kind);
    known.map_or(0, |(number, _)| *number)
}
