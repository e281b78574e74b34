//! Work that a signal cancels, and its progress on a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::error::CliError;
use crate::capture::Progress;

/// The least time between two updates of the progress line.
const SHOW_EVERY: Duration = Duration::from_millis(100);
/// The exit code after a second signal.
const KILLED: i32 = 1;

/// Set once a signal has arrived.
#[derive(Clone, Debug)]
pub(super) struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Handles SIGINT and SIGTERM from now on. The second one exits at once: nothing else can interrupt a write that
    /// nobody reads.
    pub(super) fn on_signals() -> Result<Self, CliError> {
        let cancel = Self(Arc::default());
        let flag = Arc::clone(&cancel.0);
        ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::Relaxed) {
                process::exit(KILLED);
            }
        })?;
        Ok(cancel)
    }

    /// Breaks once a signal has arrived.
    pub(super) fn check(&self) -> ControlFlow<()> {
        if self.0.load(Ordering::Relaxed) {
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
