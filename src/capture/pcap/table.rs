//! The connections of a file that are being tracked.

use std::collections::HashMap;
use std::net::SocketAddr;

use super::connection::CapturedConnection;

/// Two communicating addresses, in either order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct AddressPair(SocketAddr, SocketAddr);

impl AddressPair {
    pub(super) fn new(one: SocketAddr, other: SocketAddr) -> Self {
        Self(one.min(other), one.max(other))
    }
}

/// Connections by their two addresses. Those that have been silent longest are dropped for new ones.
///
/// There are two generations. Active connections are in the young one. When that is full, it becomes the old one, and
/// what was left in the old one has been silent for a whole generation.
#[derive(Debug)]
pub(super) struct ConnectionTable {
    generation_limit: usize,
    young: HashMap<AddressPair, CapturedConnection>,
    old: HashMap<AddressPair, CapturedConnection>,
}

impl ConnectionTable {
    /// Makes a table of at most `limit` connections.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            generation_limit: (limit / 2).max(1),
            young: HashMap::new(),
            old: HashMap::new(),
        }
    }

    /// Returns the connection of this pair, which is now active.
    pub(super) fn get(&mut self, pair: AddressPair) -> Option<&mut CapturedConnection> {
        if let Some(connection) = self.old.remove(&pair) {
            self.young.insert(pair, connection);
        }
        self.young.get_mut(&pair)
    }

    /// Returns all of them, in no particular order.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut CapturedConnection> {
        self.young.values_mut().chain(self.old.values_mut())
    }

    /// Adds a connection and returns the one that it replaces.
    pub(super) fn insert(
        &mut self,
        pair: AddressPair,
        connection: CapturedConnection,
    ) -> Option<CapturedConnection> {
        let replaced = self.old.remove(&pair);
        self.young.insert(pair, connection).or(replaced)
    }

    /// Returns those that are no longer tracked, in the order in which they started.
    pub(super) fn retire(&mut self) -> Vec<CapturedConnection> {
        if self.young.len() <= self.generation_limit {
            return Vec::new();
        }
        let young = std::mem::take(&mut self.young);
        in_order(std::mem::replace(&mut self.old, young))
    }

    /// Returns all that are left, in the order in which they started.
    pub(super) fn drain(&mut self) -> Vec<CapturedConnection> {
        let mut all = std::mem::take(&mut self.young);
        all.extend(self.old.drain());
        in_order(all)
    }
}

fn in_order(connections: HashMap<AddressPair, CapturedConnection>) -> Vec<CapturedConnection> {
    let mut connections: Vec<_> = connections.into_values().collect();
    connections.sort_unstable_by_key(CapturedConnection::id);
    connections
}
