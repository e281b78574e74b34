//! Compares what one end of a connection wrote with what the other end read, if the capture has both ends.

use std::ops::Range;
use std::time::SystemTime;

use bytes::Bytes;

use super::entry::StreamId;
use super::record::{Depth, Record};
use crate::net::{Direction, EndpointId, FlowId, Link};

/// How many bytes before and after a row are examined.
const CONTEXT_BYTES: u64 = 256;
/// The most bytes that are examined.
const LIMIT_BYTES: u64 = 64 * 1024;
/// How many entries before and after a row are examined.
const LIMIT_ENTRIES: u64 = 50_000;
/// The most chunks of each end.
const LIMIT_CHUNKS: usize = 1_000;

/// Part of a stream as seen by both ends.
#[derive(Clone, Debug)]
pub struct Ends {
    /// What the sending end wrote.
    pub wrote: End,
    /// What the receiving end read.
    pub read: End,
    /// The bytes of this part.
    pub bytes: Bytes,
    /// The offset of the first byte in the stream.
    pub offset: u64,
}

/// One end of a connection, and its chunks of part of a stream.
#[derive(Clone, Debug)]
pub struct End {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// The chunks, in stream order.
    pub chunks: Vec<EndChunk>,
}

/// The bytes of one write or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndChunk {
    /// Its entry.
    pub entry: u64,
    /// The time.
    pub time: SystemTime,
    /// Its range in the stream.
    pub range: Range<u64>,
}

/// Returns what both ends saw around the bytes `range` of an entry's stream, or `None` if the capture has only one end
/// or the entry is not a chunk.
pub(super) fn ends(record: &Record, number: u64, range: &Range<u64>) -> Option<Ends> {
    let entry = record.entry(number, Depth::Head).ok()??;
    let own = entry.stream_id()?;
    let endpoint = counterpart(record, number, own.connection)?;
    let other = StreamId::new(own.connection.other_end(), own.direction.opposite());
    if entry.is_datagram() {
        return datagram_ends(record, number, own, (other, endpoint));
    }
    let start = range.start.saturating_sub(CONTEXT_BYTES);
    let end = range.end.saturating_add(CONTEXT_BYTES);
    let part = start..end.min(start + LIMIT_BYTES);
    let (chunks, offset, bytes) = chunks_of(own, record, number, &part);
    let here = End {
        endpoint: entry.event.endpoint,
        chunks,
    };
    let (chunks, ..) = chunks_of(other, record, number, &part);
    let there = End { endpoint, chunks };
    let (wrote, read) = match own.direction {
        Direction::Sent => (here, there),
        Direction::Received => (there, here),
    };
    Some(Ends {
        wrote,
        read,
        bytes: bytes.into(),
        offset,
    })
}

/// Returns what both ends saw of a datagram: at the other end, the nearest one with the same bytes on the right side of
/// it in time. There is none if it was lost.
fn datagram_ends(
    record: &Record,
    number: u64,
    own: StreamId,
    (other, endpoint): (StreamId, EndpointId),
) -> Option<Ends> {
    let (chunk, bytes) = chunks(own, record, std::iter::once(number)).next()?;
    let is_same = |(_, found): &(EndChunk, Bytes)| *found == bytes;
    let before = (number.saturating_sub(LIMIT_ENTRIES)..number).rev();
    let behind = number.saturating_add(1)..number.saturating_add(LIMIT_ENTRIES);
    let found = match own.direction {
        Direction::Sent => chunks(other, record, behind).find(is_same),
        Direction::Received => chunks(other, record, before).find(is_same),
    };
    let here = End {
        endpoint: record.flow(number).ok().flatten()?.endpoint,
        chunks: vec![chunk],
    };
    let there = End {
        endpoint,
        chunks: found.into_iter().map(|(chunk, _)| chunk).collect(),
    };
    let (wrote, read) = match own.direction {
        Direction::Sent => (here, there),
        Direction::Received => (there, here),
    };
    Some(Ends {
        wrote,
        read,
        bytes,
        offset: 0,
    })
}

/// Returns the endpoint of the other end of a connection, if that is on record.
fn counterpart(record: &Record, number: u64, own: FlowId) -> Option<EndpointId> {
    let is_other = |link: &Link| link.connection == own.other_end();
    let near = around(number);
    near.filter_map(|number| record.flow(number).ok().flatten())
        .find_map(|flow| {
            let is_other = flow.link.as_deref().is_some_and(is_other);
            is_other.then_some(flow.endpoint)
        })
}

/// Returns numbers by their distance from one: itself, then alternately those before and after it.
fn around(number: u64) -> impl Iterator<Item = u64> {
    (0..=LIMIT_ENTRIES).flat_map(move |distance| {
        let before = number.checked_sub(distance);
        let behind = (distance > 0).then_some(number.saturating_add(distance));
        before.into_iter().chain(behind)
    })
}

/// Returns the chunks of part of the stream, searched for around an entry, and their bytes from an offset on.
fn chunks_of(
    stream: StreamId,
    record: &Record,
    number: u64,
    part: &Range<u64>,
) -> (Vec<EndChunk>, u64, Vec<u8>) {
    let before = (number.saturating_sub(LIMIT_ENTRIES)..=number).rev();
    let before = chunks(stream, record, before).take_while(|it| it.0.range.end > part.start);
    let behind = number.saturating_add(1)..number.saturating_add(LIMIT_ENTRIES);
    let behind = chunks(stream, record, behind).take_while(|it| it.0.range.start < part.end);
    let overlaps = |range: &Range<u64>| range.start < part.end && part.start < range.end;
    let found = before.chain(behind).filter(|it| overlaps(&it.0.range));
    let mut found: Vec<_> = found.take(LIMIT_CHUNKS).collect();
    found.sort_by_key(|(chunk, _)| chunk.range.start);
    let offset = found.first().map_or(part.start, |it| it.0.range.start);
    let mut bytes = Vec::new();
    for (chunk, payload) in &found {
        // After bytes that were not kept, later ones cannot be placed.
        if chunk.range.start == offset + bytes.len() as u64 {
            bytes.extend_from_slice(payload);
        }
    }
    let chunks = found.into_iter().map(|(chunk, _)| chunk).collect();
    (chunks, offset, bytes)
}

/// Returns those of these entries that are chunks of a stream, with their bytes, until one does not exist.
fn chunks(
    stream: StreamId,
    record: &Record,
    numbers: impl Iterator<Item = u64>,
) -> impl Iterator<Item = (EndChunk, Bytes)> {
    let flows = numbers.map_while(move |number| Some((number, record.flow(number).transpose()?)));
    let ours = flows.filter_map(move |(number, flow)| {
        let is_ours = flow.ok()?.link?.connection == stream.connection;
        is_ours.then_some(number)
    });
    ours.filter_map(move |number| {
        let entry = record.entry(number, Depth::Whole).ok()??;
        let payload = entry
            .payload()
            .filter(|_| entry.stream_id() == Some(stream) && entry.damage.is_none())?;
        let start = entry.stream().offset;
        let chunk = EndChunk {
            entry: number,
            time: entry.time,
            range: start..start.saturating_add(entry.size_bytes),
        };
        Some((chunk, payload.bytes.clone()))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::capture::event::{Event, EventKind};
    use crate::capture::synthetic::record;
    use crate::net::{Address, Requester};
    use crate::net::{Payload, PayloadId, Stamp};

    fn address(port: u16) -> Address {
        ([127, 0, 0, 1], port).into()
    }

    /// An event of endpoint 1, the client, or endpoint 2, the server.
    fn event(at: u64, endpoint: u32, bytes: &'static [u8], is_sent: bool) -> Event {
        let (local, peer, connection) = if endpoint == 1 {
            (50_000, 9_000, FlowId::client(1))
        } else {
            (9_000, 50_000, FlowId::server(1))
        };
        let payload = Payload::new(PayloadId(at + 1), Bytes::from_static(bytes));
        let link = Link {
            connection,
            local: Some(address(local)),
            peer: address(peer),
        };
        Event {
            stamp: Stamp(at * 1_000),
            endpoint: EndpointId(endpoint),
            link: Some(Arc::new(link)),
            by: Requester::Nobody,
            kind: if is_sent {
                let took = Duration::ZERO;
                EventKind::Sent { payload, took }
            } else {
                EventKind::Received { payload }
            },
        }
    }

    #[test]
    fn what_one_end_wrote_is_compared_with_what_the_other_read() {
        let record = record([
            event(0, 1, b"Hello", true),
            event(1, 1, b", ", true),
            event(2, 2, b"Hello, ser", false),
            event(3, 1, b"server!", true),
            event(4, 2, b"ver!", false),
            event(5, 2, b"ok", true),
        ]);
        let ranges = |end: &End| -> Vec<(u64, Range<u64>)> {
            end.chunks
                .iter()
                .map(|it| (it.entry, it.range.clone()))
                .collect()
        };
        // The result is the same from either end.
        for (number, range) in [(1, 5..7), (2, 0..10)] {
            let ends = ends(&record, number, &range).unwrap();
            assert_eq!(ends.wrote.endpoint, EndpointId(1));
            assert_eq!(ends.read.endpoint, EndpointId(2));
            assert_eq!(ranges(&ends.wrote), [(0, 0..5), (1, 5..7), (3, 7..14)]);
            assert_eq!(ranges(&ends.read), [(2, 0..10), (4, 10..14)]);
            assert_eq!((ends.offset, &ends.bytes[..]), (0, &b"Hello, server!"[..]));
        }
        // The answer was never read.
        let answer = ends(&record, 5, &(0..2)).unwrap();
        assert_eq!(ranges(&answer.wrote), [(5, 0..2)]);
        assert_eq!(ranges(&answer.read), []);
    }

    #[test]
    fn a_single_end_has_no_counterpart() {
        let record = record([event(0, 1, b"a", true), event(1, 1, b"b", true)]);
        assert!(ends(&record, 0, &(0..1)).is_none());
        assert!(ends(&record, 9, &(0..1)).is_none());
    }
}
