//! Compares the recording with the wire: kinds, order and bytes must match what tcpdump captured on the loopback
//! interface.
//!
//! Without tcpdump, or without the right to capture, this is ignored with the reason. With `BOTHENDS_REQUIRE_ALL` set
//! it fails instead.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[cfg(target_os = "linux")]
#[path = "support/lifecycle.rs"]
mod lifecycle;
mod support;
#[path = "support/tcpdump.rs"]
mod tcpdump;

use std::collections::HashMap;
use std::env;
use std::io::Write as _;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bothends::capture::EventKind;
use bothends::capture::store::{Keep, Store};
use bothends::capture::{
    Capture, Depth, EndpointState, EndpointStatus, Entry, Record, RecordUpdate,
};
use bothends::net::{Clock, Command, EndpointId, Engine, SendTo};
use bothends::script::Message;
use bothends::words::ENGLISH;
use crossbeam_channel::Receiver;
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use socket2::Socket;
use support::{
    CLIENT, DEADLINE, SERVER, client_of, dial, pattern, read_exactly, read_to_fin, server,
};
use tcpdump::Tcpdump;

const EXCHANGES: [usize; 6] = [1, 14, 100, 1_000, 1_400, 3];
const LARGE: usize = 1_000_000;

fn main() -> ExitCode {
    let trial = Trial::ignorable_test("the_record_is_what_was_on_the_wire", || {
        let mut stage = Stage::set();
        match Tcpdump::start(stage.address.port()) {
            Ok(tcpdump) => Ok(stage.play(tcpdump)),
            Err(reason) => ignore(reason),
        }
    });
    let trials = vec![
        trial,
        #[cfg(target_os = "linux")]
        Trial::ignorable_test(
            "lifecycles_are_what_was_on_the_wire",
            || match lifecycle::play() {
                Ok(()) => Ok(Completion::Completed),
                Err(reason) => ignore(reason),
            },
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Skips the test, unless the machine is required to run it.
fn ignore(reason: String) -> Result<Completion, Failed> {
    match env::var_os("BOTHENDS_REQUIRE_ALL") {
        Some(_) => Err(reason.into()),
        None => Ok(Completion::ignored_with(reason)),
    }
}

/// An echo server that is being recorded.
struct Stage {
    engine: Engine,
    _capture: Capture,
    updates: Receiver<RecordUpdate>,
    endpoints: HashMap<EndpointId, EndpointStatus>,
    record: Record,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Stage {
    fn set() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("capture");
        let store = Store::create(&dir, Keep::up_to(u64::MAX), SystemTime::now()).unwrap();
        let record = Record::new(Arc::new(store));
        let clock = Clock::start();
        let (mut engine, events) = Engine::new(clock);
        let store = Arc::clone(record.store());
        let (capture, updates) = Capture::start(events, clock, store, &ENGLISH, || {}).unwrap();
        engine.command(SERVER, Command::Listen(server())).unwrap();
        let mut stage = Self {
            engine,
            _capture: capture,
            updates,
            endpoints: HashMap::new(),
            record,
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            _folder: folder,
        };
        stage.address = stage.wait(SERVER, |it| match &it.state {
            EndpointState::Listening { local, .. } => local.ip(),
            _ => None,
        });
        stage
    }

    /// Waits until an endpoint has a status that `pick` accepts.
    fn wait<T>(&mut self, id: EndpointId, pick: impl Fn(&EndpointStatus) -> Option<T>) -> T {
        loop {
            if let Some(found) = self.endpoints.get(&id).and_then(&pick) {
                return found;
            }
            if let RecordUpdate::Status(status) = self.updates.recv_timeout(DEADLINE).unwrap() {
                let endpoints = status.endpoints.into_iter();
                self.endpoints.extend(endpoints.map(|it| (it.endpoint, it)));
            }
        }
    }

    fn play(&mut self, tcpdump: Tcpdump) -> Completion {
        let peers = [
            exchange_then(self.address, finish),
            exchange_then(self.address, reset),
            stream(self.address),
        ];
        self.ended(SERVER, peers.len() as u64);
        let client = self.client_exchanges();
        self.engine.command(CLIENT, Command::Stop).unwrap();
        self.ended(SERVER, peers.len() as u64 + 1);
        self.ended(CLIENT, 1);

        let seen = tcpdump.finish();
        let mut recorded = Vec::new();
        self.record
            .visit(0..self.record.status().entries, Depth::Whole, |_, entry| {
                recorded.push(entry.unwrap());
                ControlFlow::Continue(())
            });
        for peer in [peers[0], peers[1], client] {
            let client_steps = story(&recorded, SERVER, |local, it| it == peer && local != peer);
            assert_eq!(client_steps, story(&seen, SERVER, |_, it| it == peer));
        }
        let large = |entries| story(entries, SERVER, |_, it| it == peers[2]);
        compare_streams(&large(&recorded), &large(&seen));
        // The client's end is the other side of the same connection.
        let client_steps = story(&recorded, CLIENT, |local, _| local == client);
        let data = |story: Vec<Step>| story.into_iter().filter(Step::is_data);
        let seen = data(story(&seen, SERVER, |_, it| it == client)).map(Step::mirrored);
        assert!(data(client_steps).eq(seen));
        Completion::Completed
    }

    /// The engine's own client exchanges messages with the engine's own server.
    fn client_exchanges(&mut self) -> SocketAddr {
        let mut total = 0;
        for len in EXCHANGES {
            let message = Message::Bytes(pattern(len).into());
            let to = SendTo::Client(Box::new(client_of(self.address)));
            let send = Command::Send { to, message };
            self.engine.command(CLIENT, send).unwrap();
            total += len as u64;
            self.wait(CLIENT, |it| (it.received_bytes == total).then_some(()));
        }
        let entries = self.record.status().entries;
        let last = self
            .record
            .entry(entries - 1, Depth::Head)
            .unwrap()
            .unwrap();
        last.event
            .link
            .unwrap()
            .local
            .as_ref()
            .unwrap()
            .ip()
            .unwrap()
    }

    fn ended(&mut self, endpoint: EndpointId, connections: u64) {
        self.wait(endpoint, |it| {
            (it.ended_connections == connections).then_some(())
        });
    }
}

/// A peer that sends messages, waits for each echo, and finally ends the connection with `end`.
fn exchange_then(address: SocketAddr, end: fn(TcpStream)) -> SocketAddr {
    let mut peer = dial(address);
    for len in EXCHANGES {
        peer.write_all(&pattern(len)).unwrap();
        assert_eq!(read_exactly(&mut peer, len), pattern(len));
    }
    let local = peer.local_addr().unwrap();
    end(peer);
    local
}

fn finish(mut peer: TcpStream) {
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_fin(&mut peer), b"");
}

fn reset(peer: TcpStream) {
    let socket = Socket::from(peer);
    socket.set_linger(Some(Duration::ZERO)).unwrap();
}

/// A peer that sends much at once, and reads the echo meanwhile.
fn stream(address: SocketAddr) -> SocketAddr {
    let mut peer = dial(address);
    let mut sender = peer.try_clone().unwrap();
    let sending = std::thread::Builder::new().spawn(move || {
        sender.write_all(&pattern(LARGE)).unwrap();
        sender.shutdown(Shutdown::Write).unwrap();
    });
    assert!(read_to_fin(&mut peer) == pattern(LARGE));
    sending.unwrap().join().unwrap();
    peer.local_addr().unwrap()
}

/// A step of a connection: what happened, with consecutive chunks of one direction joined.
#[derive(Debug, PartialEq)]
struct Step {
    kind: &'static str,
    bytes: Vec<u8>,
}

impl Step {
    fn is_data(&self) -> bool {
        !self.bytes.is_empty()
    }

    fn mirrored(self) -> Self {
        let kind = match self.kind {
            "received" => "sent",
            _ => "received",
        };
        Self { kind, ..self }
    }
}

/// The steps of an endpoint's connections whose addresses are accepted.
fn story(
    entries: &[Entry],
    endpoint: EndpointId,
    is_wanted: impl Fn(SocketAddr, SocketAddr) -> bool,
) -> Vec<Step> {
    let mut story: Vec<Step> = Vec::new();
    for entry in entries.iter().filter(|it| it.event.endpoint == endpoint) {
        let ends = entry
            .event
            .link
            .as_ref()
            .and_then(|it| Some((it.local.as_ref()?.ip()?, it.peer.ip()?)));
        if !ends.is_some_and(|(local, peer)| is_wanted(local, peer)) {
            continue;
        }
        let kind = match entry.event.kind {
            EventKind::Accepted { .. } => "accepted",
            EventKind::Received { .. } => "received",
            EventKind::Sent { .. } => "sent",
            EventKind::PeerFinished => "finished by the peer",
            EventKind::Closed(_) => "closed",
            EventKind::Reset { .. } => "reset",
            // Closing sends the FIN, which is a separate step on the wire but not in a program.
            EventKind::WeFinished => continue,
            _ => "something else",
        };
        let bytes = entry
            .payload()
            .map_or_else(Vec::new, |it| it.bytes.to_vec());
        match story.last_mut() {
            Some(last) if last.kind == kind && last.is_data() => last.bytes.extend(bytes),
            _ => story.push(Step { kind, bytes }),
        }
    }
    story
}

/// If both ends write at once, the wire and the program interleave the directions differently, but each direction is
/// the same.
fn compare_streams(recorded: &[Step], seen: &[Step]) {
    let of = |story: &[Step], kind: &str| {
        let mine = story.iter().filter(|it| it.kind == kind);
        mine.flat_map(|it| it.bytes.clone()).collect::<Vec<u8>>()
    };
    for kind in ["received", "sent"] {
        assert!(of(recorded, kind) == of(seen, kind), "{kind}");
        assert_eq!(of(seen, kind).len(), LARGE, "{kind}");
    }
    let kinds = |story: &[Step]| {
        let other = story.iter().filter(|it| !it.is_data());
        other.map(|it| it.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds(recorded), kinds(seen));
}
