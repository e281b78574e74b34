//! Datagrams as files: in `7-received/` and `7-sent/` of each flow, `000001.bin`, `000002.bin` and so on. Joined to a
//! stream, they would lose their edges.

use std::collections::HashMap;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::PathBuf;

use crate::capture::StreamId;
use crate::capture::access::Access;

/// How many datagrams are written: a folder with more files is of little use, and some file systems have no room for them.
const MAX_FILES: u64 = 100_000;

/// Writes datagrams into a folder.
#[derive(Debug)]
pub(super) struct RawDatagrams {
    folder: PathBuf,
    access: Access,
    files: u64,
    /// How many datagrams each flow had in each direction.
    numbers: HashMap<StreamId, u64>,
}

impl RawDatagrams {
    pub(super) fn new(folder: PathBuf, access: Access) -> Self {
        Self {
            folder,
            access,
            files: 0,
            numbers: HashMap::new(),
        }
    }

    /// Writes the next datagram of a flow, whose files are in the folder `name`. Returns whether there was room for it.
    pub(super) fn write(&mut self, key: StreamId, name: &str, bytes: &[u8]) -> io::Result<bool> {
        if self.files >= MAX_FILES {
            return Ok(false);
        }
        self.files += 1;
        let folder = self.folder.join(name);
        let number = self.numbers.entry(key).or_default();
        if *number == 0 {
            let mut builder = DirBuilder::new();
            self.access.prepare_folder(&mut builder);
            builder.create(&folder)?;
        }
        *number += 1;
        let path = self.folder.join(file_name(name, *number));
        let mut options = OpenOptions::new();
        self.access.prepare(options.create_new(true).write(true));
        options.open(path)?.write_all(bytes)?;
        Ok(true)
    }

    /// Returns the file of the newest datagram of a flow.
    pub(super) fn latest(&self, key: StreamId, name: &str) -> Option<String> {
        Some(file_name(name, *self.numbers.get(&key)?))
    }
}

fn file_name(folder: &str, number: u64) -> String {
    format!("{folder}/{number:06}.bin")
}
