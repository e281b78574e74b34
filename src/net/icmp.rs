//! What the network says of a datagram that it could not deliver.

use std::net::IpAddr;

/// An ICMP message about a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icmp {
    /// Who sent it, if that is known.
    pub by: Option<IpAddr>,
    /// The type (RFC 792, RFC 4443).
    pub kind: u8,
    /// The code.
    pub code: u8,
}
