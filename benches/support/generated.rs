//! A capture of any number of entries: small messages, as in a load test.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use bothends::capture::store::{Keep, Store};
use bothends::capture::{Entry, Moment, Sequencer};
use bothends::capture::{Event, EventKind};
use bothends::net::{Address, EndpointId, FlowId, Link, Payload, PayloadId, Requester, Stamp};
use bytes::Bytes;

/// The length of each message.
pub(crate) const MESSAGE_BYTES: usize = 32;
const BATCH: u64 = 1_000;

/// Distinct payloads for the first million, then the same ones again, as in a load test.
pub(crate) fn stored_payload(count: u64) -> u64 {
    let segments = count.div_ceil(262_144);
    (segments * 1_024 * MESSAGE_BYTES as u64).max(count.min(1_000_000) * MESSAGE_BYTES as u64)
}

/// Records this many entries, received and sent, of 100 connections in turn; returns how long that took.
pub(crate) fn record(dir: &Path, count: u64) -> Duration {
    record_of(dir, count, 100)
}

/// Records this many entries of so many connections in turn.
pub(crate) fn record_of(dir: &Path, count: u64, connections: u64) -> Duration {
    let store = Store::create(dir, Keep::up_to(u64::MAX), SystemTime::now()).expect("a capture");
    let mut sequencer = Sequencer::new(SystemTime::now());
    let links: Vec<Arc<Link>> = (1..=connections).map(link).collect();
    let mut entries: Vec<Entry> = Vec::new();
    let mut taken = Duration::ZERO;
    for first in (0..count).step_by(BATCH as usize) {
        sequencer.push((first..count.min(first + BATCH)).map(|n| event(n, &links)));
        let now = Moment {
            stamp: Stamp(first * 1_000),
            time: SystemTime::now(),
        };
        entries.clear();
        sequencer.flush(now, &mut entries);
        let start = Instant::now();
        let status = store.append(&mut entries);
        taken += start.elapsed();
        assert!(status.stopped.is_none(), "{status:?}");
    }
    let start = Instant::now();
    store.close().expect("an end in order");
    taken + start.elapsed()
}

fn link(connection: u64) -> Arc<Link> {
    let address = |port: u16| Address::from(([127, 0, 0, 1], port));
    Arc::new(Link {
        connection: FlowId::server(connection),
        local: Some(address(9_000)),
        peer: address(50_000 + connection as u16),
    })
}

fn event(n: u64, links: &[Arc<Link>]) -> Event {
    let id = if n < 1_000_000 { n } else { n % 1_024 };
    let text = format!("{id:>MESSAGE_BYTES$}");
    let payload = Payload::new(PayloadId(id), Bytes::from(text));
    let link = &links[(n % links.len() as u64) as usize];
    let kind = if n.is_multiple_of(2) {
        EventKind::Received { payload }
    } else {
        let took = Duration::from_micros(3);
        EventKind::Sent { payload, took }
    };
    Event {
        stamp: Stamp(n * 1_000),
        endpoint: EndpointId(1 + (n % 2) as u32),
        link: Some(Arc::clone(link)),
        by: Requester::Nobody,
        kind,
    }
}
