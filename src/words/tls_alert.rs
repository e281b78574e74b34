//! What alerts of TLS mean (RFC 8446 section 6, RFC 5246 section 7.2).

use super::Language;
use super::phrases::phrases;
use crate::net::tls::AlertKind;

phrases! {
    /// What alerts of TLS mean, as the reason of whoever sends them.
    TlsAlerts {
        number(number: u8) = "number {number}";
        unknown = "it does not say why";
        close_notify = "it has sent everything, before the handshake was complete";
        unexpected_message = "it got a message that it did not expect";
        bad_record_mac = "it cannot decrypt what it got";
        record_overflow = "it got a record that is too long";
        decompression_failure = "it cannot decompress what it got";
        handshake_failure = "it finds nothing acceptable in what was offered, or lacks something that was not offered";
        no_certificate = "it got no certificate";
        bad_certificate = "it finds the certificate damaged, or a signature in it wrong";
        unsupported_certificate = "it does not accept certificates of this kind, or not for this use";
        certificate_revoked = "it knows that the certificate was revoked";
        certificate_expired = "it finds that the certificate has expired, or is not valid yet, by its own clock";
        certificate_unknown = "it does not say what exactly is wrong with the certificate";
        illegal_parameter = "it finds that values in a message contradict each other";
        unknown_ca = "it does not know or trust the authority (CA) that signed the certificate";
        access_denied = "it found the certificate good, but gives its holder no access";
        decode_error = "it cannot read a message";
        decrypt_error = "it finds a signature or checksum in the handshake wrong";
        export_restriction = "it finds that rules for exported software are broken";
        protocol_version = "it does not speak the version of TLS that was offered";
        insufficient_security = "it demands stronger encryption than was offered";
        internal_error = "something failed at its end that has nothing to do with this one";
        inappropriate_fallback = "it sees an attempt with a version older than both ends speak";
        user_canceled = "somebody stopped it there";
        no_renegotiation = "it does not want to negotiate again";
        missing_extension = "it misses something in the hello that this version requires";
        unsupported_extension = "it got an answer to something that it did not ask for";
        certificate_unobtainable = "it cannot fetch the certificate";
        unrecognized_name = "it has no server of the name that was asked for";
        bad_status = "it finds the proof that the certificate is not revoked wrong";
        bad_hash = "it finds that the certificate is not the one that was announced";
        unknown_psk_identity = "it does not know the shared key that was named";
        certificate_required = "it requires a certificate of the client";
        no_application_protocol = "it speaks none of the protocols that were offered (ALPN)";
        ech_required = "it requires the name to be encrypted (ECH)";
    }
}

impl Language {
    /// Returns the reason of whoever sends an alert.
    pub(super) fn tls_alert_why(&self, alert: Option<AlertKind>) -> &'static str {
        let words = &self.tls_alerts;
        match alert.map(|it| it.0) {
            Some(0) => words.close_notify,
            Some(10) => words.unexpected_message,
            Some(20 | 21) => words.bad_record_mac,
            Some(22) => words.record_overflow,
            Some(30) => words.decompression_failure,
            Some(40) => words.handshake_failure,
            Some(41) => words.no_certificate,
            Some(42) => words.bad_certificate,
            Some(43) => words.unsupported_certificate,
            Some(44) => words.certificate_revoked,
            Some(45) => words.certificate_expired,
            Some(46) => words.certificate_unknown,
            Some(47) => words.illegal_parameter,
            Some(48) => words.unknown_ca,
            Some(49) => words.access_denied,
            Some(50) => words.decode_error,
            Some(51) => words.decrypt_error,
            Some(60) => words.export_restriction,
            Some(70) => words.protocol_version,
            Some(71) => words.insufficient_security,
            Some(80) => words.internal_error,
            Some(86) => words.inappropriate_fallback,
            Some(90) => words.user_canceled,
            Some(100) => words.no_renegotiation,
            Some(109) => words.missing_extension,
            Some(110) => words.unsupported_extension,
            Some(111) => words.certificate_unobtainable,
            Some(112) => words.unrecognized_name,
            Some(113) => words.bad_status,
            Some(114) => words.bad_hash,
            Some(115) => words.unknown_psk_identity,
            Some(116) => words.certificate_required,
            Some(120) => words.no_application_protocol,
            Some(121) => words.ech_required,
            _ => words.unknown,
        }
    }
}
