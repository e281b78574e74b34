//! The real binary on real sockets: what `serve` and `send` do, print and return.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "the helpers of tests fail as tests do"
)]
#![cfg_attr(
    not(unix),
    allow(
        unused_imports,
        dead_code,
        reason = "the tests that end a program by a signal are Unix's alone"
    )
)]

mod datagrams;
#[cfg(target_os = "linux")]
mod endings;
mod export;
mod frames;
#[path = "../support/ground.rs"]
mod ground;
mod kill;
mod limits;
mod open;
mod portable;
#[path = "../support/program.rs"]
mod program;
mod record;
mod repeat;
mod rules;
mod sockets;
mod tls;
#[cfg(unix)]
mod unix;
#[cfg(unix)]
#[path = "../support/unix.rs"]
mod unix_socket;

use std::fs;
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{
    Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs as _,
};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use program::{Bothends, PATIENCE, in_time, run};

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

fn read(stream: &mut TcpStream, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    stream.read_exact(&mut bytes).unwrap();
    bytes
}

fn read_to_end(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    bytes
}

/// Listens, serves one peer with `serve` on a thread, and returns the address.
fn peer<T: Send + 'static>(
    serve: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (String, mpsc::Receiver<T>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (done, result) = mpsc::channel();
    thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        done.send(serve(stream)).ok();
    });
    (address, result)
}

/// A port on which nothing listens any more.
fn closed_port() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().to_string()
}

fn has_ipv6() -> bool {
    TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok()
}

#[test]
fn serve_echoes_on_both_families() {
    for address in ["127.0.0.1:0", "localhost:0", ":0", "[::1]:0"] {
        if address.starts_with('[') && !has_ipv6() {
            continue;
        }
        let (_server, bound) = Bothends::serve(address, &[]);
        assert_eq!(bound.is_ipv6(), address.starts_with('['));
        let mut peer = connect(bound);
        peer.write_all("Hello, 日本語".as_bytes()).unwrap();
        assert_eq!(read(&mut peer, 16), "Hello, 日本語".as_bytes());
        peer.shutdown(Shutdown::Write).unwrap();
        assert_eq!(read_to_end(&mut peer), b"");
    }
}

#[test]
fn dual_stack_accepts_ipv4_peers() {
    if !has_ipv6() {
        return;
    }
    let (_server, bound) = Bothends::serve("[::]:0", &["--dual-stack"]);
    for ip in [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()] {
        let mut peer = connect(SocketAddr::new(ip, bound.port()));
        peer.write_all(b"x").unwrap();
        assert_eq!(read(&mut peer, 1), b"x");
    }
}

#[test]
fn serve_replies_with_a_fixed_message_and_closes() {
    let options = [
        "--reply",
        r"text:OK\r\n",
        "--read-buffer",
        "30",
        "--close-after-reply",
    ];
    let (_server, bound) = Bothends::serve(":0", &options);
    let mut peer = connect(bound);
    // More than the buffer: unread bytes at a close would reset the connection and lose the reply.
    peer.write_all(&[b'x'; 100]).unwrap();
    assert_eq!(read(&mut peer, 4), b"OK\r\n");
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_end(&mut peer), b"");
}

#[test]
fn serve_replies_with_bytes_given_as_hex() {
    let (_server, bound) = Bothends::serve(":0", &["--reply", "hex:00 FF"]);
    let mut peer = connect(bound);
    peer.write_all(b"x").unwrap();
    assert_eq!(read(&mut peer, 2), b"\x00\xFF");
}

#[test]
fn serve_can_stay_silent_and_half_open() {
    let (_server, bound) = Bothends::serve(":0", &["--reply", "none", "--stay-half-open"]);
    let mut peer = connect(bound);
    peer.write_all(b"x").unwrap();
    peer.shutdown(Shutdown::Write).unwrap();
    peer.set_read_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    let silence = loop {
        match peer.read(&mut [0; 1]).unwrap_err().kind() {
            ErrorKind::Interrupted => {}
            kind => break kind,
        }
    };
    let expected = [ErrorKind::WouldBlock, ErrorKind::TimedOut];
    assert!(expected.contains(&silence), "{silence}");
}

#[cfg(unix)]
#[test]
fn signals_end_a_server_cleanly() {
    for name in ["TERM", "INT"] {
        let (server, bound) = Bothends::serve(":0", &[]);
        let mut peer = connect(bound);
        peer.write_all(b"x").unwrap();
        assert_eq!(read(&mut peer, 1), b"x");
        server.signal(name);
        server.wait().check(0, b"", "");
        assert_eq!(read_to_end(&mut peer), b"");
        // The same port can be bound again at once.
        Bothends::serve(&bound.to_string(), &[]);
    }
}

/// Starts a server whose standard output is full because nobody reads it.
#[cfg(unix)]
fn stalled_server() -> Bothends {
    let (server, bound) = Bothends::serve(":0", &["--json"]);
    let mut peer = connect(bound);
    // Each byte causes several bytes of output; the pipe holds at most a megabyte.
    let sent = vec![b'x'; 64 * 1024];
    for _ in 0..64 {
        peer.write_all(&sent).unwrap();
        read(&mut peer, sent.len());
    }
    server
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_server_whose_output_nobody_reads() {
    let mut server = stalled_server();
    let _unread = server.child.stdout.take();
    server.signal("TERM");
    let words = server.stderr_line();
    let words = words.strip_prefix("bothends: standard output fell behind: ");
    assert!(words.is_some_and(|it| it.ends_with(" entries not written")));
    assert_eq!(server.exit_code(), Some(1));
}

#[cfg(unix)]
#[test]
fn lines_that_nobody_takes_are_counted_and_hold_up_no_peer() {
    const PIECES: usize = 640;
    let piece = vec![b'x'; 1024 * 1024];
    let (mut server, bound) = Bothends::serve(":0", &["--json", "--reply", "none"]);
    let _unread = server.child.stdout.take();
    let mut peer = connect(bound);
    // More than fits into memory, and into the pipes on the way there.
    for _ in 0..PIECES {
        peer.write_all(&piece).unwrap();
    }
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_end(&mut peer), b"");
    server.signal("TERM");
    let words = server.stderr_line();
    assert!(words.ends_with(" entries not written"), "{words}");
    assert_eq!(server.exit_code(), Some(1));
}

#[cfg(unix)]
#[test]
fn a_second_signal_ends_a_server_at_once() {
    let mut server = stalled_server();
    let _unread = server.child.stdout.take();
    server.signal("TERM");
    // A second signal of the same kind would merge with the pending one, so send two kinds.
    server.signal("INT");
    assert_eq!(
        server.stderr_line(),
        "bothends: ended at once by a second signal"
    );
    assert_eq!(server.exit_code(), Some(1));
}

/// Two signals in a row: the second one may arrive at any step of the end.
#[cfg(unix)]
#[test]
fn a_second_signal_that_ends_a_server_is_in_its_exit_status() {
    for _ in 0..20 {
        let (server, bound) = Bothends::serve(":0", &["--json"]);
        let mut peer = connect(bound);
        peer.write_all(b"x").unwrap();
        assert_eq!(read(&mut peer, 1), b"x");
        server.signal("TERM");
        server.signal("INT");
        let ended = server.wait();
        let at_once = "bothends: ended at once by a second signal\n";
        let expected = i32::from(!ended.stderr.is_empty());
        assert_eq!(ended.code, Some(expected), "{ended:?}");
        assert!(
            ended.stderr.is_empty() || ended.stderr == at_once,
            "{ended:?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn json_has_everything_that_happened_on_a_server() {
    let (server, bound) = Bothends::serve(":0", &["--json", "--read-buffer", "5"]);
    let mut peer = connect(bound);
    let local = peer.local_addr().unwrap().to_string();
    peer.write_all("aé日\n".as_bytes()).unwrap();
    assert_eq!(read(&mut peer, 7), "aé日\n".as_bytes());
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_end(&mut peer), b"");
    server.signal("TERM");
    let finished = server.wait();
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let objects = finished.objects();
    let events: Vec<_> = objects
        .iter()
        .map(|object| object["event"].as_str().unwrap())
        .collect();
    let expected = [
        "listening",
        "accepted",
        "received",
        "sent",
        "received",
        "sent",
        "peer_finished",
        "closed",
        "stopped",
    ];
    assert_eq!(events, expected);
    assert_eq!(objects[0]["local"], bound.to_string());
    let received = objects[2].as_object().unwrap();
    let keys: Vec<_> = received.keys().map(String::as_str).collect();
    let mut expected = [
        "event",
        "time",
        "elapsed_ns",
        "endpoint",
        "connection",
        "local",
        "peer",
        "direction",
        "bytes",
        "text",
        "hex",
    ];
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    expected.sort_unstable();
    assert_eq!(sorted, expected);
    assert_eq!(received["connection"], 1);
    assert_eq!(received["local"], bound.to_string());
    assert_eq!(received["peer"], local);
    assert_eq!(received["direction"], "received");
    // The buffer of five bytes splits the second character.
    assert_eq!(
        (&received["text"], &received["hex"]),
        (&"aé".into(), &"61c3a9e697".into())
    );
    assert_eq!(
        (&objects[4]["text"], &objects[4]["hex"]),
        (&r"日\n".into(), &"a50a".into())
    );
    assert_eq!(objects[4]["bytes"], 2);
    assert_eq!(objects[7]["reason"], "closed by the peer (FIN)");
    let time = received["time"].as_str().unwrap();
    assert!(
        time.ends_with('Z') && time.len() == "2026-01-01T00:00:00.000000Z".len(),
        "{time}"
    );
    let elapsed: Vec<_> = objects
        .iter()
        .map(|object| object["elapsed_ns"].as_u64().unwrap())
        .collect();
    assert!(elapsed[0] > 0);
    let line = String::from_utf8(finished.stdout).unwrap();
    let order = [
        "\"event\"",
        "\"time\"",
        "\"elapsed_ns\"",
        "\"endpoint\"",
        "\"local\"",
    ];
    let places: Vec<_> = order.iter().map(|key| line.find(key).unwrap()).collect();
    assert!(places.is_sorted(), "{line}");
}

#[test]
fn the_text_in_json_represents_every_received_byte() {
    let sent = b"a\\\r\xFF\xE6\x97\xA5\xE6\x97";
    let (address, _got) = peer(|mut stream| stream.write_all(sent).unwrap());
    let finished = run(&["send", &address, "--text", "", "--json"]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let objects = finished.objects();
    let joined = |key: &str, events: &[&str]| -> String {
        let objects = objects
            .iter()
            .filter(|object| events.contains(&object["event"].as_str().unwrap()));
        objects.filter_map(|object| object[key].as_str()).collect()
    };
    let ends = ["peer_finished", "closed", "reset"];
    assert_eq!(joined("text", &ends), r"\xE6\x97");
    let all = ["received", ends[0], ends[1], ends[2]];
    let text = bothends::payload::escape::parse(&joined("text", &all)).unwrap();
    let hex = bothends::payload::hex::parse(&joined("hex", &all)).unwrap();
    assert_eq!((text.as_slice(), hex.as_slice()), (&sent[..], &sent[..]));
}

#[test]
fn a_port_in_use_is_reported() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let finished = run(&["serve", &address]);
    finished.check(
        1,
        b"",
        &format!("bothends: cannot listen on {address}: the port is already in use"),
    );
    let held = format!(", which listens on {address}. Use a free port, or end that program");
    let lines: Vec<_> = finished.stderr.lines().collect();
    let name = lines[1].strip_prefix("why: The port is held by ");
    let name = name.and_then(|it| it.strip_suffix(&held)).unwrap();
    // The listener is this test's.
    assert!(name.ends_with(&format!("(process {})", std::process::id())));
    let finished = run(&["serve", &address, "--json"]);
    assert_eq!(finished.code, Some(1));
    assert_eq!(finished.objects()[0]["event"], "error");
}

#[test]
fn an_address_of_another_machine_is_reported() {
    run(&["serve", "192.0.2.1:0"]).check(1, b"", "not on this machine");
}

#[test]
fn wrong_arguments_are_reported_in_one_line() {
    let check = |arguments: &[&str], words: &str| run(arguments).check(2, b"", words);
    check(&["serve"], "required arguments were not provided: <ADDR>");
    check(&["serve", "127.0.0.1"], "a port is missing");
    check(&["serve", ":99999"], "A port is a number from 0 to 65535");
    check(
        &["serve", "example.org:80"],
        "Enter an address of this machine",
    );
    check(
        &["serve", ":0", "--dual-stack"],
        "--dual-stack needs an IPv6 address",
    );
    check(
        &["serve", ":0", "--reply", "hello"],
        "a reply is echo, none, text:TEXT or hex:HEX",
    );
    check(
        &["serve", ":0", "--reply", r"text:a\q"],
        r"unknown escape \q (use",
    );
    check(
        &["serve", ":0", "--read-buffer", "2m"],
        "Enter a buffer size from 1 byte to 1 MiB",
    );
    check(
        &["serve", ":0", "--backlog", "0"],
        "A backlog is a number from 1",
    );
    check(
        &["serve", ":0", "--read-buffer", "-5"],
        "Enter a number of bytes, or of KiB or MiB with k or m",
    );
    check(
        &["serve", ":0", "--backlog", "-5"],
        "A backlog is a number from 1",
    );
    check(
        &["serve", ":0", "--reply", "none", "--close-after-reply"],
        "--close-after-reply needs a reply",
    );
    check(&["send", ":0"], "A remote port is a number from 1 to 65535");
    check(
        &["send", ":9", "--text", "a", "--hex", "00"],
        "cannot be used with",
    );
    check(
        &["send", ":9", "--text", r"ab\q"],
        r"--text: Column 3: unknown escape \q (use \n \r \t \0 \xNN \u{…}, or \\ for a backslash)",
    );
    check(
        &["send", ":9", "--hex", "0A B"],
        "--hex: Column 4: 'B' is only half a byte: write two hex digits for each byte",
    );
    check(
        &["send", ":9", "--hex", "00", "--line-ending", "lf"],
        "--line-ending goes with --text",
    );
    check(
        &["send", ":9", "--text", "a", "--line-ending", "lfcr"],
        "possible values: none, lf, cr, crlf",
    );
    check(
        &["send", ":9", "--wait", "5"],
        "Enter a time with its unit: ms, s or m",
    );
    check(
        &["send", ":9", "--wait", "-1s"],
        "Enter a time with its unit: ms, s or m",
    );
    check(
        &["send", ":9", "--expect", "regexp:x"],
        "'regexp:' is not a kind of pattern. Write text:, regex: or hex: before it",
    );
    check(
        &["send", ":9", "--expect", "regex:("],
        "The regular expression is invalid: unclosed group",
    );
    check(
        &["send", ":9", "--file", "/no/such/file"],
        "cannot open /no/such/file",
    );
    check(&["send", ":9", "--file", "/"], "cannot open /");
    check(&["sned"], "unrecognized subcommand 'sned'");
}

#[test]
fn help_goes_to_standard_output() {
    for arguments in [&["--help"][..], &["serve", "--help"], &["send", "--help"]] {
        let finished = run(arguments);
        assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
        let help = String::from_utf8(finished.stdout).unwrap();
        for words in ["PATTERN", "DURATION", "Examples:", "Exit status"] {
            assert!(help.contains(words), "{words} in {help}");
        }
    }
}

#[test]
fn send_ends_when_the_peer_finishes() {
    let (address, got) = peer(|mut stream| {
        let received = read(&mut stream, 14);
        stream.write_all(b"Hello, \xFFclient!\n").unwrap();
        received
    });
    let finished = run(&["send", &address, "--text", "Hello, server!", "--wait", "1m"]);
    finished.check(0, b"Hello, \xFFclient!\n", "");
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), b"Hello, server!");
}

#[test]
fn send_ends_when_nothing_arrives_for_a_while() {
    let (address, got) = peer(|mut stream| {
        stream.write_all(b"banner").unwrap();
        read_to_end(&mut stream)
    });
    run(&["send", &address, "--text", "x", "--wait", "200ms"]).check(0, b"banner", "");
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), b"x");
}

#[test]
fn send_accepts_text_hex_file_and_standard_input() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("message");
    fs::write(&file, b"\x00\r\nfrom a file\xFF").unwrap();
    let file = file.to_str().unwrap();
    let check = |arguments: &[&str], stdin: &[u8], expected: &[u8]| {
        let (address, got) = peer(|mut stream| read_to_end(&mut stream));
        let mut child = Bothends::start(&[&["send", &address, "--wait", "0s"], arguments].concat());
        child.child.stdin.take().unwrap().write_all(stdin).unwrap();
        child.wait().check(0, b"", "");
        assert_eq!(
            got.recv_timeout(PATIENCE).unwrap(),
            expected,
            "{arguments:?}"
        );
    };
    check(&["--text", r"a\x00b\n"], b"", b"a\0b\n");
    check(
        &["--text", "-a\nb", "--line-ending", "crlf"],
        b"",
        b"-a\r\nb\r\n",
    );
    check(&["--text", "a", "--line-ending", "none"], b"", b"a");
    check(&["--hex", "0A 0b,0x0C"], b"", b"\x0A\x0B\x0C");
    check(&["--file", file], b"", b"\x00\r\nfrom a file\xFF");
    check(&[], b"from\nstandard input", b"from\nstandard input");
}

#[test]
fn send_on_ipv6_and_by_name() {
    let (_server, bound) = Bothends::serve(":0", &[]);
    let by_name = format!("tcp://localhost:{}", bound.port());
    run(&["send", &by_name, "--text", "x", "--expect", "x"]).check(0, b"x", "");
    if has_ipv6() {
        let (_server, bound) = Bothends::serve("[::1]:0", &[]);
        run(&["send", &bound.to_string(), "--text", "x", "--expect", "x"]).check(0, b"x", "");
    }
}

#[test]
fn a_met_expectation_ends_at_once() {
    let (_server, bound) = Bothends::serve(":0", &["--read-buffer", "3"]);
    let address = bound.to_string();
    for pattern in [
        "server",
        r"text:, server!\n",
        "hex:2C ?? 73",
        r"regex:s\w+r!",
    ] {
        let arguments = [
            "send",
            &address,
            "--text",
            r"Hello, server!\n",
            "--wait",
            "1m",
            "--expect",
            pattern,
        ];
        let finished = run(&arguments);
        assert_eq!(finished.code, Some(0), "{finished:?}");
    }
}

#[test]
fn an_unmet_expectation_is_a_failure() {
    let (_server, bound) = Bothends::serve(":0", &[]);
    let address = bound.to_string();
    let finished = run(&[
        "send", &address, "--text", "no", "--wait", "200ms", "--expect", "yes",
    ]);
    finished.check(
        1,
        b"no",
        "bothends: expected yes, which did not arrive in time",
    );
    let (address, _got) = peer(|mut stream| stream.write_all(b"bye").unwrap());
    let finished = run(&[
        "send", &address, "--text", "", "--wait", "1m", "--expect", "hello",
    ]);
    finished.check(1, b"bye", "did not arrive before the peer finished sending");
}

#[test]
fn finish_lets_a_peer_reply_that_waits_for_the_end() {
    for stdin in ["", "question"] {
        let (address, got) = peer(|mut stream| {
            let question = read_to_end(&mut stream);
            stream.write_all(b"answer").unwrap();
            question
        });
        let mut child = Bothends::start(&["send", &address, "--finish", "--wait", "1m"]);
        let mut input = child.child.stdin.take().unwrap();
        input.write_all(stdin.as_bytes()).unwrap();
        drop(input);
        child.wait().check(0, b"answer", "");
        assert_eq!(got.recv_timeout(PATIENCE).unwrap(), stdin.as_bytes());
    }
}

#[test]
fn finish_succeeds_even_if_the_peer_finished_first() {
    let (address, got) = peer(|mut stream| {
        stream.shutdown(Shutdown::Write).unwrap();
        read_to_end(&mut stream)
    });
    let finished = run(&["send", &address, "--text", "late", "--finish"]);
    finished.check(0, b"", "");
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), b"late");
}

#[cfg(target_os = "linux")]
#[test]
fn a_backlog_capped_by_the_system_is_reported() {
    const ASKED: u32 = 65535;
    let cap = fs::read_to_string("/proc/sys/net/core/somaxconn").unwrap();
    let cap: u32 = cap.trim().parse().unwrap();
    let (mut server, _bound) = Bothends::serve(":0", &["--backlog", "65535"]);
    let expected = if cap < ASKED {
        format!("backlog {cap} of {ASKED} requested")
    } else {
        String::new()
    };
    server.signal("TERM");
    assert_eq!(server.stderr_line(), expected);
}

#[test]
fn a_refused_connection_is_a_failure() {
    let address = closed_port();
    let finished = run(&["send", &address, "--text", "x"]);
    let words = format!(
        "bothends: cannot connect to {address}: refused (nothing accepts connections there). Check that a server listens"
    );
    finished.check(1, b"", &words);
    let (_, port) = address.rsplit_once(':').unwrap();
    let cause = format!("why: No program on this machine listens on port {port}");
    assert!(finished.stderr.lines().any(|it| it.starts_with(&cause)));
    let finished = run(&["send", &address, "--text", "x", "--json"]);
    assert_eq!(finished.code, Some(1));
    let events: Vec<_> = finished
        .objects()
        .iter()
        .map(|object| object["event"].clone())
        .collect();
    assert_eq!(events, ["connecting", "connect_failed"]);
}

#[test]
fn every_failed_address_of_a_name_is_reported() {
    let address = closed_port();
    let (_, port) = address.split_once(':').unwrap();
    let by_name = format!("localhost:{port}");
    let mut expected: Vec<_> = by_name.to_socket_addrs().unwrap().collect();
    expected.dedup();
    let finished = run(&["send", &by_name, "--text", "x"]);
    assert_eq!(finished.code, Some(1), "{finished:?}");
    let lines = finished.stderr.lines();
    let lines: Vec<_> = lines.filter(|it| !it.starts_with("why: ")).collect();
    assert_eq!(lines.len(), expected.len(), "{finished:?}");
    for (line, address) in lines.into_iter().zip(expected) {
        let words = format!("bothends: cannot connect to {address}: ");
        assert!(line.starts_with(&words), "{line}");
    }
}

#[test]
fn an_unknown_name_is_a_failure() {
    run(&["send", "no-such-host.invalid:80", "--text", "x"]).check(
        1,
        b"",
        "cannot find no-such-host.invalid",
    );
}

#[test]
fn a_reset_is_a_failure() {
    let (address, _got) = peer(|mut stream| {
        read(&mut stream, 1);
        // Closing with unread bytes resets.
        stream.peek(&mut [0; 1]).unwrap();
    });
    let finished = run(&["send", &address, "--text", "xy", "--wait", "1m"]);
    finished.check(1, b"", "reset by the peer 127.0.0.1:");
}

#[test]
fn json_has_everything_that_happened_on_a_client() {
    let (_server, bound) = Bothends::serve(":0", &[]);
    let finished = run(&[
        "send",
        &bound.to_string(),
        "--text",
        r"a\r\n",
        "--json",
        "--expect",
        "a",
    ]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let objects = finished.objects();
    let events: Vec<_> = objects
        .iter()
        .map(|object| object["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        ["connecting", "connected", "sent", "received", "closed"]
    );
    assert_eq!(objects[0]["peer"], bound.to_string());
    assert_eq!(objects[0].get("local"), None);
    assert_eq!(objects[1]["local"], objects[3]["local"]);
    assert_eq!(
        (&objects[2]["text"], &objects[2]["hex"]),
        (&r"a\r\n".into(), &"610d0a".into())
    );
    assert_eq!(
        (&objects[2]["direction"], &objects[3]["direction"]),
        (&"sent".into(), &"received".into())
    );
}

#[test]
fn a_large_input_arrives_completely() {
    const LEN: usize = 48 * 1024 * 1024;
    let (address, got) = peer(|mut stream| {
        let (mut len, mut sum, mut buffer) = (0, 0_u64, vec![0; 64 * 1024]);
        loop {
            match stream.read(&mut buffer).unwrap() {
                0 => return (len, sum),
                read => {
                    len += read;
                    sum += buffer[..read]
                        .iter()
                        .map(|&byte| u64::from(byte))
                        .sum::<u64>();
                }
            }
        }
    });
    let mut child = Bothends::start(&["send", &address, "--wait", "0s"]);
    let mut stdin = child.child.stdin.take().unwrap();
    let piece: Vec<u8> = (0..=u8::MAX).cycle().take(1024 * 1024).collect();
    let piece_sum: u64 = piece.iter().map(|&byte| u64::from(byte)).sum();
    in_time(move || (0..LEN / piece.len()).for_each(|_| stdin.write_all(&piece).unwrap()));
    child.wait().check(0, b"", "");
    let expected = (LEN, piece_sum * (LEN / (1024 * 1024)) as u64);
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), expected);
}

#[test]
fn an_echoed_large_input_comes_back_completely() {
    const LEN: usize = 16 * 1024 * 1024;
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("large");
    let content: Vec<u8> = (0..LEN).map(|index| (index % 251) as u8).collect();
    fs::write(&file, &content).unwrap();
    let (_server, bound) = Bothends::serve(":0", &[]);
    let finished = run(&["send", &bound.to_string(), "--file", file.to_str().unwrap()]);
    assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
    assert!(
        finished.stdout == content,
        "{} bytes came back",
        finished.stdout.len()
    );
}

#[test]
fn open_standard_input_is_waited_for() {
    let (_server, bound) = Bothends::serve(":0", &[]);
    let mut child = Bothends::start(&["send", &bound.to_string()]);
    let mut stdin = child.child.stdin.take().unwrap();
    let mut stdout = child.child.stdout.take().unwrap();
    for line in [b"one\n", b"two\n"] {
        stdin.write_all(line).unwrap();
        let mut echoed = [0; 4];
        let (back, read) = in_time(move || {
            stdout.read_exact(&mut echoed).unwrap();
            (stdout, echoed)
        });
        stdout = back;
        assert_eq!(&read, line);
    }
    drop(stdin);
    child.child.stdout = Some(stdout);
    child.wait().check(0, b"", "");
}

#[test]
fn input_continues_after_the_peers_fin_until_nothing_passes() {
    let (address, got) = peer(|mut stream| {
        stream.shutdown(Shutdown::Write).unwrap();
        read_to_end(&mut stream)
    });
    let mut child = Bothends::start(&["send", &address, "--json", "--wait", "500ms"]);
    let mut stdout = BufReader::new(child.child.stdout.take().unwrap());
    let stdout = in_time(move || {
        let mut line = String::new();
        while !line.contains("peer_finished") {
            line.clear();
            stdout.read_line(&mut line).unwrap();
        }
        stdout.into_inner()
    });
    child.child.stdout = Some(stdout);
    let mut stdin = child.child.stdin.take().unwrap();
    stdin.write_all(b"late").unwrap();
    let finished = child.wait();
    assert_eq!(finished.code, Some(1), "{finished:?}");
    assert_eq!(
        finished.stderr,
        "bothends: no byte passed for 500ms after the peer finished sending; the input had not ended\n"
    );
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), b"late");
    drop(stdin);
}

#[test]
fn a_large_input_is_sent_completely_after_the_peers_fin() {
    const LEN: usize = 16 * 1024 * 1024;
    let (address, got) = peer(|mut stream| {
        stream.shutdown(Shutdown::Write).unwrap();
        read_to_end(&mut stream).len()
    });
    let mut child = Bothends::start(&["send", &address]);
    let mut stdin = child.child.stdin.take().unwrap();
    in_time(move || stdin.write_all(&vec![b'x'; LEN]).unwrap());
    child.wait().check(0, b"", "");
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), LEN);
}

#[test]
fn send_gives_up_on_a_peer_that_does_not_read() {
    let (over, until_over) = mpsc::channel::<()>();
    let (address, _got) = peer(move |stream| {
        // It reads nothing for as long as the test goes on.
        until_over.recv_timeout(PATIENCE).ok();
        drop(stream);
    });
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("large");
    fs::write(&file, vec![b'x'; 32 * 1024 * 1024]).unwrap();
    let file = file.to_str().unwrap();
    let finished = run(&["send", &address, "--file", file, "--wait", "300ms"]);
    finished.check(1, b"", "bothends: no byte passed for 300ms; ");
    let words = " bytes of the input were not sent\n";
    assert!(finished.stderr.ends_with(words), "{finished:?}");
    drop(over);
}

#[test]
fn an_idle_input_is_limited_only_on_request() {
    let (_server, bound) = Bothends::serve(":0", &[]);
    let address = bound.to_string();
    let check = |options: &[&str], words: &str| {
        let mut child = Bothends::start(&[&["send", &address], options].concat());
        let stdin = child.child.stdin.take();
        child.wait().check(1, b"", words);
        drop(stdin);
    };
    check(
        &["--wait", "100ms"],
        "bothends: no byte passed for 100ms; the input had not ended",
    );
    check(
        &["--expect", "x"],
        "expected x, which did not arrive in time: allow more with --wait; the input had not ended",
    );
}

#[cfg(unix)]
#[test]
fn a_server_without_a_record_ends_quietly_when_standard_output_is_closed() {
    let (mut server, bound) = Bothends::serve(":0", &["--json"]);
    drop(server.child.stdout.take());
    let mut peer = connect(bound);
    peer.write_all(b"x").unwrap();
    assert_eq!(server.exit_code(), Some(0));
    let mut words = String::new();
    server
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut words)
        .unwrap();
    assert_eq!(words, "");
}

#[test]
fn a_closed_standard_output_ends_quietly() {
    let (address, _got) = peer(
        |mut stream| {
            while stream.write_all(&[b'x'; 1024]).is_ok() {}
        },
    );
    let mut child = Bothends::start(&["send", &address, "--text", "", "--wait", "1m"]);
    drop(child.child.stdout.take());
    let mut stderr = child.stderr.take().unwrap();
    let words = in_time(move || {
        let mut words = String::new();
        stderr.read_to_string(&mut words).unwrap();
        words
    });
    assert_eq!((words.as_str(), child.exit_code()), ("", Some(0)));
}
