//! Places in what an endpoint remembers: a key, and which bytes of its value.

use std::borrow::Cow;
use std::ops::Range;

use super::amount::Amount;
use super::words::{self, Word};
use crate::payload::piece::{Piece, is_piece_name, piece};

/// A place: `NAME [at=AMOUNT] [len=AMOUNT]`, or `of=PIECE …` for the bytes of a piece as the key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    key: Key,
    at: Option<Amount>,
    len: Option<Amount>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Name(String),
    /// What a piece of the request holds.
    Piece(String),
}

/// A word of a text that is no place, and its range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPlace {
    /// Its range in the text; all of it if it lacks something.
    pub range: Range<usize>,
}

/// A place, with its amounts known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved<'a> {
    /// The key.
    pub key: Cow<'a, [u8]>,
    /// The first byte of the value.
    pub from: usize,
    /// How many bytes; `None` for all of the rest.
    pub len: Option<usize>,
    /// Whether it is all of the value, whatever its length.
    pub is_all: bool,
}

impl Place {
    /// Parses a place.
    ///
    /// # Errors
    /// Where it is wrong.
    pub fn parse(text: &str) -> Result<Self, NoPlace> {
        let all = || NoPlace {
            range: 0..text.len(),
        };
        Self::of_words(&words::split(text, 0)).map_err(|wrong| wrong.unwrap_or_else(all))
    }

    /// Parses the words of a place. The error is `None` if there are none.
    pub(super) fn of_words(words: &[Word<'_>]) -> Result<Self, Option<NoPlace>> {
        let (first, rest) = words.split_first().ok_or(None)?;
        let wrong = |word: &Word<'_>| {
            Some(NoPlace {
                range: word.range.clone(),
            })
        };
        let key = match first.text.strip_prefix("of=") {
            Some(name) if is_piece_name(name) => Key::Piece(name.to_owned()),
            Some(_) => return Err(wrong(first)),
            None if first.text.is_empty() => return Err(wrong(first)),
            None => Key::Name(first.text.to_owned()),
        };
        let mut place = Self {
            key,
            at: None,
            len: None,
        };
        for word in rest {
            let (slot, amount) = match word.text.split_once('=') {
                Some(("at", amount)) => (&mut place.at, amount),
                Some(("len", amount)) => (&mut place.len, amount),
                _ => return Err(wrong(word)),
            };
            if slot.is_some() {
                return Err(wrong(word));
            }
            *slot = Some(amount.parse().map_err(|_| wrong(word))?);
        }
        Ok(place)
    }

    /// Returns the names of the pieces that it uses.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let key = match &self.key {
            Key::Piece(name) => Some(name.as_str()),
            Key::Name(_) => None,
        };
        let amounts = [&self.at, &self.len].into_iter().flatten();
        key.into_iter().chain(amounts.filter_map(Amount::name))
    }

    /// Returns the place with what a request says; `None` if the request lacks a piece, or an amount is out of range.
    pub fn resolve<'a>(&'a self, request: &'a [u8], pieces: &[Piece]) -> Option<Resolved<'a>> {
        let key = match &self.key {
            Key::Name(name) => name.as_bytes(),
            Key::Piece(name) => piece(request, pieces, name)?,
        };
        let value = |amount: &Option<Amount>| {
            let value = amount.as_ref().map(|it| it.value_in(request, pieces));
            value.map(|it| usize::try_from(it?).ok())
        };
        let (at, len) = (value(&self.at), value(&self.len));
        Some(Resolved {
            key: key.into(),
            is_all: at.is_none() && len.is_none(),
            from: at.unwrap_or(Some(0))?,
            len: match len {
                Some(len) => Some(len?),
                None => None,
            },
        })
    }
}

impl<'a> Resolved<'a> {
    /// Returns the bytes of the value at the place; `None` if it does not reach as far.
    pub fn of<'b>(&self, value: &'b [u8]) -> Option<&'b [u8]> {
        let rest = value.get(self.from..)?;
        match self.len {
            Some(len) => rest.get(..len),
            None => Some(rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_name_a_key_and_bytes_of_its_value() {
        let request = b"key\x00\x02";
        let pieces = [("k", 0..3), ("n", 3..5)].map(|(name, range)| Piece {
            name: name.into(),
            range,
            is_varint: false,
        });
        let check = |text: &str, key: &str, from: usize, len: Option<usize>| {
            let place = Place::parse(text).unwrap();
            let resolved = place.resolve(request, &pieces).unwrap();
            assert_eq!(resolved.key, key.as_bytes(), "{text}");
            assert_eq!((resolved.from, resolved.len), (from, len), "{text}");
        };
        check("registers", "registers", 0, None);
        check("registers at=2*n len=4", "registers", 4, Some(4));
        check("of=k len=n", "key", 0, Some(2));
        check("\"two words\" at=1", "two words", 1, None);
        let unknown = Place::parse("of=z").unwrap();
        assert_eq!(unknown.resolve(request, &pieces), None);
        let below = Place::parse("a at=n-3").unwrap();
        assert_eq!(below.resolve(request, &pieces), None);
    }

    #[test]
    fn what_is_no_place_says_where() {
        let check = |text: &str, range: Range<usize>| {
            assert_eq!(Place::parse(text), Err(NoPlace { range }), "{text}");
        };
        check("", 0..0);
        check("of=", 0..3);
        check("a b", 2..3);
        check("a at=x+", 2..7);
        check("a at=1 at=2", 7..11);
    }

    #[test]
    fn a_place_beyond_the_value_has_no_bytes() {
        let at = |from, len| Resolved {
            key: b"k".as_slice().into(),
            from,
            len,
            is_all: false,
        };
        assert_eq!(at(1, Some(2)).of(b"abc"), Some(&b"bc"[..]));
        assert_eq!(at(1, None).of(b"abc"), Some(&b"bc"[..]));
        assert_eq!(at(3, None).of(b"abc"), Some(&b""[..]));
        assert_eq!(at(2, Some(2)).of(b"abc"), None);
        assert_eq!(at(4, None).of(b"abc"), None);
    }
}
