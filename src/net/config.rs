//! Validated settings of an endpoint. What a user typed becomes one of these in one step (see `workspace`).

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::payload::framing::Framing;
use crate::payload::template::Template;

/// The port of the first server that a new workspace holds.
pub const DEFAULT_PORT: u16 = 9000;
/// The default length of the queue of connections that wait to be accepted.
pub const DEFAULT_BACKLOG: u32 = 128;
/// The default size of the buffer that is given to each read, in bytes.
pub const DEFAULT_READ_BUFFER: usize = 64 * 1024;
/// The largest read buffer, in bytes; the smallest one is 1.
pub const MAX_READ_BUFFER: usize = 1024 * 1024;
/// How long a connect to one address may take by default.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest connect timeout that can be set.
pub const MAX_CONNECT_TIMEOUT: Duration = Duration::from_mins(10);

/// What a server is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerConfig {
    /// Where to listen; port 0 takes any free one.
    pub bind: SocketAddr,
    /// Whether an IPv6 socket takes IPv4 peers too (`IPV6_V6ONLY` off); of no effect on an IPv4 address.
    pub dual_stack: bool,
    /// The queue of connections that wait to be accepted; the system may cap it.
    pub backlog: u32,
    /// What may be changed while it runs.
    pub behaviour: ServerBehaviour,
}

impl ServerConfig {
    /// Returns the settings of a new server on `bind`: echo, default sizes.
    pub fn new(bind: SocketAddr) -> Self {
        Self {
            bind,
            dual_stack: false,
            backlog: DEFAULT_BACKLOG,
            behaviour: ServerBehaviour::default(),
        }
    }
}

/// How a server treats its connections. A change applies to what is read from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerBehaviour {
    /// The size of the buffer given to each read, 1 to [`MAX_READ_BUFFER`] bytes.
    pub read_buffer: usize,
    /// What is sent back.
    pub reply: Reply,
    /// What a fixed reply or a template answers: each frame by this rule, or each chunk without one.
    pub reply_framing: Option<Framing>,
    /// Whether to finish the connection after the first reply.
    pub close_after_reply: bool,
    /// What to do after the peer's FIN.
    pub when_peer_finishes: WhenPeerFinishes,
}

impl Default for ServerBehaviour {
    fn default() -> Self {
        Self {
            read_buffer: DEFAULT_READ_BUFFER,
            reply: Reply::Echo,
            reply_framing: None,
            close_after_reply: false,
            when_peer_finishes: WhenPeerFinishes::CloseToo,
        }
    }
}

/// What a server sends back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The same bytes, for each chunk.
    Echo,
    /// These bytes.
    Fixed(Bytes),
    /// What this template stands for at the time, on each connection.
    Template(Arc<Template>),
    /// Nothing.
    None,
}

impl Reply {
    /// Makes a reply of a message: its bytes, where they are the same each time.
    pub fn of(template: Template) -> Self {
        match template.into_literal() {
            Ok(bytes) => Self::Fixed(bytes.into()),
            Err(template) => Self::Template(Arc::new(template)),
        }
    }
}

/// What an endpoint does when the peer has finished sending (FIN).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenPeerFinishes {
    /// Send what is queued, then close.
    #[default]
    CloseToo,
    /// Keep the sending direction open until the user closes it.
    StayHalfOpen,
}

/// What a client is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientConfig {
    /// Whom to connect to.
    pub target: Target,
    /// How long each address may take.
    pub connect_timeout: Duration,
    /// The size of the buffer given to each read, 1 to [`MAX_READ_BUFFER`] bytes.
    pub read_buffer: usize,
    /// What to do after the peer's FIN.
    pub when_peer_finishes: WhenPeerFinishes,
}

impl ClientConfig {
    /// Returns the settings of a new client of `target`, with default sizes and times.
    pub fn new(target: Target) -> Self {
        Self {
            target,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            read_buffer: DEFAULT_READ_BUFFER,
            when_peer_finishes: WhenPeerFinishes::CloseToo,
        }
    }
}

/// Whom a client connects to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// One address.
    Address(SocketAddr),
    /// A host name, all of whose addresses are tried in order.
    Host {
        /// The name, as typed.
        name: String,
        /// The port.
        port: u16,
    },
}

impl Target {
    /// Makes a target of a host, which may be an address literal (without brackets), and a port.
    pub fn new(host: &str, port: u16) -> Self {
        match host.parse::<IpAddr>() {
            Ok(ip) => Self::Address(SocketAddr::new(ip, port)),
            Err(_not_a_literal) => Self::Host {
                name: host.to_owned(),
                port,
            },
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Host { name, port } => write!(f, "{name}:{port}"),
        }
    }
}
