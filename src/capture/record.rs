//! The recording: the recorder appends to it, everybody reads from it.
//!
//! A handle on the capture on disk (`store/`), with a cursor that keeps the most recently read segments open. The
//! window never touches it.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::entry::{Entry, StreamId};
use super::store::{Flow, OpenSegment, ReadError, RecordStatus, Store};

/// How many segments a cursor keeps open, with three files each.
const MAX_OPEN: usize = 8;
/// How many bytes of a payload a row previews. The detail pane shows all.
pub const PREVIEW_BYTES: usize = 512;
/// How many bytes of a payload are read if its beginning is enough.
const HEAD_BYTES: usize = 2 * PREVIEW_BYTES;

/// A handle on a capture. Clones read the same capture, each with its own cursor.
#[derive(Debug)]
pub struct Record {
    store: Arc<Store>,
    cursor: Mutex<Cursor>,
}

impl Clone for Record {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.store))
    }
}

/// How much of each entry's payload is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// As much as a row of the timeline shows.
    Head,
    /// All of it.
    Whole,
}

impl Record {
    /// Makes a handle on a capture.
    pub fn new(store: Arc<Store>) -> Self {
        Self {
            store,
            cursor: Mutex::default(),
        }
    }

    /// Returns the capture.
    pub fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// Returns the state of the recording.
    pub fn status(&self) -> RecordStatus {
        self.store.status()
    }

    /// Reads an entry. `None` if it is not kept or does not exist yet.
    pub fn entry(&self, number: u64, depth: Depth) -> Result<Option<Entry>, ReadError> {
        self.cursor().entry(&self.store, number, depth)
    }

    /// Reads only the flow of an entry. `None` if it is not kept or does not exist yet.
    pub(crate) fn flow(&self, number: u64) -> Result<Option<Flow>, ReadError> {
        self.cursor().flow(&self.store, number)
    }

    /// Returns the data entries of a stream between two of them, inclusive; the first `most` of them.
    ///
    /// If an index on the way cannot be read, returns those of the connection among the first `most` entries of all.
    pub(crate) fn stream_entries(
        &self,
        stream: StreamId,
        (first, last): (u64, u64),
        most: u64,
    ) -> Vec<u64> {
        let mut cursor = self.cursor();
        if let Some(found) = cursor.stream_entries(&self.store, stream, (first, last), most) {
            return found;
        }
        let is_ours = |flow: Option<Flow>| {
            let link = flow.and_then(|flow| flow.link);
            link.is_some_and(|link| link.connection == stream.connection)
        };
        let near = first..=last.min(first.saturating_add(most));
        near.filter(|number| cursor.flow(&self.store, *number).is_ok_and(is_ours))
            .collect()
    }

    /// Visits these entries in this order until `visit` breaks off. Skips what is not kept.
    pub fn visit(
        &self,
        numbers: impl IntoIterator<Item = u64>,
        depth: Depth,
        mut visit: impl FnMut(u64, Result<Entry, ReadError>) -> ControlFlow<()>,
    ) {
        let mut cursor = self.cursor();
        for number in numbers {
            let entry = cursor.entry(&self.store, number, depth).transpose();
            if entry.is_some_and(|entry| visit(number, entry).is_break()) {
                return;
            }
        }
    }

    fn cursor(&self) -> MutexGuard<'_, Cursor> {
        // A thread that panicked while reading left open files behind, but nothing half-done.
        self.cursor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The most recently read segments, open, newest first.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    open: VecDeque<OpenSegment>,
}

impl Cursor {
    fn entry(
        &mut self,
        store: &Store,
        number: u64,
        depth: Depth,
    ) -> Result<Option<Entry>, ReadError> {
        let Some((segment, within)) = self.segment(store, number)? else {
            return Ok(None);
        };
        let limit_bytes = match depth {
            Depth::Head => HEAD_BYTES,
            Depth::Whole => usize::MAX,
        };
        segment.entry(within, limit_bytes).map(Some)
    }

    /// Collects the data entries of a stream, segment by segment, up to `most`. `None` if a segment cannot be read.
    fn stream_entries(
        &mut self,
        store: &Store,
        stream: StreamId,
        (first, last): (u64, u64),
        most: u64,
    ) -> Option<Vec<u64>> {
        let mut found = Vec::new();
        let mut next = first;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        while next <= last && found.len() < most {
            let (open, within) = self.segment(store, next).ok()??;
            let begin = open.segment().first_entry();
            let until = last.min(open.segment().end_entry() - 1);
            let until = u32::try_from(until - begin).ok()?;
            let left = most - found.len();
            let entries = open.stream_entries(stream, within..=until, left).ok()?;
            found.extend(entries.iter().map(|entry| begin + u64::from(*entry)));
            next = begin + u64::from(until) + 1;
        }
        Some(found)
    }

    fn flow(&mut self, store: &Store, number: u64) -> Result<Option<Flow>, ReadError> {
        let Some((segment, within)) = self.segment(store, number)? else {
            return Ok(None);
        };
        let row = segment.record(within)?.flow;
        segment.flow(row).map(|flow| Some(flow.clone()))
    }

    /// Returns the segment that holds an entry, after moving it to the front of the open ones, and the entry's number
    /// in it.
    pub(super) fn segment(
        &mut self,
        store: &Store,
        number: u64,
    ) -> Result<Option<(&mut OpenSegment, u32)>, ReadError> {
        let place = self.open.iter().position(|it| it.segment().holds(number));
        let open = match place.and_then(|place| self.open.remove(place)) {
            Some(open) => open,
            None => match open_segment(store, number)? {
                Some(open) => {
                    // A file that a ring has deleted occupies space until it is closed.
                    let is_kept =
                        |it: &OpenSegment| store.segment_of(it.segment().first_entry()).is_some();
                    self.open.retain(is_kept);
                    open
                }
                None => return Ok(None),
            },
        };
        self.open.truncate(MAX_OPEN - 1);
        let segment = self.open.push_front_mut(open);
        let within = number - segment.segment().first_entry();
        Ok(Some((segment, u32::try_from(within).unwrap_or(u32::MAX))))
    }
}

/// Opens the segment that holds an entry. `None` if it is not kept, or was dropped just now.
fn open_segment(store: &Store, number: u64) -> Result<Option<OpenSegment>, ReadError> {
    let Some(segment) = store.segment_of(number) else {
        return Ok(None);
    };
    match OpenSegment::new(segment) {
        Err(_) if store.segment_of(number).is_none() => Ok(None),
        opened => opened.map(Some),
    }
}
