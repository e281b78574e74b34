//! Turns the segments of a captured connection into what its accepting side would have seen.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::segment::TcpSegment;
use super::stream::{Emitted, Reassembly};
use crate::net::{
    Closed, ClosedBy, ConnectionId, Direction, EventKind, Ids, Link, NetError, Payload, Stamp,
};

/// A connection in the file.
#[derive(Debug)]
pub(super) struct CapturedConnection {
    link: Arc<Link>,
    began: Stamp,
    phase: Phase,
    /// The peer's stream.
    received: Reassembly,
    /// The accepting side's stream.
    sent: Reassembly,
    /// Who sent FIN first.
    finished_first: Option<Side>,
}

/// The phase of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// SYN was seen.
    Opening {
        /// Whether the accepting side's SYN was seen too.
        answered: bool,
    },
    Open,
    Closed,
}

/// One of the two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// The side that connected.
    Peer,
    /// The side that accepted.
    Local,
}

impl CapturedConnection {
    /// Starts a connection with this segment, if possible: with SYN, or with its first bytes if its start was not
    /// captured.
    pub(super) fn begin(segment: &TcpSegment<'_>, stamp: Stamp, ids: &Ids) -> Option<Self> {
        let answers = segment.syn && segment.acknowledgment.is_some();
        if segment.rst || !(segment.syn || segment.whole_bytes > 0) {
            return None;
        }
        let (local, peer) = if answers {
            (segment.source, segment.destination)
        } else {
            (segment.destination, segment.source)
        };
        let link = Link {
            connection: ids.next_connection(),
            local: Some(local),
            peer,
        };
        let phase = if segment.syn {
            Phase::Opening { answered: answers }
        } else {
            Phase::Open
        };
        Some(Self {
            link: Arc::new(link),
            began: stamp,
            phase,
            received: Reassembly::default(),
            sent: Reassembly::default(),
            finished_first: None,
        })
    }

    pub(super) fn link(&self) -> &Arc<Link> {
        &self.link
    }

    pub(super) fn id(&self) -> ConnectionId {
        self.link.connection
    }

    /// Returns how many bytes are held behind gaps, including overhead.
    pub(super) fn held_bytes(&self) -> usize {
        self.received.held_bytes() + self.sent.held_bytes()
    }

    /// Returns whether this segment belongs to a later connection between the same addresses.
    pub(super) fn is_superseded_by(&self, segment: &TcpSegment<'_>) -> bool {
        let is_closed = self.phase == Phase::Closed;
        if !segment.syn || (segment.acknowledgment.is_some() && !is_closed) {
            return false;
        }
        match self.stream(self.side(segment.source)).base() {
            Some(base) => base != segment.sequence.wrapping_add(1),
            // Both sides may open a connection simultaneously (RFC 9293, section 3.5).
            None => !matches!(self.phase, Phase::Opening { .. }),
        }
    }

    /// Takes the next segment and emits what follows from it.
    pub(super) fn take(
        &mut self,
        segment: &TcpSegment<'_>,
        ids: &Ids,
        events: &mut Vec<EventKind>,
    ) {
        if self.phase == Phase::Closed {
            return;
        }
        let side = self.side(segment.source);
        if segment.rst {
            return self.reset(side, ids, events);
        }
        if let Phase::Opening { answered } = &mut self.phase {
            if segment.syn {
                *answered |= side == Side::Local;
            } else {
                self.open(events);
            }
        }
        let other = self.stream_mut(side.other());
        if let Some(acknowledgment) = segment.acknowledgment {
            other.begin(acknowledgment);
            other.acknowledge(acknowledgment);
        }
        let first = segment.sequence.wrapping_add(u32::from(segment.syn));
        let stream = self.stream_mut(side);
        stream.begin(first);
        if segment.fin {
            stream.push_end(first.wrapping_add(segment.whole_bytes));
        }
        stream.push(first, segment.payload, segment.whole_bytes);
        if self.phase == Phase::Open {
            self.release(side.other(), Reassembly::release, ids, events);
            self.release(side, Reassembly::release, ids, events);
        }
    }

    /// Gives up the gaps, so that nothing is held any more.
    pub(super) fn relieve(&mut self, ids: &Ids, events: &mut Vec<EventKind>) {
        if matches!(self.phase, Phase::Opening { .. }) {
            self.open(events);
        }
        self.release(Side::Peer, Reassembly::release_all, ids, events);
        self.release(Side::Local, Reassembly::release_all, ids, events);
    }

    /// Emits what is left, since no more segments will be examined.
    pub(super) fn end(mut self, ids: &Ids, events: &mut Vec<EventKind>) {
        if self.phase == Phase::Open {
            self.relieve(ids, events);
        }
    }

    /// Emits what is left at the end of the file. A SYN is unanswered as of `now`.
    pub(super) fn end_of_file(self, now: Stamp, ids: &Ids, events: &mut Vec<EventKind>) {
        if self.phase == (Phase::Opening { answered: false }) {
            events.push(self.connect_failed(|address| NetError::ConnectTimeout {
                address,
                timeout: now.since(self.began),
            }));
        }
        self.end(ids, events);
    }

    fn open(&mut self, events: &mut Vec<EventKind>) {
        self.phase = Phase::Open;
        events.push(EventKind::Accepted);
    }

    fn release(
        &mut self,
        side: Side,
        release: impl FnOnce(&mut Reassembly, &mut Vec<Emitted>),
        ids: &Ids,
        events: &mut Vec<EventKind>,
    ) {
        let mut pieces = Vec::new();
        release(self.stream_mut(side), &mut pieces);
        for piece in pieces {
            match piece {
                Emitted::Bytes(bytes) => {
                    let payload = Payload::new(ids.next_payload(), bytes);
                    events.push(side.wrote(payload));
                }
                Emitted::Missing(bytes) => events.push(EventKind::Missing {
                    direction: side.direction(),
                    bytes,
                }),
                Emitted::Finished => self.finish(side, events),
            }
        }
    }

    fn finish(&mut self, side: Side, events: &mut Vec<EventKind>) {
        events.push(match side {
            Side::Peer => EventKind::PeerFinished,
            Side::Local => EventKind::WeFinished,
        });
        if let Some(first) = self.finished_first {
            self.close(closed_by(first), false, events);
        } else {
            self.finished_first = Some(side);
        }
    }

    fn reset(&mut self, side: Side, ids: &Ids, events: &mut Vec<EventKind>) {
        if side == Side::Local && self.phase == (Phase::Opening { answered: false }) {
            let refused = self.connect_failed(|address| NetError::Connect {
                address,
                source: io::ErrorKind::ConnectionRefused.into(),
            });
            self.phase = Phase::Closed;
            return events.push(refused);
        }
        if self.phase == Phase::Open {
            self.relieve(ids, events);
        }
        if self.phase == Phase::Closed {
            return;
        }
        match side {
            Side::Peer => {
                self.phase = Phase::Closed;
                events.push(EventKind::Reset { unsent_bytes: 0 });
            }
            Side::Local => self.close(ClosedBy::Us, true, events),
        }
    }

    fn close(&mut self, by: ClosedBy, unread: bool, events: &mut Vec<EventKind>) {
        self.phase = Phase::Closed;
        events.push(EventKind::Closed(Closed {
            by,
            unsent_bytes: 0,
            unread,
        }));
    }

    fn connect_failed(&self, error: impl FnOnce(SocketAddr) -> NetError) -> EventKind {
        EventKind::ConnectFailed {
            // The peer attempted to connect to the local address.
            error: Arc::new(error(self.link.local.unwrap_or(self.link.peer))),
            last: true,
        }
    }

    fn side(&self, source: SocketAddr) -> Side {
        if source == self.link.peer {
            Side::Peer
        } else {
            Side::Local
        }
    }

    fn stream(&self, side: Side) -> &Reassembly {
        match side {
            Side::Peer => &self.received,
            Side::Local => &self.sent,
        }
    }

    fn stream_mut(&mut self, side: Side) -> &mut Reassembly {
        match side {
            Side::Peer => &mut self.received,
            Side::Local => &mut self.sent,
        }
    }
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Peer => Self::Local,
            Self::Local => Self::Peer,
        }
    }

    fn direction(self) -> Direction {
        match self {
            Self::Peer => Direction::Received,
            Self::Local => Direction::Sent,
        }
    }

    /// Returns how the accepting side sees data written by this side.
    fn wrote(self, payload: Payload) -> EventKind {
        match self {
            Self::Peer => EventKind::Received { payload },
            Self::Local => EventKind::Sent {
                payload,
                took: Duration::ZERO,
            },
        }
    }
}

fn closed_by(side: Side) -> ClosedBy {
    match side {
        Side::Peer => ClosedBy::Peer,
        Side::Local => ClosedBy::Us,
    }
}
