//! How one endpoint stands, with its connections: all live ones and the newest closed ones.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;

use super::Now;
use super::rate::RateMeter;
use crate::capture::{CLOSED_KEPT, ConnectionStatus, EndpointState, EndpointStatus};
use crate::net::{ConnectionId, EndpointId, NetError};

/// One endpoint.
#[derive(Debug, Default)]
pub struct EndpointModel {
    /// How it stands.
    pub status: Standing,
    /// Its connections by number: all live ones and the newest [`CLOSED_KEPT`] closed ones.
    pub connections: BTreeMap<ConnectionId, ConnectionStatus>,
    /// The same connections in the order of the list: live ones, then the closed ones, newest first.
    pub listed: Vec<ConnectionId>,
    /// The connections that the user selected; live ones only.
    pub selected_peers: BTreeSet<ConnectionId>,
    /// How fast bytes come and go.
    pub rate: RateMeter,
    /// What is wrong with the last order to it; cleared by the next one.
    pub problem: Option<String>,
    closed: BTreeSet<ConnectionId>,
    listing_is_old: bool,
}

/// The counters of an endpoint, zero before it was first started.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Its state.
    pub state: EndpointState,
    /// Live connections.
    pub open_connections: u64,
    /// Connections that have ended.
    pub ended_connections: u64,
    /// Bytes received.
    pub received_bytes: u64,
    /// Bytes sent.
    pub sent_bytes: u64,
    /// The newest error, with its entry's number.
    pub error: Option<(u64, Arc<NetError>)>,
}

impl EndpointModel {
    /// Takes a new status over; returns its error when it is a new one.
    pub(super) fn fold_status(
        &mut self,
        status: EndpointStatus,
        now: Now,
    ) -> Option<Arc<NetError>> {
        let EndpointStatus {
            endpoint: EndpointId(_),
            state,
            error,
            ..
        } = status;
        let known = self.status.error.as_ref().map(|(entry, _)| *entry);
        let news = error
            .as_ref()
            .filter(|(entry, _)| Some(*entry) != known)
            .map(|(_, error)| Arc::clone(error));
        self.status = Standing {
            state,
            error,
            open_connections: status.open_connections,
            ended_connections: status.ended_connections,
            received_bytes: status.received_bytes,
            sent_bytes: status.sent_bytes,
        };
        self.rate
            .note(now, status.received_bytes, status.sent_bytes);
        news
    }

    /// Takes a connection's new status over.
    pub(super) fn fold_connection(&mut self, connection: ConnectionStatus) {
        let id = connection.connection;
        let was_live = self.connections.get(&id).map(|known| known.state.is_live());
        let is_live = connection.state.is_live();
        self.connections.insert(id, connection);
        if !is_live {
            self.closed.insert(id);
            self.selected_peers.remove(&id);
        }
        while self.closed.len() > CLOSED_KEPT {
            if let Some(oldest) = self.closed.pop_first() {
                self.connections.remove(&oldest);
            }
        }
        if was_live != Some(is_live) {
            self.listing_is_old = true;
        }
    }

    /// Brings [`Self::listed`] up to date; call it once after folding many connections.
    pub(super) fn relist(&mut self) {
        if !std::mem::take(&mut self.listing_is_old) {
            return;
        }
        let live = self
            .connections
            .values()
            .filter(|c| c.state.is_live())
            .map(|c| c.connection);
        self.listed.clear();
        self.listed.extend(live);
        self.listed.extend(self.closed.iter().rev());
    }

    /// Returns the address that a server listens on.
    pub fn bound(&self) -> Option<SocketAddr> {
        match self.status.state {
            EndpointState::Listening { local, .. } => Some(local),
            _ => None,
        }
    }

    /// Returns a client's live connection.
    pub fn connected(&self) -> Option<&ConnectionStatus> {
        match self.status.state {
            EndpointState::Connected(id) => self.connections.get(&id),
            _ => None,
        }
    }
}
