//! The session of a command: a document, recorded if the arguments say so.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, bounded};

use super::args::RecordArgument;
use super::error::CliError;
use super::output::say;
use crate::capture::store::{StopCause, Store};
use crate::capture::{Record, RecordStatus, RecordUpdate, Watch};
use crate::net::{EndpointId, EndpointIds, Observe};
use crate::session::{Session, SessionConfig, Update, user_tls};
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::{ConfigFolder, Document, EndpointForm, EndpointKind, SavedFile};

/// A running session.
pub(super) struct RunningSession {
    pub(super) session: Session,
    /// Signals that there are updates to [take](Self::take_updates).
    pub(super) wakes: Receiver<()>,
    /// The capture that it is recorded into, if any.
    store: Option<Arc<Store>>,
    /// Whether the user has been informed that recording stopped.
    is_reported: bool,
}

/// Returns a document with one endpoint.
pub(super) fn document_of(name: &str, kind: EndpointKind) -> (Document, EndpointId) {
    let mut document = Document::empty(EndpointIds::default());
    let (id, name) = (document.ids().next(), name.to_owned());
    document.endpoints.push(EndpointForm { id, name, kind });
    (document, id)
}

impl RunningSession {
    /// Logs the keys of TLS to a file, if one is named.
    pub(super) fn log_keys(&mut self, file: Option<&PathBuf>) {
        if let Some(file) = file {
            self.session.log_keys(Some(file.clone()));
        }
    }

    /// Starts a session, recorded if `record` says so; `watch` sees its entries. Without a record, and if nobody needs to
    /// know how endpoints stand, they go to `watch` alone, without a detour.
    ///
    /// # Errors
    ///
    /// The capture cannot be created, or a thread cannot be started.
    pub(super) fn start(
        document: Document,
        record: &RecordArgument,
        observe: Observe,
        needs_status: bool,
        watch: Box<dyn Watch>,
    ) -> Result<Self, CliError> {
        let store = record.dir().map(|dir| {
            let store = Store::create(dir, record.keep(dir), SystemTime::now())?;
            let endpoints = document.endpoints.iter();
            store.describe_endpoints(&endpoints.map(|form| (form.id, form.facts())).collect())?;
            Ok::<_, CliError>(Arc::new(store))
        });
        let store = store.transpose()?;
        let nowhere = || Arc::new(Store::nowhere(StopCause::Off));
        let authority = ConfigFolder::default_path();
        let authority = authority.map(|folder| ConfigFolder::authority_in(&folder));
        let config = SessionConfig {
            observe,
            document,
            document_file: None,
            untitled_file: SavedFile::default(),
            store: store.clone().unwrap_or_else(nowhere),
            library: None,
            tls: user_tls(authority.as_deref()),
            say: &ENGLISH,
        };
        let (wake, wakes) = bounded(1);
        let wake = move || {
            // One pending wake-up is enough.
            wake.try_send(()).ok();
        };
        let started = match &store {
            None if needs_status => Session::start_watched(config, wake, Some(watch)),
            Some(_) => Session::start_watched(config, wake, Some(watch)),
            None => Session::start_unrecorded(config, wake, watch),
        };
        Ok(Self {
            session: started.map_err(CliError::Start)?,
            wakes,
            store,
            is_reported: false,
        })
    }

    /// Returns the record, if there is one.
    pub(super) fn record(&self) -> Option<Record> {
        self.store.clone().map(Record::new)
    }

    /// Takes the session's updates, and reports when recording stops; traffic continues.
    ///
    /// # Errors
    ///
    /// The endpoint could not carry out an order.
    pub(super) fn take_updates(&mut self) -> Result<(), CliError> {
        while let Some(update) = self.session.update() {
            match update {
                Update::Live(RecordUpdate::Status(status)) => {
                    self.report_stopped(&status.record);
                }
                Update::Refused(_, problem) => return Err(problem.into()),
                _ => {}
            }
        }
        Ok(())
    }

    fn report_stopped(&mut self, record: &RecordStatus) {
        if let (Some(_), Some(cause), false) = (&self.store, &record.stopped, self.is_reported) {
            self.is_reported = true;
            let cause = cause.in_words(&ENGLISH);
            say(format_args!("bothends: recording stopped: {cause}"));
        }
    }

    /// Shuts the session down and closes the capture. Recording takes as long as it makes progress.
    ///
    /// # Errors
    ///
    /// Not everything is on record.
    pub(super) fn end(mut self) -> Result<(), CliError> {
        let given_up = self.session.shut_down();
        let Some(store) = self.store.clone() else {
            return Ok(());
        };
        if given_up > 0 {
            // The recorder holds on to the capture as long as it is stuck.
            return Err(CliError::RecordingStuck { entries: given_up });
        }
        let record = store.check_folder();
        self.report_stopped(&record);
        let closed = store.close();
        match record.stopped {
            None if record.unrecorded == 0 => closed.map_err(CliError::from),
            // If the capture cannot be closed either, it is for the reason that has been reported.
            _ => Err(CliError::NotRecorded {
                unrecorded: record.unrecorded,
            }),
        }
    }
}
