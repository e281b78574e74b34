//! Compares views of a recording that grows at one end with a search through all entries.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::capture::MAX_ROWS;
use crate::capture::entry::Entry;
use crate::capture::event::Event;
use crate::capture::synthetic::{VariantNames, accepted, entries, event, record, ring};
use crate::net::{EndpointId, FlowId};

fn filter(endpoint: Option<u32>, connection: Option<u64>, from_entry: u64) -> Filter {
    Filter {
        endpoint: endpoint.map(EndpointId),
        connection: connection.map(FlowId::server),
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
