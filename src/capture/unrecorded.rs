//! Takes the events of a session that is not recorded to whoever watches it.

use std::io;
use std::thread;

use super::anchor::Moment;
use super::keeping::{Headway, Keeping};
use super::sequencer::Sequencer;
use super::source::{Arrival, EventSource};
use super::store::RecordStatus;
use super::watch::Watch;
use crate::net::Clock;

/// The running thread `unrecorded`. Once dropped, it ends by itself with its source.
pub struct Unrecorded(Keeping);

impl Unrecorded {
    /// Starts taking events, stamped by `clock`, to `watch`, which may hold them up.
    ///
    /// Nothing is held back to be merged by stamp: the entries are numbered as their events arrive.
    pub fn start(
        source: impl EventSource,
        clock: Clock,
        watch: Box<dyn Watch>,
    ) -> io::Result<Self> {
        let keeping = Keeping::start("unrecorded", move |headway| {
            run(&source, &clock, watch, headway);
        })?;
        Ok(Self(keeping))
    }

    /// Waits for the thread as long as it makes progress. Shut down the engine first.
    ///
    /// Returns how many events have been watched.
    pub fn shutdown(self) -> u64 {
        self.0.finish()
    }
}

fn run(source: &impl EventSource, clock: &Clock, mut watch: Box<dyn Watch>, headway: &Headway) {
    let mut sequencer = Sequencer::new(clock.started());
    let nothing = RecordStatus::default();
    let mut entries = Vec::new();
    loop {
        headway.set_idle(true);
        let arrival = if let Some(batch) = source.take() {
            Arrival::Events(batch)
        } else {
            thread::sleep(watch.patience());
            source.wait(None)
        };
        headway.set_idle(false);
        match arrival {
            Arrival::Events(batch) => {
                let count = (batch.events.len() + batch.fed.len() + batch.samples.len()) as u64;
                sequencer.push(batch.events);
                sequencer.flush(Moment::now(clock), &mut entries);
                watch.note(&mut entries, &nothing);
                entries.clear();
                headway.add(count);
                source.note_progress();
            }
            Arrival::TimedOut => {}
            Arrival::Closed => {
                headway.add(source.lost());
                return;
            }
        }
    }
}
