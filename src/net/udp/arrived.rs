//! What one read of a UDP socket returns.

use std::io;
use std::net::{IpAddr, SocketAddr};

use crate::net::icmp::Icmp;

/// A datagram that was read. Its bytes are in the buffer of the read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::net) struct Arrived {
    /// How many bytes of it are in the buffer.
    pub(in crate::net) count: usize,
    /// Whether it was longer than the buffer.
    pub(in crate::net) is_cut: bool,
    /// How long it was, if the system says so of one that was cut.
    pub(in crate::net) size: Option<usize>,
    /// Where it came from.
    pub(in crate::net) from: SocketAddr,
    /// The address that it was sent to, if it can be another one than that of the socket: ours, a group, or broadcast.
    pub(in crate::net) to: Option<IpAddr>,
    /// The address of ours that answers it, if the system says so.
    pub(in crate::net) answers_from: Option<IpAddr>,
    /// How many datagrams the system has dropped so far because the receive buffer was full, if it says so.
    pub(in crate::net) dropped: Option<u32>,
}

/// What the network said of a datagram that was sent: it did not get there.
#[derive(Debug)]
pub(in crate::net) struct Troubled {
    /// Where it was sent; `None` if the system does not say.
    pub(in crate::net) to: Option<SocketAddr>,
    /// The address of ours that it was from, if the system says so.
    pub(in crate::net) from: Option<IpAddr>,
    /// The error that it means.
    pub(in crate::net) error: io::Error,
    /// Which host said so, in an ICMP message with this type and code.
    pub(in crate::net) icmp: Option<Icmp>,
}
