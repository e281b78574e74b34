//! The helper: this program once more, in a network of its own, opening sockets there for its parent.
//!
//! A process may move into a user namespace only while it has a single thread (`unshare(2)`), and opens sockets in the
//! network that it is in; hence a process of its own, which begins here before any thread is started. What it opens it
//! sends over its standard input, a Unix socket. It ends when the other end of that is closed.

use std::fs;
use std::io::{self, IoSlice, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::process::ExitCode;

use nix::libc;
use nix::sched::{CloneFlags, unshare};
use nix::sys::socket::setsockopt;
use nix::sys::socket::sockopt::ReceiveTimestampns;
use nix::{setsockopt_impl, sockopt_impl};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use socket2::{Domain, Protocol, Socket, Type};

use super::netlink::{loopback_up, one_segment_a_packet, request, travel};
use super::wire::{LabAnswer, LabRequest, REQUEST_BYTES, answer_bytes};
use crate::net::kernel::diag_socket;
use crate::net::lab_conditions::Conditions;
use crate::net::lab_error::LabStep;

/// The packets that a socket of this kind sees are all of them (`ETH_P_ALL`, in network order).
const ALL_PROTOCOLS: u16 = 3_u16.to_be();
/// The system's buffer for packets that were not read yet, in bytes; it grants less where its limit is lower.
const PACKET_BUFFER: usize = 4 * 1024 * 1024;

sockopt_impl!(
    /// Each packet passes the loopback interface twice, out and in; once is enough (`packet(7)`).
    IgnoreOutgoing,
    SetOnly,
    libc::SOL_PACKET,
    libc::PACKET_IGNORE_OUTGOING,
    u32
);

/// Why a step failed.
type Failed = (LabStep, i32);

/// Runs the helper until its parent has enough of it.
pub(super) fn run() -> ExitCode {
    let Ok(stdin) = io::stdin().as_fd().try_clone_to_owned() else {
        return ExitCode::FAILURE;
    };
    // Who starts it by hand has no socket there: nothing can be answered, and nothing is done.
    match serve(&UnixStream::from(stdin)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_no_parent) => ExitCode::FAILURE,
    }
}

fn serve(parent: &UnixStream) -> io::Result<()> {
    // This fails if it is no socket.
    parent.peer_addr()?;
    let packets = match enter() {
        Ok(packets) => {
            answer(parent, Ok(()), None)?;
            packets
        }
        Err(failed) => return answer(parent, Err(failed), None),
    };
    let mut is_plain = true;
    loop {
        let mut bytes = [0; REQUEST_BYTES];
        // The end of the stream is that of the helper.
        (&mut &*parent).read_exact(&mut bytes)?;
        let asked = LabRequest::read(bytes).ok_or(io::ErrorKind::InvalidData)?;
        let opened = match asked {
            LabRequest::Stream(domain) => socket(domain, Type::STREAM, Protocol::TCP).map(Some),
            LabRequest::Datagram(domain) => socket(domain, Type::DGRAM, Protocol::UDP).map(Some),
            LabRequest::Packets => own(&packets).map(Some),
            LabRequest::Diag => diag().map(Some),
            LabRequest::Conditions(conditions) => {
                set_conditions(&conditions, &mut is_plain).map(|()| None)
            }
        };
        match opened {
            Ok(socket) => answer(parent, Ok(()), socket.as_ref())?,
            Err(failed) => answer(parent, Err(failed), None)?,
        }
    }
}

/// Moves into a network of its own and sets it up. Returns the socket that sees its packets from the first one on.
fn enter() -> Result<Socket, Failed> {
    let identity = (
        rustix::process::geteuid().as_raw(),
        rustix::process::getegid().as_raw(),
    );
    match unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET) {
        Ok(()) => identify(identity).map_err(at(LabStep::Identity))?,
        // Root needs no user namespace, and may be where there are none.
        Err(error) => {
            let alone = unshare(CloneFlags::CLONE_NEWNET);
            alone.map_err(|_less_telling| (LabStep::Namespace, error as i32))?;
        }
    }
    let packets = packets().map_err(at(LabStep::Packets))?;
    request(&loopback_up()).map_err(at(LabStep::Loopback))?;
    // A kernel that cannot do this shows larger packets; they are as real.
    request(&one_segment_a_packet()).ok();
    Ok(packets)
}

/// Says who the namespace's root is outside: the user, whom nothing more is permitted there (`user_namespaces(7)`).
fn identify((uid, gid): (u32, u32)) -> io::Result<()> {
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/uid_map", format!("0 {uid} 1"))?;
    fs::write("/proc/self/gid_map", format!("0 {gid} 1"))
}

fn packets() -> io::Result<Socket> {
    let protocol = Protocol::from(i32::from(ALL_PROTOCOLS));
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(protocol))?;
    setsockopt(&socket, IgnoreOutgoing, &1)?;
    setsockopt(&socket, ReceiveTimestampns, &true)?;
    socket.set_recv_buffer_size(PACKET_BUFFER)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

fn socket(domain: Domain, kind: Type, protocol: Protocol) -> Result<OwnedFd, Failed> {
    let socket = Socket::new(domain, kind, Some(protocol));
    socket.map(OwnedFd::from).map_err(at(LabStep::Socket))
}

fn own(packets: &Socket) -> Result<OwnedFd, Failed> {
    let copy = packets.as_fd().try_clone_to_owned();
    copy.map_err(at(LabStep::Packets))
}

fn diag() -> Result<OwnedFd, Failed> {
    diag_socket().map_err(at(LabStep::Socket))
}

fn set_conditions(conditions: &Conditions, is_plain: &mut bool) -> Result<(), Failed> {
    if !(*is_plain && conditions.is_plain()) {
        request(&travel(conditions)).map_err(at(LabStep::Conditions))?;
    }
    *is_plain = conditions.is_plain();
    Ok(())
}

fn at(step: LabStep) -> impl Fn(io::Error) -> Failed {
    move |error| (step, error.raw_os_error().unwrap_or(0))
}

fn answer(parent: &UnixStream, answer: LabAnswer, socket: Option<&OwnedFd>) -> io::Result<()> {
    let sockets: Vec<_> = socket.iter().map(|it| it.as_fd()).collect();
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut rights = SendAncillaryBuffer::new(&mut space);
    if !sockets.is_empty() {
        rights.push(SendAncillaryMessage::ScmRights(&sockets));
    }
    let bytes = answer_bytes(answer);
    sendmsg(
        parent,
        &[IoSlice::new(&bytes)],
        &mut rights,
        SendFlags::NOSIGNAL,
    )?;
    Ok(())
}
