//! Real protocols, end to end, against widely used libraries: Modbus, SCPI and HL7 in both roles. Exported CSV against
//! Python's reader.
//!
//! Without Python and the packages of `requirements.txt` the tests are ignored with the reason; with
//! `BOTHENDS_REQUIRE_ALL` set they fail instead.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "../support/program.rs"]
mod program;
mod python;

use std::env;
use std::fs;
use std::net::SocketAddr;
use std::process::ExitCode;

use bothends::payload::hex;
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use program::{Bothends, Finished, run};
use python::Script;
use serde_json::Value;

/// Registers 0 and 1 of every device in these tests.
const REGISTERS: &str = "12345678";
/// The same registers, as the library prints them.
const READING: &str = "4660 22136";
const RTU_CHECK: &str = "crc CRC-16/MODBUS le";

fn main() -> ExitCode {
    let tests: [(&str, fn()); 8] = [
        ("modbus_tcp_reads_a_pymodbus_server", modbus_tcp_client),
        ("modbus_tcp_answers_a_pymodbus_client", modbus_tcp_server),
        ("modbus_rtu_reads_a_pymodbus_server", modbus_rtu_client),
        ("modbus_rtu_answers_a_pymodbus_client", modbus_rtu_server),
        ("scpi_answers_pyvisa", scpi_server),
        ("hl7_is_acknowledged_by_a_python_server", hl7_client),
        ("hl7_acknowledges_a_python_client", hl7_server),
        ("csv_is_joined_by_pythons_reader", csv),
    ];
    let missing = python::missing();
    let trials = tests.map(|(name, test)| {
        let missing = missing.clone();
        Trial::ignorable_test(name, move || {
            if let Some(reason) = missing {
                return ignore(reason);
            }
            test();
            Ok(Completion::Completed)
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

/// Ignores a test, unless this machine is required to run it.
fn ignore(reason: String) -> Result<Completion, Failed> {
    match env::var_os("BOTHENDS_REQUIRE_ALL") {
        Some(_) => Err(reason.into()),
        None => Ok(Completion::ignored_with(reason)),
    }
}

fn modbus_tcp_client() {
    let (server, address) = Script::serve("modbus_server.py", &["socket"]);
    let finished = run(&[
        "send",
        &address,
        "--template",
        "--hex",
        "{{counter start=7 u16be}} 00 00 {{len u16be}} 01 03 00 00 00 02",
        "--framing",
        "length:u16be,at=4",
        "--json",
        "--expect",
        "hex:12 34 56 78",
    ]);
    let sent = "000700000006010300000002".to_owned();
    let received = format!("000700000007010304{REGISTERS}");
    check_frames(&finished, &[("sent", sent), ("received", received)]);
    assert_eq!(server.finish(), [""; 0]);
}

fn modbus_tcp_server() {
    let (server, address) = serve(&[
        "--template",
        "--reply",
        &format!("hex:{{{{counter start=1 u16be}}}} 00 00 {{{{len u16be}}}} 01 03 04 {REGISTERS}"),
        "--framing",
        "length:u16be,at=4",
        "--json",
    ]);
    let client = Script::start("modbus_client.py", &[&port(address), "socket"]);
    assert_eq!(client.finish(), [READING; 3]);
    let exchange = |number: u16| {
        [
            ("received", format!("{number:04x}00000006010300000002")),
            ("sent", format!("{number:04x}00000007010304{REGISTERS}")),
        ]
    };
    let expected: Vec<_> = (1..=3).flat_map(exchange).collect();
    check_frames(&stop(server), &expected);
}

fn modbus_rtu_client() {
    let (server, address) = Script::serve("modbus_server.py", &["rtu"]);
    let finished = run(&[
        "send",
        &address,
        "--template",
        "--hex",
        "01 03 00 00 00 02 {{crc CRC-16/MODBUS le}}",
        "--framing",
        "silence:20ms",
        "--check",
        RTU_CHECK,
        "--json",
        "--expect",
        "hex:12 34 56 78",
    ]);
    let received = format!("010304{REGISTERS}8107");
    check_frames(
        &finished,
        &[
            ("sent", "010300000002c40b".to_owned()),
            ("received", received),
        ],
    );
    check_good(&finished);
    assert_eq!(server.finish(), [""; 0]);
}

fn modbus_rtu_server() {
    let (server, address) = serve(&[
        "--template",
        "--reply",
        &format!("hex:010304 {REGISTERS} {{{{{RTU_CHECK}}}}}"),
        "--framing",
        "fixed:8",
        "--check",
        RTU_CHECK,
    ]);
    let client = Script::start("modbus_client.py", &[&port(address), "rtu"]);
    assert_eq!(client.finish(), [READING; 3]);
    let found = stop(server).stderr;
    assert!(
        found.contains("3 received frames: 3 good, 0 bad"),
        "{found}"
    );
}

fn scpi_server() {
    let (server, address) = serve(&[
        "--reply",
        r"text:ACME,Model 42,0,1.0\n",
        "--framing",
        "line",
        "--json",
    ]);
    let client = Script::start("scpi_client.py", &[&port(address)]);
    assert_eq!(client.finish(), ["ACME,Model 42,0,1.0"; 2]);
    let found: Vec<_> = texts(&stop(server)).collect();
    assert_eq!(found, [r"*IDN?\n", r"ACME,Model 42,0,1.0\n"].repeat(2));
}

const HL7_OPTIONS: [&str; 6] = [
    "--template",
    "--encoding",
    "latin1",
    "--framing",
    "mllp",
    "--json",
];

fn hl7_client() {
    let (server, address) = Script::serve("hl7_server.py", &[]);
    let message = concat!(
        r#"\x0BMSH|^~\\&|LAB|WARD|HIS|CLINIC|{{time "%Y%m%d%H%M%S"}}||ADT^A01|MSG{{counter start=1 width=5}}|P|2.5\r"#,
        r"PID|1||42||Müller^Anna\r\x1C\r",
    );
    let expected = r"MSA|AA|MSG00001\r\x1C";
    let arguments = ["send", &address, "--text", message, "--expect", expected];
    let finished = run(&[&arguments[..], &HL7_OPTIONS].concat());
    assert_eq!(finished.code, Some(0), "{finished:?}");
    assert_eq!(server.finish(), ["Müller"]);
    let found: Vec<_> = texts(&finished).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("Müller^Anna"), "{found:?}");
    assert!(found[1].contains("|ACK"), "{found:?}");
}

/// One of the messages takes more than one read, and is acknowledged once.
fn hl7_server() {
    let reply = concat!(
        r#"text:\x0BMSH|^~\\&|HIS|CLINIC|LAB|WARD|{{time "%Y%m%d%H%M%S"}}||ACK|{{counter}}|P|2.5\r"#,
        r"MSA|AA|MSG{{counter start=1 width=5}}\r\x1C\r",
    );
    let (server, address) = serve(&[&["--reply", reply][..], &HL7_OPTIONS].concat());
    let client = Script::start("hl7_client.py", &[&port(address)]);
    assert_eq!(client.finish(), ["MSG00001 AA", "MSG00002 AA"]);
    let finished = stop(server);
    let found: Vec<_> = texts(&finished).collect();
    assert_eq!(found.len(), 4, "{}", found.len());
    let directions: Vec<_> = frames(&finished)
        .map(|it| it["direction"].clone())
        .collect();
    assert_eq!(directions, ["received", "sent", "received", "sent"]);
    assert!(found[2].len() > 100_000, "{}", found[2].len());
}

/// Starts a server of ours on a free port.
fn serve(options: &[&str]) -> (Bothends, SocketAddr) {
    Bothends::serve("127.0.0.1:0", options)
}

fn port(address: SocketAddr) -> String {
    address.port().to_string()
}

/// Stops our server and returns its output.
fn stop(server: Bothends) -> Finished {
    server.signal("TERM");
    server.wait()
}

/// The frames in the output.
fn frames(finished: &Finished) -> impl Iterator<Item = Value> {
    let objects = finished.objects().into_iter();
    objects.filter(|it| it.get("direction").is_some())
}

fn texts(finished: &Finished) -> impl Iterator<Item = String> {
    frames(finished).map(|it| it["text"].as_str().unwrap().to_owned())
}

/// Checks the printed frames, each with its direction and its bytes in hex digits, and that the command succeeded.
#[track_caller]
fn check_frames(finished: &Finished, expected: &[(&str, String)]) {
    assert_eq!(finished.code, Some(0), "{finished:?}");
    let found: Vec<_> = frames(finished)
        .map(|it| (it["direction"].clone(), it["hex"].clone()))
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(direction, hex)| (Value::from(*direction), Value::from(hex.as_str())))
        .collect();
    assert_eq!(found, expected);
}

/// Checks that every frame was checked and good.
#[track_caller]
fn check_good(finished: &Finished) {
    let all_good = frames(finished).all(|it| it["good"] == Value::Bool(true));
    assert!(all_good, "{finished:?}");
}

fn csv() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (capture, out, input) = (path("capture"), path("out.csv"), path("input"));
    // Every byte, formulas, separators and quotes, over many rows.
    let every: Vec<u8> = (0..=255).collect();
    let sent = [every.as_slice(), b"=1+1;=2,\"\"\r\n@"]
        .concat()
        .repeat(700);
    fs::write(&input, &sent).unwrap();
    let (server, address) = serve(&["--reply", "none"]);
    let address = format!("127.0.0.1:{}", port(address));
    let arguments = [
        "send", &address, "--file", &input, "--wait", "0s", "--record", &capture,
    ];
    run(&arguments).check(0, b"", "");
    let export = ["export", &capture, "--to", "csv", "--output", &out];
    run(&export).check(0, b"", "exported ");
    stop(server);
    let read = Script::start("csv_reader.py", &[&out]).finish();
    let mut digits = String::new();
    for entry in read {
        let (length, hex) = entry.split_once(' ').unwrap();
        assert_eq!(hex.len(), 2 * length.parse::<usize>().unwrap());
        digits += hex;
    }
    let expected = hex::render_compact(&sent);
    assert!(digits == expected, "{} digits", digits.len());
}
