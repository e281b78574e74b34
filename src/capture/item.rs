//! What the rows of a view show: recorded entries, and frames assembled from their chunks.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;
use std::time::Duration;

use super::criteria::Filter;
use super::entry::{Entry, StreamPosition};
use super::event::EventKind;
use super::frames::{
    FrameRule, FrameRules, Frames, PREVIEW_ENTRIES, StoredFrame, TableRow, WHOLE_ENTRIES,
    read_frame,
};
use super::page::{Page, Span};
use super::record::{Depth, PREVIEW_BYTES};
use super::row::{Detail, FrameDetail, FramePiece, Row};
use super::store::ReadError;
use super::texts::TextsOf;
use super::view::View;
use crate::net::{Payload, PayloadId, Stamp};
use crate::payload::framing::{Cutter, Fault, Frame};
use crate::payload::{StreamEnd, TextStart};

/// What a row shows.
pub(super) struct Item {
    /// The row's number.
    pub(super) number: u64,
    /// The entry. For a frame, the entry with its last byte, holding the frame's bytes instead of the chunk's.
    pub(super) entry: Result<Entry, Arc<ReadError>>,
    /// How its bytes are decoded as text.
    pub(super) start: TextStart,
    /// How they end.
    pub(super) end: StreamEnd,
    /// The frame, and the parts of it that were read.
    frame: Option<(StoredFrame, Vec<FramePiece>)>,
}

impl Item {
    fn of_entry(number: u64, entry: Result<Entry, ReadError>, texts: TextsOf<'_>) -> Self {
        let shown = entry.as_ref().map(|entry| texts.shown(entry));
        let (start, end) = shown.unwrap_or((TextStart::default(), StreamEnd::Open));
        Self {
            number,
            start,
            end,
            entry: entry.map_err(Arc::new),
            frame: None,
        }
    }

    /// Reads a row of a table of frames; `None` if it is not kept.
    fn of_table(
        number: u64,
        row: TableRow,
        rules: &FrameRules,
        texts: TextsOf<'_>,
        depth: Depth,
    ) -> Option<Self> {
        let frame = match row {
            TableRow::Entry(entry) => {
                let entry = texts.record.entry(entry, depth).transpose()?;
                return Some(Self::of_entry(number, entry, texts));
            }
            TableRow::Frame(frame) => frame,
        };
        let (bytes, entries) = match depth {
            // One byte more than is shown indicates that there are more.
            Depth::Head => (PREVIEW_BYTES + 1, PREVIEW_ENTRIES),
            Depth::Whole => (usize::MAX, WHOLE_ENTRIES),
        };
        let read = read_frame(texts.record, &frame, bytes, entries).transpose()?;
        let read = read.map(|read| (entry_of(read.last, read.bytes, &frame), read.pieces));
        let (entry, pieces) = match read {
            Ok((entry, pieces)) => (Ok(entry), pieces),
            Err(error) => (Err(Arc::new(error)), Vec::new()),
        };
        let rule = entry.as_ref().ok().and_then(|it| rules.of_entry(it));
        Some(Self {
            number,
            start: rule.map(|rule| rule.encoding).unwrap_or_default().into(),
            end: StreamEnd::Ended,
            entry,
            frame: Some((frame, pieces)),
        })
    }

    /// Makes the row. `previous` is the stamp of the row before it.
    pub(super) fn row(&self, previous: Option<Stamp>) -> Row {
        let entry = match &self.entry {
            Ok(entry) => entry,
            Err(error) => return Row::damaged(self.number, error),
        };
        Row {
            number: self.number,
            frame: self.frame.as_ref().map(|(frame, _)| frame.mark()),
            ..Row::starting(entry, self.start, self.end, previous)
        }
    }

    /// Makes the detail. The rules are those by which a frame was cut.
    fn detail(&self, rules: Option<&FrameRules>) -> Detail {
        let entry = self.entry.as_ref().ok();
        let whole = entry.filter(|entry| entry.damage.is_none());
        let payload = whole.and_then(|entry| Some(entry.payload()?.bytes.clone()));
        let frame = self.frame.as_ref();
        let rule = entry.zip(rules).and_then(|(it, rules)| rules.of_entry(it));
        let frame = frame.zip(rule).map(|((frame, pieces), rule)| {
            let bytes = payload.as_deref().unwrap_or_default();
            let fault = match frame.fault {
                Some(Fault::Length(_)) => Some(Fault::Length(said_length(&rule, bytes))),
                other => other,
            };
            FrameDetail {
                pieces: pieces.clone(),
                chunks: frame.chunks,
                verdict: rule.verify(bytes).filter(|_| fault.is_none()),
                fault,
                rule: rule.into_owned(),
            }
        });
        Detail {
            row: self.row(None),
            chunk: 0,
            stream_offset: entry.map_or(0, |entry| entry.stream().offset),
            start: self.start,
            wire_bytes: whole.and_then(|entry| entry.payload()?.wire_bytes),
            payload,
            frame,
        }
    }
}

/// Returns rows of a complete view.
pub(super) fn page(view: &View, of: Filter, span: Span, texts: TextsOf<'_>) -> Page<Filter> {
    let record = texts.record;
    let gone = view.gone();
    let wanted = view.rows(span, record);
    let with_previous = wanted.start.saturating_sub(1)..wanted.end;
    let first_number = view.number(wanted.start);
    let mut previous = None;
    let mut rows = Vec::new();
    visit(view, texts, with_previous, Depth::Head, |item| {
        if first_number.is_some_and(|first| item.number >= first) {
            rows.push(item.row(previous));
        }
        previous = item.entry.ok().map(|entry| entry.event.stamp);
        ControlFlow::Continue(())
    });
    if let Some(bundles) = view.bundles() {
        bundles.mark(&mut rows, record);
    }
    // Rows may have been dropped since the view caught up; they are missing at the front.
    let missing = (wanted.end - wanted.start).saturating_sub(rows.len() as u64);
    Page {
        of,
        span,
        gone,
        end: gone + view.len(),
        first: gone + wanted.start + missing,
        rows,
        place: match span {
            Span::Around { entry, .. } if view.len() > 0 && view.knows_row_of(entry, record) => {
                Some(gone + view.row_of_entry(entry, record).min(view.len() - 1))
            }
            _ => None,
        },
        about: view.frames().map(|frames| Box::new(frames.counts(record))),
    }
}

/// Visits what these rows show, until `visit` breaks off. Skips what is not kept.
pub(super) fn visit(
    view: &View,
    texts: TextsOf<'_>,
    rows: Range<u64>,
    depth: Depth,
    mut visit: impl FnMut(Item) -> ControlFlow<()>,
) {
    let record = texts.record;
    let Some(frames) = view.frames() else {
        // The text before an entry is read with a separate cursor: this one is in use.
        let aside = &record.clone();
        let texts = TextsOf {
            record: aside,
            ..texts
        };
        let numbers = rows.filter_map(|row| view.number(row));
        record.visit(numbers, depth, |number, entry| {
            visit(Item::of_entry(number, entry, texts))
        });
        return;
    };
    let numbers = frames.gone() + rows.start..frames.gone() + rows.end.min(view.len());
    frames.visit(numbers, record, |number, row| {
        let item = Item::of_table(number, row, frames.rules(), texts, depth);
        item.map_or(ControlFlow::Continue(()), &mut visit)
    });
}

/// Returns an entry, or a row of a view of frames, with its whole payload; `None` if it is no longer kept.
pub(super) fn detail(number: u64, frames: Option<&Frames>, texts: TextsOf<'_>) -> Option<Detail> {
    let depth = Depth::Whole;
    let item = match frames {
        None => Item::of_entry(
            number,
            texts.record.entry(number, depth).transpose()?,
            texts,
        ),
        Some(frames) => {
            let row = frames.get(number, texts.record)?;
            Item::of_table(number, row, frames.rules(), texts, depth)?
        }
    };
    Some(item.detail(frames.map(Frames::rules)))
}

/// Returns an entry that holds a frame's bytes instead of its chunk's.
fn entry_of(mut entry: Entry, bytes: Vec<u8>, frame: &StoredFrame) -> Entry {
    entry.size_bytes = frame.len_bytes();
    // Its place among the rows is where it was complete.
    let complete = entry
        .time
        .checked_add(Duration::from_nanos(frame.late_nanos));
    entry.time = complete.unwrap_or(entry.time);
    entry.event.stamp.0 = entry.event.stamp.0.saturating_add(frame.late_nanos);
    let position = StreamPosition {
        offset: frame.range.start,
        ..StreamPosition::default()
    };
    (entry.streams.received, entry.streams.sent) = (position, position);
    if let EventKind::Received { payload } | EventKind::Sent { payload, .. } = &mut entry.event.kind
    {
        *payload = Payload::new(PayloadId::UNKNOWN, bytes.into());
    }
    entry
}

/// Returns the value of a wrong length field, which the table does not store.
fn said_length(rule: &FrameRule, bytes: &[u8]) -> u64 {
    let mut said = 0;
    let mut read = |frame: Frame| {
        if let Some(Fault::Length(length)) = frame.fault {
            said = length;
        }
    };
    if let Some(framing) = &rule.framing {
        let mut cutter = Cutter::new(framing);
        cutter.push(bytes, 0, &mut read);
        cutter.finish(&mut read);
    }
    said
}
