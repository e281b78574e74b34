//! What happens to a repeated message, as the recorder's thread sees it and the repeater has to know it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::capture::Ending;
use crate::net::{EndpointId, FlowId, NetError};

/// What the recorder's thread saw of a repeated message that the repeater has to know. Bounded by the endpoints and the
/// connections that it names.
#[derive(Debug, Default)]
pub(super) struct SeenByRecorder {
    /// The first connection of each endpoint on which the message was sent.
    pub(super) begun: BTreeMap<EndpointId, FlowId>,
    /// Connections that ended.
    pub(super) gone: Vec<(FlowId, Ending)>,
    pub(super) has_reply: bool,
    pub(super) failed: Option<Arc<NetError>>,
    /// How often an endpoint found a connection no longer open.
    pub(super) not_open: BTreeMap<EndpointId, usize>,
    pub(super) is_stopped: bool,
}

/// Where the recorder's thread reports to a repeater.
#[derive(Clone)]
pub(super) struct Sight {
    seen: Arc<Mutex<SeenByRecorder>>,
    /// One signal is enough: what was seen is taken all at once.
    signal: Sender<()>,
}

impl Sight {
    /// Makes one, and what signals that there is something new.
    pub(super) fn new() -> (Self, Receiver<()>) {
        let (signal, signals) = bounded(1);
        let seen = Arc::default();
        (Self { seen, signal }, signals)
    }

    /// Returns whether both report to one repeater.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.seen, &other.seen)
    }

    /// Reports that an endpoint sent the message on a connection.
    pub(super) fn note_sent(&self, endpoint: EndpointId, connection: FlowId) {
        let mut seen = lock(&self.seen);
        if seen.begun.contains_key(&endpoint) {
            return;
        }
        seen.begun.insert(endpoint, connection);
        drop(seen);
        self.signal();
    }

    /// Reports a reply.
    pub(super) fn note_reply(&self) {
        let mut seen = lock(&self.seen);
        if std::mem::replace(&mut seen.has_reply, true) {
            return;
        }
        drop(seen);
        self.signal();
    }

    /// Reports that a connection that took the message has ended.
    pub(super) fn note_gone(&self, connection: FlowId, ending: Ending) {
        lock(&self.seen).gone.push((connection, ending));
        self.signal();
    }

    /// Reports that an endpoint could not send the message.
    pub(super) fn note_failed(&self, endpoint: EndpointId, error: &Arc<NetError>) {
        let mut seen = lock(&self.seen);
        if matches!(**error, NetError::NotOpen { .. }) {
            *seen.not_open.entry(endpoint).or_default() += 1;
        }
        seen.failed.get_or_insert_with(|| Arc::clone(error));
        drop(seen);
        self.signal();
    }

    /// Takes what was seen since it was taken last, and all that began.
    pub(super) fn take(&self) -> SeenByRecorder {
        let mut seen = lock(&self.seen);
        SeenByRecorder {
            begun: seen.begun.clone(),
            gone: std::mem::take(&mut seen.gone),
            failed: seen.failed.take(),
            not_open: seen.not_open.clone(),
            ..*seen
        }
    }

    /// Ends the repetition.
    pub(super) fn stop(&self) {
        lock(&self.seen).is_stopped = true;
        self.signal();
    }

    fn signal(&self) {
        // If there is no room, a signal is already waiting.
        self.signal.try_send(()).ok();
    }
}

/// Locks what threads share.
pub(super) fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panicked while it held the lock left complete values behind.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
