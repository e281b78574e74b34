//! What the last find matches in the payload that is shown.

use std::ops::Range;

use crate::model::Find;
use crate::payload::{Encoding, Matcher};

/// The matches, kept for as long as payload and pattern stay the same.
#[derive(Debug, Default)]
pub(super) struct FoundBytes {
    matcher: Option<Matcher>,
    ranges: Option<Vec<Range<usize>>>,
}

impl FoundBytes {
    /// Begins with other bytes.
    pub(super) fn renew(&mut self) {
        self.ranges = None;
    }

    /// Returns where the pattern that is looked for matches: ascending ranges.
    pub(super) fn of(
        &mut self,
        find: &Find,
        encoding: Encoding,
        payload: &[u8],
    ) -> &[Range<usize>] {
        let known = self.matcher.as_ref().map(Matcher::pattern);
        if known != find.pattern.as_ref() {
            self.matcher = find.pattern.clone().map(Matcher::new);
            self.ranges = None;
        }
        let matcher = &mut self.matcher;
        self.ranges.get_or_insert_with(|| {
            let matcher = matcher.as_mut();
            matcher.map_or_else(Vec::new, |it| it.ranges(encoding, payload))
        })
    }
}
