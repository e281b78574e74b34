//! Standard output and standard error, without panics when they are closed.

use std::fmt::Display;
use std::io::{self, Stdout, Write as _};

use super::error::CliError;
use crate::payload::VisibleText;

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

/// Writes one line of text to standard error. What a path, a peer or an argument brings along cannot drive a terminal.
pub(super) fn say(words: impl Display) {
    let line = VisibleText::plain(words.to_string()).text;
    // With standard error closed, nobody can read it.
    writeln!(io::stderr(), "{line}").ok();
}
