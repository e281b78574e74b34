//! Tests what captured packets become.

use std::time::{Duration, UNIX_EPOCH};

use super::synthetic::*;
use super::*;
use crate::net::Stamp;

/// Checks the entries made from these packets after a handshake.
fn check(packets: Vec<Vec<u8>>, expected: &[&str]) {
    let all = [handshake(), packets].concat();
    let accepted = ["1 accepted 10.0.0.1:5000"];
    assert_eq!(story(&all), [&accepted, expected].concat());
}

fn check_bare(packets: &[Vec<u8>], expected: &[&str]) {
    assert_eq!(story(packets), expected);
}

#[test]
fn a_conversation_appears_as_the_accepting_side_saw_it() {
    check(
        vec![
            c("AP", C, S, b"hello"),
            s("A", S, C + 5, b""),
            s("AP", S, C + 5, b"good day"),
            c("AF", C + 5, S + 8, b""),
            s("AF", S + 8, C + 6, b""),
            c("A", C + 6, S + 9, b""),
        ],
        &[
            "1 received 5 from 10.0.0.1:5000: hello",
            "1 sent 8 to 10.0.0.1:5000: good day",
            "1 peer finished 10.0.0.1:5000",
            "1 we finished 10.0.0.1:5000",
            "1 closed by Peer 10.0.0.1:5000",
        ],
    );
}

#[test]
fn the_side_that_finishes_first_is_the_closer() {
    check(
        vec![
            s("AF", S, C, b"bye"),
            c("AP", C, S + 4, b"late"),
            c("AF", C + 4, S + 4, b""),
        ],
        &[
            "1 sent 3 to 10.0.0.1:5000: bye",
            "1 we finished 10.0.0.1:5000",
            "1 received 4 from 10.0.0.1:5000: late",
            "1 peer finished 10.0.0.1:5000",
            "1 closed by Us 10.0.0.1:5000",
        ],
    );
}

#[test]
fn segments_are_reordered_and_retransmissions_dropped() {
    check(
        vec![
            c("AP", C + 6, S, b"ghi"),
            c("AP", C + 3, S, b"def"),
            c("AP", C, S, b"abc"),
            c("AP", C, S, b"abc"),
            c("AP", C + 3, S, b"defghijk"),
            c("AP", C - 1, S, b"?"),
            c("AP", C + 4, S, b"efghijklm"),
        ],
        &[
            "1 received 3 from 10.0.0.1:5000: abc",
            "1 received 3 from 10.0.0.1:5000: def",
            "1 received 3 from 10.0.0.1:5000: ghi",
            "1 received 2 from 10.0.0.1:5000: jk",
            "1 received 2 from 10.0.0.1:5000: lm",
        ],
    );
}

#[test]
fn sequence_numbers_wrap_around() {
    let first = u32::MAX - 1;
    check_bare(
        &[
            c("S", first.wrapping_sub(1), 0, b""),
            s("SA", S - 1, first, b""),
            c("A", first, S, b"ab"),
            c("A", 4, S, b"gh"),
            c("A", 0, S, b"cdef"),
        ],
        &[
            "1 accepted 10.0.0.1:5000",
            "1 received 2 from 10.0.0.1:5000: ab",
            "1 received 4 from 10.0.0.1:5000: cdef",
            "1 received 2 from 10.0.0.1:5000: gh",
        ],
    );
}

#[test]
fn acknowledged_bytes_that_were_not_captured_are_missing() {
    let lost = c("AP", C + 3, S, b"later");
    check(
        vec![
            lost.clone(),
            s("A", S, C + 8, b""),
            s("A", S, C + 8, b""),
            s("AP", S, C + 8, b"answer"),
        ],
        &[
            "1 missing 3 from 10.0.0.1:5000",
            "1 received 5 from 10.0.0.1:5000: later",
            "1 sent 6 to 10.0.0.1:5000: answer",
        ],
    );
    check(
        vec![lost.clone(), s("A", S, C + 8, b""), c("AP", C, S, b"now")],
        &[
            "1 received 3 from 10.0.0.1:5000: now",
            "1 received 5 from 10.0.0.1:5000: later",
        ],
    );
    check(
        vec![lost],
        &[
            "1 missing 3 from 10.0.0.1:5000",
            "1 received 5 from 10.0.0.1:5000: later",
        ],
    );
}

#[test]
fn a_fin_behind_a_gap_waits_and_ends_the_stream() {
    check(
        vec![c("AF", C + 4, S, b""), c("AP", C, S, b"abcdefg")],
        &[
            "1 received 4 from 10.0.0.1:5000: abcd",
            "1 peer finished 10.0.0.1:5000",
        ],
    );
    check(
        vec![c("AF", C + 4, S, b"")],
        &[
            "1 missing 4 from 10.0.0.1:5000",
            "1 peer finished 10.0.0.1:5000",
        ],
    );
}

#[test]
fn resets_and_refusals_are_reported() {
    check(
        vec![c("R", C, 0, b"")],
        &["1 reset by 10.0.0.1:5000 after 0"],
    );
    check(
        vec![s("R", S, 0, b""), c("AP", C, S, b"too late")],
        &["1 closed by Us 10.0.0.1:5000 unread"],
    );
    check_bare(
        &[c("S", C - 1, 0, b""), s("RA", 0, C, b"")],
        &["1 ConnectionRefused 10.0.0.2:80"],
    );
}

#[test]
fn an_unanswered_syn_is_reported_at_the_end() {
    let described = story(&[c("S", C - 1, 0, b""), c("S", C - 1, 0, b"")]);
    assert_eq!(described.len(), 1);
    assert!(
        described[0].starts_with("1 no answer from 10.0.0.2:80 in 1ms"),
        "{described:?}"
    );
}

#[test]
fn without_a_handshake_the_first_speaker_is_the_peer() {
    check_bare(
        &[
            c("A", C, S, b""),
            s("AP", S, C, b"220 ready"),
            c("AP", C, S + 9, b"HELO"),
        ],
        &[
            "1 received 9 from 10.0.0.2:80: 220 ready",
            "1 sent 4 to 10.0.0.2:80: HELO",
        ],
    );
    check_bare(
        &[s("SA", S - 1, C, b""), s("A", S, C, b"220")],
        &["1 accepted 10.0.0.1:5000", "1 sent 3 to 10.0.0.1:5000: 220"],
    );
}

#[test]
fn the_same_addresses_with_a_new_syn_are_a_new_connection() {
    check(
        vec![
            c("AP", C, S, b"one"),
            c("S", C + 70_000, 0, b""),
            s("SA", S + 70_000, C + 70_001, b""),
            c("AP", C + 70_001, S + 70_001, b"two"),
            s("A", S, C + 3, b""),
        ],
        &[
            "1 received 3 from 10.0.0.1:5000: one",
            "2 accepted 10.0.0.1:5000",
            "2 received 3 from 10.0.0.1:5000: two",
        ],
    );
    check(
        vec![
            c("R", C, 0, b""),
            c("S", C - 1, 0, b""),
            c("S", C + 9, 0, b""),
            s("SA", S + 9, C + 10, b""),
            c("A", C + 10, S + 10, b""),
        ],
        &[
            "1 reset by 10.0.0.1:5000 after 0",
            "2 accepted 10.0.0.1:5000",
        ],
    );
}

#[test]
fn the_tail_of_a_truncated_packet_is_missing() {
    let mut packets = handshake();
    packets.push(c("AP", C, S, b"0123456789"));
    packets.push(c("AP", C + 10, S, b"next"));
    let whole: Vec<usize> = packets.iter().map(Vec::len).collect();
    packets[3].truncate(44);
    // This one has lost part of the TCP header's options, but not its first 20 bytes.
    packets[4].truncate(40);
    let cut: Vec<_> = whole.into_iter().zip(&packets).collect();
    let (entries, summary, result) = imported(&pcap_cut(RAW_IP, &cut));
    result.unwrap();
    let described: Vec<_> = entries.iter().map(described).collect();
    assert_eq!(
        described[1..],
        [
            "1 received 4 from 10.0.0.1:5000: 0123",
            "1 missing 6 from 10.0.0.1:5000",
            "1 missing 4 from 10.0.0.1:5000",
        ]
    );
    assert_eq!(summary.missing_bytes, 10);
    assert_eq!(entries[3].streams.received.offset, 10);
}

#[test]
fn entries_have_their_packets_time_and_stamps_never_decrease() {
    let mut file = pcap(RAW_IP, &[handshake(), vec![c("A", C, S, b"x")]].concat());
    // The last packet's microseconds, which follow the seconds, become zero: earlier than the packet before.
    let header = file.len() - 41 - 16;
    file[header + 4..header + 8].fill(0);
    let (entries, _, _) = imported(&file);
    let first = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    assert_eq!(entries[0].event.stamp, Stamp(2_000_000));
    assert_eq!(entries[0].time, first + Duration::from_millis(2));
    assert_eq!(entries[1].event.stamp, Stamp(2_000_000));
    assert_eq!(entries[1].time, first);
    let numbers: Vec<_> = entries.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers, [0, 1]);
}

#[test]
fn other_protocols_are_counted_and_skipped() {
    let mut fragment = c("A", C, S, b"abc");
    fragment[6] = 0x20;
    let mut sctp = c("A", C, S, b"abc");
    sctp[9] = 132;
    let packets = [c("A", C, S, b"abc"), fragment, sctp, vec![0x45], Vec::new()];
    let (entries, summary, _) = imported(&pcap(RAW_IP, &packets));
    assert_eq!(entries.len(), 1);
    let expected = ImportSummary {
        packets: 5,
        segments: 1,
        datagrams: 0,
        fragments: 1,
        others: 3,
        missing_bytes: 0,
    };
    assert_eq!(summary, expected);
}

#[test]
fn ipv6_extension_headers_are_skipped() {
    let ends = ["[::1]:5000", "[::1]:80"].map(|end| end.parse().unwrap());
    let plain = packet(ends, "A", C, S, b"six");
    let mut extended = packet(ends, "A", C + 3, S, b"teen");
    extended[6] = 60;
    extended[5] += 8;
    extended.splice(40..40, [6, 0, 1, 4, 0, 0, 0, 0]);
    check_bare(
        &[plain, extended],
        &[
            "1 received 3 from [::1]:5000: six",
            "1 received 4 from [::1]:5000: teen",
        ],
    );
}

#[test]
fn a_packet_with_segmentation_offload_is_read_by_its_captured_length() {
    let mut packet = c("A", C, S, b"offloaded");
    packet[2..4].fill(0);
    check_bare(&[packet], &["1 received 9 from 10.0.0.1:5000: offloaded"]);
}
