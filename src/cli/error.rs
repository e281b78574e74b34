//! Why a command failed: one line of words, and the exit code.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use super::USAGE;
use super::pattern::Pattern;
use crate::net::{CommandError, NetError};
use crate::payload::DraftError;

/// Why a command did not end well.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// A message that stands for no bytes.
    #[error("{option}: {source}")]
    Message {
        option: &'static str,
        source: DraftError,
    },
    /// `--line-ending` without `--text`.
    #[error("--line-ending goes with --text: other input is sent exactly as it is")]
    LineEnding,
    /// `--dual-stack` with an IPv4 address.
    #[error("--dual-stack needs an IPv6 address to listen on, such as [::]:{port}")]
    DualStack { port: u16 },
    /// `--file` names nothing that can be read.
    #[error("cannot open {}: {source}", path.display())]
    Open { path: PathBuf, source: io::Error },
    /// The input failed while it was sent.
    #[error("cannot read the input: {0}")]
    Input(#[source] io::Error),
    /// Standard output takes no more.
    #[error("cannot write to standard output: {0}")]
    Output(#[source] io::Error),
    /// The reader of standard output has gone (`| head`): no failure, and nothing to say.
    #[error("standard output is closed")]
    OutputClosed,
    /// A thread or a signal handler could not be made.
    #[error("cannot start: {0}")]
    Start(#[source] io::Error),
    /// Signals cannot be handled.
    #[error("cannot handle signals: {0}")]
    Signals(#[from] ctrlc::Error),
    /// A socket operation failed.
    #[error("{}", advised(.0))]
    Net(Arc<NetError>),
    /// The engine refused a command.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// The peer reset the connection.
    #[error("reset by the peer {peer} (RST)")]
    Reset { peer: SocketAddr },
    /// The engine ended by itself.
    #[error("the connection ended unexpectedly")]
    Ended,
    /// What was expected did not come.
    #[error("expected {pattern}, which did not come{}", .why.words())]
    Unmet { pattern: Pattern, why: Unmet },
}

/// Why an expectation was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unmet {
    /// The peer finished first.
    PeerFinished,
    /// Nothing came for as long as `--wait` says.
    WaitOver,
}

impl Unmet {
    fn words(self) -> &'static str {
        match self {
            Self::PeerFinished => " before the peer finished (FIN)",
            Self::WaitOver => " in time: allow more with --wait",
        }
    }
}

impl CliError {
    /// Returns 2 for a wrong argument, 1 for a failure, 0 where nobody reads on.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Message { .. }
            | Self::LineEnding
            | Self::DualStack { .. }
            | Self::Open { .. } => ExitCode::from(USAGE),
            Self::OutputClosed => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }

    /// Returns whether there is something to tell the user.
    pub(super) fn is_worth_telling(&self) -> bool {
        !matches!(self, Self::OutputClosed)
    }
}

/// Returns what failed, and what to do next.
pub(super) fn advised(error: &NetError) -> String {
    match error.advice() {
        Some(advice) => format!("{error}. {advice}"),
        None => error.to_string(),
    }
}
