//! The file with the packets of the lab, beside the record: what the manifest says of it, and whether that is so.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::position::open_file;
use super::segment::damaged;
use crate::capture::damage::{Damage, ReadError};

/// The name of the file.
pub const PACKET_FILE: &str = "packets.pcapng";

/// What the file holds. No entry refers to it, so the manifest keeps its checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::capture) struct PacketBytes {
    /// How many bytes there are.
    pub(in crate::capture) bytes: u64,
    /// Their checksum (CRC-32).
    pub(in crate::capture) checksum: u32,
    /// Whether more may follow: the file was not closed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::capture) is_open: bool,
}

/// Whether the file is as it was written.
#[derive(Debug)]
pub(crate) enum PacketCheck {
    /// It is, as far as is known; or there is none, and was none.
    Whole,
    /// It is up to where its checksum was recorded last; what follows cannot be checked.
    Unchecked,
    /// It is not.
    Damaged(ReadError),
}

/// Compares the length of the file with what the manifest says.
pub(super) fn check_length(dir: &Path, stated: Option<PacketBytes>) -> Option<ReadError> {
    let stated = stated.filter(|it| it.bytes > 0)?;
    let path = dir.join(PACKET_FILE);
    let Ok(file) = path.metadata() else {
        return Some(damaged(&path, 0, Damage::Missing));
    };
    let len = file.len();
    if len < stated.bytes {
        Some(damaged(&path, len, Damage::Short))
    } else if len > stated.bytes && !stated.is_open {
        Some(damaged(&path, stated.bytes, Damage::Long))
    } else {
        None
    }
}

/// Compares the file with what the manifest says. One that is growing here and now is checked up to there.
pub(super) fn check(dir: &Path, stated: Option<PacketBytes>, is_growing: bool) -> PacketCheck {
    let path = dir.join(PACKET_FILE);
    let Some(stated) = stated else {
        return if path.exists() {
            PacketCheck::Unchecked
        } else {
            PacketCheck::Whole
        };
    };
    if let Some(error) = check_length(dir, Some(stated)) {
        return PacketCheck::Damaged(error);
    }
    match open_file(&path).and_then(|file| sum_of(file, stated.bytes)) {
        Ok((_, checksum)) if checksum != stated.checksum => {
            PacketCheck::Damaged(damaged(&path, 0, Damage::Checksum))
        }
        Ok(_) if stated.is_open && !is_growing => PacketCheck::Unchecked,
        Ok(_) => PacketCheck::Whole,
        Err(source) => PacketCheck::Damaged(ReadError::Io {
            path,
            position: 0,
            source,
        }),
    }
}

/// Returns the length of a file, up to a limit, and the checksum of so much of it, which can go on from there.
fn sum_of(file: File, limit_bytes: u64) -> io::Result<(u64, u32)> {
    let (mut bytes, mut hasher) = (0, crc32fast::Hasher::new());
    let mut file = file.take(limit_bytes);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, hasher.finalize()));
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
        bytes += read as u64;
    }
}

impl PacketBytes {
    /// Returns what is in a file so far.
    pub(in crate::capture) fn of(path: &Path) -> io::Result<Self> {
        let (bytes, checksum) = sum_of(open_file(path)?, u64::MAX)?;
        Ok(Self {
            bytes,
            checksum,
            is_open: true,
        })
    }

    /// Adds bytes that were written behind the others.
    pub(in crate::capture) fn add(&mut self, bytes: &[u8]) {
        let mut hasher = crc32fast::Hasher::new_with_initial(self.checksum);
        hasher.update(bytes);
        self.checksum = hasher.finalize();
        self.bytes += bytes.len() as u64;
    }
}
