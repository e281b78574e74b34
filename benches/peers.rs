//! Ten thousand concurrent peers on one server: three echoes each, and the cost of an idle one.
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

const PEERS: usize = 10_000;
const ROUNDS: u32 = 3;
const QUIET: Duration = Duration::from_secs(3);

fn main() {
    support::be_bare_echo_if_asked();
    let limit = rlimit::increase_nofile_limit(u64::MAX).expect("the limit on descriptors");
    assert!(
        limit > PEERS as u64 + 100,
        "the hard limit on descriptors, {limit}, is too low for {PEERS} peers"
    );
    let server = Server::bothends(&["--backlog", "4096"]);
    let before = server.resident_bytes();

    let start = Instant::now();
    let mut peers: Vec<_> = (0..PEERS).map(|_| connect(server.address)).collect();
    println!(
        "{PEERS} peers connected in {:.2} s",
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
        "resident memory of a quiet peer: {:.2} KiB (target ≤ 8)",
        per_peer / 1024.0
    );

    let cpu = support::cpu_ticks(server.pid());
    std::thread::sleep(QUIET);
    println!(
        "CPU over {} quiet seconds: {} ticks of 10 ms (target 0)",
        QUIET.as_secs(),
        support::cpu_ticks(server.pid()) - cpu
    );
}
