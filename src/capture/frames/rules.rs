//! Which endpoint's streams are cut how.

use std::collections::BTreeMap;

use crate::net::EndpointId;
use crate::payload::Encoding;
use crate::payload::framing::Framing;
use crate::payload::template::Check;

/// How the streams of one endpoint are cut and read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FrameRule {
    /// What cuts them.
    pub framing: Framing,
    /// What each frame is checked for.
    pub check: Option<Check>,
    /// What their text is in.
    pub encoding: Encoding,
}

/// The rules of a session's endpoints. One without a rule has its chunks shown as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FrameRules(pub BTreeMap<EndpointId, FrameRule>);

impl FrameRules {
    /// Returns the rule of an endpoint.
    pub fn of(&self, endpoint: EndpointId) -> Option<&FrameRule> {
        self.0.get(&endpoint)
    }

    /// Returns whether no endpoint has a rule.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
