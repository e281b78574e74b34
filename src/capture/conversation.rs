//! One whole connection as a continuous document of rows, while it grows.
//!
//! A data entry is one piece of it, cut into rows by a [`RowRule`]; a lifecycle entry is one row. Rows have 64-bit
//! coordinates that never change. The document is counted from the moment when it was opened: what comes later is
//! appended, what was before is counted backwards, a segment at a time, so that its newest rows are there at once.

mod chapter;
mod clipping;
mod document;
mod lines;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;

use super::kind::RowKind;
use super::row::Happening;
use super::store::ReadError;
use crate::net::{ConnectionId, Direction, Link};
use crate::payload::{RowRule, VisibleText};
pub(super) use clipping::LineClipping;
pub(super) use document::Document;

/// Which document: of which connection, cut and filtered how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConversationQuery {
    /// The connection.
    pub connection: ConnectionId,
    /// How its payloads are cut into rows and written.
    pub rule: RowRule,
    /// Only what was received, or what was sent; the lifecycle is shown in any case.
    pub only: Option<Direction>,
}

/// What is known of a followed connection beside its rows.
#[derive(Clone, Debug, Default)]
pub struct ConnectionFacts {
    /// How many older entries, of whatever connection, are not looked at yet.
    pub unread_entries: u64,
    /// How many bytes were received and sent, as far as is counted.
    pub received_bytes: u64,
    /// See [`Self::received_bytes`].
    pub sent_bytes: u64,
    /// Both ends, once an entry of the connection was read.
    pub link: Option<Arc<Link>>,
    /// Why a part of it is left out: a segment that cannot be read.
    pub problem: Option<Arc<ReadError>>,
}

/// One row of a document.
#[derive(Clone, Debug)]
pub struct Line {
    /// The number of its entry.
    pub entry: u64,
    /// The wall clock's time of the entry.
    pub time: SystemTime,
    /// What the entry is.
    pub kind: RowKind,
    /// Whether it is the first row of its entry.
    pub is_first: bool,
    /// What it shows.
    pub text: LineText,
}

/// What a row shows.
#[derive(Clone, Debug)]
pub enum LineText {
    /// A part of a payload as text.
    Text(VisibleText),
    /// A part of a payload as bytes, and where it begins in its stream.
    Bytes(u64, Bytes),
    /// So many bytes of the entry were not kept.
    NotKept(u64),
    /// What happened, or why the entry cannot be read.
    Words(Happening),
}
