//! What is heard of a TLS handshake on the wire, over arbitrary bytes in pieces: the same however they are cut, and bounded.
//!
//! The first byte is the size of the pieces.

#![no_main]

use bothends::net::tls::{Hello, MAX_OFFERED, fuzz_tap};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((step, bytes)) = input.split_first() else {
        return;
    };
    assert_eq!(
        fuzz_tap(bytes, (*step).into()),
        fuzz_tap(bytes, usize::MAX)
    );
    let hello = Hello::read(bytes);
    let lists = [&hello.suites, &hello.groups, &hello.schemes, &hello.alpn];
    assert!(lists.iter().all(|list| list.len() <= MAX_OFFERED));
});
