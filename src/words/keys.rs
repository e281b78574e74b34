//! What the keys of one part of the window do.

use super::phrases::phrases;

phrases! {
    /// What the keys of one part of the window do.
    Keys {
        message = "Message";
        rows = "Timeline";
        lists = "Endpoints, rules and saved messages";
        anywhere = "Everywhere";
        recall_at_edge = "Recall earlier and later messages, from the first and the last line";
        recall = "Recall earlier and later messages, from any line";
        send_saved = "Send one of the first nine saved messages";
        arrange = "Move the selected one";
        delete_rule = "Delete the selected rule";
        select = "Move the selection";
        select_more = "Extend the selection";
        ends = "Go to the oldest or the newest row; End also follows new entries";
        copy = "Copy the selected rows";
        leave = "Leave the find field or a followed connection, close a dialog; with nothing to close, stop everything";

        ctrl = "Ctrl";
        shift = "Shift";
        enter = "Enter";
        delete = "Delete";
        escape = "Esc";
        up = "Up";
        down = "Down";
        page_up = "Page Up";
        page_down = "Page Down";
        home = "Home";
        end = "End";
        plus = "Plus";
        minus = "Minus";
    }
}
