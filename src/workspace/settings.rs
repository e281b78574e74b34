//! The workspace as a whole, and what the window remembers.

use serde::{Deserialize, Serialize};

use super::endpoint::EndpointForm;
use crate::net::EndpointId;
use crate::payload::Draft;

/// What a user saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace {
    /// The endpoints, in the order of the sidebar.
    pub endpoints: Vec<EndpointForm>,
    /// The message being written.
    pub composer: ComposerForm,
    /// What the window remembers.
    pub settings: Settings,
}

/// The message being written and the ones sent before.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComposerForm {
    /// The message being written.
    pub draft: Draft,
    /// The endpoint that it goes to: a client, or all peers of a server.
    pub send_to: Option<EndpointId>,
    /// The messages sent before, newest last, without repeats.
    pub history: Vec<Draft>,
}

/// What the window remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Dark, light, or as the system says.
    pub theme: ThemeChoice,
    /// The zoom factor; 1 is the natural size.
    pub zoom: f32,
    /// Whether closing the window with live connections asks first.
    pub ask_before_quit: bool,
    /// Where the window was.
    pub window: Option<WindowGeometry>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            zoom: 1.0,
            ask_before_quit: true,
            window: None,
        }
    }
}

/// Dark, light, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    /// As the system says, dark where it does not tell.
    #[default]
    System,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
}

/// Where a window was, in logical points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowGeometry {
    /// The left edge of its outside; not known under Wayland.
    pub x: Option<f32>,
    /// The upper edge of its outside; not known under Wayland.
    pub y: Option<f32>,
    /// The width of its inside.
    pub width: f32,
    /// The height of its inside.
    pub height: f32,
    /// Whether it was maximised.
    pub maximized: bool,
}
