//! The engine: a worker thread for each endpoint in use. Knows no window and no recording.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Sender, TrySendError};

use super::budget::{Budget, SessionBudget};
use super::clock::Clock;
use super::command::Command;
use super::context::Context;
use super::error::CommandError;
use super::id::{EndpointId, Ids};
use super::lab::Lab;
use super::neighbours::Neighbours;
use super::outbox::Outbox;
use super::pipe::{EventReceiver, EventSender, pipe};
use super::poller::{Poller, Waker};
use super::resolver::Resolver;
use super::sockets::{Sockets, SystemSockets};
use super::tls::TlsHome;
use super::worker::Worker;

/// How many commands an endpoint may have waiting. Any more are refused with an error.
const COMMANDS: usize = 256;

/// Runs endpoints as worker threads. Commands go in here; events come out of the [`EventReceiver`].
///
/// Dropping it does the same as [`Engine::shutdown`] but does not wait for the threads.
pub struct Engine {
    clock: Clock,
    sockets: Arc<dyn Sockets>,
    lab: Lab,
    tls: TlsHome,
    budget: SessionBudget,
    ids: Ids,
    resolver: Resolver,
    neighbours: Neighbours,
    events: EventSender,
    workers: BTreeMap<EndpointId, WorkerHandle>,
    /// Threads of removed endpoints, which are about to end.
    ending: Vec<JoinHandle<()>>,
}

impl Engine {
    /// Makes an engine without endpoints, and the single receiver of its events.
    pub fn new(clock: Clock) -> (Self, EventReceiver) {
        Self::with_sockets(clock, Arc::new(SystemSockets))
    }

    /// Makes an engine whose sockets come from elsewhere.
    pub fn with_sockets(clock: Clock, sockets: Arc<dyn Sockets>) -> (Self, EventReceiver) {
        let (events, receiver) = pipe();
        let engine = Self {
            clock,
            sockets,
            lab: Lab::default(),
            tls: TlsHome::default(),
            budget: SessionBudget::default(),
            ids: Ids::default(),
            resolver: Resolver::default(),
            neighbours: Neighbours::default(),
            events,
            workers: BTreeMap::new(),
            ending: Vec::new(),
        };
        (engine, receiver)
    }

    /// Returns the session's id counters.
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// Returns the clock that stamps the events.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Returns the lab, which those of its endpoints share that are to be in it. It ends with the engine.
    pub fn lab(&self) -> &Lab {
        &self.lab
    }

    /// Uses another lab from now on: with another helper.
    #[must_use]
    pub fn with_lab(mut self, lab: Lab) -> Self {
        self.lab = lab;
        self
    }

    /// Returns what all TLS shares: the own authority and the key log.
    pub fn tls(&self) -> &TlsHome {
        &self.tls
    }

    /// Keeps the own authority elsewhere: by default it is nowhere, and certificates come from files.
    #[must_use]
    pub fn with_tls(mut self, tls: TlsHome) -> Self {
        self.tls = tls;
        self
    }

    /// Wakes the event receiver with an empty batch, so that it checks for changes outside the engine.
    pub fn stir(&self) {
        self.events.stir();
    }

    /// Sends a command to the endpoint's worker, and starts its thread if it has none. Never blocks.
    pub fn command(&mut self, endpoint: EndpointId, command: Command) -> Result<(), CommandError> {
        self.commands(endpoint)?.send(command)
    }

    /// Returns what sends commands to the endpoint's worker from another thread. Starts the worker if there is none.
    pub fn sender(&mut self, endpoint: EndpointId) -> Result<CommandSender, CommandError> {
        self.commands(endpoint).cloned()
    }

    fn commands(&mut self, endpoint: EndpointId) -> Result<&CommandSender, CommandError> {
        let worker = match self.workers.remove(&endpoint) {
            Some(worker) if !worker.thread.is_finished() => worker,
            // A worker whose poller failed has reported that and ended.
            Some(_) | None => self.start(endpoint).map_err(CommandError::Start)?,
        };
        let worker = self.workers.entry(endpoint).or_insert(worker);
        Ok(&worker.commands)
    }

    /// Stops and forgets an endpoint. Its last events are still delivered; its thread ends by itself.
    pub fn remove(&mut self, endpoint: EndpointId) {
        if let Some(worker) = self.workers.remove(&endpoint) {
            self.neighbours.remove(endpoint);
            self.ending.push(worker.hang_up());
        }
        for thread in self.ending.extract_if(.., |thread| thread.is_finished()) {
            // A worker that panicked has nothing left to clean up.
            thread.join().ok();
        }
    }

    /// Stops all endpoints and waits for their threads.
    ///
    /// Each worker sees its flag after one turn (a few megabytes moved, 64 commands), closes its sockets without
    /// blocking, and waits until there is room for its last events, but for no longer than [`STALL_LIMIT`] in which the
    /// receiver makes no progress. The workers end in parallel. Look-up threads are not waited for.
    ///
    /// [`STALL_LIMIT`]: super::STALL_LIMIT
    pub fn shutdown(mut self) {
        for thread in self.hang_up_all() {
            thread.join().ok();
        }
    }

    fn hang_up_all(&mut self) -> Vec<JoinHandle<()>> {
        let mut threads = std::mem::take(&mut self.ending);
        for (_, worker) in std::mem::take(&mut self.workers) {
            threads.push(worker.hang_up());
        }
        threads
    }

    fn start(&self, endpoint: EndpointId) -> io::Result<WorkerHandle> {
        let poller = Poller::new()?;
        let waker = poller.waker();
        let outbox = Outbox::new(endpoint, self.events.clone(), waker.clone());
        let context = Context::new(
            self.clock,
            self.ids.clone(),
            (
                Arc::clone(&self.sockets),
                self.lab.clone(),
                self.tls.clone(),
            ),
            self.neighbours.clone(),
            Budget::new(self.budget.clone()),
            poller,
            outbox,
        );
        let (commands, receiver) = crossbeam_channel::bounded(COMMANDS);
        let hung_up = Arc::new(AtomicBool::new(false));
        let doorstep = self.neighbours.add(endpoint, waker.clone());
        let worker = Worker::new(
            context,
            receiver,
            doorstep,
            Arc::clone(&hung_up),
            self.resolver.clone(),
        );
        let thread = thread::Builder::new()
            .name(format!("endpoint-{}", endpoint.0))
            .spawn(move || worker.run())?;
        Ok(WorkerHandle {
            commands: CommandSender { commands, waker },
            hung_up,
            thread,
        })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.hang_up_all();
    }
}

/// Sends commands to one endpoint's worker.
#[derive(Clone)]
pub struct CommandSender {
    commands: Sender<Command>,
    waker: Waker,
}

impl CommandSender {
    /// Sends a command; never blocks.
    ///
    /// # Errors
    /// Too many commands are waiting, or the worker has ended.
    pub fn send(&self, command: Command) -> Result<(), CommandError> {
        match self.commands.try_send(command) {
            Ok(()) => {
                self.waker.wake();
                Ok(())
            }
            Err(TrySendError::Full(_)) => Err(CommandError::Full),
            Err(TrySendError::Disconnected(_)) => Err(CommandError::Ended),
        }
    }
}

struct WorkerHandle {
    commands: CommandSender,
    /// Needed because a closed channel is noticed only after the commands still in it.
    hung_up: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl WorkerHandle {
    fn hang_up(self) -> JoinHandle<()> {
        self.hung_up.store(true, Ordering::Release);
        self.commands.waker.wake();
        self.thread
    }
}
