//! Why TLS failed, or could not be set up, as fields of a body.

use std::path::{Path, PathBuf};

use super::super::fields::{FieldWriter, Fields};
use super::system::{put_system_error, system_error};
use super::tls::{alert, put_alert, put_text, put_versions, versions};
use super::{duration, nanos, tag};
use crate::net::tls::{
    Accuser, ClosedHow, IdentityError, MAX_OFFERED, PlainProtocol, Stage, TlsChoice, TlsFailure,
    TlsProblem, TlsSettingError,
};

/// The numbers of what can be wrong with a connection's TLS.
mod problem {
    pub(super) const UNKNOWN_ISSUER: u64 = 1;
    pub(super) const SELF_SIGNED: u64 = 2;
    pub(super) const WRONG_NAME: u64 = 3;
    pub(super) const EXPIRED: u64 = 4;
    pub(super) const NOT_YET_VALID: u64 = 5;
    pub(super) const NOT_FOR_THIS_USE: u64 = 6;
    pub(super) const BAD_SIGNATURE: u64 = 7;
    pub(super) const WEAK_KEY: u64 = 8;
    pub(super) const UNSUPPORTED_SIGNATURE: u64 = 9;
    pub(super) const REVOKED: u64 = 10;
    pub(super) const BAD_CERTIFICATE: u64 = 11;
    pub(super) const NO_COMMON_VERSION: u64 = 12;
    pub(super) const NO_COMMON_SUITE: u64 = 13;
    pub(super) const NO_COMMON_ALPN: u64 = 14;
    pub(super) const CLIENT_CERTIFICATE_REQUIRED: u64 = 15;
    pub(super) const CERTIFICATE_REFUSED: u64 = 16;
    pub(super) const NOT_TLS: u64 = 17;
    pub(super) const TIMED_OUT: u64 = 18;
    pub(super) const CLOSED: u64 = 19;
    pub(super) const RECORD_TOO_LONG: u64 = 20;
    pub(super) const UNDECIPHERABLE: u64 = 21;
    pub(super) const MALFORMED: u64 = 22;
    pub(super) const UNEXPECTED: u64 = 23;
    pub(super) const INCOMPATIBLE: u64 = 24;
    pub(super) const ALERT: u64 = 25;
    pub(super) const OTHER: u64 = 26;
}

/// The numbers of what can be wrong with settings, from 1 on.
mod setting {
    pub(super) const IDENTITY: u64 = 1;
    pub(super) const ROOTS: u64 = 2;
    pub(super) const NO_USABLE_ROOT: u64 = 3;
    pub(super) const NO_ROOTS: u64 = 4;
    pub(super) const SERVER_NAME: u64 = 5;
    pub(super) const ALPN: u64 = 6;
    pub(super) const FLAW_OF_FILES: u64 = 7;
    pub(super) const REFUSED: u64 = 8;
}

/// The numbers of what can be wrong with a certificate or key.
mod identity {
    pub(super) const READ: u64 = 1;
    pub(super) const WRITE: u64 = 2;
    pub(super) const NOT_PLAIN: u64 = 3;
    pub(super) const TOO_LARGE: u64 = 4;
    pub(super) const DAMAGED: u64 = 5;
    pub(super) const NO_CERTIFICATE: u64 = 6;
    pub(super) const NO_KEY: u64 = 7;
    pub(super) const KEY_ENCRYPTED: u64 = 8;
    pub(super) const KEY_UNUSABLE: u64 = 9;
    pub(super) const KEY_MISMATCH: u64 = 10;
    pub(super) const NOT_AUTHORITY: u64 = 11;
    pub(super) const AUTHORITY_EXPIRED: u64 = 12;
}

// The numbers of these are their places here, from 1 on.
const ACCUSERS: [Accuser; 3] = [Accuser::Us, Accuser::Peer, Accuser::Nobody];
const CHOICES: [TlsChoice; 3] = [TlsChoice::Suite, TlsChoice::Group, TlsChoice::Scheme];
const PROTOCOLS: [PlainProtocol; 5] = [
    PlainProtocol::Http,
    PlainProtocol::Ssh,
    PlainProtocol::Greeting,
    PlainProtocol::Text,
    PlainProtocol::Unknown,
];
const STAGES: [Stage; 3] = [Stage::Nothing, Stage::FirstMessage, Stage::AfterHello];
const ENDS: [ClosedHow; 2] = [ClosedHow::Finished, ClosedHow::Reset];
/// How many bytes of a peer that speaks no TLS are read.
const MAX_FIRST_BYTES: usize = 16;

fn put_place<T: PartialEq>(body: &mut FieldWriter, tag: u8, all: &[T], one: &T) {
    let place = all.iter().position(|it| it == one);
    body.number(tag, place.map_or(0, |place| place as u64 + 1));
}

fn at_place<T: Copy>(fields: &Fields<'_>, tag: u8, all: &[T]) -> Option<T> {
    let number = fields.small::<usize>(tag)?;
    all.get(number.checked_sub(1)?).copied()
}

/// Adds a failure.
pub(super) fn put_tls_failure(body: &mut FieldWriter, failure: &TlsFailure) {
    put_place(body, tag::ACCUSER, &ACCUSERS, &failure.by);
    put_alert(body, failure.alert);
    put_text(body, tag::SERVER_NAME, failure.server_name.as_deref());
    body.flag(tag::IN_HANDSHAKE, failure.in_handshake);
    let number = put_problem(body, &failure.problem);
    body.number(tag::TLS_PROBLEM, number);
}

/// Returns a failure.
pub(super) fn tls_failure(fields: &Fields<'_>) -> Option<TlsFailure> {
    Some(TlsFailure {
        problem: tls_problem(fields)?,
        by: at_place(fields, tag::ACCUSER, &ACCUSERS)?,
        alert: alert(fields),
        server_name: fields.text(tag::SERVER_NAME),
        in_handshake: fields.flag(tag::IN_HANDSHAKE),
    })
}

#[expect(clippy::too_many_lines, reason = "an arm for each kind")]
fn put_problem(body: &mut FieldWriter, problem: &TlsProblem) -> u64 {
    match problem {
        TlsProblem::UnknownIssuer {
            subject,
            issuer,
            is_single,
        } => {
            body.text(tag::SUBJECT, subject)
                .text(tag::ISSUER, issuer)
                .flag(tag::SINGLE, *is_single);
            problem::UNKNOWN_ISSUER
        }
        TlsProblem::SelfSigned { subject } => {
            body.text(tag::SUBJECT, subject);
            problem::SELF_SIGNED
        }
        TlsProblem::WrongName {
            expected,
            presented,
        } => {
            body.text(tag::EXPECTED, expected)
                .texts(tag::PRESENTED, presented);
            problem::WRONG_NAME
        }
        TlsProblem::Expired { not_after, now } => {
            body.signed(tag::MOMENT, *not_after).signed(tag::NOW, *now);
            problem::EXPIRED
        }
        TlsProblem::NotYetValid { not_before, now } => {
            body.signed(tag::MOMENT, *not_before).signed(tag::NOW, *now);
            problem::NOT_YET_VALID
        }
        TlsProblem::NotForThisUse {
            required,
            presented,
        } => {
            put_text(body, tag::EXPECTED, required.as_deref());
            body.texts(tag::PRESENTED, presented);
            problem::NOT_FOR_THIS_USE
        }
        TlsProblem::BadSignature { subject, issuer } => {
            body.text(tag::SUBJECT, subject).text(tag::ISSUER, issuer);
            problem::BAD_SIGNATURE
        }
        TlsProblem::WeakKey { bits } => {
            body.number(tag::COUNT, (*bits).into());
            problem::WEAK_KEY
        }
        TlsProblem::UnsupportedSignature { algorithm } => {
            body.text(tag::PRESENTED, algorithm);
            problem::UNSUPPORTED_SIGNATURE
        }
        TlsProblem::Revoked => problem::REVOKED,
        TlsProblem::BadCertificate { detail } => {
            body.text(tag::DETAIL, detail);
            problem::BAD_CERTIFICATE
        }
        TlsProblem::NoCommonVersion { offered, accepted } => {
            put_versions(body, tag::OFFERED_VERSIONS, offered);
            put_versions(body, tag::ACCEPTED_VERSIONS, accepted);
            problem::NO_COMMON_VERSION
        }
        TlsProblem::NoCommonSuite {
            of,
            offered,
            accepted,
        } => {
            put_place(body, tag::CHOICE, &CHOICES, of);
            body.texts(tag::OFFERED, offered)
                .texts(tag::ACCEPTED, accepted);
            problem::NO_COMMON_SUITE
        }
        TlsProblem::NoCommonAlpn { offered, accepted } => {
            body.texts(tag::OFFERED, offered)
                .texts(tag::ACCEPTED, accepted);
            problem::NO_COMMON_ALPN
        }
        TlsProblem::ClientCertificateRequired => problem::CLIENT_CERTIFICATE_REQUIRED,
        TlsProblem::CertificateRefused => problem::CERTIFICATE_REFUSED,
        TlsProblem::NotTls { first, looks_like } => {
            body.put(tag::FIRST_BYTES, first);
            put_place(body, tag::LOOKS_LIKE, &PROTOCOLS, looks_like);
            problem::NOT_TLS
        }
        TlsProblem::TimedOut { after, stage } => {
            body.number(tag::NANOS, nanos(*after));
            put_place(body, tag::STAGE, &STAGES, stage);
            problem::TIMED_OUT
        }
        TlsProblem::Closed { how, stage } => {
            put_place(body, tag::CLOSED_HOW, &ENDS, how);
            put_place(body, tag::STAGE, &STAGES, stage);
            problem::CLOSED
        }
        TlsProblem::RecordTooLong => problem::RECORD_TOO_LONG,
        TlsProblem::Undecipherable => problem::UNDECIPHERABLE,
        TlsProblem::Malformed { detail } => {
            body.text(tag::DETAIL, detail);
            problem::MALFORMED
        }
        TlsProblem::Unexpected { detail } => {
            body.text(tag::DETAIL, detail);
            problem::UNEXPECTED
        }
        TlsProblem::Incompatible { detail } => {
            body.text(tag::DETAIL, detail);
            problem::INCOMPATIBLE
        }
        TlsProblem::Alert => problem::ALERT,
        TlsProblem::Other { detail } => {
            body.text(tag::DETAIL, detail);
            problem::OTHER
        }
    }
}

fn tls_problem(fields: &Fields<'_>) -> Option<TlsProblem> {
    let texts = |tag| fields.texts(tag, MAX_OFFERED);
    let subject = || fields.text(tag::SUBJECT);
    let issuer = || fields.text(tag::ISSUER);
    let detail = || fields.text(tag::DETAIL);
    let moment = || fields.signed(tag::MOMENT);
    let now = || fields.signed(tag::NOW);
    let stage = || at_place(fields, tag::STAGE, &STAGES);
    Some(match fields.number(tag::TLS_PROBLEM)? {
        problem::UNKNOWN_ISSUER => TlsProblem::UnknownIssuer {
            subject: subject()?,
            issuer: issuer()?,
            is_single: fields.flag(tag::SINGLE),
        },
        problem::SELF_SIGNED => TlsProblem::SelfSigned {
            subject: subject()?,
        },
        problem::WRONG_NAME => TlsProblem::WrongName {
            expected: fields.text(tag::EXPECTED)?,
            presented: texts(tag::PRESENTED),
        },
        problem::EXPIRED => TlsProblem::Expired {
            not_after: moment()?,
            now: now()?,
        },
        problem::NOT_YET_VALID => TlsProblem::NotYetValid {
            not_before: moment()?,
            now: now()?,
        },
        problem::NOT_FOR_THIS_USE => TlsProblem::NotForThisUse {
            required: fields.text(tag::EXPECTED),
            presented: texts(tag::PRESENTED),
        },
        problem::BAD_SIGNATURE => TlsProblem::BadSignature {
            subject: subject()?,
            issuer: issuer()?,
        },
        problem::WEAK_KEY => TlsProblem::WeakKey {
            bits: fields.small(tag::COUNT)?,
        },
        problem::UNSUPPORTED_SIGNATURE => TlsProblem::UnsupportedSignature {
            algorithm: fields.text(tag::PRESENTED)?,
        },
        problem::REVOKED => TlsProblem::Revoked,
        problem::BAD_CERTIFICATE => TlsProblem::BadCertificate { detail: detail()? },
        problem::NO_COMMON_VERSION => TlsProblem::NoCommonVersion {
            offered: versions(fields, tag::OFFERED_VERSIONS),
            accepted: versions(fields, tag::ACCEPTED_VERSIONS),
        },
        problem::NO_COMMON_SUITE => TlsProblem::NoCommonSuite {
            of: at_place(fields, tag::CHOICE, &CHOICES)?,
            offered: texts(tag::OFFERED),
            accepted: texts(tag::ACCEPTED),
        },
        problem::NO_COMMON_ALPN => TlsProblem::NoCommonAlpn {
            offered: texts(tag::OFFERED),
            accepted: texts(tag::ACCEPTED),
        },
        problem::CLIENT_CERTIFICATE_REQUIRED => TlsProblem::ClientCertificateRequired,
        problem::CERTIFICATE_REFUSED => TlsProblem::CertificateRefused,
        problem::NOT_TLS => TlsProblem::NotTls {
            first: first_bytes(fields),
            looks_like: at_place(fields, tag::LOOKS_LIKE, &PROTOCOLS)
                .unwrap_or(PlainProtocol::Unknown),
        },
        problem::TIMED_OUT => TlsProblem::TimedOut {
            after: duration(fields)?,
            stage: stage()?,
        },
        problem::CLOSED => TlsProblem::Closed {
            how: at_place(fields, tag::CLOSED_HOW, &ENDS)?,
            stage: stage()?,
        },
        problem::RECORD_TOO_LONG => TlsProblem::RecordTooLong,
        problem::UNDECIPHERABLE => TlsProblem::Undecipherable,
        problem::MALFORMED => TlsProblem::Malformed { detail: detail()? },
        problem::UNEXPECTED => TlsProblem::Unexpected { detail: detail()? },
        problem::INCOMPATIBLE => TlsProblem::Incompatible { detail: detail()? },
        problem::ALERT => TlsProblem::Alert,
        problem::OTHER => TlsProblem::Other { detail: detail()? },
        _ => return None,
    })
}

fn first_bytes(fields: &Fields<'_>) -> Vec<u8> {
    let first = fields.get(tag::FIRST_BYTES).unwrap_or_default();
    first.iter().copied().take(MAX_FIRST_BYTES).collect()
}

/// Adds what is wrong with settings.
pub(super) fn put_setting_error(body: &mut FieldWriter, error: &TlsSettingError) {
    let number = match error {
        // The library's own error cannot be made again; what it says can be kept.
        TlsSettingError::Identity(IdentityError::Make(error))
        | TlsSettingError::Roots(IdentityError::Make(error)) => {
            body.text(tag::DETAIL, &error.to_string());
            setting::REFUSED
        }
        TlsSettingError::Identity(error) => {
            put_identity_error(body, error);
            setting::IDENTITY
        }
        TlsSettingError::Roots(error) => {
            put_identity_error(body, error);
            setting::ROOTS
        }
        TlsSettingError::NoUsableRoot { path } => {
            put_path(body, tag::PATH, path);
            setting::NO_USABLE_ROOT
        }
        TlsSettingError::NoRoots => setting::NO_ROOTS,
        TlsSettingError::ServerName { name } => {
            body.text(tag::SERVER_NAME, name);
            setting::SERVER_NAME
        }
        TlsSettingError::Alpn { protocol } => {
            body.text(tag::ALPN, protocol);
            setting::ALPN
        }
        TlsSettingError::FlawOfFiles => setting::FLAW_OF_FILES,
        TlsSettingError::Refused { detail } => {
            body.text(tag::DETAIL, detail);
            setting::REFUSED
        }
    };
    body.number(tag::TLS_SETTING, number);
}

/// Returns what is wrong with settings.
pub(super) fn setting_error(fields: &Fields<'_>) -> Option<TlsSettingError> {
    Some(match fields.number(tag::TLS_SETTING)? {
        setting::IDENTITY => TlsSettingError::Identity(identity_error(fields)?),
        setting::ROOTS => TlsSettingError::Roots(identity_error(fields)?),
        setting::NO_USABLE_ROOT => TlsSettingError::NoUsableRoot {
            path: path(fields, tag::PATH)?,
        },
        setting::NO_ROOTS => TlsSettingError::NoRoots,
        setting::SERVER_NAME => TlsSettingError::ServerName {
            name: fields.text(tag::SERVER_NAME)?,
        },
        setting::ALPN => TlsSettingError::Alpn {
            protocol: fields.text(tag::ALPN)?,
        },
        setting::FLAW_OF_FILES => TlsSettingError::FlawOfFiles,
        setting::REFUSED => TlsSettingError::Refused {
            detail: fields.text(tag::DETAIL)?,
        },
        _ => return None,
    })
}

fn put_identity_error(body: &mut FieldWriter, error: &IdentityError) {
    let (number, path) = match error {
        IdentityError::Read { path, source } => {
            put_system_error(body, source);
            (identity::READ, path)
        }
        IdentityError::Write { path, source } => {
            put_system_error(body, source);
            (identity::WRITE, path)
        }
        IdentityError::NotPlain { path } => (identity::NOT_PLAIN, path),
        IdentityError::TooLarge { path, limit_bytes } => {
            body.number(tag::LIMIT, *limit_bytes);
            (identity::TOO_LARGE, path)
        }
        IdentityError::Damaged { path } => (identity::DAMAGED, path),
        IdentityError::NoCertificate { path } => (identity::NO_CERTIFICATE, path),
        IdentityError::NoKey { path } => (identity::NO_KEY, path),
        IdentityError::KeyEncrypted { path } => (identity::KEY_ENCRYPTED, path),
        IdentityError::KeyUnusable { path } => (identity::KEY_UNUSABLE, path),
        IdentityError::KeyMismatch { certificate, key } => {
            put_path(body, tag::KEY_PATH, key);
            (identity::KEY_MISMATCH, certificate)
        }
        IdentityError::NotAuthority { path } => (identity::NOT_AUTHORITY, path),
        IdentityError::AuthorityExpired { path, not_after } => {
            body.signed(tag::MOMENT, *not_after);
            (identity::AUTHORITY_EXPIRED, path)
        }
        // Written by what encloses it.
        IdentityError::Make(_) => return,
    };
    put_path(body, tag::PATH, path);
    body.number(tag::IDENTITY, number);
}

fn identity_error(fields: &Fields<'_>) -> Option<IdentityError> {
    let path = path(fields, tag::PATH)?;
    Some(match fields.number(tag::IDENTITY)? {
        identity::READ => IdentityError::Read {
            path,
            source: system_error(fields)?,
        },
        identity::WRITE => IdentityError::Write {
            path,
            source: system_error(fields)?,
        },
        identity::NOT_PLAIN => IdentityError::NotPlain { path },
        identity::TOO_LARGE => IdentityError::TooLarge {
            path,
            limit_bytes: fields.number(tag::LIMIT)?,
        },
        identity::DAMAGED => IdentityError::Damaged { path },
        identity::NO_CERTIFICATE => IdentityError::NoCertificate { path },
        identity::NO_KEY => IdentityError::NoKey { path },
        identity::KEY_ENCRYPTED => IdentityError::KeyEncrypted { path },
        identity::KEY_UNUSABLE => IdentityError::KeyUnusable { path },
        identity::KEY_MISMATCH => IdentityError::KeyMismatch {
            certificate: path,
            key: self::path(fields, tag::KEY_PATH)?,
        },
        identity::NOT_AUTHORITY => IdentityError::NotAuthority { path },
        identity::AUTHORITY_EXPIRED => IdentityError::AuthorityExpired {
            path,
            not_after: fields.signed(tag::MOMENT)?,
        },
        _ => return None,
    })
}

/// Adds a path. What is not UTF-8 in it is replaced: it is there to be read, not to be opened.
fn put_path(body: &mut FieldWriter, tag: u8, path: &Path) {
    body.text(tag, &path.to_string_lossy());
}

fn path(fields: &Fields<'_>, tag: u8) -> Option<PathBuf> {
    Some(fields.text(tag)?.into())
}
