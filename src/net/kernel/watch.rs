//! What of the kernel's knowledge is watched, and what cannot be had.

use std::io;
use std::time::Duration;

use super::mark::Marks;
use crate::net::address::Address;
use crate::net::id::FlowId;
use crate::net::system_error::SystemError;

/// What an endpoint watches in the kernel. An endpoint watches one thing at a time, and nothing unless asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KernelWatch {
    /// What is watched.
    pub of: Watched,
    /// How often the numbers are asked for, [`KernelWatch::SHORTEST`] at least; `None` for marks alone.
    pub every: Option<Duration>,
    /// Which steps of the bytes are marked. They are from the moment on at which they are asked for.
    pub marks: Marks,
}

impl KernelWatch {
    /// The shortest time between two questions.
    pub const SHORTEST: Duration = Duration::from_millis(50);
    /// The usual time between two questions.
    pub const USUAL: Duration = Duration::from_millis(200);

    /// Returns the connection that is watched.
    pub fn connection(&self) -> Option<FlowId> {
        match &self.of {
            Watched::Connection { connection, .. } => Some(*connection),
            Watched::Listener => None,
        }
    }

    /// Watches the numbers of a connection as often as is usual.
    pub const fn numbers_of(connection: FlowId) -> Self {
        Self {
            of: Watched::Connection {
                connection,
                ends: None,
            },
            every: Some(Self::USUAL),
            marks: Marks::None,
        }
    }
}

/// What can be watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// A connection, or an attempt to connect. Once it has ended, what the kernel still has of it, up to the end of
    /// TIME-WAIT.
    Connection {
        /// Which one.
        connection: FlowId,
        /// Its own address and the peer's. They are needed only if it has ended before it is watched.
        ends: Option<(Address, Address)>,
    },
    /// The accept queue of the endpoint's listener.
    Listener,
}

/// Why something that was asked for cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// This system does not say it.
    System,
    /// This system does not say when bytes go a step further.
    Marks,
    /// It is not a TCP connection.
    NotTcp,
    /// It is encrypted: marks would be of bytes on the wire, not of those that are shown.
    Encrypted,
    /// There is no such connection or listener.
    Gone,
    /// The system refuses the question.
    Refused(Box<SystemError>),
    /// Marks begin only when all that was sent before is acknowledged, on a kernel before 6.2.
    Unacknowledged,
}

impl Lack {
    /// Returns what an error of the system means.
    pub(in crate::net) fn of(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Unsupported => Self::System,
            _ => Self::Refused(Box::new(error.into())),
        }
    }
}
