//! One entry of the record, as it is kept.

use std::time::SystemTime;

use crate::net::{ConnectionId, Direction, EndpointId, Event, EventKind, Payload};
use crate::payload::Carry;

/// The endpoint that the session's own entries (`clock adjusted`) bear; no real one has this number.
pub const SESSION: EndpointId = EndpointId(u32::MAX);

/// One entry: an event with its place, its wall-clock time and where its stream stood.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number: its place on record, counted from 0 over the whole session.
    pub number: u64,
    /// The wall clock's time of the event.
    pub time: SystemTime,
    /// What happened.
    pub event: Event,
    /// How many bytes a data entry's chunk had; the payload is shorter where only its first bytes were kept.
    /// Zero for any other entry.
    pub size_bytes: u64,
    /// Where the event's streams stood before it.
    pub streams: StreamPositions,
}

impl Entry {
    /// Returns the bytes of a data entry.
    pub fn payload(&self) -> Option<&Payload> {
        match &self.event.kind {
            EventKind::Received { payload } | EventKind::Sent { payload, .. } => Some(payload),
            _ => None,
        }
    }

    /// Returns which stream a data entry belongs to; none for any other entry.
    pub fn stream_id(&self) -> Option<StreamId> {
        let connection = self.event.link.as_deref()?.connection;
        let direction = self.event.kind.direction()?;
        Some(StreamId {
            connection,
            direction,
        })
    }

    /// Returns the connection that ends with this entry, if one does.
    pub fn ended_connection(&self) -> Option<ConnectionId> {
        let ends = matches!(
            self.event.kind,
            EventKind::Closed(_) | EventKind::Reset { .. }
        );
        let link = self.event.link.as_deref().filter(|_| ends)?;
        Some(link.connection)
    }

    /// Returns where the stream that a data entry belongs to stood before it; the beginning for any other entry.
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
    pub connection: ConnectionId,
    /// Which of its streams.
    pub direction: Direction,
}

impl StreamId {
    /// Returns both streams of a connection.
    pub fn both(connection: ConnectionId) -> [Self; 2] {
        [Direction::Received, Direction::Sent].map(|direction| Self {
            connection,
            direction,
        })
    }
}

/// Where the two streams of a connection stood before an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamPositions {
    /// What was received before.
    pub received: StreamPosition,
    /// What was sent before.
    pub sent: StreamPosition,
}

/// Where one stream stood: enough to read on from there without looking back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StreamPosition {
    /// Its length so far, in bytes.
    pub offset: u64,
    /// The bytes of a character that had begun and was not complete (at most three in UTF-8).
    pub carry: Carry,
}

impl StreamPosition {
    /// Moves on by `chunk`.
    pub(super) fn advance(&mut self, chunk: &[u8]) {
        self.offset += chunk.len() as u64;
        self.carry = self.carry.advance(chunk);
    }
}
