//! What the rows of a view show: recorded entries, and frames assembled from their chunks.

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use bytes::Bytes;

use super::entry::{Entry, StreamPosition};
use super::frames::{
    FrameRule, FrameRules, PREVIEW_ENTRIES, ReadFrame, StoredFrame, TableRow, WHOLE_ENTRIES,
    read_frame,
};
use super::record::{Depth, PREVIEW_BYTES, Record};
use super::row::{Detail, FrameDetail, Row};
use super::store::ReadError;
use super::texts::Texts;
use super::view::View;
use crate::net::{EventKind, Payload, PayloadId};
use crate::payload::framing::{Cutter, Fault};
use crate::payload::{StreamEnd, TextStart};

/// What a row shows.
pub(super) struct Item {
    /// The row's number.
    pub(super) number: u64,
    /// The entry. For a frame, the entry with its last byte, holding the frame's bytes instead of the chunk's.
    pub(super) entry: Result<Entry, Arc<ReadError>>,
    /// How its bytes are decoded as text.
    pub(super) start: TextStart,
    frame: Option<StoredFrame>,
}

impl Item {
    /// Makes the row. `previous` is the stamp of the row before it.
    pub(super) fn row(&self, previous: Option<crate::net::Stamp>) -> Row {
        let entry = match &self.entry {
            Ok(entry) => entry,
            Err(error) => return Row::damaged(self.number, error),
        };
        match &self.frame {
            Some(frame) => Row::of_frame(self.number, entry, frame.mark(), self.start, previous),
            None => Row {
                number: self.number,
                ..Row::starting(entry, self.start, StreamEnd::Open, previous)
            },
        }
    }
}

/// Visits what these rows show, until `visit` breaks off. Skips what is not kept.
pub(super) fn visit(
    record: &Record,
    view: &View,
    texts: &Texts,
    rows: Range<u64>,
    depth: Depth,
    mut visit: impl FnMut(Item) -> ControlFlow<()>,
) {
    // The text before an entry is read with a separate cursor: this one is in use.
    let aside = record.clone();
    let plain = |number, entry: Result<Entry, ReadError>| Item {
        number,
        start: match &entry {
            Ok(entry) => texts.start(entry, &aside),
            Err(_) => TextStart::default(),
        },
        entry: entry.map_err(Arc::new),
        frame: None,
    };
    let Some(frames) = view.frames() else {
        let numbers = rows.filter_map(|row| view.number(row));
        record.visit(numbers, depth, |number, entry| visit(plain(number, entry)));
        return;
    };
    let numbers = frames.gone() + rows.start..frames.gone() + rows.end.min(view.len());
    frames.visit(numbers, record, |number, row| {
        let item = match row {
            TableRow::Entry(entry) => {
                let entry = record.entry(entry, depth).transpose();
                entry.map(|entry| plain(number, entry))
            }
            TableRow::Frame(frame) => framed(record, &frame, depth).map(|entry| {
                let endpoint = entry.as_ref().ok().map(|entry| entry.event.endpoint);
                let rule = endpoint.and_then(|endpoint| frames.rules().of(endpoint));
                Item {
                    number,
                    start: rule.map(|rule| rule.encoding).unwrap_or_default().into(),
                    entry: entry.map_err(Arc::new),
                    frame: Some(frame),
                }
            }),
        };
        item.map_or(ControlFlow::Continue(()), &mut visit)
    });
}

/// Returns the entry with a frame's last byte, holding the frame's bytes instead of the chunk's; `None` if it is not
/// kept.
fn framed(record: &Record, frame: &StoredFrame, depth: Depth) -> Option<Result<Entry, ReadError>> {
    let (bytes, entries) = match depth {
        // One byte more than is shown indicates that there are more.
        Depth::Head => (PREVIEW_BYTES + 1, PREVIEW_ENTRIES),
        Depth::Whole => (usize::MAX, WHOLE_ENTRIES),
    };
    let read = read_frame(record, frame, bytes, entries).transpose()?;
    Some(read.map(|read| entry_of(read, frame).0))
}

fn entry_of(read: ReadFrame, frame: &StoredFrame) -> (Entry, Bytes) {
    let mut entry = read.last;
    let bytes = Bytes::from(read.bytes);
    entry.size_bytes = frame.len_bytes();
    let position = StreamPosition {
        offset: frame.range.start,
        ..StreamPosition::default()
    };
    (entry.streams.received, entry.streams.sent) = (position, position);
    if let EventKind::Received { payload } | EventKind::Sent { payload, .. } = &mut entry.event.kind
    {
        *payload = Payload::new(PayloadId::UNKNOWN, bytes.clone());
    }
    (entry, bytes)
}

/// Returns a frame with all of its bytes and the chunks that it spans; `None` if it is no longer kept.
pub(super) fn frame_detail(
    number: u64,
    frame: &StoredFrame,
    rules: &FrameRules,
    record: &Record,
) -> Option<Detail> {
    let read = match read_frame(record, frame, usize::MAX, WHOLE_ENTRIES) {
        Ok(read) => read?,
        Err(error) => return Some(Detail::damaged(number, &Arc::new(error))),
    };
    let pieces = read.pieces.clone();
    let (entry, bytes) = entry_of(read, frame);
    let rule = rules.of(entry.event.endpoint);
    let start: TextStart = rule.map(|rule| rule.encoding).unwrap_or_default().into();
    let mut detail = Detail::new(&entry, start);
    detail.row = Row::of_frame(number, &entry, frame.mark(), start, None);
    detail.frame = rule.map(|rule| {
        let fault = frame
            .fault
            .map(|fault| fault.fault(said_length(rule, &bytes)));
        FrameDetail {
            pieces,
            chunks: frame.chunks,
            verdict: rule.verify(&bytes).filter(|_| fault.is_none()),
            fault,
            rule: rule.clone(),
        }
    });
    Some(detail)
}

/// Returns the value of a wrong length field, which the table does not store.
fn said_length(rule: &FrameRule, bytes: &[u8]) -> u64 {
    let mut said = 0;
    Cutter::new(&rule.framing).push(bytes, 0, &mut |frame| {
        if let Some(Fault::Length(length)) = frame.fault {
            said = length;
        }
    });
    said
}
