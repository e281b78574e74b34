//! Arguments → the window, or a headless command; nothing else.

use std::env;
use std::process::ExitCode;

use bothends::cli::{self, CommandOutcome};
use bothends::net::run_lab_helper;
use bothends::session::OpenFiles;

fn main() -> ExitCode {
    // Before anything else: the helper of a lab must not have a second thread.
    if let Some(code) = run_lab_helper(env::args_os()) {
        return code;
    }
    raise_descriptor_limit();
    if env::args_os().len() == 1 {
        return open_window(OpenFiles::default());
    }
    match cli::run() {
        CommandOutcome::Done(code) => code,
        CommandOutcome::Window(files) => open_window(files),
    }
}

/// Opens the window without the console that Windows makes for the program when it is not started from one.
///
/// The program belongs to the console subsystem, so that the commands have their output.
fn open_window(files: OpenFiles) -> ExitCode {
    #[cfg(windows)]
    hide_console::hide_console();
    bothends::app::run(files)
}

/// Raises the soft limit on open files to the hard one: each connection takes a descriptor.
fn raise_descriptor_limit() {
    // With the limit as it was the program works too, with fewer connections; accepting says when they run out.
    rlimit::increase_nofile_limit(u64::MAX).ok();
}
