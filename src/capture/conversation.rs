//! One whole connection as a transcript: continuous rows, while it grows.
//!
//! Each data entry is a piece, cut into rows by a [`RowRule`]; each lifecycle entry is one row. Rows have 64-bit
//! coordinates that never change. Counting starts where the recording ended when the transcript was opened: new entries
//! are appended, older ones are counted backwards, one segment at a time. So the newest rows are available at once.

mod clipping;
mod excerpt;
mod lines;
mod pieces;
mod rows;
#[cfg(test)]
mod tests;
mod transcript;

use std::sync::Arc;
use std::time::SystemTime;

use super::kind::RowKind;
use super::row::Happening;
use super::store::ReadError;
use crate::net::{ByDirection, Direction, FlowId, Link};
use crate::payload::{RowRule, TextStart, VisibleText};
pub(super) use clipping::LineClipping;
pub use excerpt::Excerpt;
pub(super) use transcript::Transcript;

/// Identifies a transcript: a connection, and how it is cut and filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConversationQuery {
    /// The connection.
    pub connection: FlowId,
    /// How the payloads of each direction are cut into rows and written.
    pub rules: ByDirection<RowRule>,
    /// Only what was received, or only what was sent. Lifecycle entries are always shown.
    pub only: Option<Direction>,
}

/// What is known of a followed connection besides its rows.
#[derive(Clone, Debug, Default)]
pub struct ConnectionFacts {
    /// How many older entries, of any connection, have not been examined.
    pub unread_entries: u64,
    /// How many bytes were received, as far as counted.
    pub received_bytes: u64,
    /// How many bytes were sent, as far as counted.
    pub sent_bytes: u64,
    /// Both ends, once an entry of the connection has been read.
    pub link: Option<Arc<Link>>,
    /// Why a part is left out: a segment could not be read.
    pub problem: Option<Arc<ReadError>>,
}

/// One row of a transcript.
#[derive(Clone, Debug)]
pub struct TranscriptLine {
    /// The number of its entry.
    pub entry: u64,
    /// The wall-clock time of the entry.
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
    /// Part of a payload as text.
    Text {
        /// The text.
        text: VisibleText,
        /// Its bytes, in their chunk.
        excerpt: Excerpt,
        /// How they are decoded.
        start: TextStart,
    },
    /// Part of a payload as escaped text.
    Escaped(String),
    /// Part of a payload as bytes.
    Bytes(Excerpt),
    /// How many bytes of the entry were not kept.
    NotKept(u64),
    /// What happened, or why the entry cannot be read.
    Words(Happening),
}
