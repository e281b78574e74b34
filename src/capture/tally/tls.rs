//! How connections are encrypted, and how much that adds on the wire.

use std::sync::Arc;

use super::Tally;
use crate::capture::entry::Entry;
use crate::capture::status::{ConnectionState, ConnectionTls, TlsSummary};
use crate::net::Direction;
use crate::net::tls::TlsReport;

impl Tally {
    pub(super) fn began_tls(&mut self, entry: &Entry) {
        if let Some(connection) = self.connection(entry)
            && connection.tls == ConnectionTls::Plain
        {
            connection.tls = ConnectionTls::Begun;
        }
    }

    pub(super) fn reported_tls(&mut self, entry: &Entry, report: &TlsReport) {
        match report {
            TlsReport::Hello(_) => self.began_tls(entry),
            TlsReport::Agreed(agreed) => {
                let summary = TlsSummary::of(agreed, entry.number);
                if let Some(connection) = self.connection(entry) {
                    connection.tls = ConnectionTls::Agreed(Arc::new(summary));
                }
            }
            TlsReport::CloseNotify {
                direction: Direction::Received,
            } => self.finished(entry, ConnectionState::PeerFinished),
            _ => {}
        }
    }
}

/// Returns how many bytes an entry's payload took on the wire.
pub(super) fn wire_bytes(entry: &Entry) -> u64 {
    let wire = entry.payload().and_then(|payload| payload.wire_bytes);
    wire.map_or(entry.size_bytes, u64::from)
}
