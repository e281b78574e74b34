//! Converts a capture file, packet by packet, to entries.

use std::cmp::Reverse;
use std::io::Read;

use super::connection::CapturedConnection;
use super::emitter::Emitter;
use super::error::ImportError;
use super::flows::CapturedFlows;
use super::fragments::{Fragment, Fragments, Whose};
use super::link;
use super::packets::{FileItem, FilePacket, Packets};
use super::segment::{self, IpContent, TcpSegment};
use super::table::{AddressPair, ConnectionTable};
use crate::capture::entry::Entry;

/// The most connections that are tracked. The one that has been silent longest is dropped for a new one.
const MAX_CONNECTIONS: usize = 65_536;
/// The most bytes held behind gaps in total, including overhead. Beyond it, gaps are given up.
const MAX_HELD_BYTES: usize = 64 * 1024 * 1024;
/// How many of them may remain then. Well below the limit, so that the largest holders are not searched for at every
/// packet.
const KEPT_HELD_BYTES: usize = MAX_HELD_BYTES / 8 * 7;

/// What a file contains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// All packets.
    pub packets: u64,
    /// Packets with a TCP segment.
    pub segments: u64,
    /// UDP datagrams, those in fragments included.
    pub datagrams: u64,
    /// Fragments of IP packets that were skipped, because others of the same packet are missing.
    pub fragments: u64,
    /// Packets that were skipped because they hold neither TCP nor UDP or could not be parsed.
    pub others: u64,
    /// Bytes of streams and datagrams that the file does not hold.
    pub missing_bytes: u64,
}

impl ImportSummary {
    /// Returns whether the entries hold everything that is in the file, and nothing is missing from it.
    pub(crate) fn is_whole(&self) -> bool {
        self.fragments + self.others + self.missing_bytes == 0
    }
}

/// Converts a capture file (pcap or pcapng) to entries, as seen by the side that accepted each connection.
///
/// A UDP flow is seen by the side that its first datagram was sent to. It ends after two minutes of silence.
///
/// An entry has the time of the packet that completed it: bytes that arrived early appear once the gap before them is
/// closed. Stamps count from the first packet and never decrease; times are those of the packets.
#[derive(Debug)]
pub struct PcapImport<R> {
    packets: Packets<R>,
    story: Story,
    is_over: bool,
}

impl<R: Read> PcapImport<R> {
    /// Opens a file and reads its header.
    pub fn open(file: R) -> Result<Self, ImportError> {
        Ok(Self {
            packets: Packets::open(file)?,
            story: Story::new(),
            is_over: false,
        })
    }

    /// Reads the next packet and appends its entries to `entries`. Returns whether there may be more.
    ///
    /// # Errors
    ///
    /// The file is damaged or cannot be read. The entries of everything before that are in `entries`.
    pub fn step(&mut self, entries: &mut Vec<Entry>) -> Result<bool, ImportError> {
        if self.is_over {
            return Ok(false);
        }
        let step = match self.packets.next() {
            Ok(FileItem::Packet(packet)) => {
                self.story.take(&packet);
                Ok(true)
            }
            Ok(FileItem::Dropped(_) | FileItem::Other) => Ok(true),
            Ok(FileItem::End) => Ok(false),
            Err(error) => Err(error),
        };
        self.is_over = !matches!(step, Ok(true));
        if self.is_over {
            self.story.end();
        }
        entries.append(&mut self.story.out.entries);
        step
    }

    /// Returns how many bytes of the file have been read.
    pub fn position(&self) -> u64 {
        self.packets.position()
    }

    /// Returns what has been found so far.
    pub fn summary(&self) -> ImportSummary {
        ImportSummary {
            missing_bytes: self.story.out.missing_bytes,
            ..self.story.summary
        }
    }
}

/// All connections of the file and the entries made from them.
#[derive(Debug)]
struct Story {
    connections: ConnectionTable,
    flows: CapturedFlows,
    fragments: Fragments,
    held_bytes: usize,
    out: Emitter,
    summary: ImportSummary,
}

impl Story {
    fn new() -> Self {
        Self {
            connections: ConnectionTable::new(MAX_CONNECTIONS),
            flows: CapturedFlows::new(),
            fragments: Fragments::default(),
            held_bytes: 0,
            out: Emitter::new(),
            summary: ImportSummary::default(),
        }
    }

    fn take(&mut self, packet: &FilePacket<'_>) {
        self.summary.packets += 1;
        if let Some(time) = packet.time {
            self.out.advance(time);
            self.flows.pass(&mut self.out);
        }
        let content = link::ip_packet(packet.link_type, packet.bytes).map(|ip| {
            let link_bytes = packet.bytes.len() - ip.len();
            segment::read(ip, packet.whole_bytes - link_bytes as u64)
        });
        self.take_content(content.unwrap_or(IpContent::Other));
    }

    fn take_content(&mut self, content: IpContent<'_>) {
        match content {
            IpContent::Segment(segment) => {
                self.summary.segments += 1;
                self.take_segment(&segment);
            }
            IpContent::Datagram(datagram) => {
                self.summary.datagrams += 1;
                self.flows.take(&datagram, &mut self.out);
            }
            IpContent::Notice(notice) => {
                let is_known = self.flows.notice(&notice, &mut self.out);
                self.summary.others += u64::from(!is_known);
            }
            IpContent::Fragment(fragment) => self.take_fragment(&fragment),
            IpContent::Other => self.summary.others += 1,
        }
    }

    fn take_fragment(&mut self, fragment: &Fragment<'_>) {
        self.summary.fragments += 1;
        let Some(joined) = self.fragments.push(fragment, self.out.now.stamp) else {
            return;
        };
        self.summary.fragments -= joined.fragments.min(self.summary.fragments);
        let Whose {
            source,
            destination,
            protocol,
            ..
        } = fragment.whose;
        let ends = [source, destination];
        self.take_content(segment::content(
            protocol,
            ends,
            &joined.bytes,
            joined.whole_bytes,
        ));
    }

    fn take_segment(&mut self, segment: &TcpSegment<'_>) {
        let pair = AddressPair::new(segment.source, segment.destination);
        let known = self.connections.get(pair);
        if known.is_none_or(|connection| connection.is_superseded_by(segment)) {
            let Some(connection) = CapturedConnection::begin(segment, &self.out) else {
                return;
            };
            let replaced = self.connections.insert(pair, connection);
            let retired = self.connections.retire();
            for connection in replaced.into_iter().chain(retired) {
                self.forget(connection);
            }
        }
        let Some(connection) = self.connections.get(pair) else {
            return;
        };
        self.held_bytes -= connection.held_bytes();
        connection.take(segment, &mut self.out);
        self.held_bytes += connection.held_bytes();
        if self.held_bytes > MAX_HELD_BYTES {
            self.relieve();
        }
    }

    /// Gives up the gaps of the largest holders. Connections that merely wait for the next segment should not pay for
    /// them.
    fn relieve(&mut self) {
        let mut holders: Vec<_> = self.connections.iter_mut().collect();
        holders.sort_unstable_by_key(|it| (Reverse(it.held_bytes()), it.id()));
        for connection in holders {
            if self.held_bytes <= KEPT_HELD_BYTES {
                break;
            }
            self.held_bytes -= connection.held_bytes();
            connection.relieve(&mut self.out);
            self.held_bytes += connection.held_bytes();
        }
    }

    /// Ends a connection and forgets it.
    fn forget(&mut self, connection: CapturedConnection) {
        self.held_bytes -= connection.held_bytes();
        let id = connection.id();
        connection.end(&mut self.out);
        self.out.forget(id);
    }

    /// Ends all connections at the end of the file.
    fn end(&mut self) {
        for mut connection in self.connections.drain() {
            connection.give_up_opening(&mut self.out);
            self.forget(connection);
        }
    }
}
