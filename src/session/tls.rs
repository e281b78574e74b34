//! What the TLS of a session shares: the user's own authority, and whether keys are logged.

use std::env;
use std::path::{Path, PathBuf};

use super::{Session, Update};
use crate::net::tls::{KEY_LOG_VARIABLE, TlsHome};

/// The name of the log of keys beside the own authority.
const KEY_LOG_NAME: &str = "keys.log";

/// How the keys of TLS connections are logged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyLog {
    /// The file that they are logged to, while they are.
    pub path: Option<PathBuf>,
    /// How many of them could not be written.
    pub errors: u64,
}

/// Returns what TLS shares in this process, with the authority in a folder. Without one, none can be made.
///
/// Keys are logged from the beginning if `SSLKEYLOGFILE` names a file, as browsers and curl have it.
pub fn user_tls(authority: Option<&Path>) -> TlsHome {
    let home = authority.map(TlsHome::new).unwrap_or_default();
    let file = env::var_os(KEY_LOG_VARIABLE).filter(|name| !name.is_empty());
    if let Some(file) = file {
        home.set_key_log(Some(file.into()));
    }
    home
}

impl Session {
    /// Logs the keys of new TLS connections beside the own authority, or no longer. [`Update::KeysLogged`] follows.
    pub fn switch_key_log(&mut self, is_on: bool) {
        let authority = self.tls().and_then(TlsHome::certificate_path);
        let path = authority.map(|path| path.with_file_name(KEY_LOG_NAME));
        self.log_keys(path.filter(|_| is_on));
    }

    /// Logs the keys of new TLS connections to a file, or no longer. [`Update::KeysLogged`] follows.
    pub fn log_keys(&mut self, path: Option<PathBuf>) {
        if let Some(tls) = self.tls() {
            tls.set_key_log(path);
        }
        self.report_key_log();
    }

    /// Reports how keys are logged if that has changed.
    pub(super) fn report_key_log(&mut self) {
        let Some(tls) = self.tls() else { return };
        let key_log = KeyLog {
            path: tls.key_log(),
            errors: tls.key_log_errors(),
        };
        if key_log != self.key_log {
            self.key_log = key_log.clone();
            self.updates.push_back(Update::KeysLogged(key_log));
        }
    }
}
