//! The timeline: what stands above its rows, in their menu, and in place of rows.

use super::english::{grouped, noun};
use super::phrases::phrases;

phrases! {
    /// The timeline.
    Timeline {
        name = "Timeline";
        tabs = "Show";
        all = "All";
        show_all = "Show all";
        show_only(name: &str) = "Show only {name}";
        show_only_menu = "Show only…";
        undo_clear = "Undo clear";
        clear = "Clear view";
        payloads = "Payloads as";
        as_auto = "Auto";
        as_text = "Text";
        as_hex = "Hex";
        more = "More views";
        frames = "Frames";
        frames_hint = "Show messages as each endpoint's framing cuts them, instead of the chunks that were read and written";
        plot = "Plot";
        plot_hint = "Bytes and entries per second over the session";
        follow = "Follow";
        follow_hint = "Keep the newest entry in sight (End)";

        columns = "Columns";
        column_time = "Time";
        column_gap = "Gap";
        column_connection = "#";
        column_endpoint = "Endpoint";
        column_direction = "Direction";
        column_bytes = "Bytes";
        column_what = "What";
        resize_column(name: &str) = "Resize {name}";
        choose_columns = "Choose columns";
        reset_columns = "Reset columns";
        ends_of_connection(number: u64, local: &str, peer: &str) = "Connection {number}: {local}, peer {peer}";
        peer_of_connection(number: u64, peer: &str) = "Connection {number}: peer {peer}";
        sign_of_connection(number: u64) = "#{number}";

        loading = "Loading…";
        dropped(entries: u64) = { format!("{} dropped", noun(entries, "older entry", "older entries")) };
        empty_datagram = "empty datagram";
        part_of_a_character = "Part of a character, shown where the character is complete";

        newer(rows: u64) = { format!("↓ {} new", grouped(rows)) };

        entry = "Entry";
        copy_text = "Copy as text";
        copy_hex = "Copy as hex";
        copy_escaped = "Copy as escaped string";
        copy_c_array = "Copy as C array";
        copy_rows = "Copy rows";
        follow_connection = "Follow connection";
        show_connection = "Show only this connection";
        show_this_endpoint = "Show only this endpoint";

        none_yet = "Nothing has happened yet";
        first_start(server: &str) = "Start {server}";
        first_start_echo = "It listens on its address and sends back what it receives.";
        first_start_rules = "It listens on its address and answers what it receives by its rules.";
        first_start_fixed = "It listens on its address and answers what it receives with its own message.";
        first_start_silent = "It listens on its address and only receives: it is set up to send no reply.";
        first_send(recipient: &str) = "Send from {recipient}";
        first_send_why = "The client connects if it has to, and sends the message below. The whole conversation appears here, at both ends.";
        first_send_later = "Start the server first";
        first_endpoint = "Add a server or a client at the left to begin.";
        none_of(endpoint: &str) = "No entries of {endpoint}";
        none_of_advice = "What happens on it will appear here. Choose All to see the other entries.";
        none_in_lesson = "Nothing has happened in this lesson yet";
        none_in_lesson_advice = "Do its first step. Undo clear shows what was recorded before.";
        none_in_capture = "This capture has no entries";
        none_in_capture_advice = "Nothing happened before recording ended.";
        none_match = "No entries match the filter";
        none_match_advice = "Clear filters shows everything.";
        cleared = "The view is clear";
        cleared_advice(entries: u64) = { format!("{} hidden. Choose Undo clear to show them again.", noun(entries, "entry", "entries")) };
        filtering(percent: u64) = "Filtering, {percent}%";
        found_so_far(entries: u64) = { format!("{} found so far", noun(entries, "entry", "entries")) };

        no_framing = "No endpoint here has a framing, so these are chunks. Choose a framing in an endpoint's settings.";
        no_framing_in_capture = "No endpoint here has a framing, so these are chunks. Choose a framing above.";
        good(frames: u64) = { format!("{} good", grouped(frames)) };
        older(percent: u64) = "The frames before this are still being found, {percent}%";
        older_hint = "Until all are found, the frames of connections that began earlier may be cut in the wrong place";
        over_limit(rows: u64) = { format!("{} left out: the list of frames is at its limit, a quarter of what may be recorded", noun(rows, "older row", "older rows")) };
        bad(frames: u64) = { format!("{} bad", grouped(frames)) };
    }
}
