//! Turns the segments of a captured connection into what its accepting side would have seen.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use super::emitter::Emitter;
use super::segment::TcpSegment;
use super::stream::{Emitted, Reassembly};
use crate::capture::event::EventKind;
use crate::net::{Address, Closed, ClosedBy, Direction, FlowId, Link, NetError, Payload, Stamp};

/// A connection in the file.
#[derive(Debug)]
pub(super) struct CapturedConnection {
    link: Arc<Link>,
    began: Stamp,
    phase: Phase,
    /// What the peer sent.
    received: Reassembly,
    /// What the accepting side sent.
    sent: Reassembly,
    /// Whether one side has sent FIN.
    is_half_closed: bool,
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

impl CapturedConnection {
    /// Starts a connection with this segment, if possible: with SYN, or with its first bytes if its start was not
    /// captured.
    pub(super) fn begin(segment: &TcpSegment<'_>, out: &Emitter) -> Option<Self> {
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
            connection: FlowId::server(out.ids.next_connection()),
            local: Some(local.into()),
            peer: peer.into(),
        };
        let phase = if segment.syn {
            Phase::Opening { answered: answers }
        } else {
            Phase::Open
        };
        Some(Self {
            link: Arc::new(link),
            began: out.now.stamp,
            phase,
            received: Reassembly::default(),
            sent: Reassembly::default(),
            is_half_closed: false,
        })
    }

    pub(super) fn id(&self) -> FlowId {
        self.link.connection
    }

    /// Returns how many bytes are held behind gaps, including overhead.
    pub(super) fn held_bytes(&self) -> usize {
        self.received.held_bytes() + self.sent.held_bytes()
    }

    /// Returns whether this segment belongs to a later connection between the same addresses.
    pub(super) fn is_superseded_by(&mut self, segment: &TcpSegment<'_>) -> bool {
        let is_closed = self.phase == Phase::Closed;
        if !segment.syn || (segment.acknowledgment.is_some() && !is_closed) {
            return false;
        }
        match self.stream(self.direction(segment)).base() {
            Some(base) => base != segment.sequence.wrapping_add(1),
            // Both sides may open a connection simultaneously (RFC 9293, section 3.5).
            None => !matches!(self.phase, Phase::Opening { .. }),
        }
    }

    /// Takes the next segment and emits what follows from it.
    pub(super) fn take(&mut self, segment: &TcpSegment<'_>, out: &mut Emitter) {
        if self.phase == Phase::Closed {
            return;
        }
        let direction = self.direction(segment);
        if segment.rst {
            return self.reset(direction, out);
        }
        if let Phase::Opening { answered } = &mut self.phase {
            if segment.syn {
                *answered |= direction == Direction::Sent;
            } else {
                self.open(out);
            }
        }
        let other = self.stream(direction.opposite());
        if let Some(acknowledgment) = segment.acknowledgment {
            other.begin(acknowledgment);
            other.acknowledge(acknowledgment);
        }
        let first = segment.sequence.wrapping_add(u32::from(segment.syn));
        let stream = self.stream(direction);
        stream.begin(first);
        if segment.fin {
            stream.push_end(first.wrapping_add(segment.whole_bytes));
        }
        stream.push(first, segment.payload, segment.whole_bytes);
        if self.phase == Phase::Open {
            self.release(direction.opposite(), Reassembly::release, out);
            self.release(direction, Reassembly::release, out);
        }
    }

    /// Gives up the gaps, so that nothing is held any more.
    pub(super) fn relieve(&mut self, out: &mut Emitter) {
        if matches!(self.phase, Phase::Opening { .. }) {
            self.open(out);
        }
        self.release(Direction::Received, Reassembly::release_all, out);
        self.release(Direction::Sent, Reassembly::release_all, out);
    }

    /// Emits what is left, since no more segments will be examined.
    pub(super) fn end(mut self, out: &mut Emitter) {
        if self.phase == Phase::Open {
            self.relieve(out);
        }
    }

    /// Notes that the file ends: a SYN remains unanswered.
    pub(super) fn give_up_opening(&mut self, out: &mut Emitter) {
        if self.phase == (Phase::Opening { answered: false }) {
            let timeout = out.now.stamp.since(self.began);
            self.connect_failed(|address| NetError::ConnectTimeout { address, timeout }, out);
        }
    }

    fn open(&mut self, out: &mut Emitter) {
        self.phase = Phase::Open;
        out.emit(
            &self.link,
            EventKind::Accepted {
                process: None,
                syn: None,
            },
        );
    }

    fn release(
        &mut self,
        direction: Direction,
        release: impl FnOnce(&mut Reassembly, &mut Vec<Emitted>),
        out: &mut Emitter,
    ) {
        let mut pieces = Vec::new();
        release(self.stream(direction), &mut pieces);
        for piece in pieces {
            match piece {
                Emitted::Bytes(bytes) => {
                    let payload = Payload::new(out.ids.next_payload(), bytes);
                    let took = Duration::ZERO;
                    let kind = match direction {
                        Direction::Received => EventKind::Received { payload },
                        Direction::Sent => EventKind::Sent { payload, took },
                    };
                    out.emit(&self.link, kind);
                }
                Emitted::Missing(bytes) => {
                    out.emit(&self.link, EventKind::Missing { direction, bytes });
                }
                Emitted::Finished => self.finish(direction, out),
            }
        }
    }

    fn finish(&mut self, direction: Direction, out: &mut Emitter) {
        // The side that finished first is the one that closed.
        let (event, closer) = match direction {
            Direction::Received => (EventKind::PeerFinished, ClosedBy::Us),
            Direction::Sent => (EventKind::WeFinished, ClosedBy::Peer),
        };
        out.emit(&self.link, event);
        if self.is_half_closed {
            self.close(closer, false, out);
        }
        self.is_half_closed = true;
    }

    fn reset(&mut self, direction: Direction, out: &mut Emitter) {
        if direction == Direction::Sent && self.phase == (Phase::Opening { answered: false }) {
            self.phase = Phase::Closed;
            let source = io::ErrorKind::ConnectionRefused.into();
            return self.connect_failed(|address| NetError::Connect { address, source }, out);
        }
        if self.phase == Phase::Open {
            self.relieve(out);
        }
        if self.phase == Phase::Closed {
            return;
        }
        match direction {
            Direction::Received => {
                self.phase = Phase::Closed;
                out.emit(&self.link, EventKind::Reset { unsent_bytes: 0 });
            }
            Direction::Sent => self.close(ClosedBy::Us, true, out),
        }
    }

    fn close(&mut self, by: ClosedBy, unread: bool, out: &mut Emitter) {
        self.phase = Phase::Closed;
        let closed = Closed {
            by,
            unsent_bytes: 0,
            unread,
        };
        out.emit(&self.link, EventKind::Closed(closed));
    }

    fn connect_failed(&self, error: impl FnOnce(Address) -> NetError, out: &mut Emitter) {
        // The peer attempted to connect to the local address.
        let error = Arc::new(error(
            self.link
                .local
                .clone()
                .unwrap_or_else(|| self.link.peer.clone()),
        ));
        out.emit(&self.link, EventKind::ConnectFailed { error, last: true });
    }

    /// Returns which stream a segment belongs to.
    fn direction(&self, segment: &TcpSegment<'_>) -> Direction {
        if self.link.peer == segment.source {
            Direction::Received
        } else {
            Direction::Sent
        }
    }

    fn stream(&mut self, direction: Direction) -> &mut Reassembly {
        match direction {
            Direction::Received => &mut self.received,
            Direction::Sent => &mut self.sent,
        }
    }
}
