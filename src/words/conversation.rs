//! The followed connection.

use super::english::noun;
use super::phrases::phrases;

phrases! {
    /// The followed connection.
    Conversation {
        name = "Conversation";
        back = "‹ Timeline";
        back_spoken = "Back to the timeline";
        back_hint = "Back to the timeline (Esc)";
        show_as = "Show as";
        text = "Text";
        hex = "Hex";
        escaped = "Escaped";
        direction = "Direction";
        both = "Both";
        received = "Received";
        sent = "Sent";
        follow = "Follow";
        follow_hint = "Keep the newest row in sight (End)";
        incomplete(problem: &str) = "Incomplete: {problem}";
        with(endpoint: &str) = "with {endpoint}";
        with_at(endpoint: &str, address: &str) = "with {endpoint} at {address}";
        since(time: &str) = "since {time}";
        unread(entries: u64) = { format!("{} still to be read", noun(entries, "older entry", "older entries")) };
        empty = "Nothing of this connection is on record";
        row = "Row";
        copy_rows = "Copy rows";
        show_in_timeline = "Show in timeline";
        not_kept(bytes: u64) = { format!("{} more, not kept", noun(bytes, "byte", "bytes")) };
        received_row(text: &str) = "received: {text}";
        sent_row(text: &str) = "sent: {text}";
    }
}
