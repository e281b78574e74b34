//! One endpoint's thread: waits for sockets, commands and timers, and serves them in turns of bounded length.

mod feeding;
mod orders;

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossbeam_channel::Receiver;

use super::command::Command;
use super::connection::{Connection, Outcome};
use super::connector::{Attempt, Progress};
use super::context::Context;
use super::error::NetError;
use super::event::{ClosedBy, EngineEventKind};
use super::feed::{Feed, FeedEnd};
use super::id::FlowId;
use super::listener::{LISTENER_KEY, Listener};
use super::poller::{Key, Readiness};
use super::resolver::Resolver;
use super::timers::Timer;

/// How many connections are accepted in one turn.
const ACCEPTS_PER_TURN: usize = 64;
/// How long an ending waits for something that makes no progress: a disk, or the receiver of the events. As long as it
/// makes progress, the wait goes on.
pub const STALL_LIMIT: Duration = Duration::from_secs(5);

/// An endpoint's sockets and what drives them.
pub(super) struct Worker {
    context: Context,
    commands: Receiver<Command>,
    hung_up: Arc<AtomicBool>,
    resolver: Resolver,
    listener: Option<Listener>,
    attempt: Option<Attempt>,
    /// A client's connection.
    client: Option<FlowId>,
    connections: BTreeMap<FlowId, Connection>,
    /// Connections to serve without waiting for readiness.
    again: Vec<FlowId>,
    /// Connections waiting until events can be handed over.
    parked: Vec<FlowId>,
    /// Long payloads being sent.
    feeds: BTreeMap<FlowId, Feed>,
    /// Where in the list of ready sockets the next turn starts, so that none is always last.
    rotation: usize,
}

impl Worker {
    pub(super) fn new(
        context: Context,
        commands: Receiver<Command>,
        hung_up: Arc<AtomicBool>,
        resolver: Resolver,
    ) -> Self {
        Self {
            context,
            commands,
            hung_up,
            resolver,
            listener: None,
            attempt: None,
            client: None,
            connections: BTreeMap::new(),
            again: Vec::new(),
            parked: Vec::new(),
            feeds: BTreeMap::new(),
            rotation: 0,
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
        let has_commands = !self.commands.is_empty() && self.context.outbox.has_room_for_commands();
        if has_commands || !self.again.is_empty() {
            return Some(Instant::now());
        }
        self.context.timers.next_at()
    }

    fn turn(&mut self, ready: &[(Key, Readiness)]) {
        self.context.begin_turn();
        self.carry_out_commands();
        self.fire_timers();
        if let Some(attempt) = &mut self.attempt {
            let progress = attempt.advance(&mut self.context);
            self.progressed(progress);
        }
        for id in std::mem::take(&mut self.again) {
            if self.context.is_spent() {
                self.again.push(id);
            } else {
                self.serve(id, Readiness::UNKNOWN);
            }
        }
        self.serve_ready(ready);
        self.flush();
    }

    /// Serves the ready sockets until the turn is spent. The next wait reports the others again.
    fn serve_ready(&mut self, ready: &[(Key, Readiness)]) {
        let start = self.rotation.checked_rem(ready.len()).unwrap_or(0);
        let (before, from) = ready.split_at(start);
        let mut served = 0;
        for &(key, readiness) in from.iter().chain(before) {
            if self.context.is_spent() {
                break;
            }
            served += 1;
            self.serve_key(key, readiness);
        }
        self.rotation = start + served;
    }

    fn serve_key(&mut self, key: Key, readiness: Readiness) {
        if key == LISTENER_KEY {
            self.accept();
            return;
        }
        let id = FlowId::from_bits(key.0 as u64);
        match &mut self.attempt {
            Some(attempt) if attempt.connection() == id => {
                let progress = attempt.ready(&mut self.context);
                self.progressed(progress);
            }
            Some(_) | None => self.serve(id, readiness),
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
        act: impl FnOnce(&mut Connection, &mut Context) -> Outcome,
    ) -> bool {
        let Some(connection) = self.connections.get_mut(&id) else {
            return false;
        };
        match act(connection, &mut self.context) {
            Outcome::Open => {}
            Outcome::Parked => self.parked.push(id),
            Outcome::Again => self.again.push(id),
            Outcome::Gone => self.forget(id),
        }
        true
    }

    /// Drops a connection that has ended. Its descriptor is free for one that is waiting.
    fn forget(&mut self, id: FlowId) {
        self.connections.remove(&id);
        self.end_feed(id, FeedEnd::NotOpen);
        if self.client == Some(id) {
            self.client = None;
        }
        if let Some(listener) = &mut self.listener {
            listener.retry_soon(&mut self.context);
        }
    }

    fn accept(&mut self) {
        let Some(listener) = &mut self.listener else {
            return;
        };
        for _ in 0..ACCEPTS_PER_TURN {
            if !self.context.may_read() {
                break;
            }
            let Some(connection) = listener.accept(&mut self.context) else {
                break;
            };
            self.connections.insert(connection.id(), connection);
        }
        listener.settle(&mut self.context);
    }

    fn fire_timers(&mut self) {
        let now = Instant::now();
        while let Some(timer) = self.context.timers.pop_due(now) {
            match timer {
                Timer::Accept => self.accept(),
                Timer::Connect => {
                    if let Some(attempt) = &mut self.attempt {
                        let progress = attempt.timed_out(&mut self.context);
                        self.progressed(progress);
                    }
                }
                Timer::Silence(id) => {
                    self.act(id, Connection::silence_passed);
                }
                Timer::Feed(id) => self.feed(id),
                Timer::Finish(id) => {
                    self.act(id, Connection::finish_timed_out);
                }
            }
        }
    }

    fn progressed(&mut self, progress: Progress) {
        match progress {
            Progress::Pending => {}
            Progress::Failed => self.attempt = None,
            Progress::Connected(connection) => {
                let id = connection.id();
                self.attempt = None;
                self.client = Some(id);
                self.connections.insert(id, connection);
                self.serve(id, Readiness::UNKNOWN);
            }
        }
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
        self.accept();
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
        if let Some(attempt) = self.attempt.take() {
            attempt.give_up(&mut self.context);
        }
        for (id, mut connection) in std::mem::take(&mut self.connections) {
            let by = if self.client == Some(id) {
                ClosedBy::Us
            } else {
                ClosedBy::Stop
            };
            connection.close(by, &mut self.context);
        }
        for id in self.feeds.keys().copied().collect::<Vec<_>>() {
            self.end_feed(id, FeedEnd::NotOpen);
        }
        self.client = None;
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
