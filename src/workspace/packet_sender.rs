//! Packets that Packet Sender saved, read as messages: its `packets.ini`, and its JSON export.
//!
//! A packet's bytes are the digits of its `hexString`, as Packet Sender itself sends them. What a message cannot hold,
//! such as the address that a packet goes to, stands in its note.

mod ini;
mod into_document;
mod json;
mod qsettings;

use std::path::{Path, PathBuf};

use super::preferences::HISTORY_MESSAGE_BYTES;
use super::text_file::{LoadProblem, read_plain};
use crate::payload::{Draft, Format, hex};
pub use into_document::{LeftOut, MessageImport, PACKETS_FOLDER, WhyLeftOut};

/// The most packets of a file; one with more is not read.
pub const MAX_PACKETS: usize = 10_000;

/// The messages of a file, which are in no document yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadMessages {
    found: Vec<Found>,
    left_out: Vec<LeftOut>,
}

/// Why a file of packets was not read.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub struct PacketFileError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub problem: Box<PacketFileProblem>,
}

/// What is wrong with a file of packets.
#[derive(Debug, thiserror::Error)]
#[error("{self:?}")]
pub enum PacketFileProblem {
    /// The file cannot be used.
    Load(#[from] LoadProblem),
    /// It is not JSON, or not an array of objects.
    Json {
        /// The line, counted from 1.
        line: usize,
        /// The column, counted from 1.
        column: usize,
        /// The parser's own text.
        error: String,
    },
    /// A line is none of an INI file; its number, counted from 1.
    Line(usize),
    /// There are more than [`MAX_PACKETS`].
    TooMany,
    /// There are none.
    NoPackets,
}

/// A packet as its file has it; what is not there is empty.
#[derive(Clone, Debug, Default, PartialEq)]
struct Packet {
    name: String,
    /// `TCP`, `UDP`, `SSL`, `DTLS`, `HTTP Get`, `HTTPS Post` ….
    transport: String,
    host: String,
    port: String,
    /// What is asked for, of HTTP.
    path: String,
    /// The seconds between two sends; 0 for one send.
    repeat_secs: f64,
    hex: String,
}

/// A message that was found, under the name that it has in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    name: String,
    note: String,
    draft: Draft,
    is_tcp: bool,
}

/// Reads the packets of a file. Blocks as long as that takes.
///
/// # Errors
/// The file cannot be read, is larger than [`FILE_LIMIT_BYTES`](super::FILE_LIMIT_BYTES), or holds no packets.
pub fn read_packets(path: &Path) -> Result<ReadMessages, PacketFileError> {
    let read = || read_bytes(&read_plain(path)?.0);
    read().map_err(|problem| PacketFileError {
        path: path.to_owned(),
        problem: Box::new(problem),
    })
}

/// Returns whether a file may hold packets, as its first bytes say.
pub fn begins_packets(head: &[u8]) -> bool {
    let head = without_mark(head);
    json::begins(head) || ini::begins(head)
}

/// Returns the bytes without a byte-order mark in UTF-8.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

fn read_bytes(bytes: &[u8]) -> Result<ReadMessages, PacketFileProblem> {
    let bytes = without_mark(bytes);
    let (packets, left_out) = if json::is_array(bytes) {
        (json::read(bytes)?, Vec::new())
    } else {
        ini::read(bytes)?
    };
    if packets.is_empty() && left_out.is_empty() {
        return Err(PacketFileProblem::NoPackets);
    }
    let found = packets.into_iter().map(Packet::message).collect();
    Ok(ReadMessages { found, left_out })
}

impl Packet {
    fn message(self) -> Found {
        Found {
            note: self.note(),
            draft: draft(&self.hex),
            is_tcp: matches!(
                self.transport.trim().to_ascii_uppercase().as_str(),
                "" | "TCP"
            ),
            name: self.name,
        }
    }

    /// Returns where it goes and how often: `TCP 10.0.0.5:502 · ↻ 5 s`.
    fn note(&self) -> String {
        let (host, port) = (self.host.trim(), self.port.trim());
        let host = if host.contains(':') && !host.starts_with('[') {
            format!("[{host}]")
        } else {
            host.to_owned()
        };
        let place = match (host.as_str(), port) {
            ("", _) => String::new(),
            (_, "" | "0") => host,
            _ => format!("{host}:{port}"),
        };
        let is_http = self.transport.to_ascii_uppercase().contains("HTTP");
        let path = if is_http { self.path.trim() } else { "" };
        let target = [self.transport.trim(), &place, path];
        let target: Vec<_> = target.into_iter().filter(|it| !it.is_empty()).collect();
        let mut note = vec![target.join(" ")];
        if self.repeat_secs > 0.0 {
            note.push(format!("↻ {} s", self.repeat_secs));
        }
        note.retain(|it| !it.is_empty());
        note.join(" · ")
    }
}

/// Returns the message of a packet, as short as it can be written.
fn draft(digits: &str) -> Draft {
    let bytes = bytes_of(digits);
    let mut draft = Draft::of_bytes(&bytes);
    if draft.text.len() > HISTORY_MESSAGE_BYTES && draft.format == Format::Hex {
        draft.text = hex::render_compact(&bytes);
    }
    draft
}

/// Returns the bytes that Packet Sender sends for these digits: it ignores all that are none, and takes them in pairs
/// from the end, as `QByteArray::fromHex` does. So the first byte may have one digit.
fn bytes_of(digits: &str) -> Vec<u8> {
    let digits = digits.chars().filter_map(|it| it.to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|it| u8::try_from(it).ok()).collect();
    let (first, pairs) = digits.split_at(digits.len() % 2);
    let pairs = pairs.chunks_exact(2);
    let pairs = pairs.map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit));
    first.iter().copied().chain(pairs).collect()
}

#[cfg(test)]
mod tests;
