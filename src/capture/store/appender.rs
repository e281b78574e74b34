//! An append-only file of a segment, with what waits to be written.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::format::SegmentFile;
use super::segment::Segment;

/// An append-only file, with data waiting to be written.
#[derive(Debug)]
pub(super) struct Appender {
    pub(super) file: File,
    pub(super) waiting: Vec<u8>,
}

impl Appender {
    /// Creates a file of a segment with its head.
    pub(super) fn create(segment: &Segment, part: SegmentFile) -> io::Result<Self> {
        Ok(Self {
            file: create(segment, part)?,
            waiting: Vec::new(),
        })
    }

    pub(super) fn write_out(&mut self) -> io::Result<()> {
        self.file.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }
}

/// Creates a file of a segment with its head.
pub(super) fn create(segment: &Segment, part: SegmentFile) -> io::Result<File> {
    // Not in append mode: on Windows a file opened only for appending cannot be truncated.
    let create = |path: &Path| OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = segment.held(part, create)?;
    file.write_all(&segment.head().encode(part))?;
    Ok(file)
}
