//! Tracks the positions of all connections' streams as their events pass.

use std::collections::HashMap;
use std::time::SystemTime;

use super::entry::{Entry, StreamPosition, StreamPositions};
use super::event::{Event, EventKind};
use crate::net::{Direction, FlowId};

/// The streams of the live connections that have carried bytes. Flows of datagrams have none.
#[derive(Debug, Default)]
pub(crate) struct Streams {
    positions: HashMap<FlowId, StreamPositions>,
}

impl Streams {
    /// Makes an event the next entry, with the positions of its streams, and advances these.
    pub(crate) fn enter(&mut self, number: u64, time: SystemTime, event: Event) -> Entry {
        Entry {
            number,
            time,
            size_bytes: size_bytes(&event.kind),
            streams: self.advance(&event),
            event,
            damage: None,
        }
    }

    /// Forgets a connection that is over, whether or not it was reported closed.
    pub(crate) fn forget(&mut self, connection: FlowId) {
        self.positions.remove(&connection);
    }

    fn advance(&mut self, event: &Event) -> StreamPositions {
        // A datagram belongs to no stream: it stands at the start of its own bytes.
        let link = event.link.as_ref().filter(|link| !link.peer.is_udp());
        let Some(connection) = link.map(|link| link.connection) else {
            return StreamPositions::default();
        };
        match &event.kind {
            EventKind::Received { .. } | EventKind::Sent { .. } | EventKind::Missing { .. } => {}
            EventKind::Closed(_) | EventKind::Reset { .. } | EventKind::ConnectFailed { .. } => {
                return self.positions.remove(&connection).unwrap_or_default();
            }
            _ => return self.positions.get(&connection).copied().unwrap_or_default(),
        }
        let positions = self.positions.entry(connection).or_default();
        let before = *positions;
        match &event.kind {
            EventKind::Received { payload } => positions.received.advance(&payload.bytes),
            EventKind::Sent { payload, .. } => positions.sent.advance(&payload.bytes),
            EventKind::Missing { direction, bytes } => {
                let stream = match direction {
                    Direction::Received => &mut positions.received,
                    Direction::Sent => &mut positions.sent,
                };
                // A character does not continue across a gap.
                *stream = StreamPosition {
                    offset: stream.offset.saturating_add(*bytes),
                    ..StreamPosition::default()
                };
            }
            _ => {}
        }
        before
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
