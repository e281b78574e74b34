//! Bytes and text as literals: whatever they hold, they end no literal and are no code.

use std::fmt::Write as _;

/// How many bytes of a literal stand on a line.
const LINE_BYTES: usize = 60;

/// Returns a literal of Python: `b"a\x00"`.
pub(super) fn python_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 3);
    text.push_str("b\"");
    for byte in bytes {
        match byte {
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            b'"' | b'\\' => text.extend(['\\', char::from(*byte)]),
            b' '..=b'~' => text.push(char::from(*byte)),
            // Writing to a string cannot fail.
            _ => write!(text, "\\x{byte:02x}").unwrap_or_default(),
        }
    }
    text.push('"');
    text
}

/// Returns a literal of Python that may be long, for the right of an assignment.
pub(super) fn python_long_bytes(bytes: &[u8]) -> String {
    if bytes.len() <= LINE_BYTES {
        return python_bytes(bytes);
    }
    let mut text = "(\n".to_owned();
    let mut rest = bytes;
    while !rest.is_empty() {
        let most = rest.get(..LINE_BYTES).unwrap_or(rest);
        // A line of the message ends a line here.
        let len = memchr::memchr(b'\n', most).map_or(most.len(), |at| at + 1);
        let (line, after) = rest.split_at(len);
        text += &format!("    {}\n", python_bytes(line));
        rest = after;
    }
    text.push(')');
    text
}

/// Returns a text as a literal of Python.
pub(super) fn python_text(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            ' '..='~' => quoted.push(c),
            // Writing to a string cannot fail.
            _ => write!(quoted, "\\U{:08x}", u32::from(c)).unwrap_or_default(),
        }
    }
    quoted.push('"');
    quoted
}

/// Returns a text as a word of a POSIX shell.
pub(super) fn shell(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "./:-_@%".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Returns a `printf` of a POSIX shell that writes these bytes. It has no single quote.
pub(super) fn shell_printf(bytes: &[u8]) -> String {
    let mut text = "printf \"".to_owned();
    for (place, byte) in bytes.iter().enumerate() {
        match byte {
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'%' => text.push_str("%%"),
            // A first hyphen would begin an option.
            b'-' if place == 0 => text.push_str("\\055"),
            b' '..=b'~' if !b"\"'\\$`!".contains(byte) => text.push(char::from(*byte)),
            // Writing to a string cannot fail.
            _ => write!(text, "\\{byte:03o}").unwrap_or_default(),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_hold_whatever_they_hold() {
        assert_eq!(python_bytes(b"a\"\\\n\0\xFF'"), r#"b"a\"\\\n\x00\xff'""#);
        assert_eq!(python_text("a\"\\é\n"), r#""a\"\\\U000000e9\U0000000a""#);
        let long = python_long_bytes(&[[b'a'; 59].as_slice(), b"b\nc"].concat());
        assert_eq!(
            long,
            format!(
                "(\n    b\"{}b\"\n    b\"\\n\"\n    b\"c\"\n)",
                "a".repeat(59)
            )
        );
        assert_eq!(shell("a b'c"), r"'a b'\''c'");
        assert_eq!(shell("/run/a.sock"), "/run/a.sock");
        assert_eq!(
            shell_printf(b"-1% '$x\xFF\n"),
            r#"printf "\0551%% \047\044x\377\n""#
        );
    }
}
