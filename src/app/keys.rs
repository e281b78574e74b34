//! The log of TLS keys: beside the own authority, while it is on.

use super::App;
use crate::net::tls::TlsHome;

/// The name of the file.
const NAME: &str = "keys.log";

impl App {
    /// Logs the keys of new TLS connections, or no longer.
    pub(super) fn log_keys(&mut self, is_on: bool) {
        let beside = self.model.authority.as_ref();
        let path = beside.map(|path| path.with_file_name(NAME));
        self.session.log_keys(path.filter(|_| is_on));
        self.model.key_log = self.session.tls().and_then(TlsHome::key_log);
        self.follow_keys();
    }

    /// Notes whether keys can be written.
    pub(super) fn follow_keys(&mut self) {
        let errors = self.session.tls().map(TlsHome::key_log_errors);
        self.model.key_log_errors = errors.unwrap_or_default();
    }
}
