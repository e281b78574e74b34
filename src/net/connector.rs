//! A client's attempt to connect: looks up the name, then tries one address after another, each with its timeout.

mod datagrams;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Receiver, TryRecvError};

use super::address::Address;
use super::config::{ClientConfig, Target};
use super::connection::Connection;
use super::context::Context;
use super::dial::{Dial, Established};
use super::error::NetError;
use super::event::{ClosedBy, EngineEventKind, Link, Requester, SequenceEnd};
use super::hops::CircleEnd;
use super::id::FlowId;
use super::lab_error::LabError;
use super::look_up_error::LookUpError;
use super::message::Held;
use super::network::Network;
use super::resolver::{LookedUp, Resolver};
use super::timers::Timer;
use super::tls_setup::{PendingTls, TlsEnd};
use super::udp::Mouth;
use crate::script::Message;
use crate::script::sequence::{Sequence, SequenceOutcome, StepFailure, StepNumber};

/// An attempt in progress.
pub(super) struct Attempt {
    connection: FlowId,
    config: ClientConfig,
    /// What the connection is encrypted with.
    tls: Option<Arc<TlsEnd>>,
    resolver: Resolver,
    stage: Stage,
    addresses: VecDeque<Address>,
    held: Held,
    /// What runs once the connection is established.
    run: Option<Arc<Sequence>>,
}

enum Stage {
    /// What the connection is to be encrypted with is being prepared.
    Preparing(Arc<PendingTls>),
    LookingUp(Receiver<LookedUp>),
    Connecting(Dial),
    /// A UDP socket is there, which needs no answer.
    Bound(Mouth, SocketAddr),
    /// No address is left to try.
    Failed,
}

/// The state of an attempt.
pub(super) enum AttemptProgress {
    /// Its TLS is being prepared, or its name looked up; the worker is woken.
    LookingUp,
    Pending,
    /// The connection is established; the held messages are in its queue.
    Connected(Box<Connection>),
    /// A UDP socket is there; the held messages are in the queue of its connection.
    Opened(Box<OpenedUdp>),
    /// No address could be reached. Every failure has been reported.
    Failed,
}

/// What a client has opened with UDP.
pub(super) struct OpenedUdp {
    pub(super) mouth: Mouth,
    pub(super) connection: Connection,
}

impl Attempt {
    /// Starts an attempt. [`Self::advance`] returns its progress.
    pub(super) fn begin(config: ClientConfig, resolver: &Resolver, context: &mut Context) -> Self {
        let mut attempt = Self {
            connection: FlowId::client(context.ids.next_connection()),
            config,
            tls: None,
            resolver: resolver.clone(),
            stage: Stage::Failed,
            addresses: VecDeque::new(),
            held: Held::default(),
            run: None,
        };
        match attempt.config.tls.as_deref() {
            Some(setup) => {
                attempt.stage = Stage::Preparing(context.tls.connect(&setup.settings));
            }
            None => attempt.seek(context),
        }
        attempt
    }

    /// Goes on once what the connection is to be encrypted with is prepared.
    fn take_prepared(&mut self, preparing: &Arc<PendingTls>, context: &mut Context) {
        let waker = context.poller.waker();
        match context.tls.prepared(preparing, waker) {
            None => {}
            Some(Ok(prepared)) => {
                self.tls = Some(Arc::new(TlsEnd::of_client(prepared, &self.config)));
                self.seek(context);
            }
            Some(Err(source)) => {
                let source = Box::new(source);
                emit_failure(None, NetError::TlsSettings { source }, true, context);
                self.stage = Stage::Failed;
            }
        }
    }

    /// Begins to connect, or to look up the name.
    fn seek(&mut self, context: &mut Context) {
        self.stage = Stage::Failed;
        match &self.config.target {
            Target::Address(address) => {
                self.addresses.push_back(address.clone());
                self.dial_next(context);
            }
            Target::Host { name, port, .. } => {
                let stamp = context.now();
                let waker = context.poller.waker();
                match self.resolver.look_up(name, *port, waker) {
                    Ok(found) => {
                        let kind = EngineEventKind::LookingUp {
                            host: name.clone(),
                            port: *port,
                        };
                        context.outbox.emit(stamp, None, kind);
                        self.stage = Stage::LookingUp(found);
                    }
                    Err(error) => emit_failure(None, error, true, context),
                }
            }
        }
    }

    pub(super) fn connection(&self) -> FlowId {
        self.connection
    }

    /// Returns the ends of the connect that is under way, if there is one.
    pub(super) fn link(&self) -> Option<Arc<Link>> {
        let Stage::Connecting(dial) = &self.stage else {
            return None;
        };
        let local = dial.local_address();
        Some(Link::new(self.connection, local, dial.link.peer.clone()))
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
            Stage::Preparing(_) | Stage::LookingUp(_) | Stage::Bound(..) | Stage::Failed => {
                NetError::NotConnected {
                    bytes: bytes as u64,
                }
            }
        };
        context.emit_failure(None, error);
    }

    /// Runs a sequence once the connection is established. One that was to run is cancelled.
    pub(super) fn hold_run(&mut self, sequence: Arc<Sequence>, context: &mut Context) {
        self.cancel_run(context);
        self.run = Some(sequence);
    }

    /// Cancels what was to run.
    pub(super) fn cancel_run(&mut self, context: &mut Context) {
        if let Some(sequence) = self.run.take() {
            let step = StepNumber(1);
            not_run(&sequence, SequenceOutcome::Cancelled { step }, context);
        }
    }

    /// Proceeds as far as it can without waiting.
    pub(super) fn advance(&mut self, context: &mut Context) -> AttemptProgress {
        if let Stage::Preparing(preparing) = &self.stage {
            let preparing = Arc::clone(preparing);
            self.take_prepared(&preparing, context);
        }
        if let Stage::LookingUp(found) = &self.stage {
            match found.try_recv() {
                Ok(Ok(addresses)) => {
                    let of = if self.config.target.is_udp() {
                        Address::udp
                    } else {
                        Address::from
                    };
                    self.addresses = addresses.into_iter().map(of).collect();
                    self.dial_next(context);
                }
                Ok(Err(source)) => self.look_up_failed(source, context),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => {
                    self.look_up_failed(io::Error::from(io::ErrorKind::NotFound).into(), context);
                }
            }
        }
        match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Failed => {
                self.emit_lost(context);
                AttemptProgress::Failed
            }
            Stage::Bound(mouth, target) => self.opened(mouth, target, context),
            stage => {
                let progress = match &stage {
                    Stage::Preparing(_) | Stage::LookingUp(_) => AttemptProgress::LookingUp,
                    _ => AttemptProgress::Pending,
                };
                self.stage = stage;
                progress
            }
        }
    }

    /// Checks the connect whose socket may be ready.
    pub(super) fn ready(&mut self, context: &mut Context) -> AttemptProgress {
        let stage = std::mem::replace(&mut self.stage, Stage::Failed);
        let Stage::Connecting(dial) = stage else {
            self.stage = stage;
            return AttemptProgress::Pending;
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
    pub(super) fn timer_fired(&mut self, context: &mut Context) -> AttemptProgress {
        let stage = std::mem::replace(&mut self.stage, Stage::Failed);
        let Stage::Connecting(mut dial) = stage else {
            self.stage = stage;
            return AttemptProgress::Pending;
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
            Stage::Preparing(_) | Stage::LookingUp(_) | Stage::Bound(..) | Stage::Failed => None,
        };
        let error = NetError::ConnectGivenUp {
            target: self.config.target.to_string(),
        };
        emit_failure(link, error, true, context);
        self.cancel_run(context);
        self.emit_lost(context);
    }

    /// Starts connecting to the next address that does not fail at once.
    fn dial_next(&mut self, context: &mut Context) {
        self.stage = Stage::Failed;
        while let Some(address) = self.addresses.pop_front() {
            if let Address::Udp(target) = address {
                if self.bind_towards(target, context) {
                    return;
                }
                continue;
            }
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
                    let error = self.connect_error(&link, source, context);
                    emit_failure(Some(&link), error, self.addresses.is_empty(), context);
                }
            }
        }
    }

    fn could_not_connect(&mut self, dial: &Dial, source: io::Error, context: &mut Context) {
        let error = self.connect_error(&dial.link, source, context);
        self.dial_failed(dial, error, context);
    }

    fn connect_error(&self, link: &Link, source: io::Error, context: &Context) -> NetError {
        let peer = &link.peer;
        let elsewhere = self.config.network.other();
        let is_refused = source.kind() == io::ErrorKind::ConnectionRefused && !peer.is_unix();
        if is_refused && context.ids.pairs(elsewhere).is_listening(peer) {
            return NetError::Lab {
                address: peer.clone(),
                source: LabError::OtherNetwork(elsewhere),
            };
        }
        NetError::connect(peer.clone(), source)
    }

    /// Returns the network of a connect; Unix sockets are in none, and count to the system's.
    fn network_of(&self, dial: &Dial) -> Network {
        if dial.link.peer.is_unix() {
            Network::System
        } else {
            self.config.network
        }
    }

    fn timer(&self) -> Timer {
        Timer::Connect(self.connection)
    }

    fn dial_failed(&mut self, dial: &Dial, error: NetError, context: &mut Context) {
        context.timers.cancel(dial.due, self.timer());
        if let Some(pair) = &dial.pair {
            let pairs = context.ids.pairs(self.network_of(dial));
            pairs.forget(&pair.ends);
        }
        emit_failure(Some(&dial.link), error, self.addresses.is_empty(), context);
        self.dial_next(context);
    }

    fn look_up_failed(&mut self, source: LookUpError, context: &mut Context) {
        let host = match &self.config.target {
            Target::Host { name, .. } => name.clone(),
            Target::Address(address) => address.to_string(),
        };
        emit_failure(None, NetError::LookUp { host, source }, true, context);
        self.stage = Stage::Failed;
    }

    fn connected(
        &mut self,
        mut dial: Dial,
        established: Established,
        context: &mut Context,
    ) -> AttemptProgress {
        context.timers.cancel(dial.due, self.timer());
        let link = Link::new(
            self.connection,
            Some(established.local),
            dial.link.peer.clone(),
        );
        let began = dial.began;
        let pair = dial
            .pair
            .take()
            .map(|pair| CircleEnd::of_client(pair.circle));
        let Some(socket) = dial.into_socket() else {
            return AttemptProgress::Pending;
        };
        let now = Instant::now();
        let kind = EngineEventKind::Connected {
            took: now.saturating_duration_since(began),
            process: socket.process(),
        };
        let stamp = context.clock.stamp(now);
        context.outbox.emit(stamp, Some(&link), kind);
        let mut connection = Connection::new(socket, link, pair, context);
        if !connection.set_up_tls(self.tls.take(), context) {
            connection.close(ClosedBy::Us, context);
            self.emit_lost(context);
            return AttemptProgress::Failed;
        }
        self.begin_on(&mut connection, context);
        AttemptProgress::Connected(Box::new(match established.reset {
            Some(error) => connection.broken(error),
            None => connection,
        }))
    }

    /// Begins what waited for the connection.
    fn begin_on(&mut self, connection: &mut Connection, context: &mut Context) {
        for message in std::mem::take(&mut self.held).into_messages() {
            connection.enqueue(message, context);
        }
        if let Some(sequence) = self.run.take() {
            connection.begin_run(sequence, context);
        }
    }

    /// Reports that what was held for the connection was lost.
    fn emit_lost(&mut self, context: &mut Context) {
        let held = std::mem::take(&mut self.held);
        if !held.is_empty() {
            let bytes = held.bytes();
            context.emit_failure(None, NetError::NotConnected { bytes });
        }
        if let Some(sequence) = self.run.take() {
            not_connected(&sequence, context);
        }
    }
}

/// Reports that a sequence had no connection to run on.
pub(super) fn not_connected(sequence: &Sequence, context: &mut Context) {
    let failed = SequenceOutcome::Failed {
        step: StepNumber(1),
        why: StepFailure::NotConnected,
    };
    not_run(sequence, failed, context);
}

fn not_run(sequence: &Sequence, outcome: SequenceOutcome, context: &mut Context) {
    let kind = EngineEventKind::SequenceEnded {
        name: sequence.name.clone(),
        ended: Arc::new(SequenceEnd { outcome, others: 0 }),
    };
    let stamp = context.now();
    context
        .outbox
        .emit_by(Requester::Sequence, stamp, None, kind);
}

fn emit_failure(link: Option<&Arc<Link>>, error: NetError, last: bool, context: &mut Context) {
    let error = Arc::new(error);
    context.emit(link, EngineEventKind::ConnectFailed { error, last });
}
