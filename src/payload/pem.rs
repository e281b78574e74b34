//! PEM: bytes as lines of base64 between two marks (RFC 7468).

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// How many characters a line has.
const LINE: usize = 64;

/// Returns bytes as PEM with a label, as `CERTIFICATE`. It ends with a line break.
pub fn pem(label: &str, bytes: &[u8]) -> String {
    let digits = BASE64_STANDARD.encode(bytes);
    let mut rest = digits.as_str();
    let mut text = format!("-----BEGIN {label}-----\n");
    while !rest.is_empty() {
        // All characters of base64 have one byte.
        let (line, after) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text + &format!("-----END {label}-----\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_64_characters_and_only_the_last_may_be_shorter() {
        let check = |bytes: &[u8], body: &str| {
            let expected = format!("-----BEGIN X-----\n{body}-----END X-----\n");
            assert_eq!(pem("X", bytes), expected);
        };
        check(b"", "");
        check(b"foob", "Zm9vYg==\n");
        check(&[0; 48], &format!("{}\n", "A".repeat(64)));
        check(&[0; 49], &format!("{}\nAA==\n", "A".repeat(64)));
    }
}
