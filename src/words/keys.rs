//! What the keys of one part of the window do.

use super::phrases::phrases;

phrases! {
    /// What the keys of one part of the window do.
    Keys {
        recall_at_edge = "Message: recall earlier and later messages, from the first and the last line";
        recall = "Message: recall earlier and later messages, from any line";
        send_saved = "Send one of the first nine saved messages";
        arrange = "Endpoints, rules and saved messages: move the selected one";
        delete_rule = "Rules: delete the selected one";
        select = "Timeline: move the selection";
        select_more = "Timeline: extend the selection";
        ends = "Timeline: go to the oldest or the newest row; End also follows new entries";
        copy = "Timeline: copy the selected rows";
        leave = "Leave the find field or a followed connection, close a dialog";
    }
}
