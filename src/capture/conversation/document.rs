//! Locates the rows of a document: counted by the sizes of its pieces, with marks to start reading from.

use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use super::chapter::{Chapter, stream_end};
use super::lines::{self, Measured};
use super::{ConnectionFacts, ConversationQuery, Line};
use crate::capture::page::{Page, Span};
use crate::capture::pass::Pass;
use crate::capture::record::Record;
use crate::capture::store::{OpenSegment, ReadError, Store};
use crate::capture::texts::TextsOf;
use crate::net::{Direction, Link};

/// The coordinate of the first row added after a document was opened; leaves equal room before and after it.
const ORIGIN: u64 = 1 << 62;
/// How many pieces one slice counts.
const SLICE_PIECES: usize = 4_096;
/// How many bytes one slice reads. Only its last piece may exceed this.
const SLICE_BYTES: u64 = 4 * 1024 * 1024;
/// The most pieces between two marks, and so the most that are read to find a row.
const MARK_PIECES: u32 = 256;
/// The most bytes between two marks. Only the last piece may exceed this.
const MARK_BYTES: u64 = 1024 * 1024;
/// How many chapters are kept open, with three files each.
const MAX_CHAPTERS: usize = 3;

/// A document: what has been counted, and the chapters read most recently.
#[derive(Debug)]
pub(in crate::capture) struct Document {
    query: ConversationQuery,
    store: Arc<Store>,
    rows: RowRun,
    /// The first counted entry.
    counted_from: u64,
    /// The entry after the last counted one.
    counted_to: u64,
    /// The oldest entry that is kept, as far as is known.
    first_kept: u64,
    /// The chapter before the counted ones, while it is being counted.
    draft: Option<OlderChapter>,
    /// Most recently read first.
    chapters: VecDeque<Chapter>,
    seen: Seen,
}

/// What the pieces show about the connection.
#[derive(Debug, Default)]
struct Seen {
    link: Option<Arc<Link>>,
    received_bytes: u64,
    sent_bytes: u64,
    problem: Option<Arc<ReadError>>,
}

/// A chapter that is being counted from its first piece to its last.
#[derive(Debug)]
struct OlderChapter {
    chapter: Chapter,
    next: u64,
    rows: RowRun,
}

/// The first row of a piece.
#[derive(Clone, Copy, Debug)]
struct RowMark {
    entry: u64,
    row: u64,
}

/// Consecutive rows, with marks at intervals and at the first piece of each segment.
#[derive(Debug)]
struct RowRun {
    marks: VecDeque<RowMark>,
    first_row: u64,
    end_row: u64,
    /// Since the last mark: pieces, bytes, and their segment.
    since: (u32, u64, u64),
}

impl RowRun {
    fn new(row: u64) -> Self {
        Self {
            marks: VecDeque::new(),
            first_row: row,
            end_row: row,
            since: (0, 0, 0),
        }
    }

    /// Appends a piece of the segment whose first entry is `segment`.
    fn push(&mut self, entry: u64, segment: u64, rows: u64, bytes: u64) {
        let (pieces, before, of) = self.since;
        let is_due = pieces >= MARK_PIECES || before >= MARK_BYTES || of != segment;
        if is_due || self.marks.is_empty() {
            let row = self.end_row;
            self.marks.push_back(RowMark { entry, row });
            self.since = (0, 0, segment);
        }
        self.since.0 += 1;
        self.since.1 += bytes;
        self.end_row = self.end_row.saturating_add(rows);
    }

    /// Prepends older rows, which are counted from 0.
    fn prepend(&mut self, older: &Self) {
        let first = self.first_row.saturating_sub(older.end_row);
        for mark in older.marks.iter().rev() {
            let row = first + mark.row;
            self.marks.push_front(RowMark { row, ..*mark });
        }
        self.first_row = first;
    }

    /// Gives up the rows of the entries before `entry`, which starts a segment.
    fn give_up(&mut self, entry: u64) {
        let gone = self.marks.partition_point(|mark| mark.entry < entry);
        if gone > 0 {
            self.marks.drain(..gone);
            self.first_row = self.marks.front().map_or(self.end_row, |mark| mark.row);
        }
    }

    /// Returns the first mark at or after this entry.
    fn from(&self, entry: u64) -> Option<RowMark> {
        let after = self.marks.partition_point(|mark| mark.entry < entry);
        self.marks.get(after).copied()
    }

    fn before(&self, is_before: impl Fn(&RowMark) -> bool) -> Option<RowMark> {
        let after = self.marks.partition_point(is_before);
        self.marks.get(after.saturating_sub(1)).copied()
    }
}

impl Document {
    pub(in crate::capture) fn new(query: ConversationQuery, record: &Record) -> Self {
        let status = record.status();
        Self {
            query,
            store: Arc::clone(record.store()),
            rows: RowRun::new(ORIGIN),
            counted_from: status.entries,
            counted_to: status.entries,
            first_kept: status.first_kept,
            draft: None,
            chapters: VecDeque::new(),
            seen: Seen::default(),
        }
    }

    pub(in crate::capture) fn query(&self) -> &ConversationQuery {
        &self.query
    }

    fn facts(&self) -> ConnectionFacts {
        ConnectionFacts {
            unread_entries: self.counted_from - self.first_kept.min(self.counted_from),
            received_bytes: self.seen.received_bytes,
            sent_bytes: self.seen.sent_bytes,
            link: self.seen.link.clone(),
            problem: self.seen.problem.clone(),
        }
    }

    fn step_forward(&mut self, end_entry: u64) {
        let from = self.counted_to;
        let rule = self.query.rule;
        let Some(chapter) = self.chapter_of(from) else {
            // It was given up meanwhile or cannot be read: continue with what follows.
            let next = self.segment_after(from).unwrap_or(end_entry);
            self.counted_to = next.max(from);
            return;
        };
        let segment = chapter.first_entry();
        let mut end = chapter.end_entry();
        let (open, pieces) = chapter.split(from);
        let mut budget = Budget::default();
        let mut counted = Vec::new();
        for &piece in pieces {
            let number = segment + u64::from(piece);
            if budget.is_spent() {
                end = number;
                break;
            }
            let piece = Measured::read(open, piece, rule);
            budget.spend(piece.bytes_read);
            counted.push((number, piece));
        }
        for (number, piece) in counted {
            self.rows
                .push(number, segment, piece.rows, piece.bytes_read);
            self.seen.note(&piece);
        }
        self.counted_to = end.max(from.saturating_add(1));
    }

    fn step_back(&mut self) {
        let rule = self.query.rule;
        let mut draft = match self.draft.take() {
            Some(draft) => draft,
            None => match self.draft_before(self.counted_from) {
                Ok(draft) => draft,
                Err(first) => {
                    self.counted_from = first;
                    return;
                }
            },
        };
        let segment = draft.chapter.first_entry();
        let until = self.counted_from;
        let (open, pieces) = draft.chapter.split(draft.next);
        let mut budget = Budget::default();
        let mut is_over = true;
        for &piece in pieces {
            let number = segment + u64::from(piece);
            if number >= until {
                break;
            }
            if budget.is_spent() {
                is_over = false;
                break;
            }
            let piece = Measured::read(open, piece, rule);
            budget.spend(piece.bytes_read);
            draft
                .rows
                .push(number, segment, piece.rows, piece.bytes_read);
            draft.next = number + 1;
            self.seen.note(&piece);
        }
        if !is_over {
            self.draft = Some(draft);
            return;
        }
        self.rows.prepend(&draft.rows);
        self.counted_from = segment;
        if self.seen.link.is_none() {
            self.seen.link = draft.chapter.link().cloned();
        }
        if self.chapters.len() < MAX_CHAPTERS {
            self.chapters.push_back(draft.chapter);
        }
    }

    /// Opens the chapter before an entry. If it cannot be read, returns its first entry.
    fn draft_before(&mut self, entry: u64) -> Result<OlderChapter, u64> {
        let last = entry.saturating_sub(1);
        let segment = self.store.segment_of(last).ok_or(self.first_kept)?;
        let first = segment.first_entry();
        match Chapter::new(segment).and_then(|chapter| chapter.caught_up(&self.query)) {
            Ok(chapter) => Ok(OlderChapter {
                chapter,
                next: first,
                rows: RowRun::new(0),
            }),
            Err(error) => {
                self.note_problem(last, error);
                Err(first)
            }
        }
    }

    /// Notes that the segment of an entry cannot be read, unless it was given up meanwhile.
    fn note_problem(&mut self, entry: u64, error: ReadError) {
        if self.store.segment_of(entry).is_some() {
            self.seen.problem = Some(Arc::new(error));
        }
    }

    /// Returns the chapter that contains an entry, and moves it to the front of the open ones.
    fn chapter_of(&mut self, entry: u64) -> Option<&mut Chapter> {
        let holds = |chapter: &Chapter| chapter.open.segment().holds(entry);
        let place = self.chapters.iter().position(holds);
        let known = place.and_then(|place| self.chapters.remove(place));
        let found = match known {
            Some(chapter) => Ok(chapter),
            None => Chapter::new(self.store.segment_of(entry)?),
        };
        let chapter = match found.and_then(|chapter| chapter.caught_up(&self.query)) {
            Ok(chapter) => chapter,
            Err(error) => {
                self.note_problem(entry, error);
                return None;
            }
        };
        if chapter.link().is_some() {
            self.seen.link = chapter.link().cloned();
        }
        self.chapters.truncate(MAX_CHAPTERS - 1);
        Some(self.chapters.push_front_mut(chapter))
    }

    fn segment_after(&self, entry: u64) -> Option<u64> {
        let segments = self.store.segments();
        let firsts = segments.iter().map(|segment| segment.first_entry());
        firsts.into_iter().find(|&first| first > entry)
    }

    /// Returns the first row at or after an entry, or `None` if it is not counted yet.
    pub(super) fn row_of(&mut self, entry: u64) -> Option<u64> {
        if entry < self.counted_from {
            return (self.counted_from <= self.first_kept).then_some(self.rows.first_row);
        }
        let mark = self.rows.before(|mark| mark.entry <= entry)?;
        let rule = self.query.rule;
        let mut found = None;
        self.walk(mark, |open, piece, number, row| {
            if number >= entry {
                found = Some(row);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(Measured::read(open, piece, rule).rows)
        });
        let last = self.rows.end_row.saturating_sub(1);
        Some(found.unwrap_or(last).min(last).max(self.rows.first_row))
    }

    /// Returns rows and the state of the document.
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
        } = self.rows;
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

    fn lines(&mut self, wanted: &Range<u64>, texts: TextsOf<'_>) -> Vec<Line> {
        let mut found: Vec<Line> = Vec::new();
        let Some(mark) = self.rows.before(|mark| mark.row <= wanted.start) else {
            return found;
        };
        let rule = self.query.rule;
        self.walk(mark, |open, piece, number, row| {
            if row >= wanted.end {
                return ControlFlow::Break(());
            }
            let read = Measured::read(open, piece, rule);
            let end = row + read.rows;
            if end > wanted.start {
                let skip = wanted.start.saturating_sub(row);
                let take = wanted.end.min(end) - row.max(wanted.start);
                let place = (piece, number);
                lines::of_piece(open, place, &read, (rule, texts), (skip, take), &mut found);
            }
            ControlFlow::Continue(read.rows)
        });
        found
    }

    /// Visits pieces from a mark on, with their numbers and first rows. `visit` returns how many rows a piece has.
    fn walk(
        &mut self,
        mark: RowMark,
        mut visit: impl FnMut(&mut OpenSegment, u32, u64, u64) -> ControlFlow<(), u64>,
    ) {
        let counted_to = self.counted_to;
        let mut mark = Some(mark);
        while let Some(RowMark { entry, mut row }) = mark {
            // A segment that can no longer be read has no pieces: its rows stay empty.
            let mut end = entry.saturating_add(1);
            if let Some(chapter) = self.chapter_of(entry) {
                let first = chapter.first_entry();
                end = end.max(chapter.end_entry());
                let (open, pieces) = chapter.split(entry);
                for &piece in pieces {
                    let number = first + u64::from(piece);
                    if number >= counted_to {
                        return;
                    }
                    match visit(open, piece, number, row) {
                        ControlFlow::Continue(rows) => row = row.saturating_add(rows),
                        ControlFlow::Break(()) => return,
                    }
                }
            }
            // The next segment that has a piece starts with a mark; the segments in between are not opened.
            mark = self.rows.from(end);
        }
    }
}

impl Pass for Document {
    fn is_behind(&self, end: u64) -> bool {
        self.counted_to < end || self.counted_from > self.first_kept
    }

    /// Counts new entries first, then older ones.
    fn step(&mut self, _record: &Record, end: u64) {
        if self.counted_to < end {
            self.step_forward(end);
        } else if self.counted_from > self.first_kept {
            self.step_back();
        }
    }

    fn give_up(&mut self, first_kept: u64) {
        if first_kept <= self.first_kept {
            return;
        }
        self.first_kept = first_kept;
        self.rows.give_up(first_kept);
        self.counted_from = self.counted_from.max(first_kept);
        self.counted_to = self.counted_to.max(first_kept);
        self.chapters
            .retain(|chapter| chapter.first_entry() >= first_kept);
        let is_gone = |draft: &OlderChapter| draft.chapter.first_entry() < first_kept;
        if self.draft.as_ref().is_some_and(is_gone) {
            self.draft = None;
        }
    }
}

impl Seen {
    fn note(&mut self, piece: &Measured) {
        match piece.record.as_ref().and_then(stream_end) {
            Some((Direction::Received, end)) => self.received_bytes = self.received_bytes.max(end),
            Some((Direction::Sent, end)) => self.sent_bytes = self.sent_bytes.max(end),
            None => {}
        }
    }
}

/// What a slice has counted so far.
#[derive(Default)]
struct Budget {
    pieces: usize,
    bytes: u64,
}

impl Budget {
    fn is_spent(&self) -> bool {
        self.pieces >= SLICE_PIECES || self.bytes >= SLICE_BYTES
    }

    fn spend(&mut self, bytes: u64) {
        self.pieces += 1;
        self.bytes += bytes;
    }
}
