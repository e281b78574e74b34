//! Two connections of one endpoint that forward to each other.

use std::io::Write;
use std::net::Shutdown;

use bothends::net::Command;
use bothends::script::Act;

use crate::support::{Rig, SERVER, is_reset, read_exactly, read_to_fin};

#[test]
fn what_one_receives_the_other_sends_in_both_directions() {
    let mut rig = Rig::new();
    let (mut one, mut other, _) = rig.joined();
    one.write_all(b"there").unwrap();
    assert_eq!(read_exactly(&mut other, 5), b"there");
    other.write_all(b"and back").unwrap();
    assert_eq!(read_exactly(&mut one, 8), b"and back");
}

#[test]
fn a_finish_is_passed_on_and_the_other_direction_goes_on() {
    let mut rig = Rig::new();
    let (mut one, mut other, _) = rig.joined();
    one.write_all(b"last").unwrap();
    one.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_fin(&mut other), b"last");
    other.write_all(b"still here").unwrap();
    assert_eq!(read_exactly(&mut one, 10), b"still here");
    other.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_fin(&mut one), b"");
}

#[test]
fn a_reset_is_passed_on() {
    let mut rig = Rig::new();
    let (_one, mut other, id) = rig.joined();
    let act = Act::Reset;
    let connection = id;
    rig.command(SERVER, Command::Act { connection, act });
    assert!(is_reset(&mut other));
}
