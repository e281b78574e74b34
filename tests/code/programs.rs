//! Copied programs at work.

use std::fs;
use std::io;
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;

use bothends::export::code::{Code, CodeForm, Coded, CodedEnd};
use bothends::net::{ClientConfig, ServerConfig};
use bothends::script::Message;
use bothends::words::{ENGLISH, InWords as _};
use tempfile::TempDir;

use super::support::{DEADLINE, deadline};

/// Returns a server as code.
pub(crate) fn server_code(config: &ServerConfig, form: CodeForm) -> Code {
    let coded = Coded {
        name: "Server 1",
        end: CodedEnd::Server(config),
        message: None,
    };
    coded.code(form)
}

/// Returns a client as code.
pub(crate) fn client_code(config: &ClientConfig, message: &Message, form: CodeForm) -> Code {
    let coded = Coded {
        name: "Client 1",
        end: CodedEnd::Client(config),
        message: Some(message),
    };
    coded.code(form)
}

/// Returns code as it is copied.
pub(crate) fn text(code: &Code) -> String {
    code.text(|lack| lack.in_words(&ENGLISH))
}

/// A running program. It is killed on drop.
pub(crate) struct Running {
    child: Child,
    lines: mpsc::Receiver<String>,
    _folder: TempDir,
}

impl Running {
    /// Runs a program in Python; a warning is an error.
    pub(crate) fn python(code: &Code) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("program.py");
        fs::write(&path, text(code)).unwrap();
        let mut command = Command::new("python3");
        command.args(["-I", "-B", "-W", "error"]).arg(&path);
        Self::start(command, folder)
    }

    /// Runs a line in a shell.
    pub(crate) fn shell(code: &Code) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.arg("-c").arg(text(code)).current_dir(folder.path());
        Self::start(command, folder)
    }

    fn start(mut command: Command, folder: TempDir) -> Self {
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        // What goes wrong is a line too.
        let (printed, output) = io::pipe().unwrap();
        command.stdin(Stdio::null());
        command.stdout(output.try_clone().unwrap()).stderr(output);
        let child = command.spawn().unwrap();
        drop(command);
        let stdout = BufReader::new(printed);
        let (sender, lines) = mpsc::sync_channel(100);
        let reader = thread::Builder::new().name("lines".to_owned());
        let reading = reader.spawn(move || {
            for line in stdout.lines() {
                if sender.send(line.unwrap()).is_err() {
                    break;
                }
            }
        });
        drop(reading.unwrap());
        Self {
            child,
            lines,
            _folder: folder,
        }
    }

    /// Returns the next line that it prints, of output or of errors.
    pub(crate) fn line(&self) -> String {
        self.lines.recv_timeout(DEADLINE).unwrap()
    }

    /// Returns the next line that it has printed so far.
    pub(crate) fn line_now(&self) -> Option<String> {
        self.lines.try_recv().ok()
    }

    /// Returns the address that a server prints first.
    pub(crate) fn address(&self) -> SocketAddr {
        let line = self.line();
        let inside = line
            .strip_prefix("Listening on ('")
            .unwrap_or_else(|| panic!("{line}"));
        let (ip, rest) = inside.split_once("', ").unwrap();
        let port = rest.split([',', ')']).next().unwrap();
        SocketAddr::new(ip.parse().unwrap(), port.parse().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // What a shell has started belongs to its group.
        let group = format!("-{}", self.child.id());
        Command::new("kill")
            .args(["-s", "KILL", "--", &group])
            .status()
            .ok();
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// What a peer saw.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    pub(crate) bytes: Vec<u8>,
    pub(crate) was_reset: bool,
}

/// Connects as soon as somebody listens, sends all of it, finishes, and returns what came until the end.
pub(crate) fn converse(address: SocketAddr, sent: &[u8]) -> Heard {
    let mut stream = connect(address);
    // A peer that has closed does not take it.
    stream.write_all(sent).ok();
    stream.shutdown(Shutdown::Write).ok();
    heard(stream)
}

/// As [`converse`], but keeps its side open until `expected` bytes came.
pub(crate) fn ask(address: SocketAddr, asked: &[(&[u8], usize)]) -> Heard {
    let mut stream = connect(address);
    let mut bytes = Vec::new();
    for (sent, expected) in asked {
        stream.write_all(sent).unwrap();
        let mut answer = vec![0; *expected];
        stream.read_exact(&mut answer).unwrap();
        bytes.extend(answer);
    }
    stream.shutdown(Shutdown::Write).ok();
    let rest = heard(stream);
    bytes.extend(&rest.bytes);
    Heard { bytes, ..rest }
}

pub(crate) fn connect(address: SocketAddr) -> TcpStream {
    let until = deadline();
    loop {
        match TcpStream::connect_timeout(&address, DEADLINE) {
            Ok(stream) => {
                stream.set_read_timeout(Some(DEADLINE)).unwrap();
                return stream;
            }
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                assert!(
                    std::time::Instant::now() < until,
                    "nobody listens on {address}"
                );
                thread::yield_now();
            }
            Err(error) => panic!("{error}"),
        }
    }
}

fn heard(mut stream: TcpStream) -> Heard {
    let mut bytes = Vec::new();
    let was_reset = match stream.read_to_end(&mut bytes) {
        Ok(_) => false,
        Err(error) if error.kind() == ErrorKind::ConnectionReset => true,
        Err(error) => panic!("{error}"),
    };
    Heard { bytes, was_reset }
}
