//! What a user and a responder can request: what goes out, in which order, and what is reported.

use std::io::Write;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use bothends::capture::EventKind;
use bothends::net::{Accepting, ClosedBy, Command, FlowId, Requester, SendTo};
use bothends::payload::template::Scene;
use bothends::script::{
    Act, Acts, Message, Program, Reply, Responder, Script, Seen, Slices, TimerId,
};
use bytes::Bytes;

use crate::rules::ruled;
use crate::support::{
    CLIENT, Rig, SERVER, client_of, dial, fixed, is_reset, read_exactly, read_to_fin, script,
    server,
};

fn act(rig: &mut Rig, connection: FlowId, act: Act) {
    rig.command(SERVER, Command::Act { connection, act });
}

fn say(text: &'static str) -> Message {
    Bytes::from_static(text.as_bytes()).into()
}

#[test]
fn a_greeting_comes_before_the_peer_speaks() {
    let mut rig = Rig::new();
    let mut config = server();
    script(&mut config.behaviour).greeting = Some(say("220 ready\r\n"));
    let (mut peer, _) = rig.serve_one(config);
    assert_eq!(read_exactly(&mut peer, 11), b"220 ready\r\n");
    let by = rig.wait("the greeting", |event| {
        matches!(event.kind, EventKind::Sent { .. }).then_some(event.by)
    });
    assert_eq!(by, Requester::Responder);
    peer.write_all(b"x").unwrap();
    assert_eq!(read_exactly(&mut peer, 1), b"x", "it echoes as before");
}

#[test]
fn a_client_greets_and_replies_too() {
    let mut rig = Rig::new();
    let mut config = server();
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let mut config = client_of(address);
    *script(&mut config.behaviour) = Script {
        greeting: Some(say("hi")),
        reply: fixed(&b"pong"[..]),
        ..Script::default()
    };
    rig.command(CLIENT, Command::connect(config));
    assert_eq!(rig.receive(SERVER, 2), b"hi");
    rig.send(SERVER, SendTo::All, &b"ping"[..]);
    assert_eq!(rig.receive(SERVER, 6), b"hipong");
}

#[test]
fn a_wait_holds_up_what_was_requested_after_it() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    let wait = Duration::from_millis(60);
    let began = Instant::now();
    act(&mut rig, id, Act::Wait(wait));
    rig.send(SERVER, SendTo::All, &b"late"[..]);
    assert_eq!(read_exactly(&mut peer, 4), b"late");
    assert!(began.elapsed() >= wait);
    let (duration, by) = rig.wait("the wait", |event| match event.kind {
        EventKind::Waiting { duration } => Some((duration, event.by)),
        _ => None,
    });
    assert_eq!((duration, by), (wait, Requester::User));
    rig.wait("what was sent after it", |event| {
        matches!(event.kind, EventKind::Sent { .. }).then_some(())
    });
}

#[test]
fn a_change_of_pace_does_not_shorten_a_wait() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    let wait = Duration::from_millis(200);
    let began = Instant::now();
    act(&mut rig, id, Act::Wait(wait));
    rig.send(SERVER, SendTo::All, &b"late"[..]);
    act(&mut rig, id, Act::Rate(NonZeroU32::new(1_000_000)));
    act(&mut rig, id, Act::Rate(None));
    assert_eq!(read_exactly(&mut peer, 4), b"late");
    assert!(began.elapsed() >= wait);
}

#[test]
fn slices_are_writes_of_their_own() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    let slices = Slices {
        bytes: NonZeroU32::new(3).unwrap(),
        pause: Duration::from_millis(1),
    };
    act(&mut rig, id, Act::Slice(Some(slices)));
    rig.send(SERVER, SendTo::All, &b"abcdefgh"[..]);
    assert_eq!(read_exactly(&mut peer, 8), b"abcdefgh");
    let mut writes = Vec::new();
    while writes.len() < 3 {
        writes.push(rig.wait("a write", |event| match &event.kind {
            EventKind::Sent { payload, .. } => Some(payload.bytes.clone()),
            _ => None,
        }));
    }
    assert_eq!(writes, [&b"abc"[..], b"def", b"gh"]);
    act(&mut rig, id, Act::Slice(None));
    rig.send(SERVER, SendTo::All, &b"abcdefgh"[..]);
    let whole = rig.wait("one write", |event| match &event.kind {
        EventKind::Sent { payload, .. } => Some(payload.bytes.len()),
        _ => None,
    });
    assert_eq!(whole, 8);
}

#[test]
fn a_rate_spreads_bytes_over_time() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    act(&mut rig, id, Act::Rate(NonZeroU32::new(10_000)));
    let began = Instant::now();
    rig.send(SERVER, SendTo::All, vec![b'x'; 2_000]);
    read_exactly(&mut peer, 2_000);
    // The first fiftieth of a second's bytes goes at once.
    assert!(began.elapsed() >= Duration::from_millis(150));
}

#[test]
fn a_peer_that_is_not_read_is_read_again_on_request() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    act(&mut rig, id, Act::StopReading);
    rig.wait("reading stopped", |event| {
        matches!(event.kind, EventKind::ReadingStopped).then_some(())
    });
    peer.write_all(b"unread").unwrap();
    // What is sent now arrives although nothing is read: the echo of the bytes before it would come first.
    rig.send(SERVER, SendTo::All, &b"!"[..]);
    assert_eq!(read_exactly(&mut peer, 1), b"!");
    assert!(rig.received(SERVER).is_empty());
    act(&mut rig, id, Act::ResumeReading);
    assert_eq!(read_exactly(&mut peer, 6), b"unread");
}

#[test]
fn a_user_resets_a_connection() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    act(&mut rig, id, Act::Reset);
    assert!(is_reset(&mut peer));
    assert!(matches!(rig.closed().by, ClosedBy::OurReset));
}

/// Replies twice with a pause between, reports silence once, and then resets.
#[derive(Debug)]
struct Story;

impl Responder for Story {
    fn see(&mut self, seen: Seen, _: &mut Scene<'_>, acts: &mut Acts) {
        match seen {
            Seen::Began => acts.send(Bytes::from_static(b"hello ")),
            Seen::Request => {
                acts.send(Bytes::from_static(b"one "));
                acts.request(Act::Wait(Duration::from_millis(5)));
                acts.send(Bytes::from_static(b"two "));
                acts.set_timer(TimerId(7), Duration::from_millis(5));
            }
            Seen::Timer(TimerId(7)) => acts.send(Bytes::from_static(b"timer ")),
            Seen::Silence => {
                acts.send(Bytes::from_static(b"silence"));
                acts.request(Act::Close);
            }
            Seen::PeerFinished | Seen::Timer(_) | Seen::Gone => {}
        }
    }

    fn patience(&self) -> Option<Duration> {
        Some(Duration::from_millis(200))
    }
}

#[test]
fn a_responder_sees_the_beginning_requests_timers_and_silence() {
    let mut rig = Rig::new();
    let mut config = server();
    *script(&mut config.behaviour) = Script {
        reply: Reply::Program(Program::new(|| Box::new(Story))),
        framing: "lf".parse().ok(),
        ..Script::default()
    };
    let (mut peer, _) = rig.serve_one(config);
    peer.write_all(b"incomplete").unwrap();
    assert_eq!(read_exactly(&mut peer, 6), b"hello ");
    peer.write_all(b" no more\n").unwrap();
    let rest = String::from_utf8(read_to_fin(&mut peer)).unwrap();
    assert!(rest.starts_with("one "), "{rest}");
    assert!(rest.contains("two ") && rest.contains("timer "), "{rest}");
    assert!(rest.ends_with("silence"), "{rest}");
    assert!(matches!(rig.closed().by, ClosedBy::Reply));
}

#[test]
fn a_server_leaves_connections_in_the_queue_or_closes_them_at_once() {
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let set = |rig: &mut Rig, accepting: Accepting| {
        rig.command(SERVER, Command::Accept(accepting));
        rig.wait("the change", |event| match event.kind {
            EventKind::AcceptingChanged { accepting: it } => (it == accepting).then_some(()),
            _ => None,
        });
    };
    set(&mut rig, Accepting::Stop);
    let mut waiting = dial(address);
    waiting.write_all(b"x").unwrap();
    set(&mut rig, Accepting::Accept);
    assert_eq!(read_exactly(&mut waiting, 1), b"x");
    set(&mut rig, Accepting::Close);
    let mut closed = dial(address);
    assert_eq!(read_to_fin(&mut closed), b"");
}

#[test]
fn who_is_not_to_be_read_from_the_beginning_is_not_read() {
    let mut rig = Rig::new();
    let mut config = server();
    *script(&mut config.behaviour) = ruled(|seen, _, acts| {
        if seen == Seen::Began {
            acts.request(Act::StopReading);
        }
    });
    let address = rig.listen(config);
    for _ in 0..50 {
        let mut peer = dial(address);
        peer.write_all(b"at once\n").unwrap();
        let is_stop = rig.wait("a stop or bytes", |event| match event.kind {
            EventKind::ReadingStopped => Some(true),
            EventKind::Received { .. } => Some(false),
            _ => None,
        });
        assert!(is_stop, "it was read first");
        assert!(rig.received(SERVER).is_empty());
    }
}
