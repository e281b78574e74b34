//! Interprets the errors of calls.

use std::io;

/// Returns whether a call failed because the peer reset the connection.
///
/// EPIPE means this too, unless we have shut down the sending direction: the RST arrived earlier, and another call
/// reported and cleared it.
pub(super) fn is_reset(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
    )
}
