//! The seal of a segment: why it ended, and what it holds.

use super::bytes::{ByteCursor, seal_last, whole_but_last};
use super::{MAX_ENTRIES, MAX_PAYLOAD_BYTES};

/// The size of a seal.
pub(in crate::capture::store) const SEAL_BYTES: usize = 64;

/// Why a segment ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ended {
    /// It has not ended: it is being written, or its writer was killed.
    #[default]
    Open,
    /// The next segment followed.
    Rotated,
    /// Recording ended in order.
    Closed,
    /// The limit was reached.
    Bound,
    /// The disk was full.
    Full,
    /// The user switched recording off.
    Off,
    /// Writing failed.
    Failed,
}

impl Ended {
    const ALL: [Self; 7] = [
        Self::Open,
        Self::Rotated,
        Self::Closed,
        Self::Bound,
        Self::Full,
        Self::Off,
        Self::Failed,
    ];
}

/// What a segment holds and why it ended: the last bytes of its index. While the segment is open, they say which
/// segments before it are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::capture::store) struct Seal {
    pub(in crate::capture::store) ended: Ended,
    pub(in crate::capture::store) entries: u32,
    pub(in crate::capture::store) flows: u32,
    /// The length of the payload file, including its head.
    pub(in crate::capture::store) payload_bytes: u64,
    /// The oldest segment that is kept, and its first entry.
    pub(in crate::capture::store) oldest: (u32, u64),
    /// How long the lanes after the seal are; 0 if they could not be written.
    pub(in crate::capture::store) lanes_bytes: u32,
    /// How many entries after the segment's last were not recorded.
    pub(in crate::capture::store) unrecorded: u64,
    /// How many samples there are.
    pub(in crate::capture::store) samples: u32,
    /// The length of the samples file, including its head; 0 if there is none, or if an earlier version did not say.
    pub(in crate::capture::store) samples_bytes: u32,
}

const SEAL_MAGIC: [u8; 4] = *b"BEse";

impl Seal {
    /// `magic 4 · ended 1 · spare 3 · entries 4 · flows 4 · payload bytes 8 · oldest segment 4 · lanes bytes 4 · its
    /// first entry 8 · not recorded 8 · samples 4 · samples bytes 4 · spare 4 · checksum 4`
    pub(in crate::capture::store) fn encode(&self) -> [u8; SEAL_BYTES] {
        let mut bytes = [0; SEAL_BYTES];
        ByteCursor::new(&mut bytes)
            .put(&SEAL_MAGIC)
            .put(&[self.ended as u8])
            .skip(3)
            .put(&self.entries.to_le_bytes())
            .put(&self.flows.to_le_bytes())
            .put(&self.payload_bytes.to_le_bytes())
            .put(&self.oldest.0.to_le_bytes())
            .put(&self.lanes_bytes.to_le_bytes())
            .put(&self.oldest.1.to_le_bytes())
            .put(&self.unrecorded.to_le_bytes())
            .put(&self.samples.to_le_bytes())
            .put(&self.samples_bytes.to_le_bytes());
        seal_last(&mut bytes);
        bytes
    }

    pub(in crate::capture::store) fn decode(bytes: &[u8; SEAL_BYTES]) -> Option<Self> {
        let mut fields = whole_but_last(bytes)?;
        let magic = fields.take::<4>()?;
        let [ended, _, _, _] = fields.take()?;
        let entries = fields.u32()?;
        let flows = fields.u32()?;
        let payload_bytes = fields.u64()?;
        let oldest = fields.u32()?;
        let lanes_bytes = fields.u32()?;
        let seal = Self {
            // A reason that is not known is a failure of some kind.
            ended: Ended::ALL
                .get(usize::from(ended))
                .copied()
                .unwrap_or(Ended::Failed),
            entries,
            flows,
            payload_bytes,
            oldest: (oldest, fields.u64()?),
            lanes_bytes,
            unrecorded: fields.u64()?,
            samples: fields.u32()?,
            samples_bytes: fields.u32()?,
        };
        let is_possible = entries <= MAX_ENTRIES && payload_bytes <= MAX_PAYLOAD_BYTES;
        (magic == SEAL_MAGIC && is_possible).then_some(seal)
    }
}
