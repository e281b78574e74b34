//! What flows through an encrypted connection: long streams, slow readers, pace, and sizes on the wire.

use std::cell::Cell;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::num::NonZeroU32;
use std::rc::Rc;
use std::thread;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::tls::{ServerTls, Versions};
use bothends::net::{Command, EngineEventKind, Observe, SendTo};
use bothends::script::{Act, Reply, Slices};
use rustls::StreamOwned;

use super::{agreed, servers, serving};
use crate::ground::Ground;
use crate::support::{CLIENT, MIB, SERVER, deadline, pattern, script};

#[test]
fn sixteen_mebibytes_are_echoed_completely_on_both_families() {
    let ground = Ground::new();
    for config in servers() {
        let mut rig = ground.rig();
        let address = rig.listen(config);
        let message = pattern(16 * MIB);
        let to = SendTo::Client(Box::new(ground.client(address)));
        rig.send(CLIENT, to, message.clone());
        let mut got = Vec::new();
        let until = deadline();
        while got.len() < message.len() {
            for event in rig.events.recv_deadline(Some(until)).unwrap() {
                if let (CLIENT, EngineEventKind::Received { payload }) =
                    (event.endpoint, event.kind)
                {
                    got.extend_from_slice(&payload.bytes);
                }
            }
        }
        assert!(got == message);
    }
}

#[test]
fn nothing_is_copied_for_bytes_that_nobody_observes() {
    let ground = Ground::new();
    let (engine, events) = bothends::net::Engine::new(bothends::net::Clock::start());
    let engine = engine.with_tls(ground.home().clone());
    let mut rig = crate::support::Rig::with_engine(engine, events, Observe::Lifecycle);
    let address = rig.listen(serving(ServerTls::default()));
    let mut peer = ground.foreign(address);
    let message = pattern(MIB);
    for piece in message.chunks(64 * 1024) {
        peer.write_all(piece).unwrap();
        let mut got = vec![0; piece.len()];
        peer.read_exact(&mut got).unwrap();
        assert!(got == piece);
    }
    agreed(&mut rig, SERVER);
    assert!(rig.received(SERVER).is_empty());
}

#[test]
fn a_peer_that_does_not_read_holds_us_up_and_gets_everything_later() {
    let ground = Ground::new();
    for config in servers() {
        let mut rig = ground.rig();
        let address = rig.listen(config);
        let mut peer = ground.foreign(address);
        peer.write_all(b"x").unwrap();
        peer.read_exact(&mut [0]).unwrap();
        let message = pattern(32 * MIB);
        rig.send(SERVER, SendTo::All, message.clone());
        rig.wait("a write", |event| match &event.kind {
            EventKind::Sent { payload, .. } => (payload.bytes.len() > 1).then_some(()),
            _ => None,
        });
        // This makes the peer slow; it is not synchronisation.
        rig.take_now(Duration::from_millis(300));
        let sent = rig.log.iter().filter_map(|event| match &event.kind {
            EventKind::Sent { payload, .. } => Some(payload.bytes.len()),
            _ => None,
        });
        let sent: usize = sent.sum();
        assert!(sent < message.len(), "{sent} of {}", message.len());
        let mut got = vec![0; message.len()];
        let reading = thread::Builder::new().spawn(move || {
            peer.read_exact(&mut got).unwrap();
            (got, peer)
        });
        let reading = reading.unwrap();
        while !reading.is_finished() {
            rig.take_for(Duration::from_millis(20));
        }
        assert!(reading.join().unwrap().0 == message);
    }
}

#[test]
fn a_peer_that_sends_and_does_not_read_is_held_up() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let mut peer = ground.foreign(address);
    peer.write_all(b"x").unwrap();
    peer.read_exact(&mut [0]).unwrap();
    let moment = Some(Duration::from_millis(300));
    peer.sock.set_write_timeout(moment).unwrap();
    let block = vec![b'x'; 64 * 1024];
    let mut written = 0;
    while peer.write_all(&block).is_ok() {
        written += block.len();
        assert!(written < 64 * MIB, "the server takes everything");
        rig.take_for(Duration::ZERO);
    }
}

#[test]
fn reading_stops_and_resumes() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let mut config = serving(ServerTls::default());
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let mut peer = ground.foreign(address);
    let id = rig.accepted();
    let act = |rig: &mut crate::support::Rig, act| {
        let connection = id;
        rig.command(SERVER, Command::Act { connection, act });
    };
    // The handshake goes on all the same.
    act(&mut rig, Act::StopReading);
    peer.write_all(b"one").unwrap();
    peer.flush().unwrap();
    agreed(&mut rig, SERVER);
    rig.send(SERVER, SendTo::All, "marker");
    let mut read = [0; 6];
    peer.read_exact(&mut read).unwrap();
    assert!(rig.received(SERVER).is_empty());
    act(&mut rig, Act::ResumeReading);
    assert_eq!(rig.receive(SERVER, 3), b"one");
}

#[test]
fn slices_and_a_rate_are_of_what_is_encrypted() {
    let ground = Ground::new();
    let mut rig = ground.rig();
    let address = rig.listen(serving(ServerTls::default()));
    let mut peer = ground.foreign(address);
    let connection = rig.accepted();
    let slices = Slices {
        bytes: NonZeroU32::new(3).unwrap(),
        pause: Duration::from_millis(5),
    };
    for act in [
        Act::Slice(Some(slices)),
        Act::Rate(NonZeroU32::new(100_000)),
    ] {
        rig.command(SERVER, Command::Act { connection, act });
    }
    rig.send(SERVER, SendTo::All, "0123456789");
    let mut read = [0; 10];
    peer.read_exact(&mut read).unwrap();
    assert_eq!(&read, b"0123456789");
    let mut sizes = Vec::new();
    while sizes.iter().sum::<usize>() < 10 {
        sizes.push(rig.wait("a write", |event| match &event.kind {
            EventKind::Sent { payload, .. } => Some(payload.bytes.len()),
            _ => None,
        }));
    }
    assert_eq!(sizes, [3, 3, 3, 1]);
}

/// A socket that counts what passes.
struct Counting {
    socket: TcpStream,
    read: Rc<Cell<u64>>,
    written: Rc<Cell<u64>>,
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.socket.read(buffer)?;
        self.read.set(self.read.get() + count as u64);
        Ok(count)
    }
}

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.socket.write(bytes)?;
        self.written.set(self.written.get() + count as u64);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

/// Returns how much the entries of the server say that was read from and written to the wire, and how much of it was
/// what people sent.
fn sizes(rig: &crate::support::Rig) -> [(u64, u64); 2] {
    let mut sums = [(0, 0); 2];
    for event in &rig.log {
        let (place, payload) = match &event.kind {
            EventKind::Received { payload } => (0, payload),
            EventKind::Sent { payload, .. } => (1, payload),
            _ => continue,
        };
        let wire = payload.wire_bytes.unwrap();
        assert!(wire > 0, "{payload:?}");
        sums[place].0 += u64::from(wire);
        sums[place].1 += payload.bytes.len() as u64;
    }
    sums
}

#[test]
fn sizes_on_the_wire_add_up_to_what_the_socket_carried() {
    let ground = Ground::new();
    for versions in [Versions::Only12, Versions::Only13] {
        let mut rig = ground.rig();
        let address = rig.listen(serving(ServerTls {
            versions,
            ..ServerTls::default()
        }));
        let StreamOwned { mut conn, sock } = ground.foreign(address);
        let mut socket = Counting {
            socket: sock,
            read: Rc::default(),
            written: Rc::default(),
        };
        // A first message that comes together with the end of the handshake is no part of it.
        conn.writer().write_all(b"early").unwrap();
        while conn.is_handshaking() {
            conn.complete_io(&mut socket).unwrap();
        }
        let (read, written) = (Rc::clone(&socket.read), Rc::clone(&socket.written));
        let mut peer = StreamOwned::new(conn, socket);
        peer.read_exact(&mut [0; 5]).unwrap();
        let before = (read.get(), written.get());
        let expected_early = 5;
        for size in [1, 100, 20_000] {
            let message = pattern(size);
            peer.write_all(&message).unwrap();
            let mut got = vec![0; size];
            peer.read_exact(&mut got).unwrap();
        }
        let total = 20_101 + expected_early;
        rig.receive(SERVER, total);
        rig.wait("the last write", |event| match &event.kind {
            EventKind::Sent { payload, .. } => {
                (payload.bytes.last() == pattern(20_000).last()).then_some(())
            }
            _ => None,
        });
        let [received, sent] = sizes(&rig);
        assert_eq!((received.1, sent.1), (total as u64, total as u64));
        // What came before it was counted: one record of 5 bytes in either direction.
        let early = if versions == Versions::Only12 {
            5 + 8 + 5 + 16
        } else {
            5 + 5 + 1 + 16
        };
        assert_eq!(received.0, written.get() - before.1 + early, "{versions:?}");
        assert_eq!(sent.0, read.get() - before.0 + early, "{versions:?}");
    }
}
