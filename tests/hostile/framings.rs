//! Bytes that break the rules of a framing, or keep to them as nobody would: none of them is taken for a request that it
//! is not, a good peer is answered after each, and no more is kept than a request may have.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr};
use std::thread;

use bothends::net::{Command, ServerConfig};
use bothends::payload::Case;
use bothends::payload::framing::{Framing, MAX_FRAME_BYTES};
use bothends::payload::groups::RegexGroups;
use bothends::script::rules::{BytePattern, Predicate, RuleAct, To};
use bytes::Bytes;

use crate::bounds::Bounds;
use crate::rules::{self, rule, send};
use crate::support::hostile::ledger::{End, Ledger};
use crate::support::hostile::quick;
use crate::support::{MIB, Rig, SERVER, dial, fixed, read_exactly, script, server};

/// What answers each request.
const REPLY: &[u8] = b"OK\n";
/// A request for WebSocket, which its frames follow.
const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";
const CHUNKED: &[u8] = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
const GET: &[u8] = b"GET / HTTP/1.1\r\n\r\n";

/// What a hostile peer sends to a server with a framing.
struct Attack {
    framing: &'static str,
    bytes: Vec<u8>,
    /// How many requests there are in it; `None` if there are so many that nobody reads the replies.
    requests: Option<usize>,
}

/// Returns what begins in this way and goes on with so many times the same.
fn endless(head: &[u8], rest: &[u8], times: usize) -> Vec<u8> {
    [head, &rest.repeat(times)].concat()
}

/// Each framing with a request in it.
const GOOD: [(&str, &[u8]); 17] = [
    ("line", b"a\r\n"),
    ("lf", b"a\n"),
    ("crlf", b"a\r\n"),
    ("delimiter:00FF", b"a\0\xFF"),
    ("fixed:16777216", b""),
    ("length:u16be", b"\0\x01a"),
    ("length:u32be", b"\0\0\0\x01a"),
    ("length:u64le", b"\x01\0\0\0\0\0\0\0a"),
    ("varint", b"\x01a"),
    ("mqtt", b"\x10\x01a"),
    ("postgres", b"\0\0\0\x05a"),
    ("mllp", b"\x0Ba\x1C\r"),
    ("stx-etx", b"\x02a\x03"),
    ("slip", b"a\xC0"),
    ("http", GET),
    ("resp", b"PING\r\n"),
    ("websocket", UPGRADE),
];

fn attacks() -> Vec<Attack> {
    let none = |framing, bytes| Attack {
        framing,
        bytes,
        requests: Some(0),
    };
    let flood = |framing, bytes| Attack {
        framing,
        bytes,
        requests: None,
    };
    let one = |framing, bytes| Attack {
        framing,
        bytes,
        requests: Some(1),
    };
    let beyond = MAX_FRAME_BYTES as usize + MIB;
    vec![
        none("line", endless(b"", b"x", MIB)),
        none("lf", endless(b"", b"x", beyond)),
        flood("lf", endless(b"", b"\n", 200_000)),
        none("crlf", endless(b"", b"\r", MIB)),
        none("delimiter:00FF", endless(b"", b"\0", MIB)),
        none("fixed:16777216", endless(b"", b"x", MIB)),
        flood("length:u16be", endless(b"", b"\0", 200_000)),
        // 4 GiB, and 16 MiB that do not come.
        none("length:u32be", endless(b"", b"\xFF", MIB)),
        none("length:u32be", b"\0\xFF\xFF\xF0x".to_vec()),
        none("length:u64le", endless(b"", b"\xFF", MIB)),
        none("varint", endless(b"", b"\x80", MIB)),
        none("varint", endless(b"", b"\xFF", MIB)),
        none("mqtt", endless(b"\x10", b"\xFF", MIB)),
        none("postgres", endless(b"", b"\xFF", MIB)),
        none("mllp", endless(b"", b"\x0B", MIB)),
        none("stx-etx", endless(b"\x02", b"\x10", MIB)),
        none("stx-etx", endless(b"", b"x", MIB)),
        // Without end, as COBS without a zero would be.
        none("slip", endless(b"\xC0", b"\xDB", MIB)),
        none("http", endless(b"GET / HTTP/1.1\r\nX: ", b"x", MIB)),
        none("http", endless(b"GET / HTTP/1.1\r\n", b"X: y\r\n", 100_000)),
        none("http", endless(b"", b"\r\n", 500_000)),
        none("http", endless(CHUNKED, b"F", MIB)),
        none("http", endless(CHUNKED, b"FFFFFFFFFFFFFFFFF\r\n", 5_000)),
        flood("http", endless(b"", GET, 20_000)),
        none("resp", endless(b"", b"*2147483648\r\n", 10_000)),
        none("resp", endless(b"", b"*1\r\n", 200_000)),
        none("resp", endless(b"", b"$4294967295\r\n", 10_000)),
        none("resp", endless(b"", b"%9223372036854775807\r\n", 10_000)),
        flood("resp", endless(b"", b"*0\r\n", 50_000)),
        one("websocket", endless(UPGRADE, b"\xFF", MIB)),
        flood("websocket", endless(UPGRADE, b"\x82\0", 100_000)),
    ]
}

#[test]
fn hostile_bytes_of_each_framing_trouble_nobody_else() {
    withstand(|framing| {
        let mut config = server();
        script(&mut config.behaviour).reply = fixed(Bytes::from_static(REPLY));
        script(&mut config.behaviour).framing = Some(framing);
        config
    });
}

#[test]
fn hostile_bytes_of_each_framing_trouble_nobody_else_where_rules_answer() {
    withstand(ruled);
}

/// A server whose rules look into each request in the ways that take longest, and answer it.
fn ruled(framing: Framing) -> ServerConfig {
    // A backtracking engine would take for ever (CWE-1333).
    let evil = RegexGroups::parse("^(([x\\n\\r\\x00])+)+$!", Case::Exact).unwrap();
    let wide = [Some(b'x'), None, Some(b'x'), None, Some(b'!')];
    let wide = BytePattern::new(wide.repeat(20), true);
    let reset = || RuleAct::Reset(To::Peer);
    let rules = vec![
        rule("evil", &[Predicate::Regex(evil)], reset()),
        rule("wide", &[Predicate::Contains(wide)], reset()),
        rule("any", &[], send(REPLY, To::Peer)),
    ];
    rules::server_with(rules, Some(framing))
}

/// Has servers attacked, one for each framing.
fn withstand(config: impl Fn(Framing) -> ServerConfig) {
    let bounds = Bounds::new();
    let mut rig = Rig::new();
    let mut attacks = attacks();
    for (framing, good) in GOOD {
        let address = rig.listen(config(framing.parse().unwrap()));
        let mine: Vec<_> = attacks.extract_if(.., |it| it.framing == framing).collect();
        assert!(!mine.is_empty(), "{framing}");
        let mut ledger = Ledger::default();
        thread::scope(|scope| {
            let attacking = scope.spawn(|| {
                for attack in &mine {
                    run(attack, address);
                    is_answered(address, good);
                }
            });
            while !attacking.is_finished() {
                ledger.take(&mut rig);
                bounds.check_memory(framing);
            }
            attacking.join().unwrap();
        });
        ledger.until(&mut rig, framing, |it| {
            it.accounts.len() == 2 * mine.len() && it.open() == 0
        });
        check(&ledger, &mine);
        rig.command(SERVER, Command::Stop);
        ledger.until(&mut rig, framing, |it| it.is_stopped);
    }
    assert!(attacks.is_empty());
    rig.engine.shutdown();
    drop(rig.events);
    bounds.are_given_back();
}

/// Attacks, and takes the replies if they can be counted.
fn run(attack: &Attack, address: SocketAddr) {
    let Some(requests) = attack.requests else {
        // The server stops reading when too many replies wait.
        quick(address).write_all(&attack.bytes).ok();
        return;
    };
    let mut peer = dial(address);
    peer.write_all(&attack.bytes).unwrap();
    peer.shutdown(Shutdown::Write).unwrap();
    let mut replies = Vec::new();
    peer.read_to_end(&mut replies).unwrap();
    let framing = attack.framing;
    assert_eq!(replies, REPLY.repeat(requests), "{framing}");
}

fn is_answered(address: SocketAddr, request: &[u8]) {
    let mut good = dial(address);
    good.write_all(request).unwrap();
    if !request.is_empty() {
        assert_eq!(read_exactly(&mut good, REPLY.len()), REPLY);
    }
}

/// Each attack was a connection, whose bytes are all on record if they were read, and whose end is its peer's.
fn check(ledger: &Ledger, attacks: &[Attack]) {
    let accounts: Vec<_> = ledger.accounts.values().collect();
    for (attack, both) in attacks.iter().zip(accounts.chunks_exact(2)) {
        let (framing, account) = (attack.framing, both[0]);
        let received = account.received_bytes as usize;
        if let Some(requests) = attack.requests {
            assert_eq!(account.end, Some(End::Finished), "{framing}");
            assert_eq!(received, attack.bytes.len(), "{framing}");
            let sent = account.sent_bytes as usize;
            assert_eq!(sent, requests * REPLY.len(), "{framing}");
        } else {
            assert!(received > 0, "{framing}");
            let is_theirs = matches!(account.end, Some(End::Reset | End::Finished));
            assert!(is_theirs, "{framing}: {:?}", account.end);
        }
        assert_eq!(both[1].end, Some(End::Finished), "after {framing}");
    }
}
