//! The stories, and the process that plays one of them.

use std::env;
use std::fs;
use std::io::Write as _;
use std::net::TcpStream;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::SystemTime;

use crate::support::{DEADLINE, SERVER, dial, eventually, read_exactly, server};
use bothends::capture::EventKind;
use bothends::capture::store::{Keep, StopCause, Store, StoreError};
use bothends::capture::{Capture, Depth, EndpointState, Record, RecordStatus, RecordUpdate};
use bothends::net::{Clock, Command as Order, Engine};
use bothends::words::ENGLISH;
use crossbeam_channel::Receiver;
use libtest_mimic::{Arguments, Failed, Trial};
use rlimit::Resource;

/// The environment variable that names the story a child process plays.
const STORY: &str = "BOTHENDS_FULL_DISK_STORY";
/// The environment variable that names a folder on a volume that may be filled.
const SMALL_DISK: &str = "BOTHENDS_SMALL_DISK";
/// The largest file while the disk counts as full.
const LIMIT_BYTES: u64 = 256 * 1024;
const MESSAGE_BYTES: usize = 10_000;

const STORIES: [(&str, fn()); 4] = [
    ("files_of_a_limited_size_stop_recording", limited_files),
    (
        "a_capture_is_made_where_there_is_room_again",
        no_room_at_first,
    ),
    ("recording_goes_on_without_descriptors", no_descriptors),
    ("a_folder_that_is_gone_stops_recording", gone_folder),
];

pub(crate) fn main() -> ExitCode {
    if let Some(story) = env::var_os(STORY) {
        let stories = STORIES
            .into_iter()
            .chain([("small_disk", small_disk as fn())]);
        for (_, play) in stories.filter(|(name, _)| *name == story) {
            play();
        }
        return ExitCode::SUCCESS;
    }
    let mut names: Vec<_> = STORIES.iter().map(|(name, _)| *name).collect();
    names.extend(env::var_os(SMALL_DISK).map(|_| "small_disk"));
    let trials = names
        .into_iter()
        .map(|name| Trial::test(name, move || play(name)));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// Plays a story in a process that survives too large a file: without a handler, the signal would end it.
fn play(name: &str) -> Result<(), Failed> {
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\""])
        .arg(env::current_exe()?)
        .env(STORY, name)
        .output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into())
}

/// An echo server that is being recorded, and a peer of it.
struct Stage {
    store: Arc<Store>,
    engine: Engine,
    capture: Capture,
    updates: Receiver<RecordUpdate>,
    status: RecordStatus,
    peer: TcpStream,
    exchanged: u64,
}

impl Stage {
    fn set(dir: &Path) -> Self {
        let clock = Clock::start();
        let (mut engine, events) = Engine::new(clock);
        let store = Store::create(dir, everything(), SystemTime::now()).unwrap();
        let store = Arc::new(store);
        let (capture, updates) =
            Capture::start(events, clock, Arc::clone(&store), &ENGLISH, || {}).unwrap();
        engine.command(SERVER, Order::Listen(server())).unwrap();
        let address = loop {
            if let RecordUpdate::Status(status) = updates.recv_timeout(DEADLINE).unwrap()
                && let [endpoint] = &status.endpoints[..]
                && let EndpointState::Listening { local, .. } = &endpoint.state
                && let Some(local) = local.ip()
            {
                break local;
            }
        };
        Self {
            store,
            engine,
            capture,
            updates,
            status: RecordStatus::default(),
            peer: dial(address),
            exchanged: 0,
        }
    }

    /// Sends one message and receives its echo.
    fn exchange(&mut self) {
        let message = message(self.exchanged);
        self.peer.write_all(&message).unwrap();
        assert!(read_exactly(&mut self.peer, MESSAGE_BYTES) == message);
        self.exchanged += 1;
        while let Ok(update) = self.updates.try_recv() {
            if let RecordUpdate::Status(status) = update {
                self.status = status.record;
            }
        }
    }

    fn exchange_until(&mut self, what: &str, condition: impl Fn(&RecordStatus) -> bool) {
        eventually(what, || {
            self.exchange();
            condition(&self.status)
        });
    }

    fn exchange_until_stopped(&mut self) -> StopCause {
        self.exchange_until("recording stops", |status| status.stopped.is_some());
        let before = self.status.unrecorded;
        self.exchange_until("traffic continues", |status| {
            status.unrecorded > before + 50
        });
        self.status.stopped.clone().unwrap()
    }

    fn resume(&mut self) {
        self.store.resume(everything());
        let before = self.status.entries;
        self.exchange_until("recording resumes", |status| {
            status.stopped.is_none() && status.entries > before + 50
        });
        assert_eq!(self.status.unrecorded, 0);
    }

    /// Stops everything and returns what was recorded of the peer's stream: how much of it, and how many entries are
    /// missing.
    fn end(self) -> Recorded {
        self.engine.shutdown();
        self.capture.shutdown();
        self.store.close().unwrap();
        let dir = self.store.dir();
        assert!(Store::manifest_of(&dir).unwrap().is_closed());
        recorded(&dir)
    }
}

fn everything() -> Keep {
    Keep::up_to(u64::MAX)
}

fn message(number: u64) -> Vec<u8> {
    (0..MESSAGE_BYTES)
        .map(|at| (at as u64 + number * 13) as u8)
        .collect()
}

#[derive(Default)]
struct Recorded {
    received_bytes: u64,
    gaps: Vec<u64>,
}

/// Reads a whole capture and checks that each entry is intact, in its place, and has the exchanged bytes.
fn recorded(dir: &Path) -> Recorded {
    let record = Record::new(Arc::new(Store::open(dir).unwrap()));
    let mut recorded = Recorded::default();
    let mut next = 0;
    record.visit(0..record.status().entries, Depth::Whole, |number, entry| {
        let entry = entry.unwrap();
        assert_eq!((number, entry.number), (next, next));
        next += 1;
        if let EventKind::NotRecorded { entries } = entry.event.kind {
            recorded.gaps.push(entries);
        }
        let Some(payload) = entry.payload() else {
            return ControlFlow::Continue(());
        };
        if let EventKind::Received { .. } = entry.event.kind {
            recorded.received_bytes += payload.bytes.len() as u64;
        }
        for (offset, byte) in (entry.stream().offset..).zip(&payload.bytes) {
            let number = offset / MESSAGE_BYTES as u64;
            let expected = (offset % MESSAGE_BYTES as u64 + number * 13) as u8;
            assert_eq!(*byte, expected, "entry {}", entry.number);
        }
        ControlFlow::Continue(())
    });
    assert_eq!(next, record.status().entries);
    recorded
}

fn capture_bytes(dir: &Path) -> u64 {
    let files = fs::read_dir(dir).unwrap().map(Result::unwrap);
    let files = files.filter(|file| file.file_name() != "capture.toml");
    files.map(|file| file.metadata().unwrap().len()).sum()
}

fn limit_files(bytes: u64) {
    let (_, most) = Resource::FSIZE.get().unwrap();
    Resource::FSIZE.set(bytes.min(most), most).unwrap();
}

/// Fills the disk, makes room, and fills it again. `is_expected` checks the cause.
fn full(dir: &Path, fill: impl Fn(), make_room: impl Fn(), is_expected: fn(&StopCause) -> bool) {
    let mut stage = Stage::set(dir);
    stage.exchange_until("entries are recorded", |status| status.entries > 10);
    fill();
    let cause = stage.exchange_until_stopped();
    assert!(is_expected(&cause), "{cause:?}");
    assert_eq!(stage.store.status().kept_bytes, capture_bytes(dir));
    let before = recorded(dir);
    assert!(before.received_bytes > 0);
    // As long as there is no room, it stops again each time, and leaves nothing behind.
    for _ in 0..3 {
        stage.store.resume(everything());
        stage.exchange_until("recording stops again", |status| status.stopped.is_some());
    }
    make_room();
    stage.resume();
    let after = stage.end();
    assert!(after.received_bytes > before.received_bytes);
    assert!(!after.gaps.is_empty(), "a gap is reported");
}

fn limited_files() {
    let folder = tempfile::tempdir().unwrap();
    full(
        &folder.path().join("capture"),
        || limit_files(LIMIT_BYTES),
        || limit_files(u64::MAX),
        |cause| matches!(cause, StopCause::Failed(why) if format!("{why:?}").contains("FileTooLarge")),
    );
}

fn small_disk() {
    let folder = PathBuf::from(env::var_os(SMALL_DISK).unwrap());
    let ballast = folder.join("ballast");
    fs::write(&ballast, vec![0; 1_000_000]).unwrap();
    full(
        &folder.join("capture"),
        || {},
        || fs::remove_file(&ballast).unwrap(),
        |cause| *cause == StopCause::Full,
    );
    fs::remove_dir_all(folder.join("capture")).unwrap();
}

fn no_room_at_first() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    limit_files(0);
    let refused = Store::create(&dir, everything(), SystemTime::now());
    assert!(matches!(refused, Err(StoreError::Io { .. })), "{refused:?}");
    limit_files(u64::MAX);
    Store::create(&dir, everything(), SystemTime::now()).unwrap();
}

fn gone_folder() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let mut stage = Stage::set(&dir);
    stage.exchange_until("entries are recorded", |status| status.entries > 10);
    fs::remove_dir_all(&dir).unwrap();
    assert_eq!(stage.exchange_until_stopped(), StopCause::Gone(dir));
    stage.engine.shutdown();
    stage.capture.shutdown();
    stage.store.close().unwrap_err();
}

/// A segment fills up when there are only enough descriptors for the next one, and again when there are none.
fn no_descriptors() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let keep = Keep::up_to(Keep::MIN_LIMIT_BYTES * 64);
    let mut stage = Stage::set(&dir);
    stage.store.resume(keep);
    stage.exchange_until("entries are recorded", |status| status.entries > 10);
    let mut taken = Vec::new();
    while let Ok(file) = fs::File::open("/dev/null") {
        taken.push(file);
    }
    taken.truncate(taken.len() - 3);
    for _ in 0..1_500 {
        stage.exchange();
    }
    assert_eq!(stage.status.stopped, None);
    drop(taken.drain(..8));
    let received_bytes = stage.exchanged * MESSAGE_BYTES as u64;
    let names = fs::read_dir(&dir).unwrap();
    assert!(names.count() > 10, "segments have ended");
    assert_eq!(stage.end().received_bytes, received_bytes);
}
