//! What the timeline shows of an entry: made by the reader thread, painted by the window.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

use super::entry::Entry;
use super::words;
use crate::net::{ClosedBy, ConnectionId, EndpointId, EventKind, NetError, Stamp};
use crate::payload::{Carry, StreamEnd, VisibleText};

/// One row of the timeline.
#[derive(Clone, Debug)]
pub struct Row {
    /// The entry's number.
    pub entry: u64,
    /// The wall clock's time of the entry.
    pub time: SystemTime,
    /// The time since the row before it in the same view; none in the first one.
    pub since_previous: Option<Duration>,
    /// The endpoint that the entry belongs to; none for the session's own entries (`clock adjusted`).
    pub endpoint: Option<EndpointId>,
    /// The connection that the entry belongs to.
    pub connection: Option<ConnectionId>,
    /// Our end, once it is known.
    pub local: Option<SocketAddr>,
    /// The other end.
    pub peer: Option<SocketAddr>,
    /// What it is.
    pub kind: RowKind,
    /// A data row: the beginning of its payload as visible text, at most [`PREVIEW_BYTES`] bytes of it.
    /// Any other row: the words of what happened.
    pub text: VisibleText,
}

impl Row {
    /// Makes the row of `entry`; `previous` is the stamp of the row before it in the same view.
    pub(super) fn new(entry: &Entry, previous: Option<Stamp>) -> Self {
        let event = &entry.event;
        let link = event.link.as_deref();
        let kind = RowKind::of(&event.kind);
        let listener = match event.kind {
            EventKind::Listening { local, .. } => Some(local),
            _ => None,
        };
        Self {
            entry: entry.number,
            time: entry.time,
            since_previous: previous.map(|previous| event.stamp.since(previous)),
            endpoint: (!matches!(event.kind, EventKind::ClockAdjusted { .. }))
                .then_some(event.endpoint),
            connection: link.map(|link| link.connection),
            local: listener.or(link.and_then(|link| link.local)),
            peer: link.map(|link| link.peer),
            kind,
            text: text(entry),
        }
    }

    /// Returns the row in words, for those who hear it: `received 14 bytes from 127.0.0.1:53122: Hello, server!`,
    /// with the endpoint's name before it when it is given.
    pub fn spoken(&self, endpoint_name: Option<&str>) -> String {
        let name = endpoint_name.map_or_else(String::new, |name| format!("{name}: "));
        let text = &self.text.text;
        let (verb, size, preposition) = match self.kind {
            RowKind::Received(size) => ("received", size, "from"),
            RowKind::Sent(size) => ("sent", size, "to"),
            _ => return name + text,
        };
        let size = words::bytes(size);
        let peer = self.peer.map(|peer| format!(" {preposition} {peer}"));
        format!("{name}{verb} {size}{}: {text}", peer.unwrap_or_default())
    }
}

fn text(entry: &Entry) -> VisibleText {
    match entry.payload() {
        Some(payload) => {
            let carry = entry.stream().carry;
            let limit = Some(PREVIEW_BYTES);
            VisibleText::decode(carry, &payload.bytes, limit, StreamEnd::Open)
        }
        None => VisibleText::plain(words::words(entry)),
    }
}

/// How many bytes of a payload a row previews; the detail pane shows all.
pub const PREVIEW_BYTES: usize = 512;

/// What a row tells, for its sign and colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// Bytes that were received; how many.
    Received(u64),
    /// Bytes that were sent; how many.
    Sent(u64),
    /// Something begins or waits: listening, connecting, stopped, accepting resumed.
    Quiet,
    /// Something good happened: connected, accepted.
    Good,
    /// An ordinary end: closed.
    Ended,
    /// Something to notice: half-closed, accepting paused, bytes unread or unsent at close, a clock jump.
    Caution,
    /// Something failed: refused, reset, timed out, an error.
    Bad,
}

impl RowKind {
    fn of(kind: &EventKind) -> Self {
        match kind {
            EventKind::Received { payload } => Self::Received(payload.bytes.len() as u64),
            EventKind::Sent { payload, .. } => Self::Sent(payload.bytes.len() as u64),
            EventKind::Listening { .. }
            | EventKind::Connecting
            | EventKind::AcceptResumed
            | EventKind::Stopped => Self::Quiet,
            EventKind::Connected { .. } | EventKind::Accepted => Self::Good,
            EventKind::PeerFinished
            | EventKind::WeFinished
            | EventKind::AcceptPaused { .. }
            | EventKind::ClockAdjusted { .. } => Self::Caution,
            EventKind::Closed(closed) if matches!(closed.by, ClosedBy::Failure(_)) => Self::Bad,
            EventKind::Closed(closed) if closed.unread || closed.unsent_bytes > 0 => Self::Caution,
            EventKind::Closed(_) => Self::Ended,
            EventKind::ConnectFailed { error, .. } if is_given_up(error) => Self::Ended,
            EventKind::Reset { .. }
            | EventKind::ConnectFailed { .. }
            | EventKind::Failed { .. } => Self::Bad,
        }
    }
}

/// A connect that the user gave up is no failure.
pub(super) fn is_given_up(error: &NetError) -> bool {
    matches!(error, NetError::ConnectGivenUp { .. })
}

/// The whole of one entry, for the detail pane.
#[derive(Clone, Debug)]
pub struct Detail {
    /// The row, as the timeline shows it.
    pub row: Row,
    /// Where its first byte stands in its stream, for a data entry.
    pub stream_offset: u64,
    /// The unfinished character before the payload in its stream.
    pub carry: Carry,
    /// The payload of a data entry: all of it.
    pub payload: Option<Bytes>,
}

impl Detail {
    pub(super) fn new(entry: &Entry) -> Self {
        let stream = entry.stream();
        Self {
            row: Row::new(entry, None),
            stream_offset: stream.offset,
            carry: stream.carry,
            payload: entry.payload().map(|payload| payload.bytes.clone()),
        }
    }
}
