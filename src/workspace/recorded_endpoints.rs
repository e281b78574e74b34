//! The endpoints of a capture, as they were when it was recorded.

use std::collections::HashMap;

use super::fields::FieldError;
use super::protocol::ProtocolForm;
use crate::capture::store::Store;
use crate::net::EndpointId;

/// What a capture says of its endpoints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedEndpoints {
    /// Their names.
    pub names: HashMap<EndpointId, String>,
    /// How their bytes were read.
    pub protocols: HashMap<EndpointId, ProtocolForm>,
    /// What of that this version cannot use, with the endpoint's name: the first of each endpoint.
    pub unknown: Vec<(String, FieldError)>,
}

impl RecordedEndpoints {
    /// Returns those of a capture.
    pub fn of(store: &Store) -> Self {
        let mut recorded = Self::default();
        for (id, facts) in store.manifest().endpoints() {
            let (protocol, problem) = ProtocolForm::of_facts(&facts);
            let problem = problem.map(|problem| (facts.name.clone(), problem));
            recorded.unknown.extend(problem);
            recorded.names.insert(id, facts.name);
            recorded.protocols.insert(id, protocol);
        }
        recorded
    }
}
