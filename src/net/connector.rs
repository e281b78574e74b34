//! A client's attempt to connect: the look-up, then one address after the other, each with its timeout.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, TryRecvError};

use super::config::{ClientConfig, Target};
use super::connection::Connection;
use super::context::Context;
use super::dial::{Dial, Stood};
use super::error::NetError;
use super::event::{EventKind, Link};
use super::id::ConnectionId;
use super::message::{Held, Message};
use super::resolver::{Found, Resolver};
use super::timers::Timer;

/// An attempt that is under way.
pub(super) struct Attempt {
    connection: ConnectionId,
    config: ClientConfig,
    stage: Stage,
    addresses: VecDeque<SocketAddr>,
    held: Held,
}

enum Stage {
    LookingUp(Receiver<Found>),
    Connecting(Dial),
    /// Nothing is left to try.
    Failed,
}

/// Where an attempt stands.
pub(super) enum Progress {
    Pending,
    /// The connection stands, with what was held for it in its queue.
    Connected(Connection),
    /// No address answered, and all of that was told.
    Failed,
}

impl Attempt {
    /// Begins; [`Self::advance`] says how it went.
    pub(super) fn begin(config: ClientConfig, resolver: &Resolver, context: &mut Context) -> Self {
        let mut attempt = Self {
            connection: context.ids.next_connection(),
            config,
            stage: Stage::Failed,
            addresses: VecDeque::new(),
            held: Held::default(),
        };
        match &attempt.config.target {
            Target::Address(address) => {
                attempt.addresses.push_back(*address);
                attempt.dial_next(context);
            }
            Target::Host { name, port } => {
                let stamp = context.now();
                match resolver.look_up(name, *port, context.poller.waker()) {
                    Ok(found) => {
                        let kind = EventKind::LookingUp {
                            host: name.clone(),
                            port: *port,
                        };
                        context.outbox.tell(stamp, None, kind);
                        attempt.stage = Stage::LookingUp(found);
                    }
                    Err(error) => tell_failed(None, error, true, context),
                }
            }
        }
        attempt
    }

    pub(super) fn connection(&self) -> ConnectionId {
        self.connection
    }

    /// Keeps a message for the connection that is to come.
    pub(super) fn hold(&mut self, message: Message, context: &mut Context) {
        let bytes = message.len_bytes();
        if self.held.has_room(bytes) {
            self.held.push(message);
            return;
        }
        let stamp = context.now();
        let error = match &self.stage {
            Stage::Connecting(dial) => NetError::QueueFull {
                peer: dial.link.peer,
                bytes: bytes as u64,
                queued_bytes: self.held.bytes(),
            },
            Stage::LookingUp(_) | Stage::Failed => NetError::NotOpen {
                bytes: bytes as u64,
            },
        };
        context.outbox.tell_failed(stamp, None, error);
    }

    /// Goes on as far as it can without waiting.
    pub(super) fn advance(&mut self, context: &mut Context) -> Progress {
        if let Stage::LookingUp(found) = &self.stage {
            match found.try_recv() {
                Ok(Ok(addresses)) => {
                    self.addresses = addresses.into();
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
                self.tell_lost(context);
                Progress::Failed
            }
            Stage::LookingUp(_) | Stage::Connecting(_) => Progress::Pending,
        }
    }

    /// Looks what became of the connect whose socket is ready.
    pub(super) fn ready(&mut self, context: &mut Context) -> Progress {
        let stage = std::mem::replace(&mut self.stage, Stage::Failed);
        let Stage::Connecting(dial) = stage else {
            self.stage = stage;
            return Progress::Pending;
        };
        match dial.result() {
            Ok(Some(stood)) => return self.connected(dial, stood, context),
            Ok(None) => self.stage = Stage::Connecting(dial),
            Err(source) => {
                let address = dial.link.peer;
                let error = NetError::Connect { address, source };
                self.dial_failed(&dial, error, context);
            }
        }
        self.advance(context)
    }

    /// Gives up the address that was given its time.
    pub(super) fn timed_out(&mut self, context: &mut Context) -> Progress {
        let stage = std::mem::replace(&mut self.stage, Stage::Failed);
        if let Stage::Connecting(dial) = stage {
            let error = NetError::ConnectTimeout {
                address: dial.link.peer,
                timeout: self.config.connect_timeout,
            };
            self.dial_failed(&dial, error, context);
        } else {
            self.stage = stage;
        }
        self.advance(context)
    }

    /// Ends the attempt, because the user does.
    pub(super) fn give_up(mut self, context: &mut Context) {
        let stage = std::mem::replace(&mut self.stage, Stage::Failed);
        let link = match &stage {
            Stage::Connecting(dial) => {
                context.timers.cancel(dial.until, Timer::Connect);
                Some(&dial.link)
            }
            Stage::LookingUp(_) | Stage::Failed => None,
        };
        let error = NetError::ConnectGivenUp {
            target: self.config.target.to_string(),
        };
        tell_failed(link, error, true, context);
        self.tell_lost(context);
    }

    /// Begins to connect to the next address that does not fail at once.
    fn dial_next(&mut self, context: &mut Context) {
        self.stage = Stage::Failed;
        while let Some(address) = self.addresses.pop_front() {
            let link = Link::new(self.connection, None, address);
            let began = Instant::now();
            let stamp = context.clock.stamp(began);
            context
                .outbox
                .tell(stamp, Some(&link), EventKind::Connecting);
            let timeout = self.config.connect_timeout;
            match Dial::begin(address, &link, began, timeout, &context.poller) {
                Ok(dial) => {
                    context.timers.set(dial.until, Timer::Connect);
                    self.stage = Stage::Connecting(dial);
                    return;
                }
                Err(source) => {
                    let address = link.peer;
                    let error = NetError::Connect { address, source };
                    tell_failed(Some(&link), error, self.addresses.is_empty(), context);
                }
            }
        }
    }

    fn dial_failed(&mut self, dial: &Dial, error: NetError, context: &mut Context) {
        context.timers.cancel(dial.until, Timer::Connect);
        tell_failed(Some(&dial.link), error, self.addresses.is_empty(), context);
        self.dial_next(context);
    }

    fn look_up_failed(&mut self, source: io::Error, context: &mut Context) {
        let host = match &self.config.target {
            Target::Host { name, .. } => name.clone(),
            Target::Address(address) => address.to_string(),
        };
        tell_failed(None, NetError::LookUp { host, source }, true, context);
        self.stage = Stage::Failed;
    }

    fn connected(&mut self, dial: Dial, stood: Stood, context: &mut Context) -> Progress {
        context.timers.cancel(dial.until, Timer::Connect);
        let link = Link::new(self.connection, Some(stood.local), dial.link.peer);
        let now = Instant::now();
        let kind = EventKind::Connected {
            took: now.saturating_duration_since(dial.began),
        };
        let stamp = context.clock.stamp(now);
        context.outbox.tell(stamp, Some(&link), kind);
        let held = std::mem::take(&mut self.held);
        let mut connection = Connection::new(dial.socket, link);
        for message in held.into_messages() {
            connection.enqueue(message, context);
        }
        Progress::Connected(match stood.reset {
            Some(error) => connection.broken(error),
            None => connection,
        })
    }

    /// What was held for a connection that never stood is lost, and that must be known.
    fn tell_lost(&mut self, context: &mut Context) {
        let held = std::mem::take(&mut self.held);
        if !held.is_empty() {
            let bytes = held.bytes();
            let stamp = context.now();
            let error = NetError::NotOpen { bytes };
            context.outbox.tell_failed(stamp, None, error);
        }
    }
}

fn tell_failed(link: Option<&Arc<Link>>, error: NetError, last: bool, context: &mut Context) {
    let stamp = context.now();
    let error = Arc::new(error);
    let kind = EventKind::ConnectFailed { error, last };
    context.outbox.tell(stamp, link, kind);
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};
    use std::time::Duration;

    use socket2::{Domain, Socket, Type};

    use super::*;
    use crate::net::outbox::{Observe, Outbox};
    use crate::net::pipe::{EventReceiver, pipe};
    use crate::net::poller::Poller;
    use crate::net::{Clock, EndpointId, Ids};

    fn context() -> (Context, EventReceiver) {
        let poller = Poller::new().unwrap();
        let (events, receiver) = pipe();
        let waker = poller.waker();
        let outbox = Outbox::new(EndpointId(1), Observe::Everything, events, waker);
        let context = Context::new(Clock::start(), Ids::default(), poller, outbox);
        (context, receiver)
    }

    /// An attempt whose look-up is under way.
    fn attempt(found: Receiver<Found>) -> Attempt {
        Attempt {
            connection: ConnectionId(1),
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

    /// Waits until the attempt has connected or failed.
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

    /// Returns what was told, in one word each.
    fn told(
        context: &mut Context,
        receiver: &EventReceiver,
    ) -> Vec<(&'static str, Option<SocketAddr>)> {
        context.outbox.flush();
        let told = receiver.try_recv().unwrap().events.into_iter();
        told.map(|event| {
            let peer = event.link.map(|link| link.peer);
            let word = match event.kind {
                EventKind::Connecting => "connecting",
                EventKind::Connected { .. } => "connected",
                EventKind::ConnectFailed { last: false, .. } => "failed",
                EventKind::ConnectFailed { last: true, .. } => "failed at last",
                EventKind::Received { .. } => "received",
                EventKind::Reset { .. } => "reset",
                _ => "something else",
            };
            (word, peer)
        })
        .collect()
    }

    /// Finishes an attempt at `addresses`, and returns what it told.
    fn try_all(addresses: Vec<SocketAddr>) -> Vec<(&'static str, Option<SocketAddr>)> {
        let (mut context, receiver) = context();
        let mut attempt = attempt_at(addresses);
        if let Progress::Pending = attempt.advance(&mut context) {
            finish(&mut attempt, &mut context);
        }
        told(&mut context, &receiver)
    }

    fn listener() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    /// Returns a port that is taken but does not listen.
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
    fn a_connection_that_is_reset_before_it_is_looked_at_stood_and_is_read() {
        use std::io::Write as _;

        use socket2::SockRef;

        use crate::net::config::ServerBehaviour;
        use crate::net::connection::Outcome;
        use crate::net::poller::Readiness;

        let (listener, address) = listener();
        let (_other, never) = self::listener();
        let (mut context, receiver) = context();
        context.set_behaviour(ServerBehaviour::default());
        let mut attempt = attempt_at(vec![address, never]);
        assert!(matches!(attempt.advance(&mut context), Progress::Pending));
        let (mut peer, _) = listener.accept().unwrap();
        peer.write_all(b"banner").unwrap();
        SockRef::from(&peer)
            .set_linger(Some(Duration::ZERO))
            .unwrap();
        drop(peer);
        let Progress::Connected(mut connection) = finish(&mut attempt, &mut context) else {
            panic!("{:?}", told(&mut context, &receiver));
        };
        let outcome = connection.ready(Readiness::UNKNOWN, &mut context);
        assert_eq!(outcome, Outcome::Gone);
        let words = ["connecting", "connected", "received", "reset"];
        assert_eq!(
            told(&mut context, &receiver),
            words.map(|word| (word, Some(address)))
        );
    }

    #[test]
    fn a_look_up_that_is_given_up_ends_the_attempt_and_its_answer_is_for_nobody() {
        let (mut context, receiver) = context();
        let (sender, found) = crossbeam_channel::bounded(1);
        let mut attempt = attempt(found);
        assert!(matches!(attempt.advance(&mut context), Progress::Pending));
        attempt.give_up(&mut context);
        let (_listener, address) = listener();
        assert!(sender.send(Ok(vec![address])).is_err());
        assert_eq!(told(&mut context, &receiver), [("failed at last", None)]);
    }
}
