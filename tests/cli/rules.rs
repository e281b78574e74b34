//! `run`, and `serve --rules`: documents without a window.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::program::{Bothends, Finished, in_time, run};
use super::{closed_port, connect, peer, read, read_to_end};

/// A document in a folder of its own.
struct Written {
    folder: TempDir,
    path: PathBuf,
}

fn written(text: &str) -> Written {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.bothends");
    std::fs::write(&path, format!("format = 1\n{text}")).unwrap();
    Written { folder, path }
}

impl Written {
    fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }

    /// Starts its endpoints; returns the address in the first line of standard error, which ends in a server's name.
    fn run(&self, name: &str, options: &[&str]) -> (Bothends, SocketAddr) {
        let mut running = Bothends::start(&[&["run", self.path()], options].concat());
        let line = running.stderr_line();
        let bound = line.strip_prefix("listening on ");
        let bound = bound.and_then(|it| it.strip_suffix(&format!(" ({name})")));
        let bound = bound.unwrap_or_else(|| panic!("{line}"));
        (running, bound.parse().unwrap())
    }

    fn fails(&self, options: &[&str], code: i32, words: &str) {
        let finished = run(&[&["run", self.path()], options].concat());
        check(&finished, code, words);
    }
}

fn serve_fails(options: &[&str], words: &str) {
    let finished = run(&[&["serve", ":0"], options].concat());
    check(&finished, 2, words);
}

fn check(finished: &Finished, code: i32, words: &str) {
    assert_eq!(finished.code, Some(code), "{finished:?}");
    assert!(finished.stderr.contains(words), "{finished:?}");
}

/// A device that counts, and greets.
const METER: &str = r#"
[[server]]
name = "Meter"
listen = "127.0.0.1:0"
framing = "line"
reply = "rules"
greeting = { text = 'ready\n' }

[server.memory]
unit = "kWh"

[[server.rule]]
name = "read"
when = { equals = "READ" }
then = [{ send = '{{times}} {{memory unit}}\n' }]

[[server.rule]]
name = "set"
when = { regex = '^UNIT (?<unit>\w+)$' }
then = [{ remember = "unit", value = "{{unit}}" }, { send = 'ok\n' }]

[[server.rule]]
name = "quit"
when = { equals = "QUIT", ignore_case = true }
then = [{ send = 'bye\n' }, "finish"]
"#;

fn ask(peer: &mut TcpStream, request: &str, answer: &str) {
    peer.write_all(request.as_bytes()).unwrap();
    let read = read(peer, answer.len());
    assert_eq!(String::from_utf8_lossy(&read), answer, "{request}");
}

#[test]
fn run_starts_a_server_that_follows_its_rules() {
    let document = written(METER);
    let (_running, bound) = document.run("Meter", &[]);
    let mut peer = connect(bound);
    ask(&mut peer, "", "ready\n");
    ask(&mut peer, "READ\n", "1 kWh\n");
    ask(&mut peer, "UNIT MWh\r\nREAD\n", "ok\n2 MWh\n");
    let mut other = connect(bound);
    ask(&mut other, "what?\nREAD\n", "ready\n3 MWh\n");
    ask(&mut peer, "quit\n", "bye\n");
    assert_eq!(read_to_end(&mut peer), b"");
}

#[test]
fn serve_takes_the_rules_of_a_documents_server() {
    let two = written(&format!("{METER}{}", METER.replace("Meter", "Other")));
    let path = two.path();
    for name in ["Meter", "Other"] {
        let (_server, bound) = Bothends::serve(":0", &["--rules", &format!("{path}#{name}")]);
        ask(&mut connect(bound), "READ\n", "ready\n1 kWh\n");
    }
    let one = written(METER);
    let (_server, bound) = Bothends::serve(":0", &["--rules", one.path()]);
    ask(&mut connect(bound), "READ\n", "ready\n1 kWh\n");
    serve_fails(
        &["--rules", path],
        "several servers: choose one of Meter, Other",
    );
    let unknown = format!("{path}#Gauge");
    serve_fails(
        &["--rules", &unknown],
        "no server named Gauge: it has Meter, Other",
    );
    for option in [
        "--reply=none",
        "--framing=line",
        "--greeting=text:x",
        "--template",
    ] {
        serve_fails(&["--rules", path, option], "cannot be used with");
    }
    serve_fails(&["--allow-files"], "--rules");
    let elsewhere = METER.replace(r"{ send = 'ok\n' }", r#"{ send = "x", to = "Log" }"#);
    let log = "[[client]]\nname = 'Log'\nconnect = ':9'\n";
    let elsewhere = written(&format!("{elsewhere}{log}"));
    serve_fails(
        &["--rules", elsewhere.path()],
        "Meter has rules for other endpoints",
    );
}

#[test]
fn clients_connect_once_their_servers_listen() {
    let client = r#"
[[client]]
name = "Reader"
connect = "Meter"
framing = "line"
reply = "rules"

[[client.rule]]
when = { equals = "ready" }
then = [{ send = 'READ\n' }]
"#;
    let document = written(&format!("{client}{METER}"));
    let (running, _) = document.run("Meter", &["--json"]);
    let running = running.after_stdout(r#""text":"1 kWh\\n""#);
    drop(running);
    // Only what is chosen runs.
    let (running, bound) = document.run("Meter", &["--endpoint", "Meter"]);
    ask(&mut connect(bound), "READ\n", "ready\n1 kWh\n");
    drop(running);
    document.fails(
        &["--endpoint", "Reader"],
        2,
        "Reader connects to Meter, which has to run too: add --endpoint 'Meter'",
    );
    document.fails(
        &["--endpoint", "Gauge"],
        2,
        "no endpoint named Gauge: it has Reader, Meter",
    );
}

#[test]
fn clients_alone_end_with_their_connections() {
    let (address, done) = peer(|mut stream| {
        let read = read(&mut stream, 5);
        String::from_utf8_lossy(&read).into_owned()
    });
    let client = |address: &str| {
        format!(
            "[[client]]\nname = 'Caller'\nconnect = '{address}'\nreply = 'rules'\n\
             [[client.rule]]\nwhen = 'connected'\nthen = [{{ send = 'hello' }}]\n"
        )
    };
    let finished = run(&["run", written(&client(&address)).path()]);
    assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
    assert_eq!(in_time(move || done.recv().unwrap()), "hello");
    let refused = written(&client(&closed_port()));
    refused.fails(&[], 1, "refused");
    let patient = client(&closed_port()).replace("reply", "reconnect = '10ms, 2 times'\nreply");
    let finished = run(&["run", written(&patient).path()]);
    check(&finished, 1, "refused");
    assert_eq!(finished.stderr.matches("bothends: ").count(), 1);
}

#[test]
fn a_server_that_cannot_listen_ends_the_run() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let document = written(&METER.replace("127.0.0.1:0", &address));
    document.fails(&[], 1, &address);
}

#[test]
fn what_is_wrong_in_a_document_is_found_before_anything_starts() {
    let fails = |from: &str, to: &str, words: &str| {
        written(&METER.replace(from, to)).fails(&[], 2, words);
    };
    fails(
        "'^UNIT",
        "'^(UNIT",
        "Meter: Rule 2 (set), condition 1: the regular",
    );
    fails(
        "{{memory unit}}",
        "{{memory unit at=x}}",
        "Rule 1 (read), act 1: Column",
    );
    fails(
        "{{unit}}",
        "{{units}}",
        "Meter: Rule 2 (set), act 1: Column 3:",
    );
    fails(
        r#""quit""#,
        r#""read""#,
        "Rule 3 (read), name: read is already used",
    );
    fails("equals = \"READ\"", "equal = \"READ\"", "line 15, column");
    fails(
        "framing = \"line\"",
        "framing = \"lines\"",
        "Meter: Framing:",
    );
    let echo = |more: &str| {
        written(&format!(
            "[[server]]\nname = \"A\"\nlisten = \"127.0.0.1:0\"\n{more}\n"
        ))
    };
    echo("framing = \"lenght:u16be\"").fails(&[], 2, "A: Framing:");
    echo("framing_out = \"fixd:3\"").fails(&[], 2, "A: Framing:");
    echo("check = \"crc FOO\"").fails(&[], 2, "A: Check:");
    let client = "[[client]]\nname = \"B\"\nconnect = \"A\"\n[[client.sequence]]\nname = \"log in\"\nsteps = [{ send_hex = \"0g\" }]";
    echo(client).fails(&[], 2, "B, sequence log in:");
    written("").fails(&[], 2, "the document has no endpoint");
    let none = run(&["run", "/nowhere/at/all.bothends"]);
    check(&none, 2, "/nowhere/at/all.bothends cannot be opened");
}

#[test]
fn what_is_wrong_in_a_document_has_a_place() {
    let check = |text: &str, options: &[&str], line: usize, column: usize, words: &str| {
        let document = written(text);
        let place = format!(
            "bothends: {}, line {line}, column {column}: {words}",
            document.path()
        );
        document.fails(options, 2, &place);
    };
    let meter = |from: &str, to: &str| METER.replace(from, to);
    let listen = meter("127.0.0.1:0", "127.0.0.1:x");
    check(&listen, &[], 5, 10, "Meter: Bind port: ");
    let framing = meter("\"line\"", "\"lines\"");
    check(&framing, &[], 6, 11, "Meter: Framing: ");
    let condition = meter("'^UNIT", "'^(UNIT");
    check(&condition, &[], 20, 8, "Meter: Rule 2 (set), condition 1");
    let act = meter("'bye", "'{{bye");
    check(&act, &[], 26, 9, "Meter: Rule 3 (quit), act 1");
    let name = meter("\"quit\"", "\"read\"");
    check(&name, &[], 24, 8, "Meter: Rule 3 (read), name");
    let client =
        "[[client]]\nname = \"A\"\nconnect = \":9\"\n[[client.sequence]]\nname = \"log in\"\n";
    let steps = format!("{client}steps = [\n  {{ send = 'a' }},\n  {{ send_hex = '0g' }},\n]\n");
    check(&steps, &[], 9, 3, "A, sequence log in: ");
    check(client, &[], 5, 1, "A, sequence log in: ");
    let document = written(&condition);
    let words = "line 20, column 8: Meter: Rule 2";
    serve_fails(&["--rules", document.path()], words);
}

#[test]
fn a_rule_with_a_key_that_is_not_known_answers_nobody() {
    let text = "[[server]]\nname = \"A\"\nlisten = \":0\"\n[[server.rule]]\nwhne = { equals = \"a\" }\nthen = [\"echo\"]\n";
    let document = written(text);
    document.fails(
        &[],
        2,
        "line 6, column 8: a rule or a sequence has no key \"whne\"",
    );
    serve_fails(&["--rules", document.path()], "no key \"whne\"");
    let act = text
        .replace("whne", "when")
        .replace("\"echo\"", "{ send = \"a\", tow = \"all\" }");
    written(&act).fails(&[], 2, "no key \"tow\"");
}

#[test]
fn rules_without_a_reply_are_followed() {
    let text = "[[server]]\nname = \"A\"\nlisten = \"127.0.0.1:0\"\n[[server.rule]]\nthen = [{ send = \"b\" }]\n";
    let (_running, address) = written(text).run("A", &["--record", "none"]);
    ask(&mut connect(address), "a", "b");
    let echo = text.replace("[[server.rule]]", "reply = \"echo\"\n[[server.rule]]");
    let document = written(&echo);
    let options = ["--rules", document.path()];
    let (_server, address) = Bothends::serve("127.0.0.1:0", &options);
    ask(&mut connect(address), "a", "b");
}

#[test]
fn templates_read_files_only_if_that_is_allowed() {
    let file = |folder: &Path| folder.join("unit");
    let document = written("");
    let path = file(document.folder.path());
    std::fs::write(&path, "from a file").unwrap();
    let text = METER.replace("{{times}}", &format!("{{{{file {}}}}}", path.display()));
    std::fs::write(&document.path, format!("format = 1\n{text}")).unwrap();
    document.fails(
        &[],
        2,
        "Meter has templates that read files: allow that with --allow-files",
    );
    serve_fails(&["--rules", document.path()], "--allow-files");
    let (_running, bound) = document.run("Meter", &["--allow-files"]);
    ask(&mut connect(bound), "READ\n", "ready\nfrom a file kWh\n");
    let rules = ["--rules", document.path(), "--allow-files"];
    let (_server, bound) = Bothends::serve(":0", &rules);
    ask(&mut connect(bound), "READ\n", "ready\nfrom a file kWh\n");
}

#[test]
fn a_run_is_recorded_and_ends_in_time() {
    let document = written(METER);
    let folder = document.folder.path().join("session");
    let record = folder.to_str().unwrap();
    let (running, bound) = document.run("Meter", &["--record", record, "--max-time", "1s"]);
    ask(&mut connect(bound), "READ\n", "ready\n1 kWh\n");
    let finished = running.wait();
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let shown = run(&["show", record, "--endpoint", "Meter"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("1 kWh"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_in_order() {
    let document = written(METER);
    let (running, _) = document.run("Meter", &[]);
    running.signal("TERM");
    let finished = running.wait();
    assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
}

/// A client that logs in at the meter.
const READER: &str = r#"
[[client]]
name = "Reader"
connect = "Meter"
framing = "line"

[[client.sequence]]
name = "read"
steps = [
  { expect = "ready" },
  { send = 'UNIT MWh\nREAD\n' },
  { expect = "ok" },
  { expect = 'regex:^(?<count>\d+) MWh$' },
  { send = '{{count}}\nQUIT\n' },
  { expect = "bye", within = "10s" },
  { expect = "ended" },
]

[[client.sequence]]
name = "ask in vain"
steps = [{ send = 'WHAT\n' }, { expect = "no", within = "200ms" }]
"#;

#[test]
fn run_does_a_sequence_and_says_whether_it_passed() {
    let document = written(&format!("{METER}{READER}"));
    let run = |name: &str| {
        let arguments = ["run", document.path(), "--sequence", name];
        run(&arguments)
    };
    let passed = run("read");
    check(&passed, 0, "Reader: sequence \"read\" passed");
    let failed = run("ask in vain");
    let why = "Reader: sequence \"ask in vain\" failed at step 2: what it expects did not arrive";
    check(&failed, 1, why);
    assert!(failed.stderr.contains("nearest was ready"), "{failed:?}");
    check(&run("other"), 2, "no client has a sequence called other");
    let wrong = READER.replace("'WHAT\\n'", "''");
    let wrong = written(&format!("{METER}{wrong}"));
    wrong.fails(
        &["--sequence", "ask in vain"],
        2,
        "Reader, sequence ask in vain: step 1: Nothing is written here",
    );
}

#[test]
fn a_sequence_without_a_connection_fails() {
    let port = closed_port();
    let client = READER.replace("\"Meter\"", &format!("\"{port}\""));
    written(&client).fails(&["--sequence", "read"], 1, "refused");
}
