//! Reads what Linux and its administrator write in text files.

use std::fs::File;
use std::io::{self, Read as _};

/// Reads the beginning of a text file.
pub(super) fn read_bounded(path: &str, limit: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
