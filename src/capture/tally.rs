//! How endpoints and connections stand: a fold of entries that remembers what changed since it was last told.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::entry::Entry;
use super::request::CLOSED_KEPT;
use super::row::is_given_up;
use super::status::{ConnectionState, ConnectionStatus, EndpointState, EndpointStatus};
use super::words;
use crate::net::{ConnectionId, EndpointId, EventKind, Link, NetError};

/// The statuses of all endpoints and of all live connections.
///
/// A closed connection is told once and forgotten. What waits to be told is bounded by the endpoints, the live
/// connections, and [`CLOSED_KEPT`] closed ones for each endpoint: older ones are left out.
#[derive(Debug, Default)]
pub(super) struct Tally {
    endpoints: HashMap<EndpointId, Tracked<EndpointStatus>>,
    live: HashMap<ConnectionId, Tracked<ConnectionStatus>>,
    changed_endpoints: BTreeSet<EndpointId>,
    changed_connections: BTreeSet<ConnectionId>,
    closed: HashMap<EndpointId, VecDeque<ConnectionStatus>>,
}

#[derive(Debug)]
struct Tracked<T> {
    status: T,
    /// Whether it stands in the set of changed ones: most entries change what is in there already.
    changed: bool,
}

/// What changed, for a [`StatusUpdate`](super::StatusUpdate).
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) endpoints: Vec<EndpointStatus>,
    pub(super) connections: Vec<ConnectionStatus>,
}

impl Tally {
    /// Counts `entry` in.
    pub(super) fn fold(&mut self, entry: &Entry) {
        let id = entry.event.endpoint;
        match &entry.event.kind {
            EventKind::Listening { .. } => self.listening(entry),
            EventKind::Connecting => self.start(id, EndpointState::Connecting),
            EventKind::Connected { took } => self.open(entry, Some(*took)),
            EventKind::Accepted => self.open(entry, None),
            EventKind::ConnectFailed { error, last: true } => self.connect_failed(entry, error),
            EventKind::Received { payload } => self.received(entry, payload.bytes.len() as u64),
            EventKind::Sent { payload, .. } => self.sent(entry, payload.bytes.len() as u64),
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
            // The next address may still be reached; and a clock belongs to no endpoint.
            EventKind::ConnectFailed { last: false, .. } | EventKind::ClockAdjusted { .. } => {}
        }
    }

    /// Takes what changed since the last call.
    pub(super) fn take_changes(&mut self) -> Changes {
        let mut changes = Changes::default();
        for id in std::mem::take(&mut self.changed_endpoints) {
            if let Some(endpoint) = self.endpoints.get_mut(&id) {
                endpoint.changed = false;
                changes.endpoints.push(endpoint.status.clone());
            }
        }
        changes.connections = self.closed.drain().flat_map(|(_, closed)| closed).collect();
        for id in std::mem::take(&mut self.changed_connections) {
            if let Some(connection) = self.live.get_mut(&id) {
                connection.changed = false;
                changes.connections.push(connection.status.clone());
            }
        }
        changes
            .connections
            .sort_unstable_by_key(|status| status.connection);
        changes
    }

    /// Takes back changes that could not be told, before anything else is folded.
    pub(super) fn put_back(&mut self, changes: Changes) {
        for status in changes.endpoints {
            self.endpoint(status.endpoint);
        }
        for status in changes.connections {
            if status.state.is_live() {
                self.connection(Some(status.connection));
            } else {
                self.keep_closed(status);
            }
        }
    }

    /// Returns the endpoint's status, noted as changed.
    fn endpoint(&mut self, id: EndpointId) -> &mut EndpointStatus {
        let tracked = self.endpoints.entry(id).or_insert_with(|| Tracked {
            status: EndpointStatus {
                endpoint: id,
                state: EndpointState::Idle,
                open_connections: 0,
                ended_connections: 0,
                received_bytes: 0,
                sent_bytes: 0,
                error: None,
            },
            changed: false,
        });
        if !tracked.changed {
            tracked.changed = true;
            self.changed_endpoints.insert(id);
        }
        &mut tracked.status
    }

    /// Returns the live connection's status, noted as changed.
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
            // Once we have finished we cannot send, whatever the peer does after.
            if connection.state != ConnectionState::WeFinished {
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
        if let Some((words, bad)) = words::ending(&entry.event.kind) {
            status.state = ConnectionState::Closed { words, bad };
        }
        self.keep_closed(status);
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
