//! Where the streams of all connections stand, as their events go by.

use std::collections::HashMap;
use std::time::SystemTime;

use super::entry::{Entry, StreamPosition, StreamPositions};
use crate::net::{ConnectionId, Direction, Event, EventKind};

/// The streams of the live connections that carried bytes.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    positions: HashMap<ConnectionId, StreamPositions>,
}

impl Streams {
    /// Makes an event the next entry of its connection: with where its streams stand, which it then moves on.
    pub(crate) fn enter(&mut self, number: u64, time: SystemTime, event: Event) -> Entry {
        Entry {
            number,
            time,
            size_bytes: size_bytes(&event.kind),
            streams: self.advance(&event),
            event,
        }
    }

    /// Lets go of a connection of which no more will come, whether or not it was reported closed.
    pub(crate) fn forget(&mut self, connection: ConnectionId) {
        self.positions.remove(&connection);
    }

    fn advance(&mut self, event: &Event) -> StreamPositions {
        let Some(connection) = event.link.as_ref().map(|link| link.connection) else {
            return StreamPositions::default();
        };
        match &event.kind {
            EventKind::Received { payload } => {
                let positions = self.positions.entry(connection).or_default();
                let before = *positions;
                positions.received.advance(&payload.bytes);
                before
            }
            EventKind::Sent { payload, .. } => {
                let positions = self.positions.entry(connection).or_default();
                let before = *positions;
                positions.sent.advance(&payload.bytes);
                before
            }
            EventKind::Missing { direction, bytes } => {
                let positions = self.positions.entry(connection).or_default();
                let before = *positions;
                let stream = match direction {
                    Direction::Received => &mut positions.received,
                    Direction::Sent => &mut positions.sent,
                };
                // No character goes on over a gap.
                *stream = StreamPosition {
                    offset: stream.offset.saturating_add(*bytes),
                    ..StreamPosition::default()
                };
                before
            }
            EventKind::Closed(_) | EventKind::Reset { .. } | EventKind::ConnectFailed { .. } => {
                self.positions.remove(&connection).unwrap_or_default()
            }
            _ => self.positions.get(&connection).copied().unwrap_or_default(),
        }
    }
}

fn size_bytes(kind: &EventKind) -> u64 {
    match kind {
        EventKind::Received { payload } | EventKind::Sent { payload, .. } => {
            payload.bytes.len() as u64
        }
        _ => 0,
    }
}
