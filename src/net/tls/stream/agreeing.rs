//! The handshake: what is heard of it, and its end.

use std::io::{Read, Write};
use std::sync::Arc;
use std::time::Instant;

use rustls::{Connection, HandshakeKind as Kind};

use super::TlsStream;
use crate::net::direction::Direction;
use crate::net::tls::explain::version_of;
use crate::net::tls::registry;
use crate::net::tls::report::{
    Agreed, ChainCheck, HandshakeKind, PeerCertificate, Secrets, TlsReport,
};
use crate::net::tls::version::TlsVersion;
use crate::net::tls::witness::Witnessed;

impl<S: Read + Write> TlsStream<S> {
    /// Reports what was heard of the handshake since.
    pub(super) fn heard(&mut self) {
        let Some(taps) = &mut self.line.taps else {
            return;
        };
        let (received, sent) = (taps.received.take_alerts(), taps.sent.take_alerts());
        let hello = taps
            .received
            .take_hello()
            .or_else(|| taps.sent.take_hello());
        if let (Some(hello), Some(handshake)) = (hello, &mut self.handshake) {
            let hello = Arc::new(hello);
            self.server_name = hello.server_name.as_deref().map(Into::into);
            handshake.hello = Some(Arc::clone(&hello));
            self.report(TlsReport::Hello(hello));
        }
        // A fatal one that was received, and ours that is sent, are known from the failure as well.
        for alert in received.into_iter().filter(|alert| !alert.is_fatal) {
            let kind = crate::net::tls::alert::AlertKind(alert.number);
            self.report_alert(Direction::Received, kind, false);
        }
        for alert in sent
            .into_iter()
            .filter(|alert| !alert.is_fatal && alert.number != 0)
        {
            let kind = crate::net::tls::alert::AlertKind(alert.number);
            self.report_alert(Direction::Sent, kind, false);
        }
    }

    /// Ends the handshake.
    pub(super) fn agreed(&mut self) {
        let Some(mut handshake) = self.handshake.take() else {
            return;
        };
        let began = self.line.taps.take().and_then(|taps| taps.began);
        let seen = &mut handshake.seen;
        self.was_asked = seen.was_asked;
        self.has_given = seen.has_given;
        let secrets = std::mem::take(&mut seen.secrets);
        if !secrets.is_empty() {
            self.report(TlsReport::Secrets(Secrets { lines: secrets }));
        }
        let kind = match self.tls.handshake_kind() {
            Some(Kind::Resumed) => HandshakeKind::Resumed,
            Some(Kind::FullWithHelloRetryRequest) => HandshakeKind::Retried,
            Some(Kind::Full) | None => HandshakeKind::Full,
        };
        let certificates = self.tls.peer_certificates().unwrap_or_default();
        let chain: Vec<_> = certificates
            .iter()
            .map(|der| PeerCertificate::of(der))
            .collect();
        let version = self.tls.protocol_version();
        let suite = self.tls.negotiated_cipher_suite();
        let group = self.tls.negotiated_key_exchange_group();
        let alpn = self.tls.alpn_protocol();
        let is_resumed = kind == HandshakeKind::Resumed;
        let (asked, given) = match &self.tls {
            Connection::Server(_) => (
                (!is_resumed).then_some(handshake.asks_certificate),
                !chain.is_empty(),
            ),
            Connection::Client(_) => ((!is_resumed).then_some(self.was_asked), self.has_given),
        };
        let agreed = Agreed {
            version: version.map_or(TlsVersion::Other(0), version_of),
            suite: suite.map_or_else(String::new, |it| registry::suite(it.suite().into())),
            group: group.map(|it| registry::group(it.name().into())),
            alpn: alpn.map(|it| String::from_utf8_lossy(it).into_owned()),
            server_name: self.server_name.as_deref().map(str::to_owned),
            kind,
            check: check(&chain, seen, is_resumed),
            chain,
            client_certificate_asked: asked,
            client_certificate_given: given,
            took: began.map_or_else(Default::default, |it: Instant| it.elapsed()),
        };
        self.report(TlsReport::Agreed(Box::new(agreed)));
    }
}

fn check(chain: &[PeerCertificate], seen: &Witnessed, is_resumed: bool) -> ChainCheck {
    match seen.is_checked {
        _ if chain.is_empty() => ChainCheck::NoCertificate,
        Some(true) => ChainCheck::Passed,
        None if is_resumed => ChainCheck::Earlier,
        Some(false) | None => ChainCheck::Unchecked,
    }
}
