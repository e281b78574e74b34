//! What the user wants done. Views push these; the app carries them out.

use std::path::PathBuf;

use bytes::Bytes;

use crate::capture::{Filter, Request};
use crate::model::{ExportOrder, Recipients};
use crate::net::{ConnectionId, EndpointId};
use crate::payload::{CopyFormat, Draft, Pattern};
use crate::session::CaptureId;
use crate::workspace::{EndpointKind, FileOrder, ProtocolForm, Recording, ThemeChoice};

/// One wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Add a server to the document.
    AddServer,
    /// Add a client to the document.
    AddClient,
    /// Put a copy of an endpoint beside it.
    Duplicate(EndpointId),
    /// Stop an endpoint and take it out of the document.
    Remove(EndpointId),
    /// Give an endpoint another name.
    Rename {
        /// Which one.
        endpoint: EndpointId,
        /// Its new name.
        name: String,
    },
    /// Take over what was typed into an endpoint's fields.
    Edit {
        /// Which one.
        endpoint: EndpointId,
        /// All of its fields.
        kind: EndpointKind,
    },
    /// Let a server listen.
    StartServer(EndpointId),
    /// Let a server listen on any free port, because its own is taken.
    UseFreePort(EndpointId),
    /// Stop a server: its listener and all its connections.
    StopServer(EndpointId),
    /// Connect a client.
    Connect(EndpointId),
    /// Close a client's connection, or give up connecting.
    DisconnectClient(EndpointId),
    /// Close one of a server's connections.
    DisconnectPeer {
        /// The server.
        endpoint: EndpointId,
        /// The connection.
        connection: ConnectionId,
    },
    /// Finish sending on a connection (FIN) and read on.
    FinishSending {
        /// Whose.
        endpoint: EndpointId,
        /// The connection.
        connection: ConnectionId,
    },
    /// Select peers of a server, for sending and disconnecting.
    SelectPeers {
        /// The server.
        endpoint: EndpointId,
        /// Its selected connections.
        peers: Vec<ConnectionId>,
    },
    /// Take a server's closed connections off its list; their entries stay.
    ForgetClosed(EndpointId),
    /// Take over the message as it is being written.
    EditDraft(Draft),
    /// Choose whom the message goes to.
    SendTo(Recipients),
    /// Send the message.
    Send,
    /// Send these bytes to whom the message goes.
    SendBytes(Bytes),
    /// Send a file to whom the message goes.
    SendFile(FileOrder),
    /// Give up the file that is being sent.
    CancelFile,
    /// Say no more of the file that was sent.
    ForgetFile,
    /// Save a message under a name.
    SavePayload {
        /// The name; one that has it is replaced.
        name: String,
        /// The message.
        draft: Draft,
    },
    /// Delete a saved message.
    DeletePayload(String),
    /// Read the bytes of the capture that is shown, and was opened, in this way.
    ReadShownAs(Option<ProtocolForm>),
    /// Show frames in place of the chunks, or the chunks.
    ShowFrames(bool),
    /// Ask the reader.
    Ask(Request),
    /// Copy rows to the clipboard.
    Copy {
        /// The numbers of the first and the last one.
        rows: (u64, u64),
        /// How they are written.
        format: CopyFormat,
    },
    /// Copy a text to the clipboard.
    CopyText(String),
    /// Find the next entry that a match touches.
    Find {
        /// What is looked for.
        pattern: Pattern,
        /// Where to begin.
        from: Option<u64>,
        /// Whether to look for newer entries.
        forward: bool,
    },
    /// Show only the entries of an endpoint, or of a connection, or all.
    ShowOnly {
        /// The endpoint.
        endpoint: Option<EndpointId>,
        /// The connection.
        connection: Option<ConnectionId>,
    },
    /// Show only the entries that this filter takes.
    Narrow(Box<Filter>),
    /// Show a whole connection in the timeline's place.
    FollowConnection {
        /// Whose.
        endpoint: EndpointId,
        /// The connection.
        connection: ConnectionId,
        /// The entry to begin at; none begins at the newest row.
        from: Option<u64>,
    },
    /// Show the timeline again.
    LeaveConversation,
    /// Show the plot of the traffic, or hide it.
    TogglePlot,
    /// Hide what is on record so far.
    ClearView,
    /// Show it again.
    UndoClearView,
    /// Dark, light, or as the system says.
    SetTheme(ThemeChoice),
    /// Show the timeline of the live session, or of a capture that was opened.
    ShowCapture(CaptureId),
    /// Put a capture that was opened away.
    CloseCapture(CaptureId),
    /// Make the list of sessions anew.
    ListSessions,
    /// Open a capture's folder, or another tool's file, to look at it.
    OpenCapture(PathBuf),
    /// Save a session under a name.
    SaveSession {
        /// Where it is.
        folder: PathBuf,
        /// What it is to be called.
        name: String,
    },
    /// Delete a session; it was asked about.
    DeleteSession(PathBuf),
    /// The interrupted session that is offered stays in the list, and is not offered again.
    SettleOffer,
    /// Go on recording where it stopped.
    Resume,
    /// Go on recording in another folder.
    ResumeAt(PathBuf),
    /// Choose how much is kept, from now on.
    SetRecording(Recording),
    /// Write entries of the capture that is shown.
    Export(ExportOrder),
    /// Cancel the long work that is under way.
    CancelWork,
    /// Forget what came of the last export.
    ForgetExport,
    /// Forget what went wrong in the list of sessions.
    ForgetLibraryProblem,
    /// Read this machine's addresses again.
    RefreshInterfaces,
    /// Note that the list of problems was looked at.
    MarkNoticesRead,
    /// Forget all problems.
    ClearNotices,
    /// Close the window; live connections were asked about.
    Quit {
        /// Whether to ask again the next time.
        ask_again: bool,
    },
}
