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
        " cannot be opened: it is neither a document nor a capture, nor a file of Packet Sender",
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

#[test]
fn a_file_is_needed() {
    let finished = run(&["open"]);
    assert_eq!(finished.code, Some(2));
    assert!(finished.stderr.contains("<FILE>"), "{finished:?}");
}
