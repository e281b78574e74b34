//! Presets over UDP: a DNS server asked by dig, its client at a real resolver, and a syslog server that logger talks to.

use std::fs;
use std::net::UdpSocket;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{folder, printed};
use crate::program::{Bothends, PATIENCE, run};

/// Serves a preset on a free port, which it returns.
fn serve(name: &str, options: &[&str]) -> (Bothends, String) {
    let path = folder().join(name).with_extension("bothends");
    let rules = ["--rules", path.to_str().unwrap()];
    let mut server =
        Bothends::start(&[&["serve", "udp://127.0.0.1:0"], &rules[..], options].concat());
    let line = server.stderr_line();
    let port = line.rsplit(':').next().unwrap().to_owned();
    assert!(line.starts_with("listening on udp://127.0.0.1:"), "{line}");
    (server, port)
}

pub(super) fn dig() {
    let (_server, port) = serve("dns", &[]);
    let dig = |more: &[&str]| {
        let first = ["@127.0.0.1", "-p", &port, "+tries=2", "+time=5"];
        printed("dig", &[&first[..], more].concat(), "")
    };
    let short = |name: &str, kind: &str| dig(&["+short", name, kind]);
    assert_eq!(short("meter.example", "A"), "192.0.2.10\n");
    assert_eq!(short("METER.example", "A"), "192.0.2.10\n");
    assert_eq!(short("meter.example", "AAAA"), "2001:db8::a\n");
    assert_eq!(short("meter.example", "TXT"), "\"unit=kWh\"\n");
    for (name, kind, status) in [
        ("meter.example", "A", "NOERROR"),
        ("meter.example", "MX", "NOERROR"),
        ("other.example", "A", "NXDOMAIN"),
        ("other.meter.example", "AAAA", "NXDOMAIN"),
    ] {
        let said = dig(&[name, kind]);
        assert!(said.contains(&format!("status: {status}")), "{said}");
        assert!(!said.to_lowercase().contains("warning"), "{said}");
        assert!(!said.contains("malformed"), "{said}");
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.local_addr().unwrap().port()
}

/// A resolver on a free port, killed on drop.
struct Resolver(Child);

impl Drop for Resolver {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

pub(super) fn dnsmasq() {
    // Whoever was quicker may have the port by now.
    let answers = (0..5).any(|_| asks_dnsmasq());
    assert!(answers, "dnsmasq does not run");
}

/// Asks a resolver; returns whether it ran.
fn asks_dnsmasq() -> bool {
    let port = free_port();
    let mut command = Command::new("dnsmasq");
    command
        .args(["--keep-in-foreground", "--no-resolv", "--no-hosts"])
        .args(["--conf-file=/dev/null", "--pid-file=", "--bind-interfaces"])
        .args([
            "--listen-address=127.0.0.1",
            "--address=/meter.example/192.0.2.77",
        ])
        .arg(format!("--port={port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut resolver = Resolver(command.spawn().unwrap());
    let text = fs::read_to_string(folder().join("dns.bothends")).unwrap();
    let client = text.split_once("[[client]]").unwrap().1;
    let address = format!("udp://127.0.0.1:{port}");
    let client = client.replace("connect = \"DNS\"", &format!("connect = \"{address}\""));
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("client.bothends");
    fs::write(&path, format!("format = 1\n\n[[client]]{client}")).unwrap();
    let path = path.to_str().unwrap();
    // It has to start first: until then, nobody is there.
    let until = Instant::now() + PATIENCE;
    loop {
        let finished = run(&["run", path, "--sequence", "look up an address", "--json"]);
        if finished.code == Some(0) {
            let answer = finished.objects();
            let is_address = |it: &&serde_json::Value| {
                it["event"] == "received"
                    && it["hex"]
                        .as_str()
                        .is_some_and(|it| it.ends_with("c000024d"))
            };
            assert!(answer.iter().any(|it| is_address(&it)), "{finished:?}");
            return true;
        }
        if resolver.0.try_wait().unwrap().is_some() {
            return false;
        }
        assert!(Instant::now() < until, "{finished:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub(super) fn logger() {
    let (server, port) = serve("syslog", &["--json"]);
    let to = ["--udp", "--server", "127.0.0.1", "--port", &port];
    for words in ["the meter is on", "the meter is off"] {
        let how = [
            "--rfc5424",
            "--tag",
            "meter",
            "--priority",
            "local0.warning",
            words,
        ];
        printed("logger", &[&to[..], &how].concat(), "");
    }
    let server = server.after_stdout("the meter is off");
    server.signal("TERM");
    assert_eq!(server.wait().code, Some(0));
}
