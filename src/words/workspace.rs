//! The document and the preferences: what was wrong with a file, with a field, with a change.

use super::phrases::phrases;
use super::{InWords, Language};
use crate::workspace::{
    CONFIG_DIR_VARIABLE, FILE_LIMIT_BYTES, LoadNotice, LoadProblem, Oddity, SaveError,
};

phrases! {
    /// Documents and preferences as files.
    Files {
        set_aside(path: &str, problem: &str, kept_as: &str) = "{path} cannot be used: {problem}. It was kept as {kept_as}; a new one takes its place";
        odd(path: &str, oddities: &str) = "{path} was opened, but {oddities}";
        no_home(variable: &str) = "There is no home folder, so nothing will be saved. Set {variable} to a folder";
        blocked(path: &str, problem: &str, source: &str) = "{path} cannot be used: {problem}. It could not be renamed either ({source}), so nothing will be saved to it. Move it away and start again";
        read(source: &str) = "it cannot be read ({source})";
        larger(limit: &str) = "it is larger than {limit}";
        damaged(error: &str) = "it is damaged ({error})";
        no_format = "it has no format number";
        newer(format: i64) = "it has format {format}, which a newer version of Bothends wrote";
        unknown_key(key: &str) = "{key} is not a known key";
        name_taken(name: &str) = "two endpoints are called {name}";
        unknown_server(name: &str) = "there is no server called {name}";
        encode = "The document cannot be written as TOML";
        too_large(path: &str, size: &str, limit: &str) = "{path} would have {size}, more than {limit}. Shorten its messages";
        write(path: &str, source: &str) = "{path} cannot be saved: {source}";
    }
}

impl InWords for LoadNotice {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.files;
        match self {
            Self::SetAside {
                path,
                problem,
                kept_as,
            } => {
                let problem = problem.in_words(language);
                words.set_aside(
                    &path.to_string_lossy(),
                    &problem,
                    &kept_as.to_string_lossy(),
                )
            }
            Self::Odd { path, oddities } => {
                let oddities: Vec<_> = oddities.iter().map(|odd| odd.in_words(language)).collect();
                words.odd(&path.to_string_lossy(), &oddities.join(", "))
            }
            Self::NoHome => words.no_home(CONFIG_DIR_VARIABLE),
            Self::Blocked {
                path,
                problem,
                source,
            } => {
                let problem = problem.in_words(language);
                words.blocked(&path.to_string_lossy(), &problem, &source.to_string())
            }
        }
    }
}

impl InWords for LoadProblem {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.files;
        match self {
            Self::Read(source) => words.read(&source.to_string()),
            Self::TooLarge => words.larger(&language.numbers.size(FILE_LIMIT_BYTES as u64)),
            Self::Damaged(error) => words.damaged(&error.message().replace('\n', ", ")),
            Self::NoFormat => words.no_format.to_owned(),
            Self::Newer { format } => words.newer(*format),
        }
    }
}

impl InWords for Oddity {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.files;
        match self {
            Self::UnknownKey(key) => words.unknown_key(key),
            Self::NameTaken(name) => words.name_taken(name),
            Self::UnknownServer(name) => words.unknown_server(name),
        }
    }
}

impl InWords for SaveError {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.files;
        match self {
            Self::Encode(_) => words.encode.to_owned(),
            Self::TooLarge { path, len_bytes } => words.too_large(
                &path.to_string_lossy(),
                &language.numbers.size(*len_bytes as u64),
                &language.numbers.size(FILE_LIMIT_BYTES as u64),
            ),
            Self::Write { path, source } => {
                words.write(&path.to_string_lossy(), &source.to_string())
            }
        }
    }
}
