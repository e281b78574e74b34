//! Echo through `bothends serve` compared with a bare thread-per-connection `std::net` echo, in one run, as ratios; and
//! with framing and check compared with the same without.
//!
//! Run by hand: `cargo bench --bench echo`; it needs about 6 GiB in the folder for temporary files.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::Instant;

use support::{Server, connect, in_turn, median};

const ROUNDS: usize = 9;
/// For what differs much from one round to the next.
const MANY_ROUNDS: usize = 41;
const ROUND_TRIPS: usize = 10_000;
const ACCEPTS: usize = 1_000;
const STREAM_BYTES: usize = 128 * 1024 * 1024;
const WRITE_BYTES: usize = 64 * 1024;

fn main() {
    support::be_bare_echo_if_asked();
    let ours = Server::bothends(&[]);
    let bare = Server::bare();
    Comparison {
        name: "round trip of 64 B, p50",
        unit: "µs",
        target: Target::AtMost(1.05),
        rounds: ROUNDS,
    }
    .report(&ours, &bare, round_trip_p50_micros);
    Comparison {
        name: "accept, echo, close",
        unit: "/s",
        target: Target::AtLeast(1.6),
        rounds: MANY_ROUNDS,
    }
    .report(&ours, &bare, accepts_per_second);
    Comparison {
        name: "echoed stream, 64 KiB writes",
        unit: "MiB/s",
        target: Target::AtLeast(0.95),
        rounds: MANY_ROUNDS,
    }
    .report(&ours, &bare, stream_mib_per_second);
    drop(ours);
    recorded(&bare);
    drop(bare);
    framed();
    #[cfg(target_os = "linux")]
    marked::run();
}

/// Marks of what a connection sends, compared with the same connection without.
#[cfg(target_os = "linux")]
mod marked {
    use std::net::SocketAddr;
    use std::thread;

    use bothends::net::kernel::{KernelWatch, Marks};
    use bothends::net::{
        Clock, Command, EndpointId, Engine, EngineEventKind, EventReceiver, ServerConfig,
    };

    use crate::support::in_turn;
    use crate::{ROUNDS, round_trip_p50_micros};

    const ENDPOINT: EndpointId = EndpointId(1);

    pub(super) fn run() {
        let (_plain, without) = echo(Marks::None);
        for (name, marks, target) in [
            ("acknowledgements", Marks::Acknowledged, 1.2),
            ("all steps", Marks::All, 2.0),
        ] {
            let (_marked, with) = echo(marks);
            let (with, without, ratio) = in_turn(
                ROUNDS,
                || round_trip_p50_micros(with),
                || round_trip_p50_micros(without),
            );
            println!(
                "marked, {name}: round trip of 64 B, p50: {with:.1} µs beside {without:.1} µs, ratio {ratio:.2} \
                 (target ≤ {target})"
            );
        }
    }

    /// Starts an echo that marks each connection so.
    fn echo(marks: Marks) -> (Engine, SocketAddr) {
        let (mut engine, events) = Engine::new(Clock::start());
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let listen = Command::Listen(ServerConfig::new(any));
        engine.command(ENDPOINT, listen).expect("a server");
        let address = events
            .recv_deadline(None)
            .expect("events")
            .into_iter()
            .find_map(|event| match event.kind {
                EngineEventKind::Listening { local, .. } => local.ip(),
                _ => None,
            });
        watch(&mut engine, events, marks);
        (engine, address.expect("an address"))
    }

    /// Takes the events, and watches each connection that is accepted.
    fn watch(engine: &mut Engine, events: EventReceiver, marks: Marks) {
        let commands = engine.sender(ENDPOINT).expect("a worker");
        let taking = thread::Builder::new().spawn(move || {
            while let Ok(batch) = events.recv_deadline(None) {
                for event in batch {
                    if !matches!(event.kind, EngineEventKind::Accepted { .. }) {
                        continue;
                    }
                    let connection = event.link.map(|link| link.connection);
                    let watch = connection.filter(|_| marks != Marks::None);
                    let watch = watch.map(|it| KernelWatch {
                        marks,
                        ..KernelWatch::numbers_of(it)
                    });
                    // The worker ends with the engine.
                    commands.send(Command::Watch(watch)).ok();
                }
            }
        });
        taking.expect("a thread");
    }
}

/// The same with every byte recorded, compared with an echo that records nothing.
fn recorded(bare: &Server) {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("capture");
    let ours = Server::bothends(&["--record", dir.to_str().expect("a path in UTF-8")]);
    Comparison {
        name: "recorded: round trip of 64 B, p50",
        unit: "µs",
        target: Target::AtMost(1.2),
        rounds: ROUNDS,
    }
    .report(&ours, bare, round_trip_p50_micros);
    Comparison {
        name: "recorded: echoed stream, 64 KiB writes",
        unit: "MiB/s",
        target: Target::AtLeast(0.85),
        rounds: MANY_ROUNDS,
    }
    .report(&ours, bare, stream_mib_per_second);
}

/// Cut into lines and checked, compared with the same without; both recorded.
fn framed() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = |name| folder.path().join(name).to_string_lossy().into_owned();
    let framed = ["--framing", "line", "--check", "crc CRC-16/MODBUS le"];
    let ours = Server::bothends(&[&["--record", &dir("framed")], &framed[..]].concat());
    let plain = Server::bothends(&["--record", &dir("plain")]);
    Comparison {
        name: "lines with a checksum: round trip of 64 B, p50",
        unit: "µs",
        target: Target::AtMost(1.1),
        rounds: ROUNDS,
    }
    .report(&ours, &plain, round_trip_p50_micros);
}

/// What a comparison is to show.
enum Target {
    AtMost(f64),
    AtLeast(f64),
}

/// A measure of two servers in turn.
struct Comparison {
    name: &'static str,
    unit: &'static str,
    target: Target,
    rounds: usize,
}

impl Comparison {
    fn report(&self, ours: &Server, other: &Server, measure: fn(SocketAddr) -> f64) {
        let Self { name, unit, .. } = self;
        let (ours, other, ratio) = in_turn(
            self.rounds,
            || measure(ours.address),
            || measure(other.address),
        );
        let target = match self.target {
            Target::AtMost(most) => format!("≤ {most}"),
            Target::AtLeast(least) => format!("≥ {least}"),
        };
        println!(
            "{name}: {ours:.1} {unit} beside {other:.1} {unit}, ratio {ratio:.2} (target {target})"
        );
    }
}

fn round_trip_p50_micros(address: SocketAddr) -> f64 {
    let mut stream = connect(address);
    let mut message = [0x5A; 64];
    message[63] = b'\n';
    let mut answer = [0; 64];
    let times = (0..ROUND_TRIPS).map(|_| {
        let start = Instant::now();
        stream.write_all(&message).expect("a write");
        stream.read_exact(&mut answer).expect("the echo");
        start.elapsed().as_secs_f64() * 1e6
    });
    median(times.collect())
}

fn accepts_per_second(address: SocketAddr) -> f64 {
    let message = [0x5A; 64];
    let mut answer = [0; 64];
    let start = Instant::now();
    for _ in 0..ACCEPTS {
        let mut stream = connect(address);
        stream.write_all(&message).expect("a write");
        stream.read_exact(&mut answer).expect("the echo");
    }
    ACCEPTS as f64 / start.elapsed().as_secs_f64()
}

fn stream_mib_per_second(address: SocketAddr) -> f64 {
    let mut reader = connect(address);
    let mut writer = reader.try_clone().expect("a second handle");
    let start = Instant::now();
    let writing = std::thread::Builder::new().spawn(move || {
        let block = vec![0x5A; WRITE_BYTES];
        for _ in 0..STREAM_BYTES / WRITE_BYTES {
            writer.write_all(&block).expect("a write");
        }
    });
    let mut buffer = vec![0; WRITE_BYTES];
    let mut left = STREAM_BYTES;
    while left > 0 {
        match reader.read(&mut buffer).expect("the echo") {
            0 => panic!("the stream ended {left} bytes early"),
            count => left -= count,
        }
    }
    writing.expect("a thread").join().expect("the writer");
    STREAM_BYTES as f64 / (1024.0 * 1024.0) / start.elapsed().as_secs_f64()
}
