//! The fields of an HTTP/1 message (RFC 9112, 5), in its head and trailer.

use std::ops::Range;

use memchr::memchr;

use super::page::PrettyPage;
use super::text_line::TextLine;
use super::{HeadFault, Ink, Note, trimmed};

/// Fields, as ranges of the message.
#[derive(Default)]
pub(super) struct HeaderFields {
    /// Their names and values.
    fields: Vec<(Range<usize>, Range<usize>)>,
    /// Lines with a fault, read all the same.
    odd: Vec<(HeadFault, Range<usize>)>,
}

impl HeaderFields {
    /// Returns the values of a field, one per line.
    pub(super) fn values<'a>(&self, bytes: &'a [u8], name: &str) -> Vec<&'a [u8]> {
        let is_name = |found: &[u8]| found.eq_ignore_ascii_case(name.as_bytes());
        let fields = self.fields.iter();
        let fields = fields.filter(|(name, _)| bytes.get(name.clone()).is_some_and(is_name));
        fields
            .filter_map(|(_, value)| bytes.get(value.clone()))
            .collect()
    }

    /// Notes the ending of a line that is not a field.
    pub(super) fn see(&mut self, line: &TextLine) {
        if line.ends_with_lf() {
            self.odd
                .push((HeadFault::BareLf, line.text.start..line.end));
        }
    }

    /// Draws the field lines and the blank line, and returns where that ends; `None` if it is missing.
    pub(super) fn draw(&mut self, page: &mut PrettyPage<'_>, start: usize) -> Option<usize> {
        let bytes = page.bytes;
        let mut at = start;
        let end = loop {
            if at >= bytes.len() || page.is_full() {
                break None;
            }
            let line = TextLine::at(bytes, at);
            self.see(&line);
            at = line.end;
            if line.text.is_empty() && line.is_ended() {
                page.begin(line.text.start, 0);
                page.cover(line.end);
                break Some(line.end);
            }
            self.draw_field(page, &line);
        };
        while let Some((fault, about)) = self.odd.first().cloned() {
            let before = self.odd.len();
            self.odd.retain(|(other, _)| *other != fault);
            let count = (before - self.odd.len()) as u64;
            let first = page.place(about.start);
            let note = Note::OddLines {
                fault,
                count,
                first,
            };
            page.note(note, about);
        }
        end
    }

    fn draw_field(&mut self, page: &mut PrettyPage<'_>, line: &TextLine) {
        let text = &line.text;
        let content = page.bytes.get(text.clone()).unwrap_or_default();
        page.begin(text.start, 0);
        let fault = if matches!(content.first(), Some(b' ' | b'\t')) {
            page.put(text.clone(), None);
            if let Some((_, value)) = self.fields.last_mut() {
                value.end = trimmed(page.bytes, text.clone()).end;
            }
            Some(HeadFault::Folded)
        } else if let Some(len) = memchr(b':', content) {
            let colon = text.start + len;
            page.put(text.start..colon, Ink::Key);
            page.put(colon..colon + 1, Ink::Punctuation);
            page.put(colon + 1..text.end, None);
            let value = trimmed(page.bytes, colon + 1..text.end);
            self.fields.push((text.start..colon, value));
            let is_named = content.get(..len).is_some_and(is_token);
            (!is_named).then_some(HeadFault::Unnamed)
        } else {
            page.put(text.clone(), None);
            Some(HeadFault::Unnamed)
        };
        self.odd.extend(fault.map(|fault| (fault, text.clone())));
        page.cover(line.end);
    }
}

/// Returns whether `text` is a token (RFC 9110, 5.6.2).
pub(super) fn is_token(text: &[u8]) -> bool {
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    !text.is_empty() && text.iter().all(is_token)
}

/// Parses decimal digits.
pub(super) fn number_of(digits: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(digits).ok()?;
    // `parse` allows a sign.
    text.parse().ok().filter(|_| !text.starts_with('+'))
}
