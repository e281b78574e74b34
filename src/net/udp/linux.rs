//! How Linux reads and sends datagrams: with the address that they were sent to, and what the network said of earlier
//! ones (`recvmsg(2)`, `ip(7)`, `udp(7)`).

mod layout;
mod several;

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::os::fd::{AsFd as _, AsRawFd as _};

use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::{
    ControlMessageOwned, MsgFlags, RecvMsg, SockaddrStorage, cmsg_space, recvmsg, setsockopt,
    sockopt,
};

use super::arrived::{Arrived, Troubled};
use super::batch::DatagramBatch;
use super::departing::Departing;
use crate::net::icmp::Icmp;
use layout::said_in;

/// `SO_EE_ORIGIN_LOCAL`, `SO_EE_ORIGIN_ICMP` and `SO_EE_ORIGIN_ICMP6` of `linux/errqueue.h`.
const ORIGIN_LOCAL: u8 = 1;
const ORIGIN_ICMP: u8 = 2;
const ORIGIN_ICMP6: u8 = 3;

/// How many numbers `SO_MEMINFO` gives (`SK_MEMINFO_VARS`); the last one is `SK_MEMINFO_DROPS`.
const MEMINFO_NUMBERS: usize = libc::SK_MEMINFO_DROPS as usize + 1;

/// No datagram is longer than this.
const LONGEST_BYTES: usize = u16::MAX as usize;

/// Room for the control messages of a datagram, aligned as they are.
#[repr(align(8))]
struct Space([u8; SPACE_BYTES]);

const SPACE_BYTES: usize = cmsg_space::<libc::in6_pktinfo>()
    + cmsg_space::<libc::in_pktinfo>()
    + cmsg_space::<u32>()
    + cmsg_space::<libc::sock_extended_err>()
    + cmsg_space::<libc::sockaddr_in6>();

impl Space {
    const fn new() -> Self {
        Self([0; SPACE_BYTES])
    }
}

/// Has the system report what it drops and what the network says; and, `with_destination`, the address that each datagram
/// was sent to.
pub(super) fn prepare(socket: &UdpSocket, is_ipv6: bool, with_destination: bool) -> io::Result<()> {
    setsockopt(socket, sockopt::RxqOvfl, &1)?;
    if is_ipv6 {
        setsockopt(socket, sockopt::Ipv6RecvErr, &true)?;
    }
    // Of an IPv6 socket, it is for its IPv4 peers.
    setsockopt(socket, sockopt::Ipv4RecvErr, &true)?;
    if with_destination {
        if is_ipv6 {
            setsockopt(socket, sockopt::Ipv6RecvPacketInfo, &true)?;
        }
        setsockopt(socket, sockopt::Ipv4PacketInfo, &true)?;
    }
    Ok(())
}

/// Reads what has arrived, as much as the batch holds, of each datagram at most `len` bytes.
pub(super) fn receive(socket: &UdpSocket, batch: &mut DatagramBatch, len: usize) -> io::Result<()> {
    let (pieces, noted) = batch.emptied(len.min(LONGEST_BYTES));
    let mut is_from_nowhere = false;
    several::read(socket.as_fd(), pieces, |read| match arrived(&read, len) {
        Some(arrived) => noted.push(arrived),
        None => is_from_nowhere = true,
    })?;
    if is_from_nowhere {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(())
}

/// Returns what arrived; `None` if it is from nowhere, which no datagram is.
fn arrived(read: &several::Read<'_>, len: usize) -> Option<Arrived> {
    let said = said_in(read.control);
    Some(Arrived {
        count: read.size.min(len),
        is_cut: read.is_cut,
        size: read.is_cut.then_some(read.size),
        from: layout::address_of(read.name)?,
        to: said.to,
        answers_from: said.answers_from,
        dropped: said.dropped,
    })
}

/// Sends datagrams in their order, as many as one call takes. Returns how many were sent: at least one.
///
/// # Errors
/// That of the first.
pub(super) fn send<'a>(
    socket: &UdpSocket,
    datagrams: impl ExactSizeIterator<Item = Departing<'a>> + Clone,
) -> io::Result<usize> {
    if datagrams.len() == 1
        && let Some(one) = datagrams.clone().next()
        && one.from.is_none()
    {
        return socket.send_to(one.bytes, one.to).map(|_all_of_it| 1);
    }
    several::send(socket.as_fd(), datagrams)
}

/// Takes the oldest message about a datagram that did not get there.
pub(super) fn take_trouble(socket: &UdpSocket) -> Option<Troubled> {
    loop {
        let mut space = Space::new();
        let flags = MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT;
        let message: Result<RecvMsg<'_, '_, SockaddrStorage>, Errno> =
            recvmsg(socket.as_raw_fd(), &mut [], Some(&mut space.0), flags);
        match message {
            Ok(message) => {
                if let Some(troubled) = troubled(&message) {
                    return Some(troubled);
                }
            }
            Err(Errno::EINTR) => {}
            // It is empty.
            Err(_) => return None,
        }
    }
}

fn troubled(message: &RecvMsg<'_, '_, SockaddrStorage>) -> Option<Troubled> {
    let (mut said, mut from) = (None, None);
    for part in message.cmsgs().ok()? {
        match part {
            ControlMessageOwned::Ipv4RecvErr(about, by) => {
                said = Some((about, by.map(|it| v4(it.sin_addr).into())));
            }
            ControlMessageOwned::Ipv6RecvErr(about, by) => {
                let by = by.map(|it| Ipv6Addr::from(it.sin6_addr.s6_addr).to_canonical());
                said = Some((about, by));
            }
            // That of the ICMP message, which went to where the datagram was from.
            ControlMessageOwned::Ipv4PacketInfo(info) => {
                // On an IPv6 socket both say it.
                from = from.or(Some(v4(info.ipi_addr).into()));
            }
            ControlMessageOwned::Ipv6PacketInfo(info) => {
                from = Some(Ipv6Addr::from(info.ipi6_addr.s6_addr).into());
            }
            _ => {}
        }
    }
    // The send that did not get out of this machine has failed with the same error.
    let (about, by) = said.filter(|(about, _)| about.ee_origin != ORIGIN_LOCAL)?;
    let is_icmp = matches!(about.ee_origin, ORIGIN_ICMP | ORIGIN_ICMP6);
    let errno = i32::try_from(about.ee_errno).unwrap_or_default();
    Some(Troubled {
        to: message.address.as_ref().and_then(address_of),
        from: from.filter(|_| is_icmp),
        error: io::Error::from_raw_os_error(errno),
        icmp: is_icmp.then_some(Icmp {
            by,
            kind: about.ee_type,
            code: about.ee_code,
        }),
    })
}

/// Returns how many datagrams the system has dropped, as each that arrives says of those before it (`SO_MEMINFO`).
pub(super) fn dropped(socket: &UdpSocket) -> Option<u32> {
    let mut numbers = [0_u32; MEMINFO_NUMBERS];
    let mut len = size_of_val(&numbers) as libc::socklen_t;
    #[expect(
        unsafe_code,
        reason = "getsockopt(2) of an option that no kept crate knows"
    )]
    // SAFETY: the kernel writes at most `len` bytes to `numbers`, which has as many, and how many these were to `len`. Both
    // outlive the call.
    let result = unsafe {
        libc::getsockopt(
            socket.as_raw_fd(),
            libc::SOL_SOCKET,
            libc::SO_MEMINFO,
            numbers.as_mut_ptr().cast(),
            &raw mut len,
        )
    };
    let has_it = result == 0 && len as usize == size_of_val(&numbers);
    numbers.last().copied().filter(|_| has_it)
}

fn v4(address: libc::in_addr) -> Ipv4Addr {
    Ipv4Addr::from(u32::from_be(address.s_addr))
}

fn address_of(address: &SockaddrStorage) -> Option<SocketAddr> {
    if let Some(v4) = address.as_sockaddr_in() {
        return Some(SocketAddr::from((v4.ip(), v4.port())));
    }
    let v6 = address.as_sockaddr_in6()?;
    let scope = v6.scope_id();
    Some(std::net::SocketAddrV6::new(v6.ip(), v6.port(), 0, scope).into())
}
