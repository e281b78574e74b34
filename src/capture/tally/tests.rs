//! Folds events, and checks the status that is reported.

use std::io;
use std::num::NonZeroU32;

use super::*;
use crate::capture::event::Event;
use crate::capture::synthetic::{
    accepted, closed, connect_error, entries, event, listening, local, received, sent,
};
use crate::net::tls::{
    Accuser, Agreed, ChainCheck, HandshakeKind, TlsFailure, TlsProblem, TlsReport, TlsSettingError,
    TlsVersion,
};
use crate::net::{Backlog, Closed, ClosedBy, Direction, Link};

fn folded(events: impl IntoIterator<Item = Event>) -> Tally {
    let mut tally = Tally::default();
    for entry in entries(events) {
        tally.fold(&entry);
    }
    tally
}

fn reported(tally: &mut Tally) -> StatusUpdate {
    let changes = tally.changes();
    tally.note_reported();
    changes
}

fn connected() -> EventKind {
    EventKind::Connected {
        took: Duration::from_micros(80),
        process: None,
    }
}

fn failed(error: NetError) -> EventKind {
    EventKind::Failed {
        error: Arc::new(error),
    }
}

fn looking_up() -> EventKind {
    EventKind::LookingUp {
        host: "example.org".to_owned(),
        port: 80,
    }
}

fn not_open() -> EventKind {
    failed(NetError::NotOpen { bytes: 3 })
}

fn listen_error() -> NetError {
    NetError::Listen {
        address: local(),
        source: io::ErrorKind::AddrInUse.into(),
    }
}

fn connect_failed(error: NetError, last: bool) -> EventKind {
    EventKind::ConnectFailed {
        error: Arc::new(error),
        last,
    }
}

fn refused() -> NetError {
    NetError::Connect {
        address: local(),
        source: io::ErrorKind::ConnectionRefused.into(),
    }
}

fn paused() -> EventKind {
    EventKind::AcceptPaused {
        error: Arc::new(NetError::Accept {
            address: local(),
            source: io::ErrorKind::OutOfMemory.into(),
        }),
    }
}

fn state_listening(paused: bool) -> EndpointState {
    EndpointState::Listening {
        local: local(),
        backlog: Some(Backlog {
            requested: 128,
            effective: Some(128),
        }),
        dual_stack: false,
        paused,
        accepting: Accepting::Accept,
    }
}

#[test]
fn a_client_looking_up_a_name_is_connecting() {
    let kinds = [connect_failed(refused(), true), looking_up()];
    let mut tally = folded(kinds.map(|kind| event(1, 1, 0, kind)));
    let endpoint = &reported(&mut tally).endpoints[0];
    assert_eq!(endpoint.state, EndpointState::Connecting);
    assert!(endpoint.error.is_none());
}

#[test]
fn an_endpoints_status_follows_its_entries() {
    let check = |kinds: Vec<(u64, EventKind)>, state: EndpointState, error: Option<u64>| {
        let words = format!("{kinds:?}");
        let events = kinds
            .into_iter()
            .map(|(link, kind)| event(1, 1, link, kind));
        let changes = folded(events).changes();
        let [endpoint] = changes.endpoints.as_slice() else {
            panic!("{words}: {changes:?}");
        };
        assert_eq!(endpoint.state, state, "{words}");
        let number = endpoint.error.as_ref().map(|(number, _)| *number);
        assert_eq!(number, error, "{words}");
    };
    let id = FlowId::server(7);
    let given_up = || NetError::ConnectGivenUp {
        target: "example.com:80".to_owned(),
    };
    check(vec![(0, listening())], state_listening(false), None);
    check(
        vec![(0, listening()), (0, EventKind::Stopped)],
        EndpointState::Idle,
        None,
    );
    check(
        vec![(0, listening()), (0, paused())],
        state_listening(true),
        Some(1),
    );
    check(
        vec![
            (0, listening()),
            (0, paused()),
            (0, EventKind::AcceptResumed),
        ],
        state_listening(false),
        None,
    );
    check(
        vec![(0, failed(listen_error()))],
        EndpointState::Failed,
        Some(0),
    );
    check(
        vec![(0, failed(listen_error())), (0, listening())],
        state_listening(false),
        None,
    );
    check(
        vec![
            (0, listening()),
            (0, failed(NetError::NoPeers { bytes: 1 })),
        ],
        state_listening(false),
        Some(1),
    );
    check(
        vec![(7, EventKind::Connecting)],
        EndpointState::Connecting,
        None,
    );
    check(
        vec![
            (7, EventKind::Connecting),
            (7, connect_failed(refused(), false)),
        ],
        EndpointState::Connecting,
        None,
    );
    check(
        vec![
            (7, EventKind::Connecting),
            (7, connect_failed(refused(), true)),
        ],
        EndpointState::Failed,
        Some(1),
    );
    check(
        vec![(7, connect_failed(refused(), true)), (0, not_open())],
        EndpointState::Failed,
        Some(0),
    );
    check(
        vec![
            (7, EventKind::Connecting),
            (7, connect_failed(given_up(), true)),
        ],
        EndpointState::Idle,
        None,
    );
    check(vec![(7, connected())], EndpointState::Connected(id), None);
    check(
        vec![(7, connected()), (7, closed()), (7, not_open())],
        EndpointState::Idle,
        Some(2),
    );
    check(
        vec![(7, connected()), (8, connected()), (7, closed())],
        EndpointState::Connected(FlowId::server(8)),
        None,
    );
}

#[test]
fn a_connections_status_follows_its_entries() {
    let check = |kinds: Vec<EventKind>, expected: ConnectionState| {
        let kinds = [accepted()].into_iter().chain(kinds);
        let events = kinds.map(|kind| event(1, 1, 7, kind));
        let changes = folded(events).changes();
        assert_eq!(changes.connections.len(), 1);
        let state = format!("{:?}", changes.connections[0].state);
        assert_eq!(state, format!("{expected:?}"));
    };
    check(vec![], ConnectionState::Open);
    check(vec![EventKind::PeerFinished], ConnectionState::PeerFinished);
    check(vec![EventKind::WeFinished], ConnectionState::WeFinished);
    check(
        vec![EventKind::WeFinished, EventKind::PeerFinished],
        ConnectionState::WeFinished,
    );
    check(
        vec![EventKind::PeerFinished, EventKind::WeFinished],
        ConnectionState::WeFinished,
    );
    for (kind, is_bad) in [
        (closed(), false),
        (EventKind::Reset { unsent_bytes: 5 }, true),
    ] {
        let ending = Ending::of(&kind).unwrap();
        assert_eq!(ending.is_bad(), is_bad);
        check(vec![kind], ConnectionState::Closed(ending));
    }
}

#[test]
fn bytes_and_connections_are_counted() {
    let mut tally = folded([
        event(1, 1, 7, accepted()),
        event(2, 1, 8, accepted()),
        event(3, 1, 7, received(1, b"hello")),
        event(4, 1, 7, sent(2, b"hi")),
        event(5, 1, 8, received(3, b"!")),
        event(6, 1, 8, closed()),
    ]);
    let changes = reported(&mut tally);
    let endpoint = &changes.endpoints[0];
    assert_eq!((endpoint.received_bytes, endpoint.sent_bytes), (6, 2));
    assert_eq!(
        (endpoint.open_connections, endpoint.ended_connections),
        (1, 1)
    );
    let bytes = changes.connections.iter();
    let bytes: Vec<_> = bytes
        .map(|c| (c.connection.number, c.received_bytes, c.sent_bytes))
        .collect();
    assert_eq!(bytes, [(7, 5, 2), (8, 1, 0)]);
    assert!(!tally.live.contains_key(&FlowId::server(8)), "forgotten");
}

#[test]
fn connections_reported_live_are_all_reported_closed_and_the_newest_of_the_others() {
    let peers = CLOSED_KEPT as u64 * 3;
    let open = |id| event(id, 1, id, accepted());
    let close = |id| event(peers + id, 1, id, closed());
    let mut tally = folded((1..=peers).map(open));
    assert_eq!(reported(&mut tally).connections.len() as u64, peers);
    for entry in entries((1..=peers).map(close)) {
        tally.fold(&entry);
    }
    assert_eq!(tally.changes().connections.len() as u64, peers);
    // The window had no room: they wait for the next report, and none is left out then either.
    let unseen = (peers + 1..=2 * peers).flat_map(|id| [open(id), event(id, 1, id, closed())]);
    for entry in entries(unseen) {
        tally.fold(&entry);
    }
    let reported = reported(&mut tally).connections;
    assert_eq!(reported.len() as u64, peers + CLOSED_KEPT as u64);
    assert!(reported.iter().all(|status| !status.state.is_live()));
}

#[test]
fn only_changes_are_reported_and_unsent_ones_are_reported_later() {
    let mut tally = folded([
        event(1, 1, 7, accepted()),
        event(2, 2, 8, accepted()),
        event(3, 2, 8, closed()),
    ]);
    let ids = |changes: &StatusUpdate| {
        let endpoints = changes.endpoints.iter().map(|status| status.endpoint.0);
        let connections = changes
            .connections
            .iter()
            .map(|status| status.connection.number);
        (
            endpoints.collect::<Vec<_>>(),
            connections.collect::<Vec<_>>(),
        )
    };
    assert_eq!(ids(&tally.changes()), (vec![1, 2], vec![7, 8]));
    assert_eq!(ids(&reported(&mut tally)), (vec![1, 2], vec![7, 8]));
    assert_eq!(ids(&reported(&mut tally)), (vec![], vec![]));
    for entry in entries([event(4, 1, 7, received(1, b"x"))]) {
        tally.fold(&entry);
    }
    assert_eq!(ids(&reported(&mut tally)), (vec![1], vec![7]));
}

#[test]
fn unreported_churn_keeps_only_the_newest_closed_connections() {
    let count = CLOSED_KEPT as u64 + 500;
    let events =
        (1..=count).flat_map(|id| [event(1, 1, id, accepted()), event(2, 1, id, closed())]);
    let mut tally = folded(events);
    assert!(tally.changed_connections.is_empty());
    let changes = reported(&mut tally);
    let reported: Vec<u64> = changes
        .connections
        .iter()
        .map(|c| c.connection.number)
        .collect();
    assert_eq!(reported, (501..=count).collect::<Vec<_>>());
    assert_eq!(changes.endpoints[0].ended_connections, count);
}

#[test]
fn a_failed_address_before_the_last_is_not_an_endpoint_error() {
    let error = connect_error(io::ErrorKind::ConnectionRefused);
    let kind = EventKind::ConnectFailed { error, last: false };
    let changes = folded([event(1, 1, 7, kind)]).changes();
    assert!(changes.endpoints.is_empty() && changes.connections.is_empty());
}

#[test]
fn a_connection_whose_both_ends_are_ours_counts_once() {
    let mut tally = Tally::default();
    let end = |number: u64, id: FlowId, kind: EventKind| {
        let mut event = event(number, 1, 7, kind);
        let link = event.link.as_deref().unwrap();
        event.link = Some(Arc::new(Link {
            connection: id,
            ..Link::clone(link)
        }));
        event
    };
    let (client, server) = (FlowId::client(7), FlowId::server(7));
    let mut live = |events: Vec<Event>| {
        for entry in entries(events) {
            tally.fold(&entry);
        }
        tally.changes().live_connections
    };
    assert_eq!(live(vec![end(1, client, connected())]), 1);
    assert_eq!(live(vec![end(2, server, accepted())]), 1);
    assert_eq!(live(vec![event(3, 1, 8, accepted())]), 2);
    assert_eq!(live(vec![end(4, client, closed())]), 2);
    assert_eq!(live(vec![end(5, server, closed())]), 1);
}

#[test]
fn a_client_waits_before_it_connects_again() {
    let again = |attempt| EventKind::Reconnecting {
        after: Duration::from_secs(1),
        attempt,
        attempts: NonZeroU32::new(10),
    };
    let waits = |attempt| EndpointState::Reconnecting {
        after: Duration::from_secs(1),
        attempt,
        attempts: NonZeroU32::new(10),
    };
    let check = |kinds: Vec<EventKind>, expected: EndpointState, has_error: bool| {
        let tally = folded(kinds.into_iter().map(|kind| event(1, 1, 7, kind)));
        let status = tally.changes().endpoints.remove(0);
        assert_eq!(
            (status.state, status.error.is_some()),
            (expected, has_error)
        );
    };
    let lost = || EventKind::Reset { unsent_bytes: 0 };
    check(vec![connected(), lost(), again(1)], waits(1), false);
    let failed = || connect_failed(refused(), true);
    let kinds = vec![EventKind::Connecting, failed(), again(2)];
    check(kinds, waits(2), true);
    let kinds = vec![failed(), again(2), EventKind::Connecting];
    check(kinds, EndpointState::Connecting, false);
    let target = "127.0.0.1:9000".to_owned();
    let given_up = connect_failed(NetError::ConnectGivenUp { target }, true);
    check(
        vec![failed(), again(2), given_up],
        EndpointState::Idle,
        true,
    );
    // Another connection of the same client is open.
    let other = event(1, 1, 8, again(1));
    let tally = folded([event(1, 1, 7, connected()), other]);
    let state = &tally.changes().endpoints[0].state;
    assert!(matches!(state, EndpointState::Connected(_)), "{state:?}");
}

#[test]
fn close_notify_of_the_peer_half_closes_its_connection() {
    let close_notify = |direction| EventKind::Tls(Arc::new(TlsReport::CloseNotify { direction }));
    let state = |kinds: Vec<EventKind>| {
        let kinds = kinds.into_iter().enumerate();
        let events = kinds.map(|(at, kind)| event(at as u64, 1, 7, kind));
        let mut tally = folded(events.collect::<Vec<_>>());
        reported(&mut tally).connections.remove(0).state
    };
    let received = || close_notify(Direction::Received);
    let check = |kinds, expected: &str| assert_eq!(format!("{:?}", state(kinds)), expected);
    check(vec![accepted(), received()], "PeerFinished");
    check(vec![accepted(), close_notify(Direction::Sent)], "Open");
    let both = vec![accepted(), EventKind::WeFinished, received()];
    check(both, "WeFinished");
    let cut = EventKind::Tls(Arc::new(TlsReport::Cut));
    check(vec![accepted(), cut], "Open");
}

#[test]
fn a_connection_knows_how_it_is_encrypted() {
    let agreed = Agreed {
        version: TlsVersion::Tls13,
        suite: "TLS_AES_128_GCM_SHA256".to_owned(),
        group: None,
        alpn: None,
        server_name: Some("example.org".to_owned()),
        kind: HandshakeKind::Full,
        chain: Vec::new(),
        check: ChainCheck::Unchecked,
        client_certificate_asked: None,
        client_certificate_given: false,
        took: Duration::from_micros(900),
    };
    let tls = |report| EventKind::Tls(Arc::new(report));
    let mut encrypted = received(1, b"abc");
    if let EventKind::Received { payload } = &mut encrypted {
        payload.wire_bytes = Some(25);
    }
    let of = |kinds: Vec<EventKind>| {
        let kinds = kinds.into_iter().enumerate();
        let events = kinds.map(|(at, kind)| event(at as u64, 1, 7, kind));
        let mut tally = folded(events.collect::<Vec<_>>());
        reported(&mut tally).connections.remove(0)
    };
    let plain = of(vec![accepted(), received(1, b"abc")]);
    assert_eq!(plain.tls, ConnectionTls::Plain);
    assert_eq!(plain.wire_received_bytes, 3);
    let begun = of(vec![accepted(), EventKind::Upgraded]);
    assert_eq!(begun.tls, ConnectionTls::Begun);
    let hello = tls(TlsReport::Hello(Arc::default()));
    assert_eq!(of(vec![accepted(), hello]).tls, ConnectionTls::Begun);
    let agreed = tls(TlsReport::Agreed(Box::new(agreed)));
    let status = of(vec![accepted(), agreed, encrypted]);
    let ConnectionTls::Agreed(summary) = &status.tls else {
        panic!("{:?}", status.tls);
    };
    assert_eq!(summary.check, ChainCheck::Unchecked);
    assert_eq!((summary.peer.as_ref(), summary.entry), (None, 1));
    assert_eq!((status.received_bytes, status.wire_received_bytes), (3, 25));
}

#[test]
fn a_client_whose_handshake_failed_has_failed() {
    let end = |in_handshake| {
        let source = Box::new(TlsFailure {
            problem: TlsProblem::Revoked,
            by: Accuser::Us,
            alert: None,
            server_name: None,
            in_handshake,
        });
        let peer = local();
        EventKind::Closed(Closed {
            by: ClosedBy::Failure(Arc::new(NetError::Tls { peer, source })),
            unsent_bytes: 0,
            unread: false,
        })
    };
    let of = |in_handshake| {
        let mut tally = folded([
            event(1, 1, 7, connected()),
            event(2, 1, 7, end(in_handshake)),
        ]);
        let endpoint = reported(&mut tally).endpoints.remove(0);
        (endpoint.state, endpoint.error.is_some())
    };
    assert_eq!(of(true), (EndpointState::Failed, true));
    assert_eq!(of(false), (EndpointState::Idle, false));
}

#[test]
fn settings_of_tls_that_cannot_be_used_fail_the_endpoint() {
    let source = Box::new(TlsSettingError::NoRoots);
    let events = [event(1, 1, 0, failed(NetError::TlsSettings { source }))];
    let mut tally = folded(events);
    let endpoint = reported(&mut tally).endpoints.remove(0);
    assert_eq!(endpoint.state, EndpointState::Failed);
    assert!(endpoint.error.is_some());
}

#[test]
fn a_reply_that_did_not_get_there_is_counted_and_no_error_of_its_server() {
    let undelivered = || {
        failed(NetError::Undelivered {
            peer: None,
            source: io::ErrorKind::ConnectionRefused.into(),
            icmp: None,
        })
    };
    let mut tally = folded([
        event(1, 1, 7, accepted()),
        event(2, 1, 7, received(1, b"a")),
        event(3, 1, 7, sent(2, b"")),
        event(4, 1, 7, undelivered()),
    ]);
    let update = reported(&mut tally);
    let connection = &update.connections[0];
    let counts = (connection.reads, connection.writes, connection.undelivered);
    assert_eq!(counts, (1, 1, 1));
    assert!(connection.last_activity > connection.since);
    assert!(update.endpoints[0].error.is_none());
}
