//! A capture to read from: a folder of ours, or another tool's capture file.

use std::collections::{HashMap, HashSet};
use std::env;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::args::ChoiceArguments;
use super::cancel::Cancel;
use super::error::CliError;
use super::output::say;
use super::spool::spooled;
use crate::capture::access::Access;
use crate::capture::import::{ImportFailure, Imported, import, import_unnamed};
use crate::capture::partial::PartialFolder;
use crate::capture::progress::OnProgress;
use crate::capture::store::Store;
use crate::capture::{Encodings, Filter, Record};
use crate::export::{ExportFormat, ExportJob, ExportSource, ExportTarget, PacketOrigin};
use crate::net::EndpointId;
use crate::words::{ENGLISH, InWords as _};
use crate::workspace::{FormField, RecordedEndpoints};

/// The path that means standard input.
const STDIN: &str = "-";
/// The name of a file that was read from there.
const STDIN_NAME: &str = "standard input";

/// An open capture.
pub(super) struct Captured {
    record: Record,
    names: HashMap<EndpointId, String>,
    /// The text encodings that its endpoints had.
    encodings: Encodings,
    /// Holds the import of another tool's file; deleted on drop.
    import: Option<PartialFolder>,
    /// Whether the file was read only up to the place where it is truncated or damaged.
    is_cut: bool,
}

impl Captured {
    /// Opens a capture, whether closed, interrupted or still being recorded (then, as it is now). Imports another
    /// tool's file, which may come from standard input or a pipe.
    pub(super) fn open(path: &Path, cancel: &Cancel) -> Result<Self, CliError> {
        if path == Path::new(STDIN) {
            let file = spooled(|| Ok(io::stdin()), cancel)?;
            return Self::imported(cancel, |folder, progress| {
                import_unnamed(file, Path::new(STDIN_NAME), folder, progress)
            });
        }
        let error = |source| CliError::Open {
            path: path.to_owned(),
            source,
        };
        let found = fs::metadata(path).map_err(error)?;
        if found.is_dir() {
            return Ok(Self::new(Store::open(path)?, None, false));
        }
        if found.is_file() {
            return Self::imported(cancel, |folder, progress| import(path, folder, progress));
        }
        let pipe = path.to_owned();
        let file = spooled(move || File::open(pipe), cancel)?;
        Self::imported(cancel, |folder, progress| {
            import_unnamed(file, path, folder, progress)
        })
    }

    fn imported(
        cancel: &Cancel,
        import: impl FnOnce(&Path, &mut OnProgress<'_>) -> Result<Imported, ImportFailure>,
    ) -> Result<Self, CliError> {
        let folder = PartialFolder::create_in(&env::temp_dir(), Access::PRIVATE);
        let folder = folder.map_err(CliError::Start)?;
        let read = import(&folder.content(), &mut cancel.reporting("reading"));
        let Imported {
            store,
            cut,
            summary,
        } = read?;
        if !summary.is_whole() {
            say(format_args!("bothends: {}", summary.in_words(&ENGLISH)));
        }
        if let Some(error) = &cut {
            say(format_args!("incomplete: {}", error.in_words(&ENGLISH)));
        }
        Ok(Self::new(store, Some(folder), cut.is_some()))
    }

    fn new(store: Store, folder: Option<PartialFolder>, is_cut: bool) -> Self {
        let endpoints = RecordedEndpoints::of(&store);
        for (name, error) in &endpoints.unknown {
            if error.field == FormField::Encoding {
                let problem = error.problem.in_words(&ENGLISH);
                say(format_args!("bothends: {name} is read as UTF-8: {problem}"));
            }
        }
        let protocols = endpoints.protocols.iter();
        let encodings = protocols.map(|(id, protocol)| (*id, protocol.encodings()));
        Self {
            names: endpoints.names,
            encodings: Encodings(encodings.collect()),
            record: Record::new(Arc::new(store)),
            import: folder,
            is_cut,
        }
    }

    /// Returns the capture.
    pub(super) fn store(&self) -> &Store {
        self.record.store()
    }

    /// Returns whether it is another tool's file, which was imported.
    pub(super) fn is_imported(&self) -> bool {
        self.import.is_some()
    }

    /// Returns whether its end could not be read; that has been reported.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Returns the order to export it. Unless it says otherwise, new files get the permissions of the capture.
    pub(super) fn job(
        &self,
        choice: &ChoiceArguments,
        format: ExportFormat,
        target: ExportTarget,
        access: Option<Access>,
        packet_origin: PacketOrigin,
    ) -> ExportJob {
        ExportJob {
            format,
            target,
            access: access.unwrap_or_else(|| Access::of_capture(self.record.store())),
            names: self.names.clone(),
            encodings: self.encodings(choice),
            packet_origin,
            say: &ENGLISH,
        }
    }

    /// Returns the text encodings of its endpoints: the chosen ones for all, or as they were.
    fn encodings(&self, choice: &ChoiceArguments) -> Encodings {
        let encodings = self.encodings.0.iter();
        let chosen = encodings.map(|(id, kept)| (*id, choice.encodings_over(*kept)));
        Encodings(chosen.collect())
    }

    /// Returns the chosen entries.
    pub(super) fn source(
        &self,
        choice: &ChoiceArguments,
        cancel: &Cancel,
    ) -> Result<ExportSource, CliError> {
        let name = choice.endpoint.as_deref();
        let endpoints = name.map(|name| self.called(name)).transpose()?;
        let source = match &choice.find {
            Some(pattern) => {
                let encodings = self.encodings(choice);
                for encoding in encodings.iter() {
                    let written = pattern.in_encoding(encoding);
                    written.map_err(|problem| CliError::Find(problem.in_words(&ENGLISH)))?;
                }
                // Only this endpoint's entries need to be searched. Several endpoints with one name are separated later.
                let only = endpoints.as_ref().filter(|endpoints| endpoints.len() == 1);
                let filter = Filter {
                    pattern: Some(pattern.clone()),
                    endpoint: only.and_then(|endpoints| endpoints.iter().next().copied()),
                    encodings,
                    ..Filter::default()
                };
                let (record, progress) = (self.record.clone(), &mut cancel.reporting("finding"));
                ExportSource::of_view(record, &filter, None, &ENGLISH, progress)?
            }
            None => ExportSource::whole(self.record.clone()),
        };
        let source = if self.is_imported() {
            source.imported()
        } else {
            source
        };
        Ok(match endpoints {
            Some(endpoints) => source.of_endpoints(endpoints),
            None => source,
        })
    }

    /// Returns the endpoints with this name.
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
