//! Ids of endpoints, connections and payloads. They know nothing of sockets.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// An endpoint of the session: a server or a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EndpointId(pub u32);

/// A connection of the session, numbered from 1 in order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
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

/// The session's counters. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    connections: Arc<AtomicU64>,
    payloads: Arc<AtomicU64>,
}

impl Ids {
    /// Returns the next connection's number; the first one is 1.
    pub fn next_connection(&self) -> ConnectionId {
        ConnectionId(self.connections.fetch_add(1, Ordering::Relaxed) + 1)
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
