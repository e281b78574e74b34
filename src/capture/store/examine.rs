//! Examines what no entry is read for: where the files of a segment end, its index, its flows, its samples.

use std::fs;
use std::sync::Arc;

use super::format::{HEAD_BYTES, Head, SegmentFile};
use super::open::OpenSegment;
use super::samples::{SampleCursor, StoredKind};
use super::segment::{Segment, damaged, flow_position, read_whole};
use crate::capture::damage::{Damage, ReadError};

/// The samples of a segment, counted.
#[derive(Debug, Default)]
pub(super) struct SampleCount {
    /// How many are whole.
    pub(super) whole: u64,
    /// How many only a newer version knows.
    pub(super) unknown: u64,
    /// How many are damaged or missing, as far as that is known.
    pub(super) damaged: u64,
    /// What is damaged.
    pub(super) damage: Vec<ReadError>,
}

/// Returns what is wrong with the ends of a segment's files, its index and its flows.
pub(super) fn examine(segment: &Arc<Segment>) -> Vec<ReadError> {
    if segment.is_lost() {
        return Vec::new();
    }
    let mut found = longer_files(segment);
    let Ok(mut open) = OpenSegment::new(Arc::clone(segment)) else {
        // That its entries cannot be read has been reported, and is again with each of them.
        return found;
    };
    if segment.is_sealed() && segment.has_lanes() && !open.has_whole_lanes() {
        found.push(damaged(&segment.path(SegmentFile::Index), 0, Damage::Index));
    }
    found.extend(damaged_flows(&mut open));
    found
}

/// Returns the files that go on after what the seal says. An open segment may have a torn tail.
fn longer_files(segment: &Segment) -> Vec<ReadError> {
    if !segment.is_sealed() {
        return Vec::new();
    }
    let ends = segment.ends().into_iter();
    let longer = ends.filter(|(path, end)| fs::metadata(path).is_ok_and(|it| it.len() > *end));
    longer
        .map(|(path, end)| damaged(&path, end, Damage::Long))
        .collect()
}

fn damaged_flows(open: &mut OpenSegment) -> Vec<ReadError> {
    let path = open.path(SegmentFile::Flows);
    let (rows, outcome) = open.rows();
    let bodies: Vec<_> = rows.iter().map(|(_, body)| *body).collect();
    let mut found: Vec<_> = outcome.err().into_iter().collect();
    let repaired = open.repaired();
    found.extend(repaired.map(|row| damaged(&path, flow_position(row), Damage::Bit)));
    found.extend(bodies.iter().filter_map(|body| open.body_of(body).err()));
    found
}

/// Reads and checks the samples of a segment.
pub(super) fn examine_samples(segment: &Arc<Segment>) -> SampleCount {
    let mut count = SampleCount::default();
    if segment.is_lost() || (segment.samples_bytes() == 0 && segment.samples() == 0) {
        return count;
    }
    let path = segment.path(SegmentFile::Samples);
    let flows = segment.extent().flows;
    let mut cursor = SampleCursor::default();
    let mut read = 0;
    while cursor.is_behind(segment) {
        let block = cursor.read(segment);
        for sample in block.samples {
            let is_known = sample.kind != StoredKind::Unknown;
            if is_known && sample.flow >= flows {
                count.damage.push(damaged(&path, 0, Damage::Reference));
                continue;
            }
            read += 1;
            count.unknown += u64::from(!is_known);
            count.whole += u64::from(matches!(sample.kind, StoredKind::Sampled(_)));
        }
        count.damage.extend(block.damage);
    }
    count.damaged = match segment.samples() {
        0 => count.damage.len() as u64,
        all => u64::from(all).saturating_sub(read),
    };
    // It costs none of them.
    count.damage.extend(wrong_head(segment));
    count
}

fn wrong_head(segment: &Segment) -> Option<ReadError> {
    let path = segment.path(SegmentFile::Samples);
    let head = match read_whole(&path, HEAD_BYTES as u64) {
        Ok(head) => head,
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => {
            return Some(damaged(&path, 0, Damage::Missing));
        }
        Err(source) => {
            return Some(ReadError::Io {
                path,
                position: 0,
                source,
            });
        }
    };
    let Some(head) = head.first_chunk() else {
        return Some(damaged(&path, 0, Damage::Short));
    };
    let is_right = Head::decode(SegmentFile::Samples, head) == Some(*segment.head());
    (!is_right).then(|| damaged(&path, 0, Damage::Head))
}
