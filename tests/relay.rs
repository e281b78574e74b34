//! The road of a relay under load: what arrives, and how much memory it takes. Runs alone in its process, whose memory it
//! measures.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;

use bothends::net::Observe;
use support::{DEADLINE, MIB, Rig, pattern, write_until_stuck};

/// How much is relayed after the source was held up.
const TOTAL: usize = 1024 * MIB;
/// How much memory that may take in this process, both foreign peers included.
#[cfg(target_os = "linux")]
const MEMORY_BYTES: u64 = 32 * MIB as u64;

#[test]
fn a_gibibyte_is_relayed_whole_and_takes_little_memory() {
    let mut rig = Rig::observing(Observe::Lifecycle);
    let (mut one, mut other, _) = rig.joined();
    #[cfg(target_os = "linux")]
    let before = resident_bytes();
    // Nobody reads yet, so the source is held up.
    let held_up = write_until_stuck(&mut one);
    #[cfg(target_os = "linux")]
    assert!(resident_bytes() - before < MEMORY_BYTES);
    one.set_write_timeout(Some(DEADLINE)).unwrap();
    let block = pattern(MIB);
    let expected = block.clone();
    let sender = thread::Builder::new().spawn(move || {
        for _ in 0..TOTAL / MIB {
            one.write_all(&block).unwrap();
        }
        one.shutdown(Shutdown::Write).unwrap();
        one
    });
    let mut buffer = vec![0; MIB];
    skip(&mut other, held_up, &mut buffer);
    for at in 0..TOTAL / MIB {
        other.read_exact(&mut buffer).unwrap();
        assert!(buffer == expected, "mebibyte {at}");
        #[cfg(target_os = "linux")]
        {
            let grown = resident_bytes().saturating_sub(before);
            assert!(grown < MEMORY_BYTES, "{grown} bytes at mebibyte {at}");
        }
    }
    assert_eq!(
        other.read(&mut buffer).unwrap(),
        0,
        "the finish is passed on"
    );
    drop(sender.unwrap().join().unwrap());
}

fn skip(stream: &mut TcpStream, mut count: usize, buffer: &mut [u8]) {
    while count > 0 {
        let most = count.min(buffer.len());
        count -= stream.read(&mut buffer[..most]).unwrap();
    }
}

/// Returns the memory of this process that is resident (`proc(5)`).
#[cfg(target_os = "linux")]
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|it| it.split_whitespace().next()).unwrap();
    kibibytes.parse::<u64>().unwrap() * 1024
}
