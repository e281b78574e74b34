//! How much is recorded, and why recording stopped.

use super::english::{bytes, noun};
use super::phrases::phrases;

phrases! {
    /// How much is recorded, and why recording stopped.
    Recording {
        keep = "Keep";
        everything = "Everything";
        newest = "Newest entries";
        first_bytes = "First bytes";
        nothing = "Nothing";
        about_everything = "Keep every byte up to a limit. Then recording stops with a notice; traffic continues.";
        about_newest = "Keep the newest entries. At the limit, the oldest ones are dropped to make room.";
        about_first_bytes = "Keep every entry, with only the first bytes of its chunk and its full size. Exports say what was cut.";
        about_nothing = "Record no entries. The timeline stands still while traffic continues.";
        chunk_limit = "Bytes per chunk";
        limit = "Limit";
        on_disk(kept_bytes: u64) = { format!("On disk now: {}.", bytes(kept_bytes)) };
        for_frames(derived_bytes: u64) = { format!("The list of frames takes another {}.", bytes(derived_bytes)) };
        default(limit_bytes: u64) = { format!("Leave empty for {}.", bytes(limit_bytes)) };
        about_default = "The default is 10 GiB, or a tenth of the free space if that is less.";
        apply = "Apply";
        stopped_name = "Recording stopped";
        off = "Recording is off";
        stopped(cause: &str) = "Recording stopped: {cause}";
        continues = "Traffic continues.";
        continues_without(entries: u64) = { format!("Traffic continues; {} not recorded since.", noun(entries, "entry", "entries")) };
        switch_on = "Turn recording on";
        resume = "Resume";
        resume_elsewhere = "Resume in another folder…";
        settings = "Recording settings…";
        folder = "Folder to record in";
        record_there = "Record there";
    }
}
