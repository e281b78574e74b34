//! TLS against other people's programs: OpenSSL's commands, curl, Python's `ssl`, a browser, nginx.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{output, printed, python};
use crate::ground::Ground;
use crate::program::{Bothends, Finished, PATIENCE, in_time};

/// The name that is asked for.
const NAME: &str = "shop.example";
/// What a server of ours answers to whatever HTTP asks.
const PAGE: &str = r"text:HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nready\n";

impl Ground {
    fn start(&self, arguments: &[&str]) -> Bothends {
        let variables = [("BOTHENDS_CONFIG_DIR", self.folder())];
        Bothends::start_with(arguments, &variables)
    }

    /// Serves, and returns the address that was bound.
    fn serve(&self, options: &[&str]) -> (Bothends, SocketAddr) {
        let mut server = self.start(&[&["serve", "tls://127.0.0.1:0"], options].concat());
        let line = server.stderr_line();
        let bound = line.strip_prefix("listening on ");
        let bound = bound.unwrap_or_else(|| panic!("{line}")).parse().unwrap();
        (server, bound)
    }

    fn send(&self, to: SocketAddr, options: &[&str]) -> Finished {
        let target = format!("tls://{to}");
        let sent = ["send", &target, "--server-name", NAME, "--wait", "10s"];
        self.start(&[&sent[..], options].concat()).finish()
    }

    fn identity(&self) -> [String; 2] {
        self.write("server", &self.authority().identity_for(NAME).unwrap())
    }

    fn client_identity(&self) -> [String; 2] {
        self.write("client", &self.authority().client_identity().unwrap())
    }
}

/// A program that is killed on drop.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Starts a program that listens on a free port, which its arguments name as `PORT`, and waits until it does.
fn listening(program: &str, arguments: &[&str]) -> (Program, SocketAddr) {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let port = address.port().to_string();
    let arguments = arguments.iter().map(|it| it.replace("PORT", &port));
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let program = Program(child.unwrap());
    let until = Instant::now() + PATIENCE;
    while TcpStream::connect_timeout(&address, Duration::from_secs(1)).is_err() {
        assert!(Instant::now() < until, "nobody listens on {address}");
        std::thread::yield_now();
    }
    (program, address)
}

fn agreed(finished: &Finished) -> Value {
    let objects = finished.objects();
    let agreed = objects.iter().find(|it| it["event"] == "tls_agreed");
    agreed.unwrap_or_else(|| panic!("{finished:?}")).clone()
}

/// What OpenSSL's client says to an echo, with further arguments. Returns all that it printed.
fn s_client(ground: &Ground, bound: SocketAddr, more: &[&str]) -> (bool, String) {
    let address = bound.to_string();
    let arguments = [
        "s_client",
        "-connect",
        &address,
        "-servername",
        NAME,
        "-verify_hostname",
        NAME,
        "-verify_return_error",
        "-CAfile",
        &ground.ca(),
        "-quiet",
    ];
    let finished = output("openssl", &[&arguments[..], more].concat(), "hello\n");
    let text =
        [finished.stdout, finished.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
    (finished.status.success(), text.concat())
}

pub(super) fn openssl_client() {
    let ground = Ground::new();
    let [certificate, key] = ground.client_identity();
    for (flag, version) in [("-tls1_2", "1.2"), ("-tls1_3", "1.3")] {
        let options = [
            "--json",
            "--client-cert",
            "require",
            "--reply",
            r"text:220 ready\n",
            "--close-after-reply",
        ];
        let (server, bound) = ground.serve(&options);
        let own = [flag, "-cert", &certificate, "-key", &key];
        let (_, text) = s_client(&ground, bound, &own);
        assert!(text.contains("220 ready"), "{text}");
        // Without a certificate it is refused.
        let (_, text) = s_client(&ground, bound, &[flag]);
        assert!(
            text.contains("alert") && text.contains("certificate"),
            "{text}"
        );
        server.signal("TERM");
        let finished = server.wait();
        let agreed = agreed(&finished);
        assert_eq!(
            (&agreed["tls_version"], &agreed["server_name"]),
            (&version.into(), &NAME.into())
        );
        assert_eq!(agreed["client_certificate_given"], true);
        let objects = finished.objects();
        let problem = objects
            .iter()
            .find(|it| it["tls_problem"].is_string())
            .unwrap();
        assert_eq!(
            problem["tls_problem"], "client_certificate_required",
            "{problem}"
        );
    }
}

pub(super) fn openssl_server() {
    let ground = Ground::new();
    let [certificate, key] = ground.identity();
    for (flag, version) in [("-tls1_2", "1.2"), ("-tls1_3", "1.3")] {
        let arguments = [
            "s_server",
            "-accept",
            "127.0.0.1:PORT",
            flag,
            "-rev",
            "-Verify",
            "1",
            "-verify_return_error",
            "-CAfile",
            &ground.ca(),
            "-cert",
            &certificate,
            "-key",
            &key,
        ];
        let (_server, bound) = listening("openssl", &arguments);
        let sent = [
            "--text",
            r"level on\n",
            "--expect",
            "no level",
            "--json",
            "--own-cert",
        ];
        let finished = ground.send(bound, &sent);
        assert_eq!(finished.code, Some(0), "{finished:?}");
        let agreed = agreed(&finished);
        assert_eq!(agreed["tls_version"], version);
        assert_eq!(agreed["client_certificate_given"], true);
        assert_eq!(agreed["checked"], "passed");
        // Without a certificate it is refused by an alert, which names the reason.
        let finished = ground.send(bound, &["--text", "x", "--expect", "x"]);
        assert_eq!(finished.code, Some(1), "{finished:?}");
        assert!(finished.stderr.contains("certificate"), "{finished:?}");
    }
}

/// A mail server that starts TLS by a rule.
const MAIL: &str = r#"format = 1

[[server]]
name = "Mail"
listen = "tls://127.0.0.1:0"
starttls = true
framing = "crlf"
greeting = { text = '220 mail.example ESMTP\r\n' }
reply = "rules"

[[server.rule]]
name = "start"
when = { equals = "STARTTLS", ignore_case = true }
then = [{ send = '220 go on\r\n' }, "starttls"]

[[server.rule]]
name = "hello"
when = { starts = "EHLO", ignore_case = true }
then = [{ send = '250-mail.example\r\n250 STARTTLS\r\n' }]

[[server.rule]]
name = "quit"
when = { equals = "QUIT", ignore_case = true }
then = [{ send = '221 bye\r\n' }, "close"]

[[server.rule]]
name = "other"
then = [{ send = '250 OK\r\n' }]
"#;

/// Runs the mail server, and returns the address that was bound.
fn mail(ground: &Ground) -> (Bothends, SocketAddr) {
    let path = ground.path("mail.bothends");
    fs::write(&path, MAIL).unwrap();
    let mut server = ground.start(&["run", &path]);
    let line = server.stderr_line();
    let bound = line
        .strip_prefix("listening on ")
        .and_then(|it| it.split(' ').next());
    let bound = bound.unwrap_or_else(|| panic!("{line}")).parse().unwrap();
    (server, bound)
}

pub(super) fn openssl_starttls() {
    let ground = Ground::new();
    let (_server, bound) = mail(&ground);
    let address = bound.to_string();
    let arguments = [
        "s_client",
        "-starttls",
        "smtp",
        "-connect",
        &address,
        "-servername",
        NAME,
        "-verify_hostname",
        NAME,
        "-verify_return_error",
        "-CAfile",
        &ground.ca(),
        "-quiet",
        "-crlf",
        "-no_ign_eof",
    ];
    // Its standard input stays open until the answer has come.
    let mut child = Command::new("openssl")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let _program = Program(child);
    stdin.write_all(b"NOOP\nquit\n").unwrap();
    let text = in_time(move || {
        let mut text = String::new();
        while !text.contains("250 OK") {
            assert_ne!(lines.read_line(&mut text).unwrap(), 0, "{text}");
        }
        text
    });
    assert!(text.contains("250 OK"), "{text}");
}

pub(super) fn python_starttls() {
    let ground = Ground::new();
    let (_server, bound) = mail(&ground);
    let script = "
import smtplib, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[2])
client = smtplib.SMTP('127.0.0.1', int(sys.argv[1]), timeout=10)
client._host = 'shop.example'
print(client.starttls(context=context))
print(client.noop(), client.sock.version())
client.quit()
";
    let printed = python(script, &[&bound.port().to_string(), &ground.ca()]);
    assert_eq!(printed, "(220, b'go on')\n(250, b'OK') TLSv1.3\n");
}

fn curl(ground: &Ground, bound: SocketAddr, more: &[&str]) -> (Option<i32>, String) {
    let url = format!("https://{NAME}:{}/", bound.port());
    let resolve = format!("{NAME}:{}:127.0.0.1", bound.port());
    let arguments = [
        "--silent",
        "--show-error",
        "--max-time",
        "10",
        "--noproxy",
        "*",
        "--resolve",
        &resolve,
        "--cacert",
        &ground.ca(),
        &url,
    ];
    let finished = output("curl", &[&arguments[..], more].concat(), "");
    let text =
        [finished.stdout, finished.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
    (finished.status.code(), text.concat())
}

pub(super) fn curl_client() {
    let ground = Ground::new();
    let options = ["--framing", "http", "--alpn", "http/1.1", "--reply", PAGE];
    let (_server, bound) = ground.serve(&options);
    for more in [
        &["--http1.1"][..],
        &["--http1.1", "--tlsv1.3"],
        &["--http1.1", "--tls-max", "1.2"],
    ] {
        assert_eq!(
            curl(&ground, bound, more),
            (Some(0), "ready\n".to_owned()),
            "{more:?}"
        );
    }
    // Another authority is not trusted.
    let other = Ground::new();
    let (code, text) = curl(&other, bound, &[]);
    assert_eq!(code, Some(60), "{text}");
}

/// What curl and OpenSSL say of each flaw.
pub(super) fn flaws() {
    let ground = Ground::new();
    for (flaw, said) in [
        ("expired", "expired"),
        ("not-yet-valid", "not yet valid"),
        ("wrong-name", "mismatch"),
        ("self-signed", "self-signed certificate"),
        ("unknown-issuer", "unable to get local issuer certificate"),
        (
            "missing-intermediate",
            "unable to get local issuer certificate",
        ),
        ("weak-key", "key too weak"),
    ] {
        let (_server, bound) =
            ground.serve(&["--flaw", flaw, "--framing", "http", "--reply", PAGE]);
        let (code, text) = curl(&ground, bound, &[]);
        let lower = text.to_lowercase();
        assert!(matches!(code, Some(60 | 35)), "{flaw}: {code:?} {text}");
        let is_name = flaw == "wrong-name" && lower.contains("subject") || lower.contains("name");
        let is_key = flaw == "weak-key" && (lower.contains("weak") || lower.contains("too small"));
        assert!(lower.contains(said) || is_name || is_key, "{flaw}: {text}");
        let (is_good, text) = s_client(&ground, bound, &[]);
        let lower = text.to_lowercase();
        assert!(
            !is_good && (lower.contains(said) || is_key || lower.contains("too weak")),
            "{flaw}: {text}"
        );
    }
}

/// Talks to a server of ours by Python's `ssl`, and prints what came of it.
const PYTHON_CLIENT: &str = "
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[2])
context.set_alpn_protocols(['test/1'])
if len(sys.argv) > 3:
    context.load_cert_chain(sys.argv[3], sys.argv[4])
plain = socket.create_connection(('127.0.0.1', int(sys.argv[1])), 10)
with context.wrap_socket(plain, server_hostname='shop.example', suppress_ragged_eofs=False) as tls:
    print(tls.version(), tls.selected_alpn_protocol())
    tls.sendall(b'hello')
    print(tls.recv(5))
    # This waits for our close_notify.
    tls.unwrap()
    print('goodbye')
";

pub(super) fn python_client() {
    let ground = Ground::new();
    let [certificate, key] = ground.client_identity();
    let (server, bound) = ground.serve(&["--alpn", "test/1", "--client-cert", "require", "--json"]);
    let arguments = [&bound.port().to_string(), &ground.ca(), &certificate, &key];
    let printed = python(PYTHON_CLIENT, &arguments.map(String::as_str));
    assert_eq!(printed, "TLSv1.3 test/1\nb'hello'\ngoodbye\n");
    server.signal("TERM");
    let objects = server.wait().objects();
    let goodbyes = objects
        .iter()
        .filter(|it| it["event"] == "tls_close_notify");
    assert_eq!(goodbyes.count(), 2, "{objects:#?}");
}

/// Accepts a client of ours by Python's `ssl`, and answers it.
const PYTHON_SERVER: &str = "
import socket, ssl, sys
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
context.load_verify_locations(sys.argv[3])
context.verify_mode = ssl.CERT_REQUIRED
server = socket.create_server(('127.0.0.1', 0))
print(server.getsockname()[1], flush=True)
plain, _ = server.accept()
with context.wrap_socket(plain, server_side=True) as tls:
    print(tls.getpeercert()['subject'] != (), tls.recv(100), flush=True)
    tls.sendall(b'answer')
    tls.unwrap()
";

pub(super) fn python_server() {
    let ground = Ground::new();
    let [certificate, key] = ground.identity();
    let mut child = Command::new("python3")
        .args(["-B", "-c", PYTHON_SERVER, &certificate, &key, &ground.ca()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let _program = Program(child);
    let (mut lines, port) = in_time(move || {
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        (lines, line.trim().to_owned())
    });
    let bound = format!("127.0.0.1:{port}").parse().unwrap();
    let finished = ground.send(bound, &["--text", "question", "--own-cert", "--json"]);
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let objects = finished.objects();
    assert!(
        objects
            .iter()
            .any(|it| it["event"] == "received" && it["text"] == "answer"),
        "{finished:?}"
    );
    assert!(
        objects.iter().any(|it| it["event"] == "tls_close_notify"),
        "{finished:?}"
    );
    let rest = in_time(move || {
        let mut rest = String::new();
        lines.read_to_string(&mut rest).map(|_len| rest).unwrap()
    });
    assert_eq!(rest, "True b'question'\n");
}

/// The configuration of nginx. It writes only where that says.
const NGINX: &str = "
daemon off;
master_process off;
pid FOLDER/nginx.pid;
error_log FOLDER/error.log;
events {}
http {
    access_log off;
    client_body_temp_path FOLDER/body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    server {
        listen 127.0.0.1:PORT ssl;
        server_name shop.example;
        ssl_certificate FOLDER/server.pem;
        ssl_certificate_key FOLDER/server-key.pem;
        ssl_client_certificate FOLDER/tls/ca.pem;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_verify_client optional;
        return 200 \"verified: $ssl_client_verify, $ssl_protocol, $ssl_server_name\\n\";
    }
}
";

pub(super) fn nginx() {
    let ground = Ground::new();
    ground.identity();
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port().to_string();
    drop(free);
    let folder = ground.folder().to_str().unwrap();
    let config = NGINX.replace("FOLDER", folder).replace("PORT", &port);
    let path = ground.path("nginx.conf");
    fs::write(&path, config).unwrap();
    let child = Command::new("nginx")
        .args(["-p", folder, "-c", &path])
        .stderr(Stdio::null())
        .spawn();
    let _nginx = Program(child.unwrap());
    let bound: SocketAddr = format!("127.0.0.1:{port}").parse().unwrap();
    let until = Instant::now() + PATIENCE;
    while TcpStream::connect_timeout(&bound, PATIENCE).is_err() {
        assert!(Instant::now() < until, "nginx does not listen");
        std::thread::yield_now();
    }
    let request = [
        "--text",
        r"GET / HTTP/1.0\r\nHost: shop.example\r\n\r\n",
        "--alpn",
        "http/1.1",
    ];
    for (more, expected) in [
        (&[][..], "text:verified: NONE, TLSv1.3, shop.example"),
        (
            &["--tls-versions", "1.2"],
            "text:verified: NONE, TLSv1.2, shop.example",
        ),
        (
            &["--own-cert"],
            "text:verified: SUCCESS, TLSv1.3, shop.example",
        ),
    ] {
        let finished = ground.send(
            bound,
            &[&request[..], &["--expect", expected], more].concat(),
        );
        assert_eq!(finished.code, Some(0), "{finished:?}");
    }
    // In the clear, it says so by HTTP; that is no TLS of ours to blame.
    let other = Ground::new();
    let finished = other.send(bound, &request);
    assert_eq!(finished.code, Some(1), "{finished:?}");
}

/// Dumps a page as a headless browser has it.
fn browser(ground: &Ground, bound: SocketAddr) -> String {
    let home = ground.path("home");
    let rules = format!("--host-resolver-rules=MAP {NAME} 127.0.0.1");
    let data = format!("--user-data-dir={home}/data");
    let url = format!("https://{NAME}:{}/", bound.port());
    let mut command = Command::new("chromium");
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--no-proxy-server",
    ]);
    command.args([
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        &data,
        &rules,
        "--dump-dom",
        &url,
    ]);
    command
        .env("HOME", &home)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .stdout(Stdio::piped());
    let child = command.spawn().unwrap();
    let mut program = Program(child);
    let mut stdout = program.0.stdout.take().unwrap();
    let (done, text) = std::sync::mpsc::channel();
    let reading = std::thread::Builder::new().spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).ok();
        done.send(text).ok();
    });
    drop(reading.unwrap());
    // A browser takes its time.
    text.recv_timeout(3 * PATIENCE)
        .expect("the browser does not end")
}

/// Has the browser trust a certificate.
fn trust(ground: &Ground) {
    let database = ground.path("home/.pki/nssdb");
    fs::create_dir_all(&database).unwrap();
    let database = format!("sql:{database}");
    printed("certutil", &["-d", &database, "-N", "--empty-password"], "");
    let add = [
        "-d",
        &database,
        "-A",
        "-t",
        "C,,",
        "-n",
        "Bothends CA",
        "-i",
        &ground.ca(),
    ];
    printed("certutil", &add, "");
}

pub(super) fn chromium() {
    let ground = Ground::new();
    trust(&ground);
    let page = r"text:HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\nConnection: close\r\n\r\n<p>ready</p>";
    let options = ["--framing", "http", "--alpn", "http/1.1", "--reply", page];
    let (_server, bound) = ground.serve(&options);
    let shown = browser(&ground, bound);
    assert!(shown.contains("<p>ready</p>"), "{shown}");
    let (_flawed, bound) = ground.serve(&[&options[..], &["--flaw", "expired"]].concat());
    let shown = browser(&ground, bound);
    assert!(!shown.contains("<p>ready</p>"), "{shown}");
}
