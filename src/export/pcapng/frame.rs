//! Packets of IP; a TCP segment in one, reconstructed from socket events.

use std::net::{IpAddr, SocketAddr};

use etherparse::{IpNumber, Ipv4Header, Ipv6Header, TcpHeader, TcpOptionElement};

/// The hop limit that Linux sets.
const HOP_LIMIT: u8 = 64;
/// The window that each packet offers, before scaling.
const WINDOW: u16 = u16::MAX;
/// The window scale in SYN: the most that RFC 7323 allows, so that no window ever looks full.
const WINDOW_SCALE: u8 = 14;
/// The longest packet with a segment, in bytes.
const MAX_FRAME_BYTES: u16 = u16::MAX;
/// The longest packet written, in bytes: IPv6 does not count its own header.
pub(super) const MAX_PACKET_BYTES: u32 = MAX_FRAME_BYTES as u32 + 40;

/// The most stream bytes in an IPv4 packet on Ethernet; IPv6 headers are longer by the difference.
const ETHERNET_SEGMENT_BYTES: u16 = 1_500 - 40;
const LOOPBACK_SEGMENT_BYTES: u16 = MAX_FRAME_BYTES - 40;
const IPV6_DIFFERENCE_BYTES: u16 = 20;

/// The purpose of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Syn,
    Data,
    Ack,
    Fin,
    Rst,
}

/// A segment to write.
#[derive(Clone, Copy, Debug)]
pub(super) struct PcapngFrame<'a> {
    pub(super) from: SocketAddr,
    pub(super) to: SocketAddr,
    pub(super) purpose: Purpose,
    pub(super) sequence: u32,
    pub(super) acknowledgment: Option<u32>,
    /// The kept part of its bytes.
    pub(super) payload: &'a [u8],
    /// How many bytes it carried in full.
    pub(super) whole_bytes: u16,
}

/// Returns how many stream bytes one packet between these addresses carries.
pub(super) fn segment_bytes(one: SocketAddr, other: SocketAddr) -> u16 {
    let bytes = if one.ip().is_loopback() && other.ip().is_loopback() {
        LOOPBACK_SEGMENT_BYTES
    } else {
        ETHERNET_SEGMENT_BYTES
    };
    if one.is_ipv4() && other.is_ipv4() {
        bytes
    } else {
        bytes - IPV6_DIFFERENCE_BYTES
    }
}

/// A packet, from its IP header on.
pub(super) trait OnWire {
    /// Appends the packet to an empty `buffer`, and returns its length on the wire.
    fn write(&self, buffer: &mut Vec<u8>) -> u32;
}

impl OnWire for PcapngFrame<'_> {
    /// Both checksums are valid; if only a part of a segment was kept, its checksum covers that part.
    fn write(&self, buffer: &mut Vec<u8>) -> u32 {
        let mut tcp = self.tcp_header();
        let tcp_bytes = tcp.header_len_u16().saturating_add(self.whole_bytes);
        let checksum = match (self.from.ip(), self.to.ip()) {
            (IpAddr::V4(from), IpAddr::V4(to)) => {
                tcp.calc_checksum_ipv4_raw(from.octets(), to.octets(), self.payload)
            }
            (from, to) => tcp.calc_checksum_ipv6_raw(ipv6(from), ipv6(to), self.payload),
        };
        tcp.checksum = checksum.unwrap_or(0);
        let ends = (self.from.ip(), self.to.ip());
        let ip_bytes = write_ip(ends, IpNumber::TCP, tcp_bytes, buffer);
        buffer.extend_from_slice(&tcp.to_bytes());
        buffer.extend_from_slice(self.payload);
        ip_bytes + u32::from(tcp_bytes)
    }
}

impl PcapngFrame<'_> {
    fn tcp_header(&self) -> TcpHeader {
        let (from, to) = (self.from.port(), self.to.port());
        let mut header = TcpHeader::new(from, to, self.sequence, WINDOW);
        header.ack = self.acknowledgment.is_some();
        header.acknowledgment_number = self.acknowledgment.unwrap_or(0);
        match self.purpose {
            Purpose::Syn => {
                header.syn = true;
                let options = [
                    TcpOptionElement::MaximumSegmentSize(segment_bytes(self.from, self.to)),
                    TcpOptionElement::WindowScale(WINDOW_SCALE),
                ];
                // Seven bytes always fit into a header's forty.
                header.set_options(&options).ok();
            }
            Purpose::Data => header.psh = true,
            Purpose::Ack => {}
            Purpose::Fin => header.fin = true,
            Purpose::Rst => header.rst = true,
        }
        header
    }
}

/// Writes the IP header of a packet with so many bytes of this protocol, and returns its length.
pub(super) fn write_ip(
    (from, to): (IpAddr, IpAddr),
    protocol: IpNumber,
    payload_bytes: u16,
    buffer: &mut Vec<u8>,
) -> u32 {
    if let (IpAddr::V4(from), IpAddr::V4(to)) = (from, to) {
        let mut header = Ipv4Header {
            total_len: payload_bytes.saturating_add(Ipv4Header::MIN_LEN_U16),
            time_to_live: HOP_LIMIT,
            protocol,
            source: from.octets(),
            destination: to.octets(),
            ..Ipv4Header::default()
        };
        header.header_checksum = header.calc_header_checksum();
        let bytes = header.to_bytes();
        buffer.extend_from_slice(&bytes);
        return bytes.len() as u32;
    }
    let header = Ipv6Header {
        payload_length: payload_bytes,
        next_header: protocol,
        hop_limit: HOP_LIMIT,
        source: ipv6(from),
        destination: ipv6(to),
        ..Ipv6Header::default()
    };
    let bytes = header.to_bytes();
    buffer.extend_from_slice(&bytes);
    bytes.len() as u32
}

/// Both ends of a connection have the same address family; if not, IPv6 can represent both.
pub(super) fn ipv6(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    }
}
