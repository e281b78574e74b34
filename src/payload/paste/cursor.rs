//! A cursor in code that moves forward over words, blanks and comments.

/// The most bytes of code before and after the value in a paste: a declaration, not a source file.
pub(super) const CODE_LIMIT_BYTES: usize = 256;

/// The unread rest of a text.
#[derive(Clone, Copy)]
pub(super) struct PasteCursor<'a> {
    rest: &'a str,
}

impl<'a> PasteCursor<'a> {
    pub(super) fn new(rest: &'a str) -> Self {
        Self { rest }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        Some(character)
    }

    /// Skips `token` if it comes next, and returns whether it did.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Skips ASCII letters, digits and `_`, and returns them.
    pub(super) fn word(&mut self) -> &'a str {
        let is_end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        word
    }

    /// Skips a C comment (`//`, `/* */`) if one comes next, and returns whether it did. An unterminated one extends to
    /// the end of the text.
    pub(super) fn skip_comment(&mut self) -> bool {
        let is_line = self.rest.starts_with("//");
        if !is_line && !self.rest.starts_with("/*") {
            return false;
        }
        // Keep the line break: it ends whatever precedes the comment.
        let body = self.rest.get(2..).unwrap_or_default();
        self.rest = if is_line {
            body.find('\n').and_then(|end| body.get(end..))
        } else {
            body.split_once("*/").map(|(_, rest)| rest)
        }
        .unwrap_or_default();
        true
    }

    /// Skips blanks, line breaks and comments, including Python's `#`.
    pub(super) fn skip_gap(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.starts_with('#') {
                let end = self.rest.find('\n').unwrap_or(self.rest.len());
                self.rest = self.rest.get(end..).unwrap_or_default();
            } else if !self.skip_comment() {
                return;
            }
        }
    }

    /// Returns whether the rest looks like the end of a statement, not like more of a sentence.
    pub(super) fn is_at_end_of_value(&self) -> bool {
        let rest = self.rest.trim_start_matches([' ', '\t']);
        rest.trim_end().len() <= CODE_LIMIT_BYTES
            && (rest.is_empty()
                || rest.starts_with([';', ',', ')', ']', '}', '.', '\r', '\n', '/', '#']))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_blanks_and_comments() {
        let check = |text: &str, expected: &str| {
            let mut cursor = PasteCursor::new(text);
            cursor.skip_gap();
            assert_eq!(cursor.rest, expected);
        };
        check("", "");
        check(" \r\n\ta ", "a ");
        check("// b\n/* c\n* / */ // d\r\n# e\nf", "f");
        check("/* a", "");
        check("/*/ a */b", "b");
        check("// a", "");
        check("# a", "");
        check("/ a", "/ a");
    }
}
