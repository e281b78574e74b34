//! What can go on at a place of a template's text.

use std::ops::Range;

use super::field::USAGES;
use crate::payload::checksum::Checksum;

/// Something that can go on at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is replaced, in bytes of the text.
    pub range: Range<usize>,
    /// What stands there then.
    pub text: String,
    /// What it means; of a checksum, what it gives for the digits 1 to 9, which catalogues call its check value.
    pub hint: String,
    /// Where the cursor goes, in bytes from the beginning of `text`: what the field may still take is typed there.
    pub cursor: usize,
}

/// Returns what can go on at `cursor`, in bytes of `text`: names of fields behind `{{`, and of checksums behind `crc`.
/// Outside of a field there is nothing.
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
    let range = open + 2 + word_start..cursor;
    let is_closed = text.get(cursor..).is_some_and(|after| {
        let close = after.find("}}");
        close.is_some() && close < after.find("{{").or(Some(usize::MAX))
    });
    match inner.get(..word_start).unwrap_or_default().trim() {
        "" => names(word, &range, is_closed),
        "crc" => checksums(word, &range, is_closed),
        _ => Vec::new(),
    }
}

fn names(word: &str, range: &Range<usize>, is_closed: bool) -> Vec<Completion> {
    let known = USAGES.iter().filter(|it| it.name.starts_with(word));
    let makes_one = |name: &'static str, hint: &str| {
        let takes_more = matches!(name, "crc" | "random" | "file" | "begin" | "end");
        let tail = match (takes_more, is_closed) {
            (true, _) => " ",
            (false, true) => "",
            (false, false) => "}}",
        };
        let text = format!("{name}{tail}");
        Completion {
            range: range.clone(),
            cursor: text.len(),
            text,
            hint: hint.to_owned(),
        }
    };
    known.map(|it| makes_one(it.name, it.meaning)).collect()
}

/// Returns the CRCs whose name holds a word, the likeliest first.
fn checksums(word: &str, range: &Range<usize>, is_closed: bool) -> Vec<Completion> {
    let bare = |name: &str| name.to_lowercase().replace(['-', '/', '_'], "");
    let wanted = bare(word);
    let mut known: Vec<_> = Checksum::crcs()
        .filter(|(name, _)| bare(name).contains(&wanted))
        .collect();
    known.sort_by_cached_key(|(name, _)| {
        let name = bare(name);
        (name != wanted, !name.starts_with(&wanted))
    });
    let tail = if is_closed { "" } else { "}}" };
    let makes_one = |(name, crc): (&str, Checksum)| Completion {
        range: range.clone(),
        text: format!("{name}{tail}"),
        hint: check_value(name, crc),
        cursor: name.len(),
    };
    known.into_iter().map(makes_one).collect()
}

/// Returns what a CRC gives for the digits 1 to 9, behind its name in the catalogue where that is another one.
fn check_value(name: &str, crc: Checksum) -> String {
    let digits = 2 * crc.len_bytes();
    let value = crc.of(b"123456789");
    let value = format!("123456789 gives {value:0digits$X}");
    match crc.name() {
        same if same == name => value,
        catalogued => format!("{catalogued}, {value}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, cursor: usize) -> Vec<String> {
        let completions = complete(text, cursor);
        completions.into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn a_field_is_completed_where_the_cursor_stands() {
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
        check("{{crc 16/mod|", &["CRC-16/MODBUS}}"]);
        check("{{crc 16/mod| le}}", &["CRC-16/MODBUS"]);
        check("{{sum |", &[]);
        check("日{{uu|", &["uuid}}"]);
        assert_eq!(texts("{{", 2).len(), USAGES.len());
        let first = complete("a{{uu", 5).remove(0);
        assert_eq!((first.range, first.cursor), (3..5, 6));
        assert_eq!(complete("{{crc modb", 10).remove(0).cursor, 13);
        assert_eq!(texts("{{crc ", 6).len(), Checksum::crcs().count());
        assert!(complete("{{日", 3).is_empty());
        assert!(complete("{{", 99).is_empty());
    }

    #[test]
    fn a_crc_is_known_by_its_check_value_and_what_is_typed_comes_first() {
        let check = |text: &str, name: &str, hint: &str| {
            let first = complete(text, text.len()).remove(0);
            assert_eq!((&*first.text, &*first.hint), (name, hint));
        };
        check(
            "{{crc crc32",
            "CRC-32}}",
            "CRC-32/ISO-HDLC, 123456789 gives CBF43926",
        );
        check("{{crc 16/mod", "CRC-16/MODBUS}}", "123456789 gives 4B37");
        check("{{crc crc12g", "CRC-12/GSM}}", "123456789 gives 0B34");
        check("{{uu", "uuid}}", "a random UUID");
    }
}
