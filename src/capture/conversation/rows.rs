//! Consecutive rows of a transcript: counted by the sizes of its pieces, with marks to start reading from.

use std::collections::VecDeque;

use super::lines::Measured;
use crate::net::Direction;

/// The most pieces between two marks, and so the most that are read to find a row.
const MARK_PIECES: u32 = 256;
/// The most bytes between two marks. Only the last piece may exceed this.
const MARK_BYTES: u64 = 1024 * 1024;

/// The first row of a piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowMark {
    pub(super) entry: u64,
    pub(super) row: u64,
}

/// Consecutive rows, with marks at intervals and at the first piece of each segment.
#[derive(Debug)]
pub(super) struct RowRun {
    marks: VecDeque<RowMark>,
    pub(super) first_row: u64,
    pub(super) end_row: u64,
    /// Since the last mark: pieces, bytes, and their segment.
    since: (u32, u64, u64),
    /// The lengths of the streams, or how many bytes the datagrams have together.
    pub(super) received_bytes: u64,
    pub(super) sent_bytes: u64,
    /// Whether the pieces are datagrams.
    pub(super) are_datagrams: bool,
}

impl RowRun {
    pub(super) fn new(row: u64) -> Self {
        Self {
            marks: VecDeque::new(),
            first_row: row,
            end_row: row,
            since: (0, 0, 0),
            received_bytes: 0,
            sent_bytes: 0,
            are_datagrams: false,
        }
    }

    /// Appends a piece of the segment whose first entry is `segment`.
    pub(super) fn push(&mut self, entry: u64, segment: u64, piece: &Measured) {
        let (pieces, before, of) = self.since;
        let is_due = pieces >= MARK_PIECES || before >= MARK_BYTES || of != segment;
        if is_due || self.marks.is_empty() {
            let row = self.end_row;
            self.marks.push_back(RowMark { entry, row });
            self.since = (0, 0, segment);
        }
        self.since.0 += 1;
        self.since.1 += piece.bytes_read;
        self.end_row = self.end_row.saturating_add(piece.rows);
        self.are_datagrams |= piece.is_datagram;
        if let Some(record) = &piece.record {
            let total = match record.class.direction() {
                Some(Direction::Received) => &mut self.received_bytes,
                Some(Direction::Sent) => &mut self.sent_bytes,
                None => return,
            };
            let size_bytes = u64::from(record.size_bytes);
            *total = if piece.is_datagram {
                total.saturating_add(size_bytes)
            } else {
                (*total).max(record.offset.saturating_add(size_bytes))
            };
        }
    }

    /// Prepends older rows, which are counted from 0.
    pub(super) fn prepend(&mut self, older: &Self) {
        let first = self.first_row.saturating_sub(older.end_row);
        for mark in older.marks.iter().rev() {
            let row = first + mark.row;
            self.marks.push_front(RowMark { row, ..*mark });
        }
        self.first_row = first;
        self.are_datagrams |= older.are_datagrams;
        let together = |newer: u64, older: u64| {
            if self.are_datagrams {
                newer.saturating_add(older)
            } else {
                newer.max(older)
            }
        };
        self.received_bytes = together(self.received_bytes, older.received_bytes);
        self.sent_bytes = together(self.sent_bytes, older.sent_bytes);
    }

    /// Gives up the rows of the entries before `entry`, which starts a segment.
    pub(super) fn give_up(&mut self, entry: u64) {
        let gone = self.marks.partition_point(|mark| mark.entry < entry);
        if gone > 0 {
            self.marks.drain(..gone);
            self.first_row = self.marks.front().map_or(self.end_row, |mark| mark.row);
        }
    }

    /// Returns the marks at or after an entry.
    pub(super) fn marks_from(&self, entry: u64) -> impl Iterator<Item = RowMark> {
        let first = self.marks.partition_point(|mark| mark.entry < entry);
        self.marks.range(first..).copied()
    }

    /// Returns the last mark for which `is_before` is true, or the first one.
    pub(super) fn before(&self, is_before: impl Fn(&RowMark) -> bool) -> Option<RowMark> {
        let after = self.marks.partition_point(is_before);
        self.marks.get(after.saturating_sub(1)).copied()
    }
}
