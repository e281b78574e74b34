//! Records the engine: a real conversation as the timeline shows it.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

mod support;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;

use bothends::capture::store::{Keep, Store};
use bothends::capture::{
    Answer, Capture, ConnectionState, EndpointState, Filter, RecordUpdate, Request, Row, RowKind,
    Say as _, Span,
};
use bothends::net::{Clock, Command, EndpointId, Engine, SendTo};
use bothends::script::Message;
use bothends::words::ENGLISH;
use bytes::Bytes;
use crossbeam_channel::Receiver;
use support::{CLIENT, DEADLINE, SERVER, client_of, server};

/// Waits for an update that `pick` accepts.
fn wait<T>(updates: &Receiver<RecordUpdate>, pick: impl Fn(&RecordUpdate) -> Option<T>) -> T {
    loop {
        let update = updates.recv_timeout(DEADLINE).unwrap();
        if let Some(found) = pick(&update) {
            return found;
        }
    }
}

fn wait_for_state<T>(
    updates: &Receiver<RecordUpdate>,
    endpoint: EndpointId,
    pick: impl Fn(&EndpointState) -> Option<T>,
) -> T {
    wait(updates, |update| {
        let RecordUpdate::Status(status) = update else {
            return None;
        };
        let mut endpoints = status.endpoints.iter();
        endpoints.find_map(|status| pick(&status.state).filter(|_| status.endpoint == endpoint))
    })
}

/// Waits until `endpoint` has received this many bytes.
fn wait_for_bytes(updates: &Receiver<RecordUpdate>, endpoint: EndpointId, count: u64) {
    wait(updates, |update| {
        let RecordUpdate::Status(status) = update else {
            return None;
        };
        let mut endpoints = status.endpoints.iter();
        let found = endpoints.find(|s| s.endpoint == endpoint && s.received_bytes == count);
        found.map(|_| ())
    });
}

fn rows(capture: &Capture, updates: &Receiver<RecordUpdate>, filter: Filter) -> Vec<Row> {
    let span = Span::Newest { count: 100 };
    capture.request(Request::Rows { filter, span }).unwrap();
    wait(updates, |update| match update {
        RecordUpdate::Answer(Answer::Rows(page)) => Some(page.rows.clone()),
        _ => None,
    })
}

#[test]
fn a_two_click_conversation_is_recorded_in_order() {
    let clock = Clock::start();
    let (mut engine, events) = Engine::new(clock);
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let store = Store::create(&dir, Keep::everything(&dir), SystemTime::now()).unwrap();
    let store = Arc::new(store);
    let (capture, updates) = Capture::start(events, clock, store, &ENGLISH, || {}).unwrap();

    engine.command(SERVER, Command::Listen(server())).unwrap();
    let address: SocketAddr = wait_for_state(&updates, SERVER, |state| match state {
        EndpointState::Listening { local, .. } => local.ip(),
        _ => None,
    });
    let message = Message::Bytes(Bytes::from("Hello, server!"));
    let to = SendTo::Client(Box::new(client_of(address)));
    engine
        .command(CLIENT, Command::Send { to, message })
        .unwrap();
    wait_for_bytes(&updates, CLIENT, 14);

    let filter = Filter {
        endpoint: Some(CLIENT),
        ..Filter::default()
    };
    let mine = rows(&capture, &updates, filter);
    let client = mine.last().and_then(|row| row.local.clone()).unwrap();
    let spoken = |row: &Row| ENGLISH.row(row, None);
    let lines: Vec<String> = mine.iter().map(spoken).collect();
    assert_eq!(lines[0], format!("connecting to {address}"));
    assert!(lines[1].starts_with(&format!("connected to {address} in ")));
    assert!(lines[1].ends_with(&format!(", from {client}")));
    assert_eq!(
        lines[2],
        format!("sent 14 bytes to {address}: Hello, server!")
    );
    assert_eq!(
        lines[3],
        format!("received 14 bytes from {address}: Hello, server!")
    );
    assert_eq!(lines.len(), 4);

    let all = rows(&capture, &updates, Filter::default());
    let data: Vec<_> = all
        .iter()
        .filter(|row| matches!(row.kind, RowKind::Received(_) | RowKind::Sent(_)))
        .map(|row| (row.endpoint.unwrap(), row.kind))
        .collect();
    let expected = [
        (CLIENT, RowKind::Sent(14)),
        (SERVER, RowKind::Received(14)),
        (SERVER, RowKind::Sent(14)),
        (CLIENT, RowKind::Received(14)),
    ];
    assert_eq!(data, expected, "the order in which it happened");
    assert!(all.iter().map(|row| row.entry).eq(0..all.len() as u64));

    engine.shutdown();
    let closed = wait(&updates, |update| match update {
        RecordUpdate::Status(status) => status.connections.iter().find_map(|connection| {
            let ended = !connection.state.is_live() && connection.endpoint == CLIENT;
            ended.then(|| connection.clone())
        }),
        RecordUpdate::Answer(_) => None,
    });
    assert!(matches!(closed.state, ConnectionState::Closed(_)));
    assert_eq!((closed.sent_bytes, closed.received_bytes), (14, 14));
    capture.shutdown();
}
