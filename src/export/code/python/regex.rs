//! Regular expressions over bytes in Python's notation.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Returns a pattern for `re`, as what stands between the quotes of a raw literal of bytes; `None` if Python cannot say
/// it.
pub(super) fn python(hir: &Hir) -> Option<String> {
    let mut text = String::new();
    write(hir, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => literal.0.iter().for_each(|byte| text.push_str(&one(*byte))),
        HirKind::Class(Class::Bytes(class)) => {
            let ranges = class.ranges().iter().map(|it| (it.start(), it.end()));
            set(ranges, text);
        }
        HirKind::Class(Class::Unicode(class)) => {
            let class = class.to_byte_class()?;
            let ranges = class.ranges().iter().map(|it| (it.start(), it.end()));
            set(ranges, text);
        }
        HirKind::Look(look) => text.push_str(match look {
            Look::Start => r"\A",
            Look::End => r"\Z",
            Look::StartLF => r"(?:\A|(?<=\n))",
            Look::EndLF => r"(?=\n|\Z)",
            Look::WordAscii => r"\b",
            Look::WordAsciiNegate => r"\B",
            _ => return None,
        }),
        HirKind::Repetition(repetition) => {
            grouped(&repetition.sub, text)?;
            text.push_str(&match (repetition.min, repetition.max) {
                (0, None) => "*".to_owned(),
                (1, None) => "+".to_owned(),
                (0, Some(1)) => "?".to_owned(),
                (min, None) => format!("{{{min},}}"),
                (min, Some(max)) if min == max => format!("{{{min}}}"),
                (min, Some(max)) => format!("{{{min},{max}}}"),
            });
            if !repetition.greedy {
                text.push('?');
            }
        }
        HirKind::Capture(capture) => {
            text.push('(');
            if let Some(name) = &capture.name {
                text.push_str(&format!("?P<{name}>"));
            }
            write(&capture.sub, text)?;
            text.push(')');
        }
        HirKind::Concat(parts) => {
            for part in parts {
                if matches!(part.kind(), HirKind::Alternation(_)) {
                    grouped(part, text)?;
                } else {
                    write(part, text)?;
                }
            }
        }
        HirKind::Alternation(parts) => {
            for (place, part) in parts.iter().enumerate() {
                if place > 0 {
                    text.push('|');
                }
                write(part, text)?;
            }
        }
    }
    Some(())
}

/// Writes what is repeated, in a group unless it is one already.
fn grouped(hir: &Hir, text: &mut String) -> Option<()> {
    let is_one = match hir.kind() {
        HirKind::Literal(literal) => literal.0.len() == 1,
        HirKind::Class(_) | HirKind::Capture(_) => true,
        _ => false,
    };
    if is_one {
        return write(hir, text);
    }
    text.push_str("(?:");
    write(hir, text)?;
    text.push(')');
    Some(())
}

fn set(ranges: impl Iterator<Item = (u8, u8)>, text: &mut String) {
    let mut ranges = ranges.peekable();
    if ranges.peek().is_none() {
        // Nothing is in the class.
        text.push_str("(?!)");
        return;
    }
    text.push('[');
    for (start, end) in ranges {
        text.push_str(&one(start));
        if end > start {
            text.push('-');
            text.push_str(&one(end));
        }
    }
    text.push(']');
}

/// Returns a byte, which stands for itself only if it is a letter, a digit or the like.
fn one(byte: u8) -> String {
    match byte {
        b'a'..=b'z'
        | b'A'..=b'Z'
        | b'0'..=b'9'
        | b'_'
        | b' '
        | b'/'
        | b','
        | b':'
        | b';'
        | b'='
        | b'<'
        | b'>'
        | b'@' => char::from(byte).to_string(),
        b'\n' => r"\n".to_owned(),
        b'\r' => r"\r".to_owned(),
        b'\t' => r"\t".to_owned(),
        b'.' | b'*' | b'+' | b'?' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'|' | b'^'
        | b'$' | b'\\' | b'-' => format!("\\{}", char::from(byte)),
        _ => format!("\\x{byte:02x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::groups::RegexGroups;
    use crate::payload::pattern::Case;

    fn python_of(written: &str) -> Option<String> {
        python(&RegexGroups::parse(written, Case::Exact).unwrap().syntax()?)
    }

    #[test]
    fn patterns_mean_the_same_in_python() {
        let check = |written: &str, expected: &str| {
            assert_eq!(python_of(written).as_deref(), Some(expected), "{written}");
        };
        check(
            r"^GET (?<path>\S+)$",
            r"\AGET (?P<path>[\x00-\x08\x0e-\x1f\x21-\xff]+)\Z",
        );
        check(r#"a"'\\\xFF"#, r"a\x22\x27\\\xff");
        check("(a|bc)*?x{2,3}", r"(a|bc)*?x{2,3}");
        check(r"(?i)a\d", "[Aa][0-9]");
        assert_eq!(python_of(r"(?mR)^a"), None);
    }
}
