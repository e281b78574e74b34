//! Waiting for something to become true, never longer than a deadline.

use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

/// What a step of a story comes to: a value, or words about what went wrong.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// How long anything that a person would wait for may take, on a machine that is busy with other things.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// How often a condition is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// Asks `glance` until it has an answer, and returns that. `what` completes "waited in vain for".
pub(crate) fn wait_for<T>(
    what: &str,
    patience: Duration,
    mut glance: impl FnMut() -> Outcome<Option<T>>,
) -> Outcome<T> {
    let begin = Instant::now();
    loop {
        if let Some(found) = glance()? {
            return Ok(found);
        }
        if begin.elapsed() > patience {
            return Err(format!("waited {} s in vain for {what}", patience.as_secs()).into());
        }
        thread::sleep(GLANCE);
    }
}
