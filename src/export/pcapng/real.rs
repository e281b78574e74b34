//! The packets of the lab, as they were: in the place of those that would be reconstructed for the same connections.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::time::SystemTime;

use crate::capture::packets::{Packet, RawPacket, RawPackets, canonical};
use crate::capture::pcap::ImportError;
use crate::capture::store::Store;
use crate::net::{Address, Link};

/// The two ends of a connection, in order, and whether it is one of UDP.
type Pair = (bool, [SocketAddr; 2]);

/// The connections whose packets are exported.
#[derive(Debug)]
pub(in crate::export) enum Connections {
    /// All; and the packets that belong to none.
    All,
    /// Those of chosen entries.
    Chosen(HashSet<Pair>),
}

impl Connections {
    /// Adds a connection to those that were chosen.
    pub(in crate::export) fn add(&mut self, link: &Link) {
        if let (Self::Chosen(chosen), Some(pair)) = (self, pair_of(link)) {
            chosen.insert(pair);
        }
    }

    fn has(&self, packet: &RawPacket) -> bool {
        match (self, pair_in(packet)) {
            (Self::All, _) => true,
            (Self::Chosen(chosen), Some(pair)) => chosen.contains(&pair),
            (Self::Chosen(_), None) => false,
        }
    }
}

/// The packets of a capture's lab, in the order of their arrival.
#[derive(Debug)]
pub(in crate::export) struct RealPackets {
    raw: RawPackets,
    next: Option<RawPacket>,
    connections: Connections,
    /// The connections that there are packets of, and the addresses that packets were sent to.
    seen: HashSet<Pair>,
    reached: HashSet<SocketAddr>,
    /// What the file lacks, by what it says itself.
    lost: u64,
    /// Why it cannot be read further.
    damage: Option<ImportError>,
}

impl RealPackets {
    /// Looks through the file of a capture; `None` if it has none.
    ///
    /// # Errors
    /// It is no pcapng, or cannot be read.
    pub(in crate::export) fn open(
        store: &Store,
        connections: Connections,
    ) -> Result<Option<Self>, ImportError> {
        let (Some(mut first), Some(raw)) = (RawPackets::open(store)?, RawPackets::open(store)?)
        else {
            return Ok(None);
        };
        let (mut seen, mut reached, mut damage) = (HashSet::new(), HashSet::new(), None);
        loop {
            match first.next() {
                Ok(Some(packet)) => {
                    seen.extend(pair_in(&packet));
                    if let Some(segment) = packet.segment {
                        reached.insert(canonical(segment.destination));
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    damage = Some(error);
                    break;
                }
            }
        }
        let mut packets = Self {
            raw,
            next: None,
            connections,
            seen,
            reached,
            lost: first.lost(),
            damage,
        };
        packets.advance();
        Ok(Some(packets))
    }

    /// Returns how many packets the file lacks, and why it cannot be read to its end, if so.
    pub(in crate::export) fn lacks(&mut self) -> (u64, Option<ImportError>) {
        (self.lost, self.damage.take())
    }

    /// Returns whether there are packets of a connection, or of an attempt at one.
    pub(super) fn has(&self, link: &Link) -> bool {
        if let Some(pair) = pair_of(link) {
            return self.seen.contains(&pair);
        }
        let peer = link.peer.tcp().map(canonical);
        peer.is_some_and(|peer| self.reached.contains(&peer))
    }

    /// Returns the next packet that arrived until `time`.
    pub(super) fn until(&mut self, time: Option<SystemTime>) -> Option<RawPacket> {
        let is_due = |packet: &mut RawPacket| time.is_none_or(|time| packet.time <= time);
        let packet = self.next.take_if(is_due)?;
        self.advance();
        Some(packet)
    }

    fn advance(&mut self) {
        self.next = loop {
            // Where the file is damaged was found out when it was opened.
            match self.raw.next() {
                Ok(Some(packet)) if self.connections.has(&packet) => break Some(packet),
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => break None,
            }
        };
    }
}

fn pair_in(packet: &RawPacket) -> Option<Pair> {
    let of_segment = |segment: &Packet| (false, sorted([segment.source, segment.destination]));
    let segment = packet.segment.as_ref().map(of_segment);
    segment.or(packet.datagram.map(|ends| (true, sorted(ends))))
}

fn pair_of(link: &Link) -> Option<Pair> {
    let local = link.local.as_ref().and_then(Address::ip)?;
    Some((link.peer.is_udp(), sorted([local, link.peer.ip()?])))
}

fn sorted(ends: [SocketAddr; 2]) -> [SocketAddr; 2] {
    let mut ends = ends.map(canonical);
    ends.sort();
    ends
}
