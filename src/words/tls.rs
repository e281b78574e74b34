//! TLS in rows: what was offered, what both ends agreed on, whose certificate was shown.

use super::english::{grouped, noun};
use super::phrases::phrases;
use super::{InWords as _, Language};
use crate::net::tls::{
    Agreed, AlertKind, AlternativeName, CertificateFacts, ChainCheck, HandshakeKind, Hello,
    PeerCertificate, TlsReport, TlsVersion,
};
use crate::net::{Direction, NetError, Role};
use crate::payload::VisibleText;

/// How many items of a list a sentence names.
const MAX_NAMED: usize = 6;

phrases! {
    /// TLS in rows.
    TlsRows {
        upgraded = "upgraded to TLS (STARTTLS)";
        offered(versions: &str, name: &str, alpn: &str, suites: u64) = { format!("TLS offered by the client: {versions}, {name}{alpn}, {}", noun(suites, "cipher suite", "cipher suites")) };
        with_name(name: &str) = "name {name}";
        no_name = "no server name";
        alpn(protocols: &str) = ", {protocols}";
        resumes(offered: &str) = "{offered}, and to resume an earlier session";
        not_whole(offered: &str) = "{offered}; not all of it can be read";
        agreed(version: &str, time: &str, chosen: &str) = "{version} agreed in {time}: {chosen}";
        retried(version: &str, time: &str, chosen: &str) = "{version} agreed in {time}, on the second attempt: {chosen}";
        resumed(version: &str, time: &str, chosen: &str) = "{version} resumed in {time}: {chosen}";
        certified(agreed: &str, certificate: &str) = "{agreed}; {certificate}";
        certificate(subject: &str, issuer: &str, until: &str) = "certificate of {subject} by {issuer}, valid until {until}";
        own_certificate(subject: &str, until: &str) = "certificate of {subject} by itself, valid until {until}";
        unreadable_certificate = "a certificate that cannot be read";
        unchecked(agreed: &str) = "NOT CHECKED: {agreed}";
        we_showed(agreed: &str) = "{agreed}; the client presented its certificate too";
        gave_none(agreed: &str) = "{agreed}; the client presented no certificate";
        refused(chain: &str) = "certificates of the refused handshake: {chain}";
        refused_none = "no certificates in the refused handshake";
        alert_sent(alert: &str) = "TLS alert sent: {alert}";
        alert_received(alert: &str) = "TLS alert received: {alert}";
        warning(alert: &str) = "{alert} (a warning)";
        encrypted_alert = "encrypted, so it is not known which";
        close_notify_sent = "close_notify sent: all was sent";
        close_notify_received = "close_notify received: all was received";
        cut = "cut: the TCP connection ended without close_notify, so bytes may be missing";
        secrets(lines: u64) = { format!("keys logged ({}): whoever has the key log can read this connection", noun(lines, "line", "lines")) };

        none = "none";
        more(listed: &str, more: u64) = { format!("{listed} and {} more", grouped(more)) };
        two(first: &str, second: &str) = "{first} and {second}";
        nobody = "somebody without a name";
        quoted(name: &str) = "\"{name}\"";
    }
}

impl Language {
    /// Returns what a report says, as a row does.
    pub(super) fn tls_row(&self, report: &TlsReport, role: Option<Role>) -> String {
        let words = &self.tls_rows;
        match report {
            TlsReport::Hello(hello) => self.tls_offered(hello),
            TlsReport::Agreed(agreed) => self.tls_agreed(agreed, role),
            TlsReport::Refused { chain } if chain.is_empty() => words.refused_none.to_owned(),
            TlsReport::Refused { chain } => {
                let each = chain.iter().map(|it| self.certificate_row(it));
                let each: Vec<_> = each.collect();
                words.refused(&listed(self, &each))
            }
            TlsReport::Alert {
                direction,
                kind,
                is_fatal,
            } => self.alert_row(*direction, *kind, *is_fatal),
            TlsReport::CloseNotify { direction } => match direction {
                Direction::Sent => words.close_notify_sent.to_owned(),
                Direction::Received => words.close_notify_received.to_owned(),
            },
            TlsReport::Cut => words.cut.to_owned(),
            TlsReport::Secrets(secrets) => words.secrets(secrets.lines.len() as u64),
        }
    }

    fn tls_offered(&self, hello: &Hello) -> String {
        let words = &self.tls_rows;
        let name = hello.server_name.as_deref();
        let name = name.map(|name| words.with_name(&VisibleText::plain(name).text));
        let name = name.unwrap_or_else(|| words.no_name.to_owned());
        let alpn = match hello.alpn.as_slice() {
            [] => String::new(),
            alpn => words.alpn(&names(self, alpn)),
        };
        let suites = hello.suites.iter().filter(|it| !is_reserved(it)).count();
        let versions = version_names(self, &hello.versions);
        let mut offered = words.offered(&versions, &name, &alpn, suites as u64);
        if hello.resumes {
            offered = words.resumes(&offered);
        }
        if !hello.is_whole {
            offered = words.not_whole(&offered);
        }
        offered
    }

    fn tls_agreed(&self, agreed: &Agreed, role: Option<Role>) -> String {
        let words = &self.tls_rows;
        let parts = [
            Some(&agreed.suite),
            agreed.group.as_ref(),
            agreed.alpn.as_ref(),
        ];
        let chosen = parts.into_iter().flatten().map(|it| visible(it));
        let chosen = chosen.collect::<Vec<_>>().join(self.common.comma);
        let (version, time) = (
            full_version(agreed.version),
            self.numbers.duration(agreed.took),
        );
        let mut row = match agreed.kind {
            HandshakeKind::Full => words.agreed(&version, &time, &chosen),
            HandshakeKind::Retried => words.retried(&version, &time, &chosen),
            HandshakeKind::Resumed => words.resumed(&version, &time, &chosen),
        };
        if let Some(certificate) = agreed.chain.first() {
            row = words.certified(&row, &self.certificate_row(certificate));
        }
        if agreed.check == ChainCheck::Unchecked {
            row = words.unchecked(&row);
        }
        let is_asked = agreed.client_certificate_asked == Some(true);
        match (role, agreed.client_certificate_given) {
            (Some(Role::Client), true) => words.we_showed(&row),
            (_, false) if is_asked => words.gave_none(&row),
            _ => row,
        }
    }

    fn certificate_row(&self, certificate: &PeerCertificate) -> String {
        let (words, facts) = (&self.tls_rows, &certificate.facts);
        if !facts.is_readable {
            return words.unreadable_certificate.to_owned();
        }
        let (subject, until) = (self.holder(facts), self.utc_day(facts.not_after));
        if facts.is_self_issued {
            return words.own_certificate(&subject, &until);
        }
        words.certificate(&subject, &bare_name(self, &facts.issuer), &until)
    }

    /// Returns whose a certificate is: its subject, or what else it is for if the subject is empty, as it may be.
    pub(super) fn holder(&self, facts: &CertificateFacts) -> String {
        match facts.names.first() {
            Some(first) if facts.subject.is_empty() => alternative_name(first),
            _ => bare_name(self, &facts.subject),
        }
    }

    fn alert_row(&self, direction: Direction, kind: Option<AlertKind>, is_fatal: bool) -> String {
        let words = &self.tls_rows;
        let alert = kind.map(|kind| self.tls_alert(kind));
        let alert = alert.unwrap_or_else(|| words.encrypted_alert.to_owned());
        let alert = if is_fatal {
            alert
        } else {
            words.warning(&alert)
        };
        match direction {
            Direction::Sent => words.alert_sent(&alert),
            Direction::Received => words.alert_received(&alert),
        }
    }

    /// Returns what to do after a connection ended because of its TLS.
    pub(super) fn tls_end_advice(&self, error: &NetError) -> Option<String> {
        match error {
            NetError::Tls { source, .. } => source.advice(self),
            _ => None,
        }
    }
}

pub(super) fn visible(text: &str) -> String {
    VisibleText::plain(text).text
}

pub(super) fn alternative_name(name: &AlternativeName) -> String {
    match name {
        AlternativeName::Dns(name)
        | AlternativeName::Uri(name)
        | AlternativeName::Email(name)
        | AlternativeName::Directory(name) => visible(name),
        AlternativeName::Address(address) => address.to_string(),
        AlternativeName::Other(number) => format!("[{number}]"),
    }
}

/// Returns whose name this is, in quotes.
pub(super) fn named(language: &Language, name: &str) -> String {
    match name {
        "" => language.tls_rows.nobody.to_owned(),
        name => language.tls_rows.quoted(&bare_name(language, name)),
    }
}

/// Returns the common name of a directory's name, or all of it if it has none: `CN=example.org,O=Example` is
/// `example.org` to people.
pub(super) fn bare_name(language: &Language, name: &str) -> String {
    let mut start = 0;
    let mut is_escaped = false;
    for (at, character) in name.char_indices().chain([(name.len(), ',')]) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            ',' => {
                let part = name.get(start..at).unwrap_or_default();
                if let Some(common) = part.strip_prefix("CN=").filter(|it| !it.is_empty()) {
                    return visible(&unescaped(common));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    match name {
        "" => language.tls_rows.nobody.to_owned(),
        name => visible(name),
    }
}

/// Returns part of a directory's name without the escapes of signs that have a meaning there (RFC 4514): `\,` is `,`.
fn unescaped(part: &str) -> String {
    let mut text = String::new();
    let mut rest = part.chars().peekable();
    while let Some(character) = rest.next() {
        match rest.peek() {
            Some(next) if character == '\\' && ",+\"\\<>;=# ".contains(*next) => {
                text.extend(rest.next());
            }
            _ => text.push(character),
        }
    }
    text
}

/// Returns a list as a sentence has it: the first few, and how many more.
pub(super) fn names(language: &Language, list: &[String]) -> String {
    let shown = list.iter().filter(|it| !is_reserved(it));
    let shown: Vec<_> = shown.map(|it| visible(it)).collect();
    listed(language, &shown)
}

fn listed(language: &Language, list: &[String]) -> String {
    let words = &language.tls_rows;
    match list.split_at_checked(MAX_NAMED) {
        Some((first, rest)) if !rest.is_empty() => {
            words.more(&first.join(language.common.comma), rest.len() as u64)
        }
        _ if list.is_empty() => words.none.to_owned(),
        _ => list.join(language.common.comma),
    }
}

/// Returns versions without the name of the protocol, as `1.3 and 1.2`.
pub(super) fn version_names(language: &Language, versions: &[TlsVersion]) -> String {
    let shown = versions
        .iter()
        .filter(|it| !is_reserved_number(it.number()));
    let shown: Vec<_> = shown.map(|it| version_name(*it)).collect();
    match shown.as_slice() {
        [first, second] => language.tls_rows.two(first, second),
        shown => listed(language, shown),
    }
}

pub(super) fn version_name(version: TlsVersion) -> String {
    let name = match version {
        TlsVersion::Ssl3 => "SSL 3.0",
        TlsVersion::Tls10 => "1.0",
        TlsVersion::Tls11 => "1.1",
        TlsVersion::Tls12 => "1.2",
        TlsVersion::Tls13 => "1.3",
        TlsVersion::Other(number) => return format!("0x{number:04X}"),
    };
    name.to_owned()
}

pub(super) fn full_version(version: TlsVersion) -> String {
    match version {
        TlsVersion::Ssl3 => version_name(version),
        _ => format!("TLS {}", version_name(version)),
    }
}

/// Whether a name stands for a number that is reserved so that nobody relies on lists without unknown items (RFC 8701).
fn is_reserved(name: &str) -> bool {
    let number = name.strip_prefix("0x").filter(|it| it.len() == 4);
    let number = number.and_then(|it| u16::from_str_radix(it, 16).ok());
    number.is_some_and(is_reserved_number)
}

fn is_reserved_number(number: u16) -> bool {
    let [high, low] = number.to_be_bytes();
    high == low && low & 0x0F == 0x0A
}
