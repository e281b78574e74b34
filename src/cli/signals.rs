//! SIGINT and SIGTERM: the first one ends a command in order, the second one at once.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, bounded};

use super::error::CliError;
use super::output::say_at_last;

/// The exit status after a second signal.
const ENDED_AT_ONCE: i32 = 1;

/// Returns a channel that receives the first signal. The second one ends the process: nothing else can interrupt a disk
/// or a reader that takes nothing.
pub(super) fn signals() -> Result<Receiver<()>, CliError> {
    let (signal, signals) = bounded(1);
    let is_second = AtomicBool::new(false);
    // The handler keeps its sender until the program ends.
    ctrlc::set_handler(move || {
        if is_second.swap(true, Ordering::Relaxed) {
            say_at_last("bothends: ended at once by a second signal".to_owned());
            process::exit(ENDED_AT_ONCE);
        }
        // The channel has room for the only message.
        signal.try_send(()).ok();
    })?;
    Ok(signals)
}
