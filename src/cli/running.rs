//! The session of a command: one endpoint, recorded if the arguments say so.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, bounded};

use super::error::CliError;
use super::output::say;
use crate::capture::store::{EndpointFacts, Keep, StopCause, Store};
use crate::capture::{self, RecordStatus};
use crate::net::{EndpointId, EndpointIds, Observe};
use crate::session::{Session, SessionConfig, Tap, Update};
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::{Document, EndpointForm, EndpointKind, SavedFile};

/// A running session.
pub(super) struct Running {
    pub(super) session: Session,
    pub(super) endpoint: EndpointId,
    /// Signals that there are updates to [take](Self::take_updates).
    pub(super) wakes: Receiver<()>,
    /// The capture that it is recorded into, if any.
    store: Option<Arc<Store>>,
    /// Whether the user has been informed that recording stopped.
    is_reported: bool,
}

impl Running {
    /// Starts a session with one endpoint, recorded in `dir`; the tap receives its events.
    ///
    /// # Errors
    ///
    /// The capture cannot be created, or a thread cannot be started.
    pub(super) fn start(
        name: &str,
        kind: EndpointKind,
        dir: Option<&PathBuf>,
        observe: Observe,
    ) -> Result<(Self, Tap), CliError> {
        let mut document = Document::empty(EndpointIds::default());
        let (id, name) = (document.ids().next(), name.to_owned());
        document.endpoints.push(EndpointForm { id, name, kind });
        let store = dir.map(|dir| {
            let store = Store::create(dir, Keep::everything(dir), SystemTime::now())?;
            let named = |(id, name)| (id, EndpointFacts::named(name));
            store.describe_endpoints(&document.names().into_iter().map(named).collect())?;
            Ok::<_, CliError>(Arc::new(store))
        });
        let store = store.transpose()?;
        let nowhere = || Arc::new(Store::nowhere(StopCause::Off));
        let config = SessionConfig {
            observe,
            document,
            document_file: SavedFile::default(),
            store: store.clone().unwrap_or_else(nowhere),
            library: None,
            say: &ENGLISH,
        };
        let (wake, wakes) = bounded(1);
        let started = Session::start_tapped(config, move || {
            // One pending wake-up is enough.
            wake.try_send(()).ok();
        });
        let (session, tap) = started.map_err(CliError::Start)?;
        let running = Self {
            session,
            endpoint: id,
            wakes,
            store,
            is_reported: false,
        };
        Ok((running, tap))
    }

    /// Takes the session's updates, and reports when recording stops; traffic continues.
    ///
    /// # Errors
    ///
    /// The endpoint could not carry out an order.
    pub(super) fn take_updates(&mut self) -> Result<(), CliError> {
        while let Some(update) = self.session.update() {
            match update {
                Update::Live(capture::Update::Status(status)) => {
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

    /// Shuts the session down and closes the capture. The tap must have been dropped, or still be drained by its
    /// holder.
    ///
    /// # Errors
    ///
    /// Not everything is on record.
    pub(super) fn end(mut self) -> Result<(), CliError> {
        self.session.shut_down();
        let Some(store) = self.store.clone() else {
            return Ok(());
        };
        let record = store.status();
        self.report_stopped(&record);
        store.close()?;
        match record.stopped {
            None => Ok(()),
            Some(_) => Err(CliError::NotRecorded {
                unrecorded: record.unrecorded,
            }),
        }
    }
}
