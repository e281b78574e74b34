//! The events of one worker that have not been handed over yet.

use std::sync::Arc;

use super::clock::Stamp;
use super::event::{EngineEvent, EngineEventKind, Link, Observe, Payload, Requester};
use super::id::EndpointId;
use super::pipe::{EventSender, Refused};
use super::poller::Waker;

/// How much a worker may hold back and still write queued bytes.
const KEPT_WRITING_BYTES: usize = 4 * 1024 * 1024;
/// How much it may hold back and still take commands. Beyond this only connections end, and their number is bounded.
const KEPT_COMMANDS_BYTES: usize = 64 * 1024 * 1024;

/// Collects a turn's events and hands them over at its end.
pub(super) struct Outbox {
    endpoint: EndpointId,
    observe: Observe,
    pipe: EventSender,
    waker: Waker,
    events: Vec<EngineEvent>,
    bytes: usize,
    backed_up: bool,
}

impl Outbox {
    pub(super) fn new(endpoint: EndpointId, pipe: EventSender, waker: Waker) -> Self {
        Self {
            endpoint,
            observe: Observe::Everything,
            pipe,
            waker,
            events: Vec::new(),
            bytes: 0,
            backed_up: false,
        }
    }

    pub(super) fn endpoint(&self) -> EndpointId {
        self.endpoint
    }

    /// Returns whether received and sent bytes are reported.
    pub(super) fn observes_bytes(&self) -> bool {
        self.observe == Observe::Everything
    }

    /// Returns whether the last hand-over found no room. While it is so, nothing is read or accepted.
    pub(super) fn is_backed_up(&self) -> bool {
        self.backed_up
    }

    /// Returns whether queued bytes may be written. Every write emits an event.
    pub(super) fn has_room_for_writes(&self) -> bool {
        !self.backed_up || self.bytes < KEPT_WRITING_BYTES
    }

    /// Returns whether commands may be taken.
    pub(super) fn has_room_for_commands(&self) -> bool {
        self.bytes < KEPT_COMMANDS_BYTES
    }

    /// Returns how many bytes of events are held back.
    #[cfg(all(test, target_os = "linux"))]
    pub(super) fn kept_bytes(&self) -> usize {
        self.bytes
    }

    /// Sets which events are reported from now on.
    pub(super) fn set_observe(&mut self, observe: Observe) {
        self.observe = observe;
    }

    /// Adds an event that nobody requested.
    pub(super) fn emit(&mut self, stamp: Stamp, link: Option<&Arc<Link>>, kind: EngineEventKind) {
        self.emit_by(Requester::Nobody, stamp, link, kind);
    }

    /// Adds an event.
    pub(super) fn emit_by(
        &mut self,
        by: Requester,
        stamp: Stamp,
        link: Option<&Arc<Link>>,
        kind: EngineEventKind,
    ) {
        let payload_bytes = match &kind {
            EngineEventKind::Received { payload } | EngineEventKind::Sent { payload, .. } => {
                payload.bytes.len()
            }
            EngineEventKind::Tls(report) => report.held_bytes(),
            _ => 0,
        };
        self.bytes += payload_bytes + size_of::<EngineEvent>() + size_of::<Payload>();
        self.events.push(EngineEvent {
            stamp,
            endpoint: self.endpoint,
            link: link.cloned(),
            by,
            kind,
        });
    }

    /// Returns a number that changes as long as the receiver makes progress.
    pub(super) fn progress(&self) -> u64 {
        self.pipe.progress()
    }

    /// Gives up the events that nobody has taken.
    pub(super) fn give_up(&mut self) {
        let events = std::mem::take(&mut self.events);
        self.pipe.lose(events.len() as u64);
        self.bytes = 0;
        self.backed_up = false;
    }

    /// Hands over the events. What is refused is kept for the next time.
    pub(super) fn flush(&mut self) {
        if self.events.is_empty() {
            return;
        }
        let events = std::mem::take(&mut self.events);
        match self.pipe.try_send(events, self.bytes, &self.waker) {
            Ok(()) | Err(Refused::Gone) => {
                self.bytes = 0;
                self.backed_up = false;
            }
            Err(Refused::Full(events)) => {
                self.events = events;
                self.backed_up = true;
            }
        }
    }
}
