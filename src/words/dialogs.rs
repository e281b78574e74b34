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
        about = "About Bothends";
        about_what = "A desktop workbench for connections: be either end over TCP, TLS, UDP or Unix sockets and see exactly what happened.";
        about_licence = "Free software under the MIT license or the Apache License 2.0, as you choose.";
        about_fonts = "The fonts that come with it, under the SIL Open Font License 1.1";
        sessions = "Sessions";
        export = "Export entries";
    }
}
