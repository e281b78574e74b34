//! The endpoints of the session, as far as they reach each other: what one has the connections of another do.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::error::Unreached;
use super::event::Requester;
use super::hops::Hop;
use super::id::EndpointId;
use super::poller::Waker;
use crate::script::Act;

/// How many visits of others may wait at an endpoint. Any more are refused, and the requester says so.
const VISITS: usize = 256;

/// Something that another endpoint has all connections of this one do.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) act: Act,
    pub(super) by: Requester,
    pub(super) hop: Hop,
}

/// The endpoints that have a thread. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Neighbours(Arc<Mutex<BTreeMap<EndpointId, Neighbour>>>);

#[derive(Clone, Debug)]
struct Neighbour {
    visits: Sender<Visit>,
    waker: Waker,
    standing: Arc<Standing>,
}

/// What others have to know of an endpoint.
#[derive(Debug, Default)]
struct Standing {
    is_running: AtomicBool,
    connections: AtomicUsize,
}

/// An endpoint's own side: what others request, and what they know.
#[derive(Debug)]
pub(super) struct Doorstep {
    pub(super) visits: Receiver<Visit>,
    standing: Arc<Standing>,
}

impl Neighbours {
    /// Adds an endpoint, or its successor.
    pub(super) fn add(&self, endpoint: EndpointId, waker: Waker) -> Doorstep {
        let (sender, visits) = bounded(VISITS);
        let standing = Arc::new(Standing::default());
        let neighbour = Neighbour {
            visits: sender,
            waker,
            standing: Arc::clone(&standing),
        };
        self.all().insert(endpoint, neighbour);
        Doorstep { visits, standing }
    }

    pub(super) fn remove(&self, endpoint: EndpointId) {
        self.all().remove(&endpoint);
    }

    /// Has all connections of an endpoint do something. Never blocks.
    ///
    /// # Errors
    /// It is not running, has no connection, or too much waits there.
    pub(super) fn visit(&self, endpoint: EndpointId, visit: Visit) -> Result<(), Unreached> {
        let neighbour = self.all().get(&endpoint).cloned();
        let neighbour = neighbour.ok_or(Unreached::NotRunning)?;
        if !neighbour.standing.is_running.load(Ordering::Relaxed) {
            return Err(Unreached::NotRunning);
        }
        if neighbour.standing.connections.load(Ordering::Relaxed) == 0 {
            return Err(Unreached::NoConnection);
        }
        match neighbour.visits.try_send(visit) {
            Ok(()) => {
                neighbour.waker.wake();
                Ok(())
            }
            Err(TrySendError::Full(_)) => Err(Unreached::Busy),
            Err(TrySendError::Disconnected(_)) => Err(Unreached::NotRunning),
        }
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<EndpointId, Neighbour>> {
        // A thread that panicked while it held the lock left complete values behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Doorstep {
    /// Lets others know how it stands.
    pub(super) fn show(&self, is_running: bool, connections: usize) {
        self.standing
            .is_running
            .store(is_running, Ordering::Relaxed);
        self.standing
            .connections
            .store(connections, Ordering::Relaxed);
    }
}
