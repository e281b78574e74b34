//! A server that answers a hello with garbage, or not at all, to test its clients.

use std::io::{self, Read, Write};

use super::{TlsStream, would_block};
use crate::net::tls::failure::ClosedHow;
use crate::net::tls::stream::reading::is_reset;

/// How much garbage answers a hello. A client that takes it for a record waits for more than this.
const GARBAGE_BYTES: usize = 64;
/// How much is read of a client in one call.
const READ_BYTES: usize = 4096;
/// How often one call reads the socket.
const READS_PER_CALL: usize = 16;

/// What such a server still has to say.
#[derive(Debug)]
pub(super) struct Mute {
    /// Waits for the hello.
    garbage: Vec<u8>,
    has_hello: bool,
}

impl Mute {
    pub(super) fn silent() -> Self {
        Self {
            garbage: Vec::new(),
            has_hello: false,
        }
    }

    pub(super) fn with_garbage() -> Self {
        // No record begins with such a byte, in any version.
        let garbage = (0..GARBAGE_BYTES).map(|_| fastrand::u8(128..));
        Self {
            garbage: garbage.collect(),
            has_hello: false,
        }
    }

    pub(super) fn wants_write(&self) -> bool {
        self.has_hello && !self.garbage.is_empty()
    }
}

impl<S: Read + Write> TlsStream<S> {
    /// Reads what a client says, and answers its hello with garbage, if at all.
    pub(super) fn read_mute(&mut self) -> io::Result<usize> {
        let mut buffer = [0; READ_BYTES];
        for _ in 0..READS_PER_CALL {
            if self.failure.is_some() {
                return self.return_end();
            }
            match self.line.read(&mut buffer) {
                Ok(0) => self.fail_closed(ClosedHow::Finished),
                Ok(_) => {
                    self.heard();
                    let taps = self.line.taps.as_deref();
                    let has_hello = taps.is_some_and(|taps| taps.received.has_hello());
                    if let Some(mute) = &mut self.mute {
                        mute.has_hello = has_hello;
                    }
                    self.write_mute()?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if is_reset(&error) => self.fail_closed(ClosedHow::Reset),
                Err(error) => return Err(error),
            }
        }
        would_block()
    }

    pub(super) fn write_mute(&mut self) -> io::Result<()> {
        while let Some(mute) = self.mute.as_mut().filter(|mute| mute.wants_write()) {
            match self.line.write(&mute.garbage) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => drop(mute.garbage.drain(..count)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
