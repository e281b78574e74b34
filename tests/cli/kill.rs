//! Killed under load: what peers had received a second earlier is on record, complete and in order.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use bothends::capture::EventKind;
use bothends::capture::store::Store;
use bothends::capture::{Depth, Record};

use super::connect;
use super::program::Bothends;

const ROUNDS: u32 = 3;
const PEERS: usize = 4;
/// What was received this long before the kill must be on record.
const A_SECOND: Duration = Duration::from_secs(1);
/// How long a peer pauses after each pattern: together they must send less than any disk can write.
const PACE: Duration = Duration::from_millis(10);
/// The length of the pattern that peers repeat; not a divisor of the read size.
const PATTERN_BYTES: usize = 100_003;

fn pattern() -> Vec<u8> {
    (0..PATTERN_BYTES).map(|at| (at * 31 % 251) as u8).collect()
}

/// How many bytes had come back by when, in order of time.
type Heard = Vec<(Instant, u64)>;

/// Sends the pattern repeatedly until the connection breaks, and notes what came back.
fn pump(stream: TcpStream) -> JoinHandle<Heard> {
    let mut sender = stream.try_clone().unwrap();
    let sending = thread::spawn(move || {
        let pattern = pattern();
        while sender.write_all(&pattern).is_ok() {
            thread::sleep(PACE);
        }
        // This ends the other thread too, whatever state the connection is in.
        sender.shutdown(Shutdown::Both).ok();
    });
    thread::spawn(move || {
        let mut stream = stream;
        let mut heard = Heard::new();
        let mut bytes = vec![0; 64 * 1024];
        let mut total = 0;
        while let Ok(count @ 1..) = stream.read(&mut bytes) {
            total += count as u64;
            heard.push((Instant::now(), total));
        }
        sending.join().unwrap();
        heard
    })
}

/// The recorded streams of a connection.
#[derive(Default)]
struct Streams {
    peer: Option<SocketAddr>,
    received: u64,
    sent: u64,
}

/// Reads a whole capture, and checks that every entry is complete, in order, and holds the right part of the pattern.
fn recorded(dir: &Path) -> Vec<Streams> {
    let twice = pattern().repeat(2);
    let record = Record::new(Arc::new(Store::open(dir).unwrap()));
    let mut connections: Vec<Streams> = Vec::new();
    let mut next = 0;
    record.visit(0..record.status().entries, Depth::Whole, |number, entry| {
        let entry = entry.unwrap();
        assert_eq!((number, entry.number), (next, next));
        next += 1;
        let Some(link) = &entry.event.link else {
            return ControlFlow::Continue(());
        };
        let place = connections.iter().position(|it| it.peer == link.peer.ip());
        let place = place.unwrap_or_else(|| {
            connections.push(Streams {
                peer: link.peer.ip(),
                ..Streams::default()
            });
            connections.len() - 1
        });
        let stream = match entry.event.kind {
            EventKind::Received { .. } => &mut connections[place].received,
            EventKind::Sent { .. } => &mut connections[place].sent,
            _ => return ControlFlow::Continue(()),
        };
        let bytes = &entry.payload().unwrap().bytes;
        assert_eq!(entry.stream().offset, *stream, "entry {number}");
        assert_eq!(entry.size_bytes, bytes.len() as u64, "entry {number}");
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            let start = (*stream % PATTERN_BYTES as u64) as usize;
            let (piece, after) = rest.split_at(rest.len().min(PATTERN_BYTES));
            assert!(twice[start..].starts_with(piece), "entry {number}");
            *stream += piece.len() as u64;
            rest = after;
        }
        ControlFlow::Continue(())
    });
    assert_eq!(next, record.status().entries);
    connections
}

#[test]
fn a_server_killed_under_load_loses_at_most_the_last_second() {
    for round in 0..ROUNDS {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("capture");
        let option = dir.to_str().unwrap();
        let (mut server, address) = Bothends::serve("127.0.0.1:0", &["--record", option]);
        let streams: Vec<_> = (0..PEERS).map(|_| connect(address)).collect();
        let peers: Vec<_> = streams.iter().map(|it| it.local_addr().unwrap()).collect();
        let pumps: Vec<_> = streams.into_iter().map(pump).collect();
        // Each round kills at a different moment; any moment will do.
        let jitter = SystemTime::UNIX_EPOCH.elapsed().unwrap().subsec_nanos() % 1_000;
        thread::sleep(A_SECOND + Duration::from_millis((300 + jitter).into()));
        let killed = Instant::now();
        server.child.kill().unwrap();
        server.child.wait().unwrap();
        let heard: Vec<Heard> = pumps.into_iter().map(|it| it.join().unwrap()).collect();

        assert!(!Store::is_being_recorded(&dir));
        assert!(!Store::manifest_of(&dir).unwrap().is_closed());
        let recorded = recorded(&dir);
        for (peer, heard) in peers.iter().zip(heard) {
            let before = heard.iter().rev().find(|it| it.0 + A_SECOND <= killed);
            let before = before.map_or(0, |it| it.1);
            assert!(before > 0, "round {round}: no load");
            let streams = recorded.iter().find(|it| it.peer == Some(*peer)).unwrap();
            let Streams { sent, received, .. } = *streams;
            assert!(
                sent >= before && received >= before,
                "round {round}: {peer} had heard {before} bytes; on record: {received} received, {sent} sent"
            );
        }
    }
}
