//! Tells apart, piece by piece, what may matter to a search for certain bytes from what cannot.
//!
//! Most pieces of most streams have nothing to do with what is searched for. A piece matters if the bytes are found in
//! it, if it ends as they begin, or if the piece before it in its stream did. Where the bytes occur in the buffer is
//! determined once for all pieces, so mostly nothing but the last byte of a piece has to be looked at.

use std::ops::Range;

use memchr::memmem::Finder;

/// More bytes are searched for without a sieve: whether a piece ends as they begin takes too long.
const MAX_BYTES: usize = 256;
/// If the bytes are found more often, too many pieces matter.
const MAX_FOUND: usize = 64 * 1024;

/// Tells which pieces of one buffer matter to a search.
#[derive(Debug)]
pub(in crate::capture) struct Sieve(Vec<Mesh>);

/// What a sieve finds in a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::capture) struct Sifted {
    /// It contains a match.
    pub(in crate::capture) is_match: bool,
    /// A match may continue behind it, whether it starts here or before.
    pub(in crate::capture) is_open: bool,
}

impl Sifted {
    /// What may be in a piece that cannot be looked at.
    pub(in crate::capture) const UNKNOWN: Self = Self {
        is_match: true,
        is_open: true,
    };
}

/// What is searched for in one encoding.
#[derive(Debug)]
struct Mesh {
    bytes: Vec<u8>,
    /// Which bytes there are before the last one: a match that continues behind a piece leaves one of them at its end.
    has: [bool; 256],
    /// Where they are found in the buffer.
    places: Vec<usize>,
}

impl Sieve {
    /// Makes a sieve for pieces of a buffer, in which any of these literals is searched for. `None` if the search itself
    /// is as fast.
    pub(super) fn new(literals: Vec<&[u8]>, buffer: &[u8]) -> Option<Self> {
        let meshes = literals.into_iter().map(|it| Mesh::new(it, buffer));
        Some(Self(meshes.collect::<Option<_>>()?))
    }

    /// Looks at the piece there.
    pub(in crate::capture) fn look(&self, buffer: &[u8], range: Range<usize>) -> Sifted {
        let Some(piece) = buffer.get(range.clone()) else {
            return Sifted::UNKNOWN;
        };
        let mut found = Sifted::default();
        for mesh in &self.0 {
            found.is_match |= mesh.is_in(range.clone());
            found.is_open |= mesh.is_open_behind(piece);
        }
        found
    }
}

impl Mesh {
    fn new(bytes: &[u8], buffer: &[u8]) -> Option<Self> {
        let (_, before_last) = bytes.split_last()?;
        if bytes.len() > MAX_BYTES {
            return None;
        }
        let mut has = [false; 256];
        for byte in before_last {
            has[usize::from(*byte)] = true;
        }
        let finder = Finder::new(bytes);
        let (mut places, mut from) = (Vec::new(), 0);
        while let Some(place) = buffer.get(from..).and_then(|rest| finder.find(rest)) {
            if places.len() == MAX_FOUND {
                return None;
            }
            places.push(from + place);
            from += place + 1;
        }
        Some(Self {
            bytes: bytes.to_vec(),
            has,
            places,
        })
    }

    /// Returns whether a match lies within these bytes of the buffer.
    fn is_in(&self, range: Range<usize>) -> bool {
        if self.places.is_empty() {
            return false;
        }
        let first = self.places.partition_point(|place| *place < range.start);
        let place = self.places.get(first);
        place.is_some_and(|place| place + self.bytes.len() <= range.end)
    }

    /// Returns whether a match may continue behind this piece: it ends as the bytes begin, or is all in their middle.
    fn is_open_behind(&self, piece: &[u8]) -> bool {
        match piece.last() {
            Some(last) if !self.has[usize::from(*last)] => false,
            Some(last) => {
                // Mostly the last byte decides.
                let ends = |with: &[u8]| with.last() == Some(last) && piece.ends_with(with);
                let most = piece.len().min(self.bytes.len() - 1);
                let begins = |len: usize| self.bytes.get(..len).is_some_and(ends);
                (1..=most).any(begins) || self.bytes.windows(piece.len()).any(ends)
            }
            // What was open before it stays so.
            None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in the first piece of a buffer.
    fn look(literal: &str, piece: &str, rest: &str) -> (bool, bool) {
        let buffer = format!("{piece}{rest}");
        let sieve = Sieve::new(vec![literal.as_bytes()], buffer.as_bytes()).unwrap();
        let found = sieve.look(buffer.as_bytes(), 0..piece.len());
        (found.is_match, found.is_open)
    }

    #[test]
    fn a_piece_matters_if_a_match_is_in_it_or_may_continue_behind_it() {
        assert_eq!(look("needle", "a needle.", ""), (true, false));
        assert_eq!(look("needle", "a need", "le"), (false, true));
        assert_eq!(look("needle", "a nee", "x"), (false, true));
        assert_eq!(
            look("needle", "eed", ""),
            (false, true),
            "all in the middle"
        );
        assert_eq!(look("needle", "a eed", ""), (false, false));
        assert_eq!(look("needle", "le", ""), (false, true), "it is a part");
        assert_eq!(look("needle", "nothing\n", "needle"), (false, false));
        assert_eq!(look("needle", "", "needle"), (false, true));
        assert_eq!(look("aa", "aaa", "a"), (true, true));
        assert_eq!(
            look("n", "n", "n"),
            (true, false),
            "one byte crosses nothing"
        );
    }

    #[test]
    fn a_match_that_overlaps_another_is_seen() {
        let buffer = b"xabababx";
        let sieve = Sieve::new(vec![b"abab"], buffer).unwrap();
        assert!(sieve.look(buffer, 1..5).is_match);
        assert!(sieve.look(buffer, 3..7).is_match);
        assert!(!sieve.look(buffer, 2..6).is_match);
        assert!(
            sieve.look(buffer, 2..9).is_match,
            "what is not there is kept"
        );
    }

    #[test]
    fn what_is_found_everywhere_and_what_is_long_is_searched_for_without_a_sieve() {
        let buffer = vec![b'a'; MAX_FOUND + 1];
        assert!(Sieve::new(vec![b"a"], &buffer).is_none());
        assert!(Sieve::new(vec![b"b"], &buffer).is_some());
        assert!(Sieve::new(vec![&[b'b'; MAX_BYTES + 1]], &buffer).is_none());
    }
}
