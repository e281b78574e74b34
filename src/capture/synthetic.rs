//! Events and entries made up for tests.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;

use super::anchor::Moment;
use super::entry::Entry;
use super::sequencer::Sequencer;
use crate::net::{
    Closed, ClosedBy, ConnectionId, EndpointId, Event, EventKind, Link, NetError, Payload,
    PayloadId, Stamp,
};

/// Our end of each made-up connection.
pub(super) fn local() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 9000))
}

/// The peer of each made-up connection.
pub(super) fn peer() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 53122))
}

/// An event at `micros`; connection 0 is none.
pub(super) fn event(micros: u64, endpoint: u32, connection: u64, kind: EventKind) -> Event {
    let link = (connection > 0).then(|| {
        Arc::new(Link {
            connection: ConnectionId(connection),
            local: Some(local()),
            peer: peer(),
        })
    });
    Event {
        stamp: Stamp(micros * 1_000),
        endpoint: EndpointId(endpoint),
        link,
        kind,
    }
}

pub(super) fn accepted() -> EventKind {
    EventKind::Accepted
}

pub(super) fn received(id: u64, bytes: &[u8]) -> EventKind {
    let payload = Payload::new(PayloadId(id), Bytes::copy_from_slice(bytes));
    EventKind::Received { payload }
}

pub(super) fn sent(id: u64, bytes: &[u8]) -> EventKind {
    let payload = Payload::new(PayloadId(id), Bytes::copy_from_slice(bytes));
    EventKind::Sent {
        payload,
        took: Duration::from_micros(3),
    }
}

pub(super) fn closed() -> EventKind {
    EventKind::Closed(Closed {
        by: ClosedBy::Us,
        unsent_bytes: 0,
        unread: false,
    })
}

/// A connect error of this kind.
pub(super) fn connect_error(kind: io::ErrorKind) -> Arc<NetError> {
    Arc::new(NetError::Connect {
        address: peer(),
        source: kind.into(),
    })
}

/// The entries that a sequencer makes of `events`.
pub(super) fn entries(events: impl IntoIterator<Item = Event>) -> Vec<Entry> {
    let mut sequencer = Sequencer::new(UNIX_EPOCH);
    sequencer.push(events);
    let mut entries = Vec::new();
    let now = Moment {
        stamp: Stamp(0),
        time: UNIX_EPOCH,
    };
    sequencer.flush(now, &mut entries);
    entries
}
