//! The session of a command: one endpoint, recorded if the arguments say so.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use crossbeam_channel::{Receiver, bounded};

use super::error::CliError;
use super::output::say;
use crate::capture::store::{Keep, StopCause, Store};
use crate::capture::{self, RecordStatus};
use crate::net::{EndpointId, Observe};
use crate::session::{Session, SessionConfig, Tap, Update};
use crate::words::{ENGLISH, InWords as _};

/// A running session.
pub(super) struct Running {
    pub(super) session: Session,
    /// Signals that there are updates to [take](Self::take_updates).
    pub(super) wakes: Receiver<()>,
    /// The capture that it is recorded into, if any.
    store: Option<Arc<Store>>,
    /// Whether the user has been informed that recording stopped.
    is_reported: bool,
}

impl Running {
    /// Starts a session whose endpoint has this name, recorded in `dir`; the tap receives its events.
    ///
    /// # Errors
    ///
    /// The capture cannot be created, or a thread cannot be started.
    pub(super) fn start(
        endpoint: EndpointId,
        name: &str,
        dir: Option<&PathBuf>,
        observe: Observe,
    ) -> Result<(Self, Tap), CliError> {
        let store = dir.map(|dir| {
            let store = Store::create(dir, Keep::everything(dir), SystemTime::now())?;
            store.name_endpoints(&HashMap::from([(endpoint, name.to_owned())]))?;
            Ok::<_, CliError>(Arc::new(store))
        });
        let store = store.transpose()?;
        let nowhere = || Arc::new(Store::nowhere(StopCause::Off));
        let config = SessionConfig {
            observe,
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
            wakes,
            store,
            is_reported: false,
        };
        Ok((running, tap))
    }

    /// Takes the session's updates, and reports when recording stops; traffic continues.
    pub(super) fn take_updates(&mut self) {
        while let Some(update) = self.session.update() {
            if let Update::Live(capture::Update::Status(status)) = update {
                self.report_stopped(&status.record);
            }
        }
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
