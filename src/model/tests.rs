//! The fold of updates, and what is made of the document.

use std::io;
use std::sync::Arc;
use std::time::SystemTime;

use super::*;
use crate::capture::{
    ConnectionState, ConnectionStatus, Ending, EndpointState, EndpointStatus, Filter,
};
use crate::capture::{ConnectionTls, Pace};
use crate::net::{Accepting, Backlog, FlowId, NetError};
use crate::payload::Pattern;
use crate::session::{ProblemPlace, SendProblem};

const SERVER: EndpointId = EndpointId(1);
const CLIENT: EndpointId = EndpointId(2);

fn model() -> Model {
    Model::new(Arc::default(), Preferences::default())
}

fn fold(model: &mut Model, endpoint: EndpointStatus, connections: Vec<ConnectionStatus>) {
    let status = StatusUpdate {
        endpoints: vec![endpoint],
        connections,
        ..StatusUpdate::default()
    };
    model.fold(RecordUpdate::Status(status), Now(1.0));
}

fn listening() -> EndpointStatus {
    EndpointStatus {
        state: EndpointState::Listening {
            local: "0.0.0.0:9000".parse().unwrap(),
            backlog: Some(Backlog {
                requested: 128,
                effective: None,
            }),
            dual_stack: false,
            paused: false,
            accepting: Accepting::Accept,
        },
        ..EndpointStatus::new(SERVER)
    }
}

fn peer(id: u64, state: ConnectionState) -> ConnectionStatus {
    ConnectionStatus {
        connection: FlowId::server(id),
        endpoint: SERVER,
        local: None,
        peer: "127.0.0.1:53122".parse().unwrap(),
        state,
        since: SystemTime::UNIX_EPOCH,
        connect_took: None,
        received_bytes: 0,
        sent_bytes: 0,
        wire_received_bytes: 0,
        wire_sent_bytes: 0,
        tls: ConnectionTls::Plain,
        reads: 0,
        writes: 0,
        undelivered: 0,
        last_activity: SystemTime::UNIX_EPOCH,
        is_reading_stopped: false,
        pace: Pace::default(),
    }
}

fn ended() -> ConnectionState {
    ConnectionState::Closed(Ending::Reset { unsent_bytes: 0 })
}

#[test]
fn the_server_that_the_client_follows_is_the_next_to_start_until_it_listens() {
    let mut model = model();
    assert_eq!(model.send_to, Some(Recipients::Client(CLIENT)));
    assert_eq!(model.next_server_to_start(), Some(SERVER));
    assert_eq!(model.target_label(CLIENT).as_deref(), Some("Server 1"));
    fold(&mut model, listening(), Vec::new());
    assert_eq!(model.next_server_to_start(), None);
    // A server that listens on all addresses is reached over loopback.
    assert_eq!(
        model.target_label(CLIENT).as_deref(),
        Some("127.0.0.1:9000")
    );
}

#[test]
fn a_clients_target_is_shown_as_one_address() {
    let mut model = model();
    let mut check = |host: &str, port: &str, expected: &str| {
        if let Some(EndpointKind::Client(form)) = Arc::make_mut(&mut model.document)
            .endpoint_mut(CLIENT)
            .map(|it| &mut it.kind)
        {
            form.target = TargetForm::Address;
            form.remote.host_text = host.to_owned();
            form.remote.port_text = port.to_owned();
        }
        assert_eq!(model.target_label(CLIENT).as_deref(), Some(expected));
    };
    check("127.0.0.1", "9000", "127.0.0.1:9000");
    check("127.0.0.1:9001", "9000", "127.0.0.1:9001");
    check("::1", "9000", "[::1]:9000");
    check("[::1]", "9000", "[::1]:9000");
    check("[::1]:9001", "9000", "[::1]:9001");
}

#[test]
fn a_message_to_selected_peers_never_goes_to_all_when_the_last_of_them_disconnects() {
    let mut model = model();
    let open = vec![
        peer(7, ConnectionState::Open),
        peer(8, ConnectionState::Open),
    ];
    fold(&mut model, listening(), open);
    model.select_peers(SERVER, vec![FlowId::server(7)]);
    model.send_to = Some(Recipients::SelectedPeers(SERVER));
    fold(&mut model, listening(), vec![peer(7, ended())]);
    assert_eq!(model.send_to, Some(Recipients::SelectedPeers(SERVER)));
    let words = model.recipients_label(Recipients::SelectedPeers(SERVER));
    assert_eq!(words, "Server 1: selected peers (0)");
}

#[test]
fn live_peers_are_listed_first_then_closed_ones_newest_first() {
    let mut model = model();
    let peers = (1..=4).map(|id| peer(id, ConnectionState::Open)).collect();
    fold(&mut model, listening(), peers);
    fold(
        &mut model,
        listening(),
        vec![peer(1, ended()), peer(3, ended())],
    );
    let listed: Vec<_> = model.endpoints[&SERVER]
        .listed
        .iter()
        .map(|id| id.number)
        .collect();
    assert_eq!(listed, [2, 4, 3, 1]);
}

#[test]
fn an_error_adds_one_notice() {
    let mut model = model();
    let error = NetError::Listen {
        address: "127.0.0.1:9000".parse().unwrap(),
        source: io::ErrorKind::AddrInUse.into(),
    };
    let failed = EndpointStatus {
        state: EndpointState::Failed,
        error: Some((3, Arc::new(error))),
        ..EndpointStatus::new(SERVER)
    };
    fold(&mut model, failed.clone(), Vec::new());
    fold(&mut model, failed, Vec::new());
    assert_eq!(model.notices.len(), 1);
    let notice = model.notices.newest_first().next().unwrap();
    assert_eq!(notice.place, NoticePlace::Endpoint("Server 1".to_owned()));
    let advice = notice.problem.advice(model.words);
    assert!(advice.is_some_and(|advice| advice.contains("free port")));
    assert_eq!((model.notices.unsolved(), model.notices.unread()), (1, 1));
    // It stays in the list once the server listens, and counts no more.
    fold(&mut model, listening(), Vec::new());
    assert_eq!((model.notices.len(), model.notices.unsolved()), (1, 0));
    assert_eq!(model.notices.unread(), 0);
}

#[test]
fn a_problem_of_a_removed_endpoint_is_solved() {
    let mut model = model();
    let source = io::ErrorKind::AddrInUse.into();
    let failed = EndpointStatus {
        state: EndpointState::Failed,
        error: Some((3, Arc::new(NetError::Start { source }))),
        ..EndpointStatus::new(CLIENT)
    };
    fold(&mut model, failed, Vec::new());
    model
        .notices
        .push(NoticePlace::Copy, Arc::new(WindowProblem::ReaderBusy));
    assert_eq!(model.notices.unsolved(), 2);
    let mut document = Document::clone(&model.document);
    document.remove(CLIENT).unwrap();
    model.show_document(Arc::new(document));
    assert_eq!((model.notices.len(), model.notices.unsolved()), (2, 1));
}

#[test]
fn another_recipient_is_chosen_for_a_removed_one() {
    let mut model = model();
    let mut document = Document::default();
    let mut removed = |id| {
        document.remove(id).unwrap();
        model.show_document(Arc::new(document.clone()));
        (model.send_to, model.endpoints.len())
    };
    assert_eq!(removed(CLIENT), (Some(Recipients::AllPeers(SERVER)), 1));
    assert_eq!(removed(SERVER), (None, 0));
}

#[test]
fn a_filter_that_an_encoding_cannot_represent_is_dropped_with_a_notice() {
    let mut model = model();
    let narrow = |model: &mut Model, pattern: &str| {
        let pattern = Some(Pattern::parse(pattern).unwrap());
        model.timeline.narrow(Filter {
            pattern,
            ..Filter::default()
        });
    };
    let long = "a".repeat(40_000);
    narrow(&mut model, &long);
    model.follow_encodings();
    assert!(model.timeline.filter().pattern.is_some());
    for form in &mut Arc::make_mut(&mut model.document).endpoints {
        if let EndpointKind::Server(server) = &mut form.kind {
            server.protocol.sent.encoding = "utf-16le".parse().unwrap();
        }
    }
    model.follow_encodings();
    assert_eq!(model.timeline.filter().pattern, None);
    let newest = model.notices.newest_first().next().unwrap();
    assert_eq!(newest.place, NoticePlace::Filter);
    narrow(&mut model, "short");
    model.follow_encodings();
    let filter = model.timeline.filter();
    assert!(filter.pattern.is_some() && filter.encodings.0.contains_key(&SERVER));
}

fn connected(connection: u64) -> EndpointStatus {
    EndpointStatus {
        state: EndpointState::Connected(FlowId::client(connection)),
        ..EndpointStatus::new(CLIENT)
    }
}

/// Folds a problem of a message to the client's connection of this number, or of none.
fn not_answered(model: &mut Model, connection: Option<u64>) {
    let answered = Answered {
        problem: Some(SendProblem::Ended(Ending::Reset { unsent_bytes: 0 })),
        problem_at: Some(ProblemPlace {
            endpoint: CLIENT,
            connection: connection.map(FlowId::client),
        }),
        ..Answered::default()
    };
    model.answer = Some(AnswerModel::new(model.recipients(), Now(1.0)));
    model.fold_answered(answered, Now(1.0));
}

#[test]
fn a_problem_of_the_last_message_is_over_with_the_next_connection() {
    let mut model = model();
    not_answered(&mut model, Some(3));
    // What is said late of the connection itself changes nothing.
    fold(&mut model, connected(3), Vec::new());
    assert!(model.answer.is_some());
    fold(&mut model, connected(4), Vec::new());
    assert!(model.answer.is_none());
    fold(&mut model, EndpointStatus::new(CLIENT), Vec::new());
    not_answered(&mut model, None);
    fold(&mut model, listening(), Vec::new());
    assert!(model.answer.is_some(), "another endpoint");
    fold(&mut model, connected(5), Vec::new());
    assert!(model.answer.is_none());
}

#[test]
fn a_client_no_longer_complains_once_its_server_listens() {
    let mut model = model();
    let client = model.endpoints.get_mut(&CLIENT).unwrap();
    client.problem = Some(Arc::new(WindowProblem::ReaderBusy));
    fold(&mut model, listening(), Vec::new());
    assert!(model.endpoints[&CLIENT].problem.is_none());
}

#[test]
fn what_came_of_a_message_stands_beside_its_own_recipients_only() {
    let mut model = model();
    not_answered(&mut model, Some(3));
    model.send_to = Some(Recipients::AllPeers(SERVER));
    model.forget_old_answer();
    assert!(model.answer.is_none());
    // The one that was removed gave way to another one.
    model.send_to = Some(Recipients::Client(CLIENT));
    not_answered(&mut model, Some(3));
    let mut document = Document::clone(&model.document);
    document.remove(CLIENT).unwrap();
    model.show_document(Arc::new(document));
    assert!(model.answer.is_none());
}
