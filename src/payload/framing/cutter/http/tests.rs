//! Tests of cutting HTTP/1.

use super::super::tests::{UNFINISHED, check, cut, framing};
use super::*;
use crate::payload::framing::{Cutter, Frame, MAX_FRAME_BYTES};

#[test]
fn a_request_ends_with_its_head_or_as_its_length_says() {
    check(
        "http",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc\r\nGET /c HTTP/1.0\r\n\r\n",
        &[
            (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", None),
            (b"POST /b HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", None),
            // A client may send an empty line after a body (RFC 9112, 2.2).
            (b"\r\nGET /c HTTP/1.0\r\n\r\n", None),
        ],
    );
    check(
        "http",
        b"PUT / HTTP/1.1\r\ncontent-length:2, 2\r\n\r\na",
        &[(
            b"PUT / HTTP/1.1\r\ncontent-length:2, 2\r\n\r\na",
            UNFINISHED,
        )],
    );
}

#[test]
fn chunks_end_with_the_trailer() {
    let chunked: &[u8] =
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n4;a=b\r\nWiki\r\nA \r\n0123456789\r\n0\r\nETag: x\r\n\r\n";
    check(
        "http",
        &[chunked, b"HTTP/1.1 204 No Content\r\n\r\n"].concat(),
        &[(chunked, None), (b"HTTP/1.1 204 No Content\r\n\r\n", None)],
    );
}

#[test]
fn a_response_without_a_length_ends_with_the_stream() {
    let check = |response: &[u8]| check("http", response, &[(response, None)]);
    check(b"HTTP/1.0 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");
    check(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n");
}

#[test]
fn some_responses_have_no_body() {
    check(
        "http",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
        &[
            (b"HTTP/1.1 100 Continue\r\n\r\n", None),
            (
                b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
                None,
            ),
            (b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", None),
        ],
    );
}

#[test]
fn a_malformed_head_is_a_fault_of_a_message_whose_end_is_known() {
    let check = |message: &[u8], fault: Fault| {
        let next: &[u8] = b"GET / HTTP/1.1\r\n\r\n";
        let stream = [message, next].concat();
        check("http", &stream, &[(message, Some(fault)), (next, None)]);
    };
    check(b"GET / HTTP/1.1\nHost: a\n\n", Fault::HeadLine);
    check(b"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", Fault::HeadLine);
    check(b"GET / HTTP/1.1\r\nA : b\r\n\r\n", Fault::HeadLine);
    check(b"GET / HTTP/1.1\r\nA\r\n\r\n", Fault::HeadLine);
    check(
        b"POST / HTTP/1.1\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        Fault::TwoLengths,
    );
    check(
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\na\n0\n\n",
        Fault::Chunk,
    );
}

#[test]
fn a_message_without_a_known_end_extends_to_the_next_start_line() {
    let check = |lost: &[u8], fault: Fault| {
        let next: &[u8] = b"HTTP/1.1 204 No Content\r\n\r\n";
        let stream = [lost, next].concat();
        check("http", &stream, &[(lost, Some(fault)), (next, None)]);
    };
    check(b"\x16\x03\x01\x02\n\nGET / HTTP/2.0\r\n", Fault::StartLine);
    check(b"HTTP/1.1 20 OK\r\n", Fault::StartLine);
    let lengths = [
        "Content-Length: -1",
        "Content-Length: 1, 2",
        "Content-Length:",
        "Content-Length: 99999999999999999999",
        "Content-Length: 1\r\nContent-Length: 2",
        "Transfer-Encoding: gzip",
    ];
    for length in lengths {
        let post = format!("POST / HTTP/1.1\r\n{length}\r\n\r\nab\r\n");
        check(post.as_bytes(), Fault::BodyLength);
    }
    for chunk in [
        "x\r\n",
        "\r\n",
        "1\r\nabc\r\n",
        "10000000000000000\r\n",
        "1\r\na\rb\r\n",
    ] {
        let post = format!("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}");
        check(post.as_bytes(), Fault::Chunk);
    }
    let long = format!("GET / HTTP/1.1\r\nA: {}\r\n", "b".repeat(MAX_HEAD_BYTES));
    check(long.as_bytes(), Fault::HeadTooLong);
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "b".repeat(MAX_HEAD_BYTES));
    check(long.as_bytes(), Fault::StartLine);
}

/// The frames of a stream of responses, after these requests.
fn responses(requests: &[u8], responses: &[u8]) -> Vec<(std::ops::Range<u64>, Option<Fault>)> {
    let http = framing("http");
    let (mut asking, mut answering) = (Cutter::new(&http), Cutter::new(&http));
    asking.push(requests, 0, &mut |_| {});
    answering.learn(&mut asking);
    let mut frames = Vec::new();
    let mut emit = |frame: Frame| frames.push((frame.range, frame.fault));
    answering.push(responses, 0, &mut emit);
    answering.finish(&mut emit);
    frames
}

#[test]
fn a_response_to_head_has_no_body_in_the_order_of_requests() {
    let ok = b"HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n";
    let len = ok.len() as u64;
    let continued = b"HTTP/1.1 100 Continue\r\n\r\n";
    let asked = b"HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\nHEAD / HTTP/1.1\r\n\r\n";
    let body = [b'x'; 38];
    let stream = [&continued[..], ok, ok, &body, ok].concat();
    let start = continued.len() as u64;
    let second = start + len;
    let third = second + len + 38;
    assert_eq!(
        responses(asked, &stream),
        [
            (0..start, None),
            (start..second, None),
            (second..third, None),
            (third..third + len, None)
        ]
    );
    // Without the requests, the length counts.
    assert_eq!(
        responses(b"", &[&ok[..], &body].concat()),
        [(0..len + 38, None)]
    );
}

#[test]
fn after_an_upgrade_or_in_a_tunnel_the_rest_is_one_frame() {
    let switching = b"HTTP/1.1 101 Switching Protocols\r\n\r\n";
    let stream = [&switching[..], b"\x81\x05hello\nGET / HTTP/1.1\r\n\r\n"].concat();
    let end = stream.len() as u64;
    let head = switching.len() as u64;
    let expected = [(0..head, None), (head..end, None)];
    assert_eq!(responses(b"", &stream), expected);
    let connected = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n";
    let head = connected.len() as u64;
    let stream = [&connected[..], b"SSH-2.0"].concat();
    let expected = [(0..head, None), (head..head + 7, None)];
    assert_eq!(
        responses(b"CONNECT a:22 HTTP/1.1\r\n\r\n", &stream),
        expected
    );
}

#[test]
fn after_an_upgrade_the_requests_are_foreign_too() {
    let http = framing("http");
    let (mut asking, mut answering) = (Cutter::new(&http), Cutter::new(&http));
    let mut frames = Vec::new();
    let mut emit = |frame: Frame| frames.push((frame.range, frame.fault));
    asking.push(b"GET / HTTP/1.1\r\n\r\n", 0, &mut emit);
    answering.learn(&mut asking);
    answering.push(b"HTTP/1.1 101 A\r\n\r\n", 0, &mut |_| {});
    asking.learn(&mut answering);
    asking.push(b"\x81\x80\nabcd\n", 0, &mut emit);
    asking.finish(&mut emit);
    assert_eq!(frames, [(0..18, None), (18..26, None)]);
}

#[test]
fn a_long_body_is_cut_and_the_next_message_still_found() {
    let most = MAX_FRAME_BYTES as usize;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", 2 * most);
    let mut stream = head.into_bytes();
    let end = stream.len() as u64 + 2 * MAX_FRAME_BYTES;
    stream.resize(end as usize, b'\n');
    stream.extend_from_slice(b"HTTP/1.1 204 A\r\n\r\n");
    let frames = cut(&framing("http"), &[&stream]);
    let actual: Vec<_> = frames.into_iter().map(|it| (it.range, it.fault)).collect();
    let expected = [
        (0..MAX_FRAME_BYTES, Some(Fault::TooLong)),
        (MAX_FRAME_BYTES..2 * MAX_FRAME_BYTES, Some(Fault::TooLong)),
        (2 * MAX_FRAME_BYTES..end, Some(Fault::Rest)),
        (end..end + 18, None),
    ];
    assert_eq!(actual, expected);
}

#[test]
fn requests_without_answers_are_bounded() {
    let http = framing("http");
    let (mut asking, mut answering) = (Cutter::new(&http), Cutter::new(&http));
    let pair = b"HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n";
    asking.push(&pair.repeat(1_000), 0, &mut |_| {});
    answering.learn(&mut asking);
    let mut frames = 0;
    answering.push(b"HTTP/1.1 204 A\r\n\r\n", 0, &mut |_| frames += 1);
    assert_eq!(frames, 1);
}
