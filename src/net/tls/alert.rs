//! Alerts: what an end of a TLS connection says before it gives up (RFC 8446 section 6).

/// An alert by its number in IANA's registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlertKind(pub u8);

impl AlertKind {
    pub(super) const CLOSE_NOTIFY: Self = Self(0);
    pub(super) const UNEXPECTED_MESSAGE: Self = Self(10);
    pub(super) const BAD_RECORD_MAC: Self = Self(20);
    pub(super) const RECORD_OVERFLOW: Self = Self(22);
    pub(super) const HANDSHAKE_FAILURE: Self = Self(40);
    pub(super) const BAD_CERTIFICATE: Self = Self(42);
    pub(super) const CERTIFICATE_UNKNOWN: Self = Self(46);
    pub(super) const UNKNOWN_CA: Self = Self(48);
    pub(super) const ACCESS_DENIED: Self = Self(49);
    pub(super) const DECRYPT_ERROR: Self = Self(51);
    pub(super) const PROTOCOL_VERSION: Self = Self(70);
    pub(super) const BAD_CERTIFICATE_STATUS_RESPONSE: Self = Self(113);
    pub(super) const CERTIFICATE_REQUIRED: Self = Self(116);
    pub(super) const NO_APPLICATION_PROTOCOL: Self = Self(120);

    /// Returns its name in the RFCs, `None` if it has none.
    pub fn name(self) -> Option<&'static str> {
        Some(match self.0 {
            0 => "close_notify",
            10 => "unexpected_message",
            20 => "bad_record_mac",
            21 => "decryption_failed",
            22 => "record_overflow",
            30 => "decompression_failure",
            40 => "handshake_failure",
            41 => "no_certificate",
            42 => "bad_certificate",
            43 => "unsupported_certificate",
            44 => "certificate_revoked",
            45 => "certificate_expired",
            46 => "certificate_unknown",
            47 => "illegal_parameter",
            48 => "unknown_ca",
            49 => "access_denied",
            50 => "decode_error",
            51 => "decrypt_error",
            60 => "export_restriction",
            70 => "protocol_version",
            71 => "insufficient_security",
            80 => "internal_error",
            86 => "inappropriate_fallback",
            90 => "user_canceled",
            100 => "no_renegotiation",
            109 => "missing_extension",
            110 => "unsupported_extension",
            111 => "certificate_unobtainable",
            112 => "unrecognized_name",
            113 => "bad_certificate_status_response",
            114 => "bad_certificate_hash_value",
            115 => "unknown_psk_identity",
            116 => "certificate_required",
            120 => "no_application_protocol",
            121 => "ech_required",
            _ => return None,
        })
    }

    /// Returns whether it is about the certificate of whoever receives it.
    pub(super) fn is_about_certificate(self) -> bool {
        let certificates = Self::BAD_CERTIFICATE.0..=Self::CERTIFICATE_UNKNOWN.0;
        certificates.contains(&self.0)
            || [
                Self::UNKNOWN_CA,
                Self::ACCESS_DENIED,
                Self::BAD_CERTIFICATE_STATUS_RESPONSE,
            ]
            .contains(&self)
    }
}
