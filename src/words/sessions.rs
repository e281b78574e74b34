//! The list of sessions, the offer of an interrupted one, and the captures that are open.

use super::english::{bytes, noun};
use super::phrases::phrases;

phrases! {
    /// The list of sessions, the offer of an interrupted one, and the captures that are open.
    Sessions {
        path = "Folder or file";
        open = "Open";
        open_path = "Open path";
        about_path = "A capture folder, or a .pcap or .pcapng file. You can also drop it on the window.";
        looking = "Looking for sessions…";
        none = "No sessions on disk";
        delete = "Delete…";
        delete_session(title: &str) = "Delete {title}…";
        save_as = "Save as…";
        save_session(title: &str) = "Save {title} as…";
        open_session(title: &str) = "Open {title}";
        name = "Session name";
        save = "Save";
        delete_question(freed_bytes: u64) = { format!("Delete permanently? This frees {}.", bytes(freed_bytes)) };
        delete_now = "Delete";
        keep = "Keep";
        saved = "saved";
        unsaved = "not saved";
        interrupted = "interrupted";
        live = "this session";
        in_another_window = "being recorded by another window";
        rule(days: u64, kept: u64) = "Unsaved sessions are deleted after {days} days; only the last {kept} are kept.";
        pruned(sessions: u64) = { format!("{} deleted when Bothends started.", noun(sessions, "session was", "sessions were")) };
        saved_stay = "Saved sessions stay until you delete them.";
        offer_name = "Interrupted session";
        offer(when: &str) = "The session from {when} was interrupted: Bothends ended without closing it";
        offered(entries: u64, size_bytes: u64) = { format!("{}, {} on disk. What happened last may be missing.", noun(entries, "entry", "entries"), bytes(size_bytes)) };
        offer_open = "View it next to the current session";
        offer_keep = "Keep in list";
        offer_keep_why = "Find it later in the File menu, under Open sessions…";
        captures = "Captures";
        tab_live = "Live";
        tab_read_only(name: &str) = "{name} (read-only)";
        close(name: &str) = "Close {name}";
        read_as = "Read as…";
        read_as_why = "Encoding, framing and check used to read this capture";
        as_recorded = "Read as it was recorded";
        by_current = "Read with current settings";
        as_chosen = "Read as chosen here";
        by_endpoint = "(different for its endpoints)";
        use_current = "Use current settings";
        use_current_why = "Read it with the current settings of the endpoints of the same names";
        read_as_recorded = "Read as recorded";
        read_as_recorded_why = "Read it with the settings that its endpoints had when it was recorded";
    }
}
