//! The tests, and how foreign programs are run.

#[path = "datagrams.rs"]
mod datagrams;
#[path = "tls.rs"]
mod tls;

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{ChildStdout, Command, Output, Stdio};

use libtest_mimic::{Completion, Trial};
use tempfile::TempDir;

use crate::program::{Bothends, PATIENCE, in_time, run};

const PYTHON: &str = "python3";

/// The name of a test, the programs that it needs, and the test.
type Test = (&'static str, &'static [&'static str], fn());

/// The tests.
pub(crate) fn trials() -> Vec<Trial> {
    let tests: [Test; 26] = [
        ("curl_speaks_over_a_unix_socket", &["curl"], curl),
        ("socat_speaks_to_a_unix_server", &["socat"], socat_client),
        (
            "socat_speaks_to_an_abstract_name",
            &["socat"],
            socat_abstract,
        ),
        ("socat_answers_a_unix_client", &["socat"], socat_server),
        ("ss_shows_keep_alive_and_buffers", &["ss"], ss),
        ("a_peer_sees_the_time_to_live", &[PYTHON], time_to_live),
        ("a_mail_client_reads_the_greeting", &[PYTHON], mail_client),
        (
            "a_file_transfer_client_reads_the_greeting",
            &[PYTHON],
            ftp_client,
        ),
        ("what_arrives_cannot_drive_a_terminal", &[PYTHON], terminal),
        (
            "socat_sends_a_datagram",
            &["socat"],
            datagrams::socat_client,
        ),
        (
            "socat_answers_datagrams",
            &["socat"],
            datagrams::socat_server,
        ),
        ("ncat_sends_a_datagram", &["ncat"], datagrams::ncat_client),
        ("ncat_answers_datagrams", &["ncat"], datagrams::ncat_server),
        (
            "datagrams_keep_their_edges",
            &[PYTHON],
            datagrams::python_peer,
        ),
        (
            "a_group_has_several_programs",
            &[PYTHON],
            datagrams::multicast,
        ),
        (
            "own_multicast_is_heard_or_not",
            &["unshare", "ip"],
            datagrams::own_multicast,
        ),
        (
            "openssl_is_served_with_tls",
            &["openssl"],
            tls::openssl_client,
        ),
        (
            "openssl_serves_us_with_tls",
            &["openssl"],
            tls::openssl_server,
        ),
        ("openssl_starts_tls", &["openssl"], tls::openssl_starttls),
        ("a_mail_client_starts_tls", &[PYTHON], tls::python_starttls),
        ("curl_is_served_with_tls", &["curl"], tls::curl_client),
        (
            "each_flaw_is_refused_for_its_reason",
            &["curl", "openssl"],
            tls::flaws,
        ),
        ("python_is_served_with_tls", &[PYTHON], tls::python_client),
        ("python_serves_us_with_tls", &[PYTHON], tls::python_server),
        ("nginx_serves_us_with_tls", &["nginx"], tls::nginx),
        (
            "a_browser_is_served_with_tls",
            &["chromium", "certutil"],
            tls::chromium,
        ),
    ];
    let trials = tests.into_iter().map(|(name, programs, test)| {
        Trial::ignorable_test(name, move || {
            let missing = programs.iter().find(|program| !is_installed(program));
            if let Some(program) = missing {
                let reason = format!("{program} is not installed");
                return match env::var_os("BOTHENDS_REQUIRE_ALL") {
                    Some(_) => Err(reason.into()),
                    None => Ok(Completion::ignored_with(reason)),
                };
            }
            test();
            Ok(Completion::Completed)
        })
    });
    trials.collect()
}

fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Runs a program to its end, with this standard input.
fn output(program: &str, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(program);
    command.args(arguments);
    let input = input.to_owned();
    in_time(move || {
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = pipes.stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(input.as_bytes()).unwrap();
        drop(stdin);
        child.wait_with_output().unwrap()
    })
}

/// Runs a program that has to succeed, and returns what it printed.
fn printed(program: &str, arguments: &[&str], input: &str) -> String {
    let output = output(program, arguments, input);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn python(script: &str, arguments: &[&str]) -> String {
    printed(PYTHON, &[&["-B", "-c", script], arguments].concat(), "")
}

/// A folder with a place for a socket.
fn place() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket").to_str().unwrap().to_owned();
    (folder, path)
}

/// Starts a server on a Unix socket.
fn serve_unix(address: &str, options: &[&str]) -> Bothends {
    let mut server = Bothends::start(&[&["serve", address], options].concat());
    assert_eq!(server.stderr_line(), format!("listening on {address}"));
    server
}

fn curl() {
    let (_folder, path) = place();
    let reply = r"text:HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nready\n";
    let options = ["--framing", "http", "--reply", reply];
    let _server = serve_unix(&format!("unix:{path}"), &options);
    let url = "http://meter/status";
    let arguments = ["--silent", "--show-error", "--unix-socket", &path, url];
    assert_eq!(printed("curl", &arguments, ""), "ready\n");
}

fn socat_client() {
    let (_folder, path) = place();
    let server = serve_unix(&format!("unix:{path}"), &["--json"]);
    let target = format!("UNIX-CONNECT:{path}");
    assert_eq!(printed("socat", &["-", &target], "over here"), "over here");
    server.signal("TERM");
    let finished = server.wait();
    let objects = finished.objects();
    let accepted = objects.iter().find(|it| it["event"] == "accepted");
    assert_eq!(accepted.unwrap()["command"], "socat");
    assert!(fs::metadata(path).is_err());
}

fn socat_abstract() {
    let name = format!("bothends-foreign-{}", std::process::id());
    let _server = serve_unix(&format!("unix:@{name}"), &[]);
    let target = format!("ABSTRACT-CONNECT:{name}");
    assert_eq!(printed("socat", &["-", &target], "over here"), "over here");
}

fn socat_server() {
    let (_folder, path) = place();
    let target = format!("UNIX-LISTEN:{path}");
    let mut socat = Command::new("socat")
        .args([&target, "SYSTEM:cat"])
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let appears = PathBuf::from(&path);
    in_time(move || {
        while !appears.exists() {
            std::thread::yield_now();
        }
    });
    let address = format!("unix:{path}");
    let arguments = [
        "send", &address, "--text", "ping", "--expect", "ping", "--wait", "5s",
    ];
    let finished = run(&arguments);
    socat.kill().ok();
    socat.wait().unwrap();
    finished.check(0, b"ping", "");
}

/// What `ss` shows of the server's end of a connection that has these options.
fn ss() {
    let options = [
        "--keep-alive",
        "100s,10s,5",
        "--send-buffer",
        "20000",
        "--receive-buffer",
        "30000",
    ];
    let (_server, bound) = Bothends::serve("127.0.0.1:0", &options);
    let _peer = TcpStream::connect_timeout(&bound, PATIENCE).unwrap();
    let filter = format!("sport = :{}", bound.port());
    let shown = in_time(move || {
        loop {
            let shown = printed("ss", &["--tcp", "-Hnoi", "--memory", &filter], "");
            // It is accepted soon after it is connected.
            if shown.contains("keepalive") {
                return shown;
            }
        }
    });
    // Linux doubles the sizes of buffers (socket(7)).
    for expected in ["timer:(keepalive,1min", "tb40000", "rb60000"] {
        assert!(shown.contains(expected), "{expected} in {shown}");
    }
}

/// Listens, accepts, and prints the TTL of the packet that completed the connection.
const PRINT_TTL: &str = "
import socket, struct
server = socket.create_server(('127.0.0.1', 0))
print(server.getsockname()[1], flush=True)
peer, _ = server.accept()
IP_PKTOPTIONS, IP_RECVTTL = 9, 12
peer.setsockopt(socket.IPPROTO_IP, IP_RECVTTL, 1)
options = peer.getsockopt(socket.IPPROTO_IP, IP_PKTOPTIONS, 64)
# Closing with unread bytes would reset the connection.
while peer.recv(64): pass
print(struct.unpack_from('i', options, 16)[0])
";

fn time_to_live() {
    let mut python = Command::new(PYTHON)
        .args(["-B", "-c", PRINT_TTL])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(python.stdout.take().unwrap());
    let (lines, port) = next_line(lines);
    let address = format!("127.0.0.1:{port}");
    let arguments = [
        "send", &address, "--text", "a", "--wait", "0s", "--ttl", "7",
    ];
    run(&arguments).check(0, b"", "");
    let (_, ttl) = next_line(lines);
    python.wait().unwrap();
    assert_eq!(ttl, "7");
}

fn next_line(mut lines: BufReader<ChildStdout>) -> (BufReader<ChildStdout>, String) {
    in_time(move || {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        (lines, line.trim().to_owned())
    })
}

/// A server that greets, and does not answer.
fn greeting(greeting: &str) -> (Bothends, SocketAddr) {
    let greeting = format!("text:{greeting}");
    Bothends::serve("127.0.0.1:0", &["--greeting", &greeting, "--reply", "none"])
}

fn mail_client() {
    let (_server, bound) = greeting(r"220 mail.example ready\r\n");
    let script = "
import smtplib, sys
client = smtplib.SMTP(timeout=10)
print(*client.connect('127.0.0.1', int(sys.argv[1])))
";
    let printed = python(script, &[&bound.port().to_string()]);
    assert_eq!(printed, "220 b'mail.example ready'\n");
}

fn ftp_client() {
    let (_server, bound) = greeting(r"220-Welcome\r\n220 ready\r\n");
    let script = "
import ftplib, sys
client = ftplib.FTP(timeout=10)
print(client.connect('127.0.0.1', int(sys.argv[1])))
";
    let printed = python(script, &[&bound.port().to_string()]);
    assert_eq!(printed, "220-Welcome\n220 ready\n");
}

/// Runs a command on a pseudo terminal, and prints what came out of it in hex.
const ON_A_TERMINAL: &str = "
import os, pty, sys
child, terminal = pty.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
shown = b''
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    shown += piece
os.waitpid(child, 0)
print(shown.hex())
";

/// What a terminal gets of a received answer.
fn on_a_terminal(options: &[&str]) -> Vec<u8> {
    let reply = [
        "--greeting",
        r"hex:1B5B324A C29B E280AE 07 0D0A E697A5 FF",
        "--reply",
        "none",
    ];
    let (_server, bound) = Bothends::serve("127.0.0.1:0", &reply);
    let address = bound.to_string();
    let program = env!("CARGO_BIN_EXE_bothends");
    let arguments = [program, "send", &address, "--text", "a", "--wait", "500ms"];
    let shown = python(ON_A_TERMINAL, &[&arguments[..], options].concat());
    bothends::payload::hex::parse(shown.trim()).unwrap()
}

fn terminal() {
    // The terminal itself makes CR LF of each LF.
    let expected = "\\x1B[2J\\u{9B}\\u{202E}\\x07\\r\\n\r\n日\\xFF\r\n";
    let shown = on_a_terminal(&[]);
    assert_eq!(String::from_utf8_lossy(&shown), expected);
    let raw = b"\x1B[2J\xC2\x9B\xE2\x80\xAE\x07\r\r\n\xE6\x97\xA5\xFF";
    assert_eq!(on_a_terminal(&["--raw"]), raw);
    let json = on_a_terminal(&["--json"]);
    assert!(json.starts_with(b"{\"event\""));
    assert!(!json.contains(&0x1B));
}
