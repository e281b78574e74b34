//! `open`: which files the window opens, checked before there is one.

use std::path::{self, Path, PathBuf};

use super::args::OpenArguments;
use super::error::CliError;
use crate::net::EndpointIds;
use crate::session::{MAX_OPENED, OpenFiles, Opening};
use crate::workspace::ReadDocument;

/// Returns what to open. A document is read once to see whether it can be; a capture is judged by its window.
pub(super) fn open(arguments: &OpenArguments) -> Result<OpenFiles, CliError> {
    let mut files = OpenFiles::default();
    for path in &arguments.files {
        let opening = Opening::of(&absolute(path)?)?;
        if let Opening::Document(path) = &opening {
            ReadDocument::open(path, EndpointIds::default())?;
        }
        files
            .add(opening)
            .map_err(|_second| CliError::SecondDocument { path: path.clone() })?;
    }
    let count = files.captures.len();
    if count > MAX_OPENED {
        return Err(CliError::TooManyCaptures { count });
    }
    Ok(files)
}

/// Returns the path as the window remembers it, whatever folder it is started in next time.
fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    path::absolute(path).map_err(|source| CliError::Open {
        path: path.to_owned(),
        source,
    })
}
