//! What a path is that somebody opens: a document, a capture, or another tool's file.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::capture::pcap::{ImportError, PcapImport};
use crate::workspace::{DOCUMENT_ENDING, begins_packets};

/// The file by which a capture's folder is known.
const MANIFEST: &str = "capture.toml";
/// How much of a file is looked at to see whether it may be a document, in bytes.
const HEAD_BYTES: u64 = 4 * 1024;
/// The key that every document has.
const FORMAT_KEY: &[u8] = b"format";

/// Something to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// A document.
    Document(PathBuf),
    /// The folder of a capture.
    Capture(PathBuf),
    /// Another tool's captured file.
    CapturedFile(PathBuf),
    /// Another tool's saved messages.
    Messages(PathBuf),
}

/// Why a path cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub struct OpeningError {
    /// The path.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub problem: OpeningProblem,
}

/// What is wrong with a path to open.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum OpeningProblem {
    /// The system's error.
    Read(#[from] io::Error),
    /// It is a pipe or a device.
    NotPlain,
    /// It is none of the things that can be opened.
    Unknown,
}

/// What a window opens when it starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenFiles {
    /// A document.
    pub document: Option<PathBuf>,
    /// Captures, and other tools' captured files.
    pub captures: Vec<PathBuf>,
    /// Other tools' saved messages.
    pub messages: Vec<PathBuf>,
}

impl OpenFiles {
    /// Adds something to open; returns it if there is a document already.
    pub fn add(&mut self, opening: Opening) -> Result<(), Opening> {
        match opening {
            Opening::Document(_) if self.document.is_some() => return Err(opening),
            Opening::Document(path) => self.document = Some(path),
            Opening::Capture(path) | Opening::CapturedFile(path) => self.captures.push(path),
            Opening::Messages(path) => self.messages.push(path),
        }
        Ok(())
    }
}

impl Opening {
    /// Looks at a path, and at the beginning of a file. Whether all of it can be read is seen when it is opened.
    pub fn of(path: &Path) -> Result<Self, OpeningError> {
        recognize(path).map_err(|problem| OpeningError {
            path: path.to_owned(),
            problem,
        })
    }
}

fn recognize(path: &Path) -> Result<Opening, OpeningProblem> {
    let found = fs::metadata(path)?;
    let owned = path.to_owned();
    if found.is_dir() {
        return Ok(Opening::Capture(owned));
    }
    if !found.is_file() {
        return Err(OpeningProblem::NotPlain);
    }
    if path
        .extension()
        .is_some_and(|ending| ending == DOCUMENT_ENDING)
    {
        return Ok(Opening::Document(owned));
    }
    let folder = path.parent().filter(|_| path.ends_with(MANIFEST));
    if let Some(folder) = folder {
        return Ok(Opening::Capture(folder.to_owned()));
    }
    match PcapImport::open(File::open(path)?) {
        Err(ImportError::Format) => {}
        Ok(_) | Err(_) => return Ok(Opening::CapturedFile(owned)),
    }
    let mut head = Vec::new();
    File::open(path)?.take(HEAD_BYTES).read_to_end(&mut head)?;
    let mut lines = head
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii_start);
    if lines.any(|line| line.starts_with(FORMAT_KEY)) {
        return Ok(Opening::Document(owned));
    }
    if begins_packets(&head) {
        return Ok(Opening::Messages(owned));
    }
    Err(OpeningProblem::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_opened_is_recognized_by_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let check = |name: &str, bytes: &[u8], expected: fn(PathBuf) -> Opening| {
            let path = folder.path().join(name);
            fs::write(&path, bytes).unwrap();
            assert_eq!(Opening::of(&path).unwrap(), expected(path), "{name}");
        };
        check("a.bothends", b"", Opening::Document);
        check("a.toml", b"# mine\n  format = 1\n", Opening::Document);
        // The classic header: magic, version 2.4, zone, accuracy, 65,535 bytes a packet, Ethernet.
        let pcap = b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\xff\xff\0\0\x01\0\0\0";
        check("a.dump", pcap, Opening::CapturedFile);
        // It begins as one, and the import says what is wrong.
        check("cut.pcap", &pcap[..9], Opening::CapturedFile);
        check(
            "packets.ini",
            b"[NAMES]\n1\\name=a\nsize=1\n",
            Opening::Messages,
        );
        check("a.json", b"[{\"hexstring\": \"00\"}]", Opening::Messages);
        let capture = folder.path().join("capture");
        fs::create_dir(&capture).unwrap();
        let manifest = capture.join(MANIFEST);
        fs::write(&manifest, "format = 2\n").unwrap();
        for path in [&capture, &manifest] {
            let expected = Opening::Capture(capture.clone());
            assert_eq!(Opening::of(path).unwrap(), expected);
        }
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let problem = |name: &str| Opening::of(&folder.path().join(name)).unwrap_err().problem;
        fs::write(folder.path().join("notes.txt"), "no packets").unwrap();
        assert!(matches!(problem("notes.txt"), OpeningProblem::Unknown));
        fs::write(folder.path().join("empty.pcap"), "").unwrap();
        assert!(matches!(problem("empty.pcap"), OpeningProblem::Unknown));
        let OpeningProblem::Read(error) = problem("none") else {
            panic!("a file that is not there");
        };
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
        #[cfg(unix)]
        {
            let pipe = folder.path().join("pipe.bothends");
            let made = std::process::Command::new("mkfifo").arg(&pipe).status();
            assert!(made.unwrap().success());
            assert!(matches!(problem("pipe.bothends"), OpeningProblem::NotPlain));
        }
    }
}
