//! How each endpoint's streams are cut into frames, by direction.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::entry::Entry;
use crate::net::{ByDirection, Direction, EndpointId};
use crate::payload::Encoding;
use crate::payload::framing::Framing;
use crate::payload::template::{Check, Verdict};

/// How one direction of an endpoint is cut and read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FrameRule {
    /// How streams are cut; `None` if they are not. A datagram is a frame whatever the framing.
    pub framing: Option<Framing>,
    /// How each frame is checked.
    pub check: Option<Check>,
    /// The text encoding.
    pub encoding: Encoding,
}

impl FrameRule {
    /// Returns what checks and rules see of a frame: without what only frames it.
    pub fn checked<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        match &self.framing {
            Some(framing) => framing.checked(bytes),
            None => bytes.into(),
        }
    }

    /// Returns what a frame carries.
    pub fn payload<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        match &self.framing {
            Some(framing) => framing.payload(bytes),
            None => bytes.into(),
        }
    }

    /// Returns the check's verdict on the bytes of a frame; `None` without a check.
    pub fn verify(&self, bytes: &[u8]) -> Option<Verdict> {
        let check = self.check.as_ref()?;
        Some(check.verify(&self.checked(bytes)))
    }

    /// Returns whether a frame is good: it has no fault and passes its check. `None` if it has neither a fault nor a
    /// check. A frame whose bytes are not all available is not good.
    pub fn judge(&self, has_fault: bool, bytes: Option<&[u8]>) -> Option<bool> {
        self.check.as_ref()?;
        let bytes = bytes.filter(|_| !has_fault);
        let verdict = bytes.and_then(|bytes| self.verify(bytes));
        Some(verdict.is_some_and(|verdict| verdict.is_good()))
    }

    /// Returns whether a datagram is good, as [`judge`](Self::judge): it is checked as it is, whatever the framing.
    pub fn judge_datagram(&self, has_fault: bool, bytes: &[u8]) -> Option<bool> {
        let check = self.check.as_ref()?;
        Some(!has_fault && check.verify(bytes).is_good())
    }
}

/// The rules of a session's endpoints. A direction without a rule shows its chunks and datagrams.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FrameRules(pub BTreeMap<EndpointId, ByDirection<Option<FrameRule>>>);

impl FrameRules {
    /// Returns the rule of one direction of an endpoint.
    pub fn of(&self, endpoint: EndpointId, direction: Direction) -> Option<&FrameRule> {
        self.0.get(&endpoint)?.of(direction).as_ref()
    }

    /// Returns the rule by which the bytes of a data entry are frames; `None` if they are not. For a datagram, it has no
    /// framing.
    pub fn of_entry(&self, entry: &Entry) -> Option<Cow<'_, FrameRule>> {
        let rule = self.cutting(entry)?;
        Some(if entry.is_datagram() && rule.framing.is_some() {
            Cow::Owned(FrameRule {
                framing: None,
                ..rule.clone()
            })
        } else {
            Cow::Borrowed(rule)
        })
    }

    /// Returns whether an entry holds bytes that are cut into frames, or a datagram that is one.
    pub fn cuts(&self, entry: &Entry) -> bool {
        self.cutting(entry).is_some()
    }

    fn cutting(&self, entry: &Entry) -> Option<&FrameRule> {
        entry.event.link.as_ref()?;
        let rule = self.of(entry.event.endpoint, entry.event.kind.direction()?)?;
        (rule.framing.is_some() || entry.is_datagram()).then_some(rule)
    }

    /// Returns all rules.
    pub fn iter(&self) -> impl Iterator<Item = &FrameRule> {
        self.0.values().flat_map(ByDirection::iter).flatten()
    }
}
