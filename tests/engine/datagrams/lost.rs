//! What Linux says of datagrams that got lost: which peer they were for, and how many there was no room for.

use std::net::SocketAddr;

use bothends::capture::EventKind;
use bothends::net::{FlowId, Icmp, NetError, SendTo};
use bothends::script::Reply;

use super::{client_of, connect, loopback, peer_of, receive, receive_from, script, server, socket};
use crate::support::{CLIENT, Rig, SERVER, loopbacks};

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

/// What the system drops is counted, up to the last datagram of a burst, and all that it kept is there.
#[cfg(target_os = "linux")]
#[test]
fn each_datagram_is_received_or_counted_as_dropped() {
    const BURST: u64 = 2_000;
    let mut rig = Rig::new();
    let mut config = server(loopback());
    config.options.receive_buffer = Some(4_096);
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let peer = peer_of(address);
    let (mut sent, mut dropped) = (0, 0);
    while dropped == 0 {
        for _ in 0..BURST {
            peer.send(&[b'x'; 1_000]).unwrap();
        }
        sent += BURST;
        crate::support::eventually("all are accounted for", || {
            rig.take_briefly();
            let counts = rig.log.iter().map(|it| match it.kind {
                EventKind::Dropped { datagrams } => (0, datagrams),
                EventKind::Received { .. } => (1, 0),
                _ => (0, 0),
            });
            let (received, lost) = counts.fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
            dropped = lost;
            assert!(received + lost <= sent, "{received}, {lost} of {sent}");
            received + lost == sent
        });
    }
}

/// An IPv6 socket that is for both families has IPv4's messages too.
#[test]
fn a_peer_over_ipv4_of_an_ipv6_socket_is_named() {
    if loopbacks().len() < 2 {
        return;
    }
    let mut rig = Rig::new();
    let mut config = server(SocketAddr::from(([0_u16; 8], 0)));
    config.dual_stack = true;
    let port = rig.listen(config).port();
    let gone = peer_of(SocketAddr::from(([127, 0, 0, 1], port)));
    gone.send(b"x").unwrap();
    assert_eq!(receive(&gone), b"x");
    let id = rig.accepted();
    drop(gone);
    rig.send(SERVER, SendTo::All, &b"ping"[..]);
    let (about, icmp) = undelivered(&mut rig);
    assert_eq!(about, Some(id));
    assert_eq!(icmp.unwrap().by, Some([127, 0, 0, 1].into()));
}
