//! Errors of the engine: the operation, the address, and the system's own error.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::io_error;
use crate::payload::template::RenderError;

/// Why a command was not taken.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum CommandError {
    /// The endpoint has not come round to the commands before it.
    Full,
    /// The endpoint's poller or thread could not be made.
    Start(#[source] io::Error),
}

/// What failed on a socket. The order of the variants is part of the format of a capture: new ones go to the end.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
#[error("{self:?}")]
pub enum NetError {
    /// The listener could not be made.
    Listen {
        /// Where.
        address: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// A host name has no address, or the look-up failed.
    LookUp {
        /// The name, as typed.
        host: String,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// Every look-up thread is busy with a name server that does not answer.
    TooManyLookUps {
        /// The name, as typed.
        host: String,
        /// How many look-ups may wait at once.
        limit: usize,
    },
    /// An address could not be reached.
    Connect {
        /// Whom.
        address: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// An address did not answer in time.
    ConnectTimeout {
        /// Whom.
        address: SocketAddr,
        /// How long the connect was given.
        timeout: Duration,
    },
    /// A connect was given up before it was decided.
    ConnectGivenUp {
        /// Whom, as typed.
        target: String,
    },
    /// No further connection could be accepted.
    Accept {
        /// The listener's address.
        address: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// A read failed.
    Receive {
        /// The other end.
        peer: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// A write failed.
    Send {
        /// The other end.
        peer: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// After a reply that closes, the peer took no byte of it, or did not finish, for a time.
    FinishTimeout {
        /// The other end.
        peer: SocketAddr,
        /// For how long.
        timeout: Duration,
    },
    /// The peer went on sending after a reply that closes.
    FinishFlood {
        /// The other end.
        peer: SocketAddr,
        /// How many bytes it was given.
        limit_bytes: u64,
    },
    /// A payload was not taken, because the peer does not read what was queued before.
    QueueFull {
        /// The other end.
        peer: SocketAddr,
        /// The size of the refused payload.
        bytes: u64,
        /// What is queued already.
        queued_bytes: u64,
    },
    /// A payload was addressed to a connection that can no longer send.
    NotOpen {
        /// The size of the refused payload.
        bytes: u64,
    },
    /// Sending was to be finished on a connection that is gone, or does not stand yet.
    NothingToFinish,
    /// A payload was addressed to all peers of a server that has none.
    NoPeers {
        /// The size of the refused payload.
        bytes: u64,
    },
    /// The readiness poller or a thread could not be made.
    Start {
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// A template has no bytes at this moment.
    Template {
        /// Which field has none, and why.
        source: RenderError,
    },
}

impl NetError {
    /// Returns whether the bind failed because somebody else listens there.
    pub fn is_port_taken(&self) -> bool {
        matches!(self, Self::Listen { source, .. } if source.kind() == io::ErrorKind::AddrInUse)
    }
}
