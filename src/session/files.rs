//! The files that a session reads, those that templates name and those to send, on threads that a slow disk may block.

use std::path::PathBuf;

use super::endpoints::Order;
use super::sending::{self, OpenFile, OutgoingMessage};
use super::sequences::PendingRun;
use super::{Session, SessionError, Update};
use crate::net::{EndpointId, RunOn, SendTo};
use crate::workspace::{read_message_files, read_script_files, read_template_files};

/// The outcome of a job on files.
pub(super) enum FilesOutcome {
    /// The files of an endpoint's replies have been read.
    Endpoint(EndpointId, Result<Order, SessionError>),
    /// The files of a message have been read.
    Message(Result<OutgoingMessage, SessionError>),
    /// The files of a sequence have been read.
    Run(EndpointId, Result<PendingRun, SessionError>),
    /// A file to send has been opened.
    Opened(Result<OpenFile, SessionError>),
}

impl Session {
    /// Reads the files that an endpoint's replies name.
    pub(super) fn read_for_endpoint(
        &mut self,
        id: EndpointId,
        mut order: Order,
    ) -> Result<(), SessionError> {
        self.files.order(move |_| {
            let read = read_script_files(order.behaviour());
            FilesOutcome::Endpoint(id, read.map(|()| order).map_err(SessionError::from))
        })?;
        Ok(())
    }

    /// Reads the files that a message names, and those of the replies of a client that connects to send it.
    pub(super) fn read_for_message(
        &mut self,
        mut outgoing: OutgoingMessage,
    ) -> Result<(), SessionError> {
        self.files.order(move |_| {
            let read = outgoing.addressed.iter_mut().try_for_each(|it| {
                if let SendTo::Client(config) = &mut it.to {
                    read_script_files(&mut config.behaviour)?;
                }
                read_template_files(&mut it.template)
            });
            FilesOutcome::Message(read.map(|()| outgoing).map_err(SessionError::from))
        })?;
        Ok(())
    }

    /// Reads the files that a sequence names, and those of the replies of a client that connects to run it.
    pub(super) fn read_for_run(&mut self, mut run: PendingRun) -> Result<(), SessionError> {
        self.files.order(move |_| {
            let id = run.endpoint;
            let replies = match &mut run.on {
                RunOn::Client(config) => read_script_files(&mut config.behaviour),
                RunOn::Connection(_) => Ok(()),
            };
            let read = replies.and_then(|()| {
                let mut messages = run.sequence.messages_mut();
                messages.try_for_each(read_message_files)
            });
            FilesOutcome::Run(id, read.map(|()| run).map_err(SessionError::from))
        })?;
        Ok(())
    }

    /// Opens a file to send.
    pub(super) fn open_file(&mut self, path: PathBuf) -> Result<(), SessionError> {
        self.files.order(move |_| {
            let opened = sending::open(&path);
            FilesOutcome::Opened(opened.map_err(|source| SessionError::File { path, source }))
        })?;
        Ok(())
    }

    /// Handles the outcomes of jobs on files.
    pub(super) fn take_files(&mut self) {
        while let Some(outcome) = self.files.outcome() {
            match outcome {
                FilesOutcome::Endpoint(id, order) => {
                    if let Err(problem) = self.endpoint_read(id, order) {
                        self.updates.push_back(Update::Refused(id, problem));
                    }
                }
                FilesOutcome::Message(outgoing) => {
                    let sent = self.message_read(outgoing);
                    self.updates.extend(sent.err().map(Update::NotSent));
                }
                FilesOutcome::Run(id, run) => {
                    let begun = run.and_then(|run| self.run_now(run));
                    let refused = begun.err().map(|problem| Update::Refused(id, problem));
                    self.updates.extend(refused);
                }
                FilesOutcome::Opened(opened) => {
                    let begun = self.file_opened(opened);
                    self.updates.extend(begun.err().map(Update::NotSent));
                }
            }
        }
    }
}
