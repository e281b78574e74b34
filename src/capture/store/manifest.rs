//! `capture.toml`: describes a capture, next to its segments. Written to a temporary file and renamed.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::beside::PacketBytes;
use super::error::{FileAction, StoreError};
use super::facts::EndpointFacts;
use super::format::{VERSION, sum};
use super::position::open_file;
use super::segment::damaged;
use crate::capture::damage::Damage;
use crate::net::EndpointId;

/// The name of the manifest. A folder that contains one is a capture.
pub(crate) const FILE_NAME: &str = "capture.toml";
/// The largest manifest, in bytes. A larger one is not read.
const LIMIT_BYTES: u64 = 16 * 1024 * 1024;

/// What begins the last line, before the checksum of the lines before it.
const SUM_PREFIX: &str = "# checksum ";

/// What every version of the manifest has.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

fn sum_line(text: &str) -> String {
    format!("{:08x}\n", sum(text.as_bytes()))
}

/// The description of a capture. Everything in it can be rebuilt from the segments, except for the origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format version.
    pub(super) format: u32,
    /// The capture's id, a UUID, which is in the head of each of its files.
    id: String,
    /// When recording started.
    created: Timestamp,
    /// The file that the capture was imported from, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) origin: Option<String>,
    /// What was there when recording ended normally; missing from an interrupted capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<RecordedEnd>,
    /// The packets of the lab, if there are any beside the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) packets: Option<PacketBytes>,
    /// The endpoints, by number.
    #[serde(default)]
    endpoints: BTreeMap<String, EndpointFacts>,
}

/// What a capture held when recording ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RecordedEnd {
    /// The number after the last entry.
    pub(super) entries: u64,
    /// The number of the first entry that was kept.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) first: u64,
    /// How many entries after the last were not recorded.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) unrecorded: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl Manifest {
    pub(super) fn new(created: SystemTime, id: Uuid) -> Self {
        Self {
            format: VERSION,
            id: id.to_string(),
            created: Timestamp::try_from(created).unwrap_or(Timestamp::UNIX_EPOCH),
            origin: None,
            end: None,
            packets: None,
            endpoints: BTreeMap::new(),
        }
    }

    /// Returns the capture's id; `None` if it is not a UUID.
    pub(super) fn id(&self) -> Option<Uuid> {
        Uuid::try_parse(&self.id).ok()
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
        self.end.is_some()
    }

    /// Returns the endpoints' names.
    pub fn names(&self) -> HashMap<EndpointId, String> {
        let named = |(id, facts): (EndpointId, EndpointFacts)| (id, facts.name);
        self.endpoints().map(named).collect()
    }

    /// Returns what is kept of the endpoints.
    pub fn endpoints(&self) -> impl Iterator<Item = (EndpointId, EndpointFacts)> {
        let parsed = |(id, facts): (&String, &EndpointFacts)| {
            Some((EndpointId(id.parse().ok()?), facts.clone()))
        };
        self.endpoints.iter().filter_map(parsed)
    }

    /// Updates what is kept of endpoints; that of removed ones remains. Returns whether anything changed.
    pub(super) fn describe(&mut self, endpoints: &HashMap<EndpointId, EndpointFacts>) -> bool {
        let mut is_changed = false;
        for (id, facts) in endpoints {
            let before = self.endpoints.insert(id.0.to_string(), facts.clone());
            is_changed |= before.as_ref() != Some(facts);
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
        let unreadable = |error: toml::de::Error| StoreError::Manifest {
            path: path.clone(),
            problem: error.message().replace('\n', ", "),
        };
        let Version { format } = toml::from_str(&text).map_err(unreadable)?;
        let written = text.split_once(SUM_PREFIX);
        let is_whole = written.map(|(text, sum)| sum == sum_line(text));
        // A damaged manifest may claim any format.
        if format != VERSION && is_whole != Some(false) {
            return Err(StoreError::Newer { path, format });
        }
        if is_whole != Some(true) {
            return Err(StoreError::Damaged(damaged(&path, 0, Damage::Checksum)));
        }
        toml::from_str(&text).map_err(unreadable)
    }

    pub(super) fn write(&self, dir: &Path) -> Result<(), StoreError> {
        let path = dir.join(FILE_NAME);
        let text = toml::to_string(self).map_err(|error| StoreError::Manifest {
            path: path.clone(),
            problem: error.to_string(),
        })?;
        let text = format!("{text}{SUM_PREFIX}{}", sum_line(&text));
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
