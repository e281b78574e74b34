//! Making the table of frames of a recorded capture, and reading rows of it.
//!
//! Run by hand: `cargo bench --bench frames` makes a capture of a million entries; with a folder
//! (`cargo bench --bench frames -- DIR`) it cuts the capture there, such as one of `cargo bench --bench record --
//! 100000000 --keep DIR`. The table goes to a file beside the capture and is gone at the end.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;
use support::generated::record;
use support::resident_bytes;
use wirebench::capture::frames::{FrameCounts, FrameRule, FrameRules};
use wirebench::capture::store::Store;
use wirebench::capture::{Answer, Filter, Reading, Request, Span, Update};
use wirebench::payload::Encoding;

/// How long one answer may take: a hundred million entries are cut for the first.
const PATIENCE: Duration = Duration::from_mins(30);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = tempfile::tempdir().expect("a folder");
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
}

/// Cuts all of a capture by the rules of endpoint names; returns how long it took, and reads rows anywhere.
fn cut(store: &Arc<Store>, rule: Option<(&str, Option<&str>)>) -> (Duration, FrameCounts) {
    let (reading, updates) = Reading::open(Arc::clone(store), || {}).expect("a reader");
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
    let (len, counts) = ask(Span::Newest { count: 60 });
    let taken = start.elapsed();
    let mut times: Vec<Duration> = (0..200)
        .map(|n| {
            let first = n * len / 200;
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
        framing: framing.parse().expect("a framing"),
        check: check.map(|check| check.parse().expect("a check")),
        encoding: Encoding::UTF_8,
    };
    let names = store.manifest().names();
    let mut rules: BTreeMap<_, _> = names.into_keys().map(|id| (id, rule.clone())).collect();
    for id in 0..8 {
        rules
            .entry(wirebench::net::EndpointId(id))
            .or_insert_with(|| rule.clone());
    }
    FrameRules(rules)
}

/// Waits for rows; returns how many the view has, and its frames.
fn rows(updates: &Receiver<Update>) -> (u64, FrameCounts) {
    loop {
        match updates.recv_timeout(PATIENCE).expect("an answer") {
            Update::Answer(Answer::Rows { len, frames, .. }) => {
                return (len, frames.unwrap_or_default());
            }
            Update::Answer(Answer::Viewing { .. }) => {}
            update => panic!("{update:?}"),
        }
    }
}
