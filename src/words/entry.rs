//! What happened, as the timeline shows it, and why.

use std::io;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use super::english::{are, grouped, noun, were};
use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords as _, Language};
use crate::capture::{ConnectionState, Ending, Entry, EventKind, LifecycleKind};
use crate::net::{Accepting, Address, Backlog, Closed, ClosedBy, Direction, NetError, Process};
use crate::payload::{Carry, StreamEnd, TextStart};
use crate::script::{Disturbance, Slices};

phrases! {
    /// Entries of the record.
    Entries {
        no_peer = "an unknown peer";
        listening(local: &Address, backlog: &str) = "listening on {local}, backlog {backlog}";
        listening_dual(local: &Address, backlog: &str) = "listening on {local}, backlog {backlog}, IPv4 and IPv6";
        backlog_of(granted: &str, requested: &str) = "{granted} of {requested} requested";
        bound(local: &Address) = "bound to {local}";
        bound_dual(local: &Address) = "bound to {local}, IPv4 and IPv6";
        joined(bound: &str, groups: &str) = "{bound}, joined {groups}";
        truncated(read: &str) = "only {read} of the next datagram were read: it is longer than the read buffer";
        truncated_of(read: &str, whole: &str) = "only {read} of the {whole} of the next datagram were read: it is longer than the read buffer";
        datagrams_dropped(datagrams: u64) = { format!("the system dropped {}: the receive buffer was full", noun(datagrams, "datagram", "datagrams")) };
        datagrams_ready(peer: &str) = "ready to send to {peer}";
        datagrams_ready_from(peer: &str, local: &Address) = "ready to send to {peer}, from {local}";
        new_peer(peer: &str) = "new peer {peer}";
        new_peer_to(peer: &str, local: &Address) = "new peer {peer}, which sends to {local}";
        empty_from(peer: &str) = "received an empty datagram from {peer}";
        empty_to(peer: &str) = "sent an empty datagram to {peer}";
        forgotten_by_us = "forgotten by us";
        forgotten_by_stop = "forgotten: server stopped";
        forgotten_by_reply = "forgotten after the reply";
        closed_by_silence(time: &str) = "forgotten after {time} of silence";
        closed_by_crowd(limit: u64) = { format!("forgotten: more than {} other peers are active", grouped(limit)) };
        looking_up(host: &str) = "looking up {host}";
        connecting(peer: &str) = "connecting to {peer}";
        connected(peer: &str, took: &str) = "connected to {peer} in {took}";
        connected_from(peer: &str, took: &str, local: &Address) = "connected to {peer} in {took}, from {local}";
        next_address(error: &str) = "{error}; trying the next address";
        advised(error: &str, advice: &str) = "{error}. {advice}";
        reconnecting(time: &str, attempt: &str) = "connecting again in {time}, {attempt}";
        attempt(attempt: u32) = { format!("attempt {}", grouped(attempt.into())) };
        attempt_of(attempt: u32, attempts: u32) = { format!("attempt {} of {}", grouped(attempt.into()), grouped(attempts.into())) };
        accepted(peer: &str) = "accepted {peer}";
        received(size: &str, peer: &str) = "received {size} from {peer}";
        sent(size: &str, peer: &str) = "sent {size} to {peer}";
        kept(size: &str, kept: &str) = "{size} (the first {kept} kept)";
        encrypted(size: &str, wire: u64) = { format!("{size} ({} encrypted)", grouped(wire)) };
        of_connection(peer: &str, what: &str) = "{peer} {what}";
        finished_by(peer: &str) = "half-closed by the peer {peer} (FIN)";
        peer_finished = "half-closed by the peer (FIN)";
        we_finished = "half-closed by us (FIN)";
        closed_by_us = "closed by us";
        closed_by_stop = "closed: server stopped";
        closed_by_reply = "closed after the reply";
        closed_by_our_reset = "reset by us (RST)";
        closed_by_peer = "closed by the peer (FIN)";
        closed_by_failure(error: &str) = "closed: {error}";
        unsent(ending: &str, bytes: &str) = "{ending}, {bytes} unsent";
        unix_unread(ending: &str) = "{ending}, received bytes left unread (the peer's next read fails)";
        unread(ending: &str) = "{ending}, received bytes left unread (the system resets: RST, inferred)";
        unix_reset_by(peer: &str, received: &str) = "reset by the peer {peer} after {received} received";
        reset_by(peer: &str, received: &str) = "reset by the peer {peer} (RST) after {received} received";
        received_inside(ending: &str, bytes: &str) = "{ending}; the stream ended inside a character: {bytes}";
        sent_inside(ending: &str, bytes: &str) = "{ending}; the sent stream ended inside a character: {bytes}";
        accept_paused(error: &str) = "accepting paused: {error}";
        accept_resumed = "accepting resumed";
        accept_aborted(count: u64, connections: &str) = { format!("{connections} ended before {} accepted", if count == 1 { "it was" } else { "they were" }) };
        received_missing(count: u64, bytes: &str) = { format!("{bytes} of what was received {} missing from the file", are(count)) };
        sent_missing(count: u64, bytes: &str) = { format!("{bytes} of what was sent {} missing from the file", are(count)) };
        not_recorded(count: u64, entries: &str) = { format!("{entries} {} not recorded before this", were(count)) };
        clock_adjusted(sign: char, jump: &str) = "clock adjusted by {sign}{jump}";
        accepting = "accepting new connections again";
        accepting_closes = "new connections are closed at once from now on";
        accepting_stopped = "new connections wait in the accept queue from now on";
        waiting(time: &str) = "waiting {time} before sending more";
        reading_stopped = "reading stopped";
        reading_resumed = "reading resumed";
        pace(rate: u32) = { format!("sending at most {} bytes per second from now on", grouped(rate.into())) };
        pace_slices(bytes: u32, pause: &str) = { format!("sending at most {} bytes in a write from now on, {pause} apart", grouped(bytes.into())) };
        pace_both(rate: &str, slices: &str) = "{rate}; {slices}";
        pace_free = "sending as fast as the peer reads from now on";
        by_rule(rule: u16, what: &str) = "by rule {rule}: {what}";
        dropped(bytes: &str) = "{bytes} dropped instead of sent";
        corrupted(at: &str, bytes: &str, from: u8, to: u8) = "byte {at} of {bytes} corrupted: {from:02X} became {to:02X}";
        unanswered(bytes: &str, peer: &str) = "no rule answers the request of {bytes} from {peer}";
        queue_cancelled(bytes: u64, acts: u64) = { format!("{} that waited {} cancelled, with {} to send", noun(acts, "act", "acts"), if acts == 1 { "was" } else { "were" }, noun(bytes, "byte", "bytes")) };
        cancelled(bytes: &str) = "sending a file was cancelled after {bytes}";
        of_process(what: &str, process: &Process, uid: u32) = "{what} (process {process}, user {uid})";
        stopped = "server stopped";
        unknown(kind: u16) = "something that only a newer version of Bothends knows (kind {kind})";
        details_unread(what: &str) = "{what}: its details cannot be read";
        damaged(what: &str, error: &str) = "{what}: {error}";
    }
}

impl Language {
    /// Returns what happened. Of bytes it says how many, not which; what came from outside (a host name) stands in it as
    /// it is.
    pub(super) fn happened(&self, entry: &Entry) -> String {
        let happened = self.happened_whole(entry);
        match &entry.damage {
            Some(error) => self.entries.damaged(&happened, &error.in_words(self)),
            None => happened,
        }
    }

    #[expect(clippy::too_many_lines, reason = "an arm for each kind")]
    fn happened_whole(&self, entry: &Entry) -> String {
        let words = &self.entries;
        let event = &entry.event;
        let link = event.link.as_deref();
        let peer = link.map_or_else(|| words.no_peer.to_owned(), |link| link.peer.to_string());
        let is_udp = link.is_some_and(|link| link.peer.is_udp());
        match &event.kind {
            EventKind::Listening {
                local,
                backlog,
                dual_stack,
            } => self.listening(local, *backlog, *dual_stack),
            EventKind::Bound {
                local,
                dual_stack,
                groups,
            } => self.bound(local, *dual_stack, groups),
            EventKind::Truncated { read_bytes, bytes } => {
                let read = self.counts.bytes(*read_bytes);
                let truncated = match bytes {
                    Some(bytes) => words.truncated_of(&read, &self.counts.bytes(*bytes)),
                    None => words.truncated(&read),
                };
                words.of_connection(&peer, &truncated)
            }
            EventKind::Dropped { datagrams } => words.datagrams_dropped(*datagrams),
            EventKind::Upgraded => words.of_connection(&peer, self.tls_rows.upgraded),
            EventKind::Tls(report) => {
                let role = link.map(|link| link.connection.role);
                words.of_connection(&peer, &self.tls_row(report, role))
            }
            EventKind::LookingUp { host, .. } => words.looking_up(host),
            EventKind::Connecting => words.connecting(&peer),
            EventKind::Connected { .. } if is_udp => match link.and_then(|it| it.local.as_ref()) {
                Some(local) => words.datagrams_ready_from(&peer, local),
                None => words.datagrams_ready(&peer),
            },
            EventKind::Connected { took, process } => {
                let took = self.numbers.duration(*took);
                let connected = match link.and_then(|link| link.local.as_ref()) {
                    Some(local) => words.connected_from(&peer, &took, local),
                    None => words.connected(&peer, &took),
                };
                self.with_process(connected, process.as_ref())
            }
            EventKind::ConnectFailed { error, last: true } | EventKind::Failed { error } => {
                self.advised(error)
            }
            EventKind::ConnectFailed { error, last: false } => {
                words.next_address(&error.in_words(self))
            }
            EventKind::Reconnecting {
                after,
                attempt,
                attempts,
            } => words.reconnecting(
                &self.numbers.duration(*after),
                &self.attempt(*attempt, *attempts),
            ),
            EventKind::Accepted { .. } if is_udp => match link.and_then(|it| it.local.as_ref()) {
                Some(local) => words.new_peer_to(&peer, local),
                None => words.new_peer(&peer),
            },
            EventKind::Accepted { process, .. } => {
                self.with_process(words.accepted(&peer), process.as_ref())
            }
            EventKind::Received { .. } if entry.size_bytes == 0 => words.empty_from(&peer),
            EventKind::Sent { .. } if entry.size_bytes == 0 => words.empty_to(&peer),
            EventKind::Received { .. } => words.received(&self.chunk(entry), &peer),
            EventKind::Sent { .. } => words.sent(&self.chunk(entry), &peer),
            EventKind::PeerFinished => words.finished_by(&peer),
            EventKind::WeFinished => words.of_connection(&peer, words.we_finished),
            EventKind::Closed(closed) => {
                let ending = self.ended(closed, link.map(|link| &link.peer));
                let ended = self.unfinished(entry, words.of_connection(&peer, &ending));
                self.advised_end(ended, &closed.by)
            }
            EventKind::Reset { unsent_bytes } => {
                let received = self.counts.bytes(entry.streams.received.offset);
                let reset = if link.is_some_and(|link| link.peer.is_unix()) {
                    words.unix_reset_by(&peer, &received)
                } else {
                    words.reset_by(&peer, &received)
                };
                self.unfinished(entry, self.unsent(reset, *unsent_bytes))
            }
            EventKind::AcceptPaused { error } => words.accept_paused(&self.cause(error)),
            EventKind::AcceptResumed => words.accept_resumed.to_owned(),
            EventKind::Missing { direction, bytes } => {
                let written = self.counts.bytes(*bytes);
                let missing = match direction {
                    Direction::Received => words.received_missing(*bytes, &written),
                    Direction::Sent => words.sent_missing(*bytes, &written),
                };
                words.of_connection(&peer, &missing)
            }
            EventKind::NotRecorded { entries } => {
                words.not_recorded(*entries, &self.counts.entries(*entries))
            }
            EventKind::ClockAdjusted { by_nanos } => {
                let sign = if *by_nanos < 0 { '-' } else { '+' };
                let jump = Duration::from_nanos(by_nanos.unsigned_abs());
                words.clock_adjusted(sign, &self.numbers.duration(jump))
            }
            EventKind::Stopped => words.stopped.to_owned(),
            EventKind::AcceptAborted { connections } => {
                let count = u64::from(*connections);
                words.accept_aborted(count, &self.counts.connections(count))
            }
            EventKind::AcceptingChanged { accepting } => match accepting {
                Accepting::Accept => words.accepting.to_owned(),
                Accepting::Close => words.accepting_closes.to_owned(),
                Accepting::Stop => words.accepting_stopped.to_owned(),
            },
            EventKind::Waiting { duration: time } => {
                words.of_connection(&peer, &words.waiting(&self.numbers.duration(*time)))
            }
            EventKind::ReadingStopped => words.of_connection(&peer, words.reading_stopped),
            EventKind::ReadingResumed => words.of_connection(&peer, words.reading_resumed),
            EventKind::PaceChanged { rate, slices } => {
                words.of_connection(&peer, &self.pace(*rate, *slices))
            }
            EventKind::Cancelled { sent_bytes } => {
                let cancelled = words.cancelled(&self.counts.bytes(*sent_bytes));
                words.of_connection(&peer, &cancelled)
            }
            EventKind::Unanswered { bytes } => {
                let bytes = self.counts.bytes(*bytes);
                words.unanswered(&bytes, &peer)
            }
            EventKind::QueueCancelled { bytes, acts } => {
                let cancelled = words.queue_cancelled(*bytes, *acts);
                words.of_connection(&peer, &cancelled)
            }
            EventKind::Disturbed(disturbance) => {
                let disturbed = self.disturbed(*disturbance);
                let disturbed = match event.by.rule() {
                    Some(rule) => words.by_rule(rule.0.get(), &disturbed),
                    None => disturbed,
                };
                words.of_connection(&peer, &disturbed)
            }
            EventKind::SequenceBegan { name } => {
                words.of_connection(&peer, &self.sequence_results.began(name))
            }
            EventKind::SequenceEnded { name, end } => {
                let ended = self.sequence_ended(name, end);
                match link {
                    Some(_) => words.of_connection(&peer, &ended),
                    None => ended,
                }
            }
            EventKind::Unread { kind } => {
                let unread = words.details_unread(&kind.in_words(self));
                match link {
                    Some(_) => words.of_connection(&peer, &unread),
                    None => unread,
                }
            }
            EventKind::Unknown { kind } => words.unknown(*kind),
        }
    }

    /// Returns why, in a few words, where an event has a reason: how a connection ended, or what failed.
    pub(super) fn reason_of(&self, entry: &Entry) -> Option<String> {
        let words = &self.entries;
        match &entry.event.kind {
            EventKind::Closed(closed) => {
                let link = entry.event.link.as_deref();
                Some(self.ended(closed, link.map(|link| &link.peer)))
            }
            EventKind::Reset { unsent_bytes } => {
                let link = entry.event.link.as_deref();
                Some(self.reset(*unsent_bytes, link.map(|link| &link.peer)))
            }
            EventKind::PeerFinished => Some(words.peer_finished.to_owned()),
            EventKind::WeFinished => Some(words.we_finished.to_owned()),
            EventKind::ConnectFailed { error, .. } | EventKind::AcceptPaused { error } => {
                Some(self.cause(error))
            }
            // The words of the whole error name the address, which no other key of an error does.
            EventKind::Failed { error } => Some(error.in_words(self)),
            EventKind::Tls(report) => {
                let role = entry.event.link.as_deref().map(|link| link.connection.role);
                Some(self.tls_row(report, role))
            }
            EventKind::Upgraded => Some(self.tls_rows.upgraded.to_owned()),
            EventKind::LookingUp { .. }
            | EventKind::ClockAdjusted { .. }
            | EventKind::Truncated { .. }
            | EventKind::Dropped { .. }
            | EventKind::AcceptingChanged { .. }
            | EventKind::Waiting { .. }
            | EventKind::ReadingStopped
            | EventKind::ReadingResumed
            | EventKind::PaceChanged { .. }
            | EventKind::Cancelled { .. }
            | EventKind::QueueCancelled { .. }
            | EventKind::Unanswered { .. }
            | EventKind::Disturbed(_)
            | EventKind::SequenceEnded { .. }
            | EventKind::AcceptAborted { .. }
            | EventKind::Missing { .. }
            | EventKind::NotRecorded { .. }
            | EventKind::Unread { .. } => Some(self.happened(entry)),
            EventKind::Listening { .. }
            | EventKind::Bound { .. }
            | EventKind::Connecting
            | EventKind::Connected { .. }
            | EventKind::Reconnecting { .. }
            | EventKind::Accepted { .. }
            | EventKind::Received { .. }
            | EventKind::Sent { .. }
            | EventKind::AcceptResumed
            | EventKind::SequenceBegan { .. }
            | EventKind::Stopped
            | EventKind::Unknown { .. } => None,
        }
    }

    fn with_process(&self, what: String, process: Option<&Process>) -> String {
        match process {
            Some(process) => self.entries.of_process(&what, process, process.uid),
            None => what,
        }
    }

    fn pace(&self, rate: Option<NonZeroU32>, slices: Option<Slices>) -> String {
        let words = &self.entries;
        let rate = rate.map(|rate| words.pace(rate.get()));
        let slices =
            slices.map(|it| words.pace_slices(it.bytes.get(), &self.numbers.duration(it.pause)));
        match (rate, slices) {
            (Some(rate), Some(slices)) => words.pace_both(&rate, &slices),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => words.pace_free.to_owned(),
        }
    }

    /// Returns which attempt to connect again it is.
    pub(crate) fn attempt(&self, attempt: u32, attempts: Option<NonZeroU32>) -> String {
        match attempts {
            Some(attempts) => self.entries.attempt_of(attempt, attempts.get()),
            None => self.entries.attempt(attempt),
        }
    }

    fn disturbed(&self, disturbance: Disturbance) -> String {
        let words = &self.entries;
        match disturbance {
            Disturbance::Dropped { bytes } => words.dropped(&self.counts.bytes(bytes)),
            Disturbance::Corrupted {
                bytes,
                at,
                from,
                to,
            } => words.corrupted(
                &self.numbers.grouped(at),
                &self.counts.bytes(bytes),
                from,
                to,
            ),
        }
    }

    fn listening(&self, local: &Address, backlog: Backlog, dual_stack: bool) -> String {
        let words = &self.entries;
        let number = |connections: u32| self.numbers.grouped(connections.into());
        let requested = number(backlog.requested);
        let backlog = match backlog.effective {
            Some(granted) if granted != backlog.requested => {
                words.backlog_of(&number(granted), &requested)
            }
            _ => requested,
        };
        if dual_stack {
            words.listening_dual(local, &backlog)
        } else {
            words.listening(local, &backlog)
        }
    }

    /// Writes the size of a chunk, and how much of it was kept if not all: `2,000 bytes (the first 512 kept)`.
    fn chunk(&self, entry: &Entry) -> String {
        let size = self.counts.bytes(entry.size_bytes);
        let kept = entry
            .payload()
            .map_or(0, |payload| payload.bytes.len() as u64);
        if kept < entry.size_bytes && entry.damage.is_none() {
            return self.entries.kept(&size, &self.numbers.grouped(kept));
        }
        if let Some(wire) = entry.payload().and_then(|payload| payload.wire_bytes) {
            return self.entries.encrypted(&size, u64::from(wire));
        }
        size
    }

    fn bound(&self, local: &Address, dual_stack: bool, groups: &[IpAddr]) -> String {
        let words = &self.entries;
        let bound = if dual_stack {
            words.bound_dual(local)
        } else {
            words.bound(local)
        };
        if groups.is_empty() {
            return bound;
        }
        let groups: Vec<String> = groups.iter().map(IpAddr::to_string).collect();
        words.joined(&bound, &groups.join(self.common.comma))
    }

    /// Returns how a connection ended; the peer of a UDP socket, which learns of nothing, is only forgotten.
    pub(super) fn ended(&self, closed: &Closed, peer: Option<&Address>) -> String {
        let words = &self.entries;
        let is_udp = peer.is_some_and(Address::is_udp);
        let is_unix = peer.is_some_and(Address::is_unix);
        let by = match &closed.by {
            ClosedBy::Us if is_udp => words.forgotten_by_us.to_owned(),
            ClosedBy::Stop if is_udp => words.forgotten_by_stop.to_owned(),
            ClosedBy::Reply if is_udp => words.forgotten_by_reply.to_owned(),
            ClosedBy::Silence(time) => words.closed_by_silence(&self.numbers.duration(*time)),
            ClosedBy::Crowded { limit } => words.closed_by_crowd(*limit),
            // A Unix socket knows no RST.
            ClosedBy::OurReset if is_unix => words.closed_by_us.to_owned(),
            ClosedBy::Us => words.closed_by_us.to_owned(),
            ClosedBy::Stop => words.closed_by_stop.to_owned(),
            ClosedBy::Reply => words.closed_by_reply.to_owned(),
            ClosedBy::Peer => words.closed_by_peer.to_owned(),
            ClosedBy::OurReset => words.closed_by_our_reset.to_owned(),
            ClosedBy::Failure(error) if is_time_out(error) => self.reasons.timed_out.to_owned(),
            // The peer stands in the row already.
            ClosedBy::Failure(error) if matches!(**error, NetError::Tls { .. }) => {
                words.closed_by_failure(&self.cause(error))
            }
            ClosedBy::Failure(error) => words.closed_by_failure(&error.in_words(self)),
        };
        let ending = self.unsent(by, closed.unsent_bytes);
        if !closed.unread {
            ending
        } else if is_unix {
            words.unix_unread(&ending)
        } else {
            words.unread(&ending)
        }
    }

    /// Returns how the connection with a peer ended, or the exchange with one of UDP.
    pub(crate) fn ending_with(&self, ending: &Ending, peer: Option<&Address>) -> String {
        match ending {
            Ending::Closed(closed) => self.ended(closed, peer),
            Ending::Reset { unsent_bytes } => self.reset(*unsent_bytes, peer),
        }
    }

    pub(super) fn reset(&self, unsent_bytes: u64, peer: Option<&Address>) -> String {
        let words = &self.reasons;
        let reset = if peer.is_some_and(Address::is_unix) {
            words.unix_reset
        } else {
            words.reset
        };
        self.unsent(reset.to_owned(), unsent_bytes)
    }

    fn unsent(&self, ending: String, bytes: u64) -> String {
        match bytes {
            0 => ending,
            _ => self.entries.unsent(&ending, &self.counts.bytes(bytes)),
        }
    }

    /// Adds the characters inside which the streams of a closing entry ended, which no row before it could show.
    fn unfinished(&self, entry: &Entry, ending: String) -> String {
        let bytes = |carry: Carry| {
            let text = || {
                TextStart::from(carry)
                    .decode(&[], None, StreamEnd::Ended)
                    .text
            };
            (!carry.is_empty()).then(text)
        };
        let streams = &entry.streams;
        let ending = match bytes(streams.received.carry) {
            Some(bytes) => self.entries.received_inside(&ending, &bytes),
            None => ending,
        };
        match bytes(streams.sent.carry) {
            Some(bytes) => self.entries.sent_inside(&ending, &bytes),
            None => ending,
        }
    }

    /// Adds what to do next to how a connection ended, where there is something to do.
    fn advised_end(&self, ended: String, by: &ClosedBy) -> String {
        let advice = match by {
            ClosedBy::Failure(error) => self.tls_end_advice(error),
            _ => None,
        };
        match advice {
            Some(advice) => self.entries.advised(&ended, &advice),
            None => ended,
        }
    }

    /// Returns what failed, with what to do next.
    fn advised(&self, error: &NetError) -> String {
        let text = error.in_words(self);
        match error.advice(self) {
            Some(advice) => self.entries.advised(&text, &advice),
            None => text,
        }
    }
}

kinds! {
    /// What is left of entries whose details cannot be read.
    LifecycleKinds for LifecycleKind as lifecycle_kinds |language| {
        Listening = "listening";
        Bound = "bound";
        Truncated = "a datagram longer than the read buffer";
        Dropped = "datagrams dropped by the system";
        Upgraded = "upgraded to TLS (STARTTLS)";
        TlsHello = "TLS offered by the client";
        TlsAgreed = "TLS agreed";
        TlsRefused = "certificates of the refused handshake";
        TlsAlert = "a TLS alert";
        TlsCloseNotify = "close_notify";
        TlsCut = "cut: the TCP connection ended without close_notify";
        TlsSecrets = "keys logged";
        LookingUp = "looking up a name";
        Connecting = "connecting";
        Connected = "connected";
        ConnectFailed = "an attempt to connect failed";
        Accepted = "accepted";
        PeerFinished = "half-closed by the peer (FIN)";
        WeFinished = "half-closed by us (FIN)";
        Closed = "closed";
        Reset = "reset by the peer (RST)";
        AcceptPaused = "accepting paused";
        AcceptResumed = "accepting resumed";
        Missing = "bytes missing from the file";
        NotRecorded = "entries not recorded before this";
        ClockAdjusted = "clock adjusted";
        Failed = "an error";
        Stopped = "server stopped";
        AcceptAborted = "connections ended before they were accepted";
        AcceptingChanged = "new connections are treated differently from now on";
        Waiting = "waiting before sending more";
        ReadingStopped = "reading stopped";
        ReadingResumed = "reading resumed";
        PaceChanged = "sending at another pace from now on";
        Cancelled = "sending a file was cancelled";
        Unanswered = "a request that no rule answers";
        QueueCancelled = "what was queued was cancelled";
        Reconnecting = "connecting again";
        SequenceBegan = "a sequence began";
        SequenceEnded = "a sequence ended";
        Disturbed = "a message was dropped or corrupted by chance";
    }

    /// States of connections.
    States for ConnectionState as states |language| {
        Open = "open";
        PeerFinished = "half-closed by the peer";
        WeFinished = "half-closed by us";
        Closed(ending: &Ending) = { ending.in_words(language) };
    }

    /// How connections end.
    Endings for Ending as endings |language| {
        Closed(closed: &Closed) = { language.ended(closed, None) };
        Reset { unsent_bytes: &u64 } = { language.reset(*unsent_bytes, None) };
    }
}

fn is_time_out(error: &NetError) -> bool {
    matches!(
        error,
        NetError::Receive { source, .. } | NetError::Send { source, .. }
            if source.kind == io::ErrorKind::TimedOut
    )
}

#[cfg(test)]
mod tests;
