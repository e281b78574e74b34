//! Building the table of frames of a capture, compared with reading the capture, and reading rows of the table.
//!
//! Run by hand: `cargo bench --bench frames` makes a capture of a million entries, and two of a gibibyte of lines; with a
//! folder (`cargo bench --bench frames -- DIR`) it cuts the capture there, such as one of `cargo bench --bench record --
//! 100000000 --keep DIR`; `-- --lines` cuts the lines only. The table is a file beside the capture, deleted at the end.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bothends::capture::frames::{FrameCounts, FrameRule, FrameRules};
use bothends::capture::store::Store;
use bothends::capture::{Answer, Depth, Filter, Reading, Record, RecordUpdate, Request, Span};
use bothends::net::ByDirection;
use bothends::payload::Encoding;
use bothends::words::ENGLISH;
use crossbeam_channel::Receiver;
use support::generated::record;
use support::lines::{self, LINE_BYTES};
use support::{in_turn, resident_bytes};

const ROUNDS: usize = 3;

/// How long one answer may take: the first one cuts a hundred million entries.
const PATIENCE: Duration = Duration::from_mins(30);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = tempfile::tempdir().expect("a folder");
    if arguments.iter().any(|it| it == "--lines") {
        beside_reading(folder.path());
        return;
    }
    let given = arguments.iter().find(|it| Path::new(it).is_dir());
    let dir = given.map_or_else(|| folder.path().join("capture"), PathBuf::from);
    if given.is_none() {
        record(&dir, 1_000_000);
    }
    let store = Arc::new(Store::open(&dir).expect("the capture"));
    let entries = store.status().entries;
    let plain = cut(&store, None);
    println!("{entries} entries shown as chunks in {:.1?}", plain.0);
    for (framing, check) in [("lf", None), ("fixed:64", None), ("lf", Some("sum"))] {
        let (taken, counts) = cut(&store, Some((framing, check)));
        let check = check.map(|check| format!(", checked by {check}"));
        println!(
            "{framing}{}: {} frames in {taken:.1?}, {:.2} million entries a second",
            check.unwrap_or_default(),
            counts.frames,
            1e-6 * entries as f64 / taken.as_secs_f64(),
        );
    }
    println!("resident: {} MiB", resident_bytes("self") / 1024 / 1024);
    drop(store);
    if given.is_none() {
        beside_reading(folder.path());
    }
}

/// Cuts a gibibyte of lines, compared with reading all of it.
fn beside_reading(folder: &Path) {
    let plain = folder.join("plain");
    lines::write(&plain);
    for (name, piece_bytes) in [("64 KiB", 64 * 1024), ("line", LINE_BYTES)] {
        let dir = folder.join(name);
        lines::record(&plain, &dir, piece_bytes);
        let store = Arc::new(Store::open(&dir).expect("the capture"));
        for check in [None, Some("crc CRC-16/MODBUS le over=0..-3")] {
            let (cut, read, ratio) = in_turn(
                ROUNDS,
                || time_to_cut(&store, ("lf", check)).as_secs_f64(),
                || read_all(&store).as_secs_f64(),
            );
            println!(
                "1 GiB of lines in chunks of {name}{}: cut in {cut:.2} s, read in {read:.2} s, ratio {ratio:.2} (target ≤ 2)",
                check.map_or("", |_| ", checked"),
            );
        }
    }
}

/// The same once the oldest frames have been found.
fn all_rows(updates: &Receiver<RecordUpdate>) -> (Range<u64>, FrameCounts) {
    loop {
        let (all, counts) = rows(updates);
        if counts.older.is_none() {
            return (all, counts);
        }
    }
}

/// How long it takes until all frames are available.
fn time_to_cut(store: &Arc<Store>, (framing, check): (&str, Option<&str>)) -> Duration {
    let start = Instant::now();
    let (reading, updates) = Reading::open(Arc::clone(store), &ENGLISH, || {}).expect("a reader");
    let filter = Filter {
        frames: Some(Arc::new(rules(store, framing, check))),
        ..Filter::default()
    };
    let span = Span::Newest { count: 60 };
    reading
        .request(Request::Rows { filter, span })
        .expect("a free reader");
    all_rows(&updates);
    start.elapsed()
}

/// How long it takes to read every entry with its bytes.
fn read_all(store: &Arc<Store>) -> Duration {
    let start = Instant::now();
    let record = Record::new(Arc::clone(store));
    let mut bytes = 0;
    record.visit(0..record.status().entries, Depth::Whole, |_, entry| {
        let entry = entry.expect("an entry");
        bytes += entry.payload().map_or(0, |it| it.bytes.len());
        ControlFlow::Continue(())
    });
    assert_eq!(bytes, lines::TOTAL_BYTES / LINE_BYTES * LINE_BYTES);
    start.elapsed()
}

/// Cuts a whole capture by rules per endpoint name, and reads rows anywhere; returns how long the cutting took.
fn cut(store: &Arc<Store>, rule: Option<(&str, Option<&str>)>) -> (Duration, FrameCounts) {
    let (reading, updates) = Reading::open(Arc::clone(store), &ENGLISH, || {}).expect("a reader");
    let filter = Filter {
        frames: rule.map(|(framing, check)| Arc::new(rules(store, framing, check))),
        ..Filter::default()
    };
    let ask = |span: Span| {
        let filter = filter.clone();
        reading
            .request(Request::Rows { filter, span })
            .expect("a free reader");
        rows(&updates)
    };
    let start = Instant::now();
    let (mut all, mut counts) = ask(Span::Newest { count: 60 });
    println!("  the newest 60 rows: {:.1?}", start.elapsed());
    if counts.older.is_some() {
        (all, counts) = all_rows(&updates);
    }
    let taken = start.elapsed();
    let mut times: Vec<Duration> = (0..200)
        .map(|n| {
            let first = all.start + n * (all.end - all.start) / 200;
            let start = Instant::now();
            ask(Span::From { first, count: 60 });
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "  60 rows anywhere: p50 {:.2?}, p99 {:.2?}",
        times[100], times[198]
    );
    (taken, counts)
}

fn rules(store: &Store, framing: &str, check: Option<&str>) -> FrameRules {
    let rule = FrameRule {
        framing: Some(framing.parse().expect("a framing")),
        check: check.map(|check| check.parse().expect("a check")),
        encoding: Encoding::UTF_8,
    };
    let rule = ByDirection::both(Some(rule));
    let names = store.manifest().names();
    let mut rules: BTreeMap<_, _> = names.into_keys().map(|id| (id, rule.clone())).collect();
    for id in 0..8 {
        rules
            .entry(bothends::net::EndpointId(id))
            .or_insert_with(|| rule.clone());
    }
    FrameRules(rules)
}

/// Waits for rows; returns how many the view has, and its frames.
/// The numbers of all rows, and the counts of frames, once rows have been sent.
fn rows(updates: &Receiver<RecordUpdate>) -> (Range<u64>, FrameCounts) {
    loop {
        match updates.recv_timeout(PATIENCE).expect("an answer") {
            RecordUpdate::Answer(Answer::Rows(page)) => {
                let counts = page.about.map(|counts| *counts);
                return (page.gone..page.end, counts.unwrap_or_default());
            }
            RecordUpdate::Answer(Answer::Viewing { .. } | Answer::Derived { .. }) => {}
            update => panic!("{update:?}"),
        }
    }
}
