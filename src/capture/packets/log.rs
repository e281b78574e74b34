//! The packets of one connection in a span of time, found in the file.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::SystemTime;

use super::packet::{Packet, PacketEnds, TcpFlags};
use super::raw::RawPackets;
use crate::capture::pcap::ImportError;
use crate::capture::store::Store;

/// The most packets that a log holds; later ones are not found.
pub const MAX_PACKETS: usize = 1_000_000;

/// Which packets are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketQuery {
    /// The connection.
    pub ends: PacketEnds,
    /// When they arrived.
    pub times: RangeInclusive<SystemTime>,
    /// How many, at most; but those with SYN, FIN or RST are always among them.
    pub most: usize,
}

/// Packets of one connection, in the order of their arrival.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PacketRun {
    /// The packets.
    pub packets: Vec<Packet>,
    /// How many there are in all; the others were left out evenly.
    pub total: u64,
    /// The sequence numbers of the SYNs with which the connection began, ours and the peer's, where they were seen.
    pub began: (Option<u32>, Option<u32>),
    /// How many packets of the lab, of whatever connection, are not in the file. Known once the lab has ended.
    pub lost: u64,
}

/// Finds packets in the file of a capture, which may be growing. Keeps what it has read of it.
#[derive(Debug, Default)]
pub struct PacketLog {
    /// The file, and the folder that it is in.
    of: Option<(PathBuf, RawPackets)>,
    packets: Vec<Packet>,
    /// Which of them have SYN.
    syns: Vec<usize>,
}

impl PacketLog {
    /// Returns the packets of a connection; none if the capture has no lab. Reads what the file has
    /// grown by.
    ///
    /// # Errors
    /// The file is damaged or cannot be read.
    pub fn find(&mut self, store: &Store, query: &PacketQuery) -> Result<PacketRun, ImportError> {
        self.follow(store)?;
        let first = self
            .packets
            .partition_point(|it| it.time < *query.times.start());
        let later = self.packets.get(first..).unwrap_or_default();
        let within = later.iter().take_while(|it| it.time <= *query.times.end());
        let found: Vec<&Packet> = within.filter(|it| query.ends.has(it)).collect();
        let total = found.len();
        // One of so many is shown, and each turn of the connection.
        let each = total.div_ceil(query.most.max(1)).max(1);
        let is_shown = |place: usize, packet: &Packet| {
            place.is_multiple_of(each) || place + 1 == total || packet.flags.is_turn()
        };
        let shown = found.into_iter().enumerate();
        let shown = shown.filter(|(place, packet)| is_shown(*place, packet));
        Ok(PacketRun {
            packets: shown.map(|(_, packet)| packet.clone()).collect(),
            total: total as u64,
            began: self.began(query),
            lost: self.of.as_ref().map_or(0, |(_, raw)| raw.lost()),
        })
    }

    /// Returns the sequence numbers of the last SYNs of both ends until the end of the wanted time.
    fn began(&self, query: &PacketQuery) -> (Option<u32>, Option<u32>) {
        let syns = self
            .syns
            .iter()
            .filter_map(|place| self.packets.get(*place));
        let until = syns.take_while(|it| it.time <= *query.times.end());
        let mut began = (None, None);
        for syn in until.filter(|it| query.ends.has(it)) {
            if query.ends.is_sent(syn) {
                began.0 = Some(syn.sequence);
            } else {
                began.1 = Some(syn.sequence);
            }
        }
        began
    }

    fn follow(&mut self, store: &Store) -> Result<(), ImportError> {
        let dir = store.dir();
        let known = self
            .of
            .take()
            .filter(|(of, raw)| *of == dir && raw.can_grow());
        let known = known.map(|(_, raw)| raw);
        if known.is_none() {
            *self = Self::default();
        }
        let raw = known.map_or_else(|| RawPackets::open(store), |raw| Ok(Some(raw)));
        let Some(mut raw) = raw? else {
            return Ok(());
        };
        while self.packets.len() < MAX_PACKETS
            && let Some(packet) = raw.next()?
        {
            self.add(packet.segment);
        }
        self.of = Some((dir, raw));
        Ok(())
    }

    fn add(&mut self, packet: Option<Packet>) {
        let Some(mut packet) = packet else {
            return;
        };
        // The kernel stamps packets in their order; a clock that was set back must not hide any.
        if let Some(last) = self.packets.last() {
            packet.time = packet.time.max(last.time);
        }
        if packet.flags.has(TcpFlags::SYN) {
            self.syns.push(self.packets.len());
        }
        self.packets.push(packet);
    }
}
