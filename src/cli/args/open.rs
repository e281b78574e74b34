//! The arguments of `open`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(in crate::cli) struct OpenArguments {
    /// A document, of which there is one at most, a recorded folder, or a pcap or pcapng file; none opens the window alone
    #[arg(value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,
}
