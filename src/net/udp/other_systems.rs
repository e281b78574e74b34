//! How other systems read and send datagrams: they do not say which address one was sent to, nor what they dropped.

use std::io;
use std::net::UdpSocket;

use super::arrived::{Arrived, Troubled};
use super::batch::DatagramBatch;
use super::departing::Departing;

/// No datagram is longer than this.
const LONGEST_BYTES: usize = u16::MAX as usize;

/// Nothing is to be prepared.
#[expect(clippy::unnecessary_wraps, reason = "Linux's can fail")]
pub(super) fn prepare(
    _socket: &UdpSocket,
    _is_ipv6: bool,
    _with_destination: bool,
) -> io::Result<()> {
    Ok(())
}

/// Reads one datagram, of which `len` bytes count.
///
/// # Platform-specific behavior
///
/// Windows fails where one does not fit, so there is room for any. It fails with `WSAECONNRESET` if an earlier datagram did
/// not get there, and names no peer.
pub(super) fn receive(socket: &UdpSocket, batch: &mut DatagramBatch, len: usize) -> io::Result<()> {
    let (mut pieces, noted) = batch.emptied(LONGEST_BYTES);
    let room = pieces.next().unwrap_or_default();
    let (size, from) = socket.recv_from(room)?;
    let is_cut = len < size;
    noted.push(Arrived {
        count: size.min(len),
        is_cut,
        size: is_cut.then_some(size),
        from,
        to: None,
        answers_from: None,
        dropped: None,
    });
    Ok(())
}

/// Sends the first datagram. The system chooses the address that it is from. Returns how many were sent.
pub(super) fn send<'a>(
    socket: &UdpSocket,
    mut datagrams: impl Iterator<Item = Departing<'a>>,
) -> io::Result<usize> {
    let Some(first) = datagrams.next() else {
        return Ok(0);
    };
    socket.send_to(first.bytes, first.to)?;
    Ok(1)
}

/// They do not say what they dropped.
pub(super) fn dropped(_socket: &UdpSocket) -> Option<u32> {
    None
}

/// There are no messages about datagrams that did not get there.
pub(super) fn take_trouble(_socket: &UdpSocket) -> Option<Troubled> {
    None
}
