//! What an event of a connection's life means, for those who meet it for the first time.
//!
//! The facts are those of RFC 9293 and the man pages of Linux.

use std::io;

use super::Language;
use super::phrases::phrases;
use crate::capture::EventKind;
use crate::capture::Happening;
use crate::net::{Accepting, Closed, ClosedBy, NetError};

phrases! {
    /// What events mean.
    Explanations {
        listening = "The socket is bound to this address. Incoming connections wait in the backlog, up to its size, until they are accepted.";
        looking_up = "A name has to be turned into an address before anything can be sent: the system asks its hosts file, then a name server.";
        connecting = "A SYN was sent. The connection is established when the peer's SYN and ACK come back.";
        connected = "The three-way handshake (SYN, SYN-ACK, ACK) is done: both sides may send. It takes about one round trip.";
        accepted = "The system had already established the connection (SYN, SYN-ACK, ACK); accept took it out of the backlog.";
        peer_finished = "The peer sent FIN: it has finished sending. It may still read, so this side may still send; the connection ends when both sides have finished.";
        we_finished = "This side sent FIN (shutdown for writing): it sends nothing more, and keeps reading until the peer finishes too.";
        unread = "Bytes had arrived that were never read. Closing then makes the system send RST instead of FIN, and the peer may lose what it had not read yet.";
        closed_by_us = "This side closed at once. The peer reads what was sent, then the end of the stream (FIN). The side that closes first keeps the connection in TIME_WAIT for a while.";
        details_unread = "What the entry says beyond this is damaged on disk; other entries are not affected.";
        unknown = "A newer version of the program recorded this. Open the capture with that version to read it.";
        closed_by_stop = "The listening socket and all of its connections were closed. New connections are refused.";
        closed_by_reply = "The reply was sent, then FIN; the rest of the peer's bytes was read before closing, so that no RST could overtake the reply.";
        closed_by_peer = "The peer finished sending (FIN), then this side closed too. All bytes of both streams were delivered in order.";
        closed_by_our_reset = "This side sent RST: the connection ended at once, without TIME_WAIT, and bytes under way in either direction are lost. The peer's next read fails with \"connection reset\".";
        accepting_closes = "Each connection is accepted and closed at once: the peer sees its connect succeed, then the end of the stream.";
        accepting_stopped = "Nothing is taken out of the backlog. The system still completes handshakes until it is full; then it ignores or refuses further SYNs.";
        waiting = "What was requested after it is sent once this time has passed. The peer sees nothing meanwhile.";
        reading_stopped = "Nothing is read from the socket. Once the receive buffer is full, the window closes, and the peer's writes wait (flow control).";
        reading_resumed = "The socket is read again. The window opens, and the peer may send what waited.";
        pace = "Writes are spread over time here; each is a write of its own, though the system may still join or split them into segments.";
        cancelled = "The peer got the beginning of the file only, and cannot see that the rest was cancelled.";
        reset = "The peer's system sent RST: the connection ended at once, and bytes under way in either direction may be lost. It happens when a program ends or closes without reading everything that had arrived.";
        accept_paused = "Each connection takes a file descriptor, and none is left. New connections wait in the backlog until others end.";
        accept_aborted = "Peers gave their connections up before they were accepted, so there was nothing to take out of the backlog. Accepting goes on.";
        accept_resumed = "There is room again: the connections that waited in the backlog are accepted now.";
        missing = "The packets that carried these bytes are not in the captured file: the capture began later, dropped packets, or saw only one direction.";
        not_recorded = "Recording was off or had stopped. Traffic went on meanwhile, and nothing of it is known.";
        clock_adjusted = "The wall clock was set. Times before and after it differ by the jump; the order of rows and the time between them are measured with a clock that never jumps.";
        in_use = "Another socket is already listening on this address and port, and two of them cannot share it.";
        not_ours = "A server can only listen on an address that one of this machine's interfaces has.";
        low_port = "The system keeps ports below 1024 for programs with special rights.";
        not_permitted = "The system does not let this program do that: a firewall on this machine, a sandbox or another policy forbids it.";
        no_family = "This machine has no addresses of that family: IPv6 is switched off or not set up.";
        not_bound = "The socket could not be bound to this address, so no connection can come in.";
        refused = "The machine answered with RST: it is there, but nothing is listening on that port.";
        timed_out = "No answer came in time. Often a firewall drops packets silently, or no machine has the address.";
        no_route = "This machine knows no way to that network, so nothing was sent.";
        host_unreachable = "The last network on the way found no machine with that address.";
        not_connected = "The system could not establish the connection.";
        name_not_found = "A name has to be turned into an address first, and no name server knew this one.";
        look_ups = "A look-up waits as long as the name server takes. Only a few may wait at once.";
        given_up = "The attempt was ended here before the peer answered.";
        silent = "The peer stopped acknowledging. The system sent the bytes again and again, then gave the connection up.";
        broken = "A call on the socket failed, so the connection was closed. Bytes under way may be lost.";
        not_finished = "After a reply that closes, the peer gets a moment to read it and to finish. It did not, so this side closed.";
        queue_full = "The peer does not read: its receive window is closed, and what is to be sent waits in a queue of limited size.";
        not_open = "A side that has finished sending cannot send again, and a connection that has ended carries nothing more.";
        no_peers = "A server sends to the peers that are connected at that moment, and there was none.";
        not_started = "Each endpoint runs on a thread of its own, with a poller that waits for its sockets. The system had no room for one.";
        template = "A field of the template had no value at that moment, so nothing was sent.";
    }
}

impl Language {
    /// Returns what an entry means; none of bytes, and of an entry that cannot be read.
    pub(crate) fn meaning(&self, happening: &Happening) -> Option<&'static str> {
        match happening {
            Happening::Entry(entry) => self.meaning_of(&entry.event.kind),
            Happening::Unreadable(_) => None,
        }
    }

    fn meaning_of(&self, kind: &EventKind) -> Option<&'static str> {
        let words = &self.explanations;
        Some(match kind {
            EventKind::Received { .. } | EventKind::Sent { .. } => return None,
            EventKind::Listening { .. } => words.listening,
            EventKind::LookingUp { .. } => words.looking_up,
            EventKind::Connecting => words.connecting,
            EventKind::Connected { .. } => words.connected,
            EventKind::ConnectFailed { error, .. } | EventKind::Failed { error } => {
                self.meaning_of_failure(error)
            }
            EventKind::Accepted { .. } => words.accepted,
            EventKind::PeerFinished => words.peer_finished,
            EventKind::WeFinished => words.we_finished,
            EventKind::Closed(closed) => self.meaning_of_end(closed),
            EventKind::Reset { .. } => words.reset,
            EventKind::AcceptPaused { .. } => words.accept_paused,
            EventKind::AcceptAborted { .. } => words.accept_aborted,
            EventKind::AcceptResumed => words.accept_resumed,
            EventKind::Missing { .. } => words.missing,
            EventKind::NotRecorded { .. } => words.not_recorded,
            EventKind::ClockAdjusted { .. } => words.clock_adjusted,
            EventKind::Stopped => words.closed_by_stop,
            EventKind::AcceptingChanged { accepting } => match accepting {
                Accepting::Accept => words.accept_resumed,
                Accepting::Close => words.accepting_closes,
                Accepting::Stop => words.accepting_stopped,
            },
            EventKind::Waiting { .. } => words.waiting,
            EventKind::ReadingStopped => words.reading_stopped,
            EventKind::ReadingResumed => words.reading_resumed,
            EventKind::PaceChanged { .. } => words.pace,
            EventKind::Cancelled { .. } => words.cancelled,
            EventKind::Unread { .. } => words.details_unread,
            EventKind::Unknown { .. } => words.unknown,
        })
    }

    fn meaning_of_end(&self, closed: &Closed) -> &'static str {
        let words = &self.explanations;
        match &closed.by {
            _ if closed.unread => words.unread,
            ClosedBy::Us => words.closed_by_us,
            ClosedBy::Stop => words.closed_by_stop,
            ClosedBy::Reply => words.closed_by_reply,
            ClosedBy::Peer => words.closed_by_peer,
            ClosedBy::OurReset => words.closed_by_our_reset,
            ClosedBy::Failure(error) => self.meaning_of_failure(error),
        }
    }

    fn meaning_of_failure(&self, error: &NetError) -> &'static str {
        let words = &self.explanations;
        match error {
            NetError::Listen { address, source } => match source.kind {
                io::ErrorKind::AddrInUse => words.in_use,
                io::ErrorKind::AddrNotAvailable => words.not_ours,
                io::ErrorKind::PermissionDenied
                    if address.ip().is_some_and(|it| it.port() < 1024) =>
                {
                    words.low_port
                }
                io::ErrorKind::PermissionDenied => words.not_permitted,
                _ if source.is_family_missing() => words.no_family,
                _ if source.is_out_of_descriptors() => words.accept_paused,
                _ => words.not_bound,
            },
            NetError::Connect { source, .. } => match source.kind {
                io::ErrorKind::ConnectionRefused => words.refused,
                io::ErrorKind::TimedOut => words.timed_out,
                io::ErrorKind::NetworkUnreachable => words.no_route,
                io::ErrorKind::HostUnreachable => words.host_unreachable,
                io::ErrorKind::PermissionDenied => words.not_permitted,
                io::ErrorKind::ConnectionReset => words.reset,
                _ if source.is_family_missing() => words.no_family,
                _ => words.not_connected,
            },
            NetError::ConnectTimeout { .. } => words.timed_out,
            NetError::ConnectGivenUp { .. } => words.given_up,
            NetError::LookUp { .. } => words.name_not_found,
            NetError::TooManyLookUps { .. } => words.look_ups,
            NetError::Accept { .. } => words.accept_paused,
            NetError::Receive { source, .. } | NetError::Send { source, .. } => match source.kind {
                io::ErrorKind::TimedOut => words.silent,
                io::ErrorKind::HostUnreachable => words.host_unreachable,
                io::ErrorKind::NetworkUnreachable => words.no_route,
                _ => words.broken,
            },
            NetError::FinishTimeout { .. } | NetError::FinishFlood { .. } => words.not_finished,
            NetError::QueueFull { .. } | NetError::BudgetSpent { .. } => words.queue_full,
            NetError::NotOpen { .. } | NetError::NoConnection => words.not_open,
            NetError::NoPeers { .. } => words.no_peers,
            NetError::Start { .. } => words.not_started,
            NetError::Template { .. } | NetError::RequestTooLong { .. } => words.template,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use super::super::ENGLISH;
    use super::*;
    use crate::capture::synthetic::{accepted, listening, local, peer, received};
    use crate::net::Direction;

    fn check(kind: &EventKind, expected: &str) {
        let meaning = ENGLISH.meaning_of(kind);
        assert_eq!(meaning, Some(expected), "{kind:?}");
    }

    #[test]
    fn every_kind_of_entry_but_bytes_is_explained() {
        let words = &ENGLISH.explanations;
        check(&listening(), words.listening);
        let host = "example.org".to_owned();
        check(&EventKind::LookingUp { host, port: 80 }, words.looking_up);
        check(&EventKind::Connecting, words.connecting);
        let took = Duration::ZERO;
        check(
            &EventKind::Connected {
                took,
                process: None,
            },
            words.connected,
        );
        check(&accepted(), words.accepted);
        check(&EventKind::PeerFinished, words.peer_finished);
        check(&EventKind::WeFinished, words.we_finished);
        check(&EventKind::Reset { unsent_bytes: 0 }, words.reset);
        let error = Arc::new(NetError::Accept {
            address: local(),
            source: io::ErrorKind::OutOfMemory.into(),
        });
        check(&EventKind::AcceptPaused { error }, words.accept_paused);
        check(&EventKind::AcceptResumed, words.accept_resumed);
        let (direction, bytes) = (Direction::Sent, 9);
        check(&EventKind::Missing { direction, bytes }, words.missing);
        check(&EventKind::NotRecorded { entries: 1 }, words.not_recorded);
        check(
            &EventKind::ClockAdjusted { by_nanos: 1 },
            words.clock_adjusted,
        );
        check(&EventKind::Stopped, words.closed_by_stop);
        assert_eq!(ENGLISH.meaning_of(&received(1, b"x")), None);
    }

    #[test]
    fn every_ending_is_explained_by_what_ended_it() {
        let words = &ENGLISH.explanations;
        let ended = |by, unread, expected| {
            let closed = Closed {
                by,
                unsent_bytes: 0,
                unread,
            };
            check(&EventKind::Closed(closed), expected);
        };
        ended(ClosedBy::Us, false, words.closed_by_us);
        ended(ClosedBy::Us, true, words.unread);
        ended(ClosedBy::Stop, false, words.closed_by_stop);
        ended(ClosedBy::Reply, false, words.closed_by_reply);
        ended(ClosedBy::Peer, false, words.closed_by_peer);
        let failed = |kind: io::ErrorKind| {
            ClosedBy::Failure(Arc::new(NetError::Receive {
                peer: peer(),
                source: kind.into(),
            }))
        };
        ended(failed(io::ErrorKind::TimedOut), false, words.silent);
        ended(failed(io::ErrorKind::Other), false, words.broken);
    }

    #[test]
    fn a_failure_is_explained_by_its_cause() {
        let words = &ENGLISH.explanations;
        let failed = |error: NetError, expected| {
            let error = Arc::new(error);
            check(&EventKind::Failed { error }, expected);
        };
        let listen = |port, kind: io::ErrorKind| NetError::Listen {
            address: ([127, 0, 0, 1], port).into(),
            source: kind.into(),
        };
        failed(listen(9000, io::ErrorKind::AddrInUse), words.in_use);
        failed(listen(80, io::ErrorKind::PermissionDenied), words.low_port);
        failed(
            listen(9000, io::ErrorKind::PermissionDenied),
            words.not_permitted,
        );
        failed(listen(9000, io::ErrorKind::Other), words.not_bound);
        let connect = |kind: io::ErrorKind| NetError::Connect {
            address: ([127, 0, 0, 1], 80).into(),
            source: kind.into(),
        };
        failed(connect(io::ErrorKind::ConnectionRefused), words.refused);
        failed(
            connect(io::ErrorKind::PermissionDenied),
            words.not_permitted,
        );
        failed(connect(io::ErrorKind::NetworkUnreachable), words.no_route);
        failed(NetError::NoPeers { bytes: 1 }, words.no_peers);
    }
}
