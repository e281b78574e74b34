//! What views ask of the window, and what that names: tabs, steps, a picture. It knows no view, so that each may ask.

use std::path::PathBuf;

use crate::export::picture::{PicturePalette, Sketch};
use crate::net::{EndpointId, FlowId};
use crate::payload::Draft;
use crate::script::RuleNumber;

/// What a view asks of the window itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wish {
    /// Show the list of all commands.
    Commands,
    /// Show the list of problems.
    Problems,
    /// Show the keyboard shortcuts.
    Keys,
    /// Show what the program is, and under which licences.
    About,
    /// Show the lessons.
    Lessons,
    /// Close their pane.
    CloseLessons,
    /// Show the sessions on disk.
    Sessions,
    /// Show them with the field for the live session's name.
    SaveSession,
    /// Show them, asking whether to delete this one.
    DeleteSession(PathBuf),
    /// Show how much is recorded.
    Recording,
    /// Show the export for other tools.
    Export,
    /// Ask where to save a picture.
    SavePicture(Box<Picture>),
    /// Show the lifecycle of a connection in the middle.
    ShowLifecycle(FlowId),
    /// Put this into the composer.
    Edit(Draft),
    /// Go to this entry in the timeline.
    GoTo(u64),
    /// Go to the find field, or on to another match.
    Find(FindStep),
    /// Go to the first or the last match in an entry that was found, once the detail pane shows it.
    ShowMatch {
        /// The entry.
        entry: u64,
        /// Whether to the first one.
        forward: bool,
    },
    /// Go to the next or the previous match in the detail pane.
    Match {
        /// Whether to the next one.
        forward: bool,
    },
    /// Send the message.
    Send,
    /// Show the messages sent before.
    History,
    /// Change the zoom factor.
    Zoom(Zoom),
    /// Move the keyboard to the next pane, or to the previous one.
    Pane {
        /// Whether to the next one.
        forward: bool,
    },
    /// Show what the rules say to the selected request, or to one that is typed.
    WhyNot,
    /// Select an endpoint.
    Choose(EndpointId),
    /// Type another name for an endpoint.
    Rename(EndpointId),
    /// Show a part of the selected endpoint in the inspector.
    Inspect(InspectorTab),
    /// Show the rules of the selected endpoint.
    Rules,
    /// Add a rule to the selected endpoint, and show it.
    AddRule,
    /// Show the rule of this number of an endpoint.
    ShowRule(EndpointId, RuleNumber),
    /// Show the presets that there are.
    Presets,
    /// Show a tab of the pane at the left.
    Left(LeftTab),
    /// Show the inspector, or hide it.
    ToggleInspector,
}

/// A step of the find field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FindStep {
    /// Go to the field.
    Field,
    /// Go to the next match.
    Next,
    /// Go to the previous match.
    Previous,
}

/// A change of the zoom factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zoom {
    In,
    Out,
    Reset,
}

/// What the inspector shows of the selected endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum InspectorTab {
    /// Its settings.
    #[default]
    Setup,
    /// Its rules.
    Rules,
    /// One connection.
    Connection,
}

/// What the pane at the left shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LeftTab {
    /// The endpoints.
    #[default]
    Endpoints,
    /// The saved messages.
    Messages,
}

/// A picture of a connection, to be saved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) sketch: Sketch,
    pub(super) palette: PicturePalette,
    /// The number of the connection.
    pub(super) connection: u64,
}
