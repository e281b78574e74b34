//! Waiting for a condition, with a deadline.

use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

/// The result of a step of a story.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// How long any step that a user waits for may take, even on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The polling interval.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// Polls `poll` until it returns a value, and returns that. `what` completes "waited in vain for".
pub(crate) fn wait_for<T>(
    what: &str,
    patience: Duration,
    mut poll: impl FnMut() -> Outcome<Option<T>>,
) -> Outcome<T> {
    let begin = Instant::now();
    loop {
        if let Some(found) = poll()? {
            return Ok(found);
        }
        if begin.elapsed() > patience {
            return Err(format!("waited {} s in vain for {what}", patience.as_secs()).into());
        }
        thread::sleep(POLL_INTERVAL);
    }
}
