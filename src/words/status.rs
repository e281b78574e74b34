//! The status bar.

use super::english::{bytes, noun};
use super::phrases::phrases;

phrases! {
    /// The status bar.
    Status {
        on_disk(kept_bytes: u64, limit_bytes: u64) = { format!("On disk: {} of {}", bytes(kept_bytes), bytes(limit_bytes)) };
        with_frames(on_disk: &str, derived_bytes: u64) = { format!("{on_disk}, {} for frames", bytes(derived_bytes)) };
        not_recording(on_disk: &str) = "{on_disk}, not recording";
        dropped(on_disk: &str, entries: u64) = { format!("{on_disk}, {} dropped", noun(entries, "older entry", "older entries")) };
        slow = "Recording is slowing traffic";
        slow_why = "Endpoints wait for the recording, so that nothing is lost";
    }
}
