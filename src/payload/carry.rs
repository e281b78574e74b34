//! The incomplete character at the end of the bytes read so far from a stream.

use std::str;

/// The bytes of an incomplete UTF-8 character: none to three.
///
/// Reads split a stream anywhere. A row's text depends on the bytes before it only through this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Carry {
    bytes: [u8; Self::MAX],
    len: u8,
}

impl Carry {
    /// The most bytes of an incomplete character.
    const MAX: usize = 3;

    /// Makes a carry of exactly these bytes; `None` if they are not the beginning of a single character.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        // Nearly all are.
        if bytes.is_empty() {
            return Some(Self::default());
        }
        let carry = Self::default().advance(bytes);
        (carry.as_slice() == bytes).then_some(carry)
    }

    /// Returns the bytes.
    pub fn as_slice(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or(&[])
    }

    /// Returns whether the stream is between two characters.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Returns the carry after `chunk`.
    ///
    /// Takes constant time, whatever the chunk's length. Bytes that can no longer become a character leave nothing
    /// pending, even if more continuation bytes could follow (`E0 80`).
    #[must_use]
    pub fn advance(self, chunk: &[u8]) -> Self {
        let mut tail = Self::default();
        let new = last(chunk, Self::MAX);
        let old = last(self.as_slice(), Self::MAX - new.len());
        tail.extend(old);
        tail.extend(new);
        let mut ends = (0..usize::from(tail.len)).filter_map(|start| tail.as_slice().get(start..));
        let pending = ends.find(|end| is_unfinished(end));
        let mut carry = Self::default();
        carry.extend(pending.unwrap_or_default());
        carry
    }

    /// Appends as many of `bytes` as fit.
    fn extend(&mut self, bytes: &[u8]) {
        let room = self.bytes.iter_mut().skip(usize::from(self.len));
        let mut added = 0;
        for (place, &byte) in room.zip(bytes) {
            *place = byte;
            added += 1;
        }
        self.len += added;
    }
}

/// Returns the last bytes of `bytes`, at most `count`.
fn last(bytes: &[u8], count: usize) -> &[u8] {
    let start = bytes.len().saturating_sub(count);
    bytes.get(start..).unwrap_or_default()
}

/// Returns whether `bytes` are a single incomplete character that can still be completed.
fn is_unfinished(bytes: &[u8]) -> bool {
    str::from_utf8(bytes)
        .is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::payload::visible::tests::mostly_text;

    /// The bytes of the stream that std's decoder leaves pending.
    fn pending(stream: &[u8]) -> &[u8] {
        let mut rest = stream;
        while let Err(error) = str::from_utf8(rest) {
            rest = &rest[error.valid_up_to()..];
            match error.error_len() {
                Some(invalid) => rest = &rest[invalid..],
                None => return rest,
            }
        }
        &[]
    }

    #[test]
    fn an_incomplete_character_is_carried_over() {
        let check = |stream: &[u8], expected: &[u8]| {
            assert_eq!(Carry::default().advance(stream).as_slice(), expected);
        };
        check(b"", b"");
        check(b"abc", b"");
        check("日".as_bytes(), b"");
        check(b"ab\xE6", b"\xE6");
        check(b"\xE6\x97", b"\xE6\x97");
        check(b"\xF0\x9F\x98", b"\xF0\x9F\x98");
        check(b"\xE0\x80", b"");
        check(b"\xED\xA0", b"");
        check(b"\xF4\x90", b"");
        check(b"\xC0", b"");
        check(b"\xFF", b"");
        check(b"\x97\x97", b"");
        check(b"\xE6\x97\xE6", b"\xE6");
    }

    #[test]
    fn only_the_beginning_of_a_character_is_a_carry() {
        assert_eq!(Carry::new(b""), Some(Carry::default()));
        assert!(Carry::new(b"\xE6\x97").is_some());
        assert_eq!(Carry::new(b"a\xE6"), None);
        assert_eq!(Carry::new(b"a"), None);
        assert_eq!(Carry::new(b"\xE0\x80"), None);
    }

    proptest! {
        #[test]
        fn decoding_chunk_by_chunk_equals_decoding_the_whole(
            chunks in proptest::collection::vec(mostly_text(6), 0..8),
        ) {
            let carry = chunks.iter().fold(Carry::default(), |carry, chunk| carry.advance(chunk));
            let stream = chunks.concat();
            prop_assert_eq!(carry.as_slice(), pending(&stream));
        }
    }
}
