//! Why an export failed, and where one does not hold what was on the wire.

use std::io;
use std::path::Path;

use super::english::{are, noun, were};
use super::kinds::kinds;
use super::phrases::phrases;
use super::record::shown;
use super::{InWords, Language};
use crate::capture::pcap::ImportError;
use crate::capture::store::{Ended, FileAction, ReadError};
use crate::export::{ExportError, Omission, OmissionKind};
use crate::net::Direction;

phrases! {
    /// Where an export does not hold what was on the wire.
    Exports {
        at_entry(entry: u64, what: &str) = "entry {entry}: {what}";
        at_connection(entry: u64, connection: u64, what: &str) = "entry {entry}, connection {connection}: {what}";
        not_recorded(entries: u64) = { format!("{} before it {} not recorded", noun(entries, "entry", "entries"), were(entries)) };
        because(lack: &str, cause: &str) = "{lack}: {cause}";
        received = "received";
        sent = "sent";
    }
}

kinds! {
    /// Why an export failed.
    ExportErrors for ExportError as export_errors |language|, advice: advice {
        Io { action: &FileAction, path: &Path, source: &io::Error } = { language.file_failure(*action, path, source) };
        Stream(source: &io::Error) = { format!("cannot write the output: {}", source.in_words(language)) };
        Read(error: &ReadError) = { error.in_words(language) };
        Exists(path: &Path) = { format!("{} already exists", shown(path)) };
        IsFolder(path: &Path) = { format!("{} is a folder: name a file", shown(path)) };
        InsideCapture(path: &Path) = { format!("{} is inside the capture itself: choose a place outside it", shown(path)) };
        NotEmpty(path: &Path) = { format!("{} is not empty: raw streams need a new or an empty folder", shown(path)) };
        NeedsFolder = "raw streams are a folder of files: name a folder";
        PictureTooLarge = "the picture is too large for PNG: save it as SVG";
        Picture(error: &image::ImageError) = { format!("the picture could not be encoded: {error}") };
        Cancelled = "the export was cancelled";
    }

    /// What an export does not hold.
    Lacks for OmissionKind as lacks |language| {
        Cut { direction: &Direction, kept_bytes: &u64, size_bytes: &u64 } = { format!("{} {}, of which the first {kept_bytes} are kept", language.counts.bytes(*size_bytes), way(*direction, language)) };
        Missing { direction: &Direction, bytes: &u64 } = { format!("{} {} before it {} missing from the captured file", language.counts.bytes(*bytes), way(*direction, language), are(*bytes)) };
        LeftOut { direction: &Direction, offset: &u64, bytes: &u64 } = { format!("{} {} before it, from byte {offset} of the stream on, {} not in this export", language.counts.bytes(*bytes), way(*direction, language), are(*bytes)) };
        NotRecorded { entries: &u64, ended: &Option<Ended> } = { not_recorded(*entries, *ended, language) };
        GivenUp { entries: &u64 } = { if *entries == 1 { "dropped to make room for newer ones".to_owned() } else { format!("this one and {} after it were dropped to make room for newer ones", entries - 1) } };
        Damaged(error: &ReadError) = { error.in_words(language) };
        FilesFull { datagrams: &u64 } = { format!("{} from here on {} no file: there would be too many", noun(*datagrams, "datagram", "datagrams"), if *datagrams == 1 { "has" } else { "have" }) };
        PacketsLost { packets: &u64 } = { format!("{} of the lab {} not recorded", noun(*packets, "packet", "packets"), were(*packets)) };
        PacketFile(error: &ImportError) = { format!("packets of the lab are missing. {}", error.in_words(language)) };
        Unreadable { entries: &u64, why: &ReadError } = { unreadable(*entries, &why.in_words(language)) };
    }
}

fn unreadable(entries: u64, why: &str) -> String {
    match entries {
        1 => why.to_owned(),
        _ => format!(
            "this one and {} after it cannot be read: {why}",
            entries - 1
        ),
    }
}

fn not_recorded(entries: u64, ended: Option<Ended>, language: &Language) -> String {
    let words = &language.exports;
    let lack = words.not_recorded(entries);
    match ended {
        Some(Ended::Open | Ended::Rotated | Ended::Closed) | None => lack,
        Some(ended) => words.because(&lack, &ended.in_words(language)),
    }
}

fn way(direction: Direction, language: &Language) -> &str {
    match direction {
        Direction::Received => language.exports.received,
        Direction::Sent => language.exports.sent,
    }
}

impl InWords for Omission {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.exports;
        let what = self.lack.in_words(language);
        if matches!(
            self.lack,
            OmissionKind::PacketsLost { .. } | OmissionKind::PacketFile(_)
        ) {
            return what;
        }
        match self.connection {
            Some(connection) => words.at_connection(self.entry, connection.number, &what),
            None => words.at_entry(self.entry, &what),
        }
    }
}

/// Returns what to do about a file that exists.
fn advice(error: &ExportError, language: &Language) -> Option<String> {
    let exists = matches!(error, ExportError::Exists(_));
    exists.then(|| language.documents.advice_exists.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::ENGLISH;
    use super::*;
    use crate::net::FlowId;

    #[test]
    fn a_place_says_where_and_what_is_missing() {
        let check = |connection: Option<u64>, lack: OmissionKind, expected: &str| {
            let place = Omission {
                entry: 4,
                connection: connection.map(FlowId::server),
                lack,
            };
            assert_eq!(place.in_words(&ENGLISH), expected);
        };
        let direction = Direction::Received;
        check(
            Some(7),
            OmissionKind::Cut {
                direction,
                kept_bytes: 3,
                size_bytes: 6,
            },
            "entry 4, connection 7: 6 bytes received, of which the first 3 are kept",
        );
        check(
            Some(7),
            OmissionKind::LeftOut {
                direction,
                offset: 13,
                bytes: 1,
            },
            "entry 4, connection 7: 1 byte received before it, from byte 13 of the stream on, is not in this export",
        );
        let not_recorded = |entries, ended| OmissionKind::NotRecorded { entries, ended };
        let expected = "entry 4: 3 entries before it were not recorded: the disk was full";
        check(None, not_recorded(3, Some(Ended::Full)), expected);
        let expected = "entry 4: 1 entry before it was not recorded";
        check(None, not_recorded(1, None), expected);
        check(
            None,
            OmissionKind::GivenUp { entries: 3 },
            "entry 4: this one and 2 after it were dropped to make room for newer ones",
        );
    }
}
