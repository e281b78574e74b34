//! Ten thousand concurrent peers on one server: three echoes each, and the cost of an idle one. Then a thousand peers that
//! send and never read: what they cost, and how a good peer fares beside them.
//!
//! Run by hand: `cargo bench --bench peers`.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use support::{Server, connect};

const PEERS: usize = 9_900;
const DEAF_PEERS: usize = 1_000;
const ROUND_TRIPS: usize = 2_000;
const ROUNDS: u32 = 3;
const QUIET: Duration = Duration::from_secs(3);

fn main() {
    support::be_bare_echo_if_asked();
    let limit = rlimit::increase_nofile_limit(u64::MAX).expect("the limit on descriptors");
    assert!(
        limit > PEERS as u64 + 100,
        "the hard limit on descriptors, {limit}, is too low for {PEERS} peers"
    );
    let server = Server::bothends(&[]);
    let before = server.resident_bytes();

    let start = Instant::now();
    let mut peers: Vec<_> = (0..PEERS).map(|_| connect(server.address)).collect();
    println!(
        "{PEERS} peers connected one after another in {:.2} s (target ≤ 2)",
        start.elapsed().as_secs_f64()
    );

    let start = Instant::now();
    for round in 0..ROUNDS {
        for (number, peer) in peers.iter_mut().enumerate() {
            peer.write_all(format!("peer {number:5} round {round}").as_bytes())
                .expect("a write");
        }
        for (number, peer) in peers.iter_mut().enumerate() {
            let expected = format!("peer {number:5} round {round}");
            let mut answer = vec![0; expected.len()];
            peer.read_exact(&mut answer).expect("the echo");
            assert_eq!(
                answer,
                expected.as_bytes(),
                "peer {number} was answered with something else"
            );
        }
    }
    let answered = PEERS as f64 * f64::from(ROUNDS) / start.elapsed().as_secs_f64();
    println!("each echoed {ROUNDS} times, nothing lost: {answered:.0} answers/s");

    let per_peer = server.resident_bytes().saturating_sub(before) as f64 / PEERS as f64;
    println!(
        "resident memory of a quiet peer: {:.2} KiB (target ≤ 1)",
        per_peer / 1024.0
    );

    let cpu = support::cpu_ticks(server.pid());
    std::thread::sleep(QUIET);
    println!(
        "CPU over {} quiet seconds: {} ticks of 10 ms (target 0)",
        QUIET.as_secs(),
        support::cpu_ticks(server.pid()) - cpu
    );
    drop(peers);
    deaf_peers();
}

/// Measures what peers cost that send and never read, and how much longer a good peer waits for its echo.
fn deaf_peers() {
    let server = Server::bothends(&[]);
    let before = server.resident_bytes();
    let alone = round_trip_micros(server.address);
    let mut deaf: Vec<_> = (0..DEAF_PEERS).map(|_| connect(server.address)).collect();
    let block = vec![b'x'; 64 * 1024];
    for peer in &mut deaf {
        peer.set_nonblocking(true).expect("a socket");
    }
    // In turns, so that they fill up side by side. A turn in which nobody could send is the last.
    loop {
        let mut sent = 0;
        for peer in &mut deaf {
            sent += peer.write(&block).unwrap_or(0);
        }
        if sent == 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let beside = round_trip_micros(server.address);
    println!(
        "{DEAF_PEERS} peers that send and never read: {:.0} MiB (target ≤ 200); a good peer's round trip is {:.2} × (target ≤ 2)",
        server.resident_bytes().saturating_sub(before) as f64 / (1024.0 * 1024.0),
        beside / alone
    );
}

fn round_trip_micros(address: std::net::SocketAddr) -> f64 {
    let mut stream = connect(address);
    let mut answer = [0; 64];
    let times = (0..ROUND_TRIPS).map(|_| {
        let start = Instant::now();
        stream.write_all(&[b'x'; 64]).expect("a write");
        stream.read_exact(&mut answer).expect("the echo");
        start.elapsed().as_secs_f64() * 1e6
    });
    support::median(times.collect())
}
