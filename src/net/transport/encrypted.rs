//! TLS over a TCP socket, as the rest of the engine sees it: its handshake, what it waits for, and its end.

use std::io::{self, IoSlice, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use crate::net::tls::{PreparedClient, PreparedServer, TlsReport, TlsSettingError, TlsStream};

/// How many bytes that a peer still sent are read and dropped after a failure, so that they do not turn the alert into a
/// reset before the peer has read it.
const DRAINED_BYTES: usize = 64 * 1024;

/// A TCP connection that is encrypted.
#[derive(Debug)]
pub(in crate::net) struct Encrypted {
    stream: TlsStream<Wire>,
    /// Whether the socket is shut down once all is written.
    shuts_down: bool,
    /// How much had been read and written on the wire when that was last asked.
    wire_read_bytes: u64,
    wire_written_bytes: u64,
}

/// The socket below.
#[derive(Debug)]
struct Wire(Arc<TcpStream>);

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self.0).read(buffer)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self.0).write(bytes)
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        (&*self.0).write_vectored(slices)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Encrypted {
    /// Begins as a server.
    pub(in crate::net) fn server(
        socket: Arc<TcpStream>,
        prepared: &PreparedServer,
    ) -> Result<Self, TlsSettingError> {
        Ok(Self::new(TlsStream::server(Wire(socket), prepared)?))
    }

    /// Begins as a client of a host, a name or an address.
    pub(in crate::net) fn client(
        socket: Arc<TcpStream>,
        prepared: &PreparedClient,
        host: &str,
    ) -> Result<Self, TlsSettingError> {
        let stream = TlsStream::client(Wire(socket), prepared, host)?;
        Ok(Self::new(stream))
    }

    fn new(stream: TlsStream<Wire>) -> Self {
        Self {
            stream,
            shuts_down: false,
            wire_read_bytes: 0,
            wire_written_bytes: 0,
        }
    }

    /// Returns the socket.
    pub(super) fn wire(&self) -> &TcpStream {
        &self.stream.socket().0
    }

    pub(super) fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }

    pub(super) fn write(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        self.stream.write(slices)
    }

    /// Writes what waits, and shuts the socket down after it if that was requested.
    pub(in crate::net) fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()?;
        if self.shuts_down && !self.stream.wants_write() {
            self.shuts_down = false;
            return self.wire().shutdown(Shutdown::Write);
        }
        Ok(())
    }

    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.stream.finish()?;
        self.shuts_down = true;
        self.flush()
    }

    /// Says `close_notify` before the socket is closed, as far as the system takes it at once.
    pub(in crate::net) fn say_goodbye(&mut self) {
        // The connection ends anyway; a peer that is gone needs no goodbye.
        self.stream.finish().ok();
    }

    /// Sends the alert that says why it failed, and lets the peer read it.
    pub(in crate::net) fn give_reason(&mut self) {
        // Whatever fails here, the failure that led here is the one to report.
        self.stream.flush().ok();
        self.wire().shutdown(Shutdown::Write).ok();
        let mut left = [0; 4096];
        for _ in 0..DRAINED_BYTES / left.len() {
            match self.wire().read(&mut left) {
                Ok(count) if count > 0 => {}
                Ok(_) | Err(_) => break,
            }
        }
    }

    /// Gives up a handshake; the next read returns the failure.
    pub(in crate::net) fn time_out(&mut self, after: Duration) {
        self.stream.time_out(after);
    }

    pub(in crate::net) fn is_handshaking(&self) -> bool {
        self.stream.is_handshaking()
    }

    pub(in crate::net) fn wants_read(&self) -> bool {
        self.stream.wants_read()
    }

    pub(in crate::net) fn wants_write(&self) -> bool {
        self.stream.wants_write() || self.shuts_down
    }

    /// Returns whether something can be read without an event of the socket.
    pub(in crate::net) fn has_plaintext(&self) -> bool {
        self.stream.has_plaintext()
    }

    /// Returns whether the peer's TCP has ended, not only its TLS.
    pub(in crate::net) fn is_cut(&self) -> bool {
        self.stream.is_cut()
    }

    pub(in crate::net) fn take_report(&mut self) -> Option<TlsReport> {
        self.stream.take_report()
    }

    /// Returns how many of the bytes that were taken to be written the peer cannot get as things stand.
    pub(in crate::net) fn unwritten_bytes(&mut self) -> u64 {
        self.stream.unwritten_bytes()
    }

    /// Returns how many bytes were read from the socket since this was last asked.
    pub(in crate::net) fn newly_read(&mut self) -> u32 {
        newly(self.stream.wire_read_bytes(), &mut self.wire_read_bytes)
    }

    /// Returns how many bytes were written to the socket since this was last asked.
    pub(in crate::net) fn newly_written(&mut self) -> u32 {
        newly(
            self.stream.wire_written_bytes(),
            &mut self.wire_written_bytes,
        )
    }
}

fn newly(now: u64, before: &mut u64) -> u32 {
    let newly = now - std::mem::replace(before, now);
    u32::try_from(newly).unwrap_or(u32::MAX)
}
