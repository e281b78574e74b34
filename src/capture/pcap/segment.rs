//! Extracts from IP packets what they hold: TCP segments, UDP datagrams, fragments.

use std::net::{IpAddr, SocketAddr};

use etherparse::{IpNumber, Ipv6ExtensionSlice, LaxIpSlice};

use super::datagram::{IcmpNotice, UdpDatagram, datagram, notice};
use super::fragments::{Fragment, Whose};
use super::input::InputFields;

const FIN: u8 = 0x01;
const SYN: u8 = 0x02;
const RST: u8 = 0x04;
const ACK: u8 = 0x10;

/// A TCP segment (RFC 9293), possibly truncated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TcpSegment<'a> {
    pub(crate) source: SocketAddr,
    pub(crate) destination: SocketAddr,
    pub(crate) sequence: u32,
    /// `None` without ACK.
    pub(crate) acknowledgment: Option<u32>,
    pub(crate) syn: bool,
    pub(crate) fin: bool,
    pub(crate) rst: bool,
    /// All flags, as they stand in the header.
    pub(crate) flags: u8,
    /// The receive window, not scaled.
    pub(crate) window: u16,
    /// Its length in the stream.
    pub(crate) whole_bytes: u32,
    /// The captured part.
    pub(crate) payload: &'a [u8],
}

/// The content of an IP packet.
#[derive(Clone, Copy, Debug)]
pub(crate) enum IpContent<'a> {
    Segment(TcpSegment<'a>),
    Datagram(UdpDatagram<'a>),
    /// An ICMP message about a datagram.
    Notice(IcmpNotice),
    /// A part of a packet.
    Fragment(Fragment<'a>),
    /// None of these, or not parsable.
    Other,
}

/// Parses the IP packet at the start of `bytes`, which had `whole_bytes` on the wire.
pub(crate) fn read(bytes: &[u8], whole_bytes: u64) -> IpContent<'_> {
    let Ok((ip, _)) = LaxIpSlice::from_slice(bytes) else {
        return IpContent::Other;
    };
    let whole_bytes = content_bytes(&ip, whole_bytes);
    if ip.is_fragmenting_payload() {
        let fragment = fragment(&ip, whole_bytes);
        return fragment.map_or(IpContent::Other, IpContent::Fragment);
    }
    content(
        ip.payload_ip_number(),
        [ip.source_addr(), ip.destination_addr()],
        ip.payload().payload,
        whole_bytes,
    )
}

/// Parses what an IP packet of this protocol holds, which had `whole_bytes` on the wire.
pub(super) fn content(
    protocol: IpNumber,
    ends: [IpAddr; 2],
    bytes: &[u8],
    whole_bytes: u64,
) -> IpContent<'_> {
    let content = match protocol {
        IpNumber::TCP => segment(ends, bytes, whole_bytes).map(IpContent::Segment),
        IpNumber::UDP => datagram(ends, bytes, whole_bytes).map(IpContent::Datagram),
        _ => notice(ends[0], protocol, bytes).map(IpContent::Notice),
    };
    content.unwrap_or(IpContent::Other)
}

fn fragment<'a>(ip: &LaxIpSlice<'a>, whole_bytes: u64) -> Option<Fragment<'a>> {
    let (identification, offset, has_more) = match ip {
        LaxIpSlice::Ipv4(ip) => {
            let header = ip.header();
            let offset = header.fragments_offset().byte_offset();
            (
                header.identification().into(),
                offset,
                header.more_fragments(),
            )
        }
        LaxIpSlice::Ipv6(ip) => {
            let mut extensions = ip.extensions().clone().into_iter();
            let header = extensions.find_map(|extension| match extension {
                Ipv6ExtensionSlice::Fragment(header) => Some(header),
                _ => None,
            })?;
            let offset = header.fragment_offset().byte_offset();
            (header.identification(), offset, header.more_fragments())
        }
    };
    Some(Fragment {
        whose: Whose {
            source: ip.source_addr(),
            destination: ip.destination_addr(),
            protocol: ip.payload_ip_number(),
            identification,
        },
        offset: offset.into(),
        is_last: !has_more,
        whole_bytes: u32::try_from(whole_bytes).ok()?,
        payload: ip.payload().payload,
    })
}

/// Returns the length of the packet after its IP headers.
///
/// The system leaves the length in the header at zero if the network card is to split the packet.
fn content_bytes(ip: &LaxIpSlice<'_>, whole_bytes: u64) -> u64 {
    let (headers, length) = match ip {
        LaxIpSlice::Ipv4(ip) => {
            let header = ip.header().slice().len();
            let extensions = ip.extensions().auth.map_or(0, |auth| auth.slice().len());
            let length = usize::from(ip.header().total_len());
            (header + extensions, Some(length).filter(|&l| l >= header))
        }
        LaxIpSlice::Ipv6(ip) => {
            let header = ip.header().slice().len();
            let length = usize::from(ip.header().payload_length());
            let whole = (length > 0).then_some(header + length);
            (header + ip.extensions().slice().len(), whole)
        }
    };
    let length = length.map_or(whole_bytes, |length| length as u64);
    length.saturating_sub(headers as u64)
}

fn segment(
    [source, destination]: [IpAddr; 2],
    tcp: &[u8],
    whole_bytes: u64,
) -> Option<TcpSegment<'_>> {
    let mut fields = InputFields::new(tcp, true);
    let [source_port, destination_port] = [fields.u16()?, fields.u16()?];
    let [sequence, acknowledgment] = [fields.u32()?, fields.u32()?];
    let [offset, flags] = fields.u16()?.to_be_bytes();
    // Unknown if even the header was truncated.
    let window = fields.u16().unwrap_or(0);
    let header_bytes = usize::from(offset >> 4) * 4;
    let whole_bytes = whole_bytes.checked_sub(header_bytes as u64)?;
    if header_bytes < 20 {
        return None;
    }
    Some(TcpSegment {
        source: SocketAddr::new(source, source_port),
        destination: SocketAddr::new(destination, destination_port),
        sequence,
        acknowledgment: (flags & ACK != 0).then_some(acknowledgment),
        syn: flags & SYN != 0,
        fin: flags & FIN != 0,
        rst: flags & RST != 0,
        flags,
        window,
        whole_bytes: u32::try_from(whole_bytes).ok()?,
        // Empty if even the header's options were truncated.
        payload: tcp.get(header_bytes..).unwrap_or(&[]),
    })
}
