//! The locations of recently stored payloads, so that the same bytes are stored only once.

use super::id_map::IdMap;
use crate::net::{Payload, PayloadId};

/// How many payloads a generation holds.
const GENERATION: usize = 32_768;

/// The stored payloads of the last one to two generations, within one segment.
#[derive(Debug, Default)]
pub(super) struct Recent {
    young: IdMap<PayloadId, Stored>,
    old: IdMap<PayloadId, Stored>,
}

/// Part of a payload, and its position in the segment's payload file.
#[derive(Clone, Copy, Debug)]
struct Stored {
    start: u64,
    len: u64,
    position: u32,
    /// The checksum of all of it.
    sum: u32,
}

impl Recent {
    /// Returns the position of the first `len` bytes of `payload`, if they are stored, and their checksum, if it is
    /// known.
    pub(super) fn find(&mut self, payload: &Payload, len: u64) -> Option<(u32, Option<u32>)> {
        let stored = if let Some(stored) = self.young.get(&payload.id) {
            *stored
        } else {
            // A payload that is used again moves to the young generation.
            let stored = self.old.remove(&payload.id)?;
            self.insert(payload.id, stored);
            stored
        };
        let ahead = payload.start.checked_sub(stored.start)?;
        let is_inside = ahead.checked_add(len)? <= stored.len;
        let position = u64::from(stored.position) + ahead;
        let position = u32::try_from(position).ok().filter(|_| is_inside)?;
        let is_all = ahead == 0 && len == stored.len;
        Some((position, is_all.then_some(stored.sum)))
    }

    /// Remembers that the first `len` bytes of `payload` are stored at `position`, and their checksum.
    pub(super) fn remember(&mut self, payload: &Payload, len: u64, position: u32, sum: u32) {
        if payload.id == PayloadId::UNKNOWN {
            return;
        }
        let start = payload.start;
        let known = self.young.get(&payload.id);
        if known.is_none_or(|known| known.len <= len) {
            let stored = Stored {
                start,
                len,
                position,
                sum,
            };
            self.insert(payload.id, stored);
        }
    }

    fn insert(&mut self, id: PayloadId, stored: Stored) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(id, stored);
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    const SUM: u32 = 0x1234_5678;

    fn payload(id: u64, bytes: &'static [u8]) -> Payload {
        Payload::new(PayloadId(id), Bytes::from_static(bytes))
    }

    #[test]
    fn a_slice_of_a_stored_payload_is_found_inside_it() {
        let mut recent = Recent::default();
        let mut whole = payload(1, b"abcdef");
        recent.remember(&whole, 6, 100, SUM);
        assert_eq!(recent.find(&whole, 6), Some((100, Some(SUM))));
        let front = whole.split_to(2);
        assert_eq!(recent.find(&front, 2), Some((100, None)));
        assert_eq!(recent.find(&whole, 4), Some((102, None)));
        assert_eq!(recent.find(&payload(2, b"abcdef"), 6), None);
    }

    #[test]
    fn a_partly_stored_payload_is_not_found() {
        let mut recent = Recent::default();
        let mut rest = payload(1, b"abcdef");
        let front = rest.split_to(2);
        recent.remember(&front, 2, 100, SUM);
        assert_eq!(recent.find(&rest, 4), None);
        assert_eq!(recent.find(&payload(1, b"abcdef"), 6), None);
    }

    #[test]
    fn payloads_from_a_recording_are_not_mistaken_for_each_other() {
        let mut recent = Recent::default();
        recent.remember(&payload(PayloadId::UNKNOWN.0, b"abcdef"), 6, 100, SUM);
        let other = payload(PayloadId::UNKNOWN.0, b"uvwxyz");
        assert_eq!(recent.find(&other, 6), None);
    }

    #[test]
    fn payloads_in_use_are_remembered_longer_and_the_rest_is_bounded() {
        let mut recent = Recent::default();
        let canned = payload(u64::MAX, b"reply");
        recent.remember(&canned, 5, 32, SUM);
        for id in 1..=3 * GENERATION as u64 {
            recent.remember(&payload(id, b"x"), 1, 99, SUM);
            assert_eq!(recent.find(&canned, 5), Some((32, Some(SUM))));
        }
        assert!(recent.young.len() + recent.old.len() <= 2 * GENERATION);
        assert_eq!(recent.find(&payload(1, b"x"), 1), None);
    }
}
