//! UDP in capture files, from packets to entries; a file of Wireshark's tools, as tshark reads it.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::process::Command;

use etherparse::PacketBuilder;

use super::synthetic::{RAW_IP, c, client, described, imported, pcap, pcap_cut, server, story};
use crate::capture::event::EventKind;
use crate::net::{Icmp, NetError};

fn udp([from, to]: [SocketAddr; 2], payload: &[u8]) -> Vec<u8> {
    let ip = match (from.ip(), to.ip()) {
        (IpAddr::V4(from), IpAddr::V4(to)) => PacketBuilder::ipv4(from.octets(), to.octets(), 64),
        (IpAddr::V6(from), IpAddr::V6(to)) => PacketBuilder::ipv6(from.octets(), to.octets(), 64),
        _ => panic!("two families"),
    };
    let mut bytes = Vec::new();
    let packet = ip.udp(from.port(), to.port());
    packet.write(&mut bytes, payload).unwrap();
    bytes
}

fn asked(payload: &[u8]) -> Vec<u8> {
    udp([client(), server()], payload)
}

fn answered(payload: &[u8]) -> Vec<u8> {
    udp([server(), client()], payload)
}

/// The fragments of an IPv4 packet, with this many bytes each.
fn fragments(packet: &[u8], size: usize) -> Vec<Vec<u8>> {
    let (header, payload) = packet.split_at(20);
    let count = payload.len().div_ceil(size);
    let parts = payload.chunks(size).enumerate();
    let made = parts.map(|(n, part)| {
        let mut header = header.to_vec();
        header[2..4].copy_from_slice(&(20 + part.len() as u16).to_be_bytes());
        header[4..6].copy_from_slice(&7_u16.to_be_bytes());
        let more = if n + 1 < count { 0x2000 } else { 0 };
        let place = more | (n * size / 8) as u16;
        header[6..8].copy_from_slice(&place.to_be_bytes());
        [header, part.to_vec()].concat()
    });
    made.collect()
}

/// The fragments of an IPv6 packet.
fn fragments_of_ipv6(packet: &[u8], size: usize) -> Vec<Vec<u8>> {
    let (header, payload) = packet.split_at(40);
    let count = payload.len().div_ceil(size);
    let parts = payload.chunks(size).enumerate();
    let made = parts.map(|(n, part)| {
        let mut header = header.to_vec();
        header[4..6].copy_from_slice(&(8 + part.len() as u16).to_be_bytes());
        header[6] = 44;
        let place = (n * size) as u16 | u16::from(n + 1 < count);
        let [high, low] = place.to_be_bytes();
        let extension = vec![17, 0, high, low, 0, 1, 2, 3];
        [header, extension, part.to_vec()].concat()
    });
    made.collect()
}

#[test]
fn each_datagram_is_an_entry_and_an_empty_one_too() {
    assert_eq!(
        story(&[
            asked(b"one"),
            answered(b""),
            asked(b""),
            answered(b"two"),
            udp([client(), SocketAddr::from(([10, 0, 0, 9], 80))], b"three"),
        ]),
        [
            "1 accepted udp://10.0.0.1:5000",
            "1 received 3 from udp://10.0.0.1:5000: one",
            "1 sent 0 to udp://10.0.0.1:5000: ",
            "1 received 0 from udp://10.0.0.1:5000: ",
            "1 sent 3 to udp://10.0.0.1:5000: two",
            "2 accepted udp://10.0.0.1:5000",
            "2 received 5 from udp://10.0.0.1:5000: three",
        ]
    );
}

#[test]
fn udp_and_tcp_between_the_same_ports_are_two_flows() {
    let packets = [asked(b"udp"), c("A", 1, 1, b"tcp"), asked(b"again")];
    assert_eq!(
        story(&packets),
        [
            "1 accepted udp://10.0.0.1:5000",
            "1 received 3 from udp://10.0.0.1:5000: udp",
            "2 received 3 from 10.0.0.1:5000: tcp",
            "1 received 5 from udp://10.0.0.1:5000: again",
        ]
    );
}

#[test]
fn fragments_of_both_families_are_put_together_in_any_order() {
    let long: Vec<u8> = (0..3_000_u16).map(|at| b'a' + (at % 26) as u8).collect();
    let text = String::from_utf8(long.clone()).unwrap();
    let mut parts = fragments(&asked(&long), 1_480);
    parts.reverse();
    let ends = ["[::1]:5000", "[::1]:80"].map(|end| end.parse().unwrap());
    parts.extend(fragments_of_ipv6(&udp(ends, &long), 1_232));
    let (entries, summary, result) = imported(&pcap(RAW_IP, &parts));
    result.unwrap();
    let described: Vec<_> = entries.iter().map(described).collect();
    assert_eq!(
        described,
        [
            "1 accepted udp://10.0.0.1:5000".to_owned(),
            format!("1 received 3000 from udp://10.0.0.1:5000: {text}"),
            "2 accepted udp://[::1]:5000".to_owned(),
            format!("2 received 3000 from udp://[::1]:5000: {text}"),
        ]
    );
    assert_eq!((summary.packets, summary.datagrams), (6, 2));
    assert!(summary.is_whole());
}

#[test]
fn fragments_whose_others_are_missing_are_reported() {
    let mut parts = fragments(&asked(&[7; 3_000]), 1_480);
    parts.remove(1);
    let (entries, summary, _) = imported(&pcap(RAW_IP, &parts));
    assert_eq!(entries.len(), 0);
    assert_eq!((summary.fragments, summary.datagrams), (2, 0));
    assert!(!summary.is_whole());
}

#[test]
fn what_was_not_captured_of_a_datagram_is_reported_missing() {
    let whole = asked(b"all of it");
    let cut = whole[..whole.len() - 6].to_vec();
    let file = pcap_cut(RAW_IP, &[(whole.len(), &cut)]);
    let (entries, summary, _) = imported(&file);
    let described: Vec<_> = entries.iter().map(described).collect();
    assert_eq!(
        described,
        [
            "1 accepted udp://10.0.0.1:5000",
            "1 received 3 from udp://10.0.0.1:5000: all",
            "1 missing 6 from udp://10.0.0.1:5000",
        ]
    );
    assert_eq!(summary.missing_bytes, 6);
}

#[test]
fn padding_is_no_part_of_a_datagram() {
    let mut padded = asked(b"abc");
    padded.extend([0; 15]);
    let expected = [
        "1 accepted udp://10.0.0.1:5000",
        "1 received 3 from udp://10.0.0.1:5000: abc",
    ];
    assert_eq!(story(&[padded]), expected);
}

fn unreachable(quoted: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let ip = PacketBuilder::ipv4([10, 0, 0, 2], [10, 0, 0, 1], 64);
    let icmp = ip.icmpv4_raw(3, 3, [0; 4]);
    icmp.write(&mut bytes, quoted).unwrap();
    bytes
}

#[test]
fn an_unreachable_port_is_reported_on_the_flow_that_it_is_about() {
    let first = asked(b"hello");
    // Only the headers are quoted, and a packet of a flow that is not in the file.
    let packets = [
        first.clone(),
        unreachable(&first[..28]),
        unreachable(&udp([client(), SocketAddr::from(([10, 0, 0, 3], 1))], b"")),
    ];
    let (entries, summary, _) = imported(&pcap(RAW_IP, &packets));
    assert_eq!((summary.packets, summary.others), (3, 1));
    let EventKind::Failed { error } = &entries.last().unwrap().event.kind else {
        panic!("{entries:?}");
    };
    let NetError::Undelivered { peer, source, icmp } = &**error else {
        panic!("{error:?}");
    };
    assert_eq!(peer, &Some("udp://10.0.0.2:80".parse().unwrap()));
    assert_eq!(source.kind, std::io::ErrorKind::ConnectionRefused);
    let by = Some([10, 0, 0, 2].into());
    let expected = Icmp {
        by,
        kind: 3,
        code: 3,
    };
    assert_eq!(*icmp, Some(expected));
}

#[test]
#[ignore = "needs text2pcap and tshark, parts of Wireshark"]
fn a_file_of_wireshark_has_the_datagrams_that_tshark_sees() {
    let folder = tempfile::tempdir().unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let dump = "0000 61 62 63\n0000 00\n0000 c3 a9 0d 0a\n";
    std::fs::write(folder.path().join("dump"), dump).unwrap();
    for (format, name) in [("pcap", "a.pcap"), ("pcapng", "a.pcapng")] {
        run(
            "text2pcap",
            &["-q", "-F", format, "-u", "5353,9000", "dump", name],
        );
        let seen = run(
            "tshark",
            &[
                "-r",
                name,
                "-T",
                "fields",
                "-e",
                "udp.srcport",
                "-e",
                "udp.payload",
            ],
        );
        let file = std::fs::read(folder.path().join(Path::new(name))).unwrap();
        let (entries, summary, result) = imported(&file);
        result.unwrap();
        assert!(summary.is_whole());
        let ours = entries.iter().filter_map(|entry| {
            let link = entry.event.link.as_deref()?;
            let port = link.peer.ip()?.port();
            let bytes = &entry.payload()?.bytes;
            let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            Some(format!("{port}\t{}\n", digits.concat()))
        });
        assert_eq!(ours.collect::<String>(), seen, "{name}");
    }
}
