//! A connection's TLS: one state machine that owns the socket, for a level-triggered poller.
//!
//! After an event, [`TlsStream::read`] or [`TlsStream::flush`] is called; then the poller's interest is
//! [`TlsStream::wants_read`] and [`TlsStream::wants_write`]. What is already decrypted makes no event: while
//! [`TlsStream::has_plaintext`] says so, `read` has something to return.

mod agreeing;
mod failing;
mod mute;
mod reading;
mod writing;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Duration;

use rustls::{ClientConnection, Connection, ServerConnection};

use super::alert::AlertKind;
use super::failure::TlsFailure;
use super::hello::Hello;
use super::line::BufferedSocket;
use super::prepared::{PreparedClient, PreparedServer, TlsFacts, TlsSettingError};
use super::report::TlsReport;
use super::settings::Misbehaviour;
use super::witness::Witnessed;
use crate::net::direction::Direction;
use mute::Mute;

/// How many reports wait to be taken; those beyond are dropped. No connection makes that many.
const MAX_REPORTS: usize = 64;

/// A connection that is encrypted with TLS. The socket does not block.
///
/// # Memory
/// An idle connection holds some 9 KiB, 4 KiB of them for the next record: nothing of its handshake is kept but what
/// failures are explained with. While it is busy, at most a record of 18 KiB in either direction is added, and 64 KiB of
/// what the socket does not take.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that do not depend on one another"
)]
pub struct TlsStream<S> {
    line: BufferedSocket<S>,
    tls: Connection,
    facts: Arc<TlsFacts>,
    /// Until the handshake is over.
    handshake: Option<Box<Handshake>>,
    /// What is left of it.
    server_name: Option<Box<str>>,
    was_asked: bool,
    has_given: bool,
    /// rustls holds decrypted bytes.
    has_plain: bool,
    end: Option<End>,
    failure: Option<Box<TlsFailure>>,
    /// How many bytes the last write took.
    taken_bytes: usize,
    /// A write failed in a handshake; the peer's reason may still be there to be read.
    is_write_broken: bool,
    /// The end, or the failure, was returned to the caller.
    has_ended: bool,
    is_finished: bool,
    skips_close_notify: bool,
    reports: VecDeque<TlsReport>,
    /// Reports of what comes behind the decrypted bytes.
    late_reports: Vec<TlsReport>,
    mute: Option<Mute>,
}

/// How a peer ended its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    CloseNotify,
    Cut,
}

/// What is known of a handshake while it goes on.
#[derive(Debug, Default)]
struct Handshake {
    asks_certificate: bool,
    hello: Option<Arc<Hello>>,
    seen: Witnessed,
}

impl<S: Read + Write> TlsStream<S> {
    /// Begins as a server, perhaps on a socket that was in use before (STARTTLS).
    ///
    /// # Errors
    /// rustls refuses the settings.
    pub fn server(socket: S, prepared: &PreparedServer) -> Result<Self, TlsSettingError> {
        let tls =
            ServerConnection::new(Arc::clone(&prepared.config)).map_err(|error| refused(&error))?;
        let facts = Arc::clone(&prepared.facts);
        let mut stream = Self::new(socket, tls.into(), facts);
        if let Some(handshake) = &mut stream.handshake {
            handshake.asks_certificate = prepared.asks_certificate;
        }
        match prepared.misbehaviour {
            Some(Misbehaviour::NoCloseNotify) => stream.skips_close_notify = true,
            Some(Misbehaviour::Silence) => stream.mute = Some(Mute::silent()),
            Some(Misbehaviour::Garbage) => stream.mute = Some(Mute::with_garbage()),
            None => {}
        }
        Ok(stream)
    }

    /// Begins as a client of a target, a host name or address without its port, perhaps on a socket that was in use
    /// before (STARTTLS). The hello waits for [`flush`](Self::flush).
    ///
    /// # Errors
    /// The target has a name that no certificate can have, or rustls refuses the settings.
    pub fn client(
        socket: S,
        prepared: &PreparedClient,
        target: &str,
    ) -> Result<Self, TlsSettingError> {
        let name = prepared.server_name(target)?;
        let config = Arc::clone(&prepared.config);
        let tls = ClientConnection::new(config, name).map_err(|error| refused(&error))?;
        let facts = Arc::clone(&prepared.facts);
        Ok(Self::new(socket, tls.into(), facts))
    }

    fn new(socket: S, tls: Connection, facts: Arc<TlsFacts>) -> Self {
        Self {
            line: BufferedSocket::new(socket),
            tls,
            facts,
            handshake: Some(Box::default()),
            server_name: None,
            was_asked: false,
            has_given: false,
            has_plain: false,
            end: None,
            failure: None,
            taken_bytes: 0,
            is_write_broken: false,
            has_ended: false,
            is_finished: false,
            skips_close_notify: false,
            reports: VecDeque::new(),
            late_reports: Vec::new(),
            mute: None,
        }
    }

    /// Returns whether the socket is to be watched for bytes.
    pub fn wants_read(&self) -> bool {
        self.failure.is_none()
            && self.end.is_none()
            && (self.mute.is_some() || self.tls.wants_read())
    }

    /// Returns whether the socket is to be watched for room.
    pub fn wants_write(&self) -> bool {
        if self.is_write_broken {
            return false;
        }
        self.tls.wants_write() || self.mute.as_ref().is_some_and(Mute::wants_write)
    }

    /// Returns whether [`read`](Self::read) has something to return, or to do, without an event of the socket: bytes, an
    /// end that was not returned yet, or bytes that were read ahead.
    pub fn has_plaintext(&self) -> bool {
        let is_over = self.failure.is_some() || self.end.is_some();
        self.has_plain || (is_over && !self.has_ended) || (self.line.has_ahead() && !is_over)
    }

    /// Returns whether the handshake is not complete yet. Nothing can be written until then.
    pub fn is_handshaking(&self) -> bool {
        self.handshake.is_some()
    }

    /// Returns whether the peer's TCP ended without `close_notify`.
    pub fn is_cut(&self) -> bool {
        self.end == Some(End::Cut)
    }

    /// Takes the next report.
    pub fn take_report(&mut self) -> Option<TlsReport> {
        self.reports.pop_front()
    }

    /// Returns the socket.
    pub fn socket(&self) -> &S {
        &self.line.socket
    }

    /// Returns how many bytes were read from the socket.
    pub fn wire_read_bytes(&self) -> u64 {
        self.line.read_bytes
    }

    /// Returns how many bytes were written to the socket.
    pub fn wire_written_bytes(&self) -> u64 {
        self.line.written_bytes
    }

    /// Gives up a handshake that took too long. The failure is what [`read`](Self::read) returns from now on.
    pub fn time_out(&mut self, after: Duration) {
        if self.handshake.is_some() && self.failure.is_none() {
            self.fail_timed_out(after);
        }
    }

    fn is_server(&self) -> bool {
        matches!(self.tls, Connection::Server(_))
    }

    fn report(&mut self, report: TlsReport) {
        if self.reports.len() < MAX_REPORTS {
            self.reports.push_back(report);
        }
    }

    /// Reports an alert, which is `close_notify` perhaps.
    fn report_alert(&mut self, direction: Direction, kind: AlertKind, is_fatal: bool) {
        self.report(match kind {
            AlertKind::CLOSE_NOTIFY => TlsReport::CloseNotify { direction },
            kind => TlsReport::Alert {
                direction,
                kind: Some(kind),
                is_fatal,
            },
        });
    }
}

fn refused(error: &rustls::Error) -> TlsSettingError {
    TlsSettingError::Refused {
        detail: error.to_string(),
    }
}

fn would_block<T>() -> io::Result<T> {
    Err(io::ErrorKind::WouldBlock.into())
}
