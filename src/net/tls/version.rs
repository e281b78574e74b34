//! Versions of the protocol, as their numbers on the wire say them.

/// A version of SSL or TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TlsVersion {
    /// SSL 3.0 (RFC 6101), broken and forbidden (RFC 7568).
    Ssl3,
    /// TLS 1.0 (RFC 2246), deprecated (RFC 8996).
    Tls10,
    /// TLS 1.1 (RFC 4346), deprecated (RFC 8996).
    Tls11,
    /// TLS 1.2 (RFC 5246).
    Tls12,
    /// TLS 1.3 (RFC 8446).
    Tls13,
    /// Another number: a draft, a reserved one (RFC 8701), or nonsense.
    Other(u16),
}

impl TlsVersion {
    /// Returns the version that a number on the wire stands for.
    pub fn of(number: u16) -> Self {
        match number {
            0x0300 => Self::Ssl3,
            0x0301 => Self::Tls10,
            0x0302 => Self::Tls11,
            0x0303 => Self::Tls12,
            0x0304 => Self::Tls13,
            other => Self::Other(other),
        }
    }

    /// Returns its number on the wire.
    pub fn number(self) -> u16 {
        match self {
            Self::Ssl3 => 0x0300,
            Self::Tls10 => 0x0301,
            Self::Tls11 => 0x0302,
            Self::Tls12 => 0x0303,
            Self::Tls13 => 0x0304,
            Self::Other(number) => number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_its_number() {
        for number in 0..=u16::MAX {
            assert_eq!(TlsVersion::of(number).number(), number);
        }
    }
}
