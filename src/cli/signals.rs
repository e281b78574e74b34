//! SIGINT and SIGTERM: the first one ends a command in order, the second one at once.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, bounded};

use super::error::CliError;
use super::output::say_at_last;

/// The exit status of a command that ends at once.
const ENDED_AT_ONCE: i32 = 1;

/// No signal has arrived.
const RUNNING: u8 = 0;
/// The first signal has arrived.
const ENDING: u8 = 1;
/// The process is about to exit, whatever it is doing.
const AT_ONCE: u8 = 2;
/// The command has ended; its exit status is decided.
const OVER: u8 = 3;

/// How far the signals have come.
#[derive(Clone, Debug, Default)]
pub(super) struct Signals(Arc<AtomicU8>);

impl Signals {
    /// Handles SIGINT and SIGTERM from now on. Returns a channel that receives the first one. The second one ends the
    /// process: nothing else can interrupt a disk or a reader that takes nothing.
    pub(super) fn listen(&self) -> Result<Receiver<()>, CliError> {
        let (signal, first) = bounded(1);
        let signals = self.clone();
        // The handler keeps its sender until the program ends.
        ctrlc::set_handler(move || {
            if signals.advance(RUNNING, ENDING) {
                // The channel has room for the only message.
                signal.try_send(()).ok();
            } else {
                signals.end_at_once("bothends: ended at once by a second signal");
            }
        })?;
        Ok(first)
    }

    /// Returns whether a signal has arrived.
    pub(super) fn has_come(&self) -> bool {
        self.0.load(Ordering::Acquire) != RUNNING
    }

    /// Ends the process after a signal, with a last line, unless the command is already over.
    pub(super) fn end_at_once(&self, words: &str) {
        if self.advance(ENDING, AT_ONCE) {
            say_at_last(words.to_owned());
            process::exit(ENDED_AT_ONCE);
        }
    }

    /// Notes that the command is over. If the process is about to exit at once, waits for that: its exit status counts.
    pub(super) fn settle(&self) {
        if self.0.swap(OVER, Ordering::AcqRel) == AT_ONCE {
            // The last line has a bound, and then the process exits.
            loop {
                thread::park();
            }
        }
    }

    fn advance(&self, from: u8, to: u8) -> bool {
        let (done, failed) = (Ordering::AcqRel, Ordering::Acquire);
        self.0.compare_exchange(from, to, done, failed).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_after_the_end_changes_nothing() {
        let signals = Signals::default();
        assert!(!signals.has_come());
        assert!(signals.advance(RUNNING, ENDING));
        assert!(signals.has_come());
        signals.settle();
        // Otherwise this would end the process of the test.
        signals.end_at_once("too late");
        assert!(!signals.advance(RUNNING, ENDING));
    }
}
