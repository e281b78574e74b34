//! Why a host name has no address. Plain data, which a recording keeps.

use std::io;

use super::system_error::SystemError;

/// What the standard library writes before the text of `gai_strerror(3)`.
const OF_STD: &str = "failed to lookup address information: ";

/// Why a name look-up failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{self:?}")]
pub struct LookUpError {
    /// The kind, which is the same on all systems.
    pub kind: LookUpErrorKind,
    /// The error of the system. An error of `getaddrinfo(3)` has its text and no code.
    pub source: SystemError,
}

/// The kinds of errors of a name look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookUpErrorKind {
    /// The name does not exist, or has no address.
    NotFound,
    /// No name server answered in time.
    TryAgain,
    /// Anything else.
    Other,
}

/// Classifies an error where the look-up failed, on any system.
impl From<SystemError> for LookUpError {
    fn from(mut source: SystemError) -> Self {
        let said = source.text.strip_prefix(OF_STD).map(str::to_owned);
        let kind = match (&*source.os, source.code, &said) {
            ("windows", Some(code), _) => LookUpErrorKind::of_windows(code),
            (_, _, Some(said)) => LookUpErrorKind::of_text(said),
            (_, None, None) if source.kind == io::ErrorKind::NotFound => LookUpErrorKind::NotFound,
            _ => LookUpErrorKind::Other,
        };
        source.text = said.unwrap_or(source.text);
        Self { kind, source }
    }
}

impl From<io::Error> for LookUpError {
    fn from(error: io::Error) -> Self {
        SystemError::from(error).into()
    }
}

impl LookUpErrorKind {
    /// Classifies a code of Windows Sockets: `WSAHOST_NOT_FOUND`, `WSANO_DATA`, `WSATRY_AGAIN`.
    fn of_windows(code: i32) -> Self {
        match code {
            11001 | 11004 => Self::NotFound,
            11002 => Self::TryAgain,
            _ => Self::Other,
        }
    }

    /// Classifies what `gai_strerror(3)` says, since the standard library drops the code: `EAI_NONAME`, `EAI_NODATA` and
    /// `EAI_AGAIN` of glibc, musl, Apple and FreeBSD.
    fn of_text(said: &str) -> Self {
        match said {
            "Name or service not known"
            | "No address associated with hostname"
            | "Name does not resolve"
            | "Name has no usable address"
            | "nodename nor servname provided, or not known"
            | "No address associated with nodename"
            | "hostname nor servname provided, or not known" => Self::NotFound,
            "Temporary failure in name resolution"
            | "Try again"
            | "Name could not be resolved at this time" => Self::TryAgain,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn error(os: &'static str, code: Option<i32>, text: &str) -> LookUpError {
        let source = SystemError {
            os: Cow::Borrowed(os),
            code,
            kind: io::ErrorKind::Other,
            text: text.to_owned(),
        };
        source.into()
    }

    #[test]
    fn an_error_of_getaddrinfo_is_classified_by_the_text_of_its_system() {
        use LookUpErrorKind::{NotFound, Other, TryAgain};
        let check = |said: &str, expected| {
            let error = error("linux", None, &format!("{OF_STD}{said}"));
            assert_eq!((error.kind, error.source.text.as_str()), (expected, said));
        };
        // glibc.
        check("Name or service not known", NotFound);
        check("No address associated with hostname", NotFound);
        check("Temporary failure in name resolution", TryAgain);
        check("Non-recoverable failure in name resolution", Other);
        // musl.
        check("Name does not resolve", NotFound);
        check("Name has no usable address", NotFound);
        check("Try again", TryAgain);
        check("Non-recoverable error", Other);
        // Apple.
        check("nodename nor servname provided, or not known", NotFound);
        check("No address associated with nodename", NotFound);
        // FreeBSD.
        check("hostname nor servname provided, or not known", NotFound);
        check("Name could not be resolved at this time", TryAgain);
    }

    #[test]
    fn an_error_of_windows_is_classified_by_its_code() {
        use LookUpErrorKind::{NotFound, Other, TryAgain};
        let check = |os, code, expected| {
            assert_eq!(error(os, Some(code), "").kind, expected, "{os} {code}");
        };
        check("windows", 11001, NotFound);
        check("windows", 11002, TryAgain);
        check("windows", 11003, Other);
        check("windows", 11004, NotFound);
        check("linux", 11002, Other);
    }

    #[test]
    fn a_look_up_without_a_result_found_nothing() {
        let found = LookUpError::from(io::Error::from(io::ErrorKind::NotFound));
        assert_eq!(found.kind, LookUpErrorKind::NotFound);
        let refused = error("linux", Some(11), "Resource temporarily unavailable");
        assert_eq!(refused.kind, LookUpErrorKind::Other);
    }
}
