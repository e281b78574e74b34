//! Views: the rows of a filter, while the recording grows at one end and is dropped at the other.

use std::collections::VecDeque;
use std::ops::Range;

use super::chosen::Chosen;
use super::criteria::Filter;
use super::frames::Frames;
use super::page::Span;
use super::pass::Pass;
use super::progress::Progress;
use super::record::Record;
use super::say::Say;
use crate::net::Stamp;
use crate::payload::Pattern;

/// How many views the reader remembers. A view that is needed again later is rebuilt, and counts its dropped rows from
/// 0 again.
const VIEWS_KEPT: usize = 8;

/// The most recently used views.
#[derive(Debug)]
pub(super) struct Views {
    say: &'static dyn Say,
    /// Newest first.
    recent: VecDeque<View>,
}

impl Views {
    pub(super) fn new(say: &'static dyn Say) -> Self {
        Self {
            say,
            recent: VecDeque::new(),
        }
    }

    /// Returns the view of `filter`, as far as it has progressed.
    pub(super) fn get(&mut self, filter: &Filter) -> &mut View {
        self.get_found(filter, None)
    }

    /// Returns the view of the entries that `filter` shows and that match `also`.
    pub(super) fn get_found(&mut self, filter: &Filter, also: Option<&Pattern>) -> &mut View {
        let key = Key::new(filter, also);
        let known = self.recent.iter().position(|view| view.key == key);
        let view = known
            .and_then(|place| self.recent.remove(place))
            .unwrap_or_else(|| View::new(key, self.say));
        self.recent.truncate(VIEWS_KEPT - 1);
        self.recent.push_front_mut(view)
    }

    /// Returns the view of `filter` after it has caught up with the recording, however long that takes.
    #[cfg(test)]
    pub(super) fn caught_up(&mut self, filter: &Filter, record: &Record) -> &View {
        let view = self.get(filter);
        while !view.work(record, record.status().entries, super::pass::Turn::begin()) {}
        view
    }

    /// Frees memory and files of views that nobody is waiting for.
    pub(super) fn release(&mut self) {
        for view in &mut self.recent {
            if let Rows::Chosen(chosen) = &mut view.rows {
                chosen.release();
            }
        }
    }
}

/// Identifies a view.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    filter: Filter,
    /// A pattern that entries must match besides the filter's own.
    also: Option<Pattern>,
}

impl Key {
    fn new(filter: &Filter, also: Option<&Pattern>) -> Self {
        let mut filter = filter.clone();
        // A find searches entries, not frames.
        filter.frames = filter.frames.filter(|_| also.is_none());
        if filter.pattern.is_none() && also.is_none() {
            filter.encodings.clear();
        }
        let also = also.filter(|also| filter.pattern.as_ref() != Some(also));
        match (&filter.pattern, also) {
            (None, Some(also)) => {
                filter.pattern = Some(also.clone());
                Self { filter, also: None }
            }
            (_, also) => Self {
                also: also.cloned(),
                filter,
            },
        }
    }
}

/// The rows of one filter.
#[derive(Debug)]
pub(super) struct View {
    key: Key,
    rows: Rows,
}

#[derive(Debug)]
enum Rows {
    All(AllEntries),
    /// Chosen entries.
    Chosen(Box<Chosen>),
    /// Frames.
    Frames(Box<Frames>),
}

/// A range of entries, and how many before it are gone.
#[derive(Debug)]
struct AllEntries {
    range: Range<u64>,
    gone: u64,
}

impl Pass for AllEntries {
    fn is_behind(&self, end: u64) -> bool {
        self.range.end < end
    }

    fn step(&mut self, _record: &Record, end: u64) {
        self.range.end = end;
    }

    fn give_up(&mut self, first_kept: u64) {
        let Self { range, gone } = self;
        range.end = range.end.max(first_kept);
        let start = first_kept.clamp(range.start, range.end);
        *gone += start - range.start;
        range.start = start;
    }
}

impl View {
    /// Makes the view of a filter.
    #[cfg(test)]
    pub(super) fn of(filter: Filter, say: &'static dyn Say) -> Self {
        Self::new(Key { filter, also: None }, say)
    }

    /// Returns the frames, if it shows any.
    pub(super) fn frames(&self) -> Option<&Frames> {
        match &self.rows {
            Rows::Frames(frames) => Some(frames),
            _ => None,
        }
    }

    /// Advances the time: a silence ends a frame.
    pub(super) fn pass(&mut self, now: Stamp) {
        if let Rows::Frames(frames) = &mut self.rows {
            frames.pass(now);
        }
    }

    fn new(key: Key, say: &'static dyn Say) -> Self {
        let from = key.filter.from_entry;
        let rows = if let Some(rules) = &key.filter.frames {
            Rows::Frames(Box::new(Frames::new(&key.filter, rules, say)))
        } else if key.filter.shows_all() {
            Rows::All(AllEntries {
                range: from..from,
                gone: 0,
            })
        } else {
            Rows::Chosen(Box::new(Chosen::new(&key.filter, key.also.as_ref(), say)))
        };
        Self { key, rows }
    }

    fn pass_mut(&mut self) -> &mut dyn Pass {
        match &mut self.rows {
            Rows::All(all) => all,
            Rows::Chosen(chosen) => &mut **chosen,
            Rows::Frames(frames) => &mut **frames,
        }
    }

    /// Returns the number after the entries that have been examined.
    pub(super) fn examined_to(&self) -> u64 {
        match &self.rows {
            Rows::All(all) => all.range.end,
            Rows::Chosen(chosen) => chosen.examined_to(),
            Rows::Frames(frames) => frames.examined_to(),
        }
    }

    /// Returns its progress through the entries before `end`.
    pub(super) fn progress(&self, record: &Record, end: u64) -> Progress {
        let start = record.status().first_kept.max(self.key.filter.from_entry);
        let total = end.saturating_sub(start);
        let most = total.saturating_sub(self.is_behind(end).into());
        let done = self.examined_to().saturating_sub(start).min(most);
        Progress { done, total }
    }

    /// Returns the number of rows.
    pub(super) fn len(&self) -> u64 {
        match &self.rows {
            Rows::All(all) => all.range.end - all.range.start,
            Rows::Chosen(chosen) => chosen.hits().len(),
            Rows::Frames(frames) => frames.len(),
        }
    }

    /// Returns the number of rows that are no longer kept.
    pub(super) fn gone(&self) -> u64 {
        match &self.rows {
            Rows::All(all) => all.gone,
            Rows::Chosen(chosen) => chosen.hits().gone(),
            Rows::Frames(frames) => frames.gone(),
        }
    }

    /// Returns the entry number of a row; for frames, the row's number counting rows that are gone.
    pub(crate) fn number(&self, row: u64) -> Option<u64> {
        match &self.rows {
            Rows::All(AllEntries { range, .. }) => {
                range.start.checked_add(row).filter(|it| range.contains(it))
            }
            Rows::Chosen(chosen) => chosen.hits().number(row),
            Rows::Frames(frames) => (row < frames.len()).then(|| frames.gone() + row),
        }
    }

    /// Returns the first row with this number or a higher one.
    pub(crate) fn row_from(&self, number: u64) -> u64 {
        match &self.rows {
            Rows::All(AllEntries { range, .. }) => {
                number.clamp(range.start, range.end) - range.start
            }
            Rows::Chosen(chosen) => chosen.hits().row_from(number),
            Rows::Frames(frames) => number.saturating_sub(frames.gone()).min(frames.len()),
        }
    }

    /// Returns the row that shows an entry, or the nearest one.
    pub(super) fn row_of_entry(&self, entry: u64, record: &Record) -> u64 {
        match &self.rows {
            Rows::Frames(frames) => self.row_from(frames.number_of_entry(entry, record)),
            _ => self.nearest_row(entry),
        }
    }

    /// Returns the rows of a span, as far as they exist.
    pub(super) fn rows(&self, span: Span, record: &Record) -> Range<u64> {
        let gone = self.gone();
        let row = match span {
            Span::Around { entry, .. } => Some(gone + self.row_of_entry(entry, record)),
            _ => None,
        };
        let rows = span.rows(gone..gone + self.len(), row);
        rows.start - gone..rows.end - gone
    }

    fn nearest_row(&self, entry: u64) -> u64 {
        let row = self.row_from(entry);
        let distance = |row: u64| self.number(row).map_or(u64::MAX, |n| n.abs_diff(entry));
        match row.checked_sub(1) {
            Some(before) if distance(before) < distance(row) => before,
            _ => row,
        }
    }
}

impl Pass for View {
    fn is_behind(&self, end: u64) -> bool {
        match &self.rows {
            Rows::All(all) => all.is_behind(end),
            Rows::Chosen(chosen) => chosen.is_behind(end),
            Rows::Frames(frames) => frames.is_behind(end),
        }
    }

    fn step(&mut self, record: &Record, end: u64) {
        self.pass_mut().step(record, end);
    }

    fn give_up(&mut self, first_kept: u64) {
        self.pass_mut().give_up(first_kept);
    }

    fn finish(&mut self, end: u64) {
        self.pass_mut().finish(end);
    }

    fn free_memory(&mut self) {
        self.pass_mut().free_memory();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::capture::MAX_ROWS;
    use crate::capture::entry::Entry;
    use crate::capture::synthetic::{VariantNames, accepted, entries, event, record, ring};
    use crate::net::{ConnectionId, EndpointId, Event};

    fn filter(endpoint: Option<u32>, connection: Option<u64>, from_entry: u64) -> Filter {
        Filter {
            endpoint: endpoint.map(EndpointId),
            connection: connection.map(ConnectionId),
            from_entry,
            ..Filter::default()
        }
    }

    /// Events of endpoints 1 and 2 alternately. Every fourth one belongs to connection 8.
    fn by_turns(count: u64) -> Vec<Event> {
        let event = |n: u64| {
            event(
                n,
                1 + (n % 2) as u32,
                7 + u64::from(n.is_multiple_of(4)),
                accepted(),
            )
        };
        (0..count).map(event).collect()
    }

    fn shown(view: &View) -> Vec<u64> {
        (0..view.len()).filter_map(|row| view.number(row)).collect()
    }

    #[test]
    fn a_view_shows_what_its_filter_selects() {
        let check = |filter: Filter, expected: &[u64]| {
            let record = record(by_turns(12));
            assert_eq!(
                shown(Views::new(&VariantNames).caught_up(&filter, &record)),
                expected
            );
        };
        check(
            filter(None, None, 0),
            &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        );
        check(filter(None, None, 9), &[9, 10, 11]);
        check(filter(None, None, 99), &[]);
        check(filter(Some(1), None, 0), &[0, 2, 4, 6, 8, 10]);
        check(filter(Some(2), None, 6), &[7, 9, 11]);
        check(filter(None, Some(8), 0), &[0, 4, 8]);
        check(filter(Some(2), Some(8), 0), &[]);
        check(filter(Some(3), None, 0), &[]);
    }

    #[test]
    fn a_span_covers_only_existing_rows() {
        let record = record(by_turns(20));
        let check = |filter: &Filter, span: Span, expected: Range<u64>| {
            let mut views = Views::new(&VariantNames);
            assert_eq!(
                views.caught_up(filter, &record).rows(span, &record),
                expected,
                "{span:?}"
            );
        };
        let from = |first, count| Span::From { first, count };
        let newest = |count| Span::Newest { count };
        let around = |entry, count| Span::Around { entry, count };
        let all = filter(None, None, 0);
        check(&all, from(5, 3), 5..8);
        check(&all, from(18, 5), 18..20);
        check(&all, from(30, 5), 20..20);
        check(&all, newest(4), 16..20);
        check(&all, newest(100), 0..20);
        check(&all, around(10, 5), 8..13);
        check(&all, around(0, 5), 0..5);
        check(&all, around(19, 5), 15..20);
        check(&all, around(99, 5), 15..20);
        check(&all, around(10, 100), 0..20);
        let odd = filter(Some(2), None, 0);
        check(&odd, around(11, 3), 4..7);
        check(&odd, around(12, 3), 5..8);
        check(&odd, newest(2), 8..10);
    }

    #[test]
    fn a_span_means_the_same_rows_after_older_ones_are_dropped() {
        let all = entries(by_turns(20));
        let record = ring(8);
        let everything = filter(None, None, 0);
        let mut views = Views::new(&VariantNames);
        let shown_from_twelve = |views: &mut Views| {
            let view = views.caught_up(&everything, &record);
            let span = Span::From {
                first: 12,
                count: 3,
            };
            let rows = view.rows(span, &record);
            rows.filter_map(|row| view.number(row)).collect::<Vec<_>>()
        };
        record.store().append(&mut all[..15].to_vec());
        assert_eq!(shown_from_twelve(&mut views), [12, 13, 14]);
        record.store().append(&mut all[15..].to_vec());
        assert!(record.status().first_kept >= 4, "older ones are gone");
        assert_eq!(shown_from_twelve(&mut views), [12, 13, 14]);
    }

    #[test]
    fn a_page_never_exceeds_the_row_limit() {
        let record = record(by_turns(MAX_ROWS as u64 + 10));
        let mut views = Views::new(&VariantNames);
        let view = views.caught_up(&filter(None, None, 0), &record);
        let count = usize::MAX;
        assert_eq!(
            view.rows(Span::Newest { count }, &record),
            10..MAX_ROWS as u64 + 10
        );
        assert_eq!(
            view.rows(Span::From { first: 0, count }, &record),
            0..MAX_ROWS as u64
        );
    }

    #[test]
    fn only_the_newest_views_are_remembered() {
        let record = record(by_turns(12));
        let mut views = Views::new(&VariantNames);
        for from in 0..2 * VIEWS_KEPT as u64 {
            views.caught_up(&filter(Some(1), None, from), &record);
        }
        assert_eq!(views.recent.len(), VIEWS_KEPT);
        views.caught_up(&filter(Some(1), None, 15), &record);
        assert_eq!(views.recent.len(), VIEWS_KEPT);
        assert_eq!(views.recent[0].key.filter.from_entry, 15);
        assert_eq!(views.recent[1].key.filter.from_entry, 14);
    }

    /// Shows each view of a recording that grows and drops entries, and compares it with a search through all entries.
    fn follow(filters: &[Filter], batches: &[(usize, usize)], kept: u64) {
        let count = batches.iter().map(|(count, _)| count).sum::<usize>();
        let all: Vec<Entry> = entries(by_turns(count as u64));
        let mut rest = all.iter().cloned();
        let record = ring(kept);
        let mut views = Views::new(&VariantNames);
        let mut places: HashMap<(usize, u64), u64> = HashMap::new();
        for &(count, asked) in batches {
            let mut batch: Vec<_> = rest.by_ref().take(count).collect();
            let status = record.store().append(&mut batch);
            let on_record = status.first_kept..status.entries;
            let which = asked % filters.len();
            let filter = &filters[which];
            let view = views.caught_up(filter, &record);
            let is_shown = |e: &&Entry| on_record.contains(&e.number) && filter.shows(e);
            let expected: Vec<u64> = all.iter().filter(is_shown).map(|e| e.number).collect();
            assert_eq!(shown(view), expected, "{filter:?}");
            for (row, number) in shown(view).into_iter().enumerate() {
                let place = view.gone() + row as u64;
                let first = *places.entry((which, number)).or_insert(place);
                assert_eq!(first, place, "entry {number} drifted in {filter:?}");
            }
        }
    }

    #[test]
    fn a_view_catches_up_over_several_slices_and_does_not_drift_as_entries_are_dropped() {
        let slice = 8_192;
        let filters = [filter(Some(1), None, 0), filter(None, None, 0)];
        let batches = [
            (2 * slice + 5, 0),
            (slice, 0),
            (10, 1),
            (2 * slice, 1),
            (1, 0),
        ];
        follow(&filters, &batches, 8_292);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_view_equals_a_search_through_all_entries(
            batches in proptest::collection::vec((0..60_usize, 0..6_usize), 1..30),
            kept in 1..200_u64,
        ) {
            let filters = [
                filter(None, None, 0),
                filter(None, None, 100),
                filter(Some(1), None, 0),
                filter(Some(2), None, 50),
                filter(None, Some(8), 0),
                filter(Some(1), Some(7), 0),
            ];
            follow(&filters, &batches, kept);
        }
    }
}
