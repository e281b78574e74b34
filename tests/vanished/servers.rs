//! Servers whose peers are gone.

use std::io::Write as _;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::{
    ClosedBy, Command, EndpointId, FlowId, KeepAlive, NetError, SendTo, ServerConfig,
    WhenPeerFinishes,
};
use bothends::words::{ENGLISH, InWords as _};

use crate::network::{HalfOpen, Lent, Test, dial_from, half_open, raw_socket, vanish};
use crate::support::hostile::ledger::{End, Ledger};
use crate::support::{MIB, ProcessorTime, Rig, SERVER, dial, eventually, read_exactly, server};

pub(crate) const TESTS: &[Test] = &[
    ("half_open_handshakes_leave_room", half_open_crowd),
    ("handshakes_that_are_reset_leave_nothing", reset_handshakes),
    ("keep_alive_ends_a_peer_that_vanished", keep_alive),
    ("keep_alive_ends_one_that_finished", keep_alive_after_fin),
    ("without_keep_alive_a_server_stays_calm", no_keep_alive),
    ("a_server_stops_while_nobody_acknowledges", written_to),
    ("a_machine_that_was_restarted_resets", restarted),
];

/// The length of an accept queue.
const BACKLOG: u32 = 64;
/// How many handshakes are begun: many times as many as fit.
const HANDSHAKES: u16 = 1_000;
/// How many good peers come then.
const GOOD: usize = 20;

/// Probes after a second of silence, and gives up after three.
pub(crate) const KEEP_ALIVE: KeepAlive = KeepAlive {
    idle: Duration::from_secs(1),
    interval: Duration::from_secs(1),
    probes: 2,
};

/// Has a good peer echoed.
fn is_answered(address: SocketAddr) -> TcpStream {
    let mut good = dial(address);
    good.write_all(b"ping").unwrap();
    assert_eq!(read_exactly(&mut good, 4), b"ping");
    good
}

/// Takes a peer away, with its machine: first nothing gets there any more, then its socket is gone.
pub(crate) fn take_away(peer: TcpStream, machine: Lent) {
    drop(machine);
    vanish(peer);
}

/// Waits until a connection is accepted. Returns whether the system kept its SYN.
fn is_syn_kept(rig: &mut Rig) -> bool {
    rig.wait("accepted", |event| match &event.kind {
        EventKind::Accepted { syn, .. } => Some(syn.is_some()),
        _ => None,
    })
}

fn half_open_crowd() {
    let mut rig = Rig::new();
    let mut config = server();
    config.backlog = BACKLOG;
    let address = rig.listen(config);
    let mut before = is_answered(address);
    assert!(is_syn_kept(&mut rig));
    let socket = raw_socket().unwrap();
    for number in 0..HANDSHAKES {
        HalfOpen::number(number, address).send_syn(&socket);
    }
    let full = BACKLOG as usize;
    eventually("the queue is full", || half_open(address) >= full);
    // The rest is answered with cookies, for which nothing is kept (RFC 4987, 3.6).
    let kept = half_open(address);
    assert!(kept <= 2 * full, "{kept} are kept");
    let good: Vec<_> = (0..GOOD).map(|_| is_answered(address)).collect();
    // So were these: they found the queue full.
    assert!(!is_syn_kept(&mut rig));
    before.write_all(b"still there?").unwrap();
    assert_eq!(read_exactly(&mut before, 12), b"still there?");
    let mut ledger = Ledger::default();
    ledger.until(&mut rig, "good peers", |it| it.accounts.len() > GOOD);
    rig.command(SERVER, Command::Stop);
    ledger.until(&mut rig, "the server stops", |it| it.is_stopped);
    // Nobody else was accepted.
    assert_eq!(ledger.accounts.len(), GOOD + 1);
    assert_eq!(ledger.count(&End::Stopped), GOOD + 1);
    eventually("the handshakes are forgotten", || half_open(address) == 0);
    drop(good);
}

fn reset_handshakes() {
    const COUNT: u16 = 50;
    let mut rig = Rig::new();
    let address = rig.listen(server());
    let socket = raw_socket().unwrap();
    let all = || (0..COUNT).map(|number| HalfOpen::number(number, address));
    all().for_each(|it| it.send_syn(&socket));
    eventually("all are begun", || half_open(address) == usize::from(COUNT));
    all().for_each(|it| it.send_reset(&socket));
    eventually("all are reset", || half_open(address) == 0);
    let good = is_answered(address);
    let mut ledger = Ledger::default();
    ledger.until(&mut rig, "the good peer", |it| it.open() == 1);
    drop(good);
    ledger.until(&mut rig, "its end", |it| it.open() == 0);
    assert_eq!(ledger.accounts.len(), 1);
}

fn keeping_alive() -> ServerConfig {
    let mut config = server();
    config.options.keep_alive = Some(KEEP_ALIVE);
    config
}

/// Connects a peer on a machine of its own. Returns it with its connection.
fn serve_one(rig: &mut Rig, config: ServerConfig) -> (TcpStream, Lent, FlowId) {
    let address = rig.listen(config);
    let machine = Lent::new();
    let mut peer = dial_from(machine.address(), address);
    let id = rig.accepted();
    peer.write_all(b"ping").unwrap();
    assert_eq!(read_exactly(&mut peer, 4), b"ping");
    (peer, machine, id)
}

/// Waits until a connection has ended because nobody answered, and was said to have.
pub(crate) fn gave_up(rig: &mut Rig) {
    let closed = rig.closed();
    let ClosedBy::Failure(error) = closed.by else {
        panic!("{closed:?}");
    };
    let NetError::Receive { source, .. } = &*error else {
        panic!("{error}");
    };
    assert_eq!(source.kind, std::io::ErrorKind::TimedOut);
    let words = error.in_words(&ENGLISH);
    assert!(words.contains("timed out"), "{words}");
}

fn keep_alive() {
    let mut rig = Rig::new();
    let (peer, machine, _) = serve_one(&mut rig, keeping_alive());
    let address = peer.peer_addr().unwrap();
    // One that is silent, but there, is not given up.
    let mut silent = dial(address);
    take_away(peer, machine);
    gave_up(&mut rig);
    silent.write_all(b"here").unwrap();
    assert_eq!(read_exactly(&mut silent, 4), b"here");
}

fn keep_alive_after_fin() {
    let mut rig = Rig::new();
    let mut config = keeping_alive();
    config.behaviour.when_peer_finishes = WhenPeerFinishes::StayHalfOpen;
    let (peer, machine, _) = serve_one(&mut rig, config);
    peer.shutdown(Shutdown::Write).unwrap();
    rig.peer_finished();
    take_away(peer, machine);
    gave_up(&mut rig);
}

fn no_keep_alive() {
    const ALONE: EndpointId = EndpointId(71);
    let mut rig = Rig::new().with_server(ALONE);
    let (peer, machine, _) = serve_one(&mut rig, server());
    let address = peer.peer_addr().unwrap();
    take_away(peer, machine);
    ProcessorTime::of(ALONE).assert_idle();
    let good = is_answered(address);
    rig.accepted();
    rig.command(ALONE, Command::Stop);
    let stops = [(); 2].map(|()| rig.closed().by);
    let are_stops = stops.iter().all(|by| matches!(by, ClosedBy::Stop));
    assert!(are_stops, "{stops:?}");
    rig.stopped();
    drop(good);
}

fn written_to() {
    let mut rig = Rig::new();
    let (peer, machine, id) = serve_one(&mut rig, server());
    let address = peer.peer_addr().unwrap();
    rig.send(SERVER, SendTo::Connections(vec![id]), vec![0; 32 * MIB]);
    rig.wait("sent", |event| {
        matches!(event.kind, EventKind::Sent { .. }).then_some(())
    });
    take_away(peer, machine);
    // The system sends the same bytes again and again, for a quarter of an hour (`tcp(7)`, tcp_retries2).
    thread::sleep(Duration::from_millis(500));
    drop(is_answered(address));
    let closed = rig.closed();
    assert!(matches!(closed.by, ClosedBy::Peer), "{closed:?}");
    rig.command(SERVER, Command::Stop);
    let closed = rig.closed();
    assert!(matches!(closed.by, ClosedBy::Stop), "{closed:?}");
    assert!(closed.unsent_bytes > 0);
    rig.stopped();
}

fn restarted() {
    let mut rig = Rig::new();
    let (peer, machine, id) = serve_one(&mut rig, server());
    vanish(peer);
    // The machine is there, and knows of no such connection (RFC 9293, 3.5.1).
    rig.send(SERVER, SendTo::Connections(vec![id]), "are you there?");
    rig.wait("the reset", |event| {
        matches!(event.kind, EventKind::Reset { .. }).then_some(())
    });
    drop(machine);
}
