//! Rules at work, as ratios in one run: `wrk` on the HTTP preset beside a bare thread-per-connection `std::net` server with
//! the same reply; `redis-benchmark` on the Redis preset beside `redis-server`; and what a connection with rules and a state
//! costs beside one that is echoed.
//!
//! Run by hand: `cargo bench --bench rules`. A part whose program is missing says so.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::io::{Read, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;

use support::processes::is_there;
use support::{Server, connect, in_turn, redis};

const ROUNDS: usize = 5;
const PEERS: usize = 9_900;
/// How much memory a connection may cost beyond that of an echo.
const TARGET_BYTES: i64 = 4 * 1024;

fn main() {
    support::be_bare_echo_if_asked();
    support::be_bare_http_if_asked();
    http();
    redis();
    memory();
}

fn preset(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/presets");
    let path = path.join(name).with_extension("bothends");
    path.to_string_lossy().into_owned()
}

/// Starts the server of a preset on a free port.
fn ours(name: &str, more: &[&str]) -> Server {
    let rules = preset(name);
    Server::bothends_with(&[&["--rules", &rules], more].concat())
}

fn http() {
    if !is_there("wrk") {
        return;
    }
    let bare = Server::bare_http();
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("capture");
    let recorded = ["--record", dir.to_str().expect("a path in UTF-8")];
    for (name, more, target) in [("unrecorded", &[][..], 0.9), ("recorded", &recorded, 0.7)] {
        let ours = ours("http", more);
        let (ours, bare, ratio) = in_turn(
            ROUNDS,
            || wrk_requests_per_second(ours.address),
            || wrk_requests_per_second(bare.address),
        );
        println!(
            "wrk on the HTTP preset, {name}: {ours:.0}/s beside {bare:.0}/s, ratio {ratio:.2} (target ≥ {target})"
        );
    }
}

fn wrk_requests_per_second(address: SocketAddr) -> f64 {
    let url = format!("http://{address}/fixed");
    let output = Command::new("wrk")
        .args(["-t1", "-c16", "-d2s", &url])
        .output()
        .expect("wrk");
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("Requests/sec:"));
    let number = line.expect("a rate").trim().parse();
    assert!(!text.contains("Non-2xx"), "{text}");
    number.expect("a number")
}

fn redis() {
    if !is_there("redis-benchmark") || !is_there("redis-server") {
        return;
    }
    let (_real, real_address) = redis::server();
    let ours = ours("redis", &[]);
    for test in ["ping_inline", "ping_mbulk", "set", "get"] {
        let (ours, real, ratio) = in_turn(
            ROUNDS,
            || redis::requests_per_second(ours.address, test),
            || redis::requests_per_second(real_address, test),
        );
        let target = if test.starts_with("ping") {
            "target ≥ 0.5"
        } else {
            "no target"
        };
        println!(
            "redis-benchmark -P 16 {test}: {ours:.0}/s beside {real:.0}/s, ratio {ratio:.2} ({target})"
        );
    }
}

/// Ten thousand connections of the line script, each in a state of its own, beside an echo.
fn memory() {
    let limit = rlimit::increase_nofile_limit(u64::MAX).expect("the limit on descriptors");
    if limit < PEERS as u64 + 100 {
        println!("the limit on descriptors, {limit}, is too low for {PEERS} peers");
        return;
    }
    let echo = per_connection_bytes(&Server::bothends(&[]), b"");
    let ruled = per_connection_bytes(&ours("line-script", &[]), b"login: ");
    let more = ruled - echo;
    println!(
        "a connection with rules and a state: {ruled} B beside {echo} B of an echo, {more} B more (target ≤ {TARGET_BYTES})"
    );
}

fn per_connection_bytes(server: &Server, greeting: &[u8]) -> i64 {
    let resident = |server: &Server| i64::try_from(server.resident_bytes()).expect("a size");
    let before = resident(server);
    let mut answer = [0; 64];
    let peers: Vec<_> = (0..PEERS)
        .map(|_| {
            let mut peer = connect(server.address);
            peer.read_exact(&mut answer[..greeting.len()])
                .expect("the greeting");
            peer.write_all(b"ann\n").expect("a write");
            let count = peer.read(&mut answer).expect("an answer");
            assert!(count > 0, "closed");
            peer
        })
        .collect();
    let cost = (resident(server) - before) / i64::try_from(peers.len()).expect("a count");
    drop(peers);
    cost
}
