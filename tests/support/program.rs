//! Drives the real binary: starts it, reads its output and waits for its end, with a deadline for everything.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::disallowed_methods, reason = "threads of tests need no names")]

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long a test waits for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A running `bothends`. It is killed on drop.
pub(crate) struct Bothends {
    pub(crate) child: Child,
    pub(crate) stderr: Option<BufReader<ChildStderr>>,
}

/// The output and exit code of a program that has ended.
pub(crate) struct Finished {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

impl Bothends {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, &[])
    }

    /// Starts it with these environment variables.
    pub(crate) fn start_with(arguments: &[&str], variables: &[(&str, &Path)]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bothends"))
            .args(arguments)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = child.stderr.take().map(BufReader::new);
        Self { child, stderr }
    }

    /// Starts a server on `address` and returns the address on which it listens.
    pub(crate) fn serve(address: &str, options: &[&str]) -> (Self, SocketAddr) {
        let mut server = Self::start(&[&["serve", address], options].concat());
        let line = server.stderr_line();
        let bound = line
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("{line}"));
        (server, bound.parse().unwrap())
    }

    pub(crate) fn stderr_line(&mut self) -> String {
        let mut reader = self.stderr.take().unwrap();
        let (reader, line) = in_time(move || {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            (reader, line)
        });
        self.stderr = Some(reader);
        line.trim_end().to_owned()
    }

    /// Waits for a line of standard output that contains these words.
    pub(crate) fn after_stdout(mut self, words: &'static str) -> Self {
        let mut reader = BufReader::new(self.child.stdout.take().unwrap());
        let reader = in_time(move || {
            let mut line = String::new();
            while !line.contains(words) {
                line.clear();
                assert_ne!(reader.read_line(&mut line).unwrap(), 0);
            }
            reader
        });
        self.child.stdout = Some(reader.into_inner());
        self
    }

    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status();
        assert!(sent.unwrap().success());
    }

    /// Closes standard input and waits for the end.
    pub(crate) fn finish(mut self) -> Finished {
        drop(self.child.stdin.take());
        self.wait()
    }

    /// Waits for the end.
    pub(crate) fn wait(mut self) -> Finished {
        let mut stdout = self.child.stdout.take().unwrap();
        let mut stderr = self.stderr.take().unwrap();
        let (stdout, stderr) = in_time(move || {
            let words = thread::spawn(move || {
                let mut words = String::new();
                stderr.read_to_string(&mut words).map(|_len| words)
            });
            let mut data = Vec::new();
            stdout.read_to_end(&mut data).unwrap();
            (data, words.join().unwrap().unwrap())
        });
        let code = self.exit_code();
        Finished {
            code,
            stdout,
            stderr,
        }
    }

    /// The streams are closed, so the end is near.
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            thread::yield_now();
        }
        panic!("the program does not end");
    }
}

impl Drop for Bothends {
    fn drop(&mut self) {
        // If it has already ended, there is nothing to kill.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl fmt::Debug for Finished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finished")
            .field("code", &self.code)
            .field("stdout", &String::from_utf8_lossy(&self.stdout))
            .field("stderr", &self.stderr)
            .finish()
    }
}

impl Finished {
    #[track_caller]
    pub(crate) fn check(&self, code: i32, stdout: &[u8], words: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert_eq!(self.stdout, stdout, "{self:?}");
        assert!(self.stderr.contains(words), "{self:?}");
        // What explains it follows, in lines of its own.
        let lines = self.stderr.lines().filter(|it| !it.starts_with("why: "));
        assert!(words.is_empty() || lines.count() == 1, "{self:?}");
    }

    pub(crate) fn objects(&self) -> Vec<Value> {
        let lines = std::str::from_utf8(&self.stdout).unwrap().lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// Runs `work` on a thread, and fails if it takes too long.
#[track_caller]
pub(crate) fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = mpsc::channel();
    thread::spawn(move || done.send(work()));
    result.recv_timeout(PATIENCE).expect("it takes too long")
}

pub(crate) fn run(arguments: &[&str]) -> Finished {
    Bothends::start(arguments).finish()
}
