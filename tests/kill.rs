//! Kills a recorder at any moment, above all at the end of a segment: every entry it reported as recorded must be
//! there.
//!
//! The program starts itself as the recorder, which prints the number of recorded entries after each batch.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test fails by panicking, in its helpers too; and it says how much it has seen"
)]

use std::env;
use std::io::{self, Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use bothends::capture::store::{AtLimit, Keep, Store};
use bothends::capture::{Depth, Entry, Moment, Record, Sequencer};
use bothends::capture::{Event, EventKind};
use bothends::net::{Address, EndpointId, FlowId, Link, Payload, PayloadId, Requester, Stamp};
use bytes::Bytes;
use libtest_mimic::{Arguments, Failed, Trial};

/// The environment variable that names the folder for the recorder.
const RECORDER: &str = "BOTHENDS_KILL_TEST_DIR";
const ROUNDS: u32 = 25;
const CONNECTIONS: u64 = 50;
const BATCH: u64 = 500;

fn main() -> ExitCode {
    if let Some(dir) = env::var_os(RECORDER) {
        record_until_killed(Path::new(&dir));
    }
    let trial = Trial::test("what_is_on_record_survives_a_kill_at_any_moment", || {
        (0..ROUNDS).try_for_each(round).map_err(Failed::from)
    });
    libtest_mimic::run(&Arguments::from_args(), vec![trial]).exit_code()
}

/// A ring of the smallest segments: each fills up within a few hundred entries, and the oldest is soon dropped.
fn keep() -> Keep {
    Keep {
        at_limit: AtLimit::GiveUpOldest,
        ..Keep::up_to(Keep::MIN_LIMIT_BYTES)
    }
}

/// The bytes of an entry. Some are large enough to be written directly.
fn bytes(number: u64) -> Vec<u8> {
    let len = match number % 97 {
        0 => 40_000,
        rest => rest as usize,
    };
    (0..len)
        .map(|at| (number as usize * 7 + at) as u8)
        .collect()
}

fn event(number: u64) -> Event {
    let address = |port: u16| Address::from(([127, 0, 0, 1], port));
    let connection = 1 + number % CONNECTIONS;
    Event {
        stamp: Stamp(number * 1_000),
        endpoint: EndpointId(1),
        link: Some(Arc::new(Link {
            connection: FlowId::server(connection),
            local: Some(address(9_000)),
            peer: address(50_000 + connection as u16),
        })),
        by: Requester::Nobody,
        kind: EventKind::Received {
            payload: Payload::new(PayloadId(number + 1), Bytes::from(bytes(number))),
        },
    }
}

fn record_until_killed(dir: &Path) -> ! {
    let store = Store::create(dir, keep(), SystemTime::now()).unwrap();
    let mut sequencer = Sequencer::new(SystemTime::now());
    let mut entries: Vec<Entry> = Vec::new();
    let mut next = 0;
    loop {
        sequencer.push((next..next + BATCH).map(event));
        next += BATCH;
        let now = Moment {
            stamp: Stamp(next * 1_000),
            time: SystemTime::now(),
        };
        entries.clear();
        sequencer.flush(now, &mut entries);
        // A jump of the wall clock would add an entry.
        entries.retain(|entry| entry.payload().is_some());
        let status = store.append(&mut entries);
        assert_eq!(status.stopped, None);
        io::stdout()
            .write_all(&status.entries.to_le_bytes())
            .unwrap();
        io::stdout().flush().unwrap();
    }
}

/// A running recorder. It is killed on drop.
struct Recorder(Child);

impl Drop for Recorder {
    fn drop(&mut self) {
        // Killing it again fails.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn round(number: u32) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let mut command = Command::new(env::current_exe().unwrap());
    command.env(RECORDER, &dir).stdout(Stdio::piped());
    let mut recorder = Recorder(command.spawn().unwrap());
    let mut reported = recorder.0.stdout.take().unwrap();
    let mut last = [0; 8];
    // After the first batch, any moment is as good as another.
    reported.read_exact(&mut last).unwrap();
    let reported = thread::Builder::new().spawn(move || {
        while reported.read_exact(&mut last).is_ok() {}
        u64::from_le_bytes(last)
    });
    let jitter = SystemTime::UNIX_EPOCH.elapsed().unwrap().subsec_micros();
    thread::sleep(Duration::from_micros((jitter % 150_000).into()));
    recorder.0.kill().unwrap();
    recorder.0.wait().unwrap();
    let reported = reported.unwrap().join().unwrap();
    let seen = check(&dir, reported).map_err(|error| format!("round {number}: {error}"))?;
    eprintln!("round {number}: {reported} entries reported, {seen} read");
    Ok(())
}

/// Checks the capture that was left behind: it has at least `reported` entries, and all those kept are intact.
fn check(dir: &Path, reported: u64) -> Result<u64, String> {
    if Store::is_being_recorded(dir) {
        return Err("the lock is held".to_owned());
    }
    let store = Store::open(dir).map_err(|error| error.to_string())?;
    if store.manifest().is_closed() {
        return Err("it says that it was closed".to_owned());
    }
    let record = Record::new(Arc::new(store));
    let status = record.status();
    if status.entries < reported {
        return Err(format!("{} entries of {reported}", status.entries));
    }
    let mut next = status.first_kept;
    let mut outcome = Ok(());
    record.visit(next..status.entries, Depth::Whole, |number, entry| {
        outcome = entry.map_err(|error| error.to_string()).and_then(|entry| {
            let payload = entry.payload().map(|payload| payload.bytes.to_vec());
            let expected = event(number).link;
            let is_right = (number, entry.number) == (next, next)
                && entry.event.link == expected
                && payload == Some(bytes(number));
            is_right
                .then_some(())
                .ok_or(format!("entry {number} is wrong"))
        });
        next += 1;
        match outcome {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    });
    outcome?;
    if next < status.entries {
        return Err(format!("entry {next} is missing"));
    }
    Ok(next - status.first_kept)
}
