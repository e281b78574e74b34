//! Hostile traffic: many peers, and more datagrams than can be served.

use std::net::{SocketAddr, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use bothends::capture::EventKind;
use bothends::net::{ClosedBy, Command, Observe, SendTo};
use bothends::script::Reply;

use super::{echoes, loopback, peer_of, receive, script, server};
use crate::support::{DEADLINE, Rig, SERVER};

/// How many peers an endpoint remembers.
const LIMIT: u64 = 16_384;

/// Sends one datagram from each of many ports, none of which anybody reads.
fn strangers(target: SocketAddr, count: usize, mut each: impl FnMut(usize)) {
    for number in 0..count {
        let stranger = UdpSocket::bind(loopback()).unwrap();
        stranger.send_to(b"x", target).unwrap();
        each(number);
    }
}

#[test]
fn those_silent_longest_are_forgotten_when_there_are_too_many() {
    let mut rig = Rig::observing(Observe::Lifecycle);
    let mut config = server(loopback());
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let kept = peer_of(address);
    kept.send(b"first").unwrap();
    let id = rig.accepted();
    let mut seen = 0;
    // Ports are used again, so there are more datagrams than peers.
    while rig.accepted_count() <= LIMIT {
        strangers(address, 500, |number| {
            // Its activity keeps it, and the server is not outrun.
            if number % 50 == 0 {
                rig.send(SERVER, SendTo::Connections(vec![id]), &b"still here?"[..]);
                assert_eq!(receive(&kept), b"still here?");
            }
        });
        rig.take_briefly();
        seen += 500;
        assert!(seen < 200_000, "{}", rig.accepted_count());
    }
    let (gone, closed) = rig.forgotten();
    assert!(
        matches!(closed.by, ClosedBy::Crowded { limit } if limit == LIMIT),
        "{closed:?}"
    );
    assert_ne!(gone, id);
    rig.send(SERVER, SendTo::Connections(vec![id]), &b"bye"[..]);
    assert_eq!(receive(&kept), b"bye");
}

/// A turn is bounded, also where nothing but headers arrives.
#[test]
fn a_flood_of_empty_datagrams_holds_up_no_command_and_no_peer() {
    let mut rig = Rig::observing(Observe::Lifecycle);
    let mut config = server(loopback());
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let peer = peer_of(address);
    peer.send(b"x").unwrap();
    let id = rig.accepted();
    let is_over = Arc::new(AtomicBool::new(false));
    let count = Arc::new(AtomicU64::new(0));
    let flooding = {
        let (is_over, count) = (Arc::clone(&is_over), Arc::clone(&count));
        thread::Builder::new().spawn(move || {
            let socket = peer_of(address);
            while !is_over.load(Ordering::Relaxed) {
                // Its buffer may be full.
                count.fetch_add(socket.send(b"").is_ok().into(), Ordering::Relaxed);
            }
        })
    };
    let mut slowest = Duration::ZERO;
    let mut rounds = 0;
    let deadline = Instant::now() + DEADLINE;
    // On a busy machine the flood may begin late.
    while rounds < 100 || count.load(Ordering::Relaxed) < 10_000 {
        assert!(Instant::now() < deadline, "{rounds}, {count:?}");
        rounds += 1;
        let began = Instant::now();
        rig.send(SERVER, SendTo::Connections(vec![id]), &b"pong"[..]);
        assert_eq!(receive(&peer), b"pong");
        slowest = slowest.max(began.elapsed());
    }
    is_over.store(true, Ordering::Relaxed);
    flooding.unwrap().join().unwrap();
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
}

/// Closed ports answer each echo with an ICMP message, all of which are taken.
#[test]
fn a_flood_from_ports_that_nobody_reads_harms_nobody() {
    flood_from_ports_that_nobody_reads(Observe::Everything);
}

/// Then echoes are sent together, and what the network says of one is noticed by a call for many.
#[test]
fn a_flood_that_nobody_watches_harms_nobody_either() {
    flood_from_ports_that_nobody_reads(Observe::Lifecycle);
}

fn flood_from_ports_that_nobody_reads(observe: Observe) {
    let mut rig = Rig::observing(observe);
    let address = rig.listen(server(loopback()));
    let peer = peer_of(address);
    strangers(address, 3_000, |number| {
        if number % 20 == 0 {
            echoes(&peer, b"I am well");
        }
    });
    rig.command(SERVER, Command::CancelAll);
    echoes(&peer, b"the end");
    match observe {
        Observe::Everything => rig.wait("the end", |event| match &event.kind {
            EventKind::Received { payload } => (payload.bytes == "the end").then_some(()),
            _ => None,
        }),
        Observe::Lifecycle => rig.take_briefly(),
    }
    let ended = |it: &bothends::capture::Event| matches!(it.kind, EventKind::Closed(_));
    assert!(!rig.log.iter().any(ended));
}
