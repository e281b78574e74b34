//! Peers that are gone without a word: handshakes that are never completed, ends without FIN or RST, and addresses that
//! nobody answers from any more. In a private network of this process's own.
//!
//! Where the system forbids private networks, the tests are ignored with the reason; with `BOTHENDS_REQUIRE_ALL` set they
//! fail instead. Other systems than Linux have none of them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[cfg(target_os = "linux")]
#[path = "vanished/clients.rs"]
mod clients;
#[cfg(target_os = "linux")]
#[path = "vanished/network.rs"]
mod network;
#[cfg(target_os = "linux")]
#[path = "vanished/servers.rs"]
mod servers;
#[cfg(target_os = "linux")]
mod support;

use std::process::ExitCode;

use libtest_mimic::Arguments;

fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    let trials = network::trials(&[servers::TESTS, clients::TESTS].concat());
    #[cfg(not(target_os = "linux"))]
    let trials = Vec::new();
    let mut arguments = Arguments::from_args();
    // They share the network, and count what is in it.
    arguments.test_threads = Some(1);
    libtest_mimic::run(&arguments, trials).exit_code()
}
