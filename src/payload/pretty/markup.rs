//! The pieces of XML 1.0, read tolerantly, and which tags match. Keeps ranges, never values.
//!
//! `quick-xml` stops at the first mistake. Here a mistake is a piece like any other, and reading goes on behind it.

use std::ops::Range;

use memchr::memmem;

use super::mark_len;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkupKind {
    Text,
    Start,
    Empty,
    End,
    Comment,
    CData,
    Instruction,
    Declaration,
    /// A tag or similar that does not end.
    Broken,
}

#[derive(Clone)]
pub(super) struct Markup {
    pub(super) kind: MarkupKind,
    pub(super) range: Range<usize>,
    /// The name in a tag or a processing instruction.
    pub(super) name: Range<usize>,
    /// The position of a `<` in a text that begins no markup.
    pub(super) stray: Option<usize>,
}

impl Markup {
    pub(super) fn is_markup(&self) -> bool {
        !matches!(self.kind, MarkupKind::Text | MarkupKind::Broken)
    }

    fn name_in<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(self.name.clone()).unwrap_or_default()
    }
}

/// Reads the bytes piece by piece: the pieces are contiguous and cover everything.
#[derive(Clone)]
pub(super) struct MarkupReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> MarkupReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: mark_len(bytes),
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Reads up to the next `<` that begins markup.
    fn text(&self) -> Markup {
        let rest = self.rest();
        let mut stray = None;
        let end = memchr::memchr_iter(b'<', rest).find(|&at| {
            let is_markup = begins_markup(rest.get(at..).unwrap_or_default());
            if !is_markup {
                stray.get_or_insert(self.at + at);
            }
            is_markup
        });
        Markup {
            kind: MarkupKind::Text,
            range: self.at..self.at + end.unwrap_or(rest.len()),
            name: 0..0,
            stray,
        }
    }

    fn markup(&self) -> Markup {
        let rest = self.rest();
        let (mut kind, end) = match rest {
            [b'<', b'!', b'-', b'-', ..] => (MarkupKind::Comment, end_of(rest, 4, b"-->")),
            _ if rest.starts_with(b"<![CDATA[") => (MarkupKind::CData, end_of(rest, 9, b"]]>")),
            [b'<', b'?', ..] => (MarkupKind::Instruction, end_of(rest, 2, b"?>")),
            [b'<', b'!', ..] => (MarkupKind::Declaration, declaration_end(rest)),
            [b'<', b'/', ..] => (MarkupKind::End, tag_end(rest)),
            _ => (MarkupKind::Start, tag_end(rest)),
        };
        let len = end.unwrap_or_else(|len| {
            kind = MarkupKind::Broken;
            len
        });
        let tag = rest.get(..len).unwrap_or_default();
        if kind == MarkupKind::Start && tag.ends_with(b"/>") {
            kind = MarkupKind::Empty;
        }
        let name_start = match kind {
            MarkupKind::End | MarkupKind::Instruction => 2,
            _ => 1,
        };
        let name = tag.get(name_start..).unwrap_or_default();
        let name_len = name.iter().take_while(|&&byte| is_name(byte)).count();
        let name_start = self.at + name_start;
        Markup {
            kind,
            range: self.at..self.at + len,
            name: name_start..name_start + name_len,
            stray: None,
        }
    }
}

impl Iterator for MarkupReader<'_> {
    type Item = Markup;

    fn next(&mut self) -> Option<Markup> {
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        let is_markup = begins_markup(rest);
        let piece = if is_markup {
            self.markup()
        } else {
            self.text()
        };
        self.at = piece.range.end;
        Some(piece)
    }
}

fn begins_markup(text: &[u8]) -> bool {
    let is_begin =
        |byte: &u8| byte.is_ascii_alphabetic() || b"_:/!?".contains(byte) || *byte > 0x7F;
    text.first() == Some(&b'<') && text.get(1).is_some_and(is_begin)
}

/// Returns whether a byte may be part of a name; all non-ASCII bytes may.
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_:-.".contains(&byte) || byte > 0x7F
}

/// Returns the length through `closing`, or of everything if it is missing.
fn end_of(text: &[u8], start: usize, closing: &[u8]) -> Result<usize, usize> {
    let after = text.get(start..).unwrap_or_default();
    let at = memmem::find(after, closing).ok_or(text.len())?;
    Ok(start + at + closing.len())
}

/// Returns the length of the tag, or the length up to the next one: a tag may not contain `<`, not even in quotation
/// marks (XML 1.0, 2.3).
fn tag_end(text: &[u8]) -> Result<usize, usize> {
    let mut quote = None;
    for (at, &byte) in text.iter().enumerate().skip(1) {
        match (quote, byte) {
            (_, b'<') => return Err(at),
            (None, b'>') => return Ok(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    Err(text.len())
}

/// Returns the length of a declaration, such as a document type with the contents of its brackets.
fn declaration_end(text: &[u8]) -> Result<usize, usize> {
    let mut quote = None;
    let mut brackets = 0_usize;
    let mut tags = 0_usize;
    let mut at = 2;
    while let Some(&byte) = text.get(at) {
        if quote.is_none() && text.get(at..).is_some_and(|rest| rest.starts_with(b"<!--")) {
            at = end_of(text, at + 4, b"-->")?;
            continue;
        }
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'[') => brackets += 1,
            (None, b']') => brackets = brackets.saturating_sub(1),
            (None, b'<') => tags += 1,
            (None, b'>') if tags > 0 => tags -= 1,
            (None, b'>') if brackets == 0 => return Ok(at + 1),
            _ => {}
        }
        at += 1;
    }
    Err(text.len())
}

/// The start tags of the elements that are open, outermost first.
#[derive(Default)]
pub(super) struct Nesting {
    pub(super) open: Vec<Markup>,
}

impl Nesting {
    pub(super) fn is_innermost(&self, bytes: &[u8], end: &Markup) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| open.name_in(bytes) == end.name_in(bytes))
    }

    /// Follows a tag, and returns what an end tag closes, outermost first: the elements inside have no end tags.
    pub(super) fn follow(&mut self, bytes: &[u8], piece: &Markup) -> Vec<Markup> {
        match piece.kind {
            MarkupKind::Start => self.open.push(piece.clone()),
            MarkupKind::End => {
                let name = piece.name_in(bytes);
                let is_same = |open: &Markup| open.name_in(bytes) == name;
                let at = self.open.iter().rposition(is_same);
                return self.open.split_off(at.unwrap_or(self.open.len()));
            }
            _ => {}
        }
        Vec::new()
    }
}
