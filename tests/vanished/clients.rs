//! Clients whose server is gone, or was never there.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use bothends::capture::EventKind;
use bothends::net::{ClientConfig, ClosedBy, Command, EndpointId, NetError, Reconnect, SendTo};

use crate::network::{Lent, Test};
use crate::servers::{KEEP_ALIVE, gave_up, take_away};
use crate::support::{CLIENT, DEADLINE, ProcessorTime, Rig, client_of, read_exactly};

pub(crate) const TESTS: &[Test] = &[
    ("a_client_gives_up_where_nobody_answers", unanswered),
    ("a_client_stops_where_nobody_answers", stopped),
    ("without_keep_alive_a_client_stays_calm", no_keep_alive),
    ("a_client_comes_back_to_a_server_that_vanished", comes_back),
];

/// How long a client waits for a SYN-ACK.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(200);

/// Connects to a server on a machine of its own. Returns its listener and its end of the connection.
fn connect(
    rig: &mut Rig,
    client: EndpointId,
    config: impl FnOnce(SocketAddr) -> ClientConfig,
) -> (TcpListener, TcpStream, Lent) {
    let machine = Lent::new();
    let listener = TcpListener::bind(machine.address()).unwrap();
    let config = config(listener.local_addr().unwrap());
    rig.command(client, Command::connect(config));
    rig.connected();
    let (peer, _) = listener.accept().unwrap();
    peer.set_read_timeout(Some(DEADLINE)).unwrap();
    (listener, peer, machine)
}

/// An address that was somebody's.
fn nowhere() -> SocketAddr {
    let machine = Lent::new();
    let listener = TcpListener::bind(machine.address()).unwrap();
    listener.local_addr().unwrap()
}

fn unanswered() {
    let mut rig = Rig::new();
    let mut config = client_of(nowhere());
    config.connect_timeout = CONNECT_TIMEOUT;
    rig.command(CLIENT, Command::connect(config));
    let (timeout, last) = rig.connect_failed(|error| match error {
        NetError::ConnectTimeout { timeout, .. } => Some(*timeout),
        _ => None,
    });
    assert_eq!((timeout, last), (CONNECT_TIMEOUT, true));
}

fn stopped() {
    let mut rig = Rig::new();
    rig.command(CLIENT, Command::connect(client_of(nowhere())));
    rig.wait("connecting", |event| {
        matches!(event.kind, EventKind::Connecting).then_some(())
    });
    rig.command(CLIENT, Command::Stop);
    let ((), last) =
        rig.connect_failed(|error| matches!(error, NetError::ConnectGivenUp { .. }).then_some(()));
    assert!(last);
}

fn no_keep_alive() {
    const ALONE: EndpointId = EndpointId(72);
    let mut rig = Rig::new();
    let (_listener, peer, machine) = connect(&mut rig, ALONE, client_of);
    take_away(peer, machine);
    rig.send(ALONE, SendTo::All, "are you there?");
    rig.wait("sent", |event| {
        matches!(event.kind, EventKind::Sent { .. }).then_some(())
    });
    ProcessorTime::of(ALONE).assert_idle();
    rig.command(ALONE, Command::Stop);
    let closed = rig.closed();
    assert!(matches!(closed.by, ClosedBy::Us), "{closed:?}");
}

/// The server is missed, looked for in vain, and found again.
fn comes_back() {
    let mut rig = Rig::new();
    let (listener, peer, machine) = connect(&mut rig, CLIENT, |address| {
        let mut config = client_of(address);
        config.options.keep_alive = Some(KEEP_ALIVE);
        config.connect_timeout = CONNECT_TIMEOUT;
        config.reconnect = Some(Reconnect {
            first: Duration::from_millis(10),
            most: Duration::from_millis(40),
            attempts: None,
        });
        config
    });
    let address = listener.local_addr().unwrap();
    drop(listener);
    let again = machine.again();
    take_away(peer, machine);
    gave_up(&mut rig);
    rig.connect_failed(|error| matches!(error, NetError::ConnectTimeout { .. }).then_some(()));
    let machine = again();
    let listener = TcpListener::bind(address).unwrap();
    rig.connected();
    let (mut peer, _) = listener.accept().unwrap();
    peer.set_read_timeout(Some(DEADLINE)).unwrap();
    rig.send(CLIENT, SendTo::All, "again");
    assert_eq!(read_exactly(&mut peer, 5), b"again");
    drop(machine);
}
