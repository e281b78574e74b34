//! What `send` has to know of what happens: merged, so that it holds up nobody and stays small.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::frame_count::FrameCount;
use super::pattern::PatternMatcher;
use super::pending::PendingSender;
use crate::capture::{Entry, Event, EventKind, RecordStatus, Watch};
use crate::net::Stamp;

/// What happened since the notes were taken last.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Whether something was received, if only an empty datagram.
    pub(super) has_received: bool,
    /// How many bytes were received.
    pub(super) received_bytes: u64,
    /// How many bytes were written.
    pub(super) sent_bytes: u64,
    /// How many writes or datagrams that were.
    pub(super) sent: u64,
    /// Whether the expected bytes have arrived.
    pub(super) is_met: bool,
    /// Whether enough frames have been received since the beginning.
    pub(super) has_all_frames: bool,
    /// Everything else, in order. One connection has few of them.
    pub(super) events: Vec<Event>,
}

/// What both ends share.
#[derive(Default)]
struct Shared {
    notes: Notes,
    /// The count of received frames, if somebody waits for them.
    frames: Option<FrameCount>,
}

/// Takes notes, searches for the expected bytes, counts frames, and hands the entries on to be written.
pub(super) struct NoteTaker {
    shared: Arc<Mutex<Shared>>,
    changed: Sender<()>,
    matcher: Option<PatternMatcher>,
    pending: PendingSender,
}

/// Where notes are read.
pub(super) struct NoteReader {
    shared: Arc<Mutex<Shared>>,
    /// Signals that there are new ones.
    pub(super) changed: Receiver<()>,
}

/// Makes both ends. The channel closes once the session has ended.
pub(super) fn notes(
    matcher: Option<PatternMatcher>,
    frames: Option<FrameCount>,
    pending: PendingSender,
) -> (NoteTaker, NoteReader) {
    // One pending signal is enough.
    let (changing, changed) = bounded(1);
    let shared = Arc::new(Mutex::new(Shared {
        notes: Notes::default(),
        frames,
    }));
    let taker = NoteTaker {
        shared: Arc::clone(&shared),
        changed: changing,
        matcher,
        pending,
    };
    (taker, NoteReader { shared, changed })
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    // A thread that panicked while it held the lock left complete values behind.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl NoteReader {
    /// Takes the notes. What has arrived and how many frames there are is known as of one moment.
    pub(super) fn take(&self) -> Notes {
        let mut shared = lock(&self.shared);
        let has_all_frames = shared.frames.as_ref().is_some_and(FrameCount::is_reached);
        Notes {
            has_all_frames,
            ..std::mem::take(&mut shared.notes)
        }
    }

    /// Uses the count of received frames, if there is one.
    pub(super) fn frames<T>(&self, using: impl FnOnce(&mut FrameCount) -> T) -> Option<T> {
        lock(&self.shared).frames.as_mut().map(using)
    }

    /// Returns when [`Self::pass`] is due, if nothing happens before.
    pub(super) fn deadline(&self) -> Option<Stamp> {
        self.frames(|frames| frames.deadline()).flatten()
    }

    /// Notes that nothing happened before `now`: silence may end a frame.
    pub(super) fn pass(&self, now: Stamp) {
        self.frames(|frames| frames.pass(now));
    }
}

impl Watch for NoteTaker {
    fn note(&mut self, entries: &mut Vec<Entry>, record: &RecordStatus) {
        let mut shared = lock(&self.shared);
        let Shared { notes, frames } = &mut *shared;
        for entry in &*entries {
            if let Some(frames) = frames {
                frames.push(entry);
            }
            match &entry.event.kind {
                EventKind::Received { payload } => {
                    notes.has_received = true;
                    notes.received_bytes += payload.bytes.len() as u64;
                    let matcher = self.matcher.as_mut().filter(|_| !notes.is_met);
                    let is_met = matcher.is_some_and(|matcher| matcher.push(&payload.bytes));
                    notes.is_met |= is_met;
                }
                EventKind::Sent { payload, .. } => {
                    notes.sent_bytes += payload.bytes.len() as u64;
                    notes.sent += 1;
                }
                _ => notes.events.push(entry.event.clone()),
            }
        }
        drop(shared);
        // A signal is already pending if there is no room for it.
        self.changed.try_send(()).ok();
        self.pending.note(entries, record);
    }
}
