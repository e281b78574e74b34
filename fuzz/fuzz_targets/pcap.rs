//! The reader of pcap and pcapng files, over arbitrary bytes: an error or entries, never a panic or a huge allocation.

#![no_main]

use libfuzzer_sys::fuzz_target;
use bothends::capture::pcap::PcapImport;
use bothends::capture::Say as _;
use bothends::words::ENGLISH;

fuzz_target!(|input: &[u8]| {
    let Ok(mut import) = PcapImport::open(input) else {
        return;
    };
    let mut entries = Vec::new();
    let mut next = 0;
    loop {
        let step = import.step(&mut entries);
        for entry in entries.drain(..) {
            assert_eq!(entry.number, next);
            next += 1;
            ENGLISH.entry(&entry);
        }
        assert!(import.position() <= input.len() as u64);
        if !matches!(step, Ok(true)) {
            break;
        }
    }
    assert!(matches!(import.step(&mut entries), Ok(false)));
});
