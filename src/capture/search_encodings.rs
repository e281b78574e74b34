//! The text encodings of the streams.

use std::collections::BTreeMap;

use crate::net::{ByDirection, Direction, EndpointId};
use crate::payload::{Encoding, Pattern};

/// The text encodings of the endpoints, by direction. An endpoint that is missing uses UTF-8.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Encodings(pub BTreeMap<EndpointId, ByDirection<Encoding>>);

impl Encodings {
    /// Returns the encoding of one direction of an endpoint.
    pub fn of(&self, endpoint: EndpointId, direction: Direction) -> Encoding {
        let encodings = self.0.get(&endpoint).copied().unwrap_or_default();
        *encodings.of(direction)
    }

    /// Returns all encodings.
    pub fn iter(&self) -> impl Iterator<Item = Encoding> {
        self.0.values().flat_map(ByDirection::iter).copied()
    }
}

/// The text encodings in use: UTF-8 first, then the others.
#[derive(Debug)]
pub(super) struct SearchEncodings(Vec<Encoding>);

impl SearchEncodings {
    pub(super) fn new(encodings: &Encodings) -> Self {
        let mut distinct = vec![Encoding::UTF_8];
        for encoding in encodings.iter() {
            if !distinct.contains(&encoding) {
                distinct.push(encoding);
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

    /// Returns the index of an encoding.
    pub(super) fn index_of(&self, encoding: Encoding) -> usize {
        let place = self.0.iter().position(|it| *it == encoding);
        place.unwrap_or_default()
    }
}
