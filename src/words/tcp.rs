//! TCP as the kernel has it: the states of a connection's ends, who moves next, the accept queue, and whose the peer is.

use std::time::Duration;

use super::english::{grouped, noun};
use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords as _, Language};
use crate::net::kernel::{AcceptQueue, Lack, LocalProcess, NoProcess, TcpState};

phrases! {
    /// The states of a connection's ends.
    Tcp {
        this_end = "This end";
        peer = "Peer";
        of_this_end = "this end";
        of_peer = "the peer";
        inferred = "inferred";
        inferred_why = "The kernel was not asked at that moment: this follows from what happened on the connection";
        from_kernel = "from the kernel";
        end(whose: &str, state: &str, source: &str) = "{whose}: {state}, {source}";
        no_states_here = "This system does not show the states of a connection to programs without privileges: they are inferred";
        marks_not_here = "This system does not report when bytes are acknowledged";
        marks_encrypted = "Acknowledgements are not shown: the kernel counts encrypted bytes, which are not the ones shown here";
        refused(error: &str) = "The kernel does not report its states and numbers: {error}";

        recorded = "On record";
        recorded_why = "The states as far as the record goes";
        other_transport = "This is not a TCP connection, so it has no TCP states and numbers";
        choose_recorded = "Select an entry of a connection to see its states and numbers";

        machine = "State machine";
        node(state: &str, about: &str) = "{state}, {about}";
        node_now(end: &str) = "now {end}";
        node_passed(end: &str) = "passed by {end}";
        node_apart = "not passed";
        legend_ours = "this end";
        legend_peer = "the peer";
        step(time: &str, state: &str, cause: &str, evidence: &str) = "{time}: {state}, {cause}, {evidence}";
        after(time: &str) = "+{time}";
        made_by(call: &str) = "by {call}";
        seen_by(call: &str) = "seen by {call}";
        call(name: &str) = "{name}";
        sent(segment: &str) = "{segment} sent";
        received(segment: &str) = "{segment} received";
        cause_silence = "no answer";
        cause_failure = "failure";
        cause_kernel = "asked the kernel";
        cause_between = "in between";
        cause_time = "time passed";

        time_left(time: &str) = "{time} left";
        time_wait_client(local: &str) = "Until then, {local} cannot connect to this peer again from the same port. Other ports can, and the system picks one of them by itself.";
        time_wait_server(local: &str) = "Until then, {local} counts as in use. A server that starts there again fails with \"address in use\" unless it sets SO_REUSEADDR before it binds, as Bothends does on Unix. If the client closes first, the client's end waits instead.";
        waiting_for_fin(time: &str) = "The kernel gives this end up in {time} if no FIN comes.";

        accept_queue = "Accept queue";
        queue_of(queue: &AcceptQueue) = { format!("{} waiting of {}", grouped(queue.waiting.into()), grouped(queue.limit.into())) };
        queue_why = "Connections that are established and wait for accept, and how many may wait: the backlog. Linux takes one more";
        queue_full = "The accept queue is full. Linux drops further SYNs without an answer; clients try again after 1, 3 and 7 seconds and seem to hang until the program accepts.";

        process = "Process";
        process_of(process: &LocalProcess) = { format!("{} (pid {})", if process.command.is_empty() { "?" } else { &process.command }, process.pid) };
        process_is(process: &str) = "Process: {process}";
        state_is(state: &str, explained: &str) = "{state}: {explained}";
    }
}

impl Language {
    /// Returns what a state of an end means, in a sentence with a full stop. The end begins it.
    pub(crate) fn state_meaning(&self, state: TcpState, of_peer: bool) -> String {
        self.state_means(state, self.ends(of_peer).0)
    }

    /// Returns what a state of an end with this name means, and who moves next, in sentences.
    pub(crate) fn state_explained(&self, state: TcpState, end: &str, other: &str) -> String {
        let next = self.next_move(state, end, other);
        self.common.sentences(&self.state_means(state, end), &next)
    }

    /// Returns who moves next, in a sentence with a full stop.
    pub(crate) fn state_next(&self, state: TcpState, of_peer: bool) -> String {
        let (end, other) = self.ends(of_peer);
        self.next_move(state, end, other)
    }

    fn ends(&self, of_peer: bool) -> (&'static str, &'static str) {
        let words = &self.tcp;
        if of_peer {
            (words.of_peer, words.of_this_end)
        } else {
            (words.of_this_end, words.of_peer)
        }
    }

    /// Returns why the kernel says nothing, in a sentence; `None` where there is nothing to say about it.
    pub(crate) fn lack(&self, lack: &Lack) -> Option<String> {
        match lack {
            Lack::System => Some(self.tcp.no_states_here.to_owned()),
            Lack::Refused(error) => Some(self.tcp.refused(&error.in_words(self))),
            Lack::Marks => Some(self.tcp.marks_not_here.to_owned()),
            Lack::Encrypted => Some(self.tcp.marks_encrypted.to_owned()),
            Lack::NotTcp | Lack::Gone | Lack::Unacknowledged => None,
        }
    }

    /// Returns how much time is left, in whole seconds.
    pub(crate) fn whole_seconds(&self, left: Duration) -> String {
        let seconds = left.as_millis().div_ceil(1_000) as u64;
        match seconds.max(1) {
            seconds @ 0..60 => self.numbers.seconds(seconds),
            seconds => self.numbers.duration(Duration::from_secs(seconds)),
        }
    }
}

phrases! {
    /// What the states of RFC 9293 mean. `end` is the end in the state, `other` the other one; both may begin a sentence.
    StateMeanings {
        closed(end: &str) = "{end} has no connection.";
        listen(end: &str) = "{end} waits for a SYN.";
        syn_sent(end: &str) = "{end} has sent its SYN and waits for the answer.";
        syn_received(end: &str) = "{end} has received a SYN and answered with a SYN-ACK.";
        established(end: &str) = "Both directions are open at {end}.";
        fin_wait_1(end: &str) = "{end} has sent its FIN, which is not acknowledged yet.";
        fin_wait_2(end: &str) = "{end} has sent its FIN, which is acknowledged: it only receives now.";
        close_wait(end: &str) = "{end} has received a FIN: no more bytes come, but it may still send.";
        closing(end: &str) = "Both ends sent a FIN at once, and that of {end} is not acknowledged yet.";
        last_ack(end: &str) = "{end} has received a FIN and sent its own.";
        time_wait(end: &str) = "{end} closed first and waits, so that a late segment is not taken for one of a new connection, and a lost last ACK can be sent again.";
    }
}

phrases! {
    /// Who moves next in the states of RFC 9293.
    StateMoves {
        closed = "Nobody moves: a new connection begins with a SYN.";
        listen = "A client moves next, with its SYN.";
        syn_sent(other: &str) = "{other} moves next: a SYN-ACK opens the connection, an RST refuses it. Without an answer the SYN is sent again.";
        syn_received(other: &str) = "{other} moves next: its ACK completes the handshake.";
        established = "Either end may send. The one that is done first sends a FIN.";
        fin_wait_1(other: &str) = "{other} moves next, with the ACK.";
        fin_wait_2(other: &str) = "{other} moves next: it may go on sending, and its FIN ends the connection.";
        close_wait(end: &str) = "The program at {end} moves next: its FIN goes out when it shuts down or closes. If the state stays, the program forgot to close.";
        closing(other: &str) = "{other} moves next, with the ACK.";
        last_ack(other: &str) = "{other} moves next: its ACK is the last segment.";
        time_wait = "Nobody moves: only time ends it.";
    }
}

impl Language {
    fn state_means(&self, state: TcpState, end: &str) -> String {
        let words = &self.state_meanings;
        let said = match state {
            TcpState::Closed => words.closed(end),
            TcpState::Listen => words.listen(end),
            TcpState::SynSent => words.syn_sent(end),
            TcpState::SynReceived => words.syn_received(end),
            TcpState::Established => words.established(end),
            TcpState::FinWait1 => words.fin_wait_1(end),
            TcpState::FinWait2 => words.fin_wait_2(end),
            TcpState::CloseWait => words.close_wait(end),
            TcpState::Closing => words.closing(end),
            TcpState::LastAck => words.last_ack(end),
            TcpState::TimeWait => words.time_wait(end),
        };
        super::sentence(&said)
    }

    fn next_move(&self, state: TcpState, end: &str, other: &str) -> String {
        let words = &self.state_moves;
        let said = match state {
            TcpState::Closed => words.closed.to_owned(),
            TcpState::Listen => words.listen.to_owned(),
            TcpState::SynSent => words.syn_sent(other),
            TcpState::SynReceived => words.syn_received(other),
            TcpState::Established => words.established.to_owned(),
            TcpState::FinWait1 => words.fin_wait_1(other),
            TcpState::FinWait2 => words.fin_wait_2(other),
            TcpState::CloseWait => words.close_wait(end),
            TcpState::Closing => words.closing(other),
            TcpState::LastAck => words.last_ack(other),
            TcpState::TimeWait => words.time_wait.to_owned(),
        };
        super::sentence(&said)
    }
}

kinds! {
    /// Why the process of a peer is not known.
    NoProcesses for NoProcess as no_processes |language| {
        NotHere = "not on this machine, or already ended";
        NotVisible { uid: &u32 } = "a process of user {uid}, which this user may not inspect";
        System = "this system does not show it without privileges";
        Refused(error: &crate::net::SystemError) = { error.in_words(language) };
    }
}

phrases! {
    /// The kernel's numbers about a connection.
    TcpNumbers {
        heading = "Numbers";
        whose = "Whose numbers";
        none_on_record = "No numbers on record: they are recorded only while this tab shows a connection";
        none_yet = "The kernel has said nothing yet";
        gone = "The connection is over at this end: these were its last numbers";
        not_here = "This system does not show the numbers of a connection to programs without privileges";
        spoken(name: &str, value: &str) = "{name}: {value}";
        explained(why: &str, source: &str) = "{why}. Source: {source}";
        source(field: &str, unit: &str) = "{field}, in {unit}";
        span(least: &str, most: &str) = "{least} to {most} within the last minute";
        unit_count = "segments";
        unit_millis = "milliseconds";
        unit_bytes = "bytes";
        unit_rate = "bytes per second";
        unit_micros = "microseconds";
        bytes(count: u64) = { format!("{} B", grouped(count)) };
        segments(count: u64) = { noun(count, "segment", "segments") };
        no_threshold = "none yet";
        no_limit = "no limit";

        round_trip = "Round trip";
        round_trip_why = "The smoothed time from a segment to its acknowledgement";
        variation = "Variation";
        variation_why = "How much the round-trip time varies: an acknowledgement counts as missing when it is later than the round trip plus four times this";
        retransmits = "Retransmitted";
        retransmits_why = "Segments sent again since the connection began, because no acknowledgement came in time";
        mss = "Segment size";
        mss_why = "The most bytes that a segment carries (MSS), as both ends and the path allow";
        in_flight = "In flight";
        in_flight_why = "Segments that were sent and are not acknowledged";
        congestion_window = "Congestion window";
        congestion_window_why = "How many segments may be in flight, as far as the network seems able to take them";
        threshold = "Slow-start limit";
        threshold_why = "The slow-start threshold: below it the congestion window doubles each round trip, above it grows slowly. None until the first loss";
        send_queue = "Send queue";
        send_queue_why = "Bytes that the program has written and the peer has not acknowledged";
        peer_window = "Peer's window";
        peer_window_why = "How many more bytes the peer takes. At 0 the sender waits";
        delivery = "Delivery rate";
        delivery_why = "How fast bytes reached the peer lately, measured by acknowledgements";
        pacing = "Pacing rate";
        pacing_why = "How fast the kernel sends at most, because it spaces segments out";
        limited = "Limited by";
        limited_why = "What kept bytes from being sent faster between the last two looks: the peer's window, our send buffer, the network (the congestion window), or the program, which gave the kernel too little. Idle: all is sent and acknowledged";
        receive_queue = "Receive queue";
        receive_queue_why = "Bytes that arrived and the program has not read";
        window = "Window";
        window_why = "How many more bytes this end takes, as last announced to the peer. It closes when the program does not read";

        by_nothing = "idle";
        by_program = "program";
        by_window = "window";
        by_buffer = "buffer";
        by_network = "network";
        share(what: &str, share: f64) = { format!("{what} {:.0} %", share * 100.0) };
        busy(share: f64) = { format!("{:.0} % of the time with something to send", share * 100.0) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn each_state_says_what_it_means_and_who_moves_next() {
        for state in TcpState::ALL {
            for of_peer in [false, true] {
                for words in [
                    ENGLISH.state_meaning(state, of_peer),
                    ENGLISH.state_next(state, of_peer),
                ] {
                    assert!(
                        words.ends_with('.') && words.starts_with(char::is_uppercase),
                        "{words}"
                    );
                    assert!(!words.contains('{'), "{words}");
                }
            }
        }
        let next = |of_peer| ENGLISH.state_next(TcpState::FinWait2, of_peer);
        assert!(next(false).starts_with("The peer moves next"));
        assert!(next(true).starts_with("This end moves next"));
    }

    #[test]
    fn the_time_left_is_told_in_whole_seconds() {
        let check = |millis: u64, words: &str| {
            let left = Duration::from_millis(millis);
            assert_eq!(ENGLISH.whole_seconds(left), words);
        };
        check(0, "1 s");
        check(1_000, "1 s");
        check(1_001, "2 s");
        check(59_900, "1 min 0 s");
        check(43_200, "44 s");
    }
}
