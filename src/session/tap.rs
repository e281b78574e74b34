//! The path of events to the recorder, where a tap may see them first.

use std::cell::RefCell;
use std::time::Instant;

use crossbeam_channel::{Receiver, Sender, bounded, select};

use crate::capture::Event;
use crate::capture::{Arrival, EventSource};
use crate::net::EventReceiver;

/// How many batches may wait in the tap; when it is full, the recorder waits too.
const MAX_BATCHES: usize = 16;

/// Never sent: dropping the channel is the message.
pub enum Never {}

/// The engine's events; each batch goes to the tap before it is recorded.
pub(super) struct Tapped {
    events: EventReceiver,
    /// Dropped when the events end, so that the tap's holder need not wait for the recording to end.
    tap: RefCell<Option<Way>>,
}

/// Where batches go, and a channel that hangs up when nobody takes them any more.
pub(super) type Way = (Sender<Vec<Event>>, Receiver<Never>);

/// Receives the batches of a session in the order of their recording. It closes with the session's endpoints.
///
/// Its holder must take every batch: the recorder waits for that, and the endpoints wait for the recorder. Dropping
/// either field lets them continue.
pub struct Tap {
    /// The batches, each of one endpoint.
    pub batches: Receiver<Vec<Event>>,
    /// Once dropped, the recorder no longer waits for the tap, which gets no more batches.
    pub hold: Sender<Never>,
}

/// Makes a tap, and the way to it.
pub(super) fn tap() -> (Way, Tap) {
    let (sender, batches) = bounded(MAX_BATCHES);
    let (hold, hung_up) = bounded(0);
    ((sender, hung_up), Tap { batches, hold })
}

impl Tapped {
    /// Passes the events on, each batch to the tap first, if there is one.
    pub(super) fn new(events: EventReceiver, tap: Option<Way>) -> Self {
        let tap = RefCell::new(tap);
        Self { events, tap }
    }

    fn pass(&self, events: Vec<Event>) -> Vec<Event> {
        if let Some((tap, hung_up)) = &*self.tap.borrow() {
            select! {
                // The tap is gone: the batch is recorded all the same.
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
