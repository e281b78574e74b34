//! TLS on the command line: `serve`, `send`, `run` and `ca`, each option of TLS, and where they are refused.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::Instant;

use serde_json::Value;

use super::ground::Ground;
use super::has_ipv6;
use super::program::{Bothends, Finished, PATIENCE, run};

const NAME: &str = "shop.example";

impl Ground {
    /// Starts the program with this folder.
    fn start(&self, arguments: &[&str]) -> Bothends {
        Bothends::start_with(arguments, &[("BOTHENDS_CONFIG_DIR", self.folder())])
    }

    fn run(&self, arguments: &[&str]) -> Finished {
        self.start(arguments).finish()
    }

    /// Serves, and returns the address that was bound.
    fn serve(&self, address: &str, options: &[&str]) -> (Bothends, SocketAddr) {
        let mut server = self.start(&[&["serve", address], options].concat());
        let line = server.stderr_line();
        let bound = line.strip_prefix("listening on ");
        let bound = bound.unwrap_or_else(|| panic!("{line}")).parse().unwrap();
        (server, bound)
    }

    /// Sends a line, and expects it back.
    fn send(&self, to: SocketAddr, options: &[&str]) -> Finished {
        let target = format!("tls://{to}");
        let sent = [
            "send", &target, "--text", "ping", "--expect", "ping", "--wait", "10s",
        ];
        self.run(&[&sent[..], options].concat())
    }
}

/// Returns the objects of an event.
fn events<'a>(objects: &'a [Value], name: &str) -> Vec<&'a Value> {
    objects.iter().filter(|it| it["event"] == name).collect()
}

#[test]
fn both_commands_speak_tls_on_both_families() {
    let ground = Ground::new();
    for address in ["tls://127.0.0.1:0", "TLS://localhost:0", "tls://[::1]:0"] {
        if address.contains("[::1]") && !has_ipv6() {
            continue;
        }
        let (server, bound) = ground.serve(address, &[]);
        ground.send(bound, &[]).check(0, b"ping", "");
        server.signal("TERM");
        assert_eq!(server.wait().code, Some(0));
    }
}

#[test]
fn what_was_agreed_on_is_in_the_json_of_both() {
    let ground = Ground::new();
    let (server, bound) = ground.serve("tls://127.0.0.1:0", &["--json", "--alpn", "test/1"]);
    let options = ["--json", "--server-name", NAME, "--alpn", "other/1,test/1"];
    let sent = ground.send(bound, &options);
    assert_eq!(sent.code, Some(0), "{sent:?}");
    server.signal("TERM");
    let others = server.wait();
    for finished in [&sent, &others] {
        let objects = finished.objects();
        let agreed = events(&objects, "tls_agreed");
        let [agreed] = agreed[..] else {
            panic!("{objects:#?}");
        };
        assert_eq!(agreed["tls_version"], "1.3", "{agreed}");
        assert_eq!(agreed["alpn"], "test/1", "{agreed}");
        assert_eq!(agreed["server_name"], NAME, "{agreed}");
        let bytes = events(&objects, "sent");
        let on_the_wire = bytes[0]["wire_bytes"].as_u64();
        assert!(on_the_wire > bytes[0]["bytes"].as_u64(), "{}", bytes[0]);
    }
}

#[test]
fn each_flaw_fails_send_with_its_reason() {
    let ground = Ground::new();
    for (flaw, words) in [
        ("expired", "expired"),
        ("not-yet-valid", "not yet valid"),
        ("wrong-name", NAME),
        ("self-signed", "itself"),
        ("unknown-issuer", "issuer"),
        ("missing-intermediate", "intermediate"),
        ("weak-key", "1024"),
    ] {
        let (_server, bound) = ground.serve("tls://127.0.0.1:0", &["--flaw", flaw]);
        let sent = ground.send(bound, &["--server-name", NAME]);
        assert_eq!(sent.code, Some(1), "{flaw}: {sent:?}");
        eprintln!("{flaw}: {}", sent.stderr);
        let stderr = sent.stderr.to_lowercase();
        assert!(
            stderr.contains(words) || stderr.contains("certificate"),
            "{flaw}: {sent:?}"
        );
        // Whoever checks nothing does not see it.
        ground.send(bound, &["--unchecked"]).check(0, b"ping", "");
    }
}

#[test]
fn the_certificate_of_the_authority_is_what_roots_take() {
    let (ground, stranger) = (Ground::new(), Ground::new());
    let (_server, bound) = ground.serve("tls://127.0.0.1:0", &[]);
    let written = ground.run(&["ca"]);
    assert_eq!(written.code, Some(0), "{written:?}");
    assert!(written.stdout.starts_with(b"-----BEGIN CERTIFICATE-----"));
    assert!(written.stderr.contains("curl"), "{written:?}");
    let path = ground.path("copy.pem");
    fs::write(&path, &written.stdout).unwrap();
    // Another installation trusts it only with `--roots`.
    assert_eq!(stranger.send(bound, &[]).code, Some(1));
    stranger
        .send(bound, &["--roots", &path])
        .check(0, b"ping", "");
    stranger
        .send(bound, &["--cacert", &path])
        .check(0, b"ping", "");
    stranger.send(bound, &["--insecure"]).check(0, b"ping", "");
    let missing = ground.path("missing.pem");
    let sent = stranger.send(bound, &["--roots", &missing]);
    assert_eq!(sent.code, Some(1), "{sent:?}");
    assert!(sent.stderr.contains("missing.pem"), "{sent:?}");
}

#[test]
fn certificates_from_files_are_shown_by_both() {
    let ground = Ground::new();
    let authority = ground.authority();
    let server = ground.write_whole("server", &authority.identity_for(NAME).unwrap());
    let client = ground.write_whole("client", &authority.client_identity().unwrap());
    let options = ["--cert", &server, "--client-cert", "require"];
    let (_server, bound) = ground.serve("tls://127.0.0.1:0", &options);
    let name = ["--server-name", NAME];
    ground
        .send(
            bound,
            &[&name[..], &["--cert", &client, "--key", &client]].concat(),
        )
        .check(0, b"ping", "");
    ground
        .send(bound, &[&name[..], &["--own-cert"]].concat())
        .check(0, b"ping", "");
    let refused = ground.send(bound, &name);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains("certificate"), "{refused:?}");
    // It is for that name alone.
    let refused = ground.send(bound, &["--own-cert"]);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.stderr.contains(NAME), "{refused:?}");
}

#[test]
fn clients_may_be_asked_and_their_roots_be_others() {
    let (ground, stranger) = (Ground::new(), Ground::new());
    let foreign = stranger.authority();
    let roots = foreign.path().to_str().unwrap().to_owned();
    let client = ground.write_whole("client", &foreign.client_identity().unwrap());
    let options = ["--client-cert", "ask", "--client-roots", &roots];
    let (_server, bound) = ground.serve("tls://127.0.0.1:0", &options);
    ground.send(bound, &[]).check(0, b"ping", "");
    ground
        .send(bound, &["--cert", &client])
        .check(0, b"ping", "");
    // One of another authority is not accepted, though none at all is.
    assert_eq!(ground.send(bound, &["--own-cert"]).code, Some(1));
}

#[test]
fn versions_that_differ_are_named() {
    let ground = Ground::new();
    for (ours, theirs, is_good) in [
        ("1.2", "1.2", true),
        ("1.3", "both", true),
        ("1.2", "1.3", false),
    ] {
        let (_server, bound) = ground.serve("tls://127.0.0.1:0", &["--tls-versions", theirs]);
        let sent = ground.send(bound, &["--tls-versions", ours]);
        assert_eq!(sent.code, Some(i32::from(!is_good)), "{sent:?}");
        assert!(is_good || sent.stderr.contains("version"), "{sent:?}");
    }
}

#[test]
fn a_server_that_misbehaves_fails_send() {
    let ground = Ground::new();
    for (fault, code) in [("garbage", 1), ("silence", 1), ("no-close-notify", 0)] {
        let (_server, bound) = ground.serve("tls://127.0.0.1:0", &["--tls-fault", fault]);
        let sent = ground.send(bound, &["--connect-timeout", "500ms"]);
        assert_eq!(sent.code, Some(code), "{fault}: {sent:?}");
    }
}

#[test]
fn no_name_is_sent_if_that_is_wanted() {
    let ground = Ground::new();
    let (server, bound) = ground.serve("tls://127.0.0.1:0", &["--json"]);
    let target = format!("tls://localhost:{}", bound.port());
    let sent = ["send", &target, "--text", "ping", "--expect", "ping"];
    ground.run(&sent).check(0, b"ping", "");
    let sent = [&sent[..], &["--no-server-name"]].concat();
    ground.run(&sent).check(0, b"ping", "");
    server.signal("TERM");
    let objects = server.wait().objects();
    let names: Vec<_> = events(&objects, "tls_agreed")
        .iter()
        .map(|it| it["server_name"].clone())
        .collect();
    assert_eq!(names, [Value::from("localhost"), Value::Null]);
}

#[test]
fn keys_are_logged_where_the_option_or_the_variable_says() {
    let ground = Ground::new();
    let (_server, bound) = ground.serve("tls://127.0.0.1:0", &[]);
    let (one, other) = (ground.path("one"), ground.path("other"));
    ground
        .send(bound, &["--key-log", &one])
        .check(0, b"ping", "");
    let target = format!("tls://{bound}");
    let arguments = ["send", &target, "--text", "ping", "--expect", "ping"];
    let variables = [
        ("BOTHENDS_CONFIG_DIR", ground.folder()),
        ("SSLKEYLOGFILE", Path::new(&other)),
    ];
    Bothends::start_with(&arguments, &variables)
        .finish()
        .check(0, b"ping", "");
    for path in [one, other] {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("CLIENT_TRAFFIC_SECRET_0 "), "{text}");
    }
}

#[test]
fn options_of_tls_are_refused_elsewhere() {
    for (option, value) in [
        ("--cert", Some("a.pem")),
        ("--alpn", Some("h2")),
        ("--tls-versions", Some("1.2")),
        ("--key-log", Some("keys")),
        ("--flaw", Some("expired")),
        ("--client-cert", Some("ask")),
        ("--client-roots", Some("a.pem")),
        ("--tls-fault", Some("garbage")),
    ] {
        for address in [":0", "udp://:0", "unix:/tmp/none"] {
            let arguments = [&["serve", address, option], value.as_slice()].concat();
            run(&arguments).check(2, b"", option);
        }
    }
    for (option, value) in [
        ("--roots", Some("a.pem")),
        ("--unchecked", None),
        ("--server-name", Some(NAME)),
        ("--no-server-name", None),
        ("--own-cert", None),
        ("--cert", Some("a.pem")),
        ("--alpn", Some("h2")),
        ("--tls-versions", Some("1.2")),
        ("--key-log", Some("keys")),
    ] {
        let value = value.as_slice();
        let arguments = [&["send", ":9", "--text", "x", option], value].concat();
        run(&arguments).check(2, b"", option);
    }
}

#[test]
fn options_that_contradict_one_another_are_wrong_usage() {
    for arguments in [
        &["serve", "tls://:0", "--flaw", "expired", "--cert", "a.pem"][..],
        &["serve", "tls://:0", "--key", "a.pem"],
        &["serve", "tls://:0", "--flaw", "none-such"],
        &[
            "send",
            "tls://:9",
            "--text",
            "x",
            "--unchecked",
            "--roots",
            "a.pem",
        ],
        &[
            "send",
            "tls://:9",
            "--text",
            "x",
            "--own-cert",
            "--cert",
            "a.pem",
        ],
        &[
            "send",
            "tls://:9",
            "--text",
            "x",
            "--server-name",
            "a",
            "--no-server-name",
        ],
    ] {
        let finished = run(arguments);
        assert_eq!(finished.code, Some(2), "{arguments:?} {finished:?}");
    }
}

/// A document with a server that is plain at first and starts TLS by a rule, and a client whose sequence does too.
const MAIL: &str = r#"format = 1

[[server]]
name = "Mail"
listen = "tls://127.0.0.1:PORT"
starttls = true
tls_versions = "1.3"
framing = "lf"
greeting = { text = '220 ready\n' }
reply = "rules"

[[server.rule]]
name = "start"
when = { equals = "STARTTLS" }
then = [{ send = '220 go on\n' }, "starttls"]

[[server.rule]]
name = "answer"
then = [{ send = '250 OK\n' }]

[[client]]
name = "Sender"
connect = "tls://127.0.0.1:PORT"
starttls = true
tls_name = "shop.example"
framing = "lf"

[[client.sequence]]
name = "send"
steps = [
  { expect = "220" },
  { send = 'STARTTLS\n' },
  { expect = "220" },
  "starttls",
  { send = 'EHLO\n' },
  { expect = "250" },
]
"#;

#[test]
fn a_document_starts_tls_at_both_ends() {
    let ground = Ground::new();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    drop(listener);
    let path = ground.path("mail.bothends");
    fs::write(&path, MAIL.replace("PORT", &port)).unwrap();
    let finished = ground.run(&["run", &path, "--sequence", "send", "--json"]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let objects = finished.objects();
    assert_eq!(events(&objects, "upgraded").len(), 2, "{objects:#?}");
    assert_eq!(events(&objects, "tls_agreed").len(), 2);
}

#[test]
fn send_ends_when_the_peer_says_close_notify() {
    let ground = Ground::new();
    let options = ["--reply", "text:pong", "--close-after-reply"];
    let (_server, bound) = ground.serve("tls://127.0.0.1:0", &options);
    let began = Instant::now();
    let target = format!("tls://{bound}");
    let sent = ["send", &target, "--text", "ping", "--wait", "1m"];
    let finished = ground.run(&sent);
    assert_eq!(
        (finished.code, &finished.stdout[..]),
        (Some(0), &b"pong"[..]),
        "{finished:?}"
    );
    assert!(began.elapsed() < PATIENCE);
}
