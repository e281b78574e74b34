//! Reads the bytes and numbers of a capture file sequentially. Knows no format.

use std::io::{self, BufReader, Read};

use super::error::ImportError;

/// How much is read at a time, in bytes.
const BUFFER_BYTES: usize = 256 * 1024;

/// A file that is read once, forwards.
#[derive(Debug)]
pub(super) struct PcapInput<R> {
    reader: BufReader<R>,
    position: u64,
    /// Whether numbers are big-endian.
    pub(super) is_big_endian: bool,
}

impl<R: Read> PcapInput<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader: BufReader::with_capacity(BUFFER_BYTES, reader),
            position: 0,
            is_big_endian: false,
        }
    }

    /// Returns how many bytes have been read.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Reads the next `N` numbers, or `None` if the file ends before the first.
    pub(super) fn next<const N: usize>(&mut self) -> Result<Option<[u32; N]>, ImportError> {
        let mut numbers = [[0; 4]; N];
        let bytes = numbers.as_flattened_mut();
        let mut taken = 0;
        while let Some(rest) = bytes.get_mut(taken..).filter(|rest| !rest.is_empty()) {
            match self.reader.read(rest) {
                Ok(0) if taken == 0 => return Ok(None),
                Ok(0) => return Err(self.cut_off()),
                Ok(count) => {
                    taken += count;
                    self.position += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(self.failed(source)),
            }
        }
        let number = if self.is_big_endian {
            u32::from_be_bytes
        } else {
            u32::from_le_bytes
        };
        Ok(Some(numbers.map(number)))
    }

    /// Reads `N` numbers.
    pub(super) fn numbers<const N: usize>(&mut self) -> Result<[u32; N], ImportError> {
        self.next()?.ok_or_else(|| self.cut_off())
    }

    /// Replaces the contents of `buffer` with `count` bytes. Memory grows only with what is actually there.
    pub(super) fn read(&mut self, count: u64, buffer: &mut Vec<u8>) -> Result<(), ImportError> {
        buffer.clear();
        let read = (&mut self.reader).take(count).read_to_end(buffer);
        self.advance(count, buffer.len() as u64, read.err())
    }

    /// Skips `count` bytes.
    pub(super) fn skip(&mut self, count: u64) -> Result<(), ImportError> {
        match io::copy(&mut (&mut self.reader).take(count), &mut io::sink()) {
            Ok(skipped) => self.advance(count, skipped, None),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn advance(
        &mut self,
        count: u64,
        taken: u64,
        error: Option<io::Error>,
    ) -> Result<(), ImportError> {
        self.position += taken;
        match error {
            Some(source) => Err(self.failed(source)),
            None if taken < count => Err(self.cut_off()),
            None => Ok(()),
        }
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

/// The rest of a header, of a pcapng block or of its options. Nothing is read beyond its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct InputFields<'a> {
    rest: &'a [u8],
    is_big_endian: bool,
}

impl<'a> InputFields<'a> {
    pub(super) fn new(bytes: &'a [u8], is_big_endian: bool) -> Self {
        Self {
            rest: bytes,
            is_big_endian,
        }
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.number(2).map(|number| number as u16)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.number(4).map(|number| number as u32)
    }

    /// Reads a number of at most 8 bytes.
    pub(super) fn number(&mut self, len: usize) -> Option<u64> {
        let bytes = self.bytes(len)?.iter();
        let append = |number, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.is_big_endian {
            bytes.fold(0, append)
        } else {
            bytes.rev().fold(0, append)
        })
    }

    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(bytes)
    }

    /// Returns the rest.
    pub(super) fn rest(self) -> &'a [u8] {
        self.rest
    }

    /// Reads the next option, as code and value. `None` after the last one, or if it does not fit.
    pub(super) fn option(&mut self) -> Option<(u16, Self)> {
        let code = self.u16().filter(|&code| code != 0)?;
        let length = usize::from(self.u16()?);
        let value = self.bytes(length)?;
        // The last option may lack its padding.
        self.bytes(length.next_multiple_of(4) - length);
        Some((code, Self::new(value, self.is_big_endian)))
    }
}
