//! The head at the start of each file of a segment, and the places of rows, which its segment is part of.

use uuid::Uuid;

use super::VERSION;
use super::bytes::{ByteCursor, seal_last, sum, whole_but_last};

/// The size of the head at the start of every file.
pub(in crate::capture::store) const HEAD_BYTES: usize = 64;
/// The highest first entry of a segment: it leaves room to count on from there.
pub(super) const MAX_FIRST_ENTRY: u64 = u64::MAX / 2;

/// The files of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::capture::store) enum SegmentFile {
    Entries,
    Payload,
    Flows,
    Index,
    /// Beside the others, if there are any.
    Samples,
}

impl SegmentFile {
    /// The files that every segment has.
    pub(in crate::capture::store) const ALL: [Self; 4] =
        [Self::Entries, Self::Payload, Self::Flows, Self::Index];

    /// Returns the file extension.
    pub(in crate::capture::store) fn extension(self) -> &'static str {
        match self {
            Self::Entries => "entries",
            Self::Payload => "payload",
            Self::Flows => "flows",
            Self::Index => "index",
            Self::Samples => "samples",
        }
    }

    fn magic(self) -> &'static [u8; 4] {
        match self {
            Self::Entries => b"BEen",
            Self::Payload => b"BEpa",
            Self::Flows => b"BEfl",
            Self::Index => b"BEix",
            Self::Samples => b"BEsa",
        }
    }
}

/// The head of each file of a segment: the same in all of them, so that one is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::capture::store) struct Head {
    /// The capture that the segment belongs to.
    pub(in crate::capture::store) capture: Uuid,
    /// The segment's number.
    pub(in crate::capture::store) segment: u32,
    /// The number of the segment's first entry.
    pub(in crate::capture::store) first_entry: u64,
    /// The wall-clock time at stamp 0, in nanoseconds since 1970, as of the start of the segment.
    pub(in crate::capture::store) base_nanos: i64,
}

/// Where a row stands: its checksum covers that too, so that no row can pass for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::capture::store) struct RowLocation {
    /// Stands for the segment: the checksum of its capture's id, continued over the number of its first entry.
    segment: u32,
    /// The number of the row in its file.
    row: u32,
}

impl RowLocation {
    /// Returns the place of another row of the same file.
    pub(in crate::capture::store) fn at(self, row: u32) -> Self {
        Self { row, ..self }
    }

    /// Returns the checksum of a row here. The first four bytes of the row, which are for the checksum, do not count.
    pub(in crate::capture::store) fn sum<const LEN: usize>(self, row: &[u8; LEN]) -> u32 {
        // A CRC begins by adding the first four bytes to what it starts with. So they are replaced by the number of the row
        // there, and the row is neither copied nor gone through twice.
        let first = row
            .first_chunk()
            .map_or(0, |first| u32::from_le_bytes(*first));
        let mut hasher = crc32fast::Hasher::new_with_initial(self.segment ^ self.row ^ first);
        hasher.update(row);
        hasher.finalize()
    }

    /// Returns the checksum of what stands here behind its first four bytes, which are for the checksum.
    pub(super) fn sum_behind(self, behind: &[u8]) -> u32 {
        let mut hasher = crc32fast::Hasher::new_with_initial(self.segment);
        hasher.update(&self.row.to_le_bytes());
        hasher.update(behind);
        hasher.finalize()
    }
}

impl Head {
    /// Returns the place of a row of the segment.
    pub(in crate::capture::store) fn place(&self, row: u32) -> RowLocation {
        let mut hasher = crc32fast::Hasher::new_with_initial(sum(self.capture.as_bytes()));
        hasher.update(&self.first_entry.to_le_bytes());
        RowLocation {
            segment: hasher.finalize(),
            row,
        }
    }

    /// `magic 4 · version 4 · capture 16 · segment 4 · spare 4 · first entry 8 · base 8 · spare 12 · checksum 4`
    pub(in crate::capture::store) fn encode(&self, part: SegmentFile) -> [u8; HEAD_BYTES] {
        let mut bytes = [0; HEAD_BYTES];
        ByteCursor::new(&mut bytes)
            .put(part.magic())
            .put(&VERSION.to_le_bytes())
            .put(self.capture.as_bytes())
            .put(&self.segment.to_le_bytes())
            .skip(4)
            .put(&self.first_entry.to_le_bytes())
            .put(&self.base_nanos.to_le_bytes());
        seal_last(&mut bytes);
        bytes
    }

    pub(in crate::capture::store) fn decode(
        part: SegmentFile,
        bytes: &[u8; HEAD_BYTES],
    ) -> Option<Self> {
        let mut fields = whole_but_last(bytes)?;
        let magic = fields.take::<4>()?;
        let version = fields.u32()?;
        let capture = Uuid::from_bytes(fields.take()?);
        let segment = fields.u32()?;
        fields.take::<4>()?;
        let head = Self {
            capture,
            segment,
            first_entry: fields.u64()?,
            base_nanos: i64::from_le_bytes(fields.take()?),
        };
        let is_known = magic == *part.magic() && version == VERSION;
        (is_known && head.first_entry <= MAX_FIRST_ENTRY).then_some(head)
    }
}
