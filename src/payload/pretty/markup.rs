//! The pieces of XML 1.0, read tolerantly, and which tags match. Keeps ranges, never values.

use std::ops::Range;

use memchr::{memchr, memmem};

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

pub(super) struct Markup {
    pub(super) kind: MarkupKind,
    pub(super) range: Range<usize>,
    /// The name in a tag or a processing instruction.
    pub(super) name: Range<usize>,
    /// The position of a `<` in a text that begins no markup.
    pub(super) stray: Option<usize>,
    /// Whether a text is only white space.
    pub(super) is_blank: bool,
}

impl Markup {
    pub(super) fn is_markup(&self) -> bool {
        !matches!(self.kind, MarkupKind::Text | MarkupKind::Broken)
    }
}

/// Reads the bytes piece by piece: the pieces are contiguous and cover everything.
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
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
        let mut len = 0;
        let mut stray = None;
        loop {
            let after = rest.get(len..).unwrap_or_default();
            let Some(angle) = memchr(b'<', after) else {
                len = rest.len();
                break;
            };
            len += angle;
            if begins_markup(rest.get(len..).unwrap_or_default()) {
                break;
            }
            stray.get_or_insert(self.at + len);
            len += 1;
        }
        let text = rest.get(..len).unwrap_or_default();
        Markup {
            kind: MarkupKind::Text,
            range: self.at..self.at + len,
            name: 0..0,
            stray,
            is_blank: text.trim_ascii().is_empty(),
        }
    }

    fn markup(&self) -> Markup {
        let rest = self.rest();
        let (kind, end) = if rest.starts_with(b"<!--") {
            (MarkupKind::Comment, end_of(rest, 4, b"-->"))
        } else if rest.starts_with(b"<![CDATA[") {
            (MarkupKind::CData, end_of(rest, 9, b"]]>"))
        } else if rest.starts_with(b"<?") {
            (MarkupKind::Instruction, end_of(rest, 2, b"?>"))
        } else if rest.starts_with(b"<!") {
            (MarkupKind::Declaration, declaration_end(rest))
        } else {
            let is_end = rest.starts_with(b"</");
            let kind = if is_end {
                MarkupKind::End
            } else {
                MarkupKind::Start
            };
            (kind, tag_end(rest))
        };
        let (kind, len) = match end {
            Ok(len) if kind == MarkupKind::Start && rest.get(..len).is_some_and(is_empty_tag) => {
                (MarkupKind::Empty, len)
            }
            Ok(len) => (kind, len),
            Err(len) => (MarkupKind::Broken, len),
        };
        let name_start = match kind {
            MarkupKind::End | MarkupKind::Instruction => 2,
            _ => 1,
        };
        let name = rest.get(name_start..len).unwrap_or_default();
        let name_len = name.iter().take_while(|&&byte| is_name(byte)).count();
        let name_start = self.at + name_start;
        Markup {
            kind,
            range: self.at..self.at + len,
            name: name_start..name_start + name_len,
            stray: None,
            is_blank: false,
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Markup;

    fn next(&mut self) -> Option<Markup> {
        let rest = self.rest();
        if rest.is_empty() {
            return None;
        }
        let piece = if begins_markup(rest) {
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

fn is_empty_tag(tag: &[u8]) -> bool {
    tag.ends_with(b"/>")
}

/// Returns the length through `closing`, or of everything if it is missing.
fn end_of(text: &[u8], start: usize, closing: &[u8]) -> Result<usize, usize> {
    let after = text.get(start..).unwrap_or_default();
    match memmem::find(after, closing) {
        Some(at) => Ok(start + at + closing.len()),
        None => Err(text.len()),
    }
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

/// An element that is open.
pub(super) struct OpenTag {
    pub(super) name: Range<usize>,
    pub(super) tag: Range<usize>,
}

/// The elements that are open, outermost first.
#[derive(Default)]
pub(super) struct Nesting {
    pub(super) open: Vec<OpenTag>,
}

/// What an end tag closes.
pub(super) enum Closing {
    Innermost,
    /// An outer element, and with it this one, which has no end tag.
    Outer(OpenTag),
    Nothing,
}

impl Nesting {
    pub(super) fn is_innermost(&self, bytes: &[u8], end: &Markup) -> bool {
        let open = self.open.last();
        open.is_some_and(|open| bytes.get(open.name.clone()) == bytes.get(end.name.clone()))
    }

    pub(super) fn follow(&mut self, bytes: &[u8], piece: &Markup) -> Closing {
        match piece.kind {
            MarkupKind::Start => self.open.push(OpenTag {
                name: piece.name.clone(),
                tag: piece.range.clone(),
            }),
            MarkupKind::End => return self.close(bytes, piece),
            _ => {}
        }
        Closing::Nothing
    }

    pub(super) fn close(&mut self, bytes: &[u8], end: &Markup) -> Closing {
        let name = bytes.get(end.name.clone());
        let is_same = |open: &OpenTag| bytes.get(open.name.clone()) == name;
        let Some(at) = self.open.iter().rposition(is_same) else {
            return Closing::Nothing;
        };
        let mut closed = self.open.drain(at..);
        match (closed.next(), closed.next_back()) {
            (_, Some(unclosed)) => Closing::Outer(unclosed),
            _ => Closing::Innermost,
        }
    }
}
