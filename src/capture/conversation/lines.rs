//! A piece as rows: how many, what they show, and how they are written for the clipboard.

use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;

use super::{ConversationQuery, Document, Line, LineText};
use crate::capture::clipboard::{COPY_LIMIT_BYTES, Copied};
use crate::capture::page::{MAX_ROWS, Span};
use crate::capture::pass::Turn;
use crate::capture::row::RowKind;
use crate::capture::say::{Happening, Remark, Say};
use crate::capture::store::{Class, EntryRecord, OpenSegment, ReadError};
use crate::capture::texts::TextsOf;
use crate::payload::{HexLine, RowRule, StreamEnd, TextStart, VisibleText, copy as plain};

/// A piece, as far as it was read to count its rows.
pub(super) struct Piece {
    pub(super) record: Option<EntryRecord>,
    pub(super) rows: u64,
    /// How many bytes were read for that.
    pub(super) bytes_read: u64,
    /// What was read; none where the size alone tells.
    bytes: Option<Result<Bytes, Arc<ReadError>>>,
}

impl Piece {
    /// Reads as much of a piece as its rows depend on. One that cannot be read has one row, which says so.
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

/// Appends rows of a piece: `take` of them after the first `skip`.
pub(super) fn of_piece(
    open: &mut OpenSegment,
    (entry, number): (u32, u64),
    piece: &Piece,
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
            // As many rows as the size says, so that those after them stay where they are.
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

/// Returns how a piece's bytes are read as text.
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
    // While another encoding is being turned to, the text before the piece is not known yet.
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

/// Rows for the clipboard, from the first coordinate to the last one.
///
/// Of one direction, text is the stream's own, with its line breaks, and escaped text is one string; everything else
/// is a line for each row, with an arrow where both directions are shown.
#[derive(Debug)]
pub(in crate::capture) struct LineClipping {
    is_stream: bool,
    has_arrow: bool,
    next: u64,
    last: u64,
    limit_bytes: usize,
    /// The entry of the newest row.
    latest: Option<u64>,
    copied: Copied,
}

impl LineClipping {
    /// Begins a copy of rows of a document.
    pub(in crate::capture) fn new(query: ConversationQuery, (next, last): (u64, u64)) -> Self {
        Self {
            is_stream: query.only.is_some() && !matches!(query.rule, RowRule::Hex { .. }),
            has_arrow: query.only.is_none(),
            next,
            last,
            limit_bytes: COPY_LIMIT_BYTES,
            latest: None,
            copied: Copied::default(),
        }
    }

    #[cfg(test)]
    pub(super) fn limited(self, limit_bytes: usize) -> Self {
        Self {
            limit_bytes,
            ..self
        }
    }

    /// Returns what was copied.
    pub(in crate::capture) fn copied(self) -> Copied {
        self.copied
    }

    /// Takes rows until the turn is over; returns whether that was all.
    pub(in crate::capture) fn work(
        &mut self,
        document: &mut Document,
        texts: TextsOf<'_>,
        say: &dyn Say,
        turn: Turn,
    ) -> bool {
        while self.next <= self.last && !self.copied.cut {
            let count = usize::try_from(self.last - self.next).unwrap_or(MAX_ROWS);
            let count = count.saturating_add(1).min(MAX_ROWS);
            let first = self.next;
            let page = document.page(Span::From { first, count }, texts);
            if page.rows.is_empty() {
                return true;
            }
            self.next = page.first + page.rows.len() as u64;
            for line in &page.rows {
                self.push(line, say);
            }
            if turn.is_over() {
                break;
            }
        }
        self.next > self.last || self.copied.cut
    }

    fn push(&mut self, line: &Line, say: &dyn Say) {
        let written = if self.is_stream {
            stream_text(line, say)
        } else {
            line_text(line, self.has_arrow, say)
        };
        let Copied { text, entries, cut } = &mut self.copied;
        *cut |= text.len() + written.len() > self.limit_bytes;
        if !*cut {
            text.push_str(&written);
            *entries += u64::from(self.latest != Some(line.entry));
            self.latest = Some(line.entry);
        }
    }
}

/// A row as a part of its stream.
fn stream_text(line: &Line, say: &dyn Say) -> String {
    match &line.text {
        LineText::Text(visible) => plain::plain(visible),
        LineText::NotKept(bytes) => say.remark(Remark::NotKept { bytes: *bytes }),
        LineText::Bytes(..) | LineText::Words(_) => String::new(),
    }
}

/// A row as a line of its own.
fn line_text(line: &Line, has_arrow: bool, say: &dyn Say) -> String {
    let arrow = match line.kind {
        _ if !has_arrow => "",
        RowKind::Received(_) => "← ",
        RowKind::Sent(_) => "→ ",
        _ => "  ",
    };
    let words = match &line.text {
        LineText::Text(visible) => {
            let text = plain::plain(visible);
            text.trim_end_matches(['\r', '\n']).to_owned()
        }
        LineText::Bytes(offset, bytes) => HexLine::new(*offset, bytes).to_string(),
        LineText::NotKept(bytes) => say.remark(Remark::NotKept { bytes: *bytes }),
        LineText::Words(words) => say.happening(words).text,
    };
    format!("{arrow}{words}\n")
}
