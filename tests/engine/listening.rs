//! Binding: address families, ports in use, restarting.

use std::io::{ErrorKind, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};

use bothends::capture::EventKind;
use bothends::net::{ClosedBy, Command, NetError, ServerConfig};

use crate::support::{
    DEADLINE, Rig, SERVER, connection, dial, is_by, read_exactly, read_to_fin, server,
};

#[test]
fn a_port_in_use_is_an_error_and_the_endpoint_keeps_working() {
    let mut rig = Rig::new();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let config = ServerConfig::new(taken.local_addr().unwrap());
    rig.command(SERVER, Command::Listen(config));
    let (is_taken, _) = rig.failed(|error| Some(error.is_port_taken()));
    assert!(is_taken);
    rig.serve_one(server());
}

#[test]
fn an_address_of_another_machine_cannot_be_bound() {
    let mut rig = Rig::new();
    let bind = SocketAddr::from((Ipv4Addr::new(203, 0, 113, 1), 0));
    rig.command(SERVER, Command::Listen(ServerConfig::new(bind)));
    let (kind, _) = rig.failed(|error| match error {
        NetError::Listen { source, .. } => Some(source.kind),
        _ => None,
    });
    assert_eq!(kind, ErrorKind::AddrNotAvailable);
}

#[test]
fn a_dual_stack_server_shows_ipv4_peers_as_ipv4() {
    let mut rig = Rig::new();
    let mut config = ServerConfig::new(SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)));
    config.dual_stack = true;
    if TcpListener::bind(config.bind.ip().unwrap()).is_err() {
        eprintln!("not run: this machine has no IPv6");
        return;
    }
    let address = rig.listen(config);
    let peer = dial(SocketAddr::from((Ipv4Addr::LOCALHOST, address.port())));
    let link = rig.wait("accepted", |event| match event.kind {
        EventKind::Accepted { .. } => event.link.clone(),
        _ => None,
    });
    assert_eq!(link.peer, peer.local_addr().unwrap());
    assert_eq!(link.local, Some(peer.peer_addr().unwrap().into()));
}

#[test]
fn an_ipv6_server_refuses_ipv4_peers_unless_it_is_dual_stack() {
    let mut rig = Rig::new();
    let config = ServerConfig::new(SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)));
    if TcpListener::bind(config.bind.ip().unwrap()).is_err() {
        eprintln!("not run: this machine has no IPv6");
        return;
    }
    let address = rig.listen(config);
    let target = SocketAddr::from((Ipv4Addr::LOCALHOST, address.port()));
    let error = TcpStream::connect_timeout(&target, DEADLINE).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
}

#[test]
fn a_stopped_server_can_restart_on_its_port() {
    let mut rig = Rig::new();
    let (mut peer, id) = rig.serve_one(server());
    let address = peer.peer_addr().unwrap();
    rig.command(SERVER, Command::Stop);
    let closed_id = rig.wait("closed", |event| match &event.kind {
        EventKind::Closed(closed) if is_by(closed, &ClosedBy::Stop) => Some(connection(event)),
        _ => None,
    });
    assert_eq!(closed_id, id);
    rig.stopped();
    // The server closed first: its end enters TIME_WAIT once the peer has closed too.
    assert!(read_to_fin(&mut peer).is_empty());
    drop(peer);
    assert_eq!(rig.listen(ServerConfig::new(address)), address);
    let mut peer = dial(address);
    peer.write_all(b"again").unwrap();
    assert_eq!(read_exactly(&mut peer, 5), b"again");
}
