//! The detail pane: the whole of one entry.

use std::time::Duration;

use super::english::{duration, grouped, noun};
use super::phrases::phrases;
use super::{InWords, Language};
use crate::net::Requester;
use crate::payload::inspector::ReadingKind;

phrases! {
    /// The detail pane.
    Detail {
        what_happened = "What happened here?";
        what_happened_sign = "?";
        not_kept = "This entry is no longer kept";
        show_as = "Show as";
        text = "Text";
        text_and_hex = "Text and hex";
        hex = "Hex";
        structure = "Structure";
        both_ends = "Both ends";
        hex_dump = "Hex dump";

        encrypted(heading: &str, wire: u64) = { format!("{heading}, {} encrypted", grouped(wire)) };
        encrypted_why = "Its size on the wire: TLS adds a header to each record, and what protects it against changes";
        sent(bytes: u64) = { format!("Sent {}", noun(bytes, "byte", "bytes")) };
        received(bytes: u64) = { format!("Received {}", noun(bytes, "byte", "bytes")) };
        to(peer: &str) = "to {peer}";
        from(peer: &str) = "from {peer}";
        by(peer: &str, endpoint: &str) = "{peer} by {endpoint}";
        byte_of_stream(offset: u64) = { format!("byte {} of the stream", grouped(offset)) };
        bytes_of_stream(first: u64, last: u64) = { format!("bytes {} to {} of the stream", grouped(first), grouped(last)) };
        by_user = "requested by you";
        by_responder = "requested by its reply";
        by_relay = "forwarded";
        by_sequence = "requested by a sequence";
        by_rule(rule: u16) = "requested by rule {rule}";
        by_rule_why = "Show the rule; it may have changed since";
        since_previous(time: Duration) = { format!("{} after the previous row", duration(time)) };
        no_glyph(character: char) = { format!("No installed font shows U+{:04X}: install one that does, such as Noto Sans", u32::from(character)) };

        copy_as = "Copy as…";
        copy_text = "Text";
        copy_hex = "Hex";
        copy_escaped = "Escaped string";
        copy_c_array = "C array";

        reuse = "Use…";
        reuse_hint = "Send these bytes again, save them, or compare with them";
        send_again = "Send again";
        send_again_to(recipient: &str) = "Send again to {recipient}";
        edit = "Edit and send";
        save = "Save message";
        set_base = "Set as comparison base";
        name_sent(size: &str, beginning: &str) = "Sent {size}: {beginning}";
        name_received(size: &str, beginning: &str) = "Received {size}: {beginning}";

        held_between(held: &str, first: &str, last: &str) = "{held}, {first} to {last}";
        chunk_of(chunk: u64, chunks: u64) = { format!("chunk {} of {}", grouped(chunk), grouped(chunks)) };
        next_chunk = "Next chunk";
        previous_chunk = "Previous chunk";

        end_comparison = "End comparison";
        base_dump = "Hex dump of the comparison base";
        compared(differences: &str, base: &str) = "{differences}, compared with {base}";
        changed(bytes: u64) = { format!("{} changed", noun(bytes, "byte", "bytes")) };
        added(bytes: u64) = { format!("{} added", noun(bytes, "byte", "bytes")) };
        removed(bytes: u64) = { format!("{} removed", noun(bytes, "byte", "bytes")) };
        unaligned = "compared position by position";
        identical = "Identical bytes";

        no_other_end = "The other end of this connection belongs to another program, so it is not in this capture";
        other_end = "The other end";
        wrote(endpoint: &str, writes: u64) = { format!("{endpoint} wrote this in {}", noun(writes, "write", "writes")) };
        read(endpoint: &str, reads: u64) = { format!("{endpoint} read this in {}", noun(reads, "read", "reads")) };
        chunk_at(size: &str, time: &str) = "{size} at {time}";
        chunk_after(size: &str, time: &str) = "{size} after {time}";
        no_chunk = "not recorded";

        payload_only = "Payload only";
        payload_only_hint = "Without delimiters and length fields, and with escapes undone";
        in_reads(reads: u64) = { format!("In {}:", noun(reads, "read", "reads")) };
        in_writes(writes: u64) = { format!("In {}:", noun(writes, "write", "writes")) };
        chunks_hint = "TCP is a byte stream: reads and writes may end anywhere in a message";
        good_frame(check: &str) = "Good: {check}";
        bad_frame(problem: &str) = "Bad: {problem}";
        no_frame(framing: &str, problem: &str) = "Not a frame of {framing}: {problem}";

        choose_byte = "Click a byte to read it as a number, a time or a character";
        byte_as(offset: usize) = "Byte {offset} as";
        little_endian(kind: &str) = "{kind} little-endian";
        big_endian(kind: &str) = "{kind} big-endian";
        little_endian_short(kind: &str) = "{kind} LE";
        big_endian_short(kind: &str) = "{kind} BE";
        unix_seconds = "Unix time, s";
        unix_millis = "Unix time, ms";

        read_as = "Read as";
        detect = "Auto";
        no_structure = "No known structure found. Choose one above to try it.";
    }
}

impl Detail {
    /// Returns who requested an entry; nobody requests what a peer or the system does.
    pub(crate) fn requested_by(&self, by: Requester) -> Option<String> {
        let by = match by {
            Requester::Nobody => return None,
            Requester::User => self.by_user,
            Requester::Responder => self.by_responder,
            Requester::Relay => self.by_relay,
            Requester::Sequence => self.by_sequence,
            Requester::Rule(rule) => return Some(self.by_rule(rule.0.get())),
        };
        Some(by.to_owned())
    }
}
impl InWords for ReadingKind {
    fn in_words(&self, language: &Language) -> String {
        let name = match self {
            Self::Type(name) => name,
            Self::UnixSeconds => language.detail.unix_seconds,
            Self::UnixMillis => language.detail.unix_millis,
        };
        name.to_owned()
    }
}
