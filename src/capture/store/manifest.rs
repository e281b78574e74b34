//! `capture.toml`: describes a capture, next to its segments. Written to a temporary file and renamed.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::{FileAction, StoreError};
use super::format::VERSION;
use super::position::open_file;
use crate::net::EndpointId;

/// The name of the manifest. A folder that contains one is a capture.
pub(crate) const FILE_NAME: &str = "capture.toml";
/// The largest manifest, in bytes. A larger one is not read.
const LIMIT_BYTES: u64 = 16 * 1024 * 1024;

/// The description of a capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format version.
    pub(super) format: u32,
    /// When recording started.
    created: Timestamp,
    /// Whether recording ended normally; missing from an interrupted capture.
    #[serde(default)]
    pub(super) closed: bool,
    /// The file that the capture was imported from, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) origin: Option<String>,
    /// The names of the endpoints, by number.
    #[serde(default)]
    endpoints: BTreeMap<String, String>,
}

impl Manifest {
    pub(super) fn new(created: SystemTime) -> Self {
        Self {
            format: VERSION,
            created: Timestamp::try_from(created).unwrap_or(Timestamp::UNIX_EPOCH),
            closed: false,
            origin: None,
            endpoints: BTreeMap::new(),
        }
    }

    /// Returns when recording started.
    pub fn created(&self) -> SystemTime {
        self.created.into()
    }

    /// Returns the file that the capture was imported from, if it was.
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// Returns whether recording ended normally.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Returns the endpoints' names.
    pub fn names(&self) -> HashMap<EndpointId, String> {
        let parsed =
            |(id, name): (&String, &String)| Some((EndpointId(id.parse().ok()?), name.clone()));
        self.endpoints.iter().filter_map(parsed).collect()
    }

    /// Updates the endpoints' names; those of removed endpoints are kept. Returns whether anything changed.
    pub(super) fn name(&mut self, names: &HashMap<EndpointId, String>) -> bool {
        let mut is_changed = false;
        for (id, name) in names {
            let before = self.endpoints.insert(id.0.to_string(), name.clone());
            is_changed |= before.as_ref() != Some(name);
        }
        is_changed
    }

    pub(super) fn read(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(FILE_NAME);
        let file = match open_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(StoreError::NoCapture {
                    path: dir.to_owned(),
                });
            }
            opened => opened.map_err(StoreError::io(FileAction::Open, &path))?,
        };
        let mut text = String::new();
        file.take(LIMIT_BYTES)
            .read_to_string(&mut text)
            .map_err(StoreError::io(FileAction::Read, &path))?;
        let manifest: Self = toml::from_str(&text).map_err(|error| StoreError::Manifest {
            path: path.clone(),
            problem: error.message().replace('\n', ", "),
        })?;
        match manifest.format {
            VERSION => Ok(manifest),
            format => Err(StoreError::Newer { path, format }),
        }
    }

    pub(super) fn write(&self, dir: &Path) -> Result<(), StoreError> {
        let path = dir.join(FILE_NAME);
        let text = toml::to_string(self).map_err(|error| StoreError::Manifest {
            path: path.clone(),
            problem: error.to_string(),
        })?;
        let beside = dir.join(format!("{FILE_NAME}.new"));
        let outcome = File::create(&beside)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .map_err(StoreError::io(FileAction::Write, &beside))
            .and_then(|()| {
                fs::rename(&beside, &path).map_err(StoreError::io(FileAction::Rename, &beside))
            });
        if outcome.is_err() {
            // An incomplete temporary file does no harm.
            fs::remove_file(&beside).ok();
        }
        outcome
    }
}
