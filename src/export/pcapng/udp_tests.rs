//! Datagrams written as packets, read back by the import, and by tshark if it is installed.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use bytes::Bytes;
use proptest::prelude::*;

use super::packets::PcapngWriter;
use crate::capture::pcap::synthetic::{described, imported};
use crate::capture::synthetic::{VariantNames, accepted, closed, entries, received, sent};
use crate::capture::{Entry, Event, EventKind};
use crate::export::both_ends::BothEnds;
use crate::export::summary::Unfaithful;
use crate::export::writer::EntryWriter as _;
use crate::net::{EndpointId, FlowId, Icmp, Link, NetError, Requester, Stamp};

const ENDS: [(&str, &str); 4] = [
    ("udp://127.0.0.1:40000", "udp://127.0.0.1:53122"),
    ("udp://[::1]:40000", "udp://[::1]:53122"),
    ("udp://192.0.2.1:40000", "udp://192.0.2.2:53122"),
    ("udp://[2001:db8::1]:40000", "udp://[2001:db8::2]:53122"),
];

fn link(connection: FlowId, (local, peer): (&str, &str)) -> Link {
    Link {
        connection,
        local: Some(local.parse().unwrap()),
        peer: peer.parse().unwrap(),
    }
}

fn made(link: &Link, kinds: Vec<EventKind>) -> Vec<Entry> {
    let events = (0..).zip(kinds).map(|(n, kind)| Event {
        stamp: Stamp(n * 10_000),
        endpoint: EndpointId(1),
        link: Some(Arc::new(link.clone())),
        by: Requester::Nobody,
        kind,
    });
    entries(events.collect::<Vec<_>>())
}

fn written(entries: &[Entry]) -> Vec<u8> {
    let mut both_ends = BothEnds::default();
    for entry in entries {
        both_ends.add(entry.event.link.as_ref().unwrap().connection);
    }
    let names = HashMap::from([(EndpointId(1), "Server 1".to_owned())]);
    let mut output = Vec::new();
    let mut writer =
        PcapngWriter::new(&mut output, names, both_ends, None, None, &VariantNames).unwrap();
    for entry in entries {
        writer.write(entry, &mut Unfaithful::default()).unwrap();
    }
    writer.finish().unwrap();
    output
}

/// What an import of the file says.
fn read(entries: &[Entry]) -> Vec<String> {
    let (entries, _, result) = imported(&written(entries));
    result.unwrap();
    entries.iter().map(described).collect()
}

fn undelivered(peer: &str) -> EventKind {
    EventKind::Failed {
        error: Arc::new(NetError::Undelivered {
            peer: Some(peer.parse().unwrap()),
            source: std::io::ErrorKind::ConnectionRefused.into(),
            icmp: Some(Icmp {
                by: None,
                kind: if peer.contains('[') { 1 } else { 3 },
                code: if peer.contains('[') { 4 } else { 3 },
            }),
        }),
    }
}

fn talk() -> Vec<EventKind> {
    vec![
        accepted(),
        received(1, b"one"),
        received(2, b""),
        sent(3, b"odd"),
        sent(4, b""),
        sent(5, &[7; 9_000]),
        closed(),
    ]
}

#[test]
fn a_datagram_is_one_packet_and_comes_back_as_it_was() {
    for ends in ENDS {
        let link = link(FlowId::server(7), ends);
        let all = made(&link, talk());
        let expected: Vec<_> = all[..6].iter().map(described).collect();
        let expected: Vec<_> = expected.iter().map(|it| it.replacen('7', "1", 1)).collect();
        assert_eq!(read(&all), expected, "{ends:?}");
    }
}

#[test]
fn the_longest_datagrams_are_whole() {
    for (ends, bytes) in [(ENDS[0], 65_507), (ENDS[1], 65_527)] {
        let link = link(FlowId::server(1), ends);
        let long = vec![b'x'; bytes];
        let all = made(&link, vec![accepted(), received(1, &long)]);
        let expected: Vec<_> = all.iter().map(described).collect();
        assert_eq!(read(&all), expected);
    }
}

#[test]
fn a_cut_datagram_has_the_length_that_it_had() {
    let link = link(FlowId::server(1), ENDS[0]);
    let truncated = EventKind::Truncated {
        read_bytes: 3,
        bytes: Some(9),
    };
    let all = made(
        &link,
        vec![
            accepted(),
            truncated,
            received(1, b"all"),
            received(2, b"next"),
        ],
    );
    let peer = ENDS[0].1;
    assert_eq!(
        read(&all),
        [
            format!("1 accepted {peer}"),
            format!("1 received 3 from {peer}: all"),
            format!("1 missing 6 from {peer}"),
            format!("1 received 4 from {peer}: next"),
        ]
    );
}

#[test]
fn what_could_not_be_delivered_is_an_icmp_message_about_the_last_datagram() {
    for ends in ENDS {
        let link = link(FlowId::client(1), ends);
        let all = made(&link, vec![sent(1, b"hello"), undelivered(ends.1)]);
        let (entries, summary, _) = imported(&written(&all));
        assert_eq!((summary.packets, summary.others), (2, 0));
        let EventKind::Failed { error } = &entries[2].event.kind else {
            panic!("{entries:?}");
        };
        let NetError::Undelivered { peer, source, .. } = &**error else {
            panic!("{error:?}");
        };
        assert_eq!(peer, &Some(ends.1.parse().unwrap()));
        assert_eq!(source.kind, std::io::ErrorKind::ConnectionRefused);
    }
}

#[test]
fn datagrams_between_two_of_our_endpoints_are_in_the_file_once() {
    let client = link(FlowId::client(1), ENDS[0]);
    let server = link(FlowId::server(1), (ENDS[0].1, ENDS[0].0));
    let mut all = made(&client, vec![sent(1, b"ask"), received(2, b"answer")]);
    all.extend(made(
        &server,
        vec![accepted(), received(3, b"ask"), sent(4, b"answer")],
    ));
    let peer = ENDS[0].0;
    assert_eq!(
        read(&all),
        [
            format!("1 accepted {peer}"),
            format!("1 received 3 from {peer}: ask"),
            format!("1 sent 6 to {peer}: answer"),
        ]
    );
}

proptest! {
    #[test]
    fn any_datagrams_come_back(
        all in proptest::collection::vec((any::<bool>(), proptest::collection::vec(any::<u8>(), 0..40)), 1..30),
        ends in 0..ENDS.len(),
    ) {
        let link = link(FlowId::server(1), ENDS[ends]);
        let kinds = (1..).zip(&all).map(|(n, (is_sent, bytes))| {
            // Whoever sends first is the peer.
            if *is_sent && n > 1 { sent(n, bytes) } else { received(n, bytes) }
        });
        let all = made(&link, kinds.collect());
        let (found, summary, result) = imported(&written(&all));
        result.unwrap();
        prop_assert!(summary.is_whole());
        let bytes = |entries: &[Entry]| -> Vec<_> {
            let data = entries.iter().filter_map(|it| Some((it.event.kind.direction()?, it.payload()?.bytes.clone())));
            data.collect::<Vec<(_, Bytes)>>()
        };
        prop_assert_eq!(bytes(&found), bytes(&all));
    }
}

fn tshark(file: &[u8], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.pcapng");
    std::fs::write(&path, file).unwrap();
    let output = Command::new("tshark")
        .args([Path::new("-r"), &path])
        .args([
            "-o",
            "udp.check_checksum:TRUE",
            "-o",
            "ip.check_checksum:TRUE",
        ])
        .args(arguments)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[ignore = "needs tshark, a part of Wireshark"]
fn tshark_finds_the_exact_datagrams_and_no_faults() {
    for ends in ENDS {
        let link = link(FlowId::server(7), ends);
        let mut kinds = talk();
        kinds.push(sent(6, b"to nobody"));
        kinds.push(undelivered(ends.1));
        kinds.push(EventKind::Truncated {
            read_bytes: 3,
            bytes: Some(9_000),
        });
        kinds.push(received(7, b"cut"));
        let all = made(&link, kinds);
        let file = written(&all);
        let expert = tshark(&file, &["-q", "-z", "expert,warn"]);
        assert!(
            !expert.contains("Errors") && !expert.contains("Warns"),
            "{expert}"
        );
        let bad = "udp.checksum.status == \"Bad\" || ip.checksum.status == \"Bad\" || icmp.checksum.status == \"Bad\" || icmpv6.checksum.status == \"Bad\" || _ws.malformed";
        // Of a datagram that was cut, the checksum cannot be right.
        let bad = format!("({bad}) && !(frame.cap_len < frame.len)");
        assert_eq!(tshark(&file, &["-Y", &bad]), "", "{ends:?}");
        let fields = ["-T", "fields", "-e", "udp.dstport", "-e", "udp.length"];
        let lengths = tshark(
            &file,
            &[&["-Y", "udp && !icmp && !icmpv6"], &fields[..]].concat(),
        );
        let expected =
            "40000\t11\n40000\t8\n53122\t11\n53122\t8\n53122\t9008\n53122\t17\n40000\t9008\n";
        assert_eq!(lengths, expected, "{ends:?}");
        let quoted = tshark(&file, &[&["-Y", "icmp || icmpv6"], &fields[..]].concat());
        assert_eq!(quoted, "53122\t17\n", "{ends:?}");
        let payloads = tshark(
            &file,
            &[
                "-Y",
                "udp.length == 17 && !icmp && !icmpv6",
                "-T",
                "fields",
                "-e",
                "udp.payload",
            ],
        );
        assert_eq!(payloads.trim(), "746f206e6f626f6479");
        assert_eq!(tshark(&file, &["-Y", "tcp || ip.fragment"]), "");
    }
}
