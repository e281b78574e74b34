//! Converts a capture file, packet by packet, to entries.

use std::cmp::Reverse;
use std::io::Read;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::connection::CapturedConnection;
use super::error::ImportError;
use super::link;
use super::packets::{Found, Packet, Packets};
use super::segment::{self, IpContent, TcpSegment};
use super::table::{Pair, Table};
use crate::capture::entry::Entry;
use crate::capture::streams::Streams;
use crate::net::{EndpointId, Event, EventKind, Ids, Link, Stamp};

/// The synthetic endpoint of all connections in a file.
pub const IMPORTED: EndpointId = EndpointId(1);

/// The most connections that are tracked. The one that has been silent longest is dropped for a new one.
const MAX_CONNECTIONS: usize = 65_536;
/// The most bytes held behind gaps in total, including overhead. Beyond it, gaps are given up.
const MAX_HELD_BYTES: usize = 64 * 1024 * 1024;
/// How many of them may remain then. Well below the limit, so that the largest holders are not searched for at every
/// packet.
const KEPT_HELD_BYTES: usize = MAX_HELD_BYTES / 8 * 7;

/// What a file contains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// All packets.
    pub packets: u64,
    /// Packets with a TCP segment.
    pub segments: u64,
    /// Fragments of IP packets, which were skipped.
    pub fragments: u64,
    /// Packets that were skipped because they hold no TCP or could not be parsed.
    pub others: u64,
    /// Stream bytes that the file does not hold.
    pub missing_bytes: u64,
}

impl Summary {
    /// Returns whether the entries hold everything that is in the file, and nothing is missing from it.
    pub(crate) fn is_whole(&self) -> bool {
        self.fragments + self.others + self.missing_bytes == 0
    }
}

/// Converts a capture file (pcap or pcapng) to entries, as seen by the side that accepted each connection.
///
/// An entry has the time of the packet that completed it: bytes that arrived early appear once the gap before them is
/// closed. Stamps count from the first packet and never decrease; times are those of the packets.
#[derive(Debug)]
pub struct Import<R> {
    packets: Packets<R>,
    story: Story,
    is_over: bool,
}

impl<R: Read> Import<R> {
    /// Opens a file and reads its header.
    pub fn open(file: R) -> Result<Self, ImportError> {
        Ok(Self {
            packets: Packets::open(file)?,
            story: Story::default(),
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
        let result = match self.packets.next() {
            Ok(Found::Packet(packet)) => {
                self.story.take(&packet, entries);
                return Ok(true);
            }
            Ok(Found::Other) => return Ok(true),
            Ok(Found::End) => Ok(false),
            Err(error) => Err(error),
        };
        self.is_over = true;
        self.story.end(entries);
        result
    }

    /// Returns how many bytes of the file have been read.
    pub fn position(&self) -> u64 {
        self.packets.position()
    }

    /// Returns what has been found so far.
    pub fn summary(&self) -> Summary {
        self.story.summary
    }
}

/// All connections of the file and the entries made from them.
#[derive(Debug)]
struct Story {
    connections: Table,
    held_bytes: usize,
    ids: Ids,
    first_time: Option<SystemTime>,
    now: Now,
    streams: Streams,
    next_number: u64,
    summary: Summary,
}

/// When the current packet was captured.
#[derive(Clone, Copy, Debug)]
struct Now {
    stamp: Stamp,
    time: SystemTime,
}

impl Default for Story {
    fn default() -> Self {
        Self {
            connections: Table::new(MAX_CONNECTIONS),
            held_bytes: 0,
            ids: Ids::default(),
            first_time: None,
            now: Now {
                stamp: Stamp(0),
                time: UNIX_EPOCH,
            },
            streams: Streams::default(),
            next_number: 0,
            summary: Summary::default(),
        }
    }
}

impl Story {
    fn take(&mut self, packet: &Packet<'_>, entries: &mut Vec<Entry>) {
        self.summary.packets += 1;
        if let Some(time) = packet.time {
            self.advance(time);
        }
        let content = link::ip_packet(packet.link_type, packet.bytes).map(|ip| {
            let link_bytes = packet.bytes.len() - ip.len();
            segment::read(ip, packet.whole_bytes - link_bytes as u64)
        });
        match content {
            Some(IpContent::Segment(segment)) => {
                self.summary.segments += 1;
                self.take_segment(&segment, entries);
            }
            Some(IpContent::Fragment) => self.summary.fragments += 1,
            Some(IpContent::Other) | None => self.summary.others += 1,
        }
    }

    fn advance(&mut self, time: SystemTime) {
        let first = *self.first_time.get_or_insert(time);
        let elapsed = time.duration_since(first).unwrap_or_default();
        let stamp = Stamp(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX));
        self.now = Now {
            stamp: stamp.max(self.now.stamp),
            time,
        };
    }

    fn take_segment(&mut self, segment: &TcpSegment<'_>, entries: &mut Vec<Entry>) {
        let pair = Pair::new(segment.source, segment.destination);
        let known = self.connections.get(pair);
        if known.is_none_or(|connection| connection.is_superseded_by(segment)) {
            let Some(connection) = CapturedConnection::begin(segment, self.now.stamp, &self.ids)
            else {
                return;
            };
            if let Some(replaced) = self.connections.insert(pair, connection) {
                self.forget(replaced, CapturedConnection::end, entries);
            }
            for retired in self.connections.retire() {
                self.forget(retired, CapturedConnection::end, entries);
            }
        }
        self.emit(pair, segment, entries);
    }

    fn emit(&mut self, pair: Pair, segment: &TcpSegment<'_>, entries: &mut Vec<Entry>) {
        let Some(connection) = self.connections.get(pair) else {
            return;
        };
        let mut events = Vec::new();
        let held_by_others = self.held_bytes - connection.held_bytes();
        connection.take(segment, &self.ids, &mut events);
        self.held_bytes = held_by_others + connection.held_bytes();
        let link = Arc::clone(connection.link());
        self.enter(&link, events, entries);
        if self.held_bytes > MAX_HELD_BYTES {
            self.relieve(entries);
        }
    }

    /// Gives up the gaps of the largest holders. Connections that merely wait for the next segment should not pay for
    /// them.
    fn relieve(&mut self, entries: &mut Vec<Entry>) {
        let mut holders: Vec<_> = self.connections.iter_mut().collect();
        holders.sort_unstable_by_key(|it| (Reverse(it.held_bytes()), it.id()));
        let mut relieved = Vec::new();
        for connection in holders {
            if self.held_bytes <= KEPT_HELD_BYTES {
                break;
            }
            let mut events = Vec::new();
            self.held_bytes -= connection.held_bytes();
            connection.relieve(&self.ids, &mut events);
            self.held_bytes += connection.held_bytes();
            relieved.push((Arc::clone(connection.link()), events));
        }
        for (link, events) in relieved {
            self.enter(&link, events, entries);
        }
    }

    /// Ends a connection with `end` and forgets it.
    fn forget(
        &mut self,
        connection: CapturedConnection,
        end: impl FnOnce(CapturedConnection, &Ids, &mut Vec<EventKind>),
        entries: &mut Vec<Entry>,
    ) {
        self.held_bytes -= connection.held_bytes();
        let link = Arc::clone(connection.link());
        let mut events = Vec::new();
        end(connection, &self.ids, &mut events);
        self.enter(&link, events, entries);
        self.streams.forget(link.connection);
    }

    fn end(&mut self, entries: &mut Vec<Entry>) {
        let now = self.now.stamp;
        let end = |connection: CapturedConnection, ids: &Ids, events: &mut Vec<EventKind>| {
            connection.end_of_file(now, ids, events);
        };
        for connection in self.connections.drain() {
            self.forget(connection, end, entries);
        }
    }

    fn enter(&mut self, link: &Arc<Link>, events: Vec<EventKind>, entries: &mut Vec<Entry>) {
        for kind in events {
            if let EventKind::Missing { bytes, .. } = kind {
                self.summary.missing_bytes = self.summary.missing_bytes.saturating_add(bytes);
            }
            let event = Event {
                stamp: self.now.stamp,
                endpoint: IMPORTED,
                link: Some(Arc::clone(link)),
                kind,
            };
            let number = self.next_number;
            self.next_number += 1;
            entries.push(self.streams.enter(number, self.now.time, event));
        }
    }
}
