//! The sending direction: from the caller through rustls to the socket.

use std::io::{self, IoSlice, Read, Write};

use super::{TlsStream, would_block};
use crate::net::direction::Direction;
use crate::net::tls::report::TlsReport;

/// How many bytes a record holds, unless there are no more (RFC 8446 section 5.1).
const FRAGMENT_BYTES: usize = 1 << 14;

/// Counts the records that wait, and takes none.
struct Records(usize);

impl Write for Records {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[IoSlice::new(bytes)])
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        // Each record is a slice of its own.
        self.0 = slices.len();
        Err(io::ErrorKind::WouldBlock.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<S: Read + Write> TlsStream<S> {
    /// Encrypts slices as if they were one, and writes them to the socket. Returns how many bytes were taken, at most 64
    /// KiB: what the socket does not take at once waits here, and [`wants_write`](Self::wants_write) until
    /// [`flush`](Self::flush) has written it.
    ///
    /// # Errors
    /// `WouldBlock` until the handshake is over, and while earlier bytes wait. `BrokenPipe` after
    /// [`finish`](Self::finish). Errors of the socket, and the failure as [`read`](Self::read) returns it.
    pub fn write(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        if let Some(failure) = &self.failure {
            let failure = failure.as_ref().clone();
            return Err(io::Error::new(io::ErrorKind::InvalidData, failure));
        }
        if self.is_finished {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        if self.handshake.is_some() {
            return would_block();
        }
        self.push()?;
        if self.tls.wants_write() {
            return would_block();
        }
        let taken = self.tls.writer().write_vectored(slices)?;
        if taken == 0 && slices.iter().any(|slice| !slice.is_empty()) {
            return would_block();
        }
        self.taken_bytes = taken;
        self.push()?;
        Ok(taken)
    }

    /// Returns how many of the bytes that [`write`](Self::write) took the peer cannot get as things stand: those of
    /// records of which the socket has not taken all.
    pub fn unwritten_bytes(&mut self) -> u64 {
        let mut waiting = Records(0);
        // It takes nothing, so nothing is missing on the wire.
        self.tls.write_tls(&mut waiting).ok();
        let has_alert = self.failure.is_some() || (self.is_finished && !self.skips_close_notify);
        let waiting = waiting.0.saturating_sub(usize::from(has_alert));
        // Nothing is taken while something waits, so all of them are of the last write.
        let written = self
            .taken_bytes
            .div_ceil(FRAGMENT_BYTES)
            .saturating_sub(waiting);
        self.taken_bytes.saturating_sub(written * FRAGMENT_BYTES) as u64
    }

    /// Writes to the socket what waits: the hello, an alert, or encrypted bytes. Returns also if the socket takes no
    /// more; then [`wants_write`](Self::wants_write) still.
    ///
    /// # Errors
    /// Errors of the socket. In a handshake they are found by [`read`](Self::read), behind what the peer still said.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.mute.is_some() {
            return self.write_mute();
        }
        if self.handshake.is_some() {
            self.push_handshake();
            return Ok(());
        }
        self.push()
    }

    /// Says that nothing more will be sent (`close_notify`), and writes what waits. Once this no longer
    /// [`wants_write`](Self::wants_write), the caller shuts down the socket's sending side. Receiving goes on.
    ///
    /// # Errors
    /// Errors of the socket.
    pub fn finish(&mut self) -> io::Result<()> {
        if !self.is_finished && self.failure.is_none() && self.mute.is_none() {
            self.is_finished = true;
            if !self.skips_close_notify {
                self.tls.send_close_notify();
                self.report(TlsReport::CloseNotify {
                    direction: Direction::Sent,
                });
            }
        }
        self.flush()
    }

    fn push(&mut self) -> io::Result<()> {
        while self.tls.wants_write() {
            match self.tls.write_tls(&mut self.line) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes what the handshake, or its failure, or an answer of rustls has to say. If that fails, the peer's reason may
    /// be there to be read, which is worth more.
    pub(super) fn push_handshake(&mut self) {
        if !self.is_write_broken && self.tls.wants_write() {
            self.is_write_broken = self.push().is_err();
            self.heard();
        }
    }
}
