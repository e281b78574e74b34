//! Unix sockets on the command line: served, connected to, and what becomes of their files.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::thread;

use tempfile::TempDir;

use super::program::{Bothends, PATIENCE, in_time, run};
use super::unix_socket::{connect, echoes, is_socket, mode};

/// A folder for a socket, the path of one in it, and how that is written on the command line.
fn place() -> (TempDir, PathBuf, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("meter.sock");
    let address = format!("unix:{}", path.display());
    (folder, path, address)
}

/// Starts a server that is listening.
fn serve(address: &str, options: &[&str]) -> Bothends {
    let mut server = Bothends::start(&[&["serve", address], options].concat());
    assert_eq!(server.stderr_line(), format!("listening on {address}"));
    server
}

#[test]
fn a_unix_server_has_a_file_until_a_signal_ends_it() {
    for name in ["TERM", "INT"] {
        let (_folder, path, address) = place();
        let server = serve(&address, &["--mode", "600"]);
        assert_eq!((is_socket(&path), mode(&path)), (true, 0o600));
        echoes(&mut connect(&path));
        server.signal(name);
        server.wait().check(0, b"", "");
        assert!(!path.exists());
    }
}

#[test]
fn the_time_of_a_unix_server_ends_it_in_order() {
    let (_folder, path, address) = place();
    let server = serve(&address, &["--max-time", "500ms"]);
    server.wait().check(0, b"", "");
    assert!(!path.exists());
}

#[test]
fn a_file_that_was_left_behind_is_replaced_and_one_in_use_is_not() {
    let (_folder, path, address) = place();
    drop(UnixListener::bind(&path).unwrap());
    assert!(is_socket(&path), "a listener leaves its file behind");
    let _server = serve(&address, &[]);
    echoes(&mut connect(&path));
    let words = format!("bothends: cannot listen on {address}: the path is already in use");
    run(&["serve", &address]).check(1, b"", &words);
    echoes(&mut connect(&path));
}

#[cfg(target_os = "linux")]
#[test]
fn a_unix_connection_is_cut_off_without_rst() {
    let (_folder, path, address) = place();
    let listener = UnixListener::bind(&path).unwrap();
    let peer = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // Closing with unread bytes ends the other side's reading.
        (&stream).read_exact(&mut [0]).unwrap();
    });
    let finished = run(&["send", &address, "--text", "xy", "--wait", "1m", "--json"]);
    in_time(move || peer.join().unwrap());
    assert_eq!(finished.code, Some(1), "{finished:?}");
    let words = format!("bothends: reset by the peer {address}\n");
    assert_eq!(finished.stderr, words);
    let objects = finished.objects();
    let reset = objects.iter().find(|it| it["event"] == "reset").unwrap();
    assert_eq!(reset["reason"], "reset by the peer");
}

#[cfg(target_os = "linux")]
#[test]
fn a_client_without_a_name_is_called_as_its_server_calls_it() {
    let (_folder, _path, address) = place();
    let server = serve(&address, &["--json"]);
    let client = Bothends::start(&[
        "send",
        &address,
        "--template",
        "--text",
        "{{local}}",
        "--wait",
        "1s",
    ]);
    let pid = client.child.id();
    let name = format!("unix:bothends[{pid}]");
    client.wait().check(0, name.as_bytes(), "");
    server.signal("TERM");
    let objects = server.wait().objects();
    let accepted = objects.iter().find(|it| it["event"] == "accepted");
    assert_eq!(accepted.unwrap()["peer"], name.as_str());
}

#[test]
fn a_file_that_is_no_socket_is_left_alone() {
    let (_folder, path, address) = place();
    fs::write(&path, "precious").unwrap();
    let words = format!("bothends: cannot listen on {address}: ");
    run(&["serve", &address]).check(1, b"", &words);
    assert_eq!(fs::read(&path).unwrap(), b"precious");
}

#[test]
fn a_message_goes_over_a_unix_socket_and_its_answer_comes_back() {
    let (_folder, path, address) = place();
    let listener = UnixListener::bind(&path).unwrap();
    let peer = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut question = Vec::new();
        stream.read_to_end(&mut question).unwrap();
        stream.write_all(b"ready\n").unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
        question
    });
    let arguments = [
        "send", &address, "--text", "status", "--finish", "--expect", "ready",
    ];
    run(&arguments).check(0, b"ready\n", "");
    let question = in_time(move || peer.join().unwrap());
    assert_eq!(question, b"status");
}

#[test]
fn a_socket_that_is_not_there_is_a_failure() {
    let (_folder, _path, address) = place();
    let finished = run(&["send", &address, "--text", "a"]);
    let words = format!("bothends: cannot connect to {address}: ");
    finished.check(1, b"", &words);
}

#[cfg(target_os = "linux")]
#[test]
fn an_abstract_name_has_no_file() {
    let address = format!("unix:@bothends-cli-{}", std::process::id());
    let _server = serve(&address, &["--reply", "text:pong"]);
    let finished = run(&[
        "send", &address, "--text", "ping", "--expect", "pong", "--json",
    ]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let objects = finished.objects();
    let connected = objects.iter().find(|it| it["event"] == "connected");
    assert_eq!(connected.unwrap()["peer"], address);
    let words = format!("bothends: cannot listen on {address}: ");
    run(&["serve", &address]).check(1, b"", &words);
}

#[test]
fn options_go_with_the_kind_of_socket_that_has_them() {
    let check = |arguments: &[&str], words: &str| run(arguments).check(2, b"", words);
    let tcp = "goes with a TCP or UDP address";
    check(&["serve", "unix:/tmp/x", "--ttl", "3"], tcp);
    check(
        &["serve", "unix:/tmp/x", "--dual-stack"],
        "--dual-stack needs an IPv6 address",
    );
    check(
        &["send", "unix:/tmp/x", "--text", "a", "--source", ":9"],
        tcp,
    );
    check(
        &["send", "unix:/tmp/x", "--text", "a", "--linger", "0s"],
        tcp,
    );
    let file = "--mode goes with unix:PATH";
    check(&["serve", ":0", "--mode", "600"], file);
    check(&["serve", "unix:@x", "--mode", "600"], file);
    check(&["serve", "unix:/tmp/x", "--mode", "888"], "octal");
    check(&["send", "unix:", "--text", "a"], "unix:");
}
