//! Certificates at length: their names, how long they are valid, and which checks they passed.

use std::time::SystemTime;

use super::Language;
use super::tls::{alternative_name, bare_name, visible};
use super::tls_detail::{TlsFact, TlsStanding};
use crate::net::Role;
use crate::net::tls::{CertificateFacts, ChainCheck, TlsProblem};

/// How many seconds before its end a certificate's dates are something to notice.
const SOON: i64 = 14 * 24 * 60 * 60;

/// A certificate in words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ShownCertificate {
    /// Whose it is, with its place in the chain.
    pub(crate) title: String,
    /// What it says.
    pub(crate) facts: Vec<TlsFact>,
    /// What was checked, and how it went.
    pub(crate) checks: Vec<(String, TlsStanding)>,
    /// Its fingerprint: `AB:CD:…`.
    pub(crate) fingerprint: String,
}

/// What became of a peer's chain.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CertificateVerdict<'a> {
    /// It was checked, and is good.
    Passed,
    /// It was not checked.
    Unchecked,
    /// A check failed.
    Failed(&'a TlsProblem),
    /// That is not known.
    Unknown,
}

impl CertificateVerdict<'_> {
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
    /// Returns a certificate of a chain in words: `place` counts from 0, which is the peer's own.
    pub(crate) fn shown_certificate(
        &self,
        (place, facts): (usize, &CertificateFacts),
        verdict: CertificateVerdict<'_>,
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
        let list = list.collect::<Vec<_>>().join(self.common.comma);
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
        let subject =
            (!is_bare).then(|| (words.subject, whole(&facts.subject), TlsStanding::Plain));
        let names = (!facts.names.is_empty()).then_some((words.names, list, TlsStanding::Plain));
        let all = [
            subject,
            Some((words.issuer, issuer, TlsStanding::Plain)),
            names,
            Some((words.dates, dates, standing)),
            Some((words.key, key, TlsStanding::Plain)),
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
    fn dates(&self, facts: &CertificateFacts, at: i64) -> (String, TlsStanding) {
        let words = &self.tls_shown;
        let [from, until] = [facts.not_before, facts.not_after].map(|it| self.utc_minute(it));
        let dates = words.between(&from, &until);
        if at < facts.not_before {
            let ahead = self.distance(at, facts.not_before);
            return (words.ahead(&dates, &ahead), TlsStanding::Bad);
        }
        if at > facts.not_after {
            let ago = self.distance(facts.not_after, at);
            return (words.over(&dates, &ago), TlsStanding::Bad);
        }
        let left = facts.not_after.saturating_sub(at);
        let standing = if left < SOON {
            TlsStanding::Caution
        } else {
            TlsStanding::Plain
        };
        (
            words.left(&dates, &self.distance(at, facts.not_after)),
            standing,
        )
    }

    /// Returns which checks a certificate passed: its dates always, and of the peer's own, trust, name and what failed.
    fn checks(
        &self,
        is_own: bool,
        facts: &CertificateFacts,
        (verdict, our_role): (CertificateVerdict<'_>, Option<Role>),
        at: i64,
    ) -> Vec<(String, TlsStanding)> {
        let words = &self.tls_shown;
        let in_time = (facts.not_before..=facts.not_after).contains(&at);
        let mut checks = vec![if in_time {
            (words.in_time, TlsStanding::Good)
        } else {
            (words.out_of_time, TlsStanding::Bad)
        }];
        if !is_own {
            return owned(checks);
        }
        let problem = match verdict {
            CertificateVerdict::Failed(problem) => Some(problem),
            _ => None,
        };
        let is_misnamed = matches!(problem, Some(TlsProblem::WrongName { .. }));
        checks.push(match (verdict, problem) {
            // The name is looked at last.
            (CertificateVerdict::Passed, _) => (words.trusted, TlsStanding::Good),
            _ if is_misnamed => (words.trusted, TlsStanding::Good),
            (_, Some(TlsProblem::UnknownIssuer { .. } | TlsProblem::SelfSigned { .. })) => {
                (words.untrusted, TlsStanding::Bad)
            }
            _ => (words.trust_open, TlsStanding::Open),
        });
        // Nobody asks for the name of a client.
        if our_role != Some(Role::Server) {
            checks.push(match verdict {
                CertificateVerdict::Passed => (words.named, TlsStanding::Good),
                _ if is_misnamed => (words.misnamed, TlsStanding::Bad),
                _ => (words.name_open, TlsStanding::Open),
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
        checks.extend(failed.map(|it| (it, TlsStanding::Bad)));
        owned(checks)
    }
}

fn owned(checks: Vec<(&'static str, TlsStanding)>) -> Vec<(String, TlsStanding)> {
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
