//! Connections between two of our own endpoints, which the record contains twice.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;

use roaring::RoaringTreemap;

use crate::net::{ConnectionId, EndpointId, Link};

/// The most connections that wait for their other end. Both ends are opened, and numbered, at nearly the same time: one
/// that has waited for this many others has no other end on record.
const MAX_WAITING: usize = 65_536;

/// Finds connections with both ends on record. Only the client's end is written, since two ends with the same addresses
/// would look as if every segment were sent twice.
#[derive(Debug, Default)]
pub(crate) struct BothEnds {
    /// The ends whose other end has not been seen, by their local and peer addresses.
    waiting: HashMap<(SocketAddr, SocketAddr), (EndpointId, ConnectionId)>,
    order: VecDeque<(SocketAddr, SocketAddr)>,
    /// The client and server ends of connections whose other end is on record too.
    clients: RoaringTreemap,
    servers: RoaringTreemap,
}

impl BothEnds {
    /// Adds a link to be written, roughly in order of connection numbers. Adding one again has no effect, nor has one
    /// without a known local address.
    pub(crate) fn add(&mut self, endpoint: EndpointId, link: &Link) {
        let Some(local) = link.local else {
            return;
        };
        let number = link.connection.0;
        // A matched pair must not affect the next connection with the same addresses.
        if self.clients.contains(number) || self.servers.contains(number) {
            return;
        }
        let mirrored = (link.peer, local);
        match self.waiting.get(&mirrored) {
            Some(&(other, connection)) if other != endpoint => {
                self.waiting.remove(&mirrored);
                // A client gets its number before it connects, a server only when it accepts.
                self.clients.insert(connection.0.min(number));
                self.servers.insert(connection.0.max(number));
            }
            _ => self.wait((local, link.peer), (endpoint, link.connection)),
        }
    }

    /// Returns whether to write this connection.
    pub(crate) fn writes(&self, connection: ConnectionId) -> bool {
        !self.servers.contains(connection.0)
    }

    fn wait(&mut self, ends: (SocketAddr, SocketAddr), who: (EndpointId, ConnectionId)) {
        if self.waiting.insert(ends, who).is_none() {
            self.order.push_back(ends);
        }
        if self.order.len() > MAX_WAITING
            && let Some(oldest) = self.order.pop_front()
        {
            self.waiting.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clients_end_of_each_pair_is_written_even_if_addresses_recur() {
        let address = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let end = |connection, (local, peer)| Link {
            connection: ConnectionId(connection),
            local: Some(address(local)),
            peer: address(peer),
        };
        let mut ends = BothEnds::default();
        for (client, server) in [(1, 2), (3, 4), (5, 6)] {
            // The client adds more entries than the server.
            for _ in 0..3 {
                ends.add(EndpointId(1), &end(client, (50_000, 9_000)));
            }
            for _ in 0..2 {
                ends.add(EndpointId(2), &end(server, (9_000, 50_000)));
            }
            ends.add(EndpointId(1), &end(client, (50_000, 9_000)));
        }
        ends.add(EndpointId(1), &end(7, (50_001, 9_000)));
        let written: Vec<_> = (1..=7)
            .filter(|it| ends.writes(ConnectionId(*it)))
            .collect();
        assert_eq!(written, [1, 3, 5, 7]);
    }
}
