//! What the user wants done. Views push these; the app carries them out.

use crate::capture::{Filter, Span};
use crate::net::{ConnectionId, EndpointId};
use crate::payload::CopyFormat;

/// One wish.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Ask the reader for rows of the timeline.
    ShowRows {
        /// Which entries.
        filter: Filter,
        /// Which of them.
        span: Span,
    },
    /// Ask the reader for one entry.
    ShowDetail {
        /// The entry's number.
        entry: u64,
    },
    /// Copy entries to the clipboard.
    Copy {
        /// The first and the last one.
        entries: (u64, u64),
        /// How they are written.
        format: CopyFormat,
    },
    /// Copy a text to the clipboard.
    CopyText(String),
    /// Find the next entry that holds a text.
    Find {
        /// What is looked for.
        text: String,
        /// Where to begin.
        from: Option<u64>,
        /// Whether to look for newer entries.
        forward: bool,
    },
    /// Give up the find.
    CancelFind,
    /// Show only the entries of an endpoint, or of a connection, or all.
    ShowOnly {
        /// The endpoint.
        endpoint: Option<EndpointId>,
        /// The connection.
        connection: Option<ConnectionId>,
    },
    /// Hide what is on record so far.
    ClearView,
    /// Show it again.
    UndoClearView,
}
