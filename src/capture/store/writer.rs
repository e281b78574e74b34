//! Appending to a capture: segment after segment, up to the bound, through full disks and vanished folders.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::draft::SegmentDraft;
use super::error::{FileAction, StopCause};
use super::folder::Folder;
use super::format::Part;
use super::keep::{AtLimit, Keep};
use super::segment::Segment;
use crate::capture::entry::{Entry, SESSION, StreamPositions};
use crate::net::{Event, EventKind};

/// How many bytes may be staged before they are committed within a batch.
const MAX_STAGED_BYTES: usize = 4 * 1024 * 1024;
/// How often it is made sure that the folder is still there.
const CHECK_EVERY: Duration = Duration::from_secs(1);

/// When a segment is full.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SegmentSize {
    /// How many entries it takes.
    pub(crate) entries: u32,
    /// How many bytes its payload file takes, but for the one entry that passes it.
    pub(crate) payload_bytes: u64,
}

impl SegmentSize {
    /// Segments small enough that a ring gives up little at a time, and large enough to be few.
    pub(super) fn within(keep: &Keep) -> Self {
        const LEAST: u64 = 64 * 1024;
        const MOST: u64 = 32 * 1024 * 1024;
        const MOST_ENTRIES: u32 = 262_144;
        let bytes = (keep.limit_bytes / 16).clamp(LEAST, MOST);
        // Entries without payload of their own fill a segment too.
        let entries = bytes / SegmentDraft::ENTRY_BYTES;
        Self {
            entries: u32::try_from(entries).map_or(MOST_ENTRIES, |it| it.min(MOST_ENTRIES)),
            payload_bytes: bytes,
        }
    }
}

/// What appends to a capture.
#[derive(Debug)]
pub(super) struct Writer {
    folder: Folder,
    keep: Keep,
    size: SegmentSize,
    draft: Option<SegmentDraft>,
    next_segment: u32,
    /// The number of the next entry.
    next_entry: u64,
    /// The bytes of the sealed segments.
    sealed_bytes: u64,
    /// How many entries there would have been since recording stopped.
    unrecorded: u64,
    /// The last entry that tells of a gap, and how many entries it tells of.
    told_gap: Option<(u64, u64)>,
    stopped: Option<StopCause>,
    checked: Instant,
}

/// The segments of a capture, oldest first.
pub(super) type Segments = VecDeque<Arc<Segment>>;

impl Writer {
    pub(super) fn new(folder: Folder, keep: Keep, size: SegmentSize) -> Self {
        Self {
            folder,
            keep,
            size,
            draft: None,
            next_segment: 0,
            next_entry: 0,
            sealed_bytes: 0,
            unrecorded: 0,
            told_gap: None,
            stopped: None,
            checked: Instant::now(),
        }
    }

    pub(super) fn keep(&self) -> Keep {
        self.keep
    }

    pub(super) fn stopped(&self) -> Option<&StopCause> {
        self.stopped.as_ref()
    }

    pub(super) fn unrecorded(&self) -> u64 {
        self.unrecorded
    }

    /// The bytes that the capture takes on disk, or will in a moment.
    pub(super) fn disk_bytes(&self) -> u64 {
        self.sealed_bytes + self.draft.as_ref().map_or(0, SegmentDraft::disk_bytes)
    }

    pub(super) fn next_entry(&self) -> u64 {
        self.next_entry
    }

    /// Numbers the entries and puts them on record, or counts them where recording has stopped.
    pub(super) fn append(&mut self, entries: &mut [Entry], segments: &mut Segments) {
        if let Some(cause) = self.lost_place() {
            self.stop(cause, segments);
        }
        for entry in entries {
            if self.stopped.is_some() {
                self.unrecorded += 1;
                entry.number = self.next_entry;
                continue;
            }
            let outcome = self.note_gap(entry, segments).and_then(|()| {
                entry.number = self.next_entry;
                self.take(entry, segments)
            });
            if let Err(cause) = outcome {
                self.stop(cause, segments);
                self.unrecorded += 1;
            }
        }
        self.commit(segments);
    }

    /// Goes on after a stop.
    pub(super) fn resume(&mut self, keep: Keep) {
        self.set_keep(keep);
        self.stopped = None;
        self.checked = Instant::now();
    }

    pub(super) fn note_unrecorded(&mut self, entries: u64) {
        self.unrecorded += entries;
    }

    pub(super) fn set_keep(&mut self, keep: Keep) {
        self.keep = keep;
        self.size = SegmentSize::within(&keep);
    }

    /// Ends the last segment.
    pub(super) fn close(&mut self, segments: &mut Segments) {
        self.commit(segments);
        if let Some(draft) = self.draft.take()
            && let Err(cause) = self.seal(draft)
        {
            self.stopped.get_or_insert(cause);
        }
    }

    /// Puts on record that there is a gap before `next`, if there is one.
    fn note_gap(&mut self, next: &Entry, segments: &mut Segments) -> Result<(), StopCause> {
        if self.unrecorded == 0 {
            return Ok(());
        }
        let gap = Entry {
            number: self.next_entry,
            time: next.time,
            event: Event {
                stamp: next.event.stamp,
                endpoint: SESSION,
                link: None,
                kind: EventKind::NotRecorded {
                    entries: self.unrecorded,
                },
            },
            size_bytes: 0,
            streams: StreamPositions::default(),
        };
        self.take(&gap, segments)?;
        self.told_gap = Some((gap.number, std::mem::take(&mut self.unrecorded)));
        Ok(())
    }

    fn take(&mut self, entry: &Entry, segments: &mut Segments) -> Result<(), StopCause> {
        self.make_room(
            SegmentDraft::cost(entry, self.keep.chunk_limit_bytes),
            segments,
        )?;
        let is_full = self.draft.as_ref().is_none_or(|draft| {
            let extent = draft.extent();
            extent.entries >= self.size.entries || extent.payload_bytes >= self.size.payload_bytes
        });
        let has_room = self.draft.as_ref().is_some_and(|it| it.has_room(entry));
        if is_full || !has_room {
            self.rotate(entry, has_room, segments)?;
        }
        let Some(draft) = &mut self.draft else {
            return Ok(());
        };
        draft.stage(entry, self.keep.chunk_limit_bytes)?;
        if draft.waiting_bytes() > MAX_STAGED_BYTES {
            draft.commit()?;
        }
        self.next_entry += 1;
        Ok(())
    }

    /// Ends the segment and begins the next one. Out of descriptors, the one that is open goes on if it can: peers
    /// may have taken all of them, and recording goes before neat sizes.
    fn rotate(
        &mut self,
        first: &Entry,
        may_go_on: bool,
        segments: &mut Segments,
    ) -> Result<(), StopCause> {
        if let Some(draft) = &mut self.draft {
            draft.commit()?;
        }
        match SegmentDraft::begin(&self.folder, self.next_segment, first) {
            Ok(next) => {
                segments.push_back(Arc::clone(next.segment()));
                self.next_segment += 1;
                let full = self.draft.replace(next);
                full.map_or(Ok(()), |full| self.seal(full))
            }
            Err(error) if may_go_on && is_out_of_descriptors(&error) => Ok(()),
            Err(error) => {
                let path = self.folder.part(self.next_segment, Part::Entries);
                Err(StopCause::of(FileAction::Make, &path, &error))
            }
        }
    }

    /// Ends a segment. Out of descriptors it stays without an index, which readers can do without.
    fn seal(&mut self, draft: SegmentDraft) -> Result<(), StopCause> {
        let segment = Arc::clone(draft.segment());
        let sealed = draft.seal();
        self.sealed_bytes += segment.disk_bytes();
        match sealed {
            Err(error) if !is_out_of_descriptors(&error) => Err(StopCause::of(
                FileAction::Write,
                &segment.path(Part::Index),
                &error,
            )),
            _ => Ok(()),
        }
    }

    /// Sees that `bytes` more stay within the bound.
    fn make_room(&mut self, bytes: u64, segments: &mut Segments) -> Result<(), StopCause> {
        let limit_bytes = self.keep.limit_bytes;
        let draft_bytes = self.draft.as_ref().map_or(0, SegmentDraft::disk_bytes);
        while self.sealed_bytes + draft_bytes + bytes > limit_bytes {
            let is_ring = self.keep.at_limit == AtLimit::GiveUpOldest && segments.len() > 1;
            let oldest = if is_ring { segments.pop_front() } else { None };
            let Some(oldest) = oldest else {
                return Err(StopCause::Bound { limit_bytes });
            };
            self.sealed_bytes = self.sealed_bytes.saturating_sub(oldest.disk_bytes());
            oldest.delete().map_err(|error| {
                StopCause::of(FileAction::Delete, &oldest.path(Part::Entries), &error)
            })?;
        }
        Ok(())
    }

    fn commit(&mut self, segments: &mut Segments) {
        let outcome = self.draft.as_mut().map_or(Ok(()), SegmentDraft::commit);
        if let Err(cause) = outcome {
            self.stop(cause, segments);
        }
    }

    /// Stops recording; what was staged and not committed is not on record.
    pub(super) fn stop(&mut self, cause: StopCause, segments: &mut Segments) {
        let is_writable = matches!(cause, StopCause::Bound { .. } | StopCause::Off);
        self.stopped = Some(cause);
        let Some(mut draft) = self.draft.take() else {
            return;
        };
        let segment = Arc::clone(draft.segment());
        if is_writable && draft.commit().is_ok() {
            // A segment without an index is whole all the same.
            draft.seal().ok();
        } else {
            draft.abandon();
        }
        let end = segment.end_entry();
        self.unrecorded += self.next_entry.saturating_sub(end);
        let told_gap = self.told_gap.take();
        if let Some((_, entries)) = told_gap.filter(|&(number, _)| number >= end) {
            // The entry that told of the gap is lost too, and was counted with the others.
            self.unrecorded += entries.saturating_sub(1);
        }
        self.next_entry = end;
        if segment.len() == 0 {
            segments.pop_back();
            // An empty segment is in nobody's way.
            segment.delete().ok();
        } else {
            self.sealed_bytes += segment.disk_bytes();
        }
    }

    /// Notices that the folder was deleted: writing to files without a name goes on without an error.
    fn lost_place(&mut self) -> Option<StopCause> {
        if self.checked.elapsed() < CHECK_EVERY {
            return None;
        }
        self.checked = Instant::now();
        let is_gone = self.draft.as_ref().is_some_and(|it| !it.is_in_place());
        is_gone.then(|| StopCause::Gone(self.folder.dir()))
    }
}

/// `open(2)`: EMFILE, ENFILE; Windows: `ERROR_TOO_MANY_OPEN_FILES`.
fn is_out_of_descriptors(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    if cfg!(windows) {
        code == Some(4)
    } else {
        matches!(code, Some(23 | 24))
    }
}
