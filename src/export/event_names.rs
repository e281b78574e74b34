//! What the formats call an event, and what they say of it in one place.

use std::borrow::Cow;

use crate::capture::{Entry, EventKind, LifecycleKind};
use crate::net::{Address, Requester};

/// Returns the local address, if known: of the connection, or of the listener.
pub(super) fn local(entry: &Entry) -> Option<&Address> {
    match &entry.event.kind {
        EventKind::Listening { local, .. } | EventKind::Bound { local, .. } => Some(local),
        _ => entry.event.link.as_deref()?.local.as_ref(),
    }
}

/// Returns the formats' name for who requested something.
pub(super) fn requester_name(by: Requester) -> Option<Cow<'static, str>> {
    let name = match by {
        Requester::Nobody => return None,
        Requester::User => "user",
        Requester::Responder => "responder",
        Requester::Relay => "relay",
        Requester::Sequence => "sequence",
        Requester::Rule(rule) => return Some(format!("rule {}", rule.0).into()),
    };
    Some(name.into())
}

/// Returns the formats' name for an event.
pub(super) fn event_name(kind: &EventKind) -> &'static str {
    match kind {
        EventKind::Received { .. } => "received",
        EventKind::Sent { .. } => "sent",
        _ => kind.lifecycle().map_or("unknown", lifecycle_name),
    }
}

fn lifecycle_name(kind: LifecycleKind) -> &'static str {
    match kind {
        LifecycleKind::Listening => "listening",
        LifecycleKind::Bound => "bound",
        LifecycleKind::Truncated => "truncated",
        LifecycleKind::Dropped => "dropped",
        LifecycleKind::Upgraded => "upgraded",
        LifecycleKind::TlsHello => "tls_hello",
        LifecycleKind::TlsAgreed => "tls_agreed",
        LifecycleKind::TlsRefused => "tls_refused",
        LifecycleKind::TlsAlert => "tls_alert",
        LifecycleKind::TlsCloseNotify => "tls_close_notify",
        LifecycleKind::TlsCut => "tls_cut",
        LifecycleKind::TlsSecrets => "tls_secrets",
        LifecycleKind::LookingUp => "looking_up",
        LifecycleKind::Connecting => "connecting",
        LifecycleKind::Connected => "connected",
        LifecycleKind::ConnectFailed => "connect_failed",
        LifecycleKind::Accepted => "accepted",
        LifecycleKind::PeerFinished => "peer_finished",
        LifecycleKind::WeFinished => "finished",
        LifecycleKind::Closed => "closed",
        LifecycleKind::Reset => "reset",
        LifecycleKind::AcceptPaused => "accept_paused",
        LifecycleKind::AcceptResumed => "accept_resumed",
        LifecycleKind::Missing => "missing",
        LifecycleKind::NotRecorded => "not_recorded",
        LifecycleKind::ClockAdjusted => "clock_adjusted",
        LifecycleKind::Failed => "error",
        LifecycleKind::Stopped => "stopped",
        LifecycleKind::AcceptAborted => "accept_aborted",
        LifecycleKind::AcceptingChanged => "accepting_changed",
        LifecycleKind::Waiting => "waiting",
        LifecycleKind::ReadingStopped => "reading_stopped",
        LifecycleKind::ReadingResumed => "reading_resumed",
        LifecycleKind::PaceChanged => "pace_changed",
        LifecycleKind::Cancelled => "cancelled",
        LifecycleKind::Disturbed => "disturbed",
        LifecycleKind::Reconnecting => "reconnecting",
        LifecycleKind::SequenceBegan => "sequence_began",
        LifecycleKind::SequenceEnded => "sequence_ended",
        LifecycleKind::QueueCancelled => "queue_cancelled",
        LifecycleKind::Unanswered => "unanswered",
    }
}
