//! How a connection's TLS stands, in short.

use super::Language;
use super::phrases::phrases;
use super::tls::{bare_name, full_version, version_names, visible};
use crate::capture::TlsSummary;
use crate::net::tls::{ChainCheck, TlsReport};
use crate::net::{Closed, ClosedBy, NetError};

phrases! {
    /// How a connection's TLS stands.
    TlsStatuses {
        plain = "Not encrypted yet: TLS begins when it is started";
        begun = "The TLS handshake is under way";
        agreed(version: &str, suite: &str) = "{version}, {suite}";
        speaking(agreed: &str, protocol: &str) = "{agreed}, {protocol} inside";
        certificate(subject: &str, until: &str) = "Certificate of {subject}, valid until {until}";
        checked(certificate: &str) = "{certificate}, checked";
        no_certificate = "The peer presented no certificate";
        unchecked = "The peer's certificate is not checked: nothing proves who the peer is";
        show = "Show the handshake";
        show_why = "Selects the entry of the handshake: what was offered and chosen, and the certificates";
        agreed_in(agreed: &str, time: &str) = "{agreed}, agreed in {time}";
        agreed_unchecked(agreed: &str) = "NOT CHECKED: {agreed}";
        refused(subject: &str) = "Refused: certificate of {subject}";
        failed(why: &str) = "TLS failed: {why}";
        cut = "Cut: TCP ended without close_notify";
        named(versions: &str, name: &str) = "{versions}, {name}";
        on_the_wire(amount: &str, wire: &str) = "{amount}, {wire} on the wire";
    }
}

impl Language {
    /// Returns the version, the suite and the protocol inside.
    pub(crate) fn tls_in_short(&self, summary: &TlsSummary) -> String {
        let words = &self.tls_statuses;
        let agreed = words.agreed(&full_version(summary.version), &visible(&summary.suite));
        match &summary.alpn {
            Some(protocol) => words.speaking(&agreed, &visible(protocol)),
            None => agreed,
        }
    }

    /// Returns what stands on the arrow of a message: what is offered and to whom, or which alert it is.
    pub(crate) fn tls_on_arrow(&self, report: &TlsReport) -> Option<String> {
        match report {
            TlsReport::Hello(hello) => {
                let versions = version_names(self, &hello.versions);
                Some(match &hello.server_name {
                    Some(name) => self.tls_statuses.named(&versions, &visible(name)),
                    None => versions,
                })
            }
            TlsReport::Alert { kind, .. } => kind.map(|kind| self.tls_alert(kind)),
            _ => None,
        }
    }

    /// Returns what stands beside a lifeline, if that is shorter than the row's words.
    pub(crate) fn tls_beside_lane(&self, report: &TlsReport) -> Option<String> {
        let words = &self.tls_statuses;
        match report {
            TlsReport::Agreed(agreed) => {
                let version = full_version(agreed.version);
                let text = words.agreed(&version, &visible(&agreed.suite));
                let text = words.agreed_in(&text, &self.numbers.duration(agreed.took));
                Some(match agreed.check {
                    ChainCheck::Unchecked => words.agreed_unchecked(&text),
                    _ => text,
                })
            }
            TlsReport::Refused { chain } => {
                let facts = &chain.first()?.facts;
                facts
                    .is_readable
                    .then(|| words.refused(&self.holder(facts)))
            }
            TlsReport::Cut => Some(words.cut.to_owned()),
            _ => None,
        }
    }

    /// Returns why TLS failed in a few words, if that ended a connection.
    pub(crate) fn tls_end_in_short(&self, closed: &Closed) -> Option<String> {
        let ClosedBy::Failure(error) = &closed.by else {
            return None;
        };
        let NetError::Tls { source, .. } = &**error else {
            return None;
        };
        let parts = self.tls_failure_parts(source);
        Some(self.tls_statuses.failed(&parts.heading))
    }

    /// Returns whose certificate the peer showed, until when it is valid, and that it was checked if it was.
    pub(crate) fn tls_peer_in_short(&self, summary: &TlsSummary) -> String {
        let words = &self.tls_statuses;
        let Some(peer) = &summary.peer else {
            return words.no_certificate.to_owned();
        };
        let subject = bare_name(self, &peer.subject);
        let certificate = words.certificate(&subject, &self.utc_day(peer.not_after));
        match summary.check {
            ChainCheck::Passed | ChainCheck::Earlier => words.checked(&certificate),
            ChainCheck::Unchecked | ChainCheck::NoCertificate => certificate,
        }
    }
}
