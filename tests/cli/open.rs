//! What `open` refuses, before there is a window.

use std::fs;

use tempfile::TempDir;

use super::program::{Finished, run};

fn open(folder: &TempDir, names: &[&str]) -> Finished {
    let paths: Vec<_> = names
        .iter()
        .map(|name| folder.path().join(name).to_str().unwrap().to_owned())
        .collect();
    let paths = paths.iter().map(String::as_str);
    run(&["open"].into_iter().chain(paths).collect::<Vec<_>>())
}

#[test]
fn what_cannot_be_opened_is_named_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| fs::write(folder.path().join(name), text).unwrap();
    write("notes.txt", b"no packets");
    write(
        "wrong.bothends",
        b"format = 1\n[[server]]\nname = 'a'\nlisten = ':1'\nreply = 5\n",
    );
    write("binary.bothends", b"format = 1\n\xff\xfe");
    write("good.bothends", b"format = 1\n");
    write("other.bothends", b"format = 1\n");
    let check = |names: &[&str], expected: &str| {
        let finished = open(&folder, names);
        assert_eq!(finished.code, Some(2), "{finished:?}");
        let last = names.last().unwrap();
        let path = folder.path().join(last).display().to_string();
        assert_eq!(finished.stderr, format!("bothends: {path}{expected}\n"));
        assert!(finished.stdout.is_empty(), "{finished:?}");
    };
    check(
        &["none.bothends"],
        " cannot be opened: no such file or folder",
    );
    check(
        &["notes.txt"],
        " cannot be opened: it is not a document, a capture folder, a .pcap or .pcapng file, or a Packet Sender file",
    );
    check(
        &["wrong.bothends"],
        " cannot be opened: line 5, column 9: reply has to be text in quotes",
    );
    check(
        &["binary.bothends"],
        " cannot be opened: line 2, column 1: this is not text in UTF-8",
    );
    check(
        &["good.bothends", "other.bothends"],
        " is a second document: a window holds one",
    );
}

/// Menu entries call it so. Where there is no display, that is what it says.
#[cfg(target_os = "linux")]
#[test]
fn without_a_file_the_window_opens() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bothends"));
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(variable);
    }
    let output = command
        .arg("open")
        .env("BOTHENDS_CONFIG_DIR", folder.path())
        .env("BOTHENDS_DATA_DIR", folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("no display"), "{said}");
}
