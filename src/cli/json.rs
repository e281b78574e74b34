//! What happens, as JSON lines on standard output.

use super::error::CliError;
use super::output::Output;
use crate::capture::Entry;
use crate::capture::export::JsonLines as Lines;

/// Writes entries to standard output.
pub(super) struct JsonLines {
    endpoint: &'static str,
    lines: Lines,
}

impl JsonLines {
    /// Begins the lines of a session with one endpoint.
    pub(super) fn new(endpoint: &'static str) -> Self {
        Self {
            endpoint,
            lines: Lines::default(),
        }
    }

    /// Writes the lines of these entries.
    pub(super) fn write(&mut self, entries: &[Entry], output: &mut Output) -> Result<(), CliError> {
        for entry in entries {
            if let Some(line) = self.lines.line(entry, Some(self.endpoint)) {
                output.write(line.as_bytes())?;
            }
        }
        Ok(())
    }
}
