//! The state of one endpoint and its connections: all live ones and the newest closed ones.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Now;
use super::rate::RateMeter;
use crate::capture::{CLOSED_KEPT, ConnectionStatus, EndpointState, EndpointStatus};
use crate::net::{Address, EndpointId, FlowId, NetError};
use crate::session::RuleCounts;
use crate::words::Problem;
use crate::workspace::FieldError;

/// One endpoint.
#[derive(Debug)]
pub struct EndpointModel {
    /// Its state.
    pub status: EndpointStatus,
    /// Its connections by number: all live ones and the newest [`CLOSED_KEPT`] closed ones.
    pub connections: BTreeMap<FlowId, ConnectionStatus>,
    /// The same connections in the order of the list: live ones, then the closed ones, newest first.
    pub listed: Vec<FlowId>,
    /// The connections that the user selected; live ones only.
    pub selected_peers: BTreeSet<FlowId>,
    /// How fast bytes are received and sent.
    pub rate: RateMeter,
    /// How often its rules applied.
    pub rules: RuleCounts,
    /// When a client connects again by itself, if it waits for that.
    connects_at: Option<Now>,
    /// The first thing that is wrong with its setup: found when the setup changes, since rules take long to check.
    pub setup_problem: Option<FieldError>,
    /// What was wrong with the last request; cleared by the next one.
    pub problem: Option<Problem>,
    closed: BTreeSet<FlowId>,
    listing_is_old: bool,
}

impl EndpointModel {
    /// Makes the model of an endpoint that was never started.
    pub(super) fn new(endpoint: EndpointId) -> Self {
        Self {
            status: EndpointStatus::new(endpoint),
            connections: BTreeMap::new(),
            listed: Vec::new(),
            selected_peers: BTreeSet::new(),
            rate: RateMeter::default(),
            rules: RuleCounts::default(),
            connects_at: None,
            setup_problem: None,
            problem: None,
            closed: BTreeSet::new(),
            listing_is_old: false,
        }
    }

    /// Applies a new status; returns its error if that is new.
    pub(super) fn fold_status(
        &mut self,
        status: EndpointStatus,
        now: Now,
    ) -> Option<Arc<NetError>> {
        let known = self.status.error.as_ref().map(|(entry, _)| *entry);
        if self.status.state != status.state {
            self.connects_at = match &status.state {
                EndpointState::Reconnecting { after, .. } => Some(Now(now.0 + after.as_secs_f64())),
                _ => None,
            };
        }
        self.status = status;
        self.rate
            .note(now, self.status.received_bytes, self.status.sent_bytes);
        let (entry, error) = self.status.error.as_ref()?;
        (Some(*entry) != known).then(|| Arc::clone(error))
    }

    /// Applies a connection's new status.
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

    /// Removes the closed connections from the list.
    pub(super) fn forget_closed(&mut self) {
        for id in std::mem::take(&mut self.closed) {
            self.connections.remove(&id);
        }
        self.listing_is_old = true;
        self.relist();
    }

    /// Returns whether the list contains closed connections.
    pub fn lists_closed(&self) -> bool {
        !self.closed.is_empty()
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

    /// Returns in how many seconds a client connects again by itself, if it waits for that: whole ones, and how much more.
    pub fn connects_in(&self, now: Now) -> Option<(u64, f64)> {
        let left = (self.connects_at?.0 - now.0).max(0.0);
        let seconds = left.floor();
        Some((seconds as u64, left - seconds))
    }

    /// Returns whether it listens, connects or is connected.
    pub fn is_running(&self) -> bool {
        !matches!(
            self.status.state,
            EndpointState::Idle | EndpointState::Failed
        )
    }

    /// Returns whether a new status says that it began or stopped to listen, or to accept.
    pub(super) fn listens_otherwise(&self, status: &EndpointStatus) -> bool {
        let accepting = |state: &EndpointState| match state {
            EndpointState::Listening { accepting, .. } => Some(*accepting),
            _ => None,
        };
        accepting(&self.status.state) != accepting(&status.state)
    }

    /// Returns whether a new status says that it can be sent to, or connected to, and could not before.
    pub(super) fn becomes_ready(&self, status: &EndpointStatus) -> bool {
        let is_ready = |it: &EndpointStatus| {
            let is_listening = matches!(it.state, EndpointState::Listening { .. });
            is_listening || matches!(it.state, EndpointState::Connected(_))
        };
        let has_peers = |it: &EndpointStatus| it.open_connections > 0;
        let is_connected_anew = matches!(status.state, EndpointState::Connected(_))
            && status.state != self.status.state;
        is_connected_anew
            || is_ready(status) && !is_ready(&self.status)
            || has_peers(status) && !has_peers(&self.status)
    }

    /// Returns the address that a server listens on.
    pub fn bound(&self) -> Option<&Address> {
        match &self.status.state {
            EndpointState::Listening { local, .. } => Some(local),
            _ => None,
        }
    }

    /// Returns the newest connection that is known.
    pub fn newest(&self) -> Option<&ConnectionStatus> {
        self.connections.values().next_back()
    }

    /// Returns a client's live connection.
    pub fn connected(&self) -> Option<&ConnectionStatus> {
        match self.status.state {
            EndpointState::Connected(id) => self.connections.get(&id),
            _ => None,
        }
    }
}
