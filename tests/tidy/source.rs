//! A file of the sources: what its code uses, calls and says.

use std::fs;
use std::path::Path;

use crate::tokens::{Lexer, Token, TokenKind};

/// What declares a type.
const TYPES: [&str; 5] = ["enum", "struct", "trait", "type", "union"];

/// A use of another module, or of a crate, in the code of a file.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    pub(crate) line: usize,
    /// The whole path; one that begins in this crate begins with `crate`.
    pub(crate) path: Vec<String>,
    /// Whether it stands in a unit test.
    pub(crate) in_test: bool,
    /// The name that it has in the module of the file, where a child may take it: `super::Name`.
    pub(crate) handed_on_as: Option<String>,
}

/// A string literal in the code of a file.
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// A source file: its path from `src`, the path of its module, and what its code uses and says.
pub(crate) struct Source {
    pub(crate) file: String,
    pub(crate) module: Vec<String>,
    pub(crate) opening: String,
    pub(crate) uses: Vec<Use>,
    /// The methods that it calls outside of tests, each with its line.
    pub(crate) methods: Vec<(usize, String)>,
    /// The types that it declares for more than itself, outside of tests, each with its line.
    pub(crate) types: Vec<(usize, String)>,
    /// The lines with code that stands elsewhere: `#[path]` and `include!`.
    pub(crate) elsewhere: Vec<usize>,
    pub(crate) literals: Vec<Literal>,
}

impl Source {
    pub(crate) fn read(root: &Path, path: &Path) -> Self {
        let file = path
            .strip_prefix(root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let text = fs::read_to_string(path).unwrap();
        let mut module: Vec<String> = file
            .trim_end_matches(".rs")
            .split('/')
            .map(str::to_owned)
            .collect();
        if matches!(
            module.last().map(String::as_str),
            Some("mod" | "lib" | "main")
        ) {
            module.pop();
        }
        let tokens = Lexer {
            rest: &text,
            line: 1,
        }
        .tokens();
        let mut reader = Reader {
            module: module.clone(),
            in_test: file.ends_with("tests.rs") || file.ends_with("synthetic.rs"),
            is_inside: false,
            uses: Vec::new(),
            methods: Vec::new(),
            types: Vec::new(),
            elsewhere: Vec::new(),
            literals: Vec::new(),
        };
        reader.read(&tokens);
        Self {
            file,
            module,
            opening: text.lines().next().unwrap_or_default().to_owned(),
            uses: reader.uses,
            methods: reader.methods,
            types: reader.types,
            elsewhere: reader.elsewhere,
            literals: reader.literals,
        }
    }

    /// The module of the house that it belongs to; the crate's own files belong to none.
    pub(crate) fn room(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }
}

/// Reads the tokens of a file.
struct Reader {
    /// The module that the tokens stand in.
    module: Vec<String>,
    in_test: bool,
    /// Whether they stand in a body or a module within the file: its imports are its own.
    is_inside: bool,
    uses: Vec<Use>,
    methods: Vec<(usize, String)>,
    types: Vec<(usize, String)>,
    elsewhere: Vec<usize>,
    literals: Vec<Literal>,
}

impl Reader {
    fn read(&mut self, tokens: &[Token]) {
        let mut at = 0;
        let mut next_is_test = false;
        while let Some(token) = tokens.get(at) {
            let was_test = self.in_test;
            self.in_test |= next_is_test;
            at += match &token.kind {
                TokenKind::Sign('#') => {
                    let inner = usize::from(tokens.get(at + 1).is_some_and(|it| it.is('!')));
                    let attribute = tokens.get(at + 1 + inner).and_then(Token::group);
                    if let Some(('[', attribute)) = attribute {
                        next_is_test |= is_cfg_test(attribute);
                        if attribute.first().and_then(Token::word) == Some("path") {
                            self.elsewhere.push(token.line);
                        }
                        // What an error says is said; what documentation and reasons say is for the reader of the code.
                        if attribute.first().and_then(Token::word) == Some("error") {
                            self.read(attribute);
                        }
                        self.in_test = was_test;
                        at += 2 + inner;
                        continue;
                    }
                    1
                }
                TokenKind::Word(word) if word == "pub" => {
                    at += 1 + usize::from(matches!(
                        tokens.get(at + 1).and_then(Token::group),
                        Some(('(', _))
                    ));
                    self.declared(&tokens[at..]);
                    self.in_test = was_test;
                    continue;
                }
                TokenKind::Word(word) if word == "use" => {
                    let end = tokens[at..].iter().position(|it| it.is(';')).unwrap_or(1);
                    self.tree(&tokens[at + 1..at + end], &[]);
                    end
                }
                TokenKind::Word(word) if word == "mod" => {
                    let name = tokens.get(at + 1).and_then(Token::word);
                    if let (Some(name), Some(('{', body))) =
                        (name, tokens.get(at + 2).and_then(Token::group))
                    {
                        self.module.push(name.to_owned());
                        self.read_inside(body);
                        self.module.pop();
                        3
                    } else {
                        2
                    }
                }
                TokenKind::Word(_) if is_member(&tokens[..at]) => self.method(&tokens[at..]),
                TokenKind::Word(_) => match Self::macro_call(&tokens[at..]) {
                    Some(("concat", inner)) => {
                        self.literal(token.line, inner.iter().filter_map(Token::text).collect());
                        3
                    }
                    Some(("include", _)) => {
                        self.elsewhere.push(token.line);
                        3
                    }
                    _ => self.path(&tokens[at..]),
                },
                TokenKind::Group(_, inner) => {
                    self.read_inside(inner);
                    1
                }
                TokenKind::Text(text) => {
                    self.literal(token.line, text.clone());
                    1
                }
                TokenKind::Sign(_) => 1,
            };
            self.in_test = was_test;
            // An item ends with its braces or its semicolon.
            if token.is(';')
                || matches!(token.group(), Some(('{', _)))
                || tokens.get(at).is_some_and(|it| it.is(';'))
            {
                next_is_test = false;
            }
        }
    }

    fn read_inside(&mut self, tokens: &[Token]) {
        let was_inside = std::mem::replace(&mut self.is_inside, true);
        self.read(tokens);
        self.is_inside = was_inside;
    }

    /// Takes the name of a type that is declared here.
    fn declared(&mut self, tokens: &[Token]) {
        let word = |at: usize| tokens.get(at).and_then(Token::word);
        let is_type = word(0).is_some_and(|it| TYPES.contains(&it));
        if let Some(name) = word(1).filter(|_| is_type && !self.in_test) {
            self.types.push((tokens[0].line, name.to_owned()));
        }
    }

    /// Returns the name of a macro that is called here, and its arguments.
    fn macro_call(tokens: &[Token]) -> Option<(&str, &[Token])> {
        let (_, inner) = tokens.get(2)?.group()?;
        tokens[1].is('!').then_some((tokens[0].word()?, inner))
    }

    fn literal(&mut self, line: usize, text: String) {
        if !self.in_test {
            self.literals.push(Literal { line, text });
        }
    }

    /// Takes the name of a method or a field; returns how many tokens it has.
    fn method(&mut self, tokens: &[Token]) -> usize {
        let name = tokens[0].word().unwrap_or_default();
        if let Some(Some(('(', _))) = tokens.get(1).map(Token::group) {
            if !self.in_test {
                self.methods.push((tokens[0].line, name.to_owned()));
            }
            // The name of a type, as its `Debug` writes it.
            return 1 + usize::from(["debug_struct", "debug_tuple"].contains(&name));
        }
        1
    }

    /// Takes a path in the middle of code; returns how many tokens it has.
    fn path(&mut self, tokens: &[Token]) -> usize {
        let mut path = Vec::new();
        let mut at = 0;
        while let Some(word) = tokens.get(at).and_then(Token::word) {
            path.push(word.to_owned());
            at += 1;
            if !tokens[at..].iter().take(2).all(|it| it.is(':')) || tokens.len() < at + 3 {
                break;
            }
            at += 2;
        }
        if path.len() > 1 {
            self.note(tokens[0].line, &path, None);
        }
        at.max(1)
    }

    /// Takes the tree of an import.
    fn tree(&mut self, tokens: &[Token], before: &[String]) {
        let mut path = before.to_vec();
        let line = tokens.last().map_or(0, |it| it.line);
        for (at, token) in tokens.iter().enumerate() {
            match &token.kind {
                TokenKind::Word(word) if word == "as" => {
                    let name = tokens.get(at + 1).and_then(Token::word).map(str::to_owned);
                    self.note(line, &path, name);
                    return;
                }
                TokenKind::Word(word) => path.push(word.clone()),
                TokenKind::Sign('*') => path.push("*".to_owned()),
                TokenKind::Group(_, inner) => {
                    for part in inner.split(|it| it.is(',')).filter(|it| !it.is_empty()) {
                        self.tree(part, &path);
                    }
                    return;
                }
                TokenKind::Sign(_) | TokenKind::Text(_) => {}
            }
        }
        if path.last().is_some_and(|it| it == "self") {
            path.pop();
        }
        let name = path.last().cloned();
        self.note(line, &path, name);
    }

    /// Notes a use, by its path from the crate where it begins in this crate.
    fn note(&mut self, line: usize, path: &[String], handed_on_as: Option<String>) {
        let mut module = self.module.clone();
        let mut rest = path;
        let is_ours = match path.first().map(String::as_str) {
            Some("crate" | "bothends") => {
                module.clear();
                rest = &path[1..];
                true
            }
            Some("self" | "super") => {
                while let Some((first, others)) = rest.split_first() {
                    match first.as_str() {
                        "super" => drop(module.pop()),
                        "self" => {}
                        _ => break,
                    }
                    rest = others;
                }
                true
            }
            _ => false,
        };
        let mut whole = Vec::new();
        if is_ours {
            whole.push("crate".to_owned());
            whole.extend(module);
        }
        whole.extend(rest.iter().cloned());
        self.uses.push(Use {
            line,
            path: whole,
            in_test: self.in_test,
            handed_on_as: handed_on_as.filter(|it| !self.is_inside && it != "*"),
        });
    }
}

/// Whether what stands before a name makes it that of a method or a field, not of the end of a range.
fn is_member(before: &[Token]) -> bool {
    let mut before = before.iter().rev();
    before.next().is_some_and(|it| it.is('.')) && !before.next().is_some_and(|it| it.is('.'))
}

/// Whether an attribute says that what follows is for tests.
fn is_cfg_test(attribute: &[Token]) -> bool {
    let inner = attribute
        .get(1)
        .and_then(Token::group)
        .map(|(_, inner)| inner);
    attribute.first().and_then(Token::word) == Some("cfg")
        && inner.is_some_and(|inner| match inner {
            [only] => only.word() == Some("test"),
            [all, conditions] if all.word() == Some("all") => {
                let conditions = conditions.group().map(|(_, conditions)| conditions);
                conditions.is_some_and(|it| it.iter().any(|it| it.word() == Some("test")))
            }
            _ => false,
        })
}
