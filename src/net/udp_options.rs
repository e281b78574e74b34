//! Settings that only UDP has. Plain data.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

/// After how long a silence a peer is forgotten, unless it is set: as long as many routers remember it (RFC 4787 asks
/// for two minutes at least).
pub const DEFAULT_FORGET_AFTER: Duration = Duration::from_mins(2);
/// The shortest such silence.
pub const MIN_FORGET_AFTER: Duration = Duration::from_millis(100);
/// The longest one.
pub const MAX_FORGET_AFTER: Duration = Duration::from_hours(24);
/// How many multicast groups one socket can join. Linux allows 20 for IPv4 (`igmp_max_memberships`).
pub const MAX_GROUPS: usize = 20;

/// Options of a UDP socket (`udp(7)`, `ip(7)`, `ipv6(7)`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UdpOptions {
    /// After how long a silence in both directions a peer is forgotten.
    pub forget_after: Duration,
    /// The multicast groups that a server joins: addresses of the family that it is bound to.
    pub groups: Vec<IpAddr>,
    /// The interface on which groups are joined and to which multicast is sent; `None` for the system's choice.
    pub interface: Option<Interface>,
    /// How many hops a multicast datagram may take (`IP_MULTICAST_TTL`); `None` for the system's number, which is 1.
    pub multicast_ttl: Option<u8>,
    /// Whether what is sent to a group is also received on this machine (`IP_MULTICAST_LOOP`).
    pub multicast_loop: bool,
}

impl Default for UdpOptions {
    fn default() -> Self {
        Self {
            forget_after: DEFAULT_FORGET_AFTER,
            groups: Vec::new(),
            interface: None,
            multicast_ttl: None,
            multicast_loop: true,
        }
    }
}

/// A network interface of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its number.
    pub index: u32,
    /// Its first IPv4 address, by which `IP_MULTICAST_IF` names it.
    pub ipv4: Option<Ipv4Addr>,
}
