//! Tests what a conversation becomes when its packets are cut, repeated, reordered or lost.

use std::collections::HashSet;

use proptest::prelude::*;

use super::stream::{Emitted, Reassembly};
use super::synthetic::*;
use super::table::{AddressPair, ConnectionTable};

/// The start of a stream, close to where sequence numbers wrap around.
const FIRST: u32 = u32::MAX - 2_000;

fn byte(at: usize) -> u8 {
    (at * 31 / 7) as u8
}

/// Pushes a range of the stream as a segment.
fn push(stream: &mut Reassembly, start: usize, length: usize) {
    let bytes: Vec<u8> = (start..start + length).map(byte).collect();
    let sequence = FIRST.wrapping_add(start as u32);
    stream.push(sequence, &bytes, length as u32);
}

/// The bytes of pieces; missing bytes are `None`.
fn bytes(pieces: &[Emitted]) -> Vec<Option<u8>> {
    let bytes = pieces.iter().flat_map(|piece| match piece {
        Emitted::Bytes(bytes) => bytes.iter().copied().map(Some).collect(),
        Emitted::Missing(count) => vec![None; *count as usize],
        Emitted::Finished => Vec::new(),
    });
    bytes.collect()
}

proptest! {
    #[test]
    fn any_segments_yield_the_bytes_they_hold(
        segments in prop::collection::vec((0_usize..6_000, 1_usize..900), 1..40),
        acks in prop::collection::vec(0_usize..6_000, 0..5),
    ) {
        let mut stream = Reassembly::default();
        stream.begin(FIRST);
        let mut pieces = Vec::new();
        let mut seen = HashSet::new();
        for (index, &(start, length)) in segments.iter().enumerate() {
            push(&mut stream, start, length);
            seen.extend(start..start + length);
            if let Some(&ack) = acks.get(index) {
                stream.acknowledge(FIRST.wrapping_add(ack as u32));
            }
            stream.release(&mut pieces);
        }
        stream.release_all(&mut pieces);
        prop_assert_eq!(stream.held_bytes(), 0);
        let emitted = bytes(&pieces);
        for (at, emitted) in emitted.iter().enumerate() {
            prop_assert!(emitted.is_none_or(|emitted| emitted == byte(at)), "{}", at);
            // Without acknowledgments, bytes that arrive later are never given up.
            if acks.is_empty() {
                prop_assert_eq!(emitted.is_some(), seen.contains(&at));
            }
        }
        let last = seen.iter().max().map_or(0, |last| last + 1);
        prop_assert!(emitted.len() >= last);
    }

    #[test]
    fn reordered_and_repeated_packets_yield_the_same_streams(
        lengths in prop::collection::vec((any::<bool>(), 1_usize..300), 1..20),
        swaps in prop::collection::vec((0_usize..64, 1_usize..4), 0..30),
        repeats in prop::collection::vec(0_usize..64, 0..10),
    ) {
        let mut offsets = [0_usize; 2];
        let mut packets = Vec::new();
        let mut expected = [Vec::new(), Vec::new()];
        for &(is_server, length) in &lengths {
            let offset = &mut offsets[usize::from(is_server)];
            let payload: Vec<u8> = (*offset..*offset + length).map(byte).collect();
            let sequence = |first: u32| first + *offset as u32;
            // No byte is acknowledged, so in any order none may be given up before the end.
            packets.push(if is_server {
                s("A", sequence(S), C, &payload)
            } else {
                c("A", sequence(C), S, &payload)
            });
            *offset += length;
            expected[usize::from(is_server)].extend(payload);
        }
        for at in repeats {
            packets.push(packets[at % packets.len()].clone());
        }
        for (at, distance) in swaps {
            let count = packets.len();
            packets.swap(at % count, (at + distance) % count);
        }
        let (entries, summary, result) = imported(&pcap(RAW_IP, &[handshake(), packets].concat()));
        prop_assert!(result.is_ok());
        prop_assert_eq!(summary.missing_bytes, 0);
        let mut streams = [Vec::new(), Vec::new()];
        for entry in &entries {
            let is_sent = matches!(entry.event.kind, crate::capture::EventKind::Sent { .. });
            if let Some(payload) = entry.payload() {
                prop_assert_eq!(entry.stream().offset, streams[usize::from(is_sent)].len() as u64);
                streams[usize::from(is_sent)].extend_from_slice(&payload.bytes);
            }
        }
        prop_assert!(streams == expected);
    }
}

#[test]
fn what_is_held_behind_a_gap_is_bounded() {
    let mut stream = Reassembly::default();
    stream.begin(0);
    let mut pieces = Vec::new();
    let chunk = vec![1; 60_000];
    let mut start = 1;
    while pieces.is_empty() {
        assert!(stream.held_bytes() <= 16 * 1024 * 1024);
        stream.push(start, &chunk, 60_000);
        stream.release(&mut pieces);
        start += 60_000;
    }
    assert_eq!(pieces[0], Emitted::Missing(1));
    assert_eq!(bytes(&pieces).len(), start as usize);
    assert_eq!(stream.held_bytes(), 0);
}

#[test]
fn tiny_segments_count_with_their_overhead() {
    let mut stream = Reassembly::default();
    stream.begin(0);
    let mut pieces = Vec::new();
    let mut count = 0;
    while pieces.is_empty() {
        count += 1;
        stream.push(count * 2, b"x", 1);
        stream.release(&mut pieces);
    }
    assert!((100_000..200_000).contains(&count), "{count}");
}

#[test]
fn what_is_held_in_total_is_bounded() {
    let chunk = vec![1; 60_000];
    let mut packets = Vec::new();
    for port in 0..1_200 {
        let ends = [
            std::net::SocketAddr::from(([10, 0, 0, 1], 2_000 + port)),
            server(),
        ];
        packets.push(packet(ends, "A", C, S, b"x"));
        packets.push(packet(ends, "A", C + 2, S, &chunk));
    }
    let (entries, _, _) = imported(&pcap(RAW_IP, &packets));
    let missing = |entries: &[crate::capture::entry::Entry]| {
        let kinds = entries.iter().map(|entry| &entry.event.kind);
        kinds
            .filter(|kind| matches!(kind, crate::capture::EventKind::Missing { .. }))
            .count()
    };
    assert_eq!(missing(&entries), 1_200);
    // The first 1,116 or so wait until the end; there was no room for the others.
    let early = entries
        .iter()
        .rposition(|entry| entry.streams.received.offset == 0)
        .unwrap();
    assert!(
        (50..150).contains(&missing(&entries[..early])),
        "{}",
        missing(&entries[..early])
    );
}

#[test]
fn the_largest_holders_pay_for_a_lack_of_room() {
    let chunk = vec![1; 60_000];
    let ends = |port| [std::net::SocketAddr::from(([10, 0, 0, 1], port)), server()];
    let mut packets = Vec::new();
    // Five connections each lose a segment. Together they eventually hold more than there is room for.
    for number in 0..230 {
        for port in 1..=5 {
            if number == 0 {
                packets.push(packet(ends(port), "A", C, S, b"x"));
            }
            packets.push(packet(ends(port), "A", C + 2 + number * 60_000, S, &chunk));
        }
        // In another one, segments arrive in swapped pairs.
        if number == 0 {
            packets.push(packet(ends(6), "A", C, S, b"x"));
        }
        packets.push(packet(ends(6), "A", C + 2 * number + 2, S, b"b"));
        packets.push(packet(ends(6), "A", C + 2 * number + 1, S, b"a"));
    }
    let (entries, summary, _) = imported(&pcap(RAW_IP, &packets));
    assert!(summary.missing_bytes > 0);
    let missing = |entry: &&crate::capture::entry::Entry| {
        let link = entry.event.link.as_ref().unwrap();
        link.peer.ip().is_some_and(|it| it.port() == 6)
            && matches!(entry.event.kind, crate::capture::EventKind::Missing { .. })
    };
    assert_eq!(entries.iter().filter(missing).count(), 0);
}

#[test]
fn bogus_acknowledgments_and_fins_lose_no_captured_bytes() {
    let mut stream = Reassembly::default();
    stream.begin(FIRST);
    let mut pieces = Vec::new();
    for _ in 0..5 {
        stream.acknowledge(FIRST.wrapping_add(0x7000_0000));
        stream.acknowledge(FIRST.wrapping_sub(5));
        stream.release(&mut pieces);
    }
    push(&mut stream, 0, 10);
    stream.push_end(FIRST.wrapping_add(4));
    push(&mut stream, 20, 10);
    stream.release_all(&mut pieces);
    assert_eq!(
        bytes(&pieces),
        (0..4).map(|at| Some(byte(at))).collect::<Vec<_>>()
    );
    assert_eq!(pieces.last(), Some(&Emitted::Finished));
    assert_eq!(stream.held_bytes(), 0);
}

#[test]
fn segments_beyond_any_window_are_ignored_unless_all_are() {
    let far = 0x9000_0000;
    let mut stream = Reassembly::default();
    stream.begin(0);
    let mut pieces = Vec::new();
    stream.push(far, b"bogus", 5);
    stream.push_end(far);
    stream.push(0, b"true", 4);
    stream.release_all(&mut pieces);
    assert_eq!(pieces, [Emitted::Bytes(b"true".as_slice().into())]);
    for at in 0..4 {
        stream.push(far + at, b"x", 1);
        stream.release(&mut pieces);
    }
    let late = [
        Emitted::Missing(u64::from(far) - 2),
        Emitted::Bytes(b"x".as_slice().into()),
        Emitted::Bytes(b"x".as_slice().into()),
    ];
    assert_eq!(pieces[1..], late);
}

#[test]
fn the_connection_silent_longest_is_dropped() {
    use super::connection::CapturedConnection;
    use super::emitter::Emitter;
    use super::segment::{self, IpContent};

    let out = Emitter::new();
    let mut table = ConnectionTable::new(4);
    let mut retired = Vec::new();
    for port in 1..=9 {
        let ends = [std::net::SocketAddr::from(([10, 0, 0, 1], port)), server()];
        let bytes = packet(ends, "S", C, 0, b"");
        let IpContent::Segment(segment) = segment::read(&bytes, bytes.len() as u64) else {
            panic!("no segment");
        };
        let connection = CapturedConnection::begin(&segment, &out).unwrap();
        assert!(
            table
                .insert(AddressPair::new(ends[0], ends[1]), connection)
                .is_none()
        );
        retired.extend(
            table
                .retire()
                .iter()
                .map(|connection| connection.id().number),
        );
        // The first connection remains active.
        let first = std::net::SocketAddr::from(([10, 0, 0, 1], 1));
        assert!(table.get(AddressPair::new(server(), first)).is_some());
    }
    assert!(retired.is_sorted() && !retired.contains(&1), "{retired:?}");
    assert_eq!(retired.len() + table.drain().len(), 9);
}
