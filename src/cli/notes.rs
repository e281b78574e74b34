//! What `send` has to know of what happens: merged, so that it holds up nobody and stays small.

use std::sync::{Arc, Mutex, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::pattern::Matcher;
use super::pending::PendingSender;
use crate::capture::{Entry, Event, EventKind, Watch};

/// What happened since the notes were taken last.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// How many bytes were received.
    pub(super) received_bytes: u64,
    /// How many bytes were written.
    pub(super) sent_bytes: u64,
    /// Whether the expected bytes have arrived.
    pub(super) is_met: bool,
    /// Everything else, in order. One connection has few of them.
    pub(super) events: Vec<Event>,
}

/// Takes notes, searches for the expected bytes, and hands the entries on to be written.
pub(super) struct NoteTaker {
    notes: Arc<Mutex<Notes>>,
    changed: Sender<()>,
    matcher: Option<Matcher>,
    pending: PendingSender,
}

/// Where notes are read.
pub(super) struct NoteReader {
    notes: Arc<Mutex<Notes>>,
    /// Signals that there are new ones.
    pub(super) changed: Receiver<()>,
}

/// Makes both ends. The channel closes once the session has ended.
pub(super) fn notes(matcher: Option<Matcher>, pending: PendingSender) -> (NoteTaker, NoteReader) {
    // One pending signal is enough.
    let (changing, changed) = bounded(1);
    let notes = Arc::<Mutex<Notes>>::default();
    let taker = NoteTaker {
        notes: Arc::clone(&notes),
        changed: changing,
        matcher,
        pending,
    };
    (taker, NoteReader { notes, changed })
}

impl NoteReader {
    /// Takes the notes.
    pub(super) fn take(&self) -> Notes {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut notes)
    }
}

impl Watch for NoteTaker {
    fn note(&mut self, entries: &mut Vec<Entry>, recorded: u64) {
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in &*entries {
            match &entry.event.kind {
                EventKind::Received { payload } => {
                    notes.received_bytes += payload.bytes.len() as u64;
                    let matcher = self.matcher.as_mut().filter(|_| !notes.is_met);
                    let is_met = matcher.is_some_and(|matcher| matcher.push(&payload.bytes));
                    notes.is_met |= is_met;
                }
                EventKind::Sent { payload, .. } => {
                    notes.sent_bytes += payload.bytes.len() as u64;
                }
                _ => notes.events.push(entry.event.clone()),
            }
        }
        drop(notes);
        // A signal is already pending if there is no room for it.
        self.changed.try_send(()).ok();
        self.pending.note(entries, recorded);
    }
}
