//! `SO_TIMESTAMPING` of a TCP socket: when what it sent was scheduled, left and was acknowledged, and when what it reads
//! arrived (Documentation/networking/timestamping.rst of Linux). It needs no privileges.
//!
//! The messages lie in the socket's error queue, and raise its error flag without being an error, for as long as one is
//! there.

use std::io::{self, IoSliceMut};
use std::os::fd::{AsFd, AsRawFd as _};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use nix::errno::Errno;
use nix::libc;
use nix::sys::socket::{
    ControlMessageOwned, MsgFlags, RecvMsg, TimestampingFlag, Timestamps, cmsg_space, recvmsg,
    setsockopt, sockopt,
};

use crate::net::kernel::mark::{CountsFrom, MarkKind, Marks, Queued, Stamped};

/// Flags of `linux/net_tstamp.h`, of which `nix` names only the first ones.
const TX_SOFTWARE: u32 = 1 << 1;
const RX_SOFTWARE: u32 = 1 << 3;
const SOFTWARE: u32 = 1 << 4;
const OPT_ID: u32 = 1 << 7;
const TX_SCHED: u32 = 1 << 8;
const TX_ACK: u32 = 1 << 9;
const OPT_TSONLY: u32 = 1 << 11;
const OPT_ID_TCP: u32 = 1 << 16;
/// `SO_EE_ORIGIN_TIMESTAMPING`.
const ORIGIN_TIMESTAMPING: u8 = 4;

/// Room for the control messages of a stamp, aligned as they are.
#[repr(align(8))]
struct Space([u8; SPACE_BYTES]);

const SPACE_BYTES: usize = cmsg_space::<Timestamps>()
    + cmsg_space::<libc::sock_extended_err>()
    + cmsg_space::<libc::sockaddr_in6>();

impl Space {
    const fn new() -> Self {
        Self([0; SPACE_BYTES])
    }
}

/// Begins or ends stamps. Messages that are on the way still come.
///
/// # Errors
/// `EINVAL` if the kernel cannot count from there.
pub(in crate::net) fn set_stamps(
    socket: &impl AsFd,
    marks: Marks,
    from: CountsFrom,
) -> io::Result<()> {
    let kinds = match marks {
        Marks::None => 0,
        Marks::Acknowledged => TX_ACK,
        Marks::All => TX_SCHED | TX_SOFTWARE | TX_ACK | RX_SOFTWARE,
    };
    let counted = match from {
        CountsFrom::NextByte => OPT_ID | OPT_ID_TCP,
        CountsFrom::Unacknowledged => OPT_ID,
    };
    let flags = match kinds {
        0 => 0,
        kinds => kinds | SOFTWARE | OPT_TSONLY | counted,
    };
    let flags = TimestampingFlag::from_bits_retain(flags);
    setsockopt(socket, sockopt::Timestamping, &flags)?;
    Ok(())
}

/// Takes the message in front of a socket's error queue.
pub(in crate::net) fn take_message(socket: &impl AsFd) -> Queued {
    let mut space = Space::new();
    let flags = MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT;
    let message = recvmsg::<()>(
        socket.as_fd().as_raw_fd(),
        &mut [],
        Some(&mut space.0),
        flags,
    );
    match message {
        Ok(message) => Queued::Message(stamped(&message)),
        Err(Errno::EINTR) => Queued::Message(None),
        // It is empty; another error is the socket's, and whoever asks for that gets it.
        Err(_) => Queued::Nothing,
    }
}

fn stamped(message: &RecvMsg<'_, '_, ()>) -> Option<Stamped> {
    let (mut at, mut about) = (None, None);
    for part in message.cmsgs().ok()? {
        match part {
            ControlMessageOwned::ScmTimestampsns(times) => at = wall_clock(&times),
            ControlMessageOwned::Ipv4RecvErr(error, _)
            | ControlMessageOwned::Ipv6RecvErr(error, _) => about = Some(error),
            _ => {}
        }
    }
    let about = about.filter(|it| it.ee_origin == ORIGIN_TIMESTAMPING)?;
    let kind = match about.ee_info {
        0 => MarkKind::Left,
        1 => MarkKind::Scheduled,
        2 => MarkKind::Acknowledged,
        _ => return None,
    };
    Some(Stamped {
        kind,
        last: about.ee_data,
        at: at?,
    })
}

/// Reads once. Returns also when the last of the bytes arrived at the kernel, if it says so.
pub(in crate::net) fn read_stamped(
    socket: &impl AsFd,
    buffer: &mut [u8],
) -> io::Result<(usize, Option<SystemTime>)> {
    let mut space = Space::new();
    let mut slices = [IoSliceMut::new(buffer)];
    let socket = socket.as_fd().as_raw_fd();
    let message = recvmsg::<()>(socket, &mut slices, Some(&mut space.0), MsgFlags::empty())?;
    let at = message.cmsgs().ok().and_then(|mut parts| {
        parts.find_map(|part| match part {
            ControlMessageOwned::ScmTimestampsns(times) => wall_clock(&times),
            _ => None,
        })
    });
    Ok((message.bytes, at))
}

fn wall_clock(times: &Timestamps) -> Option<SystemTime> {
    let seconds = u64::try_from(times.system.tv_sec()).ok()?;
    let nanos = u32::try_from(times.system.tv_nsec()).ok()?;
    (seconds > 0).then(|| UNIX_EPOCH + Duration::new(seconds, nanos))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::time::Instant;

    use super::*;

    const LIMIT: Duration = Duration::from_secs(5);

    /// Returns the next stamps, as many as asked for.
    fn stamps(socket: &TcpStream, count: usize) -> Vec<Stamped> {
        let until = Instant::now() + LIMIT;
        let mut stamps = Vec::new();
        while stamps.len() < count {
            assert!(Instant::now() < until, "{stamps:?}");
            match take_message(socket) {
                Queued::Message(stamp) => stamps.extend(stamp),
                Queued::Nothing => std::thread::yield_now(),
            }
        }
        stamps
    }

    #[test]
    fn bytes_are_counted_from_where_stamps_began() {
        for from in [CountsFrom::NextByte, CountsFrom::Unacknowledged] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let mut client = TcpStream::connect_timeout(&address, LIMIT).unwrap();
            let (mut server, _) = listener.accept().unwrap();
            client.write_all(&[0; 100]).unwrap();
            server.read_exact(&mut [0; 100]).unwrap();
            let mut diag = crate::net::kernel::Diag::open().unwrap();
            let until = Instant::now() + LIMIT;
            let ends = (client.local_addr().unwrap(), address);
            let unacknowledged = |diag: &mut crate::net::kernel::Diag| {
                let found = diag.connection(ends.0, ends.1).unwrap().unwrap();
                found.numbers.send_queue_bytes
            };
            while unacknowledged(&mut diag) > Some(0) {
                assert!(Instant::now() < until, "nothing is acknowledged");
            }
            set_stamps(&client, Marks::All, from).unwrap();
            let before = SystemTime::now();
            client.write_all(&[0; 10]).unwrap();
            let mut stamps = stamps(&client, 3);
            stamps.sort_by_key(|it| it.kind);
            let kinds: Vec<_> = stamps.iter().map(|it| (it.kind, it.last)).collect();
            let expected = [
                (MarkKind::Scheduled, 9),
                (MarkKind::Left, 9),
                (MarkKind::Acknowledged, 9),
            ];
            assert_eq!(kinds, expected, "{from:?}");
            for stamp in stamps {
                let late = stamp.at.duration_since(before).unwrap_or_default();
                assert!(late < LIMIT, "{stamp:?}");
            }
        }
    }
}
