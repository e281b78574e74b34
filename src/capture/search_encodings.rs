//! The text encodings of the streams, for searching.

use std::collections::BTreeMap;

use crate::net::EndpointId;
use crate::payload::{Encoding, Pattern};

/// The text encodings of the endpoints. An endpoint that is missing uses UTF-8.
pub type Encodings = BTreeMap<EndpointId, Encoding>;

/// The text encodings in use: UTF-8 first, then the others.
#[derive(Debug)]
pub(super) struct SearchEncodings(Vec<Encoding>);

impl SearchEncodings {
    pub(super) fn new(encodings: &Encodings) -> Self {
        let mut distinct = vec![Encoding::UTF_8];
        for encoding in encodings.values() {
            if !distinct.contains(encoding) {
                distinct.push(*encoding);
            }
        }
        Self(distinct)
    }

    /// Returns the patterns in each encoding. A pattern that is too large in an encoding was rejected earlier; here it
    /// is searched for as it is.
    pub(super) fn patterns(&self, patterns: &[Pattern]) -> Vec<Vec<Pattern>> {
        let written = |pattern: &Pattern, encoding| {
            let in_it = pattern.in_encoding(encoding);
            in_it.unwrap_or_else(|_| pattern.clone())
        };
        let all = self.0.iter();
        all.map(|encoding| patterns.iter().map(|it| written(it, *encoding)).collect())
            .collect()
    }

    /// Returns the index of an endpoint's encoding.
    pub(super) fn of(&self, endpoint: EndpointId, encodings: &Encodings) -> usize {
        let encoding = encodings.get(&endpoint).copied().unwrap_or_default();
        let place = self.0.iter().position(|it| *it == encoding);
        place.unwrap_or_default()
    }
}
