//! Echo over TLS through `bothends serve` compared with a bare thread-per-connection rustls echo with the same provider
//! and certificate, in one run, as ratios; and the memory of connections that are idle.
//!
//! Run by hand: `cargo bench --bench tls`.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

use support::tls::{Ground, TlsClient};
use support::{Server, in_turn, median};

const ROUNDS: usize = 9;
const ROUND_TRIPS: usize = 5_000;
const HANDSHAKES: usize = 200;
const STREAM_BYTES: usize = 64 * 1024 * 1024;
const WRITE_BYTES: usize = 64 * 1024;
/// How far the writer of the stream may be ahead: more fits into what the system holds.
const AHEAD_BYTES: usize = 256 * 1024;
const IDLE: usize = 1_000;

fn main() {
    support::tls::be_bare_if_asked();
    let ground = Ground::new();
    let (ours, bare) = (ground.bothends(&[]), ground.bare());
    let report = |name, unit, target, is_more_better, measure: fn(&Ground, SocketAddr) -> f64| {
        let both = [&ours, &bare];
        report(&ground, both, name, unit, (target, is_more_better), measure);
    };
    report(
        "round trip of 64 B, p50",
        "µs",
        1.15,
        false,
        round_trip_p50_micros,
    );
    report(
        "echoed stream, 64 KiB writes",
        "MiB/s",
        0.9,
        true,
        stream_mib_per_second,
    );
    report("handshakes", "/s", 1.0, true, handshakes_per_second);
    idle(&ground, &ours, &bare);
}

fn report(
    ground: &Ground,
    [ours, bare]: [&Server; 2],
    name: &str,
    unit: &str,
    (target, is_more_better): (f64, bool),
    measure: fn(&Ground, SocketAddr) -> f64,
) {
    let (ours, bare, ratio) = in_turn(
        ROUNDS,
        || measure(ground, ours.address),
        || measure(ground, bare.address),
    );
    let sign = if is_more_better { "≥" } else { "≤" };
    println!(
        "{name}: {ours:.1} {unit} beside {bare:.1} {unit}, ratio {ratio:.2} (target {sign} {target})"
    );
}

fn round_trip_p50_micros(ground: &Ground, address: SocketAddr) -> f64 {
    let mut stream = ground.connect(address);
    let mut answer = [0; 64];
    let times = (0..ROUND_TRIPS).map(|_| {
        let start = Instant::now();
        stream.write_all(&[0x5A; 64]).expect("a write");
        stream.flush().expect("a write");
        stream.read_exact(&mut answer).expect("the echo");
        start.elapsed().as_secs_f64() * 1e6
    });
    median(times.collect())
}

fn stream_mib_per_second(ground: &Ground, address: SocketAddr) -> f64 {
    let mut stream = ground.connect(address);
    let block = vec![0x5A; WRITE_BYTES];
    let mut buffer = vec![0; WRITE_BYTES];
    let (mut written, mut read) = (0, 0);
    let start = Instant::now();
    while read < STREAM_BYTES {
        if written < STREAM_BYTES && written - read < AHEAD_BYTES {
            stream.write_all(&block).expect("a write");
            written += block.len();
            continue;
        }
        match stream.read(&mut buffer).expect("the echo") {
            0 => panic!("the stream ended early"),
            count => read += count,
        }
    }
    read as f64 / (1024.0 * 1024.0) / start.elapsed().as_secs_f64()
}

/// Connections in turn, each with a whole handshake and an echo of one byte.
fn handshakes_per_second(ground: &Ground, address: SocketAddr) -> f64 {
    let start = Instant::now();
    for _ in 0..HANDSHAKES {
        echo_byte(&mut ground.connect(address));
    }
    HANDSHAKES as f64 / start.elapsed().as_secs_f64()
}

fn echo_byte(stream: &mut TlsClient) {
    stream.write_all(&[0x5A]).expect("a write");
    stream.flush().expect("a write");
    stream.read_exact(&mut [0]).expect("the echo");
}

/// What a connection that is idle holds.
fn idle(ground: &Ground, ours: &Server, bare: &Server) {
    let held = |server: &Server| {
        let before = server.resident_bytes();
        let idle: Vec<TlsClient> = (0..IDLE)
            .map(|_| {
                let mut stream = ground.connect(server.address);
                echo_byte(&mut stream);
                stream
            })
            .collect();
        let after = server.resident_bytes();
        drop::<Vec<TcpStream>>(idle.into_iter().map(|it| it.sock).collect());
        after.saturating_sub(before) as f64 / IDLE as f64 / 1024.0
    };
    let (ours, bare) = (held(ours), held(bare));
    println!("an idle connection: {ours:.1} KiB beside {bare:.1} KiB with a thread of its own");
}
