//! Errors of the engine: the operation, the address, the system's own error, and words for people.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{io_error, words};
use crate::payload::template::RenderError;
use crate::words::{ENGLISH, InWords as _, number};

/// Why a command was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The endpoint has not come round to the commands before it.
    #[error("the endpoint is busy with earlier commands: try again")]
    Full,
    /// The endpoint's poller or thread could not be made.
    #[error("cannot start the endpoint: {}", words::reason(.0))]
    Start(#[source] io::Error),
}

/// What failed on a socket. The order of the variants is part of the format of a capture: new ones go to the end.
#[derive(Debug, thiserror::Error, Serialize, Deserialize)]
pub enum NetError {
    /// The listener could not be made.
    #[error("cannot listen on {address}: {}", words::reason(source))]
    Listen {
        /// Where.
        address: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// A host name has no address, or the look-up failed.
    #[error("cannot find {host}: {}", words::lookup_reason(source))]
    LookUp {
        /// The name, as typed.
        host: String,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// Every look-up thread is busy with a name server that does not answer.
    #[error("cannot look up {host}: {limit} other look-ups are still waiting")]
    TooManyLookUps {
        /// The name, as typed.
        host: String,
        /// How many look-ups may wait at once.
        limit: usize,
    },
    /// An address could not be reached.
    #[error("cannot connect to {address}: {}", words::reason(source))]
    Connect {
        /// Whom.
        address: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// An address did not answer in time.
    #[error("cannot connect to {address}: timed out after {} s", timeout.as_secs_f64())]
    ConnectTimeout {
        /// Whom.
        address: SocketAddr,
        /// How long the connect was given.
        timeout: Duration,
    },
    /// A connect was given up before it was decided.
    #[error("connecting to {target} was given up")]
    ConnectGivenUp {
        /// Whom, as typed.
        target: String,
    },
    /// No further connection could be accepted.
    #[error("cannot accept on {address}: {}", words::reason(source))]
    Accept {
        /// The listener's address.
        address: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// A read failed.
    #[error("cannot receive from {peer}: {}", words::reason(source))]
    Receive {
        /// The other end.
        peer: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// A write failed.
    #[error("cannot send to {peer}: {}", words::reason(source))]
    Send {
        /// The other end.
        peer: SocketAddr,
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// After a reply that closes, the peer took no byte of it, or did not finish, for a time.
    #[error("{peer} did not take the reply and finish within {} s", timeout.as_secs_f64())]
    FinishTimeout {
        /// The other end.
        peer: SocketAddr,
        /// For how long.
        timeout: Duration,
    },
    /// The peer went on sending after a reply that closes.
    #[error("{peer} sent more than {} after the reply", number::count(*.limit_bytes, "byte"))]
    FinishFlood {
        /// The other end.
        peer: SocketAddr,
        /// How many bytes it was given.
        limit_bytes: u64,
    },
    /// A payload was not taken, because the peer does not read what was queued before.
    #[error(
        "{} not queued for {peer}: it has not read the {} before them",
        number::count(*.bytes, "byte"),
        number::count(*.queued_bytes, "byte")
    )]
    QueueFull {
        /// The other end.
        peer: SocketAddr,
        /// The size of the refused payload.
        bytes: u64,
        /// What is queued already.
        queued_bytes: u64,
    },
    /// A payload was addressed to a connection that can no longer send.
    #[error("{} not sent: the connection is no longer open for sending", number::count(*.bytes, "byte"))]
    NotOpen {
        /// The size of the refused payload.
        bytes: u64,
    },
    /// Sending was to be finished on a connection that is gone, or does not stand yet.
    #[error("sending not finished: the connection is not open")]
    NothingToFinish,
    /// A payload was addressed to all peers of a server that has none.
    #[error("{} not sent: no peer is connected", number::count(*.bytes, "byte"))]
    NoPeers {
        /// The size of the refused payload.
        bytes: u64,
    },
    /// The readiness poller or a thread could not be made.
    #[error("cannot start the endpoint: {}", words::reason(source))]
    Start {
        /// The system's error.
        #[serde(with = "io_error")]
        source: io::Error,
    },
    /// A template has no bytes at this moment.
    #[error("the template was not sent: {}", source.in_words(&ENGLISH))]
    Template {
        /// Which field has none, and why.
        source: RenderError,
    },
}

impl NetError {
    /// Returns what to do next, where there is something to say: a sentence without full stop.
    pub fn advice(&self) -> Option<&'static str> {
        match self {
            Self::Listen { address, source } => words::listen_advice(*address, source),
            Self::LookUp { .. } => Some("Check the spelling, or type the address itself"),
            Self::TooManyLookUps { .. } => Some("Wait until one ends, or type the address itself"),
            Self::Connect { source, .. } => words::connect_advice(source),
            Self::ConnectTimeout { .. } => {
                Some("Check the address and the firewall on the way, or allow more time")
            }
            Self::Accept { .. } => Some(
                "Close connections or programs, or raise the limit (ulimit -n); accepting goes on by itself when there is room",
            ),
            Self::Start { .. } => Some(
                "Close connections or programs, or raise the limit (ulimit -n), then try again",
            ),
            Self::QueueFull { .. } => Some("Wait until the peer reads, or disconnect it"),
            Self::NotOpen { .. } | Self::NoPeers { .. } => {
                Some("Choose a connected peer, or wait for one")
            }
            Self::ConnectGivenUp { .. }
            | Self::NothingToFinish
            | Self::Receive { .. }
            | Self::Send { .. }
            | Self::FinishTimeout { .. }
            | Self::FinishFlood { .. }
            | Self::Template { .. } => None,
        }
    }

    /// Returns whether the bind failed because somebody else listens there.
    pub fn is_port_taken(&self) -> bool {
        matches!(self, Self::Listen { source, .. } if source.kind() == io::ErrorKind::AddrInUse)
    }
}
