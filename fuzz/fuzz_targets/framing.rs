//! The frame cutter, over any rule and any bytes: frames and remainder equal the input, however it is split into reads.
//!
//! The input is a rule, a line feed, and the reads: for each, a length, the milliseconds before it, and its bytes.

#![no_main]

use std::ops::Range;

use libfuzzer_sys::fuzz_target;
use bothends::payload::framing::{Cutter, Fault, Frame, Framing};

/// The bytes of a read, and its time in nanoseconds.
type Read<'a> = (&'a [u8], u64);

fuzz_target!(|input: &[u8]| {
    let Some(at) = input.iter().position(|byte| *byte == b'\n') else {
        return;
    };
    let (rule, rest) = input.split_at(at);
    let Ok(Ok(framing)) = std::str::from_utf8(rule).map(str::parse::<Framing>) else {
        return;
    };
    assert_eq!(framing.to_string().parse().as_ref(), Ok(&framing));
    let reads = reads(&rest[1..]);
    let frames = frames(&framing, &reads);

    let stream: Vec<u8> = reads.iter().flat_map(|(bytes, _)| *bytes).copied().collect();
    let mut end = 0;
    for (range, _) in &frames {
        assert_eq!(range.start, end);
        assert!(range.end > range.start);
        end = range.end;
        let frame = &stream[range.start as usize..range.end as usize];
        assert!(framing.payload(frame).len() <= frame.len());
        assert!(framing.checked(frame).len() <= frame.len());
    }
    assert_eq!(end, stream.len() as u64);
    // The input is too short for a frame that is cut because it is too long; a value of RESP that begins well may have
    // an impossible length in it.
    let may_repeat = matches!(framing, Framing::Resp);
    assert!(may_repeat || !frames.windows(2).any(|pair| pair.iter().all(|(_, fault)| is_impossible(*fault))));

    let bytewise: Vec<Read<'_>> = reads
        .iter()
        .flat_map(|(bytes, nanos)| bytes.chunks(1).map(|byte| (byte, *nanos)))
        .collect();
    assert_eq!(self::frames(&framing, &bytewise), frames);
    if matches!(framing, Framing::Silence(_)) {
        return;
    }
    assert_eq!(self::frames(&framing, &[(&stream, 0)]), frames);
    if !framing.is_stateless() {
        return;
    }
    // After any frame, the rest can be cut without the bytes before it.
    for (place, (range, _)) in (1..).zip(&frames) {
        let mut cutter = Cutter::new(&framing);
        cutter.skip(range.end, &mut |_| panic!("nothing is open"));
        let mut rest = Vec::new();
        let mut emit = |frame: Frame| rest.push((frame.range, frame.fault));
        cutter.push(&stream[range.end as usize..], 0, &mut emit);
        cutter.finish(&mut emit);
        assert_eq!(rest, frames[place..]);
    }
});

fn is_impossible(fault: Option<Fault>) -> bool {
    matches!(fault, Some(Fault::Length(_) | Fault::Varint))
}

fn reads(mut input: &[u8]) -> Vec<Read<'_>> {
    let mut reads = Vec::new();
    let mut nanos = 0;
    while let [len, pause, rest @ ..] = input {
        let (bytes, after) = rest.split_at(usize::from(*len).min(rest.len()));
        nanos += u64::from(*pause) * 1_000_000;
        reads.push((bytes, nanos));
        input = after;
    }
    reads
}

/// Cuts a stream, and passes the time before each read, like a caller that waits for silence.
fn frames(framing: &Framing, reads: &[Read<'_>]) -> Vec<(Range<u64>, Option<Fault>)> {
    let mut cutter = Cutter::new(framing);
    let mut frames = Vec::new();
    let mut emit = |frame: Frame| frames.push((frame.range, frame.fault));
    for (bytes, nanos) in reads {
        if cutter.deadline_nanos().is_some_and(|deadline| deadline <= *nanos) {
            cutter.pass(*nanos, &mut emit);
        }
        cutter.push(bytes, *nanos, &mut emit);
    }
    cutter.finish(&mut emit);
    assert!(cutter.pending().is_empty());
    frames
}
