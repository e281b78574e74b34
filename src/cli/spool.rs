//! A pipe or standard input as a file: read to its end before anything is done with it.

use std::fs::File;
use std::io::{self, Read, Seek as _, Write as _};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, bounded};

use super::cancel::Cancel;
use super::error::CliError;

/// How much is read at once.
const PIECE_BYTES: usize = 256 * 1024;
/// How soon a signal is noticed while nothing can be read.
const CHECK_EVERY: Duration = Duration::from_millis(50);

/// Reads what `open` opens to its end into a temporary file without a name, which goes with its last user.
///
/// Opening and reading have a thread of their own, which is not joined: nothing can interrupt a read from a pipe.
pub(super) fn spooled<R: Read>(
    open: impl FnOnce() -> io::Result<R> + Send + 'static,
    cancel: &Cancel,
) -> Result<File, CliError> {
    let (done, copied) = bounded(1);
    let thread = thread::Builder::new().name("spool".to_owned());
    let started = thread.spawn(move || {
        let file = open()
            .map_err(CliError::Input)
            .and_then(|mut reader| copy(&mut reader));
        // It fails if it was cancelled.
        done.try_send(file).ok();
    });
    started.map_err(CliError::Start)?;
    loop {
        match copied.recv_timeout(CHECK_EVERY) {
            Ok(file) => return file,
            Err(RecvTimeoutError::Disconnected) => return Err(CliError::Ended),
            Err(RecvTimeoutError::Timeout) if cancel.check().is_break() => {
                return Err(CliError::Cancelled);
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

fn copy(reader: &mut dyn Read) -> Result<File, CliError> {
    let mut file = tempfile::tempfile().map_err(CliError::Spool)?;
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let len = match reader.read(&mut piece) {
            Ok(0) => break,
            Ok(len) => len,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(CliError::Input(error)),
        };
        let read = piece.get(..len).unwrap_or_default();
        file.write_all(read).map_err(CliError::Spool)?;
    }
    file.rewind().map_err(CliError::Spool)?;
    Ok(file)
}
