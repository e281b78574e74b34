//! What the TLS of a session shares: the user's own authority, and whether keys are logged.

use std::env;
use std::path::Path;

use crate::net::tls::{KEY_LOG_VARIABLE, TlsHome};

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
