//! The INI files of Qt's `QSettings`: lines into keys and values, with their escapes decoded.
//!
//! A key is written under a heading of its first part, with `\` between the others: `a/1/name` stands under `[a]` as
//! `1\name`. `%41` and `%U20AC` in a key are characters. In a value, `\x20ac` is a UTF-16 unit, `\n`, `\0` and the like
//! are characters; it is in quotes if it would be ambiguous otherwise.

/// An entry of such a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct IniEntry {
    /// All parts of the key, with `/` between them.
    pub(super) key: String,
    /// The value as it is written.
    value: String,
}

/// Reads the entries of a text one after another.
pub(super) struct Entries<'a> {
    rest: &'a str,
    /// The number of the line where the rest begins, counted from 1.
    line: usize,
    section: String,
}

impl<'a> Entries<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            rest: text,
            line: 1,
            section: String::new(),
        }
    }

    /// Takes this many bytes off the front.
    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.line += taken.bytes().filter(|it| *it == b'\n').count();
        self.rest = rest;
        taken
    }

    /// Takes a comment up to the end of its line.
    fn take_comment(&mut self) {
        let len = self.rest.find(['\n', '\r']).unwrap_or(self.rest.len());
        self.take(len);
    }

    fn enter(&mut self, heading: &str) {
        let heading = heading.trim();
        self.section = if heading.eq_ignore_ascii_case("general") {
            String::new()
        } else if heading.eq_ignore_ascii_case("%general") {
            heading.get(1..).unwrap_or_default().to_owned()
        } else {
            key_of(heading)
        };
    }

    fn entry(&self, key: &str, value: &str) -> IniEntry {
        let key = key_of(key.trim());
        let key = if self.section.is_empty() {
            key
        } else {
            format!("{}/{key}", self.section)
        };
        IniEntry {
            key,
            value: value.trim_matches([' ', '\t', '\n', '\r']).to_owned(),
        }
    }
}

/// Returns the entries in order; in place of one that cannot be read, the number of its line.
impl Iterator for Entries<'_> {
    type Item = Result<IniEntry, usize>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let blank = self.rest.len() - self.rest.trim_ascii_start().len();
            self.take(blank);
            if self.rest.is_empty() {
                return None;
            }
            if self.rest.starts_with([';', '#']) {
                self.take_comment();
                continue;
            }
            let at = self.line;
            let Some((len, equals)) = measure(self.rest) else {
                // Quotes that nothing closes.
                self.take(self.rest.len());
                return Some(Err(at));
            };
            let line = self.take(len);
            if let Some(heading) = line.strip_prefix('[') {
                let heading = heading
                    .split_once(']')
                    .map_or(heading, |(inside, _)| inside);
                self.enter(heading);
                continue;
            }
            let parts =
                equals.and_then(|equals| Some((line.get(..equals)?, line.get(equals + 1..)?)));
            return Some(match parts {
                Some((key, value)) if !key.trim().is_empty() => Ok(self.entry(key, value)),
                _ => Err(at),
            });
        }
    }
}

/// Returns how long the line at the front is, without what ends it, and where its first `=` stands; `None` if its quotes
/// are open at the end. An escaped line break, and one in quotes, ends no line.
fn measure(text: &str) -> Option<(usize, Option<usize>)> {
    let bytes = text.as_bytes();
    let (mut at, mut equals, mut is_quoted) = (0, None, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => {
                let is_break = bytes.get(at + 1..at + 3) == Some(b"\r\n");
                at += if is_break { 2 } else { 1 };
            }
            b'"' => is_quoted = !is_quoted,
            b'=' if !is_quoted && equals.is_none() => equals = Some(at),
            b'\n' | b'\r' | b';' if !is_quoted => return Some((at, equals)),
            _ => {}
        }
        at += 1;
    }
    (!is_quoted).then_some((text.len(), equals))
}

/// Returns a key with its escapes decoded.
fn key_of(written: &str) -> String {
    let mut units = Vec::new();
    let mut rest = written.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str();
        let (digits, skipped) = match after.strip_prefix('U') {
            Some(after) => (after.get(..4), 5),
            None => (after.get(..2), 2),
        };
        let is_hex = |digits: &&str| digits.bytes().all(|it| it.is_ascii_hexdigit());
        let unit = digits.filter(is_hex);
        let unit = unit.and_then(|digits| u16::from_str_radix(digits, 16).ok());
        match (c, unit) {
            ('%', Some(unit)) => {
                units.push(unit);
                rest = after.get(skipped..).unwrap_or_default().chars();
            }
            ('\\', _) => units.push(u16::from(b'/')),
            (c, _) => units.extend(c.encode_utf16(&mut [0; 2]).iter()),
        }
    }
    String::from_utf16_lossy(&units)
}

impl IniEntry {
    /// Returns the value as text.
    pub(super) fn text(&self) -> String {
        let text = unescaped(&self.value);
        let inside = |open: &str| text.strip_prefix(open)?.strip_suffix(')');
        if text == "@Invalid()" {
            return String::new();
        }
        let wrapped = inside("@String(").or_else(|| inside("@ByteArray("));
        // A text that begins with @ has one more.
        wrapped
            .or_else(|| text.strip_prefix('@'))
            .unwrap_or(&text)
            .to_owned()
    }

    /// Returns the value as a number: as text, or as a stream of Qt (`@Variant`), which is how a `float` is written.
    pub(super) fn number(&self) -> Option<f64> {
        let text = unescaped(&self.value);
        let Some(stream) = text.strip_prefix("@Variant(") else {
            return text.trim().parse().ok();
        };
        let stream = stream.strip_suffix(')')?;
        let bytes: Option<Vec<u8>> = stream.chars().map(|it| u8::try_from(it).ok()).collect();
        let bytes = bytes?;
        let (kind, value) = bytes.split_first_chunk::<4>()?;
        match u32::from_be_bytes(*kind) {
            // QMetaType::Double.
            6 => Some(f64::from_be_bytes(value.try_into().ok()?)),
            // QMetaType::Float, as streams of Qt 4 number it.
            135 => Some(f32::from_be_bytes(value.try_into().ok()?).into()),
            _ => None,
        }
    }
}

/// Returns a value without quotes and escapes.
fn unescaped(written: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(written.len());
    let mut rest = written.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => {}
            '\\' => escape(&mut rest, &mut units),
            c => units.extend(c.encode_utf16(&mut [0; 2]).iter()),
        }
    }
    String::from_utf16_lossy(&units)
}

/// Reads what follows a `\`.
fn escape(rest: &mut std::str::Chars<'_>, units: &mut Vec<u16>) {
    let before = rest.clone();
    let Some(c) = rest.next() else { return };
    let unit = match c {
        'a' => 0x07,
        'b' => 0x08,
        'f' => 0x0C,
        'n' => 0x0A,
        'r' => 0x0D,
        't' => 0x09,
        'v' => 0x0B,
        '"' | '?' | '\'' | '\\' => u32::from(c),
        'x' => number(rest, 16),
        '0'..='7' => {
            *rest = before;
            number(rest, 8)
        }
        // A line that goes on, or what Qt does not know and leaves out.
        _ => return,
    };
    // A unit has 16 bits, whatever was written.
    units.push((unit & 0xFFFF) as u16);
}

/// Reads as many digits as there are.
fn number(rest: &mut std::str::Chars<'_>, radix: u32) -> u32 {
    let mut value: u32 = 0;
    while let Some(digit) = rest.clone().next().and_then(|it| it.to_digit(radix)) {
        value = value.wrapping_mul(radix).wrapping_add(digit);
        rest.next();
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> Vec<(String, String)> {
        let entries = Entries::new(text).map(|it| it.unwrap());
        entries.map(|it| (it.key.clone(), it.text())).collect()
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        assert_eq!(entries(text), expected, "{text}");
    }

    #[test]
    fn headings_and_keys_are_joined_and_decoded() {
        check("a=1\r\n[b]\r\nc=2\r\n", &[("a", "1"), ("b/c", "2")]);
        check(
            "[General]\na=1\n[%General]\na=2",
            &[("a", "1"), ("General/a", "2")],
        );
        check("[a%20b]\n1\\name = x", &[("a b/1/name", "x")]);
        check("[%U20AC%E9]\nk=v", &[("€é/k", "v")]);
        check("[100%]\nk%zz=v", &[("100%/k%zz", "v")]);
    }

    #[test]
    fn comments_blank_lines_and_continued_lines_are_understood() {
        check(
            "; c\n\n# d\na=1 ; e\nb=2\\\n3\nc=\"x\ny\"",
            &[("a", "1"), ("b", "23"), ("c", "x\ny")],
        );
        check("a=\"1;2, =3\"", &[("a", "1;2, =3")]);
    }

    #[test]
    fn values_are_unescaped() {
        let value = |written: &str| entries(&format!("k={written}"))[0].1.clone();
        assert_eq!(value(r#""  a\"b\\c  ""#), "  a\"b\\c  ");
        assert_eq!(value(r"\x20ac\xe9!\xd83d\xde00"), "€é!😀");
        assert_eq!(value(r"a\n\r\t\0\x61"), "a\n\r\t\0a");
        assert_eq!(value("@@home"), "@home");
        assert_eq!(value(r"@String(a\0b)"), "a\0b");
        assert_eq!(value("@Invalid()"), "");
        assert_eq!(value("ünï"), "ünï");
    }

    #[test]
    fn numbers_are_text_or_streams() {
        let number = |written: &str| {
            let text = format!("k={written}");
            let entry = Entries::new(&text).next().unwrap();
            entry.unwrap().number()
        };
        assert_eq!(number("2.5"), Some(2.5));
        assert_eq!(number(r"@Variant(\0\0\0\x87@ \0\0)"), Some(2.5));
        assert_eq!(number(r"@Variant(\0\0\0\x6@\x4\0\0\0\0\0\0)"), Some(2.5));
        assert_eq!(number(r"@Variant(\0\0\0\x87@)"), None);
        assert_eq!(number("soon"), None);
    }

    #[test]
    fn a_line_that_is_none_is_reported_by_its_number() {
        let first_error = |text: &str| Entries::new(text).find_map(Result::err);
        assert_eq!(first_error("[a]\nb=1\nnonsense\nc=2"), Some(3));
        assert_eq!(first_error("[a]\n=1"), Some(2));
        assert_eq!(first_error("a=1\nb=\"open\nc=2\n"), Some(2));
    }
}
