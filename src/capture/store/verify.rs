//! Checks everything that a capture holds.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::examine::{examine, examine_samples};
use super::format::{EntryRecord, HEAD_BYTES, SegmentFile};
use super::open::OpenSegment;
use super::records::RecordBlock;
use super::segment::{Segment, damaged, record_position};
use super::{PacketCheck, Soundness, Store};
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
    /// How many samples are damaged or missing.
    pub damaged_samples: u64,
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

    /// Notes what is not known yet.
    fn note_new(&mut self, error: ReadError) {
        if self.damage.iter().all(|known| !known.covers(&error)) {
            self.note(error);
        }
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
        if let PacketCheck::Damaged(error) = self.check_packets() {
            verified.note_new(error);
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
    for error in examine(segment) {
        verified.note_new(error);
    }
    let bodies: Vec<_> = open.rows().0.iter().map(|(_, body)| *body).collect();
    for body in bodies {
        verified.unknown_fields += u64::from(body.unknown_fields);
        if open.body_of(&body).is_ok() {
            verified.payload_bytes += u64::from(body.len);
        }
    }
    check_samples(segment, verified);
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
        .any(|it| it.path() == segment.path(SegmentFile::Index));
    if !is_index_known && !is_reported && verified.damage.len() == damaged_before {
        // With damaged records the index cannot be compared.
        verified.note(damaged(&segment.path(SegmentFile::Index), 0, Damage::Index));
    }
    ControlFlow::Continue(())
}

fn check_samples(segment: &Arc<Segment>, verified: &mut Verified) {
    let count = examine_samples(segment);
    verified.samples += count.whole;
    verified.unknown_samples += count.unknown;
    verified.damaged_samples += count.damaged;
    for error in count.damage {
        verified.note_new(error);
    }
}

fn check_entry(
    open: &OpenSegment,
    (entry, record): (u32, &EntryRecord),
    payload: &[u8],
    verified: &mut Verified,
) -> Result<(), ReadError> {
    if record.flow >= open.flow_count() {
        let path = open.path(SegmentFile::Entries);
        return Err(damaged(&path, record_position(entry), Damage::Reference));
    }
    let start = record.position as usize;
    let stored = payload.get(start..start.saturating_add(record.kept_bytes as usize));
    let stored = stored.filter(|_| start >= HEAD_BYTES);
    if !stored.is_some_and(|stored| record.is_sound(stored)) {
        let path = open.path(SegmentFile::Payload);
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
