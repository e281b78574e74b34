//! Where the recorder's events come from.

use std::time::Instant;

use crossbeam_channel::RecvTimeoutError;

use super::event::Event;
use super::sample::{Beside, Sample};
use crate::net::{EngineEvent, EventReceiver, Fed};

/// The result of waiting for events.
#[derive(Debug)]
pub enum Arrival {
    /// Events of one worker, in order.
    Events(Batch),
    /// The deadline passed first.
    TimedOut,
    /// No more events will come.
    Closed,
}

/// Events of one worker.
#[derive(Debug, Default)]
pub struct Batch {
    /// What is put on record, in order.
    pub events: Vec<Event>,
    /// The progress of long payloads, which is not.
    pub fed: Vec<Fed>,
    /// What the kernel said, which stands beside the record.
    pub samples: Vec<Sample>,
}

/// A source of events: the engine's end of the channel.
pub trait EventSource: Send + 'static {
    /// Waits for events until `deadline`, or without one until there are some or the source is closed.
    fn wait(&self, deadline: Option<Instant>) -> Arrival;

    /// Takes events that are already there.
    fn take(&self) -> Option<Batch>;

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

    fn take(&self) -> Option<Batch> {
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
fn recorded(reported: Vec<EngineEvent>) -> Batch {
    let mut batch = Batch::default();
    batch.events.reserve(reported.len());
    for event in reported {
        match Event::of(event) {
            Ok(event) => batch.events.push(event),
            Err(Beside::Fed(fed)) => batch.fed.push(fed),
            Err(Beside::Sample(sample)) => batch.samples.push(sample),
        }
    }
    batch
}
