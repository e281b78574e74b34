//! How a worker serves UDP sockets: each datagram goes to the connection with its peer, which a new peer makes.

use std::io;
use std::net::SocketAddr;
use std::time::Instant;

use super::Worker;
use crate::net::address::Address;
use crate::net::config::ServerConfig;
use crate::net::connection::{Connection, Liveness};
use crate::net::connector::OpenedUdp;
use crate::net::error::NetError;
use crate::net::event::{ClosedBy, EngineEventKind, Link};
use crate::net::hops::CircleEnd;
use crate::net::id::{FlowId, Role};
use crate::net::listener::LISTENER_KEY;
use crate::net::poller::{Key, Readiness, Registered};
use crate::net::transport::Transport;
use crate::net::udp::{Arrived, DatagramEnds, FLOWS, Made, Mouth, Troubled, Unsent};

/// How many datagrams one socket is read for in a turn.
const DATAGRAMS_PER_TURN: usize = 256;
/// How many messages about datagrams that did not get there are taken in a turn.
const TROUBLES_PER_TURN: usize = 256;
/// After a read of so many, more may have arrived. One alone is seldom followed at once, and to look would be in vain.
const MANY: usize = 2;
/// What a datagram counts of a turn's bytes at least, so that a flood of empty ones is bounded too.
const LEAST_BYTES: usize = 64;
/// Which part of all peers is forgotten at once when there are too many.
const FORGOTTEN_PART: usize = 8;

impl Worker {
    /// Binds a server's UDP socket.
    pub(super) fn bind_datagrams(&mut self, address: SocketAddr, config: &ServerConfig) {
        let stamp = self.context.now();
        match self.mouth_at(address, config) {
            Ok(mouth) => {
                let local = mouth.local();
                let kind = EngineEventKind::Bound {
                    dual_stack: config.dual_stack && address.is_ipv6(),
                    local,
                    groups: config.udp.groups.clone(),
                };
                self.context.outbox.emit(stamp, None, kind);
                self.mouths.insert(LISTENER_KEY, mouth);
                self.configure(config.behaviour.clone());
            }
            Err(source) => {
                let error = NetError::listen(config.bind.clone(), source);
                self.context.emit_failure(None, error);
            }
        }
    }

    fn mouth_at(&mut self, address: SocketAddr, config: &ServerConfig) -> io::Result<Mouth> {
        let sockets = self.context.sockets(config.network, &address)?;
        self.context
            .set_conditions(config.network, config.conditions)?;
        let made = Made {
            sockets: &*sockets,
            options: &config.options,
            udp: &config.udp,
        };
        let poller = &self.context.poller;
        let mut mouth = Mouth::bind(LISTENER_KEY, address, config.dual_stack, made, poller)?;
        let pairs = self.context.ids.pairs(config.network);
        mouth.listening = Some(pairs.listen(mouth.local()));
        self.context.forget_after = config.udp.forget_after;
        Ok(mouth)
    }

    /// Takes a socket that a client has opened, and its connection.
    pub(super) fn take_opened(&mut self, opened: OpenedUdp) {
        let OpenedUdp { mouth, connection } = opened;
        self.mouths.insert(Key::of(connection.id()), mouth);
        self.open(connection);
    }

    /// Serves a UDP socket, if the key is that of one.
    pub(super) fn serve_mouth(&mut self, key: Key, readiness: Readiness) -> bool {
        if !self.mouths.contains_key(&key) {
            return false;
        }
        if readiness.error && !self.context.may_read() {
            self.leave_mouth_alone(key);
            return true;
        }
        if readiness.error {
            // There may be none: what is wrong is then said by the next read.
            self.take_troubles(key);
        }
        if readiness.readable || readiness.error {
            self.read_datagrams(key);
        }
        if readiness.writable {
            self.serve_waiting(key);
        }
        true
    }

    /// Sends on for the peers that have waited longest, until the system takes no more or the turn is spent.
    fn serve_waiting(&mut self, key: Key) {
        while !self.context.is_spent() {
            let next = self.mouths.get_mut(&key).and_then(Mouth::next_waiting);
            let Some(id) = next else { return };
            self.act(id, Connection::has_room);
            if self.context.awaiting_room.last() == Some(&(key, id)) {
                return;
            }
        }
    }

    fn read_datagrams(&mut self, key: Key) {
        let is_behind = self.read_some(key);
        if let Some(mouth) = self.mouths.get_mut(&key) {
            mouth.is_behind = is_behind;
        }
    }

    /// Reads what has arrived, up to the share of a turn. Returns whether there may be more.
    fn read_some(&mut self, key: Key) -> bool {
        let (mut count, mut was_full) = (0, false);
        while count < DATAGRAMS_PER_TURN {
            if self.context.is_spent() {
                return true;
            }
            if !self.context.may_read() {
                self.pause_mouth(key);
                return true;
            }
            let Some(mouth) = self.mouths.get(&key) else {
                return false;
            };
            let len = self.context.buffers.current().len();
            match mouth.receive(&mut self.batch, len) {
                Ok(()) => {
                    let read = self.take_batch(key);
                    count += read;
                    let may_be_more = read >= MANY || self.batch.is_full();
                    was_full |= may_be_more;
                    if !may_be_more {
                        self.caught_up(key, was_full);
                        return false;
                    }
                    // A command is carried out before anything is read that arrives after it.
                    if !self.commands.is_empty() {
                        return true;
                    }
                    // What the network says takes room in the receive buffer, which datagrams need.
                    let mouth = self.mouths.get(&key);
                    if mouth.is_some_and(Mouth::saw_trouble) {
                        self.take_troubles(key);
                    }
                }
                Err(error) => {
                    count += 1;
                    match error.kind() {
                        io::ErrorKind::WouldBlock => {
                            self.caught_up(key, was_full);
                            return false;
                        }
                        io::ErrorKind::Interrupted => {}
                        _ => self.failed_to_read(key, error),
                    }
                }
            }
        }
        true
    }

    /// All that had arrived is read. After a burst, the last of it may have been dropped.
    fn caught_up(&mut self, key: Key, after_burst: bool) {
        if after_burst {
            let mouth = self.mouths.get_mut(&key);
            let dropped = mouth.map_or(0, |mouth| mouth.newly_dropped(None));
            self.emit_dropped(dropped);
        }
    }

    fn emit_dropped(&mut self, datagrams: u32) {
        if datagrams > 0 {
            let datagrams = datagrams.into();
            let kind = EngineEventKind::Dropped { datagrams };
            self.context.emit(None, kind);
        }
    }

    /// Closes the connections with peers that have been silent for too long, as far as all that arrived is read.
    pub(super) fn forget_silent(&mut self) {
        for id in std::mem::take(&mut self.silent) {
            let flow = self.connections.get(&id).and_then(|it| it.flow());
            let mouth = flow.and_then(|flow| self.mouths.get(&flow.key));
            let is_behind = mouth.is_some_and(|mouth| mouth.is_behind);
            let may_have_sent = is_behind || self.context.is_spent() || !self.context.may_read();
            self.act(id, |connection, context| {
                connection.silence_checked(may_have_sent, context)
            });
        }
    }

    /// Handles the datagrams that were read together, and sends their echoes together; returns how many there were.
    fn take_batch(&mut self, key: Key) -> usize {
        let count = self.batch.len();
        self.context.read_at = Instant::now();
        if count > 1 {
            self.context.replies.gather();
        }
        for place in 0..count {
            if let Some(arrived) = self.batch.copy(place, self.context.buffers.current()) {
                self.datagram_arrived(key, &arrived);
            }
        }
        for unsent in self.context.replies.finish() {
            self.not_sent(unsent);
        }
        count
    }

    /// Handles an echo that the system did not take. If its connection has ended, it is lost.
    fn not_sent(&mut self, unsent: Unsent) {
        let id = unsent.link.connection;
        let mut unsent = Some(unsent);
        self.act(id, |connection, context| match unsent.take() {
            Some(unsent) => connection.not_sent(unsent, context),
            None => Liveness::Open,
        });
        if let Some(Unsent {
            link,
            by,
            bytes,
            error,
        }) = unsent
        {
            let error = NetError::Datagram {
                peer: link.peer.clone(),
                bytes: bytes.len() as u64,
                source: error.into(),
            };
            self.context.emit_failure_by(by, Some(&link), error);
        }
    }

    /// Reports an earlier datagram that did not get there, with its peer if the system says which. It ends nothing.
    fn failed_to_read(&mut self, key: Key, error: io::Error) {
        if !self.take_troubles(key) {
            let troubled = Troubled {
                to: None,
                from: None,
                error,
                icmp: None,
            };
            self.troubled(key, troubled);
        }
    }

    /// Leaves a socket alone until events can be handed over.
    fn pause_mouth(&mut self, key: Key) {
        let mouth = self.mouths.get_mut(&key);
        if mouth.is_some_and(|mouth| mouth.set_read(false)) {
            self.unread_mouths.push(key);
        }
    }

    /// Leaves a socket alone of which the network says something, as long as that cannot be handed over.
    fn leave_mouth_alone(&mut self, key: Key) {
        if let Some(mouth) = self.mouths.get_mut(&key) {
            mouth.leave();
            if !self.unread_mouths.contains(&key) {
                self.unread_mouths.push(key);
            }
        }
    }

    /// Reads the sockets again that were left alone.
    pub(super) fn resume_mouths(&mut self) {
        for key in std::mem::take(&mut self.unread_mouths) {
            if let Some(mouth) = self.mouths.get_mut(&key) {
                mouth.set_read(true);
            }
        }
    }

    fn datagram_arrived(&mut self, key: Key, arrived: &Arrived) {
        self.context.spend(arrived.count.max(LEAST_BYTES));
        let Some(mouth) = self.mouths.get_mut(&key) else {
            return;
        };
        let dropped = mouth.newly_dropped(Some(arrived));
        let ends = mouth.ends_of(arrived);
        let known = mouth.flow(&ends);
        self.emit_dropped(dropped);
        let Some(id) = known.or_else(|| self.peer_appeared(key, ends, arrived)) else {
            return;
        };
        self.act(id, |connection, context| {
            connection.arrived(arrived, context)
        });
    }

    /// Makes a connection with a peer that was not known.
    fn peer_appeared(&mut self, key: Key, ends: DatagramEnds, arrived: &Arrived) -> Option<FlowId> {
        self.make_room();
        let mouth = self.mouths.get_mut(&key)?;
        let role = match mouth.opener {
            Some(_) => Role::Client,
            None => Role::Server,
        };
        let (peer, to) = (Address::udp(ends.peer), ends.to);
        let local = mouth.local();
        let local = match (to, local.ip()) {
            (Some(to), Some(bound)) => Address::udp(SocketAddr::new(to, bound.port())),
            _ => local,
        };
        let ids = &self.context.ids;
        let pair = match role {
            Role::Server => ids.pairs(self.network).accepted(&peer, Some(&local)),
            Role::Client => None,
        };
        let number = pair.as_ref().map(|it| it.number);
        let number = number.unwrap_or_else(|| ids.next_connection());
        let id = FlowId { number, role };
        let flow = mouth.add(id, ends, arrived.answers_from);
        let link = Link::new(id, Some(local), peer);
        let kind = EngineEventKind::Accepted {
            process: None,
            syn: None,
        };
        self.context.emit(Some(&link), kind);
        let transport = Transport::Udp(flow);
        let socket = Registered::shared(&self.context.poller, Key::of(id), transport);
        let pair = pair.map(|it| CircleEnd::of_server(it.circle));
        // A greeting is written into the buffer of no one: what arrived stays where it is until it is answered.
        let mut connection = Connection::new(socket, link, pair, &mut self.context);
        connection.begin_forgetting(&mut self.context);
        self.connections.insert(id, Box::new(connection));
        Some(id)
    }

    /// Forgets those peers that have been silent longest, if there are too many.
    fn make_room(&mut self) {
        if self.connections.len() < FLOWS {
            return;
        }
        let forgettable = self.connections.values().filter_map(|it| {
            let flow = it.flow().filter(|flow| !flow.is_kept)?;
            Some((flow.active, it.id()))
        });
        let mut silent: Vec<(Instant, FlowId)> = forgettable.collect();
        let count = (silent.len() / FORGOTTEN_PART).max(1);
        if count < silent.len() {
            silent.select_nth_unstable(count);
            silent.truncate(count);
        }
        for (_, id) in silent {
            let limit = FLOWS as u64;
            self.end_flow(id, ClosedBy::Crowded { limit });
        }
    }

    fn end_flow(&mut self, id: FlowId, by: ClosedBy) {
        if let Some(connection) = self.connections.get_mut(&id) {
            connection.close(by, &mut self.context);
            self.forget(id);
        }
    }

    /// Takes what the network said of datagrams that were sent. Returns whether it said anything.
    fn take_troubles(&mut self, key: Key) -> bool {
        for count in 0..TROUBLES_PER_TURN {
            let Some(mouth) = self.mouths.get(&key) else {
                return true;
            };
            let Some(trouble) = mouth.take_trouble() else {
                if count > 0 {
                    // It says what was just taken, and would be returned by the next call.
                    mouth.take_error();
                }
                return count > 0;
            };
            self.troubled(key, trouble);
        }
        true
    }

    /// Reports a datagram that did not get there: with its peer if the system says which.
    fn troubled(&mut self, key: Key, troubled: Troubled) {
        self.context.spend(LEAST_BYTES);
        let mouth = self.mouths.get(&key);
        let flow = mouth.and_then(|mouth| mouth.flow_of(&troubled));
        let Troubled {
            to, error, icmp, ..
        } = troubled;
        if let Some(id) = flow {
            self.act(id, |connection, context| {
                connection.undelivered(error, icmp, context)
            });
        } else {
            let undelivered = NetError::Undelivered {
                peer: to.map(Address::udp),
                source: error.into(),
                icmp,
            };
            self.context.emit_failure(None, undelivered);
        }
    }

    /// Has the sockets watched for whose connections have more to send.
    pub(super) fn await_room(&mut self) {
        for (key, id) in std::mem::take(&mut self.context.awaiting_room) {
            if let Some(mouth) = self.mouths.get_mut(&key) {
                mouth.await_room(id);
            }
        }
    }

    /// Forgets a connection that has ended; a client's socket is closed with the connection that opened it.
    pub(super) fn leave_mouth(&mut self, connection: &Connection) {
        let Some(flow) = connection.flow() else {
            return;
        };
        let key = flow.key;
        let Some(mouth) = self.mouths.get_mut(&key) else {
            return;
        };
        mouth.remove(&flow.ends);
        if mouth.opener != Some(connection.id()) {
            return;
        }
        let Some(mut mouth) = self.mouths.remove(&key) else {
            return;
        };
        self.emit_dropped(mouth.newly_dropped(None));
        if let Some(pair) = mouth.pair.take() {
            self.context.ids.pairs(self.network).forget(&pair.ends);
        }
        let others: Vec<FlowId> = mouth.flows().collect();
        for id in others {
            self.end_flow(id, ClosedBy::Us);
        }
    }

    /// Closes all UDP sockets, whose connections are closed. Returns whether one of them was a server's.
    pub(super) fn close_mouths(&mut self) -> bool {
        self.unread_mouths.clear();
        self.context.awaiting_room.clear();
        let mut mouths = std::mem::take(&mut self.mouths);
        for mouth in mouths.values_mut() {
            self.emit_dropped(mouth.newly_dropped(None));
        }
        mouths.contains_key(&LISTENER_KEY)
    }
}

#[cfg(test)]
mod tests;
