//! What a connection's TLS reports, as fields of a body. Of certificates their bytes are stored; what they say is read
//! again from them.

use std::sync::Arc;

use super::super::fields::{FieldWriter, Fields};
use super::{duration, kind, nanos, tag};
use crate::net::Direction;
use crate::net::tls::{
    Agreed, AlertKind, CertificateFacts, ChainCheck, HandshakeKind, Hello, MAX_CERTIFICATES,
    MAX_OFFERED, PeerCertificate, Secrets, TlsReport, TlsVersion,
};

/// How many lines of a key log are read: TLS 1.3 has five for a connection, and some more for new keys.
const MAX_SECRETS: usize = 32;

/// Adds a report, and returns the number of its kind.
pub(super) fn put_report(body: &mut FieldWriter, report: &TlsReport) -> u16 {
    match report {
        TlsReport::Hello(hello) => {
            put_hello(body, hello);
            kind::TLS_HELLO
        }
        TlsReport::Agreed(agreed) => {
            put_agreed(body, agreed);
            kind::TLS_AGREED
        }
        TlsReport::Refused { chain } => {
            put_chain(body, chain);
            kind::TLS_REFUSED
        }
        TlsReport::Alert {
            direction,
            kind,
            is_fatal,
        } => {
            put_direction(body, *direction);
            put_alert(body, *kind);
            body.flag(tag::FATAL, *is_fatal);
            kind::TLS_ALERT
        }
        TlsReport::CloseNotify { direction } => {
            put_direction(body, *direction);
            kind::TLS_CLOSE_NOTIFY
        }
        TlsReport::Cut => kind::TLS_CUT,
        TlsReport::Secrets(secrets) => {
            body.texts(tag::SECRET, &secrets.lines);
            kind::TLS_SECRETS
        }
    }
}

/// Returns a report of this kind; `None` for a number that is none, or if something is missing.
pub(super) fn report(number: u16, fields: &Fields<'_>) -> Option<TlsReport> {
    Some(match number {
        kind::TLS_HELLO => TlsReport::Hello(Arc::new(hello(fields)?)),
        kind::TLS_AGREED => TlsReport::Agreed(Box::new(agreed(fields)?)),
        kind::TLS_REFUSED => TlsReport::Refused {
            chain: chain(fields),
        },
        kind::TLS_ALERT => TlsReport::Alert {
            direction: direction(fields)?,
            kind: alert(fields),
            is_fatal: fields.flag(tag::FATAL),
        },
        kind::TLS_CLOSE_NOTIFY => TlsReport::CloseNotify {
            direction: direction(fields)?,
        },
        kind::TLS_CUT => TlsReport::Cut,
        kind::TLS_SECRETS => TlsReport::Secrets(Secrets {
            lines: fields.texts(tag::SECRET, MAX_SECRETS),
        }),
        _ => return None,
    })
}

fn put_hello(body: &mut FieldWriter, hello: &Hello) {
    put_versions(body, tag::OFFERED_VERSIONS, &hello.versions);
    put_text(body, tag::SERVER_NAME, hello.server_name.as_deref());
    body.texts(tag::OFFERED_ALPN, &hello.alpn)
        .texts(tag::OFFERED_SUITES, &hello.suites)
        .texts(tag::OFFERED_GROUPS, &hello.groups)
        .texts(tag::OFFERED_SCHEMES, &hello.schemes)
        .flag(tag::RESUMES, hello.resumes)
        .put(tag::RANDOM, &hello.random)
        .flag(tag::WHOLE_HELLO, hello.is_whole);
}

fn hello(fields: &Fields<'_>) -> Option<Hello> {
    Some(Hello {
        versions: versions(fields, tag::OFFERED_VERSIONS),
        server_name: fields.text(tag::SERVER_NAME),
        alpn: fields.texts(tag::OFFERED_ALPN, MAX_OFFERED),
        suites: fields.texts(tag::OFFERED_SUITES, MAX_OFFERED),
        groups: fields.texts(tag::OFFERED_GROUPS, MAX_OFFERED),
        schemes: fields.texts(tag::OFFERED_SCHEMES, MAX_OFFERED),
        resumes: fields.flag(tag::RESUMES),
        random: fields.fixed(tag::RANDOM)?,
        is_whole: fields.flag(tag::WHOLE_HELLO),
    })
}

fn put_agreed(body: &mut FieldWriter, agreed: &Agreed) {
    let handshake = match agreed.kind {
        HandshakeKind::Full => 1,
        HandshakeKind::Retried => 2,
        HandshakeKind::Resumed => 3,
    };
    let check = match agreed.check {
        ChainCheck::Passed => 1,
        ChainCheck::Earlier => 2,
        ChainCheck::Unchecked => 3,
        ChainCheck::NoCertificate => 4,
    };
    body.number(tag::TLS_VERSION, agreed.version.number().into())
        .text(tag::SUITE, &agreed.suite);
    put_text(body, tag::GROUP, agreed.group.as_deref());
    put_text(body, tag::ALPN, agreed.alpn.as_deref());
    put_text(body, tag::SERVER_NAME, agreed.server_name.as_deref());
    body.number(tag::HANDSHAKE, handshake)
        .number(tag::CHECK, check);
    put_chain(body, &agreed.chain);
    if let Some(is_asked) = agreed.client_certificate_asked {
        body.number(tag::CERTIFICATE_ASKED, 1 + u64::from(is_asked));
    }
    body.flag(tag::CERTIFICATE_GIVEN, agreed.client_certificate_given)
        .number(tag::NANOS, nanos(agreed.took));
}

fn agreed(fields: &Fields<'_>) -> Option<Agreed> {
    Some(Agreed {
        version: TlsVersion::of(fields.small(tag::TLS_VERSION)?),
        suite: fields.text(tag::SUITE)?,
        group: fields.text(tag::GROUP),
        alpn: fields.text(tag::ALPN),
        server_name: fields.text(tag::SERVER_NAME),
        kind: match fields.number(tag::HANDSHAKE)? {
            1 => HandshakeKind::Full,
            2 => HandshakeKind::Retried,
            3 => HandshakeKind::Resumed,
            _ => return None,
        },
        chain: chain(fields),
        check: match fields.number(tag::CHECK)? {
            1 => ChainCheck::Passed,
            2 => ChainCheck::Earlier,
            3 => ChainCheck::Unchecked,
            4 => ChainCheck::NoCertificate,
            _ => return None,
        },
        client_certificate_asked: match fields.number(tag::CERTIFICATE_ASKED) {
            Some(1) => Some(false),
            Some(2) => Some(true),
            _ => None,
        },
        client_certificate_given: fields.flag(tag::CERTIFICATE_GIVEN),
        took: duration(fields)?,
    })
}

fn put_chain(body: &mut FieldWriter, chain: &[PeerCertificate]) {
    for certificate in chain {
        body.put(tag::CERTIFICATE, &certificate.der);
    }
}

fn chain(fields: &Fields<'_>) -> Vec<PeerCertificate> {
    let certificates = fields.all(tag::CERTIFICATE, MAX_CERTIFICATES);
    let certificates = certificates.map(|der| PeerCertificate {
        der: der.to_vec(),
        facts: CertificateFacts::of(der),
    });
    certificates.collect()
}

/// Adds versions: 2 bytes each, as on the wire but for their order.
pub(super) fn put_versions(body: &mut FieldWriter, tag: u8, versions: &[TlsVersion]) {
    let numbers = versions.iter().map(|it| it.number().to_le_bytes());
    let bytes: Vec<_> = numbers.flatten().collect();
    body.put(tag, &bytes);
}

pub(super) fn versions(fields: &Fields<'_>, tag: u8) -> Vec<TlsVersion> {
    let (numbers, _) = fields.get(tag).unwrap_or_default().as_chunks::<2>();
    let numbers = numbers.iter().take(MAX_OFFERED);
    let versions = numbers.map(|bytes| TlsVersion::of(u16::from_le_bytes(*bytes)));
    versions.collect()
}

pub(super) fn put_alert(body: &mut FieldWriter, alert: Option<AlertKind>) {
    if let Some(AlertKind(number)) = alert {
        body.number(tag::ALERT, number.into());
    }
}

pub(super) fn alert(fields: &Fields<'_>) -> Option<AlertKind> {
    fields.small(tag::ALERT).map(AlertKind)
}

pub(super) fn put_text(body: &mut FieldWriter, tag: u8, text: Option<&str>) {
    if let Some(text) = text {
        body.text(tag, text);
    }
}

fn put_direction(body: &mut FieldWriter, direction: Direction) {
    let direction = match direction {
        Direction::Received => 1,
        Direction::Sent => 2,
    };
    body.number(tag::DIRECTION, direction);
}

fn direction(fields: &Fields<'_>) -> Option<Direction> {
    match fields.number(tag::DIRECTION)? {
        1 => Some(Direction::Received),
        2 => Some(Direction::Sent),
        _ => None,
    }
}
