//! An error of the operating system as plain data, which a recording keeps and another system can read.

use std::borrow::Cow;
use std::env::consts::OS;
use std::fmt;
use std::io;

/// An error of the operating system: which system, its code, its kind and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemError {
    /// The system that the code belongs to, as in [`std::env::consts::OS`].
    pub os: Cow<'static, str>,
    /// The system's code; `None` for an error that the standard library made.
    pub code: Option<i32>,
    /// The kind, which is the same on all systems.
    pub kind: io::ErrorKind,
    /// What the system says.
    pub text: String,
}

impl SystemError {
    /// Describes an error of this system.
    pub fn of(error: &io::Error) -> Self {
        Self {
            os: Cow::Borrowed(OS),
            code: error.raw_os_error(),
            kind: error.kind(),
            text: error.to_string(),
        }
    }

    /// Returns whether the system or the process had no descriptor or memory left for another socket.
    ///
    /// `accept(2)`: EMFILE, ENFILE, ENOBUFS, ENOMEM; Windows Sockets: WSAEMFILE, WSAENOBUFS.
    pub fn is_out_of_descriptors(&self) -> bool {
        let codes: &[i32] = match &*self.os {
            "windows" => &[10024, 10055],
            "linux" => &[24, 23, 105, 12],
            _ => &[24, 23, 55, 12],
        };
        self.code.is_some_and(|code| codes.contains(&code))
    }

    /// Returns whether the machine lacked the address family (EAFNOSUPPORT).
    pub fn is_family_missing(&self) -> bool {
        let code = match &*self.os {
            "windows" => 10047,
            "linux" => 97,
            _ => 47,
        };
        self.code == Some(code)
    }
}

impl From<io::Error> for SystemError {
    fn from(error: io::Error) -> Self {
        Self::of(&error)
    }
}

impl From<io::ErrorKind> for SystemError {
    fn from(kind: io::ErrorKind) -> Self {
        io::Error::from(kind).into()
    }
}

/// What the system says.
impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for SystemError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_means_what_it_means_on_its_own_system() {
        let check = |os: &'static str, code, expected: (bool, bool)| {
            let error = SystemError {
                os: Cow::Borrowed(os),
                code: Some(code),
                kind: io::ErrorKind::Other,
                text: String::new(),
            };
            let found = (error.is_out_of_descriptors(), error.is_family_missing());
            assert_eq!(found, expected, "{os} {code}");
        };
        check("linux", 24, (true, false));
        check("linux", 97, (false, true));
        check("linux", 47, (false, false));
        check("macos", 47, (false, true));
        check("windows", 10024, (true, false));
        check("windows", 10047, (false, true));
        check("windows", 24, (false, false));
    }
}
