//! A find in progress: its own view, which can step to the next entry while it is still counting the rest.

use super::criteria::Filter;
use super::progress::Progress;
use super::request::Answer;
use super::view::View;
use crate::payload::Pattern;

/// What to find, and from where.
#[derive(Debug)]
pub(super) struct RunningFind {
    pub(super) filter: Filter,
    pub(super) pattern: Pattern,
    from: Option<u64>,
    forward: bool,
    /// The number after the last entry to search.
    pub(super) end: u64,
    is_answered: bool,
    /// The entry found.
    found: Option<u64>,
}

impl RunningFind {
    /// Starts a find among the entries before `end`.
    pub(super) fn new(
        filter: Filter,
        pattern: Pattern,
        from: Option<u64>,
        forward: bool,
        end: u64,
    ) -> Self {
        Self {
            filter,
            pattern,
            from,
            forward,
            end,
            is_answered: false,
            found: None,
        }
    }

    /// Returns the answer, once, as soon as the view has progressed far enough.
    pub(super) fn answer(&mut self, view: &mut View, progress: Progress) -> Option<Answer> {
        if self.is_answered {
            return None;
        }
        let (row, wrapped) = self.row(view)?;
        let entry = row.and_then(|row| view.number(row));
        self.is_answered = true;
        self.found = entry;
        Some(Answer::Found {
            pattern: self.pattern.clone(),
            entry,
            place: row.unwrap_or_default(),
            count: view.len(),
            wrapped,
            progress,
            ticks: None,
            crossings: view.crossings(),
        })
    }

    /// Reports progress.
    pub(super) fn progress_report(&self, view: &View, progress: Progress) -> Answer {
        Answer::Finding {
            pattern: self.pattern.clone(),
            count: view.len(),
            place: self.found.map(|entry| view.row_from(entry)),
            progress,
            ticks: None,
            crossings: view.crossings(),
        }
    }

    /// Returns the row of the view to go to, if there is one, and whether the search wrapped around. `None` while it is
    /// not known.
    fn row(&self, view: &mut View) -> Option<(Option<u64>, bool)> {
        let len = view.len();
        let is_whole = !view.is_behind(self.end);
        let first = (len > 0).then_some(0);
        let last = len.checked_sub(1).filter(|_| is_whole);
        let (ahead, is_known, around) = match (self.from, self.forward) {
            (None, true) => (first, first.is_some(), None),
            (None, false) => (last, false, None),
            (Some(from), true) => {
                let row = view.row_from(from.saturating_add(1));
                let row = Some(row).filter(|row| *row < len);
                (row, row.is_some(), first)
            }
            (Some(from), false) => {
                let row = view.row_from(from).checked_sub(1);
                (row, view.examined_to() > from && row.is_some(), last)
            }
        };
        if !is_known && !is_whole {
            return None;
        }
        Some(match ahead {
            Some(row) => (Some(row), false),
            None => (around, self.from.is_some()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::event::Event;
    use crate::capture::pass::Turn;
    use crate::capture::record::Record;
    use crate::capture::store::Keep;
    use crate::capture::synthetic::{
        TestRecord, VariantNames, accepted, closed, empty_record_of, entries, event, received, sent,
    };
    use crate::capture::view::Views;
    use crate::net::EndpointId;
    use crate::payload::Case;

    /// 0 accepted, 1 "Hello", 2 "日本" less its last byte, 3 that byte, 4 "HELLO" on endpoint 2, 5 closed; two entries
    /// per segment.
    fn conversation() -> TestRecord {
        let first = "日本".as_bytes().get(..5).unwrap();
        let rest = "日本".as_bytes().get(5..).unwrap();
        let events: Vec<Event> = vec![
            event(0, 1, 7, accepted()),
            event(1, 1, 7, received(1, b"Hello")),
            event(2, 1, 7, received(2, first)),
            event(3, 1, 7, received(3, rest)),
            event(4, 2, 8, sent(4, b"xx HELLO")),
            event(5, 1, 7, closed()),
        ];
        let record = empty_record_of(Keep::up_to(u64::MAX), 2);
        record.store().append(&mut entries(events));
        record
    }

    /// The result of a find: the entry, its place, the total count, and whether it wrapped.
    fn find(
        record: &Record,
        filter: &Filter,
        typed: &str,
        from: Option<u64>,
        forward: bool,
    ) -> (Option<u64>, u64, u64, bool) {
        let pattern = Pattern::parse_find(typed, Case::Ignored).unwrap();
        let end = record.status().entries;
        let mut find = RunningFind::new(filter.clone(), pattern.clone(), from, forward, end);
        let mut views = Views::new(&VariantNames);
        let view = views.get_found(filter, Some(&pattern));
        let mut answer = None;
        while view.is_behind(end) {
            view.work(record, end, Turn::one_step());
            let progress = view.progress(record, end);
            answer = answer.or(find.answer(view, progress));
        }
        assert!(view.progress(record, end).is_whole());
        let Some(Answer::Found { entry, wrapped, .. }) = answer else {
            panic!("no answer");
        };
        let Answer::Finding { count, place, .. } = find.progress_report(view, Progress::default())
        else {
            panic!("no count");
        };
        (entry, place.unwrap_or(99), count, wrapped)
    }

    #[test]
    fn entries_are_found_in_both_directions_and_around() {
        let record = conversation();
        let any = Filter::default();
        let check = |typed, from, forward, expected| {
            let found = find(&record, &any, typed, from, forward);
            assert_eq!(found, expected, "{typed} from {from:?}, {forward}");
        };
        check("hello", None, true, (Some(1), 0, 2, false));
        check("hello", Some(0), true, (Some(1), 0, 2, false));
        check("hello", Some(1), true, (Some(4), 1, 2, false));
        check("hello", Some(4), true, (Some(1), 0, 2, true));
        check("hello", Some(99), true, (Some(1), 0, 2, true));
        check("hello", None, false, (Some(4), 1, 2, false));
        check("hello", Some(4), false, (Some(1), 0, 2, false));
        check("hello", Some(1), false, (Some(4), 1, 2, true));
        check("hello", Some(99), false, (Some(4), 1, 2, false));
        check("ACCEPTED", Some(0), true, (Some(0), 0, 1, true));
        check("closed 127", Some(1), true, (Some(5), 0, 1, false));
        check("nowhere", Some(2), true, (None, 99, 0, true));
        check("nowhere", None, true, (None, 99, 0, false));
        check("h.llo", None, true, (None, 99, 0, false));
        check("regex:h.llo", None, true, (Some(1), 0, 2, false));
        check("127.0.0.1:53122", None, true, (Some(0), 0, 2, false));
    }

    #[test]
    fn the_previous_match_is_not_reported_before_nearer_entries_are_searched() {
        let record = empty_record_of(Keep::up_to(u64::MAX), 2);
        let events =
            (0_u64..4).map(|n| event(n, 1, 7, received(n, [b"hello", &b"x"[..]][n as usize % 2])));
        record.store().append(&mut entries(events));
        let found = find(&record, &Filter::default(), "hello", Some(3), false);
        assert_eq!(found, (Some(2), 1, 2, false));
    }

    #[test]
    fn a_match_across_reads_and_segments_is_found_in_each() {
        let record = conversation();
        let any = Filter::default();
        assert_eq!(
            find(&record, &any, "o日", None, true),
            (Some(1), 0, 2, false)
        );
        assert_eq!(
            find(&record, &any, "本", None, true),
            (Some(2), 0, 2, false)
        );
    }

    #[test]
    fn only_entries_that_pass_the_filter_are_found() {
        let record = conversation();
        let check = |filter: &Filter, typed, expected| {
            assert_eq!(find(&record, filter, typed, None, true).0, expected);
        };
        let of = |endpoint, from_entry| Filter {
            endpoint: Some(EndpointId(endpoint)),
            from_entry,
            ..Filter::default()
        };
        check(&of(1, 0), "hello", Some(1));
        check(&of(2, 0), "hello", Some(4));
        check(&of(1, 2), "hello", None);
        let with_pattern = Filter {
            pattern: Some(Pattern::parse("o").unwrap()),
            ..Filter::default()
        };
        check(&with_pattern, "hello", Some(1));
        let with_pattern = Filter {
            pattern: Some(Pattern::parse("xx").unwrap()),
            ..Filter::default()
        };
        check(&with_pattern, "hello", Some(4));
    }
}
