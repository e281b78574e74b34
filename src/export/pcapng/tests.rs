//! Entries written as packets, read back by the import, and by tshark if it is installed.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use proptest::prelude::*;

use super::packets::*;
use crate::capture::Entry;
use crate::capture::pcap::synthetic::{described, imported};
use crate::capture::streams::Streams;
use crate::capture::synthetic::VariantNames;
use crate::capture::{Event, EventKind};
use crate::export::both_ends::BothEnds;
use crate::export::summary::Unfaithful;
use crate::export::writer::EntryWriter as _;
use crate::net::tls::{Agreed, ChainCheck, HandshakeKind, TlsReport, TlsVersion};
use crate::net::{
    Closed, ClosedBy, Direction, EndpointId, FlowId, Link, NetError, Payload, PayloadId, Requester,
    Stamp,
};

const CHUNK: &[u8] = b"some bytes";

/// Entries of one connection, one every 10 µs.
struct Story {
    link: Arc<Link>,
    streams: Streams,
    entries: Vec<Entry>,
}

impl Story {
    fn new(connection: u64, local: &str, peer: &str) -> Self {
        let link = Link {
            connection: FlowId::server(connection),
            local: Some(local.parse().unwrap()),
            peer: peer.parse().unwrap(),
        };
        Self {
            link: Arc::new(link),
            streams: Streams::default(),
            entries: Vec::new(),
        }
    }

    fn v4() -> Self {
        Self::new(7, "127.0.0.1:9000", "127.0.0.1:53122")
    }

    fn then(mut self, kind: EventKind) -> Self {
        let number = self.entries.len() as u64;
        let event = Event {
            stamp: Stamp(number * 10_000),
            endpoint: EndpointId(1),
            link: Some(Arc::clone(&self.link)),
            by: Requester::Nobody,
            kind,
        };
        let time = UNIX_EPOCH + Duration::from_micros(1_700_000_000_000_000 + number * 10);
        self.entries.push(self.streams.enter(number, time, event));
        self
    }

    fn accepted() -> Self {
        Self::v4().then(EventKind::Accepted {
            process: None,
            syn: None,
        })
    }

    /// The file of these entries, checked against what the import reads.
    fn written(&self) -> Vec<u8> {
        written(&self.entries)
    }

    fn check(&self, expected: &[&str]) {
        let (entries, _, result) = imported(&self.written());
        result.unwrap();
        let described: Vec<_> = entries.iter().map(described).collect();
        assert_eq!(described, expected);
    }
}

fn written(entries: &[Entry]) -> Vec<u8> {
    let names = HashMap::from([(EndpointId(1), "Server 1".to_owned())]);
    let mut output = Vec::new();
    let all = BothEnds::default();
    let mut writer = PcapngWriter::new(&mut output, names, all, None, None, &VariantNames).unwrap();
    for entry in entries {
        writer.write(entry, &mut Unfaithful::default()).unwrap();
    }
    writer.finish().unwrap();
    output
}

fn received(bytes: &[u8]) -> EventKind {
    let payload = Payload::new(PayloadId(1), Bytes::copy_from_slice(bytes));
    EventKind::Received { payload }
}

fn sent(bytes: &[u8]) -> EventKind {
    let payload = Payload::new(PayloadId(1), Bytes::copy_from_slice(bytes));
    EventKind::Sent {
        payload,
        took: Duration::ZERO,
    }
}

fn closed(by: ClosedBy, unread: bool) -> EventKind {
    EventKind::Closed(Closed {
        by,
        unsent_bytes: 0,
        unread,
    })
}

fn reset() -> EventKind {
    EventKind::Reset { unsent_bytes: 0 }
}

fn connected() -> EventKind {
    EventKind::Connected {
        took: Duration::from_micros(90),
        process: None,
    }
}

fn failed(error: NetError) -> EventKind {
    EventKind::ConnectFailed {
        error: Arc::new(error),
        last: true,
    }
}

fn refused(address: SocketAddr) -> EventKind {
    failed(NetError::Connect {
        address: address.into(),
        source: io::ErrorKind::ConnectionRefused.into(),
    })
}

#[test]
fn a_servers_connection_is_read_back_unchanged() {
    Story::accepted()
        .then(received(CHUNK))
        .then(sent(b"reply"))
        .then(EventKind::PeerFinished)
        .then(sent(b"last"))
        .then(closed(ClosedBy::Peer, false))
        .check(&[
            "1 accepted 127.0.0.1:53122",
            "1 received 10 from 127.0.0.1:53122: some bytes",
            "1 sent 5 to 127.0.0.1:53122: reply",
            "1 peer finished 127.0.0.1:53122",
            "1 sent 4 to 127.0.0.1:53122: last",
            "1 we finished 127.0.0.1:53122",
            "1 closed by Peer 127.0.0.1:53122",
        ]);
}

#[test]
fn a_clients_connection_is_read_back_from_the_other_side() {
    Story::new(7, "[::1]:53122", "[::1]:9000")
        .then(connected())
        .then(sent(CHUNK))
        .then(received(b"reply"))
        .then(closed(ClosedBy::Us, true))
        .check(&[
            "1 accepted [::1]:53122",
            "1 received 10 from [::1]:53122: some bytes",
            "1 sent 5 to [::1]:53122: reply",
            "1 reset by [::1]:53122 after 10",
        ]);
}

#[test]
fn each_kind_of_close_is_preserved() {
    let check = |kinds: Vec<EventKind>, expected: &[&str]| {
        let story = kinds.into_iter().fold(Story::accepted(), Story::then);
        story.check(&[&["1 accepted 127.0.0.1:53122"], expected].concat());
    };
    check(vec![reset()], &["1 reset by 127.0.0.1:53122 after 0"]);
    let aborted = "1 closed by Us 127.0.0.1:53122 unread";
    check(vec![closed(ClosedBy::Stop, true)], &[aborted]);
    let timed_out = NetError::Receive {
        peer: ([127, 0, 0, 1], 53122).into(),
        source: io::ErrorKind::TimedOut.into(),
    };
    check(
        vec![closed(ClosedBy::Failure(Arc::new(timed_out)), false)],
        &[aborted],
    );
    let by_us = [
        "1 we finished 127.0.0.1:53122",
        "1 peer finished 127.0.0.1:53122",
        "1 closed by Us 127.0.0.1:53122",
    ];
    check(vec![closed(ClosedBy::Us, false)], &by_us);
    check(
        vec![
            EventKind::WeFinished,
            EventKind::PeerFinished,
            closed(ClosedBy::Us, false),
        ],
        &by_us,
    );
}

#[test]
fn a_failed_connect_is_a_syn_and_its_answer() {
    let story = || Story::new(7, "127.0.0.1:53122", "127.0.0.1:9000");
    let address = SocketAddr::from(([127, 0, 0, 1], 9000));
    let check = |kind: EventKind, expected: &str| {
        let (entries, summary, _) = imported(&story().then(kind).written());
        let [entry] = entries.as_slice() else {
            panic!("{entries:?}");
        };
        assert!(described(entry).starts_with(expected), "{entry:?}");
        summary.packets
    };
    let packets = check(refused(address), "1 ConnectionRefused 127.0.0.1:9000");
    assert_eq!(packets, 2);
    let timeout = failed(NetError::ConnectTimeout {
        address: address.into(),
        timeout: Duration::from_secs(5),
    });
    let packets = check(timeout, "1 no answer from 127.0.0.1:9000");
    assert_eq!(packets, 1);
}

#[test]
fn an_imported_failed_attempt_keeps_its_direction() {
    use crate::capture::pcap::synthetic::{C, RAW_IP, c, pcap, s};
    for packets in [
        vec![c("S", C - 1, 0, b"")],
        vec![c("S", C - 1, 0, b""), s("RA", 0, C, b"")],
    ] {
        let (entries, _, _) = imported(&pcap(RAW_IP, &packets));
        let (again, _, _) = imported(&written(&entries));
        let links = [&entries, &again].map(|entries| entries[0].event.link.clone());
        assert_eq!(links[0], links[1]);
        // A timeout lasts until the end of the file, which differs here.
        let refused = |entries: &[Entry]| described(&entries[0]).contains("ConnectionRefused");
        assert_eq!(refused(&entries), packets.len() == 2);
        assert_eq!(refused(&again), refused(&entries));
    }
}

#[test]
fn a_connection_without_its_beginning_has_no_syn_and_says_so() {
    let mut story = Story::accepted().then(received(CHUNK)).then(sent(b"reply"));
    story.entries.drain(..2);
    let file = story.written();
    story.check(&["1 received 5 from 127.0.0.1:9000: reply"]);
    assert!(contains(&file, b"NoBeginning"));
}

/// A connection without its beginning, as read from disk: a data entry only gives the offset of its own stream.
fn resumed() -> Story {
    let mut story = Story::accepted()
        .then(received(CHUNK))
        .then(sent(b"reply"))
        .then(received(b"more"))
        .then(EventKind::PeerFinished)
        .then(closed(ClosedBy::Peer, false));
    story.entries.remove(0);
    for entry in &mut story.entries {
        entry.streams.received.offset += 3_000_000_000;
        entry.streams.sent.offset += 2_500_000_000;
        match entry.event.kind {
            EventKind::Received { .. } => entry.streams.sent.offset = 0,
            EventKind::Sent { .. } => entry.streams.received.offset = 0,
            _ => {}
        }
    }
    story
}

#[test]
fn both_streams_of_a_resumed_connection_begin_at_the_first_known_offset() {
    let story = resumed();
    assert!(!contains(&story.written(), b"MissingBefore"));
    story.check(&[
        "1 received 10 from 127.0.0.1:53122: some bytes",
        "1 sent 5 to 127.0.0.1:53122: reply",
        "1 received 4 from 127.0.0.1:53122: more",
        "1 peer finished 127.0.0.1:53122",
        "1 we finished 127.0.0.1:53122",
        "1 closed by Peer 127.0.0.1:53122",
    ]);
}

#[test]
fn any_number_of_missing_bytes_advances_the_sequence_number() {
    let missing = EventKind::Missing {
        direction: Direction::Received,
        bytes: 4_000_000_000,
    };
    let story = Story::accepted().then(missing).then(received(CHUNK));
    let remark = b"MissingBefore { bytes: 4000000000 }";
    assert!(contains(&story.written(), remark));
    story.check(&[
        "1 accepted 127.0.0.1:53122",
        "1 missing 1073741824 from 127.0.0.1:53122",
        "1 received 10 from 127.0.0.1:53122: some bytes",
    ]);
}

#[test]
fn missing_bytes_advance_the_sequence_number() {
    let missing = EventKind::Missing {
        direction: Direction::Received,
        bytes: 300,
    };
    let story = Story::accepted().then(missing).then(received(CHUNK));
    let remark = b"MissingBefore { bytes: 300 }";
    assert!(contains(&story.written(), remark));
    story.check(&[
        "1 accepted 127.0.0.1:53122",
        "1 missing 300 from 127.0.0.1:53122",
        "1 received 10 from 127.0.0.1:53122: some bytes",
    ]);
}

#[test]
fn a_truncated_chunk_keeps_its_length() {
    let check = |size_bytes: u64, expected_missing: u64| {
        let mut story = Story::accepted().then(received(CHUNK)).then(received(b"x"));
        story.entries[1].size_bytes = size_bytes;
        story.entries[2].streams.received.offset = size_bytes;
        let (entries, summary, result) = imported(&story.written());
        result.unwrap();
        assert_eq!(summary.missing_bytes, expected_missing);
        let last = entries.last().unwrap();
        assert_eq!(described(last), "1 received 1 from 127.0.0.1:53122: x");
        assert_eq!(last.streams.received.offset, size_bytes, "{size_bytes}");
    };
    check(10, 0);
    check(11, 1);
    check(200_000, 199_990);
    // More than is written as packets: sequence numbers still advance.
    check(100_000_000, 99_999_990);
}

#[test]
fn a_hostile_size_is_handled_quickly() {
    let mut story = Story::accepted().then(received(CHUNK));
    story.entries[1].size_bytes = u64::MAX;
    story.entries[1].streams.received.offset = u64::MAX - 3;
    assert!(story.written().len() < 1_000_000);
}

#[test]
fn a_stream_of_more_than_four_gibibytes_continues() {
    let mut story = Story::accepted().then(received(b"before"));
    let offset = (1 << 32) - 3;
    story.entries[1].streams.received.offset = offset;
    story.entries.remove(0);
    let mut after = story.entries[0].clone();
    after.event.kind = received(b"after");
    after.size_bytes = 5;
    after.streams.received.offset = offset + 6;
    story.entries.push(after);
    let expected = [
        "1 received 6 from 127.0.0.1:53122: before",
        "1 received 5 from 127.0.0.1:53122: after",
    ];
    story.check(&expected);
}

#[test]
fn only_the_clients_end_of_two_is_written() {
    let (client, server) = (FlowId::client(5), FlowId::server(5));
    for order in [[client, server], [server, client]] {
        let mut both = BothEnds::default();
        for id in order {
            both.add(id);
        }
        both.add(FlowId::server(8));
        let written = [client, server, FlowId::server(8)].map(|id| both.writes(id));
        assert_eq!(written, [true, false, true]);
    }
}

fn contains(file: &[u8], text: &[u8]) -> bool {
    file.windows(text.len()).any(|window| window == text)
}

/// The bytes of all chunks in one direction.
fn stream(entries: &[Entry], is_received: bool) -> Vec<u8> {
    let chunks = entries.iter().filter_map(|entry| {
        let was_received = matches!(entry.event.kind, EventKind::Received { .. });
        entry.payload().filter(|_| was_received == is_received)
    });
    chunks.flat_map(|payload| payload.bytes.to_vec()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn written_entries_are_read_back(
        chunks in prop::collection::vec((any::<bool>(), 1_usize..100_000), 0..12),
        remote in any::<bool>(),
        v6 in any::<bool>(),
    ) {
        let (local, peer) = match (remote, v6) {
            (false, false) => ("127.0.0.1:9000", "127.0.0.1:53122"),
            (false, true) => ("[::1]:9000", "[::1]:53122"),
            (true, false) => ("192.0.2.1:9000", "192.0.2.2:53122"),
            (true, true) => ("[2001:db8::1]:9000", "[2001:db8::2]:53122"),
        };
        let mut story = Story::new(7, local, peer).then(EventKind::Accepted {
 process: None,
 syn: None,
 });
        for (index, &(is_received, length)) in chunks.iter().enumerate() {
            let bytes: Vec<u8> = (0..length).map(|at| (at * 7 + index) as u8).collect();
            story = story.then(if is_received { received(&bytes) } else { sent(&bytes) });
        }
        let story = story.then(EventKind::PeerFinished).then(closed(ClosedBy::Peer, false));
        let (entries, summary, result) = imported(&story.written());
        prop_assert!(result.is_ok());
        prop_assert_eq!(summary.missing_bytes, 0);
        for is_received in [true, false] {
            prop_assert!(stream(&entries, is_received) == stream(&story.entries, is_received));
        }
        // The order of the directions and the times are the same.
        let turns = |entries: &[Entry]| {
            let data = entries.iter().filter(|entry| entry.payload().is_some());
            let mut turns: Vec<_> = data
                .map(|e| (matches!(e.event.kind, EventKind::Received { .. }), e.time))
                .collect();
            turns.dedup();
            turns
        };
        prop_assert_eq!(turns(&entries), turns(&story.entries));
    }
}

/// The output of tshark for a file.
fn tshark(file: &[u8], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.pcapng");
    std::fs::write(&path, file).unwrap();
    let checks = [
        "-o",
        "tcp.check_checksum:TRUE",
        "-o",
        "ip.check_checksum:TRUE",
    ];
    let output = Command::new("tshark")
        .args([Path::new("-r"), &path])
        .args(checks)
        .args(arguments)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    String::from_utf8(output.stdout).unwrap()
}

/// The hexadecimal lines of `follow`: those of the second side are indented.
fn followed(file: &[u8]) -> [Vec<u8>; 2] {
    let mut streams = [Vec::new(), Vec::new()];
    let text = tshark(file, &["-q", "-z", "follow,tcp,raw,0"]);
    for line in text.lines() {
        let digits = line.trim_start();
        let bytes: Option<Vec<u8>> = digits
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        let side = usize::from(line.starts_with('\t'));
        streams[side].extend(bytes.unwrap_or_default());
    }
    streams
}

/// Checks that tshark reports no warnings for these entries, and the exact bytes.
fn check_with_tshark(story: &Story, client_is_peer: bool) {
    let file = story.written();
    let expert = tshark(&file, &["-q", "-z", "expert,warn"]);
    assert!(
        ["Errors", "Warns"]
            .iter()
            .all(|kind| !expert.contains(kind)),
        "{expert}"
    );
    let filter = "tcp.analysis.flags || tcp.checksum.status == \"Bad\" || ip.checksum.status == \"Bad\" || _ws.malformed";
    assert_eq!(tshark(&file, &["-Y", filter]), "");
    let [from_client, from_server] = followed(&file);
    assert!(from_client == stream(&story.entries, client_is_peer));
    assert!(from_server == stream(&story.entries, !client_is_peer));
}

#[test]
#[ignore = "needs tshark, a part of Wireshark"]
fn tshark_finds_the_exact_bytes_and_no_faults() {
    let long: Vec<u8> = (0..300_000_u32).map(|at| (at / 3) as u8).collect();
    let talk = |story: Story| {
        story
            .then(received(CHUNK))
            .then(sent(&long))
            .then(received(&long))
            .then(sent(b"bye"))
    };
    for (local, peer) in [
        ("127.0.0.1:9000", "127.0.0.1:53122"),
        ("[::1]:9000", "[::1]:53122"),
        ("192.0.2.1:9000", "192.0.2.2:53122"),
        ("[2001:db8::1]:9000", "[2001:db8::2]:53122"),
    ] {
        let new = || Story::new(7, local, peer);
        let story = talk(new().then(EventKind::Accepted {
            process: None,
            syn: None,
        }))
        .then(EventKind::PeerFinished)
        .then(closed(ClosedBy::Peer, false));
        check_with_tshark(&story, true);
        let story = talk(new().then(connected())).then(closed(ClosedBy::Us, false));
        check_with_tshark(&story, false);
    }
    check_with_tshark(&resumed(), true);
}

#[test]
#[ignore = "needs tshark, a part of Wireshark"]
fn tshark_understands_each_kind_of_file() {
    let packets = |story: &Story, filter: &str| {
        let lines = tshark(
            &story.written(),
            &["-Y", filter, "-T", "fields", "-e", "tcp.flags.str"],
        );
        lines.lines().count()
    };
    let refused = Story::v4().then(refused(SocketAddr::from(([127, 0, 0, 1], 53122))));
    assert_eq!(
        packets(&refused, "tcp.flags.syn == 1 || tcp.flags.reset == 1"),
        2
    );
    let reset = Story::accepted().then(received(CHUNK)).then(reset());
    assert_eq!(
        packets(&reset, "tcp.flags.reset == 1 && !tcp.analysis.flags"),
        1
    );
    let mut cut = Story::accepted().then(received(CHUNK)).then(received(b"x"));
    cut.entries[1].size_bytes = 4_000;
    cut.entries[2].streams.received.offset = 4_000;
    assert_eq!(
        packets(&cut, "tcp.len == 4000 && frame.cap_len < frame.len"),
        1
    );
    assert_eq!(packets(&cut, "tcp.analysis.flags || _ws.malformed"), 0);
    let missing = EventKind::Missing {
        direction: Direction::Received,
        bytes: 300,
    };
    let gap = Story::accepted().then(missing).then(received(CHUNK));
    assert_eq!(
        packets(
            &gap,
            "tcp.analysis.lost_segment && frame.comment contains \"MissingBefore\""
        ),
        1
    );
}

#[test]
#[ignore = "needs tshark, a part of Wireshark"]
fn tshark_sees_a_long_one_sided_stream_acknowledged_along_the_way() {
    let story = Story::accepted().then(received(&vec![7; 20 * 1024 * 1024]));
    let file = story.written();
    assert_eq!(tshark(&file, &["-Y", "tcp.analysis.flags"]), "");
    let answers = tshark(&file, &["-Y", "tcp.len == 0 && tcp.ack > 16777216"]);
    assert_eq!(answers.lines().count(), 1);
}

/// A connection that carries what TLS has decrypted.
fn decrypted() -> Story {
    let tls = |report| EventKind::Tls(Arc::new(report));
    let agreed = Agreed {
        version: TlsVersion::Tls13,
        suite: String::new(),
        group: None,
        alpn: None,
        server_name: None,
        kind: HandshakeKind::Full,
        chain: Vec::new(),
        check: ChainCheck::NoCertificate,
        client_certificate_asked: None,
        client_certificate_given: false,
        took: Duration::ZERO,
    };
    let direction = Direction::Received;
    Story::accepted()
        .then(tls(TlsReport::Hello(Arc::default())))
        .then(tls(TlsReport::Agreed(Box::new(agreed))))
        .then(received(CHUNK))
        .then(sent(b"answer"))
        .then(tls(TlsReport::CloseNotify { direction }))
        .then(closed(ClosedBy::Us, false))
}

#[test]
fn decrypted_bytes_are_written_once_with_a_remark() {
    let file = decrypted().written();
    let remarks = memchr::memmem::find_iter(&file, b"[Decrypted]").count();
    assert_eq!(remarks, 1);
    let plain = Story::accepted().then(received(CHUNK)).written();
    assert_eq!(memchr::memmem::find(&plain, b"[Decrypted]"), None);
}

#[test]
#[ignore = "needs tshark, a part of Wireshark"]
fn tshark_shows_that_a_stream_is_plaintext() {
    check_with_tshark(&decrypted(), true);
    let file = decrypted().written();
    let filter = "frame.comment contains \"Decrypted\" && tcp.len > 0";
    assert_eq!(tshark(&file, &["-Y", filter]).lines().count(), 1);
    // close_notify of the peer ends its stream.
    let finished = tshark(&file, &["-Y", "tcp.flags.fin == 1"]);
    assert_eq!(finished.lines().count(), 2);
}
