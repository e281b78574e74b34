//! Beside programs that people have, in one run, as ratios: `redis-benchmark` on a server with a fixed reply and on
//! `redis-server`; sending a file, and recording what arrives, with `ncat` and with `socat`.
//!
//! Run by hand: `cargo bench --bench foreign`; it needs about 4 GiB in the folder for temporary files. A program that is
//! missing is named, and nothing is measured beside it.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use support::processes::{PATIENCE, Process, connect_once_it_listens, free_port, is_there};
use support::{Server, connect, in_turn, redis};

const ROUNDS: usize = 5;
const FILE_BYTES: usize = 1 << 30;
const BLOCK_BYTES: usize = 64 * 1024;

fn main() {
    replying();
    let (ncat, socat) = (is_there("ncat"), is_there("socat"));
    let folder = tempfile::tempdir().expect("a folder");
    let ground = Ground {
        folder: folder.path(),
        block: random_block(),
    };
    if ncat {
        ground.compare_sending("ncat", 0.61, ncat_sending);
    }
    if socat {
        ground.compare_sending("socat", 0.87, socat_sending);
    }
    if ncat {
        ground.compare_recording("ncat", 0.82, ncat_receiving);
    }
    if socat {
        ground.compare_recording("socat", 1.09, socat_receiving);
    }
}

/// Fixed replies to frames.
fn replying() {
    if !is_there("redis-benchmark") || !is_there("redis-server") {
        return;
    }
    let (_real, real) = redis::server();
    for (test, framing) in [("ping_inline", "lf"), ("ping_mbulk", "resp")] {
        let fixed = ["--framing", framing, "--reply", r"text:+PONG\r\n"];
        let ours = Server::bothends_with(&fixed);
        let (ours, real, ratio) = in_turn(
            ROUNDS,
            || redis::requests_per_second(ours.address, test),
            || redis::requests_per_second(real, test),
        );
        println!(
            "redis-benchmark -P 16 {test}, a fixed reply with --framing {framing}: {ours:.0}/s, redis-server {real:.0}/s, \
             ratio {ratio:.2} (target ≥ 0.5)"
        );
    }
}

/// Where files are, and what is in them.
struct Ground<'a> {
    folder: &'a Path,
    block: Vec<u8>,
}

impl Ground<'_> {
    /// Compares the time that it takes to send a file.
    fn compare_sending(&self, name: &str, target: f64, theirs: fn(SocketAddr, &Path) -> Command) {
        let file = self.folder.join("file");
        let mut output = File::create(&file).expect("a file");
        for _ in 0..FILE_BYTES / BLOCK_BYTES {
            output.write_all(&self.block).expect("a block");
        }
        let (ours, theirs, ratio) = in_turn(
            ROUNDS,
            || seconds_to_send(|address| our_sending(address, &file)),
            || seconds_to_send(|address| theirs(address, &file)),
        );
        println!(
            "sending a file of 1 GiB: {ours:.2} s, {name} {theirs:.2} s, ratio {ratio:.2} (target ≤ {target})"
        );
        fs::remove_file(file).expect("the file");
    }

    /// Compares the time from the first byte until everything is kept and the program has ended.
    fn compare_recording(&self, name: &str, target: f64, theirs: fn(u16, &Path) -> Receiving) {
        let (ours, theirs, ratio) = in_turn(
            ROUNDS,
            || self.seconds_to_record(),
            || self.seconds_to_receive(theirs),
        );
        println!(
            "recording 1 GiB that is received: {ours:.2} s, {name} into a file {theirs:.2} s, ratio {ratio:.2} \
             (target ≤ {target})"
        );
    }

    fn seconds_to_record(&self) -> f64 {
        let dir = self.folder.join("capture");
        let record = ["--record", dir.to_str().expect("a path in UTF-8")];
        let server = Server::bothends_with(&[&["--reply", "none"], &record[..]].concat());
        let stream = connect(server.address);
        let start = Instant::now();
        self.write(stream);
        server.finish();
        let seconds = start.elapsed().as_secs_f64();
        let files = fs::read_dir(&dir).expect("the capture");
        let lengths = files.map(|file| file.and_then(|file| file.metadata()));
        let kept: u64 = lengths.map(|it| it.expect("a file").len()).sum();
        assert!(kept > FILE_BYTES as u64, "only {kept} bytes are kept");
        fs::remove_dir_all(dir).expect("the capture");
        seconds
    }

    fn seconds_to_receive(&self, receiving: fn(u16, &Path) -> Receiving) -> f64 {
        let file = self.folder.join("received");
        let port = free_port();
        let Receiving {
            mut command,
            output,
        } = receiving(port, &file);
        let process = Process::start(command.stdin(Stdio::null()), output);
        let stream = connect_once_it_listens(SocketAddr::from(([127, 0, 0, 1], port)));
        let start = Instant::now();
        self.write(stream);
        process.succeed();
        let seconds = start.elapsed().as_secs_f64();
        assert_eq!(file.metadata().expect("the file").len(), FILE_BYTES as u64);
        fs::remove_file(file).expect("the file");
        seconds
    }

    /// Sends as much as a file, and waits until the peer has closed the connection.
    fn write(&self, mut stream: TcpStream) {
        for _ in 0..FILE_BYTES / BLOCK_BYTES {
            stream.write_all(&self.block).expect("a write");
        }
        stream.shutdown(Shutdown::Write).expect("a shutdown");
        assert_eq!(stream.read(&mut [0]).expect("its end"), 0, "its end");
    }
}

fn random_block() -> Vec<u8> {
    let mut block = vec![0; BLOCK_BYTES];
    fastrand::Rng::with_seed(1).fill(&mut block);
    block
}

fn our_sending(address: SocketAddr, file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bothends"));
    command.args(["send", &address.to_string(), "--finish", "--file"]);
    command.arg(file).stdin(Stdio::null());
    command
}

fn ncat_sending(address: SocketAddr, file: &Path) -> Command {
    let mut command = Command::new("ncat");
    command.args(["--send-only", "127.0.0.1", &address.port().to_string()]);
    command.stdin(File::open(file).expect("the file"));
    command
}

fn socat_sending(address: SocketAddr, file: &Path) -> Command {
    let mut command = Command::new("socat");
    let from = format!("OPEN:{},rdonly", file.display());
    command.args(["-u", &from, &format!("TCP4:{address}")]);
    command.stdin(Stdio::null());
    command
}

/// A program that receives, and its standard output.
struct Receiving {
    command: Command,
    output: Stdio,
}

fn ncat_receiving(port: u16, file: &Path) -> Receiving {
    let mut command = Command::new("ncat");
    command.args(["-l", "--recv-only", "127.0.0.1", &port.to_string()]);
    let output = File::create(file).expect("a file").into();
    Receiving { command, output }
}

fn socat_receiving(port: u16, file: &Path) -> Receiving {
    let mut command = Command::new("socat");
    let from = format!("TCP4-LISTEN:{port},bind=127.0.0.1");
    command.args(["-u", &from, &format!("CREATE:{}", file.display())]);
    let output = Stdio::null();
    Receiving { command, output }
}

/// Starts a program that sends to a peer that only reads; returns how long it takes until both have ended.
fn seconds_to_send(sending: impl FnOnce(SocketAddr) -> Command) -> f64 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    let address = listener.local_addr().expect("its address");
    let (done, count) = mpsc::channel();
    let reading = thread::Builder::new().spawn(move || {
        let (peer, _) = listener.accept().expect("a peer");
        // Nobody waits for it after a failure.
        done.send(read_all(peer)).ok();
    });
    reading.expect("a thread");
    let start = Instant::now();
    Process::start(&mut sending(address), Stdio::null()).succeed();
    let count = count.recv_timeout(PATIENCE).expect("its end");
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(count, FILE_BYTES, "what arrived");
    seconds
}

fn read_all(mut peer: TcpStream) -> usize {
    let timeout = Some(Duration::from_secs(30));
    peer.set_read_timeout(timeout).expect("a timeout");
    let mut buffer = vec![0; BLOCK_BYTES];
    let mut total = 0;
    while let Ok(count @ 1..) = peer.read(&mut buffer) {
        total += count;
    }
    total
}
