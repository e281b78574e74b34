//! Options of sockets and addresses, as the peer at the other end sees them.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};

use super::program::{Bothends, PATIENCE, run};
use super::{connect, has_ipv6, peer, read, read_to_end};

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// Connects from a source, and returns the address that the peer saw.
fn seen_from(source: &str) -> SocketAddr {
    let (address, seen) = peer(|mut stream| {
        let from = stream.peer_addr().unwrap();
        read_to_end(&mut stream);
        from
    });
    let arguments = [
        "send", &address, "--text", "a", "--wait", "0s", "--source", source,
    ];
    run(&arguments).check(0, b"", "");
    seen.recv_timeout(PATIENCE).unwrap()
}

#[test]
fn a_client_connects_from_the_port_that_it_was_given() {
    let port = free_port();
    let expected = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    assert_eq!(seen_from(&format!(":{port}")), expected);
    let port = free_port();
    let expected = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    assert_eq!(seen_from(&expected.to_string()), expected);
}

/// All of 127.0.0.0/8 is this machine on Linux.
#[cfg(target_os = "linux")]
#[test]
fn a_client_connects_from_the_address_that_it_was_given() {
    let seen = seen_from("127.0.0.2");
    assert_eq!(seen.ip(), Ipv4Addr::new(127, 0, 0, 2));
}

#[test]
fn a_source_port_is_for_both_families() {
    if !has_ipv6() {
        return;
    }
    let (_server, bound) = Bothends::serve("[::1]:0", &[]);
    let source = format!(":{}", free_port());
    let arguments = [
        "send",
        &bound.to_string(),
        "--text",
        "a",
        "--expect",
        "a",
        "--source",
        &source,
    ];
    let finished = run(&[&arguments[..], &["--json"]].concat());
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let objects = finished.objects();
    let local = objects.iter().find_map(|it| it["local"].as_str());
    assert_eq!(local, Some(format!("[::1]{source}").as_str()));
}

#[test]
fn a_source_that_is_not_this_machines_is_a_failure() {
    let (_server, bound) = Bothends::serve(":0", &[]);
    let address = bound.to_string();
    let arguments = ["send", &address, "--text", "a", "--source", "192.0.2.1"];
    let words =
        format!("bothends: cannot connect to {address}: the address is not on this machine");
    let words = format!("{words}. Connect from one of this machine's addresses");
    run(&arguments).check(1, b"", &words);
    let arguments = ["send", &address, "--text", "a", "--source", "::1"];
    let words = format!("{address} cannot be connected to from ::1: one is IPv4");
    run(&arguments).check(2, b"", &words);
    let arguments = ["send", &address, "--text", "a", "--source", "example.org"];
    run(&arguments).check(2, b"", "Enter an address of this machine");
}

/// Returns how a stream ends.
fn end(stream: &mut TcpStream) -> Option<ErrorKind> {
    stream.read(&mut [0; 1]).err().map(|error| error.kind())
}

#[test]
fn a_lingering_time_of_zero_resets() {
    let check = |options: &[&str], expected: Option<ErrorKind>| {
        let (address, ended) = peer(|mut stream| {
            read(&mut stream, 1);
            end(&mut stream)
        });
        let arguments = ["send", &address, "--text", "a", "--wait", "0s"];
        run(&[&arguments[..], options].concat()).check(0, b"", "");
        assert_eq!(ended.recv_timeout(PATIENCE).unwrap(), expected);
    };
    check(&[], None);
    check(&["--linger", "0s"], Some(ErrorKind::ConnectionReset));
    let (_server, bound) = Bothends::serve(":0", &["--close-after-reply"]);
    let mut peer = connect(bound);
    peer.write_all(b"a").unwrap();
    assert_eq!(read(&mut peer, 1), b"a");
    assert_eq!(end(&mut peer), None);
}

#[test]
fn values_that_no_socket_takes_are_refused() {
    let check = |options: [&str; 2]| {
        run(&[&["send", ":9", "--text", "a"], &options[..]].concat()).check(2, b"", options[0]);
    };
    check(["--ttl", "0"]);
    check(["--ttl", "256"]);
    check(["--keep-alive", "soon"]);
    check(["--keep-alive", "60s,10s,5,1"]);
    check(["--send-buffer", "0"]);
    check(["--receive-buffer", "much"]);
    check(["--linger", "1.5s"]);
    check(["--connect-timeout", "0s"]);
}

#[test]
fn a_greeting_comes_before_the_peer_has_sent_anything() {
    let options = [
        "--template",
        "--greeting",
        r"text:220 {{connection}} ready\r\n",
        "--reply",
        r"text:250 OK\r\n",
        "--framing",
        "crlf",
    ];
    let (_server, bound) = Bothends::serve(":0", &options);
    for expected in [b"220 1 ready\r\n", b"220 2 ready\r\n"] {
        let mut peer = connect(bound);
        assert_eq!(read(&mut peer, expected.len()), expected);
        peer.write_all(b"NOOP\r\nNOOP\r\n").unwrap();
        assert_eq!(read(&mut peer, 16), b"250 OK\r\n250 OK\r\n");
    }
}

#[test]
fn a_greeting_alone_can_be_a_template() {
    let options = [
        "--template",
        "--greeting",
        "text:{{len u8}}ab",
        "--reply",
        "none",
    ];
    let (_server, bound) = Bothends::serve(":0", &options);
    assert_eq!(read(&mut connect(bound), 3), b"\x02ab");
    let wrong = ["serve", ":0", "--greeting", r"text:a\q"];
    run(&wrong).check(2, b"", r"--greeting: Column 2: unknown escape \q");
    let wrong = ["serve", ":0", "--greeting", "hello"];
    run(&wrong).check(2, b"", "a message is text:TEXT or hex:HEX");
}

#[cfg(target_os = "linux")]
#[test]
fn an_interface_is_named_in_the_address_of_a_target() {
    if !has_ipv6() {
        return;
    }
    let (_server, bound) = Bothends::serve("[::1]:0", &[]);
    let address = format!("[::1%lo]:{}", bound.port());
    run(&["send", &address, "--text", "a", "--expect", "a"]).check(0, b"a", "");
    let wrong = run(&["send", "[fe80::1%no-such]:9", "--text", "a"]);
    wrong.check(2, b"", "No network interface has the name after the %");
}

#[test]
fn iso_8859_1_is_not_windows_1252() {
    let (address, got) = peer(|mut stream| read_to_end(&mut stream));
    let message = ["--text", r"é\u{80}", "--wait", "0s"];
    let encoding = ["--encoding", "iso-8859-1-strict"];
    run(&[&["send", &address], &message[..], &encoding[..]].concat()).check(0, b"", "");
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), b"\xE9\x80");
    let euro = ["send", ":9", "--text", "1 €"];
    let words = "--text: Column 3: ISO-8859-1-strict cannot encode '€'";
    run(&[&euro[..], &encoding[..]].concat()).check(2, b"", words);
}

#[test]
fn a_server_can_stop_accepting_or_close_at_once() {
    let (_server, bound) = Bothends::serve(":0", &["--accepting", "close"]);
    let mut peer = connect(bound);
    assert_eq!(read_to_end(&mut peer), b"");
    let (server, bound) = Bothends::serve(":0", &["--accepting", "stop", "--json"]);
    let server = server.after_stdout("accepting_changed");
    let mut peer = connect(bound);
    peer.write_all(b"x").unwrap();
    server.signal("TERM");
    let finished = server.wait();
    let objects = finished.objects();
    // Nothing else happened before the end.
    assert_eq!(objects.len(), 1, "{objects:?}");
    assert_eq!(objects[0]["event"], "stopped");
    run(&["serve", ":0", "--accepting", "never"]).check(
        2,
        b"",
        "[possible values: accept, stop, close]",
    );
    run(&["serve", "udp://:0", "--accepting", "stop"]).check(
        2,
        b"",
        "--accepting has no meaning with UDP",
    );
}

#[test]
fn other_tools_names_of_options_are_known() {
    let (address, got) = peer(|mut stream| {
        let from = stream.peer_addr().unwrap().port();
        (from, read_to_end(&mut stream))
    });
    let port = free_port();
    let port_text = port.to_string();
    let options = [
        "--source-port",
        &port_text,
        "--nodelay",
        "--keepidle",
        "60s",
        "--wait",
        "0s",
    ];
    run(&[&["send", &address, "--text", "a"], &options[..]].concat()).check(0, b"", "");
    assert_eq!(got.recv_timeout(PATIENCE).unwrap(), (port, b"a".to_vec()));
    let both = ["send", ":9", "--text", "a", "--delay", "--nodelay"];
    run(&both).check(2, b"", "cannot be used with");
}
