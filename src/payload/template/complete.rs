//! Completions in a template's text.

use std::ops::Range;

use super::field::FieldKind;
use crate::payload::checksum::Checksum;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completed {
    /// A field.
    Field(FieldKind),
    /// A CRC under the name to type: that of the catalogue, or an alias.
    Crc(&'static str, Checksum),
}

impl Completed {
    /// Returns the name to type.
    pub fn name(self) -> &'static str {
        match self {
            Self::Field(kind) => kind.name(),
            Self::Crc(name, _) => name,
        }
    }

    /// Returns the field itself, or the field that contains the checksum.
    pub fn field(self) -> FieldKind {
        match self {
            Self::Field(kind) => kind,
            Self::Crc(..) => FieldKind::Crc,
        }
    }
}

/// Returns the completions at `cursor`, in bytes of `text`: names of fields after `{{`, and of checksums after `crc`.
/// There are none outside a field.
pub fn complete(text: &str, cursor: usize) -> Vec<Completion> {
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
    let found: Vec<(Completed, &str)> = match inner.get(..word_start).unwrap_or_default().trim() {
        "" => {
            let kinds = FieldKind::ALL.iter().copied();
            let kinds = kinds.filter(|kind| kind.name().starts_with(word));
            let tail = |kind| if takes_more(kind) { " " } else { close };
            kinds
                .map(|kind| (Completed::Field(kind), tail(kind)))
                .collect()
        }
        "crc" => checksums(word).map(|crc| (crc, close)).collect(),
        _ => Vec::new(),
    };
    let completion = |(what, tail): (Completed, &str)| {
        let text = format!("{}{tail}", what.name());
        Completion {
            range: open + 2 + word_start..cursor,
            cursor: match what {
                Completed::Field(_) => text.len(),
                Completed::Crc(name, _) => name.len(),
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
    matches!(kind, F::Crc | F::Random | F::File | F::Begin | F::End)
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
        let completions = complete(text, cursor);
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
        assert_eq!(texts("{{", 2).len(), FieldKind::ALL.len());
        let first = complete("a{{uu", 5).remove(0);
        assert_eq!((first.range, first.cursor), (3..5, 6));
        assert_eq!(complete("{{crc modb", 10).remove(0).cursor, 13);
        assert_eq!(texts("{{crc ", 6).len(), Checksum::crcs().count());
        assert!(complete("{{日", 3).is_empty());
        assert!(complete("{{", 99).is_empty());
    }

    #[test]
    fn the_crc_whose_name_is_typed_comes_first() {
        let check = |text: &str, expected: &str| {
            assert_eq!(complete(text, text.len()).remove(0).text, expected);
        };
        check("{{crc crc32", "CRC-32}}");
        check("{{crc 16/mod", "CRC-16/MODBUS}}");
        check("{{crc crc12g", "CRC-12/GSM}}");
    }
}
