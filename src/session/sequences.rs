//! Sequences: read what their messages name, run them, cancel them.

use std::sync::Arc;

use super::{Session, SessionError};
use crate::net::{Command, EndpointId, FlowId, RunOn};
use crate::script::Message;
use crate::script::sequence::Sequence;
use crate::workspace::EndpointKind;

/// A sequence whose files are being read or have been read.
pub(super) struct PendingRun {
    pub(super) endpoint: EndpointId,
    pub(super) on: RunOn,
    pub(super) sequence: Sequence,
    /// How often runs had been cancelled on the endpoint when it was requested.
    cancelled: u64,
}

impl Session {
    /// Runs a sequence of a client on one of its connections; `None` for its newest, and if it has none, it connects. A
    /// sequence that runs there is cancelled. What comes of it is in the status of the client.
    ///
    /// # Errors
    ///
    /// The client has no such sequence, something is wrong with it or with the client's setup, or it names files and the
    /// document is not approved. A later error is an [`Update::Refused`](super::Update::Refused).
    pub fn run_sequence(
        &mut self,
        id: EndpointId,
        name: &str,
        connection: Option<FlowId>,
    ) -> Result<(), SessionError> {
        let endpoint = self.document.endpoint(id);
        let Some(EndpointKind::Client(form)) = endpoint.map(|it| &it.kind) else {
            return Err(SessionError::NoSequence);
        };
        let sequence = form.sequence(name).ok_or(SessionError::NoSequence)?;
        let protocol = self.document.protocol(id).unwrap_or_default();
        let sequence = sequence.parse(&protocol)?;
        let names_files = sequence.messages().any(Message::names_files);
        if names_files && !self.document.is_approved {
            return Err(SessionError::NotApproved);
        }
        let on = match connection.or_else(|| self.connected(id)) {
            Some(connection) => RunOn::Connection(connection),
            None => RunOn::Client(Box::new(self.client_config(id)?)),
        };
        let connects_with_files = match &on {
            RunOn::Client(config) => config.behaviour.script.messages().any(Message::names_files),
            RunOn::Connection(_) => false,
        };
        let run = PendingRun {
            endpoint: id,
            on,
            sequence,
            cancelled: self.runs_cancelled(id),
        };
        if names_files || connects_with_files {
            self.read_for_run(run)
        } else {
            self.run_now(run)
        }
    }

    /// Runs a sequence whose files have been read, unless it was cancelled meanwhile.
    pub(super) fn run_now(&mut self, run: PendingRun) -> Result<(), SessionError> {
        if run.cancelled != self.runs_cancelled(run.endpoint) {
            return Ok(());
        }
        let (on, sequence) = (run.on, Arc::new(run.sequence));
        self.command(run.endpoint, Command::Run { on, sequence })
    }

    /// Cancels the sequence that runs on a connection; with `None`, all of the endpoint, and those that are to run.
    pub fn cancel_run(
        &mut self,
        id: EndpointId,
        connection: Option<FlowId>,
    ) -> Result<(), SessionError> {
        if connection.is_none() {
            self.note_runs_cancelled(id);
        }
        self.command(id, Command::CancelRun(connection))
    }

    /// Notes that what is still to run on an endpoint is not to run any more.
    pub(super) fn note_runs_cancelled(&mut self, id: EndpointId) {
        *self.cancelled_runs.entry(id).or_default() += 1;
    }

    fn runs_cancelled(&self, id: EndpointId) -> u64 {
        self.cancelled_runs.get(&id).copied().unwrap_or_default()
    }
}
