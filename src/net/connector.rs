//! A client's attempt to connect: looks up the name, then tries one address after another, each with its timeout.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, TryRecvError};

use super::address::Address;
use super::config::{ClientConfig, Target};
use super::connection::Connection;
use super::context::Context;
use super::dial::{Dial, Established};
use super::error::NetError;
use super::event::{EngineEventKind, Link};
use super::id::FlowId;
use super::message::Held;
use super::resolver::{Found, Resolver};
use super::timers::Timer;
use crate::script::Message;

/// An attempt in progress.
pub(super) struct Attempt {
    connection: FlowId,
    config: ClientConfig,
    stage: Stage,
    addresses: VecDeque<Address>,
    held: Held,
}

enum Stage {
    LookingUp(Receiver<Found>),
    Connecting(Dial),
    /// No address is left to try.
    Failed,
}

/// The state of an attempt.
pub(super) enum Progress {
    Pending,
    /// The connection is established; the held messages are in its queue.
    Connected(Box<Connection>),
    /// No address could be reached. Every failure has been reported.
    Failed,
}

impl Attempt {
    /// Starts an attempt. [`Self::advance`] returns its progress.
    pub(super) fn begin(config: ClientConfig, resolver: &Resolver, context: &mut Context) -> Self {
        let mut attempt = Self {
            connection: FlowId::client(context.ids.next_connection()),
            config,
            stage: Stage::Failed,
            addresses: VecDeque::new(),
            held: Held::default(),
        };
        match &attempt.config.target {
            Target::Address(address) => {
                attempt.addresses.push_back(address.clone());
                attempt.dial_next(context);
            }
            Target::Host { name, port } => {
                let stamp = context.now();
                match resolver.look_up(name, *port, context.poller.waker()) {
                    Ok(found) => {
                        let kind = EngineEventKind::LookingUp {
                            host: name.clone(),
                            port: *port,
                        };
                        context.outbox.emit(stamp, None, kind);
                        attempt.stage = Stage::LookingUp(found);
                    }
                    Err(error) => emit_failure(None, error, true, context),
                }
            }
        }
        attempt
    }

    pub(super) fn connection(&self) -> FlowId {
        self.connection
    }

    /// Returns whether its name is being looked up.
    pub(super) fn is_looking_up(&self) -> bool {
        matches!(self.stage, Stage::LookingUp(_))
    }

    /// Holds a message until the connection is established.
    pub(super) fn hold(&mut self, message: Message, context: &mut Context) {
        let bytes = message.len_bytes();
        if self.held.has_room(bytes) {
            self.held.push(message);
            return;
        }
        let error = match &self.stage {
            Stage::Connecting(dial) => NetError::QueueFull {
                peer: dial.link.peer.clone(),
                bytes: bytes as u64,
                queued_bytes: self.held.bytes(),
            },
            Stage::LookingUp(_) | Stage::Failed => NetError::NotOpen {
                bytes: bytes as u64,
            },
        };
        context.emit_failure(None, error);
    }

    /// Proceeds as far as it can without waiting.
    pub(super) fn advance(&mut self, context: &mut Context) -> Progress {
        if let Stage::LookingUp(found) = &self.stage {
            match found.try_recv() {
                Ok(Ok(addresses)) => {
                    self.addresses = addresses.into_iter().map(Address::from).collect();
                    self.dial_next(context);
                }
                Ok(Err(source)) => self.look_up_failed(source, context),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => {
                    self.look_up_failed(io::ErrorKind::NotFound.into(), context);
                }
            }
        }
        match self.stage {
            Stage::Failed => {
                self.emit_lost(context);
                Progress::Failed
            }
            Stage::LookingUp(_) | Stage::Connecting(_) => Progress::Pending,
        }
    }

    /// Checks the connect whose socket may be ready.
    pub(super) fn ready(&mut self, context: &mut Context) -> Progress {
        let stage = std::mem::replace(&mut self.stage, Stage::Failed);
        let Stage::Connecting(dial) = stage else {
            self.stage = stage;
            return Progress::Pending;
        };
        match dial.result() {
            Ok(Some(established)) => return self.connected(dial, established, context),
            Ok(None) => self.stage = Stage::Connecting(dial),
            Err(source) => {
                self.could_not_connect(&dial, source, context);
            }
        }
        self.advance(context)
    }

    /// Handles the timer: gives up on the address if its time is over, or tries it again.
    pub(super) fn timer_fired(&mut self, context: &mut Context) -> Progress {
        let stage = std::mem::replace(&mut self.stage, Stage::Failed);
        let Stage::Connecting(mut dial) = stage else {
            self.stage = stage;
            return self.advance(context);
        };
        if Instant::now() >= dial.until {
            let error = NetError::ConnectTimeout {
                address: dial.link.peer.clone(),
                timeout: self.config.connect_timeout,
            };
            self.dial_failed(&dial, error, context);
            return self.advance(context);
        }
        match dial.attempt(&self.config, context) {
            Ok(()) => {
                context.timers.set(dial.due, self.timer());
                self.stage = Stage::Connecting(dial);
                self.ready(context)
            }
            Err(source) => {
                self.could_not_connect(&dial, source, context);
                self.advance(context)
            }
        }
    }

    /// Ends the attempt at the user's request.
    pub(super) fn give_up(mut self, context: &mut Context) {
        let stage = std::mem::replace(&mut self.stage, Stage::Failed);
        let link = match &stage {
            Stage::Connecting(dial) => {
                context
                    .timers
                    .cancel(dial.due, Timer::Connect(self.connection));
                Some(&dial.link)
            }
            Stage::LookingUp(_) | Stage::Failed => None,
        };
        let error = NetError::ConnectGivenUp {
            target: self.config.target.to_string(),
        };
        emit_failure(link, error, true, context);
        self.emit_lost(context);
    }

    /// Starts connecting to the next address that does not fail at once.
    fn dial_next(&mut self, context: &mut Context) {
        self.stage = Stage::Failed;
        while let Some(address) = self.addresses.pop_front() {
            let link = Link::new(self.connection, None, address);
            let began = Instant::now();
            let stamp = context.clock.stamp(began);
            context
                .outbox
                .emit(stamp, Some(&link), EngineEventKind::Connecting);
            match Dial::begin(&link, &self.config, began, context) {
                Ok(dial) => {
                    context.timers.set(dial.due, self.timer());
                    self.stage = Stage::Connecting(dial);
                    return;
                }
                Err(source) => {
                    let error = connect_error(&link, source);
                    emit_failure(Some(&link), error, self.addresses.is_empty(), context);
                }
            }
        }
    }

    fn could_not_connect(&mut self, dial: &Dial, source: io::Error, context: &mut Context) {
        self.dial_failed(dial, connect_error(&dial.link, source), context);
    }

    fn timer(&self) -> Timer {
        Timer::Connect(self.connection)
    }

    fn dial_failed(&mut self, dial: &Dial, error: NetError, context: &mut Context) {
        context.timers.cancel(dial.due, self.timer());
        if let Some(ends) = &dial.ends {
            context.ids.pairs().forget(ends);
        }
        emit_failure(Some(&dial.link), error, self.addresses.is_empty(), context);
        self.dial_next(context);
    }

    fn look_up_failed(&mut self, source: io::Error, context: &mut Context) {
        let host = match &self.config.target {
            Target::Host { name, .. } => name.clone(),
            Target::Address(address) => address.to_string(),
        };
        emit_failure(
            None,
            NetError::LookUp {
                host,
                source: source.into(),
            },
            true,
            context,
        );
        self.stage = Stage::Failed;
    }

    fn connected(
        &mut self,
        dial: Dial,
        established: Established,
        context: &mut Context,
    ) -> Progress {
        context.timers.cancel(dial.due, self.timer());
        let link = Link::new(
            self.connection,
            Some(established.local),
            dial.link.peer.clone(),
        );
        let began = dial.began;
        let Some(socket) = dial.into_socket() else {
            return Progress::Pending;
        };
        let now = Instant::now();
        let kind = EngineEventKind::Connected {
            took: now.saturating_duration_since(began),
            process: socket.process(),
        };
        let stamp = context.clock.stamp(now);
        context.outbox.emit(stamp, Some(&link), kind);
        let mut connection = Connection::new(socket, link, context);
        for message in std::mem::take(&mut self.held).into_messages() {
            connection.enqueue(message, context);
        }
        Progress::Connected(Box::new(match established.reset {
            Some(error) => connection.broken(error),
            None => connection,
        }))
    }

    /// Reports that messages held for the connection were lost.
    fn emit_lost(&mut self, context: &mut Context) {
        let held = std::mem::take(&mut self.held);
        if !held.is_empty() {
            let bytes = held.bytes();
            context.emit_failure(None, NetError::NotOpen { bytes });
        }
    }
}

fn connect_error(link: &Link, source: io::Error) -> NetError {
    NetError::Connect {
        address: link.peer.clone(),
        source: source.into(),
    }
}

fn emit_failure(link: Option<&Arc<Link>>, error: NetError, last: bool, context: &mut Context) {
    let error = Arc::new(error);
    context.emit(link, EngineEventKind::ConnectFailed { error, last });
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr, TcpListener};
    use std::time::Duration;

    use socket2::{Domain, Socket, Type};

    use super::*;
    use crate::net::pipe::EventReceiver;

    /// An attempt that is waiting for its look-up.
    fn attempt(found: Receiver<Found>) -> Attempt {
        Attempt {
            connection: FlowId::server(1),
            config: ClientConfig::new(Target::new("somewhere", 1)),
            stage: Stage::LookingUp(found),
            addresses: VecDeque::new(),
            held: Held::default(),
        }
    }

    fn attempt_at(addresses: Vec<SocketAddr>) -> Attempt {
        let (sender, found) = crossbeam_channel::bounded(1);
        sender.send(Ok(addresses)).unwrap();
        attempt(found)
    }

    /// Waits until the attempt succeeds or fails.
    fn finish(attempt: &mut Attempt, context: &mut Context) -> Progress {
        let until = Instant::now() + Duration::from_secs(5);
        let mut ready = Vec::new();
        loop {
            assert!(Instant::now() < until, "neither connected nor failed");
            context.poller.wait(&mut ready, Some(until)).unwrap();
            let progress = attempt.ready(context);
            if !matches!(progress, Progress::Pending) {
                return progress;
            }
        }
    }

    /// Returns the reported events, named in short.
    fn reported(
        context: &mut Context,
        receiver: &EventReceiver,
    ) -> Vec<(&'static str, Option<SocketAddr>)> {
        context.outbox.flush();
        let events = receiver.try_recv().unwrap().into_iter();
        events
            .map(|event| {
                let peer = event.link.and_then(|link| link.peer.ip());
                let word = match event.kind {
                    EngineEventKind::Connecting => "connecting",
                    EngineEventKind::Connected { .. } => "connected",
                    EngineEventKind::ConnectFailed { last: false, .. } => "failed",
                    EngineEventKind::ConnectFailed { last: true, .. } => "failed at last",
                    EngineEventKind::Received { .. } => "received",
                    EngineEventKind::Reset { .. } => "reset",
                    _ => "something else",
                };
                (word, peer)
            })
            .collect()
    }

    /// Finishes an attempt at `addresses` and returns the events it reported.
    fn try_all(addresses: Vec<SocketAddr>) -> Vec<(&'static str, Option<SocketAddr>)> {
        let (mut context, receiver) = Context::alone();
        let mut attempt = attempt_at(addresses);
        if let Progress::Pending = attempt.advance(&mut context) {
            finish(&mut attempt, &mut context);
        }
        reported(&mut context, &receiver)
    }

    fn listener() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    /// Returns a port that is bound but does not listen.
    fn deaf() -> (Socket, SocketAddr) {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        socket.bind(&any.into()).unwrap();
        let address = socket.local_addr().unwrap().as_socket().unwrap();
        (socket, address)
    }

    #[test]
    fn addresses_are_tried_in_order_until_one_answers() {
        let ((_first, first), (_second, second)) = (deaf(), deaf());
        let (_listener, third) = listener();
        let (_other, never) = listener();
        assert_eq!(
            try_all(vec![first, second, third, never]),
            [
                ("connecting", Some(first)),
                ("failed", Some(first)),
                ("connecting", Some(second)),
                ("failed", Some(second)),
                ("connecting", Some(third)),
                ("connected", Some(third)),
            ]
        );
    }

    #[test]
    fn the_last_address_that_fails_ends_the_attempt() {
        let ((_first, first), (_second, second)) = (deaf(), deaf());
        assert_eq!(
            try_all(vec![first, second]),
            [
                ("connecting", Some(first)),
                ("failed", Some(first)),
                ("connecting", Some(second)),
                ("failed at last", Some(second)),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_connection_reset_before_it_is_checked_was_established_and_is_read() {
        use std::io::Write as _;

        use socket2::SockRef;

        use crate::net::config::Behaviour;
        use crate::net::connection::Outcome;
        use crate::net::poller::Readiness;

        let (listener, address) = listener();
        let (_other, never) = self::listener();
        let (mut context, receiver) = Context::alone();
        context.set_behaviour(Behaviour::default());
        let mut attempt = attempt_at(vec![address, never]);
        assert!(matches!(attempt.advance(&mut context), Progress::Pending));
        let (mut peer, _) = listener.accept().unwrap();
        peer.write_all(b"banner").unwrap();
        SockRef::from(&peer)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
        drop(peer);
        let Progress::Connected(mut connection) = finish(&mut attempt, &mut context) else {
            panic!("{:?}", reported(&mut context, &receiver));
        };
        let outcome = connection.ready(Readiness::UNKNOWN, &mut context);
        assert_eq!(outcome, Outcome::Gone);
        let words = ["connecting", "connected", "received", "reset"];
        assert_eq!(
            reported(&mut context, &receiver),
            words.map(|word| (word, Some(address)))
        );
    }

    #[test]
    fn giving_up_a_look_up_ends_the_attempt_and_discards_the_answer() {
        let (mut context, receiver) = Context::alone();
        let (sender, found) = crossbeam_channel::bounded(1);
        let mut attempt = attempt(found);
        assert!(matches!(attempt.advance(&mut context), Progress::Pending));
        attempt.give_up(&mut context);
        let (_listener, address) = listener();
        assert!(sender.send(Ok(vec![address])).is_err());
        assert_eq!(
            reported(&mut context, &receiver),
            [("failed at last", None)]
        );
    }
}
