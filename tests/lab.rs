//! The lab: both ends in a private network, whose packets are seen; and how it is refused.
//!
//! Where the system forbids private networks, and on other systems than Linux, the tests are ignored with the reason. With
//! `BOTHENDS_REQUIRE_ALL` set they fail instead.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[cfg(target_os = "linux")]
#[path = "lab/linux.rs"]
mod linux;
#[cfg(target_os = "linux")]
mod support;

use std::process::ExitCode;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    let trials = linux::trials();
    #[cfg(not(target_os = "linux"))]
    let trials = Vec::new();
    let mut arguments = Arguments::from_args();
    // Some count the helpers and the descriptors of this process.
    arguments.test_threads = Some(1);
    libtest_mimic::run(&arguments, trials).exit_code()
}
