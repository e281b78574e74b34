//! The way of events to the recorder, at which somebody else may see them first.

use std::cell::RefCell;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded, select};

use crate::capture::{Arrival, EventSource};
use crate::net::{Event, EventReceiver};

/// How many batches may wait for whoever sees them first; then the recorder waits with them.
const MAX_BATCHES: usize = 16;

/// Never sent: that the channel is dropped is the message.
pub enum Never {}

/// The events of the engine, each batch of which goes to a tap before it is recorded.
pub(super) struct Tapped {
    events: EventReceiver,
    /// Gone when the events have ended: whoever looks at them does not wait for the end of the recording.
    tap: RefCell<Option<Way>>,
}

/// Where batches go, and what hangs up when nobody takes them any more.
type Way = (Sender<Vec<Event>>, Receiver<Never>);

/// Where the batches of a session come out, in the order of their recording. It is closed with the session's endpoints.
///
/// Whoever holds it takes every batch: the recorder waits for that, and the endpoints for the recorder. Dropping either
/// part of it lets them go on.
pub struct Tap {
    /// The batches, each of one endpoint.
    pub batches: Receiver<Vec<Event>>,
    /// Dropped, the recorder waits no more for whoever takes the batches, and the tap gets none any more.
    pub hold: Sender<Never>,
}

impl Tapped {
    /// Passes on the events as they are.
    pub(super) fn without(events: EventReceiver) -> Self {
        Self {
            events,
            tap: RefCell::default(),
        }
    }

    /// Passes on the events, and each batch to the tap before.
    pub(super) fn with(events: EventReceiver) -> (Self, Tap) {
        let (sender, batches) = bounded(MAX_BATCHES);
        let (hold, hung_up) = bounded(0);
        let source = Self {
            events,
            tap: RefCell::new(Some((sender, hung_up))),
        };
        let tap = Tap { batches, hold };
        (source, tap)
    }

    fn pass(&self, events: Vec<Event>) -> Vec<Event> {
        if let Some((tap, hung_up)) = &*self.tap.borrow() {
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
            Arrival::TimedOut => Arrival::TimedOut,
            Arrival::Closed => {
                self.tap.take();
                Arrival::Closed
            }
        }
    }

    fn take(&self) -> Option<Vec<Event>> {
        EventSource::take(&self.events).map(|events| self.pass(events))
    }

    fn was_backed_up(&self) -> bool {
        self.events.was_backed_up()
    }
}
