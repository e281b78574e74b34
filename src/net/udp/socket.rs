//! A UDP socket: made, bound and prepared, or found for a target. It does not block.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
#[cfg(unix)]
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
#[cfg(windows)]
use std::os::windows::io::{AsRawSocket, AsSocket, BorrowedSocket, RawSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use socket2::{Domain, InterfaceIndexOrAddress, SockRef, Socket};

use super::departing::{Departing, send_in_order};
#[cfg(target_os = "linux")]
use super::linux as system;
#[cfg(not(target_os = "linux"))]
use super::other_systems as system;
use super::{DatagramBatch, Troubled};
use crate::net::config::SocketOptions;
use crate::net::sockets::{Sockets, set_buffers, set_hops, source_for};
use crate::net::udp_options::UdpOptions;

/// A socket of which all parts of the engine that use it hold a clone.
#[derive(Clone, Debug)]
pub(in crate::net) struct DatagramSocket(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    socket: UdpSocket,
    /// Whether the network has said something that was not taken yet.
    has_trouble: AtomicBool,
}

/// What a socket is made for.
#[derive(Clone, Copy, Debug)]
pub(in crate::net) struct Made<'a> {
    pub(in crate::net) sockets: &'a dyn Sockets,
    pub(in crate::net) options: &'a SocketOptions,
    pub(in crate::net) udp: &'a UdpOptions,
}

impl DatagramSocket {
    /// Makes a socket bound to an address, and joins the groups.
    pub(super) fn bind(address: SocketAddr, dual_stack: bool, made: Made<'_>) -> io::Result<Self> {
        let socket = made.sockets.datagram(Domain::for_address(address))?;
        if address.is_ipv6() {
            socket.set_only_v6(!dual_stack)?;
        }
        // Several programs may listen to a group on one port; any other port has one owner.
        if !made.udp.groups.is_empty() {
            share_address(&socket)?;
        }
        set_buffers(&socket, made.options)?;
        set_hops(&SockRef::from(&socket), made.options, address.is_ipv6())?;
        // What is sent to a broadcast address was typed as such.
        if address.is_ipv4() {
            socket.set_broadcast(true)?;
        }
        set_multicast(&socket, made.udp, address.is_ipv6())?;
        socket.bind(&address.into())?;
        for group in &made.udp.groups {
            join(&socket, *group, made.udp)?;
        }
        socket.set_nonblocking(true)?;
        let socket = UdpSocket::from(socket);
        let is_any = address.ip().is_unspecified() || !made.udp.groups.is_empty();
        system::prepare(&socket, address.is_ipv6(), is_any)?;
        Ok(Self(Arc::new(Inner {
            socket,
            has_trouble: AtomicBool::new(false),
        })))
    }

    /// Makes a socket that sends to `target`: from the source address in the options, or from a free port of the address
    /// from which the system would send there.
    pub(super) fn towards(target: SocketAddr, made: Made<'_>) -> io::Result<Self> {
        let given = made.options.source;
        let given = given.map(|source| source_for(source, target)).transpose()?;
        let mut source = given.unwrap_or(SocketAddr::new(any(target), 0));
        let port = source.port();
        if source.ip().is_unspecified() {
            // With the scope of a link-local address.
            source = route(target, made)?;
            source.set_port(port);
        }
        Self::bind(source, false, made)
    }

    pub(super) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.socket.local_addr()
    }

    /// Reads what has arrived, as much as the batch holds, of each datagram at most `len` bytes.
    pub(super) fn receive(&self, batch: &mut DatagramBatch, len: usize) -> io::Result<()> {
        system::receive(&self.0.socket, batch, len)
    }

    /// Takes the oldest message of the system about a datagram that did not get there.
    pub(super) fn take_trouble(&self) -> Option<Troubled> {
        system::take_trouble(&self.0.socket)
    }

    /// Returns whether a send since this was last asked found that the network had said something of an earlier datagram.
    pub(super) fn saw_trouble(&self) -> bool {
        self.0.has_trouble.swap(false, Ordering::Relaxed)
    }

    /// Returns how many datagrams the system has dropped so far, if it says so.
    pub(super) fn dropped(&self) -> Option<u32> {
        system::dropped(&self.0.socket)
    }

    /// Removes and returns the error that is pending on the socket.
    pub(super) fn take_error(&self) -> io::Result<Option<io::Error>> {
        self.0.socket.take_error()
    }

    /// Sends one datagram.
    pub(super) fn send(
        &self,
        bytes: &[u8],
        to: SocketAddr,
        from: Option<IpAddr>,
    ) -> io::Result<usize> {
        let mut refused = None;
        let one = std::iter::once(Departing { bytes, to, from });
        self.send_all(&one, |_, error| refused = Some(error));
        refused.map_or(Ok(bytes.len()), Err)
    }

    /// Sends datagrams in their order. Calls `not_sent` with the place of each that the system did not take, and why.
    pub(super) fn send_all<'a>(
        &self,
        datagrams: &(impl ExactSizeIterator<Item = Departing<'a>> + Clone),
        not_sent: impl FnMut(usize, io::Error),
    ) {
        let count = datagrams.len();
        let send = |place| system::send(&self.0.socket, datagrams.clone().skip(place));
        if send_in_order(count, send, not_sent) {
            self.0.has_trouble.store(true, Ordering::Relaxed);
        }
    }

    /// Returns whether both are the same socket.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Returns the address from which the system sends to a target.
fn route(target: SocketAddr, made: Made<'_>) -> io::Result<SocketAddr> {
    let probe = made.sockets.datagram(Domain::for_address(target))?;
    if target.is_ipv4() {
        probe.set_broadcast(true)?;
    }
    set_multicast(&probe, made.udp, target.is_ipv6())?;
    // This sends nothing: the system only chooses a route (`connect(2)`).
    probe.connect(&target.into())?;
    let local = probe.local_addr()?.as_socket();
    local.ok_or_else(|| io::ErrorKind::AddrNotAvailable.into())
}

/// Returns "all addresses" of the target's family.
fn any(target: SocketAddr) -> IpAddr {
    match target {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    }
}

/// Lets several sockets be bound to the same address, each of which gets what is sent to a group.
fn share_address(socket: &Socket) -> io::Result<()> {
    socket.set_reuse_address(true)?;
    // BSD and macOS ask for this one instead.
    #[cfg(all(unix, not(target_os = "linux")))]
    socket.set_reuse_port(true)?;
    Ok(())
}

fn set_multicast(socket: &Socket, udp: &UdpOptions, is_ipv6: bool) -> io::Result<()> {
    let interface = udp.interface;
    if is_ipv6 {
        if let Some(interface) = interface {
            socket.set_multicast_if_v6(interface.index)?;
        }
        if let Some(ttl) = udp.multicast_ttl {
            socket.set_multicast_hops_v6(ttl.into())?;
        }
        if !udp.multicast_loop {
            socket.set_multicast_loop_v6(false)?;
        }
        #[cfg(target_os = "linux")]
        socket.set_multicast_all_v6(false)?;
        return Ok(());
    }
    if let Some(interface) = interface {
        let address = interface.ipv4.ok_or(io::ErrorKind::AddrNotAvailable)?;
        socket.set_multicast_if_v4(&address)?;
    }
    if let Some(ttl) = udp.multicast_ttl {
        socket.set_multicast_ttl_v4(ttl.into())?;
    }
    if !udp.multicast_loop {
        socket.set_multicast_loop_v4(false)?;
    }
    // Without this, Linux also hands over what is sent to groups that others on this machine have joined.
    #[cfg(target_os = "linux")]
    socket.set_multicast_all_v4(false)?;
    Ok(())
}

fn join(socket: &Socket, group: IpAddr, udp: &UdpOptions) -> io::Result<()> {
    let index = udp.interface.map_or(0, |interface| interface.index);
    match group {
        IpAddr::V4(group) => {
            socket.join_multicast_v4_n(&group, &InterfaceIndexOrAddress::Index(index))
        }
        IpAddr::V6(group) => socket.join_multicast_v6(&group, index),
    }
}

#[cfg(unix)]
impl AsFd for DatagramSocket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.socket.as_fd()
    }
}

#[cfg(unix)]
impl AsRawFd for DatagramSocket {
    fn as_raw_fd(&self) -> RawFd {
        self.0.socket.as_raw_fd()
    }
}

#[cfg(windows)]
impl AsSocket for DatagramSocket {
    fn as_socket(&self) -> BorrowedSocket<'_> {
        self.0.socket.as_socket()
    }
}

#[cfg(windows)]
impl AsRawSocket for DatagramSocket {
    fn as_raw_socket(&self) -> RawSocket {
        self.0.socket.as_raw_socket()
    }
}
