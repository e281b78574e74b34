//! Recording without a window.

use std::fs;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use bothends::capture::store::Store;
use bothends::capture::{Depth, Record, Say as _};
use bothends::words::ENGLISH;

use super::program::{Bothends, run};
use super::{connect, read};

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

#[cfg(unix)]
#[test]
fn a_record_is_complete_even_if_nobody_reads_standard_output() {
    const BYTES: usize = 4 * 1024 * 1024;
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("capture");
    let options = ["--json", "--record", dir.to_str().unwrap()];
    let (mut server, address) = Bothends::serve("127.0.0.1:0", &options);
    let _unread = server.child.stdout.take();
    let mut peer = connect(address);
    for _ in 0..BYTES / (64 * 1024) {
        let sent = vec![b'x'; 64 * 1024];
        peer.write_all(&sent).unwrap();
        assert_eq!(read(&mut peer, sent.len()), sent);
    }
    server.signal("TERM");
    server.stderr_line();
    assert_eq!(server.exit_code(), Some(0));
    let entries = recorded(&dir);
    for way in ["received", "sent"] {
        let bytes = entries.iter().filter(|(kind, _)| kind == way);
        assert_eq!(bytes.map(|it| it.1.len()).sum::<usize>(), BYTES, "{way}");
    }
    assert!(Store::manifest_of(&dir).unwrap().is_closed());
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
    assert_eq!(fs::read(folder.path().join("mine")).unwrap(), b"precious");
}
