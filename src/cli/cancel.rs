//! Work that a signal cancels, and its progress on a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::thread;
use std::time::{Duration, Instant};

use super::error::CliError;
use super::output::WatchedStdout;
use super::signals::Signals;
use crate::capture::Progress;

/// The least time between two updates of the progress line.
const SHOW_EVERY: Duration = Duration::from_millis(100);
/// How long, after a signal, a reader of standard output may take nothing before it is given up.
const READER_PATIENCE: Duration = Duration::from_secs(1);

/// Breaks work once a signal has arrived.
#[derive(Clone, Debug)]
pub(super) struct Cancel(Signals);

impl Cancel {
    /// Handles SIGINT and SIGTERM from now on. After the first one, a write to standard output that nobody reads ends
    /// the process within [`READER_PATIENCE`]; the second one does so at once.
    ///
    /// Returns standard output, too.
    pub(super) fn on_signals(signals: &Signals) -> Result<(Self, WatchedStdout), CliError> {
        let first = signals.listen()?;
        let output = WatchedStdout::new();
        let (writes, signals) = (output.writes(), signals.clone());
        let cancel = Self(signals.clone());
        let thread = thread::Builder::new().name("patience".to_owned());
        // It is not joined: it waits for a signal as long as the process lives.
        let started = thread.spawn(move || {
            if first.recv().is_err() {
                return;
            }
            loop {
                let before = writes.current();
                thread::sleep(READER_PATIENCE);
                if before.is_some() && writes.current() == before {
                    signals.end_at_once("bothends: cancelled");
                }
            }
        });
        started.map_err(CliError::Start)?;
        Ok((cancel, output))
    }

    /// Breaks once a signal has arrived.
    pub(super) fn check(&self) -> ControlFlow<()> {
        if self.0.has_come() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Shows progress on a line labelled `what`, which goes when the returned closure does, and breaks once a signal
    /// has arrived.
    pub(super) fn reporting(&self, what: &'static str) -> impl FnMut(Progress) -> ControlFlow<()> {
        let mut line = ProgressLine::new(what);
        move |progress| {
            line.show(progress);
            self.check()
        }
    }
}

/// A progress line on the terminal; does nothing if standard error is not a terminal.
#[derive(Debug)]
struct ProgressLine {
    what: &'static str,
    is_terminal: bool,
    shown: Instant,
    is_there: bool,
}

impl ProgressLine {
    /// Starts a progress line labelled `what`.
    fn new(what: &'static str) -> Self {
        Self {
            what,
            is_terminal: io::stderr().is_terminal(),
            shown: Instant::now(),
            is_there: false,
        }
    }

    /// Shows the progress, at most once every [`SHOW_EVERY`].
    fn show(&mut self, progress: Progress) {
        if !self.is_terminal || self.shown.elapsed() < SHOW_EVERY {
            return;
        }
        self.shown = Instant::now();
        self.is_there = true;
        let percent = progress.percent().unwrap_or(0);
        // With standard error closed, nobody can see it.
        write!(io::stderr(), "\r{}: {percent} %", self.what).ok();
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.is_there {
            // Return to column 1 and clear the line (ECMA-48 EL).
            write!(io::stderr(), "\r\x1B[K").ok();
        }
    }
}
