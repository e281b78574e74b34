//! What a script answers: the requests of a stream do not depend on the reads, have the bytes that the cutter says, and
//! wait in bounded memory.
//!
//! The input is a rule, a line feed, and the reads: for each, a length and its bytes.

#![no_main]

use bothends::payload::framing::{Cutter, Framing};
use bothends::script::{MAX_REQUEST_BYTES, Requests};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some(at) = input.iter().position(|byte| *byte == b'\n') else {
        return;
    };
    let (rule, rest) = input.split_at(at);
    let Ok(Ok(framing)) = std::str::from_utf8(rule).map(str::parse::<Framing>) else {
        return;
    };
    let reads = reads(&rest[1..]);
    let stream = reads.concat();
    let requests = requests(&framing, &reads);
    assert_eq!(self::requests(&framing, &[&stream]), requests);
    // A request that ends with a CR may be answered before its LF has arrived.
    if matches!(framing, Framing::Line(_)) {
        return;
    }
    assert_eq!(frames(&framing, &stream), requests);
});

fn reads(mut input: &[u8]) -> Vec<&[u8]> {
    let mut reads = Vec::new();
    while let [len, rest @ ..] = input {
        let (bytes, after) = rest.split_at(usize::from(*len).min(rest.len()));
        reads.push(bytes);
        input = after;
    }
    reads
}

/// Answers one request at a time, as a connection does.
fn requests(framing: &Framing, reads: &[&[u8]]) -> Vec<Option<Vec<u8>>> {
    let mut requests = Requests::new(framing, true);
    let mut all = Vec::new();
    for bytes in reads {
        requests.push(bytes, 0);
        while let Some(request) = requests.next(0) {
            all.push(request.bytes);
        }
        assert!(!requests.are_waiting());
    }
    requests.finish(0);
    while let Some(request) = requests.next(0) {
        all.push(request.bytes);
    }
    all
}

/// Returns the good frames of the whole stream.
fn frames(framing: &Framing, stream: &[u8]) -> Vec<Option<Vec<u8>>> {
    let mut ranges = Vec::new();
    let mut cutter = Cutter::new(framing);
    let mut emit = |frame: bothends::payload::framing::Frame| {
        if frame.fault.is_none() {
            ranges.push(frame.range);
        }
    };
    cutter.push(stream, 0, &mut emit);
    cutter.finish(&mut emit);
    let bytes = ranges.into_iter().map(|range| {
        let bytes = &stream[range.start as usize..range.end as usize];
        (bytes.len() <= MAX_REQUEST_BYTES).then(|| bytes.to_vec())
    });
    bytes.collect()
}
