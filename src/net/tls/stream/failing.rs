//! Failures: what is reported of them, and what is sent to the peer.

use std::io::{self, IoSlice, Read, Write};
use std::time::Duration;

use rustls::Error;

use super::TlsStream;
use crate::net::direction::Direction;
use crate::net::tls::alert::AlertKind;
use crate::net::tls::explain::{KnownAtFailure, alert_for, alert_kind};
use crate::net::tls::failure::{Accuser, ClosedHow, PlainProtocol, Stage, TlsFailure, TlsProblem};
use crate::net::tls::report::{PeerCertificate, Secrets, TlsReport};
use crate::net::tls::tap::record;

/// The content of an encrypted alert in TLS 1.3: two bytes, their kind, and a tag (RFC 8446 section 5.2).
const ENCRYPTED_ALERT_BYTES: u16 = 2 + 1 + 16;

impl<S: Read + Write> TlsStream<S> {
    /// Fails as rustls says.
    pub(super) fn fail(&mut self, error: &Error) {
        let (problem, by) = self.explain(error);
        let sent = self.alert_to_send();
        let sent_kind = sent.and_then(|sent| match sent {
            Waiting::Plain(kind) => Some(kind),
            Waiting::Encrypted => alert_for(error),
        });
        let alert = match error {
            Error::AlertReceived(alert) => {
                let kind = Some(alert_kind(*alert));
                self.late_alert(Direction::Received, kind);
                kind
            }
            _ => sent_kind,
        };
        if sent.is_some() {
            self.late_alert(Direction::Sent, sent_kind);
        }
        self.set_failure(problem, by, alert);
    }

    /// Fails because the connection ended in the handshake.
    pub(super) fn fail_closed(&mut self, how: ClosedHow) {
        let stage = self.stage();
        self.fail_without_alert(TlsProblem::Closed { how, stage });
    }

    /// Fails because the handshake took too long.
    pub(super) fn fail_timed_out(&mut self, after: Duration) {
        let stage = self.stage();
        self.fail_without_alert(TlsProblem::TimedOut { after, stage });
    }

    /// A peer that speaks something else may have said too little for rustls to notice.
    fn fail_without_alert(&mut self, problem: TlsProblem) {
        let (problem, by) = match self.not_tls() {
            None => (problem, Accuser::Nobody),
            Some(first) => {
                let looks_like = PlainProtocol::of(&first);
                (TlsProblem::NotTls { first, looks_like }, Accuser::Us)
            }
        };
        self.set_failure(problem, by, None);
    }

    fn set_failure(&mut self, problem: TlsProblem, by: Accuser, alert: Option<AlertKind>) {
        let failure = TlsFailure {
            problem,
            by,
            alert,
            server_name: self.server_name.as_deref().map(str::to_owned),
            in_handshake: self.handshake.is_some(),
        };
        if let Some(handshake) = &mut self.handshake {
            let chain = handshake.seen.chain.take().unwrap_or_default();
            let secrets = std::mem::take(&mut handshake.seen.secrets);
            if !chain.is_empty() {
                let chain = chain.iter().map(|der| PeerCertificate::of(der)).collect();
                self.report(TlsReport::Refused { chain });
            }
            if !secrets.is_empty() {
                self.report(TlsReport::Secrets(Secrets { lines: secrets }));
            }
        }
        self.failure = Some(Box::new(failure));
    }

    fn explain(&self, error: &Error) -> (TlsProblem, Accuser) {
        let handshake = self.handshake.as_deref();
        let seen = handshake.map(|handshake| &handshake.seen);
        let not_tls = match error {
            Error::InvalidMessage(_) | Error::PeerSentOversizedRecord => self.not_tls(),
            _ => None,
        };
        let taps = self.line.taps.as_deref();
        let known = KnownAtFailure {
            is_server: self.is_server(),
            facts: &self.facts,
            hello: handshake.and_then(|handshake| handshake.hello.as_deref()),
            chosen: taps.and_then(|taps| taps.received.chosen()),
            chain: seen
                .and_then(|seen| seen.chain.as_deref())
                .unwrap_or_default(),
            not_tls: not_tls.as_deref(),
            was_asked: self.was_asked || seen.is_some_and(|seen| seen.was_asked),
            has_given: self.has_given || seen.is_some_and(|seen| seen.has_given),
        };
        known.explain(error)
    }

    /// Returns what the peer sent first if that is no TLS.
    fn not_tls(&self) -> Option<Vec<u8>> {
        let tap = &self.line.taps.as_deref()?.received;
        (!tap.sounds_like_tls()).then(|| tap.first().to_vec())
    }

    fn stage(&self) -> Stage {
        let Some(taps) = self.line.taps.as_deref() else {
            return Stage::AfterHello;
        };
        match &taps.received {
            tap if tap.first().is_empty() => Stage::Nothing,
            tap if tap.has_hello() => Stage::AfterHello,
            _ => Stage::FirstMessage,
        }
    }

    fn late_alert(&mut self, direction: Direction, kind: Option<AlertKind>) {
        self.late_reports.push(TlsReport::Alert {
            direction,
            kind,
            is_fatal: true,
        });
    }

    /// Returns the alert that waits to be sent.
    fn alert_to_send(&mut self) -> Option<Waiting> {
        let mut last = Last::default();
        // It takes nothing, so nothing is missing on the wire.
        self.tls.write_tls(&mut last).ok();
        match last.0[..] {
            [record::ALERT, _, _, 0, 2, _, number] => Some(Waiting::Plain(AlertKind(number))),
            [record::ALERT, ..] => Some(Waiting::Encrypted),
            [_, _, _, high, low, ..]
                if u16::from_be_bytes([high, low]) == ENCRYPTED_ALERT_BYTES =>
            {
                Some(Waiting::Encrypted)
            }
            _ => None,
        }
    }
}

/// An alert that waits to be sent.
#[derive(Clone, Copy)]
enum Waiting {
    Plain(AlertKind),
    /// Which one it is cannot be seen.
    Encrypted,
}

/// Looks at the last record that waits, and takes none.
#[derive(Default)]
struct Last(Vec<u8>);

impl Write for Last {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[IoSlice::new(bytes)])
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        // Each record is a slice of its own. An alert is short.
        self.0 = slices.last().map_or_else(Vec::new, |last| {
            last.iter()
                .take(usize::from(ENCRYPTED_ALERT_BYTES) + 32)
                .copied()
                .collect()
        });
        Err(io::ErrorKind::WouldBlock.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
