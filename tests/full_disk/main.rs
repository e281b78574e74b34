//! A full disk, or a missing folder: recording stops and reports it, traffic continues, what was recorded can be read,
//! and recording can be resumed when there is room.
//!
//! A limit on file sizes stands in for the full disk. When run by hand, `BOTHENDS_SMALL_DISK` can name a folder on a
//! small volume (`mount -t tmpfs -o size=2m none FOLDER`), which is then really filled. Each story runs in its own
//! process.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[cfg(unix)]
mod stories;
#[cfg(unix)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    stories::main()
}

/// Only Unix can limit the file sizes of a process.
#[cfg(not(unix))]
fn main() {}
