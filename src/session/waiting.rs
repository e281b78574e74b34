//! Clients that wait until our servers listen.

use std::collections::BTreeSet;

use super::{Session, SessionError, Update};
use crate::capture::{EndpointState, StatusUpdate};
use crate::net::EndpointId;

/// A client that begins once servers listen.
pub(super) struct Waiting {
    /// Those that do not listen yet.
    servers: BTreeSet<EndpointId>,
    /// The sequence that it runs then; without one, it connects and stays connected.
    sequence: Option<String>,
}

impl Session {
    /// Starts those of these servers that do not listen. Once all of them do, each of the clients runs the sequence that is
    /// named with it; without one, it connects.
    ///
    /// # Errors
    ///
    /// Those of [`Session::start_server`]; then no client waits. Errors of a client are an [`Update::Refused`].
    pub fn start_together(
        &mut self,
        servers: &[EndpointId],
        clients: impl IntoIterator<Item = (EndpointId, Option<String>)>,
    ) -> Result<(), SessionError> {
        let silent = |id: &EndpointId| self.bound(*id).is_none();
        let starting: BTreeSet<_> = servers.iter().copied().filter(silent).collect();
        for server in &starting {
            self.start_server(*server, None)?;
        }
        for (client, sequence) in clients {
            let servers = starting.clone();
            self.waiting.insert(client, Waiting { servers, sequence });
        }
        if starting.is_empty() {
            self.begin_waiting();
            (self.wake)();
        }
        Ok(())
    }

    /// Has clients begin whose servers listen now, and forgets those with a server that cannot listen.
    pub(super) fn follow_servers(&mut self, status: &StatusUpdate) {
        for server in &status.endpoints {
            match server.state {
                EndpointState::Listening { .. } => {
                    for waiting in self.waiting.values_mut() {
                        waiting.servers.remove(&server.endpoint);
                    }
                }
                EndpointState::Failed => self.forget_waiting_for(server.endpoint),
                _ => {}
            }
        }
        self.begin_waiting();
    }

    /// Forgets the clients that wait for a server.
    pub(super) fn forget_waiting_for(&mut self, server: EndpointId) {
        self.waiting.retain(|_, it| !it.servers.contains(&server));
    }

    /// Has the clients begin that wait for no server any more.
    fn begin_waiting(&mut self) {
        let is_ready = |_: &EndpointId, it: &mut Waiting| it.servers.is_empty();
        let ready: Vec<_> = self.waiting.extract_if(.., is_ready).collect();
        for (client, waiting) in ready {
            let begun = match waiting.sequence {
                Some(name) => self.run_sequence(client, &name, None),
                None => self.connect(client),
            };
            if let Err(problem) = begun {
                self.updates.push_back(Update::Refused(client, problem));
            }
        }
    }

    /// Returns the servers that, by their new status, have begun to listen.
    pub(super) fn begun(&self, status: &StatusUpdate) -> Vec<EndpointId> {
        let begun = status.endpoints.iter().filter(|it| match &it.state {
            EndpointState::Listening { local, .. } => self.bound(it.endpoint) != Some(local),
            _ => false,
        });
        begun.map(|it| it.endpoint).collect()
    }

    /// Connects the clients that wait to connect again to one of these servers: it may listen elsewhere than before.
    pub(super) fn reconnect_to(&mut self, servers: &[EndpointId]) {
        let forms = self.document.endpoints.iter();
        let follow = forms.filter(|it| it.kind.follows().is_some_and(|it| servers.contains(&it)));
        let waits = |id: &EndpointId| {
            let status = self.endpoints.get(id);
            status.is_some_and(|it| matches!(it.state, EndpointState::Reconnecting { .. }))
        };
        let waiting: Vec<_> = follow.map(|it| it.id).filter(waits).collect();
        for client in waiting {
            if let Err(problem) = self.connect(client) {
                self.updates.push_back(Update::Refused(client, problem));
            }
        }
    }
}
