//! One pending connect to one address.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use socket2::{Domain, Protocol, Socket, Type};

use super::codes;
use super::config::MAX_CONNECT_TIMEOUT;
use super::event::Link;
use super::pairs::{Ends, Pairs};
use super::poller::{Interest, Key, Poller, Registered};

/// A connection that was established, even if the peer has since reset it.
pub(super) struct Established {
    pub(super) local: SocketAddr,
    pub(super) reset: Option<io::Error>,
}

/// A connect whose outcome is not yet known.
pub(super) struct Dial {
    pub(super) socket: Registered<TcpStream>,
    pub(super) link: Arc<Link>,
    /// Its ends, if the other one is one of ours.
    pub(super) ends: Option<Ends>,
    pub(super) began: Instant,
    pub(super) until: Instant,
}

impl Dial {
    /// Starts connecting to `link.peer` at `address`.
    pub(super) fn begin(
        address: SocketAddr,
        link: &Arc<Link>,
        began: Instant,
        timeout: Duration,
        (poller, pairs): (&Poller, &Pairs),
    ) -> io::Result<Self> {
        let id = link.connection;
        let socket = prepare(address)?;
        let connect = || start(socket, address);
        let (socket, ends) = pairs.dial(id.number, address, connect, local)?;
        Ok(Self {
            socket: Registered::new(poller, Key::of(id), socket.into(), Interest::WRITABLE)?,
            ends,
            link: Arc::clone(link),
            began,
            until: began + timeout.min(MAX_CONNECT_TIMEOUT),
        })
    }

    /// Returns the outcome of the connect, or `None` while it is pending.
    ///
    /// Takes the socket's error only if the system knows no peer. Taking it earlier would hide a reset from the reads,
    /// and with it what the peer sent before.
    pub(super) fn result(&self) -> io::Result<Option<Established>> {
        let Ok(peer) = self.socket.peer_addr() else {
            return self.decided();
        };
        let local = self.socket.local_addr()?;
        // Linux may connect a socket to itself if nothing listens on a port in the ephemeral range (simultaneous open,
        // RFC 9293 section 3.5). That counts as refused.
        if local == peer {
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        let reset = None;
        Ok(Some(Established { local, reset }))
    }

    /// Distinguishes a pending connect, a failed one, and a connection that has already ended.
    fn decided(&self) -> io::Result<Option<Established>> {
        match self.socket.take_error()? {
            None => Ok(None),
            // An RST in reply to the SYN is ECONNREFUSED. This one hit an established connection, perhaps after data.
            Some(error) if codes::is_reset(&error) => {
                let local = self.socket.local_addr()?;
                let reset = Some(error);
                Ok(Some(Established { local, reset }))
            }
            Some(error) => Err(error),
        }
    }
}

fn prepare(address: SocketAddr) -> io::Result<Socket> {
    let domain = Domain::for_address(address);
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    // User data is sent at once, in a segment of its own.
    socket.set_tcp_nodelay(true)?;
    // Urgent data stays in the stream, as RFC 6093 asks. Linux would otherwise report it forever.
    socket.set_out_of_band_inline(true)?;
    Ok(socket)
}

fn start(socket: Socket, address: SocketAddr) -> io::Result<Socket> {
    match socket.connect(&address.into()) {
        Err(error) if !is_under_way(&error) => Err(error),
        Ok(()) | Err(_) => Ok(socket),
    }
}

/// The address that the system chose for a socket, which it knows once the connect has begun.
fn local(socket: &Socket) -> Option<SocketAddr> {
    let address = socket.local_addr().ok()?.as_socket()?;
    (!address.ip().is_unspecified()).then_some(address)
}

/// `connect(2)` returns EINPROGRESS, which has no stable `ErrorKind` yet. Windows Sockets returns WSAEWOULDBLOCK.
fn is_under_way(error: &io::Error) -> bool {
    const IN_PROGRESS: i32 = if cfg!(target_os = "linux") { 115 } else { 36 };
    error.kind() == io::ErrorKind::WouldBlock
        || (cfg!(unix) && error.raw_os_error() == Some(IN_PROGRESS))
}
