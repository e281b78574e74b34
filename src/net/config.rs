//! Validated settings of an endpoint. `workspace` makes one from what the user typed, in one step.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use super::address::{Address, UDP_SCHEME};
use super::event::Observe;
use super::lab_conditions::Conditions;
use super::network::Network;
use super::tls::{ClientTls, ServerTls};
use super::udp_options::UdpOptions;
use crate::script::Script;

/// The port of the first server in a new workspace.
pub const DEFAULT_PORT: u16 = 9000;
/// The default length of the accept queue, in connections; systems cap it. With a short one, thousands of peers that
/// connect at once wait for seconds: a SYN that finds the queue full is retried a second later.
pub const DEFAULT_BACKLOG: u32 = 4096;
/// The default read buffer size, in bytes.
pub const DEFAULT_READ_BUFFER: usize = 64 * 1024;
/// The largest read buffer, in bytes. The smallest is 1.
pub const MAX_READ_BUFFER: usize = 1024 * 1024;
/// The default timeout for connecting to one address.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a server waits for the TLS handshake of a peer.
pub const DEFAULT_HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest connect timeout that a user can set.
pub const MAX_CONNECT_TIMEOUT: Duration = Duration::from_mins(10);

/// The shortest wait before a client connects again by itself.
pub const MIN_RECONNECT: Duration = Duration::from_millis(10);
/// The longest one.
pub const MAX_RECONNECT: Duration = Duration::from_hours(1);

/// The settings of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerConfig {
    /// The address to listen on. Port 0 takes any free port.
    pub bind: Address,
    /// The network that it listens in. Has no effect on a Unix socket.
    pub network: Network,
    /// Whether an IPv6 socket accepts IPv4 peers too (`IPV6_V6ONLY` off). Has no effect on another address.
    pub dual_stack: bool,
    /// How packets travel in the lab from when it listens there: the server that was started last decides for all.
    pub conditions: Conditions,
    /// The permissions of a Unix socket's file; `None` for those that the system gives it (`umask(2)`).
    pub mode: Option<u32>,
    /// The length of the accept queue, in connections. The system may cap it.
    pub backlog: u32,
    /// Options of the listening socket and of those that it accepts.
    pub options: SocketOptions,
    /// Options of a UDP socket; other sockets have none of them.
    pub udp: UdpOptions,
    /// TLS over its TCP connections.
    pub tls: Option<Box<TlsSetup<ServerTls>>>,
    /// How long a TLS handshake may take.
    pub handshake_timeout: Duration,
    /// The settings that may change while it runs.
    pub behaviour: Behaviour,
}

impl ServerConfig {
    /// Returns the settings of a new server on `bind`: echo, default sizes.
    pub fn new(bind: impl Into<Address>) -> Self {
        Self {
            bind: bind.into(),
            network: Network::System,
            dual_stack: false,
            conditions: Conditions::default(),
            mode: None,
            backlog: DEFAULT_BACKLOG,
            options: SocketOptions::default(),
            udp: UdpOptions::default(),
            tls: None,
            handshake_timeout: DEFAULT_HANDSHAKE_TIMEOUT,
            behaviour: Behaviour::default(),
        }
    }
}

/// How an endpoint treats its connections. A change applies to data read after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behaviour {
    /// The size of the buffer given to each read, 1 to [`MAX_READ_BUFFER`] bytes.
    pub read_buffer: usize,
    /// What it does by itself.
    pub script: Arc<Script>,
    /// What to do after the peer's FIN.
    pub when_peer_finishes: WhenPeerFinishes,
    /// Which events are reported.
    pub observe: Observe,
}

impl Behaviour {
    /// Returns the settings of an endpoint with a script.
    pub fn of(script: Script) -> Self {
        Self {
            read_buffer: DEFAULT_READ_BUFFER,
            script: Arc::new(script),
            when_peer_finishes: WhenPeerFinishes::CloseToo,
            observe: Observe::Everything,
        }
    }
}

/// The settings of a new server.
impl Default for Behaviour {
    fn default() -> Self {
        Self::of(Script::default())
    }
}

/// Options of a socket (`socket(7)`, `tcp(7)`, `ip(7)`). What is not set is as the system has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketOptions {
    /// The address that a client connects from. Port 0 takes any free port.
    pub source: Option<SocketAddr>,
    /// Whether small writes are sent at once instead of being collected (`TCP_NODELAY`; Nagle's algorithm off).
    pub no_delay: bool,
    /// Whether and how a silent connection is probed (`SO_KEEPALIVE`).
    pub keep_alive: Option<KeepAlive>,
    /// The size of the system's send buffer in bytes (`SO_SNDBUF`). Linux doubles it.
    pub send_buffer: Option<u32>,
    /// The size of the system's receive buffer in bytes (`SO_RCVBUF`), which bounds the window. Linux doubles it.
    pub receive_buffer: Option<u32>,
    /// How many hops a packet may take (`IP_TTL`, `IPV6_UNICAST_HOPS`).
    pub ttl: Option<u8>,
    /// How long a close may wait for unsent bytes; zero makes it a reset (`SO_LINGER`).
    pub linger: Option<Duration>,
}

impl Default for SocketOptions {
    fn default() -> Self {
        Self {
            source: None,
            no_delay: true,
            keep_alive: None,
            send_buffer: None,
            receive_buffer: None,
            ttl: None,
            linger: None,
        }
    }
}

/// The three numbers of keep-alive (`tcp(7)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeepAlive {
    /// The silence before the first probe (`TCP_KEEPIDLE`).
    pub idle: Duration,
    /// The time between two probes (`TCP_KEEPINTVL`).
    pub interval: Duration,
    /// After how many unanswered probes the connection is given up (`TCP_KEEPCNT`). Windows has its own number.
    pub probes: u8,
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
    /// The network that it connects in. Has no effect on a Unix socket. Names are always looked up in the system's.
    pub network: Network,
    /// The timeout for each address.
    pub connect_timeout: Duration,
    /// When it connects again by itself; `None` for never.
    pub reconnect: Option<Reconnect>,
    /// Options of the socket.
    pub options: SocketOptions,
    /// Options of a UDP socket.
    pub udp: UdpOptions,
    /// TLS over its TCP connections.
    pub tls: Option<Box<TlsSetup<ClientTls>>>,
    /// How its connections are treated.
    pub behaviour: Behaviour,
}

impl ClientConfig {
    /// Returns the settings of a new client of `target`: no reply, default sizes and timeouts.
    pub fn new(target: Target) -> Self {
        Self {
            target,
            network: Network::System,
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            reconnect: None,
            options: SocketOptions::default(),
            udp: UdpOptions::default(),
            tls: None,
            behaviour: Behaviour::of(Script::silent()),
        }
    }
}

/// TLS of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TlsSetup<S> {
    /// Its settings.
    pub settings: S,
    /// When it begins.
    pub begins: TlsBegins,
}

/// When the TLS of a connection begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TlsBegins {
    /// With the connection.
    #[default]
    AtOnce,
    /// When somebody requests it: the connection is plain until then (STARTTLS).
    OnRequest,
}

/// When a client connects again by itself: after an attempt that failed, or a connection that it did not end itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconnect {
    /// The wait before the first attempt, [`MIN_RECONNECT`] to [`MAX_RECONNECT`]. Each further one in a row waits twice as
    /// long as the one before it.
    pub first: Duration,
    /// The longest wait, up to [`MAX_RECONNECT`].
    pub most: Duration,
    /// How many attempts in a row may fail before it is given up; `None` for any number.
    pub attempts: Option<NonZeroU32>,
}

impl Reconnect {
    /// Returns the wait before an attempt; the first in a row is 1. `random`, from 0 to 1, takes up to a quarter of it
    /// away, so that many clients do not all come back at once.
    pub(super) fn wait(&self, attempt: u32, random: f64) -> Duration {
        let most = self.most.clamp(MIN_RECONNECT, MAX_RECONNECT);
        let doublings = attempt.saturating_sub(1).min(31);
        let wait = self.first.max(MIN_RECONNECT).saturating_mul(1 << doublings);
        wait.min(most).mul_f64(1.0 - random.clamp(0.0, 1.0) / 4.0)
    }
}

/// What a client connects to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// One address.
    Address(Address),
    /// A host name. All of its addresses are tried in order; with UDP, which nothing answers, only the first.
    Host {
        /// The name, as typed.
        name: String,
        /// The port.
        port: u16,
        /// Whether it is a port of UDP instead of TCP.
        is_udp: bool,
    },
}

impl Target {
    /// Makes a target from a port and a host, which may be an address literal without brackets.
    pub fn new(host: &str, port: u16) -> Self {
        match host.parse::<IpAddr>() {
            Ok(ip) => Self::Address(Address::Tcp(SocketAddr::new(ip, port))),
            Err(_not_a_literal) => Self::Host {
                name: host.to_owned(),
                port,
                is_udp: false,
            },
        }
    }
}

impl Target {
    /// Returns the name or the address of the machine, without a port; that of a Unix socket is this one.
    pub fn host(&self) -> String {
        match self {
            Self::Address(address) => match address.ip() {
                Some(address) => address.ip().to_string(),
                None => "localhost".to_owned(),
            },
            Self::Host { name, .. } => name.clone(),
        }
    }

    /// Returns whether datagrams are sent there.
    pub fn is_udp(&self) -> bool {
        match self {
            Self::Address(address) => address.is_udp(),
            Self::Host { is_udp, .. } => *is_udp,
        }
    }

    /// Returns the same host and port with UDP; a Unix socket has none.
    #[must_use]
    pub fn with_udp(self) -> Self {
        match self {
            Self::Address(address) => Self::Address(address.ip().map_or(address, Address::udp)),
            Self::Host { name, port, .. } => Self::Host {
                name,
                port,
                is_udp: true,
            },
        }
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::Host {
                name,
                port,
                is_udp: true,
            } => write!(f, "{UDP_SCHEME}{name}:{port}"),
            Self::Host { name, port, .. } => write!(f, "{name}:{port}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_lose_a_quarter_at_most() {
        let reconnect = Reconnect {
            first: Duration::from_secs(1),
            most: Duration::from_secs(30),
            attempts: None,
        };
        let check = |attempt, random, millis| {
            let expected = Duration::from_millis(millis);
            assert_eq!(reconnect.wait(attempt, random), expected, "{attempt}");
        };
        check(1, 0.0, 1_000);
        check(2, 0.0, 2_000);
        check(5, 0.0, 16_000);
        check(6, 0.0, 30_000);
        check(u32::MAX, 0.0, 30_000);
        check(1, 1.0, 750);
        check(6, 1.0, 22_500);
        let zero = Reconnect {
            first: Duration::ZERO,
            most: Duration::MAX,
            ..reconnect
        };
        assert_eq!(zero.wait(1, 0.0), MIN_RECONNECT);
        assert_eq!(zero.wait(u32::MAX, 0.0), MAX_RECONNECT);
    }
}
