//! What entries of TLS mean, for those who learn it (RFC 8446 and 5246, certificates RFC 5280).

use super::Language;
use super::phrases::phrases;
use crate::net::Direction;
use crate::net::tls::{ChainCheck, HandshakeKind, TlsFailure, TlsProblem, TlsReport, TlsVersion};

phrases! {
    /// What entries of TLS mean.
    TlsMeanings {
        upgraded = "Until here both ends spoke in plain text, and anybody on the way could read it. Now they have agreed to begin TLS on the same connection (STARTTLS): the client says hello next, and all that follows is encrypted.";
        hello = "The client speaks first: it lists what it can do, in order of preference, and the server will choose from it. The list itself is not encrypted, so anybody on the way can read which server name is wanted (SNI, RFC 6066), and which protocols are to be spoken inside (ALPN, RFC 7301).";
        agreed_13 = "One round trip was enough: the client had sent its half of the key exchange with its hello, the server answered with the other half, its certificate and a signature that proves that it has the certificate's key. Both then computed the same keys, which never went over the wire. From here on everything is encrypted, and any change to it is noticed.";
        agreed_12 = "TLS 1.2 needs two round trips: first both agree on what to use, and the server presents its certificate, in plain sight; then they exchange keys, and each proves with a Finished message that nobody changed what was said. From here on everything is encrypted, and any change to it is noticed.";
        agreed_retried = "The client had guessed which group the server would use for the key exchange, and guessed wrong. The server asked for another one (HelloRetryRequest, RFC 8446, 4.1.4), which costs one more round trip. From here on everything is encrypted.";
        agreed_resumed = "Both ends remembered an earlier session and derived new keys from its secret, so no certificate was presented again: it was checked then. That saves time and computation. From here on everything is encrypted.";
        agreed_unchecked = "The connection is encrypted, but nobody knows with whom: the certificate was not checked, since this endpoint is set to accept any. Somebody on the way could read and change everything by presenting a certificate of their own.";
        refused = "These are the certificates that the peer presented before the connection was refused. The first is its own; each of the others should belong to whoever signed the one before it. The last should be signed by a root that is trusted here, which itself is not sent. The end of the connection says which check failed.";
        alert_sent = "An alert is the last word of an end that gives up: its number says why, and after a fatal one the connection is closed. This end sent it.";
        alert_received = "An alert is the last word of an end that gives up: its number says why, and after a fatal one the connection is closed. An alert says little on purpose: the peer's own log often knows more.";
        alert_warning = "A warning does not end the connection. TLS 1.3 has only two left, close_notify and user_canceled.";
        close_notify_sent = "close_notify says to the peer, encrypted and protected, that this end sends nothing more. Without it the peer could not know whether somebody on the way cut the stream short.";
        close_notify_received = "The peer said, encrypted and protected, that it has sent everything: nothing is missing. A FIN alone would prove nothing, since anybody on the way can send one.";
        cut = "The TCP connection ended, but the peer never said close_notify. Perhaps its program does not bother to, as many do; perhaps somebody on the way cut the stream (a truncation attack). TLS cannot tell one from the other, so what arrived may be incomplete.";
        secrets = "The secrets of this connection were written to the key log (SSLKEYLOGFILE), so that Wireshark and others can decrypt captured packets. Whoever has the file can do it too. Switch it off when it is not needed.";

        failed_trust = "A certificate is a statement: this key belongs to that name, signed by an authority (CA). A client trusts a few authorities, its roots, and follows the signatures from the peer's certificate up to one of them (RFC 5280, section 6). Here that way led nowhere.";
        failed_name = "A client compares the name that it wanted with the alternative names in the certificate (RFC 9525), never with the subject. A wildcard such as *.example.org stands for exactly one part of a name. Without this check, anybody with a good certificate for another name could pose as this server.";
        failed_dates = "A certificate is valid between two dates, by the clock of whoever checks it. Authorities limit the time so that a stolen key is not useful forever. When many certificates fail at once, it is usually the clock that is wrong.";
        failed_certificate = "Each certificate of the chain is checked: its signature, its dates, what it may be used for, and whether its key is strong enough. One of these checks failed, so nothing was sent but an alert.";
        failed_choice = "The client offers lists, and the server chooses from them. When nothing on a list suits the server, there is no connection; nothing is encrypted with less than both accept.";
        failed_client = "A server can ask its clients for certificates too (mutual TLS), and then knows who they are. In TLS 1.3 the client sends its certificate at the very end, and may believe that all is well before the server has looked at it: so a refusal can come after the handshake.";
        failed_not_tls = "TLS begins with a record of a certain form: 16 03 01 in most cases. What came has another form, so the peer speaks something else at this port.";
        failed_silence = "The handshake needs answers from both ends. None came in time, or the connection ended before it did. The peer may speak another protocol and wait for the other end to begin.";
        failed_bytes = "Each record carries a checksum that only the holders of the keys can compute, and each message has its form and its turn. What came fits neither. TLS cannot repair anything: it ends the connection rather than pass on what may be forged.";
        failed_alert = "The peer ended the handshake with an alert. It says little on purpose, so that an attacker learns nothing; the peer's own log often says more.";
        failed_other = "The TLS library refused to go on. What it says stands above.";
        settings = "Certificates, keys and roots are read before the first connection, so that a wrong file is noticed now, and not by the first peer.";
        no_tls = "TLS can begin once on a connection, and only if the settings of its endpoint say which certificate or which roots to use.";
    }
}

impl Language {
    /// Returns what something of TLS means.
    pub(super) fn meaning_of_tls(&self, report: &TlsReport) -> &'static str {
        let words = &self.tls_meanings;
        match report {
            TlsReport::Hello(_) => words.hello,
            TlsReport::Agreed(agreed) if agreed.check == ChainCheck::Unchecked => {
                words.agreed_unchecked
            }
            TlsReport::Agreed(agreed) => match (agreed.kind, agreed.version) {
                (HandshakeKind::Resumed, _) => words.agreed_resumed,
                (HandshakeKind::Retried, _) => words.agreed_retried,
                (HandshakeKind::Full, TlsVersion::Tls13) => words.agreed_13,
                (HandshakeKind::Full, _) => words.agreed_12,
            },
            TlsReport::Refused { .. } => words.refused,
            TlsReport::Alert {
                is_fatal: false, ..
            } => words.alert_warning,
            TlsReport::Alert { direction, .. } => match direction {
                Direction::Sent => words.alert_sent,
                Direction::Received => words.alert_received,
            },
            TlsReport::CloseNotify { direction } => match direction {
                Direction::Sent => words.close_notify_sent,
                Direction::Received => words.close_notify_received,
            },
            TlsReport::Cut => words.cut,
            TlsReport::Secrets(_) => words.secrets,
        }
    }

    /// Returns what a failure of TLS means.
    pub(super) fn meaning_of_tls_failure(&self, failure: &TlsFailure) -> &'static str {
        let words = &self.tls_meanings;
        match &failure.problem {
            TlsProblem::UnknownIssuer { .. } | TlsProblem::SelfSigned { .. } => words.failed_trust,
            TlsProblem::WrongName { .. } => words.failed_name,
            TlsProblem::Expired { .. } | TlsProblem::NotYetValid { .. } => words.failed_dates,
            TlsProblem::NotForThisUse { .. }
            | TlsProblem::BadSignature { .. }
            | TlsProblem::WeakKey { .. }
            | TlsProblem::UnsupportedSignature { .. }
            | TlsProblem::Revoked
            | TlsProblem::BadCertificate { .. } => words.failed_certificate,
            TlsProblem::NoCommonVersion { .. }
            | TlsProblem::NoCommonSuite { .. }
            | TlsProblem::NoCommonAlpn { .. }
            | TlsProblem::Incompatible { .. } => words.failed_choice,
            TlsProblem::ClientCertificateRequired => words.failed_client,
            TlsProblem::NotTls { .. } => words.failed_not_tls,
            TlsProblem::TimedOut { .. } | TlsProblem::Closed { .. } => words.failed_silence,
            TlsProblem::RecordTooLong
            | TlsProblem::Undecipherable
            | TlsProblem::Malformed { .. }
            | TlsProblem::Unexpected { .. } => words.failed_bytes,
            TlsProblem::CertificateRefused | TlsProblem::Alert => words.failed_alert,
            TlsProblem::Other { .. } => words.failed_other,
        }
    }
}
