//! A piece as rows: how many, what they show, and how they are copied.

use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;

use super::{Line, LineText};
use crate::capture::kind::RowKind;
use crate::capture::page::MAX_ROWS;
use crate::capture::row::Happening;
use crate::capture::store::{Class, EntryRecord, OpenSegment, ReadError};
use crate::capture::texts::TextsOf;
use crate::payload::{RowRule, StreamEnd, TextStart, VisibleText};

/// A piece, read as far as needed to count its rows.
pub(super) struct Measured {
    pub(super) record: Option<EntryRecord>,
    pub(super) rows: u64,
    /// How many bytes were read to count the rows.
    pub(super) bytes_read: u64,
    /// What was read; `None` if the size alone determines the rows.
    bytes: Option<Result<Bytes, Arc<ReadError>>>,
}

impl Measured {
    /// Reads as much of a piece as its rows depend on. A piece that cannot be read has one row, which explains why.
    pub(super) fn read(open: &mut OpenSegment, entry: u32, rule: RowRule) -> Self {
        let record = match open.record(entry) {
            Ok(record) if record.class.is_data() => record,
            Ok(record) => return Self::single(Some(record), None),
            Err(error) => return Self::single(None, Some(Err(Arc::new(error)))),
        };
        let not_kept = u64::from(record.kept_bytes < record.size_bytes);
        if let Some(rows) = rule.count_of_len(record.kept_bytes.into()) {
            return Self {
                record: Some(record),
                rows: rows + not_kept,
                bytes_read: 0,
                bytes: None,
            };
        }
        match open.bytes(&record, usize::MAX) {
            Ok(bytes) => Self {
                record: Some(record),
                rows: rule.count(record.offset, &bytes) + not_kept,
                bytes_read: bytes.len() as u64,
                bytes: Some(Ok(bytes)),
            },
            Err(error) => Self::single(Some(record), Some(Err(Arc::new(error)))),
        }
    }

    fn single(record: Option<EntryRecord>, bytes: Option<Result<Bytes, Arc<ReadError>>>) -> Self {
        Self {
            record,
            rows: 1,
            bytes_read: 0,
            bytes,
        }
    }
}

/// Appends `take` rows of a piece after the first `skip`.
pub(super) fn of_piece(
    open: &mut OpenSegment,
    (entry, number): (u32, u64),
    piece: &Measured,
    (rule, texts): (RowRule, TextsOf<'_>),
    (skip, take): (u64, u64),
    lines: &mut Vec<Line>,
) {
    let Some(record) = &piece.record else {
        if let Some(Err(error)) = &piece.bytes {
            lines.push(damaged(number, SystemTime::UNIX_EPOCH, error));
        }
        return;
    };
    let time = open.time(record);
    if !record.class.is_data() {
        lines.push(match open.entry(entry, usize::MAX) {
            Ok(entry) => Line {
                entry: number,
                time,
                kind: RowKind::of(&entry),
                is_first: true,
                text: LineText::Words(Happening::Entry(Arc::new(entry))),
            },
            Err(error) => damaged(number, time, &Arc::new(error)),
        });
        return;
    }
    let bytes = match &piece.bytes {
        Some(Ok(bytes)) => Ok(bytes.clone()),
        Some(Err(error)) => return lines.push(damaged(number, time, error)),
        None => open.bytes(record, usize::MAX).map_err(Arc::new),
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            // As many rows as its size requires, so that the rows after it do not move.
            let line = damaged(number, time, &error);
            return lines.extend((0..take).map(|_| line.clone()));
        }
    };
    let size = record.size_bytes.into();
    let kind = match record.class {
        Class::Received => RowKind::Received(size),
        _ => RowKind::Sent(size),
    };
    let not_kept = record.size_bytes.saturating_sub(record.kept_bytes);
    let start = start(open, entry, record, (rule, texts));
    let texts = rule
        .rows(record.offset, &bytes)
        .map(|row| row_text((record.offset, start), &bytes, row, rule))
        .chain((not_kept > 0).then(|| LineText::NotKept(not_kept.into())));
    let skip = usize::try_from(skip).unwrap_or(usize::MAX);
    let take = usize::try_from(take).unwrap_or(MAX_ROWS);
    let rows = texts.enumerate().skip(skip).take(take);
    lines.extend(rows.map(|(row, text)| Line {
        entry: number,
        time,
        kind,
        is_first: row == 0,
        text,
    }));
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

fn row_text(
    (offset, start): (u64, TextStart),
    bytes: &Bytes,
    row: Range<usize>,
    rule: RowRule,
) -> LineText {
    let before = bytes.get(..row.start).unwrap_or_default();
    let part = bytes.get(row.clone()).unwrap_or_default();
    let decode = || {
        let state = start.state.advance(start.encoding, before);
        TextStart { state, ..start }.decode(part, None, StreamEnd::Open)
    };
    match rule {
        RowRule::Hex { .. } => {
            let offset = offset.saturating_add(row.start as u64);
            LineText::Bytes(offset, bytes.slice_ref(part))
        }
        RowRule::Text { .. } => LineText::Text(decode()),
        RowRule::Escaped { .. } => LineText::Text(VisibleText {
            text: decode().escaped(),
            marks: Vec::new(),
        }),
    }
}

fn damaged(entry: u64, time: SystemTime, error: &Arc<ReadError>) -> Line {
    Line {
        entry,
        time,
        kind: RowKind::Bad,
        is_first: true,
        text: LineText::Words(Happening::Unreadable(Arc::clone(error))),
    }
}
