//! Recording without a window.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::thread;

use bothends::capture::store::Store;
use bothends::capture::{Depth, EventKind, Record, Say as _};
use bothends::words::ENGLISH;

use super::program::{Bothends, in_time, run};
use super::{connect, read, read_to_end};

/// The entries recorded in `dir`, as text without addresses, and their bytes.
fn recorded(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let record = Record::new(Arc::new(Store::open(dir).unwrap()));
    let mut all = Vec::new();
    record.visit(0..record.status().entries, Depth::Whole, |_, entry| {
        let entry = entry.unwrap();
        let bytes = entry.payload().map(|payload| payload.bytes.to_vec());
        let words = ENGLISH.entry(&entry).text;
        let kind = words
            .split([' ', ':'])
            .find(|word| !word.contains('.') && !word.is_empty());
        let kind = if words.contains("closed by the peer") {
            "closed"
        } else {
            kind.unwrap()
        };
        all.push((kind.to_owned(), bytes.unwrap_or_default()));
        ControlFlow::Continue(())
    });
    all
}

#[cfg(unix)]
#[test]
fn serve_records_everything() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let option = dir.to_str().unwrap();
    let (server, address) = Bothends::serve("127.0.0.1:0", &["--record", option]);
    let mut peer = connect(address);
    peer.write_all(b"Hello").unwrap();
    assert_eq!(read(&mut peer, 5), b"Hello");
    assert!(Store::is_being_recorded(&dir));
    server.signal("TERM");
    server.wait().check(0, b"", "");
    assert!(!Store::is_being_recorded(&dir));
    let expected = [
        ("listening", ""),
        ("accepted", ""),
        ("received", "Hello"),
        ("sent", "Hello"),
    ];
    let entries = recorded(&dir);
    for (entry, (kind, bytes)) in entries.iter().zip(expected) {
        assert_eq!((entry.0.as_str(), &*entry.1), (kind, bytes.as_bytes()));
    }
    assert_eq!(entries.len(), 6, "{entries:?}");
    let manifest = Store::manifest_of(&dir).unwrap();
    assert!(manifest.is_closed());
    assert!(manifest.names().values().any(|name| name == "Server 1"));
}

/// Sends the same bytes again and again.
fn send_bytes(peer: &mut TcpStream, bytes: usize) {
    let piece = vec![b'x'; 64 * 1024];
    for _ in 0..bytes / piece.len() {
        peer.write_all(&piece).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_record_is_complete_even_if_nobody_reads_standard_output() {
    const BYTES: usize = 50 * 1024 * 1024;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let options = [
        "--json",
        "--reply",
        "none",
        "--record",
        dir.to_str().unwrap(),
    ];
    let (mut server, address) = Bothends::serve("127.0.0.1:0", &options);
    let _unread = server.child.stdout.take();
    let mut peer = connect(address);
    send_bytes(&mut peer, BYTES);
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_end(&mut peer), b"");
    server.signal("TERM");
    let words = server.stderr_line();
    assert!(words.contains("fell behind"), "{words}");
    assert_eq!(server.exit_code(), Some(1));
    let entries = recorded(&dir);
    let bytes = entries.iter().filter(|(kind, _)| kind == "received");
    assert_eq!(bytes.map(|it| it.1.len()).sum::<usize>(), BYTES);
    assert!(Store::manifest_of(&dir).unwrap().is_closed());
}

#[cfg(unix)]
#[test]
fn json_that_is_read_late_is_what_is_on_record() {
    const BYTES: usize = 4 * 1024 * 1024;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let dir = dir.to_str().unwrap();
    let (server, address) = Bothends::serve("127.0.0.1:0", &["--json", "--record", dir]);
    let mut peer = connect(address);
    let piece = vec![b'x'; 64 * 1024];
    for _ in 0..BYTES / piece.len() {
        peer.write_all(&piece).unwrap();
        assert_eq!(read(&mut peer, piece.len()), piece);
    }
    server.signal("TERM");
    let finished = server.wait();
    assert_eq!(finished.code, Some(0), "{}", finished.stderr);
    let shown = run(&["show", dir, "--json"]);
    assert!(shown.stdout == finished.stdout);
    let received = finished
        .objects()
        .into_iter()
        .filter(|it| it["event"] == "received");
    let bytes = received.map(|it| it["bytes"].as_u64().unwrap());
    assert_eq!(bytes.sum::<u64>(), BYTES as u64);
}

#[cfg(unix)]
#[test]
fn a_recording_server_goes_on_when_standard_output_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let option = dir.to_str().unwrap();
    let (mut server, address) = Bothends::serve("127.0.0.1:0", &["--json", "--record", option]);
    drop(server.child.stdout.take());
    for _ in 0..3 {
        let mut peer = connect(address);
        peer.write_all(b"Hello").unwrap();
        assert_eq!(read(&mut peer, 5), b"Hello");
        peer.shutdown(Shutdown::Write).unwrap();
        assert_eq!(read_to_end(&mut peer), b"");
    }
    server.signal("TERM");
    assert_eq!(server.exit_code(), Some(0));
    let entries = recorded(&dir);
    let received = entries.iter().filter(|(_, bytes)| bytes == b"Hello");
    assert_eq!(received.count(), 6, "{entries:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_send_closes_its_connection_and_its_capture() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let option = dir.to_str().unwrap();
    let (_server, address) = Bothends::serve("127.0.0.1:0", &[]);
    let address = address.to_string();
    let common = ["send", &address, "--wait", "1m", "--record", option];
    for (options, code, words) in [
        (&["--text", "ping"][..], 0, ""),
        (
            &["--text", "ping", "--expect", "pong"],
            1,
            "bothends: expected pong, which did not arrive before a signal ended it",
        ),
        (
            &[],
            1,
            "bothends: ended by a signal; the input had not ended",
        ),
    ] {
        fs::remove_dir_all(&dir).ok();
        let mut client = Bothends::start(&[&common, options].concat());
        if options.is_empty() {
            // Its input stays open.
            client
                .child
                .stdin
                .as_mut()
                .unwrap()
                .write_all(b"ping")
                .unwrap();
        }
        let mut stdout = client.child.stdout.take().unwrap();
        let (stdout, echoed) = in_time(move || {
            let mut echoed = [0; 4];
            stdout.read_exact(&mut echoed).unwrap();
            (stdout, echoed)
        });
        assert_eq!(&echoed, b"ping");
        client.child.stdout = Some(stdout);
        client.signal("TERM");
        client.wait().check(code, b"", words);
        let record = Record::new(Arc::new(Store::open(&dir).unwrap()));
        let last = record.status().entries - 1;
        let last = record.entry(last, Depth::Whole).unwrap().unwrap();
        assert!(matches!(last.event.kind, EventKind::Closed(_)));
        assert!(Store::manifest_of(&dir).unwrap().is_closed());
    }
}

#[cfg(unix)]
#[test]
fn what_a_signal_left_unsent_of_a_file_is_counted_whole() {
    const FILE_BYTES: u64 = 64 * 1024 * 1024;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("zeros");
    fs::File::create(&path)
        .unwrap()
        .set_len(FILE_BYTES)
        .unwrap();
    let peer = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = peer.local_addr().unwrap().to_string();
    let (path, dir) = (path.to_str().unwrap(), folder.path().join("capture"));
    let record = dir.to_str().unwrap();
    let options = ["--file", path, "--json", "--record", record];
    let sending = Bothends::start(&[&["send", &address][..], &options].concat());
    // It is accepted, and never read.
    let (_stream, _) = peer.accept().unwrap();
    let sending = sending.after_stdout(r#"{"event":"sent""#);
    sending.signal("TERM");
    let finished = sending.wait();
    assert_eq!(finished.code, Some(1), "{finished:?}");
    let words = finished.stderr.replace(',', "");
    let unsent = words
        .strip_prefix("bothends: ended by a signal; ")
        .and_then(|words| words.strip_suffix(" bytes of the input were not sent\n"));
    let unsent: u64 = unsent.unwrap_or_else(|| panic!("{words}")).parse().unwrap();
    let entries = recorded(&dir);
    let sent = entries.iter().filter(|(kind, _)| kind == "sent");
    let sent: usize = sent.map(|(_, bytes)| bytes.len()).sum();
    assert_eq!(sent as u64 + unsent, FILE_BYTES);
}

#[cfg(unix)]
#[test]
fn a_bound_ends_the_record_but_neither_the_server_nor_its_json() {
    const BYTES: usize = 4 * 1024 * 1024;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let options = [
        "--json",
        "--reply",
        "none",
        "--record",
        dir.to_str().unwrap(),
        "--keep",
        "1MB",
    ];
    let (server, address) = Bothends::serve("127.0.0.1:0", &options);
    let mut peer = connect(address);
    send_bytes(&mut peer, BYTES);
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_end(&mut peer), b"");
    server.signal("TERM");
    let finished = server.wait();
    assert_eq!(finished.code, Some(1), "{}", finished.stderr);
    let mut words = finished.stderr.lines();
    let stopped = words.next().unwrap();
    assert!(
        stopped.starts_with("bothends: recording stopped: "),
        "{stopped}"
    );
    let (lacks, objects): (Vec<_>, Vec<_>) = finished
        .objects()
        .into_iter()
        .partition(|it| it["event"] == "not_recorded");
    let received = objects.iter().filter(|it| it["event"] == "received");
    let bytes = received.map(|it| it["bytes"].as_u64().unwrap());
    assert_eq!(bytes.sum::<u64>(), BYTES as u64);
    let on_record = recorded(&dir).len();
    let [begun, ended] = &lacks[..] else {
        panic!("{lacks:?}");
    };
    let (time, first) = (&begun["elapsed_ns"], &objects[on_record]);
    assert_eq!(time, &first["elapsed_ns"], "where it stopped");
    assert!(begun["reason"].as_str().is_some_and(|it| !it.is_empty()));
    assert_eq!(ended["entries"], objects.len() - on_record);
    assert!(on_record > 0 && on_record < objects.len());
    let missing = objects.len() - on_record;
    assert_eq!(
        words.next(),
        Some(
            format!("bothends: the capture is incomplete: {missing} entries not recorded").as_str()
        )
    );
}

#[cfg(unix)]
#[test]
fn json_says_while_a_server_runs_that_recording_has_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let options = [
        "--json",
        "--reply",
        "none",
        "--record",
        dir.to_str().unwrap(),
        "--keep",
        "1MB",
    ];
    let (server, address) = Bothends::serve("127.0.0.1:0", &options);
    let mut peer = connect(address);
    let sending = thread::spawn(move || {
        send_bytes(&mut peer, 4 * 1024 * 1024);
        peer
    });
    let server = server.after_stdout(r#"{"event":"not_recorded""#);
    server.signal("TERM");
    assert_eq!(server.wait().code, Some(1));
    drop(sending);
}

/// Makes a capture that takes more than a pipe holds to show, and shows it to a reader that stalls.
#[cfg(unix)]
#[test]
fn a_signal_ends_a_show_that_nobody_reads() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let dir = dir.to_str().unwrap();
    let (server, address) = Bothends::serve("127.0.0.1:0", &["--reply", "none", "--record", dir]);
    let mut peer = connect(address);
    send_bytes(&mut peer, 4 * 1024 * 1024);
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_end(&mut peer), b"");
    server.signal("TERM");
    server.wait().check(0, b"", "");
    for arguments in [
        &["show", dir, "--json"][..],
        &["export", dir, "--to", "jsonl", "--output", "-"],
    ] {
        let mut showing = Bothends::start(arguments).after_stdout("received");
        let _unread = showing.child.stdout.take();
        showing.signal("TERM");
        let words = showing.stderr_line();
        assert!(words.contains("cancelled"), "{words}");
        assert_eq!(showing.exit_code(), Some(1));
    }
}

#[cfg(unix)]
#[test]
fn a_ring_keeps_the_newest_entries() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let option = dir.to_str().unwrap();
    let options = [
        "--reply",
        "none",
        "--record",
        option,
        "--keep-newest",
        "1 MiB",
    ];
    let (server, address) = Bothends::serve("127.0.0.1:0", &options);
    let mut peer = connect(address);
    send_bytes(&mut peer, 4 * 1024 * 1024);
    peer.shutdown(Shutdown::Write).unwrap();
    assert_eq!(read_to_end(&mut peer), b"");
    server.signal("TERM");
    server.wait().check(0, b"", "");
    let status = Store::open(&dir).unwrap().status();
    assert!(status.first_kept > 0 && status.kept_bytes <= 1024 * 1024);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_gone_is_reported_once_with_what_it_cost() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let option = dir.to_str().unwrap();
    let (server, address) = Bothends::serve("127.0.0.1:0", &["--record", option]);
    let mut peer = connect(address);
    for text in ["Hello", "again"] {
        peer.write_all(text.as_bytes()).unwrap();
        assert_eq!(read(&mut peer, 5), text.as_bytes());
        fs::remove_dir_all(&dir).ok();
    }
    server.signal("TERM");
    let ended = server.wait();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let lines: Vec<_> = ended.stderr.lines().collect();
    let [gone, cost] = lines[..] else {
        panic!("{ended:?}");
    };
    assert!(gone.contains("the capture's folder is gone"), "{ended:?}");
    let count = cost
        .strip_prefix("bothends: the capture is incomplete: ")
        .and_then(|cost| cost.strip_suffix(" entries not recorded"));
    // At least what was exchanged after the folder was gone, and the end.
    let count: u64 = count.unwrap().parse().unwrap();
    assert!(count >= 3, "{ended:?}");
}

#[test]
fn how_much_is_kept_is_checked() {
    let check = |options: &[&str], words: &str| {
        run(&[&["serve", "127.0.0.1:0"], options].concat()).check(2, b"", words);
    };
    check(&["--keep", "1m"], "--record");
    check(&["--record", "x", "--keep", "much"], "much");
    check(&["--record", "x", "--keep", "1k"], "1k");
    check(
        &["--record", "x", "--keep", "1m", "--keep-newest", "1m"],
        "cannot be used with",
    );
}

#[test]
fn send_records_everything() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let (_server, address) = Bothends::serve("127.0.0.1:0", &[]);
    let address = address.to_string();
    let option = dir.to_str().unwrap();
    run(&[
        "send", &address, "--text", "ping", "--expect", "ping", "--record", option,
    ])
    .check(0, b"ping", "");
    let entries = recorded(&dir);
    let kinds: Vec<_> = entries.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds[..4], ["connecting", "connected", "sent", "received"]);
    assert_eq!(entries[3].1, b"ping");
}

#[test]
fn a_folder_that_is_not_empty_is_not_recorded_into() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine"), "precious").unwrap();
    let option = folder.path().to_str().unwrap();
    let refused = run(&["serve", "127.0.0.1:0", "--record", option]);
    refused.check(
        2,
        b"",
        "is not empty: a capture needs a new or an empty folder",
    );
    let mine = folder.path().join("mine");
    assert_eq!(fs::read(&mine).unwrap(), b"precious");
    let option = mine.to_str().unwrap();
    let refused = run(&["serve", "127.0.0.1:0", "--record", option]);
    refused.check(2, b"", "cannot create");
    assert_eq!(fs::read(mine).unwrap(), b"precious");
}
