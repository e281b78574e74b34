//! The bytes of a file from its beginning to its end, with their position and their byte order.

use std::io::{self, BufReader, Read};

use super::error::ImportError;

/// How much is read at once, in bytes.
const BUFFER_BYTES: usize = 256 * 1024;

/// Which byte of a number comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    pub(super) fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    pub(super) fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }

    pub(super) fn u64(self, bytes: [u8; 8]) -> u64 {
        match self {
            Self::Little => u64::from_le_bytes(bytes),
            Self::Big => u64::from_be_bytes(bytes),
        }
    }
}

/// A file that is read once, forwards.
#[derive(Debug)]
pub(super) struct Input<R> {
    reader: BufReader<R>,
    position: u64,
}

impl<R: Read> Input<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader: BufReader::with_capacity(BUFFER_BYTES, reader),
            position: 0,
        }
    }

    /// Returns how many bytes were taken so far.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Takes the next `N` bytes; none when the file ends before the first of them.
    pub(super) fn next<const N: usize>(&mut self) -> Result<Option<[u8; N]>, ImportError> {
        let mut bytes = [0; N];
        let taken = self.take_up_to(&mut bytes)?;
        match taken {
            0 => Ok(None),
            _ if taken == N => Ok(Some(bytes)),
            _ => Err(self.cut_off()),
        }
    }

    /// Takes `N` bytes.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], ImportError> {
        self.next()?.ok_or_else(|| self.cut_off())
    }

    /// Takes `count` bytes into `buffer`, in place of what it held; the memory grows with what is really there.
    pub(super) fn read(&mut self, count: u64, buffer: &mut Vec<u8>) -> Result<(), ImportError> {
        buffer.clear();
        let taken = (&mut self.reader).take(count).read_to_end(buffer);
        self.position += buffer.len() as u64;
        taken.map_err(|source| self.failed(source))?;
        if buffer.len() as u64 == count {
            Ok(())
        } else {
            Err(self.cut_off())
        }
    }

    /// Passes over `count` bytes.
    pub(super) fn skip(&mut self, count: u64) -> Result<(), ImportError> {
        let skipped = io::copy(&mut (&mut self.reader).take(count), &mut io::sink())
            .map_err(|source| self.failed(source))?;
        self.position += skipped;
        if skipped == count {
            Ok(())
        } else {
            Err(self.cut_off())
        }
    }

    fn take_up_to(&mut self, bytes: &mut [u8]) -> Result<usize, ImportError> {
        let mut taken = 0;
        while let Some(rest) = bytes.get_mut(taken..).filter(|rest| !rest.is_empty()) {
            match self.reader.read(rest) {
                Ok(0) => break,
                Ok(count) => {
                    taken += count;
                    self.position += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(self.failed(source)),
            }
        }
        Ok(taken)
    }

    fn failed(&self, source: io::Error) -> ImportError {
        ImportError::Read {
            position: self.position,
            source,
        }
    }

    fn cut_off(&self) -> ImportError {
        ImportError::CutOff {
            position: self.position,
        }
    }
}
