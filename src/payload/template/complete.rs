//! Completions in a template's text.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::field::FieldKind;
use crate::payload::checksum::Checksum;
use crate::payload::piece::Names;

/// A completion at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The byte range of the text to replace.
    pub range: Range<usize>,
    /// The replacement.
    pub text: String,
    /// What it completes.
    pub what: Completed,
    /// Where the cursor goes, in bytes from the beginning of `text`: the place for further arguments of the field.
    pub cursor: usize,
}

/// What a completion stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Completed {
    /// A field.
    Field(FieldKind),
    /// A CRC under the name to type: that of the catalogue, or an alias.
    Crc(&'static str, Checksum),
    /// A piece of the request, by its name.
    Piece(Arc<str>),
}

impl Completed {
    /// Returns the name to type.
    pub fn name(&self) -> &str {
        match self {
            Self::Field(kind) => kind.name(),
            Self::Crc(name, _) => name,
            Self::Piece(name) => name,
        }
    }

    /// Returns the full syntax of the field itself, or of the field that contains the checksum.
    pub fn usage(&self) -> Cow<'static, str> {
        match self {
            Self::Field(kind) => kind.usage().into(),
            Self::Crc(..) => FieldKind::Crc.usage().into(),
            Self::Piece(name) => format!("{{{{{name}}}}}").into(),
        }
    }
}

/// Returns the completions at `cursor`, in bytes of `text`: names of fields after `{{`, and of checksums after `crc`; in a
/// message of a rule also those of pieces, after `unmask` too. There are none outside a field.
pub fn complete(text: &str, cursor: usize, names: &Names) -> Vec<Completion> {
    let before = text.get(..cursor).unwrap_or_default();
    let Some(open) = before.rfind("{{") else {
        return Vec::new();
    };
    let inner = before.get(open + 2..).unwrap_or_default();
    if inner.contains("}}") {
        return Vec::new();
    }
    let word_start = inner.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let word = inner.get(word_start..).unwrap_or_default();
    let is_closed = text.get(cursor..).is_some_and(|after| {
        let close = after.find("}}");
        close.is_some() && close < after.find("{{").or(Some(usize::MAX))
    });
    let close = if is_closed { "" } else { "}}" };
    let pieces = |tail| {
        let pieces = names.iter().filter(|name| name.starts_with(word));
        pieces.map(move |name| (Completed::Piece(Arc::clone(name)), tail))
    };
    let words_before = inner.get(..word_start).unwrap_or_default();
    let words_before: Vec<_> = words_before.split_whitespace().collect();
    let found: Vec<(Completed, &str)> = match words_before[..] {
        [] => {
            let kinds = FieldKind::ALL.iter().copied();
            let kinds = kinds.filter(|kind| names.is_rule() || !kind.is_only_in_rules());
            let kinds = kinds.filter(|kind| kind.name().starts_with(word));
            let tail = |kind| if takes_more(kind) { " " } else { close };
            let kinds = kinds.map(|kind| (Completed::Field(kind), tail(kind)));
            pieces(close).chain(kinds).collect()
        }
        ["crc"] => checksums(word).map(|crc| (crc, close)).collect(),
        ["unmask"] => pieces(" ").collect(),
        ["unmask", _] => pieces(close).collect(),
        _ => Vec::new(),
    };
    let completion = |(what, tail): (Completed, &str)| {
        let text = format!("{}{tail}", what.name());
        Completion {
            range: open + 2 + word_start..cursor,
            cursor: match what {
                Completed::Crc(name, _) => name.len(),
                Completed::Field(_) | Completed::Piece(_) => text.len(),
            },
            text,
            what,
        }
    };
    found.into_iter().map(completion).collect()
}

/// Returns whether a field needs an argument.
fn takes_more(kind: FieldKind) -> bool {
    use FieldKind as F;
    matches!(
        kind,
        F::Crc
            | F::Random
            | F::File
            | F::Begin
            | F::End
            | F::Memory
            | F::Upper
            | F::Lower
            | F::Number
            | F::Unmask
    )
}

/// Returns the CRCs whose name contains a word, the likeliest first.
fn checksums(word: &str) -> impl Iterator<Item = Completed> {
    let bare = |name: &str| name.to_lowercase().replace(['-', '/', '_'], "");
    let wanted = bare(word);
    let mut known: Vec<_> = Checksum::crcs()
        .filter(|(name, _)| bare(name).contains(&wanted))
        .collect();
    known.sort_by_cached_key(|(name, _)| {
        let name = bare(name);
        (name != wanted, !name.starts_with(&wanted))
    });
    known
        .into_iter()
        .map(|(name, crc)| Completed::Crc(name, crc))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, cursor: usize) -> Vec<String> {
        let completions = complete(text, cursor, &Names::none());
        completions.into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn a_field_is_completed_at_the_cursor() {
        let check = |text: &str, expected: &[&str]| {
            let cursor = text.find('|').unwrap();
            assert_eq!(texts(&text.replace('|', ""), cursor), expected, "{text}");
        };
        check("a|", &[]);
        check("{{co|", &["counter}}", "connection}}"]);
        check("{{co|}}", &["counter", "connection"]);
        check("{{co| {{uuid}}", &["counter}}", "connection}}"]);
        check("a {{cr|", &["crc "]);
        check("{{uuid}}|", &[]);
        check("{{req|", &["request}}"]);
        check("{{sha|", &["sha1}}"]);
        check("{{crc 16/mod|", &["CRC-16/MODBUS}}"]);
        check("{{crc 16/mod| le}}", &["CRC-16/MODBUS"]);
        check("{{sum |", &[]);
        check("日{{uu|", &["uuid}}"]);
        check("{{tim|", &["time}}"]);
        check("{{unmask |", &[]);
        let anywhere = FieldKind::ALL.iter().filter(|it| !it.is_only_in_rules());
        assert_eq!(texts("{{", 2).len(), anywhere.count());
        let first = |text: &str| complete(text, text.len(), &Names::none()).remove(0);
        let random = first("a{{uu");
        assert_eq!((random.range, random.cursor), (3..5, 6));
        assert_eq!(first("{{crc modb").cursor, 13);
        assert_eq!(texts("{{crc ", 6).len(), Checksum::crcs().count());
        assert!(texts("{{日", 3).is_empty());
        assert!(texts("{{", 99).is_empty());
    }

    #[test]
    fn a_rule_has_its_pieces_and_fields_of_its_own() {
        let names: Names = ["1", "topic", "key"].into_iter().collect();
        let check = |text: &str, expected: &[&str]| {
            let completions = complete(text, text.len(), &names);
            let texts: Vec<_> = completions.iter().map(|it| &*it.text).collect();
            assert_eq!(texts, expected, "{text}");
        };
        check("{{t", &["topic}}", "time}}", "times}}"]);
        check("{{1", &["1}}"]);
        check("{{mem", &["memory "]);
        check("{{unmask ", &["1 ", "topic ", "key "]);
        check("{{unmask topic k", &["key}}"]);
        check("{{unmask topic key ", &[]);
        let all = complete("{{", 2, &names);
        assert_eq!(all.len(), FieldKind::ALL.len() + 3);
        assert_eq!(all[1].what.usage(), "{{topic}}");
    }

    #[test]
    fn the_crc_whose_name_is_typed_comes_first() {
        let check = |text: &str, expected: &str| {
            assert_eq!(texts(text, text.len()).remove(0), expected);
        };
        check("{{crc crc32", "CRC-32}}");
        check("{{crc 16/mod", "CRC-16/MODBUS}}");
        check("{{crc crc12g", "CRC-12/GSM}}");
    }
}
