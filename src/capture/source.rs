//! Where the recorder's events come from.

use std::time::Instant;

use crossbeam_channel::RecvTimeoutError;

use super::event::Event;
use crate::net::{EngineEvent, EventReceiver};

/// The result of waiting for events.
#[derive(Debug)]
pub enum Arrival {
    /// Events of one worker, in order.
    Events(Vec<Event>),
    /// The deadline passed first.
    TimedOut,
    /// No more events will come.
    Closed,
}

/// A source of events: the engine's end of the channel.
pub trait EventSource: Send + 'static {
    /// Waits for events until `deadline`, or without one until there are some or the source is closed.
    fn wait(&self, deadline: Option<Instant>) -> Arrival;

    /// Takes events that are already there.
    fn take(&self) -> Option<Vec<Event>>;

    /// Returns whether a worker had to wait for room since the last call.
    fn was_backed_up(&self) -> bool;

    /// Notes that the events taken so far are being dealt with: workers that end wait for that.
    fn note_progress(&self) {}

    /// Returns how many events were lost, because workers ended when there was no room for them.
    fn lost(&self) -> u64 {
        0
    }
}

impl EventSource for EventReceiver {
    fn wait(&self, deadline: Option<Instant>) -> Arrival {
        match self.recv_deadline(deadline) {
            Ok(events) => Arrival::Events(recorded(events)),
            Err(RecvTimeoutError::Timeout) => Arrival::TimedOut,
            Err(RecvTimeoutError::Disconnected) => Arrival::Closed,
        }
    }

    fn take(&self) -> Option<Vec<Event>> {
        self.try_recv().map(recorded)
    }

    fn was_backed_up(&self) -> bool {
        self.is_backed_up()
    }

    fn note_progress(&self) {
        Self::note_progress(self);
    }

    fn lost(&self) -> u64 {
        Self::lost(self)
    }
}

/// Translates what the engine reports into the record's vocabulary.
fn recorded(events: Vec<EngineEvent>) -> Vec<Event> {
    events.into_iter().map(Event::from).collect()
}
