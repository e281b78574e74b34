//! The fields of an HTTP/1 message (RFC 9112, 5), in its head and trailer.

use std::ops::Range;

use memchr::memchr;

use super::page::Page;
use super::text_line::{Ending, TextLine};
use super::{HeadFault, Ink, Note, trimmed};

/// Fields, as ranges of the message.
#[derive(Default)]
pub(super) struct HeaderFields {
    fields: Vec<HeaderField>,
    odd: Vec<OddLines>,
}

struct HeaderField {
    name: Range<usize>,
    value: Range<usize>,
}

impl HeaderFields {
    /// Returns the values of a field, one per line.
    pub(super) fn values<'a>(&self, bytes: &'a [u8], name: &str) -> Vec<&'a [u8]> {
        let is_name = |field: &&HeaderField| {
            let found = bytes.get(field.name.clone());
            found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        let fields = self.fields.iter().filter(is_name);
        fields
            .filter_map(|field| bytes.get(field.value.clone()))
            .collect()
    }

    /// Notes the ending of a line that is not a field.
    pub(super) fn see(&mut self, line: &TextLine) {
        if line.ending == Ending::Lf {
            self.note_odd(HeadFault::BareLf, line.text.start..line.end);
        }
    }

    fn note_odd(&mut self, fault: HeadFault, line: Range<usize>) {
        match self.odd.iter_mut().find(|odd| odd.fault == fault) {
            Some(odd) => odd.count += 1,
            None => self.odd.push(OddLines {
                fault,
                count: 1,
                first: line,
            }),
        }
    }

    /// Draws the field lines and the blank line, and returns where that ends; `None` if it is missing.
    pub(super) fn draw(&mut self, page: &mut Page<'_>, start: usize) -> Option<usize> {
        let bytes = page.bytes();
        let mut at = start;
        let end = loop {
            if at >= bytes.len() || page.is_full() {
                break None;
            }
            let line = TextLine::at(bytes, at);
            self.see(&line);
            at = line.end;
            if line.text.is_empty() && line.ending != Ending::Missing {
                page.begin(line.text.start, 0);
                page.cover(line.end);
                break Some(line.end);
            }
            self.draw_field(page, &line);
        };
        for OddLines {
            fault,
            count,
            first,
        } in self.odd.drain(..)
        {
            let about = first.clone();
            let first = page.place(first.start);
            page.note(
                Note::OddLines {
                    fault,
                    count,
                    first,
                },
                about,
            );
        }
        end
    }

    fn draw_field(&mut self, page: &mut Page<'_>, line: &TextLine) {
        let text = &line.text;
        let content = page.bytes().get(text.clone()).unwrap_or_default();
        page.begin(text.start, 0);
        let is_folded = matches!(content.first(), Some(b' ' | b'\t'));
        match memchr(b':', content) {
            _ if is_folded => {
                page.put(text.clone(), None);
                self.note_odd(HeadFault::Folded, text.clone());
                if let Some(field) = self.fields.last_mut() {
                    field.value.end = trimmed(page.bytes(), text.clone()).end;
                }
            }
            Some(colon) => {
                let colon = text.start + colon;
                page.put(text.start..colon, Ink::Key);
                page.put(colon..colon + 1, Ink::Punctuation);
                page.put(colon + 1..text.end, None);
                let name = text.start..colon;
                let is_right = page.bytes().get(name.clone()).is_some_and(is_token);
                if !is_right {
                    self.note_odd(HeadFault::Unnamed, text.clone());
                }
                let value = trimmed(page.bytes(), colon + 1..text.end);
                self.fields.push(HeaderField { name, value });
            }
            None => {
                page.put(text.clone(), None);
                self.note_odd(HeadFault::Unnamed, text.clone());
            }
        }
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
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(digits).ok().filter(|_| is_number)?;
    text.parse().ok()
}

/// Lines with the same fault, read all the same.
struct OddLines {
    fault: HeadFault,
    count: u64,
    first: Range<usize>,
}
