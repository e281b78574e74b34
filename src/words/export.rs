//! Why an export failed, and where one does not hold what was on the wire.

use super::entry::are;
use super::phrases::phrases;
use super::record::shown;
use super::{InWords, Language};
use crate::export::{ExportError, Lack, Place};
use crate::net::Direction;

phrases! {
    /// Why an export failed, and where one does not hold what was on the wire.
    Exports {
        output(reason: &str) = "cannot write the output: {reason}";
        exists(path: &str) = "{path} already exists";
        is_folder(path: &str) = "{path} is a folder: name a file";
        not_empty(path: &str) = "{path} is not empty: raw streams need a new or an empty folder";
        needs_folder = "raw streams are a folder of files: name a folder";
        cancelled = "the export was cancelled";
        at_entry(entry: u64, what: &str) = "entry {entry}: {what}";
        at_connection(entry: u64, connection: u64, what: &str) = "entry {entry}, connection {connection}: {what}";
        received = "received";
        sent = "sent";
        cut(size: &str, way: &str, kept: u64) = "{size} {way}, of which the first {kept} are kept";
        missing(count: u64, bytes: &str, way: &str) = { format!("{bytes} {way} before it {} missing from the captured file", are(count)) };
        left_out(count: u64, bytes: &str, way: &str, offset: u64) = { format!("{bytes} {way} before it, from byte {offset} of the stream on, {} not in this export", are(count)) };
        not_recorded(count: u64, entries: &str) = { format!("{entries} before it {} not recorded", if count == 1 { "was" } else { "were" }) };
        given_up = "dropped to make room for newer ones";
        given_up_run(more: u64) = "this one and {more} after it were dropped to make room for newer ones";
    }
}

impl InWords for ExportError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.exports;
        match self {
            Self::Io {
                action,
                path,
                source,
            } => language.file_failure(*action, path, source),
            Self::Stream(source) => words.output(&source.in_words(language)),
            Self::Read(error) => error.in_words(language),
            Self::Exists(path) => words.exists(&shown(path)),
            Self::IsFolder(path) => words.is_folder(&shown(path)),
            Self::NotEmpty(path) => words.not_empty(&shown(path)),
            Self::NeedsFolder => words.needs_folder.to_owned(),
            Self::Cancelled => words.cancelled.to_owned(),
        }
    }
}

impl InWords for Place {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.exports;
        let what = self.lack.in_words(language);
        match self.connection {
            Some(connection) => words.at_connection(self.entry, connection.0, &what),
            None => words.at_entry(self.entry, &what),
        }
    }
}

impl InWords for Lack {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.exports;
        let size = |bytes: &u64| language.counts.bytes(*bytes);
        let way = |direction: &Direction| match direction {
            Direction::Received => words.received,
            Direction::Sent => words.sent,
        };
        match self {
            Self::Cut {
                direction,
                kept_bytes,
                size_bytes,
            } => words.cut(&size(size_bytes), way(direction), *kept_bytes),
            Self::Missing { direction, bytes } => {
                words.missing(*bytes, &size(bytes), way(direction))
            }
            Self::LeftOut {
                direction,
                offset,
                bytes,
            } => words.left_out(*bytes, &size(bytes), way(direction), *offset),
            Self::NotRecorded { entries } => {
                words.not_recorded(*entries, &language.counts.entries(*entries))
            }
            Self::GivenUp { entries: 1 } => words.given_up.to_owned(),
            Self::GivenUp { entries } => words.given_up_run(entries - 1),
            Self::Damaged(error) => error.in_words(language),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::ENGLISH;
    use super::*;
    use crate::net::ConnectionId;

    #[test]
    fn a_place_says_where_and_what_is_missing() {
        let check = |connection: Option<u64>, lack: Lack, expected: &str| {
            let place = Place {
                entry: 4,
                connection: connection.map(ConnectionId),
                lack,
            };
            assert_eq!(place.in_words(&ENGLISH), expected);
        };
        let direction = Direction::Received;
        check(
            Some(7),
            Lack::Cut {
                direction,
                kept_bytes: 3,
                size_bytes: 6,
            },
            "entry 4, connection 7: 6 bytes received, of which the first 3 are kept",
        );
        check(
            Some(7),
            Lack::LeftOut {
                direction,
                offset: 13,
                bytes: 1,
            },
            "entry 4, connection 7: 1 byte received before it, from byte 13 of the stream on, is not in this export",
        );
        check(
            None,
            Lack::GivenUp { entries: 3 },
            "entry 4: this one and 2 after it were dropped to make room for newer ones",
        );
    }
}
