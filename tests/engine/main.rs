//! The engine over real sockets: what each end sees, what is reported, and how failures are handled.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "../support/ground.rs"]
mod ground;
#[path = "../support/program.rs"]
mod program;
#[path = "../support/mod.rs"]
mod support;

mod acts;
mod commands;
mod connecting;
mod conversation;
mod datagrams;
mod elsewhere;
mod ending;
#[cfg(target_os = "linux")]
mod idle;
#[cfg(target_os = "linux")]
mod kernel;
mod listening;
mod many;
mod pressure;
mod relaying;
mod rules;
mod sequences;
mod tls;
#[cfg(unix)]
mod unix;
#[cfg(unix)]
#[path = "../support/unix.rs"]
mod unix_socket;
