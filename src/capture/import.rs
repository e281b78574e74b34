//! Imports capture files of other tools (pcap, pcapng) into a capture of ours, which is then viewed like any other.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::pcap::{IMPORTED, ImportError, ImportSummary, PcapImport};
use super::progress::{OnProgress, Progress};
use super::store::{EndpointFacts, Keep, StopCause, Store, StoreError};

/// How many entries are recorded at a time.
const BATCH_ENTRIES: usize = 1_024;
/// How many bytes of the file are read between checks for cancellation.
const STEP_BYTES: u64 = 1024 * 1024;

/// An imported file.
#[derive(Debug)]
pub(crate) struct Imported {
    /// The resulting capture.
    pub(crate) store: Store,
    /// Why its end is missing, if the file is truncated or damaged.
    pub(crate) cut: Option<ImportError>,
    /// What was found in it.
    pub(crate) summary: ImportSummary,
}

/// Why a file could not be imported.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum ImportFailure {
    /// The file could not be opened.
    Open {
        /// The file.
        path: PathBuf,
        /// The OS error.
        source: io::Error,
    },
    /// It is not a capture file.
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: ImportError,
    },
    /// The capture could not be created.
    Store(#[from] StoreError),
    /// The capture could not be written completely.
    Stopped {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: StopCause,
    },
    /// The user cancelled it.
    Cancelled,
}

/// Imports a file into a capture in `dir`, which must be absent or empty. After a failure the capture is useless.
///
/// A truncated or damaged file is read up to that point. Progress is in bytes of the file.
pub(crate) fn import(
    path: &Path,
    dir: &Path,
    progress: &mut OnProgress<'_>,
) -> Result<Imported, ImportFailure> {
    let file = File::open(path).map_err(|source| ImportFailure::Open {
        path: path.to_owned(),
        source,
    })?;
    import_open(file, path, Some(path), dir, progress)
}

/// As [`import`], of an open file with this name that is on no path.
pub(crate) fn import_unnamed(
    file: File,
    name: &Path,
    dir: &Path,
    progress: &mut OnProgress<'_>,
) -> Result<Imported, ImportFailure> {
    import_open(file, name, None, dir, progress)
}

/// Imports an open file that is called `path`. New files made from it are as private as its `origin`.
fn import_open(
    file: File,
    path: &Path,
    origin: Option<&Path>,
    dir: &Path,
    progress: &mut OnProgress<'_>,
) -> Result<Imported, ImportFailure> {
    let total = file.metadata().map(|it| it.len());
    let total = total.map_err(|source| ImportFailure::Open {
        path: path.to_owned(),
        source,
    })?;
    let mut packets = PcapImport::open(file).map_err(|source| ImportFailure::File {
        path: path.to_owned(),
        source,
    })?;
    let store = Store::create(dir, Keep::up_to(u64::MAX), SystemTime::now())?;
    if let Some(origin) = origin {
        store.set_origin(&origin.to_string_lossy())?;
    }
    store.describe_endpoints(&HashMap::from([(
        IMPORTED,
        EndpointFacts::named(name(path)),
    )]))?;
    let mut entries = Vec::new();
    let mut due = 0;
    let cut = loop {
        let done = packets.position();
        if done >= due {
            due = done + STEP_BYTES;
            if progress(Progress { done, total }).is_break() {
                return Err(ImportFailure::Cancelled);
            }
        }
        let step = packets.step(&mut entries);
        let is_over = !matches!(step, Ok(true));
        if is_over || entries.len() >= BATCH_ENTRIES {
            let stopped = store.append(&mut entries).stopped;
            entries.clear();
            if let Some(cause) = stopped {
                let path = path.to_owned();
                return Err(ImportFailure::Stopped { path, cause });
            }
        }
        if is_over {
            break step.err();
        }
    };
    store.close()?;
    let summary = packets.summary();
    Ok(Imported {
        store,
        cut,
        summary,
    })
}

/// Names the single endpoint that all connections of a file belong to, after the file.
fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}
