//! The state of one connection in the file: how many bytes each side has written, and which has finished.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use super::frame::{self, PcapngFrame, Purpose};
use crate::capture::EventKind;
use crate::capture::pcap::MAX_WINDOW;
use crate::capture::{Entry, Remark};
use crate::net::{Address, Direction, FlowId, Link};

/// The state of a connection's two streams in the file.
#[derive(Debug)]
pub(super) struct Conversation {
    local: SocketAddr,
    peer: SocketAddr,
    received: Half,
    sent: Half,
    /// Whether the next packet must say that the connection's beginning is missing.
    lacks_beginning: bool,
    /// Whether the next packet must say that it was encrypted.
    is_decrypted: bool,
}

/// One direction.
#[derive(Debug)]
struct Half {
    /// The sequence number of SYN.
    initial: u32,
    /// The offset in the stream; `None` until the first entry that gives it, if the beginning is missing.
    offset: Option<u64>,
    /// How far the packets so far have advanced the sequence number.
    moved: u64,
    /// How much of that the other side has acknowledged.
    acknowledged: u64,
    /// Missing bytes before the next packet.
    skipped: u64,
    finished: bool,
}

impl Conversation {
    pub(super) fn new(link: &Link) -> Self {
        let (local, peer) = ends(link);
        Self {
            local,
            peer,
            received: Half::new(link.connection, 0),
            sent: Half::new(link.connection, 1),
            lacks_beginning: false,
            is_decrypted: false,
        }
    }

    /// A conversation whose beginning is missing: it resumes at the streams' current offsets.
    pub(super) fn resumed(link: &Link) -> Self {
        let mut conversation = Self::new(link);
        conversation.received.offset = None;
        conversation.sent.offset = None;
        conversation.lacks_beginning = true;
        conversation
    }

    /// Advances to the offsets given by an entry: the bytes in between are missing from the file. A data entry only
    /// gives the offset of its own stream.
    pub(super) fn catch_up(&mut self, entry: &Entry) {
        let streams = &entry.streams;
        if !matches!(entry.event.kind, EventKind::Sent { .. }) {
            self.received.catch_up(streams.received.offset);
        }
        if !matches!(entry.event.kind, EventKind::Received { .. }) {
            self.sent.catch_up(streams.sent.offset);
        }
    }

    /// Skips bytes that are missing from the file.
    pub(super) fn skip(&mut self, direction: Direction, bytes: u64) {
        self.half_mut(direction).skip(bytes);
    }

    /// Notes that what follows was encrypted, and is written as it was before.
    pub(super) fn note_decrypted(&mut self) {
        self.is_decrypted = true;
    }

    pub(super) fn has_finished(&self, direction: Direction) -> bool {
        self.half(direction).finished
    }

    /// Returns how many written bytes the other side has not acknowledged.
    pub(super) fn unacknowledged_bytes(&self, direction: Direction) -> u64 {
        let half = self.half(direction);
        half.moved.saturating_sub(half.acknowledged)
    }

    /// Returns the SYN in this direction, either as the first packet or as the answer.
    pub(super) fn syn(&self, direction: Direction, answers: bool) -> PcapngFrame<'static> {
        let mut frame = self.frame(direction, Purpose::Syn, &[], 0);
        frame.sequence = self.half(direction).initial;
        frame.acknowledgment =
            answers.then(|| self.half(direction.opposite()).initial.wrapping_add(1));
        frame
    }

    /// Returns the last packet of the handshake, in this direction.
    pub(super) fn acknowledgment(&self, direction: Direction) -> PcapngFrame<'static> {
        self.frame(direction, Purpose::Ack, &[], 0)
    }

    /// Returns the RST in this direction that answers a SYN.
    pub(super) fn refusal(&self, direction: Direction) -> PcapngFrame<'static> {
        let mut frame = self.frame(direction, Purpose::Rst, &[], 0);
        // RFC 9293, section 3.10.7.1: the answer to a segment without ACK has the sequence number zero.
        frame.sequence = 0;
        frame
    }

    /// Returns how many bytes of a stream one packet carries.
    pub(super) fn segment_bytes(&self) -> u16 {
        frame::segment_bytes(self.local, self.peer)
    }

    /// Returns the next packet without bytes in this direction, and advances.
    pub(super) fn control(
        &mut self,
        direction: Direction,
        purpose: Purpose,
    ) -> PcapngFrame<'static> {
        let frame = self.frame(direction, purpose, &[], 0);
        self.half_mut(direction).finished |= purpose == Purpose::Fin;
        self.acknowledge(direction);
        frame
    }

    /// Returns the next data packet in this direction, of whose bytes `payload` was kept, and advances.
    pub(super) fn data<'a>(
        &mut self,
        direction: Direction,
        payload: &'a [u8],
        whole_bytes: u16,
    ) -> PcapngFrame<'a> {
        let frame = self.frame(direction, Purpose::Data, payload, whole_bytes);
        self.half_mut(direction).advance(u64::from(whole_bytes));
        self.acknowledge(direction);
        frame
    }

    /// Takes the remarks for the next packet in this direction.
    pub(super) fn take_remarks(&mut self, direction: Direction) -> [Option<Remark<'static>>; 3] {
        let bytes = self.half_mut(direction).take_skipped();
        let lacks_beginning = std::mem::take(&mut self.lacks_beginning);
        [
            lacks_beginning.then_some(Remark::NoBeginning),
            (bytes > 0).then_some(Remark::MissingBefore { bytes }),
            std::mem::take(&mut self.is_decrypted).then_some(Remark::Decrypted),
        ]
    }

    /// Notes that a packet in this direction acknowledges the other one.
    fn acknowledge(&mut self, direction: Direction) {
        let half = self.half_mut(direction.opposite());
        half.acknowledged = half.moved;
    }

    fn frame<'a>(
        &self,
        direction: Direction,
        purpose: Purpose,
        payload: &'a [u8],
        whole_bytes: u16,
    ) -> PcapngFrame<'a> {
        let (from, to) = match direction {
            Direction::Received => (self.peer, self.local),
            Direction::Sent => (self.local, self.peer),
        };
        PcapngFrame {
            from,
            to,
            purpose,
            sequence: self.half(direction).sequence(),
            acknowledgment: Some(self.half(direction.opposite()).sequence()),
            payload,
            whole_bytes,
        }
    }

    fn half(&self, direction: Direction) -> &Half {
        match direction {
            Direction::Received => &self.received,
            Direction::Sent => &self.sent,
        }
    }

    fn half_mut(&mut self, direction: Direction) -> &mut Half {
        match direction {
            Direction::Received => &mut self.received,
            Direction::Sent => &mut self.sent,
        }
    }
}

impl Half {
    fn new(connection: FlowId, side: u64) -> Self {
        // Any number will do; distinct ones let tools separate connections between the same two addresses.
        let spread = (connection.number * 2 + side).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self {
            initial: (spread >> 32) as u32,
            offset: Some(0),
            moved: 0,
            acknowledged: 0,
            skipped: 0,
            finished: false,
        }
    }

    /// Returns the sequence number of the next byte: SYN and FIN take one each.
    fn sequence(&self) -> u32 {
        self.initial
            .wrapping_add(1)
            .wrapping_add(self.moved as u32)
            .wrapping_add(self.skipped_numbers() as u32)
            .wrapping_add(u32::from(self.finished))
    }

    /// How far missing bytes advance the sequence number. The advance is limited: a number further ahead than any
    /// window would be taken for an old one.
    fn skipped_numbers(&self) -> u64 {
        self.skipped.min(MAX_WINDOW.into())
    }

    fn take_skipped(&mut self) -> u64 {
        self.moved = self.moved.wrapping_add(self.skipped_numbers());
        std::mem::take(&mut self.skipped)
    }

    fn advance(&mut self, bytes: u64) {
        self.moved = self.moved.wrapping_add(bytes);
        self.stand_on(bytes);
    }

    fn skip(&mut self, bytes: u64) {
        self.skipped = self.skipped.saturating_add(bytes);
        self.stand_on(bytes);
    }

    fn stand_on(&mut self, bytes: u64) {
        self.offset = self.offset.map(|offset| offset.saturating_add(bytes));
    }

    fn catch_up(&mut self, offset: u64) {
        let stands = *self.offset.get_or_insert(offset);
        self.skip(offset.saturating_sub(stands));
    }
}

/// Returns the addresses that packets have: ours, and the peer's.
pub(super) fn ends(link: &Link) -> (SocketAddr, SocketAddr) {
    let peer = ip(&link.peer, link);
    let local = link.local.as_ref();
    let local = local.map_or_else(|| unspecified(peer), |it| ip(it, link));
    (local, peer)
}

/// Returns the address that packets have. Unix sockets have none: their connections are told apart by a port.
fn ip(address: &Address, link: &Link) -> SocketAddr {
    let port = (link.connection.number % u64::from(u16::MAX)) as u16 + 1;
    let stand_in = SocketAddr::from((Ipv4Addr::UNSPECIFIED, port));
    address.ip().unwrap_or(stand_in)
}

/// A placeholder for an unknown address.
fn unspecified(peer: SocketAddr) -> SocketAddr {
    match peer {
        SocketAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
        SocketAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
    }
}
