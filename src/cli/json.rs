//! Events as JSON lines on standard output.

use super::error::CliError;
use super::output::Output;
use crate::capture::{Encodings, Entry};
use crate::export::{FrameKeys, JsonLines as Lines};
use crate::words::ENGLISH;

/// Writes entries to standard output.
pub(super) struct JsonLines {
    endpoint: &'static str,
    lines: Lines,
}

impl JsonLines {
    /// Starts the output of a session with one endpoint.
    pub(super) fn new(endpoint: &'static str, encodings: Encodings) -> Self {
        Self {
            endpoint,
            lines: Lines::new(encodings, &ENGLISH),
        }
    }

    /// Writes the line of an entry.
    pub(super) fn entry(&mut self, entry: &Entry, output: &mut Output) -> Result<(), CliError> {
        match self.lines.line(entry, Some(self.endpoint)) {
            Some(line) => output.write(line.as_bytes()),
            None => Ok(()),
        }
    }

    /// Writes the line of a frame; `entry` holds its bytes instead of a chunk's.
    pub(super) fn frame(
        &mut self,
        entry: &Entry,
        keys: &FrameKeys,
        output: &mut Output,
    ) -> Result<(), CliError> {
        match self.lines.frame(entry, Some(self.endpoint), keys) {
            Some(line) => output.write(line.as_bytes()),
            None => Ok(()),
        }
    }
}
