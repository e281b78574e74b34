//! A listening socket: binds, accepts, and pauses when no descriptor is left for another connection.

mod socket;

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::address::Address;
use super::config::{ServerConfig, SocketOptions};
use super::connection::Connection;
use super::context::Context;
use super::error::NetError;
use super::event::{Accepting, Closed, ClosedBy, EngineEventKind, Link};
use super::hops::CircleEnd;
use super::id::FlowId;
use super::network::Network;
use super::pairs::Listening;
use super::poller::{Interest, Key, Registered};
use super::timers::Timer;
use super::transport::Transport;
pub(super) use socket::backlog;
use socket::{Incoming, ListeningSocket, is_connection_error};

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
    socket: Registered<ListeningSocket>,
    network: Network,
    local: Address,
    options: SocketOptions,
    accepting: Accepting,
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
    pub(super) fn bind(config: &ServerConfig, context: &Context) -> io::Result<Self> {
        let (socket, local) = ListeningSocket::bind(config, context)?;
        let interest = Interest::READABLE;
        let network = if local.is_unix() {
            Network::System
        } else {
            config.network
        };
        Ok(Self {
            network,
            _listening: context.ids.pairs(network).listen(local.clone()),
            socket: Registered::new(&context.poller, LISTENER_KEY, socket, interest)?,
            local,
            options: config.options.clone(),
            accepting: Accepting::Accept,
            pause: None,
            aborted: 0,
        })
    }

    /// Returns the address that the system actually bound.
    pub(super) fn local(&self) -> &Address {
        &self.local
    }

    /// Changes what is done with new connections.
    pub(super) fn set_accepting(&mut self, accepting: Accepting, context: &mut Context) {
        if std::mem::replace(&mut self.accepting, accepting) != accepting {
            context.emit(None, EngineEventKind::AcceptingChanged { accepting });
        }
    }

    /// Returns the next waiting connection, if there is one and a descriptor for it.
    ///
    /// A pause ends when no connection is waiting any more. If every freed descriptor ended it, the next connection
    /// would start another, and each would be reported.
    pub(super) fn accept(&mut self, context: &mut Context) -> Option<Connection> {
        if self.accepting == Accepting::Stop {
            return None;
        }
        for _ in 0..ABORTED_PER_CALL {
            match self.socket.accept(&self.options) {
                Ok(incoming) => {
                    self.extend_pause(context);
                    if let Some(connection) = self.open(incoming, context) {
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
        let accepts = self.accepting != Accepting::Stop;
        let accepts = accepts && self.pause.is_none() && context.may_read();
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
            let address = self.local.clone();
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

    /// Makes a connection from an accepted socket. If the system refuses, or connections are closed at once, reports its
    /// end and returns `None`.
    fn open(&self, incoming: Incoming, context: &mut Context) -> Option<Connection> {
        let Incoming {
            transport,
            peer,
            process,
            syn,
        } = incoming;
        let stamp = context.now();
        let local = self.local_of(&transport);
        let ids = &context.ids;
        let pair = ids.pairs(self.network).accepted(&peer, local.as_ref());
        let number = pair.as_ref().map(|it| it.number);
        let id = FlowId::server(number.unwrap_or_else(|| ids.next_connection()));
        let pair = pair.map(|it| CircleEnd::of_server(it.circle));
        let link = Link::new(id, local, peer);
        let accepted = EngineEventKind::Accepted { process, syn };
        context.outbox.emit(stamp, Some(&link), accepted);
        if self.accepting == Accepting::Close {
            close(&link, ClosedBy::Us, transport.has_unread_bytes(), context);
            return None;
        }
        let registered =
            Registered::new(&context.poller, Key::of(id), transport, Interest::READABLE);
        match registered {
            Ok(socket) => {
                let mut connection = Connection::new(socket, link, pair, context);
                if !connection.set_up_tls(context.tls.server.clone(), context) {
                    connection.close(ClosedBy::Us, context);
                    return None;
                }
                Some(connection)
            }
            Err(source) => {
                let peer = link.peer.clone();
                let error = NetError::Receive {
                    peer,
                    source: source.into(),
                };
                close(&link, ClosedBy::Failure(Arc::new(error)), false, context);
                None
            }
        }
    }

    /// A socket bound to one address has that address in every connection; this saves a call.
    fn local_of(&self, transport: &Transport) -> Option<Address> {
        match &self.local {
            Address::Tcp(local) if local.ip().is_unspecified() => transport.local_address().ok(),
            local => Some(local.clone()),
        }
    }
}

/// Reports the end of a connection that was accepted and is dropped.
fn close(link: &Arc<Link>, by: ClosedBy, unread: bool, context: &mut Context) {
    let closed = Closed {
        by,
        unsent_bytes: 0,
        unread,
    };
    context.emit(Some(link), EngineEventKind::Closed(closed));
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn a_pause_has_a_timer_until_no_connection_is_waiting() {
        let (mut context, _receiver) = Context::alone();
        let config = ServerConfig::new((Ipv4Addr::LOCALHOST, 0));
        let mut listener = Listener::bind(&config, &context).unwrap();
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
