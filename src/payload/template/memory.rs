//! Places in what an endpoint remembers: a key, and which bytes of its value.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::amount::Amount;
use super::words::{self, TemplateWord};
use crate::payload::piece::{Names, Piece, is_piece_name, piece};
use crate::payload::position::{Position, WrongAt};

/// A place: `NAME [at=AMOUNT] [len=AMOUNT]`, or `of=PIECE …` for the bytes of a piece as the key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MemoryPlace {
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

/// What is wrong with a place, and where.
pub type PlaceError = WrongAt<PlaceProblem>;

/// What can be wrong with a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceProblem {
    /// It names nothing.
    Empty,
    /// A word that is no part of a place.
    Word(String),
    /// No condition finds a piece with this name.
    Piece(String),
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

impl MemoryPlace {
    /// Parses a place in which these pieces can be used.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str, names: &Names) -> Result<Self, PlaceError> {
        Self::of_words(&words::split(text, 0), names).map_err(|wrong| {
            let (problem, range) = wrong.unwrap_or((PlaceProblem::Empty, 0..text.len()));
            PlaceError {
                position: Position::of(text, range),
                problem,
            }
        })
    }

    /// Parses the words of a place. The error is `None` if there are none.
    pub(super) fn of_words(
        words: &[TemplateWord<'_>],
        names: &Names,
    ) -> Result<Self, Option<Wrong>> {
        let (first, rest) = words.split_first().ok_or(None)?;
        let wrong = |word: &TemplateWord<'_>| {
            let problem = PlaceProblem::Word(word.text.to_owned());
            Some((problem, word.range.clone()))
        };
        let known = |name: &str, word: &TemplateWord<'_>| {
            if names.contains(name) {
                return Ok(());
            }
            let problem = PlaceProblem::Piece(name.to_owned());
            Err(Some((problem, word.range.clone())))
        };
        let key = match first.text.split_once('=') {
            Some(("of", name)) if is_piece_name(name) => {
                known(name, first)?;
                Key::Piece(name.to_owned())
            }
            // What is missing is the name.
            Some(("of" | "at" | "len", _)) => return Err(wrong(first)),
            None if first.text.is_empty() => return Err(wrong(first)),
            _ => Key::Name(first.text.to_owned()),
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
            let amount: Amount = amount.parse().ok().ok_or_else(|| wrong(word))?;
            if let Some(name) = amount.name() {
                known(name, word)?;
            }
            *slot = Some(amount);
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

/// A problem and its range in the text.
type Wrong = (PlaceProblem, Range<usize>);

/// As it can be written.
impl fmt::Display for MemoryPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Key::Name(name) if name.contains(char::is_whitespace) => write!(f, "{name:?}")?,
            Key::Name(name) => f.write_str(name)?,
            Key::Piece(name) => write!(f, "of={name}")?,
        }
        for (word, amount) in [("at", &self.at), ("len", &self.len)] {
            if let Some(amount) = amount {
                write!(f, " {word}={amount}")?;
            }
        }
        Ok(())
    }
}

impl Resolved<'_> {
    /// Returns the bytes of the value at the place; `None` if it does not reach as far.
    pub fn of<'a>(&self, value: &'a [u8]) -> Option<&'a [u8]> {
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
        let names: Names = pieces.iter().map(|it| it.name.clone()).collect();
        let check = |text: &str, key: &str, from: usize, len: Option<usize>| {
            let place = MemoryPlace::parse(text, &names).unwrap();
            let resolved = place.resolve(request, &pieces).unwrap();
            assert_eq!(resolved.key, key.as_bytes(), "{text}");
            assert_eq!((resolved.from, resolved.len), (from, len), "{text}");
            assert_eq!(place.to_string(), text);
        };
        check("registers", "registers", 0, None);
        check("registers at=2*n len=4", "registers", 4, Some(4));
        check("of=k len=n", "key", 0, Some(2));
        check("\"two words\" at=1", "two words", 1, None);
        let unfound = MemoryPlace::parse("of=n", &names).unwrap();
        assert_eq!(unfound.resolve(request, &pieces[..1]), None);
        let below = MemoryPlace::parse("a at=n-3", &names).unwrap();
        assert_eq!(below.resolve(request, &pieces), None);
    }

    #[test]
    fn what_is_no_place_says_where() {
        let names: Names = ["n"].into_iter().collect();
        let check = |text: &str, wrong: &str, expected: PlaceProblem| {
            let error = MemoryPlace::parse(text, &names).unwrap_err();
            assert_eq!(error.problem, expected, "{text}");
            assert_eq!(text.get(error.position.range), Some(wrong), "{text}");
        };
        let word = |word: &str| PlaceProblem::Word(word.to_owned());
        let piece = |name: &str| PlaceProblem::Piece(name.to_owned());
        check("", "", PlaceProblem::Empty);
        check("of=", "of=", word("of="));
        check("at=1", "at=1", word("at=1"));
        check("a b", "b", word("b"));
        check("a at=n+", "at=n+", word("at=n+"));
        check("a at=1 at=2", "at=2", word("at=2"));
        check("of=k", "of=k", piece("k"));
        check("of=n len=2*k", "len=2*k", piece("k"));
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
