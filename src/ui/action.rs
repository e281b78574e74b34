//! What the user asks for. Views push actions; the app carries them out.

use std::net::SocketAddr;
use std::path::PathBuf;

use bytes::Bytes;

use crate::capture::{ExchangeOf, Filter, Request};
use crate::export::code::CodeForm;
use crate::export::picture::PictureJob;
use crate::model::{ExportOrder, FileChoice, ReadAs, Recipients};
use crate::net::kernel::{KernelWatch, Marks};
use crate::net::{Accepting, EndpointId, FlowId};
use crate::payload::{CopyFormat, Draft, Pattern};
use crate::script::Act;
use crate::session::diagnose::Subject;
use crate::session::{CaptureId, WhyOrder};
use crate::workspace::{
    ConnectionForm, EndpointKind, FileOrder, Hint, LanguageChoice, MessageEdit, Preset, Recording,
    Repetition, SequenceEdit, ThemeChoice, TimelineAs, TimelineForm,
};

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Begin the lesson at this place, in place of another one.
    BeginLesson(usize),
    /// Leave the lesson.
    LeaveLesson,
    /// Do this step of the lesson for the learner.
    DoStep(usize),
    /// Look for what explains a failure.
    Diagnose(Subject),
    /// Find out what the rules of an endpoint would do with a request.
    Explain(Box<WhyOrder>),
    /// Make a rule of an endpoint that answers a request as it was answered.
    MakeRule(EndpointId, Box<ExchangeOf>),
    /// Dismiss what is said about the rule that was made last.
    ForgetMadeRule,
    /// Let the replies of the document run and its templates read files.
    ApproveDocument,
    /// Add a server to the document.
    AddServer,
    /// Add a client to the document.
    AddClient,
    /// Add the endpoints of a preset to the document.
    AddPreset(&'static Preset),
    /// Add a copy of an endpoint next to it.
    Duplicate(EndpointId),
    /// Stop an endpoint and remove it from the document.
    Remove(EndpointId),
    /// Bring the endpoint back that was removed last.
    RestoreEndpoint,
    /// Move an endpoint in the document, by so many places.
    Move(EndpointId, isize),
    /// Give an endpoint another name.
    Rename(EndpointId, String),
    /// Apply all of an endpoint's fields.
    Edit(EndpointId, Box<EndpointKind>),
    /// Start a server.
    StartServer(EndpointId),
    /// Start a server on any free port, because its own is taken.
    UseFreePort(EndpointId),
    /// Stop a server: its listener and all its connections.
    StopServer(EndpointId),
    /// Connect a client.
    Connect(EndpointId),
    /// Start a server, and connect a client once it listens.
    StartAndConnect {
        /// The server.
        server: EndpointId,
        /// The client.
        client: EndpointId,
    },
    /// Close a client's connection, or cancel its attempt.
    DisconnectClient(EndpointId),
    /// Run a sequence of a client.
    RunSequence {
        /// The client.
        client: EndpointId,
        /// The name of the sequence.
        name: String,
        /// The connection; `None` for its newest, which is made if there is none.
        connection: Option<FlowId>,
    },
    /// Stop the sequences that run on an endpoint.
    CancelRun(EndpointId),
    /// Change the sequences of a client.
    EditSequences(EndpointId, SequenceEdit),
    /// Request an act of one connection.
    Act(EndpointId, FlowId, Act),
    /// Change what a listening server does with new connections.
    Accept(EndpointId, Accepting),
    /// Select peers of a server, for sending and disconnecting.
    SelectPeers(EndpointId, Vec<FlowId>),
    /// Remove a server's closed connections from its list; their entries stay.
    ForgetClosed(EndpointId),
    /// Apply the message as it is being written.
    EditDraft(Draft),
    /// Choose the recipients of the message.
    SendTo(Recipients),
    /// Include recipients of the message, or leave them out again.
    AlsoSendTo(Recipients),
    /// Send the message.
    Send,
    /// Send the message again and again.
    Repeat(Repetition),
    /// Stop repeating a message.
    StopRepeating,
    /// Dismiss the report about a repeated message.
    ForgetRepeated,
    /// Send the saved message of this name.
    SendSaved(String),
    /// Send the saved message of this name on one connection.
    SendSavedOn(EndpointId, FlowId, String),
    /// Send these bytes to the recipients of the message.
    SendBytes(Bytes),
    /// Send a file to the recipient of the message.
    SendFile(FileOrder),
    /// Cancel what is queued on all connections, repeated messages, files and connecting again; connections stay open.
    StopEverything,
    /// Log the keys of TLS, or no longer.
    LogKeys(bool),
    /// Cancel the file that is being sent.
    CancelFile,
    /// Dismiss the report about the file that was sent.
    ForgetFile,
    /// Change the saved messages.
    EditMessages(MessageEdit),
    /// Choose how the bytes of the opened capture in view are read.
    ReadShownAs(ReadAs),
    /// Show frames instead of chunks, or chunks.
    ShowFrames(bool),
    /// Show the timeline as rows, as lanes, or as the lifecycle of one connection.
    ShowTimelineAs(TimelineAs),
    /// Show long runs of chunks in lanes as bundles, or each chunk.
    Bundle(bool),
    /// Have the kernel mark these steps of the bytes, on the connection whose lifecycle is shown.
    Mark(Marks),
    /// Save a picture.
    SavePicture(Box<PictureJob>),
    /// Dismiss the outcome of the last picture.
    ForgetPicture,
    /// Ask the reader.
    Ask(Request),
    /// Copy rows to the clipboard, from the first number to the last.
    Copy((u64, u64), CopyFormat),
    /// Copy text to the clipboard.
    CopyText(String),
    /// Find the next entry with a match.
    Find {
        /// What is looked for.
        pattern: Pattern,
        /// Where to begin.
        from: Option<u64>,
        /// Whether to look for newer entries.
        forward: bool,
    },
    /// Show only the entries of an endpoint, or of a connection, or all.
    ShowOnly(Option<EndpointId>, Option<FlowId>),
    /// Show only the entries that pass this filter.
    Narrow(Box<Filter>),
    /// Show the timeline's rows in this form: which columns, how wide, how payloads are written.
    ShapeTimeline(Box<TimelineForm>),
    /// Show a whole connection in place of the timeline, from an entry on or at the newest row.
    FollowConnection(EndpointId, FlowId, Option<u64>),
    /// Show the timeline again.
    LeaveConversation,
    /// Show the plot of the traffic, or hide it.
    TogglePlot,
    /// Hide what has been recorded so far.
    ClearView,
    /// Show it again.
    UndoClearView,
    /// Show a hint no more: it was followed or dismissed.
    HintDone(Hint),
    /// Show the inspector, or hide it.
    ShowInspector(bool),
    /// Watch what the kernel says of this at an endpoint, in place of what was watched.
    Watch(Option<(EndpointId, KernelWatch)>),
    /// Find out which process has the peer's end of a connection: its own address, and the peer's.
    AskProcess(FlowId, SocketAddr, SocketAddr),
    /// Unfold parts of the inspector's view of a connection, or fold them.
    ShapeConnection(ConnectionForm),
    /// Choose the language of the window, or follow the system.
    SetLanguage(LanguageChoice),
    /// Choose a dark or light theme, or follow the system.
    SetTheme(ThemeChoice),
    /// Show the timeline of the live session, or of a capture that was opened.
    ShowCapture(CaptureId),
    /// Close a capture that was opened.
    CloseCapture(CaptureId),
    /// Refresh the list of sessions.
    ListSessions,
    /// Begin a new document.
    NewDocument,
    /// Ask which document or captured file to open.
    AskOpen,
    /// Ask for a file whose messages are imported.
    AskImport,
    /// Import the messages of another tool's file.
    ImportMessages(PathBuf),
    /// Copy an endpoint as code.
    CopyCode(EndpointId, CodeForm),
    /// Delete the messages that were imported last, as far as they are as they were.
    UndoImport,
    /// Dismiss what came of the last import.
    ForgetImport,
    /// Open a document, a capture folder or another tool's file.
    Open(PathBuf),
    /// Save the document in its own file; ask for one if it has none.
    SaveDocument,
    /// Ask for another file to save the document in.
    AskSaveAs,
    /// Save the document in this file.
    SaveDocumentIn {
        /// The file.
        path: PathBuf,
        /// Whether to replace one that exists.
        may_replace: bool,
    },
    /// Leave the document; the user was asked.
    Leave {
        /// Whether to save it first.
        save: bool,
    },
    /// Go on with the document instead of leaving it.
    Stay,
    /// Ask again what becomes of the document: no file to save it in was chosen.
    AskToLeave,
    /// Read the document's file again, which was changed outside.
    Reload,
    /// Take the changes that an earlier window could not save.
    RestoreUnsaved,
    /// Delete the changes that an earlier window could not save.
    DiscardUnsaved,
    /// Keep the document as it is here, whatever its file holds; save it if that was prevented.
    KeepMine,
    /// Dismiss what is shown about the document's file.
    ForgetDocumentProblem,
    /// Look which recent documents there still are.
    LookAtRecent,
    /// Remove a document from the recent ones.
    ForgetRecent(PathBuf),
    /// Ask for a file or folder, beginning at this path.
    Browse(FileChoice, Option<PathBuf>),
    /// Note that a field took the path that was chosen for it.
    TakeChosen,
    /// Save a session under a name.
    SaveSession(PathBuf, String),
    /// Delete a session; the user has confirmed.
    DeleteSession(PathBuf),
    /// Keep the interrupted session in the list and stop offering it.
    SettleOffer,
    /// Resume recording.
    Resume,
    /// Resume recording in another folder.
    ResumeAt(PathBuf),
    /// Choose how much is kept from now on.
    SetRecording(Recording),
    /// Export entries of the capture in view.
    Export(ExportOrder),
    /// Cancel the import or export in progress.
    CancelWork,
    /// Dismiss the outcome of the last export.
    ForgetExport,
    /// Dismiss the problem shown in the list of sessions.
    ForgetLibraryProblem,
    /// Read this machine's addresses again.
    RefreshInterfaces,
    /// Mark all problems as seen.
    MarkNoticesRead,
    /// Clear the list of problems.
    ClearNotices,
    /// Close the window, asking first where there is something to ask.
    Close,
    /// Close the window; the user has confirmed.
    Quit {
        /// Whether to ask again next time.
        ask_again: bool,
    },
}

impl Action {
    /// Returns whether the document is saved, or what it is saved in is asked for: then what is being typed in it belongs
    /// to it. Before it is left, that is applied anyway.
    pub(super) fn keeps_document(&self) -> bool {
        matches!(self, Self::SaveDocument | Self::AskSaveAs)
    }
}
