//! Two ends over a pipe in memory, as the tests beside it drive them.

mod agreeing_tests;
mod failing_tests;
mod foreign_tests;
mod socket_tests;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs;
use std::io::{self, IoSlice, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::TlsStream;
use crate::net::tls::{
    Agreed, ClientTls, Identity, PeerCheck, ServerTls, TlsFailure, TlsHome, TlsReport,
};
use crate::payload::pem;

/// The name that the tests ask for.
pub(super) const NAME: &str = "shop.example";

#[derive(Debug, Default)]
struct Wire {
    bytes: VecDeque<u8>,
    is_finished: bool,
    is_reset: bool,
}

/// One end of a pipe that does not block.
#[derive(Clone, Debug)]
pub(super) struct Pipe {
    incoming: Rc<RefCell<Wire>>,
    outgoing: Rc<RefCell<Wire>>,
    /// How many bytes one call takes.
    pub(super) most: usize,
    /// How many bytes that the other end has not read fit.
    pub(super) room: usize,
}

pub(super) fn pipe() -> (Pipe, Pipe) {
    let (there, back) = (Rc::default(), Rc::default());
    let near = Pipe {
        incoming: Rc::clone(&back),
        outgoing: Rc::clone(&there),
        most: usize::MAX,
        room: usize::MAX,
    };
    let far = Pipe {
        incoming: there,
        outgoing: back,
        most: usize::MAX,
        room: usize::MAX,
    };
    (near, far)
}

impl Pipe {
    /// Finishes the sending direction.
    pub(super) fn finish(&self) {
        self.outgoing.borrow_mut().is_finished = true;
    }

    /// Resets what the other end receives.
    pub(super) fn reset(&self) {
        self.outgoing.borrow_mut().is_reset = true;
    }

    /// Takes everything that has arrived.
    pub(super) fn take(&self) -> Vec<u8> {
        self.incoming.borrow_mut().bytes.drain(..).collect()
    }
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut wire = self.incoming.borrow_mut();
        let count = wire.bytes.len().min(buffer.len()).min(self.most);
        if count == 0 {
            return match &*wire {
                Wire { is_reset: true, .. } => Err(io::ErrorKind::ConnectionReset.into()),
                Wire {
                    is_finished: true, ..
                } => Ok(0),
                _ => Err(io::ErrorKind::WouldBlock.into()),
            };
        }
        for (to, from) in buffer.iter_mut().zip(wire.bytes.drain(..count)) {
            *to = from;
        }
        Ok(count)
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let held = &mut self.outgoing.borrow_mut().bytes;
        let room = self.room.saturating_sub(held.len());
        let count = bytes.len().min(self.most).min(room);
        if count == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        held.extend(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An end and what came of it.
#[derive(Debug)]
pub(super) struct End<S = Pipe> {
    pub(super) tls: TlsStream<S>,
    pub(super) received: Vec<u8>,
    pub(super) reports: Vec<TlsReport>,
    pub(super) is_over: bool,
}

impl<S: Read + Write> TlsStream<S> {
    /// Writes bytes, as many as are taken at once.
    pub(super) fn write_bytes(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write(&[IoSlice::new(bytes)])
    }

    /// Returns why it failed.
    pub(super) fn failure(&self) -> Option<&TlsFailure> {
        self.failure.as_deref()
    }

    /// Returns the socket. Whatever is read from it or written to it is missing here.
    pub(super) fn socket_mut(&mut self) -> &mut S {
        &mut self.line.socket
    }
}

impl<S: Read + Write> End<S> {
    pub(super) fn new(tls: TlsStream<S>) -> Self {
        Self {
            tls,
            received: Vec::new(),
            reports: Vec::new(),
            is_over: false,
        }
    }

    /// Does what can be done now, with a buffer of `size` bytes. Returns whether something was.
    pub(super) fn turn(&mut self, size: usize) -> bool {
        let before = self.progress();
        self.tls.flush().unwrap();
        let mut buffer = vec![0; size];
        while !self.is_over {
            match self.tls.read(&mut buffer) {
                Ok(0) => self.is_over = true,
                Ok(count) => self.received.extend(&buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if !self.tls.has_plaintext() {
                        break;
                    }
                }
                Err(error) => {
                    let failure = error.downcast::<TlsFailure>().unwrap();
                    assert_eq!(Some(&failure), self.tls.failure());
                    self.is_over = true;
                }
            }
        }
        while let Some(report) = self.tls.take_report() {
            self.reports.push(report);
        }
        before != self.progress()
    }

    fn progress(&self) -> (u64, u64, usize, usize, bool) {
        let wire = (self.tls.wire_read_bytes(), self.tls.wire_written_bytes());
        let (received, reports) = (self.received.len(), self.reports.len());
        (wire.0, wire.1, received, reports, self.is_over)
    }

    pub(super) fn agreed(&self) -> &Agreed {
        let agreed = self.reports.iter().find_map(|report| match report {
            TlsReport::Agreed(agreed) => Some(agreed),
            _ => None,
        });
        agreed.unwrap_or_else(|| panic!("{:?}, {:?}", self.tls.failure(), self.reports))
    }

    pub(super) fn failure(&self) -> &TlsFailure {
        self.tls
            .failure()
            .unwrap_or_else(|| panic!("{:?}", self.reports))
    }
}

/// Goes on until neither end can.
pub(super) fn drive<A, B>(a: &mut End<A>, b: &mut End<B>)
where
    A: Read + Write,
    B: Read + Write,
{
    for _ in 0..100_000 {
        let moved = [a.turn(8192), b.turn(8192)];
        if moved == [false, false] {
            return;
        }
    }
    panic!("no end of {a:?} and {b:?}", a = a.reports, b = b.reports);
}

/// A folder with an authority, and what belongs to it.
pub(super) struct Bench {
    pub(super) folder: tempfile::TempDir,
    pub(super) home: TlsHome,
}

impl Bench {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = TlsHome::new(&folder.path().join("tls"));
        Self { folder, home }
    }

    /// Returns a client's settings that trust the own authority only.
    pub(super) fn client(&self) -> ClientTls {
        let authority = self.home.authority().unwrap();
        ClientTls {
            check: PeerCheck::Roots(authority.path().to_owned()),
            ..ClientTls::default()
        }
    }

    /// Begins both ends.
    pub(super) fn ends(&self, server: &ServerTls, client: &ClientTls) -> (End, End) {
        let (near, far) = pipe();
        let server = server.prepare(&self.home).unwrap();
        let client = client.prepare(&self.home).unwrap();
        let client = TlsStream::client(near, &client, NAME).unwrap();
        let server = TlsStream::server(far, &server).unwrap();
        (End::new(client), End::new(server))
    }

    /// Begins both ends, and goes on until neither can.
    pub(super) fn meet(&self, server: &ServerTls, client: &ClientTls) -> (End, End) {
        let (mut client, mut server) = self.ends(server, client);
        drive(&mut client, &mut server);
        (client, server)
    }

    /// Writes an identity to two files.
    pub(super) fn write(&self, name: &str, identity: &Identity) -> (PathBuf, PathBuf) {
        let certificate = self.folder.path().join(format!("{name}.pem"));
        let key = self.folder.path().join(format!("{name}-key.pem"));
        let chain = identity.chain().iter();
        let chain: String = chain.map(|der| pem("CERTIFICATE", der)).collect();
        fs::write(&certificate, chain).unwrap();
        fs::write(&key, pem("PRIVATE KEY", identity.key().secret_der())).unwrap();
        (certificate, key)
    }
}

/// Returns whether a program can be run.
pub(super) fn has(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder: PathBuf| Path::new(&folder).join(program).exists())
}
