//! What an event of a connection's life means, for those who meet it for the first time.
//!
//! The facts are those of RFC 9293 and the man pages of Linux.

use std::io;

use super::Language;
use super::english::noun;
use super::phrases::phrases;
use crate::capture::EventKind;
use crate::capture::Happening;
use crate::net::{Accepting, Address, Closed, ClosedBy, LabError, NetError};
use crate::script::Disturbance;
use crate::script::sequence::SequenceOutcome;

phrases! {
    /// What events mean.
    Explanations {
        received(size: u64, buffer: Option<u64>) = { received(size, buffer) };
        sent(size: u64) = { format!("send() handed {} to the system, which took them at once. Sent is not delivered: the peer's system acknowledges them later, and its program reads them later still, in pieces of its own.", noun(size, "byte", "bytes")) };
        listening = "bind() gave the socket this address, and listen() made it take connections. The system completes their handshakes by itself and keeps them in the backlog, up to its size, until accept() takes them out.";
        looking_up = "getaddrinfo() turns the name into addresses before anything can be sent: the system asks its hosts file, then a name server.";
        connecting = "connect() sent a SYN. The connection is established when the peer's SYN-ACK comes back and is answered with an ACK.";
        connected = "connect() returned: the three-way handshake (SYN, SYN-ACK, ACK) is done, and both sides may send. It took about one round trip. The peer's program need not have called accept() yet.";
        accepted = "accept() took the connection out of the backlog. The system had established it before that (SYN, SYN-ACK, ACK), and may already hold bytes from the peer.";
        peer_finished = "recv() returned 0: the peer sent FIN, so it has finished sending. It may still read, and this side may still send; the connection ends when both sides have finished.";
        we_finished = "shutdown(write) sent FIN: this side sends nothing more, and keeps reading until the peer finishes too. Whichever side sends the first FIN is the one that ends in TIME-WAIT.";
        unread = "close() found bytes that had arrived and were never read. The system then sends RST instead of FIN, and the peer may lose what it had not read yet.";
        closed_by_us = "close() sent FIN after the bytes that the system had taken, and gave the socket up. The peer reads those bytes, then the end of the stream. If it goes on sending, nobody reads that any more: the system answers it with RST. Unless the peer had finished before, this side keeps the connection in TIME-WAIT (a minute on Linux), so that stray packets from it cannot reach a new one.";
        details_unread = "What the entry says beyond this is damaged on disk; other entries are not affected.";
        unknown = "A newer version of the program recorded this. Open the capture with that version to read it.";
        closed_by_stop = "close() ended the listening socket and all of its connections. New connections are refused. Connections that this side closed first stay in TIME-WAIT for a while; SO_REUSEADDR lets a server listen on the port again meanwhile.";
        closed_by_reply = "The reply was sent, then FIN (shutdown(write)). The rest of the peer's bytes was read before close(), so that no RST could overtake the reply. This side finished first, so it enters TIME-WAIT.";
        closed_by_peer = "The peer finished sending (FIN), then this side closed too (close()). All that the peer sent was delivered in order. The peer finished first, so TIME-WAIT is on its side.";
        closed_by_our_reset = "This side sent RST (close() with SO_LINGER at 0): the connection ended at once, without TIME-WAIT, and bytes under way in either direction are lost. The peer's next read fails with \"connection reset\".";
        accepting_closes = "Each connection is accepted and closed at once: the peer sees its connect succeed, then the end of the stream.";
        accepting_stopped = "Nothing is taken out of the backlog. The system still completes handshakes until it is full; then it ignores or refuses further SYNs.";
        waiting = "What was requested after it is sent once this time has passed. The peer sees nothing meanwhile.";
        reading_stopped = "recv() is not called any more. Once the receive buffer is full, the window closes, and the peer's writes wait (flow control).";
        reading_resumed = "recv() is called again. The window opens, and the peer may send what waited.";
        pace = "Writes are spread over time here; each is a write of its own, though the system may still join or split them into segments.";
        reconnecting = "The client is set up to connect again by itself. The wait doubles with each attempt that fails, so that a server that comes back is not overwhelmed; part of it is random, so that clients do not all come at once.";
        dropped = "The rule sends with a chance of losing the message, and this time it was lost: nothing of it was handed to the system.";
        corrupted = "The rule sends with a chance of an error, and this time one byte of the message was changed before it was handed to the system.";
        group = "Connections join groups so that a rule can send to all in one of them. How many memberships there can be in all is limited, and so is the length of a name.";
        elsewhere = "A rule asked another endpoint to act. It did not, so nothing was sent there.";
        sequence_began = "The steps of the sequence are done one by one on this connection. Until it ends, the endpoint's own replies wait.";
        sequence_passed = "All steps were done: what was to be sent was handed to the system, and what was expected arrived in time.";
        sequence_failed = "A step expects something within a time. A frame that does not contain it is passed over; the one that comes closest shows where it first differs.";
        sequence_cancelled = "It was stopped before its last step. What it had queued until then is sent.";
        unanswered = "The request arrived, and no rule of the endpoint applies to it, so nothing was done. Further ones in a row are only counted. A rule for any request at the end of the list answers, or ignores, what the others leave.";
        queue_cancelled = "Everything was stopped: what waited in the queue of this connection is neither sent nor done. The connection stays open.";
        cancelled = "The peer got the beginning of the file only, and cannot see that the rest was cancelled.";
        reset = "recv() failed: the peer's system sent RST. The connection ended at once, without TIME-WAIT, and bytes under way in either direction may be lost. It happens when a program ends or closes without reading everything that had arrived.";
        accept_paused = "accept() failed: each connection takes a file descriptor, and none is left. New connections wait in the backlog until others end.";
        accept_aborted = "accept() found connections that their peers had given up, so there was nothing to take out of the backlog. Accepting goes on.";
        accept_resumed = "There is room again: the connections that waited in the backlog are accepted now.";
        missing = "The packets that carried these bytes are not in the captured file: the capture began later, dropped packets, or saw only one direction.";
        not_recorded = "Recording was off or had stopped. Traffic went on meanwhile, and nothing of it is known.";
        clock_adjusted = "The wall clock was set. Times before and after it differ by the jump; the order of rows and the time between them are measured with a clock that never jumps.";
        in_use = "bind() failed (EADDRINUSE): another socket is already listening on this address and port, and two of them cannot share it.";
        not_ours = "bind() failed (EADDRNOTAVAIL): a server can only listen on an address that one of this machine's interfaces has.";
        low_port = "bind() failed (EACCES): the system keeps ports below 1024 for programs with special rights.";
        not_permitted = "The system does not let this program do that: a firewall on this machine, a sandbox or another policy forbids it.";
        no_family = "This machine has no addresses of that family: IPv6 is switched off or not set up.";
        not_bound = "The socket could not be bound to this address, so no connection can come in.";
        refused = "connect() failed (ECONNREFUSED): the machine answered the SYN with RST. It is there, but nothing accepts connections at that address and port, or a firewall answered for it.";
        timed_out = "connect() got no answer in time: the SYN was sent again and again. Often a firewall drops packets silently, or no machine has the address.";
        no_source = "connect() failed (EADDRNOTAVAIL or EADDRINUSE): no SYN was sent, because the system found no address or port of this machine for this end.";
        no_route = "connect() failed (ENETUNREACH): this machine knows no way to that network, so nothing was sent.";
        host_unreachable = "connect() failed (EHOSTUNREACH): the last network on the way found no machine with that address.";
        not_connected = "The system could not establish the connection.";
        name_not_found = "A name has to be turned into an address first, and the system found none: neither in its hosts file nor from a name server that answered.";
        look_ups = "A look-up waits as long as the name server takes. Only a few may wait at once.";
        given_up = "The attempt was ended here before the peer answered.";
        silent = "The peer stopped acknowledging. The system sent the bytes again and again, then gave the connection up.";
        broken = "A call on the socket failed, so the connection was closed. Bytes under way may be lost.";
        not_finished = "After a reply that closes, the peer gets a moment to read it and to finish. It did not, so this side closed.";
        queue_full = "The peer does not read: its receive window is closed, and what is to be sent waits in a queue of limited size.";
        not_open = "A side that has finished sending cannot send again, and a connection that has ended carries nothing more.";
        never_open = "A message to a client that is not connected waits until it is. The connect did not succeed, so nothing of the message was handed to the system.";
        no_peers = "A server sends to the peers that are connected at that moment, and there was none.";
        lab_refused = "The lab is a network of its own, made with unshare(CLONE_NEWUSER | CLONE_NEWNET). The system did not allow that, so nothing was opened.";
        lab_apart = "A private network has no way out or in: sockets reach each other only if both are in the lab, or neither is. Nothing was sent.";
        not_started = "Each endpoint runs on a thread of its own, with a poller that waits for its sockets. The system could not start one.";
        unix_listening = "bind() made the socket's file, and listen() made it take connections. They wait in the backlog, up to its size, until accept() takes them out.";
        unix_connecting = "connect() looks for the socket's file. Nothing goes over a network.";
        unix_connected = "connect() returned: the system joined both ends in memory, without a handshake on a network, and both sides may send.";
        unix_accepted = "accept() took the connection out of the backlog. The system knows which process is at the other end.";
        unix_peer_finished = "recv() returned 0: the peer has finished sending. It may still read, and this side may still send.";
        unix_we_finished = "shutdown(write) ended this side's stream: it sends nothing more, and keeps reading until the peer finishes too.";
        unix_reset = "recv() failed: the peer closed without reading everything that had arrived, and bytes under way may be lost.";
        unix_closed = "close() ended the connection at this side. A Unix socket has no TIME-WAIT.";
        unix_reading_stopped = "recv() is not called any more. Once the buffer of the socket is full, the peer's writes wait.";
        unix_reading_resumed = "recv() is called again, and the peer may send what waited.";
        bound = "bind() gave the socket this address. With UDP there is no listen() and no accept(): whatever is sent to this address and port arrives here, from anybody, each datagram by itself.";
        bound_with_groups = "bind() gave the socket this address, and IP_ADD_MEMBERSHIP asked the system, and the routers nearby, for datagrams to these groups. Other programs may have joined them on the same port: each gets a copy.";
        udp_ready = "UDP has no handshake: nothing was sent, and nobody knows yet whether anybody is there. The socket has an address and a port of this machine now, to which replies come.";
        udp_new_peer = "recvfrom() returned a datagram from an address that has not been seen before. To UDP that is all there is to a connection: the program remembers the address so that it can reply. Anybody can put any source address into a datagram.";
        udp_forgotten = "This side forgot the peer. UDP has no FIN and no RST, so nothing was sent and the peer does not notice; if it sends again, it is a new peer.";
        udp_stopped = "close() gave the port up. What arrives there from now on is answered with ICMP port unreachable by the system.";
        udp_pace = "Datagrams are sent further apart from now on. UDP itself has no flow control: a sender can send more than its peer or the network takes, and the rest is lost silently.";
        udp_reading = "All peers of a UDP socket share its receive buffer, so it keeps being read: what this peer sends is recorded all the same.";
        udp_queue_cancelled = "Everything was stopped: what waited to be sent to this peer is neither sent nor done.";
        truncated = "recvfrom() was given less room than the datagram needs. A stream would keep the rest for the next read; of a datagram, the rest is gone. A larger read buffer takes all of it.";
        datagrams_dropped = "They arrived while the receive buffer of the socket (SO_RCVBUF) was full, and the system threw them away. With UDP, nobody sends them again, and the sender does not know. A larger buffer, or a slower sender, helps.";
        forgotten_by_silence = "Nothing was sent to or received from this peer for as long as the setup says. UDP has no visible end, so silence has to do. If the peer sends again, it is a new peer.";
        forgotten_by_crowd = "So many other peers were active that those silent longest were forgotten to make room. If the peer sends again, it is a new peer.";
        undelivered = "A router or the machine itself sent an ICMP message back: the datagram did not reach a program. UDP passes that on where the system can say so, and many networks drop such messages; no such message does not mean that the datagram arrived.";
        datagram_refused = "sendto() failed, so nothing of this datagram was sent. The others are not affected.";
        overrun = "Replies to this peer wait for their time, and it goes on asking. A stream would be read more slowly then; datagrams cannot be held up, so they are recorded and not answered until some replies have been sent.";
        template = "A field of the template had no value at that moment, so nothing was sent.";
    }
}

fn received(size: u64, buffer: Option<u64>) -> String {
    let size = noun(size, "byte", "bytes");
    let call = match buffer {
        Some(buffer) => {
            format!("recv({buffer}) returned {size}; {buffer} is the read buffer as it is set now")
        }
        None => format!("recv() returned {size}"),
    };
    format!(
        "{call}. TCP carries a stream without message boundaries: the peer may have sent them in one write or in several, and what it \
         sent in one write may arrive in several reads."
    )
}

impl Language {
    /// Returns what an entry means; none of bytes, and of an entry that cannot be read.
    pub(crate) fn meaning(
        &self,
        happening: &Happening,
        address: Option<&Address>,
    ) -> Option<&'static str> {
        let Happening::Entry(entry) = happening else {
            return None;
        };
        let kind = &entry.event.kind;
        let other = match address {
            Some(Address::Unix(_)) => self.meaning_on_unix(kind),
            Some(Address::Udp(_)) => self.meaning_with_udp(kind),
            Some(Address::Tcp(_)) | None => None,
        };
        other.or_else(|| self.meaning_of(kind))
    }

    /// Returns what an entry of UDP means, where that is not what it means of TCP.
    fn meaning_with_udp(&self, kind: &EventKind) -> Option<&'static str> {
        let words = &self.explanations;
        Some(match kind {
            EventKind::Connected { .. } => words.udp_ready,
            EventKind::Accepted { .. } => words.udp_new_peer,
            EventKind::Closed(closed) => match closed.by {
                ClosedBy::Silence(_) | ClosedBy::Crowded { .. } | ClosedBy::Failure(_) => {
                    return None;
                }
                _ => words.udp_forgotten,
            },
            EventKind::Stopped => words.udp_stopped,
            EventKind::PaceChanged { .. } => words.udp_pace,
            EventKind::ReadingStopped | EventKind::ReadingResumed => words.udp_reading,
            EventKind::QueueCancelled { .. } => words.udp_queue_cancelled,
            _ => return None,
        })
    }

    /// Returns what an entry of a Unix socket means, where that is not what it means of TCP.
    fn meaning_on_unix(&self, kind: &EventKind) -> Option<&'static str> {
        let words = &self.explanations;
        Some(match kind {
            EventKind::Listening { .. } => words.unix_listening,
            EventKind::Connecting => words.unix_connecting,
            EventKind::Connected { .. } => words.unix_connected,
            EventKind::Accepted { .. } => words.unix_accepted,
            EventKind::PeerFinished => words.unix_peer_finished,
            EventKind::WeFinished => words.unix_we_finished,
            EventKind::Reset { .. } => words.unix_reset,
            EventKind::Closed(closed) if !matches!(closed.by, ClosedBy::Failure(_)) => {
                words.unix_closed
            }
            EventKind::ReadingStopped => words.unix_reading_stopped,
            EventKind::ReadingResumed => words.unix_reading_resumed,
            _ => return None,
        })
    }

    fn meaning_of(&self, kind: &EventKind) -> Option<&'static str> {
        let words = &self.explanations;
        Some(match kind {
            EventKind::Received { .. } | EventKind::Sent { .. } => return None,
            EventKind::Listening { .. } => words.listening,
            EventKind::Bound { groups, .. } if groups.is_empty() => words.bound,
            EventKind::Bound { .. } => words.bound_with_groups,
            EventKind::Truncated { .. } => words.truncated,
            EventKind::Dropped { .. } => words.datagrams_dropped,
            EventKind::Upgraded => self.tls_meanings.upgraded,
            EventKind::Tls(report) => self.meaning_of_tls(report),
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
            EventKind::Reconnecting { .. } => words.reconnecting,
            EventKind::Disturbed(Disturbance::Dropped { .. }) => words.dropped,
            EventKind::Disturbed(Disturbance::Corrupted { .. }) => words.corrupted,
            EventKind::SequenceBegan { .. } => words.sequence_began,
            EventKind::SequenceEnded { end, .. } => match end.outcome {
                SequenceOutcome::Passed => words.sequence_passed,
                SequenceOutcome::Failed { .. } => words.sequence_failed,
                SequenceOutcome::Cancelled { .. } => words.sequence_cancelled,
            },
            EventKind::Cancelled { .. } => words.cancelled,
            EventKind::Unanswered { .. } => words.unanswered,
            EventKind::QueueCancelled { .. } => words.queue_cancelled,
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
            ClosedBy::Silence(_) => words.forgotten_by_silence,
            ClosedBy::Crowded { .. } => words.forgotten_by_crowd,
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
                io::ErrorKind::AddrNotAvailable | io::ErrorKind::AddrInUse => words.no_source,
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
            NetError::NotConnected { .. } => words.never_open,
            NetError::NoPeers { .. } => words.no_peers,
            NetError::Undelivered { .. } => words.undelivered,
            NetError::Datagram { .. } => words.datagram_refused,
            NetError::Overrun { .. } => words.overrun,
            NetError::Tls { source, .. } => self.meaning_of_tls_failure(source),
            NetError::TlsSettings { .. } => self.tls_meanings.settings,
            NetError::NoTls => self.tls_meanings.no_tls,
            NetError::Start { .. } => words.not_started,
            NetError::Lab { source, .. } => match source {
                LabError::Refused(_) => words.lab_refused,
                LabError::Outside | LabError::OtherNetwork(_) => words.lab_apart,
            },
            NetError::GroupName { .. } | NetError::GroupsFull { .. } => words.group,
            NetError::Elsewhere { .. } => words.elsewhere,
            NetError::Template { .. }
            | NetError::RequestTooLong { .. }
            | NetError::MemoryFull { .. }
            | NetError::NoPlace => words.template,
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
