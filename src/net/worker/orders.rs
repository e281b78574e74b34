//! How a worker carries out its commands.

use std::collections::VecDeque;
use std::num::NonZeroU32;

use super::{Spread, Wanted, Worker};
use crate::net::address::Address;
use crate::net::command::{Command, SendTo};
use crate::net::config::{ClientConfig, ServerConfig};
use crate::net::connection::Connection;
use crate::net::error::NetError;
use crate::net::event::{Accepting, EngineEventKind, Payload};
use crate::net::feed::Feed;
use crate::net::id::FlowId;
use crate::net::listener::{Listener, backlog};
use crate::net::message::Errand;
use crate::script::{Act, Message};

/// How many commands are carried out in one turn.
const COMMANDS_PER_TURN: usize = 64;
/// To how many connections a message goes in one turn.
const SENDS_PER_TURN: usize = 256;
/// Of how many connections the queue is cancelled in one turn.
const CANCELS_PER_TURN: usize = 256;
/// How many connects are begun in one turn.
const CONNECTS_PER_TURN: usize = 64;

/// A message for several connections.
#[derive(Clone)]
pub(super) enum SharedOrders {
    /// Bytes that all of them share.
    Payload(Payload),
    /// A template, rendered for each.
    Template(Message),
}

impl Worker {
    /// Carries out commands in their order, as many as a turn has room for.
    pub(super) fn carry_out_commands(&mut self) {
        self.has_commands = true;
        for _ in 0..COMMANDS_PER_TURN {
            if !self.context.outbox.has_room_for_commands()
                || !self.finish_begun()
                || self.context.is_spent()
            {
                return;
            }
            match self.commands.try_recv() {
                Ok(command) => self.carry_out(command),
                Err(_empty_or_hung_up) => {
                    self.has_commands = false;
                    return;
                }
            }
        }
    }

    /// Goes on with a command that takes more than a turn. Returns whether none is left.
    fn finish_begun(&mut self) -> bool {
        if self.spread.is_some() {
            self.spread_on();
        }
        if self.wanted.is_some() {
            self.connect_on();
        }
        if !self.cancelling.is_empty() {
            self.cancel_on();
        }
        self.spread.is_none() && self.wanted.is_none() && self.cancelling.is_empty()
    }

    /// Cancels what all connections still have to do, sequences, and connecting again.
    fn cancel_all(&mut self) {
        self.cancel_runs(None);
        if self.reconnecting.is_waiting() {
            self.give_up_reconnecting();
        }
        self.cancelling = self.connections.keys().copied().collect();
        self.cancel_on();
    }

    /// Cancels what the next connections still have to do.
    fn cancel_on(&mut self) {
        for _ in 0..CANCELS_PER_TURN {
            let Some(id) = self.cancelling.pop_front() else {
                return;
            };
            self.act(id, Connection::cancel_all);
        }
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Listen(config) => self.listen(&config),
            Command::Configure(behaviour) => self.configure(behaviour),
            Command::Accept(accepting) => self.set_accepting(accepting),
            Command::Connect {
                config,
                connections,
            } => self.connect(*config, connections),
            Command::Send { to, message } => self.send(to, message),
            Command::Feed { connection, feed } => self.feed(connection, feed),
            Command::CancelFeed(id) => {
                self.act(id, Connection::cancel_feed);
            }
            Command::CancelAll => self.cancel_all(),
            Command::Act { connection, act } => self.act_on(connection, act),
            Command::Leave(id) => {
                self.act(id, Connection::leave);
            }
            Command::Run { on, sequence } => self.run_sequence(on, sequence),
            Command::CancelRun(id) => self.cancel_runs(id),
            Command::Join(one, other) => self.join(one, other),
            Command::Watch(watch) => self.watch(watch),
            Command::Stop => self.stop(),
        }
    }

    fn set_accepting(&mut self, accepting: Accepting) {
        if let Some(listener) = &mut self.listener {
            listener.set_accepting(accepting, &mut self.context);
            listener.settle(&mut self.context);
        }
    }

    fn listen(&mut self, config: &ServerConfig) {
        self.stop();
        self.network = config.network;
        if let Err(source) = self.context.tls.serve(config) {
            let source = Box::new(source);
            self.context
                .emit_failure(None, NetError::TlsSettings { source });
            return;
        }
        if let Address::Udp(address) = &config.bind {
            return self.bind_datagrams(*address, config);
        }
        let bound = Listener::bind(config, &self.context);
        let stamp = self.context.now();
        match bound {
            Ok(listener) => {
                let kind = EngineEventKind::Listening {
                    local: listener.local().clone(),
                    backlog: backlog(config.backlog),
                    dual_stack: config.dual_stack
                        && listener.local().ip().is_some_and(|it| it.is_ipv6()),
                };
                self.context.outbox.emit(stamp, None, kind);
                self.listener = Some(listener);
                self.configure(config.behaviour.clone());
            }
            Err(source) => {
                let error = NetError::listen(config.bind.clone(), source);
                self.context.emit_failure(None, error);
            }
        }
    }

    fn connect(&mut self, config: ClientConfig, connections: NonZeroU32) {
        let there = self.own_connections().count() + self.attempts.len();
        let there = u32::try_from(there).unwrap_or(u32::MAX);
        let left = connections.get().saturating_sub(there);
        if left > 0 {
            self.configure(config.behaviour.clone());
            self.connect_as(&config);
            self.wanted = Some(Wanted { config, left });
        }
    }

    /// Begins the next connects that are wanted.
    fn connect_on(&mut self) {
        for _ in 0..CONNECTS_PER_TURN {
            let Some(wanted) = &mut self.wanted else {
                return;
            };
            let Some(left) = wanted.left.checked_sub(1) else {
                self.wanted = None;
                return;
            };
            wanted.left = left;
            let config = wanted.config.clone();
            self.begin_attempt(config, None, 0);
        }
    }

    fn send(&mut self, to: SendTo, message: Message) {
        match to {
            SendTo::All => {
                let to = self.open_connections();
                if to.is_empty() {
                    let bytes = message.len_bytes() as u64;
                    self.context.emit_failure(None, NetError::NoPeers { bytes });
                }
                self.spread_to(to, message);
            }
            SendTo::Connections(ids) => self.spread_to(ids.into(), message),
            SendTo::Client(config) => self.send_from_client(*config, message),
        }
    }

    /// Sends on a client's connections, or once there is one.
    fn send_from_client(&mut self, config: ClientConfig, message: Message) {
        let to: VecDeque<FlowId> = self.own_connections().collect();
        if !to.is_empty() {
            self.spread_to(to, message);
        } else if let Some(attempt) = self.attempts.values_mut().next() {
            attempt.hold(message, &mut self.context);
        } else {
            self.connect_for(config, Errand::Message(message));
        }
    }

    /// Connects for something that is to be done once there is a connection.
    pub(super) fn connect_for(&mut self, config: ClientConfig, errand: Errand) {
        if let Err(errand) = self.reconnect_now(errand) {
            self.configure(config.behaviour.clone());
            self.connect_as(&config);
            self.begin_attempt(config, Some(errand), 0);
        }
    }

    /// Returns the connections that a client opened. Whoever else sends something to its UDP socket is a peer too, but
    /// nobody that it was set up to talk to.
    fn own_connections(&self) -> impl Iterator<Item = FlowId> + '_ {
        let all = self.connections.values();
        let own = all.filter(|it| it.flow().is_none_or(|flow| flow.is_kept));
        own.map(|it| it.id())
    }

    fn open_connections(&self) -> VecDeque<FlowId> {
        let open = self.connections.values().filter(|each| each.can_send());
        open.map(|it| it.id()).collect()
    }

    fn spread_to(&mut self, to: VecDeque<FlowId>, message: Message) {
        let message = match message {
            Message::Bytes(bytes) => SharedOrders::Payload(self.context.payload(bytes)),
            template @ Message::Template(_) => SharedOrders::Template(template),
        };
        self.spread = Some(Spread { message, to });
        self.spread_on();
    }

    /// Sends the message that is on its way to the next connections.
    fn spread_on(&mut self) {
        let Some(mut spread) = self.spread.take() else {
            return;
        };
        for _ in 0..SENDS_PER_TURN {
            if self.context.is_spent() {
                break;
            }
            let Some(id) = spread.to.pop_front() else {
                return;
            };
            self.send_to(id, spread.message.clone());
        }
        self.spread = Some(spread);
    }

    fn send_to(&mut self, id: FlowId, message: SharedOrders) {
        let bytes = match &message {
            SharedOrders::Payload(payload) => payload.bytes.len(),
            SharedOrders::Template(template) => template.len_bytes(),
        };
        let was_there = self.act(id, |connection, context| match message {
            SharedOrders::Payload(payload) => connection.send_payload(payload, context),
            SharedOrders::Template(template) => connection.send(template, context),
        });
        if !was_there {
            let bytes = bytes as u64;
            self.context.emit_failure(None, NetError::NotOpen { bytes });
        }
    }

    fn feed(&mut self, id: FlowId, feed: Feed) {
        let mut feed = Some(feed);
        self.act(id, |connection, context| match feed.take() {
            Some(feed) => connection.feed(feed, context),
            None => crate::net::connection::Liveness::Open,
        });
        if let Some(feed) = feed {
            self.context
                .emit(None, EngineEventKind::Fed(feed.refused()));
        }
    }

    fn act_on(&mut self, id: FlowId, act: Act) {
        let ends = matches!(act, Act::Close | Act::Reset);
        if let Some(attempt) = ends.then(|| self.attempts.remove(&id)).flatten() {
            attempt.give_up(&mut self.context);
            self.attempt_ended(id);
        } else if !self.act(id, |connection, context| connection.act(act, context)) {
            self.context.emit_failure(None, NetError::NoConnection);
        }
    }
}
