//! Tests files of each format, intact and damaged.

use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;

use super::synthetic::*;
use super::*;

/// Encodes a number in one of the two byte orders.
type Order = fn(u32) -> [u8; 4];

const BOTH_ORDERS: [Order; 2] = [u32::to_le_bytes, u32::to_be_bytes];

fn u16_in(order: Order, number: u16) -> [u8; 2] {
    // The low half of a number comes first in one order, last in the other.
    let [a, b, c, d] = order(u32::from(number));
    if order(1)[0] == 1 { [a, b] } else { [c, d] }
}

fn block(order: Order, block_type: u32, body: &[u8]) -> Vec<u8> {
    let padded = body.len().next_multiple_of(4);
    let length = order(padded as u32 + 12);
    let mut block = [&order(block_type), &length, body].concat();
    block.resize(8 + padded, 0);
    block.extend(length);
    block
}

fn section(order: Order) -> Vec<u8> {
    let body = [order(0x1A2B_3C4D), order(0x0001_0000), [0xFF; 4], [0xFF; 4]].concat();
    block(order, 0x0A0D_0D0A, &body)
}

fn interface(order: Order, link_type: u16, options: &[(u16, &[u8])]) -> Vec<u8> {
    let mut body = [u16_in(order, link_type), [0, 0]].concat();
    body.extend(order(0));
    for (code, value) in options {
        body.extend(u16_in(order, *code));
        body.extend(u16_in(order, value.len() as u16));
        body.extend(*value);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    block(order, 1, &body)
}

fn enhanced(order: Order, interface: u32, ticks: u64, packet: &[u8]) -> Vec<u8> {
    let length = packet.len() as u32;
    let fields = [
        interface,
        (ticks >> 32) as u32,
        ticks as u32,
        length,
        length,
    ];
    let body = [fields.map(order).concat(), packet.to_vec()].concat();
    block(order, 6, &body)
}

fn hello() -> Vec<u8> {
    c("AP", C, S, b"hello")
}

/// Checks that the file yields `hello`, at this many nanoseconds after 1970.
fn check(file: &[u8], expected_nanos: u64) {
    let (entries, _, result) = imported(file);
    result.unwrap();
    let described: Vec<_> = entries.iter().map(described).collect();
    assert_eq!(described, ["1 received 5 from 10.0.0.1:5000: hello"]);
    let expected = UNIX_EPOCH + Duration::from_nanos(expected_nanos);
    assert_eq!(entries[0].time, expected);
}

#[test]
fn pcap_is_read_in_both_byte_orders_and_resolutions() {
    for order in BOTH_ORDERS {
        for (magic, nanos) in [(0xA1B2_C3D4, 7_000), (0xA1B2_3C4D, 7)] {
            let length = hello().len() as u32;
            let header = [magic, 0x0002_0004, 0, 0, 0, RAW_IP];
            let fields = [&header[..], &[3, 7, length, length]].concat();
            let mut file: Vec<u8> = fields.into_iter().flat_map(order).collect();
            file.extend(hello());
            check(&file, 3_000_000_000 + nanos);
        }
    }
}

#[test]
fn pcapng_times_use_the_resolution_of_the_interface() {
    let check_options = |options: &[(u16, &[u8])], ticks: u64, expected_nanos: u64| {
        for order in BOTH_ORDERS {
            let interface = interface(order, 101, options);
            let packet = enhanced(order, 0, ticks, &hello());
            check(
                &[section(order), interface, packet].concat(),
                expected_nanos,
            );
        }
    };
    check_options(&[], 5_000_001, 5_000_001_000);
    check_options(&[(2, b"eth0"), (9, &[9]), (0, b"")], 5, 5);
    check_options(&[(9, &[3])], 5, 5_000_000);
    check_options(&[(9, &[0])], 5, 5_000_000_000);
    check_options(&[(9, &[0x80 | 1])], 5, 2_500_000_000);
    check_options(&[(9, &[0x80 | 127])], 5, 0);
    check_options(&[(9, &[127])], 5, 0);
    // No packet was captured before 1970 or after 9999.
    check_options(&[(9, &[0])], u64::MAX, 0);
    check_options(&[(14, &[0xFF; 8])], 0, 0);
}

#[test]
fn a_time_offset_is_added() {
    let offset = 100_u64.to_le_bytes();
    let interface = interface(u32::to_le_bytes, 101, &[(14, &offset)]);
    let packet = enhanced(u32::to_le_bytes, 0, 1, &hello());
    let file = [section(u32::to_le_bytes), interface, packet].concat();
    check(&file, 100_000_001_000);
}

#[test]
fn each_section_has_its_own_byte_order_and_interfaces() {
    let mut file = Vec::new();
    let mut sequence = C;
    for order in BOTH_ORDERS {
        let ether = [
            b"dddddd  ssss\x08\x00".to_vec(),
            c("A", sequence, S, b"eth"),
        ]
        .concat();
        let raw = c("A", sequence + 3, S, b"raw");
        file.extend(section(order));
        file.extend(interface(order, 1, &[]));
        file.extend(block(order, 0x0BAD, b"unknown"));
        file.extend(interface(order, 101, &[]));
        file.extend(enhanced(order, 0, 1, &ether));
        file.extend(enhanced(order, 1, 2, &raw));
        sequence += 6;
    }
    let (entries, _, result) = imported(&file);
    result.unwrap();
    let bytes: Vec<_> = entries
        .iter()
        .flat_map(|e| e.payload().unwrap().bytes.to_vec())
        .collect();
    assert_eq!(bytes, b"ethrawethraw");
}

#[test]
fn simple_and_obsolete_packets_are_read() {
    for order in BOTH_ORDERS {
        let length = order(hello().len() as u32);
        let simple = block(order, 3, &[&length[..], &hello()].concat());
        let begin = [section(order), interface(order, 101, &[])].concat();
        check(&[&begin[..], &simple].concat(), 0);
        let head = [
            &u16_in(order, 0)[..],
            &u16_in(order, 3),
            &order(0),
            &order(9),
        ]
        .concat();
        let body = [&head[..], &length, &length, &hello()].concat();
        check(&[begin, block(order, 2, &body)].concat(), 9_000);
    }
}

#[test]
fn damage_is_reported_with_its_position_and_earlier_packets_are_kept() {
    let check = |damage: &[u8], expected: &str| {
        let order = u32::to_le_bytes;
        let begin = [
            section(order),
            interface(order, 101, &[]),
            enhanced(order, 0, 1, &hello()),
        ];
        let (entries, _, result) = imported(&[&begin.concat(), damage].concat());
        assert_eq!(entries.len(), 1);
        assert_eq!(format!("{:?}", result.unwrap_err()), expected);
    };
    let order = u32::to_le_bytes;
    check(&[1, 0], "CutOff { position: 130 }");
    check(&[1, 0, 0, 0], "CutOff { position: 132 }");
    check(
        &[1, 0, 0, 0, 8, 0, 0, 0],
        "Length { position: 128, bytes: 8 }",
    );
    check(
        &[6, 0, 0, 0, 0, 0, 0, 0xF0],
        "Length { position: 128, bytes: 4026531840 }",
    );
    check(&[9, 0, 0, 0, 0, 0, 0, 0xF0], "CutOff { position: 136 }");
    check(
        &block(order, 6, &[0; 8]),
        "Block { position: 128, block_type: 6 }",
    );
    check(
        &enhanced(order, 3, 1, b""),
        "Interface { position: 128, interface: 3 }",
    );
    let mut unequal = block(order, 9, b"");
    unequal[8] = 16;
    check(&unequal, "Length { position: 128, bytes: 16 }");
    let mut longer = enhanced(order, 0, 1, b"abcd");
    longer[20] = 200;
    check(&longer, "Block { position: 128, block_type: 6 }");
    let mut unordered = section(order);
    unordered[8] = 0;
    check(&unordered, "Block { position: 128, block_type: 168627466 }");
}

#[test]
fn other_files_are_refused() {
    for file in [&b""[..], b"\xD4\xC3", b"GIF89a, and more", &[0; 100]] {
        let (_, _, result) = imported(file);
        assert!(matches!(result, Err(ImportError::Format)), "{file:?}");
    }
}

#[test]
fn progress_counts_bytes_of_the_file() {
    let file = pcap(RAW_IP, &[hello(), hello()]);
    let mut import = PcapImport::open(&file[..]).unwrap();
    let mut entries = Vec::new();
    let mut positions = vec![import.position()];
    while import.step(&mut entries).unwrap() {
        positions.push(import.position());
    }
    assert_eq!(positions, [24, 24 + 16 + 45, 24 + 2 * (16 + 45)]);
    assert!(!import.step(&mut entries).unwrap(), "the end stays the end");
    assert!(entries.iter().all(|entry| entry.event.endpoint == IMPORTED));
}

#[test]
fn a_pcap_packet_that_is_too_long_is_damage() {
    let mut file = pcap(RAW_IP, &[hello()]);
    let position = file.len();
    file.extend([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1]);
    let (entries, _, result) = imported(&file);
    assert_eq!(entries.len(), 1);
    let expected = format!("Length {{ position: {position}, bytes: 16777217 }}");
    assert_eq!(format!("{:?}", result.unwrap_err()), expected);
}

#[test]
fn an_unreadable_file_reports_the_position() {
    #[derive(Debug)]
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::PermissionDenied.into())
        }
    }
    let error = PcapImport::open(Failing).unwrap_err();
    assert_eq!(
        format!("{error:?}"),
        "Read { position: 0, source: Kind(PermissionDenied) }"
    );
}

#[test]
fn a_file_truncated_anywhere_keeps_what_came_before() {
    let packets = [handshake(), vec![hello(), c("AF", C + 5, S, b"")]].concat();
    let classic = pcap(RAW_IP, &packets);
    let order = u32::to_be_bytes;
    let mut ng = [section(order), interface(order, 101, &[])].concat();
    for packet in &packets {
        ng.extend(enhanced(order, 0, 1, packet));
    }
    for file in [classic, ng] {
        let (whole, _, _) = imported(&file);
        let whole: Vec<_> = whole.iter().map(described).collect();
        for length in 4..file.len() {
            let (entries, _, result) = imported(&file[..length]);
            let entries: Vec<_> = entries.iter().map(described).collect();
            let fails = entries
                .iter()
                .filter(|described| {
                    described.contains("no answer") || described.contains("Refused")
                })
                .count();
            assert!(
                whole.starts_with(&entries[..entries.len() - fails]),
                "{length}"
            );
            if let Err(error) = result {
                assert_eq!(
                    format!("{error:?}"),
                    format!("CutOff {{ position: {length} }}")
                );
            }
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_import_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        at in 0_usize..400,
        is_ng in any::<bool>(),
    ) {
        let packets = [handshake(), vec![hello(), c("AF", C + 9, S, b"more")]].concat();
        let mut file = if is_ng {
            let order = u32::to_le_bytes;
            let packets = packets.iter().flat_map(|packet| enhanced(order, 0, 1, packet));
            section(order).into_iter().chain(interface(order, 101, &[])).chain(packets).collect()
        } else {
            pcap(RAW_IP, &packets)
        };
        let at = at.min(file.len());
        let end = (at + bytes.len()).min(file.len());
        file.splice(at..end, bytes);
        let (entries, _, _) = imported(&file);
        for (number, entry) in entries.iter().enumerate() {
            prop_assert_eq!(entry.number, number as u64);
        }
    }
}
