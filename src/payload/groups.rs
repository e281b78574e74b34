//! Regular expressions over the bytes of a request, and the groups that they find in it.

use std::fmt;
use std::sync::Arc;

use regex_automata::meta::Regex;
use regex_automata::util::captures::Captures;
use regex_syntax::hir::Hir;

use super::pattern::{Case, parse_regex};
use super::piece::{Piece, is_piece_name};

/// The most memory that a compiled regular expression takes, in bytes. It also bounds the time of a search, which grows
/// with the product of the expression and the request.
const MAX_REGEX_BYTES: usize = 1024 * 1024;

/// A regular expression over the bytes of a request, anywhere in it. It means what it means in a search.
///
/// Its groups are pieces of the request: each has its number as its name (`1` for the first one), and a named group has
/// its name too. Displays as it was written. Two are equal if they are written in the same way.
#[derive(Clone)]
pub struct RegexGroups {
    written: String,
    case: Case,
    regex: Regex,
    /// The index of each group with a name for it, in order.
    names: Arc<[(usize, Arc<str>)]>,
}

/// Why a regular expression cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegexProblem {
    /// It is not valid.
    Invalid(Box<regex_syntax::Error>),
    /// It takes too much memory.
    TooLarge,
    /// A group has a name that no piece can have.
    Name(String),
}

impl RegexGroups {
    /// Parses a regular expression.
    ///
    /// # Errors
    /// It is not valid, takes more than 1 MiB, or names a group as no piece can be named.
    pub fn parse(written: &str, case: Case) -> Result<Self, RegexProblem> {
        let hir = parse_regex(written, case).map_err(RegexProblem::Invalid)?;
        let config = Regex::config()
            .utf8_empty(false)
            .nfa_size_limit(Some(MAX_REGEX_BYTES));
        let regex = Regex::builder().configure(config).build_from_hir(&hir);
        // The only other reason is its size.
        let regex = regex.ok().ok_or(RegexProblem::TooLarge)?;
        let mut names = Vec::new();
        let groups = regex.group_info().all_names().enumerate().skip(1);
        for (index, (_, _, name)) in groups {
            names.push((index, index.to_string().into()));
            let Some(name) = name else { continue };
            if !is_piece_name(name) {
                return Err(RegexProblem::Name(name.to_owned()));
            }
            names.push((index, name.into()));
        }
        Ok(Self {
            written: written.to_owned(),
            case,
            regex,
            names: names.into(),
        })
    }

    /// Returns the names of its pieces, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(_, name)| &**name)
    }

    /// Returns the pieces of the first match, in order: a group that takes no part in it is none. `None` if there is no
    /// match.
    pub fn find(&self, bytes: &[u8]) -> Option<Vec<Piece>> {
        if self.names.is_empty() {
            return self.regex.is_match(bytes).then(Vec::new);
        }
        let captures = self.captures(bytes)?;
        let piece = |(index, name): &(usize, Arc<str>)| {
            let found = captures.get_group(*index)?;
            Some(Piece {
                name: Arc::clone(name),
                range: found.range(),
                is_varint: false,
            })
        };
        Some(self.names.iter().filter_map(piece).collect())
    }

    /// Returns what it means.
    pub(crate) fn syntax(&self) -> Option<Hir> {
        // It was parsed before.
        parse_regex(&self.written, self.case).ok()
    }

    /// Returns the bytes of the first match: its first group, or all of it if it has none.
    pub(super) fn part<'a>(&self, bytes: &'a [u8]) -> Option<&'a [u8]> {
        let has_group = !self.names.is_empty();
        let found = self.captures(bytes)?.get_group(usize::from(has_group))?;
        bytes.get(found.range())
    }

    fn captures(&self, bytes: &[u8]) -> Option<Captures> {
        let mut captures = self.regex.create_captures();
        self.regex.captures(bytes, &mut captures);
        captures.is_match().then_some(captures)
    }
}

impl PartialEq for RegexGroups {
    fn eq(&self, other: &Self) -> bool {
        (&self.written, self.case) == (&other.written, other.case)
    }
}

impl Eq for RegexGroups {}

impl fmt::Display for RegexGroups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl fmt::Debug for RegexGroups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Groups({:?}, {:?})", self.written, self.case)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn groups(written: &str) -> RegexGroups {
        RegexGroups::parse(written, Case::Exact).unwrap()
    }

    #[test]
    fn groups_are_pieces_by_number_and_name() {
        let check = |written: &str, request: &[u8], expected: &[(&str, &[u8])]| {
            let groups = groups(written);
            let pieces = groups.find(request).unwrap();
            let found: Vec<_> = pieces
                .iter()
                .map(|it| (&*it.name, &request[it.range.clone()]))
                .collect();
            assert_eq!(found, expected, "{written}");
            assert_eq!(groups.to_string(), written);
        };
        check(
            r"^SET (\S+) (?<value>\d+)",
            b"SET a 12\r\n",
            &[("1", b"a"), ("2", b"12"), ("value", b"12")],
        );
        check("ET", b"SET a", &[]);
        check("(?:a)(b)", b"xab", &[("1", b"b")]);
        check("a(b)?(c)", b"ac", &[("2", b"c")]);
        check(r"(\xFF.)", b"a\xFF\xFE", &[("1", b"\xFF\xFE")]);
        check("()", b"", &[("1", b"")]);
        let named = groups("(?P<a>x)(y)|(z)");
        assert_eq!(named.names().collect::<Vec<_>>(), ["1", "a", "2", "3"]);
        assert_eq!(groups("^b").find(b"ab"), None);
        assert_eq!(groups("^(b)").find(b"ab"), None);
    }

    #[test]
    fn case_may_be_ignored() {
        let ignoring = RegexGroups::parse("(get)", Case::Ignored).unwrap();
        assert!(ignoring.find(b"GET /").is_some());
        assert_eq!(groups("(get)").find(b"GET /"), None);
        assert_ne!(ignoring, groups("(get)"));
    }

    #[test]
    fn what_cannot_be_used_says_why() {
        let parse = |written: &str| RegexGroups::parse(written, Case::Exact).unwrap_err();
        assert!(matches!(parse("("), RegexProblem::Invalid(_)));
        assert_eq!(parse("(a{1000}){1000}"), RegexProblem::TooLarge);
        let name = RegexProblem::Name("a.b".to_owned());
        assert_eq!(parse("(?<a.b>x)"), name);
    }

    proptest! {
        #[test]
        fn pieces_are_within_the_request(
            written in r"(\((\?<[a-c]>)?|\)|[ab.^$|*?+]|\\xFF){0,10}",
            request in proptest::collection::vec(proptest::sample::select(&b"ab\xFF"[..]), 0..12),
        ) {
            if let Ok(groups) = RegexGroups::parse(&written, Case::Exact) {
                let names: Vec<_> = groups.names().collect();
                for piece in groups.find(&request).unwrap_or_default() {
                    prop_assert!(names.contains(&&*piece.name));
                    prop_assert!(request.get(piece.range).is_some());
                }
            }
        }
    }
}
