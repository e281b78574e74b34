//! The receiving direction: from the socket through rustls to the caller's buffer.

use std::io::{self, Read, Write};

use super::{End, TlsStream, would_block};
use crate::net::tls::failure::ClosedHow;
use crate::net::tls::report::TlsReport;
use crate::net::tls::tap::{HEADER_BYTES, MAX_CONTENT_BYTES};
use crate::net::tls::witness;

/// How often one call reads the socket: a peer that only sends what is no payload does not hold the caller up.
const READS_PER_CALL: usize = 16;
/// The longest record on the wire: decrypted bytes are never ahead of their ciphertext by more than rustls can hold of
/// a record that is not complete.
const MAX_RECORD_BYTES: usize = HEADER_BYTES + MAX_CONTENT_BYTES;
/// From this size on, a buffer is decrypted in.
const LARGE_BUFFER: usize = 2 * MAX_RECORD_BYTES;

/// What one step brought.
enum Step {
    /// So many decrypted bytes are in the buffer.
    Bytes(usize),
    /// Something else may have happened.
    Progress,
    /// The socket has nothing.
    Blocked,
}

impl<S: Read + Write> TlsStream<S> {
    /// Reads decrypted bytes, and carries the handshake on. Returns 0 at the end: after `close_notify`, and where TCP
    /// ended without it, which is reported as [`TlsReport::Cut`].
    ///
    /// A buffer of 64 KiB or more is filled with several records by one read of the socket.
    ///
    /// # Errors
    /// `WouldBlock` while there is nothing. Errors of the socket. A [`TlsFailure`](crate::net::tls::TlsFailure) as the
    /// inner error, again and again: the alert that says it to the peer is sent meanwhile, while
    /// [`wants_write`](Self::wants_write).
    pub fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.mute.is_some() {
            return self.read_mute();
        }
        for _ in 0..READS_PER_CALL {
            if self.has_plain {
                return self.take_plain(buffer);
            }
            if self.failure.is_some() || self.end.is_some() {
                return self.return_end();
            }
            let was_agreed = self.handshake.is_none();
            match self.step(buffer)? {
                Step::Bytes(count) => return Ok(count),
                // The caller learns of the agreement, and how much was read for it, before anything else is read.
                Step::Progress if !was_agreed && self.handshake.is_none() => return would_block(),
                Step::Progress => {}
                Step::Blocked => return would_block(),
            }
        }
        if self.failure.is_some() || self.end.is_some() {
            return self.return_end();
        }
        would_block()
    }

    fn step(&mut self, buffer: &mut [u8]) -> io::Result<Step> {
        self.push_handshake();
        if !self.tls.wants_read() {
            return Ok(Step::Blocked);
        }
        let read = if self.handshake.is_none() && buffer.len() >= LARGE_BUFFER {
            self.read_in_place(buffer)
        } else {
            self.read_record()
        };
        match read {
            Ok(step) => Ok(step),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                if self.is_write_broken && self.handshake.is_some() {
                    self.fail_closed(ClosedHow::Reset);
                    return Ok(Step::Progress);
                }
                Ok(Step::Blocked)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(Step::Progress),
            Err(error) if self.handshake.is_some() && is_reset(&error) => {
                self.fail_closed(ClosedHow::Reset);
                Ok(Step::Progress)
            }
            Err(error) => Err(error),
        }
    }

    /// Reads once into rustls's own buffer, which takes a few KiB at a time.
    fn read_record(&mut self) -> io::Result<Step> {
        if self.tls.read_tls(&mut self.line)? == 0 {
            self.reached_end();
        } else {
            self.process();
        }
        Ok(Step::Progress)
    }

    /// Reads once into the upper part of the caller's buffer, and decrypts into its lower part.
    fn read_in_place(&mut self, buffer: &mut [u8]) -> io::Result<Step> {
        let mut next = MAX_RECORD_BYTES;
        let count = self.line.read(&mut buffer[next..])?;
        let end = next + count;
        if count == 0 {
            // rustls takes this for the end as well.
            self.tls.read_tls(&mut io::empty())?;
            self.reached_end();
            return Ok(Step::Progress);
        }
        let mut filled = 0;
        while next < end && self.failure.is_none() && self.end.is_none() {
            next += self.tls.read_tls(&mut &buffer[next..end])?;
            self.process();
            if self.has_plain {
                filled += self.take_plain(&mut buffer[filled..next])?;
            }
            if self.has_plain {
                self.line.put_back(&buffer[next..end]);
                break;
            }
        }
        Ok(match filled {
            0 => Step::Progress,
            filled => Step::Bytes(filled),
        })
    }

    fn take_plain(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.tls.reader().read(buffer)?;
        self.note_plain();
        Ok(count)
    }

    fn note_plain(&mut self) {
        let first = self.tls.reader().into_first_chunk();
        self.has_plain = first.is_ok_and(|chunk| !chunk.is_empty());
    }

    /// Has rustls process what was read.
    fn process(&mut self) {
        let result = if let Some(handshake) = &mut self.handshake {
            let (result, seen) = witness::watch(|| self.tls.process_new_packets());
            handshake.seen.add(seen);
            result
        } else {
            self.tls.process_new_packets()
        };
        if result.is_ok() {
            // The peer waits for the answer; nobody waits for what is reported.
            self.push_handshake();
        }
        self.heard();
        match result {
            Ok(state) => {
                self.has_plain = state.plaintext_bytes_to_read() > 0;
                if self.handshake.is_some() && !self.tls.is_handshaking() {
                    self.agreed();
                }
                if state.peer_has_closed() && self.end.is_none() {
                    self.end = Some(End::CloseNotify);
                    self.late_reports.push(TlsReport::CloseNotify {
                        direction: crate::net::direction::Direction::Received,
                    });
                }
            }
            Err(error) => {
                self.note_plain();
                self.fail(&error);
            }
        }
        self.push_handshake();
    }

    fn reached_end(&mut self) {
        if self.handshake.is_some() {
            self.fail_closed(ClosedHow::Finished);
        } else if self.end.is_none() {
            self.end = Some(End::Cut);
            self.late_reports.push(TlsReport::Cut);
        }
    }

    /// Returns what is behind the last decrypted byte.
    pub(super) fn return_end(&mut self) -> io::Result<usize> {
        self.has_ended = true;
        for report in std::mem::take(&mut self.late_reports) {
            self.report(report);
        }
        match &self.failure {
            Some(failure) => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                failure.as_ref().clone(),
            )),
            None => Ok(0),
        }
    }
}

/// Returns whether the peer, or somebody on the way, has reset the connection.
pub(super) fn is_reset(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
    )
}
