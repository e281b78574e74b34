//! What the other rows of a connection say of its TLS, as far as they are loaded: an offer and what came of it, a chain and
//! what is wrong with it.

use super::super::super::Cx;
use crate::capture::{EventKind, Happening, Row, RowText};
use crate::net::tls::{Agreed, Hello, PeerCertificate, TlsFailure, TlsReport};
use crate::net::{ClosedBy, NetError};

/// What is known beside a row.
#[derive(Default)]
pub(super) struct BesideTls<'a> {
    /// What the client offered.
    pub(super) hello: Option<&'a Hello>,
    /// What both ends agreed on.
    pub(super) agreed: Option<&'a Agreed>,
    /// The certificates that the peer had shown before it was refused.
    pub(super) refused: Option<&'a [PeerCertificate]>,
    /// Why it failed.
    pub(super) failure: Option<&'a TlsFailure>,
}

impl<'a> BesideTls<'a> {
    /// Looks at the loaded rows of a row's connection.
    pub(super) fn of(cx: &'a Cx<'_>, row: &'a Row) -> Self {
        let mut beside = Self::default();
        let Some(connection) = row.connection else {
            return beside;
        };
        let rows = cx.timeline.loaded_rows().iter();
        let rows = rows.filter(|it| it.connection == Some(connection));
        for row in rows.chain([row]) {
            match row.tls_report() {
                Some(TlsReport::Hello(hello)) => beside.hello = Some(hello),
                Some(TlsReport::Agreed(agreed)) => beside.agreed = Some(agreed),
                Some(TlsReport::Refused { chain }) => beside.refused = Some(chain),
                _ => beside.failure = failure_of(row).or(beside.failure),
            }
        }
        beside
    }
}

/// Returns why a connection's TLS failed, if the row is the end of one.
pub(in crate::ui::detail) fn failure_of(row: &Row) -> Option<&TlsFailure> {
    let RowText::Words(Happening::Entry(entry)) = &row.text else {
        return None;
    };
    let EventKind::Closed(closed) = &entry.event.kind else {
        return None;
    };
    let ClosedBy::Failure(error) = &closed.by else {
        return None;
    };
    match &**error {
        NetError::Tls { source, .. } => Some(source),
        _ => None,
    }
}
