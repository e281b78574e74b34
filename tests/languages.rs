//! The languages beside English: nothing in them is left in English, and none of them uses what only English has.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bothends::workspace::LanguageId;

/// Returns the folder of each language.
fn languages() -> impl Iterator<Item = String> {
    let others = LanguageId::ALL
        .into_iter()
        .filter(|it| *it != LanguageId::English);
    others.map(|it| format!("{it:?}").to_lowercase())
}

fn words() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words")
}

/// What is the same in a language as in English.
const SAME: [&str; 1] = ["french/engine.rs: Engine::icmp_other"];

/// Returns the phrases of a file: what they are called, with the section before them, and their literals.
fn phrases(source: &str) -> BTreeMap<String, Vec<String>> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    let (mut section, mut found) = (String::new(), BTreeMap::new());
    for line in source.lines() {
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        let name = trimmed
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap();
        if indent == 4 && trimmed.ends_with('{') {
            name.clone_into(&mut section);
        }
        if let Some((_, text)) = trimmed.split_once(" = ").filter(|_| indent == 8) {
            found.insert(format!("{section}::{name}"), literals(text));
        }
    }
    found
}

fn literals(text: &str) -> Vec<String> {
    let mut rest = text.chars();
    let mut found = Vec::new();
    while rest.by_ref().any(|c| c == '"') {
        let mut literal = String::new();
        while let Some(c) = rest.next().filter(|c| *c != '"') {
            literal.push(c);
            if c == '\\' {
                literal.extend(rest.next());
            }
        }
        found.push(literal);
    }
    found
}

/// Whether a text has words of a language, rather than names, signs and terms alone.
fn has_words(literal: &str) -> bool {
    let mut is_argument = false;
    let text: String = literal
        .chars()
        .filter(|c| {
            is_argument = (is_argument || *c == '{') && *c != '}';
            !is_argument
        })
        .collect();
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(char::is_lowercase);
    text.split_whitespace().filter(is_word).count() > 1
}

#[test]
fn no_language_leaves_a_sentence_in_english() {
    let mut left = Vec::new();
    for entry in std::fs::read_dir(words()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let file = path.file_name().unwrap();
        let english = phrases(&std::fs::read_to_string(&path).unwrap());
        for language in languages() {
            let Ok(source) = std::fs::read_to_string(words().join(&language).join(file)) else {
                continue;
            };
            for (name, said) in phrases(&source) {
                let is_same = |it: &String| has_words(it) && said.contains(it);
                let same = english
                    .get(&name)
                    .and_then(|it| it.iter().find(|it| is_same(it)));
                let place = format!("{language}/{}: {name}", file.display());
                if let Some(it) = same.filter(|_| !SAME.contains(&place.as_str())) {
                    left.push(format!("{place} = {it:?}"));
                }
            }
        }
    }
    assert!(left.is_empty(), "{}", left.join("\n"));
}

#[test]
fn the_text_of_a_language_is_found_by_this_test() {
    let source = "phrases! {\n    Menus {\n        one = \"Open the file\";\n        two(n: u8) = { f(\"a\\\"b\", \"c\") };\n    }\n}\n";
    let found = phrases(source);
    assert_eq!(found["Menus::one"], ["Open the file"]);
    assert_eq!(found["Menus::two"], ["a\\\"b", "c"]);
    assert!(has_words("Open the file"));
    assert!(has_words("{a} is not at {b}"));
    assert!(!has_words("{a}: {b} (SYN, ACK)"));
    assert!(!has_words("TCP port"));
}

#[test]
fn each_language_counts_by_itself_and_has_a_glossary() {
    for language in languages() {
        let folder = words().join(&language);
        let glossary = std::fs::read_to_string(folder.join("GLOSSARY.md")).unwrap();
        assert!(
            glossary.lines().filter(|it| it.starts_with('|')).count() > 50,
            "{language}"
        );
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let source = std::fs::read_to_string(&path).unwrap();
            assert!(!source.contains("words::english"), "{}", path.display());
        }
    }
}
