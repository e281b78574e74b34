//! Hostile servers against clients: each connection ends as it must or lasts until it is stopped, and the same client
//! is served by a good server afterwards.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::num::NonZeroU32;
use std::thread;
use std::time::{Duration, Instant};

use bothends::capture::EventKind;
use bothends::net::{Command, Reconnect, SendTo};
use bothends::script::Reply;

use crate::bounds::Bounds;
use crate::support::hostile::ledger::{End, Ledger};
use crate::support::hostile::servers::{HostileServer, MESSAGE_BYTES, servers};
use crate::support::hostile::{Ends, reset};
use crate::support::{CLIENT, DEADLINE, Rig, client_of, deaf_socket, fixed, read_exactly, script};

/// How many connections a client makes at once.
const CONNECTIONS: u32 = 8;

#[test]
fn hostile_servers_trouble_no_client() {
    suffer(&Reply::None, &[None]);
}

#[test]
fn hostile_servers_trouble_no_client_that_echoes() {
    suffer(&Reply::Echo, &[None]);
}

#[test]
fn hostile_servers_trouble_no_client_with_a_framing() {
    let framings = ["lf", "http", "length:u32be", "resp", "websocket"];
    suffer(&fixed("OK\n"), &framings.map(Some));
}

/// Has clients with this reply, and each of these framings, suffer all servers.
fn suffer(reply: &Reply, framings: &[Option<&str>]) {
    let bounds = Bounds::new();
    let mut rig = Rig::new();
    for framing in framings {
        for server in servers() {
            suffer_one(&mut rig, &bounds, &server, (reply, *framing));
            is_served(&mut rig);
        }
    }
    rig.engine.shutdown();
    drop(rig.events);
    bounds.are_given_back();
}

fn suffer_one(
    rig: &mut Rig,
    bounds: &Bounds,
    server: &HostileServer,
    (reply, framing): (&Reply, Option<&str>),
) {
    let name = format!("{}, {framing:?}", server.name);
    let (listener, address) = server.listen();
    let mut config = Box::new(client_of(address));
    script(&mut config.behaviour).reply = reply.clone();
    script(&mut config.behaviour).framing = framing.map(|it| it.parse().unwrap());
    let connections = NonZeroU32::new(CONNECTIONS).unwrap();
    let mut ledger = Ledger::default();
    rig.command(
        CLIENT,
        Command::Connect {
            config,
            connections,
        },
    );
    let count = connections.get() as usize;
    ledger.until(rig, &name, |it| it.accounts.len() == count);
    rig.send(CLIENT, SendTo::All, vec![b'm'; MESSAGE_BYTES]);
    let held = thread::scope(|scope| {
        let serving = scope.spawn(|| server.serve(&listener, count));
        while !serving.is_finished() {
            ledger.take(rig);
            bounds.check_memory(server.name);
        }
        serving.join().unwrap()
    });
    let ends = match (reply, server.ends) {
        // It leaves while it is answered.
        (Reply::Echo | Reply::Message(_), Ends::Finished) => Ends::EitherWay,
        (_, ends) => ends,
    };
    if ends != Ends::Held {
        ledger.until(rig, &name, |it| it.open() == 0);
    }
    for account in ledger.accounts.values() {
        let end = account.end.as_ref();
        assert!(ends.allows(end), "{name}: {ends:?}, {end:?}");
    }
    rig.command(CLIENT, Command::Stop);
    ledger.until(rig, &name, |it| it.open() == 0);
    if cfg!(target_os = "linux") {
        let stopped = if ends == Ends::Held { count } else { 0 };
        assert_eq!(ledger.count(&End::Ours), stopped, "{name}");
    }
    drop(held);
}

/// The client, which has no connection, talks to a good server.
fn is_served(rig: &mut Rig) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let config = client_of(listener.local_addr().unwrap());
    rig.command(CLIENT, Command::connect(config));
    rig.connected();
    let (mut peer, _) = listener.accept().unwrap();
    peer.set_read_timeout(Some(DEADLINE)).unwrap();
    rig.send(CLIENT, SendTo::All, "ping");
    assert_eq!(read_exactly(&mut peer, 4), b"ping");
    peer.write_all(b"pong").unwrap();
    assert_eq!(rig.receive(CLIENT, 4), b"pong");
    rig.command(CLIENT, Command::Stop);
    rig.closed();
    rig.drain();
}

fn returning(address: SocketAddr) -> Command {
    let mut config = client_of(address);
    config.reconnect = Some(Reconnect {
        first: Duration::from_millis(10),
        most: Duration::from_millis(40),
        attempts: None,
    });
    Command::connect(config)
}

#[test]
fn a_server_that_refuses_at_first_is_reached_once_it_accepts() {
    let _bounds = Bounds::new();
    let mut rig = Rig::new();
    let (socket, address) = deaf_socket();
    rig.command(CLIENT, returning(address));
    let mut ledger = Ledger::default();
    ledger.until(&mut rig, "it is refused", |it| it.failed_connects >= 3);
    socket.listen(1).unwrap();
    ledger.until(&mut rig, "it is accepted", |it| it.open() == 1);
    let (mut peer, _) = TcpListener::from(socket).accept().unwrap();
    peer.set_read_timeout(Some(DEADLINE)).unwrap();
    rig.send(CLIENT, SendTo::All, "ping");
    assert_eq!(read_exactly(&mut peer, 4), b"ping");
}

#[test]
fn a_server_that_resets_again_and_again_is_not_stormed() {
    const TIMES: u32 = 30;
    let _bounds = Bounds::new();
    let mut rig = Rig::new();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let began = Instant::now();
    rig.command(CLIENT, returning(listener.local_addr().unwrap()));
    for _ in 0..TIMES {
        // It may be over before the client has noticed that it began.
        reset(&listener.accept().unwrap().0);
    }
    let (mut peer, _) = listener.accept().unwrap();
    // A wait loses up to a quarter by chance.
    let least = Duration::from_millis(10) * 3 / 4 * TIMES;
    assert!(began.elapsed() >= least, "{:?}", began.elapsed());
    let mut ledger = Ledger::default();
    ledger.until(&mut rig, "each is on record", |it| {
        it.accounts.len() + it.failed_connects == TIMES as usize + 1 && it.open() == 1
    });
    let resets = ledger.count(&End::Reset) + ledger.failed_connects;
    assert_eq!(resets, TIMES as usize);
    peer.set_read_timeout(Some(DEADLINE)).unwrap();
    rig.send(CLIENT, SendTo::All, "ping");
    assert_eq!(read_exactly(&mut peer, 4), b"ping");
}

#[test]
fn two_ends_that_echo_each_other_do_so_until_they_are_stopped() {
    let bounds = Bounds::new();
    let mut rig = Rig::new();
    let address = rig.listen(crate::support::server());
    let mut config = client_of(address);
    script(&mut config.behaviour).reply = Reply::Echo;
    rig.command(CLIENT, Command::connect(config));
    rig.both_ends();
    rig.send(CLIENT, SendTo::All, vec![b'x'; 100_000]);
    let mut rounds = 0;
    while rounds < 100 {
        rig.take_now(Duration::from_millis(20));
        let events = rig.drain();
        let received =
            |it: &&bothends::capture::Event| matches!(it.kind, EventKind::Received { .. });
        rounds += events.iter().filter(received).count();
        bounds.check_memory("while they echo");
    }
    rig.command(CLIENT, Command::Stop);
    rig.closed();
}
