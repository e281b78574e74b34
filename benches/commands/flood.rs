//! `serve --json` flooded by one sender, beside the same without `--json`: how fast the sender is, and how fast lines are
//! written, for a reader of standard output that keeps up and for one that reads nothing while there is something to send.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr};
use std::path::Path;
use std::process::ChildStdout;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use crate::support::processes::PATIENCE;
use crate::support::{Server, connect, in_turn, lines, median};

const ROUNDS: usize = 5;
const PAYLOAD_BYTES: usize = 512_000_000;
/// What is sent again and again.
const BLOCK_BYTES: usize = 8_000_000;
const WRITE_BYTES: usize = 64 * 1024;
/// As much of a line as says what it is about.
const HEAD_BYTES: u64 = 256;

/// What reads standard output.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    KeepsUp,
    /// It starts once everything is sent.
    StartsLate,
}

/// What came of a flood.
struct Flood {
    /// How fast the sender was, in megabytes a second.
    sent: f64,
    /// How long it took until all lines were written.
    seconds: f64,
    lines: Lines,
}

/// The lines of a server.
#[derive(Clone, Copy, Default)]
struct Lines {
    /// How much of the payload they hold.
    payload_bytes: u64,
    /// How many entries are missing among them.
    not_written: u64,
}

pub(super) fn run() {
    let mut text = Vec::with_capacity(BLOCK_BYTES);
    lines::write_to(&mut text, BLOCK_BYTES / lines::LINE_BYTES);
    let mut random = vec![0; BLOCK_BYTES];
    fastrand::Rng::with_seed(1).fill(&mut random);
    for (kind, block) in [("text", &text), ("random bytes", &random)] {
        for is_recorded in [false, true] {
            for reader in [Reader::KeepsUp, Reader::StartsLate] {
                report(kind, block, is_recorded, reader);
            }
        }
    }
}

fn report(kind: &str, block: &[u8], is_recorded: bool, reader: Reader) {
    let mut floods = Vec::new();
    let (with, without, ratio) = in_turn(
        ROUNDS,
        || {
            floods.push(flood(block, is_recorded, reader));
            floods.last().expect("a flood").sent
        },
        || without_lines(block, is_recorded),
    );
    let of_all = |number: fn(&Flood) -> f64| median(floods.iter().map(number).collect());
    let share = of_all(|it| it.lines.payload_bytes as f64 / PAYLOAD_BYTES as f64 * 100.0);
    let missing = of_all(|it| it.lines.not_written as f64);
    let (name, of_sender, of_lines) = match reader {
        Reader::KeepsUp => ("a reader that keeps up", "no target", "target ≥ 100"),
        Reader::StartsLate => (
            "a reader that starts at the end",
            "target ≥ 0.9",
            "no target",
        ),
    };
    println!(
        "serve --json{}, {kind}, {name}: sent at {with:.0} MB/s beside {without:.0} MB/s without --json, ratio {ratio:.2} \
         ({of_sender}); {share:.0} % of the payload written at {:.0} MB/s ({of_lines}), {missing:.0} entries counted as \
         not written",
        if is_recorded { " --record" } else { "" },
        of_all(|it| it.lines.payload_bytes as f64 / 1e6 / it.seconds)
    );
}

/// Floods a server that writes lines, and reads them to their end.
fn flood(block: &[u8], is_recorded: bool, reader: Reader) -> Flood {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("capture");
    let mut options = options(&dir, is_recorded);
    options.push("--json");
    let (server, stdout) = Server::bothends_piped(&options);
    let (begin, may_begin) = mpsc::channel();
    let (ended, end) = mpsc::channel();
    let reading = thread::Builder::new().spawn(move || {
        if may_begin.recv().is_ok() {
            // Nobody waits for it after a failure.
            ended.send(read_lines(stdout)).ok();
        }
    });
    reading.expect("a thread");
    if reader == Reader::KeepsUp {
        begin.send(()).expect("a reader");
    }
    let start = Instant::now();
    let sent = send(server.address, block);
    server.terminate();
    if reader == Reader::StartsLate {
        begin.send(()).expect("a reader");
    }
    let lines = end.recv_timeout(PATIENCE).expect("the end of the lines");
    let is_whole = lines.payload_bytes == PAYLOAD_BYTES as u64;
    assert!(is_whole || !is_recorded, "lines come from the record");
    assert!(
        is_whole || lines.not_written > 0,
        "missing, and not said so"
    );
    Flood {
        sent,
        seconds: start.elapsed().as_secs_f64(),
        lines,
    }
}

/// Floods a server that writes no lines.
fn without_lines(block: &[u8], is_recorded: bool) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("capture");
    let server = Server::bothends_with(&options(&dir, is_recorded));
    let sent = send(server.address, block);
    server.finish();
    sent
}

fn options(dir: &Path, is_recorded: bool) -> Vec<&str> {
    let mut options = vec!["--reply", "none"];
    if is_recorded {
        options.extend(["--record", dir.to_str().expect("a path in UTF-8")]);
    }
    options
}

/// Sends everything, and waits until the server has received it; returns how fast that was.
fn send(address: SocketAddr, block: &[u8]) -> f64 {
    let mut stream = connect(address);
    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
    let start = Instant::now();
    for _ in 0..PAYLOAD_BYTES / BLOCK_BYTES {
        for piece in block.chunks(WRITE_BYTES) {
            stream.write_all(piece).expect("a write");
        }
    }
    stream.shutdown(Shutdown::Write).expect("a shutdown");
    assert_eq!(stream.read(&mut [0]).expect("its end"), 0, "its end");
    PAYLOAD_BYTES as f64 / 1e6 / start.elapsed().as_secs_f64()
}

/// Reads all lines, and what is said to be missing among them.
fn read_lines(stdout: ChildStdout) -> Lines {
    let mut reader = BufReader::with_capacity(256 * 1024, stdout);
    let mut lines = Lines::default();
    let mut head = Vec::new();
    loop {
        head.clear();
        let mut begin = (&mut reader).take(HEAD_BYTES);
        if begin.read_until(b'\n', &mut head).expect("a line") == 0 {
            return lines;
        }
        if !head.ends_with(b"\n") {
            reader.skip_until(b'\n').expect("the rest of a line");
        }
        if let Some(bytes) = received_bytes(&head) {
            lines.payload_bytes += bytes;
        }
        if head.starts_with(br#"{"event":"not_written""#) {
            let gap: serde_json::Value = serde_json::from_slice(&head).expect("an object");
            lines.not_written += gap["entries"].as_u64().expect("a number");
        }
    }
}

/// Returns how many bytes a line says were received.
fn received_bytes(head: &[u8]) -> Option<u64> {
    const KEY: &[u8] = br#","bytes":"#;
    let digits = head.get(memchr::memmem::find(head, KEY)? + KEY.len()..)?;
    let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
}
