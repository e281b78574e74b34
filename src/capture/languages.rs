//! What the text of the streams is in, where patterns are looked for in it.

use std::collections::BTreeMap;

use super::entry::StreamId;
use super::search::StreamKey;
use crate::net::EndpointId;
use crate::payload::{Encoding, Pattern};

/// A stream, and which of the languages its text is in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct StreamIn {
    pub(super) id: StreamId,
    pub(super) language: usize,
}

impl StreamKey for StreamIn {
    fn language(&self) -> usize {
        self.language
    }
}

/// The encodings of the endpoints; one that is missing has UTF-8.
pub type Encodings = BTreeMap<EndpointId, Encoding>;

/// What the text of the streams is in: UTF-8 first, then the other encodings.
#[derive(Debug)]
pub(super) struct Languages(Vec<Encoding>);

impl Languages {
    pub(super) fn new(encodings: &Encodings) -> Self {
        let mut languages = vec![Encoding::UTF_8];
        for encoding in encodings.values() {
            if !languages.contains(encoding) {
                languages.push(*encoding);
            }
        }
        Self(languages)
    }

    /// Returns the patterns in each of them. One that is too large in an encoding was refused before; it is
    /// looked for as it is.
    pub(super) fn patterns(&self, patterns: &[Pattern]) -> Vec<Vec<Pattern>> {
        let written = |pattern: &Pattern, encoding| {
            let in_it = pattern.in_encoding(encoding);
            in_it.unwrap_or_else(|_| pattern.clone())
        };
        let all = self.0.iter();
        all.map(|encoding| patterns.iter().map(|it| written(it, *encoding)).collect())
            .collect()
    }

    /// Returns the place of an endpoint's among them.
    pub(super) fn of(&self, endpoint: EndpointId, encodings: &Encodings) -> usize {
        let encoding = encodings.get(&endpoint).copied().unwrap_or_default();
        let place = self.0.iter().position(|it| *it == encoding);
        place.unwrap_or_default()
    }
}
