//! OS errors in a recording: written as code and text, and read back as the same error.

use std::env::consts::OS;
use std::io::{self, ErrorKind};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The known kinds, in the order of their numbers in a recording. Append new ones.
const KINDS: [ErrorKind; 16] = [
    ErrorKind::Other,
    ErrorKind::AddrInUse,
    ErrorKind::AddrNotAvailable,
    ErrorKind::PermissionDenied,
    ErrorKind::ConnectionRefused,
    ErrorKind::ConnectionReset,
    ErrorKind::ConnectionAborted,
    ErrorKind::BrokenPipe,
    ErrorKind::TimedOut,
    ErrorKind::HostUnreachable,
    ErrorKind::NetworkUnreachable,
    ErrorKind::NetworkDown,
    ErrorKind::OutOfMemory,
    ErrorKind::Unsupported,
    ErrorKind::NotFound,
    ErrorKind::InvalidInput,
];

#[derive(Serialize, Deserialize)]
struct Written {
    /// The OS error code, and the OS that it belongs to.
    code: Option<(String, i32)>,
    kind: u8,
    words: String,
}

pub(super) fn serialize<S: Serializer>(
    error: &io::Error,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let kind = KINDS.iter().position(|&kind| kind == error.kind());
    let written = Written {
        code: error.raw_os_error().map(|code| (OS.to_owned(), code)),
        kind: kind.and_then(|kind| u8::try_from(kind).ok()).unwrap_or(0),
        words: error.to_string(),
    };
    written.serialize(serializer)
}

/// An error from another OS is restored from its kind and text, because its code means something else here.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<io::Error, D::Error> {
    let Written { code, kind, words } = Written::deserialize(deserializer)?;
    let kind = KINDS.get(usize::from(kind)).copied();
    let kind = kind.unwrap_or(ErrorKind::Other);
    Ok(match code {
        Some((os, code)) if os == OS => io::Error::from_raw_os_error(code),
        _ => io::Error::new(kind, words),
    })
}
