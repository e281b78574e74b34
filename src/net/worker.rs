//! One endpoint's thread: waits for sockets, commands and timers, and serves them in turns of bounded length.

mod datagrams;
mod deliveries;
mod orders;
mod reconnecting;
mod refreshing;
mod relaying;
mod running;
mod watching;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::command::Command;
use super::config::ClientConfig;
use super::connection::{Connection, Liveness};
use super::connector::{Attempt, AttemptProgress};
use super::context::Context;
use super::error::NetError;
use super::event::{ClosedBy, EngineEventKind};
use super::id::{FlowId, Role};
use super::listener::{LISTENER_KEY, Listener};
use super::neighbours::Doorstep;
use super::network::Network;
use super::poller::{Key, Readiness};
use super::resolver::Resolver;
use super::timers::Timer;
use super::udp::{DatagramBatch, Mouth};
use deliveries::Delivery;
use orders::SharedOrders;
use reconnecting::Reconnecting;
use watching::WatchedSocket;

/// How many connections are accepted in one turn.
const ACCEPTS_PER_TURN: usize = 64;
/// How long an ending waits for something that makes no progress: a disk, or the receiver of the events. As long as it
/// makes progress, the wait goes on.
pub const STALL_LIMIT: Duration = Duration::from_secs(5);

/// Connects that a client is still to begin.
struct Wanted {
    config: ClientConfig,
    left: u32,
}

/// A message that is on its way to many connections.
struct Spread {
    message: SharedOrders,
    to: VecDeque<FlowId>,
}

/// An endpoint's sockets and what drives them.
pub(super) struct Worker {
    context: Context,
    commands: Receiver<Command>,
    hung_up: Arc<AtomicBool>,
    resolver: Resolver,
    listener: Option<Listener>,
    attempts: BTreeMap<FlowId, Attempt>,
    /// Each in a box: the nodes of the map have room to spare.
    connections: BTreeMap<FlowId, Box<Connection>>,
    /// The UDP sockets, which many connections can share.
    mouths: BTreeMap<Key, Mouth>,
    /// What was read of one of them.
    batch: DatagramBatch,
    /// Those that are not read until events can be handed over.
    unread_mouths: Vec<Key>,
    /// Peers of UDP that may have been silent for too long.
    silent: Vec<FlowId>,
    /// Connects that are still to be begun.
    wanted: Option<Wanted>,
    /// How a client connects again by itself.
    reconnecting: Reconnecting,
    /// A message that is still to be sent to some connections.
    spread: Option<Spread>,
    /// The connections whose queues are still to be cancelled.
    cancelling: VecDeque<FlowId>,
    /// Something that is on its way to connections for another one.
    delivery: Option<Delivery>,
    /// What other endpoints request, and what they know of this one.
    doorstep: Doorstep,
    /// Connections that are still to take a new responder.
    refreshing: BTreeSet<FlowId>,
    /// What of the kernel's knowledge is watched.
    watching: Option<WatchedSocket>,
    /// Where its sockets are, as of the last start.
    network: Network,
    /// Whether commands were left for the next turn.
    has_commands: bool,
    /// Attempts whose names are being looked up.
    looking_up: Vec<FlowId>,
    /// Connections to serve without waiting for readiness.
    again: Vec<FlowId>,
    /// Connections waiting until events can be handed over.
    parked: Vec<FlowId>,
    /// Where in the list of ready sockets the next turn starts, so that none is always last.
    rotation: usize,
    /// The number of this turn.
    turn: u64,
    /// The number of the last turn in which a connection was accepted.
    accepted_in: u64,
}

impl Worker {
    pub(super) fn new(
        context: Context,
        commands: Receiver<Command>,
        doorstep: Doorstep,
        hung_up: Arc<AtomicBool>,
        resolver: Resolver,
    ) -> Self {
        Self {
            context,
            commands,
            hung_up,
            resolver,
            listener: None,
            attempts: BTreeMap::new(),
            connections: BTreeMap::new(),
            mouths: BTreeMap::new(),
            batch: DatagramBatch::default(),
            unread_mouths: Vec::new(),
            silent: Vec::new(),
            wanted: None,
            reconnecting: Reconnecting::default(),
            spread: None,
            cancelling: VecDeque::new(),
            delivery: None,
            doorstep,
            refreshing: BTreeSet::new(),
            watching: None,
            network: Network::System,
            has_commands: false,
            looking_up: Vec::new(),
            again: Vec::new(),
            parked: Vec::new(),
            rotation: 0,
            turn: 0,
            accepted_in: 0,
        }
    }

    /// Runs until it is hung up or its poller fails; then stops and hands over its last events.
    pub(super) fn run(mut self) {
        let mut ready = Vec::new();
        while !self.hung_up.load(Ordering::Acquire) {
            let deadline = self.next_deadline();
            if let Err(source) = self.context.poller.wait(&mut ready, deadline) {
                self.context.emit_failure(
                    None,
                    NetError::Start {
                        source: source.into(),
                    },
                );
                break;
            }
            self.turn(&ready);
        }
        self.stop();
        self.hand_over_last_events();
    }

    fn next_deadline(&self) -> Option<Instant> {
        let has_commands = self.has_commands && self.context.outbox.has_room_for_commands();
        let has_more = self.has_to_deliver() || !self.refreshing.is_empty();
        if has_commands || has_more || !self.again.is_empty() {
            return Some(Instant::now());
        }
        self.context.timers.next_at()
    }

    fn turn(&mut self, ready: &[(Key, Readiness)]) {
        self.turn += 1;
        self.context.begin_share();
        self.carry_out_commands();
        self.refresh();
        self.fire_timers();
        self.look_ups_answered();
        for id in std::mem::take(&mut self.context.awaiting_pieces) {
            self.act(id, Connection::piece_arrived);
        }
        self.context.begin_share();
        self.serve_all(ready);
        self.forget_silent();
        self.context.begin_share();
        self.deliver();
        self.await_room();
        self.show_standing();
        self.flush();
    }

    /// Goes on with the attempts whose names were looked up.
    fn look_ups_answered(&mut self) {
        for id in std::mem::take(&mut self.looking_up) {
            self.attempt(id, Attempt::advance);
        }
    }

    /// Lets an attempt go on.
    fn attempt(
        &mut self,
        id: FlowId,
        go_on: impl FnOnce(&mut Attempt, &mut Context) -> AttemptProgress,
    ) {
        let Some(attempt) = self.attempts.get_mut(&id) else {
            return;
        };
        let progress = go_on(attempt, &mut self.context);
        match progress {
            AttemptProgress::LookingUp => self.looking_up.push(id),
            AttemptProgress::Pending => {}
            AttemptProgress::Failed => {
                self.attempts.remove(&id);
                let in_row = self.attempt_ended(id);
                self.plan_attempt(in_row.saturating_add(1));
            }
            AttemptProgress::Opened(opened) => {
                self.attempts.remove(&id);
                self.attempt_ended(id);
                self.take_opened(*opened);
            }
            AttemptProgress::Connected(connection) => {
                self.attempts.remove(&id);
                self.attempt_ended(id);
                self.open(*connection);
            }
        }
    }

    /// Adds a new connection, and serves it without waiting for readiness: greetings and held messages are written at once,
    /// and the first bytes of a client have often arrived by the time that its connection is accepted.
    fn open(&mut self, connection: Connection) {
        let id = connection.id();
        self.connections.insert(id, Box::new(connection));
        self.act(id, Connection::opened);
    }

    /// Serves the ready sockets, and the connections that go on without readiness, until the turn is spent. The next one
    /// goes on where this one ended: the next wait reports sockets again.
    fn serve_all(&mut self, ready: &[(Key, Readiness)]) {
        let again = std::mem::take(&mut self.again);
        let count = ready.len() + again.len();
        let start = self.rotation.checked_rem(count).unwrap_or(0);
        let mut served = 0;
        for at in (start..count).chain(0..start) {
            let is_spent = self.context.is_spent();
            served += usize::from(!is_spent);
            match (ready.get(at), again.get(at.saturating_sub(ready.len()))) {
                (Some(_), _) if is_spent => {}
                (Some(&(key, readiness)), _) => self.serve_key(key, readiness),
                (None, Some(&id)) if is_spent => self.again.push(id),
                (None, Some(&id)) => self.serve(id, Readiness::UNKNOWN),
                (None, None) => {}
            }
        }
        self.rotation = start + served;
    }

    fn serve_key(&mut self, key: Key, readiness: Readiness) {
        if key == LISTENER_KEY && self.listener.is_some() {
            // Where one connection alone was waiting, as mostly, a look for another one would be in vain.
            let accepted_last_turn = self.accepted_in + 1 == self.turn;
            self.accept(if accepted_last_turn {
                ACCEPTS_PER_TURN
            } else {
                1
            });
            return;
        }
        if self.serve_mouth(key, readiness) {
            return;
        }
        let id = FlowId::from_bits(key.0 as u64);
        if self.attempts.contains_key(&id) {
            self.attempt(id, Attempt::ready);
        } else {
            self.serve(id, readiness);
        }
    }

    fn serve(&mut self, id: FlowId, readiness: Readiness) {
        self.act(id, |connection, context| {
            connection.ready(readiness, context)
        });
    }

    /// Lets a connection act; returns whether it is there.
    fn act(
        &mut self,
        id: FlowId,
        act: impl FnOnce(&mut Connection, &mut Context) -> Liveness,
    ) -> bool {
        let Some(connection) = self.connections.get_mut(&id) else {
            return false;
        };
        let outcome = act(connection, &mut self.context);
        self.note(id, outcome);
        self.relay();
        true
    }

    fn note(&mut self, id: FlowId, outcome: Liveness) {
        match outcome {
            Liveness::Open => {}
            Liveness::Parked => self.parked.push(id),
            Liveness::Again => self.again.push(id),
            Liveness::Gone => self.forget(id),
        }
    }

    /// Drops a connection that has ended. Its descriptor is free for one that is waiting.
    fn forget(&mut self, id: FlowId) {
        if let Some(connection) = self.connections.remove(&id) {
            self.leave_mouth(&connection);
            if connection.is_lost() {
                self.plan_attempt(1);
            }
        }
        if let Some(listener) = &mut self.listener {
            listener.retry_soon(&mut self.context);
        }
    }

    fn accept(&mut self, most: usize) {
        for _ in 0..most {
            let Some(listener) = &mut self.listener else {
                return;
            };
            if !self.context.may_read() {
                break;
            }
            let Some(connection) = listener.accept(&mut self.context) else {
                break;
            };
            self.accepted_in = self.turn;
            self.open(connection);
            if self.context.is_spent() {
                break;
            }
        }
        if let Some(listener) = &mut self.listener {
            listener.settle(&mut self.context);
        }
    }

    fn fire_timers(&mut self) {
        if self.context.timers.next_at().is_none() {
            return;
        }
        let now = Instant::now();
        while let Some(timer) = self.context.timers.pop_due(now) {
            match timer {
                Timer::Accept => self.accept(ACCEPTS_PER_TURN),
                Timer::Connect(id) => self.attempt(id, Attempt::timer_fired),
                Timer::Watch => self.ask_kernel(),
                Timer::Reconnect(number) => self.reconnect(number),
                Timer::Forget(id) => self.silent.push(id),
                timer => self.fire(timer),
            }
        }
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::Accept
            | Timer::Connect(_)
            | Timer::Forget(_)
            | Timer::Reconnect(_)
            | Timer::Watch => false,
            Timer::Silence(id) => self.act(id, Connection::silence_passed),
            Timer::Resume(id) => self.act(id, Connection::resume),
            Timer::Patience(id) => self.act(id, Connection::patience_passed),
            Timer::Responder(id, timer) => self.act(id, |connection, context| {
                connection.responder_timer_fired(timer, context)
            }),
            Timer::Step(id) => self.act(id, Connection::step_timer_fired),
            Timer::Finish(id) => self.act(id, Connection::finish_timed_out),
            Timer::Leave(id) => self.act(id, Connection::leave_on),
            Timer::Handshake(id) => self.act(id, Connection::handshake_timed_out),
        };
    }

    /// Hands over the turn's events, and resumes work that had been waiting for room.
    fn flush(&mut self) {
        let was_backed_up = self.context.outbox.is_backed_up();
        self.context.outbox.flush();
        if was_backed_up && !self.context.outbox.is_backed_up() {
            self.resume();
            // That may have emitted events, and the next turn may be a long time away.
            self.context.outbox.flush();
        }
        if self.context.outbox.is_backed_up()
            && let Some(listener) = &mut self.listener
        {
            listener.settle(&mut self.context);
        }
    }

    /// Resumes work that waited until events could be handed over.
    fn resume(&mut self) {
        // The timer of a pause may have fired meanwhile without an accept.
        self.accept(ACCEPTS_PER_TURN);
        self.resume_mouths();
        for id in std::mem::take(&mut self.parked) {
            if let Some(connection) = self.connections.get_mut(&id) {
                connection.unpark();
                self.again.push(id);
            }
        }
    }

    /// Closes everything at once.
    fn stop(&mut self) {
        let listener = self.listener.take();
        let was_listening = listener.is_some();
        if let Some(listener) = listener {
            listener.close(&mut self.context);
        }
        for (_, attempt) in std::mem::take(&mut self.attempts) {
            attempt.give_up(&mut self.context);
        }
        for (id, mut connection) in std::mem::take(&mut self.connections) {
            let by = match id.role {
                Role::Client => ClosedBy::Us,
                Role::Server => ClosedBy::Stop,
            };
            connection.close(by, &mut self.context);
        }
        let was_listening = self.close_mouths() || was_listening;
        self.give_up_reconnecting();
        self.wanted = None;
        self.spread = None;
        self.cancelling.clear();
        self.looking_up.clear();
        self.refreshing.clear();
        self.drop_deliveries();
        self.context.relayed.clear();
        self.context.awaiting_pieces.clear();
        self.again.clear();
        self.parked.clear();
        if was_listening {
            self.context.emit(None, EngineEventKind::Stopped);
        }
    }

    /// Waits for room as long as the receiver makes progress. Events that found none are lost, and counted.
    fn hand_over_last_events(&mut self) {
        let mut ready = Vec::new();
        let Context { outbox, poller, .. } = &mut self.context;
        outbox.flush();
        let mut progress = outbox.progress();
        let mut until = Instant::now() + STALL_LIMIT;
        while outbox.is_backed_up() {
            let waited: io::Result<()> = poller.wait(&mut ready, Some(until));
            outbox.flush();
            if outbox.progress() != progress {
                progress = outbox.progress();
                until = Instant::now() + STALL_LIMIT;
            } else if waited.is_err() || Instant::now() >= until {
                break;
            }
        }
        outbox.give_up();
    }
}
