//! Commands to existing and missing recipients.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bothends::capture::EventKind;
use bothends::net::{Command, EndpointId, Feed, FeedEnd, FeedProgress, NetError, SendTo};
use crossbeam_channel::RecvTimeoutError;

use crate::support::{Rig, SERVER, deadline, dial, read_exactly, read_to_fin, server};

#[test]
fn a_message_to_a_departed_peer_fails_and_the_others_receive_theirs() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let gone = dial(address);
    let gone_id = rig.accepted();
    let mut there = dial(address);
    let there_id = rig.accepted();
    drop(gone);
    rig.closed();
    let to = SendTo::Connections(vec![gone_id, there_id]);
    rig.send(SERVER, to, "hello");
    let (bytes, has_link) = rig.failed(|error| match error {
        NetError::NotOpen { bytes } => Some(*bytes),
        _ => None,
    });
    assert_eq!((bytes, has_link), (5, false));
    assert_eq!(read_exactly(&mut there, 5), b"hello");
}

#[test]
fn a_message_to_all_peers_fails_without_peers() {
    let mut rig = Rig::new();
    rig.listen(server());
    rig.send(SERVER, SendTo::All, "anybody?");
    let (bytes, _) = rig.failed(|error| match error {
        NetError::NoPeers { bytes } => Some(*bytes),
        _ => None,
    });
    assert_eq!(bytes, 8);
}

#[test]
fn the_receiver_learns_when_the_engine_has_ended() {
    let mut rig = Rig::new();
    let (_peer, _) = rig.serve_one(server());
    rig.engine.shutdown();
    let mut kinds = Vec::new();
    let error = loop {
        match rig.events.recv_deadline(Some(deadline())) {
            Ok(batch) => kinds.extend(batch.into_iter().map(|event| EventKind::from(event.kind))),
            Err(error) => break error,
        }
    };
    assert_eq!(error, RecvTimeoutError::Disconnected);
    assert!(matches!(
        kinds.as_slice(),
        [EventKind::Closed(_), EventKind::Stopped]
    ));
}

#[test]
fn a_removed_endpoint_closes_and_the_others_carry_on() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    let other = EndpointId(7);
    rig.command(other, Command::Listen(server()));
    let address = rig.wait("the other one listening", |event| match event.kind {
        EventKind::Listening { local, .. } if event.endpoint == other => Some(local),
        _ => None,
    });
    rig.engine.remove(SERVER);
    assert!(read_to_fin(&mut peer).is_empty());
    rig.stopped();
    let mut peer = dial(address);
    peer.write_all(b"here").unwrap();
    assert_eq!(read_exactly(&mut peer, 4), b"here");
}

/// At 64 KiB each, more than the system buffers for a peer.
const PIECES: usize = 16 * 1024;

/// Feeds `size` bytes at a time to a peer that does not read, cancels the feed, and returns how it ended.
fn cancelled(size: usize, delay: Duration) -> Option<FeedEnd> {
    let mut rig = Rig::new();
    let (_peer, connection) = rig.serve_one(server());
    let (sender, pieces) = crossbeam_channel::bounded(PIECES);
    let piece = bytes::Bytes::from(vec![0; size]);
    for _ in 0..PIECES {
        assert!(sender.try_send(Ok(piece.clone())).is_ok());
    }
    let progress = Arc::new(FeedProgress::default());
    let feed = Feed {
        pieces,
        delay,
        progress: Arc::clone(&progress),
    };
    rig.command(SERVER, Command::Feed { connection, feed });
    let until = deadline();
    let wait_for = |what: &str, holds: &dyn Fn() -> bool| {
        while !holds() {
            assert!(Instant::now() < until, "waited for {what}");
            std::thread::yield_now();
        }
    };
    wait_for("the first pieces", &|| progress.queued_bytes() > 0);
    // When nothing more is sent for a while, the system's buffers are full.
    let mut queued = 0;
    while queued != progress.queued_bytes() {
        queued = progress.queued_bytes();
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(progress.end(), None);
    rig.command(SERVER, Command::CancelFeed(connection));
    wait_for("its end", &|| progress.end().is_some());
    progress.end()
}

#[test]
fn a_feed_can_be_cancelled_while_its_peer_reads_nothing() {
    let end = cancelled(64 * 1024, Duration::ZERO);
    assert_eq!(end, Some(FeedEnd::Cancelled));
}

#[test]
fn a_feed_can_be_cancelled_between_two_writes() {
    let end = cancelled(1, Duration::from_hours(1));
    assert_eq!(end, Some(FeedEnd::Cancelled));
}
