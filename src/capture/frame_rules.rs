//! Which endpoint's streams are cut how.

use std::collections::BTreeMap;

use crate::net::EndpointId;
use crate::payload::Encoding;
use crate::payload::framing::Framing;
use crate::payload::template::{Check, Verdict};

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

impl FrameRule {
    /// Returns what the check says of the bytes of a frame; none without a check.
    pub fn verify(&self, bytes: &[u8]) -> Option<Verdict> {
        let check = self.check.as_ref()?;
        Some(check.verify(&self.framing.checked(bytes)))
    }

    /// Returns whether a frame is good: without a fault, and as its check says; none without a check. A frame of which
    /// not all bytes are at hand is not good.
    pub fn judge(&self, has_fault: bool, bytes: Option<&[u8]>) -> Option<bool> {
        self.check.as_ref()?;
        let bytes = bytes.filter(|_| !has_fault);
        let verdict = bytes.and_then(|bytes| self.verify(bytes));
        Some(verdict.is_some_and(|verdict| verdict.is_good()))
    }
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
