//! Appends to a capture, segment by segment, up to its limit. Copes with full disks and vanished folders.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::draft::{SegmentDraft, open_index, write_seal};
use super::error::{FileAction, StopCause, StoreError};
use super::facts::EndpointFacts;
use super::folder::Folder;
use super::format::{Ended, Seal, SegmentFile};
use super::keep::{AtLimit, Keep};
use super::segment::{Segment, damaged};
use crate::capture::damage::Damage;
use crate::capture::entry::{Entry, SESSION, StreamPositions};
use crate::capture::event::{Event, EventKind};
use crate::capture::sample::Sample;
use crate::net::{EndpointId, Requester};

/// How many bytes may be staged before they are committed within a batch.
const MAX_STAGED_BYTES: usize = 4 * 1024 * 1024;
/// The most that a sample and the row of its flow take on disk, and that the note takes that there are more.
const SAMPLE_COST: u64 = 4 * 1024;
const NO_MORE_COST: u64 = 512;
/// How often to check that the folder still exists.
const CHECK_EVERY: Duration = Duration::from_secs(1);

/// The size at which a segment is full.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SegmentSize {
    /// The most entries.
    pub(crate) entries: u32,
    /// The most payload bytes. Only the last entry may exceed this.
    pub(crate) payload_bytes: u64,
}

impl SegmentSize {
    /// Small enough that a ring drops little at a time, and large enough that there are few segments.
    pub(super) fn within(keep: &Keep) -> Self {
        const LEAST: u64 = 64 * 1024;
        const MOST: u64 = 32 * 1024 * 1024;
        const MOST_ENTRIES: u32 = 262_144;
        let bytes = (keep.limit_bytes / 16).clamp(LEAST, MOST);
        // Entries without a payload of their own fill a segment too.
        let entries = bytes / SegmentDraft::ENTRY_BYTES;
        Self {
            entries: u32::try_from(entries).map_or(MOST_ENTRIES, |it| it.min(MOST_ENTRIES)),
            payload_bytes: bytes,
        }
    }
}

/// Appends to a capture.
#[derive(Debug)]
pub(super) struct Writer {
    folder: Folder,
    keep: Keep,
    size: SegmentSize,
    draft: Option<SegmentDraft>,
    next_segment: u32,
    /// The number of the next entry.
    next_entry: u64,
    /// The size of the sealed segments.
    sealed_bytes: u64,
    /// How many entries have not been recorded since recording stopped.
    unrecorded: u64,
    /// The last entry that reports a gap, and how many entries it reports.
    reported_gap: Option<(u64, u64)>,
    stopped: Option<StopCause>,
    checked: Instant,
    /// The number of the next entry when the folder was last seen.
    seen_entry: u64,
    capture: Uuid,
    /// What is known of the endpoints, which each segment repeats.
    facts: HashMap<EndpointId, EndpointFacts>,
    /// The last segment that was sealed, and its seal.
    sealed: Option<(Arc<Segment>, Seal)>,
    /// When that seal last said how many entries were not recorded after it.
    stated: Option<Instant>,
}

/// The segments of a capture, oldest first.
pub(super) type Segments = VecDeque<Arc<Segment>>;

impl Writer {
    pub(super) fn new(folder: Folder, capture: Uuid, keep: Keep, size: SegmentSize) -> Self {
        Self {
            folder,
            keep,
            size,
            draft: None,
            next_segment: 0,
            next_entry: 0,
            sealed_bytes: 0,
            unrecorded: 0,
            reported_gap: None,
            stopped: None,
            checked: Instant::now(),
            seen_entry: 0,
            capture,
            facts: HashMap::new(),
            sealed: None,
            stated: None,
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

    /// Returns the size of the capture on disk, including what is about to be written.
    pub(super) fn disk_bytes(&self) -> u64 {
        self.sealed_bytes + self.draft.as_ref().map_or(0, SegmentDraft::disk_bytes)
    }

    pub(super) fn next_entry(&self) -> u64 {
        self.next_entry
    }

    /// Checks now whether the folder still exists.
    pub(super) fn check_folder(&mut self, segments: &mut Segments) {
        if let Some(cause) = self.missing_folder() {
            self.stop(cause, segments);
        }
    }

    /// Numbers and records the entries. If recording has stopped, counts them instead.
    pub(super) fn append(&mut self, entries: &mut [Entry], segments: &mut Segments) {
        if let Some(cause) = self.lost_folder() {
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
        let is_due = self.stated.is_none_or(|it| it.elapsed() >= CHECK_EVERY);
        if self.stopped.is_some() && is_due {
            self.state_unrecorded();
        }
    }

    /// Lets the last seal say how many entries were not recorded after it. It has had its room from the beginning, so a
    /// full disk does not prevent that.
    fn state_unrecorded(&mut self) {
        self.stated = Some(Instant::now());
        let unrecorded = self.unrecorded;
        let Some((segment, seal)) = &mut self.sealed else {
            return;
        };
        if seal.unrecorded == unrecorded {
            return;
        }
        let next = Seal {
            unrecorded,
            ..*seal
        };
        let written = open_index(segment).and_then(|mut index| write_seal(&mut index, &next));
        if written.is_ok() {
            *seal = next;
        }
    }

    /// Puts samples beside the entries. They have a bound of their own, half of what a segment has of payload, and never stop
    /// a recording by reaching its limit. If recording has stopped, they are left out.
    pub(super) fn append_samples(&mut self, samples: &[Sample], segments: &mut Segments) {
        for sample in samples {
            if self.stopped.is_some() {
                return;
            }
            let limit_bytes = match self.make_room(SAMPLE_COST, segments) {
                Ok(()) => self.size.payload_bytes / 2,
                // There is still room to say so.
                Err(_) if self.make_room(NO_MORE_COST, segments).is_ok() => 0,
                Err(_) => return,
            };
            let Some(draft) = &mut self.draft else {
                return;
            };
            if let Err(cause) = draft.stage_sample(sample, limit_bytes, &self.facts) {
                self.stop(cause, segments);
                return;
            }
        }
        self.commit(segments);
    }

    /// Resumes recording after a stop.
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

    /// Notes what is known of the endpoints from now on.
    pub(super) fn describe(&mut self, facts: HashMap<EndpointId, EndpointFacts>) {
        if facts == self.facts {
            return;
        }
        self.facts = facts;
        if let Some(draft) = &mut self.draft {
            draft.describe_anew();
        }
    }

    /// Seals the last segment. If recording has stopped, its seal says how many entries were not recorded.
    pub(super) fn close(&mut self, segments: &mut Segments) {
        self.commit(segments);
        if let Some(draft) = self.draft.take() {
            if let Err(cause) = self.seal(draft, Ended::Closed) {
                self.stopped.get_or_insert(cause);
            }
        } else {
            // If this fails, the seal still says why recording stopped, and the manifest for how many entries.
            self.state_unrecorded();
        }
    }

    /// Records the gap before `next`, if there is one.
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
                by: Requester::Nobody,
                kind: EventKind::NotRecorded {
                    entries: self.unrecorded,
                },
            },
            size_bytes: 0,
            streams: StreamPositions::default(),
            damage: None,
        };
        self.take(&gap, segments)?;
        self.reported_gap = Some((gap.number, std::mem::take(&mut self.unrecorded)));
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
        draft.stage(entry, self.keep.chunk_limit_bytes, &self.facts)?;
        if draft.waiting_bytes() > MAX_STAGED_BYTES {
            draft.commit()?;
        }
        self.next_entry += 1;
        Ok(())
    }

    /// Seals the segment and starts the next one. If no descriptors are left, keeps the open one if possible: peers may
    /// have taken them all, and recording matters more than tidy sizes.
    fn rotate(
        &mut self,
        first: &Entry,
        may_go_on: bool,
        segments: &mut Segments,
    ) -> Result<(), StopCause> {
        if let Some(draft) = &mut self.draft {
            draft.commit()?;
        }
        let oldest = segments.front().map(|it| place_of(it));
        let number = (self.capture, self.next_segment);
        match SegmentDraft::begin(&self.folder, number, first, oldest) {
            Ok(next) => {
                segments.push_back(Arc::clone(next.segment()));
                self.next_segment += 1;
                let full = self.draft.replace(next);
                full.map_or(Ok(()), |full| self.seal(full, Ended::Rotated))
            }
            Err(error) if may_go_on && is_out_of_descriptors(&error) => Ok(()),
            Err(error) => {
                let path = self.folder.part(self.next_segment, SegmentFile::Entries);
                Err(StopCause::of(FileAction::Make, &path, &error))
            }
        }
    }

    /// Seals a segment.
    fn seal(&mut self, draft: SegmentDraft, ended: Ended) -> Result<(), StopCause> {
        let segment = Arc::clone(draft.segment());
        let sealed = draft.seal(ended, self.unrecorded);
        self.sealed_bytes += segment.disk_bytes();
        let seal = sealed.map_err(|error| {
            StopCause::of(FileAction::Write, &segment.path(SegmentFile::Index), &error)
        })?;
        self.sealed = Some((segment, seal));
        Ok(())
    }

    /// Ensures that `bytes` more stay within the limit.
    fn make_room(&mut self, bytes: u64, segments: &mut Segments) -> Result<(), StopCause> {
        let limit_bytes = self.keep.limit_bytes;
        let draft_bytes = self.draft.as_ref().map_or(0, SegmentDraft::disk_bytes);
        while self.sealed_bytes + draft_bytes + bytes > limit_bytes {
            let is_ring = self.keep.at_limit == AtLimit::GiveUpOldest;
            let kept = segments.get(1).filter(|_| is_ring).map(|it| place_of(it));
            let Some(kept) = kept else {
                return Err(StopCause::Bound { limit_bytes });
            };
            // What is kept is stated first: what is missing without that counts as lost.
            if let Some(draft) = &mut self.draft
                && let Err(error) = draft.keep_from(kept)
            {
                if is_out_of_descriptors(&error) {
                    // The limit can wait until there is one.
                    return Ok(());
                }
                let path = draft.segment().path(SegmentFile::Index);
                return Err(StopCause::of(FileAction::Write, &path, &error));
            }
            let Some(oldest) = segments.pop_front() else {
                return Ok(());
            };
            self.sealed_bytes = self.sealed_bytes.saturating_sub(oldest.disk_bytes());
            oldest.delete().map_err(|error| {
                StopCause::of(
                    FileAction::Delete,
                    &oldest.path(SegmentFile::Entries),
                    &error,
                )
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

    /// Stops recording. What was staged but not committed is not recorded.
    pub(super) fn stop(&mut self, cause: StopCause, segments: &mut Segments) {
        let is_gone = matches!(cause, StopCause::Gone(_));
        let is_writable = matches!(cause, StopCause::Bound { .. } | StopCause::Off);
        let ended = cause.ended();
        self.stopped = Some(cause);
        self.stated = None;
        let Some(mut draft) = self.draft.take() else {
            return;
        };
        if !is_writable || draft.commit().is_err() {
            draft.abandon();
        }
        let segment = Arc::clone(draft.segment());
        let end = segment.end_entry();
        self.unrecorded += self.next_entry.saturating_sub(end);
        if is_gone && draft.is_deleted() {
            // They went into files that nobody can open any more.
            self.unrecorded += end.saturating_sub(self.seen_entry);
        }
        let reported_gap = self.reported_gap.take();
        if let Some((_, entries)) = reported_gap.filter(|&(number, _)| number >= end) {
            // The entry that reported the gap is lost too, and was counted with the others.
            self.unrecorded += entries.saturating_sub(1);
        }
        self.next_entry = end;
        if segment.len() == 0 {
            // Its files stay: the segment before says that this one follows, and its seal says why recording stopped.
            segments.pop_back();
        }
        // A segment without a seal is read all the same, as one whose writer was killed.
        self.seal(draft, ended).ok();
    }

    /// Detects that the folder was deleted: writing to deleted files would succeed without an error.
    fn lost_folder(&mut self) -> Option<StopCause> {
        if self.checked.elapsed() < CHECK_EVERY {
            return None;
        }
        self.missing_folder()
    }

    fn missing_folder(&mut self) -> Option<StopCause> {
        self.checked = Instant::now();
        let Some((draft, gone)) = self
            .draft
            .as_ref()
            .and_then(|it| Some((it, it.out_of_place()?)))
        else {
            self.seen_entry = self.next_entry;
            return None;
        };
        if gone == SegmentFile::Entries {
            return Some(StopCause::Gone(self.folder.dir()));
        }
        // What would be written into the deleted file is lost; the entries so far keep what else is known of them.
        let missing = damaged(&draft.segment().path(gone), 0, Damage::Missing);
        Some(StopCause::Failed(StoreError::Damaged(missing).into()))
    }
}

/// Returns a segment's number and its first entry.
fn place_of(segment: &Segment) -> (u32, u64) {
    (segment.head().segment, segment.first_entry())
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
