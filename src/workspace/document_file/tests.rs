//! A document's own file on a real disk: round trips, changes from outside, and files that are none.

use std::fs::File;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::workspace::{DocumentError, DocumentProblem};

const TEXT: &str = "# mine\nformat = 1\n\n[[server]]\nname = 'Meter'\nlisten = ':502'\n";

fn place(name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    (folder, path)
}

fn open(path: &Path) -> ReadDocument {
    ReadDocument::open(path, EndpointIds::default()).unwrap()
}

fn problem(path: &Path) -> LoadProblem {
    let error = ReadDocument::open(path, EndpointIds::default()).unwrap_err();
    assert_eq!(error.path, path);
    error.problem
}

#[test]
fn a_document_is_read_and_saved_without_touching_what_did_not_change() {
    let (_folder, path) = place("meter.bothends");
    fs::write(&path, TEXT).unwrap();
    let mut read = open(&path);
    assert!(!read.document.is_approved);
    assert_eq!(*read.file.hash(), DocumentHash::of(TEXT));
    read.file.save(&read.document, false).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    let id = read.document.endpoints[0].id;
    read.document.rename(id, "Pump").unwrap();
    read.file.save(&read.document, false).unwrap();
    let saved = fs::read_to_string(&path).unwrap();
    assert_eq!(saved, TEXT.replace("'Meter'", "\"Pump\""));
    assert_eq!(*read.file.hash(), DocumentHash::of(&saved));
    assert_eq!(read.file.look(), None);
}

#[test]
fn a_new_file_replaces_another_one_only_if_it_may() {
    let (_folder, path) = place("a.bothends");
    let document = Document::default();
    let file = DocumentFile::create(&path, &document, false).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(
        (text.as_str(), file.path()),
        (document.to_text().as_str(), &*path)
    );
    fs::write(&path, "somebody else's").unwrap();
    let refused = DocumentFile::create(&path, &document, false);
    assert!(matches!(refused, Err(DocumentSaveError::Exists { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), "somebody else's");
    DocumentFile::create(&path, &document, true).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_change_from_outside_is_noticed_and_not_overwritten() {
    let (_folder, path) = place("a.bothends");
    fs::write(&path, TEXT).unwrap();
    let mut read = open(&path);
    // Of the same length, and with the same time.
    let modified = fs::metadata(&path).unwrap().modified().unwrap();
    let other = TEXT.replace("Meter", "Meten");
    fs::write(&path, &other).unwrap();
    File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(modified)
        .unwrap();
    let refused = read.file.save(&read.document, false);
    assert!(matches!(
        refused,
        Err(DocumentSaveError::ChangedOutside { .. })
    ));
    assert_eq!(fs::read_to_string(&path).unwrap(), other);
    fs::write(&path, "longer than it was ".repeat(10)).unwrap();
    assert_eq!(read.file.look(), Some(Outside::Changed));
    read.file.save(&read.document, true).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), TEXT);
    assert_eq!(read.file.look(), None);
    // What comes back as it was, with another time, did not change.
    let later = modified + Duration::from_mins(1);
    File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_modified(later)
        .unwrap();
    assert_eq!(read.file.look(), None);
    // What the user decided to overwrite may be overwritten, and nothing that came after it.
    fs::write(&path, &other).unwrap();
    assert_eq!(read.file.look(), Some(Outside::Changed));
    read.file.accept();
    assert_eq!(read.file.look(), None);
    assert!(!read.file.holds(&read.document));
    assert_eq!(*read.file.hash(), DocumentHash::of(TEXT));
    read.file.save(&read.document, false).unwrap();
    assert!(read.file.holds(&read.document));
    fs::remove_file(&path).unwrap();
    assert_eq!(read.file.look(), Some(Outside::Gone));
    // Nothing holds it any more.
    assert!(!read.file.holds(&read.document));
    read.file.accept();
    assert_eq!(read.file.look(), None);
    fs::write(&path, &other).unwrap();
    assert_eq!(read.file.look(), Some(Outside::Changed));
    fs::remove_file(&path).unwrap();
    // Nobody's changes are lost by writing it anew.
    read.file.save(&read.document, false).unwrap();
    assert_eq!(read.file.look(), None);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(read.file.look(), Some(Outside::Changed));
}

#[test]
fn what_is_no_document_is_refused_with_the_place() {
    let (folder, path) = place("a.bothends");
    fs::write(&path, b"format = 1\nx = \xc3\x28").unwrap();
    match problem(&path) {
        LoadProblem::NotText(at) => assert_eq!((at.line, at.column), (2, 5)),
        other => panic!("{other:?}"),
    }
    fs::write(&path, "format = 1\nserver = 5\n").unwrap();
    match problem(&path) {
        LoadProblem::Document(DocumentError { position, problem }) => {
            assert_eq!((position.line, position.column), (2, 10));
            assert!(matches!(problem, DocumentProblem::Type { .. }));
        }
        other => panic!("{other:?}"),
    }
    File::create(&path)
        .unwrap()
        .set_len(FILE_LIMIT_BYTES as u64 + 1)
        .unwrap();
    assert!(matches!(problem(&path), LoadProblem::TooLarge));
    assert!(matches!(problem(folder.path()), LoadProblem::Folder));
    let gone = problem(&folder.path().join("none"));
    assert!(matches!(gone, LoadProblem::Read(error) if error.kind() == ErrorKind::NotFound));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_at_once() {
    let (_folder, path) = place("a.bothends");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    assert!(matches!(problem(&path), LoadProblem::NotPlain));
}

#[cfg(unix)]
#[test]
fn permissions_of_a_file_stay_and_a_write_protected_one_is_not_replaced() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, path) = place("a.bothends");
    fs::write(&path, TEXT).unwrap();
    let mut read = open(&path);
    let id = read.document.endpoints[0].id;
    for (number, mode) in [0o640, 0o664].into_iter().enumerate() {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        read.document.rename(id, &number.to_string()).unwrap();
        read.file.save(&read.document, false).unwrap();
        let saved = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(saved & 0o777, mode);
    }
    let before = fs::read_to_string(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    read.document.rename(id, "another").unwrap();
    let refused = read.file.save(&read.document, false);
    assert!(matches!(refused, Err(DocumentSaveError::ReadOnly { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_link_stays_one() {
    let (folder, path) = place("a.bothends");
    fs::write(&path, TEXT).unwrap();
    let link = folder.path().join("link.bothends");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let mut read = open(&link);
    let id = read.document.endpoints[0].id;
    read.document.rename(id, "Pump").unwrap();
    read.file.save(&read.document, false).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&path).unwrap().contains("Pump"));
}
