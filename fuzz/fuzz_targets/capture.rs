//! The reader of captures, over a folder of arbitrary bytes: an error or an entry, never a panic or a huge allocation;
//! and what it says of the capture in different ways agrees.
//!
//! Reads and verifies everything, and builds a view, which reads the indexes and searches the payload.

#![no_main]

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bothends::capture::frames::{FrameRule, FrameRules};
use bothends::capture::store::{Store, Verified};
use bothends::capture::{
    Answer, ConversationQuery, Depth, DetailOf, Entry, EventKind, Filter, Kinds, PlotOf, Reading,
    Record, RecordUpdate, Request, SamplesOf, Say as _, Span,
};
use bothends::net::{ByDirection, EndpointId, FlowId, Stamp};
use bothends::payload::{CopyFormat, Encoding, Pattern, RowRule};
use bothends::words::ENGLISH;
use libfuzzer_sys::fuzz_target;

/// How many entries are read from either end.
const VISITED: u64 = 500;
/// How many rows are asked for.
const ROWS: usize = 50;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

fuzz_target!(|input: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder");
    bothends_fuzz::unpack(input, folder.path()).expect("files");
    let Ok(store) = Store::open(folder.path()) else {
        return;
    };
    let store = Arc::new(store);
    let seen = visit(&Record::new(Arc::clone(&store)));
    let verified = verify(&store, &seen);
    open_again(folder.path(), &store, &seen);
    view(&store, &seen, &verified, bothends_fuzz::choice(input));
});

/// What was read of a capture.
#[derive(Default)]
struct Seen {
    /// Whether it was all of it.
    is_all: bool,
    /// What can be read of each entry, whole or not.
    entries: BTreeMap<u64, Result<Entry, String>>,
}

impl Seen {
    /// Returns the entries of which everything could be read.
    fn whole(&self) -> impl Iterator<Item = &Entry> {
        let read = self.entries.values().flatten();
        read.filter(|entry| entry.damage.is_none())
    }

    fn describe(&self) -> Vec<String> {
        let entries = self.entries.iter();
        entries.map(|entry| format!("{entry:?}")).collect()
    }
}

fn visit(record: &Record) -> Seen {
    let status = record.status();
    assert!(status.first_kept <= status.entries);
    let front = status.first_kept..status.entries.min(status.first_kept + VISITED);
    let back = status.entries.saturating_sub(VISITED).max(front.end)..status.entries;
    let numbers = || front.clone().chain(back.clone());
    let mut seen = Seen {
        is_all: front.end == back.start,
        entries: BTreeMap::new(),
    };
    record.visit(numbers(), Depth::Whole, |number, entry| {
        if let Ok(entry) = &entry {
            assert_eq!(entry.number, number);
            ENGLISH.entry(entry);
            check_payload(entry);
        }
        let entry = entry.map_err(|error| {
            ENGLISH.unreadable(&error);
            format!("{error:?}")
        });
        seen.entries.insert(number, entry);
        ControlFlow::Continue(())
    });
    // Every entry has a place, whatever can be read of it.
    assert!(seen.entries.keys().copied().eq(numbers()));
    record.visit(numbers(), Depth::Head, |number, entry| {
        let whole = &seen.entries[&number];
        assert_eq!(entry.is_ok(), whole.is_ok());
        if let (Ok(head), Ok(whole)) = (entry, whole)
            && whole.damage.is_none()
        {
            assert!(head.damage.is_none());
            let bytes = |entry: &Entry| entry.payload().map(|it| it.bytes.clone());
            let (head, whole) = (bytes(&head), bytes(whole));
            assert!(
                whole
                    .unwrap_or_default()
                    .starts_with(&head.unwrap_or_default())
            );
        }
        ControlFlow::Continue(())
    });
    seen
}

fn check_payload(entry: &Entry) {
    match (&entry.damage, entry.payload()) {
        (Some(error), _) => {
            ENGLISH.unreadable(error);
        }
        (None, Some(payload)) => assert!(payload.bytes.len() as u64 <= entry.size_bytes),
        (None, None) => {}
    }
}

fn verify(store: &Store, seen: &Seen) -> Verified {
    let status = store.status();
    let kept = status.entries - status.first_kept;
    let mut last = 0;
    let verified = store.verify(|progress| {
        assert_eq!(progress.total, kept);
        assert!((last..=kept).contains(&progress.done));
        last = progress.done;
        ControlFlow::Continue(())
    });
    let verified = verified.expect("it is not cancelled");
    assert_eq!(last, kept);
    assert_eq!(verified.entries + verified.damaged_entries, kept);
    assert!(verified.unknown_kinds <= verified.entries);
    assert!(verified.more_damage == 0 || !verified.is_sound());
    assert!(verified.damaged_entries == 0 || !verified.is_sound());
    assert!(verified.damage.len() >= store.soundness().damage.len().min(100));
    for error in &verified.damage {
        ENGLISH.unreadable(error);
    }
    if seen.is_all {
        // A connection whose row is damaged is one place to verify, and damage to each of its entries.
        let whole = seen.whole().count() as u64;
        assert!(whole <= verified.entries);
        let is_unknown = |it: &&Entry| matches!(it.event.kind, EventKind::Unknown { .. });
        if verified.is_sound() {
            assert_eq!(whole, kept);
            let unknown = seen.whole().filter(is_unknown).count();
            assert_eq!(unknown as u64, verified.unknown_kinds);
        }
    }
    let mut calls = 0;
    let cancelled = store.verify(|_| {
        calls += 1;
        ControlFlow::Break(())
    });
    assert_eq!(cancelled.is_none(), calls > 0);
    verified
}

/// Reading changes nothing: opened again, it is the same capture.
fn open_again(dir: &Path, store: &Store, seen: &Seen) {
    let again = Store::open(dir).expect("it was opened before");
    assert_eq!(again.status(), store.status());
    assert_eq!(again.manifest(), store.manifest());
    let soundness = |store: &Store| format!("{:?}", store.soundness());
    assert_eq!(soundness(&again), soundness(store));
    let seen_again = visit(&Record::new(Arc::new(again)));
    assert_eq!(seen_again.describe(), seen.describe());
}

/// Builds one of the views. What a filter shows of a sound capture is what it should.
fn view(store: &Arc<Store>, seen: &Seen, verified: &Verified, choice: usize) {
    let rows = |filter| Request::Rows {
        filter,
        span: Span::Newest { count: ROWS },
    };
    let shown = |is_shown: &dyn Fn(&Entry) -> bool| {
        let is_known = seen.is_all && verified.is_sound();
        is_known.then(|| seen.whole().filter(|it| is_shown(it)).count() as u64)
    };
    let connection = FlowId::server(1);
    let is_ours = |entry: &Entry| {
        let link = entry.event.link.as_deref();
        link.is_some_and(|link| link.connection == connection)
    };
    let framed = || Filter {
        frames: Some(Arc::new(lines())),
        ..Filter::default()
    };
    let (request, expected) = match choice {
        0 => {
            let filter = Filter {
                endpoint: Some(EndpointId(1)),
                ..Filter::default()
            };
            let is_shown = |entry: &Entry| entry.event.endpoint == EndpointId(1);
            (rows(filter), shown(&is_shown))
        }
        1 => {
            let filter = Filter {
                connection: Some(connection),
                kinds: Kinds {
                    received: true,
                    ..Kinds::NONE
                },
                ..Filter::default()
            };
            let is_received =
                |it: &Entry| is_ours(it) && matches!(it.event.kind, EventKind::Received { .. });
            (rows(filter), shown(&is_received))
        }
        2 => {
            let filter = Filter {
                pattern: Pattern::parse("text:e").ok(),
                ..Filter::default()
            };
            (rows(filter), None)
        }
        3 => (rows(framed()), None),
        4 => {
            let query = ConversationQuery {
                connection,
                rules: ByDirection::both(RowRule::Text {
                    columns: 40,
                    encoding: Encoding::default(),
                }),
                only: None,
            };
            let span = Span::Newest { count: ROWS };
            (Request::Conversation { query, span }, None)
        }
        5 => (Request::Plot(PlotOf::default()), None),
        6 => {
            let detail = DetailOf {
                number: store.status().first_kept,
                frames: None,
                chunk: None,
            };
            (Request::Detail(detail), None)
        }
        7 => {
            let number = store.status().first_kept;
            let range = 0..10;
            let entry = number;
            (Request::Ends { entry, range }, None)
        }
        8 => {
            let find = Request::Find {
                filter: Filter::default(),
                pattern: Pattern::parse("hex:0d").expect("a pattern"),
                from: None,
                forward: false,
            };
            (find, None)
        }
        9 => {
            let status = store.status();
            let copy = Request::Copy {
                filter: Filter::default(),
                rows: (status.first_kept, status.entries.saturating_sub(1)),
                format: CopyFormat::Rows,
                names: store.manifest().names(),
            };
            (copy, None)
        }
        10 => (Request::Trace(connection), None),
        11 => {
            let samples = SamplesOf {
                connection,
                time: (Stamp(0), Stamp(u64::MAX)),
                bytes: (0, u64::MAX),
                most: ROWS,
            };
            (Request::Samples(samples), None)
        }
        _ => return,
    };
    answer(store, request, expected);
}

/// Lines in both directions of the first endpoint.
fn lines() -> FrameRules {
    let rule = FrameRule {
        framing: Some("line".parse().expect("a known rule")),
        check: None,
        encoding: Encoding::default(),
    };
    let rules = ByDirection::both(Some(rule));
    FrameRules(BTreeMap::from([(EndpointId(1), rules)]))
}

/// Waits for the answer to a request. `expected` is how many rows it has.
fn answer(store: &Arc<Store>, request: Request, expected: Option<u64>) {
    let (reading, updates) = Reading::open(Arc::clone(store), &ENGLISH, || {}).expect("a thread");
    reading.request(request).expect("room for a request");
    loop {
        match updates.recv_timeout(PATIENCE).expect("an answer") {
            RecordUpdate::Answer(Answer::Rows(page)) => {
                assert!(page.rows.len() as u64 <= page.len());
                assert_eq!(page.rows.len() as u64, page.len().min(ROWS as u64));
                if let Some(expected) = expected {
                    assert_eq!(page.len(), expected);
                }
                break;
            }
            RecordUpdate::Answer(
                Answer::Viewing { .. } | Answer::Finding { .. } | Answer::Derived { .. },
            )
            | RecordUpdate::Status(_) => {}
            RecordUpdate::Answer(_) => break,
        }
    }
    reading.shutdown();
}
