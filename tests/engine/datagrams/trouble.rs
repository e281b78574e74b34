//! Datagrams that are cut, or that cannot be answered: each is reported where it belongs, and ends nothing.

use bothends::capture::EventKind;
use bothends::net::{Command, NetError};
use bothends::script::Act;

use super::{echoes, loopback, peer_of, receive, server};
use crate::support::{Rig, SERVER, connection, loopbacks};

#[test]
fn a_datagram_that_does_not_fit_is_reported_with_its_length() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let mut config = server(local);
        config.behaviour.read_buffer = 30;
        let address = rig.listen(config);
        let peer = peer_of(address);
        for (len, is_cut) in [(30, false), (31, true), (5_000, true), (3, false)] {
            peer.send(&vec![b'x'; len]).unwrap();
            assert_eq!(receive(&peer).len(), len.min(30));
            if is_cut {
                let cut = rig.wait("what was cut", |event| match event.kind {
                    EventKind::Truncated { read_bytes, bytes } => Some((read_bytes, bytes)),
                    _ => None,
                });
                assert_eq!(cut, (30, Some(len as u64)));
            }
            assert_eq!(rig.datagram(SERVER).1.len(), len.min(30));
        }
        let cuts = rig.log.iter();
        let cuts = cuts.filter(|it| matches!(it.kind, EventKind::Truncated { .. }));
        assert_eq!(cuts.count(), 2);
    }
}

/// A peer whose replies wait is recorded, but not answered any more; others are.
#[test]
fn what_a_peer_asks_while_its_replies_wait_is_recorded_only() {
    let mut rig = Rig::new();
    let address = rig.listen(server(loopback()));
    let (greedy, other) = (peer_of(address), peer_of(address));
    echoes(&greedy, b"x");
    let id = rig.accepted();
    let act = Act::Wait(super::LONG);
    rig.command(
        SERVER,
        Command::Act {
            connection: id,
            act,
        },
    );
    rig.wait("the wait", |event| {
        matches!(event.kind, EventKind::Waiting { .. }).then_some(())
    });
    let mut count = 0;
    let named = loop {
        greedy.send(&[b'x'; 10_000]).unwrap();
        count += 1;
        rig.datagram(SERVER);
        let overrun = rig.log.iter().find_map(|event| match &event.kind {
            EventKind::Failed { error } => match &**error {
                NetError::Overrun { peer } => Some((connection(event), peer.clone())),
                _ => None,
            },
            _ => None,
        });
        if let Some(overrun) = overrun {
            break overrun;
        }
        assert!(count < 1_000, "nothing bounds the replies");
    };
    assert_eq!(
        named,
        (
            id,
            bothends::net::Address::udp(greedy.local_addr().unwrap())
        )
    );
    echoes(&other, b"me too");
}
