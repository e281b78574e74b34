//! What was sent in answer to a request on record.

use bytes::{Bytes, BytesMut};

use super::entry::StreamId;
use super::record::{Depth, Record};
use crate::net::{Direction, FlowId};

/// How many entries after a request are searched for what was sent next.
const LIMIT_ENTRIES: u64 = 50_000;
/// The most bytes of what was sent.
const LIMIT_BYTES: usize = 16 * 1024;

/// Returns what was sent on a connection after an entry and before the next thing was received; if nothing was, the next
/// chunk that was sent.
pub(super) fn sent_after(record: &Record, entry: u64, connection: FlowId) -> Option<Bytes> {
    let last = record.status().entries.checked_sub(1)?;
    let range = (entry + 1, last.min(entry.saturating_add(LIMIT_ENTRIES)));
    let numbers = |direction: Direction| {
        let stream = StreamId::new(connection, direction);
        record.stream_entries(stream, range, LIMIT_ENTRIES)
    };
    let chunk = |number: u64, direction: Direction| {
        let entry = record.entry(number, Depth::Whole).ok()??;
        let is_it = entry.stream_id() == Some(StreamId::new(connection, direction));
        let payload = entry
            .payload()
            .filter(|_| is_it && entry.damage.is_none())?;
        Some(payload.bytes.clone())
    };
    let received = numbers(Direction::Received).into_iter();
    let mut received = received.filter(|it| chunk(*it, Direction::Received).is_some());
    let next = received.next().unwrap_or(u64::MAX);
    let mut sent = BytesMut::new();
    for number in numbers(Direction::Sent) {
        if number > next && !sent.is_empty() || sent.len() >= LIMIT_BYTES {
            break;
        }
        if let Some(bytes) = chunk(number, Direction::Sent) {
            sent.extend_from_slice(&bytes);
            if number > next {
                break;
            }
        }
    }
    sent.truncate(LIMIT_BYTES);
    (!sent.is_empty()).then(|| sent.freeze())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::EventKind;
    use crate::capture::synthetic::{event, received, record, sent};

    fn after(kinds: Vec<(u64, EventKind)>, entry: u64) -> Option<Vec<u8>> {
        let kinds = kinds.into_iter().enumerate();
        let events = kinds.map(|(at, (connection, kind))| event(at as u64, 1, connection, kind));
        let record = record(events.collect::<Vec<_>>());
        let connection = record.entry(entry, Depth::Head).unwrap().unwrap();
        let connection = connection.stream_id().unwrap().connection;
        sent_after(&record, entry, connection).map(|it| it.to_vec())
    }

    #[test]
    fn a_reply_is_what_was_sent_before_the_next_request() {
        let chunks = || {
            vec![
                (1, received(1, b"a")),
                (2, received(2, b"other")),
                (2, sent(3, b"OTHER")),
                (1, sent(4, b"1")),
                (1, sent(5, b"2")),
                (1, received(6, b"b")),
                (1, received(7, b"c")),
                (1, sent(8, b"3")),
                (1, sent(9, b"4")),
            ]
        };
        let check = |entry: u64, expected: Option<&[u8]>| {
            assert_eq!(after(chunks(), entry).as_deref(), expected, "{entry}");
        };
        check(0, Some(b"12"));
        check(1, Some(b"OTHER"));
        check(5, Some(b"3"));
        check(6, Some(b"34"));
    }

    #[test]
    fn nothing_was_sent_after_the_last_request() {
        assert_eq!(
            after(vec![(1, sent(1, b"x")), (1, received(2, b"a"))], 1),
            None
        );
    }
}
