//! The bytes on the wire: counted, and heard while the handshake goes on.

use std::io::{self, IoSlice, Read, Write};
use std::time::Instant;

use super::tap::Tap;

/// How much one read takes from the socket in a handshake. Its messages are seldom longer.
const HANDSHAKE_READ_BYTES: usize = 4 * 1024;

/// A socket with what was read from it and not used yet.
#[derive(Debug)]
pub(super) struct BufferedSocket<S> {
    pub(super) socket: S,
    /// Bytes that were read and that rustls had no room for, or did not get yet.
    ahead: Vec<u8>,
    pub(super) read_bytes: u64,
    pub(super) written_bytes: u64,
    /// Until the handshake is over.
    pub(super) taps: Option<Box<Taps>>,
}

/// What is heard of a handshake.
#[derive(Debug, Default)]
pub(super) struct Taps {
    pub(super) received: Tap,
    pub(super) sent: Tap,
    /// When the first byte passed.
    pub(super) began: Option<Instant>,
}

impl<S> BufferedSocket<S> {
    pub(super) fn new(socket: S) -> Self {
        Self {
            socket,
            ahead: Vec::new(),
            read_bytes: 0,
            written_bytes: 0,
            taps: Some(Box::default()),
        }
    }

    /// Returns whether a read needs no readiness of the socket.
    pub(super) fn has_ahead(&self) -> bool {
        !self.ahead.is_empty()
    }

    /// Takes back bytes that were read and not used.
    pub(super) fn put_back(&mut self, bytes: &[u8]) {
        self.ahead.splice(0..0, bytes.iter().copied());
        self.read_bytes -= bytes.len() as u64;
    }

    fn note_read(&mut self, bytes: &[u8]) {
        self.read_bytes += bytes.len() as u64;
        if let Some(taps) = &mut self.taps
            && !bytes.is_empty()
        {
            taps.began.get_or_insert_with(Instant::now);
            taps.received.hear(bytes);
        }
    }
}

impl<S: Read> BufferedSocket<S> {
    /// Reads ahead in a handshake. Returns how much of it is to be passed on: no more than the current record, so that
    /// what follows the handshake is not counted as a part of it.
    fn record_ahead(&mut self) -> io::Result<usize> {
        let Some(taps) = &self.taps else {
            return Ok(usize::MAX);
        };
        if self.ahead.is_empty() {
            let mut read = [0; HANDSHAKE_READ_BYTES];
            let count = self.socket.read(&mut read)?;
            self.ahead.extend_from_slice(&read[..count]);
        }
        Ok(taps.received.missing(&self.ahead))
    }
}

impl<S: Read> Read for BufferedSocket<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self.record_ahead()?.min(buffer.len());
        let buffer = &mut buffer[..most];
        let count = if self.ahead.is_empty() && self.taps.is_none() {
            self.socket.read(buffer)?
        } else {
            let count = self.ahead.len().min(buffer.len());
            buffer[..count].copy_from_slice(&self.ahead[..count]);
            self.ahead.drain(..count);
            if self.ahead.is_empty() {
                self.ahead = Vec::new();
            }
            count
        };
        self.note_read(&buffer[..count]);
        Ok(count)
    }
}

impl<S: Write> BufferedSocket<S> {
    fn note_written(&mut self, count: usize, slices: &[IoSlice<'_>]) {
        self.written_bytes += count as u64;
        let Some(taps) = &mut self.taps else {
            return;
        };
        if count > 0 {
            taps.began.get_or_insert_with(Instant::now);
        }
        let mut left = count;
        for slice in slices {
            let heard = &slice[..slice.len().min(left)];
            taps.sent.hear(heard);
            left -= heard.len();
        }
    }
}

impl<S: Write> Write for BufferedSocket<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.socket.write(bytes)?;
        self.note_written(count, &[IoSlice::new(bytes)]);
        Ok(count)
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let count = self.socket.write_vectored(slices)?;
        self.note_written(count, slices);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}
