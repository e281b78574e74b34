//! Standard output and standard error, without panics when they are closed.

use std::fmt::Display;
use std::io::{self, Stdout, Write as _};

use super::error::CliError;

/// Data for standard output, flushed with each write.
pub(super) struct Output(Stdout);

impl Output {
    /// Opens standard output.
    pub(super) fn new() -> Self {
        Self(io::stdout())
    }

    /// Writes all bytes and flushes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        let mut stdout = self.0.lock();
        let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
        written.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => CliError::OutputClosed,
            _ => CliError::Output(error),
        })
    }
}

/// Writes one line of text to standard error.
pub(super) fn say(words: impl Display) {
    // With standard error closed, nobody can read it.
    writeln!(io::stderr(), "{words}").ok();
}
