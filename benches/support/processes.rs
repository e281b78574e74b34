//! Other programs: whether they are there, how they are started, and a bounded wait for their end.

use std::io::Read;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// The time limit for the end of a program.
pub(crate) const PATIENCE: Duration = Duration::from_mins(5);
/// The time limit for a server to listen.
const STARTING: Duration = Duration::from_secs(10);
/// How often a process that is about to end is asked whether it has.
const ASKED_EVERY: Duration = Duration::from_micros(200);
/// How much of its output is kept.
const KEPT_BYTES: usize = 4096;
/// How much of its output is read at once.
const READ_BYTES: usize = 256 * 1024;

/// A process that ends when this is dropped. What it writes is read, and counted.
pub(crate) struct Process {
    child: Child,
    outputs: Receiver<Written>,
}

/// What a process wrote to standard output, if that was a pipe.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) lines: u64,
    /// Its beginning.
    pub(crate) text: String,
    /// The exit status of the process.
    pub(crate) code: Option<i32>,
}

impl Process {
    /// Starts it with this standard output.
    pub(crate) fn start(command: &mut Command, stdout: Stdio) -> Self {
        let command = command.stdout(stdout).stderr(Stdio::piped());
        let mut child = command.spawn().expect("a process");
        let (written, outputs) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            read_all(stdout, written.clone(), true);
        }
        // Its end is that of the process.
        read_all(child.stderr.take().expect("its stderr"), written, false);
        Self { child, outputs }
    }

    /// Waits for its end.
    pub(crate) fn finish(mut self) -> Written {
        let mut all = Written::default();
        loop {
            match self.outputs.recv_timeout(PATIENCE) {
                Ok(written) => all = written,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end: {:?}", self.child),
            }
        }
        all.code = wait_for_end(&mut self.child);
        all
    }

    /// Waits for its end, which has to be a success.
    pub(crate) fn succeed(self) -> Written {
        let written = self.finish();
        assert_eq!(written.code, Some(0), "{written:?}");
        written
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Reads a pipe to its end on a thread, and says what was in it if it `is_counted`.
fn read_all(mut pipe: impl Read + Send + 'static, written: Sender<Written>, is_counted: bool) {
    let reading = thread::Builder::new().spawn(move || {
        let mut buffer = vec![0; READ_BYTES];
        let (mut lines, mut kept) = (0, Vec::new());
        while let Ok(count @ 1..) = pipe.read(&mut buffer) {
            let read = &buffer[..count];
            lines += memchr::memchr_iter(b'\n', read).count() as u64;
            let room = KEPT_BYTES - kept.len();
            kept.extend_from_slice(&read[..count.min(room)]);
        }
        if is_counted {
            let all = Written {
                lines,
                text: String::from_utf8_lossy(&kept).into_owned(),
                code: None,
            };
            // Whoever started the process may have let go of it.
            written.send(all).ok();
        }
    });
    reading.expect("a thread");
}

/// Waits for the end of a process that has closed its output, and so is about to end.
pub(crate) fn wait_for_end(child: &mut Child) -> Option<i32> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("its status") {
            return status.code();
        }
        assert!(start.elapsed() < PATIENCE, "it does not end: {child:?}");
        thread::sleep(ASKED_EVERY);
    }
}

/// Returns whether a program is installed, and says so if it is not.
pub(crate) fn is_there(program: &str) -> bool {
    let asked = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if asked.is_err() {
        println!("{program} is missing: nothing is measured beside it");
    }
    asked.is_ok()
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a listener");
    listener.local_addr().expect("its address").port()
}

/// Connects as soon as somebody listens there.
pub(crate) fn connect_once_it_listens(address: SocketAddr) -> TcpStream {
    let start = Instant::now();
    loop {
        assert!(start.elapsed() < STARTING, "no server at {address}");
        // While nobody listens on a port for clients, a client may happen to get it, and connect to itself.
        if let Ok(stream) = TcpStream::connect_timeout(&address, STARTING)
            && stream.local_addr().ok() != Some(address)
        {
            return super::with_bounds(stream);
        }
        thread::sleep(Duration::from_millis(1));
    }
}
