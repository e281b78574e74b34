//! What is sent: paced, in slices, long, waited for, cancelled, by a sequence.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bothends::capture::EventKind;
use bothends::net::{Command, Feed, FeedEnd, FeedId, MAX_DATAGRAM_BYTES, NetError, RunOn, SendTo};
use bothends::payload::Pattern;
use bothends::script::sequence::{Awaited, Sequence, SequenceOutcome, Step, Wanted};
use bothends::script::{Act, Content, Message, Reply, Slices};
use bytes::Bytes;

use super::{client_of, connect, echoes, loopback, peer_of, receive, script, server, socket};
use crate::support::{CLIENT, Rig, SERVER, loopbacks, pattern};

fn text(text: &str) -> Act {
    let message = Message::Bytes(Bytes::copy_from_slice(text.as_bytes()));
    Act::Send(Content::Message(message))
}

#[test]
fn an_empty_message_is_an_empty_datagram() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let peer = socket(local);
        connect(&mut rig, CLIENT, client_of(peer.local_addr().unwrap()));
        for bytes in ["", "x", ""] {
            rig.send(CLIENT, SendTo::All, bytes);
            assert_eq!(receive(&peer), bytes.as_bytes());
        }
    }
}

#[test]
fn slices_cut_a_message_into_datagrams_and_waits_take_their_turn() {
    let mut rig = Rig::new();
    let peer = socket(loopback());
    let id = connect(&mut rig, CLIENT, client_of(peer.local_addr().unwrap()));
    let wait = Duration::from_millis(50);
    let slices = Slices {
        bytes: NonZeroU32::new(4).unwrap(),
        pause: Duration::ZERO,
    };
    for act in [
        text("whole message"),
        Act::Wait(wait),
        text("after"),
        Act::Slice(Some(slices)),
    ] {
        rig.command(
            CLIENT,
            Command::Act {
                connection: id,
                act,
            },
        );
    }
    let began = Instant::now();
    let mut all = Vec::new();
    while all.concat() != b"whole messageafter" {
        all.push(receive(&peer));
    }
    assert!(began.elapsed() >= wait / 2, "{:?}", began.elapsed());
    rig.send(CLIENT, SendTo::All, &b"abcdefghij"[..]);
    for expected in [&b"abcd"[..], b"efgh", b"ij"] {
        assert_eq!(receive(&peer), expected);
    }
}

#[test]
fn a_rate_lets_each_datagram_pass_whole() {
    let mut rig = Rig::new();
    let peer = socket(loopback());
    let id = connect(&mut rig, CLIENT, client_of(peer.local_addr().unwrap()));
    let act = Act::Rate(NonZeroU32::new(10_000));
    rig.command(
        CLIENT,
        Command::Act {
            connection: id,
            act,
        },
    );
    let began = Instant::now();
    for _ in 0..4 {
        rig.send(CLIENT, SendTo::All, vec![b'x'; 1_000]);
    }
    for _ in 0..4 {
        assert_eq!(receive(&peer).len(), 1_000);
    }
    // The first goes at once, and each of the others a tenth of a second later.
    assert!(began.elapsed() >= Duration::from_millis(200));
}

#[test]
fn a_long_file_goes_in_datagrams_that_any_network_carries() {
    let mut rig = Rig::new();
    let peer = socket(loopback());
    let id = connect(&mut rig, CLIENT, client_of(peer.local_addr().unwrap()));
    let (feeder, feed) = Feed::new(FeedId(1), Duration::ZERO);
    rig.command(
        CLIENT,
        Command::Feed {
            connection: id,
            feed,
        },
    );
    let bytes = pattern(5_000);
    for piece in bytes.chunks(2_500) {
        feeder.send(Ok(Bytes::copy_from_slice(piece))).unwrap();
    }
    drop(feeder);
    let mut got = Vec::new();
    while got.len() < bytes.len() {
        let datagram = receive(&peer);
        assert!(datagram.len() <= 1_024, "{}", datagram.len());
        got.extend(datagram);
    }
    assert_eq!(got, bytes);
    assert!(matches!(rig.fed_end(), FeedEnd::Sent));
}

#[test]
fn a_message_that_is_too_long_is_reported_and_the_next_one_goes() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let peer = socket(local);
        connect(&mut rig, CLIENT, client_of(peer.local_addr().unwrap()));
        let too_long = vec![b'x'; MAX_DATAGRAM_BYTES + 1_000];
        let count = too_long.len() as u64;
        rig.send(CLIENT, SendTo::All, too_long);
        rig.send(CLIENT, SendTo::All, &b"short"[..]);
        let (refused, has_link) = rig.failed(|error| match error {
            NetError::Datagram { bytes, .. } => Some(*bytes),
            _ => None,
        });
        assert_eq!((refused, has_link), (count, true));
        assert_eq!(receive(&peer), b"short");
    }
}

#[test]
fn a_sequence_runs_on_a_client() {
    for local in loopbacks() {
        let mut rig = Rig::new();
        let address = rig.listen(server(local));
        let expect = |text: &str| Step::Expect {
            what: Awaited::Request(Wanted::Bytes {
                pattern: Pattern::parse(text).unwrap(),
                bytes: text.bytes().map(Some).collect(),
            }),
            within: super::LONG,
        };
        let send = |text: &str| Step::Send(Bytes::copy_from_slice(text.as_bytes()).into());
        let sequence = Arc::new(Sequence {
            name: "ask".to_owned(),
            steps: vec![send("one"), expect("one"), send("two"), expect("two")],
            framing: None,
        });
        let on = RunOn::Client(Box::new(client_of(address)));
        rig.command(CLIENT, Command::Run { on, sequence });
        let outcome = rig.wait("the end", |event| match &event.kind {
            EventKind::SequenceEnded { end, .. } => Some(end.outcome.clone()),
            _ => None,
        });
        assert!(matches!(outcome, SequenceOutcome::Passed), "{outcome:?}");
    }
}

#[test]
fn everything_can_be_stopped_and_peers_stay() {
    let mut rig = Rig::new();
    let mut config = server(loopback());
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let peer = peer_of(address);
    peer.send(b"x").unwrap();
    let id = rig.accepted();
    for act in [Act::Wait(super::LONG), text("never")] {
        rig.command(
            SERVER,
            Command::Act {
                connection: id,
                act,
            },
        );
    }
    rig.command(SERVER, Command::CancelAll);
    rig.send(SERVER, SendTo::All, &b"still here"[..]);
    assert_eq!(receive(&peer), b"still here");
}

#[test]
fn the_server_answers_others_while_one_is_waited_for() {
    let mut rig = Rig::new();
    let address = rig.listen(server(loopback()));
    let (one, other) = (peer_of(address), peer_of(address));
    echoes(&one, b"x");
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
    one.send(b"later").unwrap();
    echoes(&other, b"now");
    rig.command(SERVER, Command::CancelAll);
    echoes(&one, b"again");
}
