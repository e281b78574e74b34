//! Packets written, and found again.

use std::fs;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::*;
use crate::capture::Current;
use crate::capture::pcap::synthetic::{self, C, S, c, s};
use crate::capture::store::{Damage, Keep, PacketCheck, ReadError, Store};
use crate::net::{FlowId, LabPacket, Link, PacketSink as _};

/// The headers of a packet on the loopback interface.
const ETHERNET: [u8; 14] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x08, 0x00];

fn at(millis: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000) + Duration::from_millis(millis)
}

fn frame(millis: u64, ip: &[u8]) -> LabPacket {
    let bytes = [&ETHERNET, ip].concat();
    LabPacket {
        time: at(millis),
        whole_bytes: bytes.len() as u32,
        bytes,
    }
}

fn store(dir: &Path) -> Arc<Store> {
    let keep = Keep::up_to(1 << 30);
    Arc::new(Store::create(dir, keep, SystemTime::now()).unwrap())
}

fn link(local: Option<SocketAddr>, peer: SocketAddr) -> Link {
    Link {
        connection: FlowId::client(1),
        local: local.map(Into::into),
        peer: peer.into(),
    }
}

fn query(local: Option<SocketAddr>, most: usize) -> PacketQuery {
    PacketQuery {
        ends: PacketEnds::of(&link(local, synthetic::server())).unwrap(),
        times: at(0)..=at(1_000_000),
        most,
    }
}

fn conversation() -> Vec<LabPacket> {
    let mut packets = vec![
        frame(1, &c("S", C - 1, 0, b"")),
        frame(2, &s("SA", S - 1, C, b"")),
        frame(3, &c("A", C, S, b"")),
    ];
    packets.extend((0..100).map(|it| frame(10 + it, &c("AP", C + it as u32, S, b"x"))));
    packets.push(frame(200, &c("AF", C + 100, S, b"")));
    packets.push(frame(201, &s("R", S, 0, b"")));
    packets
}

#[test]
fn the_packets_of_a_connection_are_found_with_the_facts_of_their_headers() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("capture"));
    let mut log = PacketLog::default();
    let empty = log.find(&store, &query(None, 10)).unwrap();
    assert_eq!(empty, PacketRun::default());
    let file = PacketFile::new(Current::new(Arc::clone(&store)));
    let [syn, answer, ..] = &conversation()[..] else {
        panic!("no packets");
    };
    file.take(&[syn.clone(), answer.clone()]);
    let client = Some(synthetic::client());
    let found = log.find(&store, &query(client, 10)).unwrap();
    let [first, second] = &found.packets[..] else {
        panic!("{found:?}");
    };
    let expected = Packet {
        time: at(1),
        source: synthetic::client(),
        destination: synthetic::server(),
        flags: TcpFlags::SYN,
        sequence: C - 1,
        acknowledgment: None,
        window: first.window,
        payload_bytes: 0,
        syn: Some(syn.bytes[14..].into()),
    };
    assert_eq!(*first, expected);
    assert!(first.window > 0);
    assert_eq!(
        (second.flags.to_string(), second.acknowledgment),
        ("S.".to_owned(), Some(C))
    );
    let ends = query(client, 1).ends;
    assert!(ends.is_sent(first) && !ends.is_sent(second));
    // The file grows, and the log with it.
    file.take(&[frame(3, &c("AP", C, S, b"hello"))]);
    let found = log.find(&store, &query(client, 10)).unwrap();
    assert_eq!(found.packets.last().map(|it| it.payload_bytes), Some(5));
    // Another connection has none of them, and neither has another time.
    let other = Some("10.0.0.1:5001".parse().unwrap());
    assert_eq!(log.find(&store, &query(other, 10)).unwrap().total, 0);
    assert_eq!(found.began, (Some(C - 1), Some(S - 1)));
    let mut later = query(client, 10);
    later.times = at(4)..=at(9);
    assert_eq!(log.find(&store, &later).unwrap().total, 0);
    assert_eq!(
        file.kept(),
        PacketsKept {
            packets: 3,
            lost: 0
        }
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let path = store.dir().join(PACKET_FILE);
        assert_eq!(
            fs::metadata(path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
}

#[test]
fn many_packets_are_thinned_but_the_turns_of_a_connection_stay() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("capture"));
    let file = PacketFile::new(Current::new(Arc::clone(&store)));
    file.take(&conversation());
    let mut log = PacketLog::default();
    let all = log.find(&store, &query(None, 1_000)).unwrap();
    assert_eq!((all.packets.len(), all.total), (105, 105));
    let few = log.find(&store, &query(None, 10)).unwrap();
    assert_eq!(few.total, 105);
    // Without our address, what was sent to the peer is ours.
    assert_eq!(few.began, (Some(C - 1), Some(S - 1)));
    assert!(few.packets.len() <= 10 + 4, "{}", few.packets.len());
    let turns: Vec<_> = few.packets.iter().filter(|it| it.flags.is_turn()).collect();
    let flags: Vec<_> = turns.iter().map(|it| it.flags.to_string()).collect();
    assert_eq!(flags, ["S", "S.", "F.", "R"]);
    assert_eq!(log.find(&store, &query(None, 0)).unwrap().total, 105);
}

#[test]
fn a_mapped_address_is_that_of_its_packets() {
    let packet = |from: &str, to: &str| {
        let ends = [from, to].map(|it| it.parse().unwrap());
        let ip = synthetic::packet(ends, "A", 1, 1, b"");
        frame(1, &ip)
    };
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("capture"));
    let file = PacketFile::new(Current::new(Arc::clone(&store)));
    file.take(&[packet("127.0.0.1:5000", "127.0.0.1:9000")]);
    let link = link(
        Some("[::ffff:127.0.0.1]:9000".parse().unwrap()),
        "[::ffff:127.0.0.1]:5000".parse().unwrap(),
    );
    let query = PacketQuery {
        ends: PacketEnds::of(&link).unwrap(),
        ..query(None, 10)
    };
    assert_eq!(PacketLog::default().find(&store, &query).unwrap().total, 1);
}

#[test]
fn the_file_follows_the_recording_and_says_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let first = store(&folder.path().join("first"));
    let second = store(&folder.path().join("second"));
    let current = Current::new(Arc::clone(&first));
    let file = PacketFile::new(current.clone());
    file.take(&conversation());
    file.dropped(7);
    // The folder may move while it is written to; Windows moves none with an open file, and has no lab.
    #[cfg(unix)]
    {
        let moved = folder.path().join("moved");
        let relocated = first.relocate(|from| {
            fs::rename(from, &moved).unwrap();
            Ok(moved.clone())
        });
        relocated.unwrap();
    }
    file.take(&conversation());
    current.continue_in(Arc::clone(&second));
    file.take(&conversation()[..1]);
    assert_eq!(
        file.kept(),
        PacketsKept {
            packets: 1,
            lost: 7
        }
    );
    second.switch_off();
    file.take(&conversation()[..2]);
    assert_eq!(
        file.kept(),
        PacketsKept {
            packets: 1,
            lost: 9
        }
    );
    drop(file);
    let find = |store: &Store| PacketLog::default().find(store, &query(None, 1)).unwrap();
    assert_eq!((find(&first).total, find(&first).lost), (210, 7));
    assert_eq!((find(&second).total, find(&second).lost), (1, 2));
    // A later lab goes on in the same file.
    let again = PacketFile::new(Current::new(Arc::clone(&first)));
    again.take(&conversation());
    assert_eq!(find(&first).total, 315);
}

#[test]
fn a_full_file_loses_what_comes_later() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("capture"));
    let file = PacketFile::new(Current::new(Arc::clone(&store)));
    let large = LabPacket {
        bytes: vec![0; 65_000],
        whole_bytes: 65_000,
        time: at(1),
    };
    let batch = vec![large; 300];
    for _ in 0..4 {
        file.take(&batch);
    }
    let kept = file.kept();
    assert_eq!(kept.packets, MAX_FILE_BYTES / 65_032);
    assert_eq!(kept.packets + kept.lost, 1_200);
    file.take(&conversation()[..1]);
    assert_eq!(file.kept().lost, kept.lost + 1);
    drop(file);
    let size = fs::metadata(store.dir().join(PACKET_FILE)).unwrap().len();
    assert!(size <= MAX_FILE_BYTES + 100, "{size}");
}

#[test]
fn a_file_that_is_cut_off_or_damaged_ends_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder.path().join("capture"));
    let file = PacketFile::new(Current::new(Arc::clone(&store)));
    file.take(&conversation()[..3]);
    drop(file);
    let path = store.dir().join(PACKET_FILE);
    let whole = fs::read(&path).unwrap();
    for len in 0..whole.len() {
        fs::write(&path, &whole[..len]).unwrap();
        let found = PacketLog::default().find(&store, &query(None, 10));
        if let Ok(found) = found {
            assert!(found.total < 3, "{len}");
        }
    }
    for place in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[place] ^= 0xff;
        fs::write(&path, &damaged).unwrap();
        if let Ok(found) = PacketLog::default().find(&store, &query(None, 10)) {
            assert!(found.total <= 3);
        }
    }
    fs::write(&path, b"something else").unwrap();
    assert!(PacketLog::default().find(&store, &query(None, 10)).is_err());
}

#[test]
fn the_manifest_knows_the_packets_and_their_checksum() {
    let folder = tempfile::tempdir().unwrap();
    let live = store(&folder.path().join("capture"));
    let dir = live.dir();
    let path = dir.join(PACKET_FILE);
    let file = PacketFile::new(Current::new(Arc::clone(&live)));
    file.take(&conversation()[..3]);
    // As a killed program leaves it: what was stated is checked, and what follows cannot be.
    let killed = folder.path().join("killed");
    fs::create_dir(&killed).unwrap();
    for name in fs::read_dir(&dir)
        .unwrap()
        .map(|it| it.unwrap().file_name())
    {
        fs::copy(dir.join(&name), killed.join(&name)).unwrap();
    }
    let check = |dir: &Path| Store::open(dir).unwrap().check_packets();
    assert!(matches!(check(&killed), PacketCheck::Unchecked));
    let killed_path = killed.join(PACKET_FILE);
    let mut altered = fs::read(&killed_path).unwrap();
    altered[200] ^= 1;
    fs::write(&killed_path, &altered).unwrap();
    assert!(matches!(check(&killed), PacketCheck::Damaged(_)));
    // A later lab goes on in the same file.
    drop(file);
    let again = PacketFile::new(Current::new(Arc::clone(&live)));
    again.take(&conversation());
    drop(again);
    live.close().unwrap();
    assert!(matches!(check(&dir), PacketCheck::Whole));
    let whole = fs::read(&path).unwrap();
    let damage = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let store = Store::open(&dir).unwrap();
        let verified = store.verify(|_| ControlFlow::Continue(())).unwrap();
        let PacketCheck::Damaged(ReadError::Damaged { what, .. }) = store.check_packets() else {
            panic!("not noticed");
        };
        assert_eq!(verified.damage.len(), 1, "{:?}", verified.damage);
        what
    };
    let mut altered = whole.clone();
    altered[300] ^= 1;
    assert_eq!(damage(&altered), Damage::Checksum);
    assert_eq!(damage(&whole[..whole.len() - 1]), Damage::Short);
    assert_eq!(damage(b""), Damage::Short);
    assert_eq!(damage(&[&whole[..], b"more"].concat()), Damage::Long);
    fs::remove_file(&path).unwrap();
    assert!(matches!(check(&dir), PacketCheck::Damaged(_)));
    fs::write(&path, &whole).unwrap();
    assert!(matches!(check(&dir), PacketCheck::Whole));
}
