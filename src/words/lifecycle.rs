//! The lifecycle of one connection as a picture: what each mark says, and how it is known.

use super::Language;
use super::english::{grouped, noun};
use super::phrases::phrases;
use crate::capture::trace::{Call, Evidence, TraceKind};
use crate::net::kernel::{Syn, SynOption};

phrases! {
    /// The lifecycle of one connection as a picture.
    Lifecycles {
        name = "Lifecycle";
        title(connection: u64) = "Lifecycle of connection #{connection}";
        connection = "Connection";
        connection_from(connection: u64, client: &str) = "#{connection} from {client}";
        connection_to(connection: u64, server: &str) = "#{connection} to {server}";
        choose = "Select an entry of a connection, or choose one in the inspector, to see its lifecycle: how it began, what it carried, and how it ended.";
        encrypted = "The contents are encrypted (TLS): the TLS handshake and its records are not drawn";
        no_tcp = "Only a TCP connection has a lifecycle of segments.";
        no_udp = "The exchange with a UDP peer has no lifecycle: no handshake begins it, no FIN ends it, and nobody acknowledges a datagram. All there is are the datagrams.";
        show_lanes = "Show its datagrams in lanes";
        reading(percent: u64) = "Reading the record: {percent}%";
        not_in_view = "Shown while the live session is in view.";
        nothing = "Nothing of this connection is on record any more.";
        cut = "Some of this connection is no longer on record.";
        show = "Show lifecycle";
        show_why = "Draw this connection in the middle: handshake, bytes, and how it ended";
        save = "Save picture…";
        distance = "Distance";
        even = "Even";
        to_scale = "To scale";
        to_scale_why = "The longer the wait, the longer the distance. What is closer than a line is set a line apart; long waits are cut.";
        stretch = "Stretch";
        shrink = "Shrink";
        acks = "Show acknowledgements";
        acks_hint = "Ask the kernel when the peer acknowledged the bytes that were sent";
        acks_cost = "While this is on, a round trip takes up to 1.2 times as long. Stamps begin when they are requested; anything earlier is inferred.";
        departures = "Show departures";
        departures_hint = "Also ask the kernel when bytes left this machine and when bytes arrived";
        all_cost = "While both are on, a round trip takes up to twice as long. Stamps begin when they are requested; anything earlier is inferred.";

        peer = "Peer";
        client = "Client";
        server = "Server";

        syn = "SYN";
        syn_says = "asks to connect";
        syn_ack = "SYN-ACK";
        syn_ack_says = "agrees, and asks back";
        ack = "ACK";
        ack_says = "agrees: connected";
        fin = "FIN";
        fin_says = "has no more to send";
        fin_ack_says = "has seen the FIN";
        rst = "RST";
        rst_says = "breaks the connection off";
        refuses = "refuses";
        bytes(bytes: u64) = { noun(bytes, "byte", "bytes") };
        not_read = "not read yet";
        not_acknowledged = "not acknowledged yet";
        has_bytes(bytes: u64) = { format!("has received {}", noun(bytes, "byte", "bytes")) };
        writes(count: u64) = { noun(count, "write", "writes") };
        reads(count: u64) = { noun(count, "read", "reads") };
        run(calls: &str, size: &str, took: &str) = "{calls}, {size} in {took}";
        window_closed = "window 0";
        window_closed_says = "has no room: wait";
        window_open = "window open";
        window_open_says = "has room again";
        accepted = "accept";
        reads_bytes(bytes: &str) = "reads {bytes}";
        left(bytes: &str) = "{bytes} left";
        arrived(bytes: &str) = "{bytes} arrived";
        timed_out = "no answer: given up";
        failed = "failed";
        again(segments: u64) = { format!("{} sent again", noun(segments, "segment", "segments")) };

        again_segments(segments: u64) = { noun(segments, "segment", "segments") };

        inferred = "inferred";
        sent_by(call: &str) = "sent by {call}";
        seen_by(call: &str) = "seen by {call}";
        both_known(one: &str, other: &str) = "{one}, {other}";
        both_calls(one: &str, other: &str) = "{one} and {other}";
        later(took: &str) = "{took} later";
        noticed_later(took: &str) = "noticed {took} later";

        legend_seen = "sent or seen by a call";
        legend_inferred = "inferred";
        legend_state_seen = "state: the kernel said so";
        legend_state_inferred = "state: inferred";
        state_of(end: &str, state: &str) = "{end}: {state}";
        state_tip(state: &str, explained: &str, how: &str) = "{state}. {explained} {how}.";
        state_seen = "The solid box: the kernel said so";
        state_inferred = "The dashed box: inferred from what happened; the kernel was not asked";
        legend_unacknowledged = "sent, not acknowledged";
        legend_half_closed = "half-closed: one end has finished sending";
        legend_window = "window closed: may not send";
        legend_scale(time: &str) = "{time}";

        sentence(when: &str, what: &str, how: &str) = "{when}: {what}. {how}.";
        at(time: &str) = "At {time}";
        at_latest(time: &str) = "By {time} at the latest";
        at_earliest(time: &str) = "At {time} at the earliest";
        how_inferred = "Inferred: nothing else fits what was seen";
        how_made(call: &str) = "Sent by {call}: the call itself does not see the wire";
        how_seen(call: &str, means: &str) = "Seen: {call}, {means}";
        says_syn(from: &str, to: &str) = "{from} asks {to} to connect (SYN)";
        says_syn_with(from: &str, to: &str, syn: &str) = "{from} asks {to} to connect: {syn}";
        says_syn_ack(from: &str, to: &str) = "{from} agrees, and asks {to} in turn (SYN-ACK)";
        says_ack(from: &str) = "{from} agrees (ACK): the connection is established, and both may send";
        says_accepted(who: &str) = "the program of {who} takes the connection, which the system had established already";
        says_sent(from: &str, bytes: &str, start: &str, end: &str) = "{from} hands {bytes} to its system to be sent, {start} to {end} of its stream; the call does not say that they arrive";
        says_received(to: &str, bytes: &str, start: &str, end: &str) = "the program of {to} reads {bytes}, {start} to {end} of the stream";
        says_run(who: &str, writes: &str, sent: &str, reads: &str, received: &str) = "{who} makes {writes} with {sent} and {reads} with {received}";
        says_scheduled(who: &str, end: &str) = "the first {end} of {who} wait to be sent by the network interface";
        says_left(who: &str, end: &str) = "the first {end} have left {who}";
        says_acknowledged(who: &str, end: &str) = "the system of {who} says that it has the first {end} (ACK); its program may not have read them";
        says_arrived(who: &str, end: &str) = "the first {end} have arrived at the system of {who}";
        says_fin(from: &str) = "{from} says that it has no more to send (FIN); it still receives";
        says_fin_ack(from: &str) = "the system of {from} confirms that it has seen the FIN (ACK)";
        says_rst(from: &str) = "{from} breaks the connection off (RST): what was on its way is lost";
        says_refused(from: &str) = "{from} refuses (RST): no program listens there";
        says_timed_out(who: &str) = "nothing came back, and {who} gave up";
        says_failed(who: &str) = "the connection of {who} failed without a segment of the peer";
        says_window_closed(from: &str) = "{from} has no room for more (window 0): its program does not read";
        says_window_open(from: &str) = "{from} has room again";
        says_again(who: &str, segments: &str) = "{who} sent {segments} again, because no acknowledgement came";
        says_state(who: &str, state: &str) = "{who} is in {state}";

        means_connect = "which succeeds only after it, or says that it was refused";
        means_accept = "which returned the connection";
        means_saved_syn = "the SYN that the kernel kept";
        means_send = "which took the bytes";
        means_receive = "which returned the bytes, or 0 for a FIN";
        means_socket_error = "an error of the socket";
        means_shutdown = "which was called";
        means_close = "which was called";
        means_stamp = "a stamp of the kernel";
        means_inquiry = "what the kernel said when it was asked";

        option_mss(bytes: u16) = { format!("MSS {}", grouped(bytes.into())) };
        option_scale(shift: u8) = { format!("window \u{d7}{}", grouped(1_u64.checked_shl(shift.into()).unwrap_or(0))) };
        option_sack = "SACK";
        option_timestamps = "timestamps";
        option_fast_open = "Fast Open";
        option_multipath = "Multipath TCP";
        option_other(kind: u8) = "kind {kind}";

        save_title = "Save picture";
        save_picture = "Save";
        format = "Format";
        svg = "SVG";
        png = "PNG";
        about_svg = "Sharp at any size, with text that can be searched and copied.";
        about_png = "Pixels, for programs that do not read SVG.";
        file = "File";
        saved(path: &str) = "Saved as {path}";
        file_name(connection: u64) = "Lifecycle of connection {connection}";
    }
}

impl Language {
    /// Returns the options of a SYN in as few words as name them; padding says nothing.
    pub(crate) fn syn_in_short(&self, syn: &Syn) -> String {
        let words = &self.lifecycles;
        let option = |option: &SynOption| match option {
            SynOption::End | SynOption::NoOperation => None,
            SynOption::MaximumSegmentSize(bytes) => Some(words.option_mss(*bytes)),
            SynOption::WindowScale(shift) => Some(words.option_scale(*shift)),
            SynOption::SackPermitted => Some(words.option_sack.to_owned()),
            SynOption::Timestamps { .. } => Some(words.option_timestamps.to_owned()),
            SynOption::FastOpenCookie(_) => Some(words.option_fast_open.to_owned()),
            SynOption::Multipath(_) => Some(words.option_multipath.to_owned()),
            SynOption::Other { kind, .. } => Some(words.option_other(*kind)),
        };
        let options: Vec<_> = syn.options.iter().filter_map(option).collect();
        options.join(self.common.comma)
    }

    /// Returns how something is known: a sentence without its full stop.
    pub(crate) fn evidence(&self, evidence: Evidence) -> String {
        let words = &self.lifecycles;
        let call = match evidence {
            Evidence::Seen(call) => call,
            Evidence::Made(call) => return words.how_made(call.name()),
            Evidence::Inferred => return words.how_inferred.to_owned(),
        };
        let means = match call {
            Call::Connect => words.means_connect,
            Call::Accept => words.means_accept,
            Call::SavedSyn => words.means_saved_syn,
            Call::Send => words.means_send,
            Call::Receive => words.means_receive,
            Call::SocketError => words.means_socket_error,
            Call::Shutdown => words.means_shutdown,
            Call::Close => words.means_close,
            Call::StampScheduled
            | Call::StampLeft
            | Call::StampAcknowledged
            | Call::StampArrived => words.means_stamp,
            Call::Inquiry(_) => words.means_inquiry,
        };
        words.how_seen(call.name(), means)
    }

    /// Returns in few words how something is known.
    pub(crate) fn evidence_in_short(&self, evidence: Evidence) -> String {
        let words = &self.lifecycles;
        match evidence {
            Evidence::Seen(call) => words.seen_by(call.name()),
            Evidence::Made(call) => words.sent_by(call.name()),
            Evidence::Inferred => words.inferred.to_owned(),
        }
    }

    /// Returns what a segment is called, and what it says to someone who does not know the name.
    pub(crate) fn segment(
        &self,
        kind: &TraceKind,
        is_refusal: bool,
    ) -> Option<(String, &'static str)> {
        let words = &self.lifecycles;
        let (name, says) = match kind {
            TraceKind::Syn(_) => (words.syn, words.syn_says),
            TraceKind::SynAck => (words.syn_ack, words.syn_ack_says),
            TraceKind::HandshakeAck => (words.ack, words.ack_says),
            TraceKind::Fin => (words.fin, words.fin_says),
            TraceKind::FinAck => (words.ack, words.fin_ack_says),
            TraceKind::Rst if is_refusal => (words.rst, words.refuses),
            TraceKind::Rst => (words.rst, words.rst_says),
            TraceKind::Window { is_open: false } => (words.window_closed, words.window_closed_says),
            TraceKind::Window { is_open: true } => (words.window_open, words.window_open_says),
            _ => return None,
        };
        Some((name.to_owned(), says))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::ENGLISH;

    #[test]
    fn the_options_of_a_syn_are_named_in_short() {
        let syn = Syn {
            ip_version: 4,
            hops: 64,
            sequence_number: 1,
            window: 65_495,
            has_ecn: false,
            options: vec![
                SynOption::MaximumSegmentSize(65_495),
                SynOption::SackPermitted,
                SynOption::Timestamps { value: 1, echo: 0 },
                SynOption::NoOperation,
                SynOption::WindowScale(7),
            ],
        };
        assert_eq!(
            ENGLISH.syn_in_short(&syn),
            "MSS 65,495, SACK, timestamps, window ×128"
        );
    }

    #[test]
    fn a_mark_says_how_it_is_known() {
        assert_eq!(
            ENGLISH.evidence(Evidence::Seen(Call::SavedSyn)),
            "Seen: TCP_SAVED_SYN, the SYN that the kernel kept"
        );
        assert!(ENGLISH.evidence(Evidence::Inferred).starts_with("Inferred"));
        let short = [
            Evidence::Made(Call::Connect),
            Evidence::Seen(Call::Connect),
            Evidence::Inferred,
        ];
        assert_eq!(
            short.map(|it| ENGLISH.evidence_in_short(it)),
            ["sent by connect", "seen by connect", "inferred"]
        );
    }
}
