//! The shape of the house, kept by a test: use runs one way, folders hold no circles, what is said stands in words.
//!
//! It reads every file as tokens, so comments and strings are no code, and macros, unit tests and each form of import
//! are: `use a::{b, c as d}`, `super::x`, `self::x`, and paths in the middle of code. A name that a module hands on
//! (`pub use entry::Entry`) counts as a use of the file that it comes from.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The modules from left to right: each one uses what stands to its right only.
const ORDER: [&str; 11] = [
    "app",
    "ui",
    "model",
    "words",
    "export",
    "session",
    "workspace",
    "capture",
    "net",
    "script",
    "payload",
];
/// The modules that the command line uses: these and those to their right.
const CLI_FROM: &str = "words";
/// The module that has the sentences; none stands to its right.
const SAYS: &str = "words";

/// Paths that a module must not hold, with the reason.
// `core::net` and `core::time` have addresses and durations only, which are data.
const FORBIDDEN: [(&[&str], &[&str], &str); 6] = [
    (
        &["payload", "script"],
        &[
            "std::net",
            "std::fs",
            "std::thread",
            "std::time",
            "crossbeam_channel",
        ],
        "payload and script are pure",
    ),
    (
        &[
            "payload",
            "script",
            "net",
            "capture",
            "workspace",
            "session",
            "export",
            "words",
            "model",
            "cli",
        ],
        &["egui", "eframe", "egui_plot", "winit"],
        "only ui and app know the window's toolkit",
    ),
    (
        &["capture", "workspace", "session", "export", "words"],
        &["TcpStream", "TcpListener", "UdpSocket", "socket2"],
        "only net opens sockets",
    ),
    (
        &["model", "words"],
        &[
            "TcpStream",
            "TcpListener",
            "std::thread",
            "crossbeam_channel",
            "std::fs",
            "now",
        ],
        "it holds no socket, thread, channel, file or clock",
    ),
    (
        &["ui"],
        &[
            "TcpStream",
            "TcpListener",
            "std::thread",
            "crossbeam_channel",
            "std::fs",
            "Instant::now",
            "SystemTime::now",
        ],
        "the window's views hold no socket, thread, channel, file or clock",
    ),
    (
        &["net", "capture", "session", "payload"],
        &["crossbeam_channel::unbounded"],
        "every channel is bounded",
    ),
];

/// Files right of words whose literals are terms of a specification, texts of systems or code, the same in every language.
const TERMS: [&str; 3] = ["payload/pretty/", "export/code/", "net/look_up_error.rs"];
/// Literals that are bytes to send, code to paste, a program's name, or names that files and formats keep.
const DATA: [&str; 9] = [
    "rule {}",
    "endpoint {}",
    "Bothends CA of {} since {made}",
    "Hello, server!",
    "Packet Sender",
    "unsigned char payload[{}] = {{",
    "stop reading",
    "resume reading",
    "per connection",
];

/// A piece of code: comments are none.
#[derive(Clone, Debug)]
struct Token {
    line: usize,
    kind: TokenKind,
}

#[derive(Clone, Debug, PartialEq)]
enum TokenKind {
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
    fn is(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    fn word(&self) -> Option<&str> {
        match &self.kind {
            TokenKind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn group(&self) -> Option<(char, &[Token])> {
        match &self.kind {
            TokenKind::Group(opening, tokens) => Some((*opening, tokens)),
            _ => None,
        }
    }
}

/// Cuts Rust's text into tokens.
struct Lexer<'a> {
    rest: &'a str,
    line: usize,
}

impl Lexer<'_> {
    /// Reads up to the bracket that closes the group, or to the end.
    fn tokens(&mut self) -> Vec<Token> {
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

/// A use of another module, or of a crate, in the code of a file.
#[derive(Clone, Debug)]
struct Use {
    line: usize,
    /// The whole path; one that begins in this crate begins with `crate`.
    path: Vec<String>,
    /// Whether it stands in a unit test.
    in_test: bool,
    /// The name that a `pub use` gives it here.
    handed_on_as: Option<String>,
}

/// A string literal in the code of a file.
struct Literal {
    line: usize,
    text: String,
}

/// A source file: its path from `src`, the path of its module, and what its code uses and says.
struct Source {
    file: String,
    module: Vec<String>,
    opening: String,
    uses: Vec<Use>,
    literals: Vec<Literal>,
}

impl Source {
    fn read(root: &Path, path: &Path) -> Self {
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
            uses: Vec::new(),
            literals: Vec::new(),
        };
        reader.read(&tokens);
        Self {
            file,
            module,
            opening: text.lines().next().unwrap_or_default().to_owned(),
            uses: reader.uses,
            literals: reader.literals,
        }
    }

    /// The module of the house that it belongs to; the crate's own files belong to none.
    fn room(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }
}

/// Reads the tokens of a file.
struct Reader {
    /// The module that the tokens stand in.
    module: Vec<String>,
    in_test: bool,
    uses: Vec<Use>,
    literals: Vec<Literal>,
}

impl Reader {
    fn read(&mut self, tokens: &[Token]) {
        let mut at = 0;
        let mut next_is_test = false;
        let mut is_public = false;
        while let Some(token) = tokens.get(at) {
            let was_test = self.in_test;
            self.in_test |= next_is_test;
            at += match &token.kind {
                TokenKind::Sign('#') => {
                    let inner = usize::from(tokens.get(at + 1).is_some_and(|it| it.is('!')));
                    let attribute = tokens.get(at + 1 + inner).and_then(Token::group);
                    if let Some(('[', attribute)) = attribute {
                        next_is_test |= is_cfg_test(attribute);
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
                    is_public = true;
                    self.in_test = was_test;
                    at += 1 + usize::from(matches!(
                        tokens.get(at + 1).and_then(Token::group),
                        Some(('(', _))
                    ));
                    continue;
                }
                TokenKind::Word(word) if word == "use" => {
                    let end = tokens[at..].iter().position(|it| it.is(';')).unwrap_or(1);
                    self.tree(&tokens[at + 1..at + end], &[], is_public);
                    end
                }
                TokenKind::Word(word) if word == "mod" => {
                    let name = tokens.get(at + 1).and_then(Token::word);
                    if let (Some(name), Some(('{', body))) =
                        (name, tokens.get(at + 2).and_then(Token::group))
                    {
                        self.module.push(name.to_owned());
                        self.read(body);
                        self.module.pop();
                        3
                    } else {
                        2
                    }
                }
                TokenKind::Word(_) => self.path(&tokens[at..]),
                TokenKind::Group(_, inner) => {
                    self.read(inner);
                    1
                }
                TokenKind::Text(text) => {
                    if !self.in_test {
                        self.literals.push(Literal {
                            line: token.line,
                            text: text.clone(),
                        });
                    }
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
                (next_is_test, is_public) = (false, false);
            }
        }
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
    fn tree(&mut self, tokens: &[Token], before: &[String], is_public: bool) {
        let mut path = before.to_vec();
        let line = tokens.last().map_or(0, |it| it.line);
        for (at, token) in tokens.iter().enumerate() {
            match &token.kind {
                TokenKind::Word(word) if word == "as" => {
                    let name = tokens.get(at + 1).and_then(Token::word).map(str::to_owned);
                    self.note(line, &path, name.filter(|_| is_public));
                    return;
                }
                TokenKind::Word(word) => path.push(word.clone()),
                TokenKind::Group(_, inner) => {
                    for part in inner.split(|it| it.is(',')).filter(|it| !it.is_empty()) {
                        self.tree(part, &path, is_public);
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
        self.note(line, &path, name.filter(|_| is_public));
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
            handed_on_as,
        });
    }
}

/// Whether an attribute says that what follows is for tests.
fn is_cfg_test(attribute: &[Token]) -> bool {
    let inner = attribute
        .get(1)
        .and_then(Token::group)
        .map(|(_, inner)| inner);
    attribute.first().and_then(Token::word) == Some("cfg")
        && inner.is_some_and(|inner| inner.len() == 1 && inner[0].word() == Some("test"))
}

/// All source files, and what their names mean.
struct House {
    sources: Vec<Source>,
    /// The file of each module, by the module's path joined with `::`.
    files: BTreeMap<String, usize>,
    /// What a name that a module hands on stands for.
    handed_on: BTreeMap<(String, String), Vec<String>>,
}

impl House {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut sources = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == "rs") {
                    sources.push(Source::read(&root, &path));
                }
            }
        }
        assert!(sources.len() > 20, "the sources were not found");
        sources.sort_by(|one, other| one.file.cmp(&other.file));
        let files = sources
            .iter()
            .enumerate()
            .map(|(index, it)| (it.module.join("::"), index))
            .collect();
        let mut house = Self {
            sources,
            files,
            handed_on: BTreeMap::new(),
        };
        for source in &house.sources {
            for used in &source.uses {
                if let Some(name) = &used.handed_on_as {
                    let module = source.module.join("::");
                    let mut path = used.path.clone();
                    // `pub use entry::Entry` names a child of the module that it stands in.
                    if path.first().is_some_and(|it| it != "crate") {
                        let child = [source.module.clone(), path.clone()].concat();
                        if house
                            .files
                            .contains_key(&child[..=source.module.len()].join("::"))
                        {
                            path = [vec!["crate".to_owned()], child].concat();
                        }
                    }
                    house.handed_on.insert((module, name.clone()), path);
                }
            }
        }
        house
    }

    /// Returns the file that a path of this crate comes from.
    fn file_of(&self, source: &Source, path: &[String]) -> Option<usize> {
        let mut path = path.to_vec();
        if path.first()? != "crate" {
            // A path that begins with a child of this module.
            let child = [source.module.clone(), path.clone()].concat();
            self.files.get(&child[..=source.module.len()].join("::"))?;
            path = [vec!["crate".to_owned()], child].concat();
        }
        for _ in 0..8 {
            let names = &path[1..];
            let depth = (0..=names.len())
                .rev()
                .find(|&depth| self.files.contains_key(&names[..depth].join("::")))?;
            let module = names[..depth].join("::");
            let handed_on = names
                .get(depth)
                .and_then(|name| self.handed_on.get(&(module.clone(), name.clone())));
            match handed_on {
                Some(target) if target.first().is_some_and(|it| it == "crate") => {
                    path = [target.clone(), names[depth + 1..].to_vec()].concat();
                }
                Some(_) | None => return self.files.get(&module).copied(),
            }
        }
        None
    }

    /// Calls `visit` with each use of a file of this crate: its line, and the file.
    fn each_use(&self, mut visit: impl FnMut(&Source, &Use, &Source)) {
        for source in &self.sources {
            for used in &source.uses {
                if let Some(file) = self.file_of(source, &used.path) {
                    visit(source, used, &self.sources[file]);
                }
            }
        }
    }
}

/// Returns what a module must not use.
fn left_of(room: &str) -> Vec<&'static str> {
    let others = ORDER.iter().position(|it| *it == room);
    match (others, room) {
        (Some(place), _) => [&ORDER[..place], &["cli"]].concat(),
        (None, "cli") => ORDER
            .iter()
            .copied()
            .take_while(|it| *it != CLI_FROM)
            .collect(),
        (None, _) => Vec::new(),
    }
}

fn check(wrong: &[String], what: &str) {
    assert!(
        wrong.is_empty(),
        "{what} ({}):\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn use_runs_one_way() {
    let mut wrong = BTreeSet::new();
    House::read().each_use(|source, used, other| {
        let is_room =
            ORDER.contains(&source.room()) || ["cli", "", "main"].contains(&source.room());
        assert!(
            is_room,
            "src/{} belongs to no module of the house",
            source.file
        );
        if left_of(source.room()).contains(&other.room()) {
            wrong.insert(format!(
                "src/{}:{}: {} uses {}",
                source.file,
                used.line,
                source.room(),
                used.path.join("::")
            ));
        }
    });
    check(&wrong.into_iter().collect::<Vec<_>>(), "an arrow runs back");
}

#[test]
fn modules_hold_only_what_is_theirs() {
    let mut wrong = Vec::new();
    for source in House::read().sources {
        for (_, names, reason) in FORBIDDEN
            .iter()
            .filter(|(rooms, ..)| rooms.contains(&source.room()))
        {
            for used in source.uses.iter().filter(|used| !used.in_test) {
                let path = format!("::{}::", used.path.join("::"));
                if names
                    .iter()
                    .any(|name| path.contains(&format!("::{name}::")))
                {
                    wrong.push(format!(
                        "src/{}:{}: {}: {reason}",
                        source.file,
                        used.line,
                        used.path.join("::")
                    ));
                }
            }
        }
    }
    check(&wrong, "a module holds what is not its own");
}

/// In each folder, files and folders use each other without a circle; a parent and its own children may.
#[test]
fn folders_hold_no_circles() {
    let mut arrows: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>> = BTreeMap::new();
    House::read().each_use(|source, used, other| {
        if used.in_test {
            return;
        }
        let shared = source
            .module
            .iter()
            .zip(&other.module)
            .take_while(|(one, other)| one == other)
            .count();
        let (Some(from), Some(to)) = (source.module.get(shared), other.module.get(shared)) else {
            return;
        };
        let folder = arrows.entry(source.module[..shared].join("/")).or_default();
        let place = format!(
            "src/{}:{} uses {}",
            source.file,
            used.line,
            used.path.join("::")
        );
        folder
            .entry(from.clone())
            .or_default()
            .entry(to.clone())
            .or_insert(place);
    });
    let mut wrong = Vec::new();
    for (folder, arrows) in &arrows {
        for (from, targets) in arrows {
            for (to, place) in targets {
                if let Some(way) = way_back(arrows, to, from) {
                    wrong.push(format!("{folder}: {from} → {}: {place}", way.join(" → ")));
                }
            }
        }
    }
    check(&wrong, "files go round in a circle");
}

/// Returns the shortest way from one to another along the arrows.
fn way_back(
    arrows: &BTreeMap<String, BTreeMap<String, String>>,
    from: &str,
    to: &str,
) -> Option<Vec<String>> {
    let mut ways = std::collections::VecDeque::from([vec![from.to_owned()]]);
    let mut seen = BTreeSet::from([from.to_owned()]);
    while let Some(way) = ways.pop_front() {
        let last = way.last()?.clone();
        if last == to {
            return Some(way);
        }
        for next in arrows.get(&last).into_iter().flat_map(BTreeMap::keys) {
            if seen.insert(next.clone()) {
                ways.push_back([way.clone(), vec![next.clone()]].concat());
            }
        }
    }
    None
}

/// Whether a literal reads like words for people: two words of letters behind each other, or one beside an argument.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_matches(|it: char| ",.:;!?'()".contains(it));
        word.len() > 1
            && word.chars().skip(1).all(|it| it.is_ascii_lowercase())
            && word.starts_with(|it: char| it.is_ascii_alphabetic())
    };
    let words: Vec<_> = text
        .split([' ', '\n'])
        .filter(|it| !it.is_empty() && *it != "\\")
        .collect();
    let is_argument = |word: &str| word.starts_with('{') && word.ends_with('}');
    words.windows(2).any(|pair| {
        let said = pair.iter().filter(|word| is_word(word)).count();
        let filled_in = pair.iter().filter(|word| is_argument(word)).count();
        said > 0 && said + filled_in == 2
    })
}

#[test]
fn only_words_has_sentences() {
    let says = ORDER.iter().position(|it| *it == SAYS).unwrap();
    let mut wrong = Vec::new();
    for source in House::read().sources {
        let is_right = ORDER[says + 1..].contains(&source.room());
        if !is_right || TERMS.iter().any(|it| source.file.starts_with(it)) {
            continue;
        }
        for literal in source
            .literals
            .iter()
            .filter(|it| is_sentence(&it.text) && !DATA.contains(&it.text.as_str()))
        {
            wrong.push(format!(
                "src/{}:{}: {}",
                source.file, literal.line, literal.text
            ));
        }
    }
    check(&wrong, "a sentence stands to the right of words");
}

#[test]
fn every_file_says_what_it_is() {
    let sources = House::read().sources;
    let silent = sources.iter().filter(|it| !it.opening.starts_with("//!"));
    let silent: Vec<_> = silent.map(|it| it.file.clone()).collect();
    check(&silent, "files that do not open with //!");
}
