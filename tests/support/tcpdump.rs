//! What tcpdump sees of a port on the loopback interface, as entries.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, Command, Stdio};

use bothends::capture::Entry;
use bothends::capture::pcap::Import;
use tempfile::TempDir;

/// A tcpdump that listens; it is ended with this value.
pub(crate) struct Tcpdump {
    child: Child,
    stderr: BufReader<ChildStderr>,
    folder: TempDir,
}

impl Tcpdump {
    /// Starts to look at a TCP port, or says why this machine cannot.
    pub(crate) fn start(port: u16) -> Result<Self, String> {
        let interface = if cfg!(target_os = "linux") {
            "lo"
        } else {
            "lo0"
        };
        let folder = tempfile::tempdir().unwrap();
        // Without delay, each packet takes room for the longest one in the kernel's buffer: no longer than they are, and
        // a buffer for hundreds of them.
        let mut child = Command::new("tcpdump")
            .args(["-i", interface, "-s", "66000", "-B", "65536"])
            .args([
                "--immediate-mode",
                "-U",
                "--time-stamp-precision=nano",
                "-w",
            ])
            .arg(folder.path().join("dump"))
            .arg(format!("tcp port {port}"))
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("tcpdump does not start: {error}"))?;
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut told = String::new();
        while stderr.read_line(&mut told).unwrap() > 0 {
            if told.contains("listening on") {
                return Ok(Self {
                    child,
                    stderr,
                    folder,
                });
            }
        }
        child.wait().unwrap();
        Err(format!("tcpdump has no capture rights: {}", told.trim()))
    }

    /// Ends it in order, and reads what it saw. The kernel must have dropped nothing.
    pub(crate) fn finish(mut self) -> Vec<Entry> {
        let id = self.child.id().to_string();
        let interrupted = Command::new("kill").args(["-s", "INT", &id]).status();
        assert!(interrupted.unwrap().success());
        let mut told = String::new();
        self.stderr.read_to_string(&mut told).unwrap();
        assert!(self.child.wait().unwrap().success(), "{told}");
        assert!(told.contains("\n0 packets dropped by kernel"), "{told}");
        let file = File::open(self.folder.path().join("dump")).unwrap();
        let mut import = Import::open(BufReader::new(file)).unwrap();
        let mut entries = Vec::new();
        while import.step(&mut entries).unwrap() {}
        assert_eq!(import.summary().missing_bytes, 0);
        entries
    }
}

impl Drop for Tcpdump {
    fn drop(&mut self) {
        // One that ended cannot be killed, and needs not.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
