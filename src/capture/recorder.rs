//! The recorder thread: takes events through the sequencer to the recording, and reports their status to the window.
//!
//! It never waits for the window. While the window's channel is full, changes are merged into the next update.

use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError};

use super::anchor::Moment;
use super::current::Current;
use super::entry::{Entry, SESSION};
use super::keeping::Headway;
use super::request::{MAX_SAMPLES, RecordUpdate, StatusUpdate};
use super::sample::Sample;
use super::sequencer::{HOLD_BACK, Sequencer};
use super::source::{Arrival, Batch, EventSource};
use super::store::RecordStatus;
use super::tally::Tally;
use super::watch::Watch;
use super::{HangUp, Wake};
use crate::net::{Clock, Fed};

/// How soon an update is retried if the channel to the window was full.
const RETRY: Duration = Duration::from_millis(20);
/// How many batches are taken before they are recorded and reported.
const MAX_BATCHES: usize = 64;
/// How many bytes are recorded at once: as many as the capture commits at once. Whoever waits for the recorder sees that
/// it makes progress.
const STRETCH_BYTES: usize = 4 * 1024 * 1024;
/// How long the recorder rests at least while events are held back anyway. What arrives meanwhile is taken at once, and
/// no endpoint has to wake it.
const REST: Duration = Duration::from_millis(1);
/// How long samples wait to be reported with something else: watching a connection at work then costs no frames of its own.
const SAMPLES_WAIT: Duration = Duration::from_millis(150);
/// How long recording counts as slow after an endpoint had to wait for it.
const SLOW_FOR: Duration = Duration::from_secs(1);

/// The state of the recorder thread.
pub(super) struct Recorder<S> {
    source: S,
    clock: Clock,
    sequencer: Sequencer,
    current: Current,
    tally: Tally,
    window: Outlet,
    watch: Option<Box<dyn Watch>>,
    /// Entries to be recorded; kept for its allocation.
    entries: Vec<Entry>,
    /// Samples to be recorded, and the first that the window has not got.
    samples: Vec<Sample>,
    unseen: usize,
}

impl<S: EventSource> Recorder<S> {
    pub(super) fn new(
        source: S,
        clock: Clock,
        current: Current,
        window: Outlet,
        watch: Option<Box<dyn Watch>>,
    ) -> Self {
        Self {
            source,
            clock,
            sequencer: Sequencer::new(clock.started()),
            current,
            tally: Tally::default(),
            window,
            watch,
            entries: Vec::new(),
            samples: Vec::new(),
            unseen: 0,
        }
    }

    /// Records until the source is closed, then sends the last report to the window, unless it has hung up.
    pub(super) fn run(mut self, headway: &Headway) {
        loop {
            headway.set_idle(true);
            let arrival = self.wait();
            headway.set_idle(false);
            match arrival {
                Arrival::Events(batch) => {
                    self.take(batch, headway);
                    for _ in 1..MAX_BATCHES {
                        let Some(batch) = self.source.take() else {
                            break;
                        };
                        self.take(batch, headway);
                    }
                }
                Arrival::TimedOut => {}
                Arrival::Closed => break,
            }
            let now = Moment::now(&self.clock);
            self.sequencer.release(now, &mut self.entries);
            self.record(headway);
        }
        let now = Moment::now(&self.clock);
        self.sequencer.flush(now, &mut self.entries);
        let lost = self.source.lost();
        self.current.note_unrecorded(lost);
        headway.add(lost);
        self.record(headway);
        while self.window.waits() && !self.window.has_hung_up(RETRY) {
            self.window.report(&mut self.tally);
        }
    }

    /// Waits for events, or until something must be done.
    fn wait(&self) -> Arrival {
        let Some(due) = self.sequencer.due() else {
            return self.source.wait(self.deadline());
        };
        if let Some(batch) = self.source.take() {
            return Arrival::Events(batch);
        }
        thread::sleep(due.since(self.clock.now()).clamp(REST, HOLD_BACK));
        self.source
            .take()
            .map_or(Arrival::TimedOut, Arrival::Events)
    }

    fn take(&mut self, batch: Batch, headway: &Headway) {
        // What is no entry has been dealt with once it is here.
        headway.add((batch.fed.len() + batch.samples.len()) as u64);
        self.sequencer.push(batch.events);
        self.window.note_fed(batch.fed);
        self.samples.extend(batch.samples);
    }

    /// Returns when something must be done even if nothing arrives and nothing is held back; `None` if nothing, so that
    /// idling costs nothing.
    fn deadline(&self) -> Option<Instant> {
        let report = self.window.waits().then(|| Instant::now() + RETRY);
        let calm = self.window.slow_until;
        report.into_iter().chain(calm).min()
    }

    fn record(&mut self, headway: &Headway) {
        let mut rest = self.entries.as_mut_slice();
        // Even without entries the status may have changed: resumed, given a new limit, or replaced.
        loop {
            let (stretch, after) = rest.split_at_mut(stretch(rest));
            // This numbers them.
            self.window.record = self.current.append(stretch);
            for entry in &*stretch {
                self.tally.fold(entry);
            }
            let events = stretch.iter().filter(|it| it.event.endpoint != SESSION);
            headway.add(events.count() as u64);
            self.source.note_progress();
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
        self.take_samples();
        let is_backed_up = self.source.was_backed_up();
        let now = Instant::now();
        self.window.note_pace(is_backed_up, now);
        if self.window.is_due(now) {
            self.window.report(&mut self.tally);
        }
        if let Some(watch) = &mut self.watch {
            watch.note(&mut self.entries, &self.window.record);
        }
        self.entries.clear();
    }
}

impl<S: EventSource> Recorder<S> {
    /// Passes samples on to the window, and puts them on record. They wait for the first entry, which may be held back.
    fn take_samples(&mut self) {
        let first = self.unseen.min(self.samples.len());
        let new = self.samples.get(first..).unwrap_or_default();
        self.window.note_samples(new);
        let record = &self.window.record;
        if record.entries > 0 || record.stopped.is_some() || self.samples.len() > MAX_SAMPLES {
            self.current.append_samples(&self.samples);
            self.samples.clear();
        }
        self.unseen = self.samples.len();
    }
}

/// Returns how many entries are recorded at once: one at least.
fn stretch(entries: &[Entry]) -> usize {
    let mut bytes = 0;
    let fits = |entry: &&Entry| {
        bytes += size_of::<Entry>() + entry.payload().map_or(0, |payload| payload.bytes.len());
        bytes <= STRETCH_BYTES
    };
    let count = entries.iter().take_while(fits).count();
    count.max(1).min(entries.len())
}

/// The recorder's side of the channel to the window: what has been reported, and what is still to be.
pub(super) struct Outlet {
    updates: Sender<RecordUpdate>,
    hang_up: Receiver<HangUp>,
    wake: Wake,
    is_gone: bool,
    record: RecordStatus,
    /// Until when recording counts as slow.
    slow_until: Option<Instant>,
    reported: Option<(RecordStatus, bool)>,
    reported_at: Option<Instant>,
    /// The newest progress of each long payload that was not reported yet.
    fed: Vec<Fed>,
    /// The newest samples that were not reported yet.
    samples: Vec<Sample>,
}

impl Outlet {
    pub(super) fn new(
        updates: Sender<RecordUpdate>,
        hang_up: Receiver<HangUp>,
        wake: Wake,
        record: RecordStatus,
    ) -> Self {
        Self {
            updates,
            hang_up,
            wake,
            is_gone: false,
            record,
            slow_until: None,
            reported: None,
            reported_at: None,
            fed: Vec::new(),
            samples: Vec::new(),
        }
    }

    /// Returns whether something has not been reported. Every change comes with a recorded entry, or concerns the
    /// recording itself.
    fn waits(&self) -> bool {
        let is_new = || {
            self.reported.as_ref().is_none_or(|(record, is_slow)| {
                *record != self.record || *is_slow != self.slow_until.is_some()
            })
        };
        let has_more = !self.fed.is_empty() || !self.samples.is_empty();
        !self.is_gone && (has_more || is_new())
    }

    /// Returns whether there is more to report than samples, or those have waited.
    fn is_due(&self, now: Instant) -> bool {
        let is_old = |at: Instant| now.saturating_duration_since(at) >= SAMPLES_WAIT;
        let is_more = |(record, is_slow): &(RecordStatus, bool)| {
            // Samples take room on disk, too.
            let record = RecordStatus {
                kept_bytes: self.record.kept_bytes,
                ..record.clone()
            };
            record != self.record || *is_slow != self.slow_until.is_some()
        };
        !self.fed.is_empty()
            || self.reported_at.is_none_or(is_old)
            || self.reported.as_ref().is_none_or(is_more)
    }

    fn note_fed(&mut self, fed: Vec<Fed>) {
        for fed in fed {
            self.fed.retain(|it| it.feed != fed.feed);
            self.fed.push(fed);
        }
    }

    /// Takes samples for the window; the oldest give way if there are too many.
    fn note_samples(&mut self, samples: &[Sample]) {
        self.samples.extend_from_slice(samples);
        let surplus = self.samples.len().saturating_sub(MAX_SAMPLES);
        self.samples.drain(..surplus);
    }

    fn note_pace(&mut self, is_backed_up: bool, now: Instant) {
        if is_backed_up {
            self.slow_until = Some(now + SLOW_FOR);
        } else {
            self.slow_until = self.slow_until.filter(|&until| until > now);
        }
    }

    /// Reports changes to the window if it has room: sends first, wakes second.
    fn report(&mut self, tally: &mut Tally) {
        if !self.waits() || self.updates.is_full() {
            return;
        }
        let recording_is_slow = self.slow_until.is_some();
        let update = RecordUpdate::Status(StatusUpdate {
            record: self.record.clone(),
            recording_is_slow,
            fed: self.fed.clone(),
            samples: self.samples.clone(),
            ..tally.changes()
        });
        match self.updates.try_send(update) {
            Ok(()) => {
                tally.note_reported();
                self.reported = Some((self.record.clone(), recording_is_slow));
                self.reported_at = Some(Instant::now());
                self.fed.clear();
                self.samples.clear();
                (self.wake)();
            }
            // The reader thread took the last slot first.
            Err(TrySendError::Full(_)) => {}
            // Recording continues, for the reader and so that the endpoints are not held up.
            Err(TrySendError::Disconnected(_)) => self.is_gone = true,
        }
    }

    /// Waits up to `timeout` for the window's side to hang up.
    fn has_hung_up(&self, timeout: Duration) -> bool {
        self.hang_up.recv_timeout(timeout) == Err(RecvTimeoutError::Disconnected)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;
    use std::thread;

    use crossbeam_channel::bounded;

    use super::*;
    use crate::capture::event::EventKind;
    use crate::capture::record::{Depth, Record};
    use crate::capture::status::{ConnectionState, EndpointStatus};
    use crate::capture::synthetic::{
        DEADLINE, SyntheticFeed, accepted, closed, empty_record, event, received,
    };
    use crate::net::kernel::Sampled;
    use crate::net::{EndpointId, Stamp};

    fn window(updates: Sender<RecordUpdate>) -> (Outlet, Sender<HangUp>) {
        let (hang_up, end) = bounded(0);
        let wake: Wake = Arc::new(|| {});
        let window = Outlet::new(updates, end, wake, RecordStatus::default());
        (window, hang_up)
    }

    fn current(record: &Record) -> Current {
        Current::new(Arc::clone(record.store()))
    }

    #[test]
    fn a_blocked_window_receives_everything_merged() {
        const CONNECTIONS: u64 = 500;
        let (sender, updates) = bounded(1);
        let (window, _hang_up) = window(sender);
        // A rendezvous: each batch has been taken before the next one is offered.
        let (batches, feed) = bounded(0);
        let record = empty_record();
        let recorder = Recorder::new(
            SyntheticFeed(feed),
            Clock::start(),
            current(&record),
            window,
            None,
        );
        let thread = thread::Builder::new()
            .spawn(move || recorder.run(&Headway::default()))
            .unwrap();
        for id in 1..=CONNECTIONS {
            let kinds = [accepted(), received(id, b"abc"), closed()];
            let count = if id % 2 == 0 { 3 } else { 2 };
            let events = kinds
                .into_iter()
                .take(count)
                .map(|kind| event(id, 1, id, kind));
            batches.send_timeout(events.collect(), DEADLINE).unwrap();
        }
        drop(batches);

        let mut reported = Vec::new();
        while let Ok(update) = updates.recv_timeout(DEADLINE) {
            let RecordUpdate::Status(status) = update else {
                panic!("{update:?}");
            };
            reported.push(status);
        }
        thread.join().unwrap();
        assert!(reported.len() <= 4, "{} updates", reported.len());
        let entries = CONNECTIONS * 5 / 2;
        assert_eq!(reported.last().unwrap().record.entries, entries);
        assert_eq!(record.status().entries, entries);
        let endpoints = reported.iter().flat_map(|status| &status.endpoints);
        let EndpointStatus {
            open_connections,
            ended_connections,
            received_bytes,
            ..
        } = endpoints.last().unwrap();
        assert_eq!((*open_connections, *ended_connections), (250, 250));
        assert_eq!(*received_bytes, 3 * CONNECTIONS);
        let connections = reported.iter().flat_map(|status| &status.connections);
        let last: BTreeMap<_, _> = connections
            .map(|c| (c.connection.number, &c.state))
            .collect();
        assert!(last.keys().copied().eq(1..=CONNECTIONS));
        for (id, state) in last {
            let is_open = matches!(state, ConnectionState::Open);
            assert_eq!(is_open, id % 2 == 1, "connection {id}");
        }
    }

    #[test]
    fn samples_are_reported_with_entries_or_after_a_while() {
        let (sender, _updates) = bounded(16);
        let (mut window, _hang_up) = window(sender);
        let mut tally = Tally::default();
        window.report(&mut tally);
        let reported = window.reported_at.unwrap();
        window.note_samples(&[Sample {
            stamp: Stamp(1),
            endpoint: EndpointId(1),
            link: None,
            what: Sampled::Numbers(Box::default()),
        }]);
        window.record.kept_bytes += 40;
        assert!(window.waits());
        assert!(!window.is_due(reported + SAMPLES_WAIT / 2));
        assert!(window.is_due(reported + SAMPLES_WAIT));
        window.record.entries += 1;
        assert!(window.is_due(reported));
        window.report(&mut tally);
        assert!(!window.waits());
    }

    #[test]
    fn recording_continues_when_the_window_is_gone() {
        let (sender, updates) = bounded(1);
        drop(updates);
        let (window, _hang_up) = window(sender);
        let (batches, feed) = bounded(4);
        let record = empty_record();
        let recorder = Recorder::new(
            SyntheticFeed(feed),
            Clock::start(),
            current(&record),
            window,
            None,
        );
        let thread = thread::Builder::new()
            .spawn(move || recorder.run(&Headway::default()))
            .unwrap();
        for id in 1..=10 {
            let batch = vec![event(id, 1, id, accepted())];
            batches.send_timeout(batch, DEADLINE).unwrap();
        }
        drop(batches);
        thread.join().unwrap();
        assert_eq!(record.status().entries, 10);
    }

    #[test]
    fn a_session_continued_in_another_capture_reports_there_what_was_not_recorded() {
        let (sender, updates) = bounded(16);
        let (window, _hang_up) = window(sender);
        let (batches, feed) = bounded(0);
        let (first, second) = (empty_record(), empty_record());
        let current = current(&first);
        let recorder = Recorder::new(
            SyntheticFeed(feed),
            Clock::start(),
            current.clone(),
            window,
            None,
        );
        let thread = thread::Builder::new()
            .spawn(move || recorder.run(&Headway::default()))
            .unwrap();
        let record = |id: u64, expected: &dyn Fn(&RecordStatus) -> bool| {
            let batch = vec![event(id, 1, id, accepted())];
            batches.send_timeout(batch, DEADLINE).unwrap();
            loop {
                let RecordUpdate::Status(status) = updates.recv_timeout(DEADLINE).unwrap() else {
                    panic!("not a status");
                };
                if expected(&status.record) {
                    return;
                }
            }
        };
        record(1, &|status| status.entries == 1);
        first.store().switch_off();
        record(2, &|status| status.unrecorded == 1);
        let before = current.continue_in(Arc::clone(second.store()));
        record(3, &|status| status.entries == 2 && status.stopped.is_none());
        drop(batches);
        thread.join().unwrap();
        assert!(Arc::ptr_eq(&before, first.store()) && before.manifest().is_closed());
        assert_eq!(before.status().entries, 1);
        let kind = |number| {
            second
                .entry(number, Depth::Whole)
                .unwrap()
                .unwrap()
                .event
                .kind
        };
        assert!(matches!(kind(0), EventKind::NotRecorded { entries: 1 }));
        assert!(matches!(kind(1), EventKind::Accepted { .. }));
    }

    #[test]
    fn recording_is_slow_for_a_while_after_an_endpoint_waited() {
        let (sender, updates) = bounded(4);
        let (mut window, _hang_up) = window(sender);
        let mut tally = Tally::default();
        let start = Instant::now();
        let mut check = |is_backed_up: bool, at: Duration, expected: Option<bool>| {
            window.note_pace(is_backed_up, start + at);
            window.report(&mut tally);
            let reported = updates.try_recv().ok().map(|update| match update {
                RecordUpdate::Status(status) => status.recording_is_slow,
                RecordUpdate::Answer(answer) => panic!("{answer:?}"),
            });
            assert_eq!(reported, expected, "{at:?}");
        };
        check(false, Duration::ZERO, Some(false));
        check(false, Duration::ZERO, None);
        check(true, Duration::ZERO, Some(true));
        check(false, SLOW_FOR / 2, None);
        check(true, SLOW_FOR / 2, None);
        check(false, SLOW_FOR, None);
        check(false, SLOW_FOR * 3 / 2, Some(false));
    }
}
