//! What an endpoint remembers: bytes under keys, shared by its connections, and bounded.

use std::collections::HashMap;

use crate::payload::template::{Recall, Resolved};

/// The most that an endpoint remembers, in bytes, keys included.
pub const MEMORY_BYTES: usize = 16 * 1024 * 1024;
/// What a key costs besides its bytes and its value's.
const KEY_BYTES: usize = 64;

/// Bytes under keys.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    values: HashMap<Box<[u8]>, Vec<u8>>,
    used_bytes: usize,
}

/// There is no room for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl Memory {
    /// Remembers a value at a place. With a position, the value takes the place of the bytes there, and zeros fill what is
    /// between them and the end of what was remembered; without one it takes the place of all of it.
    ///
    /// # Errors
    /// There is no room for it. Then nothing has changed.
    pub fn remember(&mut self, place: &Resolved<'_>, value: &[u8]) -> Result<(), Full> {
        let from = if place.is_all { 0 } else { place.from };
        let end = from.checked_add(value.len()).ok_or(Full)?;
        let known = self.values.get(&*place.key);
        let before = known.map_or(0, |it| cost(&place.key, it.len()));
        let kept = if place.is_all {
            0
        } else {
            known.map_or(0, Vec::len)
        };
        let after = cost(&place.key, end.max(kept));
        let used_bytes = self.used_bytes - before + after;
        if used_bytes > MEMORY_BYTES {
            return Err(Full);
        }
        let kept = self.values.entry(place.key.as_ref().into()).or_default();
        if place.is_all {
            kept.clear();
            kept.extend_from_slice(value);
        } else {
            kept.resize(end.max(kept.len()), 0);
            if let Some(bytes) = kept.get_mut(from..end) {
                bytes.copy_from_slice(value);
            }
        }
        self.used_bytes = used_bytes;
        Ok(())
    }

    /// Forgets what is remembered under a key.
    pub fn forget(&mut self, key: &[u8]) {
        if let Some(value) = self.values.remove(key) {
            self.used_bytes -= cost(key, value.len());
        }
    }

    /// Returns whether all of a place is remembered.
    pub fn holds(&self, place: &Resolved<'_>) -> bool {
        let Some(value) = self.recall(&place.key) else {
            return false;
        };
        let end = place
            .len
            .map_or(Some(place.from), |len| place.from.checked_add(len));
        end.is_some_and(|end| end <= value.len())
    }
}

impl Recall for Memory {
    fn recall(&self, key: &[u8]) -> Option<&[u8]> {
        self.values.get(key).map(Vec::as_slice)
    }
}

fn cost(key: &[u8], value_bytes: usize) -> usize {
    KEY_BYTES + key.len() + value_bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(key: &str, from: Option<usize>, len: Option<usize>) -> Resolved<'_> {
        Resolved {
            key: key.as_bytes().into(),
            from: from.unwrap_or(0),
            len,
            is_all: from.is_none() && len.is_none(),
        }
    }

    #[test]
    fn a_value_is_replaced_as_a_whole_or_in_part() {
        let mut memory = Memory::default();
        let all = place("a", None, None);
        memory.remember(&all, b"hello").unwrap();
        memory.remember(&place("a", Some(3), None), b"LOW").unwrap();
        assert_eq!(memory.recall(b"a"), Some(&b"helLOW"[..]));
        memory.remember(&place("a", Some(8), None), b"!").unwrap();
        assert_eq!(memory.recall(b"a"), Some(&b"helLOW\0\0!"[..]));
        memory.remember(&all, b"x").unwrap();
        assert_eq!(memory.recall(b"a"), Some(&b"x"[..]));
        memory.forget(b"a");
        memory.forget(b"a");
        assert_eq!((memory.recall(b"a"), memory.used_bytes), (None, 0));
    }

    #[test]
    fn a_place_is_held_if_all_of_it_is_there() {
        let mut memory = Memory::default();
        memory.remember(&place("a", None, None), b"1234").unwrap();
        let check = |key: &str, from: Option<usize>, len: Option<usize>, expected: bool| {
            assert_eq!(
                memory.holds(&place(key, from, len)),
                expected,
                "{key} {from:?} {len:?}"
            );
        };
        check("a", None, None, true);
        check("a", Some(2), Some(2), true);
        check("a", Some(2), Some(3), false);
        check("a", Some(usize::MAX), Some(1), false);
        check("b", None, None, false);
    }

    #[test]
    fn memory_is_bounded_and_keeps_what_it_has() {
        let mut memory = Memory::default();
        memory.remember(&place("a", None, None), b"kept").unwrap();
        let far = place("a", Some(MEMORY_BYTES), None);
        assert_eq!(memory.remember(&far, b"x"), Err(Full));
        let beyond = place("a", Some(usize::MAX), None);
        assert_eq!(memory.remember(&beyond, b"x"), Err(Full));
        let large = vec![0; MEMORY_BYTES];
        assert_eq!(memory.remember(&place("b", None, None), &large), Err(Full));
        assert_eq!(memory.recall(b"a"), Some(&b"kept"[..]));
        assert_eq!(memory.recall(b"b"), None);
    }
}
