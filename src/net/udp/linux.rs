//! How Linux reads and sends datagrams: with the address that they were sent to, and what the network said of earlier
//! ones (`recvmsg(2)`, `ip(7)`, `udp(7)`).

use std::io::{self, IoSlice, IoSliceMut};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::os::fd::AsRawFd as _;

use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::{
    ControlMessage, ControlMessageOwned, MsgFlags, MultiHeaders, RecvMsg, SockaddrIn, SockaddrIn6,
    SockaddrStorage, cmsg_space, recvmmsg, recvmsg, sendmsg, setsockopt, sockopt,
};

use super::arrived::{Arrived, Troubled};
use super::batch::Batch;
use crate::net::icmp::Icmp;

/// `SO_EE_ORIGIN_ICMP` and `SO_EE_ORIGIN_ICMP6` of `linux/errqueue.h`.
const ORIGIN_ICMP: u8 = 2;
const ORIGIN_ICMP6: u8 = 3;

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
        } else {
            setsockopt(socket, sockopt::Ipv4PacketInfo, &true)?;
        }
    }
    Ok(())
}

/// Reads what has arrived, as much as the batch holds, of each datagram at most `len` bytes.
pub(super) fn receive(socket: &UdpSocket, batch: &mut Batch, len: usize) -> io::Result<()> {
    let (pieces, noted) = batch.emptied(len.min(LONGEST_BYTES));
    let mut slices: Vec<_> = pieces.map(|it| [IoSliceMut::new(it)]).collect();
    let space = Some(Vec::with_capacity(SPACE_BYTES));
    let mut headers = MultiHeaders::<SockaddrStorage>::preallocate(slices.len(), space);
    // With the one flag, the length is that of the datagram, also of one that does not fit.
    let flags = MsgFlags::MSG_TRUNC | MsgFlags::MSG_DONTWAIT;
    let (fd, slices) = (socket.as_raw_fd(), slices.iter_mut());
    for message in recvmmsg(fd, &mut headers, slices, flags, None)? {
        noted.push(arrived(&message, len).ok_or(io::ErrorKind::InvalidData)?);
    }
    Ok(())
}

/// Returns what arrived; `None` if it is from nowhere, which no datagram is.
fn arrived(message: &RecvMsg<'_, '_, SockaddrStorage>, len: usize) -> Option<Arrived> {
    let is_cut = message.flags.contains(MsgFlags::MSG_TRUNC);
    let mut arrived = Arrived {
        count: message.bytes.min(len),
        is_cut,
        size: is_cut.then_some(message.bytes),
        from: message.address.as_ref().and_then(address_of)?,
        to: None,
        answers_from: None,
        dropped: None,
    };
    // The only error is that control messages did not fit; then what they say is not known.
    for part in message.cmsgs().into_iter().flatten() {
        match part {
            ControlMessageOwned::Ipv4PacketInfo(info) => {
                arrived.to = Some(v4(info.ipi_addr).into());
                arrived.answers_from = Some(v4(info.ipi_spec_dst).into());
            }
            ControlMessageOwned::Ipv6PacketInfo(info) => {
                let to = Ipv6Addr::from(info.ipi6_addr.s6_addr);
                arrived.to = Some(to.into());
                arrived.answers_from = (!to.is_multicast()).then_some(to.into());
            }
            ControlMessageOwned::RxqOvfl(dropped) => arrived.dropped = Some(dropped),
            _ => {}
        }
    }
    Some(arrived)
}

/// Sends one datagram, from one of several addresses of ours.
pub(super) fn send_from(
    socket: &UdpSocket,
    bytes: &[u8],
    to: SocketAddr,
    from: IpAddr,
) -> io::Result<usize> {
    let slices = [IoSlice::new(bytes)];
    let flags = MsgFlags::empty();
    let fd = socket.as_raw_fd();
    let sent = match (from, to) {
        (IpAddr::V4(from), SocketAddr::V4(to)) => {
            let info = libc::in_pktinfo {
                ipi_ifindex: 0,
                ipi_spec_dst: libc::in_addr {
                    s_addr: u32::from(from).to_be(),
                },
                ipi_addr: libc::in_addr { s_addr: 0 },
            };
            let control = [ControlMessage::Ipv4PacketInfo(&info)];
            sendmsg(fd, &slices, &control, flags, Some(&SockaddrIn::from(to)))
        }
        (IpAddr::V6(from), SocketAddr::V6(to)) => {
            let info = libc::in6_pktinfo {
                ipi6_addr: libc::in6_addr {
                    s6_addr: from.octets(),
                },
                ipi6_ifindex: to.scope_id(),
            };
            let control = [ControlMessage::Ipv6PacketInfo(&info)];
            sendmsg(fd, &slices, &control, flags, Some(&SockaddrIn6::from(to)))
        }
        // On a socket for both families, IPv4 is chosen by the system.
        (IpAddr::V4(_), SocketAddr::V6(_)) | (IpAddr::V6(_), SocketAddr::V4(_)) => {
            return socket.send_to(bytes, to);
        }
    };
    Ok(sent?)
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
            ControlMessageOwned::Ipv4PacketInfo(info) => from = Some(v4(info.ipi_addr).into()),
            ControlMessageOwned::Ipv6PacketInfo(info) => {
                from = Some(Ipv6Addr::from(info.ipi6_addr.s6_addr).into());
            }
            _ => {}
        }
    }
    let (about, by) = said?;
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
