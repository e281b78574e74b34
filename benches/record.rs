//! The capture on disk alone: how fast entries are recorded, how much space they need, and how soon a huge capture
//! opens.
//!
//! Run by hand: `cargo bench --bench record`. With a number of entries (`cargo bench --bench record -- 100000000`), a
//! capture of that size is made; with `--keep DIR` it is kept there, to be opened in the window.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::fs;
use std::hint::black_box;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bothends::capture::store::Store;
use bothends::capture::{Depth, Record};
use support::generated::{MESSAGE_BYTES, record, stored_payload};
use support::resident_bytes;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let count = arguments.iter().find_map(|it| it.parse().ok());
    let kept = arguments.iter().position(|it| it == "--keep");
    let kept = kept
        .and_then(|place| arguments.get(place + 1))
        .map(Path::new);
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("capture");
    let dir = kept.unwrap_or(&dir);
    let count = count.unwrap_or(1_000_000);

    let written = write_plain(&folder.path().join("plain"), count.min(4_000_000));
    let taken = record(dir, count);
    let each = taken.as_secs_f64() / count as f64;
    println!(
        "{count} entries recorded in {taken:.2?}: {:.2} million a second",
        1e-6 / each
    );
    let plain_each = written.as_secs_f64() / count.min(4_000_000) as f64;
    println!(
        "  {:.1} times as long as writing as many plain lines",
        each / plain_each
    );
    let bytes: u64 = files(dir)
        .map(|file| file.metadata().expect("a file").len())
        .sum();
    let beyond = bytes as f64 / count as f64 - stored_payload(count) as f64 / count as f64;
    println!("  {beyond:.1} bytes of disk each beyond the payload (target ≤ 64)");

    let start = Instant::now();
    let record = Record::new(Arc::new(Store::open(dir).expect("the capture")));
    let first_rows = rows(&record, 0);
    println!(
        "opened and {first_rows} first rows read in {:.1?} (target < 1 s)",
        start.elapsed()
    );
    let mut times: Vec<Duration> = (0..200)
        .map(|n| {
            let start = Instant::now();
            black_box(rows(&record, n * count / 200));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "50 rows anywhere: p50 {:.1?}, p99 {:.1?}",
        times[100], times[198]
    );
    println!("resident: {} MiB", resident_bytes("self") / 1024 / 1024);
}

/// The same messages as lines of a file: the minimal cost of keeping them.
fn write_plain(path: &Path, count: u64) -> Duration {
    let file = fs::File::create(path).expect("a file");
    let mut file = std::io::BufWriter::with_capacity(64 * 1024, file);
    let start = Instant::now();
    for n in 0..count {
        writeln!(file, "{n:>56}{n:>MESSAGE_BYTES$}").expect("a line");
    }
    file.flush().expect("the end");
    start.elapsed()
}

fn rows(record: &Record, first: u64) -> u64 {
    let mut rows = 0;
    record.visit(first..first + 50, Depth::Head, |_, entry| {
        rows += u64::from(entry.is_ok());
        ControlFlow::Continue(())
    });
    rows
}

fn files(dir: &Path) -> impl Iterator<Item = fs::DirEntry> {
    let files = fs::read_dir(dir).expect("the capture's folder");
    files.map(|file| file.expect("a file"))
}
