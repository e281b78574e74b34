//! The fields of an HTTP/1 message (RFC 9112, 5), of its head and of its trailer.

use std::ops::Range;

use memchr::memchr;

use super::page::Page;
use super::text_line::{Ending, TextLine};
use super::{Ink, trimmed};
use crate::words::number;

/// Fields, by where they stand.
#[derive(Default)]
pub(super) struct Fields {
    fields: Vec<Field>,
    oddities: Oddities,
}

struct Field {
    name: Range<usize>,
    value: Range<usize>,
}

impl Fields {
    /// Returns the values of a field, one for each line that has it.
    pub(super) fn values<'a>(&self, bytes: &'a [u8], name: &str) -> Vec<&'a [u8]> {
        let is_name = |field: &&Field| {
            let found = bytes.get(field.name.clone());
            found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        let fields = self.fields.iter().filter(is_name);
        fields
            .filter_map(|field| bytes.get(field.value.clone()))
            .collect()
    }

    /// Takes the ending of a line that is no field into account.
    pub(super) fn see(&mut self, line: &TextLine) {
        self.oddities.see(line);
    }

    /// Draws the field lines with the blank one, and returns where that ends; `None` where it is missing.
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
        self.oddities.draw(page);
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
                self.oddities.folded.see(text);
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
                    self.oddities.unnamed.see(text);
                }
                let value = trimmed(page.bytes(), colon + 1..text.end);
                self.fields.push(Field { name, value });
            }
            None => {
                page.put(text.clone(), None);
                self.oddities.unnamed.see(text);
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

/// What is tolerated in a head, and told once.
#[derive(Default)]
struct Oddities {
    bare: Oddity,
    folded: Oddity,
    unnamed: Oddity,
}

/// Lines that are odd in one way.
#[derive(Default)]
struct Oddity {
    count: u64,
    first: Range<usize>,
}

impl Oddities {
    fn see(&mut self, line: &TextLine) {
        if line.ending == Ending::Lf {
            self.bare.see(&(line.text.start..line.end));
        }
    }

    fn draw(&self, page: &mut Page<'_>) {
        self.bare
            .draw(page, "with LF alone, not CR LF (RFC 9112, 2.2)");
        self.folded
            .draw(page, "folded into the one before: obsolete (RFC 9112, 5.2)");
        self.unnamed
            .draw(page, "without a name and a colon (RFC 9112, 5)");
    }
}

impl Oddity {
    fn see(&mut self, line: &Range<usize>) {
        if self.count == 0 {
            self.first = line.clone();
        }
        self.count += 1;
    }

    fn draw(&self, page: &mut Page<'_>, words: &str) {
        let lines = number::count(self.count, "line");
        let at = page.place(self.first.start);
        match self.count {
            0 => {}
            1 => page.note(
                &format!("{lines} {words}, at byte {at}"),
                self.first.clone(),
            ),
            _ => page.note(
                &format!("{lines} {words}, the first at byte {at}"),
                self.first.clone(),
            ),
        }
    }
}
