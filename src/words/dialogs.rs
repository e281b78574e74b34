//! Dialogs that have no subject of their own.

use super::english::noun;
use super::phrases::phrases;

phrases! {
    /// Dialogs that have no subject of their own.
    Dialogs {
        quit_title = "Quit Bothends?";
        quit(live: u64) = { format!("Quitting closes {}. The recorded session stays on disk.", noun(live, "live connection", "live connections")) };
        never_ask = "Don't ask again";
        quit_button = "Quit";
        problems = "Problems";
        keys = "Keyboard shortcuts";
        sessions = "Sessions";
        export = "Export entries";
    }
}
