//! Why a command failed: one line of words, and the exit code.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::USAGE;
use super::frames::Counts;
use crate::capture::import::ImportFailure;
use crate::capture::store::StoreError;
use crate::export::ExportError;
use crate::net::NetError;
use crate::payload::template::RenderError;
use crate::payload::{DraftError, Pattern, VisibleText};
use crate::session::SessionError;
use crate::words::{ENGLISH, InWords};
use crate::workspace::TemplateFileError;

/// Why a command did not end well.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// A message that stands for no bytes.
    #[error("{option}: {}", .source.in_words(&ENGLISH))]
    Message {
        option: &'static str,
        source: DraftError,
    },
    /// `--line-ending` without `--text`.
    #[error("--line-ending goes with --text: other input is sent exactly as it is")]
    LineEnding,
    /// `--template` without a message.
    #[error("--template goes with --text or --hex: other input is sent exactly as it is")]
    Template,
    /// `--template` without a message to reply.
    #[error("--template goes with --reply text:… or hex:…")]
    ReplyTemplate,
    /// `--framing` where frames are of no effect.
    #[error(
        "--framing goes with --json, --check, or a --reply of text or hex: without them it is of no effect"
    )]
    FramingUnseen,
    /// What is waited for cannot come.
    #[error("--expect cannot come: {0}")]
    Expect(String),
    /// What is to be found cannot be looked for.
    #[error("--find cannot be looked for: {0}")]
    Find(String),
    /// A file of a template cannot be read.
    #[error("{}", .0.in_words(&ENGLISH))]
    TemplateFile(#[from] TemplateFileError),
    /// A template has no bytes.
    #[error("the template cannot be sent: {}", .0.in_words(&ENGLISH))]
    Render(#[from] RenderError),
    /// Frames came that are not as the check says.
    #[error("{0}")]
    BadFrames(Counts),
    /// `--dual-stack` with an IPv4 address.
    #[error("--dual-stack needs an IPv6 address to listen on, such as [::]:{port}")]
    DualStack { port: u16 },
    /// `--close-after-reply` with a server that does not reply.
    #[error(
        "--close-after-reply needs a reply: with --reply none no connection would ever be closed by it"
    )]
    CloseAfterNoReply,
    /// `--file` names nothing that can be read.
    #[error("cannot open {}: {}", path.display(), .source.in_words(&ENGLISH))]
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
    #[error("{}", advised(&**.0))]
    Net(Arc<NetError>),
    /// The session refused to do something.
    #[error("{}", .0.in_words(&ENGLISH))]
    Session(#[from] SessionError),
    /// The capture could not be made or ended.
    #[error("{}", .0.in_words(&ENGLISH))]
    Store(#[from] StoreError),
    /// Recording stopped on the way; why was said then.
    #[error("the capture is not whole: {} not recorded", ENGLISH.counts.entries(*.unrecorded))]
    NotRecorded { unrecorded: u64 },
    /// The capture has no endpoint of this name.
    #[error("the capture has no endpoint {name}{}", known(.names))]
    NoEndpoint { name: String, names: Vec<String> },
    /// The capture could not be exported or shown.
    #[error("{}", export_words(.0))]
    Export(#[source] ExportError),
    /// A captured file could not be read in.
    #[error("{}", .0.in_words(&ENGLISH))]
    Import(#[from] ImportFailure),
    /// A captured file is cut off or damaged; where was said before.
    #[error("the captured file is not whole")]
    Cut,
    /// Entries could not be read; which was said before.
    #[error("the capture is damaged: {} could not be read", ENGLISH.counts.entries(*.entries))]
    Damaged { entries: u64 },
    /// The peer reset the connection.
    #[error("reset by the peer {peer} (RST){rest}")]
    Reset { peer: SocketAddr, rest: Rest },
    /// Too long nothing passed, and there was still something to send.
    #[error("no byte passed for {wait:?}{}{rest}", if *.peer_finished { " after the peer finished (FIN)" } else { "" })]
    Stalled {
        wait: Duration,
        peer_finished: bool,
        rest: Rest,
    },
    /// The engine ended by itself.
    #[error("the connection ended unexpectedly")]
    Ended,
    /// What was expected did not come.
    #[error("expected {pattern}, which did not come{}{rest}", .why.words())]
    Unmet {
        pattern: Pattern,
        why: Unmet,
        rest: Rest,
    },
}

/// What is left of the input. Displays as an end of a sentence; as nothing when all of it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rest {
    /// How many bytes were read and not taken by the connection.
    pub(super) unsent_bytes: u64,
    /// Whether the input was read to its end.
    pub(super) has_ended: bool,
}

impl Rest {
    /// Returns whether all of the input was sent.
    pub(super) fn is_nothing(self) -> bool {
        self.unsent_bytes == 0 && self.has_ended
    }
}

impl fmt::Display for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.unsent_bytes > 0 {
            let verb = if self.unsent_bytes == 1 {
                "was"
            } else {
                "were"
            };
            let bytes = ENGLISH.counts.bytes(self.unsent_bytes);
            write!(f, "; {bytes} of the input {verb} not sent")?;
        }
        if !self.has_ended {
            write!(f, "; the input had not ended")?;
        }
        Ok(())
    }
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
            | Self::Template
            | Self::ReplyTemplate
            | Self::FramingUnseen
            | Self::Expect(_)
            | Self::Find(_)
            | Self::TemplateFile(_)
            | Self::DualStack { .. }
            | Self::CloseAfterNoReply
            | Self::Open { .. }
            | Self::NoEndpoint { .. }
            | Self::Import(ImportFailure::Open { .. } | ImportFailure::File { .. })
            | Self::Store(StoreError::NoCapture { .. })
            | Self::Export(
                ExportError::Exists(_)
                | ExportError::IsFolder(_)
                | ExportError::NotEmpty(_)
                | ExportError::NeedsFolder,
            ) => ExitCode::from(USAGE),
            Self::OutputClosed => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }

    /// Returns whether there is something to tell the user.
    pub(super) fn is_worth_telling(&self) -> bool {
        !matches!(self, Self::OutputClosed)
    }
}

impl From<ExportError> for CliError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Stream(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                Self::OutputClosed
            }
            ExportError::Stream(error) => Self::Output(error),
            error => Self::Export(error),
        }
    }
}

/// Returns why there is no export, and what to do next.
fn export_words(error: &ExportError) -> String {
    let text = error.in_words(&ENGLISH);
    match error {
        ExportError::Exists(_) => {
            format!("{text}: choose another name, or replace it with --force")
        }
        ExportError::NeedsFolder => format!("{text} with --output"),
        _ => text,
    }
}

/// Returns the names that there are, as an end of a sentence.
fn known(names: &[String]) -> String {
    match names {
        [] => String::new(),
        names => format!(": it has {}", VisibleText::plain(names.join(", ")).text),
    }
}

/// Returns what failed, and what to do next.
pub(super) fn advised(error: &dyn InWords) -> String {
    let text = error.in_words(&ENGLISH);
    match error.advice(&ENGLISH) {
        Some(advice) => format!("{text}. {advice}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_the_input_is_told() {
        let check = |unsent_bytes, has_ended, expected: &str| {
            let rest = Rest {
                unsent_bytes,
                has_ended,
            };
            assert_eq!(rest.to_string(), expected);
            assert_eq!(rest.is_nothing(), expected.is_empty());
        };
        check(0, true, "");
        check(1, true, "; 1 byte of the input was not sent");
        check(0, false, "; the input had not ended");
        check(
            1234,
            false,
            "; 1,234 bytes of the input were not sent; the input had not ended",
        );
    }
}
