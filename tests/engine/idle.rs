//! Peers from which nothing can be expected use no CPU time, however they got into that state.

use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use bothends::capture::{Event, EventKind};
use bothends::net::{Command, EndpointId, EngineEventKind, Observe, Payload, WhenPeerFinishes};
use bothends::script::{Act, Reply};
use socket2::SockRef;

use crate::support::{
    MIB, ProcessorTime, Rig, deadline, dial, read_to_fin, script, server, write_until_stuck,
};

#[test]
fn quiet_peers_cost_nothing() {
    const ENDPOINT: EndpointId = EndpointId(101);
    let mut rig = Rig::new().with_server(ENDPOINT);
    let address = rig.listen(server());
    let _peers: Vec<TcpStream> = (0..100).map(|_| dial(address)).collect();
    for _ in 0..100 {
        rig.accepted();
    }
    ProcessorTime::of(ENDPOINT).assert_idle();
}

#[test]
fn half_closed_and_fully_shut_down_peers_cost_nothing() {
    const ENDPOINT: EndpointId = EndpointId(102);
    let mut rig = Rig::new().with_server(ENDPOINT);
    let mut config = server();
    config.behaviour.when_peer_finishes = WhenPeerFinishes::StayHalfOpen;
    let address = rig.listen(config);
    let half = dial(address);
    half.shutdown(Shutdown::Write).unwrap();
    rig.peer_finished();
    let both = dial(address);
    both.shutdown(Shutdown::Both).unwrap();
    rig.peer_finished();
    ProcessorTime::of(ENDPOINT).assert_idle();
}

#[test]
fn a_peer_that_waits_for_our_fin_costs_nothing() {
    const ENDPOINT: EndpointId = EndpointId(103);
    let mut rig = Rig::new().with_server(ENDPOINT);
    let (mut peer, id) = rig.serve_one(server());
    rig.command(
        ENDPOINT,
        Command::Act {
            connection: id,
            act: Act::Finish,
        },
    );
    assert!(read_to_fin(&mut peer).is_empty());
    ProcessorTime::of(ENDPOINT).assert_idle();
}

#[test]
fn a_peer_that_does_not_read_costs_nothing() {
    const ENDPOINT: EndpointId = EndpointId(104);
    let mut rig = Rig::observing(Observe::Lifecycle).with_server(ENDPOINT);
    let (mut peer, _) = rig.serve_one(server());
    write_until_stuck(&mut peer);
    ProcessorTime::of(ENDPOINT).assert_idle();
}

#[test]
fn peers_that_reset_while_events_are_backed_up_cost_nothing_and_are_reported_later() {
    const ENDPOINT: EndpointId = EndpointId(105);
    /// The minimum weight of a batch.
    const MIN_BATCH_BYTES: usize = 16 * 1024;
    let mut rig = Rig::new().with_server(ENDPOINT);
    let mut config = server();
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let mut peers: Vec<TcpStream> = (0..3).map(|_| dial(address)).collect();
    let taken: usize = peers.iter_mut().map(write_until_stuck).sum();
    for peer in &peers {
        SockRef::from(peer)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
    }
    drop(peers);
    ProcessorTime::of(ENDPOINT).assert_idle();
    let mut resets = 0;
    let mut received = 0;
    let mut weight = 0;
    let until = deadline();
    while resets < 3 {
        let batch = rig.events.recv_deadline(Some(until)).unwrap();
        let before = received;
        let own = batch.len() * (size_of::<Event>() + size_of::<Payload>());
        for event in batch {
            match event.kind {
                EngineEventKind::Received { payload } => received += payload.bytes.len(),
                EngineEventKind::Reset { .. } => resets += 1,
                _ => {}
            }
        }
        weight += (received - before + own).max(MIN_BATCH_BYTES);
    }
    // What waited for the receiver is bounded, including the weight of its events.
    assert!(
        weight > 64 * MIB && received <= taken,
        "{received} received of {taken} taken, {weight} with their events"
    );
}

#[test]
fn a_reset_by_a_half_open_peer_is_reported_without_reading() {
    const ENDPOINT: EndpointId = EndpointId(120);
    let mut rig = Rig::new().with_server(ENDPOINT);
    let mut config = server();
    config.behaviour.when_peer_finishes = WhenPeerFinishes::StayHalfOpen;
    let (peer, _) = rig.serve_one(config);
    peer.shutdown(Shutdown::Write).unwrap();
    rig.peer_finished();
    SockRef::from(&peer)
        .set_linger(Some(Duration::ZERO))
        .unwrap();
    drop(peer);
    rig.wait("reset", |event| {
        matches!(event.kind, EventKind::Reset { .. }).then_some(())
    });
    ProcessorTime::of(ENDPOINT).assert_idle();
}

#[test]
fn an_urgent_byte_arrives_in_order_and_costs_nothing() {
    const ENDPOINT: EndpointId = EndpointId(121);
    let mut rig = Rig::new().with_server(ENDPOINT);
    let (peer, _) = rig.serve_one(server());
    let sent = SockRef::from(&peer).send_out_of_band(b"abc!").unwrap();
    assert_eq!(sent, 4);
    assert_eq!(rig.receive(ENDPOINT, 4), b"abc!");
    ProcessorTime::of(ENDPOINT).assert_idle();
}
