//! Text of entries for the clipboard, bounded.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::entry::Entry;
use super::record::Record;
use super::request::{Answer, COPY_LIMIT_BYTES};
use super::row::Row;
use super::view::View;
use super::words;
use crate::net::EndpointId;
use crate::payload::{CopyFormat, VisibleText, copy};

/// How many entries are taken from the record at once.
const SLICE_ENTRIES: u64 = 256;

/// Text that grows entry by entry up to its bound.
#[derive(Debug)]
pub(super) struct Clipping<'a> {
    format: CopyFormat,
    names: &'a HashMap<EndpointId, String>,
    zone: TimeZone,
    limit_bytes: usize,
    text: String,
    entries: u64,
    cut: bool,
}

impl<'a> Clipping<'a> {
    pub(super) fn new(format: CopyFormat, names: &'a HashMap<EndpointId, String>) -> Self {
        Self {
            format,
            names,
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
        (first, last): (u64, u64),
    ) -> Answer {
        let mut row = view.row_from(first);
        let end = view.row_from(last.saturating_add(1));
        while row < end && !self.cut {
            let next = end.min(row + SLICE_ENTRIES);
            for entry in record.entries((row..next).filter_map(|row| view.number(row))) {
                if !self.cut {
                    self.push(&entry);
                }
            }
            row = next;
        }
        Answer::Copied {
            text: self.text,
            entries: self.entries,
            cut: self.cut,
        }
    }

    /// Appends an entry on a line of its own, unless the format has no place for it.
    fn push(&mut self, entry: &Entry) {
        let room = self.limit_bytes.saturating_sub(self.text.len());
        let Some(text) = self.write(entry, room) else {
            return;
        };
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str(&text);
        self.entries += 1;
        if self.text.len() > self.limit_bytes {
            self.text
                .truncate(self.text.floor_char_boundary(self.limit_bytes));
            self.cut = true;
        }
    }

    fn write(&mut self, entry: &Entry, room: usize) -> Option<String> {
        match (self.format, entry.payload()) {
            (CopyFormat::Rows, _) => Some(self.line(entry)),
            (format, Some(payload)) => {
                // No format writes a byte in less than one byte: what is beyond the room need not be written.
                let fitting = payload.bytes.get(..room).unwrap_or(&payload.bytes);
                self.cut |= fitting.len() < payload.bytes.len();
                Some(copy::write(format, entry.stream().carry, fitting))
            }
            (CopyFormat::Text, None) => Some(VisibleText::plain(words::words(entry)).text),
            (CopyFormat::Hex | CopyFormat::Escaped | CopyFormat::CArray, None) => None,
        }
    }

    fn line(&self, entry: &Entry) -> String {
        let row = Row::new(entry, None);
        let name = row.endpoint.and_then(|endpoint| self.names.get(&endpoint));
        let words = row.spoken(name.map(String::as_str));
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
