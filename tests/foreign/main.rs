//! Programs that people have, against ours: curl and socat over Unix sockets, `ss` and Python's sockets on what options
//! do, mail and file transfer clients that wait for a greeting, a pseudo terminal; socat, ncat and Python over UDP; OpenSSL, curl, Python, nginx and a browser over TLS.
//!
//! Each test names the programs that it needs. Where one is missing it is ignored with the reason; with
//! `BOTHENDS_REQUIRE_ALL` set it fails instead.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[cfg(target_os = "linux")]
#[path = "../support/ground.rs"]
mod ground;
#[cfg(target_os = "linux")]
mod linux;
#[path = "../support/program.rs"]
mod program;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    let trials = linux::trials();
    #[cfg(not(target_os = "linux"))]
    let trials = vec![Trial::ignorable_test("foreign_programs", || {
        let reason = "the programs and what they show are Linux's".to_owned();
        Ok(libtest_mimic::Completion::ignored_with(reason))
    })];
    let trials: Vec<Trial> = trials;
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
