//! A search under way: plain text, upper and lower case alike, once around the entries of a view, in slices.

use std::ops::{ControlFlow, Range};

use regex::bytes::{Regex, RegexBuilder};

use super::entry::Entry;
use super::record::Record;
use super::request::{Answer, Filter};
use super::status::RecordStatus;
use super::words;
use crate::payload::VisibleText;

/// How many entries a slice looks through.
const SLICE_ENTRIES: u64 = 1_024;
/// How many bytes of payload a slice looks through, but for the one payload that passes it.
const SLICE_BYTES: usize = 4 * 1024 * 1024;

/// What is left of a search.
#[derive(Debug)]
pub(super) struct Find {
    filter: Filter,
    text: String,
    /// None when the text can be found nowhere: it is empty, or too long for the search to be made.
    pattern: Option<Regex>,
    forward: bool,
    /// The entries to look through now, then those after the wrap.
    ahead: Range<u64>,
    around: Range<u64>,
    wrapped: bool,
    /// A payload with the carry before it; kept for its allocation.
    joined: Vec<u8>,
}

impl Find {
    /// Begins a search after the entry `from`, which is looked at last, among the entries that are on record now.
    pub(super) fn new(
        filter: Filter,
        text: String,
        from: Option<u64>,
        forward: bool,
        status: RecordStatus,
    ) -> Self {
        let end = status.entries;
        let start = status.first_kept.max(filter.from_entry).min(end);
        let (ahead, around) = match from {
            None => (start..end, end..end),
            Some(from) if forward => {
                let next = from.saturating_add(1).clamp(start, end);
                (next..end, start..next)
            }
            Some(from) => {
                let from = from.clamp(start, end);
                (start..from, from..end)
            }
        };
        Self {
            pattern: pattern(&text),
            filter,
            text,
            forward,
            ahead,
            around,
            wrapped: false,
            joined: Vec::new(),
        }
    }

    /// Looks through one slice. Returns the answer when the search is over.
    pub(super) fn step(&mut self, record: &Record) -> Option<Answer> {
        let is_over = self.ahead.is_empty() && self.around.is_empty();
        if is_over || self.pattern.is_none() {
            return Some(self.answer(None));
        }
        if self.ahead.is_empty() {
            self.ahead = std::mem::take(&mut self.around);
            self.wrapped = true;
        }
        for entry in self.next_slice(record) {
            if self.matches(&entry) {
                return Some(self.answer(Some(entry.number)));
            }
        }
        None
    }

    fn answer(&mut self, entry: Option<u64>) -> Answer {
        Answer::Found {
            text: std::mem::take(&mut self.text),
            entry,
            wrapped: self.wrapped,
        }
    }

    /// Takes the next entries that the view shows, in the order of the search.
    fn next_slice(&mut self, record: &Record) -> Vec<Entry> {
        let Range { start, end } = self.ahead;
        let mut picked = Vec::new();
        let mut bytes = 0;
        let mut last = None;
        let filter = &self.filter;
        let pick = |entry: &Entry| {
            if filter.shows(entry) {
                bytes += entry.payload().map_or(0, |payload| payload.bytes.len());
                picked.push(entry.clone());
            }
            if bytes < SLICE_BYTES {
                return ControlFlow::Continue(());
            }
            last = Some(entry.number);
            ControlFlow::Break(())
        };
        if self.forward {
            let slice = start..end.min(start + SLICE_ENTRIES);
            let next = slice.end;
            record.visit(slice, pick);
            self.ahead.start = last.map_or(next, |last| last + 1);
        } else {
            let slice = start.max(end.saturating_sub(SLICE_ENTRIES))..end;
            let next = slice.start;
            record.visit(slice.rev(), pick);
            self.ahead.end = last.unwrap_or(next);
        }
        picked
    }

    fn matches(&mut self, entry: &Entry) -> bool {
        let Some(pattern) = &self.pattern else {
            return false;
        };
        let Some(payload) = entry.payload() else {
            let words = VisibleText::plain(words::words(entry));
            return pattern.is_match(words.text.as_bytes());
        };
        let carry = entry.stream().carry;
        if carry.is_empty() {
            return pattern.is_match(&payload.bytes);
        }
        self.joined.clear();
        self.joined.extend_from_slice(carry.as_slice());
        self.joined.extend_from_slice(&payload.bytes);
        pattern.is_match(&self.joined)
    }
}

fn pattern(text: &str) -> Option<Regex> {
    if text.is_empty() {
        return None;
    }
    RegexBuilder::new(&regex::escape(text))
        .case_insensitive(true)
        .build()
        .ok()
}
