//! Errors of the operating system, as fields of a body.

use std::borrow::Cow;
use std::io::ErrorKind;

use super::super::fields::{FieldWriter, Fields};
use super::tag;
use crate::net::{LookUpError, LookUpErrorKind, SystemError};

/// The kinds of system errors, in the order of their numbers.
const ERROR_KINDS: [ErrorKind; 18] = [
    ErrorKind::Other,
    ErrorKind::AddrInUse,
    ErrorKind::AddrNotAvailable,
    ErrorKind::PermissionDenied,
    ErrorKind::ConnectionRefused,
    ErrorKind::ConnectionReset,
    ErrorKind::ConnectionAborted,
    ErrorKind::NotConnected,
    ErrorKind::BrokenPipe,
    ErrorKind::TimedOut,
    ErrorKind::HostUnreachable,
    ErrorKind::NetworkUnreachable,
    ErrorKind::NetworkDown,
    ErrorKind::OutOfMemory,
    ErrorKind::Unsupported,
    ErrorKind::NotFound,
    ErrorKind::InvalidInput,
    ErrorKind::StorageFull,
];

pub(super) fn put_system_error(body: &mut FieldWriter, error: &SystemError) {
    let kind = ERROR_KINDS.iter().position(|&kind| kind == error.kind);
    body.text(tag::OS, &error.os)
        .number(tag::OS_KIND, kind.unwrap_or(0) as u64)
        .text(tag::OS_TEXT, &error.text);
    if let Some(code) = error.code {
        body.put(tag::OS_CODE, &code.to_le_bytes());
    }
}

pub(super) fn system_error(fields: &Fields<'_>) -> Option<SystemError> {
    let kind = fields.small::<usize>(tag::OS_KIND)?;
    Some(SystemError {
        os: Cow::Owned(fields.text(tag::OS)?),
        code: fields.fixed(tag::OS_CODE).map(i32::from_le_bytes),
        kind: ERROR_KINDS.get(kind).copied().unwrap_or(ErrorKind::Other),
        text: fields.text(tag::OS_TEXT)?,
    })
}

pub(super) fn put_look_up_error(body: &mut FieldWriter, error: &LookUpError) {
    put_system_error(body, &error.source);
    match error.kind {
        LookUpErrorKind::NotFound => body.number(tag::LOOK_UP, 1),
        LookUpErrorKind::TryAgain => body.number(tag::LOOK_UP, 2),
        LookUpErrorKind::Other => body,
    };
}

pub(super) fn look_up_error(fields: &Fields<'_>) -> Option<LookUpError> {
    Some(LookUpError {
        kind: match fields.number(tag::LOOK_UP) {
            Some(1) => LookUpErrorKind::NotFound,
            Some(2) => LookUpErrorKind::TryAgain,
            _ => LookUpErrorKind::Other,
        },
        source: system_error(fields)?,
    })
}
