//! The arguments of `run`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::record::RecordArgument;
use super::value::in_words;
use crate::workspace::parse_duration;

#[derive(Debug, Args)]
pub(in crate::cli) struct RunArguments {
    /// The document (NAME.bothends)
    #[arg(value_name = "DOCUMENT")]
    pub(in crate::cli) document: PathBuf,
    /// Run only this endpoint; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) endpoint: Vec<String>,
    /// Run this sequence of the clients that have it, instead of staying connected; ends with them, with exit status 1 if
    /// one fails
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(in crate::cli) sequence: Option<String>,
    /// Let templates of the document read files
    #[arg(long)]
    pub(in crate::cli) allow_files: bool,
    /// End after this long, with exit status 0 if everything was sent
    #[arg(long, value_name = "DURATION", value_parser = in_words(parse_duration), allow_hyphen_values = true)]
    pub(in crate::cli) max_time: Option<Duration>,
    #[command(flatten)]
    pub(in crate::cli) record: RecordArgument,
    /// Write events to standard output, one JSON object per line, as serve does
    #[arg(long)]
    pub(in crate::cli) json: bool,
}
