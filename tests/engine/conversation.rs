//! What is transferred over a connection, and what is reported.

use std::io::Write;
use std::net::{Ipv6Addr, Shutdown, TcpStream};

use bothends::capture::EventKind;
use bothends::net::{
    Address, ClosedBy, Command, EngineEventKind, Observe, Role, SendTo, ServerConfig,
};
use bytes::Bytes;

use crate::support::{
    CLIENT, MIB, Rig, SERVER, client_of, deadline, dial, fixed, is_by, loopbacks, pattern,
    read_exactly, read_to_fin, script, server, write_until_stuck,
};

#[test]
fn an_echo_server_answers_on_both_families() {
    for bind in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(ServerConfig::new(bind));
        assert_eq!(address.ip(), bind.ip());
        assert_ne!(address.port(), 0);
        let mut peer = dial(address);
        peer.write_all(b"Hello, server!").unwrap();
        assert_eq!(read_exactly(&mut peer, 14), b"Hello, server!");
        let link = rig.wait("accepted", |event| match event.kind {
            EventKind::Accepted { .. } => event.link.clone(),
            _ => None,
        });
        assert_eq!(link.peer, peer.local_addr().unwrap());
        assert_eq!(link.local, Some(peer.peer_addr().unwrap().into()));
        let (id, received_at) = rig.wait("received", |event| match &event.kind {
            EventKind::Received { payload } => Some((payload.id, event.stamp)),
            _ => None,
        });
        let (sent, sent_at) = rig.wait("sent", |event| match &event.kind {
            EventKind::Sent { payload, .. } => Some((payload.clone(), event.stamp)),
            _ => None,
        });
        assert_eq!(
            (sent.id, sent.start),
            (id, 0),
            "an echo is the same payload"
        );
        assert_eq!(sent.bytes, "Hello, server!");
        assert!(received_at <= sent_at);
    }
}

#[test]
fn a_client_and_a_server_of_one_engine_hold_a_conversation() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let to = SendTo::Client(Box::new(client_of(address)));
    rig.send(CLIENT, to.clone(), "first");
    rig.connected();
    assert_eq!(rig.receive(CLIENT, 5), b"first");
    rig.send(CLIENT, to, ", second");
    assert_eq!(rig.receive(CLIENT, 13), b"first, second");
    let connects = rig.log.iter();
    let connects = connects.filter(|event| matches!(event.kind, EventKind::Connected { .. }));
    assert_eq!(
        connects.count(),
        1,
        "the second message uses the connection"
    );
    rig.command(CLIENT, Command::Stop);
    let closed = rig.wait("the client's end closed", |event| match &event.kind {
        EventKind::Closed(closed) if event.endpoint == CLIENT => Some(closed.clone()),
        _ => None,
    });
    assert!(is_by(&closed, &ClosedBy::Us));
}

#[test]
fn both_ends_of_a_connection_of_ours_have_one_number() {
    for bind in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(ServerConfig::new(bind));
        let mut numbers = Vec::new();
        for _ in 0..20 {
            let to = SendTo::Client(Box::new(client_of(address)));
            rig.send(CLIENT, to, "x");
            let (client, server) = rig.both_ends();
            assert_eq!((client.role, server.role), (Role::Client, Role::Server));
            assert_eq!(client.other_end(), server);
            numbers.push(client.number);
            rig.command(CLIENT, Command::Stop);
            rig.wait("both ends closed", |event| match event.kind {
                EventKind::Closed(_) | EventKind::Reset { .. } if event.endpoint == SERVER => {
                    Some(())
                }
                _ => None,
            });
            // A stranger comes in between, and is not taken for one of ours.
            let _stranger = dial(address);
            let stranger = rig.accepted();
            assert_eq!(stranger.role, Role::Server);
            numbers.push(stranger.number);
        }
        assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    }
}

#[test]
fn a_listener_on_all_addresses_recognises_our_own_client() {
    let mut rig = Rig::new();
    let mut config = ServerConfig::new(Address::from((Ipv6Addr::UNSPECIFIED, 0)));
    config.dual_stack = true;
    let address = rig.listen(config);
    for host in ["127.0.0.1", "[::1]"] {
        let target = format!("{host}:{}", address.port()).parse().unwrap();
        rig.send(CLIENT, SendTo::Client(Box::new(client_of(target))), "x");
        let (client, server) = rig.both_ends();
        assert_eq!(client.other_end(), server, "{host}");
        rig.command(CLIENT, Command::Stop);
        rig.wait("the end of the client's", |event| match event.kind {
            EventKind::Closed(_) if event.endpoint == CLIENT => Some(()),
            _ => None,
        });
    }
}

#[test]
fn a_message_larger_than_all_buffers_is_echoed_completely() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let message = pattern(16 * MIB);
    let to = SendTo::Client(Box::new(client_of(address)));
    rig.send(CLIENT, to, message.clone());
    let mut got = Vec::new();
    let until = deadline();
    while got.len() < message.len() {
        let batch = rig.events.recv_deadline(Some(until)).unwrap();
        for event in batch {
            if let (CLIENT, EngineEventKind::Received { payload }) = (event.endpoint, event.kind) {
                got.extend_from_slice(&payload.bytes);
            }
        }
    }
    assert!(got == message);
}

#[test]
fn a_read_buffer_of_30_bytes_splits_a_message() {
    let mut rig = Rig::new();
    let mut config = server();
    config.behaviour.read_buffer = 30;
    let (mut peer, _) = rig.serve_one(config);
    let message = pattern(100);
    peer.write_all(&message).unwrap();
    assert_eq!(read_exactly(&mut peer, 100), message);
    rig.receive(SERVER, 100);
    let lengths: Vec<usize> = rig.received(SERVER).iter().map(Bytes::len).collect();
    assert_eq!(lengths, [30, 30, 30, 10]);
}

#[test]
fn a_fixed_closing_reply_reaches_the_peer_completely() {
    for observe in [Observe::Everything, Observe::Lifecycle] {
        let mut rig = Rig::observing(observe);
        let mut config = server();
        config.behaviour.read_buffer = 30;
        script(&mut config.behaviour).reply = fixed(Bytes::from_static(b"Hello, client!"));
        script(&mut config.behaviour).close_after_reply = true;
        let (mut peer, _) = rig.serve_one(config);
        peer.write_all(&pattern(100)).unwrap();
        assert_eq!(read_to_fin(&mut peer), b"Hello, client!");
        rig.wait("our FIN", |event| {
            matches!(event.kind, EventKind::WeFinished).then_some(())
        });
        drop(peer);
        rig.peer_finished();
        let closed = rig.closed();
        assert!(is_by(&closed, &ClosedBy::Reply), "{closed:?}");
        assert_eq!((closed.unsent_bytes, closed.unread), (0, false));
        let expected = match observe {
            Observe::Everything => 100,
            Observe::Lifecycle => 0,
        };
        assert_eq!(rig.received(SERVER).concat().len(), expected);
    }
}

#[test]
fn bytes_sent_one_at_a_time_are_each_answered() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    for byte in 0..100 {
        peer.write_all(&[byte]).unwrap();
        assert_eq!(read_exactly(&mut peer, 1), [byte]);
    }
    assert_eq!(rig.receive(SERVER, 100).len(), 100);
    assert_eq!(rig.received(SERVER).len(), 100);
}

#[test]
fn changed_behaviour_applies_to_the_next_read() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    peer.write_all(b"one").unwrap();
    assert_eq!(read_exactly(&mut peer, 3), b"one");
    let mut behaviour = server().behaviour;
    script(&mut behaviour).reply = fixed(Bytes::from_static(b"fixed"));
    rig.command(SERVER, Command::Configure(behaviour));
    // Commands are carried out in order: this one follows the change.
    rig.send(SERVER, SendTo::All, "go");
    assert_eq!(read_exactly(&mut peer, 2), b"go");
    peer.write_all(b"two").unwrap();
    assert_eq!(read_exactly(&mut peer, 5), b"fixed");
}

#[test]
fn hundreds_of_peers_get_their_echo_and_are_closed_by_stop() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let mut peers: Vec<TcpStream> = (0..400).map(|_| dial(address)).collect();
    for peer in &mut peers {
        peer.write_all(b"ping").unwrap();
    }
    for peer in &mut peers {
        assert_eq!(read_exactly(peer, 4), b"ping");
    }
    rig.command(SERVER, Command::Stop);
    rig.stopped();
    let closed = rig.log.iter();
    let closed = closed.filter(|event| matches!(event.kind, EventKind::Closed(_)));
    assert_eq!(closed.count(), peers.len());
}

#[test]
fn a_slow_reader_gets_every_byte_of_an_unobserved_echo() {
    let mut rig = Rig::observing(Observe::Lifecycle);
    let (mut peer, _) = rig.serve_one(server());
    let taken = write_until_stuck(&mut peer);
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_fin(&mut peer).len(), taken);
    assert!(is_by(&rig.closed(), &ClosedBy::Peer));
    let log = rig.log.iter();
    let mut bytes = log.filter(|event| {
        matches!(
            event.kind,
            EventKind::Received { .. } | EventKind::Sent { .. }
        )
    });
    assert!(bytes.next().is_none());
}

/// A server that answers each frame of this framing with `reply`.
fn answering(framing: &str, reply: &'static [u8]) -> ServerConfig {
    let mut config = server();
    script(&mut config.behaviour).reply = fixed(Bytes::from_static(reply));
    script(&mut config.behaviour).framing = framing.parse().ok();
    assert!(config.behaviour.script.framing.is_some(), "{framing}");
    config
}

#[test]
fn a_fixed_reply_answers_frames_regardless_of_reads() {
    let cases: [(&str, &[u8], usize); 6] = [
        ("line", b"one\rtwo\r\nthree\n\nfive\r", 5),
        ("mllp", b"\x0Bone\x1C\rjunk\x0Btwo\x1C\r\x0Bthr", 2),
        ("length:u8", b"\x03one\x00\x03two\x05unfi", 3),
        // An impossible length lies between two valid frames.
        ("length:u32be", b"\0\0\0\x01a\xFF\xFF\xFF\xFF\0\0\0\x01b", 2),
        ("slip", b"\xC0one\xC0two\xC0", 2),
        ("fixed:2", b"aabbc", 2),
    ];
    for (framing, bytes, count) in cases {
        for read_buffer in [1, 2, 1_000] {
            let mut config = answering(framing, b"OK ");
            config.behaviour.read_buffer = read_buffer;
            let mut rig = Rig::new();
            let (mut peer, _id) = rig.serve_one(config);
            peer.write_all(bytes).unwrap();
            peer.shutdown(Shutdown::Write).unwrap();
            let replies = read_to_fin(&mut peer);
            let expected = b"OK ".repeat(count);
            assert_eq!(replies, expected, "{framing} in reads of {read_buffer}");
        }
    }
}

#[test]
fn a_line_ending_in_cr_is_answered_before_the_next_byte() {
    let mut rig = Rig::new();
    let (mut peer, _id) = rig.serve_one(answering("line", b"."));
    for bytes in [&b"a\r"[..], b"\nb\r", b"c\r"] {
        peer.write_all(bytes).unwrap();
        assert_eq!(read_exactly(&mut peer, 1), b".");
    }
    peer.write_all(b"\n\n").unwrap();
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_fin(&mut peer), b".");
}

#[test]
fn silence_completes_a_frame_that_is_answered() {
    let mut rig = Rig::new();
    let (mut peer, _id) = rig.serve_one(answering("silence:30ms", b"OK"));
    for _ in 0..3 {
        for byte in b"abc" {
            peer.write_all(&[*byte]).unwrap();
        }
        assert_eq!(read_exactly(&mut peer, 2), b"OK");
    }
    // The end of the stream completes a frame too.
    peer.write_all(b"d").unwrap();
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_fin(&mut peer), b"OK");
}

#[test]
fn changed_framing_applies_to_the_next_read() {
    let mut rig = Rig::new();
    let (mut peer, _id) = rig.serve_one(answering("fixed:2", b"OK"));
    peer.write_all(b"aab").unwrap();
    assert_eq!(read_exactly(&mut peer, 2), b"OK");
    let changed = answering("fixed:3", b"3").behaviour;
    rig.command(SERVER, Command::Configure(changed));
    // The next command is served after it.
    rig.send(SERVER, SendTo::All, "go");
    assert_eq!(read_exactly(&mut peer, 2), b"go");
    peer.write_all(b"ccc").unwrap();
    assert_eq!(read_exactly(&mut peer, 1), b"3");
}

#[test]
fn all_replies_are_sent_when_they_exceed_the_queue() {
    const REQUESTS: usize = 60_000;
    // A single large reply exceeds the limit; small ones do so once many are queued.
    for (reply, requests) in [(vec![7; 2 * MIB], 12), (vec![7; 10], REQUESTS)] {
        let mut config = answering("fixed:1", b"");
        script(&mut config.behaviour).reply = fixed(reply.clone());
        let mut rig = Rig::observing(Observe::Lifecycle);
        let (mut peer, _id) = rig.serve_one(config);
        peer.write_all(&vec![1; requests]).unwrap();
        peer.shutdown(Shutdown::Write).unwrap();
        assert_eq!(read_to_fin(&mut peer).len(), requests * reply.len());
    }
}
