//! UDP: socat, ncat and Python against ours, both ways, and multicast between programs.

use std::io::{Read as _, Write as _};
use std::net::UdpSocket;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use super::{printed, python};
use crate::program::{Bothends, PATIENCE, run};

/// Serves on 127.0.0.1, and returns the port.
fn serve(options: &[&str]) -> (Bothends, String) {
    let mut server = Bothends::start(&[&["serve", "udp://127.0.0.1:0"], options].concat());
    let line = server.stderr_line();
    let port = line.strip_prefix("listening on udp://127.0.0.1:");
    let port = port.unwrap_or_else(|| panic!("{line}")).to_owned();
    (server, port)
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.local_addr().unwrap().port()
}

/// A foreign program, killed on drop.
struct Foreign {
    child: Child,
    _stdin: Option<ChildStdin>,
}

impl Foreign {
    fn start(program: &str, arguments: &[&str]) -> Self {
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let stdin = child.stdin.take();
        Self {
            child,
            _stdin: stdin,
        }
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Sends until somebody is there and answers, and returns the answer.
fn ask_until_there(port: u16, text: &str) -> Vec<u8> {
    let target = format!("udp://127.0.0.1:{port}");
    let until = Instant::now() + PATIENCE;
    loop {
        let arguments = [
            "send", &target, "--text", text, "--frames", "1", "--wait", "2s",
        ];
        let finished = run(&arguments);
        if finished.code == Some(0) {
            return finished.stdout;
        }
        assert!(Instant::now() < until, "{finished:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub(super) fn socat_client() {
    let (server, port) = serve(&["--json"]);
    let target = format!("UDP4:127.0.0.1:{port}");
    let arguments = ["-t", "5", "-T", "1", "-", &target];
    assert_eq!(printed("socat", &arguments, "over here"), "over here");
    server.signal("TERM");
    let objects = server.wait().objects();
    let received = objects.iter().find(|it| it["event"] == "received").unwrap();
    assert_eq!(received["text"], "over here");
}

pub(super) fn socat_server() {
    let port = free_port();
    let listen = format!("UDP4-RECVFROM:{port},bind=127.0.0.1,fork");
    let _socat = Foreign::start("socat", &[&listen, "EXEC:cat"]);
    assert_eq!(ask_until_there(port, "hello"), b"hello");
    assert_eq!(ask_until_there(port, "again"), b"again");
}

pub(super) fn ncat_client() {
    let (_server, port) = serve(&["--reply", "text:well\\n"]);
    let arguments = ["--udp", "--idle-timeout", "1", "127.0.0.1", &port];
    let mut command = Command::new("ncat");
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"how are you?\n").unwrap();
    let mut answer = [0; 5];
    child
        .stdout
        .take()
        .unwrap()
        .read_exact(&mut answer)
        .unwrap();
    drop(stdin);
    assert_eq!(&answer, b"well\n");
    child.kill().ok();
    child.wait().unwrap();
}

pub(super) fn ncat_server() {
    let port = free_port();
    let text = port.to_string();
    let arguments = [
        "--udp",
        "--listen",
        "--keep-open",
        "--sh-exec",
        "exec cat",
        "127.0.0.1",
        &text,
    ];
    let _ncat = Foreign::start("ncat", &arguments);
    assert_eq!(ask_until_there(port, "hello"), b"hello");
}

/// Python counts what it receives from us, edges and all.
pub(super) fn python_peer() {
    let (_server, port) = serve(&[]);
    let script = r"
import socket, sys
peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
peer.settimeout(20)
peer.connect(('127.0.0.1', int(sys.argv[1])))
for size in (0, 1, 1472, 9000, 65507):
    peer.send(b'x' * size)
    print(len(peer.recv(70000)))
";
    assert_eq!(python(script, &[&port]), "0\n1\n1472\n9000\n65507\n");
}

/// A server of ours hears what another program sends to a group, and the other way round.
pub(super) fn multicast() {
    let options = [
        "--group",
        "239.77.12.31",
        "--interface",
        "lo",
        "--reply",
        "text:here",
    ];
    let mut server = Bothends::start(&[&["serve", "udp://0.0.0.0:0"], &options[..]].concat());
    let line = server.stderr_line();
    let port = line.rsplit(':').next().unwrap();
    let ask = r"
import socket, sys
peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
peer.settimeout(20)
peer.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton('127.0.0.1'))
peer.sendto(b'who is there?', ('239.77.12.31', int(sys.argv[1])))
print(peer.recv(100).decode())
";
    assert_eq!(python(ask, &[port]), "here\n");
    // Two servers of different programs on one port and group: both hear a client of ours.
    let hear = r"
import socket, sys
peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
peer.settimeout(20)
peer.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
peer.bind(('239.77.12.31', int(sys.argv[1])))
peer.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
    socket.inet_aton('239.77.12.31') + socket.inet_aton('127.0.0.1'))
print('ready', flush=True)
data, address = peer.recvfrom(100)
peer.sendto(b'there', address)
";
    let mut python = Foreign::start("python3", &["-B", "-c", hear, port]);
    let mut ready = [0; 6];
    let mut stdout = python.child.stdout.take().unwrap();
    stdout.read_exact(&mut ready).unwrap();
    let group = format!("udp://239.77.12.31:{port}");
    let arguments = [
        "send",
        &group,
        "--text",
        "all?",
        "--interface",
        "lo",
        "--frames",
        "2",
    ];
    let finished = run(&[&arguments[..], &["--wait", "10s"]].concat());
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let mut answers = [&finished.stdout[..4], &finished.stdout[4..]];
    answers.sort_unstable();
    assert!(
        finished.stdout == b"herethere" || finished.stdout == b"therehere",
        "{answers:?}"
    );
}

/// On an interface that does not loop back by itself, what is sent to a group is heard on this machine, or not.
pub(super) fn own_multicast() {
    let script = r#"
set -e
ip link set lo up
ip link add d0 type veth peer name d1
ip link set d1 up
ip addr add 10.77.0.1/24 dev d0
ip link set d0 up
"$1" serve udp://0.0.0.0:7777 --group 239.77.12.41 --interface d0 --json --max-time 3s 2>"$2/words" >"$2/heard" &
while ! grep -q listening "$2/words"; do sleep 0.05; done
"$1" send udp://239.77.12.41:7777 --text unheard --interface d0 --no-multicast-loop --wait 0s
"$1" send udp://239.77.12.41:7777 --text heard --interface d0 --frames 1 --wait 2s >/dev/null
wait
grep -o '"text":"[a-z]*"' "$2/heard" | sort -u
"#;
    let folder = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_bothends");
    let place = folder.path().to_str().unwrap();
    let arguments = ["-Urn", "sh", "-c", script, "sh", program, place];
    assert_eq!(printed("unshare", &arguments, ""), "\"text\":\"heard\"\n");
}
