//! What would help where TLS failed.

use super::Language;
use super::phrases::phrases;
use super::tls::{named, names};
use crate::net::tls::{
    Accuser, AlertKind, PlainProtocol, Stage, TlsChoice, TlsFailure, TlsProblem,
};
use crate::payload::VisibleText;

phrases! {
    /// What would help where TLS failed.
    TlsAdvices {
        trust(issuer: &str) = "If this is the peer you mean, trust its CA: choose the file with the certificate of {issuer} as roots";
        send_chain(issuer: &str) = "Have the peer send its whole chain, or trust its CA: choose the file with the certificate of {issuer} as roots";
        trust_itself = "If this is the peer you mean, choose its certificate's file as roots; for a test, this endpoint can also accept any certificate";
        ask_for(names: &str, expected: &str) = "Ask for one of the names that the certificate has ({names}), or give the peer a certificate for {expected}";
        name_it(expected: &str) = "Give the peer a certificate with {expected} among its alternative names";
        renew = "Have the peer's certificate renewed; if the date here is wrong, set this machine's clock";
        wait = "If the date here is wrong, set this machine's clock; otherwise wait until then, or have another certificate made";
        for_use = "Have a certificate made for this use: servers need serverAuth, clients clientAuth, among the extended key usages";
        same_pair = "Check that the certificate and the key of the peer belong together, and that the roots chosen hold this very CA: two CAs of the same name have different keys";
        longer_key = "Have a certificate made with a longer key: RSA of 2048 bits or more, or ECDSA with P-256";
        better_signature = "Have the certificate signed again, with SHA-256 or better";
        new_certificate = "Have a new certificate made for the peer";
        common_version = "Let both ends speak TLS 1.2 or 1.3; older versions are broken and not spoken here";
        common_suite = "Allow a cipher suite of one end at the other";
        common_group = "Allow a group of one end at the other; nearly all know x25519 and secp256r1";
        common_scheme = "Give the server a certificate with another kind of key: nearly all clients take RSA and ECDSA with P-256";
        common_protocol = "Enter the same protocol at both ends, or none at one of them";
        give_client_one = "Give the client a certificate, or let this server ask for one without requiring it";
        choose_one = "Choose a certificate and its key for this client, from a CA that the server trusts";
        let_peer_trust = "Have the peer trust the CA that signed this end's certificate (that of this program can be exported), or use a certificate of a CA that it trusts";
        our_dates = "Check the dates of this end's certificate, and the clock of the peer's machine";
        our_certificate = "Look at this end's certificate as the peer sees it: its names, dates, use and CA; the peer's own log may say more";
        plain_server = "The server speaks plain HTTP here: use tcp://, or its TLS port (often 443)";
        plain_client = "The client speaks plain HTTP: have it use https://, or let this server listen without TLS";
        ssh = "SSH has an encryption of its own: use tcp:// to look at it, or another port";
        starttls = "Use tcp:// and begin TLS when the protocol allows it (STARTTLS), or use the peer's TLS port";
        use_tcp = "Use tcp:// if the peer speaks another protocol here, or check the port";
        is_it_tls = "Check that TLS is spoken at this port: a peer that waits for plain text says nothing. If it does, use tcp://, or begin TLS later (STARTTLS)";
        more_time = "Try again, or allow more time; the rest may have been lost on the way";
        look_there = "Look at the peer's log: an end that does not like a name, a version or a certificate sometimes just closes";
        on_the_way = "Try again; if it keeps failing, look for a proxy or a faulty device on the way";
        faulty_peer = "Look for a fault in the peer's TLS, or for something on the way that changes bytes";
        ask_other_name = "Ask for a name that the server has";
        peers_log = "Look at the peer's log";
        allow_more = "Allow more at one end: versions, cipher suites, groups; some servers also want a certificate of the client, or another name";
    }
}

impl Language {
    /// Returns what would help.
    pub(super) fn tls_advice(&self, failure: &TlsFailure) -> String {
        let words = &self.tls_advices;
        let advice = match &failure.problem {
            TlsProblem::UnknownIssuer {
                issuer, is_single, ..
            } => {
                let issuer = named(self, issuer);
                return match is_single {
                    true => words.send_chain(&issuer),
                    false => words.trust(&issuer),
                };
            }
            TlsProblem::WrongName {
                expected,
                presented,
            } => {
                let expected = VisibleText::plain(expected).text;
                return match presented.as_slice() {
                    [] => words.name_it(&expected),
                    presented => words.ask_for(&names(self, presented), &expected),
                };
            }
            TlsProblem::SelfSigned { .. } => words.trust_itself,
            TlsProblem::Expired { .. } => words.renew,
            TlsProblem::NotYetValid { .. } => words.wait,
            TlsProblem::NotForThisUse { .. } => words.for_use,
            TlsProblem::BadSignature { .. } => words.same_pair,
            TlsProblem::WeakKey { .. } => words.longer_key,
            TlsProblem::UnsupportedSignature { .. } => words.better_signature,
            TlsProblem::Revoked | TlsProblem::BadCertificate { .. } => words.new_certificate,
            TlsProblem::NoCommonVersion { .. } => words.common_version,
            TlsProblem::NoCommonSuite { of, .. } => match of {
                TlsChoice::Suite => words.common_suite,
                TlsChoice::Group => words.common_group,
                TlsChoice::Scheme => words.common_scheme,
            },
            TlsProblem::NoCommonAlpn { .. } => words.common_protocol,
            TlsProblem::ClientCertificateRequired if failure.by == Accuser::Peer => {
                words.choose_one
            }
            TlsProblem::ClientCertificateRequired => words.give_client_one,
            TlsProblem::CertificateRefused => self.refusal_advice(failure.alert),
            TlsProblem::NotTls { first, looks_like } => self.plain_advice(first, *looks_like),
            TlsProblem::TimedOut { stage, .. } => match stage {
                Stage::Nothing => words.is_it_tls,
                Stage::FirstMessage | Stage::AfterHello => words.more_time,
            },
            TlsProblem::Closed { stage, .. } => match stage {
                Stage::Nothing => words.is_it_tls,
                Stage::FirstMessage | Stage::AfterHello => words.look_there,
            },
            TlsProblem::Undecipherable => words.on_the_way,
            TlsProblem::RecordTooLong
            | TlsProblem::Malformed { .. }
            | TlsProblem::Unexpected { .. } => words.faulty_peer,
            TlsProblem::Incompatible { .. } => words.allow_more,
            TlsProblem::Alert => self.alert_advice(failure.alert),
            TlsProblem::Other { .. } => words.peers_log,
        };
        advice.to_owned()
    }

    fn refusal_advice(&self, alert: Option<AlertKind>) -> &'static str {
        let words = &self.tls_advices;
        match alert.and_then(AlertKind::name) {
            Some("unknown_ca" | "decrypt_error") => words.let_peer_trust,
            Some("certificate_expired") => words.our_dates,
            _ => words.our_certificate,
        }
    }

    fn alert_advice(&self, alert: Option<AlertKind>) -> &'static str {
        let words = &self.tls_advices;
        match alert.and_then(AlertKind::name) {
            Some("unrecognized_name") => words.ask_other_name,
            Some("handshake_failure" | "insufficient_security") => words.allow_more,
            Some("bad_record_mac" | "decrypt_error") => words.on_the_way,
            _ => words.peers_log,
        }
    }

    fn plain_advice(&self, first: &[u8], looks_like: PlainProtocol) -> &'static str {
        let words = &self.tls_advices;
        match looks_like {
            PlainProtocol::Http if first.starts_with(b"HTTP/") => words.plain_server,
            PlainProtocol::Http => words.plain_client,
            PlainProtocol::Ssh => words.ssh,
            PlainProtocol::Greeting => words.starttls,
            PlainProtocol::Text | PlainProtocol::Unknown => words.use_tcp,
        }
    }
}
