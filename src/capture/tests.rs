//! Tests the capture as a whole: both threads, and how they end.

use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, Sender};

use super::entry::Entry;
use super::event::Event;
use super::store::RecordStatus;
use super::synthetic::{
    DEADLINE, SyntheticFeed, TestRecord, VariantNames, accepted, empty_record, event,
};
use super::*;
use crate::net::STALL_LIMIT;

fn start() -> (
    Capture,
    Receiver<RecordUpdate>,
    Sender<Vec<Event>>,
    TestRecord,
) {
    let record = empty_record();
    let (batches, feed) = bounded(4);
    let (capture, updates) = Capture::start(
        SyntheticFeed(feed),
        Clock::start(),
        Arc::clone(record.store()),
        &VariantNames,
        || {},
    )
    .unwrap();
    (capture, updates, batches, record)
}

fn newest() -> Request {
    Request::Rows {
        filter: Filter::default(),
        span: Span::Newest { count: 1 },
    }
}

/// Sends requests until the answers fill the channel and further requests wait.
fn fill(capture: &Capture, updates: &Receiver<RecordUpdate>) {
    let deadline = Instant::now() + DEADLINE;
    let mut refused = false;
    while !(refused && updates.is_full()) {
        assert!(Instant::now() < deadline, "the channel does not fill");
        refused = capture.request(newest()).is_err();
        thread::yield_now();
    }
}

/// Shuts down on a separate thread, so that a hanging shutdown is detected.
fn shut_down(capture: Capture) {
    let (done, ended) = bounded::<()>(0);
    let thread = thread::Builder::new()
        .spawn(move || {
            capture.shutdown();
            drop(done);
        })
        .unwrap();
    assert_eq!(
        ended.recv_timeout(DEADLINE),
        Err(RecvTimeoutError::Disconnected)
    );
    thread.join().unwrap();
}

#[test]
fn events_are_reported_and_can_be_read() {
    let (capture, updates, batches, _record) = start();
    batches.send(vec![event(1, 1, 7, accepted())]).unwrap();
    loop {
        match updates.recv_timeout(DEADLINE).unwrap() {
            RecordUpdate::Status(status) if status.record.entries == 1 => break,
            _ => {}
        }
    }
    capture.request(newest()).unwrap();
    let RecordUpdate::Answer(Answer::Rows(page)) = updates.recv_timeout(DEADLINE).unwrap() else {
        panic!("no rows");
    };
    assert_eq!(page.end, 1);
    assert_eq!(
        VariantNames.row(&page.rows[0], None),
        "Accepted 127.0.0.1:53122"
    );
    drop(batches);
    shut_down(capture);
}

#[test]
fn a_full_channel_does_not_delay_shutdown() {
    let (capture, updates, batches, _record) = start();
    fill(&capture, &updates);
    batches.send(vec![event(1, 1, 7, accepted())]).unwrap();
    drop(batches);
    shut_down(capture);
    assert!(updates.is_full());
}

#[test]
fn a_dropped_channel_does_not_delay_shutdown() {
    let (capture, updates, batches, _record) = start();
    fill(&capture, &updates);
    drop(updates);
    batches.send(vec![event(1, 1, 7, accepted())]).unwrap();
    drop(batches);
    shut_down(capture);
}

#[test]
fn a_running_engine_does_not_delay_shutdown() {
    let (capture, updates, batches, _record) = start();
    fill(&capture, &updates);
    shut_down(capture);
    drop(batches);
}

/// Takes its time over each batch, or for ever.
struct Slow(Option<Duration>);

impl Watch for Slow {
    fn note(&mut self, entries: &mut Vec<Entry>, _record: &RecordStatus) {
        match self.0 {
            _ if entries.is_empty() => {}
            Some(time) => thread::sleep(time),
            None => loop {
                thread::park();
            },
        }
    }
}

fn start_slow(time: Option<Duration>) -> (Capture, Sender<Vec<Event>>, TestRecord) {
    let record = empty_record();
    let (batches, feed) = bounded(1_000);
    let (capture, updates) = Capture::start_watched(
        SyntheticFeed(feed),
        Clock::start(),
        Arc::clone(record.store()),
        &VariantNames,
        || {},
        Some(Box::new(Slow(time))),
    )
    .unwrap();
    drop(updates);
    (capture, batches, record)
}

#[test]
fn a_shutdown_waits_for_a_recorder_that_makes_progress() {
    let (capture, batches, record) = start_slow(Some(Duration::from_millis(10)));
    for at in 0..6_400 {
        batches.send(vec![event(at, 1, 7, accepted())]).unwrap();
    }
    drop(batches);
    assert_eq!(capture.shutdown(), 6_400);
    assert_eq!(record.status().entries, 6_400);
}

#[test]
fn a_shutdown_gives_up_a_recorder_that_makes_no_progress() {
    let (capture, batches, _record) = start_slow(None);
    batches.send(vec![event(0, 1, 7, accepted())]).unwrap();
    let start = Instant::now();
    drop(batches);
    // What it is stuck with has been recorded before.
    assert_eq!(capture.shutdown(), 1);
    // It made progress once before.
    assert!(start.elapsed() < 3 * STALL_LIMIT);
}
