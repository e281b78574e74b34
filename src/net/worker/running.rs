//! How a worker runs sequences: on a connection, or once there is one.

use std::sync::Arc;

use super::Worker;
use crate::net::command::RunOn;
use crate::net::config::ClientConfig;
use crate::net::connection::Connection;
use crate::net::connector::not_connected;
use crate::net::id::FlowId;
use crate::net::message::Errand;
use crate::script::sequence::Sequence;

impl Worker {
    /// Runs a sequence.
    pub(super) fn run_sequence(&mut self, on: RunOn, sequence: Arc<Sequence>) {
        match on {
            RunOn::Connection(id) => {
                let run = Arc::clone(&sequence);
                if !self.act(id, |connection, context| connection.run(run, context)) {
                    not_connected(&sequence, &mut self.context);
                }
            }
            RunOn::Client(config) => self.run_from_client(*config, sequence),
        }
    }

    /// Runs a sequence on a client's newest connection, or once there is one.
    fn run_from_client(&mut self, config: ClientConfig, sequence: Arc<Sequence>) {
        let newest = self.connections.keys().next_back().copied();
        if let Some(id) = newest {
            self.act(id, |connection, context| connection.run(sequence, context));
        } else if let Some(attempt) = self.attempts.values_mut().next() {
            attempt.hold_run(sequence, &mut self.context);
        } else {
            self.connect_for(config, Errand::Run(sequence));
        }
    }

    /// Cancels what runs on a connection, or on all of them, and what is to run once there is one.
    pub(super) fn cancel_runs(&mut self, id: Option<FlowId>) {
        let running = self.connections.values().filter(|it| it.is_running());
        let ids: Vec<FlowId> = running.map(|it| it.id()).collect();
        for running in ids {
            if id.is_none_or(|id| id == running) {
                self.act(running, Connection::cancel_run);
            }
        }
        if id.is_none() {
            for attempt in self.attempts.values_mut() {
                attempt.cancel_run(&mut self.context);
            }
        }
    }
}
