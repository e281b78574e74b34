//! TLS at length: what was offered and what of it was chosen, what both ends agreed on, and each certificate with its
//! names, its dates and the checks that it passed.

use std::time::SystemTime;

use super::Language;
use super::counts::noun;
use super::number::duration;
use super::phrases::phrases;
use super::tls::{
    alternative_name, bare_name, distance, full_version, minute, version_name, visible,
};
use crate::net::Role;
use crate::net::tls::{Agreed, CertificateFacts, ChainCheck, HandshakeKind, Hello, TlsProblem};

/// How many seconds before its end a certificate's dates are something to notice.
const SOON: i64 = 14 * 24 * 60 * 60;

phrases! {
    /// TLS in the detail pane.
    TlsShown {
        offer = "Offered by the client";
        offer_marked = "Offered by the client; what the server chose is marked";
        chain = "Certificates of the peer, its own first";
        refused_chain = "Certificates that the peer had shown";
        chosen(item: &str) = "{item} (chosen)";
        none = "none";

        versions = "Versions";
        version = "Version";
        server_name = "Server name (SNI)";
        protocols = "Protocols (ALPN)";
        protocol = "Protocol (ALPN)";
        suites = "Cipher suites";
        suite = "Cipher suite";
        groups = "Groups";
        group = "Group";
        schemes = "Signature schemes";
        more = "Besides";
        resumes = "an earlier session, to resume it";
        not_whole = "something that cannot be read";
        no_group = "none, the session's secrets were used again";
        handshake = "Handshake";
        full(time: &str) = "full, took {time}";
        retried(time: &str) = "full, at the second attempt with another group, took {time}";
        resumed(time: &str) = "resumed an earlier session, took {time}";
        peer_certificate = "Peer's certificate";
        check_passed = "checked: its chain, its dates and, of a server, its name";
        check_earlier = "checked when this session was first agreed on, and not again";
        check_unchecked = "NOT CHECKED: this endpoint accepts any, also one that somebody on the way made";
        check_none = "none was shown";
        client_certificate = "Client certificate";
        asked_and_given = "asked for, and given";
        asked_in_vain = "asked for, and not given";
        not_asked = "not asked for";

        place(place: usize, subject: &str) = "{place}. {subject}";
        unreadable = "A certificate that cannot be read";
        subject = "Subject";
        issuer = "Issued by";
        by_itself = "itself";
        names = "For";
        dates = "Valid";
        between(from: &str, until: &str) = "{from} until {until}";
        left(dates: &str, left: &str) = "{dates}, {left} left";
        over(dates: &str, ago: &str) = "{dates}, over since {ago}";
        ahead(dates: &str, ahead: &str) = "{dates}, begins in {ahead}";
        key = "Key";
        signed_with(key: &str, signature: &str) = "{key}, signed with {signature}";
        authority(key: &str) = "{key}; may sign other certificates (CA)";
        fingerprint = "SHA-256";
        nobody = "somebody without a name";
        more_names(list: &str, more: u64) = { format!("{list} and {}", noun(more, "more", "more")) };
        more_certificates(more: u64) = { format!("{} not shown", noun(more, "more certificate is", "more certificates are")) };
        copy_pem = "Copy certificate (PEM)";
        copy_chain = "Copy all (PEM)";
        copy_fingerprint = "Copy SHA-256";

        in_time = "Valid at the time of the handshake";
        out_of_time = "Not valid at the time of the handshake";
        trusted = "Its chain ends at a root that is trusted here";
        untrusted = "Its chain ends at no root that is trusted here";
        trust_open = "Its chain was not followed";
        named = "It has the name that was asked for";
        misnamed = "It has not the name that was asked for";
        name_open = "Its names were not compared";
        bad_signature = "A signature does not hold";
        weak_key = "Its key is too weak";
        bad_algorithm = "It is signed in a way that is not accepted";
        wrong_use = "It is not for this use";
        revoked = "It was revoked";
        unusable = "It does not follow the standard";
    }
}

/// A name, and a list of what was offered under it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OfferedList {
    /// What these are.
    pub(crate) name: &'static str,
    /// They, most wanted first.
    pub(crate) items: Vec<OfferedItem>,
}

/// Something that was offered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OfferedItem {
    /// What it is.
    pub(crate) text: String,
    /// Whether the server chose it.
    pub(crate) is_chosen: bool,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// As it should be, or nothing to judge.
    Plain,
    /// Good.
    Good,
    /// Something to notice.
    Caution,
    /// Wrong.
    Bad,
    /// Nobody looked.
    Open,
}

/// A fact about a handshake or a certificate.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TlsFact {
    /// What it is about.
    pub(crate) name: &'static str,
    /// What it says.
    pub(crate) text: String,
    /// How it stands.
    pub(crate) standing: Standing,
}

/// A certificate in words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ShownCertificate {
    /// Whose it is, with its place in the chain.
    pub(crate) title: String,
    /// What it says.
    pub(crate) facts: Vec<TlsFact>,
    /// What was checked, and how it went.
    pub(crate) checks: Vec<(String, Standing)>,
    /// Its fingerprint: `AB:CD:…`.
    pub(crate) fingerprint: String,
}

/// What became of a peer's chain.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verdict<'a> {
    /// It was checked, and is good.
    Passed,
    /// It was not checked.
    Unchecked,
    /// A check failed.
    Failed(&'a TlsProblem),
    /// That is not known.
    Unknown,
}

impl Verdict<'_> {
    /// Returns what became of the chain of those who agreed.
    pub(crate) fn of(check: ChainCheck) -> Self {
        match check {
            ChainCheck::Passed | ChainCheck::Earlier => Self::Passed,
            ChainCheck::Unchecked => Self::Unchecked,
            ChainCheck::NoCertificate => Self::Unknown,
        }
    }
}

impl Language {
    /// Returns what a client offered, with what the server chose of it as far as that is known.
    pub(crate) fn tls_offer(&self, hello: &Hello, agreed: Option<&Agreed>) -> Vec<OfferedList> {
        let words = &self.tls_shown;
        let list = |name, items: &[String], chosen: Option<&str>| {
            let items = items.iter().map(|item| OfferedItem {
                text: visible(item),
                is_chosen: chosen.is_some_and(|chosen| chosen.eq_ignore_ascii_case(item)),
            });
            let items = items.collect();
            OfferedList { name, items }
        };
        let versions = hello.versions.iter().map(|it| OfferedItem {
            text: version_name(*it),
            is_chosen: agreed.is_some_and(|agreed| agreed.version == *it),
        });
        let server_name: Vec<_> = hello.server_name.iter().cloned().collect();
        let mut besides = Vec::new();
        besides.extend(hello.resumes.then(|| words.resumes.to_owned()));
        besides.extend((!hello.is_whole).then(|| words.not_whole.to_owned()));
        let (suite, group, alpn) = match agreed {
            Some(it) => (
                Some(it.suite.as_str()),
                it.group.as_deref(),
                it.alpn.as_deref(),
            ),
            None => (None, None, None),
        };
        let mut lists = vec![
            OfferedList {
                name: words.versions,
                items: versions.collect(),
            },
            list(words.server_name, &server_name, None),
            list(words.protocols, &hello.alpn, alpn),
            list(words.suites, &hello.suites, suite),
            list(words.groups, &hello.groups, group),
            list(words.schemes, &hello.schemes, None),
        ];
        if !besides.is_empty() {
            lists.push(list(words.more, &besides, None));
        }
        lists
    }

    /// Returns what both ends agreed on.
    pub(crate) fn tls_agreement(&self, agreed: &Agreed) -> Vec<TlsFact> {
        let words = &self.tls_shown;
        let fact = |name, text: String, standing| TlsFact {
            name,
            text,
            standing,
        };
        let or = |text: Option<&String>, none: &str| {
            text.map_or_else(|| none.to_owned(), |it| visible(it))
        };
        let time = duration(agreed.took);
        let handshake = match agreed.kind {
            HandshakeKind::Full => words.full(&time),
            HandshakeKind::Retried => words.retried(&time),
            HandshakeKind::Resumed => words.resumed(&time),
        };
        let (check, standing) = match agreed.check {
            ChainCheck::Passed => (words.check_passed, Standing::Good),
            ChainCheck::Earlier => (words.check_earlier, Standing::Good),
            ChainCheck::Unchecked => (words.check_unchecked, Standing::Caution),
            ChainCheck::NoCertificate => (words.check_none, Standing::Plain),
        };
        let plain = Standing::Plain;
        let mut facts = vec![
            fact(words.version, full_version(agreed.version), plain),
            fact(words.suite, visible(&agreed.suite), plain),
            fact(
                words.group,
                or(agreed.group.as_ref(), words.no_group),
                plain,
            ),
            fact(words.protocol, or(agreed.alpn.as_ref(), words.none), plain),
            fact(
                words.server_name,
                or(agreed.server_name.as_ref(), words.none),
                plain,
            ),
            fact(words.handshake, handshake, plain),
            fact(words.peer_certificate, check.to_owned(), standing),
        ];
        let asked = match (
            agreed.client_certificate_asked,
            agreed.client_certificate_given,
        ) {
            (_, true) => Some(words.asked_and_given),
            (Some(true), false) => Some(words.asked_in_vain),
            (Some(false), false) => Some(words.not_asked),
            (None, false) => None,
        };
        facts.extend(asked.map(|it| fact(words.client_certificate, it.to_owned(), plain)));
        facts
    }

    /// Returns a certificate of a chain in words: `place` counts from 0, which is the peer's own.
    pub(crate) fn shown_certificate(
        &self,
        (place, facts): (usize, &CertificateFacts),
        verdict: Verdict<'_>,
        our_role: Option<Role>,
        at: SystemTime,
    ) -> ShownCertificate {
        let words = &self.tls_shown;
        let digits = facts.sha256.iter().map(|byte| format!("{byte:02X}"));
        let fingerprint = digits.collect::<Vec<_>>().join(":");
        if !facts.is_readable {
            return ShownCertificate {
                title: words.place(place + 1, words.unreadable),
                facts: Vec::new(),
                checks: Vec::new(),
                fingerprint,
            };
        }
        let at = unix_seconds(at);
        ShownCertificate {
            title: words.place(place + 1, &self.holder(facts)),
            facts: self.certificate_facts(facts, at),
            checks: self.checks(place == 0, facts, (verdict, our_role), at),
            fingerprint,
        }
    }

    fn certificate_facts(&self, facts: &CertificateFacts, at: i64) -> Vec<TlsFact> {
        let words = &self.tls_shown;
        let whole = |name: &str| match name {
            "" => words.nobody.to_owned(),
            name => visible(name),
        };
        let issuer = if facts.is_self_issued {
            words.by_itself.to_owned()
        } else {
            whole(&facts.issuer)
        };
        let list = facts.names.iter().map(alternative_name);
        let list = list.collect::<Vec<_>>().join(", ");
        let list = match facts.more_names {
            0 => list,
            more => words.more_names(&list, more as u64),
        };
        let key = words.signed_with(&facts.key.to_string(), &visible(&facts.signature_algorithm));
        let key = if facts.is_ca {
            words.authority(&key)
        } else {
            key
        };
        let (dates, standing) = self.dates(facts, at);
        // The title has the name already where the subject is nothing but a name.
        let is_bare = facts.subject == format!("CN={}", bare_name(self, &facts.subject));
        let subject = (!is_bare).then(|| (words.subject, whole(&facts.subject), Standing::Plain));
        let names = (!facts.names.is_empty()).then_some((words.names, list, Standing::Plain));
        let all = [
            subject,
            Some((words.issuer, issuer, Standing::Plain)),
            names,
            Some((words.dates, dates, standing)),
            Some((words.key, key, Standing::Plain)),
        ];
        let all = all.into_iter().flatten();
        all.map(|(name, text, standing)| TlsFact {
            name,
            text,
            standing,
        })
        .collect()
    }

    /// Returns from when until when a certificate is valid, and how long that is from `at`.
    fn dates(&self, facts: &CertificateFacts, at: i64) -> (String, Standing) {
        let words = &self.tls_shown;
        let [from, until] = [facts.not_before, facts.not_after].map(|it| minute(self, it));
        let dates = words.between(&from, &until);
        if at < facts.not_before {
            let ahead = distance(self, at, facts.not_before);
            return (words.ahead(&dates, &ahead), Standing::Bad);
        }
        if at > facts.not_after {
            let ago = distance(self, facts.not_after, at);
            return (words.over(&dates, &ago), Standing::Bad);
        }
        let left = facts.not_after.saturating_sub(at);
        let standing = if left < SOON {
            Standing::Caution
        } else {
            Standing::Plain
        };
        (
            words.left(&dates, &distance(self, at, facts.not_after)),
            standing,
        )
    }

    /// Returns which checks a certificate passed: its dates always, and of the peer's own, trust, name and what failed.
    fn checks(
        &self,
        is_own: bool,
        facts: &CertificateFacts,
        (verdict, our_role): (Verdict<'_>, Option<Role>),
        at: i64,
    ) -> Vec<(String, Standing)> {
        let words = &self.tls_shown;
        let in_time = (facts.not_before..=facts.not_after).contains(&at);
        let mut checks = vec![if in_time {
            (words.in_time, Standing::Good)
        } else {
            (words.out_of_time, Standing::Bad)
        }];
        if !is_own {
            return owned(checks);
        }
        let problem = match verdict {
            Verdict::Failed(problem) => Some(problem),
            _ => None,
        };
        let is_misnamed = matches!(problem, Some(TlsProblem::WrongName { .. }));
        checks.push(match (verdict, problem) {
            // The name is looked at last.
            (Verdict::Passed, _) => (words.trusted, Standing::Good),
            _ if is_misnamed => (words.trusted, Standing::Good),
            (_, Some(TlsProblem::UnknownIssuer { .. } | TlsProblem::SelfSigned { .. })) => {
                (words.untrusted, Standing::Bad)
            }
            _ => (words.trust_open, Standing::Open),
        });
        // Nobody asks for the name of a client.
        if our_role != Some(Role::Server) {
            checks.push(match verdict {
                Verdict::Passed => (words.named, Standing::Good),
                _ if is_misnamed => (words.misnamed, Standing::Bad),
                _ => (words.name_open, Standing::Open),
            });
        }
        let failed = match problem {
            Some(TlsProblem::BadSignature { .. }) => Some(words.bad_signature),
            Some(TlsProblem::WeakKey { .. }) => Some(words.weak_key),
            Some(TlsProblem::UnsupportedSignature { .. }) => Some(words.bad_algorithm),
            Some(TlsProblem::NotForThisUse { .. }) => Some(words.wrong_use),
            Some(TlsProblem::Revoked) => Some(words.revoked),
            Some(TlsProblem::BadCertificate { .. }) => Some(words.unusable),
            _ => None,
        };
        checks.extend(failed.map(|it| (it, Standing::Bad)));
        owned(checks)
    }
}

fn owned(checks: Vec<(&'static str, Standing)>) -> Vec<(String, Standing)> {
    let checks = checks.into_iter();
    checks.map(|(text, it)| (text.to_owned(), it)).collect()
}

/// Returns a time as certificates count it.
fn unix_seconds(time: SystemTime) -> i64 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |it| -it),
    }
}
