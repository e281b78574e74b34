//! What UDP puts on record, there and back; and the bytes that never change.

use std::time::Duration;

use super::*;
use crate::net::{Address, Icmp, NetError, SystemError};

fn address(text: &str) -> Address {
    text.parse().unwrap()
}

fn refused() -> SystemError {
    SystemError {
        os: "linux".into(),
        code: Some(111),
        kind: std::io::ErrorKind::ConnectionRefused,
        text: "refused".to_owned(),
    }
}

fn undelivered(peer: Option<&str>, by: Option<&str>) -> NetError {
    NetError::Undelivered {
        peer: peer.map(address),
        source: refused(),
        icmp: Some(Icmp {
            by: by.map(|by| by.parse().unwrap()),
            kind: 3,
            code: 3,
        }),
    }
}

fn closed(by: ClosedBy) -> EventKind {
    EventKind::Closed(Closed {
        by,
        unsent_bytes: 0,
        unread: false,
    })
}

fn bound(groups: &[&str]) -> EventKind {
    EventKind::Bound {
        local: address("udp://127.0.0.1:9000"),
        dual_stack: true,
        groups: groups.iter().map(|it| it.parse().unwrap()).collect(),
    }
}

fn failed(error: NetError) -> EventKind {
    EventKind::Failed {
        error: Arc::new(error),
    }
}

#[test]
fn every_kind_round_trips() {
    let kinds = [
        bound(&[]),
        bound(&["239.1.2.3", "ff02::fb"]),
        EventKind::Truncated {
            read_bytes: 65_507,
            bytes: None,
        },
        EventKind::Truncated {
            read_bytes: 9,
            bytes: Some(70_000),
        },
        EventKind::Dropped { datagrams: 1 << 40 },
        closed(ClosedBy::Silence(Duration::from_mins(2))),
        closed(ClosedBy::Crowded { limit: 10_000 }),
        failed(undelivered(Some("udp://[::1]:9"), Some("::1"))),
        failed(undelivered(None, None)),
        failed(NetError::Undelivered {
            peer: None,
            source: refused(),
            icmp: None,
        }),
        failed(NetError::Datagram {
            peer: address("udp://127.0.0.1:9"),
            bytes: 65_508,
            source: refused(),
        }),
        failed(NetError::Overrun {
            peer: address("udp://127.0.0.1:9"),
        }),
    ];
    for kind in kinds {
        let streams = StreamPositions::default();
        let (number, bytes) = encode(&kind, &streams);
        let body = decode(number, &bytes).unwrap();
        assert_eq!(format!("{:?}", body.kind), format!("{kind:?}"));
        assert_eq!((body.streams, body.unknown_fields), (streams, 0));
        assert_eq!(unread(number).lifecycle(), kind.lifecycle());
    }
}

/// Captures depend on this format: these bytes never change.
#[test]
fn the_bytes_of_a_kind_never_change() {
    let check = |kind: EventKind, number: u16, expected: &[u8]| {
        let body = encode(&kind, &StreamPositions::default());
        assert_eq!(body, (number, expected.to_vec()), "{kind:?}");
    };
    // The last byte of an address is the number of UDP among the protocols of IP.
    let mut expected = vec![8, 24, 0, 4, 127, 0, 0, 1];
    expected.extend([0; 12]);
    expected.extend([0x28, 0x23, 0, 0, 0, 0, 17]);
    let local = expected.clone();
    expected.extend([11, 0, 0, 57, 17, 0, 4, 239, 1, 2, 3]);
    expected.extend([0; 12]);
    check(bound(&["239.1.2.3"]), 46, &expected);
    let truncated = EventKind::Truncated {
        read_bytes: 9,
        bytes: Some(300),
    };
    check(truncated, 47, &[16, 1, 0, 9, 60, 2, 0, 0x2C, 1]);
    let dropped = EventKind::Dropped { datagrams: 300 };
    check(dropped, 48, &[16, 2, 0, 0x2C, 1]);
    let silence = closed(ClosedBy::Silence(Duration::from_nanos(300)));
    check(silence, 24, &[14, 2, 0, 0x2C, 1, 19, 1, 0, 7, 17, 0, 0]);
    let crowded = closed(ClosedBy::Crowded { limit: 300 });
    check(crowded, 24, &[22, 2, 0, 0x2C, 1, 19, 1, 0, 8, 17, 0, 0]);
    let overrun = failed(NetError::Overrun {
        peer: address("udp://127.0.0.1:9000"),
    });
    let expected = [&local[..], &[32, 1, 0, 29]].concat();
    check(overrun, 31, &expected);
    let mut expected = local;
    expected.extend(b"\x21\x05\x00linux\x23\x01\x00\x04\x24\x07\x00refused");
    expected.extend([34, 4, 0, 111, 0, 0, 0, 58, 2, 0, 3, 3]);
    expected.extend([59, 17, 0, 4, 127, 0, 0, 1]);
    expected.extend([0; 12]);
    expected.extend([32, 1, 0, 27]);
    let undelivered = undelivered(Some("udp://127.0.0.1:9000"), Some("127.0.0.1"));
    check(failed(undelivered), 31, &expected);
}
