//! One entry of the recording.

use std::sync::Arc;
use std::time::SystemTime;

use super::damage::ReadError;
use super::event::{Event, EventKind};
use super::lifecycle::LifecycleKind;
use crate::net::{Direction, EndpointId, FlowId, Payload};
use crate::payload::Carry;

/// The endpoint of the session's own entries (`clock adjusted`). No real endpoint has this id.
pub const SESSION: EndpointId = EndpointId(u32::MAX);

/// One entry: an event with its number, its wall-clock time and the positions of its streams.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number, counted from 0 over the whole session.
    pub number: u64,
    /// The wall-clock time of the event.
    pub time: SystemTime,
    /// What happened.
    pub event: Event,
    /// The size of a data entry's chunk, which exceeds the payload if only its first bytes were kept. Zero for other
    /// entries.
    pub size_bytes: u64,
    /// The positions of the connection's streams before the event.
    pub streams: StreamPositions,
    /// Why part of it could not be read; the rest is as it was recorded.
    pub damage: Option<Arc<ReadError>>,
}

impl Entry {
    /// Returns the entry if all of it could be read.
    pub fn whole(self) -> Result<Self, Arc<ReadError>> {
        match &self.damage {
            Some(error) => Err(Arc::clone(error)),
            None => Ok(self),
        }
    }

    /// Returns the bytes of a data entry.
    pub fn payload(&self) -> Option<&Payload> {
        match &self.event.kind {
            EventKind::Received { payload } | EventKind::Sent { payload, .. } => Some(payload),
            _ => None,
        }
    }

    /// Returns whether its bytes are a datagram: it belongs to no stream, and what comes before and after it is no part
    /// of it.
    pub fn is_datagram(&self) -> bool {
        let link = self.event.link.as_deref();
        link.is_some_and(|link| link.peer.is_udp()) && self.payload().is_some()
    }

    /// Returns the stream that a data entry belongs to; `None` for other entries. For a datagram, it says whose it is and
    /// in which direction it went.
    pub fn stream_id(&self) -> Option<StreamId> {
        let connection = self.event.link.as_deref()?.connection;
        Some(StreamId::new(connection, self.event.kind.direction()?))
    }

    /// Returns the streams that end with this entry.
    pub(super) fn ended_streams(&self) -> Vec<StreamId> {
        let Some(link) = &self.event.link else {
            return Vec::new();
        };
        let [received, sent] = StreamId::both(link.connection);
        match self.event.kind.lifecycle() {
            Some(LifecycleKind::Closed | LifecycleKind::Reset) => vec![received, sent],
            _ if self.event.kind.is_end_of_peer() => vec![received],
            Some(LifecycleKind::PeerFinished) => vec![received],
            Some(LifecycleKind::WeFinished) => vec![sent],
            _ => Vec::new(),
        }
    }

    /// Returns the connection that ends with this entry, if any.
    pub fn ended_connection(&self) -> Option<FlowId> {
        let ends = matches!(
            self.event.kind.lifecycle(),
            Some(LifecycleKind::Closed | LifecycleKind::Reset)
        );
        let link = self.event.link.as_deref().filter(|_| ends)?;
        Some(link.connection)
    }

    /// Returns the position of a data entry's stream before it; the start for other entries and for datagrams.
    pub fn stream(&self) -> StreamPosition {
        match &self.event.kind {
            EventKind::Received { .. } => self.streams.received,
            EventKind::Sent { .. } => self.streams.sent,
            _ => StreamPosition::default(),
        }
    }
}

/// One of the two streams of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId {
    /// The connection.
    pub connection: FlowId,
    /// The stream.
    pub direction: Direction,
}

impl StreamId {
    /// Returns a stream of a connection.
    pub fn new(connection: FlowId, direction: Direction) -> Self {
        Self {
            connection,
            direction,
        }
    }

    /// Returns both streams of a connection: received, sent.
    pub fn both(connection: FlowId) -> [Self; 2] {
        [Direction::Received, Direction::Sent].map(|it| Self::new(connection, it))
    }
}

/// The positions of a connection's two streams before an entry. With UDP, they stay at the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamPositions {
    /// The received stream.
    pub received: StreamPosition,
    /// The sent stream.
    pub sent: StreamPosition,
}

/// The position of one stream: enough to decode what follows without looking back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamPosition {
    /// Its length so far, in bytes.
    pub offset: u64,
    /// The bytes of an incomplete character (at most three in UTF-8).
    pub carry: Carry,
}

impl StreamPosition {
    /// Advances by `chunk`.
    pub(super) fn advance(&mut self, chunk: &[u8]) {
        self.offset += chunk.len() as u64;
        self.carry = self.carry.advance(chunk);
    }
}
