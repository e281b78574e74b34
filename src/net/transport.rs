//! What carries the bytes of one connection. The rest of the engine reads and writes it without knowing what it is.

mod encrypted;

use std::io::{self, IoSlice, Read, Write};
use std::mem::MaybeUninit;
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use socket2::SockRef;

use super::address::{Address, Process};
use super::kernel::{self, CountsFrom, Marks, Queued};
use super::tls::TlsSettingError;
use super::udp::PeerFlow;
pub(super) use encrypted::Encrypted;
#[cfg(unix)]
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(windows)]
use std::os::windows::io::{AsRawSocket, AsSocket, BorrowedSocket, RawSocket};

/// A connected stream socket, or one that is being connected; or one peer of a UDP socket. It does not block.
#[derive(Debug)]
pub(super) enum Transport {
    Tcp(Arc<TcpStream>),
    /// TLS over TCP.
    Tls(Box<Encrypted>),
    #[cfg(unix)]
    Unix(UnixStream),
    /// Datagrams of one peer, on a socket that is shared. Whoever owns that socket reads it.
    Udp(PeerFlow),
}

/// Does the same with whichever stream socket it is, and something else with datagrams.
macro_rules! each {
    ($transport:expr, $socket:ident => $do:expr, $datagrams:expr) => {
        match $transport {
            Transport::Tcp($socket) => {
                let $socket = &**$socket;
                $do
            }
            Transport::Tls(encrypted) => {
                let $socket = encrypted.wire();
                $do
            }
            #[cfg(unix)]
            Transport::Unix($socket) => $do,
            Transport::Udp(_) => $datagrams,
        }
    };
}

impl Transport {
    /// Reads once: what TLS holds, or of the socket.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Self::Tls(encrypted) = self {
            return encrypted.read(buffer);
        }
        each!(self, socket => (&*socket).read(buffer), no_stream())
    }

    /// Returns the TLS of the connection, if it has one.
    pub(super) fn tls(&self) -> Option<&Encrypted> {
        match self {
            Self::Tls(encrypted) => Some(encrypted),
            _ => None,
        }
    }

    /// Returns the TLS of the connection, to carry it on.
    pub(super) fn tls_mut(&mut self) -> Option<&mut Encrypted> {
        match self {
            Self::Tls(encrypted) => Some(encrypted),
            _ => None,
        }
    }

    /// Encrypts a TCP connection from now on.
    pub(super) fn encrypt(
        &mut self,
        begin: impl FnOnce(Arc<TcpStream>) -> Result<Encrypted, TlsSettingError>,
    ) -> Result<(), TlsSettingError> {
        if let Self::Tcp(socket) = self {
            *self = Self::Tls(Box::new(begin(Arc::clone(socket))?));
        }
        Ok(())
    }

    /// Reads once. Returns also when the last of the bytes arrived at the kernel, if it says so.
    pub(super) fn read_stamped(
        &self,
        buffer: &mut [u8],
    ) -> io::Result<(usize, Option<SystemTime>)> {
        each!(self, socket => kernel::read_stamped(socket, buffer), no_stream())
    }

    /// Begins, changes or ends the kernel's stamps of what is sent and received.
    pub(super) fn set_stamps(&self, marks: Marks, from: CountsFrom) -> io::Result<()> {
        each!(self, socket => kernel::set_stamps(socket, marks, from), no_stream())
    }

    /// Takes the message in front of the error queue. A Unix socket has none, and would be read instead; that of a UDP
    /// socket is taken by whoever owns it.
    pub(super) fn take_message(&self) -> Queued {
        match self {
            Self::Tcp(socket) => kernel::take_message(&**socket),
            // Stamps that were under way when TLS began.
            Self::Tls(encrypted) => kernel::take_message(encrypted.wire()),
            #[cfg(unix)]
            Self::Unix(_) => Queued::Nothing,
            Self::Udp(_) => Queued::Nothing,
        }
    }

    /// Returns whether it is a TCP socket.
    pub(super) fn is_tcp(&self) -> bool {
        matches!(self, Self::Tcp(_))
    }

    /// Returns the peer of a UDP socket that it is, if it is one.
    pub(super) fn flow(&self) -> Option<&PeerFlow> {
        match self {
            Self::Udp(flow) => Some(flow),
            _ => None,
        }
    }

    /// Returns the peer of a UDP socket that it is, to change it.
    pub(super) fn flow_mut(&mut self) -> Option<&mut PeerFlow> {
        match self {
            Self::Udp(flow) => Some(flow),
            _ => None,
        }
    }

    /// Writes once: as much as the system takes, or one datagram.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Udp(flow) => flow.send(bytes),
            Self::Tls(encrypted) => encrypted.write(&[IoSlice::new(bytes)]),
            stream => each!(stream, socket => (&*socket).write(bytes), no_stream()),
        }
    }

    /// Writes several slices of a stream with one call.
    pub(super) fn write_gathered(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        if let Self::Tls(encrypted) = self {
            return encrypted.write(slices);
        }
        each!(self, socket => (&*socket).write_vectored(slices), no_stream())
    }

    /// Finishes sending (FIN), with TLS by `close_notify` first. Datagrams have no end.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        if let Self::Tls(encrypted) = self {
            return encrypted.finish();
        }
        each!(self, socket => socket.shutdown(Shutdown::Write), Ok(()))
    }

    /// Makes its end a reset (RST) instead of a FIN. A Unix socket has no such thing: its peer sees the end, or a reset if
    /// it left bytes unread.
    pub(super) fn reset_when_closed(&self) -> io::Result<()> {
        each!(self, socket => SockRef::from(socket).set_linger(Some(Duration::ZERO)), Ok(()))
    }

    /// Removes and returns the error that is pending on the socket. That of a UDP socket is its owner's.
    pub(super) fn take_error(&self) -> io::Result<Option<io::Error>> {
        each!(self, socket => socket.take_error(), Ok(None))
    }

    /// Returns whether bytes have arrived that are not read.
    pub(super) fn has_unread_bytes(&self) -> bool {
        if self.tls().is_some_and(Encrypted::has_plaintext) {
            return true;
        }
        let mut byte = [MaybeUninit::uninit()];
        each!(
            self,
            socket => matches!(SockRef::from(socket).peek(&mut byte), Ok(count) if count > 0),
            false
        )
    }

    /// Returns whether the peer's system has everything that was written, FIN included; `None` if the system does not say.
    pub(super) fn is_delivered(&self) -> Option<bool> {
        match self {
            Self::Tcp(socket) => kernel::unacknowledged(socket).map(|bytes| bytes == 0),
            Self::Tls(encrypted) => {
                kernel::unacknowledged(encrypted.wire()).map(|bytes| bytes == 0)
            }
            // What was written lies where the peer reads it.
            #[cfg(unix)]
            Self::Unix(_) => Some(true),
            Self::Udp(_) => Some(true),
        }
    }

    /// Returns the process at the other end, if the system reports it.
    pub(super) fn process(&self) -> Option<Process> {
        match self {
            Self::Tcp(_) | Self::Tls(_) | Self::Udp(_) => None,
            #[cfg(unix)]
            Self::Unix(socket) => super::unix::process_of(socket),
        }
    }

    /// Returns its own address.
    pub(super) fn local_address(&self) -> io::Result<Address> {
        match self {
            Self::Tcp(socket) => Ok(socket.local_addr()?.into()),
            Self::Tls(encrypted) => Ok(encrypted.wire().local_addr()?.into()),
            #[cfg(unix)]
            Self::Unix(socket) => Ok(super::unix::name_of(&socket.local_addr()?).into()),
            Self::Udp(flow) => Ok(flow.local_address()),
        }
    }

    /// Returns the address of the other end; an error while it is not connected.
    pub(super) fn peer_address(&self) -> io::Result<Address> {
        match self {
            Self::Tcp(socket) => Ok(socket.peer_addr()?.into()),
            Self::Tls(encrypted) => Ok(encrypted.wire().peer_addr()?.into()),
            #[cfg(unix)]
            Self::Unix(socket) => Ok(super::unix::name_of(&socket.peer_addr()?).into()),
            Self::Udp(flow) => Ok(flow.peer_address()),
        }
    }
}

/// A UDP socket is read and written by other means.
fn no_stream<T>() -> io::Result<T> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(unix)]
impl AsFd for Transport {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Tcp(socket) => socket.as_fd(),
            Self::Tls(encrypted) => encrypted.wire().as_fd(),
            Self::Unix(socket) => socket.as_fd(),
            Self::Udp(flow) => flow.as_fd(),
        }
    }
}

#[cfg(unix)]
impl AsRawFd for Transport {
    fn as_raw_fd(&self) -> RawFd {
        self.as_fd().as_raw_fd()
    }
}

#[cfg(windows)]
impl AsSocket for Transport {
    fn as_socket(&self) -> BorrowedSocket<'_> {
        match self {
            Self::Tcp(socket) => socket.as_socket(),
            Self::Tls(encrypted) => encrypted.wire().as_socket(),
            Self::Udp(flow) => flow.as_socket(),
        }
    }
}

#[cfg(windows)]
impl AsRawSocket for Transport {
    fn as_raw_socket(&self) -> RawSocket {
        self.as_socket().as_raw_socket()
    }
}
