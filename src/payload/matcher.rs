//! Where a pattern matches in a payload, for marks in what is shown.

use std::fmt;
use std::ops::Range;

use super::Encoding;
use super::pattern::{Overlap, Pattern, Scratch};

/// The most matches that are found in one payload; what comes after them stays unmarked.
pub const MAX_MATCHES: usize = 65_536;

/// A pattern, ready to be found in payloads of any encoding again and again.
pub struct Matcher {
    pattern: Pattern,
    /// The pattern in each encoding that came up; `None` where it cannot match.
    in_encodings: Vec<(Encoding, Option<(Pattern, Scratch)>)>,
}

impl Matcher {
    /// Prepares a pattern.
    pub fn new(pattern: Pattern) -> Self {
        Self {
            pattern,
            in_encodings: Vec::new(),
        }
    }

    /// Returns the pattern.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// Returns where the pattern matches in `bytes`, taken as a whole stream in this encoding, in ascending order; at
    /// most [`MAX_MATCHES`]. A match of nothing (`^`) is left out.
    ///
    /// Of text and hex every occurrence counts, even one that begins within another.
    pub fn matches(&mut self, encoding: Encoding, bytes: &[u8]) -> Vec<Range<usize>> {
        let known = self.in_encodings.iter().position(|it| it.0 == encoding);
        let place = known.unwrap_or_else(|| {
            let pattern = self.pattern.in_encoding(encoding).ok();
            let pattern = pattern.filter(Pattern::can_match);
            let pattern = pattern.map(|it| (it.clone(), it.scratch()));
            self.in_encodings.push((encoding, pattern));
            self.in_encodings.len() - 1
        });
        match self.in_encodings.get_mut(place) {
            Some((_, Some((pattern, scratch)))) => matches(pattern, scratch, bytes),
            _ => Vec::new(),
        }
    }
}

impl fmt::Debug for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Matcher({:?})", self.pattern)
    }
}

fn matches(pattern: &Pattern, scratch: &mut Scratch, bytes: &[u8]) -> Vec<Range<usize>> {
    let mut matches = Vec::new();
    let mut next = 0;
    for _ in 0..MAX_MATCHES {
        let Some(found) = pattern.find(scratch, bytes, next..bytes.len()) else {
            break;
        };
        next = match pattern.overlap() {
            Overlap::All => found.start + 1,
            Overlap::None => found.end.max(found.start + 1),
        };
        if !found.is_empty() {
            matches.push(found);
        }
    }
    matches
}

/// Joins ranges in ascending order: those that overlap or touch become one.
pub fn joined(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::Case;

    #[test]
    fn matches_are_joined_to_ascending_ranges() {
        let check = |typed: &str, encoding: &str, bytes: &[u8], expected: &[(usize, usize)]| {
            let mut matcher = Matcher::new(Pattern::parse_find(typed, Case::Ignored).unwrap());
            // Twice: what was prepared for the first is used again.
            for _ in 0..2 {
                let found = joined(matcher.matches(encoding.parse().unwrap(), bytes)).into_iter();
                let found: Vec<_> = found.map(|it| (it.start, it.end)).collect();
                assert_eq!(found, expected, "{typed} in {bytes:?}");
            }
        };
        check("l", "utf-8", b"Hello, L", &[(2, 4), (7, 8)]);
        check("hello", "utf-8", b"say HELLO hello", &[(4, 9), (10, 15)]);
        check("aa", "utf-8", b"aaa", &[(0, 3)]);
        check("regex:a+", "utf-8", b"aab a", &[(0, 2), (4, 5)]);
        check("regex:^a", "utf-8", b"aa", &[(0, 1)]);
        check("regex:^", "utf-8", b"aa", &[]);
        check("regex:b*", "utf-8", b"abba", &[(1, 3)]);
        check("hex:01 ?? 03", "utf-8", b"\x00\x01\xFF\x03", &[(1, 4)]);
        check("é", "utf-8", "é".as_bytes(), &[(0, 2)]);
        check("é", "latin1", b"a\xE9", &[(1, 2)]);
        check("é", "utf-16le", b"a\0\xE9\0", &[(2, 4)]);
        check("日", "latin1", b"abc", &[]);
        check("x", "utf-8", b"", &[]);
    }

    #[test]
    fn every_occurrence_is_a_match() {
        let check = |typed: &str, expected: &[Range<usize>]| {
            let mut matcher = Matcher::new(Pattern::parse_find(typed, Case::Ignored).unwrap());
            let found = matcher.matches(Encoding::default(), b"aaa a");
            assert_eq!(found, expected, "{typed}");
        };
        check("aa", &[0..2, 1..3]);
        check("regex:a+", &[0..3, 4..5]);
    }

    #[test]
    fn there_are_never_too_many_matches() {
        let mut matcher = Matcher::new(Pattern::parse("a").unwrap());
        let bytes = b"a-".repeat(2 * MAX_MATCHES);
        let found = matcher.matches(Encoding::default(), &bytes);
        assert_eq!(found.len(), MAX_MATCHES);
    }
}
