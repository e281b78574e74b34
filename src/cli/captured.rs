//! A capture to read from: the folder of ours that an argument names.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::error::CliError;
use crate::capture::Record;
use crate::capture::export::Source;
use crate::capture::store::Store;
use crate::net::EndpointId;

/// An open capture.
pub(super) struct Captured {
    record: Record,
    names: HashMap<EndpointId, String>,
}

impl Captured {
    /// Opens a capture, whether it was closed, interrupted, or is still being recorded: then, what is there now.
    pub(super) fn open(path: &Path) -> Result<Self, CliError> {
        // Says that there is nothing of that name, rather than that it is no capture.
        fs::metadata(path).map_err(|source| CliError::Open {
            path: path.to_owned(),
            source,
        })?;
        let store = Arc::new(Store::open(path)?);
        let names = store.manifest().names();
        Ok(Self {
            record: Record::new(store),
            names,
        })
    }

    /// Returns what the endpoints are called.
    pub(super) fn names(&self) -> &HashMap<EndpointId, String> {
        &self.names
    }

    /// Returns its entries: all, or those of the endpoints of this name.
    pub(super) fn source(&self, endpoint: Option<&str>) -> Result<Source, CliError> {
        let source = Source::whole(self.record.clone());
        match endpoint {
            Some(name) => Ok(source.of_endpoints(self.called(name)?)),
            None => Ok(source),
        }
    }

    /// Returns the endpoints of this name.
    fn called(&self, name: &str) -> Result<HashSet<EndpointId>, CliError> {
        let called = self.names.iter().filter(|(_, it)| *it == name);
        let ids: HashSet<_> = called.map(|(&id, _)| id).collect();
        if !ids.is_empty() {
            return Ok(ids);
        }
        let mut names: Vec<_> = self.names.values().cloned().collect();
        names.sort();
        names.dedup();
        Err(CliError::NoEndpoint {
            name: name.to_owned(),
            names,
        })
    }
}
