//! Finds out what a capture's folder holds, from heads, lengths and seals, and whether its indexes and flows are whole.
//! Records and payloads are judged when they are read.
//!
//! Damage costs what it touches: a segment that cannot be read keeps its place, so the entries of the others keep their
//! numbers.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use uuid::Uuid;

use super::error::{FileAction, StoreError};
use super::examine::examine;
use super::folder::Folder;
use super::format::{Ended, Head, MAX_ENTRIES, Seal, SegmentFile};
use super::manifest::RecordedEnd;
use super::segment::{FoundSegment, Segment, damaged};
use super::writer::Segments;
use crate::capture::damage::{Damage, ReadError};

/// Whether a capture is whole, as far as that is known without reading its records, payloads and samples.
#[derive(Clone, Debug, Default)]
pub struct Soundness {
    /// How the last segment ended. [`Ended::Open`] if nobody is recording: recording was interrupted.
    pub ended: Ended,
    /// How many entries were not recorded after the last one.
    pub unrecorded: u64,
    /// What is missing or damaged.
    pub damage: Vec<Arc<ReadError>>,
}

/// How a recording was cut short: something that came last is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutShort {
    /// Why. [`Ended::Open`] and [`Ended::Rotated`] if recording was interrupted.
    pub ended: Ended,
    /// How many entries were not recorded after the last one: at least, unless they are counted.
    pub unrecorded: u64,
    /// Whether all of them are counted: the capture was closed.
    pub is_counted: bool,
}

impl CutShort {
    /// Returns it if something is missing, or may be.
    pub(super) fn of(ended: Ended, unrecorded: u64, is_counted: bool) -> Option<Self> {
        let is_whole = match ended {
            Ended::Closed => unrecorded == 0,
            Ended::Off => unrecorded == 0 && is_counted,
            Ended::Open | Ended::Rotated | Ended::Bound | Ended::Full | Ended::Failed => false,
        };
        (!is_whole).then_some(Self {
            ended,
            unrecorded,
            is_counted,
        })
    }
}

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) segments: Segments,
    pub(super) soundness: Soundness,
    /// The capture that the segments belong to, and the wall-clock time at stamp 0 of the first one.
    pub(super) origin: Option<(Uuid, i64)>,
}

/// Examines the segments in a folder. Segments of another capture than `capture` are foreign; without it, the newest
/// segment decides.
pub(super) fn survey(folder: &Folder, capture: Option<Uuid>) -> Result<Survey, StoreError> {
    let numbers = numbers(folder)?;
    let mut survey = Survey::default();
    let mut id = capture;
    let mut found = Vec::new();
    let mut unreadable = BTreeSet::new();
    for &number in numbers.iter().rev() {
        let is_of = |head: &Head| {
            head.segment == number && id.is_none_or(|capture| head.capture == capture)
        };
        match Segment::find(folder, number, is_of) {
            (Some(segment), _) => {
                id = Some(segment.segment.head().capture);
                found.push(segment);
            }
            (None, damage) => {
                survey.note(damage);
                unreadable.insert(number);
            }
        }
    }
    found.reverse();
    if found
        .last()
        .is_some_and(|last| is_empty_start(last, &numbers))
    {
        // It was begun, and nothing was committed to it yet. The segment before it may say that this one follows.
        found.pop();
    }
    let newest = found.last().and_then(|last| last.seal);
    let oldest = newest.map_or(0, |seal| seal.oldest.0);
    // What a ring was about to delete is not kept.
    found.retain(|it| it.segment.head().segment >= oldest);
    survey.origin = id.zip(found.first().map(|it| it.segment.head().base_nanos));
    if let Some(seal) = newest {
        survey.soundness.ended = seal.ended;
        survey.soundness.unrecorded = seal.unrecorded;
        let follows = |last: &FoundSegment| last.segment.head().segment.checked_add(1);
        let next = found.last().and_then(follows);
        if let Some(next) =
            next.filter(|next| seal.ended == Ended::Rotated && !numbers.contains(next))
        {
            let path = folder.part(next, SegmentFile::Entries);
            survey.note([damaged(&path, 0, Damage::Missing)]);
        }
        if let Some(first) = found.first().map(|it| *it.segment.head())
            && first.segment > oldest
        {
            survey.add_lost(folder, (oldest, seal.oldest.1), &first, &unreadable);
        }
    }
    for FoundSegment {
        segment, damage, ..
    } in found
    {
        survey.note(damage);
        survey.add(folder, segment, &unreadable);
    }
    survey.examine();
    Ok(survey)
}

impl Survey {
    fn note(&mut self, damage: impl IntoIterator<Item = ReadError>) {
        let damage = damage.into_iter().map(Arc::new);
        self.soundness.damage.extend(damage);
    }

    /// Notes what no entry is read for, and is not known yet.
    fn examine(&mut self) {
        let found: Vec<_> = self.segments.iter().flat_map(examine).collect();
        for error in found {
            let known = &self.soundness.damage;
            if known.iter().all(|known| !known.covers(&error)) {
                self.note([error]);
            }
        }
    }

    /// Adds the next segment, and a place for those that are missing before it.
    fn add(&mut self, folder: &Folder, segment: Segment, unreadable: &BTreeSet<u32>) {
        let head = *segment.head();
        if let Some(before) = self.segments.back().filter(|it| !it.is_lost()) {
            let (number, first) = (before.head().segment, before.first_entry());
            if head.first_entry < first {
                let path = segment.path(SegmentFile::Entries);
                return self.note([damaged(&path, 0, Damage::Order)]);
            }
            let is_adjacent = before.end_at(head.first_entry);
            let missing = (number.saturating_add(1), before.end_entry());
            if !is_adjacent && !self.add_lost(folder, missing, &head, unreadable) {
                // With it, there would be numbers without a place.
                let path = segment.path(SegmentFile::Entries);
                return self.note([damaged(&path, 0, Damage::Order)]);
            }
        }
        if segment.len() > 0 {
            self.segments.push_back(Arc::new(segment));
        }
    }

    /// Adds a place for the entries that are missing before a segment: from the one with this number on. Returns whether
    /// there are as many as can be missing.
    fn add_lost(
        &mut self,
        folder: &Folder,
        (number, first_entry): (u32, u64),
        next: &Head,
        unreadable: &BTreeSet<u32>,
    ) -> bool {
        let path = folder.part(number, SegmentFile::Entries);
        if number >= next.segment {
            // No segment is missing, but entries at the end of the one before.
            self.note([damaged(&path, 0, Damage::Order)]);
        } else if !unreadable.contains(&number) {
            self.note([damaged(&path, 0, Damage::Missing)]);
        }
        let missing = next.segment.saturating_sub(number).max(1);
        let most = u64::from(missing).saturating_mul(MAX_ENTRIES.into());
        let count = next.first_entry.saturating_sub(first_entry);
        let Some(entries) = u32::try_from(count).ok().filter(|_| count <= most) else {
            return false;
        };
        if entries == 0 {
            return true;
        }
        let head = Head {
            segment: number,
            first_entry,
            ..*next
        };
        let lost = Segment::lost(folder.clone(), head, entries);
        self.segments.push_back(Arc::new(lost));
        true
    }
}

/// Compares what was found with what a capture held when it was closed. Entries that are missing at the end get a place.
pub(super) fn end_at(
    folder: &Folder,
    capture: Uuid,
    end: RecordedEnd,
    segments: &mut Segments,
    soundness: &mut Soundness,
) {
    // The last seal may be damaged or missing.
    if matches!(soundness.ended, Ended::Open | Ended::Rotated) {
        soundness.ended = Ended::Closed;
    }
    soundness.unrecorded = soundness.unrecorded.max(end.unrecorded);
    let last = segments.back();
    let first_entry = last.map_or(end.first, |it| it.end_entry());
    let segment = last.map_or(0, |it| it.head().segment.saturating_add(1));
    let Some(missing) = end.entries.checked_sub(first_entry).filter(|it| *it > 0) else {
        return;
    };
    let path = folder.part(segment, SegmentFile::Entries);
    if soundness.damage.iter().all(|it| it.path() != path) {
        let error = damaged(&path, 0, Damage::Missing);
        soundness.damage.push(Arc::new(error));
    }
    if let Ok(entries) = u32::try_from(missing) {
        let head = Head {
            capture,
            segment,
            first_entry,
            base_nanos: 0,
        };
        let place = Segment::lost(folder.clone(), head, entries);
        segments.push_back(Arc::new(place));
    }
}

/// Returns whether the newest segment was begun without anything in it.
fn is_empty_start(last: &FoundSegment, numbers: &BTreeSet<u32>) -> bool {
    let segment = &last.segment;
    numbers.last() == Some(&segment.head().segment)
        && segment.len() == 0
        && segment.payload_bytes() <= super::format::HEAD_BYTES as u64
        && !last.seal.as_ref().is_some_and(Seal::is_final)
}

/// Returns the numbers of the segments that have at least one file.
fn numbers(folder: &Folder) -> Result<BTreeSet<u32>, StoreError> {
    let dir = folder.dir();
    let mut numbers = BTreeSet::new();
    for file in fs::read_dir(&dir).map_err(StoreError::io(FileAction::Read, &dir))? {
        let file = file.map_err(StoreError::io(FileAction::Read, &dir))?;
        let number = file.file_name().to_str().and_then(Folder::segment_number);
        numbers.extend(number);
    }
    Ok(numbers)
}
