//! TLS at length: what was offered and what of it was chosen, and what both ends agreed on.

use super::Language;
use super::english::noun;
use super::phrases::phrases;
use super::tls::{full_version, version_name, visible};
use crate::net::tls::{Agreed, ChainCheck, HandshakeKind, Hello};

phrases! {
    /// TLS in the detail pane.
    TlsShown {
        offer = "Offered by the client";
        offer_marked = "Offered by the client; what the server chose is marked";
        chain = "Certificates of the peer, its own first";
        refused_chain = "Certificates that the peer presented";
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
        more = "Also offered";
        resumes = "an earlier session, to resume it";
        not_whole = "something that cannot be read";
        no_group = "none: the session's secrets were used again";
        handshake = "Handshake";
        full(time: &str) = "full, took {time}";
        retried(time: &str) = "full, on the second attempt with another group, took {time}";
        resumed(time: &str) = "resumed an earlier session, took {time}";
        peer_certificate = "Peer's certificate";
        check_passed = "checked: its chain, its dates and, of a server, its name";
        check_earlier = "checked when this session was first agreed on, and not again";
        check_unchecked = "NOT CHECKED: this endpoint accepts any certificate, even one made by somebody in between";
        check_none = "none was presented";
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
        over(dates: &str, ago: &str) = "{dates}, expired {ago} ago";
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
        misnamed = "It does not have the name that was asked for";
        name_open = "Its names were not compared";
        bad_signature = "A signature is not valid";
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
pub(crate) enum TlsStanding {
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
    pub(crate) standing: TlsStanding,
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
        let time = self.numbers.duration(agreed.took);
        let handshake = match agreed.kind {
            HandshakeKind::Full => words.full(&time),
            HandshakeKind::Retried => words.retried(&time),
            HandshakeKind::Resumed => words.resumed(&time),
        };
        let (check, standing) = match agreed.check {
            ChainCheck::Passed => (words.check_passed, TlsStanding::Good),
            ChainCheck::Earlier => (words.check_earlier, TlsStanding::Good),
            ChainCheck::Unchecked => (words.check_unchecked, TlsStanding::Caution),
            ChainCheck::NoCertificate => (words.check_none, TlsStanding::Plain),
        };
        let plain = TlsStanding::Plain;
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
}
