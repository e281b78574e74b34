//! The whole window, headless, by accessible names, over real sockets.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on says where"
)]

mod approval;
mod conversation;
mod detail;
mod diagnosis;
mod dialogs;
mod documents;
mod driver;
mod endpoints;
mod following;
mod hostile;
mod importing;
mod lanes;
mod language;
mod lessons;
mod lifecycle;
mod messages;
mod palette;
mod room;
mod rules;
mod sequences;
mod sessions;
#[path = "../support/mod.rs"]
mod support;
#[cfg(target_os = "linux")]
mod tcp;
mod timeline;
mod tls;
mod udp;
mod whole;
mod why;
