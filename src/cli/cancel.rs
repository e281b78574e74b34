//! Work that a signal cancels, and how far it is, for a person at a terminal.

use std::io::{self, IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::error::CliError;
use crate::capture::Progress;

/// How often a person is told how far the work is.
const TELL_EVERY: Duration = Duration::from_millis(100);
/// The exit code after a second signal.
const KILLED: i32 = 1;

/// Set when a signal has come.
#[derive(Clone, Debug)]
pub(super) struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Takes SIGINT and SIGTERM from now on. The second one ends the process at once: nothing can interrupt a write that
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

    /// Breaks off once a signal has come.
    pub(super) fn check(&self) -> ControlFlow<()> {
        if self.0.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// A line on the terminal that tells how far the work is; nothing where standard error is no terminal.
#[derive(Debug)]
pub(super) struct ProgressLine {
    what: &'static str,
    is_terminal: bool,
    told: Instant,
    is_there: bool,
}

impl ProgressLine {
    /// Begins to tell of work that is called `what`.
    pub(super) fn new(what: &'static str) -> Self {
        Self {
            what,
            is_terminal: io::stderr().is_terminal(),
            told: Instant::now(),
            is_there: false,
        }
    }

    /// Tells how far it is, now and then.
    pub(super) fn tell(&mut self, progress: Progress) {
        if !self.is_terminal || self.told.elapsed() < TELL_EVERY {
            return;
        }
        self.told = Instant::now();
        self.is_there = true;
        let percent = progress.percent().unwrap_or(0);
        // Where standard error is closed there is nobody left to tell.
        write!(io::stderr(), "\r{}: {percent} %", self.what).ok();
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.is_there {
            // Back to the front, and clears the line (ECMA-48 EL).
            write!(io::stderr(), "\r\x1B[K").ok();
        }
    }
}
