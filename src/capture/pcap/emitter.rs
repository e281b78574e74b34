//! Makes entries of what happens on captured connections.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::capture::anchor::Moment;
use crate::capture::entry::Entry;
use crate::capture::event::{Event, EventKind};
use crate::capture::streams::Streams;
use crate::net::{EndpointId, FlowId, Ids, Link, Requester, Stamp};

/// The synthetic endpoint of all connections in a file.
pub const IMPORTED: EndpointId = EndpointId(1);

/// Numbers events and makes entries of them, at the time of the current packet.
#[derive(Debug)]
pub(super) struct Emitter {
    pub(super) ids: Ids,
    /// When the current packet was captured.
    pub(super) now: Moment,
    first_time: Option<SystemTime>,
    streams: Streams,
    next_number: u64,
    /// Stream bytes that the file does not hold.
    pub(super) missing_bytes: u64,
    pub(super) entries: Vec<Entry>,
}

impl Emitter {
    pub(super) fn new() -> Self {
        Self {
            ids: Ids::default(),
            now: Moment {
                stamp: Stamp(0),
                time: UNIX_EPOCH,
            },
            first_time: None,
            streams: Streams::default(),
            next_number: 0,
            missing_bytes: 0,
            entries: Vec::new(),
        }
    }

    /// Advances to the time of a packet. Stamps never decrease.
    pub(super) fn advance(&mut self, time: SystemTime) {
        let first = *self.first_time.get_or_insert(time);
        let elapsed = time.duration_since(first).unwrap_or_default();
        let stamp = Stamp(u64::try_from(elapsed.as_nanos()).unwrap_or(u64::MAX));
        let stamp = stamp.max(self.now.stamp);
        self.now = Moment { stamp, time };
    }

    pub(super) fn emit(&mut self, link: &Arc<Link>, kind: EventKind) {
        if let EventKind::Missing { bytes, .. } = kind {
            self.missing_bytes = self.missing_bytes.saturating_add(bytes);
        }
        let event = Event {
            stamp: self.now.stamp,
            endpoint: IMPORTED,
            link: Some(Arc::clone(link)),
            by: Requester::Nobody,
            kind,
        };
        let entry = self.streams.enter(self.next_number, self.now.time, event);
        self.next_number += 1;
        self.entries.push(entry);
    }

    /// Forgets a connection that is over.
    pub(super) fn forget(&mut self, connection: FlowId) {
        self.streams.forget(connection);
    }
}
