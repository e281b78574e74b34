//! How other systems read and send datagrams: they do not say which address one was sent to, nor what they dropped.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};

use super::arrived::{Arrived, Troubled};

/// No datagram is longer than this.
const LONGEST_BYTES: usize = u16::MAX as usize;

/// What reads need beside the socket: room for any datagram, since Windows fails where one does not fit.
#[derive(Debug)]
pub(super) struct Reading(Vec<u8>);

impl Reading {
    /// Nothing is to be prepared.
    #[expect(clippy::unnecessary_wraps, reason = "Linux's can fail")]
    pub(super) fn prepare(
        _socket: &UdpSocket,
        _is_ipv6: bool,
        _with_destination: bool,
    ) -> io::Result<Self> {
        Ok(Self(vec![0; LONGEST_BYTES]))
    }

    /// Reads one datagram.
    ///
    /// # Platform-specific behavior
    ///
    /// Windows fails with `WSAECONNRESET` if an earlier datagram did not get there, and names no peer.
    pub(super) fn receive(&mut self, socket: &UdpSocket, buffer: &mut [u8]) -> io::Result<Arrived> {
        let (size, from) = socket.recv_from(&mut self.0)?;
        let count = size.min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..count), self.0.get(..count)) {
            to.copy_from_slice(from);
        }
        let is_cut = count < size;
        Ok(Arrived {
            count,
            is_cut,
            size: is_cut.then_some(size),
            from,
            to: None,
            answers_from: None,
            dropped: None,
        })
    }
}

/// Sends one datagram. The system chooses the address that it is from.
pub(super) fn send_from(
    socket: &UdpSocket,
    bytes: &[u8],
    to: SocketAddr,
    _from: IpAddr,
) -> io::Result<usize> {
    socket.send_to(bytes, to)
}

/// There are no messages about datagrams that did not get there.
pub(super) fn take_trouble(_socket: &UdpSocket) -> Option<Troubled> {
    None
}
