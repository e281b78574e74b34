//! The composer: the message being written, and what becomes of it.

use std::time::Duration;

use super::english::{bytes, duration, grouped, noun};
use super::phrases::phrases;
use super::{InWords as _, Language};
use crate::session::{RepeatEnd, RepeatStatus};

phrases! {
    /// The composer.
    Composer {
        message = "Message";
        text_hint = "Type a message";
        hex_hint = "Hex digits: 48 65 6C";
        send = "Send";
        send_empty = "Send empty datagram";
        empty_datagram = "0 bytes: a datagram may be empty";
        too_long(bytes: &str) = "A datagram holds at most 65,507 bytes; this message has {bytes}. Send less, or set Bytes in a datagram under Sending speed";
        to = "To";
        send_to = "Send to";
        nobody = "No recipient";
        to_address(name: &str, address: &str) = "{name} → {address}";
        all_peers(server: &str) = "{server}: all peers";
        and_more(first: &str, more: usize) = "{first} and {more} more";
        include(recipients: &str) = "Also send to {recipients}";
        selected_peers(server: &str, count: usize) = "{server}: selected peers ({count})";
        format = "Format";
        text = "Text";
        hex = "Hex";
        line_ending = "Line ending";
        no_ending = "None";
        lf = "LF";
        cr = "CR";
        crlf = "CRLF";
        escapes = "Escapes";
        escapes_why = r"On: \n \r \t \0 \\ \xNN \u{…} in the text stand for bytes. Off: a backslash is a backslash.";
        template = "Template";
        template_why = "On: fields such as {{counter}}, {{time}} and {{crc CRC-16/MODBUS le}} are computed each time the message is sent. Off: {{ and }} stand for themselves.";

        completions = "Completions";
        with_file(bytes: &str, file: &str) = "{bytes} and {file}";
        unfinished = "A field ends with }}";
        exact = "Exact bytes to be sent";
        computed = "Bytes as they would be sent now; the highlighted ones are computed when the message is sent";
        escapes_off = "Turn escapes off";

        pasted(kind: &str) = "You pasted {kind}";
        take_as_hex(bytes: &str) = "Convert to hex ({bytes})";
        keep_text = "Keep as text";

        repeat_menu = "Repeat…";
        repeat_why = "Send the message again and again";
        repeat = "Repeat";
        every = "Every";
        period = "Time between two messages";
        period_why = "500ms or 2s, for example; a plain number is milliseconds";
        times = "Number of times";
        times_why = "Empty: until you stop it";
        endless = "∞";
        times_unit = "times";
        until_reply = "until a reply";
        stop_repeating = "Stop";
        stop_repeating_why = "Stop repeating the message (Esc)";
        dismiss_repeated = "Dismiss";
        repeating(times: u64, of: Option<u64>, period: Duration) = { repeating(times, of, period) };
        repeated(times: u64) = { format!("Repeated {}", noun(times, "time", "times")) };
        repeat_stopped(times: u64) = { format!("Stopped after {}", noun(times, "time", "times")) };
        repeat_replied(times: u64) = { format!("Replied after {}", noun(times, "time", "times")) };
        repeat_ended(times: u64, why: &str) = { format!("Repeating ended after {}: {why}", noun(times, "time", "times")) };

        more = "More for messages";
        history = "History";
        search_history = "Search sent messages";
        history_empty = "Nothing has been sent yet";
        history_no_match = "No message contains this";

        file = "File…";
        file_why = "Send a file of any size";
        file_path = "File to send";
        write_bytes = "Bytes per write";
        write_bytes_why = "1 to 1m; empty for as many as the system takes";
        delay = "Delay between writes";
        delay_why = "200ms or 2s, for example; empty for none";
        send_file = "Send file";
        dismiss_file = "Dismiss";
        sending(file: &str, sent_bytes: u64, total_bytes: u64, percent: u64) = { format!("Sending {file}: {} of {}, {percent}%", bytes(sent_bytes), bytes(total_bytes)) };
        sent(file: &str, sent_bytes: u64) = { format!("Sent {file}, {}", bytes(sent_bytes)) };
        cancelled(file: &str, sent_bytes: u64, total_bytes: u64) = { format!("Cancelled {file} after {} of {}", bytes(sent_bytes), bytes(total_bytes)) };
        not_open(file: &str, sent_bytes: u64, total_bytes: u64) = { format!("Stopped {file} after {} of {}: the connection is no longer open", bytes(sent_bytes), bytes(total_bytes)) };
        unread(file: &str, sent_bytes: u64, why: &str) = { format!("Could not read {file} after {}: {why}", bytes(sent_bytes)) };
    }
}

impl Language {
    /// Returns how far a repeated message has come, or why it ended.
    pub(crate) fn repeated(&self, status: &RepeatStatus) -> String {
        let (words, times) = (&self.composer, status.times);
        let ended = |why: String| words.repeat_ended(times, &why);
        match &status.end {
            None => {
                let repetition = &status.repetition;
                let of = repetition.times.map(u64::from);
                words.repeating(times, of, repetition.period)
            }
            Some(RepeatEnd::Done) => words.repeated(times),
            Some(RepeatEnd::Stopped) => words.repeat_stopped(times),
            Some(RepeatEnd::Replied) => words.repeat_replied(times),
            Some(RepeatEnd::Ended(ending)) => ended(ending.in_words(self)),
            Some(RepeatEnd::Failed(error)) => ended(error.in_words(self)),
            Some(RepeatEnd::Refused(error)) => ended(error.in_words(self)),
        }
    }
}

fn repeating(times: u64, of: Option<u64>, period: Duration) -> String {
    let (times, period) = (grouped(times), duration(period));
    match of {
        Some(of) => format!("Repeating · {times} of {} · every {period}", grouped(of)),
        None => format!("Repeating · {times} so far · every {period}"),
    }
}
