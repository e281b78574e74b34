//! What a server listens on: a TCP or a Unix socket, and what the system says about accepting.

use std::io;
use std::net::TcpListener;
#[cfg(unix)]
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
#[cfg(windows)]
use std::os::windows::io::{AsRawSocket, AsSocket, BorrowedSocket, RawSocket};
use std::sync::Arc;

use crate::net::address::{Address, Process, UnixName};
use crate::net::config::{ServerConfig, SocketOptions};
use crate::net::context::Context;
use crate::net::event::Backlog;
use crate::net::kernel::{self, SavedSyn};
use crate::net::sockets;
use crate::net::transport::Transport;
#[cfg(unix)]
use crate::net::unix;

/// The socket of a listener.
#[derive(Debug)]
pub(super) enum ListeningSocket {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(unix::BoundUnix),
}

/// A connection as it was accepted.
pub(super) struct Incoming {
    pub(super) transport: Transport,
    pub(super) peer: Address,
    pub(super) process: Option<Process>,
    pub(super) syn: Option<SavedSyn>,
}

impl ListeningSocket {
    /// Binds and listens. Returns also the address that the system actually bound.
    pub(super) fn bind(config: &ServerConfig, context: &Context) -> io::Result<(Self, Address)> {
        match &config.bind {
            // One that is bound to UDP has no listener.
            Address::Udp(_) => Err(io::ErrorKind::Unsupported.into()),
            Address::Tcp(address) => {
                let sockets = context.sockets(config.network, address)?;
                context.set_conditions(config.network, config.conditions)?;
                let socket = sockets::listen(&*sockets, *address, config)?;
                let local = socket.local_addr()?.into();
                Ok((Self::Tcp(socket), local))
            }
            #[cfg(unix)]
            Address::Unix(name) => {
                let bound =
                    unix::listen(context.unix_sockets(), name, config.backlog, config.mode)?;
                let local = unix::name_of(&bound.socket.local_addr()?).into();
                Ok((Self::Unix(bound), local))
            }
            #[cfg(not(unix))]
            Address::Unix(
                UnixName::Unnamed
                | UnixName::Path(_)
                | UnixName::Abstract(_)
                | UnixName::Process(_),
            ) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Returns the next waiting connection.
    pub(super) fn accept(&self, options: &SocketOptions) -> io::Result<Incoming> {
        match self {
            Self::Tcp(socket) => {
                let (stream, peer) = sockets::accept(socket, options)?;
                Ok(Incoming {
                    syn: kernel::saved_syn(&stream),
                    transport: Transport::Tcp(Arc::new(stream)),
                    peer: peer.into(),
                    process: None,
                })
            }
            #[cfg(unix)]
            Self::Unix(bound) => {
                let (stream, peer) = bound.socket.accept()?;
                stream.set_nonblocking(true)?;
                unix::keep_urgent_in_stream(&stream);
                let process = unix::process_of(&stream);
                let peer = match (unix::name_of(&peer), &process) {
                    (UnixName::Unnamed, Some(process)) => UnixName::Process(process.clone()),
                    (name, _) => name,
                };
                Ok(Incoming {
                    transport: Transport::Unix(stream),
                    peer: peer.into(),
                    process,
                    syn: None,
                })
            }
        }
    }
}

#[cfg(unix)]
impl AsFd for ListeningSocket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Tcp(socket) => socket.as_fd(),
            Self::Unix(bound) => bound.socket.as_fd(),
        }
    }
}

#[cfg(unix)]
impl AsRawFd for ListeningSocket {
    fn as_raw_fd(&self) -> RawFd {
        self.as_fd().as_raw_fd()
    }
}

#[cfg(windows)]
impl AsSocket for ListeningSocket {
    fn as_socket(&self) -> BorrowedSocket<'_> {
        let Self::Tcp(socket) = self;
        socket.as_socket()
    }
}

#[cfg(windows)]
impl AsRawSocket for ListeningSocket {
    fn as_raw_socket(&self) -> RawSocket {
        let Self::Tcp(socket) = self;
        socket.as_raw_socket()
    }
}

/// Returns the accept queue that the system grants to a listener that asks for `requested`.
///
/// # Platform-specific behavior
///
/// Linux caps it at `net.core.somaxconn` (`listen(2)`). Other systems do not report it.
pub(in crate::net) fn backlog(requested: u32) -> Backlog {
    let cap = if cfg!(target_os = "linux") {
        std::fs::read_to_string("/proc/sys/net/core/somaxconn").ok()
    } else {
        None
    };
    let cap: Option<u32> = cap.and_then(|text| text.trim().parse().ok());
    Backlog {
        requested,
        effective: cap.map(|cap| cap.min(requested)),
    }
}

/// Returns whether accept failed for this connection only. `accept(2)` asks to retry then.
///
/// Linux passes on network errors pending on the new socket. Windows returns WSAECONNRESET, and Wine WSAENOTCONN, for a
/// peer that has reset.
pub(super) fn is_connection_error(error: &io::Error) -> bool {
    /// EPROTO has no `ErrorKind` of its own.
    const PROTOCOL: i32 = if cfg!(target_os = "linux") { 71 } else { 100 };
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::NotConnected
            | io::ErrorKind::Interrupted
            | io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown
    ) || (cfg!(unix) && error.raw_os_error() == Some(PROTOCOL))
}
