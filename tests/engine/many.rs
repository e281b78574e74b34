//! Many attempts and connections of one endpoint, and the memory that peers may take who do not read.

use std::io::Write;
use std::num::NonZeroU32;

use bothends::capture::EventKind;
use bothends::net::{Command, NetError, Observe, SendTo};

use crate::support::{CLIENT, MIB, Rig, SERVER, client_of, dial, read_exactly, server};

#[test]
fn one_endpoint_connects_many_times() {
    const CONNECTIONS: u32 = 2_000;
    let mut rig = Rig::observing(Observe::Lifecycle);
    let address = rig.listen(server());
    let connections = NonZeroU32::new(CONNECTIONS).unwrap();
    let config = Box::new(client_of(address));
    rig.command(
        CLIENT,
        Command::Connect {
            config,
            connections,
        },
    );
    for _ in 0..2 * CONNECTIONS {
        rig.wait("an end", |event| {
            let is_up = matches!(
                event.kind,
                EventKind::Connected { .. } | EventKind::Accepted { .. }
            );
            is_up.then_some(())
        });
    }
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
