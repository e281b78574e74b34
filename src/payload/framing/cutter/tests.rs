//! Tests of cutting streams.

use proptest::prelude::*;

use super::*;

pub(super) fn framing(rule: &str) -> Framing {
    rule.parse().unwrap()
}

/// The frames of a stream that arrives in these pieces, 1 ms apart, and then ends.
pub(super) fn cut(framing: &Framing, pieces: &[&[u8]]) -> Vec<Frame> {
    let mut cutter = Cutter::new(framing);
    let mut frames = Vec::new();
    for (piece, millis) in pieces.iter().zip(0..) {
        cutter.push(piece, millis * 1_000_000, &mut |frame| frames.push(frame));
    }
    cutter.finish(&mut |frame| frames.push(frame));
    assert!(cutter.pending().is_empty());
    frames
}

/// Checks the frames of a stream: their bytes, and whether they have a fault.
pub(super) fn check(rule: &str, stream: &[u8], expected: &[(&[u8], Option<Fault>)]) {
    let framing = framing(rule);
    let bytes: Vec<&[u8]> = stream.chunks(1).collect();
    for pieces in [&[stream][..], &bytes] {
        let frames = cut(&framing, pieces);
        let actual: Vec<_> = frames
            .iter()
            .map(|it| {
                (
                    &stream[it.range.start as usize..it.range.end as usize],
                    it.fault,
                )
            })
            .collect();
        assert_eq!(actual, expected, "{rule}, {} pieces", pieces.len());
    }
}

pub(super) const UNFINISHED: Option<Fault> = Some(Fault::Unfinished);
const OUTSIDE: Option<Fault> = Some(Fault::Outside);

#[test]
fn lines_end_as_the_rule_says() {
    check("line", b"", &[]);
    check(
        "line",
        b"a\nb\r\nc\rd\r",
        &[
            (b"a\n", None),
            (b"b\r\n", None),
            (b"c\r", None),
            (b"d\r", None),
        ],
    );
    check(
        "line",
        b"\r\r\n\n",
        &[(b"\r", None), (b"\r\n", None), (b"\n", None)],
    );
    check("line", b"a\nb", &[(b"a\n", None), (b"b", UNFINISHED)]);
    check(
        "lf",
        b"a\rb\r\nc",
        &[(b"a\rb\r\n", None), (b"c", UNFINISHED)],
    );
    check(
        "crlf",
        b"a\nb\r\r\nc\r",
        &[(b"a\nb\r\r\n", None), (b"c\r", UNFINISHED)],
    );
    check("cr", b"a\r\nb\r", &[(b"a\r", None), (b"\nb\r", None)]);
}

#[test]
fn a_delimiter_may_repeat_its_own_beginning() {
    check(
        "delimiter:00",
        b"a\x00\x00b",
        &[(b"a\x00", None), (b"\x00", None), (b"b", UNFINISHED)],
    );
    check(
        "delimiter:616162",
        b"aaabaab",
        &[(b"aaab", None), (b"aab", None)],
    );
    check(
        "delimiter:61626163",
        b"abababacx",
        &[(b"abababac", None), (b"x", UNFINISHED)],
    );
}

#[test]
fn lengths_say_where_frames_end() {
    check(
        "fixed:2",
        b"abcde",
        &[(b"ab", None), (b"cd", None), (b"e", UNFINISHED)],
    );
    check(
        "length:u8",
        b"\x02ab\x00\x01c\x03",
        &[
            (b"\x02ab", None),
            (b"\x00", None),
            (b"\x01c", None),
            (b"\x03", UNFINISHED),
        ],
    );
    check(
        "length:u16be",
        b"\x00\x01a\x00\x02bc",
        &[(b"\x00\x01a", None), (b"\x00\x02bc", None)],
    );
    check(
        "length:u16le",
        b"\x01\x00a\x02\x00bc",
        &[(b"\x01\x00a", None), (b"\x02\x00bc", None)],
    );
    check(
        "length:u32le",
        b"\x01\x00\x00\x00a",
        &[(b"\x01\x00\x00\x00a", None)],
    );
    check(
        "length:u64be",
        b"\x00\x00\x00\x00\x00\x00\x00\x01a",
        &[(b"\x00\x00\x00\x00\x00\x00\x00\x01a", None)],
    );
    // The length of the whole frame.
    check(
        "length:u16be,self",
        b"\x00\x03a\x00\x02",
        &[(b"\x00\x03a", None), (b"\x00\x02", None)],
    );
    // Modbus TCP: transaction and protocol before it, unit and PDU after it.
    let modbus = b"\x00\x01\x00\x00\x00\x06\x01\x03\x00\x00\x00\x0A";
    check("length:u16be,at=4", modbus, &[(modbus, None)]);
    check(
        "length:u8,adjust=1",
        b"\x01ab\x00c",
        &[(b"\x01ab", None), (b"\x00c", None)],
    );
    check(
        "varint",
        b"\x01a\x00\x82\x00bc\x80",
        &[
            (b"\x01a", None),
            (b"\x00", None),
            (b"\x82\x00bc", None),
            (b"\x80", UNFINISHED),
        ],
    );
}

#[test]
fn a_varint_follows_what_precedes_it() {
    check(
        "mqtt",
        b"\xC0\x00\x30\x82\x00ab\xD0",
        &[
            (b"\xC0\x00", None),
            (b"\x30\x82\x00ab", None),
            (b"\xD0", UNFINISHED),
        ],
    );
    let too_long = [
        (&b"\x30\x80\x80\x80\x80"[..], Some(Fault::Varint)),
        (b"\x30\x01a", None),
    ];
    check("mqtt", b"\x30\x80\x80\x80\x80\x30\x01a", &too_long);
    let impossible = b"\x30\x80\x80\x80\x08";
    let fault = Fault::Length(0x0100_0000);
    check("varint:at=1", impossible, &[(impossible, Some(fault))]);
}

#[test]
fn a_postgres_message_has_a_type_unless_it_opens_the_connection() {
    check(
        "postgres",
        b"\x00\x00\x00\x08\x04\xD2\x16\x2FQ\x00\x00\x00\x05\0X\x00\x00\x00\x04N\x00",
        &[
            (b"\x00\x00\x00\x08\x04\xD2\x16\x2F", None),
            (b"Q\x00\x00\x00\x05\0", None),
            (b"X\x00\x00\x00\x04", None),
            (b"N\x00", UNFINISHED),
        ],
    );
    // No to GSSAPI, no to TLS, then a message; and a stream that begins with a notice.
    check(
        "postgres",
        b"NNR\x00\x00\x00\x08\x00\x00\x00\x00",
        &[
            (b"N", None),
            (b"N", None),
            (b"R\x00\x00\x00\x08\x00\x00\x00\x00", None),
        ],
    );
    check("postgres", b"N", &[(b"N", None)]);
    check(
        "postgres",
        b"N\x00\x00\x00\x05\0",
        &[(b"N\x00\x00\x00\x05\0", None)],
    );
    let impossible = b"Q\x00\x00\x00\x03";
    let fault = Fault::Length(3);
    check("postgres", impossible, &[(impossible, Some(fault))]);
    // The rule by hand, for a stream whose messages all have a type.
    check(
        "length:u32be,at=1,self",
        b"Q\x00\x00\x00\x05\0X\x00\x00\x00\x04",
        &[(b"Q\x00\x00\x00\x05\0", None), (b"X\x00\x00\x00\x04", None)],
    );
}

#[test]
fn an_impossible_length_is_a_fault_up_to_a_possible_one() {
    let check_one = |rule: &str, head: &[u8], fault: Fault| {
        check(rule, head, &[(head, Some(fault))]);
    };
    check_one(
        "length:u32be",
        b"\x01\x00\x00\x00",
        Fault::Length(0x0100_0000),
    );
    check_one("length:u64be", &[0xFF; 8], Fault::Length(u64::MAX));
    check_one("length:u16be,self", b"\x00\x01", Fault::Length(1));
    check_one("length:u8,adjust=-3", b"\x02", Fault::Length(2));
    check_one("varint", b"\x80\x80\x80\x08", Fault::Length(0x0100_0000));
    check_one("varint", &[0xFF; 10], Fault::Varint);
    // The last field may be incomplete.
    let length = Some(Fault::Length(0xFFFF_FFFF));
    check(
        "length:u32be",
        b"\xFF\xFF\xFF\xFF",
        &[(b"\xFF\xFF\xFF\xFF", length)],
    );
    check(
        "length:u32be",
        b"\xFF\xFF\xFF\xFFHTTP\x00\x00\x00\x01a\x00\x00\x00\x00any\xFF\x00\x00",
        &[
            (b"\xFF\xFF\xFF\xFFHTTP", length),
            (b"\x00\x00\x00\x01a", None),
            (b"\x00\x00\x00\x00", None),
            (b"any\xFF", Some(Fault::Length(0x616E_79FF))),
            (b"\x00\x00", UNFINISHED),
        ],
    );
    check(
        "varint",
        b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x0F\x01a",
        &[
            (
                b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x0F",
                Some(Fault::Varint),
            ),
            (b"\x01a", None),
        ],
    );
}

#[test]
fn a_hostile_stream_costs_few_frames() {
    let count = |rule: &str, stream: &[u8]| cut(&framing(rule), &[stream]).len();
    let hostile = vec![0xFF; 3 * MAX_FRAME_BYTES as usize + 3];
    for rule in ["length:u32be", "length:u32le,at=3", "length:u64be"] {
        assert!(count(rule, &hostile) <= 5, "{rule}");
        // Text is no length either.
        assert!(
            count(rule, &b"GET / HTTP/1.1\r\n".repeat(100_000)) <= 2,
            "{rule}"
        );
    }
    assert!(count("varint", &hostile) <= 5);
}

#[test]
fn impossible_lengths_do_not_reach_beyond_a_gap() {
    let mut cutter = Cutter::new(&framing("length:u32be"));
    let mut frames = Vec::new();
    let mut emit = |frame: Frame| frames.push((frame.range, frame.fault));
    cutter.push(&[0xFF; 10], 0, &mut emit);
    cutter.skip(5, &mut emit);
    cutter.push(&[0xFF; 4], 0, &mut emit);
    cutter.finish(&mut emit);
    let length = Some(Fault::Length(0xFFFF_FFFF));
    let expected = [(0..8, length), (8..10, Some(Fault::Gap)), (15..19, length)];
    assert_eq!(frames, expected);
}

#[test]
fn frames_are_between_marks_and_the_rest_is_outside() {
    check(
        "mllp",
        b"xx\x0BMSH\r\x1C\r\x0Ba\x1C\x1C\ry",
        &[
            (b"xx", OUTSIDE),
            (b"\x0BMSH\r\x1C\r", None),
            (b"\x0Ba\x1C\x1C\r", None),
            (b"y", OUTSIDE),
        ],
    );
    check("mllp", b"\x0Ba\x1C", &[(b"\x0Ba\x1C", UNFINISHED)]);
    check(
        "stx-etx",
        b"\x02a\x10\x03b\x03\x02\x03",
        &[(b"\x02a\x10\x03b\x03", None), (b"\x02\x03", None)],
    );
    // DLE STX … DLE ETX, with each DLE of the payload doubled.
    check(
        "between:1002,1003,10",
        b"\x10\x02a\x10\x10\x03b\x10\x03",
        &[(b"\x10\x02a\x10\x10\x03b\x10\x03", None)],
    );
}

#[test]
fn slip_frames_end_with_end_and_may_begin_with_it() {
    check(
        "slip",
        b"\xC0ab\xC0\xC0c\xC0d\xC0\xC0",
        &[
            (b"\xC0ab\xC0", None),
            (b"\xC0c\xC0", None),
            (b"d\xC0", None),
            (b"\xC0", UNFINISHED),
        ],
    );
    check("slip", b"\xC0\xC0\xC0a", &[(b"\xC0\xC0\xC0a", UNFINISHED)]);
}

#[test]
fn silence_ends_a_frame() {
    let mut cutter = Cutter::new(&framing("silence:20ms"));
    let mut frames = Vec::new();
    let mut emit = |frame: Frame| frames.push(frame.range);
    let millis = |millis: u64| millis * 1_000_000;
    assert_eq!(cutter.deadline_nanos(), None);
    cutter.push(b"ab", millis(0), &mut emit);
    cutter.push(b"c", millis(19), &mut emit);
    assert_eq!(cutter.deadline_nanos(), Some(millis(39)));
    cutter.pass(millis(38), &mut emit);
    cutter.push(b"d", millis(39), &mut emit);
    cutter.pass(millis(59), &mut emit);
    assert_eq!(cutter.deadline_nanos(), None);
    cutter.push(b"e", millis(60), &mut emit);
    cutter.finish(&mut emit);
    assert_eq!(frames, [0..3, 3..4, 4..5]);
}

#[test]
fn no_frame_spans_a_gap() {
    let mut cutter = Cutter::new(&framing("length:u8"));
    let mut frames = Vec::new();
    let mut emit = |frame: Frame| frames.push((frame.range, frame.fault));
    cutter.push(b"\x05ab", 0, &mut emit);
    cutter.skip(10, &mut emit);
    cutter.push(b"\x01c", 0, &mut emit);
    cutter.skip(1, &mut emit);
    assert_eq!(cutter.offset(), 16);
    assert_eq!(frames, [(0..3, Some(Fault::Gap)), (13..15, None)]);
}

#[test]
fn a_frame_without_an_end_is_cut_and_a_delimiter_across_the_cut_still_ends_one() {
    let most = MAX_FRAME_BYTES as usize;
    let mut stream = vec![b'a'; most - 1];
    stream.extend_from_slice(b"\r\nb\r\n");
    let frames = cut(&framing("crlf"), &[&stream]);
    let end = stream.len() as u64;
    let expected = [
        (0..most as u64 - 1, Some(Fault::TooLong)),
        (most as u64 - 1..most as u64 + 1, None),
        (most as u64 + 1..end, None),
    ];
    let actual: Vec<_> = frames.into_iter().map(|it| (it.range, it.fault)).collect();
    assert_eq!(actual, expected);
}

const RULES: [&str; 23] = [
    "line",
    "lf",
    "crlf",
    "cr",
    "delimiter:0101",
    "delimiter:010001",
    "fixed:3",
    "length:u8",
    "length:u16be,at=1",
    "length:u16le,self",
    "length:u8,adjust=-1",
    "length:u32be,at=1",
    "varint",
    "varint:at=1,most=2",
    "mqtt",
    "postgres",
    "resp",
    "websocket",
    "between:01,02",
    "between:0101,0102,01",
    "mllp",
    "slip",
    "silence:1000ms",
];

const HTTP_PARTS: [&str; 16] = [
    "GET / HTTP/1.1\r\n",
    "HEAD / HTTP/1.1\r\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 101 A\r\n",
    "HTTP/1.1 204 A\r\n\r\n",
    "Content-Length: 3\r\n",
    "Content-Length: x\r\n",
    "Transfer-Encoding: chunked\r\n",
    "\r\n",
    "\n",
    "3\r\nabc\r\n",
    "3\r\nab",
    "0\r\n\r\n",
    " folded\r\n",
    "A: b\r\n",
    "x",
];
const RESP_PARTS: [&str; 14] = [
    "*2\r\n",
    "*0\r\n",
    "%1\r\n",
    "|1\r\n",
    "$3\r\nabc\r\n",
    "$3\r\nab",
    "$-1\r\n",
    "$99999999\r\n",
    "+OK\r\n",
    ":1\n",
    "PING\n",
    "\r\n",
    "*",
    "5",
];

proptest! {
    #[test]
    fn frames_do_not_depend_on_reads_and_cover_the_stream(
        rule in proptest::sample::select(&RULES[..]),
        stream in proptest::collection::vec(
            proptest::sample::select(&[0, 1, 2, 3, 0x0A, 0x0B, 0x0D, 0x10, 0x1C, b'N', 0x80, 0xC0, 0xDB, 0xFF][..]), 0..60),
        cuts in proptest::collection::vec(1..9_usize, 1..60),
    ) {
        let framing = framing(rule);
        let whole = cut(&framing, &[&stream]);
        let mut pieces = Vec::new();
        let mut rest = &stream[..];
        for len in cuts {
            let (piece, after) = rest.split_at(len.min(rest.len()));
            pieces.push(piece);
            rest = after;
        }
        pieces.push(rest);
        prop_assert_eq!(&cut(&framing, &pieces), &whole);
        let mut end = 0;
        for frame in &whole {
            prop_assert_eq!(frame.range.start, end);
            prop_assert!(frame.range.end > end);
            end = frame.range.end;
            framing.payload(&stream[frame.range.start as usize..end as usize]);
        }
        prop_assert_eq!(end, stream.len() as u64);
        let is_impossible =
            |frame: &Frame| matches!(frame.fault, Some(Fault::Length(_) | Fault::Varint));
        // A value of RESP that begins well may have an impossible length in it.
        let may_repeat = framing == Framing::Resp;
        prop_assert!(may_repeat || !whole.windows(2).any(|pair| pair.iter().all(is_impossible)));
    }

    #[test]
    fn messages_of_text_protocols_do_not_depend_on_reads_and_cover_the_stream(
        (rule, parts) in proptest::prop_oneof![
            (Just("http"), proptest::collection::vec(proptest::sample::select(&HTTP_PARTS[..]), 0..12)),
            (Just("resp"), proptest::collection::vec(proptest::sample::select(&RESP_PARTS[..]), 0..12)),
        ],
        cuts in proptest::collection::vec(1..30_usize, 1..30),
    ) {
        let stream = parts.concat().into_bytes();
        let framing = framing(rule);
        let whole = cut(&framing, &[&stream]);
        let mut pieces = Vec::new();
        let mut rest = &stream[..];
        for len in cuts {
            let (piece, after) = rest.split_at(len.min(rest.len()));
            pieces.push(piece);
            rest = after;
        }
        pieces.push(rest);
        prop_assert_eq!(&cut(&framing, &pieces), &whole);
        let bytes: Vec<_> = stream.chunks(1).collect();
        prop_assert_eq!(&cut(&framing, &bytes), &whole);
        let mut end = 0;
        for frame in &whole {
            prop_assert_eq!(frame.range.start, end);
            prop_assert!(frame.range.end > end);
            end = frame.range.end;
        }
        prop_assert_eq!(end, stream.len() as u64);
        if framing.is_stateless() {
            for (place, frame) in (1..).zip(&whole) {
                let mut again = Cutter::new(&framing);
                let mut frames = Vec::new();
                let end = frame.range.end;
                again.skip(end, &mut |frame| frames.push(frame));
                again.push(&stream[end as usize..], 0, &mut |frame| frames.push(frame));
                again.finish(&mut |frame| frames.push(frame));
                prop_assert_eq!(&frames, &whole[place..]);
            }
        }
    }

    #[test]
    fn cutting_can_restart_after_any_frame(
        rule in proptest::sample::select(&RULES[..]),
        stream in proptest::collection::vec(
            proptest::sample::select(&[0, 1, 2, 3, 0x0A, 0x0B, 0x0D, 0x10, 0x1C, b'N', 0x80, 0xC0, 0xDB, 0xFF][..]), 0..60),
    ) {
        let framing = framing(rule);
        let whole = cut(&framing, &[&stream]);
        for (place, frame) in (1..).zip(&whole) {
            let end = frame.range.end;
            let mut again = Cutter::new(&framing);
            let mut frames = Vec::new();
            again.skip(end, &mut |frame| frames.push(frame));
            again.push(&stream[end as usize..], 0, &mut |frame| frames.push(frame));
            again.finish(&mut |frame| frames.push(frame));
            prop_assert_eq!(&frames, &whole[place..]);
        }
    }

    #[test]
    fn silences_depend_only_on_bytes_and_times(
        reads in proptest::collection::vec((0..9_usize, 0..9_u64), 0..30),
    ) {
        let framing = framing("silence:4ms");
        let mut nanos = 0;
        let mut whole = Cutter::new(&framing);
        let mut bytewise = Cutter::new(&framing);
        let (mut expected, mut frames) = (Vec::new(), Vec::new());
        let mut ends = Vec::new();
        for (len, pause) in reads {
            nanos += pause * 1_000_000;
            if pause >= 4 && len > 0 {
                ends.push(whole.offset());
            }
            whole.push(&vec![0; len], nanos, &mut |frame| expected.push(frame));
            for _ in 0..len {
                bytewise.push(&[0], nanos, &mut |frame| frames.push(frame));
            }
        }
        whole.finish(&mut |frame| expected.push(frame));
        bytewise.finish(&mut |frame| frames.push(frame));
        prop_assert_eq!(&frames, &expected);
        let actual: Vec<u64> = frames.iter().map(|frame| frame.range.end).collect();
        prop_assert!(ends.iter().all(|end| *end == 0 || actual.contains(end)));
    }
}
