//! The pieces of a transcript, as far as they have been chosen and counted.

use std::sync::Arc;

use super::ConversationQuery;
use super::lines::Measured;
use super::rows::RowRun;
use crate::capture::chosen::Chosen;
use crate::capture::criteria::{Filter, Kinds};
use crate::capture::pass::Pass as _;
use crate::capture::record::{Cursor, Record};
use crate::capture::say::Say;
use crate::capture::store::{OpenSegment, ReadError, Store};
use crate::net::{ByDirection, Direction, Link};
use crate::payload::RowRule;

/// How many pieces one slice counts.
const SLICE_PIECES: usize = 4_096;
/// How many bytes one slice reads. Only its last piece may exceed this.
const SLICE_BYTES: u64 = 4 * 1024 * 1024;

/// Pieces of a transcript from an entry on: chosen by their connection, and counted.
#[derive(Debug)]
pub(super) struct Counting {
    pub(super) from: u64,
    pub(super) chosen: Chosen,
    /// The first entry that has not been counted.
    pub(super) counted_to: u64,
    pub(super) rows: RowRun,
}

impl Counting {
    /// Starts at an entry. Its first row has this coordinate.
    pub(super) fn new(
        from: u64,
        row: u64,
        query: &ConversationQuery,
        say: &'static dyn Say,
    ) -> Self {
        let filter = Filter {
            connection: Some(query.connection),
            from_entry: from,
            kinds: Kinds {
                received: query.only != Some(Direction::Sent),
                sent: query.only != Some(Direction::Received),
                ..Kinds::ALL
            },
            ..Filter::default()
        };
        Self {
            from,
            chosen: Chosen::new(&filter, None, say),
            counted_to: from,
            rows: RowRun::new(row),
        }
    }

    /// Chooses and counts some of the pieces before `end`.
    pub(super) fn step(&mut self, record: &Record, end: u64, pieces: &mut PieceReader) {
        if self.chosen.examined_to() <= self.counted_to {
            self.chosen.step(record, end);
            let unread = self.chosen.take_unread().0.into_iter().next();
            pieces.problem = unread.map(|run| run.why).or(pieces.problem.take());
        }
        let until = self.chosen.examined_to();
        let (mut counted, mut bytes) = (0, 0);
        for number in self.chosen.hits().from(self.counted_to) {
            if counted >= SLICE_PIECES || bytes >= SLICE_BYTES {
                self.counted_to = number;
                return;
            }
            if let Some((open, piece)) = pieces.read(number) {
                counted += 1;
                bytes += piece.bytes_read;
                self.rows.push(number, open.segment().first_entry(), &piece);
            }
        }
        self.counted_to = until.max(self.counted_to);
    }

    /// Gives up the pieces before an entry, which starts a segment.
    pub(super) fn give_up(&mut self, first_kept: u64) {
        self.chosen.give_up(first_kept);
        self.counted_to = self.counted_to.max(first_kept);
        self.rows.give_up(first_kept);
    }
}

/// Reads pieces, and notes what they show about the connection.
#[derive(Debug)]
pub(super) struct PieceReader {
    rules: ByDirection<RowRule>,
    store: Arc<Store>,
    cursor: Cursor,
    /// The newest piece that was read, and the connection's ends as it knows them.
    link: Option<(u64, Arc<Link>)>,
    /// Why a part could not be read.
    pub(super) problem: Option<Arc<ReadError>>,
}

impl PieceReader {
    pub(super) fn new(rules: ByDirection<RowRule>, store: &Arc<Store>) -> Self {
        Self {
            rules,
            store: Arc::clone(store),
            cursor: Cursor::default(),
            link: None,
            problem: None,
        }
    }

    /// Returns the connection's ends, once a piece has been read.
    pub(super) fn link(&self) -> Option<&Arc<Link>> {
        self.link.as_ref().map(|(_, link)| link)
    }

    /// Reads as much of a piece as is needed to count its rows. `None` if its segment cannot be read any more.
    pub(super) fn read(&mut self, number: u64) -> Option<(&mut OpenSegment, Measured)> {
        let (open, entry) = match self.cursor.segment(&self.store, number) {
            Ok(found) => found?,
            Err(error) => {
                self.problem = Some(Arc::new(error));
                return None;
            }
        };
        let piece = Measured::read(open, entry, self.rules);
        if self
            .link
            .as_ref()
            .is_none_or(|(newest, _)| *newest < number)
            && let Some(record) = &piece.record
            && let Ok(flow) = open.flow(record.flow)
            && let Some(link) = &flow.link
        {
            self.link = Some((number, Arc::clone(link)));
        }
        Some((open, piece))
    }

    /// Closes the files.
    pub(super) fn release(&mut self) {
        self.cursor = Cursor::default();
    }

    /// Returns the first entry after the segment that holds an entry.
    pub(super) fn after_segment_of(&self, entry: u64) -> u64 {
        let segment = self.store.segment_of(entry);
        segment.map_or(entry + 1, |segment| segment.end_entry())
    }
}
