//! Connections between two of our own endpoints, which have two ends on record.

use roaring::RoaringTreemap;

use crate::capture::{Entry, EventKind};
use crate::net::{FlowId, Role};

/// The ends of connections that are in an export.
#[derive(Debug, Default)]
pub(crate) struct BothEnds {
    clients: RoaringTreemap,
    servers: RoaringTreemap,
}

impl BothEnds {
    /// Adds an end of a connection.
    pub(crate) fn add(&mut self, id: FlowId) {
        match id.role {
            Role::Client => self.clients.insert(id.number),
            Role::Server => self.servers.insert(id.number),
        };
    }

    /// Adds the end that begins with an entry, if one does. Returns whether the other end was there already.
    pub(crate) fn begins_pair(&mut self, entry: &Entry) -> bool {
        let begins = matches!(
            entry.event.kind,
            EventKind::Connecting | EventKind::Connected { .. } | EventKind::Accepted { .. }
        );
        let Some(link) = entry.event.link.as_deref().filter(|_| begins) else {
            return false;
        };
        let was_there = self.has_both(link.connection);
        self.add(link.connection);
        !was_there && self.has_both(link.connection)
    }

    /// Returns whether both ends of the connection are in the export.
    pub(crate) fn has_both(&self, id: FlowId) -> bool {
        self.clients.contains(id.number) && self.servers.contains(id.number)
    }

    /// Returns whether this end stands for the connection: only the client's does if both are there.
    pub(crate) fn writes(&self, id: FlowId) -> bool {
        id.role == Role::Client || !self.has_both(id)
    }
}
