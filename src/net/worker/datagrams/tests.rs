//! A worker that is driven by hand.

use std::net::{Ipv4Addr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::*;
use crate::net::context::Context;
use crate::net::event::EngineEventKind::Failed;
use crate::net::event::{Observe, Requester};
use crate::net::pipe::EventReceiver;
use crate::net::resolver::Resolver;

struct Driven {
    worker: Worker,
    events: EventReceiver,
    server: SocketAddr,
}

impl Driven {
    /// A server that echoes, and reports what is received and sent or not.
    fn new(observe: Observe) -> Self {
        let (context, events) = Context::alone();
        let (_commands, receiver) = crossbeam_channel::bounded(1);
        let doorstep = context
            .neighbours
            .add(context.outbox.endpoint(), context.poller.waker());
        let hung_up = Arc::new(AtomicBool::new(false));
        let resolver = Resolver::default();
        let mut worker = Worker::new(context, receiver, doorstep, hung_up, resolver);
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut config = ServerConfig::new(Address::udp(any));
        config.behaviour.observe = observe;
        worker.bind_datagrams(any, &config);
        let bound = worker.mouths.get(&LISTENER_KEY).unwrap().local();
        let Address::Udp(server) = bound else {
            panic!("{bound:?}");
        };
        Self {
            worker,
            events,
            server,
        }
    }

    /// One turn, of what is ready within so long. Returns whether anything was.
    fn turn(&mut self, within: Duration) -> bool {
        let mut ready = Vec::new();
        let until = Instant::now() + within;
        self.worker
            .context
            .poller
            .wait(&mut ready, Some(until))
            .unwrap();
        self.worker.turn(&ready);
        !ready.is_empty()
    }

    /// Hands over so many events that there is no room for more.
    #[cfg(target_os = "linux")]
    fn back_up(&mut self) {
        while self.worker.context.may_read() {
            self.worker.context.emit(None, EngineEventKind::Stopped);
            self.worker.context.outbox.flush();
        }
    }

    /// Takes the failures that were reported, each with the peer that it names and that of its connection.
    fn failures(&self) -> Vec<(Arc<NetError>, Option<Address>)> {
        let events = std::iter::from_fn(|| self.events.try_recv()).flatten();
        let failures = events.filter_map(|event| match event.kind {
            Failed { error } => Some((error, event.link.map(|link| link.peer.clone()))),
            _ => None,
        });
        failures.collect()
    }

    #[cfg(target_os = "linux")]
    fn undelivered(&self) -> usize {
        let failures = self.failures().into_iter();
        let is_one = |error: &NetError| matches!(error, NetError::Undelivered { .. });
        failures.filter(|(error, _)| is_one(error)).count()
    }

    /// A socket that talks to the server.
    fn peer(&self) -> UdpSocket {
        let peer = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        peer.connect(self.server).unwrap();
        peer.set_read_timeout(Some(LONG)).unwrap();
        peer
    }

    /// Serves until nothing has been ready for a while.
    fn serve(&mut self) {
        self.turn(Duration::ZERO);
        while self.turn(SHORT) {}
    }
}

fn receive(peer: &UdpSocket) -> Vec<u8> {
    let mut buffer = vec![0; 65_536];
    let count = peer.recv(&mut buffer).unwrap();
    buffer.truncate(count);
    buffer
}

const LONG: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(20);

#[cfg(target_os = "linux")]
#[test]
fn what_the_network_says_waits_while_events_cannot_be_handed_over() {
    let mut driven = Driven::new(Observe::Everything);
    let peer = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    peer.send_to(b"x", driven.server).unwrap();
    drop(peer);
    driven.back_up();
    let kept = driven.worker.context.outbox.kept_bytes();
    // The datagram is not read yet.
    driven.turn(LONG);
    assert_eq!(driven.worker.context.outbox.kept_bytes(), kept);
    assert_eq!(driven.undelivered(), 0);
    // Now there is room: it is read and echoed to a port that nobody reads any more.
    driven.turn(SHORT);
    driven.turn(LONG);
    driven.back_up();
    let kept = driven.worker.context.outbox.kept_bytes();
    driven.turn(LONG);
    assert_eq!(driven.worker.context.outbox.kept_bytes(), kept);
    assert!(!driven.turn(SHORT), "it is reported again and again");
    assert_eq!(driven.undelivered(), 0);
    // There is room again.
    driven.turn(SHORT);
    while driven.undelivered() == 0 {
        assert!(driven.turn(LONG), "it is never reported");
    }
}

/// They are read together, and answered together.
#[test]
fn each_peer_gets_its_own_echoes_in_their_order() {
    for observe in [Observe::Everything, Observe::Lifecycle] {
        let mut driven = Driven::new(observe);
        let peers: Vec<_> = (0..5).map(|_| driven.peer()).collect();
        // Some are so long that they are sent by themselves, and some are empty.
        let bytes = |peer: usize, turn: usize| {
            let len = [3, 5_000, 0, 40, 2_048, 2_047][turn % 6];
            vec![b'a' + u8::try_from(peer * 7 + turn).unwrap() % 26; len]
        };
        for turn in 0..6 {
            for (number, peer) in peers.iter().enumerate() {
                peer.send(&bytes(number, turn)).unwrap();
            }
        }
        driven.serve();
        for (number, peer) in peers.iter().enumerate() {
            for turn in 0..6 {
                assert_eq!(receive(peer), bytes(number, turn), "{turn} of {number}");
            }
        }
        assert_eq!(driven.failures().len(), 0);
    }
}

/// What the network says of one peer is no error of another one's datagram that is sent with it.
#[test]
fn peers_that_are_gone_take_no_echo_from_others() {
    for observe in [Observe::Everything, Observe::Lifecycle] {
        let mut driven = Driven::new(observe);
        let (there, mut gone) = (driven.peer(), Vec::new());
        for number in 0..60_u8 {
            let peer = driven.peer();
            peer.send(b"I leave").unwrap();
            gone.push(Some(Address::udp(peer.local_addr().unwrap())));
            drop(peer);
            there.send(&[number]).unwrap();
        }
        driven.serve();
        for number in 0..60_u8 {
            assert_eq!(receive(&there), [number]);
        }
        let failures = driven.failures();
        for (error, link) in &failures {
            let is_known = matches!(**error, NetError::Undelivered { .. });
            assert!(is_known, "{error:?}");
            assert!(gone.contains(link), "{link:?}");
        }
        if cfg!(target_os = "linux") {
            assert_eq!(failures.len(), gone.len());
        }
    }
}

fn unsent(link: &Arc<Link>, bytes: &'static [u8], kind: io::ErrorKind) -> Unsent {
    Unsent {
        link: Arc::clone(link),
        by: Requester::Responder,
        bytes: bytes.into(),
        error: kind.into(),
    }
}

#[test]
fn an_echo_for_which_there_is_no_room_is_sent_later_and_one_that_is_refused_is_reported() {
    use io::ErrorKind::{QuotaExceeded, WouldBlock};

    let mut driven = Driven::new(Observe::Lifecycle);
    let peer = driven.peer();
    peer.send(b"one").unwrap();
    driven.serve();
    assert_eq!(receive(&peer), b"one");
    let id = driven.worker.connections.keys().next().copied().unwrap();
    let link = driven.worker.connections[&id].link();
    let address = Some(Address::udp(peer.local_addr().unwrap()));
    // The last one first, as they are handed back.
    driven.worker.not_sent(unsent(&link, b"three", WouldBlock));
    driven.worker.not_sent(unsent(&link, b"two", WouldBlock));
    driven.serve();
    assert_eq!(receive(&peer), b"two");
    assert_eq!(receive(&peer), b"three");
    driven
        .worker
        .not_sent(unsent(&link, b"four", QuotaExceeded));
    let lost = |driven: &mut Driven, bytes: u64| {
        driven.serve();
        driven.worker.context.outbox.flush();
        let failures = driven.failures();
        let [(error, link)] = &failures[..] else {
            panic!("{failures:?}");
        };
        let is_it = matches!(**error, NetError::Datagram { bytes: lost, .. } if lost == bytes);
        assert!(is_it && *link == address, "{failures:?}");
    };
    lost(&mut driven, 4);
    // Nobody sends it any more, which is said.
    driven.worker.end_flow(id, ClosedBy::Us);
    driven.worker.not_sent(unsent(&link, b"fifth", WouldBlock));
    lost(&mut driven, 5);
}
