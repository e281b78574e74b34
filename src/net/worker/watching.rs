//! Watches what the kernel says of one connection, or of the listener, for as long as somebody wants to know.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use super::Worker;
use crate::net::address::Address;
use crate::net::event::{EngineEventKind, Link};
use crate::net::id::{FlowId, Role};
use crate::net::kernel::{
    AcceptQueue, Diag, KernelEnds, KernelNumbers, KernelWatch, Lack, Marks, Sampled, SocketNumbers,
    Watched,
};
use crate::net::timers::Timer;

/// What is watched.
pub(super) struct WatchedSocket {
    watch: KernelWatch,
    diag: Diag,
    /// The connection, as it was last known.
    link: Option<Arc<Link>>,
    /// When the kernel is asked next; `None` once there is nothing left to ask for.
    due: Option<Instant>,
    /// What was last reported as missing, so that it is not reported again.
    lack: Option<Lack>,
}

impl Worker {
    /// Watches this from now on, instead of what was watched.
    pub(super) fn watch(&mut self, watch: Option<KernelWatch>) {
        let marked = watch.as_ref().and_then(KernelWatch::connection);
        if let Some(before) = self.watching.take() {
            if let Some(due) = before.due {
                self.context.timers.cancel(due, Timer::Watch);
            }
            let connection = before.watch.connection().filter(|it| Some(*it) != marked);
            if let Some(id) = connection {
                self.mark(id, Marks::None, false).ok();
            }
        }
        let Some(watch) = watch else {
            return;
        };
        let link = match &watch.of {
            Watched::Listener => None,
            Watched::Connection { connection, ends } => {
                let link = self.link_of(*connection, ends.as_ref());
                if link.is_none() {
                    return self.emit_sampled(None, Sampled::Lacking(Lack::Gone));
                }
                link
            }
        };
        match self.context.diag(self.network) {
            Ok(diag) => {
                self.watching = Some(WatchedSocket {
                    watch,
                    diag,
                    link,
                    due: None,
                    lack: None,
                });
                self.ask_kernel();
            }
            Err(error) => self.emit_sampled(link.as_ref(), Sampled::Lacking(Lack::of(error))),
        }
    }

    /// Asks the kernel, and reports what it says. Sets the timer for the next time, unless there is nothing left.
    pub(super) fn ask_kernel(&mut self) {
        let Some(mut watching) = self.watching.take() else {
            return;
        };
        watching.due = None;
        let goes_on = match &watching.watch.of {
            Watched::Listener => self.ask_for_queue(&mut watching),
            &Watched::Connection { connection, .. } => {
                self.ask_for_connection(connection, &mut watching)
            }
        };
        // Marks that could not begin are tried again.
        let is_pending = watching.lack == Some(Lack::Unacknowledged);
        let again = is_pending.then_some(KernelWatch::USUAL);
        if let Some(every) = watching.watch.every.or(again).filter(|_| goes_on) {
            let due = Instant::now() + every.max(KernelWatch::SHORTEST);
            watching.due = Some(due);
            self.context.timers.set(due, Timer::Watch);
        }
        self.watching = Some(watching);
    }

    fn ask_for_queue(&mut self, watching: &mut WatchedSocket) -> bool {
        match self.queue(&mut watching.diag) {
            Ok(Some(queue)) => self.emit_sampled(None, Sampled::Queue(queue)),
            Ok(None) => {
                self.emit_lack(watching, Lack::Gone);
                return false;
            }
            Err(lack) => {
                self.emit_lack(watching, lack);
                return false;
            }
        }
        true
    }

    /// Asks for both ends of a connection. Returns whether there may be something to ask for later.
    fn ask_for_connection(&mut self, id: FlowId, watching: &mut WatchedSocket) -> bool {
        watching.link = self.link_of(id, None).or_else(|| watching.link.take());
        let is_alive = self.connections.contains_key(&id) || self.attempts.contains_key(&id);
        let Some(link) = watching.link.clone() else {
            return is_alive;
        };
        let Some((local, peer)) = tcp_ends(&link) else {
            if !link.peer.is_tcp() {
                self.emit_lack(watching, Lack::NotTcp);
            }
            // Otherwise the local address of an attempt is not known yet.
            return is_alive && link.peer.is_tcp();
        };
        let numbers = match self.numbers(&mut watching.diag, id, local, peer) {
            Ok(numbers) => numbers,
            Err(lack) => {
                self.emit_lack(watching, lack);
                return false;
            }
        };
        let has_unacknowledged = unacknowledged(numbers.ours.as_ref());
        match self.mark(id, watching.watch.marks, has_unacknowledged) {
            Ok(()) => watching.lack = None,
            Err(lack) => self.emit_lack(watching, lack),
        }
        let is_there = numbers.ours.is_some() || numbers.peer.is_some();
        // While events cannot be handed over, these would only pile up.
        if watching.watch.every.is_some() && self.context.may_read() {
            let numbers = Sampled::Numbers(Box::new(numbers));
            self.emit_sampled(Some(&link), numbers);
        }
        is_alive || is_there
    }

    fn numbers(
        &self,
        diag: &mut Diag,
        id: FlowId,
        local: SocketAddr,
        peer: SocketAddr,
    ) -> Result<KernelNumbers, Lack> {
        let own = self.connections.get(&id).map(|it| it.socket());
        let KernelEnds { ours, peer } = diag.ends(local, peer, own).map_err(Lack::of)?;
        let queue = match id.role {
            Role::Server => self.queue(diag),
            Role::Client => Ok(None),
        };
        let queue = match queue {
            // It says the states, and not this.
            Err(Lack::System) => None,
            queue => queue?,
        };
        Ok(KernelNumbers { ours, peer, queue })
    }

    /// Returns the accept queue of the listener, if there is one.
    fn queue(&self, diag: &mut Diag) -> Result<Option<AcceptQueue>, Lack> {
        let local = self.listener.as_ref().map(|it| it.local().clone());
        match local {
            None => Ok(None),
            Some(Address::Unix(_) | Address::Udp(_)) => Err(Lack::NotTcp),
            Some(Address::Tcp(local)) => diag.listener(local).map_err(Lack::of),
        }
    }

    /// Sets the marks of a connection, if it is there.
    fn mark(&mut self, id: FlowId, marks: Marks, has_unacknowledged: bool) -> Result<(), Lack> {
        match self.connections.get_mut(&id) {
            Some(connection) => connection.set_marks(marks, has_unacknowledged),
            None => Ok(()),
        }
    }

    /// Returns the ends of a connection or an attempt, or those given if it has ended.
    fn link_of(&self, id: FlowId, ended: Option<&(Address, Address)>) -> Option<Arc<Link>> {
        let connection = || Some(self.connections.get(&id)?.link());
        let attempt = || self.attempts.get(&id)?.link();
        let ended = || {
            let (local, peer) = ended?;
            Some(Link::new(id, Some(local.clone()), peer.clone()))
        };
        connection().or_else(attempt).or_else(ended)
    }

    fn emit_lack(&mut self, watching: &mut WatchedSocket, lack: Lack) {
        if watching.lack.as_ref() != Some(&lack) {
            self.emit_sampled(watching.link.as_ref(), Sampled::Lacking(lack.clone()));
            watching.lack = Some(lack);
        }
    }

    fn emit_sampled(&mut self, link: Option<&Arc<Link>>, sampled: Sampled) {
        self.context.emit(link, EngineEventKind::Sampled(sampled));
    }
}

fn tcp_ends(link: &Link) -> Option<(SocketAddr, SocketAddr)> {
    Some((link.local.as_ref()?.tcp()?, link.peer.tcp()?))
}

/// Returns whether a socket waits for acknowledgements, as far as is known.
fn unacknowledged(ours: Option<&SocketNumbers>) -> bool {
    let queued = ours.and_then(|ours| ours.send_queue_bytes);
    queued.is_none_or(|bytes| bytes > 0)
}
