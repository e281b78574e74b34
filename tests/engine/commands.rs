//! Commands to existing and missing recipients.

use std::io::Write;
use std::thread;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::{
    Command, EndpointId, EngineEventKind, Feed, FeedEnd, FeedId, NetError, SendTo,
};
use bothends::script::Act;
use bytes::Bytes;
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
            Ok(batch) => kinds.extend(batch.into_iter().map(|event| event.kind)),
            Err(error) => break error,
        }
    };
    assert_eq!(error, RecvTimeoutError::Disconnected);
    assert!(matches!(
        kinds.as_slice(),
        [EngineEventKind::Closed(_), EngineEventKind::Stopped]
    ));
}

#[test]
fn a_removed_endpoint_closes_and_the_others_carry_on() {
    let mut rig = Rig::new();
    let (mut peer, _) = rig.serve_one(server());
    let other = EndpointId(7);
    rig.command(other, Command::Listen(server()));
    let address = rig.wait("the other one listening", |event| match &event.kind {
        EventKind::Listening { local, .. } if event.endpoint == other => local.ip(),
        _ => None,
    });
    rig.engine.remove(SERVER);
    assert!(read_to_fin(&mut peer).is_empty());
    rig.stopped();
    let mut peer = dial(address);
    peer.write_all(b"here").unwrap();
    assert_eq!(read_exactly(&mut peer, 4), b"here");
}

/// Feeds `size` bytes at a time to a peer that does not read, cancels the feed, and returns how it ended.
fn cancelled(size: usize, pause: Duration) -> FeedEnd {
    let mut rig = Rig::new();
    let (_peer, connection) = rig.serve_one(server());
    let (sender, feed) = Feed::new(FeedId(1), pause);
    let piece = Bytes::from(vec![0; size]);
    let reader = thread::Builder::new();
    let reader = reader.spawn(move || while sender.send(Ok(piece.clone())).is_ok() {});
    rig.command(SERVER, Command::Feed { connection, feed });
    rig.wait("the first piece", |event| {
        matches!(event.kind, EventKind::Sent { .. }).then_some(())
    });
    rig.command(SERVER, Command::CancelFeed(connection));
    rig.wait("the entry of the cancellation", |event| {
        matches!(event.kind, EventKind::Cancelled { .. }).then_some(())
    });
    let end = rig.fed_end();
    reader.unwrap().join().unwrap();
    end
}

#[test]
fn a_feed_can_be_cancelled_while_its_peer_reads_nothing() {
    let end = cancelled(64 * 1024, Duration::ZERO);
    assert_eq!(end, FeedEnd::Cancelled);
}

#[test]
fn a_feed_can_be_cancelled_between_two_writes() {
    let end = cancelled(1, Duration::from_hours(1));
    assert_eq!(end, FeedEnd::Cancelled);
}

#[test]
fn a_feed_that_waited_behind_a_message_when_its_connection_ended_sent_nothing() {
    let mut rig = Rig::new();
    let (_peer, connection) = rig.serve_one(server());
    // More than the system takes from a peer that does not read.
    let message = Bytes::from(vec![0; 32 * 1024 * 1024]).into();
    let to = SendTo::Connections(vec![connection]);
    rig.command(SERVER, Command::Send { to, message });
    let (sender, feed) = Feed::new(FeedId(1), Duration::ZERO);
    sender.send(Ok(Bytes::from_static(b"a file"))).unwrap();
    rig.command(SERVER, Command::Feed { connection, feed });
    let act = Act::Close;
    rig.command(SERVER, Command::Act { connection, act });
    assert_eq!(rig.fed_end(), FeedEnd::NotOpen);
    assert_eq!(rig.fed.last().map(|fed| fed.sent_bytes), Some(0));
}
