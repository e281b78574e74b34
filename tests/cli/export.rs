//! Showing and exporting captures without a window.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use bothends::capture::store::{AtLimit, Keep, Store};
use bothends::capture::{Entry, Event, EventKind, StreamPositions};
use bothends::net::{EndpointId, Requester, Stamp};
use serde_json::Value;
use tempfile::TempDir;

use super::program::{Bothends, Finished, PATIENCE, in_time, run};

/// A recorded conversation of a client that sends `ping\n` and receives the echo.
struct Conversation {
    folder: TempDir,
}

impl Conversation {
    fn record() -> Self {
        Self::record_text(r"ping\n")
    }

    fn record_text(text: &str) -> Self {
        let conversation = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let (_server, address) = Bothends::serve("127.0.0.1:0", &[]);
        let sent = run(&[
            "send",
            &address.to_string(),
            "--text",
            text,
            "--expect",
            text,
            "--record",
            &conversation.path("capture"),
        ]);
        assert_eq!(sent.code, Some(0), "{sent:?}");
        conversation
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn export(&self, format: &str, output: &str, options: &[&str]) -> Finished {
        let capture = self.path("capture");
        let arguments = ["export", &capture, "--to", format, "--output", output];
        run(&[&arguments, options].concat())
    }

    fn show(&self, options: &[&str]) -> Finished {
        run(&[&["show", &self.path("capture")], options].concat())
    }

    fn names(&self) -> Vec<String> {
        names_in(self.folder.path())
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn show_prints_a_capture_as_the_timeline_does() {
    let conversation = Conversation::record();
    let shown = conversation.show(&[]);
    assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), ""));
    let text = String::from_utf8(shown.stdout).unwrap();
    let printed: Vec<_> = text
        .lines()
        .map(|line| line.split_once("  Client 1: ").unwrap().1)
        .collect();
    let begins = [
        "connecting to 127.0.0.1:",
        "connected to 127.0.0.1:",
        "sent 5 bytes to 127.0.0.1:",
        "received 5 bytes from 127.0.0.1:",
    ];
    for (line, begin) in printed.iter().zip(begins) {
        assert!(line.starts_with(begin), "{text}");
    }
    assert!(printed[2].ends_with(r": ping\n"), "{text}");
    assert!(printed[3].ends_with(r": ping\n"), "{text}");
}

#[test]
fn show_and_export_give_the_json_lines_that_were_printed_live() {
    let folder = tempfile::tempdir().unwrap();
    let capture = folder.path().join("capture").to_str().unwrap().to_owned();
    let (_server, address) = Bothends::serve("127.0.0.1:0", &[]);
    let address = address.to_string();
    let printed = run(&[
        "send",
        &address,
        "--hex",
        "00 ff 0a",
        "--expect",
        "hex:00ff0a",
        "--json",
        "--record",
        &capture,
    ]);
    let shown = run(&["show", &capture, "--json"]);
    shown.check(0, &printed.stdout, "");
    let out = folder.path().join("out.jsonl");
    let out = out.to_str().unwrap();
    let exported = run(&["export", &capture, "--to", "jsonl", "--output", out]);
    exported.check(0, b"", "exported ");
    assert_eq!(fs::read(out).unwrap(), printed.stdout);
}

#[test]
fn csv_has_its_columns_and_the_exact_bytes() {
    let conversation = Conversation::record_text("=1,2");
    let exported = conversation.export("csv", "-", &[]);
    assert_eq!(exported.code, Some(0), "{exported:?}");
    let text = String::from_utf8(exported.stdout).unwrap();
    let mut lines = text.split("\r\n");
    assert_eq!(
        lines.next(),
        Some(
            "time_rfc3339,elapsed_ns,endpoint,connection,local,peer,direction,event,length,hex,text,entry,part"
        )
    );
    let ends: Vec<_> = lines
        .filter(|line| line.contains(",sent,sent,") || line.contains(",received,received,"))
        .map(|line| line.rsplit_once(",4,").unwrap().1)
        .collect();
    assert_eq!(ends, [r#"3d312c32,"'=1,2",2,1"#, r#"3d312c32,"'=1,2",3,1"#]);
}

#[test]
fn raw_streams_are_files_with_the_exact_bytes() {
    let conversation = Conversation::record();
    let out = conversation.path("streams");
    let exported = conversation.export("raw", &out, &[]);
    exported.check(0, b"", "with 10 bytes");
    assert_eq!(names_in(Path::new(&out)), ["1-received.bin", "1-sent.bin"]);
    for name in ["1-received.bin", "1-sent.bin"] {
        assert_eq!(fs::read(Path::new(&out).join(name)).unwrap(), b"ping\n");
    }
    let again = conversation.export("raw", &out, &[]);
    again.check(2, b"", "is not empty");
    let stream = conversation.export("raw", "-", &[]);
    stream.check(2, b"", "name a folder with --output");
}

#[test]
fn packets_are_read_back_as_a_capture() {
    let conversation = Conversation::record();
    let out = conversation.path("out.pcapng");
    conversation
        .export("pcapng", &out, &[])
        .check(0, b"", "exported ");
    let shown = run(&["show", &out, "--json", "--endpoint", "out.pcapng"]);
    assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), ""));
    let data: Vec<_> = shown
        .objects()
        .iter()
        .filter(|object| object["hex"] == "70696e670a")
        .map(|object| object["event"].as_str().unwrap().to_owned())
        .collect();
    // Seen from the end that accepted the connection.
    assert_eq!(data, ["received", "sent"]);
    let streams = conversation.path("streams");
    let export = ["export", &out, "--to", "raw", "--output", &streams];
    run(&export).check(0, b"", "with 10 bytes");
    assert_eq!(fs::read(streams + "/1-sent.bin").unwrap(), b"ping\n");
    assert_eq!(conversation.names(), ["capture", "out.pcapng", "streams"]);
}

/// Runs a command whose standard input is this.
fn run_on(arguments: &[&str], input: Vec<u8>) -> Finished {
    let mut program = Bothends::start(arguments);
    let mut stdin = program.child.stdin.take().unwrap();
    let writing = thread::spawn(move || stdin.write_all(&input));
    let finished = program.wait();
    in_time(move || writing.join().unwrap()).unwrap();
    finished
}

#[test]
fn a_captured_file_is_read_from_standard_input() {
    let conversation = Conversation::record();
    let out = conversation.path("out.pcapng");
    let exported = conversation.export("pcapng", &out, &[]);
    exported.check(0, b"", "exported ");
    let bytes = fs::read(&out).unwrap();
    let shown = run_on(&["show", "-"], bytes.clone());
    let of_file = String::from_utf8(run(&["show", &out]).stdout).unwrap();
    let expected = of_file.replace("out.pcapng: ", "standard input: ");
    assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), ""));
    assert_eq!(String::from_utf8(shown.stdout).unwrap(), expected);
    let lines = conversation.path("lines");
    let export = ["export", "-", "--to", "jsonl", "--output", &lines];
    run_on(&export, bytes).check(0, b"", "with 10 bytes");
    let words = "Cannot read standard input. The file is neither pcap nor pcapng";
    run_on(&["show", "-"], b"no packets".to_vec()).check(2, b"", words);
    let words = "--verify checks recorded folders";
    run_on(&["show", "-", "--verify"], fs::read(out).unwrap()).check(2, b"", words);
}

#[cfg(unix)]
#[test]
fn an_export_of_standard_input_is_private() {
    let conversation = Conversation::record();
    let out = conversation.path("out.pcapng");
    let exported = conversation.export("pcapng", &out, &[]);
    exported.check(0, b"", "exported ");
    let text = conversation.path("text");
    let export = ["export", "-", "--to", "txt", "--output", &text];
    run_on(&export, fs::read(out).unwrap()).check(0, b"", "exported ");
    assert_eq!(mode(&text), 0o600);
}

#[cfg(unix)]
#[test]
fn a_signal_cancels_what_waits_for_standard_input() {
    let mut shown = Bothends::start(&["show", "-"]);
    let mut stdin = shown.child.stdin.take().unwrap();
    // More than the pipe holds: once it is written, the program is reading.
    let stdin = in_time(move || {
        stdin.write_all(&vec![0; 1024 * 1024]).unwrap();
        stdin
    });
    shown.signal("INT");
    shown.wait().check(1, b"", "bothends: cancelled");
    drop(stdin);
}

#[cfg(unix)]
#[test]
fn a_captured_file_is_read_from_a_named_pipe() {
    let conversation = Conversation::record();
    let (out, pipe) = (conversation.path("out.pcapng"), conversation.path("pipe"));
    let exported = conversation.export("pcapng", &out, &[]);
    exported.check(0, b"", "exported ");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let shown = Bothends::start(&["show", &pipe, "--find", "ping"]);
    in_time(move || fs::write(pipe, fs::read(out).unwrap()).unwrap());
    let finished = shown.finish();
    assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
    let lines = String::from_utf8(finished.stdout).unwrap();
    assert_eq!(lines.lines().count(), 2, "{lines}");
}

#[test]
fn a_truncated_capture_file_is_read_up_to_the_cut() {
    let conversation = Conversation::record();
    let out = conversation.path("out.pcapng");
    conversation
        .export("pcapng", &out, &[])
        .check(0, b"", "exported ");
    let whole = run(&["show", &out]).stdout;
    let bytes = fs::read(&out).unwrap();
    fs::write(&out, &bytes[..bytes.len() - 20]).unwrap();
    let shown = run(&["show", &out]);
    assert_eq!(shown.code, Some(1), "{shown:?}");
    assert!(shown.stdout.starts_with(&whole[..100]), "{shown:?}");
    let words = "incomplete: The file is cut off at byte ";
    assert!(shown.stderr.starts_with(words), "{shown:?}");
    assert!(
        shown.stderr.ends_with("the capture file is incomplete\n"),
        "{shown:?}"
    );
    fs::write(&out, "no packets").unwrap();
    run(&["show", &out]).check(2, b"", "The file is neither pcap nor pcapng");
}

#[test]
fn an_endpoint_is_chosen_by_its_name() {
    let conversation = Conversation::record();
    let all = conversation.show(&[]);
    conversation
        .show(&["--endpoint", "Client 1"])
        .check(0, &all.stdout, "");
    conversation.show(&["--endpoint", "Printer"]).check(
        2,
        b"",
        "the capture has no endpoint named Printer: it has Client 1",
    );
}

#[cfg(unix)]
#[test]
fn entries_that_a_match_touches_are_found_across_reads() {
    let folder = tempfile::tempdir().unwrap();
    let capture = folder.path().join("capture").to_str().unwrap().to_owned();
    let options = ["--record", &capture, "--read-buffer", "4"];
    let (server, address) = Bothends::serve("127.0.0.1:0", &options);
    let address = address.to_string();
    let text = [
        "send",
        &address,
        "--text",
        "say Hello you",
        "--expect",
        "you",
    ];
    assert_eq!(run(&text).code, Some(0));
    server.signal("TERM");
    server.wait().check(0, b"", "");
    let found = |options: &[&str]| {
        let shown = run(&[&["show", &capture, "--json"], options].concat());
        assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), ""));
        let objects = shown.objects();
        let printed = objects.iter().map(|object| {
            let text = object["text"].as_str().unwrap_or_default();
            format!("{} {text}", object["event"].as_str().unwrap())
        });
        printed
            .filter(|printed| !printed.starts_with("sent"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found(&["--find", "Hello"]),
        ["received Hell", "received o yo"]
    );
    assert_eq!(
        found(&["--find", "hex:6f 75"]),
        ["received o yo", "received u"]
    );
    assert_eq!(
        found(&["--find", "regex:l+o y", "--endpoint", "Server 1"]).len(),
        2
    );
    assert_eq!(found(&["--find", "listening"]), ["listening "]);
    assert!(found(&["--find", "Goodbye"]).is_empty());
    let out = folder.path().join("out.csv");
    let out = out.to_str().unwrap();
    let export = [
        "export", &capture, "--to", "csv", "--output", out, "--find", "you",
    ];
    assert_eq!(run(&export).code, Some(0));
    let csv = fs::read_to_string(out).unwrap();
    assert!(csv.contains(",6f20796f,o yo,"), "{csv}");
    assert!(!csv.contains("Hell"), "{csv}");
    run(&["show", &capture, "--find", "regex:("]).check(2, b"", "regular expression");
}

#[test]
fn a_file_is_replaced_only_on_request() {
    let conversation = Conversation::record();
    let out = conversation.path("out.txt");
    fs::write(&out, "precious").unwrap();
    conversation.export("txt", &out, &[]).check(
        2,
        b"",
        "already exists: choose another name, or replace it with --force",
    );
    assert_eq!(fs::read(&out).unwrap(), b"precious");
    let forced = conversation.export("txt", &out, &["--force"]);
    forced.check(0, b"", "exported ");
    assert_eq!(fs::read(&out).unwrap(), conversation.show(&[]).stdout);
    assert_eq!(conversation.names(), ["capture", "out.txt"]);
}

#[test]
fn an_export_writes_nothing_into_its_own_capture() {
    let conversation = Conversation::record();
    let capture = conversation.path("capture");
    let before = (names_in(Path::new(&capture)), conversation.show(&[]).stdout);
    let check = |format: &str, output: &str| {
        let words = "is inside the capture itself: choose a place outside it";
        for options in [&[][..], &["--force"]] {
            let refused = conversation.export(format, output, options);
            refused.check(2, b"", words);
        }
    };
    check("txt", &format!("{capture}/00000000.payload"));
    check("txt", &format!("{capture}/new.txt"));
    check("txt", &format!("{capture}/../capture/capture.toml"));
    check("raw", &format!("{capture}/streams"));
    #[cfg(unix)]
    {
        let link = conversation.path("link");
        std::os::unix::fs::symlink(&capture, &link).unwrap();
        check("csv", &format!("{link}/new.csv"));
        let file = conversation.path("file");
        std::os::unix::fs::symlink(format!("{capture}/capture.toml"), &file).unwrap();
        check("pcapng", &file);
    }
    assert_eq!(
        (names_in(Path::new(&capture)), conversation.show(&[]).stdout),
        before
    );
}

#[test]
fn a_path_that_is_not_a_capture_is_reported() {
    let conversation = Conversation::record();
    let nothing = conversation.path("nothing");
    run(&["show", &nothing]).check(2, b"", "cannot open ");
    let folder = conversation.path("folder");
    fs::create_dir(&folder).unwrap();
    run(&["show", &folder]).check(2, b"", "is not a capture: it has no capture.toml");
    run(&["export", &folder, "--to", "xml", "--output", "-"]).check(2, b"", "a format is txt, csv");
}

#[test]
fn a_damaged_entry_is_reported_and_the_others_are_printed() {
    let conversation = Conversation::record();
    let whole = conversation.show(&[]).stdout;
    let entries = conversation.path("capture") + "/00000000.entries";
    let mut bytes = fs::read(&entries).unwrap();
    let last = bytes.len() - 60;
    bytes[last] ^= 1;
    fs::write(&entries, bytes).unwrap();
    let shown = conversation.show(&[]);
    assert_eq!(shown.code, Some(1), "{shown:?}");
    let lines = |stdout: &[u8]| stdout.split(|&byte| byte == b'\n').count();
    // Another one stands in its place.
    assert_eq!(lines(&shown.stdout), lines(&whole));
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    let place = text.lines().find(|line| line.contains(" cannot be read: "));
    assert!(
        place.is_some_and(|line| line.starts_with("entry ")),
        "{text}"
    );
    assert!(shown.stderr.contains("incomplete: entry "), "{shown:?}");
    assert!(
        shown
            .stderr
            .contains("the capture is damaged: 1 entry could not be read"),
        "{shown:?}"
    );
}

#[test]
fn an_entry_whose_details_are_damaged_keeps_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let capture = capture_in_which(&folder, everything(), |store| {
        let kind = EventKind::ClockAdjusted { by_nanos: 1 };
        let mut adjusted = entry(4);
        adjusted.event.kind = kind;
        store.append(&mut [adjusted]);
    });
    let payload = Path::new(&capture).join("00000000.payload");
    let mut bytes = fs::read(&payload).unwrap();
    bytes[64..].fill(0xFF);
    fs::write(&payload, bytes).unwrap();
    let words = "clock adjusted: its details cannot be read: ";
    let shown = run(&["show", &capture]);
    assert_eq!(shown.code, Some(1), "{shown:?}");
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(text.contains(words), "{text}");
    assert!(!text.contains("newer version"), "{text}");
    let shown = run(&["show", &capture, "--json"]);
    let object = shown.objects().into_iter().next_back().unwrap();
    assert_eq!(object["event"], "clock_adjusted");
    assert_eq!(object["damaged"], true);
    assert!(object["reason"].as_str().unwrap().starts_with(words));
}

#[cfg(unix)]
#[test]
fn a_capture_is_shown_while_it_is_recorded_and_after_it_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let capture = folder.path().join("capture").to_str().unwrap().to_owned();
    let (mut server, address) = Bothends::serve("127.0.0.1:0", &["--record", &capture]);
    let address = address.to_string();
    run(&["send", &address, "--text", "first", "--expect", "first"]).check(0, b"first", "");
    let events = |shown: &Finished| {
        let events = shown.objects().into_iter();
        let events = events.map(|object: Value| object["event"].as_str().unwrap().to_owned());
        events.collect::<Vec<_>>()
    };
    // The peer has its echo before the recorder has the entries.
    let deadline = Instant::now() + PATIENCE;
    let live = loop {
        let live = events(&run(&["show", &capture, "--json"]));
        if live.len() >= 4 || Instant::now() > deadline {
            break live;
        }
    };
    assert_eq!(live[..4], ["listening", "accepted", "received", "sent"]);
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    let killed = run(&["show", &capture, "--json"]);
    assert_eq!(
        events(&killed)[..4],
        ["listening", "accepted", "received", "sent"]
    );
    let words = "incomplete: recording was interrupted, and what came last may be missing\n\
        bothends: the capture is incomplete\n";
    assert_eq!((killed.code, killed.stderr.as_str()), (Some(1), words));
}

/// Records a client that sends this many bytes.
fn record_sent(folder: &TempDir, bytes: usize) -> String {
    let capture = folder.path().join("capture").to_str().unwrap().to_owned();
    let (_server, address) = Bothends::serve("127.0.0.1:0", &["--reply", "none"]);
    let address = address.to_string();
    let arguments = ["send", &address, "--wait", "0s", "--record", &capture];
    let mut sender = Bothends::start(&arguments);
    let mut input = sender.child.stdin.take().unwrap();
    input.write_all(&vec![b'x'; bytes]).unwrap();
    drop(input);
    sender.wait().check(0, b"", "");
    capture
}

#[test]
fn a_closed_pipe_ends_show_quietly() {
    let folder = tempfile::tempdir().unwrap();
    // More than a pipe and the buffers can hold.
    let capture = record_sent(&folder, 4 * 1024 * 1024);
    let mut shown = Bothends::start(&["show", &capture]);
    let stdout = shown.child.stdout.take().unwrap();
    let line = in_time(move || {
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        line
    });
    assert!(line.contains("  Client 1: connecting to "), "{line}");
    let mut stderr = shown.stderr.take().unwrap();
    let words = in_time(move || std::io::read_to_string(&mut stderr).unwrap());
    assert_eq!((words.as_str(), shown.exit_code()), ("", Some(0)));
}

#[cfg(unix)]
#[test]
fn a_signal_cancels_an_export_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // Takes seconds to write as hex and text.
    let capture = record_sent(&folder, 32 * 1024 * 1024);
    let out = folder.path().join("out").to_str().unwrap().to_owned();
    let exporting = Bothends::start(&["export", &capture, "--to", "jsonl", "--output", &out]);
    let until = Instant::now() + PATIENCE;
    while names_in(folder.path()).len() == 1 {
        assert!(Instant::now() < until, "the export does not begin");
        thread::yield_now();
    }
    exporting.signal("INT");
    exporting.wait().check(1, b"", "the export was cancelled");
    assert_eq!(names_in(folder.path()), ["capture"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_directly() {
    let conversation = Conversation::record();
    let pipe = conversation.path("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let reader = pipe.clone();
    let read = thread::spawn(move || fs::read(reader).unwrap());
    conversation
        .export("txt", &pipe, &[])
        .check(0, b"", "exported ");
    let written = in_time(move || read.join().unwrap());
    assert_eq!(written, conversation.show(&[]).stdout);
    assert_eq!(conversation.names(), ["capture", "pipe"]);
}

#[cfg(unix)]
fn mode(path: &str) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
fn set_mode(path: &str, mode: u32) {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[test]
fn an_export_is_as_private_as_its_capture() {
    let conversation = Conversation::record();
    for format in ["txt", "csv", "jsonl", "pcapng"] {
        let out = conversation.path(format);
        conversation
            .export(format, &out, &[])
            .check(0, b"", "exported ");
        assert_eq!(mode(&out), 0o600, "{format}");
    }
    let streams = conversation.path("streams");
    conversation
        .export("raw", &streams, &[])
        .check(0, b"", "exported ");
    assert_eq!(mode(&streams), 0o700);
    assert_eq!(mode(&(streams + "/1-sent.bin")), 0o600);
    // What is in an existing folder is private too.
    let existing = conversation.path("existing");
    fs::create_dir(&existing).unwrap();
    conversation
        .export("raw", &existing, &[])
        .check(0, b"", "exported ");
    assert_eq!(mode(&(existing + "/1-sent.bin")), 0o600);
    set_mode(&conversation.path("capture"), 0o750);
    let out = conversation.path("shared");
    conversation
        .export("txt", &out, &[])
        .check(0, b"", "exported ");
    assert_eq!(mode(&out), 0o640);
}

#[cfg(unix)]
#[test]
fn an_export_of_another_tools_file_is_as_private_as_the_file() {
    let conversation = Conversation::record();
    let packets = conversation.path("packets.pcapng");
    conversation
        .export("pcapng", &packets, &[])
        .check(0, b"", "exported ");
    for (of_packets, expected) in [(0o640, 0o640), (0o600, 0o600), (0o444, 0o644)] {
        set_mode(&packets, of_packets);
        let out = conversation.path(&format!("{expected:o}.txt"));
        let export = [
            "export", &packets, "--to", "txt", "--output", &out, "--force",
        ];
        run(&export).check(0, b"", "exported ");
        assert_eq!(mode(&out), expected, "{of_packets:o}");
    }
}

#[cfg(unix)]
#[test]
fn a_replaced_file_is_never_wider_than_it_was() {
    let conversation = Conversation::record();
    set_mode(&conversation.path("capture"), 0o755);
    let out = conversation.path("out.txt");
    for (before, after) in [(0o600, 0o600), (0o640, 0o640), (0o666, 0o644)] {
        fs::write(&out, "old").unwrap();
        set_mode(&out, before);
        conversation
            .export("txt", &out, &["--force"])
            .check(0, b"", "exported ");
        assert_eq!(mode(&out), after, "{before:o}");
    }
}

#[cfg(unix)]
#[test]
fn permissions_are_exactly_those_that_were_asked_for() {
    let conversation = Conversation::record();
    let out = conversation.path("out.txt");
    conversation
        .export("txt", &out, &["--mode", "666"])
        .check(0, b"", "exported ");
    assert_eq!(mode(&out), 0o666);
    set_mode(&out, 0o600);
    let options = ["--mode", "0444", "--force"];
    conversation
        .export("txt", &out, &options)
        .check(0, b"", "exported ");
    assert_eq!(mode(&out), 0o444);
    let streams = conversation.path("streams");
    conversation
        .export("raw", &streams, &["--mode", "660"])
        .check(0, b"", "exported ");
    assert_eq!(mode(&streams), 0o770);
    assert_eq!(mode(&(streams + "/1-sent.bin")), 0o660);
    for wrong in ["rw", "1777", "+7", "8"] {
        conversation.export("txt", "-", &["--mode", wrong]).check(
            2,
            b"",
            "permissions are three octal digits",
        );
    }
}

#[cfg(unix)]
#[test]
fn what_a_killed_export_left_is_deleted_by_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    // Takes seconds to write as hex and text.
    let capture = record_sent(&folder, 32 * 1024 * 1024);
    let out = folder.path().join("out").to_str().unwrap().to_owned();
    let export = |format| ["export", &capture, "--to", format, "--output", &out];
    for format in ["jsonl", "raw"] {
        let mut killed = Bothends::start(&export(format));
        let until = Instant::now() + PATIENCE;
        while names_in(folder.path()).len() == 1 {
            assert!(Instant::now() < until, "the export does not begin");
            thread::yield_now();
        }
        killed.child.kill().unwrap();
        killed.child.wait().unwrap();
        let left = names_in(folder.path());
        assert!(left[0].starts_with(".bothends-"), "{left:?}");
        run(&export("txt")).check(0, b"", "exported ");
        assert_eq!(names_in(folder.path()), ["capture", "out"]);
        fs::remove_file(&out).unwrap();
    }
}

/// An entry without a connection, in the given second.
fn entry(second: u64) -> Entry {
    Entry {
        number: 0,
        time: SystemTime::UNIX_EPOCH + Duration::from_secs(second),
        event: Event {
            stamp: Stamp(second * 1_000_000_000),
            endpoint: EndpointId(1),
            link: None,
            by: Requester::Nobody,
            kind: EventKind::AcceptResumed,
        },
        size_bytes: 0,
        streams: StreamPositions::default(),
        damage: None,
    }
}

/// A capture of three entries, in which `happen` happens before it is closed.
fn capture_in_which(folder: &TempDir, keep: Keep, happen: impl FnOnce(&Store)) -> String {
    let capture = folder.path().join("made");
    let store = Store::create(&capture, keep, SystemTime::UNIX_EPOCH).unwrap();
    store.append(&mut [entry(1), entry(2), entry(3)]);
    happen(&store);
    store.close().unwrap();
    capture.to_str().unwrap().to_owned()
}

/// More entries than fit within the smallest limit.
const MANY: usize = 40_000;

fn append_many(store: &Store) {
    for _ in 0..MANY / 100 {
        store.append(&mut [4; 100].map(entry));
    }
}

fn everything() -> Keep {
    Keep::up_to(1 << 30)
}

#[test]
fn a_recording_that_was_cut_short_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let keep = Keep::up_to(Keep::MIN_LIMIT_BYTES);
    let capture = capture_in_which(&folder, keep, |store| {
        append_many(store);
    });
    let shown = run(&["show", &capture]);
    assert_eq!(shown.code, Some(1), "{}", shown.stderr);
    // The last line says how it was cut short.
    let kept = shown.stdout.split(|&byte| byte == b'\n').count() - 2;
    let expected = format!(
        "incomplete: the limit was reached, and {} entries after that were not recorded\n\
         bothends: the capture is incomplete\n",
        english(3 + MANY - kept)
    );
    assert_eq!(shown.stderr, expected);
    let out = folder.path().join("out");
    let export = [
        "export",
        &capture,
        "--to",
        "txt",
        "--output",
        out.to_str().unwrap(),
    ];
    let exported = run(&export);
    assert_eq!(exported.code, Some(1));
    assert!(exported.stderr.ends_with(&expected), "{exported:?}");
    assert_eq!(fs::read(&out).unwrap(), shown.stdout);
}

#[test]
fn each_format_says_that_the_recording_was_cut_short() {
    let folder = tempfile::tempdir().unwrap();
    let keep = Keep::up_to(Keep::MIN_LIMIT_BYTES);
    let capture = capture_in_which(&folder, keep, |store| {
        append_many(store);
    });
    let store = Store::open(Path::new(&capture)).unwrap();
    let missing = store.soundness().unrecorded;
    let words = format!(
        "the limit was reached, and {} entries after that were not recorded",
        english(missing.try_into().unwrap())
    );
    let exported = |format: &str| {
        let out = folder.path().join(format).to_str().unwrap().to_owned();
        let export = ["export", &capture, "--to", format, "--output", &out];
        assert_eq!(run(&export).code, Some(1), "{format}");
        out
    };
    let last_line = |format| {
        let text = fs::read_to_string(exported(format)).unwrap();
        text.lines().last().unwrap().to_owned()
    };
    assert_eq!(last_line("txt"), words);
    let next = store.status().entries;
    let row = format!(",,,,,,,not_recorded,,,\"{words}\",{next},1");
    assert_eq!(last_line("csv"), row);
    let object: Value = serde_json::from_str(&last_line("jsonl")).unwrap();
    let expected = serde_json::json!({
        "event": "not_recorded", "entries": missing, "reason": words,
    });
    assert_eq!(object, expected);
    let notes = Path::new(&exported("raw")).join("notes.txt");
    assert_eq!(fs::read_to_string(notes).unwrap(), format!("{words}\n"));
    let packets = fs::read(exported("pcapng")).unwrap();
    let is_there = packets
        .windows(words.len())
        .any(|it| it == words.as_bytes());
    assert!(is_there, "the comment on the file");
    // What is chosen may lack the end too.
    let found = ["export", &capture, "--to", "txt", "--output", "-"];
    let found = run(&[&found[..], &["--find", "nothing like it"]].concat());
    assert_eq!(found.stdout, format!("{words}\n").as_bytes());
}

#[test]
fn json_lines_have_an_object_for_each_entry() {
    let folder = tempfile::tempdir().unwrap();
    let capture = folder.path().join("capture").to_str().unwrap().to_owned();
    let (_server, bound) = Bothends::serve("localhost:0", &[]);
    let target = format!("localhost:{}", bound.port());
    let message = ["--text", "a", "--finish", "--record", &capture];
    let sent = run(&[&["send", &target][..], &message].concat());
    assert_eq!(sent.code, Some(0), "{sent:?}");
    let shown = run(&["show", &capture, "--json"]);
    let objects = shown.objects();
    let entries = Store::open(Path::new(&capture)).unwrap().status().entries;
    assert_eq!(objects.len() as u64, entries);
    let reason = |event: &str| {
        let found = objects.iter().find(|it| it["event"] == event);
        found.unwrap()["reason"].as_str().unwrap().to_owned()
    };
    assert_eq!(reason("looking_up"), "looking up localhost");
    assert_eq!(reason("finished"), "half-closed by us (FIN)");
}

/// Writes a number below a million as messages do.
fn english(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{thousands},{rest:03}"),
    }
}

#[test]
fn what_happened_while_recording_was_off_is_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let capture = capture_in_which(&folder, everything(), |store| {
        store.switch_off();
        store.append(&mut [entry(4), entry(5)]);
        store.resume(everything());
        store.append(&mut [entry(6)]);
        store.switch_off();
        store.append(&mut [entry(7)]);
    });
    let shown = run(&["show", &capture]);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    let off = "note: recording was turned off, and 1 entry after that was not recorded\n";
    assert_eq!(shown.stderr, off);
    let exported = run(&["export", &capture, "--to", "txt", "--output", "-"]);
    assert_eq!(exported.code, Some(0), "{exported:?}");
    let gap = "note: entry 3: 2 entries before it were not recorded: recording was turned off\n";
    assert!(
        exported.stderr.ends_with(&format!("{gap}{off}")),
        "{exported:?}"
    );
}

#[test]
fn what_a_ring_let_go_is_a_note() {
    let folder = tempfile::tempdir().unwrap();
    let keep = Keep {
        at_limit: AtLimit::GiveUpOldest,
        ..Keep::up_to(Keep::MIN_LIMIT_BYTES)
    };
    let capture = capture_in_which(&folder, keep, |store| {
        append_many(store);
    });
    let shown = run(&["show", &capture]);
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    let words = "dropped to make room for newer ones\n";
    assert!(
        shown.stderr.starts_with("note: entry 0: "),
        "{}",
        shown.stderr
    );
    assert!(shown.stderr.ends_with(words), "{}", shown.stderr);
    assert_eq!(shown.stderr.lines().count(), 1);
}

#[test]
fn a_missing_file_is_reported_even_if_no_entry_is() {
    let folder = tempfile::tempdir().unwrap();
    let capture = capture_in_which(&folder, everything(), |_| ());
    fs::remove_file(Path::new(&capture).join("00000000.index")).unwrap();
    let shown = run(&["show", &capture]);
    assert_eq!(shown.code, Some(1), "{shown:?}");
    assert!(shown.stderr.starts_with("incomplete: "), "{shown:?}");
    assert!(
        shown.stderr.contains("00000000.index is damaged"),
        "{shown:?}"
    );
}

#[test]
fn damage_that_costs_no_entry_is_reported_wherever_a_capture_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let capture = capture_in_which(&folder, everything(), |_| ());
    let dir = Path::new(&capture);
    let check = |file: &str, harm: &dyn Fn(&mut Vec<u8>)| {
        let path = dir.join(file);
        let whole = fs::read(&path).unwrap();
        let mut bytes = whole.clone();
        harm(&mut bytes);
        fs::write(&path, bytes).unwrap();
        let words = format!("{file} is damaged");
        let export = ["export", &capture, "--to", "txt", "--output", "-"];
        for command in [&["show", &capture][..], &export] {
            let shown = run(command);
            assert_eq!(shown.code, Some(1), "{shown:?}");
            assert!(shown.stderr.contains(&words), "{shown:?}");
            let end = "bothends: the capture is damaged\n";
            assert!(shown.stderr.ends_with(end), "{shown:?}");
        }
        fs::write(&path, whole).unwrap();
        assert_eq!(run(&["show", &capture]).code, Some(0));
    };
    // One bit of a flow, of the lanes; something behind what was written.
    check("00000000.flows", &|bytes| bytes[70] ^= 1);
    check("00000000.index", &|bytes| *bytes.last_mut().unwrap() ^= 1);
    for part in ["entries", "payload", "flows", "index"] {
        check(&format!("00000000.{part}"), &|bytes| bytes.extend(b"more"));
    }
}

#[test]
fn a_recording_that_was_not_closed_never_says_how_many_entries_are_missing_in_all() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("live");
    let keep = Keep::up_to(Keep::MIN_LIMIT_BYTES);
    let store = Store::create(&dir, keep, SystemTime::UNIX_EPOCH).unwrap();
    append_many(&store);
    let copy = |name: &str| {
        let to = folder.path().join(name);
        fs::create_dir(&to).unwrap();
        for file in fs::read_dir(&dir).unwrap().map(|it| it.unwrap()) {
            if file.file_name() != "lock" {
                fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        }
        to.to_str().unwrap().to_owned()
    };
    let check = |capture: &str, code: i32, begin: &str| {
        let shown = run(&["show", capture]);
        assert_eq!(shown.code, Some(code), "{}", shown.stderr);
        assert!(shown.stderr.starts_with(begin), "{}", shown.stderr);
    };
    let least = "incomplete: the limit was reached, and at least ";
    // While it runs, and after it was killed.
    check(dir.to_str().unwrap(), 1, least);
    check(&copy("killed"), 1, least);
    let off = folder.path().join("off");
    let switched_off = Store::create(&off, everything(), SystemTime::UNIX_EPOCH).unwrap();
    switched_off.append(&mut [entry(1)]);
    switched_off.switch_off();
    let then = "note: recording was turned off, and what happened after that is not on record\n";
    check(off.to_str().unwrap(), 0, then);
    store.close().unwrap();
    let shown = run(&["show", dir.to_str().unwrap()]);
    let begin = "incomplete: the limit was reached, and ";
    assert!(shown.stderr.starts_with(begin), "{}", shown.stderr);
    assert!(!shown.stderr.contains("at least"), "{}", shown.stderr);
}

#[test]
fn a_closed_capture_without_its_last_segment_is_damaged_not_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let capture = capture_in_which(&folder, everything(), |_| ());
    for part in ["entries", "payload", "flows", "index"] {
        fs::remove_file(Path::new(&capture).join(format!("00000000.{part}"))).unwrap();
    }
    let shown = run(&["show", &capture]);
    assert_eq!(shown.code, Some(1), "{shown:?}");
    assert!(!shown.stderr.contains("interrupted"), "{shown:?}");
    let end = "bothends: the capture is damaged: 3 entries could not be read\n";
    assert!(shown.stderr.ends_with(end), "{shown:?}");
    let verified = run(&["show", &capture, "--verify", "--json"]);
    let object = &verified.objects()[0];
    assert_eq!(
        (&object["ended"], &object["damaged_entries"]),
        (&"closed".into(), &3.into())
    );
}

#[test]
fn verify_reports_that_everything_is_whole() {
    let conversation = Conversation::record();
    let shown = conversation.show(&["--verify"]);
    assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), ""));
    let text = String::from_utf8(shown.stdout).unwrap();
    let lines: Vec<_> = text.lines().collect();
    let [counts, "Nothing is damaged"] = lines[..] else {
        panic!("{text}")
    };
    assert!(counts.starts_with("1 segment checked: "), "{text}");
    assert!(counts.ends_with(" are intact"), "{text}");
    let object = &conversation.show(&["--verify", "--json"]).objects()[0];
    assert_eq!(object["segments"], 1);
    assert_eq!(object["ended"], "closed");
    assert_eq!(
        (&object["unrecorded"], &object["damaged_entries"]),
        (&0.into(), &0.into())
    );
    let entries = object["entries"].as_u64().unwrap();
    assert!(counts.contains(&format!(" {entries} entries ")), "{text}");
    assert!(object["damage"].as_array().unwrap().is_empty());
}

#[test]
fn verify_says_what_is_damaged_and_where() {
    let conversation = Conversation::record_text("precious");
    let payload = conversation.path("capture") + "/00000000.payload";
    let mut bytes = fs::read(&payload).unwrap();
    let at = bytes.windows(8).position(|it| it == b"precious").unwrap();
    bytes[at] ^= 1;
    fs::write(&payload, bytes).unwrap();
    let shown = conversation.show(&["--verify"]);
    assert_eq!(shown.code, Some(1), "{shown:?}");
    assert_eq!(shown.stderr, "bothends: the capture is damaged\n");
    let text = String::from_utf8(shown.stdout).unwrap();
    assert!(
        text.contains("entry is damaged or missing\n")
            || text.contains("entries are damaged or missing\n"),
        "{text}"
    );
    let place = format!("00000000.payload is damaged at byte {at}: the checksum is wrong\n");
    assert!(text.contains(&place), "{text}");
    let object = &conversation.show(&["--verify", "--json"]).objects()[0];
    let first = &object["damage"][0];
    assert_eq!(first["file"], "00000000.payload");
    assert_eq!(first["position"], at);
    assert_eq!(first["what"], "the checksum is wrong");
}

#[test]
fn verify_is_for_recorded_folders() {
    let conversation = Conversation::record();
    let out = conversation.path("out.pcapng");
    conversation
        .export("pcapng", &out, &[])
        .check(0, b"", "exported ");
    run(&["show", &out, "--verify"]).check(2, b"", "--verify checks recorded folders");
    let both = conversation.show(&["--verify", "--find", "ping"]);
    both.check(2, b"", "cannot be used with");
}

#[cfg(unix)]
#[test]
fn a_signal_cancels_show() {
    let folder = tempfile::tempdir().unwrap();
    let capture = record_sent(&folder, 32 * 1024 * 1024);
    let mut shown = Bothends::start(&["show", &capture]);
    // It waits for its reader, who has only begun.
    let mut stdout = shown.child.stdout.take().unwrap();
    let mut first = [0; 100];
    std::io::Read::read_exact(&mut stdout, &mut first).unwrap();
    shown.signal("INT");
    let read = thread::spawn(move || std::io::copy(&mut stdout, &mut std::io::sink()));
    let mut stderr = shown.stderr.take().unwrap();
    let words = in_time(move || std::io::read_to_string(&mut stderr).unwrap());
    read.join().unwrap().unwrap();
    assert_eq!(
        (words.as_str(), shown.exit_code()),
        ("bothends: cancelled\n", Some(1))
    );
}

#[test]
fn no_message_can_drive_a_terminal() {
    let path = "/nowhere/\x1B[2J\u{202E}";
    for arguments in [
        vec!["show", path],
        vec!["export", path, "--to", "txt", "--output", "-"],
        vec!["send", "127.0.0.1:1", "--file", path],
        vec!["show", "x", path],
        vec!["show", "x", "--encoding", path],
    ] {
        let finished = run(&arguments);
        assert_eq!(finished.code, Some(2), "{finished:?}");
        let has_escapes = finished.stderr.contains(['\x1B', '\u{202E}']);
        assert!(!has_escapes, "{finished:?}");
        assert!(finished.stderr.contains("/nowhere/"), "{finished:?}");
    }
}
