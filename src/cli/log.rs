//! What happens, on its way to standard output as JSON lines, and on record.

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::SystemTime;

use super::error::CliError;
use super::json::JsonLines;
use super::output::{Output, say};
use crate::capture::store::{Keep, Store};
use crate::capture::{Entry, Moment, Sequencer};
use crate::net::{Batch, Clock, EndpointId};

/// Takes in what happens on one endpoint.
pub(super) struct Log {
    clock: Clock,
    sequencer: Sequencer,
    entries: Vec<Entry>,
    json: Option<JsonLines>,
    recording: Option<Recording>,
}

impl Log {
    /// Begins the log of a session with one endpoint of this name; `record` is where its capture is made.
    pub(super) fn new(
        name: &'static str,
        endpoint: EndpointId,
        clock: Clock,
        json: bool,
        record: Option<&PathBuf>,
    ) -> Result<Self, CliError> {
        let recording = record.map(|dir| {
            let store = Store::create(dir, Keep::everything(dir), SystemTime::now())?;
            store.name_endpoints(&HashMap::from([(endpoint, name.to_owned())]))?;
            let is_told = false;
            Ok::<_, CliError>(Recording { store, is_told })
        });
        Ok(Self {
            clock,
            sequencer: Sequencer::new(clock.started()),
            entries: Vec::new(),
            json: json.then(|| JsonLines::new(name)),
            recording: recording.transpose()?,
        })
    }

    /// Returns whether anybody wants to know more than the beginnings and the ends of connections.
    pub(super) fn takes_everything(&self) -> bool {
        self.json.is_some() || self.recording.is_some()
    }

    /// Takes in a batch at once: with one worker there is no other one's event to wait for.
    pub(super) fn write(&mut self, batch: &Batch, output: &mut Output) -> Result<(), CliError> {
        if !self.takes_everything() {
            return Ok(());
        }
        self.sequencer.push(batch.events.iter().cloned());
        self.entries.clear();
        self.sequencer
            .flush(Moment::now(&self.clock), &mut self.entries);
        if let Some(recording) = &mut self.recording {
            recording.append(&mut self.entries);
        }
        match &mut self.json {
            Some(json) => json.write(&self.entries, output),
            None => Ok(()),
        }
    }

    /// Returns whether standard output is taken by JSON lines.
    pub(super) fn has_json(&self) -> bool {
        self.json.is_some()
    }

    /// Ends the capture.
    ///
    /// # Errors
    ///
    /// Not everything is on record.
    pub(super) fn close(&mut self) -> Result<(), CliError> {
        self.recording.take().map_or(Ok(()), Recording::close)
    }
}

/// A capture under way.
struct Recording {
    store: Store,
    /// Whether it was said that recording stopped.
    is_told: bool,
}

impl Recording {
    /// Puts entries on record; traffic goes on where that fails.
    fn append(&mut self, entries: &mut [Entry]) {
        let status = self.store.append(entries);
        if let Some(cause) = status.stopped
            && !self.is_told
        {
            self.is_told = true;
            say(format_args!("wirebench: recording stopped: {cause}"));
        }
    }

    fn close(self) -> Result<(), CliError> {
        self.store.close()?;
        let unrecorded = self.store.status().unrecorded;
        if self.is_told {
            return Err(CliError::NotRecorded { unrecorded });
        }
        Ok(())
    }
}
