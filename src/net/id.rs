//! Ids of endpoints, connections and payloads. They know nothing of sockets.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use super::network::Network;
use super::pairs::Pairs;

/// An endpoint of the session: a server or a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointId(pub u32);

/// One end of a connection of the session. Where both ends are ours they share the number, and are one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowId {
    /// The connection's number, counted from 1 in order of creation.
    pub number: u64,
    /// Which end it is.
    pub role: Role,
}

/// The ends of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The end that was accepted.
    Server,
    /// The end that connected.
    Client,
}

impl FlowId {
    /// The server's end of a connection.
    pub const fn server(number: u64) -> Self {
        let role = Role::Server;
        Self { number, role }
    }

    /// The client's end of a connection.
    pub const fn client(number: u64) -> Self {
        let role = Role::Client;
        Self { number, role }
    }

    /// Returns the other end, which is in the session only if both are ours.
    #[must_use]
    pub fn other_end(self) -> Self {
        match self.role {
            Role::Server => Self::client(self.number),
            Role::Client => Self::server(self.number),
        }
    }

    /// Returns it as one number. Numbers of connections have 63 bits.
    pub(crate) fn to_bits(self) -> u64 {
        self.number << 1 | self.role as u64
    }

    /// Returns what [`to_bits`](Self::to_bits) made a number.
    pub(crate) fn from_bits(bits: u64) -> Self {
        let number = bits >> 1;
        if bits & 1 == Role::Server as u64 {
            Self::server(number)
        } else {
            Self::client(number)
        }
    }
}

/// The connection's number.
impl fmt::Display for FlowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number.fmt(f)
    }
}

/// The origin of a payload: one read, or one message to send.
///
/// Slices keep the id of their payload, so that the recording can refer to bytes that it already holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PayloadId(pub u64);

impl PayloadId {
    /// The origin is not known: the payload was read from a recording. No payload is created with this id.
    pub const UNKNOWN: Self = Self(0);
}

/// The session's numbers. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    connections: Arc<AtomicU64>,
    /// Those of the system's network and of the lab.
    pairs: [Pairs; 2],
    payloads: Arc<AtomicU64>,
}

impl Ids {
    /// Returns the next connection's number; the first one is 1.
    pub fn next_connection(&self) -> u64 {
        self.connections.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Returns the session's connects to its own listeners in a network.
    pub(super) fn pairs(&self, network: Network) -> &Pairs {
        let [system, lab] = &self.pairs;
        match network {
            Network::System => system,
            Network::Lab => lab,
        }
    }

    /// Returns the next payload's number.
    pub fn next_payload(&self) -> PayloadId {
        PayloadId(self.payloads.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// The session's counter of endpoints. It continues across documents, so no id is used twice. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct EndpointIds(Arc<AtomicU32>);

impl EndpointIds {
    /// Returns an id that no endpoint of the session has had; the first is 1.
    pub fn next(&self) -> EndpointId {
        EndpointId(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}
