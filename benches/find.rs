//! A search through a whole record compared with `grep -c` over a file with the same bytes, in one run, as ratios.
//!
//! Run by hand: `cargo bench --bench find`; it needs about 3 GiB in the folder for temporary files.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bothends::capture::store::Store;
use bothends::capture::{Answer, Filter, Reading, RecordUpdate, Request};
use bothends::payload::{Case, Pattern};
use bothends::words::ENGLISH;
use support::in_turn;
use support::lines::{self, LINE_BYTES, TOTAL_BYTES};

const ROUNDS: usize = 5;
const PATIENCE: Duration = Duration::from_mins(5);

/// The patterns: for our search, and for `grep`.
const WANTED: [(&str, Case, &[&str]); 5] = [
    (
        "text:nowhere to be found",
        Case::Exact,
        &["-F", "nowhere to be found"],
    ),
    ("text:4 404 Not", Case::Exact, &["-F", "4 404 Not"]),
    ("text:GET /", Case::Exact, &["-F", "GET /"]),
    (
        "text:NOWHERE to be found",
        Case::Ignored,
        &["-i", "-F", "NOWHERE to be found"],
    ),
    (
        "regex:id=[0-9]+7777 ",
        Case::Exact,
        &["-E", "id=[0-9]+7777 "],
    ),
];

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = folder.path().join("plain");
    lines::write(&plain);
    compare(
        &plain,
        &folder.path().join("large"),
        64 * 1024,
        "64 KiB chunks (target ≥ 0.5)",
    );
    compare(
        &plain,
        &folder.path().join("small"),
        LINE_BYTES,
        "100-byte messages",
    );
}

/// Records the same bytes in pieces of one size, and searches both.
fn compare(plain: &Path, dir: &Path, piece_bytes: usize, name: &str) {
    lines::record(plain, dir, piece_bytes);
    println!("{name}:");
    for (typed, case, arguments) in WANTED {
        let pattern = Pattern::parse_find(typed, case).expect("a pattern");
        let mut counts = (0, 0);
        let (ours, grep, ratio) = in_turn(
            ROUNDS,
            || gib_per_second(|| counts.0 = find(dir, &pattern)),
            || gib_per_second(|| counts.1 = grep_lines(plain, arguments)),
        );
        println!(
            "  {typed}: {ours:.2} GiB/s ({} entries), grep -c {grep:.2} GiB/s ({} lines), ratio {ratio:.2}",
            counts.0, counts.1
        );
    }
}

fn gib_per_second(mut work: impl FnMut()) -> f64 {
    let start = Instant::now();
    work();
    TOTAL_BYTES as f64 / f64::from(1 << 30) / start.elapsed().as_secs_f64()
}

/// Opens the capture, searches all of it as the window does, and returns how many entries match.
fn find(dir: &Path, pattern: &Pattern) -> u64 {
    let store = Store::open(dir).expect("the capture");
    let (reading, updates) = Reading::open(Arc::new(store), &ENGLISH, || {}).expect("a thread");
    let request = Request::Find {
        filter: Filter::default(),
        pattern: pattern.clone(),
        from: None,
        forward: true,
    };
    reading.request(request).expect("a reader at rest");
    loop {
        let count = match updates.recv_timeout(PATIENCE).expect("an answer") {
            RecordUpdate::Answer(
                Answer::Found {
                    count, progress, ..
                }
                | Answer::Finding {
                    count, progress, ..
                },
            ) if progress.is_whole() => count,
            RecordUpdate::Answer(Answer::Found { .. } | Answer::Finding { .. }) => continue,
            other => panic!("{other:?}"),
        };
        drop(updates);
        reading.shutdown();
        return count;
    }
}

/// Returns how many lines match, as counted by `grep -c`.
fn grep_lines(plain: &Path, arguments: &[&str]) -> u64 {
    let output = Command::new("grep")
        .arg("-c")
        .args(arguments)
        .arg(plain)
        .output()
        .expect("grep");
    let count = String::from_utf8(output.stdout).expect("a number");
    count.trim().parse().expect("a number")
}
