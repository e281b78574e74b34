//! Text of entries for the clipboard, bounded.

use std::collections::HashMap;
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::entry::Entry;
use super::item::{Item, visit};
use super::record::{Depth, Record};
use super::request::{Answer, COPY_LIMIT_BYTES};
use super::say::Say;
use super::texts::Texts;
use super::view::View;
use crate::net::EndpointId;
use crate::payload::{CopyFormat, copy};

/// How many entries are taken from the record at once.
const SLICE_ENTRIES: u64 = 256;

/// Text that grows entry by entry up to its bound.
#[derive(Debug)]
pub(super) struct Clipping<'a> {
    format: CopyFormat,
    names: &'a HashMap<EndpointId, String>,
    say: &'a dyn Say,
    zone: TimeZone,
    limit_bytes: usize,
    text: String,
    entries: u64,
    cut: bool,
}

impl<'a> Clipping<'a> {
    pub(super) fn new(
        format: CopyFormat,
        names: &'a HashMap<EndpointId, String>,
        say: &'a dyn Say,
    ) -> Self {
        Self {
            format,
            names,
            say,
            zone: TimeZone::system(),
            limit_bytes: COPY_LIMIT_BYTES,
            text: String::new(),
            entries: 0,
            cut: false,
        }
    }

    /// Takes the entries of a view from the first number to the last one.
    pub(super) fn copy(
        mut self,
        record: &Record,
        view: &View,
        texts: &Texts,
        (first, last): (u64, u64),
    ) -> Answer {
        let mut row = view.row_from(first);
        let end = view.row_from(last.saturating_add(1));
        while row < end && !self.cut {
            let next = end.min(row + SLICE_ENTRIES);
            visit(record, view, texts, row..next, Depth::Whole, |item| {
                match &item.entry {
                    Ok(entry) => self.push(entry, &item),
                    Err(error) => self.push_text(&self.say.unreadable(error).text),
                }
                if self.cut {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            row = next;
        }
        Answer::Copied {
            text: self.text,
            entries: self.entries,
            cut: self.cut,
        }
    }

    /// Appends an entry on a line of its own, unless the format has no place for it.
    fn push(&mut self, entry: &Entry, item: &Item) {
        let room = self.limit_bytes.saturating_sub(self.text.len());
        if let Some(text) = self.write(entry, item, room) {
            self.push_text(&text);
        }
    }

    fn push_text(&mut self, text: &str) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.entries += 1;
        if self.text.len() > self.limit_bytes {
            self.text
                .truncate(self.text.floor_char_boundary(self.limit_bytes));
            self.cut = true;
        }
    }

    fn write(&mut self, entry: &Entry, item: &Item, room: usize) -> Option<String> {
        match (self.format, entry.payload()) {
            (CopyFormat::Rows, _) => Some(self.line(entry, item)),
            (format, Some(payload)) => {
                // No format writes a byte in less than one byte: what is beyond the room need not be written.
                let fitting = payload.bytes.get(..room).unwrap_or(&payload.bytes);
                self.cut |= fitting.len() < payload.bytes.len();
                Some(copy::write(format, item.start, fitting))
            }
            (CopyFormat::Text, None) => Some(self.say.entry(entry).text),
            (CopyFormat::Hex | CopyFormat::Escaped | CopyFormat::CArray, None) => None,
        }
    }

    fn line(&self, entry: &Entry, item: &Item) -> String {
        let row = item.row(None);
        let name = row.endpoint.and_then(|endpoint| self.names.get(&endpoint));
        let words = self.say.row(&row, name.map(String::as_str));
        match Timestamp::try_from(entry.time) {
            Ok(time) => {
                let time = time.to_zoned(self.zone.clone());
                format!("{}  {words}", time.strftime("%Y-%m-%d %H:%M:%S%.6f"))
            }
            // A time beyond the year 9999 is a wall clock gone wrong; the row is worth having without it.
            Err(_) => words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::criteria::Filter;
    use crate::capture::synthetic::{
        TestRecord, VariantNames, accepted, closed, event, received, record, sent,
    };
    use crate::capture::view::Views;

    fn conversation() -> TestRecord {
        record([
            event(0, 1, 7, accepted()),
            event(1, 1, 7, received(1, b"Hi\n")),
            event(2, 1, 7, sent(2, b"ok")),
            event(3, 1, 7, closed()),
        ])
    }

    fn copied(format: CopyFormat, range: (u64, u64), limit_bytes: usize) -> (String, u64, bool) {
        let record = conversation();
        let mut views = Views::new(&VariantNames);
        let view = views.caught_up(&Filter::default(), &record);
        let names = HashMap::from([(EndpointId(1), "Server 1".to_owned())]);
        let mut clipping = Clipping::new(format, &names, &VariantNames);
        clipping.zone = TimeZone::UTC;
        clipping.limit_bytes = limit_bytes;
        match clipping.copy(&record, view, &Texts::default(), range) {
            Answer::Copied { text, entries, cut } => (text, entries, cut),
            answer => panic!("{answer:?}"),
        }
    }

    #[test]
    fn entries_are_written_in_each_format() {
        let check = |format: CopyFormat, range: (u64, u64), expected: &str, entries: u64| {
            let copied = copied(format, range, COPY_LIMIT_BYTES);
            assert_eq!(copied, (expected.to_owned(), entries, false));
        };
        check(CopyFormat::Text, (1, 1), "Hi\n", 1);
        check(
            CopyFormat::Text,
            (0, 99),
            "Accepted 127.0.0.1:53122\nHi\nok\nClosed 127.0.0.1:53122",
            4,
        );
        check(CopyFormat::Hex, (0, 3), "48 69 0A\n6F 6B", 2);
        check(CopyFormat::Escaped, (1, 2), "Hi\\n\nok", 2);
        check(CopyFormat::Text, (7, 9), "", 0);
        check(
            CopyFormat::Rows,
            (1, 2),
            "1970-01-01 00:00:00.000001  Server 1: Received(3) Hi\\n\n\
             1970-01-01 00:00:00.000002  Server 1: Sent(2) ok",
            2,
        );
    }

    #[test]
    fn a_copy_ends_at_its_bound() {
        assert_eq!(
            copied(CopyFormat::Hex, (1, 2), 4),
            ("48 6".to_owned(), 1, true)
        );
        assert_eq!(
            copied(CopyFormat::Text, (1, 1), 2),
            ("Hi".to_owned(), 1, true)
        );
        assert_eq!(
            copied(CopyFormat::Text, (1, 2), 5),
            ("Hi\nok".to_owned(), 2, false)
        );
    }
}
