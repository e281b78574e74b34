//! What many panels say.

use super::english::{bytes, rate};
use super::phrases::phrases;

phrases! {
    /// What many panels say.
    Common {
        close = "Close";
        cancel = "Cancel";
        replace = "Replace the file if it exists";
        resize_list = "Resize the endpoint list";
        resize_peers = "Resize the list of peers";
        resize_inspector = "Resize the inspector";
        resize_detail = "Resize the detail pane";
        resize_plot = "Resize the plot";
        recording_settings = "Recording settings";
        comma = ", ";
        semicolon = "; ";
        full_stop = ". ";
        sentences(first: &str, second: &str) = "{first} {second}";
        ended(sentence: &str) = "{sentence}.";
        bytes(received: u64, sent: u64) = { format!("{} in, {} out", bytes(received), bytes(sent)) };
        rates(received: f64, sent: f64) = { format!("{} in, {} out", rate(received), rate(sent)) };
    }
}
