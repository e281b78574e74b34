//! A piece as rows: how many, what they show, and how they are copied.

use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;

use super::{Excerpt, LineText, TranscriptLine};
use crate::capture::entry::StreamId;
use crate::capture::kind::RowKind;
use crate::capture::row::Happening;
use crate::capture::store::{EntryRecord, OpenSegment, ReadError};
use crate::capture::texts::TextsOf;
use crate::net::{ByDirection, Direction, Link};
use crate::payload::{RowRule, StreamEnd, TextStart};

/// A piece, read as far as needed to count its rows.
pub(super) struct Measured {
    /// Its number in the segment.
    entry: u32,
    pub(super) record: Option<EntryRecord>,
    pub(super) rows: u64,
    /// How many bytes were read to count the rows.
    pub(super) bytes_read: u64,
    /// Whether it is a datagram.
    pub(super) is_datagram: bool,
    /// What was read; `None` if the size alone determines the rows.
    bytes: Option<Result<Bytes, Arc<ReadError>>>,
}

impl Measured {
    /// Reads as much of a piece as its rows depend on. A piece that cannot be read has one row, which explains why.
    pub(super) fn read(open: &mut OpenSegment, entry: u32, rules: ByDirection<RowRule>) -> Self {
        let mut piece = Self {
            entry,
            record: None,
            rows: 1,
            bytes_read: 0,
            is_datagram: false,
            bytes: None,
        };
        let record = match open.record(entry) {
            Ok(record) => *piece.record.insert(record),
            Err(error) => {
                piece.bytes = Some(Err(Arc::new(error)));
                return piece;
            }
        };
        let Some(direction) = record.class.direction() else {
            return piece;
        };
        piece.is_datagram = link(open, &record).is_some_and(|link| link.peer.is_udp());
        // An empty datagram has a row that says so.
        if piece.is_empty_datagram(&record) {
            return piece;
        }
        let rule = *rules.of(direction);
        let not_kept = u64::from(record.kept_bytes < record.size_bytes);
        if let Some(rows) = rule.count_of_len(record.kept_bytes.into()) {
            piece.rows = rows + not_kept;
            return piece;
        }
        let bytes = open.bytes(&record, usize::MAX).map_err(Arc::new);
        if let Ok(bytes) = &bytes {
            piece.rows = rule.count(record.offset, bytes) + not_kept;
            piece.bytes_read = bytes.len() as u64;
        }
        piece.bytes = Some(bytes);
        piece
    }

    fn is_empty_datagram(&self, record: &EntryRecord) -> bool {
        self.is_datagram && record.size_bytes == 0
    }

    /// Returns some of its rows.
    pub(super) fn lines(
        &self,
        open: &mut OpenSegment,
        (rules, texts): (ByDirection<RowRule>, TextsOf<'_>),
        rows: Range<u64>,
    ) -> Vec<TranscriptLine> {
        let time = self.record.as_ref().map(|record| open.time(record));
        let line = TranscriptLine {
            entry: open.segment().first_entry() + u64::from(self.entry),
            time: time.unwrap_or(SystemTime::UNIX_EPOCH),
            kind: RowKind::Bad,
            is_first: true,
            text: LineText::NotKept(0),
        };
        let words = |kind, happening| TranscriptLine {
            kind,
            text: LineText::Words(happening),
            ..line.clone()
        };
        let damaged = |error| words(RowKind::Bad, Happening::Unreadable(error));
        let record = match (&self.record, &self.bytes) {
            (_, Some(Err(error))) => return vec![damaged(Arc::clone(error))],
            (Some(record), _) => record,
            (None, _) => return Vec::new(),
        };
        let has_bytes = !self.is_empty_datagram(record);
        let shown = record.class.direction().filter(|_| has_bytes);
        let Some(direction) = shown else {
            return vec![match open.entry(self.entry, usize::MAX) {
                Ok(entry) => words(RowKind::of(&entry), Happening::Entry(Arc::new(entry))),
                Err(error) => damaged(Arc::new(error)),
            }];
        };
        let rule = *rules.of(direction);
        let (skip, take) = (rows.start as usize, (rows.end - rows.start) as usize);
        let bytes = match &self.bytes {
            Some(Ok(bytes)) => Ok(bytes.clone()),
            _ => open.bytes(record, usize::MAX),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            // As many rows as its size requires, so that the rows after it do not move.
            Err(error) => return vec![damaged(Arc::new(error)); take],
        };
        let kind = match direction {
            Direction::Received => RowKind::Received(record.size_bytes.into()),
            Direction::Sent => RowKind::Sent(record.size_bytes.into()),
        };
        let not_kept = record.size_bytes.saturating_sub(record.kept_bytes);
        let start = start(open, self.entry, record, (rule, texts));
        let is_whole = not_kept == 0;
        let (start, end) = match link(open, record) {
            _ if self.is_datagram => (start, StreamEnd::Ended),
            Some(whose) if !matches!(rule, RowRule::Hex { .. }) => {
                let stream = StreamId::new(whose.connection, direction);
                texts.settled(stream, line.entry, start, (&bytes, is_whole))
            }
            _ => (start, StreamEnd::Open),
        };
        let rows = rule.rows(record.offset, &bytes);
        let texts = rows
            .map(|row| row_text((record.offset, start, end), &bytes, row, rule))
            .chain((not_kept > 0).then(|| LineText::NotKept(not_kept.into())));
        let lines = texts.enumerate().skip(skip).take(take);
        let lines = lines.map(|(row, text)| TranscriptLine {
            kind,
            is_first: row == 0,
            text,
            ..line.clone()
        });
        lines.collect()
    }
}

/// Returns how the piece is decoded as text.
fn start(
    open: &mut OpenSegment,
    entry: u32,
    record: &EntryRecord,
    (rule, texts): (RowRule, TextsOf<'_>),
) -> TextStart {
    let encoding = match rule {
        RowRule::Hex { .. } => return TextStart::default(),
        RowRule::Text { encoding, .. } | RowRule::Escaped { encoding, .. } => encoding,
    };
    if encoding.is_utf8() {
        return record.carry.into();
    }
    let known = open.entry(entry, 0).map(|entry| texts.start(&entry));
    // After a change of encoding, the text before the piece is not known yet.
    known
        .ok()
        .filter(|start| start.encoding == encoding)
        .unwrap_or_else(|| encoding.into())
}

/// Returns the connection that a piece is of.
fn link(open: &mut OpenSegment, record: &EntryRecord) -> Option<Arc<Link>> {
    open.flow(record.flow).ok()?.link.clone()
}

fn row_text(
    (offset, start, end): (u64, TextStart, StreamEnd),
    bytes: &Bytes,
    row: Range<usize>,
    rule: RowRule,
) -> LineText {
    let end = if row.end < bytes.len() {
        StreamEnd::Open
    } else {
        end
    };
    let before = bytes.get(..row.start).unwrap_or_default();
    let start = start.advance(before);
    let excerpt = Excerpt::new(bytes, offset, row);
    let decode = || start.decode(excerpt.bytes(), None, end);
    match rule {
        RowRule::Hex { .. } => LineText::Bytes(excerpt),
        RowRule::Text { .. } => LineText::Text {
            text: decode(),
            excerpt,
            start,
        },
        RowRule::Escaped { .. } => LineText::Escaped(decode().escaped()),
    }
}
