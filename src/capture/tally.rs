//! The status of endpoints and connections: folds entries, and remembers what changed since the last report.

mod tls;

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::Hash;
use std::mem;
use std::sync::Arc;
use std::time::Duration;

use super::entry::Entry;
use super::event::EventKind;
use super::kind::is_given_up;
use super::request::{CLOSED_KEPT, StatusUpdate};
use super::status::{
    ConnectionState, ConnectionStatus, ConnectionTls, Ending, EndpointState, EndpointStatus, Pace,
    RUNS_KEPT, RunStatus,
};
use crate::net::{Accepting, EndpointId, FlowId, NetError, Role, SequenceEnd};
use tls::wire_bytes;

/// The status of all endpoints and all live connections.
///
/// A closed connection is reported once and then forgotten. What is waiting to be reported is bounded by the endpoints,
/// the live connections, those that the window knows as live, and [`CLOSED_KEPT`] other closed ones per endpoint; older
/// ones are left out.
#[derive(Debug, Default)]
pub(super) struct Tally {
    endpoints: HashMap<EndpointId, Tracked<EndpointStatus>>,
    live: HashMap<FlowId, Tracked<ConnectionStatus>>,
    /// How many live connections have both of their ends here.
    pairs: u64,
    changed_endpoints: BTreeSet<EndpointId>,
    changed_connections: BTreeSet<FlowId>,
    /// Closed connections that the window never saw live. The older ones may be left out.
    closed: HashMap<EndpointId, VecDeque<ConnectionStatus>>,
    /// Closed connections that the window knows as live. Each must be reported.
    known_closed: Vec<ConnectionStatus>,
}

#[derive(Debug)]
struct Tracked<T> {
    status: T,
    /// Whether it is in the set of changes; most entries change what is already there.
    is_changed: bool,
    /// Whether the window knows of it.
    is_known: bool,
}

impl<T> Tracked<T> {
    fn new(status: T) -> Self {
        Self {
            status,
            is_changed: false,
            is_known: false,
        }
    }

    /// Returns the status and marks it as changed.
    fn change<K: Ord>(&mut self, id: K, changed: &mut BTreeSet<K>) -> &mut T {
        if !self.is_changed {
            self.is_changed = true;
            changed.insert(id);
        }
        &mut self.status
    }

    fn note_reported<K: Eq + Hash>(all: &mut HashMap<K, Self>, changed: &mut BTreeSet<K>) {
        for id in mem::take(changed) {
            if let Some(tracked) = all.get_mut(&id) {
                (tracked.is_changed, tracked.is_known) = (false, true);
            }
        }
    }
}

impl Tally {
    /// Updates the status with `entry`.
    pub(super) fn fold(&mut self, entry: &Entry) {
        let id = entry.event.endpoint;
        match &entry.event.kind {
            EventKind::Listening {
                local,
                backlog,
                dual_stack,
            } => self.start(
                id,
                EndpointState::Listening {
                    local: local.clone(),
                    backlog: Some(*backlog),
                    dual_stack: *dual_stack,
                    paused: false,
                    accepting: Accepting::Accept,
                },
            ),
            EventKind::Bound {
                local, dual_stack, ..
            } => self.start(
                id,
                EndpointState::Listening {
                    local: local.clone(),
                    backlog: None,
                    dual_stack: *dual_stack,
                    paused: false,
                    accepting: Accepting::Accept,
                },
            ),
            EventKind::LookingUp { .. } | EventKind::Connecting => {
                self.start(id, EndpointState::Connecting);
            }
            EventKind::Reconnecting {
                after,
                attempt,
                attempts,
            } => {
                let (after, attempt, attempts) = (*after, *attempt, *attempts);
                self.reconnecting(
                    id,
                    EndpointState::Reconnecting {
                        after,
                        attempt,
                        attempts,
                    },
                );
            }
            EventKind::Connected { took, .. } => self.open(entry, Some(*took)),
            EventKind::Accepted { .. } => self.open(entry, None),
            EventKind::ConnectFailed { error, last: true } => self.connect_failed(entry, error),
            EventKind::Received { .. } => self.received(entry),
            EventKind::Sent { .. } => self.sent(entry),
            EventKind::PeerFinished => self.finished(entry, ConnectionState::PeerFinished),
            EventKind::Upgraded => self.began_tls(entry),
            // All of it that ends the connection is followed by its end.
            EventKind::Tls(report) => self.reported_tls(entry, report),
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
            | EventKind::AcceptAborted { .. }
            | EventKind::Waiting { .. }
            | EventKind::Cancelled { .. }
            | EventKind::QueueCancelled { .. }
            | EventKind::Unanswered { .. }
            | EventKind::Disturbed(_)
            | EventKind::Truncated { .. }
            | EventKind::Dropped { .. }
            | EventKind::Unread { .. }
            | EventKind::Unknown { .. } => {}
            EventKind::SequenceBegan { name } => self.ran(entry, name, None),
            EventKind::SequenceEnded { name, end } => self.ran(entry, name, Some(end)),
            EventKind::AcceptingChanged { accepting } => self.set_accepting(id, *accepting),
            EventKind::ReadingStopped => self.set_reading_stopped(entry, true),
            EventKind::ReadingResumed => self.set_reading_stopped(entry, false),
            EventKind::PaceChanged { rate, slices } => {
                let (rate, slices) = (*rate, *slices);
                if let Some(connection) = self.connection(entry) {
                    connection.pace = Pace { rate, slices };
                }
            }
        }
    }

    /// Returns the changes since those that were reported last.
    pub(super) fn changes(&self) -> StatusUpdate {
        let endpoints = self.changed_endpoints.iter();
        let endpoints = endpoints.filter_map(|id| self.endpoints.get(id));
        let live = self.changed_connections.iter();
        let live = live.filter_map(|id| Some(&self.live.get(id)?.status));
        let closed = self.closed.values().flatten().chain(&self.known_closed);
        let mut connections: Vec<_> = live.chain(closed).cloned().collect();
        connections.sort_unstable_by_key(|status| status.connection);
        StatusUpdate {
            endpoints: endpoints.map(|it| it.status.clone()).collect(),
            connections,
            live_connections: self.live.len() as u64 - self.pairs,
            ..StatusUpdate::default()
        }
    }

    /// Notes that all changes have been reported.
    pub(super) fn note_reported(&mut self) {
        Tracked::note_reported(&mut self.endpoints, &mut self.changed_endpoints);
        Tracked::note_reported(&mut self.live, &mut self.changed_connections);
        self.closed.clear();
        self.known_closed.clear();
    }

    /// Returns the endpoint's status and marks it as changed.
    fn endpoint(&mut self, id: EndpointId) -> &mut EndpointStatus {
        let tracked = self.endpoints.entry(id);
        let tracked = tracked.or_insert_with(|| Tracked::new(EndpointStatus::new(id)));
        tracked.change(id, &mut self.changed_endpoints)
    }

    /// Returns the status of the entry's connection, if it is live, and marks it as changed.
    fn connection(&mut self, entry: &Entry) -> Option<&mut ConnectionStatus> {
        let id = entry.event.link.as_ref()?.connection;
        let tracked = self.live.get_mut(&id)?;
        Some(tracked.change(id, &mut self.changed_connections))
    }

    fn start(&mut self, id: EndpointId, state: EndpointState) {
        let endpoint = self.endpoint(id);
        endpoint.state = state;
        endpoint.error = None;
    }

    fn reconnecting(&mut self, id: EndpointId, state: EndpointState) {
        let endpoint = self.endpoint(id);
        // Another one of its connections may still be open.
        if !matches!(endpoint.state, EndpointState::Connected(_)) {
            endpoint.state = state;
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
        let is_undelivered = matches!(**error, NetError::Undelivered { .. });
        if is_undelivered && let Some(connection) = self.connection(entry) {
            connection.undelivered += 1;
            // A reply that did not get there concerns its peer, which is gone, and not the server.
            if connection.connection.role == Role::Server {
                return;
            }
        }
        // Whatever one of many UDP peers does is its own affair.
        let link = entry.event.link.as_deref();
        let is_of_a_peer = link.is_some_and(|link| link.connection.role == Role::Server)
            && matches!(
                **error,
                NetError::Undelivered { .. } | NetError::Overrun { .. }
            );
        if is_of_a_peer {
            return;
        }
        let endpoint = self.endpoint(entry.event.endpoint);
        // A payload waiting for a connect is lost with it; the failed connect is the error worth showing.
        let is_lost_payload = matches!(
            **error,
            NetError::NotConnected { .. } | NetError::NotOpen { .. }
        );
        if is_lost_payload && endpoint.state == EndpointState::Failed {
            return;
        }
        endpoint.error = Some((entry.number, Arc::clone(error)));
        let is_end = match **error {
            NetError::Listen { .. } | NetError::Start { .. } | NetError::Lab { .. } => true,
            // Of a connection, only that one ends.
            NetError::TlsSettings { .. } => entry.event.link.is_none(),
            _ => false,
        };
        if is_end {
            endpoint.state = EndpointState::Failed;
        }
    }

    fn ran(&mut self, entry: &Entry, name: &str, end: Option<&Arc<SequenceEnd>>) {
        let link = entry.event.link.as_ref();
        let run = RunStatus {
            name: name.to_owned(),
            connection: link.map(|link| link.connection),
            entry: entry.number,
            end: end.cloned(),
        };
        let runs = Arc::make_mut(&mut self.endpoint(entry.event.endpoint).runs);
        runs.retain(|it| it.name != name);
        if runs.len() >= RUNS_KEPT {
            runs.remove(0);
        }
        runs.push(run);
    }

    fn set_paused(&mut self, id: EndpointId, is_paused: bool) {
        if let EndpointState::Listening { paused, .. } = &mut self.endpoint(id).state {
            *paused = is_paused;
        }
    }

    fn set_accepting(&mut self, id: EndpointId, to: Accepting) {
        if let EndpointState::Listening { accepting, .. } = &mut self.endpoint(id).state {
            *accepting = to;
        }
    }

    fn set_reading_stopped(&mut self, entry: &Entry, is_stopped: bool) {
        if let Some(connection) = self.connection(entry) {
            connection.is_reading_stopped = is_stopped;
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
        let id = link.connection;
        let status = ConnectionStatus {
            connection: id,
            endpoint: entry.event.endpoint,
            local: link.local.clone(),
            peer: link.peer.clone(),
            state: ConnectionState::Open,
            since: entry.time,
            connect_took,
            received_bytes: 0,
            sent_bytes: 0,
            wire_received_bytes: 0,
            wire_sent_bytes: 0,
            tls: ConnectionTls::Plain,
            reads: 0,
            writes: 0,
            undelivered: 0,
            last_activity: entry.time,
            is_reading_stopped: false,
            pace: Pace::default(),
        };
        let endpoint = self.endpoint(status.endpoint);
        endpoint.open_connections += 1;
        if connect_took.is_some() {
            endpoint.state = EndpointState::Connected(id);
        }
        let mut tracked = Tracked::new(status);
        tracked.change(id, &mut self.changed_connections);
        self.pairs += u64::from(self.live.contains_key(&id.other_end()));
        self.live.insert(id, tracked);
    }

    fn received(&mut self, entry: &Entry) {
        if let Some(connection) = self.connection(entry) {
            connection.received_bytes += entry.size_bytes;
            connection.wire_received_bytes += wire_bytes(entry);
            connection.reads += 1;
            connection.last_activity = entry.time;
        }
        self.endpoint(entry.event.endpoint).received_bytes += entry.size_bytes;
    }

    fn sent(&mut self, entry: &Entry) {
        if let Some(connection) = self.connection(entry) {
            connection.sent_bytes += entry.size_bytes;
            connection.wire_sent_bytes += wire_bytes(entry);
            connection.writes += 1;
            connection.last_activity = entry.time;
        }
        self.endpoint(entry.event.endpoint).sent_bytes += entry.size_bytes;
    }

    fn finished(&mut self, entry: &Entry, state: ConnectionState) {
        if let Some(connection) = self.connection(entry) {
            // Once we have finished we cannot send, whatever the peer does afterwards.
            if !matches!(connection.state, ConnectionState::WeFinished) {
                connection.state = state;
            }
        }
    }

    fn close(&mut self, entry: &Entry) {
        let link = entry.event.link.as_ref();
        let closed = link.and_then(|link| self.live.remove_entry(&link.connection));
        let Some((id, tracked)) = closed else {
            return;
        };
        self.pairs -= u64::from(self.live.contains_key(&id.other_end()));
        self.changed_connections.remove(&id);
        let mut status = tracked.status;
        if let Some(ending) = Ending::of(&entry.event.kind) {
            status.state = ConnectionState::Closed(ending);
        }
        if tracked.is_known {
            self.known_closed.push(status);
        } else {
            let closed = self.closed.entry(status.endpoint).or_default();
            closed.push_back(status);
            if closed.len() > CLOSED_KEPT {
                closed.pop_front();
            }
        }
        let endpoint = self.endpoint(entry.event.endpoint);
        endpoint.open_connections = endpoint.open_connections.saturating_sub(1);
        endpoint.ended_connections += 1;
        if endpoint.state == EndpointState::Connected(id) {
            endpoint.state = EndpointState::Idle;
            // To its user, a client whose handshake failed has not connected.
            if let EventKind::Closed(closed) = &entry.event.kind
                && let Some(error) = closed.failed_handshake()
            {
                endpoint.state = EndpointState::Failed;
                endpoint.error = Some((entry.number, Arc::clone(error)));
            }
        }
    }
}

#[cfg(test)]
mod tests;
