//! The text beside the bytes of a dump's line.

/// How a line of a dump shows its bytes as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dress {
    /// Not at all.
    Bare,
    /// As they are: xxd, Wireshark, tcpdump.
    Plain,
    /// `|…|`: `hexdump -C`.
    Bars,
    /// `>…<`: `od -t x1z`.
    Angles,
}

/// A text column that can belong to the bytes before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) dress: Dress,
    /// How many characters it has.
    pub(super) shown: usize,
    /// How many of them are not what their bytes are shown as.
    pub(super) wrong: usize,
}

/// How many bytes stand in a group of Wireshark's followed stream, which sets the text apart as it does the bytes.
const GROUP_BYTES: usize = 8;

impl Column {
    /// Reads `after`, which follows the digits of `bytes`, as their text; none if it has not a character for each.
    pub(super) fn read(after: &str, bytes: &[u8]) -> Option<Self> {
        let after = after.trim_end();
        if let Some(inner) = inner(after, '|', '|', bytes.len()) {
            return Some(Self::new(Dress::Bars, inner, bytes));
        }
        if let Some(inner) = inner(after, '>', '<', bytes.len()) {
            return Some(Self::new(Dress::Angles, inner, bytes));
        }
        // Spaces at the end of the line may have been lost on the way.
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
        if text.is_empty() {
            return gap
                .trim()
                .is_empty()
                .then(|| Self::new(Dress::Bare, "", &[]));
        }
        let is_gap = gap.trim().is_empty() && (gap.len() >= 2 || gap.contains('\t'));
        if !is_gap {
            return None;
        }
        if apart == 0 {
            return Some(Self::new(Dress::Plain, text, bytes));
        }
        let is_apart = text.chars().nth(GROUP_BYTES) == Some(' ');
        let grouped = text.chars().enumerate();
        let joined: String = grouped
            .filter_map(|(index, c)| (index != GROUP_BYTES).then_some(c))
            .collect();
        is_apart.then(|| Self::new(Dress::Plain, &joined, bytes))
    }

    /// Returns whether nothing is left of the text of `bytes`, since it was all spaces at the end of a line.
    pub(super) fn is_lost(&self, bytes: &[u8]) -> bool {
        self.dress == Dress::Bare && bytes.iter().all(|&byte| byte == b' ')
    }

    fn new(dress: Dress, text: &str, bytes: &[u8]) -> Self {
        let pairs = text.chars().zip(bytes);
        Self {
            dress,
            shown: text.chars().count(),
            wrong: pairs.filter(|&(c, &byte)| !is_shown_as(byte, c)).count(),
        }
    }
}

/// Returns whether a dump may show `byte` as `c`. What is not printable is mostly a dot; tcpdump has one for spaces
/// too.
fn is_shown_as(byte: u8, c: char) -> bool {
    match byte {
        b'!'..=b'~' => c == char::from(byte),
        b' ' => c == ' ' || c == '.',
        _ => c == '.' || !c.is_ascii(),
    }
}

/// Returns the `len` characters between `open` and `close`, with nothing but blanks before them.
fn inner(after: &str, open: char, close: char, len: usize) -> Option<&str> {
    let text = after.trim_start();
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    (text.len() < after.len() && inner.chars().count() == len).then_some(inner)
}

/// Splits `text` before its last `len` characters; none if it has fewer.
fn split_last(text: &str, len: usize) -> Option<(&str, &str)> {
    let Some(last) = len.checked_sub(1) else {
        return Some((text, ""));
    };
    let (start, _) = text.char_indices().rev().nth(last)?;
    text.split_at_checked(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_belongs_to_as_many_bytes() {
        let check = |after: &str, bytes: &[u8], expected: Option<(Dress, usize, usize)>| {
            let column = Column::read(after, bytes);
            let parts = column.map(|column| (column.dress, column.shown, column.wrong));
            assert_eq!(parts, expected, "{after:?}");
        };
        check("  Hel", b"Hel", Some((Dress::Plain, 3, 0)));
        check("\tHel", b"Hel", Some((Dress::Plain, 3, 0)));
        check("     Hel  ", b"Hel  ", Some((Dress::Plain, 3, 0)));
        check("    Hel", b"  Hel", Some((Dress::Plain, 5, 0)));
        check("  .Hel.", b" Hel ", Some((Dress::Plain, 5, 0)));
        check("  Hal", b"Hel", Some((Dress::Plain, 3, 1)));
        check("  .é", b"\0\xE9", Some((Dress::Plain, 2, 0)));
        check("  |..|", b"\0\0", Some((Dress::Bars, 2, 0)));
        check("  |..|", b"|\0\x01|", Some((Dress::Plain, 4, 0)));
        check("  >a <", b"a ", Some((Dress::Angles, 2, 0)));
        check(
            "  Hello, w orld",
            b"Hello, world",
            Some((Dress::Plain, 12, 0)),
        );
        check("", b"Hel", None);
        check("", b"  ", Some((Dress::Bare, 0, 0)));
        check("    ", b"  ", Some((Dress::Bare, 0, 0)));
        check(" Hel", b"Hel", None);
        check("  Hell", b"Hel", None);
        check("  He", b"Hel", None);
        check("  |H", b"H", None);
    }
}
