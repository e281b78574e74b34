//! How each endpoint's streams are cut into frames, by direction.

use std::collections::BTreeMap;

use crate::net::{ByDirection, Direction, EndpointId};
use crate::payload::Encoding;
use crate::payload::framing::Framing;
use crate::payload::template::{Check, Verdict};

/// How one direction of an endpoint is cut and read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FrameRule {
    /// How they are cut.
    pub framing: Framing,
    /// How each frame is checked.
    pub check: Option<Check>,
    /// The text encoding.
    pub encoding: Encoding,
}

impl FrameRule {
    /// Returns the check's verdict on the bytes of a frame; `None` without a check.
    pub fn verify(&self, bytes: &[u8]) -> Option<Verdict> {
        let check = self.check.as_ref()?;
        Some(check.verify(&self.framing.checked(bytes)))
    }

    /// Returns whether a frame is good: it has no fault and passes its check. `None` if it has neither a fault nor a
    /// check. A frame whose bytes are not all available is not good.
    pub fn judge(&self, has_fault: bool, bytes: Option<&[u8]>) -> Option<bool> {
        self.check.as_ref()?;
        let bytes = bytes.filter(|_| !has_fault);
        let verdict = bytes.and_then(|bytes| self.verify(bytes));
        Some(verdict.is_some_and(|verdict| verdict.is_good()))
    }
}

/// The rules of a session's endpoints. A direction without a rule shows its chunks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FrameRules(pub BTreeMap<EndpointId, ByDirection<Option<FrameRule>>>);

impl FrameRules {
    /// Returns the rule of one direction of an endpoint.
    pub fn of(&self, endpoint: EndpointId, direction: Direction) -> Option<&FrameRule> {
        self.0.get(&endpoint)?.of(direction).as_ref()
    }

    /// Returns all rules.
    pub fn iter(&self) -> impl Iterator<Item = &FrameRule> {
        self.0.values().flat_map(ByDirection::iter).flatten()
    }
}
