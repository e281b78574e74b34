//! `show` of a large capture beside `cat -v` of the same bytes, and `show --find` in small entries beside `grep`.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::support::processes::{Process, Written};
use crate::support::{in_turn, lines};

const ROUNDS: usize = 3;
const BINARY_BYTES: usize = 1 << 30;
const CHUNK_BYTES: usize = 64 * 1024;
const FIND_ROUNDS: usize = 9;
const ENTRIES: usize = 2_000_000;
/// The length of a short message.
const SHORT_BYTES: usize = 14;

/// Shows a gibibyte of random bytes. `cat -v` makes them visible too, and knows nothing else.
pub(super) fn binary() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plain, dir) = (folder.path().join("plain"), folder.path().join("capture"));
    let mut file = File::create(&plain).expect("a file");
    let mut random = fastrand::Rng::with_seed(1);
    let mut block = vec![0; CHUNK_BYTES];
    for _ in 0..BINARY_BYTES / CHUNK_BYTES {
        random.fill(&mut block);
        file.write_all(&block).expect("a block");
    }
    lines::record(&plain, &dir, CHUNK_BYTES);
    for (name, output) in [
        ("/dev/null", Stdio::null as fn() -> Stdio),
        ("a pipe", Stdio::piped),
    ] {
        let (ours, cat, ratio) = in_turn(
            ROUNDS,
            || seconds(|| run(&mut show(&dir, &[]), output())),
            || seconds(|| run(Command::new("cat").arg("-v").arg(&plain), output())),
        );
        println!(
            "show of {} MiB of binary data into {name}: {ours:.1} s (target < 15), cat -v {cat:.1} s, ratio {ratio:.2}",
            BINARY_BYTES >> 20
        );
    }
}

/// Finds patterns in small entries.
pub(super) fn found() {
    let folder = tempfile::tempdir().expect("a folder");
    let short = folder.path().join("short");
    let mut file = BufWriter::new(File::create(&short).expect("a file"));
    for n in 0..ENTRIES {
        writeln!(file, "value {n:07}").expect("a line");
    }
    file.flush().expect("the end");
    let patterns = [
        ("text:nowhere", &["-F", "nowhere"]),
        ("text:777", &["-F", "777"]),
        ("regex:9[0-9]9[0-9]7", &["-E", "9[0-9]9[0-9]7"]),
    ];
    compare(&short, SHORT_BYTES, &patterns);

    let long = folder.path().join("long");
    let mut file = BufWriter::new(File::create(&long).expect("a file"));
    lines::write_to(&mut file, ENTRIES);
    file.flush().expect("the end");
    let patterns = [
        ("text:nowhere", &["-F", "nowhere"]),
        ("text:4 404 Not", &["-F", "4 404 Not"]),
        ("regex:id=[0-9]+7777 ", &["-E", "id=[0-9]+7777 "]),
    ];
    compare(&long, lines::LINE_BYTES, &patterns);
}

/// Records each line as an entry, and searches them, the lines, and the files of the capture.
fn compare(plain: &Path, line_bytes: usize, patterns: &[(&str, &[&str; 2])]) {
    let dir = plain.with_extension("capture");
    lines::record(plain, &dir, line_bytes);
    let files: Vec<PathBuf> = fs::read_dir(&dir)
        .expect("the capture")
        .map(|file| file.expect("a file").path())
        .collect();
    println!("show --find in {ENTRIES} entries of {line_bytes} bytes:");
    for (pattern, arguments) in patterns {
        for (name, files) in [
            ("the payload", &[plain.to_owned()][..]),
            ("the capture", &files),
        ] {
            let mut counts = (0, 0);
            let (ours, grep, ratio) = in_turn(
                FIND_ROUNDS,
                || {
                    let mut show = show(&dir, &["--find", pattern]);
                    seconds(|| counts.0 = run(&mut show, Stdio::piped()).lines)
                },
                || seconds(|| counts.1 = grep_count(arguments, files)),
            );
            println!(
                "  {pattern}: {ours:.3} s ({} entries), grep -a -c of {name} {grep:.3} s ({} lines), ratio {ratio:.2} \
                 (target ≤ 3)",
                counts.0, counts.1
            );
        }
    }
}

fn show(dir: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bothends"));
    command.arg("show").arg(dir).args(more);
    command
}

/// Returns how many lines match. Their number goes into a pipe: `grep` ends at the first match if it writes to /dev/null.
fn grep_count(arguments: &[&str; 2], files: &[PathBuf]) -> u64 {
    let mut command = Command::new("grep");
    command.args(["-a", "-c", "-h"]).args(arguments).args(files);
    let written = Process::start(&mut command, Stdio::piped()).finish();
    // It ends with 1 if no line matches.
    assert!(matches!(written.code, Some(0 | 1)), "{written:?}");
    let counts = written.text.lines().map(str::parse::<u64>);
    counts.map(|count| count.expect("a number")).sum()
}

fn run(command: &mut Command, output: Stdio) -> Written {
    Process::start(command, output).succeed()
}

fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}
