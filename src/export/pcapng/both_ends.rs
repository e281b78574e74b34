//! Connections between two endpoints of ours, which the record holds twice.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;

use roaring::RoaringTreemap;

use crate::net::{ConnectionId, EndpointId, Link};

/// The most connections that wait for their other end. The two ends begin within moments of each other, and so do their
/// numbers: one that has waited for so many others has no other end on record.
const MAX_WAITING: usize = 65_536;

/// Finds connections of which both ends are on record: only the client's end of them is to be written, since two ends
/// with the same addresses would look like every segment sent twice.
#[derive(Debug, Default)]
pub(crate) struct BothEnds {
    /// The ends whose other end was not seen, by their local address and their peer's.
    waiting: HashMap<(SocketAddr, SocketAddr), (EndpointId, ConnectionId)>,
    order: VecDeque<(SocketAddr, SocketAddr)>,
    /// The ends of connections whose other end is on record too.
    clients: RoaringTreemap,
    servers: RoaringTreemap,
}

impl BothEnds {
    /// Takes a link of those that are to be written, in about the order of their numbers. Taking one again does no
    /// harm; one whose local address is not known says nothing.
    pub(crate) fn add(&mut self, endpoint: EndpointId, link: &Link) {
        let Some(local) = link.local else {
            return;
        };
        let number = link.connection.0;
        // What is known of both ends says nothing of the next connection with the same addresses.
        if self.clients.contains(number) || self.servers.contains(number) {
            return;
        }
        let mirrored = (link.peer, local);
        match self.waiting.get(&mirrored) {
            Some(&(other, connection)) if other != endpoint => {
                self.waiting.remove(&mirrored);
                // A client has its number before it connects, a server only when it has accepted.
                self.clients.insert(connection.0.min(number));
                self.servers.insert(connection.0.max(number));
            }
            _ => self.wait((local, link.peer), (endpoint, link.connection)),
        }
    }

    /// Returns whether this connection is to be written.
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
    fn of_each_pair_of_ends_the_clients_is_written_however_often_their_addresses_come_again() {
        let address = |port| SocketAddr::from(([127, 0, 0, 1], port));
        let end = |connection, (local, peer)| Link {
            connection: ConnectionId(connection),
            local: Some(address(local)),
            peer: address(peer),
        };
        let mut ends = BothEnds::default();
        for (client, server) in [(1, 2), (3, 4), (5, 6)] {
            // The client tells more than the server does.
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
