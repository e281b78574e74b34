//! The text of entries for the clipboard, limited in size.

use std::collections::HashMap;
use std::mem;
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::entry::Entry;
use super::item::{Item, visit};
use super::pass::Turn;
use super::record::Depth;
use super::say::Say;
use super::texts::TextsOf;
use super::view::View;
use crate::net::EndpointId;
use crate::payload::{CopyFormat, copy};

/// How many entries are read from the recording at once.
const SLICE_ENTRIES: u64 = 256;

/// The most text that one copy produces, in bytes.
pub const COPY_LIMIT_BYTES: usize = 16 * 1024 * 1024;

/// Text for the clipboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// The text.
    pub text: String,
    /// How many entries it holds.
    pub entries: u64,
    /// Whether it was cut at the limit ([`COPY_LIMIT_BYTES`]).
    pub cut: bool,
}

/// Text that grows entry by entry up to its limit.
#[derive(Debug)]
pub(super) struct Clipping {
    format: CopyFormat,
    names: HashMap<EndpointId, String>,
    zone: TimeZone,
    limit_bytes: usize,
    /// The numbers of the next and the last row.
    next: u64,
    last: u64,
    copied: Copied,
}

impl Clipping {
    /// Starts a copy of the rows from the first number to the last.
    pub(super) fn new(
        format: CopyFormat,
        names: HashMap<EndpointId, String>,
        (next, last): (u64, u64),
    ) -> Self {
        Self {
            format,
            names,
            zone: TimeZone::system(),
            limit_bytes: COPY_LIMIT_BYTES,
            next,
            last,
            copied: Copied::default(),
        }
    }

    /// Takes the copied text.
    pub(super) fn take(&mut self) -> Copied {
        mem::take(&mut self.copied)
    }

    /// Copies rows of a view until the turn is over. Returns whether all are copied.
    pub(super) fn work(
        &mut self,
        view: &View,
        texts: TextsOf<'_>,
        say: &dyn Say,
        turn: Turn,
    ) -> bool {
        let end = view.row_from(self.last.saturating_add(1));
        loop {
            let row = view.row_from(self.next);
            if row >= end || self.copied.cut {
                return true;
            }
            let next = end.min(row + SLICE_ENTRIES);
            visit(view, texts, row..next, Depth::Whole, |item| {
                let text = match &item.entry {
                    Ok(entry) => self.write(entry, &item, say),
                    Err(error) => Some(say.unreadable(error).text),
                };
                if let Some(text) = text {
                    self.push(&text);
                }
                if self.copied.cut {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
            let last = view.number(next - 1);
            self.next = last.map_or(u64::MAX, |last| last.saturating_add(1));
            if turn.is_over() {
                return row + SLICE_ENTRIES >= end || self.copied.cut;
            }
        }
    }

    /// Appends text on its own line.
    fn push(&mut self, more: &str) {
        let Copied { text, entries, cut } = &mut self.copied;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(more);
        *entries += 1;
        if text.len() > self.limit_bytes {
            text.truncate(text.floor_char_boundary(self.limit_bytes));
            *cut = true;
        }
    }

    /// Writes an entry, unless the format leaves it out.
    fn write(&mut self, entry: &Entry, item: &Item, say: &dyn Say) -> Option<String> {
        let room = self.limit_bytes.saturating_sub(self.copied.text.len());
        match (self.format, entry.payload()) {
            (CopyFormat::Rows, _) => Some(self.line(entry, item, say)),
            (format, Some(payload)) => {
                // Every format writes at least one byte per byte, so nothing beyond the room need be written.
                let fitting = payload.bytes.get(..room).unwrap_or(&payload.bytes);
                self.copied.cut |= fitting.len() < payload.bytes.len();
                Some(copy::write(format, item.start, fitting, item.end))
            }
            (CopyFormat::Text, None) => Some(say.entry(entry).text),
            (CopyFormat::Hex | CopyFormat::Escaped | CopyFormat::CArray, None) => None,
        }
    }

    fn line(&self, entry: &Entry, item: &Item, say: &dyn Say) -> String {
        let row = item.row(None);
        let name = row.endpoint.and_then(|endpoint| self.names.get(&endpoint));
        let words = say.row(&row, name.map(String::as_str));
        match Timestamp::try_from(entry.time) {
            Ok(time) => {
                let time = time.to_zoned(self.zone.clone());
                format!("{}  {words}", time.strftime("%Y-%m-%d %H:%M:%S%.6f"))
            }
            // A time after the year 9999 means a broken wall clock; the row is useful without it.
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
    use crate::capture::texts::Texts;
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
        let mut clipping = Clipping::new(format, names, range);
        clipping.zone = TimeZone::UTC;
        clipping.limit_bytes = limit_bytes;
        let texts = Texts::default();
        let texts = texts.of(&record);
        while !clipping.work(view, texts, &VariantNames, Turn::one_step()) {}
        let Copied { text, entries, cut } = clipping.take();
        (text, entries, cut)
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
    fn a_copy_ends_at_its_limit() {
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
