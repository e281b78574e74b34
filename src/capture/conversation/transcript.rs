//! Locates the rows of a transcript, which grows at its end while its older pieces are counted backwards.

use std::ops::{ControlFlow, Range};

use super::lines::Measured;
use super::pieces::{Counting, PieceReader};
use super::rows::{RowMark, RowRun};
use super::{ConnectionFacts, ConversationQuery, TranscriptLine};
use crate::capture::hits::Hits;
use crate::capture::page::{Page, Span};
use crate::capture::pass::Pass;
use crate::capture::record::Record;
use crate::capture::say::Say;
use crate::capture::store::OpenSegment;
use crate::capture::texts::TextsOf;
use crate::capture::ticks::Parts;

/// The coordinate of the first row added after a transcript was opened; leaves equal room before and after it.
const ORIGIN: u64 = 1 << 62;

/// A transcript, as far as it has been counted.
#[derive(Debug)]
pub(in crate::capture) struct Transcript {
    query: ConversationQuery,
    say: &'static dyn Say,
    pieces: PieceReader,
    /// What was added after the transcript was opened. Its rows include the older ones.
    newer: Counting,
    /// The pieces before those, as far as counted.
    older: Hits,
    /// The first counted entry.
    counted_from: u64,
    /// The segment before the counted entries, while it is being counted.
    draft: Option<Counting>,
    /// The oldest entry that is kept, as far as is known.
    first_kept: u64,
}

impl Transcript {
    pub(in crate::capture) fn new(
        query: ConversationQuery,
        record: &Record,
        say: &'static dyn Say,
    ) -> Self {
        let status = record.status();
        Self {
            query,
            say,
            pieces: PieceReader::new(query.rules, record.store()),
            newer: Counting::new(status.entries, ORIGIN, &query, say),
            older: Hits::default(),
            counted_from: status.entries,
            draft: None,
            first_kept: status.first_kept,
        }
    }

    pub(in crate::capture) fn query(&self) -> &ConversationQuery {
        &self.query
    }

    /// Returns whether its pieces are datagrams, as far as counted.
    pub(super) fn has_datagrams(&self) -> bool {
        self.newer.rows.are_datagrams
    }

    fn facts(&self) -> ConnectionFacts {
        ConnectionFacts {
            unread_entries: self.counted_from - self.first_kept.min(self.counted_from),
            received_bytes: self.newer.rows.received_bytes,
            sent_bytes: self.newer.rows.sent_bytes,
            link: self.pieces.link().cloned(),
            problem: self.pieces.problem.clone(),
        }
    }

    fn step_back(&mut self, record: &Record) {
        let until = self.counted_from;
        let draft = self.draft.take();
        let mut draft = draft.unwrap_or_else(|| {
            let segment = record.store().segment_of(until.saturating_sub(1));
            // Without a segment, it was given up meanwhile.
            let from = segment.map_or(self.first_kept, |segment| segment.first_entry());
            Counting::new(from, 0, &self.query, self.say)
        });
        draft.step(record, until, &mut self.pieces);
        if draft.counted_to < until {
            self.draft = Some(draft);
            return;
        }
        self.newer.rows.prepend(&draft.rows);
        self.older.prepend(draft.chosen.hits());
        self.counted_from = draft.from;
    }

    /// Returns the first row at or after an entry, or `None` if it is not counted yet.
    pub(super) fn row_of(&mut self, entry: u64) -> Option<u64> {
        if entry < self.counted_from {
            return (self.counted_from <= self.first_kept).then_some(self.newer.rows.first_row);
        }
        let mark = self.newer.rows.before(|mark| mark.entry <= entry)?;
        let mut found = None;
        self.walk(mark, |_, _, number, row| {
            if number < entry {
                return ControlFlow::Continue(());
            }
            found = Some(row);
            ControlFlow::Break(())
        });
        let last = self.newer.rows.end_row.saturating_sub(1);
        Some(
            found
                .unwrap_or(last)
                .min(last)
                .max(self.newer.rows.first_row),
        )
    }

    /// Divides the rows counted so far, for ticks. Between two marks, where a piece begins is estimated.
    pub(in crate::capture) fn parts(&self) -> Parts {
        let rows = &self.newer.rows;
        Parts::new(rows.first_row..rows.end_row, |row| self.entry_near(row))
    }

    /// Returns the entry whose rows are about here.
    fn entry_near(&self, row: u64) -> Option<u64> {
        let rows = &self.newer.rows;
        let mark = rows.before(|mark| mark.row <= row)?;
        let next = rows.marks_from(mark.entry.saturating_add(1)).next();
        let (end_entry, end_row) = next.map_or((self.newer.counted_to, rows.end_row), |next| {
            (next.entry, next.row)
        });
        let newer = self.newer.chosen.hits();
        let rank = |entry| self.older.row_from(entry) + newer.row_from(entry);
        let (first, end) = (rank(mark.entry), rank(end_entry));
        let passed = u128::from(row.saturating_sub(mark.row)) * u128::from(end - first);
        let passed = passed / u128::from(end_row.saturating_sub(mark.row).max(1));
        let place = first + u64::try_from(passed).unwrap_or_default();
        match place.checked_sub(self.older.len()) {
            Some(place) => newer.number(place),
            None => self.older.number(place),
        }
    }

    /// Returns rows and the state of the transcript.
    pub(in crate::capture) fn page(
        &mut self,
        span: Span,
        texts: TextsOf<'_>,
    ) -> Page<ConversationQuery> {
        let place = match span {
            Span::Around { entry, .. } => self.row_of(entry),
            _ => None,
        };
        let RowRun {
            first_row, end_row, ..
        } = self.newer.rows;
        let wanted = span.rows(first_row..end_row, place);
        Page {
            of: self.query,
            span,
            gone: first_row,
            end: end_row,
            first: wanted.start,
            rows: self.lines(&wanted, texts),
            place,
            about: self.facts(),
        }
    }

    fn lines(&mut self, wanted: &Range<u64>, texts: TextsOf<'_>) -> Vec<TranscriptLine> {
        let mut found: Vec<TranscriptLine> = Vec::new();
        let Some(mark) = self.newer.rows.before(|mark| mark.row <= wanted.start) else {
            return found;
        };
        let rules = self.query.rules;
        self.walk(mark, |open, piece, _, row| {
            if row >= wanted.end {
                return ControlFlow::Break(());
            }
            let end = row + piece.rows;
            if end > wanted.start {
                let rows = wanted.start.saturating_sub(row)..wanted.end.min(end) - row;
                found.extend(piece.lines(open, (rules, texts), rows));
            }
            ControlFlow::Continue(())
        });
        found
    }

    /// Visits pieces from a mark on, with their numbers and first rows, until `visit` breaks off.
    fn walk(
        &mut self,
        mark: RowMark,
        mut visit: impl FnMut(&mut OpenSegment, &Measured, u64, u64) -> ControlFlow<()>,
    ) {
        let RowMark { entry, mut row } = mark;
        let newer = self.newer.chosen.hits().from(entry);
        let newer = newer.take_while(|number| *number < self.newer.counted_to);
        let mut marks = self.newer.rows.marks_from(entry).peekable();
        let mut readable_from = 0;
        for number in self.older.from(entry).chain(newer) {
            while let Some(mark) = marks.next_if(|mark| mark.entry <= number) {
                row = mark.row;
            }
            if number < readable_from {
                continue;
            }
            let Some((open, piece)) = self.pieces.read(number) else {
                // The rows of a segment that can no longer be read stay empty. The next one starts with a mark.
                readable_from = self.pieces.after_segment_of(number);
                continue;
            };
            if visit(open, &piece, number, row).is_break() {
                return;
            }
            row = row.saturating_add(piece.rows);
        }
    }
}

impl Pass for Transcript {
    fn is_behind(&self, end: u64) -> bool {
        self.newer.counted_to < end || self.counted_from > self.first_kept
    }

    /// Counts new entries first, then older ones.
    fn step(&mut self, record: &Record, end: u64) {
        if self.newer.counted_to < end {
            self.newer.step(record, end, &mut self.pieces);
        } else if self.counted_from > self.first_kept {
            self.step_back(record);
        }
    }

    fn give_up(&mut self, first_kept: u64) {
        if first_kept <= self.first_kept {
            return;
        }
        self.first_kept = first_kept;
        // A file that a ring has deleted occupies space until it is closed.
        self.pieces.release();
        self.older.drop_before(first_kept);
        self.newer.give_up(first_kept);
        self.counted_from = self.counted_from.max(first_kept);
        self.draft = self.draft.take().filter(|draft| draft.from >= first_kept);
    }

    fn free_memory(&mut self) {
        self.newer.chosen.release();
    }
}
