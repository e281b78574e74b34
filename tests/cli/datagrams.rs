//! UDP on the command line: what `serve`, `send` and `run` do with datagrams, and which options have no meaning there.

use std::fs;
use std::io::Write as _;
use std::net::{SocketAddr, UdpSocket};
use std::sync::mpsc;
use std::thread;

use super::has_ipv6;
use super::program::{Bothends, Finished, PATIENCE, run};

/// Serves on an address, and returns the one that was bound.
fn serve(address: &str, options: &[&str]) -> (Bothends, SocketAddr) {
    let mut server = Bothends::start(&[&["serve", address], options].concat());
    let line = server.stderr_line();
    let bound = line.strip_prefix("listening on udp://");
    let bound = bound.unwrap_or_else(|| panic!("{line}"));
    (server, bound.parse().unwrap())
}

fn socket(local: &str) -> UdpSocket {
    let socket = UdpSocket::bind(local).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    socket
}

fn receive(socket: &UdpSocket) -> (Vec<u8>, SocketAddr) {
    let mut buffer = vec![0; 65_536];
    let (count, from) = socket.recv_from(&mut buffer).unwrap();
    buffer.truncate(count);
    (buffer, from)
}

/// Runs `send` to a peer that takes `count` datagrams and answers them all, each with `!` before it.
fn sent(arguments: &[&str], input: &[u8], count: usize) -> (Vec<Vec<u8>>, Finished) {
    let peer = socket("127.0.0.1:0");
    let target = format!("udp://{}", peer.local_addr().unwrap());
    let (done, got) = mpsc::channel();
    thread::spawn(move || {
        let mut all = Vec::new();
        for _ in 0..count {
            let (datagram, from) = receive(&peer);
            peer.send_to(&[b"!", &datagram[..]].concat(), from).unwrap();
            all.push(datagram);
        }
        done.send(all).ok();
    });
    let mut sending = Bothends::start(&[&["send", &target], arguments].concat());
    let mut stdin = sending.child.stdin.take().unwrap();
    // It may not read it.
    stdin.write_all(input).ok();
    drop(stdin);
    let finished = sending.wait();
    let all = got.recv_timeout(PATIENCE);
    (all.unwrap_or_else(|_| panic!("{finished:?}")), finished)
}

#[test]
fn serve_echoes_datagrams_on_both_families() {
    for address in [
        "udp://127.0.0.1:0",
        "udp://:0",
        "UDP://localhost:0",
        "udp://[::1]:0/",
    ] {
        let is_ipv6 = address.contains("[::1]");
        if is_ipv6 && !has_ipv6() {
            continue;
        }
        let (_server, bound) = serve(address, &[]);
        assert_eq!(bound.is_ipv6(), is_ipv6);
        let peer = socket(if is_ipv6 { "[::1]:0" } else { "127.0.0.1:0" });
        for bytes in [&b"one"[..], b"", b"three"] {
            peer.send_to(bytes, bound).unwrap();
            assert_eq!(receive(&peer), (bytes.to_vec(), bound));
        }
    }
}

#[test]
fn serve_reports_peers_datagrams_and_their_end() {
    let options = [
        "--json",
        "--forget-after",
        "100ms",
        "--read-buffer",
        "4",
        "--reply",
        "text:ok",
    ];
    let (server, bound) = serve("udp://127.0.0.1:0", &options);
    let peer = socket("127.0.0.1:0");
    peer.send_to(b"too long", bound).unwrap();
    assert_eq!(receive(&peer).0, b"ok");
    let server = server.after_stdout("\"closed\"");
    server.signal("TERM");
    assert_eq!(server.wait().code, Some(0));
    // Once more, to read all of it.
    let (server, bound) = serve("udp://127.0.0.1:0", &options);
    peer.send_to(b"too long", bound).unwrap();
    assert_eq!(receive(&peer).0, b"ok");
    server.signal("TERM");
    let finished = server.wait();
    let objects = finished.objects();
    let events: Vec<_> = objects
        .iter()
        .map(|it| it["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        events,
        [
            "bound",
            "accepted",
            "truncated",
            "received",
            "sent",
            "closed",
            "stopped"
        ]
    );
    let from = format!("udp://{}", peer.local_addr().unwrap());
    assert_eq!(
        (&objects[3]["peer"], &objects[3]["text"]),
        (&from.into(), &"too ".into())
    );
}

#[test]
fn send_sends_a_datagram_and_prints_the_answers() {
    let (got, finished) = sent(&["--text", r"a\nb", "--frames", "1"], b"", 1);
    assert_eq!(got, [b"a\nb"]);
    finished.check(0, b"!a\nb", "");
    let (got, finished) = sent(&["--text", "", "--frames", "1"], b"", 1);
    assert_eq!(got, [b""]);
    finished.check(0, b"!", "");
    let (got, finished) = sent(&["--hex", "00 ff", "--expect", "hex:21 00 ff"], b"", 1);
    assert_eq!(got, [[0, 255]]);
    finished.check(0, b"!\x00\xFF", "");
}

#[test]
fn a_message_is_repeated_even_if_it_is_empty() {
    let options = ["--repeat", "3", "--every", "1ms", "--frames", "3"];
    let (got, finished) = sent(&[&["--text", ""], &options[..]].concat(), b"", 3);
    assert_eq!(got, [b"", b"", b""]);
    finished.check(0, b"!!!", "");
    let options = [&["--template", "--text", "{{counter}}"], &options[..]].concat();
    let (got, finished) = sent(&options, b"", 3);
    assert_eq!(got, [b"0", b"1", b"2"]);
    finished.check(0, b"!0!1!2", "");
}

#[test]
fn what_is_expected_is_in_one_datagram() {
    let options = ["--datagrams", "fixed:1", "--wait", "200ms", "--expect"];
    let (_, finished) = sent(&[&options[..], &["b"]].concat(), b"ab", 2);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let (_, finished) = sent(&[&options[..], &["a!b"]].concat(), b"ab", 2);
    finished.check(1, b"!a!b", "did not arrive");
}

#[test]
fn all_of_the_input_is_one_datagram_or_is_cut_by_a_rule() {
    let (got, finished) = sent(&["--frames", "1"], b"a\nb\n", 1);
    assert_eq!(got, [b"a\nb\n"]);
    finished.check(0, b"!a\nb\n", "");
    let lines = ["--datagrams", "line", "--frames", "3"];
    let (got, finished) = sent(&lines, b"a\n\nrest", 3);
    assert_eq!(got, [&b"a\n"[..], b"\n", b"rest"]);
    finished.check(0, b"!a\n!\n!rest", "");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long");
    fs::write(&path, vec![b'x'; 70_000]).unwrap();
    let file = ["--file", path.to_str().unwrap()];
    let words = "a datagram holds at most 65,507 bytes: cut the input with --datagrams";
    run(&[&["send", "udp://:9"], &file[..]].concat()).check(2, b"", words);
    let cut = ["--datagrams", "fixed:1400", "--frames", "50"];
    let (got, finished) = sent(&[&file[..], &cut].concat(), b"", 50);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert!(got.iter().all(|it| it.len() == 1_400));
    let (_, finished) = sent(&["--wait", "100ms"], &vec![b'x'; 70_000], 0);
    finished.check(2, b"", words);
    let (_, finished) = sent(
        &["--wait", "100ms", "--datagrams", "lf"],
        &vec![b'x'; 70_000],
        0,
    );
    finished.check(1, b"", "--datagrams cuts too little");
}

#[cfg(target_os = "linux")]
#[test]
fn a_datagram_that_is_not_delivered_is_a_failure() {
    let address = socket("127.0.0.1:0").local_addr().unwrap();
    let finished = run(&["send", &format!("udp://{address}"), "--text", "anybody?"]);
    assert_eq!(finished.code, Some(1), "{finished:?}");
    assert!(
        finished.stderr.contains("did not get to udp://127.0.0.1"),
        "{finished:?}"
    );
    // Nobody has to answer.
    let (_, finished) = sent(&["--text", "a", "--wait", "0s"], b"", 1);
    assert_eq!(finished.code, Some(0), "{finished:?}");
}

#[test]
fn options_that_have_no_meaning_are_refused() {
    let check = |command: &str, option: &[&str], words: &str| {
        let text: &[&str] = if command == "send" {
            &["--text", "a"]
        } else {
            &[]
        };
        let arguments = [&[command, "udp://127.0.0.1:9"], option, text].concat();
        run(&arguments).check(2, b"", words);
    };
    let no_meaning = |option: &str| format!("{option} has no meaning with UDP");
    for option in [
        &["--backlog", "7"][..],
        &["--stay-half-open"],
        &["--framing", "line"],
        &["--keep-alive", "9s"],
        &["--linger", "0s"],
        &["--delay"],
    ] {
        check("serve", option, &no_meaning(option[0]));
    }
    for option in [
        &["--finish"][..],
        &["--framing-in", "lf"],
        &["--connect-timeout", "1s"],
        &["--delay"],
    ] {
        check("send", option, &no_meaning(option[0]));
    }
    check(
        "send",
        &["--datagrams", "line"],
        "a message is one datagram",
    );
    check("send", &["--datagrams", "silence:1s"], "not by silence");
    check("serve", &["--group", "ff02::fb"], "--group: ");
    check("serve", &["--group", "127.0.0.1"], "'--group <ADDR>'");
    check(
        "serve",
        &["--forget-after", "1ms"],
        "'--forget-after <DURATION>'",
    );
    check("serve", &["--interface", "no such"], "'--interface <NAME>'");
    for option in [
        &["serve", "--forget-after", "1s"][..],
        &["serve", "--group", "239.1.2.3"],
        &["serve", "--no-multicast-loop"],
        &["send", "--multicast-ttl", "3"],
        &["send", "--datagrams", "line"],
    ] {
        let arguments = [&[option[0], "127.0.0.1:9"], &option[1..]].concat();
        run(&arguments).check(2, b"", &format!("{} goes with udp://ADDR", option[1]));
    }
}

#[test]
fn a_source_is_the_address_that_the_peer_sees() {
    let source = socket("127.0.0.1:0").local_addr().unwrap();
    let peer = socket("127.0.0.1:0");
    let target = format!("udp://{}", peer.local_addr().unwrap());
    let source_text = source.to_string();
    let arguments = [
        "send",
        &target,
        "--text",
        "a",
        "--wait",
        "0s",
        "--source",
        &source_text,
    ];
    run(&arguments).check(0, b"", "");
    assert_eq!(receive(&peer), (b"a".to_vec(), source));
    let wrong = ["send", &target, "--text", "a", "--source", "::1"];
    run(&wrong).check(2, b"", "one is IPv4");
}

#[cfg(target_os = "linux")]
#[test]
fn a_group_is_joined_on_an_interface() {
    let options = [
        "--group",
        "239.77.12.9",
        "--interface",
        "lo",
        "--reply",
        "text:here",
    ];
    let (_server, bound) = serve("udp://0.0.0.0:0", &options);
    let group = format!("udp://239.77.12.9:{}", bound.port());
    let arguments = [
        "send",
        &group,
        "--text",
        "who?",
        "--interface",
        "lo",
        "--expect",
        "here",
    ];
    run(&arguments).check(0, b"here", "");
}

#[test]
fn a_document_with_udp_runs_and_is_written_as_it_was_read() {
    let text = r#"format = 1

[[server]]
name = "Meter"
listen = "udp://127.0.0.1:0"
reply = "rules"
forget_after = "30s"
multicast_ttl = "3"
multicast_loop = false

[[server.rule]]
name = "who"
when = { equals = "who?" }
then = [{ send = "meter" }]

[[client]]
name = "Reader"
connect = "Meter"
forget_after = "5s"

[[client.sequence]]
name = "ask"
steps = [{ send = "who?" }, { expect = "meter" }]
"#;
    let ids = bothends::net::EndpointIds::default();
    let (document, unknown) = bothends::workspace::Document::parse(text, ids).unwrap();
    assert_eq!((unknown.len(), document.to_text().as_str()), (0, text));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.bothends");
    fs::write(&path, text).unwrap();
    let finished = run(&["run", path.to_str().unwrap(), "--sequence", "ask", "--json"]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let objects = finished.objects();
    assert!(
        objects.iter().any(|it| it["event"] == "bound"),
        "{finished:?}"
    );
}

/// Each peer has a state of its own; what is remembered is the server's.
#[test]
fn rules_keep_states_and_memory_for_datagrams() {
    let text = r#"format = 1

[[server]]
name = "Meter"
listen = "udp://:0"
framing = "lf"
reply = "rules"

[[server.rule]]
name = "log in"
in = "start"
when = { equals = "login" }
then = [{ send = "hello" }]
next = "in"

[[server.rule]]
name = "set"
in = "in"
when = { regex = '^set (?<value>.*)$' }
then = [{ remember = "value", value = "{{value}}" }, "echo"]

[[server.rule]]
name = "get"
in = "in"
when = { equals = "get" }
then = [{ send = "{{memory value}}" }]

[[server.rule]]
name = "log out"
in = "in"
when = { equals = "bye" }
then = [{ send = "bye" }, "close"]

[[server.rule]]
name = "else"
then = [{ send = "log in first" }]
"#;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.bothends");
    fs::write(&path, text).unwrap();
    let (_server, bound) = serve("udp://:0", &["--rules", path.to_str().unwrap()]);
    let (one, other) = (socket("127.0.0.1:0"), socket("127.0.0.1:0"));
    let ask = |peer: &UdpSocket, asked: &str, expected: &str| {
        peer.send_to(asked.as_bytes(), bound).unwrap();
        let (answer, _) = receive(peer);
        assert_eq!(String::from_utf8(answer).unwrap(), expected, "{asked}");
    };
    ask(&one, "get", "log in first");
    ask(&one, "login", "hello");
    ask(&other, "get", "log in first");
    ask(&one, "set 42", "set 42");
    ask(&other, "login", "hello");
    ask(&other, "get", "42");
    // A peer that was forgotten begins anew.
    ask(&one, "bye", "bye");
    ask(&one, "get", "log in first");
}

#[cfg(unix)]
#[test]
fn the_folders_of_exported_datagrams_can_be_entered() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (capture, streams) = (path("capture"), path("streams"));
    let (_got, finished) = sent(
        &["--text", "a", "--frames", "1", "--record", &capture],
        b"",
        1,
    );
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let export = ["export", &capture, "--to", "raw", "--output", &streams];
    run(&[&export[..], &["--mode", "644"]].concat()).check(0, b"", "exported ");
    let mode = |name: &str| {
        let path = format!("{streams}/{name}");
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    assert_eq!(mode("1-sent"), 0o755);
    assert_eq!(mode("1-sent/000001.bin"), 0o644);
}
