//! The rows of a samples file: what the kernel said of a connection at one moment, beside the entries. Kinds that only a
//! newer version knows are skipped and counted.

use super::bytes::FieldReader;
use super::head::RowLocation;
use crate::net::Stamp;

/// The size of a sample without its body.
const SAMPLE_BYTES: usize = 20;

/// A row of a samples file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::capture::store) struct SampleRow<'a> {
    /// The number of its kind.
    pub(in crate::capture::store) kind: u16,
    /// Its flow: a row of the segment's flows.
    pub(in crate::capture::store) flow: u32,
    /// Its stamp.
    pub(in crate::capture::store) stamp: Stamp,
    /// Its fields.
    pub(in crate::capture::store) body: &'a [u8],
}

impl<'a> SampleRow<'a> {
    /// Appends `checksum 4 · kind 2 · length of the body 2 · flow 4 · stamp 8 · body`. A body that is too long is left out:
    /// none is.
    pub(in crate::capture::store) fn encode(&self, place: RowLocation, bytes: &mut Vec<u8>) {
        let body = match u16::try_from(self.body.len()) {
            Ok(_) => self.body,
            Err(_) => &[],
        };
        let begin = bytes.len();
        bytes.extend([0; 4]);
        bytes.extend(self.kind.to_le_bytes());
        bytes.extend((body.len() as u16).to_le_bytes());
        bytes.extend(self.flow.to_le_bytes());
        bytes.extend(self.stamp.0.to_le_bytes());
        bytes.extend_from_slice(body);
        let behind = bytes.get(begin + 4..).unwrap_or_default();
        let checksum = place.sum_behind(behind).to_le_bytes();
        if let Some(room) = bytes.get_mut(begin..begin + 4) {
            room.copy_from_slice(&checksum);
        }
    }

    /// Returns its size.
    pub(in crate::capture::store) fn len_bytes(&self) -> u64 {
        (SAMPLE_BYTES + self.body.len()) as u64
    }

    /// Returns the size of the row at the beginning of `bytes`, as it says; `None` if even that is cut off.
    pub(in crate::capture::store) fn len_of(bytes: &[u8]) -> Option<usize> {
        let mut fields = FieldReader(bytes.get(6..)?);
        Some(SAMPLE_BYTES + usize::from(fields.u16()?))
    }

    /// Returns the sizes that a damaged row at the beginning of `bytes` may have: what it says, and what it would say if one
    /// bit of that were different.
    pub(in crate::capture::store) fn lens_of(bytes: &[u8]) -> impl Iterator<Item = usize> + use<> {
        let body = Self::len_of(bytes).map(|len| len - SAMPLE_BYTES);
        let bits = (0..16).map(|bit| 1_usize << bit);
        let changes = std::iter::once(0).chain(bits);
        body.into_iter()
            .flat_map(move |body| changes.clone().map(move |it| SAMPLE_BYTES + (body ^ it)))
    }

    /// Returns the row at the beginning of `bytes`, which stands at `place`, and what follows it; `None` if it is damaged.
    pub(in crate::capture::store) fn decode(
        place: RowLocation,
        bytes: &'a [u8],
    ) -> Option<(Self, &'a [u8])> {
        let mut fields = FieldReader(bytes);
        let checksum = fields.u32()?;
        let kind = fields.u16()?;
        let len = usize::from(fields.u16()?);
        let flow = fields.u32()?;
        let stamp = Stamp(fields.u64()?);
        let (whole, rest) = bytes.split_at_checked(SAMPLE_BYTES + len)?;
        let row = Self {
            kind,
            flow,
            stamp,
            body: whole.get(SAMPLE_BYTES..)?,
        };
        (place.sum_behind(whole.get(4..)?) == checksum).then_some((row, rest))
    }
}
