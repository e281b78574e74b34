//! Hash tables keyed by numbers that nobody but this program chooses, so that a quick hash does.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table keyed by ids of ours.
pub(super) type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// An odd number whose bits look random (the golden ratio, as in Knuth's multiplicative hashing).
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Mixes the numbers of a key.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        // The high bits are mixed best, and a table looks at the low ones first.
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(byte.into());
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(FACTOR);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_u64(number as u64);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::{BuildHasher as _, BuildHasherDefault};

    use super::*;
    use crate::net::{EndpointId, FlowId};

    #[test]
    fn ids_in_a_row_get_places_of_their_own() {
        let hasher = BuildHasherDefault::<IdHasher>::default();
        let mut places = HashSet::new();
        for endpoint in 0..16 {
            for number in 0..1_024 {
                let key = (EndpointId(endpoint), Some(FlowId::server(number)));
                places.insert(hasher.hash_one(key) & 0xFFFF);
            }
        }
        // As many as chance leaves: 65,536 × (1 − e^(−1/4)) = 14,497.
        assert!(places.len() > 13_000, "{}", places.len());
    }
}
