//! UDP through `bothends serve` compared with a bare `std::net` loop of one socket, in one run, as ratios; and many peers.
//!
//! Run by hand: `cargo bench --bench datagrams`.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, UdpSocket};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::{in_turn, resident_bytes};

/// Set in the process of the bare echo server.
const BARE: &str = "BOTHENDS_BENCH_BARE_DATAGRAMS";
const ROUNDS: usize = 9;
/// How many datagrams are on their way at once.
const IN_FLIGHT: usize = 64;
/// How many are echoed in a round.
const ECHOES: usize = 100_000;
const PEERS: usize = 10_000;
/// No answer for so long is a loss.
const LOST: Duration = Duration::from_millis(500);

fn main() {
    be_bare_if_asked();
    let bare = Server::bare();
    let ours = Server::bothends(&[]);
    report("echo of 64 B, 64 in flight", 0.9, &ours, &bare);
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("capture");
    let recorded = Server::bothends(&["--record", dir.to_str().expect("a path in UTF-8")]);
    report(
        "recorded: echo of 64 B, 64 in flight",
        0.3,
        &recorded,
        &bare,
    );
    drop(recorded);
    peers(&ours, &bare);
}

/// A server in a separate process, which ends when this is dropped.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn bothends(more: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bothends"));
        command.args(["serve", "udp://127.0.0.1:0"]).args(more);
        Self::start(command)
    }

    fn bare() -> Self {
        let mut command = Command::new(std::env::current_exe().expect("the path of this program"));
        command.env(BARE, "1");
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let pipes = command.stderr(Stdio::piped()).stdout(Stdio::null());
        let mut child = pipes.spawn().expect("a server process");
        let mut line = String::new();
        let stderr = child.stderr.take().expect("its stderr");
        BufReader::new(stderr).read_line(&mut line).expect("a line");
        let address = line.trim().rsplit('/').next().expect("an address");
        let address = address.parse().expect("an address");
        Self { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Becomes the bare echo server, if this process was started as one.
fn be_bare_if_asked() {
    if std::env::var_os(BARE).is_none() {
        return;
    }
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    let address = socket.local_addr().expect("its address");
    eprintln!("listening on udp://{address}");
    let mut buffer = vec![0; 64 * 1024];
    while let Ok((count, from)) = socket.recv_from(&mut buffer) {
        let Some(datagram) = buffer.get(..count) else {
            return;
        };
        socket.send_to(datagram, from).ok();
    }
}

fn report(name: &str, target: f64, ours: &Server, bare: &Server) {
    let mut lost = (0, 0);
    let (ours, bare, ratio) = in_turn(
        ROUNDS,
        || echoes_per_second(ours.address, &mut lost.0),
        || echoes_per_second(bare.address, &mut lost.1),
    );
    println!(
        "{name}: {ours:.0} /s beside {bare:.0} /s, ratio {ratio:.2} (target ≥ {target}); lost {} beside {}",
        lost.0, lost.1
    );
}

fn peer_of(address: SocketAddr) -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    socket.connect(address).expect("a peer");
    socket.set_read_timeout(Some(LOST)).expect("a timeout");
    socket
}

fn echoes_per_second(address: SocketAddr, lost: &mut u64) -> f64 {
    let socket = peer_of(address);
    let message = [0x5A; 64];
    let mut answer = [0; 128];
    let start = Instant::now();
    let mut idle = Duration::ZERO;
    for _ in 0..IN_FLIGHT {
        socket.send(&message).expect("a datagram");
    }
    let mut received = 0;
    while received < ECHOES {
        if socket.recv(&mut answer).is_ok() {
            received += 1;
        } else {
            *lost += 1;
            idle += LOST;
        }
        socket.send(&message).expect("a datagram");
    }
    ECHOES as f64 / start.elapsed().saturating_sub(idle).as_secs_f64()
}

/// Many peers, each of which is served again and again: the memory that each takes, and how many echoes there are.
fn peers(ours: &Server, bare: &Server) {
    let process = ours.child.id().to_string();
    let before = resident_bytes(&process);
    let sockets: Vec<_> = (0..PEERS)
        .filter_map(|_| UdpSocket::bind("127.0.0.1:0").ok())
        .collect();
    for socket in &sockets {
        socket.set_read_timeout(Some(LOST)).expect("a timeout");
    }
    let count = sockets.len();
    let mut lost = (0, 0);
    let round = |server: &Server, lost: &mut u64| {
        let start = Instant::now();
        let mut idle = Duration::ZERO;
        let mut answer = [0; 128];
        for batch in sockets.chunks(IN_FLIGHT) {
            for socket in batch {
                socket
                    .send_to(&[0x5A; 64], server.address)
                    .expect("a datagram");
            }
            for socket in batch {
                if socket.recv(&mut answer).is_err() {
                    *lost += 1;
                    idle += LOST;
                }
            }
        }
        count as f64 / start.elapsed().saturating_sub(idle).as_secs_f64()
    };
    let first = round(ours, &mut lost.0);
    let each = resident_bytes(&process).saturating_sub(before) / count as u64;
    println!("{count} new peers: {first:.0} /s, {each} B each");
    let mut pairs = Vec::new();
    for _ in 0..ROUNDS {
        pairs.push((round(ours, &mut lost.0), round(bare, &mut lost.1)));
    }
    let median = |pick: fn(&(f64, f64)) -> f64| support::median(pairs.iter().map(pick).collect());
    println!(
        "{count} known peers in turn: {:.0} /s beside {:.0} /s, ratio {:.2}; lost {} beside {}",
        median(|it| it.0),
        median(|it| it.1),
        median(|it| it.0 / it.1),
        lost.0,
        lost.1
    );
}
