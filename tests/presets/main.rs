//! Each preset against a program that people have for its protocol: redis-cli, redis-benchmark, curl, wrk, a browser,
//! pymodbus, swaks, lftp, mosquitto, psql, dig, dnsmasq, logger, `PyVISA`, a WebSocket client.
//!
//! Each test names the programs that it needs. Where one is missing it is ignored with the reason; with
//! `BOTHENDS_REQUIRE_ALL` set it fails instead.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "../support/program.rs"]
mod program;
#[cfg(unix)]
mod unix;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    #[cfg(unix)]
    let trials = unix::trials();
    #[cfg(not(unix))]
    let trials = vec![Trial::ignorable_test("presets", || {
        let reason = "a server is ended in order by a signal, which only Unix has".to_owned();
        Ok(libtest_mimic::Completion::ignored_with(reason))
    })];
    let trials: Vec<Trial> = trials;
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}
