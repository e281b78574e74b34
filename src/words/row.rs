//! Rows of the timeline in words, and all else that find, copying and exports have said.

use std::borrow::Cow;

use super::english::are;
use super::phrases::phrases;
use super::{InWords as _, Language};
use crate::capture::store::ReadError;
use crate::capture::{Absence, Entry, Remark, Row, RowKind, RowText, Say};
use crate::net::kernel::Syn;
use crate::payload::VisibleText;

phrases! {
    /// Rows, and remarks of exports.
    Rows {
        of_endpoint(name: &str, row: &str) = "{name}: {row}";
        received(size: &str, text: &str) = "received {size}: {text}";
        received_from(size: &str, peer: &str, text: &str) = "received {size} from {peer}: {text}";
        sent(size: &str, text: &str) = "sent {size}: {text}";
        sent_to(size: &str, peer: &str, text: &str) = "sent {size} to {peer}: {text}";
        good_frame(size: &str) = "a good frame of {size}";
        bad_frame(size: &str) = "a bad frame of {size}";
        not_kept(bytes: &str) = "[{bytes} not kept]";
        gap(file: &str, file_offset: u64, offset: u64, what: &str) = "{file}: at byte {file_offset} of the file, byte {offset} of the stream: {what}";
        cut_datagram(file: &str, what: &str) = "{file}: at its end: {what}";
        gap_not_kept(bytes: &str) = "{bytes} not kept";
        gap_damaged(bytes: &str) = "{bytes} damaged in the capture";
        gap_not_captured(bytes: &str) = "{bytes} missing from the captured file";
        gap_not_exported(bytes: &str) = "{bytes} not in this export";
        unreadable(entry: u64, why: &str) = "entry {entry} cannot be read: {why}";
        unreadable_run(entries: &str, first: u64, last: u64, why: &str) = "{entries}, numbers {first} to {last}, cannot be read: {why}";
        real = "Packets of the lab, as the kernel delivered them";
        real_and_reconstructed = "Packets of the interface lo are those of the lab, as the kernel delivered them. Those of other interfaces, if any, are reconstructed from socket events: of them, only payloads, their order and their times are real.";
        reconstructed = "Packet headers are reconstructed from socket events: no packet was captured. Payloads, their order and their times are real; sequence numbers, acknowledgments, segment sizes and windows are not. Of connections with TLS, the payloads are the plaintext that this program sent and decrypted, not the bytes on the wire.";
        no_beginning = "the beginning of this connection is not in this export";
        missing_before(count: u64, bytes: &str) = { format!("{bytes} of this stream before this packet {} missing", are(count)) };
        decrypted = "plaintext: on the wire, this connection is encrypted with TLS from here on; an end of it in this program has decrypted the payloads";
        assumed_end = "not seen: the connection was closed here before the peer finished";
    }
}

impl Language {
    fn unreadable_run(&self, first: u64, entries: u64, why: &ReadError) -> String {
        let words = &self.rows;
        let why = why.in_words(self);
        if entries == 1 {
            return words.unreadable(first, &why);
        }
        let last = first.saturating_add(entries).saturating_sub(1);
        words.unreadable_run(&self.counts.entries(entries), first, last, &why)
    }

    fn absence(&self, bytes: u64, why: Absence) -> String {
        let (words, bytes) = (&self.rows, self.counts.bytes(bytes));
        match why {
            Absence::NotKept => words.gap_not_kept(&bytes),
            Absence::Damaged => words.gap_damaged(&bytes),
            Absence::NotCaptured => words.gap_not_captured(&bytes),
            Absence::NotExported => words.gap_not_exported(&bytes),
        }
    }

    /// Returns what a row shows.
    pub(crate) fn row_text<'a>(&self, row: &'a Row) -> Cow<'a, VisibleText> {
        match &row.text {
            RowText::Payload(preview) => Cow::Borrowed(&preview.text),
            RowText::Words(happening) => Cow::Owned(self.happening(happening)),
        }
    }
}

impl Say for Language {
    fn entry(&self, entry: &Entry) -> VisibleText {
        VisibleText::plain(self.happened(entry))
    }

    fn unreadable(&self, error: &ReadError) -> VisibleText {
        VisibleText::plain(error.in_words(self))
    }

    fn row(&self, row: &Row, endpoint_name: Option<&str>) -> String {
        let words = &self.rows;
        let text = self.row_text(row);
        let size = |bytes: u64| {
            let size = self.counts.bytes(bytes);
            match row.frame.filter(|frame| frame.is_judged) {
                Some(frame) if frame.is_good => words.good_frame(&size),
                Some(_) => words.bad_frame(&size),
                None => size,
            }
        };
        let peer = row.peer.as_ref().map(ToString::to_string);
        let row = match (row.kind, peer) {
            (RowKind::Received(bytes), Some(peer)) => {
                words.received_from(&size(bytes), &peer, &text.text)
            }
            (RowKind::Received(bytes), None) => words.received(&size(bytes), &text.text),
            (RowKind::Sent(bytes), Some(peer)) => words.sent_to(&size(bytes), &peer, &text.text),
            (RowKind::Sent(bytes), None) => words.sent(&size(bytes), &text.text),
            _ => text.into_owned().text,
        };
        match endpoint_name {
            Some(name) => words.of_endpoint(name, &row),
            None => row,
        }
    }

    fn syn(&self, syn: &Syn) -> String {
        self.syn(syn)
    }

    fn reason(&self, entry: &Entry) -> Option<String> {
        self.reason_of(entry)
    }

    fn remark(&self, remark: Remark<'_>) -> String {
        let words = &self.rows;
        match remark {
            Remark::NotKept { bytes } => words.not_kept(&self.counts.bytes(bytes)),
            Remark::Gap {
                file,
                file_offset,
                offset,
                bytes,
                why,
            } => {
                let what = self.absence(bytes, why);
                words.gap(file, file_offset, offset, &what)
            }
            Remark::CutDatagram { file, bytes, why } => {
                words.cut_datagram(file, &self.absence(bytes, why))
            }
            Remark::Unreadable {
                first,
                entries,
                why,
            } => self.unreadable_run(first, entries, why),
            Remark::CutShort(cut) => self.cut_short(cut),
            Remark::Reconstructed => words.reconstructed.to_owned(),
            Remark::Real => words.real.to_owned(),
            Remark::RealAndReconstructed => words.real_and_reconstructed.to_owned(),
            Remark::NoBeginning => words.no_beginning.to_owned(),
            Remark::MissingBefore { bytes } => {
                words.missing_before(bytes, &self.counts.bytes(bytes))
            }
            Remark::Decrypted => words.decrypted.to_owned(),
            Remark::AssumedEnd => words.assumed_end.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ENGLISH;
    use super::*;
    use crate::capture::EventKind;
    use crate::capture::store::Damage;
    use crate::capture::synthetic::{accepted, event, listening, received, row, sent};

    #[test]
    fn unreadable_entries_are_counted() {
        let why = ReadError::Damaged {
            path: "/tmp/00000000.entries".into(),
            position: 120,
            what: Damage::Checksum,
        };
        let check = |first, entries, expected: &str| {
            let remark = Remark::Unreadable {
                first,
                entries,
                why: &why,
            };
            assert_eq!(ENGLISH.remark(remark), expected);
        };
        check(
            1,
            1,
            "entry 1 cannot be read: /tmp/00000000.entries is damaged at byte 120: the checksum is wrong",
        );
        check(
            1,
            3,
            "3 entries, numbers 1 to 3, cannot be read: /tmp/00000000.entries is damaged at byte 120: the checksum is wrong",
        );
    }

    #[test]
    fn a_row_is_spoken_with_direction_size_and_text() {
        let check = |kind: EventKind, name: Option<&str>, expected: &str| {
            assert_eq!(ENGLISH.row(&row(event(1, 1, 7, kind)), name), expected);
        };
        check(
            received(1, b"Hello, server!"),
            None,
            "received 14 bytes from 127.0.0.1:53122: Hello, server!",
        );
        check(
            sent(1, b"\x1B\n"),
            Some("Client 1"),
            r"Client 1: sent 2 bytes to 127.0.0.1:53122: \x1B\n",
        );
        check(
            accepted(),
            Some("Server 1"),
            "Server 1: accepted 127.0.0.1:53122",
        );
        check(
            listening(),
            None,
            "listening on 127.0.0.1:9000, backlog 128",
        );
    }
}
