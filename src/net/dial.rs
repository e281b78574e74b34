//! One pending connect to one address.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use socket2::SockAddr;

use super::address::Address;
use super::codes;
use super::config::{ClientConfig, MAX_CONNECT_TIMEOUT};
use super::context::Context;
use super::event::Link;
#[cfg(unix)]
use super::network::Network;
use super::pairs::Pair;
use super::poller::{Interest, Key, Registered};
use super::sockets;
use super::transport::Transport;

/// How soon a connect is tried again that found a Unix socket's accept queue full. No event says when there is room.
const RETRY_DELAY: Duration = Duration::from_millis(20);

/// A connection that was established, even if the peer has since reset it.
pub(super) struct Established {
    pub(super) local: Address,
    pub(super) reset: Option<io::Error>,
}

/// A connect whose outcome is not yet known.
pub(super) struct Dial {
    pub(super) link: Arc<Link>,
    /// What it shares with the other end, if that is one of ours.
    pub(super) pair: Option<Pair>,
    pub(super) began: Instant,
    /// When it is given up.
    pub(super) until: Instant,
    /// When its timer is due: to give it up, or to try again.
    pub(super) due: Instant,
    /// `None` while it waits to be tried again.
    socket: Option<Registered<Transport>>,
}

impl Dial {
    /// Starts connecting to `link.peer`.
    pub(super) fn begin(
        link: &Arc<Link>,
        config: &ClientConfig,
        began: Instant,
        context: &Context,
    ) -> io::Result<Self> {
        let until = began + config.connect_timeout.min(MAX_CONNECT_TIMEOUT);
        let mut dial = Self {
            link: Arc::clone(link),
            pair: None,
            began,
            until,
            due: until,
            socket: None,
        };
        dial.attempt(config, context)?;
        Ok(dial)
    }

    /// Tries to connect.
    pub(super) fn attempt(&mut self, config: &ClientConfig, context: &Context) -> io::Result<()> {
        match self.connect(config, context) {
            Ok((transport, pair)) => {
                let key = Key::of(self.link.connection);
                let socket = Registered::new(&context.poller, key, transport, Interest::WRITABLE)?;
                (self.socket, self.pair, self.due) = (Some(socket), pair, self.until);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock && self.link.peer.is_unix() => {
                self.due = self.until.min(Instant::now() + RETRY_DELAY);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn connect(
        &self,
        config: &ClientConfig,
        context: &Context,
    ) -> io::Result<(Transport, Option<Pair>)> {
        let number = self.link.connection.number;
        match &self.link.peer {
            // UDP has nothing to wait for.
            Address::Udp(_) => Err(io::ErrorKind::Unsupported.into()),
            Address::Tcp(address) => {
                let pairs = context.ids.pairs(config.network);
                let sockets = context.sockets(config.network, address)?;
                let socket = sockets::for_connect(&*sockets, *address, &config.options)?;
                let target = SockAddr::from(*address);
                let connect = |_is_ours| sockets::start(socket, &target);
                let (socket, pair) =
                    pairs.dial(number, &self.link.peer, connect, sockets::local)?;
                Ok((Transport::Tcp(Arc::new(socket.into())), pair))
            }
            #[cfg(unix)]
            Address::Unix(name) => {
                let pairs = context.ids.pairs(Network::System);
                let target = super::unix::address_of(name)?;
                let connect = |is_ours| {
                    let socket = super::unix::for_connect(context.unix_sockets(), is_ours)?;
                    let socket = sockets::start(socket, &target)?;
                    Ok(Transport::Unix(socket.into()))
                };
                let local = |it: &Transport| it.local_address().ok();
                pairs.dial(number, &self.link.peer, connect, local)
            }
            #[cfg(not(unix))]
            Address::Unix(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    /// Returns its own address, once the system has chosen one.
    pub(super) fn local_address(&self) -> Option<Address> {
        self.socket.as_ref()?.local_address().ok()
    }

    /// Returns the outcome of the connect, or `None` while it is pending.
    ///
    /// Takes the socket's error only if the system knows no peer. Taking it earlier would hide a reset from the reads,
    /// and with it what the peer sent before.
    pub(super) fn result(&self) -> io::Result<Option<Established>> {
        let Some(socket) = &self.socket else {
            return Ok(None);
        };
        let Ok(peer) = socket.peer_address() else {
            return decided(socket);
        };
        let local = socket.local_address()?;
        // Linux may connect a socket to itself if nothing listens on a port in the ephemeral range (simultaneous open,
        // RFC 9293 section 3.5). That counts as refused.
        if local == peer && !peer.is_unix() {
            return Err(io::ErrorKind::ConnectionRefused.into());
        }
        let reset = None;
        Ok(Some(Established { local, reset }))
    }

    /// Returns the connected socket.
    pub(super) fn into_socket(self) -> Option<Registered<Transport>> {
        self.socket
    }
}

/// Distinguishes a pending connect, a failed one, and a connection that has already ended.
fn decided(socket: &Transport) -> io::Result<Option<Established>> {
    match socket.take_error()? {
        None => Ok(None),
        // An RST in reply to the SYN is ECONNREFUSED. This one hit an established connection, perhaps after data.
        Some(error) if codes::is_reset(&error) => {
            let local = socket.local_address()?;
            let reset = Some(error);
            Ok(Some(Established { local, reset }))
        }
        Some(error) => Err(error),
    }
}
