//! A TCP segment in an IP packet, reconstructed from socket events.

use std::net::{IpAddr, SocketAddr};

use etherparse::{IpNumber, Ipv4Header, Ipv6Header, TcpHeader, TcpOptionElement};

/// The hop limit that Linux sets.
const HOP_LIMIT: u8 = 64;
/// The window that each packet offers, before scaling.
const WINDOW: u16 = u16::MAX;
/// The window scale in SYN: the most that RFC 7323 allows, so that no window ever looks full.
const WINDOW_SCALE: u8 = 14;
/// The longest packet written, in bytes.
pub(super) const MAX_FRAME_BYTES: u16 = u16::MAX;

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
pub(super) struct Frame<'a> {
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

impl Frame<'_> {
    /// Replaces the contents of `buffer` with the packet, and returns its length on the wire.
    ///
    /// Both checksums are valid; if only a part of a segment was kept, its checksum covers that part.
    pub(super) fn write(&self, buffer: &mut Vec<u8>) -> u32 {
        buffer.clear();
        let mut tcp = self.tcp_header();
        let tcp_bytes = tcp.header_len_u16().saturating_add(self.whole_bytes);
        let ip_bytes = match (self.from.ip(), self.to.ip()) {
            (IpAddr::V4(from), IpAddr::V4(to)) => {
                let (from, to) = (from.octets(), to.octets());
                tcp.checksum = tcp
                    .calc_checksum_ipv4_raw(from, to, self.payload)
                    .unwrap_or(0);
                write_ipv4(from, to, tcp_bytes, buffer)
            }
            (from, to) => {
                let (from, to) = (ipv6(from), ipv6(to));
                tcp.checksum = tcp
                    .calc_checksum_ipv6_raw(from, to, self.payload)
                    .unwrap_or(0);
                write_ipv6(from, to, tcp_bytes, buffer)
            }
        };
        buffer.extend_from_slice(&tcp.to_bytes());
        buffer.extend_from_slice(self.payload);
        ip_bytes + u32::from(tcp_bytes)
    }

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

fn write_ipv4(from: [u8; 4], to: [u8; 4], payload_bytes: u16, buffer: &mut Vec<u8>) -> u32 {
    let mut header = Ipv4Header {
        total_len: payload_bytes.saturating_add(Ipv4Header::MIN_LEN_U16),
        time_to_live: HOP_LIMIT,
        protocol: IpNumber::TCP,
        source: from,
        destination: to,
        ..Ipv4Header::default()
    };
    header.header_checksum = header.calc_header_checksum();
    let bytes = header.to_bytes();
    buffer.extend_from_slice(&bytes);
    bytes.len() as u32
}

fn write_ipv6(from: [u8; 16], to: [u8; 16], payload_bytes: u16, buffer: &mut Vec<u8>) -> u32 {
    let header = Ipv6Header {
        payload_length: payload_bytes,
        next_header: IpNumber::TCP,
        hop_limit: HOP_LIMIT,
        source: from,
        destination: to,
        ..Ipv6Header::default()
    };
    let bytes = header.to_bytes();
    buffer.extend_from_slice(&bytes);
    bytes.len() as u32
}

/// Both ends of a connection have the same address family; if not, IPv6 can represent both.
fn ipv6(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
        IpAddr::V6(address) => address.octets(),
    }
}
