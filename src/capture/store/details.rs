//! The details of a lifecycle entry besides its record, in postcard's format.

use serde::{Deserialize, Serialize};

use crate::capture::entry::{StreamPosition, StreamPositions};
use crate::net::EventKind;
use crate::payload::Carry;

/// What happened, and the positions of the connection's streams.
pub(super) struct Details;

#[derive(Serialize)]
struct Written<'a> {
    received: (u64, &'a [u8]),
    sent: (u64, &'a [u8]),
    kind: &'a EventKind,
}

#[derive(Deserialize)]
struct Read<'a> {
    #[serde(borrow)]
    received: (u64, &'a [u8]),
    #[serde(borrow)]
    sent: (u64, &'a [u8]),
    kind: EventKind,
}

impl Details {
    /// Encodes the details. Returns `None` if that fails; all can be encoded, memory permitting.
    pub(super) fn encode(kind: &EventKind, streams: &StreamPositions) -> Option<Vec<u8>> {
        let stream = |stream: &StreamPosition| (stream.offset, stream.carry);
        let (received, sent) = (stream(&streams.received), stream(&streams.sent));
        let written = Written {
            received: (received.0, received.1.as_slice()),
            sent: (sent.0, sent.1.as_slice()),
            kind,
        };
        postcard::to_stdvec(&written).ok()
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<(EventKind, StreamPositions)> {
        let read: Read<'_> = postcard::from_bytes(bytes).ok()?;
        let stream = |(offset, carry): (u64, &[u8])| {
            let carry = Carry::new(carry)?;
            Some(StreamPosition { offset, carry })
        };
        let streams = StreamPositions {
            received: stream(read.received)?,
            sent: stream(read.sent)?,
        };
        let is_data = matches!(
            read.kind,
            EventKind::Received { .. } | EventKind::Sent { .. }
        );
        (!is_data).then_some((read.kind, streams))
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::net::{Backlog, Closed, ClosedBy, Direction, NetError};

    fn all_kinds() -> Vec<EventKind> {
        let address = "127.0.0.1:9000".parse().unwrap();
        let refused = || {
            Arc::new(NetError::Connect {
                address,
                source: io::Error::from_raw_os_error(111),
            })
        };
        let of_kind = Arc::new(NetError::Receive {
            peer: address,
            source: io::Error::from_raw_os_error(110),
        });
        let closed = |by| {
            EventKind::Closed(Closed {
                by,
                unsent_bytes: 3,
                unread: true,
            })
        };
        vec![
            EventKind::Listening {
                local: address,
                backlog: Backlog {
                    requested: 128,
                    effective: Some(100),
                },
                dual_stack: true,
            },
            EventKind::LookingUp {
                host: "example.org".to_owned(),
                port: 80,
            },
            EventKind::Connecting,
            EventKind::Connected {
                took: Duration::from_nanos(1_234),
            },
            EventKind::ConnectFailed {
                error: refused(),
                last: true,
            },
            EventKind::Accepted,
            EventKind::PeerFinished,
            EventKind::WeFinished,
            closed(ClosedBy::Us),
            closed(ClosedBy::Failure(of_kind)),
            EventKind::Reset { unsent_bytes: 7 },
            EventKind::AcceptPaused { error: refused() },
            EventKind::AcceptResumed,
            EventKind::Missing {
                direction: Direction::Sent,
                bytes: 9,
            },
            EventKind::NotRecorded { entries: 12 },
            EventKind::ClockAdjusted { by_nanos: -5 },
            EventKind::Failed {
                error: Arc::new(NetError::NoPeers { bytes: 4 }),
            },
            EventKind::Stopped,
            EventKind::AcceptAborted { connections: 3 },
        ]
    }

    #[test]
    fn every_kind_round_trips() {
        let streams = StreamPositions {
            received: StreamPosition {
                offset: 1 << 33,
                carry: Carry::new(b"\xE6\x97").unwrap(),
            },
            sent: StreamPosition::default(),
        };
        for kind in all_kinds() {
            let bytes = Details::encode(&kind, &streams).unwrap();
            let (read, read_streams) = Details::decode(&bytes).unwrap();
            assert_eq!(format!("{read:?}"), format!("{kind:?}"));
            assert_eq!(read_streams, streams);
        }
    }

    /// Older captures depend on this format: these bytes never change.
    #[test]
    fn the_bytes_of_a_kind_never_change() {
        let check = |kind: EventKind, expected: &[u8]| {
            let bytes = Details::encode(&kind, &StreamPositions::default()).unwrap();
            assert_eq!(bytes, expected, "{kind:?}");
        };
        check(EventKind::Connecting, &[0, 0, 0, 0, 2]);
        check(EventKind::Accepted, &[0, 0, 0, 0, 5]);
        check(EventKind::PeerFinished, &[0, 0, 0, 0, 8]);
        check(EventKind::Reset { unsent_bytes: 7 }, &[0, 0, 0, 0, 11, 7]);
        let closed = Closed {
            by: ClosedBy::Stop,
            unsent_bytes: 300,
            unread: true,
        };
        check(EventKind::Closed(closed), &[0, 0, 0, 0, 10, 1, 0xAC, 2, 1]);
        check(EventKind::Stopped, &[0, 0, 0, 0, 18]);
    }

    #[test]
    fn other_bytes_are_not_read() {
        let whole = Details::encode(
            &EventKind::Reset { unsent_bytes: 7 },
            &StreamPositions::default(),
        );
        let whole = whole.unwrap();
        for len in 0..whole.len() {
            assert!(Details::decode(&whole[..len]).is_none(), "{len} bytes");
        }
        assert!(Details::decode(&[0, 0, 0, 0, 99]).is_none());
        assert!(Details::decode(&[0, 0, 0, 0, 6, 0, 0, 0]).is_none(), "data");
    }
}
