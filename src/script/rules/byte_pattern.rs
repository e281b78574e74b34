//! Bytes to compare with, some of which may be anything.

use core::ops::Range;

/// The most bytes of a request that are compared to find the nearest place. One that is farther on is not found.
const MOST_COMPARED: usize = 64 * 1024;

/// Bytes, of which some may be any, and of which letters may be in either case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BytePattern {
    /// The bytes; `None` for any.
    bytes: Vec<Option<u8>>,
    /// The bytes, if none may be any and case matters.
    exact: Option<Box<[u8]>>,
    ignores_case: bool,
}

impl BytePattern {
    /// Makes a pattern. Without case, ASCII letters are the same in either.
    pub fn new(bytes: Vec<Option<u8>>, ignores_case: bool) -> Self {
        let exact: Option<Vec<u8>> = bytes.iter().copied().collect();
        Self {
            exact: exact.filter(|_| !ignores_case).map(Vec::into_boxed_slice),
            bytes,
            ignores_case,
        }
    }

    /// Returns its length in bytes.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Returns its bytes; `None` for any.
    pub fn bytes(&self) -> &[Option<u8>] {
        &self.bytes
    }

    /// Returns whether letters may be in either case.
    pub fn ignores_case(&self) -> bool {
        self.ignores_case
    }

    /// Returns how many bytes of `bytes` agree with the beginning of the pattern.
    pub(super) fn agreement(&self, bytes: &[u8]) -> usize {
        let both = self.bytes.iter().zip(bytes);
        both.take_while(|(wanted, byte)| self.agrees(**wanted, **byte))
            .count()
    }

    /// Returns whether `bytes` begin with it.
    pub(super) fn begins(&self, bytes: &[u8]) -> bool {
        match &self.exact {
            Some(exact) => bytes.starts_with(exact),
            None => self.agreement(bytes) == self.len(),
        }
    }

    /// Returns where it is in `bytes` first.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<Range<usize>> {
        let start = if let Some(exact) = &self.exact {
            memchr::memmem::find(bytes, exact)
        } else {
            let last = bytes.len().checked_sub(self.len())?;
            let begins = |at: &usize| bytes.get(*at..).is_some_and(|rest| self.begins(rest));
            (0..=last).find(begins)
        }?;
        Some(start..start + self.len())
    }

    /// Returns the place in `bytes` where most of it agrees, and how much.
    pub(super) fn nearest(&self, bytes: &[u8]) -> (usize, usize) {
        let mut best = (0, 0);
        let mut compared = 0;
        for at in 0..bytes.len() {
            let agreeing = self.agreement(bytes.get(at..).unwrap_or_default());
            if agreeing > best.1 {
                best = (at, agreeing);
            }
            compared += agreeing + 1;
            if compared > MOST_COMPARED {
                break;
            }
        }
        best
    }

    fn agrees(&self, wanted: Option<u8>, byte: u8) -> bool {
        match wanted {
            None => true,
            Some(wanted) if self.ignores_case => wanted.eq_ignore_ascii_case(&byte),
            Some(wanted) => wanted == byte,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str, ignores_case: bool) -> BytePattern {
        let any = |byte: u8| (byte != b'?').then_some(byte);
        BytePattern::new(text.bytes().map(any).collect(), ignores_case)
    }

    #[test]
    fn any_byte_and_either_case_agree() {
        let check =
            |text: &str, ignores_case: bool, bytes: &str, expected: Option<Range<usize>>| {
                let found = pattern(text, ignores_case).find(bytes.as_bytes());
                assert_eq!(found, expected, "{text} in {bytes}");
            };
        check("lo", false, "hello", Some(3..5));
        check("LO", false, "hello", None);
        check("LO", true, "hello", Some(3..5));
        check("h?l", false, "hel", Some(0..3));
        check("l?", false, "hello", Some(2..4));
        check("longer", false, "long", None);
        check("longe?", false, "long", None);
        check("", false, "x", Some(0..0));
    }

    #[test]
    fn the_nearest_place_is_where_most_agrees() {
        assert_eq!(pattern("abcd", false).nearest(b"ab abc a"), (3, 3));
        assert_eq!(pattern("abcd", false).nearest(b""), (0, 0));
    }
}
