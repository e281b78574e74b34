//! The key log: secrets of connections in NSS's format, appended to a file, so that other programs can decrypt a capture
//! (<https://nss-crypto.org/reference/security/nss/legacy/key_log_format/>).

use std::fmt::{self, Write as _};
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustls::KeyLog;

use super::folder::make_folder;
use super::witness;

/// Where keys are logged to. Off until it is given a path.
#[derive(Default)]
pub(super) struct KeyLogFile {
    /// Whether there is a path: asked for each secret, without a lock.
    is_on: AtomicBool,
    errors: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    path: Option<PathBuf>,
    /// Open since the first key.
    file: Option<File>,
}

impl KeyLogFile {
    pub(super) fn set(&self, path: Option<PathBuf>) {
        let mut state = self.state();
        self.is_on.store(path.is_some(), Ordering::Relaxed);
        self.errors.store(0, Ordering::Relaxed);
        *state = State { path, file: None };
    }

    pub(super) fn path(&self) -> Option<PathBuf> {
        self.state().path.clone()
    }

    pub(super) fn errors(&self) -> u64 {
        self.errors.load(Ordering::Relaxed)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic between a lock and its release leaves a path and at most no file.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append(&self, line: &str) {
        let mut state = self.state();
        let State { path, file } = &mut *state;
        let Some(path) = path else {
            return;
        };
        let mut write = || {
            let file = match file {
                Some(file) => file,
                None => file.insert(open(path)?),
            };
            // One call for a line, so that lines of other processes do not come in between.
            file.write_all(format!("{line}\n").as_bytes())
        };
        if write().is_err() {
            self.errors.fetch_add(1, Ordering::Relaxed);
            state.file = None;
        }
    }
}

/// Opens a plain file to append to, which nobody else may read if it is new, in a folder of which the same is true.
fn open(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        make_folder(folder)?;
    }
    // To open a FIFO that nobody reads would wait for a reader.
    if path.metadata().is_ok_and(|it| !it.is_file()) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

impl KeyLog for KeyLogFile {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        if !self.will_log(label) {
            // rustls does not ask for secrets of TLS 1.2.
            return;
        }
        let mut line = String::with_capacity(label.len() + 2 * (client_random.len() + 50));
        line.push_str(label);
        for part in [client_random, secret] {
            line.push(' ');
            for byte in part {
                // Writing to a string cannot fail.
                write!(line, "{byte:02x}").ok();
            }
        }
        self.append(&line);
        witness::note(|seen| seen.secrets.push(line));
    }

    fn will_log(&self, _label: &str) -> bool {
        self.is_on.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for KeyLogFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyLogFile").finish_non_exhaustive()
    }
}
