//! Checks everything that a capture holds.

use std::fs;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::format::{EntryRecord, HEAD_BYTES, Head, Part};
use super::open::OpenSegment;
use super::records::RecordBlock;
use super::samples::{SampleCursor, StoredKind};
use super::segment::{Segment, damaged, flow_position, read_whole, record_position};
use super::{Soundness, Store};
use crate::capture::damage::{Damage, ReadError};
use crate::capture::event::EventKind;
use crate::capture::progress::Progress;

/// How many records are checked at a time.
const BLOCK_ENTRIES: u32 = 8_192;
/// How many damages are reported one by one; the rest is counted.
const MAX_REPORTED: usize = 100;

/// What a check of everything found.
#[derive(Debug, Default)]
pub struct Verified {
    /// How many segments there are.
    pub segments: u64,
    /// How many entries are whole.
    pub entries: u64,
    /// How many entries are damaged or missing.
    pub damaged_entries: u64,
    /// The size of all payloads and bodies that are whole, in bytes.
    pub payload_bytes: u64,
    /// How many entries are of a kind that only a newer version knows.
    pub unknown_kinds: u64,
    /// How many fields only a newer version knows.
    pub unknown_fields: u64,
    /// How many samples there are.
    pub samples: u64,
    /// How many samples only a newer version knows.
    pub unknown_samples: u64,
    /// What is damaged: the first hundred places.
    pub damage: Vec<Arc<ReadError>>,
    /// How many more places are damaged.
    pub more_damage: u64,
}

impl Verified {
    /// Returns whether nothing is damaged.
    pub fn is_sound(&self) -> bool {
        self.damage.is_empty()
    }

    fn note(&mut self, error: impl Into<Arc<ReadError>>) {
        if self.damage.len() < MAX_REPORTED {
            self.damage.push(error.into());
        } else {
            self.more_damage += 1;
        }
    }
}

impl Store {
    /// Reads everything that the capture holds and checks it: heads, seals, indexes, records, flows, bodies and
    /// payloads.
    ///
    /// Progress is in entries, about every 8,192 of them. Returns `None` if it is cancelled.
    pub fn verify(
        &self,
        mut progress: impl FnMut(Progress) -> ControlFlow<()>,
    ) -> Option<Verified> {
        let Soundness { damage, .. } = self.soundness();
        let mut verified = Verified::default();
        for error in damage {
            verified.note(Arc::clone(error));
        }
        let status = self.status();
        for segment in self.segments() {
            verified.segments += u64::from(!segment.is_lost());
            let checked = check_segment(&segment, &mut verified, &mut |done| {
                progress(Progress {
                    done: done.saturating_sub(status.first_kept),
                    total: status.entries.saturating_sub(status.first_kept),
                })
            });
            if checked.is_break() {
                return None;
            }
        }
        Some(verified)
    }
}

fn check_segment(
    segment: &Arc<Segment>,
    verified: &mut Verified,
    done: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut open = match OpenSegment::new(Arc::clone(segment)) {
        Ok(open) => open,
        Err(error) => {
            // What the survey found has been reported.
            if !segment.is_lost() && verified.damage.iter().all(|it| it.path() != error.path()) {
                verified.note(error);
            }
            verified.damaged_entries += u64::from(segment.len());
            return done(segment.end_entry());
        }
    };
    let mut is_index_known = true;
    if segment.is_sealed() && segment.has_lanes() {
        let written = open.written_index();
        is_index_known = written.is_some() && written == open.built_index().ok();
    }
    check_ends(segment, verified);
    check_flows(&mut open, verified);
    if let Err(error) = check_samples(&mut open, segment, verified) {
        verified.note(error);
    }
    let mut payload = Vec::new();
    if let Err(error) = open.payload_into(&mut payload) {
        payload.clear();
        if verified.damage.iter().all(|it| it.path() != error.path()) {
            verified.note(error);
        }
    }
    let damaged_before = verified.damage.len();
    let mut block = RecordBlock::default();
    let len = segment.len();
    for first in (0..len).step_by(BLOCK_ENTRIES as usize) {
        let end = first.saturating_add(BLOCK_ENTRIES).min(len);
        open.records().read_block(first..end, &mut block);
        verified.damaged_entries += block.damaged.len() as u64;
        for (_, error) in block.damaged.drain(..) {
            verified.note(error);
        }
        for (entry, record) in &block.records {
            match check_entry(&open, (*entry, record), &payload, verified) {
                Ok(()) => verified.entries += 1,
                Err(error) => {
                    verified.damaged_entries += 1;
                    verified.note(error);
                }
            }
        }
        done(segment.first_entry() + u64::from(end))?;
    }
    let is_reported = verified
        .damage
        .iter()
        .any(|it| it.path() == segment.path(Part::Index));
    if !is_index_known && !is_reported && verified.damage.len() == damaged_before {
        // With damaged records the index cannot be compared.
        verified.note(damaged(&segment.path(Part::Index), 0, Damage::Index));
    }
    ControlFlow::Continue(())
}

/// Notes files that go on after what the seal says. An open segment may have a torn tail.
fn check_ends(segment: &Segment, verified: &mut Verified) {
    if !segment.is_sealed() {
        return;
    }
    for (path, end) in segment.ends() {
        let is_longer = fs::metadata(&path).is_ok_and(|file| file.len() > end);
        if is_longer && verified.damage.iter().all(|it| it.path() != path) {
            verified.note(damaged(&path, end, Damage::Long));
        }
    }
}

fn check_flows(open: &mut OpenSegment, verified: &mut Verified) {
    let path = open.path(Part::Flows);
    let (rows, outcome) = open.rows();
    let bodies: Vec<_> = rows.iter().map(|(_, body)| *body).collect();
    if let Err(error) = outcome
        && verified.damage.iter().all(|it| it.path() != error.path())
    {
        verified.note(error);
    }
    for row in open.repaired() {
        verified.note(damaged(&path, flow_position(row), Damage::Bit));
    }
    for body in bodies {
        match open.body_of(&body) {
            Ok(_) => verified.payload_bytes += u64::from(body.len),
            Err(error) => verified.note(error),
        }
    }
}

/// Checks the samples of a segment, if there are any.
fn check_samples(
    open: &mut OpenSegment,
    segment: &Arc<Segment>,
    verified: &mut Verified,
) -> Result<(), ReadError> {
    let bytes = segment.samples_bytes();
    if bytes == 0 {
        return Ok(());
    }
    let path = segment.path(Part::Samples);
    let head = read_whole(&path, HEAD_BYTES as u64).map_err(|source| ReadError::Io {
        path: path.clone(),
        position: 0,
        source,
    })?;
    let Some(head) = head.first_chunk() else {
        return Err(damaged(&path, 0, Damage::Short));
    };
    if Head::decode(Part::Samples, head) != Some(*segment.head()) {
        return Err(damaged(&path, 0, Damage::Head));
    }
    let mut cursor = SampleCursor::default();
    while cursor.is_behind(segment) {
        for sample in cursor.read(segment)? {
            match sample.kind {
                StoredKind::Sampled(_) => verified.samples += 1,
                StoredKind::NoMore => {}
                StoredKind::Unknown => verified.unknown_samples += 1,
            }
            if sample.kind != StoredKind::Unknown && sample.flow >= open.flow_count() {
                return Err(damaged(&path, 0, Damage::Reference));
            }
        }
    }
    Ok(())
}

fn check_entry(
    open: &OpenSegment,
    (entry, record): (u32, &EntryRecord),
    payload: &[u8],
    verified: &mut Verified,
) -> Result<(), ReadError> {
    if record.flow >= open.flow_count() {
        let path = open.path(Part::Entries);
        return Err(damaged(&path, record_position(entry), Damage::Reference));
    }
    let start = record.position as usize;
    let stored = payload.get(start..start.saturating_add(record.kept_bytes as usize));
    let stored = stored.filter(|_| start >= HEAD_BYTES);
    if !stored.is_some_and(|stored| record.is_sound(stored)) {
        let path = open.path(Part::Payload);
        return Err(damaged(&path, start as u64, Damage::Checksum));
    }
    verified.payload_bytes += u64::from(record.kept_bytes);
    if !record.class.is_data() {
        let body = open.body(record)?;
        verified.unknown_fields += body.unknown_fields;
        verified.unknown_kinds += u64::from(matches!(body.kind, EventKind::Unknown { .. }));
    }
    Ok(())
}
