//! What a connection has other connections do, and the groups that it joins for it.

use std::sync::Arc;

use super::event::{Link, Requester};
use super::hops::Hop;
use super::id::EndpointId;
use crate::script::{Act, Content, Whom};

/// What a connection has others do.
#[derive(Debug)]
pub(super) struct Elsewhere {
    /// The connection; `None` if it is one of another endpoint.
    pub(super) from: Option<Arc<Link>>,
    /// Whom it concerns; `None` for the connection itself, which joins or leaves a group.
    pub(super) whom: Option<Whom>,
    pub(super) act: Act,
    pub(super) by: Requester,
    /// The hop of what it answers.
    pub(super) hop: Hop,
}

impl Elsewhere {
    /// Returns whether the connection that requests it may be one of those that do it. `endpoint` is its endpoint.
    pub(super) fn may_include_sender(&self, endpoint: EndpointId) -> bool {
        match &self.whom {
            Some(Whom::All | Whom::Group(_)) => true,
            Some(Whom::Endpoint(other)) => other.0 == endpoint.0,
            Some(Whom::Others) | None => false,
        }
    }

    /// Returns how many bytes it holds: mostly those that are to be sent.
    pub(super) fn len_bytes(&self) -> usize {
        match &self.act {
            Act::Send(Content::Message(message)) => message.len_bytes(),
            Act::Join(name) | Act::Leave(name) => name.len(),
            _ => 0,
        }
    }
}
