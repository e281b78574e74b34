//! Attempts against real listeners and none.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

use super::*;
use crate::net::pipe::EventReceiver;

/// An attempt that is waiting for its look-up.
fn attempt(found: Receiver<LookedUp>) -> Attempt {
    Attempt {
        connection: FlowId::server(1),
        config: ClientConfig::new(Target::new("somewhere", 1)),
        tls: None,
        resolver: Resolver::default(),
        stage: Stage::LookingUp(found),
        addresses: VecDeque::new(),
        held: Held::default(),
        run: None,
    }
}

fn attempt_at(addresses: Vec<SocketAddr>) -> Attempt {
    let (sender, found) = crossbeam_channel::bounded(1);
    sender.send(Ok(addresses)).unwrap();
    attempt(found)
}

/// Waits until the attempt succeeds or fails.
fn finish(attempt: &mut Attempt, context: &mut Context) -> AttemptProgress {
    let until = Instant::now() + Duration::from_secs(5);
    let mut ready = Vec::new();
    loop {
        assert!(Instant::now() < until, "neither connected nor failed");
        context.poller.wait(&mut ready, Some(until)).unwrap();
        let progress = attempt.ready(context);
        if !matches!(progress, AttemptProgress::Pending) {
            return progress;
        }
    }
}

/// Returns the reported events, named in short.
fn reported(
    context: &mut Context,
    receiver: &EventReceiver,
) -> Vec<(&'static str, Option<SocketAddr>)> {
    context.outbox.flush();
    let events = receiver.try_recv().unwrap().into_iter();
    events
        .map(|event| {
            let peer = event.link.and_then(|link| link.peer.ip());
            let word = match event.kind {
                EngineEventKind::Connecting => "connecting",
                EngineEventKind::Connected { .. } => "connected",
                EngineEventKind::ConnectFailed { last: false, .. } => "failed",
                EngineEventKind::ConnectFailed { last: true, .. } => "failed at last",
                EngineEventKind::Received { .. } => "received",
                EngineEventKind::Reset { .. } => "reset",
                _ => "something else",
            };
            (word, peer)
        })
        .collect()
}

/// Finishes an attempt at `addresses` and returns the events it reported.
fn try_all(addresses: Vec<SocketAddr>) -> Vec<(&'static str, Option<SocketAddr>)> {
    let (mut context, receiver) = Context::alone();
    let mut attempt = attempt_at(addresses);
    if let AttemptProgress::Pending = attempt.advance(&mut context) {
        finish(&mut attempt, &mut context);
    }
    reported(&mut context, &receiver)
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// Returns a port that is bound but does not listen.
fn deaf() -> (Socket, SocketAddr) {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    socket.bind(&any.into()).unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    (socket, address)
}

#[test]
fn addresses_are_tried_in_order_until_one_answers() {
    let ((_first, first), (_second, second)) = (deaf(), deaf());
    let (_listener, third) = listener();
    let (_other, never) = listener();
    assert_eq!(
        try_all(vec![first, second, third, never]),
        [
            ("connecting", Some(first)),
            ("failed", Some(first)),
            ("connecting", Some(second)),
            ("failed", Some(second)),
            ("connecting", Some(third)),
            ("connected", Some(third)),
        ]
    );
}

#[test]
fn the_last_address_that_fails_ends_the_attempt() {
    let ((_first, first), (_second, second)) = (deaf(), deaf());
    assert_eq!(
        try_all(vec![first, second]),
        [
            ("connecting", Some(first)),
            ("failed", Some(first)),
            ("connecting", Some(second)),
            ("failed at last", Some(second)),
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_connection_reset_before_it_is_checked_was_established_and_is_read() {
    use std::io::Write as _;

    use socket2::SockRef;

    use crate::net::config::Behaviour;
    use crate::net::connection::Liveness;
    use crate::net::poller::Readiness;

    let (listener, address) = listener();
    let (_other, never) = self::listener();
    let (mut context, receiver) = Context::alone();
    context.set_behaviour(Behaviour::default());
    let mut attempt = attempt_at(vec![address, never]);
    assert!(matches!(
        attempt.advance(&mut context),
        AttemptProgress::Pending
    ));
    let (mut peer, _) = listener.accept().unwrap();
    peer.write_all(b"banner").unwrap();
    SockRef::from(&peer)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
    drop(peer);
    let AttemptProgress::Connected(mut connection) = finish(&mut attempt, &mut context) else {
        panic!("{:?}", reported(&mut context, &receiver));
    };
    let outcome = connection.ready(Readiness::UNKNOWN, &mut context);
    assert_eq!(outcome, Liveness::Gone);
    let words = ["connecting", "connected", "received", "reset"];
    assert_eq!(
        reported(&mut context, &receiver),
        words.map(|word| (word, Some(address)))
    );
}

#[test]
fn giving_up_a_look_up_ends_the_attempt_and_discards_the_answer() {
    let (mut context, receiver) = Context::alone();
    let (sender, found) = crossbeam_channel::bounded(1);
    let mut attempt = attempt(found);
    let progress = attempt.advance(&mut context);
    assert!(matches!(progress, AttemptProgress::LookingUp));
    attempt.give_up(&mut context);
    let (_listener, address) = listener();
    assert!(sender.send(Ok(vec![address])).is_err());
    assert_eq!(
        reported(&mut context, &receiver),
        [("failed at last", None)]
    );
}
