//! The tests, and how a preset is served.

#[path = "datagrams.rs"]
mod datagrams;

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use bothends::net::EndpointIds;
use libtest_mimic::{Completion, Trial};

use crate::program::{Bothends, PATIENCE, in_time};

const PYTHON: &str = "python3";
/// Names that a browser goes by.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The name of a test, the program that it needs, and the test.
type Test = (&'static str, Need, fn());

enum Need {
    Nothing,
    Program(&'static str),
    /// The interpreter that has this module.
    Module(&'static str),
    Browser,
}

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [Test; 25] = [
        ("every_preset_is_served", Need::Nothing, every_preset),
        ("echo", Need::Nothing, echo),
        ("discard", Need::Nothing, discard),
        ("character_generator", Need::Nothing, character_generator),
        ("daytime", Need::Nothing, daytime),
        ("line_script", Need::Nothing, line_script),
        ("chat", Need::Nothing, chat),
        ("http_answers_curl", Need::Program("curl"), http_curl),
        ("http_answers_wrk", Need::Program("wrk"), http_wrk),
        ("http_shows_a_page", Need::Browser, http_browser),
        (
            "redis_answers_redis_cli",
            Need::Program("redis-cli"),
            redis_cli,
        ),
        (
            "redis_answers_redis_benchmark",
            Need::Program("redis-benchmark"),
            redis_benchmark,
        ),
        (
            "smtp_takes_a_message_of_swaks",
            Need::Program("swaks"),
            smtp,
        ),
        ("ftp_lists_for_lftp", Need::Program("lftp"), ftp),
        (
            "modbus_tcp_answers_pymodbus",
            Need::Module("pymodbus"),
            modbus_tcp,
        ),
        (
            "modbus_rtu_answers_pymodbus",
            Need::Module("pymodbus"),
            modbus_rtu,
        ),
        ("scpi_answers_pyvisa", Need::Module("pyvisa"), scpi),
        ("hl7_is_acknowledged", Need::Module("hl7"), hl7),
        (
            "mqtt_passes_on_what_is_published",
            Need::Program("mosquitto_pub"),
            mqtt,
        ),
        ("postgresql_answers_psql", Need::Program("psql"), postgresql),
        ("websocket_echoes", Need::Module("websockets"), websocket),
        ("a_client_acts_by_rules_too", Need::Nothing, client),
        ("dns_answers_dig", Need::Program("dig"), datagrams::dig),
        (
            "dns_client_asks_dnsmasq",
            Need::Program("dnsmasq"),
            datagrams::dnsmasq,
        ),
        (
            "syslog_hears_logger",
            Need::Program("logger"),
            datagrams::logger,
        ),
    ];
    let trials = tests.into_iter().map(|(name, need, test)| {
        Trial::ignorable_test(name, move || {
            let Some(reason) = need.missing() else {
                test();
                return Ok(Completion::Completed);
            };
            match env::var_os("BOTHENDS_REQUIRE_ALL") {
                Some(_) => Err(reason.into()),
                None => Ok(Completion::ignored_with(reason)),
            }
        })
    });
    trials.collect()
}

impl Need {
    /// Returns what is missing.
    fn missing(&self) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Program(program) => {
                (!is_installed(program)).then(|| format!("{program} is not installed"))
            }
            Self::Browser => browser()
                .is_none()
                .then(|| format!("none of {BROWSERS:?} is installed")),
            Self::Module(module) => {
                let import = format!("import {module}");
                let imported = python().args(["-c", &import]).output();
                let is_there = imported.is_ok_and(|it| it.status.success());
                (!is_there)
                    .then(|| format!("Python lacks {module} (tests/protocols/requirements.txt)"))
            }
        }
    }
}

fn is_installed(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn browser() -> Option<&'static str> {
    BROWSERS.into_iter().find(|it| is_installed(it))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/presets")
}

fn python() -> Command {
    let interpreter = env::var_os("BOTHENDS_PYTHON").unwrap_or_else(|| PYTHON.into());
    let mut command = Command::new(interpreter);
    command.arg("-B");
    command
}

/// Serves a preset on a free port.
fn serve(name: &str) -> (Bothends, SocketAddr) {
    let rules = folder().join(name).with_extension("bothends");
    Bothends::serve("127.0.0.1:0", &["--rules", rules.to_str().unwrap()])
}

/// Runs a program to its end, and returns what it printed.
fn output(mut command: Command, input: &str) -> Output {
    let input = input.to_owned();
    in_time(move || {
        let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = pipes.stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that reads no input may have closed it.
        stdin.write_all(input.as_bytes()).ok();
        drop(stdin);
        child.wait_with_output().unwrap()
    })
}

/// Runs a program that has to succeed, and returns what it printed.
fn printed(program: &str, arguments: &[&str], input: &str) -> String {
    let mut command = Command::new(program);
    command.args(arguments);
    succeeded(&output(command, input))
}

fn succeeded(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs a script of this folder against a server.
fn script(name: &str, address: SocketAddr, arguments: &[&str]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/presets");
    let mut command = python();
    command.arg(path.join(name)).arg(address.port().to_string());
    command.args(arguments);
    succeeded(&output(command, ""))
}

fn connect(address: SocketAddr) -> BufReader<TcpStream> {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    BufReader::new(stream)
}

fn say(peer: &mut BufReader<TcpStream>, text: &str) {
    peer.get_mut().write_all(text.as_bytes()).unwrap();
}

fn line(peer: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    peer.read_line(&mut line).unwrap();
    line
}

/// Reads until these words have come.
fn until(peer: &mut BufReader<TcpStream>, words: &str) -> String {
    let mut text = Vec::new();
    while !text.ends_with(words.as_bytes()) {
        let mut byte = [0];
        peer.read_exact(&mut byte).unwrap();
        text.extend(byte);
    }
    String::from_utf8(text).unwrap()
}

/// The presets as documents: each is read, and runs with its own ports if they are free.
fn every_preset() {
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# "), "{} says what it is", path.display());
        let parsed = bothends::workspace::Document::parse(&text, EndpointIds::default());
        let (document, unknown) =
            parsed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(unknown, [], "{}", path.display());
        assert_eq!(
            document.to_text(),
            text,
            "{} is written as it was read",
            path.display()
        );
        count += 1;
    }
    assert_eq!(count, 20);
}

fn echo() {
    let (_server, address) = serve("echo");
    let mut peer = connect(address);
    say(&mut peer, "over\nhere\n");
    assert_eq!(
        (line(&mut peer), line(&mut peer)),
        ("over\n".into(), "here\n".into())
    );
    let (_server, address) = serve("upper-case");
    let mut peer = connect(address);
    say(&mut peer, "over here, 1\n");
    assert_eq!(line(&mut peer), "OVER HERE, 1\n");
}

fn discard() {
    let (_server, address) = serve("discard");
    let mut peer = connect(address);
    say(&mut peer, "nobody hears this");
    peer.get_ref().shutdown(std::net::Shutdown::Write).unwrap();
    let mut rest = Vec::new();
    peer.read_to_end(&mut rest).unwrap();
    assert_eq!(rest, b"");
}

fn character_generator() {
    let (_server, address) = serve("character-generator");
    let mut peer = connect(address);
    for _ in 0..3 {
        assert_eq!(line(&mut peer).len(), 74);
    }
}

fn daytime() {
    let (_server, address) = serve("daytime");
    let mut text = String::new();
    connect(address).read_to_string(&mut text).unwrap();
    let year = jiff::Zoned::now().year().to_string();
    assert!(text.contains(&year) && text.ends_with("\r\n"), "{text}");
}

fn line_script() {
    let (_server, address) = serve("line-script");
    let mut peer = connect(address);
    until(&mut peer, "login: ");
    say(&mut peer, "ann\n");
    until(&mut peer, "password for ann: ");
    say(&mut peer, "wrong\n");
    until(&mut peer, "No.\r\nlogin: ");
    say(&mut peer, "ann\n");
    until(&mut peer, "password for ann: ");
    say(&mut peer, "sesame\n");
    until(&mut peer, "Welcome. Commands: time, quit.\r\n> ");
    say(&mut peer, "TIME\n");
    until(&mut peer, "\r\n> ");
    say(&mut peer, "quit\n");
    let mut rest = String::new();
    peer.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "Goodbye.\r\n");
}

fn chat() {
    let (_server, address) = serve("chat");
    let mut ann = connect(address);
    line(&mut ann);
    let mut bob = connect(address);
    line(&mut bob);
    let bobs = bob.get_ref().local_addr().unwrap();
    assert_eq!(line(&mut ann), format!("* {bobs} has joined\n"));
    say(&mut bob, "hello\n");
    assert_eq!(line(&mut ann), format!("{bobs}: hello\n"));
    drop(bob);
    assert_eq!(line(&mut ann), format!("* {bobs} has left\n"));
}

fn http_curl() {
    let (_server, address) = serve("http");
    let curl = |arguments: &[&str]| {
        printed(
            "curl",
            &[&["--silent", "--show-error", "--max-time", "10"], arguments].concat(),
            "",
        )
    };
    let url = |path: &str| format!("http://{address}{path}");
    assert!(curl(&[&url("/")]).contains("<h1>It works</h1>"));
    // Two requests on one connection.
    let both = curl(&[&url("/time.json"), &url("/time.json")]);
    assert!(
        both.contains("\"asked\": 1}") && both.contains("\"asked\": 2}"),
        "{both}"
    );
    assert_eq!(curl(&["--data", "a=1&b=2", &url("/echo")]), "a=1&b=2");
    assert!(curl(&["--head", &url("/")]).contains("text/html"));
    let status = curl(&[
        "--output",
        "/dev/null",
        "--write-out",
        "%{http_code}",
        &url("/nowhere"),
    ]);
    assert_eq!(status, "404");
    let followed = curl(&["--location", &url("/old")]);
    assert!(followed.contains("It works"), "{followed}");
}

fn http_wrk() {
    let (_server, address) = serve("http");
    let url = format!("http://{address}/fixed");
    let text = printed("wrk", &["-t1", "-c8", "-d1s", &url], "");
    assert!(
        text.contains("requests in") && !text.contains("Non-2xx"),
        "{text}"
    );
    assert!(!text.contains("Socket errors"), "{text}");
}

fn http_browser() {
    let (_server, address) = serve("http");
    let profile = tempfile::tempdir().unwrap();
    let profile = format!("--user-data-dir={}", profile.path().display());
    let url = format!("http://{address}/");
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        &profile,
        "--dump-dom",
        &url,
    ];
    let page = printed(browser().unwrap(), &arguments, "");
    assert!(
        page.contains("<h1>It works</h1>") && page.contains("You are 127.0.0.1:"),
        "{page}"
    );
}

fn redis_cli() {
    let (_server, address) = serve("redis");
    let port = address.port().to_string();
    let commands = "PING\nSET greeting \"hello world\"\nGET greeting\nGET nothing\nECHO hi\nDEL greeting\nGET greeting\nFLY\n";
    let answers = printed("redis-cli", &["-p", &port], commands);
    let lines: Vec<&str> = answers.lines().filter(|it| !it.is_empty()).collect();
    let expected = [
        "PONG",
        "OK",
        "hello world",
        "hi",
        "1",
        "ERR unknown command",
    ];
    assert_eq!(lines, expected);
}

fn redis_benchmark() {
    let (_server, address) = serve("redis");
    let port = address.port().to_string();
    let arguments = [
        "-p",
        &port,
        "-t",
        "ping_inline,set,get",
        "-P",
        "16",
        "-n",
        "20000",
        "-q",
    ];
    let text = printed("redis-benchmark", &arguments, "");
    for name in ["PING_INLINE: ", "SET: ", "GET: "] {
        assert!(text.contains(name), "{text}");
    }
}

fn smtp() {
    let (_server, address) = serve("smtp-sink");
    let server = address.to_string();
    let arguments = [
        "--server",
        &server,
        "--to",
        "ann@example.org",
        "--from",
        "bob@example.org",
        "--body",
        "Hello\n.\nDot",
        "--helo",
        "me.example",
    ];
    let text = printed("swaks", &arguments, "");
    assert!(
        text.contains("250 2.0.0 Taken") && text.contains("221 2.0.0"),
        "{text}"
    );
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Both servers of the document run, on ports of the test's own.
fn ftp() {
    let (control, data) = (free_port(), free_port());
    let text = fs::read_to_string(folder().join("ftp.bothends")).unwrap();
    let text = text
        .replace("127.0.0.1:2121", &format!("127.0.0.1:{control}"))
        .replace("127.0.0.1:2122", &format!("127.0.0.1:{data}"))
        .replace(
            "(127,0,0,1,8,74)",
            &format!("(127,0,0,1,{},{})", data / 256, data % 256),
        );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ftp.bothends");
    fs::write(&path, text).unwrap();
    let mut running = Bothends::start(&["run", path.to_str().unwrap(), "--record", "none"]);
    for _ in 0..2 {
        assert!(running.stderr_line().contains("listening on "));
    }
    let commands = "set net:timeout 10; set net:max-retries 1; set ftp:sync-mode on; ls; bye";
    let url = format!("ftp://127.0.0.1:{control}");
    let listing = printed("lftp", &["-e", commands, &url], "");
    assert!(
        listing.contains("hello.txt") && listing.contains("pictures"),
        "{listing}"
    );
}

fn modbus_tcp() {
    let (_server, address) = serve("modbus-tcp");
    check_registers(&script("modbus.py", address, &["socket"]));
}

fn modbus_rtu() {
    let (_server, address) = serve("modbus-rtu");
    check_registers(&script("modbus.py", address, &["rtu"]));
}

fn check_registers(printed: &str) {
    let lines: Vec<&str> = printed.lines().collect();
    let expected = [
        "0 0",
        "100 200 300",
        "7",
        "1 2 3",
        "exception 2",
        "exception 1",
    ];
    assert_eq!(lines, expected);
}

fn scpi() {
    let (_server, address) = serve("scpi-instrument");
    let printed = script("scpi.py", address, &[]);
    let lines: Vec<&str> = printed.lines().collect();
    let expected = [
        "Bothends,Power supply,0,1.0",
        "5.000",
        "12.5",
        "0,\"No error\"",
    ];
    assert_eq!(lines[..4], expected);
    let measured: f64 = lines[4].parse().unwrap();
    assert!((0.48..=0.52).contains(&measured), "{measured}");
}

fn hl7() {
    let (_server, address) = serve("hl7-acknowledger");
    let client = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocols/hl7_client.py");
    let mut command = python();
    command.arg(client).arg(address.port().to_string());
    assert_eq!(
        succeeded(&output(command, "")),
        "MSG00001 AA\nMSG00002 AA\n"
    );
}

/// A program that is killed when a test fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn mqtt() {
    for qos in ["0", "1"] {
        let (_server, address) = serve("mqtt-broker");
        let port = address.port().to_string();
        let to = [
            "-h",
            "127.0.0.1",
            "-p",
            &port,
            "-t",
            "room/temperature",
            "-q",
            qos,
        ];
        // It writes whole blocks to a pipe otherwise.
        let subscriber = Command::new("stdbuf")
            .args(["-oL", "mosquitto_sub"])
            .args(to)
            .args(["-C", "2", "-W", "20", "-d"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut subscriber = Running(subscriber);
        let stdout = subscriber.0.stdout.take().unwrap();
        let mut lines = BufReader::new(stdout).lines().map(Result::unwrap);
        let mut lines = in_time(move || {
            assert!(lines.any(|line| line.contains("SUBACK")));
            lines
        });
        for message in ["21.5", "22"] {
            printed("mosquitto_pub", &[&to[..], &["-m", message]].concat(), "");
        }
        in_time(move || {
            for message in ["21.5", "22"] {
                assert!(
                    lines.any(|line| line == message),
                    "{message} with QoS {qos}"
                );
            }
        });
    }
}

fn postgresql() {
    let (_server, address) = serve("postgresql");
    let port = address.port().to_string();
    let to = [
        "-h",
        "127.0.0.1",
        "-p",
        &port,
        "-U",
        "ann",
        "-d",
        "any",
        "-X",
        "-A",
        "-t",
    ];
    assert_eq!(
        printed("psql", &[&to[..], &["-c", "SELECT 1"]].concat(), ""),
        "1\n"
    );
    let mut other = Command::new("psql");
    other.args(to).args(["-c", "SELECT 2"]);
    let refused = output(other, "");
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(words.contains("Only SELECT 1 is answered here"), "{words}");
}

fn websocket() {
    let (_server, address) = serve("websocket");
    let printed = script("websocket.py", address, &[]);
    let expected = [
        "Hello, Wörld",
        "300 bytes",
        "60000 bytes",
        "binary",
        "pong",
        "closed 1000",
    ];
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
}

/// A client that answers questions, against a server that asks them.
fn client() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("device.bothends");
    let text = format!(
        r#"format = 1

[[client]]
name = "Device"
connect = "{address}"
framing = "line"
reply = "rules"

[[client.rule]]
name = "report"
when = "connected"
then = [{{ send = 'I am a device\n' }}]

[[client.rule]]
name = "add"
when = {{ regex = '^add (\d+)$' }}
then = [{{ send = 'added {{{{1}}}}\n' }}]
"#
    );
    fs::write(&path, text).unwrap();
    let _running = Bothends::start(&["run", path.to_str().unwrap(), "--record", "none"]);
    let (peer, _) = in_time(move || listener.accept().unwrap());
    peer.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut peer = BufReader::new(peer);
    assert_eq!(line(&mut peer), "I am a device\n");
    say(&mut peer, "add 5\nsubtract 3\nadd 7\n");
    assert_eq!(
        (line(&mut peer), line(&mut peer)),
        ("added 5\n".into(), "added 7\n".into())
    );
}
