//! What the timeline shows of an entry: made by the reader thread, painted by the window.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use bytes::Bytes;

use crate::net::{ConnectionId, EndpointId};
use crate::payload::{Carry, VisibleText};

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
