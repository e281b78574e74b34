//! Which literals are said to people, and which are data.

/// What stands between two spaces of a literal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    /// A word, as in a sentence: `peer`, `Client`, `can't`, `a`.
    Word,
    /// `TLS`.
    Acronym,
    /// `{}`, `({name})`.
    Argument,
    /// What is in no sentence: `HTTP/1.1`, `17`, `crc32`.
    Sign,
}

impl Said {
    fn of(part: &str) -> Self {
        let part = part.trim_matches(|it: char| ",.:;!?'\"\\()…".contains(it));
        let is_lower = |it: char| it.is_ascii_lowercase() || "'’-".contains(it);
        let mut letters = part.chars();
        match letters.next() {
            Some('{') if part.ends_with('}') => Self::Argument,
            Some('a' | 'A' | 'I') if part.len() == 1 => Self::Word,
            Some(first) if part.len() > 1 && first.is_ascii_alphabetic() => {
                if letters.clone().all(is_lower) {
                    Self::Word
                } else if part.chars().all(|it| it.is_ascii_uppercase()) {
                    Self::Acronym
                } else {
                    Self::Sign
                }
            }
            _ => Self::Sign,
        }
    }
}

/// Whether a literal reads like words for people: a word beside another one, an acronym or an argument; an acronym
/// beside an argument; a name, which is a word with a capital, alone or before a number.
pub(crate) fn is_sentence(text: &str) -> bool {
    // The syntax of a template.
    if text.starts_with("{{") {
        return false;
    }
    let parts: Vec<_> = text
        .split([' ', '\n'])
        .filter(|it| !it.is_empty() && *it != "\\")
        .collect();
    let said: Vec<_> = parts.iter().map(|it| Said::of(it)).collect();
    let is_number = |text: &str| text.chars().all(|it| it.is_ascii_digit());
    let is_name = said.first() == Some(&Said::Word)
        && parts[0].starts_with(|it: char| it.is_ascii_uppercase())
        && parts[1..].iter().all(|it| is_number(it));
    is_name
        || said.windows(2).any(|pair| {
            !pair.contains(&Said::Sign)
                && (pair.contains(&Said::Word)
                    || pair.contains(&Said::Acronym) && pair.contains(&Said::Argument))
        })
}

#[test]
fn sentences_are_known_from_data() {
    let check = |expected: bool, texts: &[&str]| {
        for text in texts {
            assert_eq!(is_sentence(text), expected, "{text}");
        }
    };
    check(
        true,
        &[
            "connection refused",
            "{address}: refused",
            "Client ({})",
            "TLS failed",
            "RST received",
            "TLS {version}",
            "can't connect",
            "a peer",
            "Copy",
            "Server 1",
            "no \\\n    end",
        ],
    );
    check(
        false,
        &[
            "crc32",
            "peer",
            "{}: {}",
            "{} {}",
            "HTTP/1.1 200 OK",
            "BEGIN PRIVATE KEY-----",
            "Content-Length",
            "bind_address",
            "{{request [A..B | header NAME]}}",
            "<rect {rect}/>",
            "↻ {} s",
        ],
    );
}
