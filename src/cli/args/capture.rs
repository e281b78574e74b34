//! The arguments of `export` and `show`: a capture, and what of it.

use std::path::PathBuf;

use clap::Args;

use super::reading::by_direction;
#[cfg(unix)]
use super::value::mode;
use super::value::{format, in_words, packet_origin};
use crate::capture::access::Access;
use crate::export::{ExportFormat, PacketOrigin};
use crate::net::ByDirection;
use crate::payload::{Encoding, Pattern};

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArguments {
    /// A recorded folder, even one that was interrupted or is still being recorded; or a pcap or pcapng file, - for one
    /// from standard input
    #[arg(value_name = "CAPTURE")]
    pub(in crate::cli) capture: PathBuf,
    /// The format: txt, csv, jsonl, raw or pcapng
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    pub(in crate::cli) to: ExportFormat,
    /// The file to write, - for standard output; for raw, a folder that does not exist or is empty
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) output: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) choice: ChoiceArguments,
    /// For pcapng, which packets of connections of the lab to write: real, those that were on the wire, where CAPTURE has
    /// them; or reconstructed, as those of all other connections
    #[arg(long, value_name = "WHICH", value_parser = packet_origin, default_value = "real")]
    pub(in crate::cli) packets: PacketOrigin,
    /// Overwrite an existing file
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// The permissions of new files, such as 644 [default: those of CAPTURE, and with --force of the existing file, if
    /// they are narrower]
    #[cfg(unix)]
    #[arg(long, value_name = "OCTAL", value_parser = mode)]
    mode: Option<u32>,
}

impl ExportArguments {
    /// Returns who may use new files, if the arguments say so.
    pub(in crate::cli) fn access(&self) -> Option<Access> {
        #[cfg(unix)]
        let access = self.mode.map(Access::exactly);
        #[cfg(not(unix))]
        let access = None;
        access
    }
}

/// Which entries of a capture to use.
#[derive(Debug, Args)]
pub(in crate::cli) struct ChoiceArguments {
    /// Only entries that a match touches: bytes of a stream, across reads and writes, or the text of other entries
    #[arg(long, value_name = "PATTERN", value_parser = in_words(Pattern::parse), allow_hyphen_values = true)]
    pub(in crate::cli) find: Option<Pattern>,
    /// Only entries of the endpoint with this name
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(in crate::cli) endpoint: Option<String>,
    /// The encoding of text, for --find and in JSON and CSV [default: as it was when CAPTURE was recorded]
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding: Option<Encoding>,
    /// The encoding of received text only
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding_in: Option<Encoding>,
    /// The encoding of sent text only
    #[arg(long, value_name = "NAME", value_parser = in_words(str::parse::<Encoding>))]
    encoding_out: Option<Encoding>,
}

impl ChoiceArguments {
    /// Returns the encodings of an endpoint: those that are chosen, else those that were kept.
    pub(in crate::cli) fn encodings_over(
        &self,
        kept: ByDirection<Encoding>,
    ) -> ByDirection<Encoding> {
        let chosen = by_direction([self.encoding, self.encoding_in, self.encoding_out]);
        ByDirection {
            received: chosen.received.unwrap_or(kept.received),
            sent: chosen.sent.unwrap_or(kept.sent),
        }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArguments {
    /// A recorded folder, even one that was interrupted or is still being recorded; or a pcap or pcapng file, - for one
    /// from standard input
    #[arg(value_name = "CAPTURE")]
    pub(in crate::cli) capture: PathBuf,
    #[command(flatten)]
    pub(in crate::cli) choice: ChoiceArguments,
    /// Write one JSON object per line
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Check everything that a recorded folder holds instead, and report what is damaged; with --json as one object
    #[arg(long, conflicts_with_all = ["find", "endpoint"])]
    pub(in crate::cli) verify: bool,
}
