//! Hostile peers and servers: those who behave are served meanwhile, every connection is accounted for, memory stays
//! bounded, and what was taken is given back.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "../support/mod.rs"]
mod support;

mod bounds;
mod clients;
mod framings;
mod in_turn;
mod peers;
mod rules;
#[cfg(unix)]
mod unix;
#[cfg(unix)]
#[path = "../support/unix.rs"]
mod unix_socket;
