//! Validated settings of an endpoint. `workspace` makes one from what the user typed, in one step.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use crate::payload::framing::Framing;
use crate::payload::template::Template;

/// The port of the first server in a new workspace.
pub const DEFAULT_PORT: u16 = 9000;
/// The default length of the accept queue, in connections.
pub const DEFAULT_BACKLOG: u32 = 128;
/// The default read buffer size, in bytes.
pub const DEFAULT_READ_BUFFER: usize = 64 * 1024;
/// The largest read buffer, in bytes. The smallest is 1.
pub const MAX_READ_BUFFER: usize = 1024 * 1024;
/// The default timeout for connecting to one address.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// The longest connect timeout that a user can set.
pub const MAX_CONNECT_TIMEOUT: Duration = Duration::from_mins(10);

/// The settings of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerConfig {
    /// The address to listen on. Port 0 takes any free port.
    pub bind: SocketAddr,
    /// Whether an IPv6 socket accepts IPv4 peers too (`IPV6_V6ONLY` off). Has no effect on an IPv4 address.
    pub dual_stack: bool,
    /// The length of the accept queue, in connections. The system may cap it.
    pub backlog: u32,
    /// The settings that may change while it runs.
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

/// How a server treats its connections. A change applies to data read after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerBehaviour {
    /// The size of the buffer given to each read, 1 to [`MAX_READ_BUFFER`] bytes.
    pub read_buffer: usize,
    /// What it replies.
    pub reply: Reply,
    /// With this framing, a fixed reply or a template answers every frame; without, every chunk.
    pub reply_framing: Option<Framing>,
    /// Whether to finish sending after the first reply.
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

/// What a server replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The received bytes, chunk by chunk.
    Echo,
    /// These bytes.
    Fixed(Bytes),
    /// A template, rendered for every reply.
    Template(Arc<Template>),
    /// Nothing.
    None,
}

impl Reply {
    /// Makes a reply from a template. One that always renders the same bytes becomes a fixed reply.
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

/// The settings of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientConfig {
    /// What to connect to.
    pub target: Target,
    /// The timeout for each address.
    pub connect_timeout: Duration,
    /// The size of the buffer given to each read, 1 to [`MAX_READ_BUFFER`] bytes.
    pub read_buffer: usize,
    /// What to do after the peer's FIN.
    pub when_peer_finishes: WhenPeerFinishes,
}

impl ClientConfig {
    /// Returns the settings of a new client of `target`, with default sizes and timeouts.
    pub fn new(target: Target) -> Self {
        Self {
            target,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            read_buffer: DEFAULT_READ_BUFFER,
            when_peer_finishes: WhenPeerFinishes::CloseToo,
        }
    }
}

/// What a client connects to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// One address.
    Address(SocketAddr),
    /// A host name. All of its addresses are tried in order.
    Host {
        /// The name, as typed.
        name: String,
        /// The port.
        port: u16,
    },
}

impl Target {
    /// Makes a target from a port and a host, which may be an address literal without brackets.
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
