//! Templates, encodings, framings and checks on the command line.

use std::io::Write as _;
use std::net::Shutdown;

use serde_json::Value;

use super::program::{Bothends, Finished, run};
use super::{connect, peer, read, read_to_end};

/// The frames in the output of `--json`: direction, hex, chunks, and whether they are good.
fn frames(finished: &Finished) -> Vec<(String, String, u64, Option<bool>)> {
    let objects = finished.objects();
    let data = objects.iter().filter(|it| it.get("direction").is_some());
    let text = |object: &Value, key: &str| object[key].as_str().unwrap().to_owned();
    data.map(|it| {
        (
            text(it, "direction"),
            text(it, "hex"),
            it["chunks"].as_u64().unwrap(),
            it.get("good").and_then(Value::as_bool),
        )
    })
    .collect()
}

fn frame(
    direction: &str,
    hex: &str,
    chunks: u64,
    good: Option<bool>,
) -> (String, String, u64, Option<bool>) {
    (direction.to_owned(), hex.to_owned(), chunks, good)
}

#[test]
fn a_template_puts_its_checksum_on_the_wire() {
    let (address, asked) = peer(|mut stream| read_to_end(&mut stream));
    let hex = "01 03 00 00 00 0A {{crc CRC-16/MODBUS le}}";
    run(&["send", &address, "--template", "--hex", hex, "--wait", "0s"]).check(0, b"", "");
    assert_eq!(asked.recv().unwrap(), b"\x01\x03\x00\x00\x00\x0A\xC5\xCD");
}

#[test]
fn a_template_knows_its_connection_and_reads_files() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("part");
    std::fs::write(&file, b"<part>").unwrap();
    let (address, asked) = peer(|mut stream| {
        let peer = stream.peer_addr().unwrap();
        (peer, read_to_end(&mut stream))
    });
    let text = format!(
        "{{{{peer}}}} {{{{local}}}} {{{{connection}}}} {{{{file {}}}}}",
        file.display()
    );
    run(&[
        "send",
        &address,
        "--template",
        "--text",
        &text,
        "--wait",
        "0s",
    ])
    .check(0, b"", "");
    let (local, sent) = asked.recv().unwrap();
    let expected = format!("{address} {local} 1 <part>");
    assert_eq!(String::from_utf8(sent).unwrap(), expected);
}

#[test]
fn a_reply_is_rendered_each_time_and_counts_for_each_connection() {
    let options = [
        "--template",
        "--reply",
        r"text:{{counter start=7}} {{connection}}\n",
    ];
    let (_server, bound) = Bothends::serve("127.0.0.1:0", &options);
    let (mut first, mut second) = (connect(bound), connect(bound));
    let mut check = |is_first: bool, expected: &[u8]| {
        let stream = if is_first { &mut first } else { &mut second };
        stream.write_all(b"?").unwrap();
        assert_eq!(read(stream, 4), expected);
    };
    check(true, b"7 1\n");
    check(false, b"7 2\n");
    check(true, b"8 1\n");
    check(true, b"9 1\n");
}

#[test]
fn a_reply_that_cannot_be_rendered_is_reported_and_the_connection_goes_on() {
    let options = ["--template", "--reply", "hex:{{counter start=255 u8}}"];
    let (mut server, bound) = Bothends::serve("127.0.0.1:0", &options);
    let mut stream = connect(bound);
    stream.write_all(b"?").unwrap();
    assert_eq!(read(&mut stream, 1), b"\xFF");
    stream.write_all(b"?").unwrap();
    let line = server.stderr_line();
    assert!(line.contains("Column 1: 256 does not fit"), "{line}");
}

/// Runs a server for one peer that writes `bytes` and finishes; returns its output.
fn serve_once(options: &[&str], bytes: &[u8]) -> Finished {
    let (server, bound) = Bothends::serve("127.0.0.1:0", &[options, &["--json"]].concat());
    let mut stream = connect(bound);
    stream.write_all(bytes).unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    read_to_end(&mut stream);
    server.signal("INT");
    server.wait()
}

#[cfg(unix)]
#[test]
fn text_is_sent_and_printed_in_an_encoding() {
    let options = [
        "--encoding",
        "gbk",
        "--read-buffer",
        "1",
        "--reply",
        "text:你",
    ];
    let finished = serve_once(&options, b"\xC4\xE3!\xC4");
    let objects = finished.objects();
    let texts = |event: &str| -> Vec<_> {
        let events = objects.iter().filter(|it| it["event"] == event);
        events
            .map(|it| it["text"].as_str().unwrap_or("-"))
            .collect()
    };
    // A character is printed where it completes, an incomplete one at the end of the stream.
    assert_eq!(texts("received"), ["", "你", "!", ""]);
    assert_eq!(texts("peer_finished"), [r"\xC4"]);
    assert_eq!(texts("sent"), ["你"; 4]);
}

#[test]
fn text_is_expected_and_found_in_an_encoding() {
    let folder = tempfile::tempdir().unwrap();
    let capture = folder.path().join("capture");
    let capture = capture.to_str().unwrap();
    let (server, bound) = Bothends::serve("127.0.0.1:0", &["--read-buffer", "3"]);
    let address = bound.to_string();
    let text = ["--encoding", "gbk", "--text", "你好!"];
    let sent = [&["send", &address, "--record", capture], &text[..]].concat();
    let finished = run(&[&sent[..], &["--expect", "好!"]].concat());
    assert_eq!(finished.code, Some(0), "{finished:?}");
    drop(server);
    let find = |encoding: &str| {
        let shown = run(&[
            "show",
            capture,
            "--json",
            "--encoding",
            encoding,
            "--find",
            "好",
        ]);
        let sent = shown
            .objects()
            .into_iter()
            .filter(|it| it["event"] == "sent");
        let texts = sent.map(|it| it["text"].as_str().unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(find("gbk"), ["你好!"]);
    assert!(find("utf-8").is_empty());
}

#[cfg(unix)]
#[test]
fn frames_spanning_reads_are_printed_and_checked() {
    let options = [
        "--framing",
        "length:u8",
        "--check",
        "sum",
        "--read-buffer",
        "2",
        "--reply",
        "none",
    ];
    let finished = serve_once(&options, b"\x02a\x63\x02a\x64\x05x");
    assert!(
        finished.stderr.contains("3 received frames: 1 good, 2 bad"),
        "{finished:?}"
    );
    assert_eq!(
        frames(&finished),
        [
            frame("received", "026163", 2, Some(true)),
            frame("received", "026164", 2, Some(false)),
            frame("received", "0578", 1, Some(false)),
        ]
    );
    let objects = finished.objects();
    let received = objects.iter().filter(|it| it["event"] == "received");
    let reasons: Vec<_> = received.filter_map(|it| it["reason"].as_str()).collect();
    assert_eq!(
        reasons,
        ["sum is 64, expected 63", "the stream ended inside it"]
    );
}

#[test]
fn a_bad_frame_is_a_failure_of_send() {
    let check = |answer: &'static [u8], code: i32, words: &str| {
        let (address, _done) = peer(move |mut stream| {
            stream.write_all(answer).unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
            read_to_end(&mut stream);
        });
        let options = ["--text", "?", "--framing", "line", "--check", "xor hex"];
        run(&[&["send", &address], &options[..]].concat()).check(code, answer, words);
    };
    check(b"a61\nb62\n", 0, "2 received frames: 2 good, 0 bad");
    check(b"a61\nb63\n", 1, "2 received frames: 1 good, 1 bad");
}

#[test]
fn a_silence_ends_a_frame_while_nothing_happens() {
    let options = ["--framing", "silence:50ms", "--json", "--reply", "none"];
    let (mut server, bound) = Bothends::serve("127.0.0.1:0", &options);
    let mut stream = connect(bound);
    stream.write_all(b"a").unwrap();
    let mut lines = std::io::BufReader::new(server.child.stdout.take().unwrap());
    let found = super::program::in_time(move || {
        loop {
            let mut line = String::new();
            std::io::BufRead::read_line(&mut lines, &mut line).unwrap();
            let object: Value = serde_json::from_str(&line).unwrap();
            if object["event"] == "received" {
                return object;
            }
        }
    });
    assert_eq!(found["hex"], "61");
    assert!(found.get("good").is_none());
    drop(stream);
}

/// Serves one peer that asks in a line, and is answered by a line with a length; both are frames of their own direction.
#[cfg(unix)]
#[test]
fn each_direction_has_its_own_framing_and_check() {
    let options = [
        "--framing-in",
        "line",
        "--framing-out",
        "fixed:2",
        "--check-in",
        "xor hex",
        "--reply",
        "hex:01 02 03 04",
    ];
    // A reply for each received line, good or bad; each of them is two sent frames.
    let finished = serve_once(&options, b"a61\nb63\n");
    assert_eq!(
        frames(&finished),
        [
            frame("received", "6136310a", 1, Some(true)),
            frame("received", "6236330a", 1, Some(false)),
            frame("sent", "0102", 1, None),
            frame("sent", "0304", 1, None),
            frame("sent", "0102", 1, None),
            frame("sent", "0304", 1, None),
        ]
    );
    assert!(finished.stderr.contains("2 received frames: 1 good, 1 bad"));
    // The option for one direction goes before the one for both.
    let options = ["--framing", "line", "--framing-out", "fixed:1"];
    let finished = serve_once(&options, b"a\n");
    assert_eq!(
        frames(&finished),
        [
            frame("received", "610a", 1, None),
            frame("sent", "61", 1, None),
            frame("sent", "0a", 1, None),
        ]
    );
    // A direction without a framing shows its chunks.
    let finished = serve_once(&["--framing-in", "line"], b"a\nb\n");
    let sent = finished.objects().into_iter();
    let sent = sent.filter(|it| it["event"] == "sent");
    let sent: Vec<_> = sent
        .map(|it| (it["hex"].clone(), it.get("chunks").cloned()))
        .collect();
    assert_eq!(sent, [(Value::from("610a620a"), None)]);
}

#[cfg(unix)]
#[test]
fn a_capture_is_shown_in_the_encodings_that_it_was_recorded_with() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let capture = dir.to_str().unwrap();
    let options = [
        "--encoding-in",
        "gbk",
        "--encoding-out",
        "latin1",
        "--reply",
        "text:\u{e9}!",
        "--record",
        capture,
    ];
    assert_eq!(serve_once(&options, b"\xC4\xE3").code, Some(0));
    let texts = |options: &[&str]| {
        let shown = run(&[&["show", capture, "--json"], options].concat());
        let objects = shown.objects().into_iter();
        let data = objects.filter(|it| it.get("direction").is_some());
        let texts = data.map(|it| it["text"].as_str().unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(texts(&[]), ["\u{4f60}", "\u{e9}!"]);
    assert_eq!(texts(&["--encoding-out", "utf-8"]), ["\u{4f60}", r"\xE9!"]);
    let latin = ["--encoding", "latin1"];
    assert_eq!(texts(&latin), ["\u{c4}\u{e3}", "\u{e9}!"]);
    assert_eq!(texts(&["--find", "\u{4f60}"]), ["\u{4f60}"]);
    assert_eq!(texts(&["--find", "\u{e9}"]), ["\u{e9}!"]);
}

#[test]
fn arguments_that_conflict_are_rejected() {
    let check = |arguments: &[&str], words: &str| {
        let arguments = [&["send", ":1"], arguments].concat();
        run(&arguments).check(2, b"", words);
    };
    check(&["--template"], "--template goes with --text or --hex");
    check(
        &["--text", "a", "--framing", "line"],
        "--framing goes with --json",
    );
    check(&["--text", "a", "--check", "sum"], "--framing");
    check(
        &["--framing-out", "line", "--check-in", "sum"],
        "--check-in goes with --framing or --framing-in",
    );
    check(
        &["--framing-out", "line", "--check-out", "sum"],
        "--framing goes with --json",
    );
    check(&["--framing", "lines"], "There is no framing \"lines\"");
    check(
        &["--framing", "line", "--check", "crc modbus"],
        "Did you mean CRC-16/MODBUS?",
    );
    check(
        &["--encoding", "ebcdic"],
        "There is no encoding \"ebcdic\". Use UTF-8, windows-1252, ISO-8859-1-strict, GBK",
    );
    check(
        &["--encoding", "latin1", "--text", "日"],
        "Column 1: windows-1252 cannot encode '日'",
    );
    // The error comes before anything is created or connected.
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("record");
    let record_text = record.to_str().unwrap();
    check(
        &[
            "--encoding",
            "latin1",
            "--expect",
            "日",
            "--record",
            record_text,
        ],
        "--expect can never match: windows-1252 cannot encode 日",
    );
    assert!(!record.exists());
    check(&["--template", "--text", "a{{"], "'{{' without '}}'");
    check(
        &["--template", "--text", "{{file /none}}"],
        "Cannot read /none",
    );
    run(&["serve", ":0", "--template"]).check(2, b"", "--template goes with --reply");
}

#[cfg(unix)]
#[test]
fn a_hostile_length_costs_a_bounded_amount_of_output() {
    const BYTES: usize = 1024 * 1024;
    let options = ["--json", "--reply", "none", "--framing", "length:u32be"];
    let (server, address) = Bothends::serve("127.0.0.1:0", &options);
    let mut peer = connect(address);
    peer.write_all(&vec![0xFF; BYTES]).unwrap();
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_end(&mut peer), b"");
    server.signal("TERM");
    let finished = server.wait();
    assert_eq!(finished.code, Some(0), "{}", finished.stderr);
    let objects = finished.objects();
    let received: Vec<_> = objects
        .iter()
        .filter(|it| it["event"] == "received")
        .collect();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0]["bytes"], BYTES);
    // Hex takes two characters for a byte, and text five where it is none.
    assert!(finished.stdout.len() < 8 * BYTES);
}
