//! Synthetic packets and files for tests.

use std::net::{IpAddr, SocketAddr};

use etherparse::PacketBuilder;

use super::import::PcapImport;
use super::{ImportError, ImportSummary};
use crate::capture::entry::Entry;
use crate::capture::event::EventKind;
use crate::net::{Direction, NetError};

/// The sequence number of the client's first byte.
pub(crate) const C: u32 = 1_001;
/// The sequence number of the server's first byte.
pub(crate) const S: u32 = 5_001;

pub(crate) const RAW_IP: u32 = 101;

pub(crate) fn client() -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 1], 5_000))
}

pub(crate) fn server() -> SocketAddr {
    SocketAddr::from(([10, 0, 0, 2], 80))
}

/// An IP packet of the client, with these flags (`SAFRP`).
pub(crate) fn c(flags: &str, sequence: u32, acknowledgment: u32, payload: &[u8]) -> Vec<u8> {
    packet(
        [client(), server()],
        flags,
        sequence,
        acknowledgment,
        payload,
    )
}

/// An IP packet of the server.
pub(crate) fn s(flags: &str, sequence: u32, acknowledgment: u32, payload: &[u8]) -> Vec<u8> {
    packet(
        [server(), client()],
        flags,
        sequence,
        acknowledgment,
        payload,
    )
}

pub(crate) fn handshake() -> Vec<Vec<u8>> {
    vec![
        c("S", C - 1, 0, b""),
        s("SA", S - 1, C, b""),
        c("A", C, S, b""),
    ]
}

pub(crate) fn packet(
    [from, to]: [SocketAddr; 2],
    flags: &str,
    sequence: u32,
    acknowledgment: u32,
    payload: &[u8],
) -> Vec<u8> {
    let ip = match (from.ip(), to.ip()) {
        (IpAddr::V4(from), IpAddr::V4(to)) => PacketBuilder::ipv4(from.octets(), to.octets(), 64),
        (IpAddr::V6(from), IpAddr::V6(to)) => PacketBuilder::ipv6(from.octets(), to.octets(), 64),
        _ => panic!("two families"),
    };
    let mut tcp = ip.tcp(from.port(), to.port(), sequence, 60_000);
    for flag in flags.chars() {
        tcp = match flag {
            'S' => tcp.syn(),
            'A' => tcp.ack(acknowledgment),
            'F' => tcp.fin(),
            'R' => tcp.rst(),
            'P' => tcp.psh(),
            _ => panic!("{flag}"),
        };
    }
    let mut bytes = Vec::new();
    tcp.write(&mut bytes, payload).unwrap();
    bytes
}

/// A pcap file of these packets, one millisecond apart.
pub(crate) fn pcap(link_type: u32, packets: &[Vec<u8>]) -> Vec<u8> {
    let whole: Vec<_> = packets
        .iter()
        .map(|packet| (packet.len(), packet))
        .collect();
    pcap_cut(link_type, &whole)
}

/// A pcap file of these truncated packets, with their lengths on the wire.
pub(crate) fn pcap_cut(link_type: u32, packets: &[(usize, &Vec<u8>)]) -> Vec<u8> {
    let mut file = Vec::new();
    for field in [0xA1B2_C3D4, 4 << 16 | 2, 0, 0, 96, link_type] {
        file.extend(u32::to_le_bytes(field));
    }
    for (index, (whole_bytes, packet)) in packets.iter().enumerate() {
        let micros = index as u32 * 1_000;
        for field in [
            1_700_000_000,
            micros,
            packet.len() as u32,
            *whole_bytes as u32,
        ] {
            file.extend(field.to_le_bytes());
        }
        file.extend(*packet);
    }
    file
}

/// Imports a whole file.
pub(crate) fn imported(file: &[u8]) -> (Vec<Entry>, ImportSummary, Result<(), ImportError>) {
    let mut entries = Vec::new();
    let mut import = match PcapImport::open(file) {
        Ok(import) => import,
        Err(error) => return (entries, ImportSummary::default(), Err(error)),
    };
    let result = loop {
        match import.step(&mut entries) {
            Ok(true) => {}
            Ok(false) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    (entries, import.summary(), result)
}

/// Summarises an entry, with its bytes.
pub(crate) fn described(entry: &Entry) -> String {
    let link = entry.event.link.as_ref().unwrap();
    let (peer, size) = (&link.peer, entry.size_bytes);
    let what = match &entry.event.kind {
        EventKind::Accepted { .. } => format!("accepted {peer}"),
        EventKind::Received { .. } => format!("received {size} from {peer}"),
        EventKind::Sent { .. } => format!("sent {size} to {peer}"),
        EventKind::PeerFinished => format!("peer finished {peer}"),
        EventKind::WeFinished => format!("we finished {peer}"),
        EventKind::Closed(closed) => {
            let unread = if closed.unread { " unread" } else { "" };
            format!("closed by {:?} {peer}{unread}", closed.by)
        }
        EventKind::Reset { .. } => {
            format!("reset by {peer} after {}", entry.streams.received.offset)
        }
        EventKind::Missing { direction, bytes } => match direction {
            Direction::Received => format!("missing {bytes} from {peer}"),
            Direction::Sent => format!("missing {bytes} to {peer}"),
        },
        EventKind::ConnectFailed { error, .. } => match &**error {
            NetError::Connect { address, source } => format!("{:?} {address}", source.kind),
            NetError::ConnectTimeout { address, timeout } => {
                format!("no answer from {address} in {timeout:?}")
            }
            error => format!("{error:?}"),
        },
        kind => format!("{kind:?}"),
    };
    let bytes = entry.payload().map(|payload| &payload.bytes);
    let text = bytes.map_or_else(String::new, |bytes| {
        format!(": {}", String::from_utf8_lossy(bytes))
    });
    format!("{} {what}{text}", link.connection)
}

/// Summarises the entries made from these packets.
pub(crate) fn story(packets: &[Vec<u8>]) -> Vec<String> {
    let (entries, _, result) = imported(&pcap(RAW_IP, packets));
    result.unwrap();
    entries.iter().map(described).collect()
}
