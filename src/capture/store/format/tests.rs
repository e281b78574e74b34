//! The bytes of the format: they never change.

use std::num::NonZeroU16;
use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use super::head::MAX_FIRST_ENTRY;
use super::*;
use crate::net::{EndpointId, FlowId, Link, Requester, Stamp};
use crate::payload::Carry;
use crate::script::RuleNumber;

fn record() -> EntryRecord {
    EntryRecord {
        kind: 2,
        class: Class::Sent,
        carry: Carry::new(b"\xE6\x97").unwrap(),
        drift_micros: -5,
        flow: 7,
        by: Requester::Responder,
        stamp: Stamp(123_456_789),
        offset: 1 << 40,
        position: 64,
        kept_bytes: 14,
        size_bytes: 2_000,
        sum: 0xDEAD_BEEF,
        took_nanos: 3_000,
        wire_bytes: None,
    }
}

fn head() -> Head {
    Head {
        capture: Uuid::from_u128(0x0011_2233_4455_6677_8899_AABB_CCDD_EEFF),
        segment: 3,
        first_entry: 9,
        base_nanos: -1,
    }
}

fn place(row: u32) -> RowLocation {
    head().place(row)
}

fn seal() -> Seal {
    Seal {
        ended: Ended::Bound,
        entries: 7,
        flows: 2,
        payload_bytes: 300,
        oldest: (1, 4),
        lanes_bytes: 0xAB,
        unrecorded: 12,
        samples: 0,
        samples_bytes: 0,
    }
}

fn flow() -> (Flow, FlowBody) {
    let link = Link {
        connection: FlowId::server(3),
        local: None,
        peer: "127.0.0.1:9000".parse().unwrap(),
    };
    let flow = Flow {
        endpoint: EndpointId(2),
        link: Some(Arc::new(link)),
    };
    (
        flow,
        FlowBody {
            position: 64,
            len: 5,
            sum: 6,
            unknown_fields: 0,
        },
    )
}

fn hex(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

/// Captures depend on this format: these bytes never change.
#[test]
fn a_record_has_these_bytes() {
    let expected = "02001202 07000000 15cd5b0700000000 0000000000010000 40000000 0e000000 d0070000 efbeadde b80b0000 e69700 fbffff 0000";
    assert_eq!(
        hex(&record().encode(place(42))[4..]),
        expected.replace(' ', "")
    );
}

/// What was recorded before there were rules has zeros in the last two bytes.
#[test]
fn a_record_by_a_rule_has_its_number() {
    let by = Requester::Rule(RuleNumber(NonZeroU16::new(515).unwrap()));
    let ruled = EntryRecord { by, ..record() };
    let bytes = ruled.encode(place(42));
    let expected = "02001204 07000000 15cd5b0700000000 0000000000010000 40000000 0e000000 d0070000 efbeadde b80b0000 e69700 fbffff 0302";
    assert_eq!(hex(&bytes[4..]), expected.replace(' ', ""));
    assert_eq!(EntryRecord::decode(place(42), &bytes), Some(ruled));
}

/// As the standard function computes it, in the order in which the parts are documented.
#[test]
fn a_checksum_covers_where_a_row_stands() {
    let row = record().encode(place(42));
    let head = head();
    let mut hasher = crc32fast::Hasher::new_with_initial(sum(head.capture.as_bytes()));
    hasher.update(&head.first_entry.to_le_bytes());
    hasher.update(&42_u32.to_le_bytes());
    hasher.update(&row[4..]);
    assert_eq!(row[..4], hasher.finalize().to_le_bytes());
    assert_eq!(head.place(7).at(42), place(42));
}

#[test]
fn a_head_has_these_bytes() {
    let expected = "4245656e 02000000 00112233445566778899aabbccddeeff 03000000 00000000 0900000000000000 ffffffffffffffff 000000000000000000000000";
    let bytes = head().encode(SegmentFile::Entries);
    assert_eq!(hex(&bytes[..60]), expected.replace(' ', ""));
}

#[test]
fn a_seal_with_samples_has_these_bytes_before_its_checksum() {
    let seal = Seal {
        samples: 3,
        samples_bytes: 0x0102,
        ..seal()
    };
    let bytes = seal.encode();
    assert_eq!(hex(&bytes[48..60]), "030000000201000000000000");
    assert_eq!(Seal::decode(&bytes), Some(seal));
}

#[test]
fn a_seal_has_these_bytes() {
    let expected = "42457365 03000000 07000000 02000000 2c01000000000000 01000000 ab000000 0400000000000000 0c00000000000000 000000000000000000000000";
    assert_eq!(hex(&seal().encode()[..60]), expected.replace(' ', ""));
}

#[test]
fn a_flow_has_these_bytes() {
    let (flow, body) = flow();
    let none = "00".repeat(24);
    let expected = format!(
        "02010100 02000000 0300000000000000 00000000 {none} 047f000001 {} 2823 0000000000 40000000 05000000 06000000 {}",
        "00".repeat(12),
        "00".repeat(12)
    );
    assert_eq!(
        hex(&flow.encode(place(1), body)[4..]),
        expected.replace(' ', "")
    );
}

#[test]
fn a_flow_of_datagrams_has_these_bytes() {
    let (flow, body) = flow();
    let link = Link {
        connection: FlowId::client(3),
        local: Some("udp://[::1]:53".parse().unwrap()),
        peer: "udp://127.0.0.1:9000".parse().unwrap(),
    };
    let flow = Flow {
        link: Some(Arc::new(link)),
        ..flow
    };
    let bytes = flow.encode(place(1), body);
    // The last byte of an address is the number of UDP among the protocols of IP.
    let local = format!("06{}01 3500 00000000 11", "00".repeat(15));
    let peer = format!("047f000001 {} 2823 00000000 11", "00".repeat(12));
    let spare = "00".repeat(12);
    let expected = format!(
        "02030200 02000000 0300000000000000 00000000 {local} {peer} 40000000 05000000 06000000 {spare}"
    );
    assert_eq!(hex(&bytes[4..]), expected.replace(' ', ""));
    assert_eq!(Flow::decode(place(1), &bytes), Some((flow, body)));
}

#[test]
fn the_record_of_a_datagram_has_these_bytes() {
    let datagram = EntryRecord {
        kind: 1,
        class: Class::Received,
        carry: Carry::default(),
        by: Requester::Nobody,
        offset: 0,
        kept_bytes: 0,
        size_bytes: 0,
        sum: 0,
        took_nanos: 0,
        ..record()
    };
    let bytes = datagram.encode(place(42));
    let expected = "0100 01 00 07000000 15cd5b0700000000 0000000000000000 40000000 00000000 00000000 00000000 00000000 000000 fbffff 0000";
    assert_eq!(hex(&bytes[4..]), expected.replace(' ', ""));
    assert_eq!(EntryRecord::decode(place(42), &bytes), Some(datagram));
}

#[test]
fn a_record_is_read_back_under_its_own_number_only() {
    let bytes = record().encode(place(42));
    assert_eq!(EntryRecord::decode(place(42), &bytes), Some(record()));
    assert_eq!(EntryRecord::decode(place(43), &bytes), None);
    let capture = Uuid::nil();
    let elsewhere = Head { capture, ..head() };
    assert_eq!(EntryRecord::decode(elsewhere.place(42), &bytes), None);
    let first_entry = 8;
    let elsewhere = Head {
        first_entry,
        ..head()
    };
    assert_eq!(EntryRecord::decode(elsewhere.place(42), &bytes), None);
}

#[test]
fn no_entry_keeps_more_bytes_than_it_has() {
    let kept_bytes = record().size_bytes + 1;
    let more = EntryRecord {
        kept_bytes,
        ..record()
    };
    let bytes = more.encode(place(0));
    assert_eq!(EntryRecord::decode(place(0), &bytes), None);
    // The body of a lifecycle entry is none of its size.
    let class = Class::Good;
    let body = EntryRecord { class, ..more };
    let bytes = body.encode(place(0));
    assert_eq!(EntryRecord::decode(place(0), &bytes), Some(body));
}

#[test]
fn a_head_is_read_back_in_its_own_file_only() {
    let bytes = head().encode(SegmentFile::Entries);
    assert_eq!(Head::decode(SegmentFile::Entries, &bytes), Some(head()));
    assert_eq!(Head::decode(SegmentFile::Payload, &bytes), None);
    let beyond = Head {
        first_entry: MAX_FIRST_ENTRY + 1,
        ..head()
    };
    let bytes = beyond.encode(SegmentFile::Entries);
    assert_eq!(Head::decode(SegmentFile::Entries, &bytes), None);
}

#[test]
fn seals_and_flows_are_read_back() {
    assert_eq!(Seal::decode(&seal().encode()), Some(seal()));
    let (flow, body) = flow();
    assert_eq!(
        Flow::decode(place(1), &flow.encode(place(1), body)),
        Some((flow, body))
    );
    let endpoint = Flow {
        endpoint: EndpointId(1),
        link: None,
    };
    let bytes = endpoint.encode(place(1), FlowBody::default());
    assert_eq!(
        Flow::decode(place(1), &bytes),
        Some((endpoint, FlowBody::default()))
    );
}

proptest! {
    #[test]
    fn a_changed_byte_is_detected(at in 0..FLOW_BYTES, change in 1..=255_u8) {
        let changed = |bytes: &mut [u8]| {
            let len = bytes.len();
            bytes[at % len] ^= change;
        };
        let mut bytes = record().encode(place(42));
        changed(&mut bytes);
        prop_assert_eq!(EntryRecord::decode(place(42), &bytes), None);
        let mut bytes = head().encode(SegmentFile::Index);
        changed(&mut bytes);
        prop_assert_eq!(Head::decode(SegmentFile::Index, &bytes), None);
        let mut bytes = seal().encode();
        changed(&mut bytes);
        prop_assert_eq!(Seal::decode(&bytes), None);
        let (flow, body) = flow();
        let mut bytes = flow.encode(place(1), body);
        changed(&mut bytes);
        prop_assert_eq!(Flow::decode(place(1), &bytes), None);
    }

    #[test]
    fn drifts_up_to_the_limit_round_trip(drift_micros in -MAX_DRIFT..=MAX_DRIFT) {
        let record = EntryRecord { drift_micros, ..record() };
        prop_assert_eq!(EntryRecord::decode(place(0), &record.encode(place(0))), Some(record));
    }
}
