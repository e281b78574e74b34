//! A disk that takes no more, and a folder that is gone: recording stops and says so, traffic goes on, what was recorded
//! can be read, and recording goes on when there is room.
//!
//! A limit on the size of files stands for the full disk. By hand, `BOTHENDS_SMALL_DISK` names a folder on a small volume
//! (`mount -t tmpfs -o size=2m none FOLDER`) that is really filled. Each story runs in a process of its own.

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

/// Only Unix limits how large the files of a process may be.
#[cfg(not(unix))]
fn main() {}
