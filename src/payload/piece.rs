//! Pieces of a request: named parts that a rule finds in it, and the numbers that they stand for.

use std::ops::Range;
use std::sync::Arc;

/// A named part of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its name, or its number.
    pub name: Arc<str>,
    /// Its bytes in the request.
    pub range: Range<usize>,
    /// Whether it stands for a number as a varint: seven bits a byte, the lowest first. Otherwise as an unsigned number,
    /// its highest byte first.
    pub is_varint: bool,
}

impl Piece {
    /// Returns the number that it stands for in its request; `None` if it has more than eight bytes.
    pub fn number(&self, request: &[u8]) -> Option<u64> {
        let bytes = request.get(self.range.clone())?;
        if !self.is_varint {
            return number(bytes);
        }
        let shifted = |number: u64, byte: &u8| number << 7 | u64::from(byte & 0x7F);
        (bytes.len() <= 8).then(|| bytes.iter().rev().fold(0, shifted))
    }
}

/// The names of the pieces that a message can use: those that the conditions of its rule find.
///
/// They are collected from names ([`FromIterator`]), also from none: a rule without pieces still has what only rules have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    is_rule: bool,
    known: Vec<Arc<str>>,
}

impl Names {
    /// Returns the names for a message that is not part of a rule.
    pub const fn none() -> Self {
        Self {
            is_rule: false,
            known: Vec::new(),
        }
    }

    /// Returns whether the message is part of a rule.
    pub fn is_rule(&self) -> bool {
        self.is_rule
    }

    /// Returns whether a piece has this name.
    pub fn contains(&self, name: &str) -> bool {
        self.known.iter().any(|known| **known == *name)
    }

    /// Returns the names, in the order in which they were collected.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<str>> {
        self.known.iter()
    }
}

impl<N: Into<Arc<str>>> FromIterator<N> for Names {
    fn from_iter<I: IntoIterator<Item = N>>(names: I) -> Self {
        Self {
            is_rule: true,
            known: names.into_iter().map(Into::into).collect(),
        }
    }
}

/// Returns the bytes of a piece.
pub fn piece<'a>(request: &'a [u8], pieces: &[Piece], name: &str) -> Option<&'a [u8]> {
    let found = pieces.iter().find(|it| *it.name == *name)?;
    request.get(found.range.clone())
}

/// Returns the unsigned number of up to eight bytes, the highest first.
fn number(bytes: &[u8]) -> Option<u64> {
    if bytes.len() > 8 {
        return None;
    }
    let shifted = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
    Some(bytes.iter().fold(0, shifted))
}

/// Returns whether a text can be the name of a piece: a number, or a word of letters, digits and `_` that begins with a
/// letter or `_`.
pub(crate) fn is_piece_name(text: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let begins_right = !text.starts_with(|first: char| first.is_ascii_digit());
    !text.is_empty() && text.len() <= 64 && (is_number || begins_right && text.bytes().all(is_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_numbers_with_the_highest_first() {
        assert_eq!(number(&[1, 2]), Some(0x0102));
        assert_eq!(number(&[0xFF; 8]), Some(u64::MAX));
        assert_eq!(number(&[]), Some(0));
        assert_eq!(number(&[0; 9]), None);
    }

    #[test]
    fn names_are_those_of_a_rule_or_none() {
        let names: Names = ["a", "1"].into_iter().collect();
        assert!(names.contains("1") && !names.contains("b") && names.is_rule());
        assert_eq!(names.iter().count(), 2);
        let no_pieces: Names = [""; 0].into_iter().collect();
        assert!(no_pieces.is_rule() && !Names::none().is_rule());
    }

    #[test]
    fn a_piece_stands_for_a_number() {
        let check = |is_varint: bool, range: Range<usize>, expected: Option<u64>| {
            let piece = Piece {
                name: "n".into(),
                range,
                is_varint,
            };
            // MQTT 5.0, 1.5.5: 268,435,455 in four bytes, and 128 in two.
            let request = b"\xFF\xFF\xFF\x7F\x80\x01";
            assert_eq!(piece.number(request), expected);
        };
        check(true, 0..4, Some(268_435_455));
        check(true, 4..6, Some(128));
        check(false, 4..6, Some(0x8001));
        check(true, 0..7, None);
    }
}
