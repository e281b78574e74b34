//! UDP over real sockets: what each end sees, how peers are told apart and forgotten, and what is reported of datagrams
//! that do not arrive.

mod flood;
mod flows;
#[cfg(target_os = "linux")]
mod groups;
#[cfg(target_os = "linux")]
mod lost;
mod sending;
mod trouble;

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use bothends::capture::{Event, EventKind};
use bothends::net::{
    Address, ClientConfig, Closed, Command, EndpointId, FlowId, ServerConfig, Target,
};
use bytes::Bytes;

use crate::support::{DEADLINE, Rig, connection, script};

/// A UDP server that echoes.
fn server(local: SocketAddr) -> ServerConfig {
    ServerConfig::new(Address::udp(local))
}

fn client_of(target: SocketAddr) -> ClientConfig {
    ClientConfig::new(Target::Address(Address::udp(target)))
}

/// 127.0.0.1, any port.
fn loopback() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

/// A foreign socket whose calls have deadlines.
fn socket(local: SocketAddr) -> UdpSocket {
    let socket = UdpSocket::bind(local).unwrap();
    socket.set_read_timeout(Some(DEADLINE)).unwrap();
    socket
}

/// A foreign socket that only talks to `peer`, from the same address.
fn peer_of(peer: SocketAddr) -> UdpSocket {
    let socket = socket(SocketAddr::new(peer.ip(), 0));
    socket.connect(peer).unwrap();
    socket
}

/// Receives one datagram.
fn receive(socket: &UdpSocket) -> Vec<u8> {
    receive_from(socket).0
}

fn receive_from(socket: &UdpSocket) -> (Vec<u8>, SocketAddr) {
    let mut buffer = vec![0; 65_536];
    let (count, from) = socket.recv_from(&mut buffer).unwrap();
    buffer.truncate(count);
    (buffer, from)
}

fn echoes(socket: &UdpSocket, bytes: &[u8]) {
    socket.send(bytes).unwrap();
    assert_eq!(receive(socket), bytes);
}

impl Rig {
    /// Waits for a datagram of an endpoint.
    fn datagram(&mut self, endpoint: EndpointId) -> (FlowId, Bytes) {
        self.wait("a datagram", |event| match &event.kind {
            EventKind::Received { payload } if event.endpoint == endpoint => {
                Some((connection(event), payload.bytes.clone()))
            }
            _ => None,
        })
    }

    /// Takes what is reported at once.
    fn take_briefly(&mut self) {
        self.take_now(Duration::from_millis(5));
    }

    /// Returns how many peers there have been.
    fn accepted_count(&self) -> u64 {
        let accepted = |it: &&Event| matches!(it.kind, EventKind::Accepted { .. });
        self.log.iter().filter(accepted).count() as u64
    }

    /// Waits until a connection is forgotten, and returns why.
    fn forgotten(&mut self) -> (FlowId, Closed) {
        self.wait("the end", |event| match &event.kind {
            EventKind::Closed(closed) => Some((connection(event), closed.clone())),
            _ => None,
        })
    }
}

/// Connects a client of ours, and returns its connection.
fn connect(rig: &mut Rig, client: EndpointId, config: ClientConfig) -> FlowId {
    rig.command(client, Command::connect(config));
    rig.connected()
}

/// Far longer than a test takes.
const LONG: Duration = Duration::from_mins(1);
