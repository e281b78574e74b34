//! The rows of a samples file: what the system knew of a connection at one moment, beside the entries. This version writes
//! none, and skips and counts those of a newer one.

use super::bytes::FieldReader;
use super::head::Place;

/// The size of a sample without its body.
const SAMPLE_BYTES: usize = 20;

/// `checksum 4 · kind 2 · length of the body 2 · flow 4 · stamp 8 · body`
///
/// Returns what follows the sample at the beginning of `bytes`, which stands at `place`; `None` if it is damaged.
pub(in crate::capture::store) fn skip_sample(place: Place, bytes: &[u8]) -> Option<&[u8]> {
    let mut fields = FieldReader(bytes);
    let checksum = fields.u32()?;
    let _kind = fields.u16()?;
    let len = usize::from(fields.u16()?);
    let (sample, rest) = bytes.split_at_checked(SAMPLE_BYTES + len)?;
    let behind = sample.get(4..)?;
    (place.sum_behind(behind) == checksum).then_some(rest)
}
