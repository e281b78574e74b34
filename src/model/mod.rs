//! The state that the window shows: a pure fold of what the capture tells. No socket, thread, channel or clock.

mod timeline;

use crate::net::EndpointId;
use crate::workspace::EndpointForm;

pub use timeline::{Copied, Find, Found, Need, TimelineModel};

/// Everything that the window shows.
#[derive(Debug, Default)]
pub struct Model {
    /// The endpoints.
    pub workspace: Workspace,
    /// The entries in view.
    pub timeline: TimelineModel,
}

/// What the user set up.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The endpoints, in the order of the sidebar.
    pub endpoints: Vec<EndpointForm>,
}

impl Model {
    /// Returns an endpoint's name.
    pub fn name(&self, id: EndpointId) -> Option<&str> {
        let mut endpoints = self.workspace.endpoints.iter();
        endpoints
            .find(|form| form.id == id)
            .map(|form| form.name.as_str())
    }
}
