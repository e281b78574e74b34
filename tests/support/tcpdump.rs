//! What tcpdump captures on a port of the loopback interface, as entries.

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

/// A running tcpdump. It is killed on drop.
pub(crate) struct Tcpdump {
    child: Child,
    stderr: BufReader<ChildStderr>,
    folder: TempDir,
}

impl Tcpdump {
    /// Starts capturing a TCP port, or explains why this machine cannot.
    pub(crate) fn start(port: u16) -> Result<Self, String> {
        let interface = if cfg!(target_os = "linux") {
            "lo"
        } else {
            "lo0"
        };
        let folder = tempfile::tempdir().unwrap();
        // In immediate mode every packet takes up a buffer slot of the snapshot length, so that is set to what is
        // needed, and the buffer to hold hundreds of packets.
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
        let mut output = String::new();
        while stderr.read_line(&mut output).unwrap() > 0 {
            if output.contains("listening on") {
                return Ok(Self {
                    child,
                    stderr,
                    folder,
                });
            }
        }
        child.wait().unwrap();
        Err(format!("tcpdump has no capture rights: {}", output.trim()))
    }

    /// Stops it normally and reads what it captured. The kernel must have dropped nothing.
    pub(crate) fn finish(mut self) -> Vec<Entry> {
        let id = self.child.id().to_string();
        let interrupted = Command::new("kill").args(["-s", "INT", &id]).status();
        assert!(interrupted.unwrap().success());
        let mut output = String::new();
        self.stderr.read_to_string(&mut output).unwrap();
        assert!(self.child.wait().unwrap().success(), "{output}");
        assert!(output.contains("\n0 packets dropped by kernel"), "{output}");
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
        // If it has already ended, there is nothing to kill.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
