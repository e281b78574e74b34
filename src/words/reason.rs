//! Why the system refused something.

use std::io;

use super::phrases::phrases;
use super::{InWords, Language};
use crate::net::{Address, LookUpError, LookUpErrorKind, SystemError};

phrases! {
    /// The system's errors, of sockets and of files.
    Reasons {
        in_use = "the port is already in use";
        path_in_use = "the path is already in use";
        not_ours = "the address is not on this machine";
        not_permitted = "not permitted";
        refused = "refused (nothing accepts connections there)";
        reset = "reset by the peer (RST)";
        unix_reset = "reset by the peer";
        aborted = "aborted by the system";
        not_connected = "not connected";
        broken_pipe = "the peer no longer takes bytes";
        timed_out = "timed out";
        host_unreachable = "host unreachable";
        network_unreachable = "network unreachable (no route)";
        network_down = "the network is down";
        out_of_memory = "out of memory";
        unsupported = "not supported by this system";
        out_of_descriptors = "out of file descriptors";
        no_family = "this machine does not have that address family (no IPv6?)";
        disk_full = "the disk is full";
        no_such_file = "no such file or folder";
        read_only = "the volume is read-only";
        not_a_file = "not a file";
        unknown(code: &str) = "system error {code}";
        name_not_found = "no address found for it";
        name_not_found_as(text: &str) = "no address found for it ({text})";
    }
}

/// Why a call of the system failed, in a few words.
///
/// The words follow `errno(3)` and the Windows Sockets error codes through [`io::ErrorKind`]; an error without words of
/// its own is described in the system's.
impl InWords for SystemError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.reasons;
        let reason = match self.kind {
            io::ErrorKind::AddrInUse => words.in_use,
            io::ErrorKind::AddrNotAvailable => words.not_ours,
            io::ErrorKind::PermissionDenied => words.not_permitted,
            io::ErrorKind::ConnectionRefused => words.refused,
            io::ErrorKind::ConnectionReset => words.reset,
            io::ErrorKind::ConnectionAborted => words.aborted,
            io::ErrorKind::NotConnected => words.not_connected,
            io::ErrorKind::BrokenPipe => words.broken_pipe,
            io::ErrorKind::TimedOut => words.timed_out,
            io::ErrorKind::HostUnreachable => words.host_unreachable,
            io::ErrorKind::NetworkUnreachable => words.network_unreachable,
            io::ErrorKind::NetworkDown => words.network_down,
            io::ErrorKind::OutOfMemory => words.out_of_memory,
            io::ErrorKind::Unsupported => words.unsupported,
            io::ErrorKind::StorageFull => words.disk_full,
            io::ErrorKind::NotFound => words.no_such_file,
            io::ErrorKind::ReadOnlyFilesystem => words.read_only,
            io::ErrorKind::NotSeekable => words.not_a_file,
            _ if self.is_out_of_descriptors() => words.out_of_descriptors,
            _ if self.is_family_missing() => words.no_family,
            _ => return language.system_text(&self.text),
        };
        reason.to_owned()
    }
}

impl InWords for io::Error {
    fn in_words(&self, language: &Language) -> String {
        SystemError::of(self).in_words(language)
    }
}

impl Language {
    /// Returns what the system says, or the number alone where it has no words for it.
    fn system_text(&self, text: &str) -> String {
        let written = text.strip_suffix(')');
        match written.and_then(|text| text.rsplit_once(" (os error ")) {
            // Wine and Windows; glibc and macOS; musl.
            Some((said, code))
                if said.contains("FormatMessageW()")
                    || said.starts_with("Unknown error")
                    || said.starts_with("No error information") =>
            {
                self.reasons.unknown(code)
            }
            _ => text.to_owned(),
        }
    }

    /// Returns why a call failed on a socket with this address. A Unix socket has a path, no port, and knows no RST.
    pub(super) fn reason_at(&self, address: &Address, error: &SystemError) -> String {
        let words = &self.reasons;
        match error.kind {
            io::ErrorKind::AddrInUse if address.is_unix() => words.path_in_use.to_owned(),
            io::ErrorKind::ConnectionReset if address.is_unix() => words.unix_reset.to_owned(),
            _ => error.in_words(self),
        }
    }

    /// Returns why a name look-up failed.
    pub(super) fn lookup_reason(&self, error: &LookUpError) -> String {
        let SystemError {
            kind, code, text, ..
        } = &error.source;
        match error.kind {
            // It was looked up without an error, and has no address.
            LookUpErrorKind::NotFound if *kind == io::ErrorKind::NotFound => {
                self.reasons.name_not_found.to_owned()
            }
            LookUpErrorKind::NotFound | LookUpErrorKind::TryAgain if code.is_none() => {
                self.reasons.name_not_found_as(text)
            }
            _ => self.system_text(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ENGLISH;
    use super::*;

    #[test]
    fn an_error_without_a_description_is_named_by_its_number() {
        let check = |text: &str, expected: &str| {
            let error = io::Error::other(text.to_owned());
            assert_eq!(error.in_words(&ENGLISH), expected);
        };
        check(
            "OS Error 10057 (FormatMessageW() returned error 317) (os error 10057)",
            "system error 10057",
        );
        check("Unknown error 4711 (os error 4711)", "system error 4711");
        check("Unknown error: 4711 (os error 4711)", "system error 4711");
        let said = "Protocol not available (os error 92)";
        check(said, said);
        check(
            "a socket that is (somehow) odd",
            "a socket that is (somehow) odd",
        );
    }

    #[test]
    fn an_error_has_words_by_its_kind() {
        let check = |kind: io::ErrorKind, expected: &str| {
            assert_eq!(io::Error::from(kind).in_words(&ENGLISH), expected);
        };
        check(io::ErrorKind::AddrInUse, "the port is already in use");
        check(
            io::ErrorKind::ConnectionRefused,
            "refused (nothing accepts connections there)",
        );
        check(io::ErrorKind::StorageFull, "the disk is full");
    }

    #[test]
    fn a_failed_look_up_says_what_the_system_says() {
        let check = |error: io::Error, expected: &str| {
            assert_eq!(ENGLISH.lookup_reason(&error.into()), expected);
        };
        let of_std =
            |said| io::Error::other(format!("failed to lookup address information: {said}"));
        check(
            of_std("Name or service not known"),
            "no address found for it (Name or service not known)",
        );
        check(of_std("Try again"), "no address found for it (Try again)");
        check(
            of_std("Memory allocation failure"),
            "Memory allocation failure",
        );
        check(io::ErrorKind::NotFound.into(), "no address found for it");
    }
}
