//! UDP in IP packets, reconstructed from socket events: datagrams, and the ICMP messages about them.
//!
//! Each datagram is one packet, however long it is. On the wire, one that is longer than the MTU goes in fragments; here
//! it is whole, so that a dissector sees it without reassembly.

use std::net::{IpAddr, SocketAddr};

use etherparse::{IpNumber, UdpHeader};

use super::frame::{self, OnWire};
use crate::net::Icmp;

/// The longest datagram that an IP packet can carry, in bytes. The two families differ by the length of the IPv4 header.
const MAX_IPV4_BYTES: u64 = 65_507;
const MAX_IPV6_BYTES: u64 = 65_527;
const UDP_HEADER_BYTES: u16 = 8;
/// The bytes of an ICMP message before what it quotes.
const ICMP_HEADER_BYTES: u16 = 8;

/// A datagram to write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Datagram<'a> {
    pub(super) from: SocketAddr,
    pub(super) to: SocketAddr,
    /// The kept part of its bytes.
    pub(super) payload: &'a [u8],
    /// How many bytes it had in full.
    pub(super) whole_bytes: u64,
}

impl Datagram<'_> {
    /// Returns its header. The checksum is valid; if only a part was kept, it covers that part.
    pub(super) fn header(&self) -> UdpHeader {
        let is_ipv4 = self.from.is_ipv4() && self.to.is_ipv4();
        let most = if is_ipv4 {
            MAX_IPV4_BYTES
        } else {
            MAX_IPV6_BYTES
        };
        let whole_bytes = self.whole_bytes.max(self.payload.len() as u64).min(most);
        let mut header = UdpHeader {
            source_port: self.from.port(),
            destination_port: self.to.port(),
            length: UDP_HEADER_BYTES + whole_bytes as u16,
            checksum: 0,
        };
        let checksum = match (self.from.ip(), self.to.ip()) {
            (IpAddr::V4(from), IpAddr::V4(to)) => {
                header.calc_checksum_ipv4_raw(from.octets(), to.octets(), self.payload)
            }
            (from, to) => {
                header.calc_checksum_ipv6_raw(frame::ipv6(from), frame::ipv6(to), self.payload)
            }
        };
        header.checksum = checksum.unwrap_or(0);
        header
    }
}

impl OnWire for Datagram<'_> {
    fn write(&self, buffer: &mut Vec<u8>) -> u32 {
        let header = self.header();
        let ends = (self.from.ip(), self.to.ip());
        let ip_bytes = frame::write_ip(ends, IpNumber::UDP, header.length, buffer);
        buffer.extend_from_slice(&header.to_bytes());
        let most = usize::from(header.length - UDP_HEADER_BYTES);
        buffer.extend_from_slice(self.payload.get(..most).unwrap_or(self.payload));
        ip_bytes + u32::from(header.length)
    }
}

/// An ICMP message about a datagram (RFC 792, RFC 4443). It quotes the headers of the datagram and none of its bytes.
#[derive(Clone, Debug)]
pub(super) struct Undelivered {
    pub(super) icmp: Icmp,
    /// Between which addresses the datagram went.
    pub(super) from: SocketAddr,
    pub(super) to: SocketAddr,
    /// Its header.
    pub(super) header: UdpHeader,
}

impl OnWire for Undelivered {
    fn write(&self, buffer: &mut Vec<u8>) -> u32 {
        let mut quoted = Vec::new();
        let quoted_ends = (self.from.ip(), self.to.ip());
        frame::write_ip(quoted_ends, IpNumber::UDP, self.header.length, &mut quoted);
        quoted.extend_from_slice(&self.header.to_bytes());
        let by = self.icmp.by.unwrap_or(self.to.ip());
        let ends = (by, self.from.ip());
        let is_ipv4 = by.is_ipv4() && self.from.is_ipv4();
        let mut message = vec![self.icmp.kind, self.icmp.code];
        // The checksum, and four bytes that these messages do not use.
        message.extend([0; 6]);
        message.extend_from_slice(&quoted);
        let sum = if is_ipv4 {
            checksum(&[&message])
        } else {
            let length = (message.len() as u32).to_be_bytes();
            let (from, to) = (frame::ipv6(ends.0), frame::ipv6(ends.1));
            let protocol = [0, 0, 0, IpNumber::IPV6_ICMP.0];
            checksum(&[&from, &to, &length, &protocol, &message])
        };
        if let Some(place) = message.get_mut(2..4) {
            place.copy_from_slice(&sum.to_be_bytes());
        }
        let protocol = if is_ipv4 {
            IpNumber::ICMP
        } else {
            IpNumber::IPV6_ICMP
        };
        let message_bytes = ICMP_HEADER_BYTES + quoted.len() as u16;
        let ip_bytes = frame::write_ip(ends, protocol, message_bytes, buffer);
        buffer.extend_from_slice(&message);
        ip_bytes + u32::from(message_bytes)
    }
}

/// Returns the Internet checksum of these bytes, each part of an even length but the last (RFC 1071).
fn checksum(parts: &[&[u8]]) -> u16 {
    let mut sum = 0_u32;
    for part in parts {
        for pair in part.chunks(2) {
            let high = pair.first().copied().unwrap_or_default();
            let low = pair.get(1).copied().unwrap_or_default();
            sum += u32::from(u16::from_be_bytes([high, low]));
        }
    }
    while sum > 0xFFFF {
        sum = (sum & 0xFFFF) + (sum >> 16);
    }
    !(sum as u16)
}
