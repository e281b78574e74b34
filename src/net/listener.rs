//! A listening socket: binds, accepts, and pauses when no descriptor is left for another connection.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use socket2::{Domain, Protocol, SockRef, Socket, Type};

use super::address::canonical;
use super::config::ServerConfig;
use super::connection::Connection;
use super::context::Context;
use super::error::NetError;
use super::event::{Backlog, Closed, ClosedBy, EngineEventKind, Link};
use super::id::FlowId;
use super::pairs::{Listening, Pairs};
use super::poller::{Interest, Key, Poller, Registered};
use super::timers::Timer;

/// The listener's key. Connections are numbered from 1.
pub(super) const LISTENER_KEY: Key = Key(0);
/// The first pause after a failed accept. Each further failure doubles it.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// How many connections that ended before they were accepted one call skips.
const ABORTED_PER_CALL: usize = 16;

/// A listening socket in a poller.
pub(super) struct Listener {
    /// Connects from our own clients are recognised as long as this lasts.
    _listening: Listening,
    socket: Registered<TcpListener>,
    local: SocketAddr,
    pause: Option<Pause>,
    /// How many connections ended before they were accepted, since the last report.
    aborted: u32,
}

struct Pause {
    length: Duration,
    /// When accepting was last tried.
    tried: Instant,
    /// When it is tried next.
    until: Instant,
}

impl Listener {
    /// Binds and listens.
    pub(super) fn bind(config: &ServerConfig, poller: &Poller, pairs: &Pairs) -> io::Result<Self> {
        let socket = bind(config)?;
        let local = canonical(socket.local_addr()?);
        Ok(Self {
            _listening: pairs.listen(local),
            socket: Registered::new(poller, LISTENER_KEY, socket, Interest::READABLE)?,
            local,
            pause: None,
            aborted: 0,
        })
    }

    /// Returns the address that the system actually bound.
    pub(super) fn local(&self) -> SocketAddr {
        self.local
    }

    /// Returns the next waiting connection, if there is one and a descriptor for it.
    ///
    /// A pause ends when no connection is waiting any more. If every freed descriptor ended it, the next connection
    /// would start another, and each would be reported.
    pub(super) fn accept(&mut self, context: &mut Context) -> Option<Connection> {
        for _ in 0..ABORTED_PER_CALL {
            match self.socket.accept() {
                Ok((stream, peer)) => {
                    self.extend_pause(context);
                    if let Some(connection) = self.open(stream, peer, context) {
                        return Some(connection);
                    }
                }
                Err(error) => {
                    if !self.may_retry_after(error, context) {
                        return None;
                    }
                }
            }
        }
        None
    }

    /// Handles a failed accept and returns whether to retry at once.
    fn may_retry_after(&mut self, error: io::Error, context: &mut Context) -> bool {
        let is_connection_error = is_connection_error(&error);
        if is_connection_error {
            self.aborted += u32::from(error.kind() != io::ErrorKind::Interrupted);
            self.extend_pause(context);
        } else if error.kind() == io::ErrorKind::WouldBlock {
            self.resume(context);
        } else {
            // Whatever the error is, it may persist, and retrying at once would be a busy loop.
            self.pause(error, context);
        }
        is_connection_error
    }

    /// Shortens a pause to the minimum, because a descriptor has become free.
    pub(super) fn retry_soon(&mut self, context: &mut Context) {
        if let Some(pause) = &mut self.pause {
            let soon = pause.tried + FIRST_PAUSE;
            if soon < pause.until {
                context.timers.cancel(pause.until, Timer::Accept);
                context.timers.set(soon, Timer::Accept);
                pause.until = soon;
            }
        }
    }

    /// Watches for connections, unless accepting is paused or their events cannot be handed over.
    pub(super) fn settle(&mut self, context: &mut Context) {
        if self.aborted > 0 {
            let connections = std::mem::take(&mut self.aborted);
            context.emit(None, EngineEventKind::AcceptAborted { connections });
        }
        let accepts = self.pause.is_none() && context.may_read();
        let interest = Interest::new(accepts, false);
        if let Err(error) = self.socket.set_interest(interest) {
            self.pause(error, context);
        }
    }

    /// Closes the listener and cancels its timer.
    pub(super) fn close(mut self, context: &mut Context) {
        if let Some(pause) = self.pause.take() {
            context.timers.cancel(pause.until, Timer::Accept);
        }
    }

    fn pause(&mut self, source: io::Error, context: &mut Context) {
        let length = if let Some(before) = &self.pause {
            (before.length * 2).min(LONGEST_PAUSE)
        } else {
            let address = self.local;
            let error = Arc::new(NetError::Accept {
                address,
                source: source.into(),
            });
            context.emit(None, EngineEventKind::AcceptPaused { error });
            FIRST_PAUSE
        };
        self.pause_for(length, context);
    }

    /// Extends the pause, if there is one, after a successful accept.
    fn extend_pause(&mut self, context: &mut Context) {
        if self.pause.is_some() {
            self.pause_for(FIRST_PAUSE, context);
        }
    }

    fn pause_for(&mut self, length: Duration, context: &mut Context) {
        if let Some(before) = self.pause.take() {
            context.timers.cancel(before.until, Timer::Accept);
        }
        let tried = Instant::now();
        let until = tried + length;
        context.timers.set(until, Timer::Accept);
        self.pause = Some(Pause {
            length,
            tried,
            until,
        });
    }

    fn resume(&mut self, context: &mut Context) {
        if let Some(pause) = self.pause.take() {
            context.timers.cancel(pause.until, Timer::Accept);
            context.emit(None, EngineEventKind::AcceptResumed);
        }
    }

    /// Makes a connection from an accepted socket. If the system refuses, reports a failure and returns `None`.
    fn open(
        &self,
        stream: TcpStream,
        peer: SocketAddr,
        context: &mut Context,
    ) -> Option<Connection> {
        let stamp = context.now();
        // A socket bound to one address has that address in every connection; this saves a call.
        let local = if self.local.ip().is_unspecified() {
            stream.local_addr().ok()
        } else {
            Some(self.local)
        };
        let ids = &context.ids;
        let number = ids.pairs().accepted(peer, local);
        let id = FlowId::server(number.unwrap_or_else(|| ids.next_connection()));
        let link = Link::new(id, local, peer);
        context
            .outbox
            .emit(stamp, Some(&link), EngineEventKind::Accepted);
        match prepare(stream, Key::of(id), &context.poller) {
            Ok(socket) => Some(Connection::new(socket, link)),
            Err(source) => {
                let peer = link.peer;
                let error = NetError::Receive {
                    peer,
                    source: source.into(),
                };
                let closed = Closed {
                    by: ClosedBy::Failure(Arc::new(error)),
                    unsent_bytes: 0,
                    unread: false,
                };
                context.emit(Some(&link), EngineEventKind::Closed(closed));
                None
            }
        }
    }
}

/// Prepares an accepted socket for use as a connection.
///
/// Urgent data stays in the stream, as RFC 6093 asks. Out of band, it would be missing from the recording, and Linux
/// would report it forever.
fn prepare(stream: TcpStream, key: Key, poller: &Poller) -> io::Result<Registered<TcpStream>> {
    stream.set_nonblocking(true)?;
    // User data is sent at once, in a segment of its own. On some systems these calls fail if the peer is already gone;
    // the next read reports that more precisely.
    stream.set_nodelay(true).ok();
    SockRef::from(&stream).set_out_of_band_inline(true).ok();
    Registered::new(poller, key, stream, Interest::READABLE)
}

fn bind(config: &ServerConfig) -> io::Result<TcpListener> {
    let domain = Domain::for_address(config.bind);
    let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
    if config.bind.is_ipv6() {
        socket.set_only_v6(!config.dual_stack)?;
    }
    // On Unix this lets a server restart while connections of its last run are in TIME_WAIT. On Windows a server can
    // restart by default, and this would let two programs listen on one port. SO_EXCLUSIVEADDRUSE would also keep out a
    // program that asks for such sharing, but neither socket2 nor rustix has a call for it.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&config.bind.into())?;
    socket.listen(i32::try_from(config.backlog).unwrap_or(i32::MAX))?;
    socket.set_nonblocking(true)?;
    Ok(socket.into())
}

/// Returns the accept queue that the system grants to a listener that asks for `requested`.
///
/// # Platform-specific behavior
///
/// Linux caps it at `net.core.somaxconn` (`listen(2)`). Other systems do not report it.
pub(super) fn backlog(requested: u32) -> Backlog {
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
fn is_connection_error(error: &io::Error) -> bool {
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

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::net::outbox::{Observe, Outbox};
    use crate::net::pipe::pipe;
    use crate::net::{Clock, EndpointId, Ids};

    #[test]
    fn a_pause_has_a_timer_until_no_connection_is_waiting() {
        let poller = Poller::new().unwrap();
        let config = ServerConfig::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let mut listener = Listener::bind(&config, &poller, &Pairs::default()).unwrap();
        let (events, _receiver) = pipe();
        let outbox = Outbox::new(EndpointId(1), Observe::Everything, events, poller.waker());
        let mut context = Context::new(Clock::start(), Ids::default(), poller, outbox);
        let mut check = |kind: io::ErrorKind, goes_on: bool, is_paused: bool| {
            assert_eq!(listener.may_retry_after(kind.into(), &mut context), goes_on);
            assert_eq!(listener.pause.is_some(), is_paused, "{kind}");
            assert_eq!(context.timers.next_at().is_some(), is_paused, "{kind}");
        };
        check(io::ErrorKind::ConnectionAborted, true, false);
        check(io::ErrorKind::OutOfMemory, false, true);
        check(io::ErrorKind::ConnectionAborted, true, true);
        check(io::ErrorKind::OutOfMemory, false, true);
        check(io::ErrorKind::WouldBlock, false, false);
        check(io::ErrorKind::NotConnected, true, false);
        check(io::ErrorKind::ConnectionReset, true, false);
        assert_eq!(
            listener.aborted, 4,
            "each connection that was passed over counts"
        );
    }
}
