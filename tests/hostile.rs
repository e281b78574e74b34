//! Sixty-odd hostile peers against one server: a good peer is answered after each, and the server stops in order.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "support/mod.rs"]
mod support;

use std::thread;
use std::time::Duration;

use bothends::net::{Command, Observe};

use support::{Rig, SERVER, hostile, server};

#[test]
fn hostile_peers_trouble_nobody_else() {
    for observe in [Observe::Everything, Observe::Lifecycle] {
        let mut rig = Rig::observing(observe);
        let address = rig.listen(server());
        // What is reported is taken meanwhile, as a recorder does.
        let troubled = thread::Builder::new().spawn(move || hostile::trouble(address, |_| true));
        let troubled = troubled.unwrap();
        while !troubled.is_finished() {
            rig.take_for(Duration::from_millis(20));
        }
        assert!(troubled.join().unwrap().peers >= 61);
        rig.command(SERVER, Command::Stop);
        rig.stopped();
    }
}
