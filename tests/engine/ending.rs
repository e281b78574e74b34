//! How connections end: FIN from either side, resets, and closing replies.

use std::io::Write;
use std::net::Shutdown;
use std::thread;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::{ClosedBy, Command, NetError, SendTo, ServerConfig, WhenPeerFinishes};
use bothends::script::{Act, Reply, Seen};
use bytes::Bytes;
use socket2::SockRef;

use crate::rules::ruled;
use crate::support::{
    MIB, Rig, SERVER, fixed, is_by, pattern, read_exactly, read_to_fin, script, server,
};

/// A server that answers the first chunk with `bytes` bytes, then closes.
fn server_that_closes_after(bytes: usize) -> ServerConfig {
    let mut config = server();
    script(&mut config.behaviour).reply = fixed(Bytes::from(vec![b'x'; bytes]));
    script(&mut config.behaviour).close_after_reply = true;
    config
}

#[test]
fn a_peer_that_does_not_finish_after_the_closing_reply_times_out() {
    let mut rig = Rig::new();
    let mut config = server();
    script(&mut config.behaviour).close_after_reply = true;
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"ping").unwrap();
    assert_eq!(read_to_fin(&mut peer), b"ping");
    let closed = rig.closed();
    let ClosedBy::Failure(error) = closed.by else {
        panic!("{closed:?}");
    };
    assert!(matches!(*error, NetError::FinishTimeout { .. }), "{error}");
}

#[test]
fn a_peer_that_does_not_read_the_closing_reply_times_out() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server_that_closes_after(32 * MIB));
    peer.write_all(b"ping").unwrap();
    let closed = rig.closed();
    assert!(closed.unsent_bytes > 0);
    let ClosedBy::Failure(error) = closed.by else {
        panic!("{closed:?}");
    };
    assert!(matches!(*error, NetError::FinishTimeout { .. }), "{error}");
}

#[test]
fn a_peer_that_floods_without_reading_the_reply_is_closed() {
    let mut rig = Rig::new();
    // More than fits into the system's buffers, but not so much that the server stops reading.
    let mut config = server();
    script(&mut config.behaviour).close_after_reply = true;
    let (mut peer, id) = rig.serve_one(config);
    rig.send(SERVER, SendTo::Connections(vec![id]), vec![0; 32 * MIB]);
    let block = vec![0; MIB];
    while peer.write_all(&block).is_ok() {}
    let closed = rig.closed();
    let ClosedBy::Failure(error) = closed.by else {
        panic!("{closed:?}");
    };
    assert!(matches!(*error, NetError::FinishFlood { .. }), "{error}");
}

#[test]
fn a_slow_peer_gets_a_large_closing_reply_completely() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server_that_closes_after(16 * MIB));
    // Its receive buffer is small, so that the server notices how slow it is.
    SockRef::from(&peer)
        .set_recv_buffer_size(128 * 1024)
        .unwrap();
    peer.write_all(b"ping").unwrap();
    let mut count = 0;
    for _ in 0..12 {
        count += read_exactly(&mut peer, 64 * 1024).len();
        // This makes the peer slow; it is not synchronisation.
        thread::sleep(Duration::from_millis(300));
    }
    count += read_to_fin(&mut peer).len();
    assert_eq!(count, 16 * MIB);
    drop(peer);
    assert!(is_by(&rig.closed(), &ClosedBy::Reply));
}

#[test]
fn a_peer_that_finishes_while_events_are_backed_up_does_not_time_out() {
    let mut rig = Rig::new();
    let mut config = server();
    script(&mut config.behaviour).close_after_reply = true;
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"ping").unwrap();
    assert_eq!(read_to_fin(&mut peer), b"ping");
    rig.back_up(SERVER);
    drop(peer);
    // Longer than the peer's time limit; it is not synchronisation.
    thread::sleep(Duration::from_millis(2_500));
    let closed = rig.closed();
    assert!(is_by(&closed, &ClosedBy::Reply), "{closed:?}");
}

#[test]
fn a_peer_that_floods_after_the_reply_is_closed() {
    let mut rig = Rig::new();
    let mut config = server();
    script(&mut config.behaviour).close_after_reply = true;
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"ping").unwrap();
    assert_eq!(read_to_fin(&mut peer), b"ping");
    let block = vec![0; MIB];
    // This ends with a reset, at the latest when the server has closed.
    while peer.write_all(&block).is_ok() {}
    let closed = rig.closed();
    let ClosedBy::Failure(error) = closed.by else {
        panic!("{closed:?}");
    };
    assert!(matches!(*error, NetError::FinishFlood { .. }), "{error}");
}

#[test]
fn a_peer_that_finishes_gets_its_last_reply() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    let message = pattern(4 * MIB);
    let writer = {
        let mut peer = peer.try_clone().unwrap();
        let message = message.clone();
        thread::Builder::new().spawn(move || {
            peer.write_all(&message).unwrap();
            peer.shutdown(Shutdown::Write).unwrap();
        })
    };
    assert!(read_to_fin(&mut peer) == message);
    writer.unwrap().join().unwrap();
    rig.peer_finished();
    let closed = rig.closed();
    assert!(is_by(&closed, &ClosedBy::Peer), "{closed:?}");
    assert_eq!((closed.unsent_bytes, closed.unread), (0, false));
}

#[test]
fn a_half_open_connection_sends_until_the_user_finishes() {
    let mut rig = Rig::new();
    let mut config = server();
    config.behaviour.when_peer_finishes = WhenPeerFinishes::StayHalfOpen;
    let (mut peer, id) = rig.serve_one(config);
    peer.shutdown(Shutdown::Write).unwrap();
    rig.peer_finished();
    rig.send(SERVER, SendTo::Connections(vec![id]), "still here");
    assert_eq!(read_exactly(&mut peer, 10), b"still here");
    rig.command(
        SERVER,
        Command::Act {
            connection: id,
            act: Act::Finish,
        },
    );
    assert!(read_to_fin(&mut peer).is_empty());
    assert!(is_by(&rig.closed(), &ClosedBy::Peer));
}

#[test]
fn after_finishing_our_side_a_connection_reads_until_the_peer_finishes() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    rig.send(SERVER, SendTo::All, "last words");
    rig.command(
        SERVER,
        Command::Act {
            connection: id,
            act: Act::Finish,
        },
    );
    assert_eq!(read_to_fin(&mut peer), b"last words");
    rig.send(SERVER, SendTo::Connections(vec![id]), "too late");
    let (bytes, has_link) = rig.failed(|error| match error {
        NetError::NotOpen { bytes } => Some(*bytes),
        _ => None,
    });
    assert_eq!((bytes, has_link), (8, true));
    peer.write_all(b"heard").unwrap();
    drop(peer);
    assert_eq!(rig.receive(SERVER, 5), b"heard");
    rig.peer_finished();
    assert!(is_by(&rig.closed(), &ClosedBy::Us));
}

#[test]
fn finishing_a_closed_connection_is_reported_as_a_failure() {
    let mut rig = Rig::new();
    let (peer, id) = rig.serve_one(server());
    drop(peer);
    rig.closed();
    rig.command(
        SERVER,
        Command::Act {
            connection: id,
            act: Act::Finish,
        },
    );
    let is_it = |error: &NetError| matches!(error, NetError::NoConnection).then_some(());
    let ((), has_link) = rig.failed(is_it);
    assert!(!has_link);
}

#[test]
fn a_reset_mid_message_is_reported_after_the_bytes_before_it() {
    for reply in [Reply::Echo, Reply::None] {
        let mut rig = Rig::new();
        let mut config = server();
        script(&mut config.behaviour).reply = reply;
        let (mut peer, _) = rig.serve_one(config);
        peer.write_all(b"half a mess").unwrap();
        SockRef::from(&peer)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
        drop(peer);
        rig.wait("reset", |event| {
            matches!(event.kind, EventKind::Reset { .. }).then_some(())
        });
        assert_eq!(rig.received(SERVER).concat(), b"half a mess");
    }
}

#[test]
fn a_reset_with_a_full_queue_counts_the_unsent_bytes() {
    let mut rig = Rig::new();
    let (peer, _) = rig.serve_one(server());
    rig.send(SERVER, SendTo::All, vec![0; 32 * MIB]);
    rig.wait("sent", |event| {
        matches!(event.kind, EventKind::Sent { .. }).then_some(())
    });
    SockRef::from(&peer)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
    drop(peer);
    let unsent = rig.wait("reset", |event| match event.kind {
        EventKind::Reset { unsent_bytes } => Some(unsent_bytes as usize),
        _ => None,
    });
    let sent = rig.log.iter().filter_map(|event| match &event.kind {
        EventKind::Sent { payload, .. } => Some(payload.bytes.len()),
        _ => None,
    });
    assert_eq!(sent.sum::<usize>() + unsent, 32 * MIB);
}

#[test]
fn the_peers_time_to_finish_begins_when_our_part_is_over() {
    let mut rig = Rig::new();
    let mut config = server();
    *script(&mut config.behaviour) = ruled(|seen, _, acts| {
        if seen == Seen::Request {
            // Longer than a peer may take to finish.
            acts.request(Act::Wait(Duration::from_millis(2_500)));
            acts.send(Bytes::from_static(b"bye\n"));
            acts.request(Act::Finish);
        }
    });
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"quit\n").unwrap();
    assert_eq!(read_to_fin(&mut peer), b"bye\n");
    drop(peer);
    let closed = rig.closed();
    assert!(is_by(&closed, &ClosedBy::Reply), "{closed:?}");
    assert_eq!(closed.unsent_bytes, 0);
}

#[test]
fn a_peer_that_is_not_read_and_resets_has_ended() {
    let mut rig = Rig::new();
    let (mut peer, connection) = rig.serve_one(server());
    let act = Act::StopReading;
    rig.command(SERVER, Command::Act { connection, act });
    rig.wait("a stop", |event| {
        matches!(event.kind, EventKind::ReadingStopped).then_some(())
    });
    peer.write_all(b"unheard").unwrap();
    SockRef::from(&peer)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
    drop(peer);
    rig.wait("the reset", |event| {
        matches!(event.kind, EventKind::Reset { .. }).then_some(())
    });
}
