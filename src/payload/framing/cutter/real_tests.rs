//! Tests of cutting what real programs sent over a loopback connection.

use super::tests::{check, framing};
use super::*;

/// Checks that a stream of these messages is cut into them.
fn check_all(rule: &str, messages: &[&[u8]]) {
    let expected: Vec<_> = messages.iter().map(|message| (*message, None)).collect();
    check(rule, &messages.concat(), &expected);
}

/// PostgreSQL 15.18: `psql -c 'select 1'`, without GSSAPI.
#[test]
fn psql_opens_a_connection_and_asks() {
    check_all(
        "postgres",
        &[
            b"\x00\x00\x00\x08\x04\xd2\x16/",
            b"\x00\x00\x00?\x00\x03\x00\x00user\0postgres\0database\0postgres\0application_name\0psql\0\0",
            b"Q\x00\x00\x00\rselect 1\0",
            b"X\x00\x00\x00\x04",
        ],
    );
}

/// What the server answered; it reports more parameters than these.
#[test]
fn postgres_answers_psql() {
    check_all(
        "postgres",
        &[
            b"N",
            b"R\x00\x00\x00\x08\x00\x00\x00\x00",
            b"S\x00\x00\x00\x1aapplication_name\0psql\0",
            b"S\x00\x00\x00\x19client_encoding\0UTF8\0",
            b"K\x00\x00\x00\x0c\x00\x00!\xb4\x0b\x9f)\x83",
            b"Z\x00\x00\x00\x05I",
            b"T\x00\x00\x00!\x00\x01?column?\0\x00\x00\x00\x00\x00\x00\x00\x00\x00\x17\x00\x04\xff\xff\xff\xff\x00\x00",
            b"D\x00\x00\x00\x0b\x00\x01\x00\x00\x00\x011",
            b"C\x00\x00\x00\rSELECT 1\0",
            b"Z\x00\x00\x00\x05I",
        ],
    );
}

/// Mosquitto 2.0.11: `mosquitto_pub` at least once, then a longer message at most once.
#[test]
fn mosquitto_publishes() {
    let long = [&b"0\x80\x01\x00\x01a"[..], &[b'x'; 125]].concat();
    check_all(
        "mqtt",
        &[
            b"\x10\r\x00\x04MQTT\x04\x02\x00<\x00\x01c",
            b"2\x07\x00\x01a\x00\x01hi",
            &long,
            b"\xe0\x00",
        ],
    );
    check_all("mqtt", &[b" \x02\x00\x00", b"@\x02\x00\x01"]);
}

/// Redis 7.0.15: `redis-cli`, with RESP2 and with RESP3.
#[test]
fn redis_is_asked_and_answers() {
    check_all(
        "resp",
        &[
            b"*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n",
            b"*4\r\n$4\r\nHSET\r\n$1\r\nh\r\n$1\r\nf\r\n$1\r\nv\r\n",
            b"*4\r\n$6\r\nLRANGE\r\n$1\r\nl\r\n$1\r\n0\r\n$2\r\n-1\r\n",
        ],
    );
    check_all(
        "resp",
        &[
            b":2\r\n",
            b"*2\r\n$1\r\na\r\n$2\r\nbc\r\n",
            b"$-1\r\n",
            b"-ERR unknown command 'BOGUS', with args beginning with: \r\n",
            b"%7\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$6\r\n7.0.15\r\n$5\r\nproto\r\n:3\r\n$2\r\nid\r\n:8\r\n$4\r\nmode\r\n$10\r\nstandalone\r\n$4\r\nrole\r\n$6\r\nmaster\r\n$7\r\nmodules\r\n*0\r\n",
            b":1\r\n",
        ],
    );
}

/// curl 7.88.1: `HEAD` and `GET` over one connection; a `PUT` from standard input.
const CURL: [&[u8]; 3] = [
    b"HEAD /a HTTP/1.1\r\nHost: 127.0.0.1:37713\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n",
    b"GET /a HTTP/1.1\r\nHost: 127.0.0.1:37713\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\n\r\n",
    b"PUT /a HTTP/1.1\r\nHost: 127.0.0.1:51361\r\nUser-Agent: curl/7.88.1\r\nAccept: */*\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nup\r\n0\r\n\r\n",
];

#[test]
fn curl_asks() {
    check_all("http", &CURL);
}

/// nginx 1.22.1: to `HEAD` and to `GET`, with chunks; to `GET` in HTTP/1.0, up to the end of the connection. Python 3.11.7:
/// `http.server`, with a length.
#[test]
fn nginx_and_python_answer_curl() {
    check_all(
        "http",
        &[
            b"HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Thu, 26 Nov 2026 19:24:31 GMT\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n6\r\nhello\n\r\n0\r\n\r\n",
            b"HTTP/1.0 200 OK\r\nServer: SimpleHTTP/0.6 Python/3.11.7\r\nDate: Thu, 26 Nov 2026 19:24:31 GMT\r\nContent-type: application/octet-stream\r\nContent-Length: 6\r\nLast-Modified: Thu, 26 Nov 2026 19:24:31 GMT\r\n\r\nhello\n",
            b"HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Thu, 26 Nov 2026 19:34:57 GMT\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nabcd\n",
        ],
    );
}

#[test]
fn nginx_answers_a_head_and_a_get_of_curl() {
    let head: &[u8] = b"HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Thu, 26 Nov 2026 19:24:31 GMT\r\nContent-Type: text/plain\r\nConnection: keep-alive\r\n\r\n";
    let get: &[u8] = b"HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Thu, 26 Nov 2026 19:24:31 GMT\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n6\r\nhello\n\r\n0\r\n\r\n";
    let http = framing("http");
    let (mut asking, mut answering) = (Cutter::new(&http), Cutter::new(&http));
    asking.push(&CURL[..2].concat(), 0, &mut |_| {});
    answering.learn(&mut asking);
    let mut ends = Vec::new();
    answering.push(&[head, get].concat(), 0, &mut |frame| {
        ends.push((frame.range.end, frame.fault));
    });
    let head = head.len() as u64;
    assert_eq!(ends, [(head, None), (head + get.len() as u64, None)]);
}
