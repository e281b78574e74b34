//! Tests of cutting Redis's protocol.

use super::super::tests::{UNFINISHED, check, cut, framing};
use super::*;

#[test]
fn a_frame_is_a_value_with_all_that_it_contains() {
    check(
        "resp",
        b"+OK\r\n-ERR a\r\n:1\r\n$3\r\na\r\n\r\n$0\r\n\r\n$-1\r\n*-1\r\n*0\r\n*2\r\n*1\r\n:1\r\n$1\r\na\r\n+x\r\n",
        &[
            (b"+OK\r\n", None),
            (b"-ERR a\r\n", None),
            (b":1\r\n", None),
            (b"$3\r\na\r\n\r\n", None),
            (b"$0\r\n\r\n", None),
            (b"$-1\r\n", None),
            (b"*-1\r\n", None),
            (b"*0\r\n", None),
            (b"*2\r\n*1\r\n:1\r\n$1\r\na\r\n", None),
            (b"+x\r\n", None),
        ],
    );
    check(
        "resp",
        b"%1\r\n+a\r\n#t\r\n~2\r\n_\r\n,1.5\r\n>1\r\n(123\r\n!3\r\nERR\r\n=5\r\ntxt:a\r\n|1\r\n+ttl\r\n:9\r\n*1\r\n:1\r\n",
        &[
            (b"%1\r\n+a\r\n#t\r\n", None),
            (b"~2\r\n_\r\n,1.5\r\n", None),
            (b">1\r\n(123\r\n", None),
            (b"!3\r\nERR\r\n", None),
            (b"=5\r\ntxt:a\r\n", None),
            (b"|1\r\n+ttl\r\n:9\r\n*1\r\n:1\r\n", None),
        ],
    );
    check("resp", b"*2\r\n:1\r\n", &[(b"*2\r\n:1\r\n", UNFINISHED)]);
}

#[test]
fn an_inline_command_is_a_line() {
    check(
        "resp",
        b"PING\r\nSET a b\n\r\n$1\r\na\r\n",
        &[
            (b"PING\r\n", None),
            (b"SET a b\n", None),
            (b"\r\n", None),
            (b"$1\r\na\r\n", None),
        ],
    );
}

#[test]
fn what_is_no_value_is_one_fault_up_to_the_next_aggregate_or_string() {
    let check = |lost: &[u8], fault: Fault| {
        let next: &[u8] = b"*1\r\n:1\r\n";
        let stream = [lost, next].concat();
        check("resp", &stream, &[(lost, Some(fault)), (next, None)]);
    };
    check(b"$16777217\r\n+OK\r\nxyz\r\n", Fault::Length(16_777_217));
    check(b"*9999999\r\n*9999999\r\n", Fault::Length(9_999_999));
    check(b"*18446744073709551615\r\n", Fault::Length(u64::MAX));
    check(b"$-2\r\n", Fault::Resp);
    check(b"$1\n", Fault::Resp);
    check(b"+OK\n", Fault::Resp);
    check(b"$?\r\n", Fault::Resp);
    check(b"$18446744073709551616\r\n", Fault::Resp);
    check(
        b"$0000000000000000000000000000000000001\r\na\r\n",
        Fault::Resp,
    );
    check(b"*2\r\nabc\r\n", Fault::Resp);
    check(b"$1\r\nabc\r\n", Fault::Resp);
    check(b"$1\r\na\rb\r\n", Fault::Resp);
    let long = [&vec![b'a'; INLINE_BYTES][..], b"\r\n"].concat();
    check(&long, Fault::Resp);
}

#[test]
fn deep_nesting_costs_nothing_and_never_ends_in_too_many_values() {
    let nested = b"*1\r\n".repeat(100_000);
    let stream = [&nested[..], b":1\r\n"].concat();
    check("resp", &stream, &[(&stream, None)]);
    let frames = cut(&framing("resp"), &[&b"*5000000\r\n".repeat(100_000)]);
    assert_eq!(frames.len(), 50_000);
    assert!(
        frames
            .iter()
            .all(|frame| frame.fault == Some(Fault::Length(5_000_000)))
    );
}
