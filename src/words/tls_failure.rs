//! Why TLS failed, for somebody who does not know TLS: what is wrong, what was expected, what came, and who says so; in parts
//! that are read one by one, and as one sentence after another.

use super::phrases::phrases;
use super::tls::{named, names, version_names};
use super::{InWords, Language};
use crate::net::Address;
use crate::net::tls::{
    Accuser, AlertKind, ClosedHow, PlainProtocol, Stage, TlsChoice, TlsFailure, TlsProblem,
    TlsVersion,
};
use crate::payload::{VisibleText, escape};

phrases! {
    /// Why TLS failed.
    TlsFailures {
        failed_with(peer: &Address, why: &str) = "TLS with {peer} failed: {why}";
        failed(why: &str) = "TLS failed: {why}";
        line(name: &str, text: &str) = "{name}: {text}";

        expected = "Expected";
        offered = "Offered by the client";
        came = "Received";
        accepted = "Accepted by the server";
        sent = "Sent";
        says_so = "Reported by";
        server_name = "Server name (SNI)";
        what_to_do = "What to do";
        no_server_name = "none was asked for";

        us_alert(alert: &str) = "this end, with the alert {alert}";
        us = "this end";
        peer_alert(alert: &str) = "the peer, with the alert {alert}";
        peer = "the peer";
        nobody = "nobody: the connection just ended";
        nobody_waited = "nobody: this end stopped waiting";

        untrusted = "the peer's certificate does not lead to an authority trusted here";
        self_signed = "the peer's certificate is self-signed";
        wrong_name = "the peer's certificate is for another name";
        nameless = "the peer's certificate is for no name at all";
        expired = "the peer's certificate has expired";
        not_yet_valid = "the peer's certificate is not valid yet";
        wrong_use = "the peer's certificate is for another use";
        bad_signature = "a signature is wrong";
        weak_key = "the key of the peer's certificate is too weak";
        bad_algorithm = "the peer's certificate is signed in a way that is not accepted";
        revoked = "the peer's certificate was revoked";
        bad_certificate = "the peer's certificate cannot be used";
        no_version = "no version of TLS in common";
        no_suite = "no cipher suite in common";
        no_group = "no key exchange group in common";
        no_scheme = "no signature scheme in common";
        no_alpn = "no application protocol in common (ALPN)";
        client_unknown = "the client did not identify itself";
        refused = "the peer does not accept the certificate of this end";
        not_tls = "the peer does not speak TLS";
        timed_out = "the handshake took too long";
        closed = "the peer ended the connection in the handshake (FIN)";
        reset = "the peer reset the connection in the handshake (RST)";
        too_long = "the peer sent too long a record";
        undecipherable = "what came cannot be decrypted";
        malformed = "a message of the peer cannot be read";
        unexpected = "the peer broke the rules of TLS";
        incompatible = "the peer lacks something that this end needs";
        gave_up = "the peer gave up";
        other = "something else is wrong";

        trusted_chain = "a certificate whose chain ends at a trusted authority (CA)";
        trusted_signature = "one signed by a trusted authority (CA)";
        chain_to(subject: &str, issuer: &str) = "that of {subject}, whose chain ends at {issuer}";
        alone_by(subject: &str, issuer: &str) = "that of {subject}, signed by {issuer}, and no other with it, so an intermediate one may be missing";
        signed_itself(subject: &str) = "that of {subject}, signed with its own key (self-signed)";
        the_name(name: &str) = "the name {name}";
        no_name = "no alternative name (a name in the subject alone does not count)";
        valid_at(now: &str) = "one that is valid now, {now} by this machine's clock";
        was_until(until: &str, ago: &str) = "one that was valid until {until}, {ago} before that";
        is_from(from: &str, ahead: &str) = "one that is valid from {from} on, {ahead} after that";
        one_for(what: &str) = "one for {what}";
        some_use = "this use";
        other_use = "something else";
        signed_by(issuer: &str) = "a certificate signed with the key of {issuer}, presented by whoever has its own key";
        does_not_hold(subject: &str) = "that of {subject}, where one of the two is not right: it was changed, another authority of the same name signed it, or the peer has another key";
        strong_key = "RSA with 2048 bits or more";
        bits(bits: u32) = "{bits} bits, which can be broken";
        strong_signature = "a signature with SHA-256 or better";
        standing = "one that its authority (CA) still stands by";
        taken_back = "one that it revoked before its time";
        standard = "one that follows the standard (RFC 5280)";
        said_of_it(detail: &str) = "one about which the check says: {detail}";
        not_said = "it did not say";
        client_certificate = "a certificate of the client, which this server requires";
        client_certificate_there = "by the server: a certificate of the client";
        nothing = "none";
        a_message = "a message of TLS";
        first_bytes(first: &str, looks: &str) = "\"{first}\", {looks}";
        like_http = "which is HTTP in plain text";
        like_ssh = "which is how SSH begins";
        like_greeting = "which is a greeting in plain text, as from mail and FTP servers";
        like_text = "which is plain text";
        like_nothing = "which is not TLS";
        end_within(time: &str) = "the end of the handshake within {time}";
        end = "the end of the handshake";
        came_nothing = "nothing";
        came_part = "a part of its first message";
        came_hello = "its first message, and then not what should follow";
        short_records = "records of at most 16 KiB";
        longer_one = "a longer one";
        right_keys = "bytes encrypted with the keys that both ends agreed on";
        wrong_keys = "bytes that were changed on the way, or encrypted with other keys";
        readable = "a message that can be read";
        next_message = "the message that is next";
        library(detail: &str) = "as this end describes it: {detail}";
    }
}

/// A failure, in parts.
#[derive(Debug, Default)]
pub(crate) struct TlsFailureParts {
    /// What is wrong, in a few words: part of a sentence.
    pub(crate) heading: String,
    /// What there is to say of it, each with its name: what was expected, what came, who says so.
    pub(crate) lines: Vec<(&'static str, String)>,
    /// What to do next.
    pub(crate) advice: (&'static str, String),
}

/// What is wrong, what was expected and what came, with the names of the last two.
struct Compared {
    heading: &'static str,
    expected: Option<(&'static str, String)>,
    came: Option<(&'static str, String)>,
}

impl InWords for TlsFailure {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.tls_failures;
        let TlsFailureParts { heading, lines, .. } = language.tls_failure_parts(self);
        let lines = lines.iter().map(|(name, text)| words.line(name, text));
        let all: Vec<_> = [heading].into_iter().chain(lines).collect();
        all.join(language.common.full_stop)
    }

    fn advice(&self, language: &Language) -> Option<String> {
        Some(language.tls_advice(self))
    }
}

impl Language {
    /// Returns why a connection's TLS failed, with the peer.
    pub(super) fn tls_failed(&self, peer: &Address, failure: &TlsFailure) -> String {
        let words = &self.tls_failures;
        words.failed_with(peer, &failure.in_words(self))
    }

    /// The same, where the peer is named already.
    pub(super) fn tls_failed_there(&self, failure: &TlsFailure) -> String {
        self.tls_failures.failed(&failure.in_words(self))
    }

    /// Returns the name of an alert, as the RFCs write it.
    pub(super) fn tls_alert(&self, alert: AlertKind) -> String {
        match alert.name() {
            Some(name) => name.to_owned(),
            None => self.tls_alerts.number(alert.0),
        }
    }

    /// Returns a failure in parts.
    pub(crate) fn tls_failure_parts(&self, failure: &TlsFailure) -> TlsFailureParts {
        let words = &self.tls_failures;
        let compared = self.compared(failure);
        let says = (words.says_so, self.accuser(failure));
        let name = match &failure.server_name {
            Some(name) => VisibleText::plain(name).text,
            None => words.no_server_name.to_owned(),
        };
        let lines = [compared.expected, compared.came, Some(says)];
        let lines = lines.into_iter().flatten();
        TlsFailureParts {
            heading: compared.heading.to_owned(),
            lines: lines.chain([(words.server_name, name)]).collect(),
            advice: (words.what_to_do, self.tls_advice(failure)),
        }
    }

    fn accuser(&self, failure: &TlsFailure) -> String {
        let words = &self.tls_failures;
        let alert = failure.alert.map(|alert| self.tls_alert(alert));
        match (failure.by, alert) {
            (Accuser::Us, Some(alert)) => words.us_alert(&alert),
            (Accuser::Us, None) => words.us.to_owned(),
            (Accuser::Peer, Some(alert)) => words.peer_alert(&alert),
            (Accuser::Peer, None) => words.peer.to_owned(),
            (Accuser::Nobody, _) => match failure.problem {
                TlsProblem::TimedOut { .. } => words.nobody_waited.to_owned(),
                _ => words.nobody.to_owned(),
            },
        }
    }

    fn compared(&self, failure: &TlsFailure) -> Compared {
        let words = &self.tls_failures;
        match &failure.problem {
            TlsProblem::ClientCertificateRequired => {
                let by_peer = failure.by == Accuser::Peer;
                let (expected, came) = if by_peer {
                    (words.client_certificate_there, words.sent)
                } else {
                    (words.client_certificate, words.came)
                };
                let mut compared = self.both(words.client_unknown, expected, words.nothing);
                compared.came = Some((came, words.nothing.to_owned()));
                compared
            }
            TlsProblem::CertificateRefused => {
                self.only(words.refused, self.tls_alert_why(failure.alert))
            }
            TlsProblem::Alert => self.only(words.gave_up, self.tls_alert_why(failure.alert)),
            TlsProblem::NoCommonVersion { .. }
            | TlsProblem::NoCommonSuite { .. }
            | TlsProblem::NoCommonAlpn { .. } => self.without_common(&failure.problem),
            TlsProblem::UnknownIssuer { .. }
            | TlsProblem::SelfSigned { .. }
            | TlsProblem::WrongName { .. }
            | TlsProblem::Expired { .. }
            | TlsProblem::NotYetValid { .. }
            | TlsProblem::NotForThisUse { .. }
            | TlsProblem::BadSignature { .. }
            | TlsProblem::WeakKey { .. }
            | TlsProblem::UnsupportedSignature { .. }
            | TlsProblem::Revoked
            | TlsProblem::BadCertificate { .. } => self.of_certificate(&failure.problem),
            problem => self.of_stream(problem),
        }
    }

    fn both(
        &self,
        heading: &'static str,
        expected: impl Into<String>,
        came: impl Into<String>,
    ) -> Compared {
        let words = &self.tls_failures;
        Compared {
            heading,
            expected: Some((words.expected, expected.into())),
            came: Some((words.came, came.into())),
        }
    }

    /// Says what came where nothing in particular was expected.
    fn only(&self, heading: &'static str, came: impl Into<String>) -> Compared {
        Compared {
            heading,
            expected: None,
            came: Some((self.tls_failures.came, came.into())),
        }
    }

    fn of_certificate(&self, problem: &TlsProblem) -> Compared {
        let words = &self.tls_failures;
        match problem {
            TlsProblem::UnknownIssuer {
                subject,
                issuer,
                is_single,
            } => {
                let (subject, issuer) = (named(self, subject), named(self, issuer));
                let came = if *is_single {
                    words.alone_by(&subject, &issuer)
                } else {
                    words.chain_to(&subject, &issuer)
                };
                self.both(words.untrusted, words.trusted_chain, came)
            }
            TlsProblem::SelfSigned { subject } => {
                let came = words.signed_itself(&named(self, subject));
                self.both(words.self_signed, words.trusted_signature, came)
            }
            TlsProblem::WrongName {
                expected,
                presented,
            } => {
                let expected = words.the_name(&VisibleText::plain(expected).text);
                match presented.as_slice() {
                    [] => self.both(words.nameless, expected, words.no_name),
                    presented => self.both(words.wrong_name, expected, names(self, presented)),
                }
            }
            TlsProblem::Expired { not_after, now } => {
                let ago = self.distance(*not_after, *now);
                let came = words.was_until(&self.utc_minute(*not_after), &ago);
                self.both(words.expired, words.valid_at(&self.utc_minute(*now)), came)
            }
            TlsProblem::NotYetValid { not_before, now } => {
                let ahead = self.distance(*now, *not_before);
                let came = words.is_from(&self.utc_minute(*not_before), &ahead);
                self.both(
                    words.not_yet_valid,
                    words.valid_at(&self.utc_minute(*now)),
                    came,
                )
            }
            problem => self.of_what_it_is(problem),
        }
    }

    fn of_what_it_is(&self, problem: &TlsProblem) -> Compared {
        let words = &self.tls_failures;
        let said = |detail: &str| VisibleText::plain(detail).text;
        match problem {
            TlsProblem::NotForThisUse {
                required,
                presented,
            } => {
                let required = required.as_deref().map(said);
                let required = required.as_deref().unwrap_or(words.some_use);
                let came = match presented.as_slice() {
                    [] => words.other_use.to_owned(),
                    presented => names(self, presented),
                };
                self.both(
                    words.wrong_use,
                    words.one_for(required),
                    words.one_for(&came),
                )
            }
            TlsProblem::BadSignature { subject, issuer } => {
                let expected = words.signed_by(&named(self, issuer));
                let came = words.does_not_hold(&named(self, subject));
                self.both(words.bad_signature, expected, came)
            }
            TlsProblem::WeakKey { bits } => {
                self.both(words.weak_key, words.strong_key, words.bits(*bits))
            }
            TlsProblem::UnsupportedSignature { algorithm } => {
                self.both(words.bad_algorithm, words.strong_signature, said(algorithm))
            }
            TlsProblem::BadCertificate { detail } => {
                let came = words.said_of_it(&said(detail));
                self.both(words.bad_certificate, words.standard, came)
            }
            _ => self.both(words.revoked, words.standing, words.taken_back),
        }
    }

    fn without_common(&self, problem: &TlsProblem) -> Compared {
        let words = &self.tls_failures;
        let (heading, offered, accepted) = match problem {
            TlsProblem::NoCommonVersion { offered, accepted } => {
                let shown = |list: &[TlsVersion]| version_names(self, list);
                (
                    words.no_version,
                    shown(offered),
                    (!accepted.is_empty()).then(|| shown(accepted)),
                )
            }
            TlsProblem::NoCommonSuite {
                of,
                offered,
                accepted,
            } => {
                let heading = match of {
                    TlsChoice::Suite => words.no_suite,
                    TlsChoice::Group => words.no_group,
                    TlsChoice::Scheme => words.no_scheme,
                };
                let by = (!accepted.is_empty()).then(|| names(self, accepted));
                (heading, names(self, offered), by)
            }
            TlsProblem::NoCommonAlpn { offered, accepted } => {
                let by = (!accepted.is_empty()).then(|| names(self, accepted));
                (words.no_alpn, names(self, offered), by)
            }
            _ => (words.other, String::new(), None),
        };
        // An empty list of what the server accepts means that only it knows.
        let accepted = accepted.unwrap_or_else(|| words.not_said.to_owned());
        Compared {
            heading,
            expected: Some((words.offered, offered)),
            came: Some((words.accepted, accepted)),
        }
    }

    /// Says what is wrong with what came, rather than with what it says.
    fn of_stream(&self, problem: &TlsProblem) -> Compared {
        let words = &self.tls_failures;
        let library = |detail: &str| words.library(&VisibleText::plain(detail).text);
        match problem {
            TlsProblem::NotTls { first, looks_like } => {
                let looks = match looks_like {
                    PlainProtocol::Http => words.like_http,
                    PlainProtocol::Ssh => words.like_ssh,
                    PlainProtocol::Greeting => words.like_greeting,
                    PlainProtocol::Text => words.like_text,
                    PlainProtocol::Unknown => words.like_nothing,
                };
                let came = words.first_bytes(&escape::render(first), looks);
                self.both(words.not_tls, words.a_message, came)
            }
            TlsProblem::TimedOut { after, stage } => {
                let expected = words.end_within(&self.numbers.duration(*after));
                self.both(words.timed_out, expected, self.how_far(*stage))
            }
            TlsProblem::Closed { how, stage } => {
                let heading = match how {
                    ClosedHow::Finished => words.closed,
                    ClosedHow::Reset => words.reset,
                };
                self.both(heading, words.end, self.how_far(*stage))
            }
            TlsProblem::RecordTooLong => {
                self.both(words.too_long, words.short_records, words.longer_one)
            }
            TlsProblem::Undecipherable => {
                self.both(words.undecipherable, words.right_keys, words.wrong_keys)
            }
            TlsProblem::Malformed { detail } => {
                self.both(words.malformed, words.readable, library(detail))
            }
            TlsProblem::Unexpected { detail } => {
                self.both(words.unexpected, words.next_message, library(detail))
            }
            TlsProblem::Incompatible { detail } => self.only(words.incompatible, library(detail)),
            TlsProblem::Other { detail } => self.only(words.other, library(detail)),
            _ => self.only(words.other, String::new()),
        }
    }

    fn how_far(&self, stage: Stage) -> &'static str {
        let words = &self.tls_failures;
        match stage {
            Stage::Nothing => words.came_nothing,
            Stage::FirstMessage => words.came_part,
            Stage::AfterHello => words.came_hello,
        }
    }
}
