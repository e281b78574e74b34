//! One connect that is under way, to one address.

use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use socket2::{Domain, Protocol, Socket, Type};

use super::codes;
use super::config::MAX_CONNECT_TIMEOUT;
use super::event::Link;
use super::poller::{Interest, Key, Poller, Registered};

/// A connection that stands, or stood until the peer reset it.
pub(super) struct Stood {
    pub(super) local: SocketAddr,
    pub(super) reset: Option<io::Error>,
}

/// One connect that the system has not decided yet.
pub(super) struct Dial {
    pub(super) socket: Registered<TcpStream>,
    pub(super) link: Arc<Link>,
    pub(super) began: Instant,
    pub(super) until: Instant,
}

impl Dial {
    /// Begins to connect to `link.peer`, at `address`.
    pub(super) fn begin(
        address: SocketAddr,
        link: &Arc<Link>,
        began: Instant,
        timeout: Duration,
        poller: &Poller,
    ) -> io::Result<Self> {
        let key = Key::of(link.connection);
        Ok(Self {
            socket: connect(address, key, poller)?,
            link: Arc::clone(link),
            began,
            until: began + timeout.min(MAX_CONNECT_TIMEOUT),
        })
    }

    /// Returns what became of the connect, nothing while it is undecided.
    ///
    /// The socket's error is asked for only where the system knows no peer: asked earlier it would take a reset away
    /// from the reads, and with it what the peer sent before.
    pub(super) fn result(&self) -> io::Result<Option<Stood>> {
        let Ok(peer) = self.socket.peer_addr() else {
            return self.decided();
        };
        let local = self.socket.local_addr()?;
        // Linux may connect a socket to itself when nobody listens on a port from which connections are made
        // (simultaneous open, RFC 9293 section 3.5): nobody is there.
        if local == peer {
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        let reset = None;
        Ok(Some(Stood { local, reset }))
    }

    /// Tells a connect that is undecided from one that failed, and from a connection that is over already.
    fn decided(&self) -> io::Result<Option<Stood>> {
        match self.socket.take_error()? {
            None => Ok(None),
            // An RST to the SYN is ECONNREFUSED: this one came to a connection that stood, maybe after bytes.
            Some(error) if codes::is_reset(&error) => {
                let local = self.socket.local_addr()?;
                let reset = Some(error);
                Ok(Some(Stood { local, reset }))
            }
            Some(error) => Err(error),
        }
    }
}

fn connect(address: SocketAddr, key: Key, poller: &Poller) -> io::Result<Registered<TcpStream>> {
    let domain = Domain::for_address(address);
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    // What the user sends goes now, as a segment of its own.
    socket.set_tcp_nodelay(true)?;
    // Urgent bytes stay in the stream, as RFC 6093 asks; Linux would report them for ever.
    socket.set_out_of_band_inline(true)?;
    match socket.connect(&address.into()) {
        Err(error) if !is_under_way(&error) => return Err(error),
        Ok(()) | Err(_) => {}
    }
    Registered::new(poller, key, socket.into(), Interest::WRITABLE)
}

/// `connect(2)` says EINPROGRESS, which has no stable `ErrorKind` yet; Windows Sockets say WSAEWOULDBLOCK.
fn is_under_way(error: &io::Error) -> bool {
    const IN_PROGRESS: i32 = if cfg!(target_os = "linux") { 115 } else { 36 };
    error.kind() == io::ErrorKind::WouldBlock
        || (cfg!(unix) && error.raw_os_error() == Some(IN_PROGRESS))
}
