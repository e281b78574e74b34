//! Compares what a filter chooses with a search through all entries.

use proptest::prelude::*;

use super::*;
use crate::capture::Encodings;
use crate::capture::criteria::Kinds;
use crate::capture::entry::Entry;
use crate::capture::event::{Event, EventKind};
use crate::capture::pass::{Pass, Turn};
use crate::capture::record::Record;
use crate::capture::store::{Keep, Store};
use crate::capture::synthetic::{
    VariantNames, accepted, closed, empty_record, empty_record_of, entries, event, received,
    record, sent,
};
use crate::net::{ByDirection, FlowId, Requester};
use crate::script::RuleNumber;
use std::collections::BTreeMap;
use std::num::NonZeroU16;
use std::time::{Duration, UNIX_EPOCH};

fn shown(chosen: &Chosen) -> Vec<u64> {
    let hits = chosen.hits();
    (0..hits.len()).filter_map(|row| hits.number(row)).collect()
}

fn pattern(typed: &str) -> Pattern {
    Pattern::parse(typed).unwrap()
}

const FIRST_RULE: RuleNumber = RuleNumber(NonZeroU16::MIN);

/// One event for each choice, every third one requested by a rule, on endpoint 1 or 2.
fn events(choices: &[(u8, &str)]) -> Vec<Event> {
    let made = (0_u64..).zip(choices).map(|(n, (choice, text))| {
        let (endpoint, connection) = if choice % 2 == 0 { (1, 7) } else { (2, 8) };
        let kind = match choice / 2 {
            0 | 1 => received(n + 1, text.as_bytes()),
            2 => sent(n + 1, text.as_bytes()),
            3 => accepted(),
            _ => EventKind::PeerFinished,
        };
        let mut event = event(n * 1_000, endpoint, connection, kind);
        if n % 3 == 0 {
            event.by = Requester::Rule(FIRST_RULE);
        }
        event
    });
    made.collect()
}

/// The entries that match a filter with a text pattern, found by searching whole streams.
fn naive(filter: &Filter, all: &[Entry]) -> Vec<u64> {
    let mut touched: Vec<u64> = Vec::new();
    let typed = filter.pattern.as_ref().map(|it| it.typed().as_bytes());
    let Some(needle) = typed else {
        let shown = all.iter().filter(|entry| filter.shows(entry));
        return shown.map(|entry| entry.number).collect();
    };
    for endpoint in [1, 2] {
        for is_received in [true, false] {
            let chunks = all.iter().filter(|entry| {
                entry.event.endpoint == EndpointId(endpoint)
                    && match entry.event.kind {
                        EventKind::Received { .. } => is_received,
                        EventKind::Sent { .. } => !is_received,
                        _ => false,
                    }
            });
            let bytes = chunks.flat_map(|entry| {
                let bytes = entry.payload().unwrap().bytes.to_vec();
                bytes.into_iter().map(|byte| (byte, entry.number))
            });
            let bytes: Vec<_> = bytes.collect();
            for window in bytes.windows(needle.len()) {
                if window.iter().map(|it| it.0).eq(needle.iter().copied()) {
                    touched.extend(window.iter().map(|it| it.1));
                }
            }
        }
    }
    let is_in_words = |entry: &Entry| {
        entry.payload().is_none()
            && VariantNames
                .entry(entry)
                .text
                .contains(&*String::from_utf8_lossy(needle))
    };
    let shown = all.iter().filter(|entry| {
        filter.shows(entry) && (touched.contains(&entry.number) || is_in_words(entry))
    });
    shown.map(|entry| entry.number).collect()
}

fn filters() -> Vec<Filter> {
    let any = Filter::default;
    let find = |typed| Filter {
        pattern: Some(pattern(typed)),
        ..any()
    };
    let at = |millis| UNIX_EPOCH + Duration::from_millis(millis);
    vec![
        Filter {
            endpoint: Some(EndpointId(1)),
            ..any()
        },
        Filter {
            peer_text: "53122".to_owned(),
            kinds: Kinds {
                sent: false,
                ..Kinds::ALL
            },
            ..any()
        },
        Filter {
            kinds: Kinds {
                lifecycle: true,
                ..Kinds::NONE
            },
            ..any()
        },
        Filter {
            size: Some(2..=3),
            ..any()
        },
        Filter {
            time: Some(at(3)..at(11)),
            ..any()
        },
        Filter {
            rule: Some(FIRST_RULE),
            ..any()
        },
        Filter {
            rule: Some(FIRST_RULE),
            ..find("ab")
        },
        find("a"),
        find("abab"),
        find("Accept"),
        Filter {
            endpoint: Some(EndpointId(2)),
            kinds: Kinds {
                received: true,
                ..Kinds::NONE
            },
            ..find("ab")
        },
        Filter {
            size: Some(0..=1),
            ..find("bb")
        },
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_same_entries_are_chosen_however_it_catches_up(
        choices in proptest::collection::vec((0..10_u8, "[ab]{0,4}"), 1..60),
        batches in proptest::collection::vec(1..12_usize, 1..20),
        segment in 1..9_u32,
    ) {
        let borrowed: Vec<_> = choices.iter().map(|(choice, text)| (*choice, text.as_str())).collect();
        let all = entries(events(&borrowed));
        let record = empty_record_of(Keep::up_to(u64::MAX), segment);
        let filters = filters();
        let mut followed: Vec<_> = filters.iter().map(|it| Chosen::new(it, None, &VariantNames)).collect();
        let mut rest = &all[..];
        let mut batches = batches.into_iter();
        while !rest.is_empty() {
            let count = batches.next().unwrap_or(usize::MAX).min(rest.len());
            let (batch, after) = rest.split_at(count);
            rest = after;
            record.store().append(&mut batch.to_vec());
            let end = record.status().entries;
            for (chosen, filter) in followed.iter_mut().zip(&filters) {
                while !chosen.work(&record, end, Turn::begin()) {}
                let so_far = &all[..end as usize];
                prop_assert_eq!(shown(chosen), naive(filter, so_far), "{:?}", filter);
            }
        }
        record.store().close().unwrap();
        let reopened = Record::new(std::sync::Arc::new(Store::open(&record.store().dir()).unwrap()));
        for filter in &filters {
            let mut chosen = Chosen::new(filter, None, &VariantNames);
            while !chosen.work(&reopened, all.len() as u64, Turn::begin()) {}
            prop_assert_eq!(shown(&chosen), naive(filter, &all), "{:?} in one go", filter);
        }
    }
}

#[test]
fn text_is_searched_in_each_endpoints_encoding() {
    let data = |n: u64, endpoint: u32, bytes: &[u8]| {
        event(n, endpoint, u64::from(endpoint), received(n, bytes))
    };
    let record = record([
        data(1, 1, "caf\u{e9}".as_bytes()),
        data(2, 2, b"caf\xE9"),
        data(3, 3, b"c\0a\0f\0"),
        data(4, 1, b"caf\xE9"),
        data(5, 3, b"\xE9\0"),
        data(6, 2, "caf\u{e9}".as_bytes()),
    ]);
    let filter = Filter {
        pattern: Some(pattern("café")),
        encodings: Encodings(BTreeMap::from([
            (EndpointId(2), ByDirection::both("latin1".parse().unwrap())),
            (
                EndpointId(3),
                ByDirection::both("utf-16le".parse().unwrap()),
            ),
        ])),
        ..Filter::default()
    };
    let mut chosen = Chosen::new(&filter, None, &VariantNames);
    while !chosen.work(&record, record.status().entries, Turn::begin()) {}
    assert_eq!(shown(&chosen), [0, 1, 2, 4]);
}

#[test]
fn a_stream_ends_where_its_connection_does() {
    let record = empty_record_of(Keep::up_to(u64::MAX), 2);
    let filter = Filter {
        pattern: Some(pattern("regex:ok$")),
        ..Filter::default()
    };
    let mut chosen = Chosen::new(&filter, None, &VariantNames);
    let mut recorded = entries([
        event(0, 1, 7, received(1, b"o")),
        event(1, 1, 7, received(2, b"k")),
        event(2, 2, 8, received(3, b"ok")),
        event(3, 1, 7, closed()),
    ]);
    for (entry, expected) in recorded.iter_mut().zip([&[][..], &[], &[], &[0, 1]]) {
        record.store().append(std::slice::from_mut(entry));
        while !chosen.work(&record, record.status().entries, Turn::begin()) {}
        assert_eq!(shown(&chosen), expected);
    }
}

#[test]
fn all_streams_end_with_a_finished_recording() {
    let record = empty_record_of(Keep::up_to(u64::MAX), 2);
    let filter = Filter {
        pattern: Some(pattern("regex:ok$")),
        ..Filter::default()
    };
    let recorded = entries([
        event(0, 1, 7, received(1, b"o")),
        event(1, 2, 8, received(2, b"ok")),
        event(2, 1, 7, received(3, b"k")),
    ]);
    record.store().append(&mut recorded.clone());
    let mut chosen = Chosen::new(&filter, None, &VariantNames);
    while !chosen.work(&record, 3, Turn::begin()) {}
    assert_eq!(shown(&chosen), [0_u64; 0], "more may come");
    record.store().close().unwrap();
    let store = Store::open(&record.store().dir()).unwrap();
    let mut chosen = Chosen::new(&filter, None, &VariantNames);
    let reopened = Record::new(Arc::new(store));
    while !chosen.work(&reopened, 3, Turn::begin()) {}
    assert_eq!(shown(&chosen), [0, 1, 2]);
}

#[test]
fn a_slice_is_bounded_by_the_bytes_searched() {
    let record = empty_record();
    let EventKind::Sent { payload, .. } = sent(1, &vec![b'x'; 1024 * 1024]) else {
        panic!("not sent");
    };
    // The same payload is stored only once.
    let again = (0..64).map(|n| {
        let (payload, took) = (payload.clone(), Duration::ZERO);
        event(n, 1, 7, EventKind::Sent { payload, took })
    });
    record.store().append(&mut entries(again));
    record.store().close().unwrap();
    let filter = Filter {
        // It is found everywhere.
        pattern: Some(pattern("x")),
        ..Filter::default()
    };
    let mut chosen = Chosen::new(&filter, None, &VariantNames);
    chosen.work(&record, 64, Turn::one_step());
    assert!((1..=17).contains(&chosen.next), "{}", chosen.next);
}

#[test]
fn a_released_pass_holds_nothing_and_resumes_where_it_was() {
    let record = empty_record_of(Keep::up_to(u64::MAX), 8);
    let hay = (0..8).map(|n| event(n, 1, n + 1, received(n, b"hay")));
    record.store().append(&mut entries(hay));
    record.store().close().unwrap();
    let filter = Filter {
        pattern: Some(pattern("hay")),
        ..Filter::default()
    };
    let mut chosen = Chosen::new(&filter, None, &VariantNames);
    chosen.work(&record, 8, Turn::one_step());
    assert!(chosen.open.is_some() && chosen.step.streams.buffer().capacity() > 0);
    chosen.release();
    assert!(chosen.open.is_none() && chosen.step.streams.buffer().capacity() == 0);
    while !chosen.work(&record, 8, Turn::begin()) {}
    assert_eq!(shown(&chosen), (0..8).collect::<Vec<_>>());
}

#[test]
fn damage_costs_a_filter_the_entries_that_it_touches() {
    let check = |name: &str, at: u64, filter: Filter, expected: &[u64], unread: &[u64]| {
        let record = empty_record_of(Keep::up_to(u64::MAX), 8);
        let mut recorded = entries((0..8).map(|n| event(n, 1, 7 + n % 2, received(n, b"ab"))));
        record.store().append(&mut recorded);
        record.store().close().unwrap();
        let dir = record.store().dir();
        let mut bytes = std::fs::read(dir.join(name)).unwrap();
        // One bit of a flow would be put right.
        bytes[at as usize] ^= 3;
        std::fs::write(dir.join(name), bytes).unwrap();
        let record = Record::new(Arc::new(Store::open(&dir).unwrap()));
        let mut chosen = Chosen::new(&filter, None, &VariantNames);
        while !chosen.work(&record, 8, Turn::begin()) {}
        assert_eq!(shown(&chosen), expected, "{name}");
        let lost = chosen.take_unread().0;
        let lost: Vec<u64> = lost.iter().flat_map(|it| it.first..it.end()).collect();
        assert_eq!(lost, unread, "{name}");
    };
    let peer = || Filter {
        connection: Some(FlowId::server(7)),
        ..Filter::default()
    };
    let pattern = || Filter {
        pattern: Some(self::pattern("text:ab")),
        ..Filter::default()
    };
    // The second flow; a record, whose row says so; the bytes of an entry; the index.
    check(
        "00000000.flows",
        64 + 96 + 20,
        peer(),
        &[0, 2, 4, 6],
        &[1, 3, 5, 7],
    );
    check(
        "00000000.entries",
        64 + 2 * 56 + 20,
        peer(),
        &[0, 2, 4, 6],
        &[],
    );
    check(
        "00000000.payload",
        64 + 2 * 3,
        pattern(),
        &[0, 1, 2, 4, 5, 6, 7],
        &[3],
    );
    check("00000000.index", 64 + 64 + 4, peer(), &[0, 2, 4, 6], &[]);
}
