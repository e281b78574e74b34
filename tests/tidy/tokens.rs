//! Rust's text as tokens, in which comments and the contents of strings are no code.

/// A piece of code: comments are none.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) line: usize,
    pub(crate) kind: TokenKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TokenKind {
    /// A name or a number.
    Word(String),
    Sign(char),
    /// A string literal, without its quotes.
    Text(String),
    /// What stands in brackets, which open with this one.
    Group(char, Vec<Token>),
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Token {
    pub(crate) fn is(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    pub(crate) fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn group(&self) -> Option<(char, &[Token])> {
        match &self.kind {
            TokenKind::Group(opening, tokens) => Some((*opening, tokens)),
            _ => None,
        }
    }
}

/// Cuts Rust's text into tokens.
pub(crate) struct Lexer<'a> {
    pub(crate) rest: &'a str,
    pub(crate) line: usize,
}

impl Lexer<'_> {
    /// Reads up to the bracket that closes the group, or to the end.
    pub(crate) fn tokens(&mut self) -> Vec<Token> {
        let mut tokens = Vec::new();
        while let Some(next) = self.rest.chars().next() {
            let line = self.line;
            let kind = match next {
                ' ' | '\t' | '\r' | '\n' => {
                    self.skip(1);
                    continue;
                }
                '/' if self.rest.starts_with("//") => {
                    self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
                    continue;
                }
                '/' if self.rest.starts_with("/*") => {
                    self.skip(self.rest.find("*/").map_or(self.rest.len(), |end| end + 2));
                    continue;
                }
                '(' | '[' | '{' => {
                    self.skip(1);
                    TokenKind::Group(next, self.tokens())
                }
                ')' | ']' | '}' => {
                    self.skip(1);
                    return tokens;
                }
                '"' => TokenKind::Text(self.text()),
                '\'' => {
                    self.quote();
                    continue;
                }
                _ if next.is_alphanumeric() || next == '_' => {
                    if let Some(text) = self.prefixed_text() {
                        TokenKind::Text(text)
                    } else {
                        let is_end = |it: char| !it.is_alphanumeric() && it != '_';
                        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
                        TokenKind::Word(self.skip(end))
                    }
                }
                _ => {
                    self.skip(next.len_utf8());
                    TokenKind::Sign(next)
                }
            };
            tokens.push(Token { line, kind });
        }
        tokens
    }

    /// Takes so many bytes.
    fn skip(&mut self, bytes: usize) -> String {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count();
        self.rest = rest;
        taken.to_owned()
    }

    /// Takes a string literal; what is escaped in it stays so.
    fn text(&mut self) -> String {
        self.skip(1);
        let mut escaped = false;
        let end = self.rest.find(|it| {
            let ends = it == '"' && !escaped;
            escaped = it == '\\' && !escaped;
            ends
        });
        let text = self.skip(end.unwrap_or(self.rest.len()));
        self.skip(usize::from(!self.rest.is_empty()));
        text
    }

    /// Takes a string literal that begins with a letter: `r"…"`, `br#"…"#`, `b"…"`, `c"…"`.
    fn prefixed_text(&mut self) -> Option<String> {
        let prefix = ["br", "cr", "r", "b", "c"].into_iter().find(|prefix| {
            let rest = self.rest.strip_prefix(prefix);
            rest.is_some_and(|rest| {
                rest.trim_start_matches('#').starts_with('"')
                    && (prefix.ends_with('r') || rest.starts_with('"'))
            })
        })?;
        self.skip(prefix.len());
        if !prefix.ends_with('r') {
            return Some(self.text());
        }
        let marks = self.rest.find('"').unwrap_or(0);
        let closing = format!("\"{}", "#".repeat(marks));
        self.skip(marks + 1);
        let text = self.skip(self.rest.find(&closing).unwrap_or(self.rest.len()));
        self.skip(closing.len().min(self.rest.len()));
        Some(text)
    }

    /// Takes a character, or the mark of a lifetime.
    fn quote(&mut self) {
        let mut following = self.rest.chars().skip(1);
        let (first, second) = (following.next(), following.next());
        let len = match (first, second) {
            (Some('\\'), Some(escaped)) => {
                let behind = 2 + escaped.len_utf8();
                self.rest[behind..]
                    .find('\'')
                    .map_or(self.rest.len(), |end| behind + end + 1)
            }
            (Some(first), Some('\'')) => 2 + first.len_utf8(),
            _ => 1,
        };
        self.skip(len);
    }
}
