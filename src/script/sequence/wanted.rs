//! What a step looks for in a request, and where a request first differs from it.

use crate::payload::Pattern;
use crate::payload::groups::RegexGroups;
use crate::payload::template::Piece;

/// How many bytes are compared at most to find where a request comes nearest.
const COMPARISONS: usize = 256 * 1024;

/// What a request has to contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// These bytes.
    Bytes {
        /// What finds them.
        pattern: Pattern,
        /// The bytes; `None` for any.
        bytes: Vec<Option<u8>>,
    },
    /// A match, whose groups are pieces.
    Regex(RegexGroups),
}

/// Where a request first differs from what was expected, at the place where most of it agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which byte of the request.
    pub at: u64,
    /// The byte that was expected there; `None` for any.
    pub expected: Option<u8>,
    /// The byte that is there; `None` if the request ends before.
    pub found: Option<u8>,
}

impl Wanted {
    /// Returns the pieces of a request that contains it; `None` for one that does not.
    pub(super) fn find(&self, request: &[u8]) -> Option<Vec<Piece>> {
        match self {
            Self::Bytes { pattern, .. } => pattern.is_in(request).then(Vec::new),
            Self::Regex(groups) => groups.find(request),
        }
    }

    /// Returns where a request that does not contain it differs, and how many bytes agree before that.
    pub(super) fn difference(&self, request: &[u8]) -> Option<(Difference, usize)> {
        let Self::Bytes { bytes, .. } = self else {
            return None;
        };
        let (start, agreed) = nearest(bytes, request);
        let at = start + agreed;
        let difference = Difference {
            at: at as u64,
            expected: *bytes.get(agreed)?,
            found: request.get(at).copied(),
        };
        Some((difference, agreed))
    }
}

/// Returns the first place in a request where most bytes agree, and how many do.
fn nearest(wanted: &[Option<u8>], request: &[u8]) -> (usize, usize) {
    let mut best = (0, 0);
    let mut left = COMPARISONS;
    for start in 0..request.len() {
        let rest = request.get(start..).unwrap_or_default();
        let pairs = wanted.iter().zip(rest);
        let agreed = pairs
            .take(left)
            .take_while(|(wanted, byte)| wanted.is_none_or(|wanted| wanted == **byte))
            .count();
        if agreed > best.1 {
            best = (start, agreed);
        }
        left = left.saturating_sub(agreed + 1);
        if left == 0 {
            break;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::{Case, hex};

    fn hex_wanted(digits: &str) -> Wanted {
        Wanted::Bytes {
            pattern: Pattern::parse(&format!("hex:{digits}")).unwrap(),
            bytes: hex::parse_pattern(digits).unwrap(),
        }
    }

    #[test]
    fn a_difference_is_where_most_agrees() {
        let check = |digits: &str, request: &[u8], expected: (u64, Option<u8>, Option<u8>)| {
            let (found, _) = hex_wanted(digits).difference(request).unwrap();
            let found = (found.at, found.expected, found.found);
            assert_eq!(found, expected, "{digits}");
        };
        check("61 62 63", b"xaby", (3, Some(0x63), Some(b'y')));
        check("61 62 63", b"xab", (3, Some(0x63), None));
        check("61 ?? 63", b"aba", (2, Some(0x63), Some(b'a')));
        check("61 ??", b"xa", (2, None, None));
        check("61", b"", (0, Some(0x61), None));
        check("61", b"xy", (0, Some(0x61), Some(b'x')));
    }

    #[test]
    fn a_hostile_request_is_compared_within_bounds() {
        let wanted = vec![Some(b'a'); 60_000];
        let request = vec![b'a'; 59_999];
        assert_eq!(nearest(&wanted, &request), (0, 59_999));
    }

    #[test]
    fn a_regular_expression_finds_pieces_and_has_no_difference() {
        let groups = RegexGroups::parse("id=(?<id>[0-9]+)", Case::Exact).unwrap();
        let wanted = Wanted::Regex(groups);
        let pieces = wanted.find(b"x id=42").unwrap();
        assert_eq!(pieces[0].range, 5..7);
        assert_eq!(wanted.find(b"x"), None);
        assert_eq!(wanted.difference(b"x"), None);
    }
}
