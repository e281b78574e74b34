//! Shared by the benchmarks: two servers in separate processes, medians, and the printing of ratios.
#![allow(
    dead_code,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "each benchmark uses a part of it, and stops where it cannot go on"
)]

pub(crate) mod generated;
pub(crate) mod lines;
pub(crate) mod processes;
pub(crate) mod redis;
pub(crate) mod tls;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Set in the process of the bare echo server.
const BARE: &str = "BOTHENDS_BENCH_BARE_ECHO";
/// Set in the process of the bare HTTP server.
const BARE_HTTP: &str = "BOTHENDS_BENCH_BARE_HTTP";
/// What the bare HTTP server replies: what the HTTP preset replies to `GET /fixed`.
const HTTP_REPLY: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 14\r\n\r\nHello, world!\n";
/// The buffer size of the bare server, equal to Bothends's default.
const BUFFER: usize = 64 * 1024;

/// A server in a separate process, which ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    _stderr: BufReader<ChildStderr>,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts `bothends serve` with an echo that records nothing.
    pub(crate) fn bothends(more: &[&str]) -> Self {
        Self::bothends_with(&[&["--reply", "echo"], more].concat())
    }

    /// Starts `bothends serve` with these options.
    pub(crate) fn bothends_with(options: &[&str]) -> Self {
        Self::start(serve(options))
    }

    /// Starts `bothends serve` with these options, and returns its standard output too.
    pub(crate) fn bothends_piped(options: &[&str]) -> (Self, ChildStdout) {
        let mut server = Self::start_into(serve(options), Stdio::piped());
        let stdout = server.child.stdout.take().expect("its stdout");
        (server, stdout)
    }

    /// Starts the bare thread-per-connection echo: the simplest one with `std::net`.
    pub(crate) fn bare() -> Self {
        let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
        command.env(BARE, "1");
        Self::start(command)
    }

    /// Starts the bare thread-per-connection HTTP server: it answers whatever ends with an empty line.
    pub(crate) fn bare_http() -> Self {
        let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
        command.env(BARE_HTTP, "1");
        Self::start(command)
    }

    fn start(command: Command) -> Self {
        Self::start_into(command, Stdio::null())
    }

    fn start_into(mut command: Command, stdout: Stdio) -> Self {
        let mut child = command
            .stderr(Stdio::piped())
            .stdout(stdout)
            .spawn()
            .expect("a server process");
        let mut stderr = BufReader::new(child.stderr.take().expect("its stderr"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("its first line");
        let address = line
            .trim()
            .strip_prefix("listening on ")
            .expect("an address")
            .trim_start_matches("tls://")
            .parse()
            .expect("an address");
        Self {
            child,
            _stderr: stderr,
            address,
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end in order.
    pub(crate) fn terminate(&self) {
        let sent = Command::new("kill").arg(self.pid().to_string()).status();
        assert!(sent.expect("kill").success());
    }

    /// Lets it end in order, and waits for that; its standard output must not be a pipe that is full.
    pub(crate) fn finish(mut self) {
        self.terminate();
        let code = processes::wait_for_end(&mut self.child);
        assert_eq!(code, Some(0), "the server's exit status");
    }

    /// Resident memory in bytes.
    pub(crate) fn resident_bytes(&self) -> u64 {
        resident_bytes(&self.pid().to_string())
    }
}

fn serve(options: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bothends"));
    command.args(["serve", "127.0.0.1:0"]).args(options);
    command
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Becomes the bare echo server, if this process was started as one.
pub(crate) fn be_bare_echo_if_asked() {
    be_bare_if_asked(BARE, echo);
}

/// Becomes the bare HTTP server, if this process was started as one.
pub(crate) fn be_bare_http_if_asked() {
    be_bare_if_asked(BARE_HTTP, answer);
}

fn be_bare_if_asked(variable: &str, serve: fn(TcpStream)) {
    if std::env::var_os(variable).is_none() {
        return;
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    eprintln!(
        "listening on {}",
        listener.local_addr().expect("its address")
    );
    for peer in listener.incoming().flatten() {
        std::thread::Builder::new()
            .spawn(move || serve(peer))
            .expect("a thread");
    }
}

fn echo(mut peer: TcpStream) {
    peer.set_nodelay(true).ok();
    let mut buffer = vec![0; BUFFER];
    while let Ok(count @ 1..) = peer.read(&mut buffer) {
        if peer.write_all(&buffer[..count]).is_err() {
            return;
        }
    }
}

fn answer(mut peer: TcpStream) {
    peer.set_nodelay(true).ok();
    let mut buffer = vec![0; BUFFER];
    let mut filled = 0;
    while let Some(room @ [_, ..]) = buffer.get_mut(filled..)
        && let Ok(count @ 1..) = peer.read(room)
    {
        filled += count;
        if !buffer[..filled].ends_with(b"\r\n\r\n") {
            continue;
        }
        filled = 0;
        if peer.write_all(HTTP_REPLY).is_err() {
            return;
        }
    }
}

/// Connects with a bound on every wait.
pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let stream =
        TcpStream::connect_timeout(&address, Duration::from_secs(10)).expect("a connection");
    with_bounds(stream)
}

/// Sets a bound on every wait of a connection.
fn with_bounds(stream: TcpStream) -> TcpStream {
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .expect("a read timeout");
    stream
        .set_write_timeout(Some(Duration::from_secs(30)))
        .expect("a write timeout");
    stream.set_nodelay(true).expect("no delay");
    stream
}

/// Returns the median.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Runs both alternately, and each as often first as the other, so that drift of the machine affects both; returns the
/// medians of each and of the ratios.
pub(crate) fn in_turn(
    rounds: usize,
    mut ours: impl FnMut() -> f64,
    mut bare: impl FnMut() -> f64,
) -> (f64, f64, f64) {
    ours();
    bare();
    let mut pair = |is_ours_first: bool| {
        if is_ours_first {
            let ours = ours();
            (ours, bare())
        } else {
            let bare = bare();
            (ours(), bare)
        }
    };
    let pairs: Vec<(f64, f64)> = (0..rounds).map(|round| pair(round % 2 == 0)).collect();
    (
        median(pairs.iter().map(|pair| pair.0).collect()),
        median(pairs.iter().map(|pair| pair.1).collect()),
        median(pairs.iter().map(|pair| pair.0 / pair.1).collect()),
    )
}

/// Resident memory of a process in bytes, from `proc(5)`.
pub(crate) fn resident_bytes(process: &str) -> u64 {
    status_bytes(process, "VmRSS:")
}

/// Peak resident memory of a process in bytes, from `proc(5)`.
pub(crate) fn most_resident_bytes(process: &str) -> u64 {
    status_bytes(process, "VmHWM:")
}

fn status_bytes(process: &str, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("proc");
    let line = status.lines().find(|line| line.starts_with(name));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    let kib: u64 = number.expect("a size").parse().expect("a number");
    kib * 1024
}

/// User and system time in clock ticks, from `proc(5)`.
pub(crate) fn cpu_ticks(pid: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("proc");
    let after_name = stat.rsplit(')').next().expect("fields");
    let field = |index: usize| {
        after_name
            .split_whitespace()
            .nth(index)
            .expect("a field")
            .parse::<u64>()
            .expect("ticks")
    };
    field(11) + field(12)
}
