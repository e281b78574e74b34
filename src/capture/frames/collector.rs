//! Processes the frames from the framer: checks them, counts them and adds them to the table.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use bytes::Bytes;

use super::framer::CutFrame;
use super::mark::{StoredFrame, TableRow};
use super::open_bytes::OpenBytes;
use super::table::Table;
use crate::capture::entry::{Entry, StreamId};
use crate::capture::frame_rules::FrameRules;
use crate::capture::progress::Progress;
use crate::net::FlowId;
use crate::payload::framing::Framing;

/// Processes frames.
#[derive(Debug)]
pub(super) struct Collector {
    rules: Arc<FrameRules>,
    /// Whether any rule has a check.
    has_checks: bool,
    open: OpenBytes,
    /// For each stream, the newest chunk that is shown.
    shown_chunks: HashMap<StreamId, u64>,
    /// Created with the first entries.
    pub(super) table: Option<Table>,
    pub(super) counts: FrameCounts,
    /// The chunk being cut.
    chunk: Option<CutChunk>,
    /// The chunk in which the newest row ends, if the row is a frame and the chunk is shown.
    newest: Option<u64>,
    /// How many more frames in that chunk are not in the table yet.
    more: u16,
}

/// A chunk, as far as it was kept.
#[derive(Debug)]
struct CutChunk {
    stream: StreamId,
    number: u64,
    offset: u64,
    bytes: Bytes,
    is_datagram: bool,
    /// The end of the frames in it that have been checked.
    judged: u64,
}

/// The frame counts of a view, including rows that are gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameCounts {
    /// All frames.
    pub frames: u64,
    /// Frames that pass their check.
    pub good: u64,
    /// Frames that fail their check or break their framing's rule.
    pub bad: u64,
    /// How many older rows are no longer kept.
    pub dropped: u64,
    /// While older frames are still being found: how many entries have been cut. Until then, streams that began before
    /// those may be cut in the wrong place.
    pub older: Option<Progress>,
    /// How many of the dropped rows are left out because the table of frames has a limit, although their entries are kept.
    pub over_limit: u64,
    /// Why not all frames are shown, if something prevents it.
    pub problem: Option<io::ErrorKind>,
}

impl Collector {
    pub(super) fn new(rules: &Arc<FrameRules>) -> Self {
        Self {
            rules: Arc::clone(rules),
            has_checks: rules.iter().any(|rule| rule.check.is_some()),
            open: OpenBytes::default(),
            shown_chunks: HashMap::new(),
            table: None,
            counts: FrameCounts::default(),
            chunk: None,
            newest: None,
            more: 0,
        }
    }

    /// Starts a chunk.
    pub(super) fn begin(&mut self, entry: &Entry, stream: StreamId, is_shown: bool) {
        if is_shown {
            self.shown_chunks.insert(stream, entry.number);
        }
        let rule = self.rules.of(entry.event.endpoint, stream.direction);
        let payload = entry.payload();
        if let Some(payload) = payload.filter(|_| rule.is_some_and(|it| it.check.is_some())) {
            let is_datagram = entry.is_datagram();
            if !is_datagram {
                self.open.push(entry);
            }
            self.chunk = Some(CutChunk {
                stream,
                number: entry.number,
                offset: entry.stream().offset,
                bytes: payload.bytes.clone(),
                is_datagram,
                judged: 0,
            });
        }
    }

    /// Takes a frame that the entry `done` completes.
    #[inline]
    pub(super) fn take(&mut self, frame: &CutFrame, done: u64) {
        let good = if self.has_checks {
            self.judge(frame)
        } else {
            None
        };
        // If a chunk has many frames, most are in the chunk where the previous frame ends.
        let is_behind = frame.first.entry == done && self.newest == Some(done);
        if is_behind && self.more < u16::MAX {
            self.more += 1;
            self.counts.judge(good, frame.fault.is_some());
        } else {
            self.place(frame, good, done);
        }
    }

    fn place(&mut self, frame: &CutFrame, good: Option<bool>, done: u64) {
        let shown = self.shown_chunks.get(&frame.stream).copied();
        if shown.is_some_and(|shown| shown >= frame.first.entry) {
            self.counts.frames += 1;
            self.counts.judge(good, frame.fault.is_some());
            self.put(done, TableRow::Frame(StoredFrame::new(frame, good)));
            let is_last = shown == Some(done) && frame.last.entry == done;
            self.newest = (is_last && self.can_be_cut_again(frame)).then_some(done);
        }
    }

    /// Returns whether the frames after this one can be cut again from its end on.
    fn can_be_cut_again(&self, frame: &CutFrame) -> bool {
        let rule = self.rules.of(frame.endpoint, frame.stream.direction);
        let framing = rule.and_then(|rule| rule.framing.as_ref());
        framing.is_some_and(Framing::is_stateless)
    }

    /// Returns whether a frame passes its check; `None` without a check.
    fn judge(&mut self, frame: &CutFrame) -> Option<bool> {
        let rule = self.rules.of(frame.endpoint, frame.stream.direction)?;
        let judge = |bytes: &[u8]| {
            let is_whole = bytes.len() as u64 == frame.len_bytes();
            rule.judge(frame.fault.is_some(), is_whole.then_some(bytes))
        };
        // A frame that starts in the current chunk need not be looked up among all open streams.
        let chunk = self.chunk.as_mut();
        match chunk.filter(|chunk| chunk.number == frame.first.entry) {
            Some(chunk) if chunk.is_datagram => {
                rule.judge_datagram(frame.fault.is_some(), &chunk.bytes)
            }
            Some(chunk) => {
                chunk.judged = frame.range.end;
                judge(chunk.bytes_of(frame))
            }
            None => self.open.take(frame, judge),
        }
    }

    /// Ends the current chunk: its bytes after the last frame stay open.
    pub(super) fn end_chunk(&mut self) {
        self.put_more();
        if let Some(chunk) = self.chunk.take() {
            self.open.forget_before(chunk.stream, chunk.judged);
        }
    }

    pub(super) fn put(&mut self, done: u64, row: TableRow) {
        self.put_more();
        if let Some(table) = &mut self.table {
            table.push(done, row);
        }
        self.newest = None;
    }

    /// Adds the frames after the newest row to the table.
    fn put_more(&mut self) {
        let more = std::mem::take(&mut self.more);
        self.counts.frames += u64::from(more);
        if let Some(table) = &mut self.table {
            table.push_more(more);
        }
    }

    /// Forgets a connection that has ended.
    pub(super) fn forget(&mut self, connection: FlowId) {
        self.open.forget(connection);
        for stream in StreamId::both(connection) {
            self.shown_chunks.remove(&stream);
        }
    }
}

impl CutChunk {
    /// Returns the bytes of a frame that starts and ends in this chunk.
    fn bytes_of(&self, frame: &CutFrame) -> &[u8] {
        let place = |offset: u64| offset.saturating_sub(self.offset) as usize;
        let range = place(frame.range.start)..place(frame.range.end);
        self.bytes.get(range).unwrap_or_default()
    }
}

impl FrameCounts {
    fn judge(&mut self, good: Option<bool>, has_fault: bool) {
        if good.is_some() || has_fault {
            self.good += u64::from(good == Some(true));
            self.bad += u64::from(has_fault || good == Some(false));
        }
    }
}
