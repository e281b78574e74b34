//! Captured files of other tools.

use std::io;
use std::path::Path;

use super::english::noun;
use super::kinds::kinds;
use super::phrases::phrases;
use super::record::shown;
use super::{InWords, Language};
use crate::capture::import::ImportFailure;
use crate::capture::pcap::{ImportError, ImportSummary};
use crate::capture::store::{StopCause, StoreError};

phrases! {
    /// Captured files of other tools: pcap and pcapng.
    Packets {
        summary(packets: &str, segments: &str) = "{packets} packets, {segments} of them TCP";
        summary_with_udp(packets: &str, segments: &str, datagrams: &str) = "{packets} packets, {segments} of them TCP and {datagrams} UDP";
        fragments(count: u64) = { noun(count, "IP fragment", "IP fragments") };
        others(count: u64) = { noun(count, "other packet", "other packets") };
        skipped(fragments: &str, others: &str) = "skipped: {fragments}, {others}";
        missing(bytes: &str) = "not in the file: {bytes} of what they carried";
    }
}

phrases! {
    /// The packets of the lab beside an entry.
    PacketsShown {
        packets = "Packets";
        about(shown: u64, total: u64) = { if shown == total { format!("{} on the wire within a second, as the kernel delivered them", noun(total, "packet", "packets")) } else { format!("{} of {} on the wire within a second, as the kernel delivered them", noun(shown, "packet", "packets"), total) } };
        lost(packets: u64) = { format!("{} of this lab not recorded", noun(packets, "packet", "packets")) };
        relative = "Counted from the SYN of its sender, which is 0";
        unscaled = "As it stands in the header: after the SYN, to be multiplied by the window scale";
        letters = "S SYN, F FIN, R RST, P PSH, . ACK";
        time = "Time";
        way = "Way";
        flag_letters = "Flags";
        sequence = "Seq";
        acknowledged = "Ack";
        window = "Window";
        length = "Bytes";
        sent = "sent";
        received = "received";
    }
}

impl PacketsShown {
    /// Returns the headings of the columns, each with what is to know about it, if there is something.
    pub(crate) fn headings(&self) -> [(&'static str, &'static str); 7] {
        [
            (self.time, ""),
            (self.way, ""),
            (self.flag_letters, self.letters),
            (self.sequence, self.relative),
            (self.acknowledged, self.relative),
            (self.window, self.unscaled),
            (self.length, ""),
        ]
    }
}

kinds! {
    /// Why a captured file was not imported.
    Imports for ImportFailure as imports |language| {
        Open { path: &Path, source: &io::Error } = { format!("Cannot open {}: {}", shown(path), source.in_words(language)) };
        File { path: &Path, source: &ImportError } = { format!("Cannot read {}. {}", shown(path), source.in_words(language)) };
        Store(error: &StoreError) = { error.in_words(language) };
        Stopped { path: &Path, cause: &StopCause } = { format!("Cannot store the packets of {}: {}", shown(path), cause.in_words(language)) };
        Cancelled = "Reading the file was cancelled";
    }

    /// What is wrong with a captured file.
    PacketFiles for ImportError as packet_files |language| {
        Read { position: &u64, source: &io::Error } = { format!("Reading stopped at byte {position}: {}", source.in_words(language)) };
        Format = "The file is neither pcap nor pcapng";
        CutOff { position: &u64 } = "The file is cut off at byte {position}";
        Length { position: &u64, bytes: &u64 } = "The file is damaged at byte {position}: a length of {bytes} bytes";
        Block { position: &u64, block_type: &u32 } = "The file is damaged at byte {position}: malformed block of type {block_type}";
        Interface { position: &u64, interface: &u32 } = "The file is damaged at byte {position}: interface {interface} is not described";
        TooManyInterfaces { position: &u64, limit: &usize } = "The file describes more than {limit} interfaces, at byte {position}";
    }
}

/// What of a captured file is not among the entries.
impl InWords for ImportSummary {
    fn in_words(&self, language: &Language) -> String {
        let (words, numbers) = (&language.packets, &language.numbers);
        let grouped = |number| numbers.grouped(number);
        let (packets, segments) = (grouped(self.packets), grouped(self.segments));
        let mut parts = vec![match self.datagrams {
            0 => words.summary(&packets, &segments),
            datagrams => words.summary_with_udp(&packets, &segments, &grouped(datagrams)),
        }];
        if self.fragments + self.others > 0 {
            parts.push(words.skipped(&words.fragments(self.fragments), &words.others(self.others)));
        }
        if self.missing_bytes > 0 {
            parts.push(words.missing(&language.counts.bytes(self.missing_bytes)));
        }
        parts.join(language.common.semicolon)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ENGLISH;
    use super::*;

    #[test]
    fn damage_names_its_place_and_the_file() {
        let check = |source: ImportError, expected: &str| {
            let path = "a.pcap".into();
            let failure = ImportFailure::File { path, source };
            assert_eq!(
                failure.in_words(&ENGLISH),
                format!("Cannot read a.pcap. {expected}")
            );
        };
        check(ImportError::Format, "The file is neither pcap nor pcapng");
        check(
            ImportError::CutOff { position: 130 },
            "The file is cut off at byte 130",
        );
        let source = std::io::ErrorKind::PermissionDenied.into();
        check(
            ImportError::Read {
                position: 7,
                source,
            },
            "Reading stopped at byte 7: not permitted",
        );
        let malformed = ImportError::Block {
            position: 128,
            block_type: 6,
        };
        check(
            malformed,
            "The file is damaged at byte 128: malformed block of type 6",
        );
    }

    #[test]
    fn a_summary_says_what_is_not_among_the_entries() {
        let mut summary = ImportSummary {
            packets: 1_234,
            segments: 1_200,
            ..ImportSummary::default()
        };
        summary.missing_bytes = 1;
        let expected =
            "1,234 packets, 1,200 of them TCP; not in the file: 1 byte of what they carried";
        assert_eq!(summary.in_words(&ENGLISH), expected);
        (summary.fragments, summary.others, summary.missing_bytes) = (4, 30, 0);
        let expected =
            "1,234 packets, 1,200 of them TCP; skipped: 4 IP fragments, 30 other packets";
        assert_eq!(summary.in_words(&ENGLISH), expected);
        (summary.datagrams, summary.fragments, summary.others) = (4, 0, 0);
        let expected = "1,234 packets, 1,200 of them TCP and 4 UDP";
        assert_eq!(summary.in_words(&ENGLISH), expected);
    }
}
