//! What carries the bytes of one connection. The rest of the engine reads and writes it without knowing what it is.

use std::io::{self, IoSlice, Read, Write};
use std::mem::MaybeUninit;
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, SystemTime};

use socket2::SockRef;

use super::address::{Address, Process};
use super::kernel::{self, CountsFrom, Marks, Queued};
#[cfg(unix)]
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(windows)]
use std::os::windows::io::{AsRawSocket, AsSocket, BorrowedSocket, RawSocket};

/// A connected stream socket, or one that is being connected. It does not block.
#[derive(Debug)]
pub(super) enum Transport {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
}

/// Does the same with whichever socket it is.
macro_rules! each {
    ($transport:expr, $socket:ident => $do:expr) => {
        match $transport {
            Transport::Tcp($socket) => $do,
            #[cfg(unix)]
            Transport::Unix($socket) => $do,
        }
    };
}

impl Transport {
    /// Reads once.
    pub(super) fn read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        each!(self, socket => (&*socket).read(buffer))
    }

    /// Reads once. Returns also when the last of the bytes arrived at the kernel, if it says so.
    pub(super) fn read_stamped(
        &self,
        buffer: &mut [u8],
    ) -> io::Result<(usize, Option<SystemTime>)> {
        each!(self, socket => kernel::read_stamped(socket, buffer))
    }

    /// Begins, changes or ends the kernel's stamps of what is sent and received.
    pub(super) fn set_stamps(&self, marks: Marks, from: CountsFrom) -> io::Result<()> {
        each!(self, socket => kernel::set_stamps(socket, marks, from))
    }

    /// Takes the message in front of the error queue. A Unix socket has none, and would be read instead.
    pub(super) fn take_message(&self) -> Queued {
        match self {
            Self::Tcp(socket) => kernel::take_message(socket),
            #[cfg(unix)]
            Self::Unix(_) => Queued::Nothing,
        }
    }

    /// Returns whether it is a TCP socket.
    pub(super) fn is_tcp(&self) -> bool {
        matches!(self, Self::Tcp(_))
    }

    /// Writes once.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        each!(self, socket => (&*socket).write(bytes))
    }

    /// Writes several slices with one call.
    pub(super) fn write_gathered(&self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        each!(self, socket => (&*socket).write_vectored(slices))
    }

    /// Finishes sending (FIN).
    pub(super) fn finish(&self) -> io::Result<()> {
        each!(self, socket => socket.shutdown(Shutdown::Write))
    }

    /// Makes its end a reset (RST) instead of a FIN. A Unix socket has no such thing: its peer sees the end, or a reset if
    /// it left bytes unread.
    pub(super) fn reset_when_closed(&self) -> io::Result<()> {
        SockRef::from(self).set_linger(Some(Duration::ZERO))
    }

    /// Removes and returns the error that is pending on the socket.
    pub(super) fn take_error(&self) -> io::Result<Option<io::Error>> {
        each!(self, socket => socket.take_error())
    }

    /// Returns whether bytes have arrived that are not read.
    pub(super) fn has_unread_bytes(&self) -> bool {
        let mut byte = [MaybeUninit::uninit()];
        matches!(SockRef::from(self).peek(&mut byte), Ok(count) if count > 0)
    }

    /// Returns the process at the other end, if the system reports it.
    pub(super) fn process(&self) -> Option<Process> {
        match self {
            Self::Tcp(_) => None,
            #[cfg(unix)]
            Self::Unix(socket) => super::unix::process_of(socket),
        }
    }

    /// Returns its own address.
    pub(super) fn local_address(&self) -> io::Result<Address> {
        match self {
            Self::Tcp(socket) => Ok(socket.local_addr()?.into()),
            #[cfg(unix)]
            Self::Unix(socket) => Ok(super::unix::name_of(&socket.local_addr()?).into()),
        }
    }

    /// Returns the address of the other end; an error while it is not connected.
    pub(super) fn peer_address(&self) -> io::Result<Address> {
        match self {
            Self::Tcp(socket) => Ok(socket.peer_addr()?.into()),
            #[cfg(unix)]
            Self::Unix(socket) => Ok(super::unix::name_of(&socket.peer_addr()?).into()),
        }
    }
}

#[cfg(unix)]
impl AsFd for Transport {
    fn as_fd(&self) -> BorrowedFd<'_> {
        each!(self, socket => socket.as_fd())
    }
}

#[cfg(unix)]
impl AsRawFd for Transport {
    fn as_raw_fd(&self) -> RawFd {
        each!(self, socket => socket.as_raw_fd())
    }
}

#[cfg(windows)]
impl AsSocket for Transport {
    fn as_socket(&self) -> BorrowedSocket<'_> {
        each!(self, socket => socket.as_socket())
    }
}

#[cfg(windows)]
impl AsRawSocket for Transport {
    fn as_raw_socket(&self) -> RawSocket {
        each!(self, socket => socket.as_raw_socket())
    }
}
