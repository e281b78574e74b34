//! Writes entries as a pcapng file: packets that could have caused the socket events.

use std::collections::HashMap;
use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use super::blocks::BlockWriter;
use super::conversation::Conversation;
use super::datagrams::Datagrams;
use super::frame::{PcapngFrame, Purpose};
use super::real::RealPackets;
use crate::capture::EventKind;
use crate::capture::store::CutShort;
use crate::capture::{Entry, Remark, Say, UnreadRun};
use crate::export::both_ends::BothEnds;
use crate::export::summary::Unfaithful;
use crate::export::writer::{EntryWriter, payload_len};
use crate::net::tls::TlsReport;
use crate::net::{Closed, ClosedBy, Direction, EndpointId, FlowId, Link, NetError, Payload};

/// How many bytes are written before the other side acknowledges them in a separate packet: well below the window,
/// which would otherwise look full.
const MAX_UNACKNOWLEDGED_BYTES: u64 = 16 * 1024 * 1024;
/// How many packets without kept bytes are written for one chunk; the rest are only counted.
const MAX_EMPTY_PACKETS: u64 = 1_024;

/// Writes the connections of entries, which must come in record order.
///
/// It tracks the open connections; entries of other connections are left out. If both ends of a connection are in the
/// export, only the client's is written: both would look as if every segment were sent twice.
pub(in crate::export) struct PcapngWriter<W: Write> {
    blocks: BlockWriter<W>,
    both_ends: BothEnds,
    live: HashMap<FlowId, Conversation>,
    datagrams: Datagrams,
    /// The packets that are known, and how they are described.
    real: Option<(RealPackets, String)>,
    say: &'static dyn Say,
}

impl<W: Write> PcapngWriter<W> {
    /// Begins a file. `names` are the endpoints' names, `both_ends` must have seen all connections of the export, and of
    /// the connections in `real` none are reconstructed; `cut` says how recording was cut short. `output` should be buffered.
    pub(in crate::export) fn new(
        output: W,
        names: HashMap<EndpointId, String>,
        both_ends: BothEnds,
        real: Option<RealPackets>,
        cut: Option<CutShort>,
        say: &'static dyn Say,
    ) -> io::Result<Self> {
        let comment = say.remark(Remark::Reconstructed);
        let real = real.map(|real| (real, say.remark(Remark::Real)));
        let about_file = match &real {
            Some(_) => say.remark(Remark::RealAndReconstructed),
            None => comment.clone(),
        };
        let cut = cut.map(|cut| say.remark(Remark::CutShort(cut)));
        let about_file = joined(Some(about_file), cut).unwrap_or_default();
        Ok(Self {
            blocks: BlockWriter::begin(output, names, about_file, comment)?,
            both_ends,
            live: HashMap::new(),
            datagrams: Datagrams::default(),
            real,
            say,
        })
    }

    fn packets(&mut self, entry: &Entry, link: &Link) -> io::Result<()> {
        match &entry.event.kind {
            EventKind::Accepted { .. } => {
                self.open(entry, link, Direction::Received, Duration::ZERO)
            }
            EventKind::Connected { took, .. } => self.open(entry, link, Direction::Sent, *took),
            EventKind::ConnectFailed { error, .. } => {
                let tried = attempt(link, error);
                self.at(entry).fail(&Conversation::new(link), tried, error)
            }
            EventKind::Received { .. }
            | EventKind::Sent { .. }
            | EventKind::Missing { .. }
            | EventKind::Upgraded
            | EventKind::Tls(_)
            | EventKind::PeerFinished
            | EventKind::WeFinished
            | EventKind::Closed(_)
            | EventKind::Reset { .. } => self.go_on(entry, link),
            EventKind::Listening { .. }
            | EventKind::Bound { .. }
            | EventKind::Truncated { .. }
            | EventKind::Dropped { .. }
            | EventKind::LookingUp { .. }
            | EventKind::Connecting
            | EventKind::AcceptPaused { .. }
            | EventKind::AcceptResumed
            | EventKind::AcceptAborted { .. }
            | EventKind::NotRecorded { .. }
            | EventKind::ClockAdjusted { .. }
            | EventKind::Failed { .. }
            | EventKind::Stopped
            | EventKind::AcceptingChanged { .. }
            | EventKind::Waiting { .. }
            | EventKind::ReadingStopped
            | EventKind::ReadingResumed
            | EventKind::PaceChanged { .. }
            | EventKind::Cancelled { .. }
            | EventKind::QueueCancelled { .. }
            | EventKind::Unanswered { .. }
            | EventKind::Disturbed(_)
            | EventKind::SequenceBegan { .. }
            | EventKind::SequenceEnded { .. }
            | EventKind::Reconnecting { .. }
            | EventKind::Unread { .. }
            | EventKind::Unknown { .. } => Ok(()),
        }
    }

    /// Writes the real packets that arrived until `time`; all that are left without one.
    fn write_real(&mut self, time: Option<SystemTime>) -> io::Result<()> {
        if let Some((real, about)) = &mut self.real {
            while let Some(packet) = real.until(time) {
                self.blocks.real_packet(&packet, about)?;
            }
        }
        Ok(())
    }

    fn open(
        &mut self,
        entry: &Entry,
        link: &Link,
        first: Direction,
        took: Duration,
    ) -> io::Result<()> {
        let conversation = Conversation::new(link);
        self.at(entry).open(&conversation, first, took)?;
        self.live.insert(link.connection, conversation);
        Ok(())
    }

    fn at<'a>(&'a mut self, entry: &'a Entry) -> At<'a, W> {
        At::new(&mut self.blocks, self.say, entry)
    }

    /// Writes the packets of an entry of an open connection.
    fn go_on(&mut self, entry: &Entry, link: &Link) -> io::Result<()> {
        let conversation = self
            .live
            .entry(link.connection)
            .or_insert_with(|| Conversation::resumed(link));
        conversation.catch_up(entry);
        let mut at = At::new(&mut self.blocks, self.say, entry);
        match &entry.event.kind {
            EventKind::Received { payload } => {
                at.data(conversation, Direction::Received, payload, entry.size_bytes)
            }
            EventKind::Sent { payload, .. } => {
                at.data(conversation, Direction::Sent, payload, entry.size_bytes)
            }
            EventKind::Missing { direction, bytes } => {
                conversation.skip(*direction, *bytes);
                Ok(())
            }
            kind if kind.is_end_of_peer() => at.finish(conversation, Direction::Received, None),
            EventKind::Tls(report) => {
                if let TlsReport::Agreed(_) = **report {
                    conversation.note_decrypted();
                }
                Ok(())
            }
            EventKind::WeFinished => at.finish(conversation, Direction::Sent, None),
            EventKind::Closed(closed) => {
                at.close(conversation, closed)?;
                self.live.remove(&link.connection);
                Ok(())
            }
            EventKind::Reset { .. } => {
                at.control(conversation, Direction::Received, Purpose::Rst, None)?;
                self.live.remove(&link.connection);
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl<W: Write> EntryWriter for PcapngWriter<W> {
    fn write(&mut self, entry: &Entry, _: &mut Unfaithful) -> io::Result<u64> {
        self.write_real(Some(entry.time))?;
        let is_real = |link: &Link| self.real.as_ref().is_some_and(|(real, _)| real.has(link));
        match entry.event.link.as_deref() {
            Some(link) if is_real(link) => Ok(payload_len(entry)),
            // The other end of a connection of ours has the same bytes.
            Some(link) if !self.both_ends.writes(link.connection) => Ok(payload_len(entry)),
            Some(link) if link.peer.is_udp() => {
                let packets = self
                    .datagrams
                    .write(&mut self.blocks, self.say, entry, link);
                packets.map(|()| payload_len(entry))
            }
            Some(link) => self.packets(entry, link).map(|()| payload_len(entry)),
            None => Ok(0),
        }
    }

    /// A packet needs a time and a connection. Where bytes are missing, the next packet of their stream says so.
    fn unreadable(&mut self, _: &UnreadRun) -> io::Result<()> {
        Ok(())
    }

    /// The comment on the file says so.
    fn cut_short(&mut self, _: CutShort, _: u64) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.write_real(None)?;
        self.blocks.finish()
    }
}

/// The context for writing packets: file, endpoint and time.
struct At<'a, W: Write> {
    blocks: &'a mut BlockWriter<W>,
    say: &'static dyn Say,
    entry: &'a Entry,
}

impl<'a, W: Write> At<'a, W> {
    fn new(blocks: &'a mut BlockWriter<W>, say: &'static dyn Say, entry: &'a Entry) -> Self {
        Self { blocks, say, entry }
    }

    /// Writes the handshake, whose SYN was sent in direction `first`, `took` ago.
    fn open(
        &mut self,
        conversation: &Conversation,
        first: Direction,
        took: Duration,
    ) -> io::Result<()> {
        let time = self.entry.time;
        let began = time.checked_sub(took).unwrap_or(time);
        self.write_at(began, &conversation.syn(first, false), None)?;
        self.write(&conversation.syn(first.opposite(), true), None)?;
        self.write(&conversation.acknowledgment(first), None)
    }

    /// Writes the SYN of a failed attempt in this direction, and the answer to it.
    fn fail(
        &mut self,
        conversation: &Conversation,
        tried: Direction,
        error: &NetError,
    ) -> io::Result<()> {
        let reason = self.say.reason(self.entry);
        self.write(&conversation.syn(tried, false), reason)?;
        if is_refusal(error) {
            self.write(&conversation.refusal(tried.opposite()), None)?;
        }
        Ok(())
    }

    fn data(
        &mut self,
        conversation: &mut Conversation,
        direction: Direction,
        payload: &Payload,
        size_bytes: u64,
    ) -> io::Result<()> {
        let segment_bytes = conversation.segment_bytes();
        let mut kept = payload.bytes.as_ref();
        let mut left = size_bytes.max(kept.len() as u64);
        let mut empty_packets = 0;
        while left > 0 {
            if kept.is_empty() {
                empty_packets += 1;
                if empty_packets > MAX_EMPTY_PACKETS {
                    conversation.skip(direction, left);
                    break;
                }
            }
            let whole_bytes = left.min(u64::from(segment_bytes)) as u16;
            let (now, later) = kept
                .split_at_checked(usize::from(whole_bytes))
                .unwrap_or((kept, &[]));
            let remarks = self.take_remarks(conversation, direction);
            let frame = conversation.data(direction, now, whole_bytes);
            self.write(&frame, remarks)?;
            kept = later;
            left -= u64::from(whole_bytes);
            if conversation.unacknowledged_bytes(direction) >= MAX_UNACKNOWLEDGED_BYTES {
                self.control(conversation, direction.opposite(), Purpose::Ack, None)?;
            }
        }
        Ok(())
    }

    /// Writes FIN in this direction and its acknowledgment, unless FIN has already been written.
    fn finish(
        &mut self,
        conversation: &mut Conversation,
        direction: Direction,
        comment: Option<String>,
    ) -> io::Result<()> {
        if conversation.has_finished(direction) {
            return Ok(());
        }
        self.control(conversation, direction, Purpose::Fin, comment)?;
        self.control(conversation, direction.opposite(), Purpose::Ack, None)
    }

    fn close(&mut self, conversation: &mut Conversation, closed: &Closed) -> io::Result<()> {
        let reason = self.say.reason(self.entry);
        // After a failure the system drops the connection, and answers later segments with RST.
        if closed.unread || matches!(closed.by, ClosedBy::Failure(_)) {
            return self.control(conversation, Direction::Sent, Purpose::Rst, reason);
        }
        self.finish(conversation, Direction::Sent, reason)?;
        let assumed = Some(self.say.remark(Remark::AssumedEnd));
        self.finish(conversation, Direction::Received, assumed)
    }

    /// Writes a packet without bytes.
    fn control(
        &mut self,
        conversation: &mut Conversation,
        direction: Direction,
        purpose: Purpose,
        comment: Option<String>,
    ) -> io::Result<()> {
        let remarks = self.take_remarks(conversation, direction);
        let frame = conversation.control(direction, purpose);
        self.write(&frame, joined(remarks, comment))
    }

    fn write(&mut self, frame: &PcapngFrame<'_>, comment: Option<String>) -> io::Result<()> {
        self.write_at(self.entry.time, frame, comment)
    }

    fn write_at(
        &mut self,
        time: SystemTime,
        frame: &PcapngFrame<'_>,
        comment: Option<String>,
    ) -> io::Result<()> {
        let endpoint = self.entry.event.endpoint;
        self.blocks.packet(endpoint, time, frame, comment)
    }

    fn take_remarks(
        &self,
        conversation: &mut Conversation,
        direction: Direction,
    ) -> Option<String> {
        let remarks = conversation.take_remarks(direction).into_iter();
        let remarks = remarks.map(|it| it.map(|it| self.say.remark(it)));
        remarks.fold(None, joined)
    }
}

pub(super) fn joined(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(format!("{one}; {other}")),
        (one, other) => one.or(other),
    }
}

/// Returns the direction of an attempt: ours go to the peer, those of an imported file may go to the local address.
fn attempt(link: &Link, error: &NetError) -> Direction {
    match error {
        NetError::Connect { address, .. } | NetError::ConnectTimeout { address, .. }
            if link.local.as_ref() == Some(address) =>
        {
            Direction::Received
        }
        _ => Direction::Sent,
    }
}

/// Returns whether SYN was answered with RST.
fn is_refusal(error: &NetError) -> bool {
    matches!(
        error,
        NetError::Connect { source, .. } if matches!(
            source.kind,
            io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset
        )
    )
}
