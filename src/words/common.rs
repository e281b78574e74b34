//! What many panels say.

use super::number;
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
        bytes(received: u64, sent: u64) = { format!("{} in, {} out", number::bytes(received), number::bytes(sent)) };
        rates(received: f64, sent: f64) = { format!("{} in, {} out", number::rate(received), number::rate(sent)) };
    }
}
