//! The way of events to the recorder, at which somebody else may see them first.

use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded, select};

use crate::capture::{Arrival, EventSource};
use crate::net::{Event, EventReceiver};

/// How many batches may wait for whoever sees them first; then the recorder waits with them.
const MAX_BATCHES: usize = 16;

/// Never sent: that the channel is dropped is the message.
enum Never {}

/// The events of the engine, each batch of which goes to a tap before it is recorded.
pub(super) struct Tapped {
    events: EventReceiver,
    tap: Option<(Sender<Vec<Event>>, Receiver<Never>)>,
}

/// Where the batches of a session come out, in the order of their recording. It is closed with the session's endpoints.
///
/// While it is held, whoever holds it takes every batch: the recorder waits for that, and the endpoints for the recorder.
/// Dropping it lets both go on.
pub struct Tap {
    /// The batches, each of one endpoint.
    pub batches: Receiver<Vec<Event>>,
    _hold: Sender<Never>,
}

impl Tapped {
    /// Passes on the events as they are.
    pub(super) fn without(events: EventReceiver) -> Self {
        Self { events, tap: None }
    }

    /// Passes on the events, and each batch to the tap before.
    pub(super) fn with(events: EventReceiver) -> (Self, Tap) {
        let (sender, batches) = bounded(MAX_BATCHES);
        let (hold, hung_up) = bounded(0);
        let source = Self {
            events,
            tap: Some((sender, hung_up)),
        };
        let tap = Tap {
            batches,
            _hold: hold,
        };
        (source, tap)
    }

    fn pass(&self, events: Vec<Event>) -> Vec<Event> {
        if let Some((tap, hung_up)) = &self.tap {
            select! {
                // Nobody looks any more: then it goes on record all the same.
                send(tap, events.clone()) -> sent => sent.unwrap_or_default(),
                recv(hung_up) -> _ => {}
            }
        }
        events
    }
}

impl EventSource for Tapped {
    fn wait(&self, deadline: Option<Instant>) -> Arrival {
        match EventSource::wait(&self.events, deadline) {
            Arrival::Events(events) => Arrival::Events(self.pass(events)),
            other => other,
        }
    }

    fn take(&self) -> Option<Vec<Event>> {
        EventSource::take(&self.events).map(|events| self.pass(events))
    }

    fn was_backed_up(&self) -> bool {
        self.events.was_backed_up()
    }
}
