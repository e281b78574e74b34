//! The status of endpoints and connections: folds entries, and remembers what changed since the last report.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::entry::Entry;
use super::kind::is_given_up;
use super::request::CLOSED_KEPT;
use super::status::{ConnectionState, ConnectionStatus, Ending, EndpointState, EndpointStatus};
use crate::net::{ConnectionId, EndpointId, EventKind, Link, NetError};

/// The status of all endpoints and all live connections.
///
/// A closed connection is reported once and then forgotten. What is waiting to be reported is bounded by the endpoints,
/// the live connections, those that the window knows as live, and [`CLOSED_KEPT`] other closed ones per endpoint; older
/// ones are left out.
#[derive(Debug, Default)]
pub(super) struct Tally {
    endpoints: HashMap<EndpointId, Tracked<EndpointStatus>>,
    live: HashMap<ConnectionId, Tracked<ConnectionStatus>>,
    changed_endpoints: BTreeSet<EndpointId>,
    changed_connections: BTreeSet<ConnectionId>,
    /// Closed connections that the window never saw live. The older ones may be left out.
    closed: HashMap<EndpointId, VecDeque<ConnectionStatus>>,
    /// Live connections that the window knows of.
    known: HashSet<ConnectionId>,
    /// Closed connections that the window knows as live. Each must be reported.
    known_closed: Vec<ConnectionStatus>,
}

#[derive(Debug)]
struct Tracked<T> {
    status: T,
    /// Whether it is in the set of changes; most entries change what is already there.
    changed: bool,
}

/// Changes, for a [`StatusUpdate`](super::StatusUpdate).
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) endpoints: Vec<EndpointStatus>,
    pub(super) connections: Vec<ConnectionStatus>,
    /// The closed ones that the window knows as live.
    pub(super) known_closed: HashSet<ConnectionId>,
}

impl Tally {
    /// Updates the status with `entry`.
    pub(super) fn fold(&mut self, entry: &Entry) {
        let id = entry.event.endpoint;
        match &entry.event.kind {
            EventKind::Listening { .. } => self.listening(entry),
            EventKind::LookingUp { .. } | EventKind::Connecting => {
                self.start(id, EndpointState::Connecting);
            }
            EventKind::Connected { took } => self.open(entry, Some(*took)),
            EventKind::Accepted => self.open(entry, None),
            EventKind::ConnectFailed { error, last: true } => self.connect_failed(entry, error),
            EventKind::Received { .. } => self.received(entry, entry.size_bytes),
            EventKind::Sent { .. } => self.sent(entry, entry.size_bytes),
            EventKind::PeerFinished => self.finished(entry, ConnectionState::PeerFinished),
            EventKind::WeFinished => self.finished(entry, ConnectionState::WeFinished),
            EventKind::Closed(_) | EventKind::Reset { .. } => self.close(entry),
            EventKind::AcceptPaused { error } => {
                self.set_paused(id, true);
                self.endpoint(id).error = Some((entry.number, Arc::clone(error)));
            }
            EventKind::AcceptResumed => self.accept_resumed(id),
            EventKind::Failed { error } => self.failed(entry, error),
            EventKind::Stopped => self.endpoint(id).state = EndpointState::Idle,
            // The next address may still be reached, and a clock does not belong to an endpoint.
            EventKind::ConnectFailed { last: false, .. }
            | EventKind::Missing { .. }
            | EventKind::NotRecorded { .. }
            | EventKind::ClockAdjusted { .. }
            | EventKind::AcceptAborted { .. } => {}
        }
    }

    /// Takes the changes since the last call.
    pub(super) fn take_changes(&mut self) -> Changes {
        let mut changes = Changes::default();
        for id in std::mem::take(&mut self.changed_endpoints) {
            if let Some(endpoint) = self.endpoints.get_mut(&id) {
                endpoint.changed = false;
                changes.endpoints.push(endpoint.status.clone());
            }
        }
        changes.connections = self.closed.drain().flat_map(|(_, closed)| closed).collect();
        let known_closed = std::mem::take(&mut self.known_closed);
        changes.known_closed = known_closed
            .iter()
            .map(|status| status.connection)
            .collect();
        changes.connections.extend(known_closed);
        for id in std::mem::take(&mut self.changed_connections) {
            if let Some(connection) = self.live.get_mut(&id) {
                connection.changed = false;
                self.known.insert(id);
                changes.connections.push(connection.status.clone());
            }
        }
        changes
            .connections
            .sort_unstable_by_key(|status| status.connection);
        changes
    }

    /// Returns changes that could not be reported. Must precede further folding.
    pub(super) fn put_back(&mut self, changes: Changes) {
        for status in changes.endpoints {
            self.endpoint(status.endpoint);
        }
        for status in changes.connections {
            if status.state.is_live() {
                self.connection(Some(status.connection));
            } else if changes.known_closed.contains(&status.connection) {
                self.known_closed.push(status);
            } else {
                self.keep_closed(status);
            }
        }
    }

    /// Returns the endpoint's status and marks it as changed.
    fn endpoint(&mut self, id: EndpointId) -> &mut EndpointStatus {
        let tracked = self.endpoints.entry(id).or_insert_with(|| Tracked {
            status: EndpointStatus::new(id),
            changed: false,
        });
        if !tracked.changed {
            tracked.changed = true;
            self.changed_endpoints.insert(id);
        }
        &mut tracked.status
    }

    /// Returns the live connection's status and marks it as changed.
    fn connection(&mut self, id: Option<ConnectionId>) -> Option<&mut ConnectionStatus> {
        let id = id?;
        let tracked = self.live.get_mut(&id)?;
        if !tracked.changed {
            tracked.changed = true;
            self.changed_connections.insert(id);
        }
        Some(&mut tracked.status)
    }

    fn start(&mut self, id: EndpointId, state: EndpointState) {
        let endpoint = self.endpoint(id);
        endpoint.state = state;
        endpoint.error = None;
    }

    fn listening(&mut self, entry: &Entry) {
        if let EventKind::Listening {
            local,
            backlog,
            dual_stack,
        } = entry.event.kind
        {
            let state = EndpointState::Listening {
                local,
                backlog,
                dual_stack,
                paused: false,
            };
            self.start(entry.event.endpoint, state);
        }
    }

    fn connect_failed(&mut self, entry: &Entry, error: &Arc<NetError>) {
        let endpoint = self.endpoint(entry.event.endpoint);
        if is_given_up(error) {
            endpoint.state = EndpointState::Idle;
        } else {
            endpoint.state = EndpointState::Failed;
            endpoint.error = Some((entry.number, Arc::clone(error)));
        }
    }

    fn failed(&mut self, entry: &Entry, error: &Arc<NetError>) {
        let endpoint = self.endpoint(entry.event.endpoint);
        // A payload waiting for a connect is lost with it; the failed connect is the error worth showing.
        let is_lost_payload = matches!(**error, NetError::NotOpen { .. });
        if is_lost_payload && endpoint.state == EndpointState::Failed {
            return;
        }
        endpoint.error = Some((entry.number, Arc::clone(error)));
        if matches!(**error, NetError::Listen { .. } | NetError::Start { .. }) {
            endpoint.state = EndpointState::Failed;
        }
    }

    fn set_paused(&mut self, id: EndpointId, is_paused: bool) {
        if let EndpointState::Listening { paused, .. } = &mut self.endpoint(id).state {
            *paused = is_paused;
        }
    }

    fn accept_resumed(&mut self, id: EndpointId) {
        self.set_paused(id, false);
        let endpoint = self.endpoint(id);
        let error = endpoint.error.take();
        endpoint.error = error.filter(|(_, error)| !matches!(**error, NetError::Accept { .. }));
    }

    fn open(&mut self, entry: &Entry, connect_took: Option<Duration>) {
        let Some(link) = entry.event.link.as_deref() else {
            return;
        };
        let status = opened(entry, link, connect_took);
        let id = status.connection;
        let endpoint = self.endpoint(status.endpoint);
        endpoint.open_connections += 1;
        if connect_took.is_some() {
            endpoint.state = EndpointState::Connected(id);
        }
        let changed = true;
        self.live.insert(id, Tracked { status, changed });
        self.changed_connections.insert(id);
    }

    fn received(&mut self, entry: &Entry, bytes: u64) {
        if let Some(connection) = self.connection(connection_of(entry)) {
            connection.received_bytes += bytes;
        }
        self.endpoint(entry.event.endpoint).received_bytes += bytes;
    }

    fn sent(&mut self, entry: &Entry, bytes: u64) {
        if let Some(connection) = self.connection(connection_of(entry)) {
            connection.sent_bytes += bytes;
        }
        self.endpoint(entry.event.endpoint).sent_bytes += bytes;
    }

    fn finished(&mut self, entry: &Entry, state: ConnectionState) {
        if let Some(connection) = self.connection(connection_of(entry)) {
            // Once we have finished we cannot send, whatever the peer does afterwards.
            if !matches!(connection.state, ConnectionState::WeFinished) {
                connection.state = state;
            }
        }
    }

    fn close(&mut self, entry: &Entry) {
        let Some(id) = connection_of(entry) else {
            return;
        };
        let Some(Tracked { mut status, .. }) = self.live.remove(&id) else {
            return;
        };
        self.changed_connections.remove(&id);
        if let Some(ending) = Ending::of(&entry.event.kind) {
            status.state = ConnectionState::Closed(ending);
        }
        if self.known.remove(&id) {
            self.known_closed.push(status);
        } else {
            self.keep_closed(status);
        }
        let endpoint = self.endpoint(entry.event.endpoint);
        endpoint.open_connections = endpoint.open_connections.saturating_sub(1);
        endpoint.ended_connections += 1;
        if endpoint.state == EndpointState::Connected(id) {
            endpoint.state = EndpointState::Idle;
        }
    }

    fn keep_closed(&mut self, status: ConnectionStatus) {
        let closed = self.closed.entry(status.endpoint).or_default();
        closed.push_back(status);
        if closed.len() > CLOSED_KEPT {
            closed.pop_front();
        }
    }
}

fn connection_of(entry: &Entry) -> Option<ConnectionId> {
    entry.event.link.as_ref().map(|link| link.connection)
}

fn opened(entry: &Entry, link: &Link, connect_took: Option<Duration>) -> ConnectionStatus {
    ConnectionStatus {
        connection: link.connection,
        endpoint: entry.event.endpoint,
        local: link.local,
        peer: link.peer,
        state: ConnectionState::Open,
        since: entry.time,
        connect_took,
        received_bytes: 0,
        sent_bytes: 0,
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::capture::synthetic::{
        accepted, closed, connect_error, entries, event, listening, local, received, sent,
    };
    use crate::net::{Backlog, Event};

    fn folded(events: impl IntoIterator<Item = Event>) -> Tally {
        let mut tally = Tally::default();
        for entry in entries(events) {
            tally.fold(&entry);
        }
        tally
    }

    fn connected() -> EventKind {
        EventKind::Connected {
            took: Duration::from_micros(80),
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
            backlog: Backlog {
                requested: 128,
                effective: Some(128),
            },
            dual_stack: false,
            paused,
        }
    }

    #[test]
    fn a_client_looking_up_a_name_is_connecting() {
        let kinds = [connect_failed(refused(), true), looking_up()];
        let mut tally = folded(kinds.map(|kind| event(1, 1, 0, kind)));
        let endpoint = &tally.take_changes().endpoints[0];
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
            let changes = folded(events).take_changes();
            let [endpoint] = changes.endpoints.as_slice() else {
                panic!("{words}: {changes:?}");
            };
            assert_eq!(endpoint.state, state, "{words}");
            let number = endpoint.error.as_ref().map(|(number, _)| *number);
            assert_eq!(number, error, "{words}");
        };
        let id = ConnectionId(7);
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
            EndpointState::Connected(ConnectionId(8)),
            None,
        );
    }

    #[test]
    fn a_connections_status_follows_its_entries() {
        let check = |kinds: Vec<EventKind>, expected: ConnectionState| {
            let kinds = [accepted()].into_iter().chain(kinds);
            let events = kinds.map(|kind| event(1, 1, 7, kind));
            let changes = folded(events).take_changes();
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
        let changes = tally.take_changes();
        let endpoint = &changes.endpoints[0];
        assert_eq!((endpoint.received_bytes, endpoint.sent_bytes), (6, 2));
        assert_eq!(
            (endpoint.open_connections, endpoint.ended_connections),
            (1, 1)
        );
        let bytes = changes.connections.iter();
        let bytes: Vec<_> = bytes
            .map(|c| (c.connection.0, c.received_bytes, c.sent_bytes))
            .collect();
        assert_eq!(bytes, [(7, 5, 2), (8, 1, 0)]);
        assert!(!tally.live.contains_key(&ConnectionId(8)), "forgotten");
    }

    #[test]
    fn connections_reported_live_are_all_reported_closed_and_the_newest_of_the_others() {
        let peers = CLOSED_KEPT as u64 * 3;
        let open = |id| event(id, 1, id, accepted());
        let close = |id| event(peers + id, 1, id, closed());
        let mut tally = folded((1..=peers).map(open));
        assert_eq!(tally.take_changes().connections.len() as u64, peers);
        for entry in entries((1..=peers).map(close)) {
            tally.fold(&entry);
        }
        let changes = tally.take_changes();
        assert_eq!(changes.connections.len() as u64, peers);
        // The window had no room: they wait for the next report, and none is left out then either.
        tally.put_back(changes);
        let unseen = (peers + 1..=2 * peers).flat_map(|id| [open(id), event(id, 1, id, closed())]);
        for entry in entries(unseen) {
            tally.fold(&entry);
        }
        let reported = tally.take_changes().connections;
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
        let ids = |changes: &Changes| {
            let endpoints = changes.endpoints.iter().map(|status| status.endpoint.0);
            let connections = changes.connections.iter().map(|status| status.connection.0);
            (
                endpoints.collect::<Vec<_>>(),
                connections.collect::<Vec<_>>(),
            )
        };
        let changes = tally.take_changes();
        assert_eq!(ids(&changes), (vec![1, 2], vec![7, 8]));
        tally.put_back(changes);
        assert_eq!(ids(&tally.take_changes()), (vec![1, 2], vec![7, 8]));
        assert_eq!(ids(&tally.take_changes()), (vec![], vec![]));
        for entry in entries([event(4, 1, 7, received(1, b"x"))]) {
            tally.fold(&entry);
        }
        assert_eq!(ids(&tally.take_changes()), (vec![1], vec![7]));
    }

    #[test]
    fn unreported_churn_keeps_only_the_newest_closed_connections() {
        let count = CLOSED_KEPT as u64 + 500;
        let events =
            (1..=count).flat_map(|id| [event(1, 1, id, accepted()), event(2, 1, id, closed())]);
        let mut tally = folded(events);
        assert!(tally.changed_connections.is_empty());
        let changes = tally.take_changes();
        let reported: Vec<u64> = changes.connections.iter().map(|c| c.connection.0).collect();
        assert_eq!(reported, (501..=count).collect::<Vec<_>>());
        assert_eq!(changes.endpoints[0].ended_connections, count);
    }

    #[test]
    fn a_failed_address_before_the_last_is_not_an_endpoint_error() {
        let error = connect_error(io::ErrorKind::ConnectionRefused);
        let kind = EventKind::ConnectFailed { error, last: false };
        let changes = folded([event(1, 1, 7, kind)]).take_changes();
        assert!(changes.endpoints.is_empty() && changes.connections.is_empty());
    }
}
