//! What is known of one packet: the facts of its TCP header. Pure.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::SystemTime;

use crate::capture::pcap::TcpSegment;
use crate::net::{Address, Link};

/// A TCP segment of the lab, as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// When it arrived, by the kernel.
    pub time: SystemTime,
    /// Who sent it.
    pub source: SocketAddr,
    /// Who received it.
    pub destination: SocketAddr,
    /// Its flags.
    pub flags: TcpFlags,
    /// Its sequence number, as it stands in the header.
    pub sequence: u32,
    /// What it acknowledges, with ACK.
    pub acknowledgment: Option<u32>,
    /// The receive window, not scaled.
    pub window: u16,
    /// How many bytes of the stream it carries.
    pub payload_bytes: u32,
    /// Of a packet with SYN, its bytes from the IP header on.
    pub syn: Option<Arc<[u8]>>,
}

/// The flags of a TCP header (RFC 9293, section 3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TcpFlags(pub u8);

impl TcpFlags {
    /// No more bytes will follow.
    pub const FIN: Self = Self(0x01);
    /// The first of its direction.
    pub const SYN: Self = Self(0x02);
    /// The connection is over at once.
    pub const RST: Self = Self(0x04);
    /// Hand the bytes on without waiting for more.
    pub const PSH: Self = Self(0x08);
    /// The acknowledgment number counts.
    pub const ACK: Self = Self(0x10);

    /// Returns whether all of `others` are set.
    pub fn has(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// Returns the names of those that are set.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let names = [
            (Self::SYN, "SYN"),
            (Self::FIN, "FIN"),
            (Self::RST, "RST"),
            (Self::PSH, "PSH"),
            (Self::ACK, "ACK"),
        ];
        let set = names.into_iter().filter(move |(flag, _)| self.has(*flag));
        set.map(|(_, name)| name)
    }

    /// Returns whether it begins, finishes or breaks a connection.
    pub fn is_turn(self) -> bool {
        self.0 & (Self::SYN.0 | Self::FIN.0 | Self::RST.0) != 0
    }
}

/// As tcpdump writes them: `S`, `S.`, `P.`, `F.`, `R`.
impl fmt::Display for TcpFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = [
            (Self::SYN, "S"),
            (Self::FIN, "F"),
            (Self::RST, "R"),
            (Self::PSH, "P"),
            (Self::ACK, "."),
        ];
        for (flag, letter) in letters {
            if self.has(flag) {
                f.write_str(letter)?;
            }
        }
        Ok(())
    }
}

impl Packet {
    /// Returns the facts of a segment in the IP packet `ip`.
    pub(super) fn new(time: SystemTime, segment: &TcpSegment<'_>, ip: &[u8]) -> Self {
        let flags = TcpFlags(segment.flags);
        Self {
            time,
            source: segment.source,
            destination: segment.destination,
            flags,
            sequence: segment.sequence,
            acknowledgment: segment.acknowledgment,
            window: segment.window,
            payload_bytes: segment.whole_bytes,
            syn: flags.has(TcpFlags::SYN).then(|| ip.into()),
        }
    }
}

/// The ends of a connection, by which its packets are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PacketEnds {
    /// Our end; `None` if it is not known, as of a connect that failed.
    local: Option<SocketAddr>,
    peer: SocketAddr,
}

impl PacketEnds {
    /// Returns the ends of a connection. A Unix socket has no packets.
    pub fn of(link: &Link) -> Option<Self> {
        Self::new(link.local.as_ref(), &link.peer)
    }

    /// Returns the ends of a connection by their addresses; ours may not be known. A Unix socket has no packets.
    pub fn new(local: Option<&Address>, peer: &Address) -> Option<Self> {
        Some(Self {
            local: local.and_then(Address::ip).map(canonical),
            peer: canonical(peer.ip()?),
        })
    }

    /// Returns whether a packet is one of this connection: sent by us, or to us.
    pub fn has(&self, packet: &Packet) -> bool {
        let is_ours = |it| self.local.is_none_or(|local| local == it);
        let (from, to) = (canonical(packet.source), canonical(packet.destination));
        (is_ours(from) && to == self.peer) || (is_ours(to) && from == self.peer)
    }

    /// Returns whether our end sent the packet.
    pub fn is_sent(&self, packet: &Packet) -> bool {
        canonical(packet.destination) == self.peer
    }
}

/// A dual-stack socket sees IPv4 peers as IPv6 addresses; their packets are IPv4.
pub(crate) fn canonical(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}
