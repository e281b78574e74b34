//! Synthetic events and entries for tests.

use std::io;
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant, UNIX_EPOCH};

use bytes::Bytes;
use crossbeam_channel::{Receiver, RecvTimeoutError};
use tempfile::TempDir;

use super::anchor::Moment;
use super::entry::Entry;
use super::event::{Event, EventKind};
use super::record::Record;
use super::row::{Row, RowText};
use super::say::{Remark, Say};
use super::sequencer::Sequencer;
use super::source::{Arrival, Batch, EventSource};
use super::store::{AtLimit, Keep, ReadError, SegmentSize, Store};
use crate::net::kernel::{SavedSyn, Syn};
use crate::net::{
    Address, Backlog, Closed, ClosedBy, EndpointId, FlowId, Link, NetError, Payload, PayloadId,
    Requester, Stamp,
};
use crate::payload::VisibleText;

/// The time limit for anything in a test.
pub(crate) const DEADLINE: Duration = Duration::from_secs(10);

/// Our address in each synthetic connection.
pub(crate) fn local() -> Address {
    ([127, 0, 0, 1], 9000).into()
}

/// The peer's address in each synthetic connection.
pub(crate) fn peer() -> Address {
    ([127, 0, 0, 1], 53122).into()
}

/// A SYN of Linux over IPv4.
pub(crate) fn syn() -> SavedSyn {
    const HEADERS: &[u8] = &[
        0x45, 0, 0, 0x3c, 0xd4, 0x31, 0x40, 0, 0x40, 6, 0x68, 0x88, 127, 0, 0, 1, 127, 0, 0,
        1, //
        0xcf, 0x82, 0x23, 0x28, 0x6c, 1, 2, 3, 0, 0, 0, 0, 0xa0, 2, 0xff, 0xd7, 0xfe, 0x30, 0, 0,
        2, 4, 0xff, 0xd7, 4, 2, 8, 10, 1, 2, 3, 4, 0, 0, 0, 0, 1, 3, 3, 7,
    ];
    SavedSyn::new(HEADERS).unwrap()
}

/// An event at `micros`. Connection 0 means none.
pub(crate) fn event(micros: u64, endpoint: u32, connection: u64, kind: EventKind) -> Event {
    let link = (connection > 0).then(|| {
        Arc::new(Link {
            connection: FlowId::server(connection),
            local: Some(local()),
            peer: peer(),
        })
    });
    Event {
        stamp: Stamp(micros * 1_000),
        endpoint: EndpointId(endpoint),
        link,
        by: Requester::Nobody,
        kind,
    }
}

/// An event at `micros` with a UDP peer, which is a connection of its own for each number.
pub(crate) fn udp_event(micros: u64, endpoint: u32, connection: u64, kind: EventKind) -> Event {
    let of = |address: Address| Address::udp(address.ip().unwrap());
    let mut event = event(micros, endpoint, connection, kind);
    event.link = event.link.map(|link| {
        Arc::new(Link {
            connection: link.connection,
            local: link.local.clone().map(of),
            peer: of(link.peer.clone()),
        })
    });
    event
}

pub(crate) fn listening() -> EventKind {
    EventKind::Listening {
        local: local(),
        backlog: Backlog {
            requested: 128,
            effective: Some(128),
        },
        dual_stack: false,
    }
}

pub(crate) fn accepted() -> EventKind {
    EventKind::Accepted {
        process: None,
        syn: None,
    }
}

pub(crate) fn received(id: u64, bytes: &[u8]) -> EventKind {
    let payload = Payload::new(PayloadId(id), Bytes::copy_from_slice(bytes));
    EventKind::Received { payload }
}

pub(crate) fn sent(id: u64, bytes: &[u8]) -> EventKind {
    let payload = Payload::new(PayloadId(id), Bytes::copy_from_slice(bytes));
    EventKind::Sent {
        payload,
        took: Duration::from_micros(3),
    }
}

pub(crate) fn closed() -> EventKind {
    EventKind::Closed(Closed {
        by: ClosedBy::Us,
        unsent_bytes: 0,
        unread: false,
    })
}

/// A connect error of this kind.
pub(crate) fn connect_error(kind: io::ErrorKind) -> Arc<NetError> {
    Arc::new(NetError::Connect {
        address: peer(),
        source: kind.into(),
    })
}

/// The language of tests: the names of the variants in the code.
#[derive(Debug)]
pub(crate) struct VariantNames;

impl Say for VariantNames {
    fn entry(&self, entry: &Entry) -> VisibleText {
        let name = name(&entry.event.kind);
        let link = entry.event.link.as_deref();
        let peer = link.map_or_else(String::new, |link| format!(" {}", link.peer));
        VisibleText::plain(name + &peer)
    }

    fn unreadable(&self, error: &ReadError) -> VisibleText {
        VisibleText::plain(name(error))
    }

    fn row(&self, row: &Row, endpoint_name: Option<&str>) -> String {
        let name = endpoint_name.map_or_else(String::new, |name| format!("{name}: "));
        let verdict = match row.frame.filter(|frame| frame.is_judged) {
            Some(frame) if frame.is_good => "good ",
            Some(_) => "bad ",
            None => "",
        };
        let (kind, text) = match &row.text {
            RowText::Payload(preview) => (
                format!("{verdict}{:?} ", row.kind),
                preview.text.text.clone(),
            ),
            RowText::Words(words) => (String::new(), self.happening(words).text),
        };
        name + &kind + &text
    }

    fn syn(&self, syn: &Syn) -> String {
        format!("{syn:?}")
    }

    fn reason(&self, entry: &Entry) -> Option<String> {
        entry.payload().is_none().then(|| name(&entry.event.kind))
    }

    fn remark(&self, remark: Remark<'_>) -> String {
        format!("[{remark:?}]")
    }
}

/// The name of a variant, without its fields.
fn name(kind: &impl std::fmt::Debug) -> String {
    let name = format!("{kind:?}");
    let end = name.find(|c: char| !c.is_alphanumeric());
    name[..end.unwrap_or(name.len())].to_owned()
}

/// The entries that a sequencer makes from `events`.
pub(crate) fn entries(events: impl IntoIterator<Item = Event>) -> Vec<Entry> {
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

/// The row of an event.
pub(crate) fn row(event: Event) -> Row {
    let entry = entries([event]).remove(0);
    Row::new(&entry, None)
}

/// A recording in a temporary folder that is deleted with it.
pub(crate) struct TestRecord {
    record: Record,
    pub(crate) dir: TempDir,
}

impl Deref for TestRecord {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

/// An empty recording that keeps everything.
pub(crate) fn empty_record() -> TestRecord {
    empty_record_of(Keep::up_to(u64::MAX), 262_144)
}

/// An empty recording with four entries per segment, which keeps about `entries` of the newest ones.
pub(crate) fn ring(entries: u64) -> TestRecord {
    /// What an entry without a payload takes: its record, its place in the index, its details, and a quarter of the
    /// files' headers, of two flows and of their lanes.
    const ENTRY_BYTES: u64 = 56 + 4 + 5 + (4 * 32 + 12 + 2 * (64 + 24)) / 4;
    let keep = Keep {
        // The estimate of the room needed for an entry is generous.
        limit_bytes: entries * ENTRY_BYTES + 2_000,
        at_limit: AtLimit::GiveUpOldest,
        chunk_limit_bytes: None,
    };
    empty_record_of(keep, 4)
}

/// An empty recording with this many entries per segment.
pub(crate) fn empty_record_of(keep: Keep, segment_entries: u32) -> TestRecord {
    let dir = tempfile::tempdir().unwrap();
    let size = SegmentSize {
        entries: segment_entries,
        payload_bytes: 32 * 1024 * 1024,
    };
    let capture = dir.path().join("capture");
    let store = Store::create_sized(&capture, keep, size, UNIX_EPOCH).unwrap();
    let record = Record::new(Arc::new(store));
    TestRecord { record, dir }
}

/// A recording of these events that keeps all of them.
pub(crate) fn record(events: impl IntoIterator<Item = Event>) -> TestRecord {
    let record = empty_record();
    record.store().append(&mut entries(events));
    record
}

fn batch(events: Vec<Event>) -> Batch {
    Batch {
        events,
        ..Batch::default()
    }
}

/// A source of batches that a test provides.
pub(crate) struct SyntheticFeed(pub(crate) Receiver<Vec<Event>>);

impl EventSource for SyntheticFeed {
    fn wait(&self, deadline: Option<Instant>) -> Arrival {
        let events = match deadline {
            Some(deadline) => self.0.recv_deadline(deadline),
            None => self.0.recv().map_err(RecvTimeoutError::from),
        };
        match events {
            Ok(events) => Arrival::Events(batch(events)),
            Err(RecvTimeoutError::Timeout) => Arrival::TimedOut,
            Err(RecvTimeoutError::Disconnected) => Arrival::Closed,
        }
    }

    fn take(&self) -> Option<Batch> {
        self.0.try_recv().ok().map(batch)
    }

    fn was_backed_up(&self) -> bool {
        false
    }
}
