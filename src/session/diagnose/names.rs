//! Why a name has no address.

use super::machine::Machine;
use super::{Cause, Finding, Remedy};
use crate::net::LookUpErrorKind;

/// The name that every machine knows (RFC 6761).
const LOCALHOST: &str = "localhost";
/// From this length on, two letters may differ in a name that looks like another one.
const LONG_NAME: usize = 6;
/// The longest name that is compared, in characters (RFC 1035: 255 octets).
const MAX_NAME: usize = 255;

/// Returns the causes of a look-up that failed.
pub(super) fn causes(machine: &Machine, host: &str, error: LookUpErrorKind) -> Vec<Cause> {
    if let Some(character) = odd_character(host) {
        return vec![Cause::new(Finding::OddCharacter { character }, None)];
    }
    if host.chars().all(|it| it.is_ascii_digit() || it == '.') {
        return vec![Cause::new(Finding::MistypedAddress, None)];
    }
    let mut causes: Vec<_> = similar(machine, host)
        .map(|known| {
            let remedy = Remedy::UseHost(known.clone());
            Cause::new(Finding::LooksLike { known }, [remedy])
        })
        .into_iter()
        .collect();
    let cause = match error {
        _ if machine.has_name_server == Some(false) => Cause::new(Finding::NoNameServer, None),
        LookUpErrorKind::TryAgain => Cause::new(Finding::NameServerSilent, [Remedy::TryAgain]),
        LookUpErrorKind::NotFound if !host.contains('.') => {
            Cause::new(Finding::NameWithoutDot, None)
        }
        LookUpErrorKind::NotFound => Cause::new(Finding::NameUnknown, None),
        LookUpErrorKind::Other => return causes,
    };
    causes.push(cause);
    causes
}

/// Returns the first character that no host name has: a piece of a URL, or a slip.
fn odd_character(host: &str) -> Option<char> {
    let is_odd = |it: &char| {
        it.is_whitespace() || it.is_control() || (it.is_ascii_punctuation() && !"-._".contains(*it))
    };
    host.chars().find(is_odd)
}

/// Returns a name that this machine knows, or that stands elsewhere in the document, and that looks like this one.
fn similar(machine: &Machine, host: &str) -> Option<String> {
    let typed = machine.own.iter().filter_map(|it| it.host.as_ref());
    let known = machine.hosts.iter().chain(typed).map(String::as_str);
    let allowed = if host.len() < LONG_NAME { 1 } else { 2 };
    let near = known
        .chain([LOCALHOST])
        .filter(|it| !it.eq_ignore_ascii_case(host) && it.len() > allowed)
        .map(|it| (distance(it, host), it))
        .filter(|(distance, _)| *distance <= allowed);
    near.min().map(|(_, name)| name.to_owned())
}

/// Returns how many letters are to be added, left out, replaced or swapped with the next one to get from one name to the
/// other: the "optimal string alignment" distance.
fn distance(one: &str, other: &str) -> usize {
    let lower = |name: &str| -> Vec<char> {
        let chars = name.chars().take(MAX_NAME);
        chars.map(|it| it.to_ascii_lowercase()).collect()
    };
    let (one, other) = (lower(one), lower(other));
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let replaced = last[j] + usize::from(a != b);
            let mut cheapest = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                cheapest = cheapest.min(before[j - 1] + 1);
            }
            row.push(cheapest);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_costs_one() {
        let check = |one: &str, other: &str, expected| assert_eq!(distance(one, other), expected);
        check("localhost", "localhost", 0);
        check("localhsot", "localhost", 1);
        check("localost", "localhost", 1);
        check("LOCALHOST", "localhost", 0);
        check("example.org", "example.com", 3);
        check("", "ab", 2);
    }

    #[test]
    fn what_no_name_has_is_found() {
        assert_eq!(odd_character("http://a"), Some(':'));
        assert_eq!(odd_character("a b"), Some(' '));
        assert_eq!(odd_character("a-b.example_1"), None);
        assert_eq!(odd_character("bücher.example"), None);
    }
}
