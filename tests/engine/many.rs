//! Many attempts and connections of one endpoint, and the memory that peers may take who do not read.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use bothends::net::{Command, NetError, Observe, SendTo};
use bothends::script::Script;

use crate::program::Bothends;
use crate::support::{
    CLIENT, MIB, Rig, SERVER, client_of, dial, eventually, fixed, read_exactly, script, server,
};

#[test]
fn one_endpoint_connects_ten_thousand_times() {
    const CONNECTIONS: u64 = 10_000;
    /// For everything else in this process.
    const SPARE: u64 = 1_000;
    let limit = rlimit::increase_nofile_limit(u64::MAX).unwrap();
    let count = CONNECTIONS.min(limit - SPARE);
    // The other ends are in another process, so that each end has a limit of its own.
    let (_server, address) = Bothends::serve("127.0.0.1:0", &["--reply", "echo"]);
    let mut rig = Rig::observing(Observe::Everything);
    let config = Box::new(client_of(address));
    let connections = NonZeroU32::new(count as u32).unwrap();
    rig.command(
        CLIENT,
        Command::Connect {
            config,
            connections,
        },
    );
    let ids: BTreeSet<_> = (0..count).map(|_| rig.connected()).collect();
    assert_eq!(ids.len() as u64, count);
    // Each of them carries bytes in both directions.
    rig.send(CLIENT, SendTo::All, "x");
    assert_eq!(
        rig.receive(CLIENT, count as usize),
        vec![b'x'; count as usize]
    );
}

#[test]
fn a_message_beyond_the_budget_is_refused_and_the_others_are_sent() {
    let mut rig = Rig::observing(Observe::Lifecycle);
    let address = rig.listen(server());
    let peers: Vec<_> = (0..6).map(|_| dial(address)).collect();
    for _ in &peers {
        rig.accepted();
    }
    // Each is within the bound of its connection; together they are more than an endpoint may hold.
    rig.send(SERVER, SendTo::All, vec![0; 60 * MIB]);
    let (bytes, has_link) = rig.failed(|error| match error {
        NetError::BudgetSpent { bytes, .. } => Some(*bytes),
        _ => None,
    });
    assert_eq!((bytes, has_link), (60 * MIB as u64, true));
    drop(peers);
}

#[test]
fn a_healthy_peer_is_served_while_others_do_not_read() {
    let mut rig = Rig::observing(Observe::Lifecycle);
    let address = rig.listen(server());
    let mut deaf: Vec<_> = (0..100).map(|_| dial(address)).collect();
    for peer in &mut deaf {
        peer.set_nonblocking(true).unwrap();
    }
    let chunk = vec![b'x'; 64 * 1024];
    let mut is_full = vec![0; deaf.len()];
    // Each sends until its own end is full several times over.
    while is_full.iter().any(|&times| times < 20) {
        for (peer, times) in deaf.iter_mut().zip(&mut is_full) {
            if peer.write(&chunk).is_err() {
                *times += 1;
            }
        }
    }
    let mut good = dial(address);
    for _ in 0..100 {
        good.write_all(b"ping").unwrap();
        assert_eq!(read_exactly(&mut good, 4), b"ping");
    }
}

#[test]
fn peers_with_many_requests_at_once_leave_their_turn_to_others() {
    const GREEDY: usize = 3;
    const ROUND_TRIPS: u64 = 100;
    /// A share of a turn for each of them, several times over.
    const MOST_BYTES: u64 = 48 * MIB as u64;
    let mut rig = Rig::observing(Observe::Lifecycle);
    let mut config = server();
    *script(&mut config.behaviour) = Script {
        reply: fixed(vec![b'x'; 6_000]),
        framing: "lf".parse().ok(),
        ..Script::default()
    };
    let address = rig.listen(config);
    let replied = Arc::new(AtomicU64::new(0));
    for _ in 0..GREEDY {
        let mut reader = dial(address);
        let mut writer = reader.try_clone().unwrap();
        // Both end with the server.
        thread::Builder::new()
            .spawn(move || while writer.write_all(&[b'\n'; 4_096]).is_ok() {})
            .unwrap();
        let replied = Arc::clone(&replied);
        let read = move || {
            let mut buffer = vec![0; MIB];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                replied.fetch_add(count as u64, Ordering::Relaxed);
            }
        };
        thread::Builder::new().spawn(read).unwrap();
    }
    eventually("they are served", || {
        replied.load(Ordering::Relaxed) > 16 * MIB as u64
    });
    let mut good = dial(address);
    let before = replied.load(Ordering::Relaxed);
    for _ in 0..ROUND_TRIPS {
        good.write_all(b"\n").unwrap();
        read_exactly(&mut good, 6_000);
    }
    let meanwhile = replied.load(Ordering::Relaxed) - before;
    let each = meanwhile / ROUND_TRIPS;
    assert!(
        each < MOST_BYTES,
        "{each} bytes for others between two of its own"
    );
}
