//! Why a command failed: a one-line message and the exit code.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::USAGE;
use super::frames::Counts;
use crate::capture::import::ImportFailure;
use crate::capture::store::StoreError;
use crate::export::ExportError;
use crate::net::tls::IdentityError;
use crate::net::{Address, NetError};
use crate::payload::template::RenderError;
use crate::payload::{DraftError, Pattern, Position, VisibleText};
use crate::session::{MAX_OPENED, OpeningError, SessionError};
use crate::words::{ENGLISH, InWords};
use crate::workspace::{
    CONFIG_DIR_VARIABLE, DocumentFileError, FieldError, SequenceError, TemplateFileError,
};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    /// A message that cannot be converted to bytes.
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
    #[error("--template goes with --reply text:… or hex:…, or with --greeting")]
    ReplyTemplate,
    /// `--repeat` or `--every` without a message.
    #[error(
        "--repeat and --every go with a message: --text, --hex, or --file with a plain file, and not empty"
    )]
    NothingToRepeat,
    /// `--finish` behind a message that is repeated without end.
    #[error("--finish needs an end of the input: say how often to send with --repeat")]
    NeverFinished,
    /// `--frames` where received bytes are not cut into frames.
    #[error("--frames goes with --framing or --framing-in")]
    FramesWithoutFraming,
    /// `--source` of another family than the target's.
    #[error("{target} cannot be connected to from {from}: one is IPv4 and the other IPv6")]
    SourceFamily { from: IpAddr, target: SocketAddr },
    /// An option of TLS with another address.
    #[error("{option} goes with tls://ADDR")]
    TlsOnly { option: &'static str },
    /// An option of TCP and UDP with a Unix socket.
    #[error("{option} goes with a TCP or UDP address: a Unix socket has no such option")]
    NotWithUnix { option: &'static str },
    /// An option that has no meaning with UDP.
    #[error("{option} has no meaning with UDP: {}", why_not_with_udp(.option))]
    NotWithUdp { option: &'static str },
    /// An option of UDP with another address.
    #[error("{option} goes with udp://ADDR")]
    UdpOnly { option: &'static str },
    /// `--datagrams` with a message.
    #[error("--datagrams goes with --file or standard input: a message is one datagram")]
    DatagramsOfMessage,
    /// More than one datagram holds.
    #[error(
        "{}a datagram holds at most 65,507 bytes{}",
        if *.is_cut { "--datagrams cuts too little: " } else { "" },
        if *.is_cut { "" } else { ": cut the input with --datagrams, such as --datagrams fixed:1400" }
    )]
    DatagramTooLong {
        /// Whether the input is cut by a rule.
        is_cut: bool,
    },
    /// Input that cannot be cut into datagrams.
    #[error("--datagrams cannot cut the input: {0}")]
    InputFrame(String),
    /// `--mode` without a file.
    #[error("--mode goes with unix:PATH: nothing else has a file")]
    ModeWithoutFile,
    /// `--framing` where frames have no effect.
    #[error(
        "--framing goes with --json, --check, --frames, or a --reply of text or hex: without them it has no effect"
    )]
    FramingUnseen,
    /// A check of frames where there are none.
    #[error("{option} goes with --framing{}", if *.framing == "--framing" { String::new() } else { format!(" or {framing}") })]
    CheckWithoutFraming {
        option: &'static str,
        framing: &'static str,
    },
    /// The `--expect` pattern cannot be used.
    #[error("--expect can never match: {0}")]
    Expect(String),
    /// The `--find` pattern cannot be used.
    #[error("--find cannot be used: {0}")]
    Find(String),
    /// A file named by a template cannot be read.
    #[error("{}", .0.in_words(&ENGLISH))]
    TemplateFile(#[from] TemplateFileError),
    /// A template cannot be rendered.
    #[error("the template cannot be sent: {}", .0.in_words(&ENGLISH))]
    Render(#[from] RenderError),
    /// Some received frames failed the check.
    #[error("{0}")]
    BadFrames(Counts),
    /// There was no frame to check.
    #[error("no frame was received, so nothing was checked")]
    NothingChecked,
    /// `--dual-stack` with an IPv4 address.
    #[error("--dual-stack needs an IPv6 address to listen on, such as [::]:{port}")]
    DualStack { port: u16 },
    /// `--close-after-reply` with a server that does not reply.
    #[error(
        "--close-after-reply needs a reply: with --reply none it would never close a connection"
    )]
    CloseAfterNoReply,
    /// The input file cannot be opened.
    #[error("cannot open {}: {}", path.display(), .source.in_words(&ENGLISH))]
    Open { path: PathBuf, source: io::Error },
    /// A path to open is none.
    #[error("{}", .0.in_words(&ENGLISH))]
    Opening(#[from] OpeningError),
    /// A document cannot be read.
    #[error("{}", .0.in_words(&ENGLISH))]
    Document(#[from] DocumentFileError),
    /// More than one document.
    #[error("{} is a second document: a window holds one", path.display())]
    SecondDocument { path: PathBuf },
    /// More captures than a window holds.
    #[error("{count} captures are too many: a window holds {MAX_OPENED}")]
    TooManyCaptures { count: usize },
    /// A field of an endpoint of a document is wrong.
    #[error("{}{name}: {}", placed(.place.as_ref()), .source.in_words(&ENGLISH))]
    Setup {
        place: Option<FilePlace>,
        name: String,
        source: Box<FieldError>,
    },
    /// An endpoint of a document has templates that name files.
    #[error("{name} has templates that read files: allow that with --allow-files")]
    FilesNotAllowed { name: String },
    /// A document has no endpoint of this name, or none at all.
    #[error("the document has no endpoint{}{}", named(.name.as_ref()), known(.names))]
    NotInDocument {
        name: Option<String>,
        names: Vec<String>,
    },
    /// A rule or a sequence of a document has a key that is not known.
    #[error("{place}: a rule or a sequence has no key {key:?}")]
    UnknownRuleKey { place: FilePlace, key: String },
    /// No client that runs has a sequence of this name.
    #[error("no client has a sequence called {name}{}", known(.names))]
    NoSequence { name: String, names: Vec<String> },
    /// A sequence cannot run.
    #[error("{}{client}, sequence {name}: {}", placed(.place.as_ref()), .source.in_words(&ENGLISH))]
    Sequence {
        place: Option<FilePlace>,
        client: String,
        name: String,
        source: Box<SequenceError>,
    },
    /// A sequence failed; the reason has been reported.
    #[error("a sequence failed")]
    SequenceFailed,
    /// A client follows a server that does not run.
    #[error("{client} connects to {server}, which has to run too: add --endpoint '{server}'")]
    ServerNotRun { client: String, server: String },
    /// A document has several servers, of which none is chosen.
    #[error("{} has several servers: choose one of {} with --rules {}#NAME", path.display(), .names.join(", "), path.display())]
    SeveralServers { path: PathBuf, names: Vec<String> },
    /// A document has no server, or none of this name.
    #[error("{} has no server{}{}", path.display(), named(.name.as_ref()), known(.names))]
    NoServer {
        path: PathBuf,
        name: Option<String>,
        names: Vec<String>,
    },
    /// The rules of a server need other endpoints.
    #[error("{name} has rules for other endpoints: start all of them with run")]
    RulesElsewhere { name: String },
    /// The input could not be read further.
    #[error("cannot read the input: {0}")]
    Input(#[source] io::Error),
    /// The input could not be kept until it is read.
    #[error("cannot keep the input in a temporary file: {}", .0.in_words(&ENGLISH))]
    Spool(#[source] io::Error),
    /// Standard output could not be written.
    #[error("cannot write to standard output: {0}")]
    Output(#[source] io::Error),
    /// Standard output could not be written to its end; the reason has been reported.
    #[error("standard output is incomplete")]
    OutputIncomplete,
    /// The reader of standard output has closed it (`| head`): neither a failure nor worth a message.
    #[error("standard output is closed")]
    OutputClosed,
    /// There is no folder for the own authority.
    #[error("there is no home folder: set {CONFIG_DIR_VARIABLE} to a folder")]
    NoConfigFolder,
    /// The own authority cannot be made or read.
    #[error("{}", .0.in_words(&ENGLISH))]
    Authority(#[source] IdentityError),
    /// A thread could not be started.
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
    /// The capture could not be created or closed.
    #[error("{}", .0.in_words(&ENGLISH))]
    Store(#[from] StoreError),
    /// Recording stopped early; the reason has been reported.
    #[error("the capture is incomplete: {} not recorded", ENGLISH.counts.entries(*.unrecorded))]
    NotRecorded { unrecorded: u64 },
    /// Recording took nothing any more, and was given up.
    #[error("recording makes no progress: {} not recorded", ENGLISH.counts.entries(*.entries))]
    RecordingStuck { entries: u64 },
    /// Lines could not be made or were not read as fast as entries came, or nobody read them any more.
    #[error("standard output fell behind: {} not written", ENGLISH.counts.entries(*.entries))]
    NotWritten { entries: u64 },
    /// A signal ended the command before it was done.
    #[error("ended by a signal{rest}")]
    Interrupted { rest: UnsentRest },
    /// The capture has no endpoint of this name.
    #[error("the capture has no endpoint named {name}{}", known(.names))]
    NoEndpoint { name: String, names: Vec<String> },
    /// The capture could not be exported or shown.
    #[error("{}", export_words(.0))]
    Export(#[source] ExportError),
    /// Another tool's capture file could not be imported.
    #[error("{}", .0.in_words(&ENGLISH))]
    Import(#[from] ImportFailure),
    /// Another tool's capture file is truncated or damaged; the place has been reported.
    #[error("the capture file is incomplete")]
    Cut,
    /// Something of the capture is damaged; what has been reported.
    #[error("the capture is damaged")]
    DamagedCapture,
    /// The capture lacks something of what happened; what has been reported.
    #[error("the capture is incomplete")]
    Incomplete,
    /// `--verify` with another tool's file.
    #[error("--verify checks recorded folders: other files have no checksums of ours")]
    NothingToVerify,
    /// A signal ended the command before it was done.
    #[error("cancelled")]
    Cancelled,
    /// Entries could not be read; which ones has been reported.
    #[error("the capture is damaged: {} could not be read", ENGLISH.counts.entries(*.entries))]
    Damaged { entries: u64 },
    /// The peer reset the connection.
    #[error("reset by the peer {peer}{}{rest}", if .peer.is_unix() { "" } else { " (RST)" })]
    Reset { peer: Address, rest: UnsentRest },
    /// Endpoints were stopped before they had sent everything.
    #[error("stopped before everything was sent: {} on {}", ENGLISH.counts.bytes(*.bytes), ENGLISH.counts.connections(*.connections))]
    Unsent { bytes: u64, connections: u64 },
    /// The connection was closed while the peer still sent.
    #[error(
        "closed while {peer} was still sending, which resets the connection (RST): what was sent last may not have arrived"
    )]
    Lost { peer: Address },
    /// No byte passed for too long while there was still something to send.
    #[error("no byte passed for {wait:?}{}{rest}", if *.peer_finished { " after the peer finished sending" } else { "" })]
    Stalled {
        wait: Duration,
        peer_finished: bool,
        rest: UnsentRest,
    },
    /// The time given by `--max-time` was over before everything was sent.
    #[error("ended after {limit:?} (--max-time){}{rest}", if *.is_connected { "" } else { ", before it was connected" })]
    TimeOver {
        limit: Duration,
        is_connected: bool,
        rest: UnsentRest,
    },
    /// Too few frames were received.
    #[error("received {} of {}{}{rest}", ENGLISH.numbers.grouped(*.received), ENGLISH.counts.frames(*.wanted), .why.words())]
    TooFewFrames {
        received: u64,
        wanted: u64,
        why: Unmet,
        rest: UnsentRest,
    },
    /// The engine stopped unexpectedly.
    #[error("the connection ended unexpectedly")]
    Ended,
    /// The expected bytes did not arrive.
    #[error("expected {pattern}, which did not arrive{}{rest}", .why.words())]
    Unmet {
        pattern: Pattern,
        why: Unmet,
        rest: UnsentRest,
    },
}

/// Where something stands in a document.
#[derive(Debug)]
pub(super) struct FilePlace {
    pub(super) path: PathBuf,
    pub(super) position: Position,
}

impl fmt::Display for FilePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column, .. } = self.position;
        write!(f, "{}, line {line}, column {column}", self.path.display())
    }
}

/// The unsent rest of the input. Displays as the end of a sentence; as nothing if everything was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnsentRest {
    /// How many bytes are known that were not written to the connection.
    pub(super) unsent_bytes: u64,
    /// Whether no more bytes than those are to come.
    pub(super) has_ended: bool,
    /// How many messages were sent of how many, if a message was to be repeated so often.
    pub(super) messages: Option<(u64, u64)>,
}

impl UnsentRest {
    /// Returns whether all of the input was sent.
    pub(super) fn is_nothing(self) -> bool {
        self.unsent_bytes == 0 && self.has_ended
    }
}

impl fmt::Display for UnsentRest {
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
        match self.messages {
            Some((sent, times)) if sent < times => {
                let numbers = &ENGLISH.numbers;
                let (sent, times) = (numbers.grouped(sent), numbers.grouped(times));
                write!(f, "; {sent} of {times} messages were sent")
            }
            _ if !self.has_ended => write!(f, "; the input had not ended"),
            _ => Ok(()),
        }
    }
}

/// Why an expectation was not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unmet {
    /// The peer finished first.
    PeerFinished,
    /// No byte passed for the time given by `--wait`.
    WaitOver,
    /// The time given by `--max-time` was over.
    TimeOver(Duration),
    /// As many frames as `--frames` names were received.
    FramesReceived,
    /// A signal ended the command.
    Signal,
}

impl Unmet {
    fn words(self) -> String {
        match self {
            Self::PeerFinished => " before the peer finished sending".to_owned(),
            Self::WaitOver => " in time: allow more with --wait".to_owned(),
            Self::TimeOver(limit) => format!(" within {limit:?} (--max-time)"),
            Self::FramesReceived => " within the frames that --frames allows".to_owned(),
            Self::Signal => " before a signal ended it".to_owned(),
        }
    }
}

impl CliError {
    /// Returns 2 for a wrong argument, 1 for a failure, 0 if the reader of standard output has closed it.
    pub(super) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Message { .. }
            | Self::LineEnding
            | Self::Template
            | Self::ReplyTemplate
            | Self::NothingToRepeat
            | Self::NeverFinished
            | Self::FramesWithoutFraming
            | Self::SourceFamily { .. }
            | Self::TlsOnly { .. }
            | Self::NotWithUnix { .. }
            | Self::NotWithUdp { .. }
            | Self::UdpOnly { .. }
            | Self::DatagramsOfMessage
            | Self::DatagramTooLong { is_cut: false }
            | Self::ModeWithoutFile
            | Self::FramingUnseen
            | Self::CheckWithoutFraming { .. }
            | Self::Expect(_)
            | Self::Find(_)
            | Self::TemplateFile(_)
            | Self::DualStack { .. }
            | Self::CloseAfterNoReply
            | Self::Open { .. }
            | Self::Opening(_)
            | Self::Document(_)
            | Self::SecondDocument { .. }
            | Self::Setup { .. }
            | Self::FilesNotAllowed { .. }
            | Self::NotInDocument { .. }
            | Self::ServerNotRun { .. }
            | Self::UnknownRuleKey { .. }
            | Self::NoSequence { .. }
            | Self::Sequence { .. }
            | Self::SeveralServers { .. }
            | Self::NoServer { .. }
            | Self::RulesElsewhere { .. }
            | Self::TooManyCaptures { .. }
            | Self::NoEndpoint { .. }
            | Self::NothingToVerify
            | Self::Import(ImportFailure::Open { .. } | ImportFailure::File { .. })
            | Self::Store(StoreError::NoCapture { .. } | StoreError::NotEmpty(_))
            | Self::Export(
                ExportError::Exists(_)
                | ExportError::IsFolder(_)
                | ExportError::InsideCapture(_)
                | ExportError::NotEmpty(_)
                | ExportError::NeedsFolder,
            ) => ExitCode::from(USAGE),
            // The folder to record into is a file.
            Self::Store(StoreError::Io { source, .. })
                if source.kind() == io::ErrorKind::AlreadyExists =>
            {
                ExitCode::from(USAGE)
            }
            Self::OutputClosed => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    }

    /// Returns whether there is a message for the user.
    pub(super) fn has_message(&self) -> bool {
        !matches!(self, Self::OutputClosed | Self::SequenceFailed)
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

/// Returns why an option has no meaning with UDP.
fn why_not_with_udp(option: &str) -> &'static str {
    match option {
        "--backlog" | "--accepting" => "no connection waits to be accepted",
        "--stay-half-open" | "--finish" => "datagrams have no end (FIN)",
        "--keep-alive" => "there is no connection to probe",
        "--delay" | "--nodelay" => "each message is a datagram at once",
        "--linger" => "a closed socket has nothing left to send",
        "--connect-timeout" => "nobody answers a connect",
        _ => "each datagram is a frame",
    }
}

/// Returns why the export failed, and what to do next.
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

/// Returns a place as the beginning of a sentence.
fn placed(place: Option<&FilePlace>) -> String {
    place.map_or_else(String::new, |place| format!("{place}: "))
}

/// Returns a name as a part of a sentence.
fn named(name: Option<&String>) -> String {
    name.map_or_else(String::new, |name| format!(" named {name}"))
}

/// Returns the existing names as the end of a sentence.
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
    fn unsent_input_is_reported() {
        let check = |unsent_bytes, has_ended, expected: &str| {
            let rest = UnsentRest {
                unsent_bytes,
                has_ended,
                messages: None,
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

    #[test]
    fn messages_that_were_not_repeated_are_reported() {
        let check = |messages, has_ended, expected: &str| {
            let rest = UnsentRest {
                unsent_bytes: 0,
                has_ended,
                messages: Some(messages),
            };
            assert_eq!(rest.to_string(), expected);
        };
        check((3, 1_000), false, "; 3 of 1,000 messages were sent");
        check((3, 3), true, "");
    }
}
