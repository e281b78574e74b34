//! Errors of the engine: the operation, the address and the OS error.

use std::io;
use std::time::Duration;

use super::address::Address;
use super::icmp::Icmp;
use super::id::EndpointId;
use super::lab_error::LabError;
use super::look_up_error::LookUpError;
use super::system_error::SystemError;
use super::tls::{TlsFailure, TlsSettingError};
use crate::payload::template::RenderError;
use crate::script::ProblemKind;

/// Why a command was refused.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum CommandError {
    /// The endpoint has too many commands waiting.
    Full,
    /// The endpoint was removed, or its thread has ended.
    Ended,
    /// The endpoint's poller or thread could not be created.
    Start(#[source] io::Error),
}

/// Why another endpoint did not do what a rule requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreached {
    /// It does not run.
    NotRunning,
    /// It runs, but has no connection.
    NoConnection,
    /// Too much that was requested of it waits already.
    Busy,
}

impl Unreached {
    /// All of them, in the order of their numbers on record.
    pub(crate) const ALL: [Self; 3] = [Self::NotRunning, Self::NoConnection, Self::Busy];
}

/// What failed on a socket.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum NetError {
    /// The listener could not be opened.
    Listen {
        /// The address to listen on.
        address: Address,
        /// The OS error.
        source: SystemError,
    },
    /// A host name has no address, or its look-up failed.
    LookUp {
        /// The name, as typed.
        host: String,
        /// Why.
        source: LookUpError,
    },
    /// All look-up threads are waiting for name servers that do not answer.
    TooManyLookUps {
        /// The name, as typed.
        host: String,
        /// How many look-ups may be pending at once.
        limit: usize,
    },
    /// An address could not be reached.
    Connect {
        /// The address.
        address: Address,
        /// The OS error.
        source: SystemError,
    },
    /// An address did not answer in time.
    ConnectTimeout {
        /// The address.
        address: Address,
        /// The timeout.
        timeout: Duration,
    },
    /// A connect was given up while it was pending.
    ConnectGivenUp {
        /// The target, as typed.
        target: String,
    },
    /// A connection could not be accepted.
    Accept {
        /// The listener's address.
        address: Address,
        /// The OS error.
        source: SystemError,
    },
    /// A read failed.
    Receive {
        /// The other end.
        peer: Address,
        /// The OS error.
        source: SystemError,
    },
    /// A write failed.
    Send {
        /// The other end.
        peer: Address,
        /// The OS error.
        source: SystemError,
    },
    /// A datagram did not get there: the network said so.
    Undelivered {
        /// Where it was sent; `None` if the system does not say.
        peer: Option<Address>,
        /// What it means.
        source: SystemError,
        /// The ICMP message, if there was one.
        icmp: Option<Icmp>,
    },
    /// A datagram was not sent.
    Datagram {
        /// Where it was to go.
        peer: Address,
        /// Its size.
        bytes: u64,
        /// The OS error.
        source: SystemError,
    },
    /// Datagrams of a peer were not answered: too many replies wait already.
    Overrun {
        /// The peer.
        peer: Address,
    },
    /// TLS failed, and ended the connection.
    Tls {
        /// The other end.
        peer: Address,
        /// What is wrong, and who says so.
        source: Box<TlsFailure>,
    },
    /// The settings of TLS cannot be used.
    TlsSettings {
        /// Why not.
        source: Box<TlsSettingError>,
    },
    /// TLS was to begin on a connection that has it already, or whose endpoint has no settings for it.
    NoTls,
    /// After a closing reply, the peer read none of it, or did not finish, for too long.
    FinishTimeout {
        /// The other end.
        peer: Address,
        /// The timeout.
        timeout: Duration,
    },
    /// The peer kept sending after a closing reply.
    FinishFlood {
        /// The other end.
        peer: Address,
        /// How many bytes it was allowed.
        limit_bytes: u64,
    },
    /// A payload was refused because the peer does not read what is already queued.
    QueueFull {
        /// The other end.
        peer: Address,
        /// The size of the refused payload.
        bytes: u64,
        /// How many bytes are already queued.
        queued_bytes: u64,
    },
    /// A payload was refused because too much waits on other connections already.
    BudgetSpent {
        /// The other end.
        peer: Address,
        /// The size of the refused payload.
        bytes: u64,
        /// How many bytes wait on the endpoint.
        queued_bytes: u64,
    },
    /// A reply was to use bytes of a request that is too long to be kept.
    RequestTooLong {
        /// How many bytes are kept.
        limit_bytes: u64,
    },
    /// A payload was addressed to a connection that can no longer send.
    NotOpen {
        /// The size of the refused payload.
        bytes: u64,
    },
    /// A payload waited for a connection that was not established.
    NotConnected {
        /// The size of the payload, or of all that waited.
        bytes: u64,
    },
    /// A rule has no place for what it was to remember: the request lacks what the place needs.
    NoPlace,
    /// A rule was to remember more than an endpoint can.
    MemoryFull {
        /// How much it can.
        limit_bytes: u64,
    },
    /// A connection was to join a group whose name is too long.
    GroupName {
        /// The length of the name.
        bytes: u64,
        /// How long it may be.
        limit_bytes: u64,
    },
    /// A connection was to join a group of an endpoint that has too many memberships already.
    GroupsFull {
        /// How many it may have.
        limit: u64,
    },
    /// What a rule requested of another endpoint was not done.
    Elsewhere {
        /// The other endpoint.
        endpoint: EndpointId,
        /// The size of what was to be sent there; 0 if it was something else.
        bytes: u64,
        /// Why not.
        why: Unreached,
    },
    /// There is no such connection to act on.
    NoConnection,
    /// A payload was addressed to all peers of a server that has none.
    NoPeers {
        /// The size of the refused payload.
        bytes: u64,
    },
    /// The poller or a thread could not be created.
    Start {
        /// The OS error.
        source: SystemError,
    },
    /// A template could not be rendered.
    Template {
        /// The field that failed, and why.
        source: RenderError,
    },
    /// An endpoint of the lab could not listen or connect, or another one could not because it is not in the lab.
    Lab {
        /// The address to listen on or to connect to.
        address: Address,
        /// Why.
        source: LabError,
    },
}

impl NetError {
    /// Describes what a responder could not do, where a reply can use the bytes of requests up to a limit.
    pub(super) fn of_problem(problem: ProblemKind, limit_bytes: u64) -> Option<Self> {
        Some(match problem {
            ProblemKind::Template(source) => Self::Template { source },
            ProblemKind::RequestTooLong => Self::RequestTooLong { limit_bytes },
            ProblemKind::NoPlace => Self::NoPlace,
            ProblemKind::MemoryFull { limit_bytes } => Self::MemoryFull { limit_bytes },
            ProblemKind::Unanswered { .. } => return None,
        })
    }

    /// Describes why an address could not be listened on.
    pub(super) fn listen(address: Address, error: io::Error) -> Self {
        match error.downcast() {
            Ok(source) => Self::Lab { address, source },
            Err(error) => Self::Listen {
                address,
                source: error.into(),
            },
        }
    }

    /// Describes why an address could not be connected to.
    pub(super) fn connect(address: Address, error: io::Error) -> Self {
        match error.downcast() {
            Ok(source) => Self::Lab { address, source },
            Err(error) => Self::Connect {
                address,
                source: error.into(),
            },
        }
    }

    /// Returns whether the bind failed because the port is already in use.
    pub fn is_port_taken(&self) -> bool {
        matches!(self, Self::Listen { source, .. } if source.kind == io::ErrorKind::AddrInUse)
    }
}
