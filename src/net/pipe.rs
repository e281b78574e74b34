//! Carries events from the workers to their single receiver, bounded in bytes. Only the receiver ever blocks on it.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, TrySendError};

use super::event::EngineEvent;
use super::poller::Waker;

/// How much may be in transit, in bytes of payloads and events. When it is full, each worker keeps its batch, stops
/// reading and accepting, and is woken once half of it has been received.
const CAPACITY_BYTES: usize = 64 * 1024 * 1024;
/// How many batches may be in transit.
const CAPACITY_BATCHES: usize = 4096;
/// What a batch counts at least, so that the bytes run out before the slots do.
const MIN_BATCH_BYTES: usize = CAPACITY_BYTES / CAPACITY_BATCHES;

/// Why a batch was refused.
pub(super) enum Refused {
    /// There is no room. The sender's waker is called once there is.
    Full(Vec<EngineEvent>),
    /// The receiver is gone.
    Gone,
}

/// Makes the pipe.
pub(super) fn pipe() -> (EventSender, EventReceiver) {
    let (sender, receiver) = crossbeam_channel::bounded(CAPACITY_BATCHES);
    let room = Arc::new(Room::default());
    (
        EventSender {
            batches: sender,
            room: Arc::clone(&room),
        },
        EventReceiver {
            batches: receiver,
            room,
        },
    )
}

struct Counted {
    events: Vec<EngineEvent>,
    bytes: usize,
}

/// What both ends share: how full the pipe is, and who is waiting for room.
#[derive(Default)]
struct Room {
    taken_bytes: AtomicUsize,
    waiting: Mutex<Vec<Waker>>,
    backed_up: AtomicBool,
    receiver_gone: AtomicBool,
    /// Counts what the receiver has taken and dealt with. While it changes, waiting for room makes sense.
    progress: AtomicU64,
    /// How many events were offered for the last time, whether or not they found room.
    emitted: AtomicU64,
    /// How many events found no room in the end.
    lost: AtomicU64,
}

impl Room {
    /// Reserves `bytes`, or nothing. A batch larger than the whole capacity is admitted alone.
    fn take(&self, bytes: usize) -> bool {
        self.taken_bytes
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |taken| {
                (taken == 0 || taken + bytes <= CAPACITY_BYTES).then_some(taken + bytes)
            })
            .is_ok()
    }

    fn give_back(&self, bytes: usize) {
        let before = self.taken_bytes.fetch_sub(bytes, Ordering::SeqCst);
        if before - bytes <= CAPACITY_BYTES / 2 {
            self.wake_waiting();
        }
    }

    fn wait(&self, waker: &Waker) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if !waiting.iter().any(|it| it.is_same(waker)) {
            waiting.push(waker.clone());
        }
    }

    fn wake_waiting(&self) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for waker in waiting.drain(..) {
            waker.wake();
        }
    }
}

/// A worker's end of the pipe.
#[derive(Clone)]
pub(super) struct EventSender {
    batches: Sender<Counted>,
    room: Arc<Room>,
}

impl EventSender {
    /// Hands over a batch of `bytes`. If there is no room, `waker` is called once there is.
    pub(super) fn try_send(
        &self,
        events: Vec<EngineEvent>,
        bytes: usize,
        waker: &Waker,
    ) -> Result<(), Refused> {
        match self.offer(events, bytes) {
            Err(Refused::Full(events)) => {
                // If room was made after the refusal but before we joined the list, nobody would wake us: try again.
                self.room.wait(waker);
                let second = self.offer(events, bytes);
                if let Err(Refused::Full(_)) = second {
                    self.room.backed_up.store(true, Ordering::Relaxed);
                }
                second
            }
            first => first,
        }
    }

    /// Wakes the receiver once without an event. If the pipe is full, it wakes anyway.
    pub(super) fn stir(&self) {
        self.offer(Vec::new(), 0).ok();
    }

    /// Returns a number that changes as long as the receiver makes progress.
    pub(super) fn progress(&self) -> u64 {
        self.room.progress.load(Ordering::Relaxed)
    }

    /// Counts events that are given up because there was no room for them.
    pub(super) fn lose(&self, events: u64) {
        self.room.emitted.fetch_add(events, Ordering::Relaxed);
        self.room.lost.fetch_add(events, Ordering::Relaxed);
    }

    fn offer(&self, events: Vec<EngineEvent>, bytes: usize) -> Result<(), Refused> {
        if self.room.receiver_gone.load(Ordering::SeqCst) {
            return Err(Refused::Gone);
        }
        let bytes = bytes.max(MIN_BATCH_BYTES);
        if !self.room.take(bytes) {
            return Err(Refused::Full(events));
        }
        let count = events.len() as u64;
        match self.batches.try_send(Counted { events, bytes }) {
            Ok(()) => {
                self.room.emitted.fetch_add(count, Ordering::Relaxed);
                Ok(())
            }
            Err(TrySendError::Disconnected(_)) => Err(Refused::Gone),
            Err(TrySendError::Full(counted)) => {
                self.room.give_back(bytes);
                Err(Refused::Full(counted.events))
            }
        }
    }
}

/// The single receiver of an engine's events. Once it is dropped, events are discarded and the workers carry on.
pub struct EventReceiver {
    batches: Receiver<Counted>,
    room: Arc<Room>,
}

impl EventReceiver {
    /// Waits for a batch, the events of one worker in order, until `deadline`, or without one until the engine and all
    /// its workers have ended.
    pub fn recv_deadline(
        &self,
        deadline: Option<Instant>,
    ) -> Result<Vec<EngineEvent>, RecvTimeoutError> {
        let counted = match deadline {
            Some(deadline) => self.batches.recv_deadline(deadline),
            None => self.batches.recv().map_err(RecvTimeoutError::from),
        };
        counted.map(|counted| self.unpack(counted))
    }

    /// Returns a batch if one is waiting.
    pub fn try_recv(&self) -> Option<Vec<EngineEvent>> {
        let counted = self.batches.try_recv().ok()?;
        Some(self.unpack(counted))
    }

    /// Returns whether a worker found the pipe full since the last call.
    pub fn is_backed_up(&self) -> bool {
        self.room.backed_up.swap(false, Ordering::Relaxed)
    }

    /// Notes that events which were received have been dealt with.
    pub fn note_progress(&self) {
        self.room.progress.fetch_add(1, Ordering::Relaxed);
    }

    /// Returns how many events workers had to give up when they ended, because there was no room for them.
    pub fn lost(&self) -> u64 {
        self.room.lost.load(Ordering::Relaxed)
    }

    /// Returns the count of the events.
    pub fn count(&self) -> EventCount {
        EventCount(Arc::clone(&self.room))
    }

    fn unpack(&self, counted: Counted) -> Vec<EngineEvent> {
        self.note_progress();
        self.room.give_back(counted.bytes);
        counted.events
    }
}

/// Counts the events of an engine.
#[derive(Clone)]
pub struct EventCount(Arc<Room>);

impl EventCount {
    /// Returns how many events there were, including lost ones.
    pub fn emitted(&self) -> u64 {
        self.0.emitted.load(Ordering::Relaxed)
    }
}

impl Drop for EventReceiver {
    fn drop(&mut self) {
        self.room.receiver_gone.store(true, Ordering::SeqCst);
        self.room.wake_waiting();
    }
}

#[cfg(test)]
mod tests {
    use super::super::poller::Poller;
    use super::*;

    fn waker() -> Waker {
        Poller::new().unwrap().waker()
    }

    /// Whether a small batch is refused, so that the sender with this waker waits.
    fn is_refused(sender: &EventSender, waker: &Waker) -> bool {
        let sent = sender.try_send(Vec::new(), MIN_BATCH_BYTES, waker);
        matches!(sent, Err(Refused::Full(_)))
    }

    #[test]
    fn a_sender_waits_once_however_often_it_is_refused() {
        let (sender, receiver) = pipe();
        let (one, other) = (waker(), waker());
        let waiting = || sender.room.waiting.lock().unwrap().len();
        assert!(sender.try_send(Vec::new(), CAPACITY_BYTES, &one).is_ok());
        assert_eq!(waiting(), 0);
        for _ in 0..1000 {
            assert!(is_refused(&sender, &one));
        }
        assert_eq!(waiting(), 1);
        for _ in 0..1000 {
            assert!(is_refused(&sender, &other));
            assert!(is_refused(&sender, &one));
        }
        assert_eq!(waiting(), 2);
        // Once there is room, both are woken, and wait no more.
        assert!(receiver.try_recv().is_some());
        assert_eq!(waiting(), 0);
        assert!(!is_refused(&sender, &one));
    }
}
