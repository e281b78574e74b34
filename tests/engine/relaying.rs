//! Two connections of one endpoint that forward to each other.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;

use bothends::net::{Command, FlowId, Observe};
use bothends::script::{Act, Reply};

use crate::support::{
    MIB, Rig, SERVER, dial, is_reset, pattern, read_exactly, read_to_fin, script, server,
};

fn joined(rig: &mut Rig) -> (TcpStream, TcpStream, FlowId) {
    let mut config = server();
    script(&mut config.behaviour).reply = Reply::None;
    let address = rig.listen(config);
    let one = dial(address);
    let one_id = rig.accepted();
    let other = dial(address);
    let other_id = rig.accepted();
    rig.command(SERVER, Command::Join(one_id, other_id));
    (one, other, one_id)
}

#[test]
fn what_one_receives_the_other_sends_in_both_directions() {
    let mut rig = Rig::new();
    let (mut one, mut other, _) = joined(&mut rig);
    one.write_all(b"there").unwrap();
    assert_eq!(read_exactly(&mut other, 5), b"there");
    other.write_all(b"and back").unwrap();
    assert_eq!(read_exactly(&mut one, 8), b"and back");
}

#[test]
fn a_finish_is_passed_on_and_the_other_direction_goes_on() {
    let mut rig = Rig::new();
    let (mut one, mut other, _) = joined(&mut rig);
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
    let (_one, mut other, id) = joined(&mut rig);
    let act = Act::Reset;
    let connection = id;
    rig.command(SERVER, Command::Act { connection, act });
    assert!(is_reset(&mut other));
}

#[test]
fn a_slow_reader_holds_up_the_sender_and_gets_everything() {
    const TOTAL: usize = 64 * MIB;
    let mut rig = Rig::observing(Observe::Lifecycle);
    let (mut one, mut other, _) = joined(&mut rig);
    let sender = thread::Builder::new().spawn(move || {
        one.write_all(&pattern(TOTAL)).unwrap();
        one.shutdown(Shutdown::Write).unwrap();
        one
    });
    let mut received = Vec::with_capacity(TOTAL);
    let mut buffer = vec![0; MIB];
    loop {
        let count = other.read(&mut buffer).unwrap();
        if count == 0 {
            break;
        }
        received.extend_from_slice(&buffer[..count]);
    }
    assert!(received == pattern(TOTAL));
    drop(sender.unwrap().join().unwrap());
}
