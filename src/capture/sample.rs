//! Samples: what the kernel said of a connection or a listener at one moment. They stand beside the entries, never among
//! them.

use std::sync::Arc;

use crate::net::kernel::Sampled;
use crate::net::{EndpointId, Fed, FlowId, Link, Stamp};

/// What the kernel said at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// When it was asked, or when we fetched the mark.
    pub stamp: Stamp,
    /// The endpoint.
    pub endpoint: EndpointId,
    /// The connection; `None` for a listener.
    pub link: Option<Arc<Link>>,
    /// What it said.
    pub what: Sampled,
}

impl Sample {
    /// Returns the connection; `None` for a listener.
    pub fn connection(&self) -> Option<FlowId> {
        self.link.as_ref().map(|link| link.connection)
    }
}

/// What an engine reports that is no entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The progress of a long payload, for whoever watches.
    Fed(Fed),
    /// A sample.
    Sample(Sample),
}
