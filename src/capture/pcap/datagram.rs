//! Extracts UDP datagrams from IP packets, and what ICMP says about them.

use std::net::{IpAddr, SocketAddr};

use etherparse::{IpNumber, LaxIpSlice};

use super::input::InputFields;
use crate::net::Icmp;

const UDP_HEADER_BYTES: u64 = 8;
/// Where an ICMP message begins to quote a packet.
const QUOTE_AT: usize = 8;

/// A UDP datagram (RFC 768), possibly truncated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UdpDatagram<'a> {
    pub(crate) source: SocketAddr,
    pub(crate) destination: SocketAddr,
    /// How many bytes it carried.
    pub(crate) whole_bytes: u64,
    /// The captured ones.
    pub(crate) payload: &'a [u8],
}

/// What ICMP says about a datagram.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IcmpNotice {
    /// Who sent the datagram.
    pub(super) source: SocketAddr,
    /// To whom.
    pub(super) destination: SocketAddr,
    pub(super) icmp: Icmp,
}

/// Reads a datagram that had `whole_bytes` on the wire, its header included.
pub(super) fn datagram(
    [source, destination]: [IpAddr; 2],
    bytes: &[u8],
    whole_bytes: u64,
) -> Option<UdpDatagram<'_>> {
    let mut fields = InputFields::new(bytes, true);
    let [source_port, destination_port] = [fields.u16()?, fields.u16()?];
    // The system leaves the length at zero if the packet is too long for it.
    let whole_bytes = match fields.u16()?.into() {
        0 => whole_bytes,
        length => whole_bytes.min(length),
    };
    let whole_bytes = whole_bytes.checked_sub(UDP_HEADER_BYTES)?;
    let payload = bytes.get(UDP_HEADER_BYTES as usize..).unwrap_or_default();
    let most = usize::try_from(whole_bytes).unwrap_or(usize::MAX);
    Some(UdpDatagram {
        source: SocketAddr::new(source, source_port),
        destination: SocketAddr::new(destination, destination_port),
        whole_bytes,
        payload: payload.get(..most).unwrap_or(payload),
    })
}

/// Reads an ICMP message that says that a datagram did not arrive; `None` if it says something else.
pub(super) fn notice(by: IpAddr, protocol: IpNumber, bytes: &[u8]) -> Option<IcmpNotice> {
    let (&kind, &code) = (bytes.first()?, bytes.get(1)?);
    let is_about_delivery = match protocol {
        // Destination unreachable, time exceeded, parameter problem.
        IpNumber::ICMP => matches!(kind, 3 | 11 | 12),
        // Destination unreachable, packet too big, time exceeded, parameter problem.
        IpNumber::IPV6_ICMP => matches!(kind, 1..=4),
        _ => false,
    };
    let quoted = bytes.get(QUOTE_AT..).filter(|_| is_about_delivery)?;
    let (ip, _) = LaxIpSlice::from_slice(quoted).ok()?;
    if ip.is_fragmenting_payload() || ip.payload_ip_number() != IpNumber::UDP {
        return None;
    }
    let mut ports = InputFields::new(ip.payload().payload, true);
    let [source_port, destination_port] = [ports.u16()?, ports.u16()?];
    Some(IcmpNotice {
        source: SocketAddr::new(ip.source_addr(), source_port),
        destination: SocketAddr::new(ip.destination_addr(), destination_port),
        icmp: Icmp {
            by: Some(by),
            kind,
            code,
        },
    })
}
