//! One whole connection as a continuous document of rows, while it grows.
//!
//! A data entry is one piece of it, cut into rows by a [`RowRule`]; a lifecycle entry is one row. Rows have 64-bit
//! coordinates that never change. The document is counted from the moment when it was opened: what comes later is
//! appended, what was before is counted backwards, a segment at a time, so that its newest rows are there at once.

mod chapter;
mod document;
mod lines;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;

use super::record::Record;
use super::request::{Answer, COPY_LIMIT_BYTES, Span};
use super::row::RowKind;
use super::say::{Happening, Say};
use super::texts::TextsOf;
use crate::net::{ConnectionId, Direction, Link};
use crate::payload::{RowRule, VisibleText};
pub(super) use document::Document;

/// Which document: of which connection, cut and filtered how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConversationQuery {
    /// The connection.
    pub connection: ConnectionId,
    /// How its payloads are cut into rows and written.
    pub rule: RowRule,
    /// Only what was received, or what was sent; the lifecycle is told in any case.
    pub only: Option<Direction>,
}

/// How far a document reaches, in coordinates of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The first row that is counted and kept.
    pub first_row: u64,
    /// The row after the last one.
    pub end_row: u64,
    /// How many older entries, of whatever connection, are not looked at yet.
    pub unread_entries: u64,
    /// How many bytes were received and sent, as far as is counted.
    pub received_bytes: u64,
    /// See [`Self::received_bytes`].
    pub sent_bytes: u64,
    /// Both ends, once an entry of the connection was read.
    pub link: Option<Arc<Link>>,
    /// Why a part of it is left out: a segment that cannot be read.
    pub problem: Option<String>,
}

impl Extent {
    /// Returns how many rows there are.
    pub fn len(&self) -> u64 {
        self.end_row - self.first_row
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
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

/// How long a request may count before it is answered with what there is.
const REQUEST_TIME: Duration = Duration::from_millis(25);
/// How often the window is told how far counting has come.
const TELL_INTERVAL: Duration = Duration::from_millis(200);

/// The document that the window shows, between its requests.
#[derive(Debug)]
pub(super) struct Conversation {
    document: Document,
    told: Instant,
}

impl Conversation {
    pub(super) fn new(query: ConversationQuery, record: &Record) -> Self {
        Self {
            document: Document::new(query, record),
            told: Instant::now(),
        }
    }

    pub(super) fn query(&self) -> &ConversationQuery {
        self.document.query()
    }

    /// Returns whether there is more to count.
    pub(super) fn is_behind(&self) -> bool {
        self.document.is_behind()
    }

    /// Answers with rows, after counting on for a moment.
    pub(super) fn lines(&mut self, span: Span, texts: TextsOf<'_>) -> Answer {
        self.count_on(texts.record);
        let place = match span {
            Span::Around { entry, .. } => self.document.row_of(entry),
            _ => None,
        };
        let (first, lines) = self.document.lines(span, place, texts);
        Answer::Conversation {
            query: *self.document.query(),
            extent: self.document.extent(),
            first,
            lines,
            place,
        }
    }

    fn count_on(&mut self, record: &Record) {
        let deadline = Instant::now() + REQUEST_TIME;
        self.document.follow(record);
        while self.document.is_behind() && Instant::now() < deadline {
            self.document.step();
        }
        self.told = Instant::now();
    }

    /// Counts one slice on; returns an answer when it is time to tell the window.
    pub(super) fn step(&mut self) -> Option<Answer> {
        self.document.step();
        let is_due = self.told.elapsed() >= TELL_INTERVAL || !self.document.is_behind();
        is_due.then(|| {
            self.told = Instant::now();
            Answer::ConversationCounted {
                query: *self.document.query(),
                extent: self.document.extent(),
            }
        })
    }

    /// Writes rows for the clipboard.
    pub(super) fn copy(&mut self, rows: (u64, u64), texts: TextsOf<'_>, say: &dyn Say) -> Answer {
        self.document.follow(texts.record);
        lines::copy(&mut self.document, rows, COPY_LIMIT_BYTES, texts, say)
    }
}
