//! As many connections in turn as there are ports, from one server.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::thread;

use bothends::net::{Command, Observe};
use socket2::{Domain, Socket, Type};

use crate::bounds::Bounds;
use crate::support::hostile::ledger::{End, Ledger};
use crate::support::hostile::reset;
use crate::support::{DEADLINE, Rig, SERVER, dial, read_exactly, server};

/// How many there are in turn.
const CONNECTIONS: usize = 65_536;
/// After so many, it is seen that the server has accepted all of them: fewer than its accept queue takes.
const ROUND: usize = 1_024;
/// One in so many closes instead of resetting. Its port is in `TIME_WAIT` then, for a minute.
const CLOSES: usize = 8;

#[test]
fn sixty_four_thousand_connections_come_in_turn() {
    let bounds = Bounds::new();
    let mut rig = Rig::observing(Observe::Lifecycle);
    let address = rig.listen(server());
    let mut ledger = Ledger::default();
    let come = thread::Builder::new().spawn(move || come(address));
    let come = come.unwrap();
    while !come.is_finished() {
        ledger.take(&mut rig);
        bounds.check_memory("while they come");
    }
    let newest = come.join().unwrap();
    let good = CONNECTIONS / ROUND;
    ledger.until(&mut rig, "all have ended", |it| {
        it.open() == 0 && it.ends_with(newest)
    });
    // Elsewhere, those that are gone before they are accepted are not seen.
    if cfg!(target_os = "linux") {
        assert_eq!(ledger.accounts.len(), CONNECTIONS + good);
        assert_eq!(ledger.count(&End::Finished), CONNECTIONS / CLOSES + good);
        let resets = CONNECTIONS - CONNECTIONS / CLOSES;
        assert_eq!(ledger.count(&End::Reset), resets);
    }
    rig.command(SERVER, Command::Stop);
    ledger.until(&mut rig, "the server stops", |it| it.is_stopped);
    rig.engine.shutdown();
    drop(rig.events);
    bounds.are_given_back();
}

/// Has all of them come, and good peers between them. Returns the address of the last one.
fn come(address: SocketAddr) -> SocketAddr {
    let mut newest = address;
    for round in 0..CONNECTIONS / ROUND {
        for at in 0..ROUND {
            let stream = connect_from(source(round), address);
            if at % CLOSES != 0 {
                reset(&stream);
            }
        }
        let mut good = dial(address);
        good.write_all(b"ping").unwrap();
        assert_eq!(read_exactly(&mut good, 4), b"ping");
        newest = good.local_addr().unwrap();
    }
    newest
}

/// The address to connect from. All of 127.0.0.0/8 is this machine on Linux, so there are ports enough.
fn source(round: usize) -> Ipv4Addr {
    let last = if cfg!(target_os = "linux") {
        1 + round as u8 % 16
    } else {
        1
    };
    Ipv4Addr::new(127, 0, 0, last)
}

fn connect_from(source: Ipv4Addr, address: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from((source, 0)).into()).unwrap();
    socket.connect_timeout(&address.into(), DEADLINE).unwrap();
    socket.into()
}
