//! Datagrams that are cut, dropped, refused or not delivered: each is reported where it belongs, and ends nothing.

use std::net::SocketAddr;

use bothends::capture::EventKind;
use bothends::net::{Command, FlowId, Icmp, NetError, SendTo};
use bothends::script::{Act, Reply};

use super::{
    client_of, connect, echoes, loopback, peer_of, receive, receive_from, script, server, socket,
};
use crate::support::{CLIENT, Rig, SERVER, connection, loopbacks};

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

/// Returns the connection and the ICMP message of the next datagram that was not delivered.
fn undelivered(rig: &mut Rig) -> (Option<FlowId>, Option<Icmp>) {
    rig.wait("what was not delivered", |event| match &event.kind {
        EventKind::Failed { error } => match &**error {
            NetError::Undelivered { icmp, .. } => {
                Some((event.link.as_ref().map(|it| it.connection), *icmp))
            }
            _ => None,
        },
        _ => None,
    })
}

/// Where the system says which peer, the error is that peer's alone, and nothing of the others is lost.
#[cfg(target_os = "linux")]
#[test]
fn port_unreachable_goes_to_the_peer_that_is_gone() {
    let any = [
        SocketAddr::from(([0, 0, 0, 0], 0)),
        SocketAddr::from(([0_u16; 8], 0)),
    ];
    for local in loopbacks().into_iter().flat_map(|it| {
        let any = any
            .into_iter()
            .filter(move |any| any.is_ipv4() == it.is_ipv4());
        [it].into_iter().chain(any).map(move |bound| (bound, it))
    }) {
        let (bound, loopback) = local;
        let mut rig = Rig::new();
        let mut config = server(bound);
        script(&mut config.behaviour).reply = Reply::None;
        let address = SocketAddr::new(loopback.ip(), rig.listen(config).port());
        let (gone, alive) = (peer_of(address), peer_of(address));
        for peer in [&gone, &alive] {
            peer.send(b"x").unwrap();
            rig.accepted();
        }
        let lost = FlowId::server(1);
        drop(gone);
        for _ in 0..20 {
            rig.send(SERVER, SendTo::All, &b"ping"[..]);
        }
        for _ in 0..20 {
            assert_eq!(receive(&alive), b"ping");
        }
        let (id, icmp) = undelivered(&mut rig);
        let icmp = icmp.expect("an ICMP message");
        // RFC 792: destination unreachable (3), port unreachable (3); RFC 4443: 1 and 4.
        let expected = if loopback.is_ipv4() { (3, 3) } else { (1, 4) };
        assert_eq!(
            (id, icmp.kind, icmp.code),
            (Some(lost), expected.0, expected.1)
        );
        assert_eq!(icmp.by, Some(loopback.ip()));
        // The peer is not forgotten, and whoever takes its port is heard.
        alive.send(b"marker").unwrap();
        assert_eq!(rig.datagram(SERVER), (FlowId::server(2), "marker".into()));
        let all = rig
            .log
            .iter()
            .filter(|it| matches!(it.kind, EventKind::Failed { .. }));
        let wrong: Vec<_> = all
            .filter(|it| it.link.as_ref().is_none_or(|link| link.connection != lost))
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let ended = |it: &bothends::capture::Event| matches!(it.kind, EventKind::Closed(_));
        assert!(!rig.log.iter().any(ended));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_client_learns_that_nobody_is_there_and_lives_on() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let address = socket(local).local_addr().unwrap();
        let client = connect(&mut rig, CLIENT, client_of(address));
        rig.send(CLIENT, SendTo::All, &b"anybody?"[..]);
        let (id, icmp) = undelivered(&mut rig);
        assert_eq!((id, icmp.is_some()), (Some(client), true));
        let peer = socket(address);
        rig.send(CLIENT, SendTo::All, &b"now?"[..]);
        let (bytes, from) = receive_from(&peer);
        assert_eq!(bytes, b"now?");
        peer.send_to(b"yes", from).unwrap();
        assert_eq!(rig.receive(CLIENT, 3), b"yes");
    }
}

/// What the system drops is counted, and all that it kept is there: nothing else is lost.
#[cfg(target_os = "linux")]
#[test]
fn datagrams_that_the_system_drops_are_counted() {
    let mut rig = Rig::new();
    let mut config = server(loopback());
    config.options.receive_buffer = Some(4_096);
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let peer = peer_of(address);
    peer.send(b"first").unwrap();
    let id = rig.accepted();
    let (mut sent, mut dropped) = (1, 0);
    while dropped == 0 {
        for _ in 0..1_000 {
            peer.send(&[b'x'; 1_000]).unwrap();
        }
        sent += 1_000;
        // The count comes with the next datagram that fits.
        crate::support::eventually("a marker arrives", || {
            peer.send(b"marker").unwrap();
            sent += 1;
            rig.take_briefly();
            rig.log
                .iter()
                .rev()
                .take(64)
                .any(|it| matches!(&it.kind, EventKind::Received { payload } if payload.bytes == "marker"))
        });
        let counted = rig.log.iter().map(|it| match it.kind {
            EventKind::Dropped { datagrams } => datagrams,
            _ => 0,
        });
        dropped = counted.sum();
    }
    // The last of the markers may still be on their way, or dropped behind the last one that was counted.
    rig.send(SERVER, SendTo::Connections(vec![id]), &b"end"[..]);
    assert_eq!(receive(&peer), b"end");
    rig.wait("the end", |event| {
        matches!(event.kind, EventKind::Sent { .. }).then_some(())
    });
    let received = rig.received(SERVER).len() as u64;
    assert!(
        received + dropped <= sent,
        "{received} + {dropped} of {sent}"
    );
    assert!(
        received + dropped + 100 >= sent,
        "{received} + {dropped} of {sent}"
    );
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
