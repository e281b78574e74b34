//! Peers are connections: how they begin, are told apart, and are forgotten.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bothends::capture::EventKind;
use bothends::net::{ClosedBy, Command, FlowId, MIN_FORGET_AFTER, Role, SendTo};
use bothends::payload::{Draft, Encoding};
use bothends::script::{Act, Message, Reply};
use bytes::Bytes;

use super::{
    LONG, client_of, connect, echoes, loopback, peer_of, receive, receive_from, script, server,
    socket,
};
use crate::support::{CLIENT, Rig, SERVER, connection, fixed, loopbacks};

#[test]
fn a_server_echoes_each_datagram_with_its_edges() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(server(local));
        let peer = peer_of(address);
        let longest = vec![7; bothends::net::MAX_DATAGRAM_BYTES];
        for bytes in [&b"one"[..], b"", b"three", &longest, b""] {
            echoes(&peer, bytes);
            assert_eq!(rig.datagram(SERVER).1, bytes);
            let sent = rig.wait("the echo", |event| match &event.kind {
                EventKind::Sent { payload, .. } => Some(payload.bytes.clone()),
                _ => None,
            });
            assert_eq!(sent, bytes);
        }
    }
}

#[test]
fn what_is_bound_is_reported_and_then_stopped() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.bind(server(local));
        assert!(address.is_udp(), "{address}");
        let again = rig.engine.command(
            CLIENT,
            Command::Listen({
                let mut config = server(address.ip().unwrap());
                config.udp.forget_after = LONG;
                config
            }),
        );
        again.unwrap();
        let ((), has_link) = rig.failed(|error| error.is_port_taken().then_some(()));
        assert!(!has_link);
        rig.command(SERVER, Command::Stop);
        rig.stopped();
        // Its port is free.
        socket(address.ip().unwrap());
    }
}

#[test]
fn each_peer_is_a_connection_of_its_own() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(server(local));
        let peers = [peer_of(address), peer_of(address)];
        let mut ids = Vec::new();
        for peer in &peers {
            echoes(peer, b"hello");
            let (id, named) = rig.wait("accepted", |event| match event.kind {
                EventKind::Accepted { .. } => {
                    Some((connection(event), event.link.as_ref()?.peer.clone()))
                }
                _ => None,
            });
            assert_eq!(named.ip(), peer.local_addr().ok());
            ids.push(id);
        }
        assert_eq!(ids, [1, 2].map(FlowId::server));
        for peer in &peers {
            echoes(peer, b"again");
        }
        for id in ids {
            let again = rig.wait("a datagram", |event| match &event.kind {
                EventKind::Received { payload } if payload.bytes == "again" => {
                    Some(connection(event))
                }
                _ => None,
            });
            assert_eq!(again, id);
        }
    }
}

#[test]
fn one_all_or_some_peers_are_sent_to() {
    let mut rig = Rig::new();
    let mut config = server(loopback());
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let peers: Vec<_> = (0..3).map(|_| peer_of(address)).collect();
    for peer in &peers {
        peer.send(b"here I am").unwrap();
        rig.accepted();
    }
    rig.send(SERVER, SendTo::All, &b"all"[..]);
    let some = vec![FlowId::server(1), FlowId::server(3)];
    rig.send(SERVER, SendTo::Connections(some), &b"some"[..]);
    rig.send(SERVER, SendTo::All, &b"end"[..]);
    let expected: [&[&[u8]]; 3] = [
        &[b"all", b"some", b"end"],
        &[b"all", b"end"],
        &[b"all", b"some", b"end"],
    ];
    for (peer, expected) in peers.iter().zip(expected) {
        for bytes in expected {
            assert_eq!(receive(peer), *bytes);
        }
    }
}

#[test]
fn a_silent_peer_is_forgotten_and_comes_back_as_another() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let mut config = server(local);
        config.udp.forget_after = MIN_FORGET_AFTER;
        let address = rig.listen(config);
        let peer = peer_of(address);
        for number in [1, 2] {
            let began = Instant::now();
            echoes(&peer, b"x");
            let (id, closed) = rig.forgotten();
            assert_eq!(id.number, number);
            assert!(matches!(closed.by, ClosedBy::Silence(it) if it == MIN_FORGET_AFTER));
            assert!(began.elapsed() >= MIN_FORGET_AFTER);
        }
    }
}

/// What goes either way keeps a peer: the silence is counted from the last datagram.
#[test]
fn what_is_received_or_sent_keeps_a_peer() {
    let silence = Duration::from_millis(400);
    for do_we_send in [false, true] {
        let mut rig = Rig::new();
        let mut config = server(loopback());
        config.udp.forget_after = silence;
        script(&mut config.behaviour).reply = Reply::None;
        let address = rig.listen(config);
        let peer = peer_of(address);
        peer.send(b"first").unwrap();
        let id = rig.accepted();
        let began = Instant::now();
        let mut last = began;
        let mut closed = None;
        // A machine that is busy elsewhere may be as late as that.
        while closed.is_none() && began.elapsed() < silence * 2 {
            last = Instant::now();
            if do_we_send {
                rig.send(SERVER, SendTo::Connections(vec![id]), &b"x"[..]);
            } else {
                peer.send(b"x").unwrap();
            }
            closed = rig.wait("a datagram or the end", |event| match &event.kind {
                EventKind::Sent { .. } | EventKind::Received { .. } => Some(None),
                EventKind::Closed(closed) => Some(Some((connection(event), closed.clone()))),
                _ => None,
            });
        }
        let (gone, closed) = closed.unwrap_or_else(|| rig.forgotten());
        assert_eq!(gone, id);
        assert!(matches!(closed.by, ClosedBy::Silence(_)), "{closed:?}");
        assert!(last.elapsed() >= silence);
    }
}

#[test]
fn a_peer_is_forgotten_on_request_or_after_its_reply() {
    let mut rig = Rig::new();
    let mut config = server(loopback());
    script(&mut config.behaviour).close_after_reply = true;
    script(&mut config.behaviour).reply = fixed("bye");
    let address = rig.listen(config);
    let peer = peer_of(address);
    for number in [1, 2] {
        peer.send(b"x").unwrap();
        assert_eq!(receive(&peer), b"bye");
        let (id, closed) = rig.forgotten();
        assert_eq!(id, FlowId::server(number));
        assert!(matches!(closed.by, ClosedBy::Reply), "{closed:?}");
    }
    rig.command(SERVER, Command::Stop);
    rig.stopped();
    let address = rig.listen(server(loopback()));
    let peer = peer_of(address);
    for act in [Act::Close, Act::Reset, Act::Finish] {
        echoes(&peer, b"x");
        let id = rig.accepted();
        rig.command(
            SERVER,
            Command::Act {
                connection: id,
                act,
            },
        );
        let (gone, closed) = rig.forgotten();
        assert_eq!(gone, id);
        assert!(matches!(closed.by, ClosedBy::Us), "{closed:?}");
    }
}

#[test]
fn a_greeting_and_a_template_answer_a_new_peer() {
    let draft = Draft {
        text: "{{counter}} {{peer port}} {{request}}".to_owned(),
        template: true,
        ..Draft::default()
    };
    let template = draft.compile(Encoding::default()).unwrap();
    for local in loopbacks() {
        let mut rig = Rig::new();
        let mut config = server(local);
        script(&mut config.behaviour).greeting = Some(Message::Bytes(Bytes::from("welcome")));
        script(&mut config.behaviour).reply = Reply::Message(template.clone().into());
        let address = rig.listen(config);
        let peer = peer_of(address);
        let port = peer.local_addr().unwrap().port();
        peer.send(b"hi").unwrap();
        assert_eq!(receive(&peer), b"welcome");
        assert_eq!(receive(&peer), format!("0 {port} hi").as_bytes());
        peer.send(b"").unwrap();
        assert_eq!(receive(&peer), format!("1 {port} ").as_bytes());
    }
}

/// A framing would wait for an end of line that does not come: a datagram is one request.
#[test]
fn a_framing_has_no_meaning_for_datagrams() {
    let mut rig = Rig::new();
    let mut config = server(loopback());
    script(&mut config.behaviour).reply = fixed("ok");
    script(&mut config.behaviour).framing = "lf".parse().ok();
    let address = rig.listen(config);
    let peer = peer_of(address);
    for bytes in [&b"no line"[..], b"", b"two\nlines\n"] {
        peer.send(bytes).unwrap();
        assert_eq!(receive(&peer), b"ok");
    }
    // Nothing else was answered.
    peer.send(b"last").unwrap();
    assert_eq!(receive(&peer), b"ok");
    let sent = |event: &bothends::capture::Event| matches!(event.kind, EventKind::Sent { .. });
    for _ in 0..4 {
        rig.wait("a reply", |event| sent(event).then_some(()));
    }
    assert_eq!(rig.log.iter().filter(|it| sent(it)).count(), 4);
}

#[test]
fn both_ends_of_ours_are_one_connection() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(server(local));
        let client = connect(&mut rig, CLIENT, client_of(address));
        rig.send(CLIENT, SendTo::All, &b"over here"[..]);
        let accepted = rig.accepted();
        assert_eq!(
            (accepted.number, accepted.role, client.role),
            (client.number, Role::Server, Role::Client)
        );
        assert_eq!(rig.receive(CLIENT, 9), b"over here");
    }
}

/// A DHCP or TFTP server answers from another port than the one that was asked.
#[test]
fn whoever_else_answers_a_client_is_another_connection() {
    let mut rig = Rig::new();
    let (asked, other) = (socket(loopback()), socket(loopback()));
    let client = connect(&mut rig, CLIENT, client_of(asked.local_addr().unwrap()));
    rig.send(CLIENT, SendTo::All, &b"who?"[..]);
    let (bytes, from) = receive_from(&asked);
    assert_eq!(bytes, b"who?");
    other.send_to(b"I", from).unwrap();
    let accepted = rig.accepted();
    assert_eq!(accepted.role, Role::Client);
    assert_ne!(accepted.number, client.number);
    assert_eq!(rig.datagram(CLIENT), (accepted, Bytes::from("I")));
    // It is answered from the same socket.
    let to = SendTo::Connections(vec![accepted]);
    rig.send(CLIENT, to, &b"thanks"[..]);
    assert_eq!(receive_from(&other), (b"thanks".to_vec(), from));
    // What the client sends is for the one whom it was set up to talk to.
    let to = SendTo::Client(Box::new(client_of(asked.local_addr().unwrap())));
    rig.send(CLIENT, to, &b"secret"[..]);
    assert_eq!(receive_from(&asked).0, b"secret");
    other.set_nonblocking(true).unwrap();
    let stranger = other.recv_from(&mut [0; 16]).unwrap_err();
    assert_eq!(stranger.kind(), std::io::ErrorKind::WouldBlock);
    // The client's end is the end of both.
    rig.command(
        CLIENT,
        Command::Act {
            connection: client,
            act: Act::Close,
        },
    );
    let mut gone = [rig.forgotten().0, rig.forgotten().0];
    gone.sort_unstable();
    let mut expected = [client, accepted];
    expected.sort_unstable();
    assert_eq!(gone, expected);
}

#[test]
fn a_client_sends_from_the_port_that_it_was_given() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let peer = socket(local);
        let source = socket(local).local_addr().unwrap();
        let mut config = client_of(peer.local_addr().unwrap());
        config.options.source = Some(source);
        connect(&mut rig, CLIENT, config);
        rig.send(CLIENT, SendTo::All, &b"x"[..]);
        assert_eq!(receive_from(&peer), (b"x".to_vec(), source));
    }
}

/// On "all addresses", the reply comes from the address that was asked, and that address is recorded.
#[cfg(target_os = "linux")]
#[test]
fn a_reply_comes_from_the_address_that_was_asked() {
    let check = |local: SocketAddr, dual_stack: bool, asked: &str| {
        let mut rig = Rig::new();
        let mut config = server(local);
        config.dual_stack = dual_stack;
        let port = rig.listen(config).port();
        let asked = SocketAddr::new(asked.parse().unwrap(), port);
        let from = if asked.is_ipv6() {
            SocketAddr::from(([0, 0, 0, 0, 0, 0, 0, 1_u16], 0))
        } else {
            loopback()
        };
        let peer = socket(from);
        peer.send_to(b"who?", asked).unwrap();
        assert_eq!(receive_from(&peer), (b"who?".to_vec(), asked));
        let link = rig.wait("accepted", |event| match event.kind {
            EventKind::Accepted { .. } => event.link.clone(),
            _ => None,
        });
        let recorded = link
            .local
            .as_ref()
            .and_then(bothends::net::Address::ip)
            .unwrap();
        assert_eq!(recorded.ip().to_canonical(), asked.ip(), "{link:?}");
        // The same peer asks another address: that is another exchange.
        if asked.is_ipv4() {
            let other = SocketAddr::new([127, 0, 0, 3].into(), port);
            peer.send_to(b"and you?", other).unwrap();
            assert_eq!(receive_from(&peer), (b"and you?".to_vec(), other));
            assert_eq!(rig.accepted().number, 2);
        }
    };
    let any = SocketAddr::from(([0, 0, 0, 0], 0));
    check(any, false, "127.0.0.2");
    if loopbacks().len() > 1 {
        let any = SocketAddr::from(([0_u16; 8], 0));
        check(any, false, "::1");
        check(any, true, "127.0.0.2");
    }
}

/// Nobody answers from the address of a broadcast.
#[cfg(target_os = "linux")]
#[test]
fn a_broadcast_is_answered_from_an_address_of_ours() {
    let locals = [
        (SocketAddr::from(([0, 0, 0, 0], 0)), false),
        (SocketAddr::from(([0_u16; 8], 0)), true),
    ];
    for (local, dual_stack) in locals {
        if local.is_ipv6() && loopbacks().len() < 2 {
            continue;
        }
        let mut rig = Rig::new();
        let mut config = server(local);
        config.dual_stack = dual_stack;
        let port = rig.listen(config).port();
        let peer = socket(loopback());
        peer.set_broadcast(true).unwrap();
        peer.send_to(b"anybody?", ("127.255.255.255", port))
            .unwrap();
        let from = SocketAddr::from(([127, 0, 0, 1], port));
        assert_eq!(receive_from(&peer), (b"anybody?".to_vec(), from), "{local}");
    }
}

/// A peer is not silent whose datagrams wait to be read.
#[test]
fn nobody_is_forgotten_while_events_are_backed_up() {
    let mut rig = Rig::new();
    let mut config = server(loopback());
    config.udp.forget_after = MIN_FORGET_AFTER;
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let peer = peer_of(address);
    peer.send(b"first").unwrap();
    let id = rig.accepted();
    let block = vec![b'x'; 30_000];
    crate::support::eventually("the pipe is full", || {
        for _ in 0..64 {
            // Its buffer may be full.
            peer.send(&block).ok();
        }
        rig.events.is_backed_up()
    });
    let began = Instant::now();
    while began.elapsed() < MIN_FORGET_AFTER * 4 {
        peer.send(b"still here").ok();
        std::thread::sleep(MIN_FORGET_AFTER / 10);
    }
    let (gone, _) = loop {
        // It speaks as long as it may be forgotten wrongly.
        peer.send(b"here again").unwrap();
        rig.take_briefly();
        let is_read = |it: &bothends::capture::Event| match &it.kind {
            EventKind::Received { payload } => payload.bytes == "here again",
            _ => false,
        };
        if rig.log.iter().any(is_read) {
            break rig.forgotten();
        }
    };
    assert_eq!(gone, id);
    assert_eq!(rig.accepted_count(), 1);
}

/// A link-local address means nothing without its interface.
#[test]
fn both_ends_of_a_link_local_address_meet() {
    let all = bothends::workspace::interfaces().unwrap();
    let local = all.into_iter().find_map(|it| match (it.address, it.index) {
        (std::net::IpAddr::V6(ip), Some(index)) if ip.is_unicast_link_local() => Some(
            SocketAddr::from(std::net::SocketAddrV6::new(ip, 0, 0, index)),
        ),
        _ => None,
    });
    // Not every machine has one.
    let Some(local) = local else { return };
    let mut rig = Rig::new();
    let address = rig.listen(server(local));
    let client = connect(&mut rig, CLIENT, client_of(address));
    rig.send(CLIENT, SendTo::All, &b"over here"[..]);
    assert_eq!(rig.accepted().number, client.number);
    assert_eq!(rig.datagram(CLIENT), (client, Bytes::from("over here")));
}
