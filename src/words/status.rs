//! The status bar.

use super::counts::noun;
use super::number;
use super::phrases::phrases;

phrases! {
    /// The status bar.
    Status {
        on_disk(kept_bytes: u64, limit_bytes: u64) = { format!("On disk: {} of {}", number::bytes(kept_bytes), number::bytes(limit_bytes)) };
        with_frames(on_disk: &str, derived_bytes: u64) = { format!("{on_disk}, {} for frames", number::bytes(derived_bytes)) };
        not_recording(on_disk: &str) = "{on_disk}, not recording";
        dropped(on_disk: &str, entries: u64) = { format!("{on_disk}, {} dropped", noun(entries, "older entry", "older entries")) };
        slow = "Recording is slowing traffic";
        slow_why = "Endpoints wait for the recording, so that nothing is lost";
    }
}
