//! Shapes of requests: hex bytes with named pieces between them, which must be all of a request.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::hex::{self, HexProblem};
use super::piece::{Piece, is_piece_name};
use super::position::{Position, WrongAt};
use super::template::Amount;

/// The most items of a shape: bytes and pieces.
pub const MAX_SHAPE_ITEMS: usize = 1_024;
/// The most bytes of a varint, as in MQTT (MQTT 5.0, 1.5.5).
pub const MAX_VARINT_BYTES: usize = 4;

/// A shape: hex bytes, `??` for any byte, and pieces as `[NAME:LENGTH]`. It must match all of a request.
///
/// The length of a piece is
///
/// - a number of bytes (`[id:2]`), or an [`Amount`] of an earlier piece (`[body:2*n-1]`),
/// - `varint`: one to four bytes with seven bits of a number each, the lowest first,
/// - `z`: the bytes up to the next zero byte, which follows the piece,
/// - `*`: the rest of the request, up to the bytes and pieces of fixed length that may follow. `[*]` is a rest without a
///   name.
///
/// Displays as it was written.
///
/// ```
/// # use bothends::payload::shape::Shape;
/// let publish = Shape::parse("30 [size:varint] [n:2] [topic:n] [payload:*]").unwrap();
/// let pieces = publish.find(b"\x30\x06\x00\x02ab21").unwrap();
/// assert_eq!((&*pieces[2].name, pieces[2].range.clone()), ("topic", 4..6));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    written: String,
    items: Vec<Item>,
    /// How many bytes follow the piece that takes the rest.
    bytes_after_rest: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    /// Where it stands in the text.
    range: Range<usize>,
    kind: ItemKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum ItemKind {
    Byte(u8),
    AnyByte,
    Piece { name: Option<Arc<str>>, len: Len },
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Len {
    Fixed(usize),
    Computed {
        amount: Amount,
        /// The index of the piece that it uses.
        of: usize,
    },
    Varint,
    ToZero,
    Rest,
}

/// What is wrong with a shape, and where.
pub type ShapeError = WrongAt<ShapeProblem>;

/// What can be wrong with a shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShapeProblem {
    /// It has neither bytes nor pieces.
    Empty,
    /// Invalid hex digits.
    Hex(HexProblem),
    /// `[` without `]`.
    Open,
    /// A piece without a name and a length.
    Piece,
    /// A name that no piece of a shape can have.
    Name(String),
    /// The name of two pieces.
    Twice(String),
    /// A length that is none.
    Length(String),
    /// A length that is computed from a piece that does not precede it.
    Unknown(String),
    /// What follows the rest has no fixed length.
    AfterRest,
    /// It has more than [`MAX_SHAPE_ITEMS`] items.
    TooMany,
}

/// Where a request does not have a shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeMismatch {
    /// The first byte of the request that does not match; its length if it is too short.
    pub at: usize,
    /// The range in the shape's text of the item that it does not match; nothing, at its end, if the request is too long.
    pub item: Range<usize>,
    /// Why it does not match.
    pub why: ShapeFault,
}

/// Why a request does not have a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeFault {
    /// Another byte is there.
    Byte {
        /// The byte of the shape.
        expected: u8,
        /// The byte of the request.
        found: u8,
    },
    /// The request ends within the item.
    Short {
        /// How many more bytes the item needs, at least.
        missing: u64,
    },
    /// The request goes on after the shape.
    Long {
        /// How many bytes follow.
        extra: usize,
    },
    /// A varint has more than [`MAX_VARINT_BYTES`].
    Varint,
    /// A length cannot be computed: it would be below zero or too large, or its piece has more than eight bytes.
    Amount,
}

/// An item of a shape, to be written in another notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeItem<'a> {
    /// This byte.
    Byte(u8),
    /// Any byte.
    AnyByte,
    /// A piece.
    Piece {
        /// Its name, if it has one.
        name: Option<&'a str>,
        /// Its length.
        len: ShapeLen<'a>,
    },
}

/// The length of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeLen<'a> {
    /// This many bytes.
    Fixed(usize),
    /// As many as an earlier piece says.
    Amount(&'a Amount),
    /// Up to the first byte below 0x80.
    Varint,
    /// Up to the next zero, which is consumed.
    ToZero,
    /// All but what follows.
    Rest,
}

impl Shape {
    /// Parses a shape.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, ShapeError> {
        let parser = Parser {
            text,
            items: Vec::new(),
            names: Vec::new(),
            bytes_after_rest: None,
        };
        parser.shape().map_err(|(problem, range)| ShapeError {
            position: Position::of(text, range),
            problem,
        })
    }

    /// Returns its items, in order.
    pub fn items(&self) -> impl Iterator<Item = ShapeItem<'_>> {
        self.items.iter().map(|item| match &item.kind {
            ItemKind::Byte(byte) => ShapeItem::Byte(*byte),
            ItemKind::AnyByte => ShapeItem::AnyByte,
            ItemKind::Piece { name, len } => ShapeItem::Piece {
                name: name.as_deref(),
                len: match len {
                    Len::Fixed(len) => ShapeLen::Fixed(*len),
                    Len::Computed { amount, .. } => ShapeLen::Amount(amount),
                    Len::Varint => ShapeLen::Varint,
                    Len::ToZero => ShapeLen::ToZero,
                    Len::Rest => ShapeLen::Rest,
                },
            },
        })
    }

    /// Returns how many bytes follow the piece that takes the rest.
    pub fn bytes_after_rest(&self) -> usize {
        self.bytes_after_rest
    }

    /// Returns the names of its pieces, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Piece { name, .. } => name.as_deref(),
            ItemKind::Byte(_) | ItemKind::AnyByte => None,
        })
    }

    /// Returns the pieces of a request that has this shape, in order.
    ///
    /// It takes time in proportion to the length of the request and the number of items.
    ///
    /// # Errors
    /// The first byte of the request that does not match.
    pub fn find(&self, bytes: &[u8]) -> Result<Vec<Piece>, ShapeMismatch> {
        let mut pieces = Vec::new();
        let mut at = 0;
        for item in &self.items {
            let mismatch = |(offset, why)| ShapeMismatch {
                at: at + offset,
                item: item.range.clone(),
                why,
            };
            let rest = bytes.get(at..).unwrap_or_default();
            let len = match &item.kind {
                ItemKind::Byte(expected) => take_byte(rest, *expected).map_err(mismatch)?,
                ItemKind::AnyByte => take(rest, 1).map_err(mismatch)?,
                ItemKind::Piece { name, len } => {
                    let taken = self.take_piece(len, rest, bytes, &pieces);
                    let (piece_len, len_bytes) = taken.map_err(mismatch)?;
                    pieces.extend(name.as_ref().map(|name| Piece {
                        name: Arc::clone(name),
                        range: at..at + piece_len,
                        is_varint: *len == Len::Varint,
                    }));
                    len_bytes
                }
            };
            at += len;
        }
        match bytes.len() - at {
            0 => Ok(pieces),
            extra => Err(ShapeMismatch {
                at,
                item: self.written.len()..self.written.len(),
                why: ShapeFault::Long { extra },
            }),
        }
    }

    /// Takes a piece off the rest of a request, in which `pieces` precede it. Returns the piece's length, and that of what
    /// was taken.
    fn take_piece(
        &self,
        len: &Len,
        rest: &[u8],
        request: &[u8],
        pieces: &[Piece],
    ) -> Result<(usize, usize), Fault> {
        let taken = match len {
            Len::Fixed(len) => take(rest, *len as u64)?,
            Len::Computed { amount, of } => {
                let number = |_: &str| pieces.get(*of)?.number(request);
                let len = amount.value(number).ok_or((0, ShapeFault::Amount))?;
                take(rest, len)?
            }
            Len::Varint => take_varint(rest)?,
            Len::ToZero => {
                let missing = (rest.len(), ShapeFault::Short { missing: 1 });
                let len = memchr::memchr(0, rest).ok_or(missing)?;
                return Ok((len, len + 1));
            }
            Len::Rest => rest.len().saturating_sub(self.bytes_after_rest),
        };
        Ok((taken, taken))
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// Why an item does not match, and at which byte of the rest.
type Fault = (usize, ShapeFault);

fn take_byte(rest: &[u8], expected: u8) -> Result<usize, Fault> {
    take(rest, 1)?;
    match rest.first() {
        Some(&found) if found != expected => Err((0, ShapeFault::Byte { expected, found })),
        _ => Ok(1),
    }
}

fn take(rest: &[u8], len: u64) -> Result<usize, Fault> {
    let has = rest.len() as u64;
    // Both are at most the length of the rest.
    let taken = len.min(has) as usize;
    if taken as u64 == len {
        return Ok(taken);
    }
    let missing = len - has;
    Err((rest.len(), ShapeFault::Short { missing }))
}

fn take_varint(rest: &[u8]) -> Result<usize, Fault> {
    let most = rest.get(..MAX_VARINT_BYTES).unwrap_or(rest);
    match most.iter().position(|byte| *byte < 0x80) {
        Some(last) => Ok(last + 1),
        None if most.len() == MAX_VARINT_BYTES => Err((MAX_VARINT_BYTES - 1, ShapeFault::Varint)),
        None => Err((rest.len(), ShapeFault::Short { missing: 1 })),
    }
}

/// A problem and its range in the text.
type Wrong = (ShapeProblem, Range<usize>);

/// A shape as far as it has been read.
struct Parser<'a> {
    text: &'a str,
    items: Vec<Item>,
    names: Vec<Arc<str>>,
    /// How many bytes follow the piece that takes the rest, if there is one.
    bytes_after_rest: Option<usize>,
}

impl Parser<'_> {
    fn shape(mut self) -> Result<Shape, Wrong> {
        let mut at = 0;
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            let (kind, len) = self.next(rest, at)?;
            let range = at..at + len;
            at = range.end;
            if let Some(kind) = kind {
                self.push(kind, range)?;
            }
        }
        if self.items.is_empty() {
            return Err((ShapeProblem::Empty, 0..self.text.len()));
        }
        Ok(Shape {
            written: self.text.to_owned(),
            items: self.items,
            bytes_after_rest: self.bytes_after_rest.unwrap_or(0),
        })
    }

    /// Reads an item or a separator off the front of `rest`, which begins at `at`. Returns the item, and the length of
    /// what was read.
    fn next(&mut self, rest: &str, at: usize) -> Result<(Option<ItemKind>, usize), Wrong> {
        if rest.starts_with("??") {
            return Ok((Some(ItemKind::AnyByte), 2));
        }
        if let Some(inner) = rest.strip_prefix('[') {
            let len = inner.find(']').ok_or((ShapeProblem::Open, at..at + 1))?;
            let inner = inner.get(..len).unwrap_or_default();
            return Ok((Some(self.piece(inner, at + 1)?), len + 2));
        }
        let (byte, len) = hex::next(rest).map_err(|(problem, start, len)| {
            (ShapeProblem::Hex(problem), at + start..at + start + len)
        })?;
        Ok((byte.map(ItemKind::Byte), len))
    }

    /// Parses what stands between the brackets of a piece, from `at` on.
    fn piece(&mut self, inner: &str, at: usize) -> Result<ItemKind, Wrong> {
        if inner.trim() == "*" {
            return Ok(ItemKind::Piece {
                name: None,
                len: Len::Rest,
            });
        }
        let (name, len) = inner
            .split_once(':')
            .ok_or_else(|| (ShapeProblem::Piece, at - 1..at + inner.len() + 1))?;
        let (len, len_range) = trimmed(len, at + name.len() + 1);
        let (name, name_range) = trimmed(name, at);
        let wrong_name = |problem: fn(String) -> ShapeProblem| {
            let name = name.to_owned();
            Err((problem(name), name_range.clone()))
        };
        // Numbers are the names of groups, and would look like lengths.
        let is_number = name.starts_with(|first: char| first.is_ascii_digit());
        if is_number || !is_piece_name(name) || matches!(name, "z" | "varint") {
            return wrong_name(ShapeProblem::Name);
        }
        if self.names.iter().any(|known| **known == *name) {
            return wrong_name(ShapeProblem::Twice);
        }
        let len = self.len(len).map_err(|problem| (problem, len_range))?;
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        Ok(ItemKind::Piece {
            name: Some(name),
            len,
        })
    }

    fn len(&self, text: &str) -> Result<Len, ShapeProblem> {
        match text {
            "varint" => return Ok(Len::Varint),
            "z" => return Ok(Len::ToZero),
            "*" => return Ok(Len::Rest),
            _ => {}
        }
        let none = || ShapeProblem::Length(text.to_owned());
        let amount: Amount = text.parse().ok().ok_or_else(none)?;
        let Some(name) = amount.name() else {
            let len = amount.value(|_| None).and_then(|len| len.try_into().ok());
            return len.map(Len::Fixed).ok_or_else(none);
        };
        let of = self.names.iter().position(|known| **known == *name);
        let of = of.ok_or_else(|| ShapeProblem::Unknown(name.to_owned()))?;
        Ok(Len::Computed { amount, of })
    }

    fn push(&mut self, kind: ItemKind, range: Range<usize>) -> Result<(), Wrong> {
        if self.items.len() == MAX_SHAPE_ITEMS {
            return Err((ShapeProblem::TooMany, range));
        }
        let fixed = match &kind {
            ItemKind::Byte(_) | ItemKind::AnyByte => Some(1),
            ItemKind::Piece { len, .. } => match len {
                Len::Fixed(len) => Some(*len),
                _ => None,
            },
        };
        let is_rest = matches!(&kind, ItemKind::Piece { len: Len::Rest, .. });
        match (&mut self.bytes_after_rest, fixed) {
            (Some(after), Some(fixed)) => *after = after.saturating_add(fixed),
            (Some(_), None) => return Err((ShapeProblem::AfterRest, range)),
            (after @ None, _) if is_rest => *after = Some(0),
            (None, _) => {}
        }
        self.items.push(Item { range, kind });
        Ok(())
    }
}

/// Returns a text without the blanks around it, and its range, where the text begins at `at`. Of blanks alone, that is all
/// of them.
fn trimmed(text: &str, at: usize) -> (&str, Range<usize>) {
    let inner = text.trim();
    if inner.is_empty() {
        return (inner, at..at + text.len());
    }
    let start = at + text.len() - text.trim_start().len();
    (inner, start..start + inner.len())
}

#[cfg(test)]
mod tests;
