//! What all connections of a worker share: read buffers, settings, poller, outbox and timers.

use std::sync::Arc;
use std::time::Instant;

use super::buffers::Buffers;
use super::clock::{Clock, Stamp};
use super::config::{MAX_READ_BUFFER, Reply, ServerBehaviour};
use super::error::NetError;
use super::event::{EngineEventKind, Link, Payload};
use super::id::Ids;
use super::outbox::Outbox;
use super::poller::Poller;
use super::timers::Timers;

/// How many bytes one turn may read and write before it checks for commands again.
const TURN_BYTES: usize = 1024 * 1024;

/// The shared state of a worker.
pub(super) struct Context {
    pub(super) clock: Clock,
    pub(super) ids: Ids,
    pub(super) poller: Poller,
    pub(super) outbox: Outbox,
    pub(super) timers: Timers,
    /// What each read fills. Its length is the read buffer setting.
    pub(super) buffers: Buffers,
    behaviour: ServerBehaviour,
    fixed_reply: Option<Payload>,
    left_bytes: usize,
}

impl Context {
    pub(super) fn new(clock: Clock, ids: Ids, poller: Poller, outbox: Outbox) -> Self {
        Self {
            clock,
            ids,
            poller,
            outbox,
            timers: Timers::default(),
            buffers: Buffers::default(),
            behaviour: ServerBehaviour::default(),
            fixed_reply: None,
            left_bytes: TURN_BYTES,
        }
    }

    /// Sets how connections are treated from now on.
    pub(super) fn set_behaviour(&mut self, mut behaviour: ServerBehaviour) {
        behaviour.read_buffer = behaviour.read_buffer.clamp(1, MAX_READ_BUFFER);
        self.buffers.resize(behaviour.read_buffer);
        self.fixed_reply = match &behaviour.reply {
            Reply::Fixed(bytes) => Some(Payload::new(self.ids.next_payload(), bytes.clone())),
            Reply::Echo | Reply::Template(_) | Reply::None => None,
        };
        self.behaviour = behaviour;
    }

    pub(super) fn behaviour(&self) -> &ServerBehaviour {
        &self.behaviour
    }

    /// Returns the fixed reply, if there is one. All replies share this payload.
    pub(super) fn fixed_reply(&self) -> Option<&Payload> {
        self.fixed_reply.as_ref()
    }

    pub(super) fn now(&self) -> Stamp {
        self.clock.now()
    }

    /// Emits what happened now.
    pub(super) fn emit(&mut self, link: Option<&Arc<Link>>, kind: EngineEventKind) {
        self.outbox.emit(self.clock.now(), link, kind);
    }

    /// Emits that something failed now.
    pub(super) fn emit_failure(&mut self, link: Option<&Arc<Link>>, error: NetError) {
        let error = Arc::new(error);
        self.emit(link, EngineEventKind::Failed { error });
    }

    /// Returns the current time if bytes are observed. Otherwise nobody needs it, and two clock reads per write are
    /// saved.
    pub(super) fn moment(&self) -> Option<Instant> {
        self.outbox.observes_bytes().then(Instant::now)
    }

    pub(super) fn begin_turn(&mut self) {
        self.left_bytes = TURN_BYTES;
    }

    /// Counts bytes read or written.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.left_bytes = self.left_bytes.saturating_sub(bytes);
    }

    /// Returns whether this turn has moved its share of bytes.
    pub(super) fn is_spent(&self) -> bool {
        self.left_bytes == 0
    }

    /// Returns whether there is room for the events of further reads and accepts.
    pub(super) fn may_read(&self) -> bool {
        !self.outbox.is_backed_up()
    }

    /// Returns whether there is room for the events of further writes.
    pub(super) fn may_write(&self) -> bool {
        self.outbox.has_room_for_writes()
    }
}
