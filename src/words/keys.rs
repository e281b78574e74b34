//! What the keys do.

use super::phrases::phrases;

phrases! {
    /// What the keys do.
    Keys {
        with_key(does: &str, key: &str) = "{does} ({key})";
        send = "Send the message";
        find = "Find";
        find_next = "Find next";
        find_previous = "Find previous";
        clear_view = "Clear the view";
        new_server = "Add a server";
        new_client = "Add a client";
        open = "Open, save or delete sessions";
        save = "Save this session under a name";
        export = "Export entries";
        help = "Show keyboard shortcuts";
        recall_at_edge = "Message: recall earlier and later messages, from the first and the last line";
        recall = "Message: recall earlier and later messages, from any line";
        select = "Timeline: move the selection";
        select_more = "Timeline: extend the selection";
        ends = "Timeline: go to the oldest or the newest row; End also follows new entries";
        copy = "Timeline: copy the selected rows";
        leave = "Leave the find field or a followed connection, close a dialog";
        zoom = "Zoom in, zoom out, reset zoom";
    }
}
