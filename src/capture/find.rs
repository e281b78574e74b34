//! A search under way: plain text, upper and lower case alike, once around the entries of a view, in slices.

use std::ops::{ControlFlow, Range};

use super::criteria::Filter;
use super::entry::Entry;
use super::record::{Depth, Record};
use super::request::Answer;
use super::status::RecordStatus;
use super::store::ReadError;
use super::words;
use crate::payload::{Case, Pattern, VisibleText};

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
    pattern: Option<Pattern>,
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
            pattern: Pattern::parse_find(&text, Case::Ignored).ok(),
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
        let pick = |number: u64, entry: Result<Entry, ReadError>| {
            if let Some(entry) = entry.ok().filter(|entry| filter.shows(entry)) {
                bytes += entry.payload().map_or(0, |payload| payload.bytes.len());
                picked.push(entry);
            }
            if bytes < SLICE_BYTES {
                return ControlFlow::Continue(());
            }
            last = Some(number);
            ControlFlow::Break(())
        };
        if self.forward {
            let slice = start..end.min(start + SLICE_ENTRIES);
            let next = slice.end;
            record.visit(slice, Depth::Whole, pick);
            self.ahead.start = last.map_or(next, |last| last + 1);
        } else {
            let slice = start.max(end.saturating_sub(SLICE_ENTRIES))..end;
            let next = slice.start;
            record.visit(slice.rev(), Depth::Whole, pick);
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
            return pattern.is_in(words.text.as_bytes());
        };
        let carry = entry.stream().carry;
        if carry.is_empty() {
            return pattern.is_in(&payload.bytes);
        }
        self.joined.clear();
        self.joined.extend_from_slice(carry.as_slice());
        self.joined.extend_from_slice(&payload.bytes);
        pattern.is_in(&self.joined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::synthetic::{accepted, closed, event, received, record, sent};
    use crate::net::{EndpointId, Event};

    /// Searches to the end, in a record that must not need more slices than it has entries.
    fn search(record: &Record, mut find: Find) -> (Option<u64>, bool) {
        for _ in 0..=record.status().entries + 1 {
            if let Some(answer) = find.step(record) {
                let Answer::Found { entry, wrapped, .. } = answer else {
                    panic!("{answer:?}");
                };
                return (entry, wrapped);
            }
        }
        panic!("the search does not end");
    }

    /// 0 accepted, 1 "Hello", 2 "日本" up to a byte, 3 its last byte, 4 "HELLO" on endpoint 2, 5 closed.
    fn conversation() -> Vec<Event> {
        let japanese = "日本".as_bytes();
        vec![
            event(0, 1, 7, accepted()),
            event(1, 1, 7, received(1, b"Hello")),
            event(2, 1, 7, received(2, &japanese[..5])),
            event(3, 1, 7, received(3, &japanese[5..])),
            event(4, 2, 8, sent(4, b"xx HELLO")),
            event(5, 1, 7, closed()),
        ]
    }

    fn found(text: &str, from: Option<u64>, forward: bool) -> (Option<u64>, bool) {
        let record = record(conversation());
        let filter = Filter::default();
        let find = Find::new(filter, text.to_owned(), from, forward, record.status());
        search(&record, find)
    }

    #[test]
    fn text_is_found_forward_and_around() {
        let check = |text: &str, from: Option<u64>, expected: (Option<u64>, bool)| {
            assert_eq!(found(text, from, true), expected, "{text} after {from:?}");
        };
        check("hello", None, (Some(1), false));
        check("hello", Some(0), (Some(1), false));
        check("hello", Some(1), (Some(4), false));
        check("hello", Some(4), (Some(1), true));
        check("accepted", Some(0), (Some(0), true));
        check("CLOSED BY US", Some(1), (Some(5), false));
        check("nowhere", Some(2), (None, true));
        check("nowhere", None, (None, false));
        check("hello", Some(99), (Some(1), true));
        check("", None, (None, false));
    }

    #[test]
    fn text_is_found_backward_and_around() {
        let check = |text: &str, from: Option<u64>, expected: (Option<u64>, bool)| {
            assert_eq!(found(text, from, false), expected, "{text} before {from:?}");
        };
        check("hello", None, (Some(4), false));
        check("hello", Some(4), (Some(1), false));
        check("hello", Some(1), (Some(4), true));
        check("accepted", Some(0), (Some(0), true));
        check("nowhere", Some(2), (None, true));
        check("hello", Some(99), (Some(4), false));
    }

    #[test]
    fn a_split_character_is_found_where_it_completes() {
        assert_eq!(found("本", None, true), (Some(3), false));
        assert_eq!(found("日", None, true), (Some(2), false));
    }

    #[test]
    fn what_is_looked_for_is_plain_text() {
        assert_eq!(found("h.llo", None, true), (None, false));
        assert_eq!(found("127.0.0.1:53122", None, true), (Some(0), false));
    }

    #[test]
    fn only_entries_of_the_view_are_found() {
        let record = record(conversation());
        let check = |filter: Filter, expected: Option<u64>| {
            let find = Find::new(filter, "hello".to_owned(), None, true, record.status());
            assert_eq!(search(&record, find).0, expected);
        };
        let of = |endpoint, from_entry| Filter {
            endpoint: Some(EndpointId(endpoint)),
            from_entry,
            ..Filter::default()
        };
        check(of(1, 0), Some(1));
        check(of(2, 0), Some(4));
        check(of(1, 2), None);
    }

    #[test]
    fn a_search_goes_through_its_slices_in_both_directions() {
        let count = 3 * SLICE_ENTRIES + 10;
        let needles = [5, SLICE_ENTRIES, count - 1];
        let event = |n: u64| {
            let text: &[u8] = if needles.contains(&n) {
                b"needle"
            } else {
                b"hay"
            };
            event(n, 1, 7, received(n, text))
        };
        let record = record((0..count).map(event));
        for forward in [true, false] {
            let mut from = Some(if forward { count - 1 } else { 5 });
            let mut order = Vec::new();
            for _ in needles {
                let text = "needle".to_owned();
                let find = Find::new(Filter::default(), text, from, forward, record.status());
                from = search(&record, find).0;
                order.extend(from);
            }
            let mut expected = needles;
            if !forward {
                expected.reverse();
            }
            assert_eq!(order, expected);
        }
    }

    #[test]
    fn large_payloads_make_a_slice_of_their_own() {
        let large = vec![b'x'; SLICE_BYTES];
        let event = |n: u64| event(n, 1, 7, received(n, &large));
        let record = record((0..3).map(event));
        for forward in [true, false] {
            let text = "needle".to_owned();
            let mut find = Find::new(Filter::default(), text, None, forward, record.status());
            let steps = std::iter::from_fn(|| find.step(&record).is_none().then_some(()));
            assert_eq!(steps.take(10).count(), 3);
        }
    }
}
