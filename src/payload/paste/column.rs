//! The text column of a dump's line.

/// The style in which a line of a dump shows its bytes as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextStyle {
    /// Not at all.
    Bare,
    /// Without delimiters: xxd, Wireshark, tcpdump.
    Plain,
    /// `|…|`: `hexdump -C`.
    Bars,
    /// `>…<`: `od -t x1z`.
    Angles,
}

/// A text column that can belong to the bytes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) style: TextStyle,
    /// How many characters it has.
    pub(super) shown: usize,
    /// How many of them do not match their bytes.
    pub(super) wrong: usize,
}

/// The bytes per group in Wireshark's followed streams, which group the text like the bytes.
const GROUP_BYTES: usize = 8;

impl Column {
    /// Reads `after`, which follows the digits of `bytes`, as their text; `None` if it does not have a character for
    /// each.
    pub(super) fn read(after: &str, bytes: &[u8]) -> Option<Self> {
        let after = after.trim_end();
        if after.is_empty() {
            return Some(Self::new(TextStyle::Bare, "", bytes));
        }
        if let Some(inner) = inner(after, '|', '|', bytes.len()) {
            return Some(Self::new(TextStyle::Bars, inner, bytes));
        }
        if let Some(inner) = inner(after, '>', '<', bytes.len()) {
            return Some(Self::new(TextStyle::Angles, inner, bytes));
        }
        // Trailing spaces of the line may have been lost in copying.
        let blanks = bytes.iter().rev().take_while(|&&byte| byte == b' ').count();
        let seen = bytes.len().saturating_sub(blanks);
        let kept = bytes.get(..seen).unwrap_or_default();
        let apart = |bytes: &[u8]| usize::from(bytes.len() > GROUP_BYTES);
        let candidates = [
            (kept, 0),
            (bytes, 0),
            (kept, apart(kept)),
            (bytes, apart(bytes)),
        ];
        candidates
            .into_iter()
            .filter_map(|(bytes, apart)| Self::plain(after, bytes, apart))
            .min_by_key(|column| column.wrong)
    }

    /// Reads the last characters of `after` as the text of `bytes`, with `apart` spaces after the first group.
    fn plain(after: &str, bytes: &[u8], apart: usize) -> Option<Self> {
        let (gap, text) = split_last(after, bytes.len() + apart)?;
        let is_gap = gap.trim().is_empty() && (gap.len() >= 2 || gap.contains('\t'));
        if !is_gap {
            return None;
        }
        if apart == 0 {
            return Some(Self::new(TextStyle::Plain, text, bytes));
        }
        let mut joined = text.to_owned();
        let (space, _) = text.char_indices().nth(GROUP_BYTES)?;
        (joined.remove(space) == ' ').then(|| Self::new(TextStyle::Plain, &joined, bytes))
    }

    /// Returns whether the text of `bytes` is missing because it was all trailing spaces.
    pub(super) fn is_lost(&self, bytes: &[u8]) -> bool {
        self.style == TextStyle::Bare && bytes.iter().all(|&byte| byte == b' ')
    }

    fn new(style: TextStyle, text: &str, bytes: &[u8]) -> Self {
        let pairs = text.chars().zip(bytes);
        Self {
            style,
            shown: text.chars().count(),
            wrong: pairs.filter(|&(c, &byte)| !is_shown_as(byte, c)).count(),
        }
    }
}

/// Returns whether a dump may show `byte` as `c`. Unprintable bytes are usually a dot; tcpdump shows spaces as dots
/// too.
fn is_shown_as(byte: u8, c: char) -> bool {
    match byte {
        b'!'..=b'~' => c == char::from(byte),
        b' ' => c == ' ' || c == '.',
        _ => c == '.' || !c.is_ascii(),
    }
}

/// Returns the `len` characters between `open` and `close`, with only blanks before them.
fn inner(after: &str, open: char, close: char, len: usize) -> Option<&str> {
    let text = after.trim_start();
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    (text.len() < after.len() && inner.chars().count() == len).then_some(inner)
}

/// Splits `text` before its last `len` characters; `None` if it has fewer.
fn split_last(text: &str, len: usize) -> Option<(&str, &str)> {
    let (start, _) = text.char_indices().rev().nth(len.checked_sub(1)?)?;
    text.split_at_checked(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_belongs_to_the_same_number_of_bytes() {
        let check = |after: &str, bytes: &[u8], expected: Option<(TextStyle, usize, usize)>| {
            let column = Column::read(after, bytes);
            let parts = column.map(|column| (column.style, column.shown, column.wrong));
            assert_eq!(parts, expected, "{after:?}");
        };
        check("  Hel", b"Hel", Some((TextStyle::Plain, 3, 0)));
        check("\tHel", b"Hel", Some((TextStyle::Plain, 3, 0)));
        check("     Hel  ", b"Hel  ", Some((TextStyle::Plain, 3, 0)));
        check("    Hel", b"  Hel", Some((TextStyle::Plain, 5, 0)));
        check("  .Hel.", b" Hel ", Some((TextStyle::Plain, 5, 0)));
        check("  Hal", b"Hel", Some((TextStyle::Plain, 3, 1)));
        check("  .é", b"\0\xE9", Some((TextStyle::Plain, 2, 0)));
        check("  |..|", b"\0\0", Some((TextStyle::Bars, 2, 0)));
        check("  |..|", b"|\0\x01|", Some((TextStyle::Plain, 4, 0)));
        check("  >a <", b"a ", Some((TextStyle::Angles, 2, 0)));
        check(
            "  Hello, w orld",
            b"Hello, world",
            Some((TextStyle::Plain, 12, 0)),
        );
        check("", b"Hel", Some((TextStyle::Bare, 0, 0)));
        check("", b"  ", Some((TextStyle::Bare, 0, 0)));
        check("    ", b"  ", Some((TextStyle::Bare, 0, 0)));
        check(" Hel", b"Hel", None);
        check("  Hell", b"Hel", None);
        check("  He", b"Hel", None);
        check("  |H", b"H", None);
    }
}
