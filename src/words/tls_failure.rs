//! Why TLS failed, for somebody who does not know TLS: which check failed, what was expected, what came, who said so, and
//! what would help.

use super::number::duration;
use super::phrases::phrases;
use super::tls::{distance, minute, named, names, version_names};
use super::{InWords, Language};
use crate::net::Address;
use crate::net::tls::{
    Accuser, AlertKind, Choice, ClosedHow, PlainProtocol, Stage, TlsFailure, TlsProblem,
};
use crate::payload::{VisibleText, escape};

phrases! {
    /// Why TLS failed.
    TlsFailures {
        failed_with(peer: &Address, name: &str, why: &str) = "TLS with {peer} failed: {why}. {name}";
        failed(name: &str, why: &str) = "TLS failed: {why}. {name}";
        for_name(name: &str) = "The name asked for (SNI) was {name}";
        no_name = "No name was asked for (SNI)";
        our_alert(why: &str, alert: &str) = "{why}. This end says so, and sent the alert {alert}";
        our_word(why: &str) = "{why}. This end says so";
        peers_alert(why: &str, alert: &str) = "{why}. The peer says so, by the alert {alert}";
        peers_word(why: &str) = "{why}. The peer says so";

        unknown_issuer(subject: &str, issuer: &str) = "the peer's certificate leads to nobody who is trusted here. Expected: a certificate whose chain ends at a trusted authority (CA). Came: that of {subject}, whose chain ends at {issuer}";
        unknown_issuer_alone(subject: &str, issuer: &str) = "the peer's certificate leads to nobody who is trusted here. Expected: a certificate whose chain ends at a trusted authority (CA). Came: that of {subject}, signed by {issuer}, and no other with it, so that one in between may be missing";
        self_signed(subject: &str) = "nobody vouches for the peer's certificate. Expected: one signed by a trusted authority (CA). Came: that of {subject}, signed with its own key (self-signed)";
        wrong_name(expected: &str, came: &str) = "the peer's certificate is for somebody else. Expected: the name {expected}. Came: {came}";
        nameless(expected: &str) = "the peer's certificate is for no name at all. Expected: the name {expected}. Came: no alternative name (a name in the subject alone does not count)";
        expired(until: &str, ago: &str, now: &str) = "a certificate of the peer has expired. Expected: one that is valid now, {now} by this machine's clock. Came: one that was valid until {until}, {ago} before that";
        not_yet_valid(from: &str, ahead: &str, now: &str) = "a certificate of the peer is not valid yet. Expected: one that is valid now, {now} by this machine's clock. Came: one that is valid from {from} on, {ahead} after that";
        wrong_use(required: &str, came: &str) = "the peer's certificate may not be used for this. Expected: one for {required}. Came: one for {came}";
        some_use = "what it is shown for";
        other_use = "something else";
        bad_signature(subject: &str, issuer: &str) = "a signature is wrong. Expected: a certificate signed with the key of {issuer}, shown by whoever has its own key. Came: that of {subject}, where one of the two does not hold: it was changed, another authority of the same name signed it, or the peer has another key";
        weak_key(bits: u32) = "the key of the peer's certificate is too weak. Expected: RSA with 2048 bits or more. Came: {bits} bits, which can be broken";
        bad_algorithm(algorithm: &str) = "the peer's certificate is signed in a way that is not accepted. Expected: a signature with SHA-256 or better. Came: {algorithm}";
        revoked = "a certificate of the peer was revoked. Expected: one that its authority (CA) still stands by. Came: one that it took back before its time";
        bad_certificate(detail: &str) = "the peer's certificate cannot be used. Expected: one that follows the standard (RFC 5280). Came: one about which the check says: {detail}";
        no_version(offered: &str, accepted: &str) = "the two ends have no version of TLS in common. Offered by the client: {offered}. Accepted by the server: {accepted}";
        no_suite(offered: &str, accepted: &str) = "the two ends know no cipher suite in common, so nothing to encrypt with. Offered by the client: {offered}. Accepted by the server: {accepted}";
        no_group(offered: &str, accepted: &str) = "the two ends know no group in common, so no way to agree on keys. Offered by the client: {offered}. Accepted by the server: {accepted}";
        no_scheme(offered: &str, accepted: &str) = "the two ends know no signature scheme in common, so no way to prove who they are. Offered by the client: {offered}. Accepted by the server: {accepted}";
        no_alpn(offered: &str, accepted: &str) = "the two ends have no protocol in common to speak inside (ALPN). Offered by the client: {offered}. Accepted by the server: {accepted}";
        not_said = "what, it did not say";
        client_gave_none = "the client did not say who it is. Expected: a certificate of the client, which this server requires. Came: none";
        we_gave_none = "this client did not say who it is. Expected by the server: a certificate of the client. Sent: none";
        refused(why: &str) = "the peer does not accept the certificate of this end: {why}";
        not_tls(first: &str, looks: &str) = "the peer does not speak TLS. Expected: a message of TLS. Came: \"{first}\", {looks}";
        like_http = "which is HTTP in plain text";
        like_ssh = "which is how SSH begins";
        like_greeting = "which is a greeting in plain text, as from mail and FTP servers";
        like_text = "which is plain text";
        like_nothing = "which is no TLS";
        timed_out(time: &str, came: &str) = "the handshake took too long. Expected: its end within {time}. Came: {came}";
        finished(came: &str) = "the peer ended the connection in the middle of the handshake (FIN), and gave no reason. Expected: the end of the handshake. Came: {came}";
        reset(came: &str) = "the peer reset the connection in the middle of the handshake (RST), and gave no reason. Expected: the end of the handshake. Came: {came}";
        came_nothing = "nothing";
        came_part = "a part of its first message";
        came_hello = "its first message, and then not what should follow";
        too_long = "the peer sent too much at once. Expected: records of at most 16 KiB. Came: a longer one";
        undecipherable = "what came cannot be decrypted. Expected: bytes encrypted with the keys that both ends agreed on. Came: bytes that were changed on the way, or encrypted with others";
        malformed(detail: &str) = "a message of the peer breaks the format of TLS. Expected: one that can be read. Came: one about which this end says: {detail}";
        unexpected(detail: &str) = "the peer broke the rules of TLS. Expected: the message that is next. Came, as this end describes it: {detail}";
        incompatible(detail: &str) = "the peer lacks something that this end needs: {detail}";
        alert(why: &str) = "the peer gave up: {why}";
        other(detail: &str) = "{detail}";
    }
}

impl Language {
    /// Returns why a connection's TLS failed, with the peer and the name that was asked for.
    pub(super) fn tls_failed(&self, peer: &Address, failure: &TlsFailure) -> String {
        let words = &self.tls_failures;
        let name = self.asked_name(failure);
        words.failed_with(peer, &name, &failure.in_words(self))
    }

    /// The same, where the peer is named already.
    pub(super) fn tls_failed_there(&self, failure: &TlsFailure) -> String {
        let name = self.asked_name(failure);
        self.tls_failures.failed(&name, &failure.in_words(self))
    }

    fn asked_name(&self, failure: &TlsFailure) -> String {
        let words = &self.tls_failures;
        match &failure.server_name {
            Some(name) => words.for_name(&VisibleText::plain(name).text),
            None => words.no_name.to_owned(),
        }
    }

    fn tls_problem(&self, failure: &TlsFailure) -> String {
        let words = &self.tls_failures;
        let said = |detail: &str| VisibleText::plain(detail).text;
        match &failure.problem {
            TlsProblem::TimedOut { after, stage } => {
                words.timed_out(&duration(*after), self.came(*stage))
            }
            TlsProblem::Closed { how, stage } => match how {
                ClosedHow::Finished => words.finished(self.came(*stage)),
                ClosedHow::Reset => words.reset(self.came(*stage)),
            },
            TlsProblem::NoCommonVersion { .. }
            | TlsProblem::NoCommonSuite { .. }
            | TlsProblem::NoCommonAlpn { .. } => self.nothing_common(&failure.problem),
            TlsProblem::ClientCertificateRequired if failure.by == Accuser::Peer => {
                words.we_gave_none.to_owned()
            }
            TlsProblem::ClientCertificateRequired => words.client_gave_none.to_owned(),
            TlsProblem::CertificateRefused => words.refused(self.tls_alert_why(failure.alert)),
            TlsProblem::NotTls { first, looks_like } => {
                words.not_tls(&escape::render(first), self.looks(*looks_like))
            }
            TlsProblem::RecordTooLong => words.too_long.to_owned(),
            TlsProblem::Undecipherable => words.undecipherable.to_owned(),
            TlsProblem::Malformed { detail } => words.malformed(&said(detail)),
            TlsProblem::Unexpected { detail } => words.unexpected(&said(detail)),
            TlsProblem::Incompatible { detail } => words.incompatible(&said(detail)),
            TlsProblem::Alert => words.alert(self.tls_alert_why(failure.alert)),
            TlsProblem::Other { detail } => words.other(&said(detail)),
            _ => self.certificate_problem(&failure.problem),
        }
    }

    /// Returns what is wrong with the peer's certificate.
    fn certificate_problem(&self, problem: &TlsProblem) -> String {
        let words = &self.tls_failures;
        match problem {
            TlsProblem::UnknownIssuer {
                subject,
                issuer,
                is_single,
            } => {
                let (subject, issuer) = (named(self, subject), named(self, issuer));
                match is_single {
                    true => words.unknown_issuer_alone(&subject, &issuer),
                    false => words.unknown_issuer(&subject, &issuer),
                }
            }
            TlsProblem::SelfSigned { subject } => words.self_signed(&named(self, subject)),
            TlsProblem::WrongName {
                expected,
                presented,
            } => {
                let expected = VisibleText::plain(expected).text;
                match presented.as_slice() {
                    [] => words.nameless(&expected),
                    presented => words.wrong_name(&expected, &names(self, presented)),
                }
            }
            TlsProblem::Expired { not_after, now } => {
                let ago = distance(self, *not_after, *now);
                words.expired(&minute(self, *not_after), &ago, &minute(self, *now))
            }
            TlsProblem::NotYetValid { not_before, now } => {
                let ahead = distance(self, *now, *not_before);
                words.not_yet_valid(&minute(self, *not_before), &ahead, &minute(self, *now))
            }
            TlsProblem::NotForThisUse {
                required,
                presented,
            } => {
                let required = required.as_deref().unwrap_or(words.some_use);
                match presented.as_slice() {
                    [] => words.wrong_use(required, words.other_use),
                    presented => words.wrong_use(required, &names(self, presented)),
                }
            }
            TlsProblem::BadSignature { subject, issuer } => {
                words.bad_signature(&named(self, subject), &named(self, issuer))
            }
            TlsProblem::WeakKey { bits } => words.weak_key(*bits),
            TlsProblem::UnsupportedSignature { algorithm } => {
                words.bad_algorithm(&VisibleText::plain(algorithm).text)
            }
            TlsProblem::BadCertificate { detail } => {
                words.bad_certificate(&VisibleText::plain(detail).text)
            }
            _ => words.revoked.to_owned(),
        }
    }

    fn nothing_common(&self, problem: &TlsProblem) -> String {
        let words = &self.tls_failures;
        // An empty list of what the server accepts means that only it knows.
        let accepted = |listed: String, is_empty: bool| {
            if is_empty {
                words.not_said.to_owned()
            } else {
                listed
            }
        };
        match problem {
            TlsProblem::NoCommonVersion {
                offered,
                accepted: by,
            } => {
                let by = accepted(version_names(self, by), by.is_empty());
                words.no_version(&version_names(self, offered), &by)
            }
            TlsProblem::NoCommonSuite {
                of,
                offered,
                accepted: by,
            } => {
                let by = accepted(names(self, by), by.is_empty());
                let offered = names(self, offered);
                match of {
                    Choice::Suite => words.no_suite(&offered, &by),
                    Choice::Group => words.no_group(&offered, &by),
                    Choice::Scheme => words.no_scheme(&offered, &by),
                }
            }
            TlsProblem::NoCommonAlpn {
                offered,
                accepted: by,
            } => {
                let by = accepted(names(self, by), by.is_empty());
                words.no_alpn(&names(self, offered), &by)
            }
            _ => String::new(),
        }
    }

    fn came(&self, stage: Stage) -> &'static str {
        let words = &self.tls_failures;
        match stage {
            Stage::Nothing => words.came_nothing,
            Stage::FirstMessage => words.came_part,
            Stage::AfterHello => words.came_hello,
        }
    }

    fn looks(&self, like: PlainProtocol) -> &'static str {
        let words = &self.tls_failures;
        match like {
            PlainProtocol::Http => words.like_http,
            PlainProtocol::Ssh => words.like_ssh,
            PlainProtocol::Greeting => words.like_greeting,
            PlainProtocol::Text => words.like_text,
            PlainProtocol::Unknown => words.like_nothing,
        }
    }

    /// Returns the name of an alert, as the RFCs write it.
    pub(super) fn tls_alert(&self, alert: AlertKind) -> String {
        match alert.name() {
            Some(name) => name.to_owned(),
            None => self.tls_alerts.number(alert.0),
        }
    }
}

impl InWords for TlsFailure {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.tls_failures;
        let why = language.tls_problem(self);
        let alert = self.alert.map(|alert| language.tls_alert(alert));
        match (self.by, alert) {
            (Accuser::Us, Some(alert)) => words.our_alert(&why, &alert),
            (Accuser::Us, None) => words.our_word(&why),
            (Accuser::Peer, Some(alert)) => words.peers_alert(&why, &alert),
            (Accuser::Peer, None) => words.peers_word(&why),
            (Accuser::Nobody, _) => why,
        }
    }

    fn advice(&self, language: &Language) -> Option<String> {
        Some(language.tls_advice(self))
    }
}
