//! What carries the datagrams of one connection: a socket that it shares, towards one peer.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use super::DatagramSocket;
use crate::net::address::Address;
use crate::net::poller::Key;

/// How many peers one endpoint remembers. Beyond that, those that have been silent longest are forgotten.
pub(in crate::net) const FLOWS: usize = 16_384;

/// A socket towards one peer.
#[derive(Debug)]
pub(in crate::net) struct PeerFlow {
    pub(super) socket: DatagramSocket,
    /// The key of the socket in the poller.
    pub(in crate::net) key: Key,
    pub(in crate::net) ends: DatagramEnds,
    /// The address of ours that its datagrams are from, where the socket has several.
    pub(super) from: Option<IpAddr>,
    pub(super) local: SocketAddr,
    /// When something was last sent or received.
    pub(in crate::net) active: Instant,
    /// When it is checked next whether the peer has been silent for too long.
    pub(in crate::net) checks_at: Option<Instant>,
    /// Whether it waits until the system takes another datagram.
    pub(in crate::net) awaits_room: bool,
    /// Whether it lasts as long as its socket: it is the one that a client opened.
    pub(in crate::net) is_kept: bool,
}

/// How a socket tells its flows apart: the peer, and the address that the peer sends to, where there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::net) struct DatagramEnds {
    pub(in crate::net) peer: SocketAddr,
    pub(in crate::net) to: Option<IpAddr>,
}

impl PeerFlow {
    /// Sends one datagram. Returns its size.
    pub(in crate::net) fn send(&self, bytes: &[u8]) -> io::Result<usize> {
        self.socket.send(bytes, self.ends.peer, self.from)
    }

    pub(in crate::net) fn local_address(&self) -> Address {
        Address::udp(self.local)
    }

    pub(in crate::net) fn peer_address(&self) -> Address {
        Address::udp(self.ends.peer)
    }
}

#[cfg(unix)]
impl std::os::fd::AsFd for PeerFlow {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

#[cfg(windows)]
impl std::os::windows::io::AsSocket for PeerFlow {
    fn as_socket(&self) -> std::os::windows::io::BorrowedSocket<'_> {
        self.socket.as_socket()
    }
}
