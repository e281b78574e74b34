//! How a client connects again by itself, after waits that grow, once an attempt has failed or a connection has ended.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use super::Worker;
use crate::net::config::ClientConfig;
use crate::net::connector::Attempt;
use crate::net::error::NetError;
use crate::net::event::EngineEventKind;
use crate::net::id::FlowId;
use crate::net::message::Errand;
use crate::net::timers::Timer;

/// What a client needs to connect again. There are at most as many waits and attempts as it had connections.
#[derive(Default)]
pub(super) struct Reconnecting {
    /// The settings of the last connect; `None` once it was stopped.
    config: Option<ClientConfig>,
    waits: BTreeMap<u64, Waiting>,
    /// The number of the next wait.
    next: u64,
    /// Attempts that followed a wait, and which in a row each is.
    attempts: BTreeMap<FlowId, u32>,
}

/// An attempt that is still to begin.
#[derive(Clone, Copy)]
struct Waiting {
    /// Which attempt in a row, from 1 on.
    attempt: u32,
    due: Instant,
}

impl Reconnecting {
    /// Returns whether an attempt is still to begin.
    pub(super) fn is_waiting(&self) -> bool {
        !self.waits.is_empty()
    }
}

impl Worker {
    /// Takes the settings of a connect, which is the first in a row. Attempts that are still to begin are forgotten.
    pub(super) fn connect_as(&mut self, config: &ClientConfig) {
        self.drop_waits();
        self.context.tls.start_client();
        self.reconnecting.config = Some(config.clone());
    }

    /// Begins an attempt, which is this one in a row; 0 if it was requested.
    pub(super) fn begin_attempt(
        &mut self,
        config: ClientConfig,
        errand: Option<Errand>,
        in_row: u32,
    ) {
        self.network = config.network;
        let mut attempt = Attempt::begin(config, &self.resolver, &mut self.context);
        match errand {
            Some(Errand::Message(message)) => attempt.hold(message, &mut self.context),
            Some(Errand::Run(sequence)) => attempt.hold_run(sequence, &mut self.context),
            None => {}
        }
        let id = attempt.connection();
        if in_row > 0 {
            self.reconnecting.attempts.insert(id, in_row);
        }
        self.attempts.insert(id, attempt);
        self.attempt(id, Attempt::advance);
    }

    /// Returns which in a row an attempt was, which is over.
    pub(super) fn attempt_ended(&mut self, id: FlowId) -> u32 {
        self.reconnecting.attempts.remove(&id).unwrap_or(0)
    }

    /// Waits for the next attempt in a row, if the client is to connect again.
    pub(super) fn plan_attempt(&mut self, attempt: u32) {
        let config = self.reconnecting.config.as_ref();
        let Some(reconnect) = config.and_then(|it| it.reconnect) else {
            return;
        };
        if reconnect.attempts.is_some_and(|most| attempt > most.get()) {
            return;
        }
        let after = reconnect.wait(attempt, fastrand::f64());
        let kind = EngineEventKind::Reconnecting {
            after,
            attempt,
            attempts: reconnect.attempts,
        };
        self.context.emit(None, kind);
        let (number, due) = (self.reconnecting.next, Instant::now() + after);
        self.reconnecting.next += 1;
        let waiting = Waiting { attempt, due };
        self.reconnecting.waits.insert(number, waiting);
        self.context.timers.set(due, Timer::Reconnect(number));
    }

    /// Begins the attempt whose wait is over.
    pub(super) fn reconnect(&mut self, number: u64) {
        let Some(waiting) = self.reconnecting.waits.remove(&number) else {
            return;
        };
        if let Some(config) = self.reconnecting.config.clone() {
            self.begin_attempt(config, None, waiting.attempt);
        }
    }

    /// Begins an attempt that is still to begin now, for this. Returns it if there is none.
    pub(super) fn reconnect_now(&mut self, errand: Errand) -> Result<(), Errand> {
        let Some((number, waiting)) = self.reconnecting.waits.pop_first() else {
            return Err(errand);
        };
        let timer = Timer::Reconnect(number);
        self.context.timers.cancel(waiting.due, timer);
        match self.reconnecting.config.clone() {
            Some(config) => self.begin_attempt(config, Some(errand), waiting.attempt),
            None => return Err(errand),
        }
        Ok(())
    }

    /// Connects no more by itself, and reports so if it was about to.
    pub(super) fn give_up_reconnecting(&mut self) {
        let was_waiting = self.reconnecting.is_waiting();
        self.drop_waits();
        self.reconnecting.attempts.clear();
        if let Some(config) = self.reconnecting.config.take()
            && was_waiting
        {
            let target = config.target.to_string();
            let error = Arc::new(NetError::ConnectGivenUp { target });
            let kind = EngineEventKind::ConnectFailed { error, last: true };
            self.context.emit(None, kind);
        }
    }

    fn drop_waits(&mut self) {
        for (number, waiting) in std::mem::take(&mut self.reconnecting.waits) {
            let timer = Timer::Reconnect(number);
            self.context.timers.cancel(waiting.due, timer);
        }
    }
}
