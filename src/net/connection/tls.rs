//! A connection's TLS: its beginning, what it reports, and its end. What is encrypted, and how, is not seen here.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{Connection, EndedBy, Liveness};
use crate::net::context::Context;
use crate::net::error::NetError;
use crate::net::event::{ClosedBy, EngineEventKind, Requester};
use crate::net::poller::Readiness;
use crate::net::timers::Timer;
use crate::net::tls::{TlsFailure, TlsReport};
use crate::net::tls_setup::TlsEnd;
use crate::net::transport::Encrypted;

impl Connection {
    /// Sets what a new connection is encrypted with, and begins if that is to be at once. Returns whether it may go on.
    pub(in crate::net) fn set_up_tls(
        &mut self,
        end: Option<Arc<TlsEnd>>,
        context: &mut Context,
    ) -> bool {
        self.tls_end = end.filter(|_| self.socket.is_tcp());
        match self.tls_end.clone() {
            Some(end) if end.begins_at_once() => self.begin_tls(&end, context),
            _ => true,
        }
    }

    /// Encrypts the connection from now on, and begins the handshake. Reports why if it cannot.
    fn begin_tls(&mut self, end: &TlsEnd, context: &mut Context) -> bool {
        self.end_marks(context);
        if let Err(source) = self.socket.encrypt(|socket| end.begin(socket)) {
            let source = Box::new(source);
            context.emit_failure(Some(&self.link), NetError::TlsSettings { source });
            return false;
        }
        self.await_handshake(end.patience, context);
        self.carry_tls_on();
        self.report_tls(context);
        true
    }

    /// Encrypts a connection that was plain until now, as requested: what is queued behind this is sent encrypted, and
    /// what was received and not answered is dropped, since nobody knows who sent it.
    pub(super) fn start_tls(&mut self, by: Requester, context: &mut Context) {
        let plain = self.socket.is_tcp();
        let Some(end) = self.tls_end.clone().filter(|_| plain) else {
            context.emit_failure_by(by, Some(&self.link), NetError::NoTls);
            return;
        };
        self.answering.drop_requests();
        context.emit_by(by, &self.link, EngineEventKind::Upgraded);
        if !self.begin_tls(&end, context) {
            // To go on without it would send in the clear what was not meant to be.
            self.end_after_queue(super::AfterQueue::Close, by);
            self.queue.clear();
        }
    }

    /// Writes what the TLS has to say.
    pub(super) fn carry_tls_on(&mut self) {
        if let Some(tls) = self.socket.tls_mut()
            && let Err(error) = tls.flush()
            && self.write_error.is_none()
        {
            self.write_error = Some(error);
        }
    }

    pub(in crate::net) fn is_handshaking(&self) -> bool {
        self.socket.tls().is_some_and(Encrypted::is_handshaking)
    }

    /// Returns whether bytes can be read although the socket has none.
    pub(super) fn holds_plaintext(&self) -> bool {
        self.socket.tls().is_some_and(Encrypted::has_plaintext)
    }

    /// Returns whether the peer ended by `close_notify`, which its FIN may follow later.
    pub(super) fn ended_by_close_notify(&self) -> bool {
        self.socket.tls().is_some_and(|tls| !tls.is_cut())
    }

    /// Emits what is new about the TLS.
    pub(super) fn report_tls(&mut self, context: &mut Context) {
        while let Some(report) = self.socket.tls_mut().and_then(Encrypted::take_report) {
            if let TlsReport::Agreed(_) = report {
                self.cancel_handshake_timer(context);
                if let Some(tls) = self.socket.tls_mut() {
                    // What follows are payloads.
                    tls.newly_read();
                    tls.newly_written();
                }
            }
            let kind = EngineEventKind::Tls(Box::new(report));
            context.emit(Some(&self.link), kind);
        }
    }

    /// Gives up the handshake: it had its time. Not while the peer is not read, which is not its fault.
    pub(in crate::net) fn handshake_timed_out(&mut self, context: &mut Context) -> Liveness {
        self.handshake_due = None;
        let patience = self
            .tls_end
            .as_ref()
            .map_or_else(Duration::default, |end| end.patience);
        if !context.may_read() {
            self.await_handshake(patience, context);
            return Liveness::Open;
        }
        if let Some(tls) = self.socket.tls_mut() {
            tls.time_out(patience);
        }
        self.ready(Readiness::UNKNOWN, context)
    }

    /// Returns how the connection ends, if it was TLS that failed; otherwise the error.
    pub(super) fn tls_failure(&self, error: io::Error) -> Result<EndedBy, io::Error> {
        let source = Box::new(error.downcast::<TlsFailure>()?);
        let peer = self.link.peer.clone();
        Ok(EndedBy::failure(NetError::Tls { peer, source }))
    }

    /// Says goodbye, or why it failed, and reports that.
    pub(super) fn end_tls(&mut self, end: &EndedBy, context: &mut Context) {
        self.cancel_handshake_timer(context);
        if let Some(tls) = self.socket.tls_mut() {
            match end {
                EndedBy::Reset | EndedBy::Closed(ClosedBy::OurReset) => {}
                EndedBy::Closed(ClosedBy::Failure(_)) => tls.give_reason(),
                EndedBy::Closed(_) => tls.say_goodbye(),
            }
            self.report_tls(context);
        }
    }

    fn await_handshake(&mut self, patience: Duration, context: &mut Context) {
        let due = Instant::now() + patience;
        context.timers.set(due, Timer::Handshake(self.id()));
        self.handshake_due = Some(due);
    }

    fn cancel_handshake_timer(&mut self, context: &mut Context) {
        if let Some(due) = self.handshake_due.take() {
            context.timers.cancel(due, Timer::Handshake(self.id()));
        }
    }
}
