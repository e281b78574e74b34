//! Searches a stream for what `--expect` names, as the bytes arrive. Pure.

use crate::payload::{Pattern, SPAN_BYTES};

/// Searches a stream for a pattern, chunk by chunk.
#[derive(Debug)]
pub(super) struct PatternMatcher {
    pattern: Pattern,
    /// The newest bytes of the stream. Once older bytes are dropped, one of them is kept, so that `^` and `\b` see that
    /// the stream began earlier.
    window: Vec<u8>,
    is_trimmed: bool,
    /// Whether a chunk is a datagram, beyond which nothing matches.
    keeps_edges: bool,
}

impl PatternMatcher {
    /// Starts at the beginning of a stream, or of datagrams.
    pub(super) fn new(pattern: Pattern, keeps_edges: bool) -> Self {
        Self {
            pattern,
            window: Vec::new(),
            is_trimmed: false,
            keeps_edges,
        }
    }

    /// Adds the next bytes; returns whether the pattern has been found.
    pub(super) fn push(&mut self, chunk: &[u8]) -> bool {
        if self.keeps_edges {
            return self.pattern.is_in_from(chunk, 0);
        }
        self.window.extend_from_slice(chunk);
        let start = usize::from(self.is_trimmed);
        if self.pattern.is_in_from(&self.window, start) {
            return true;
        }
        let forgotten = self.window.len().saturating_sub(SPAN_BYTES + 1);
        if forgotten > 0 {
            self.window.drain(..forgotten);
            self.is_trimmed = true;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(typed: &str, chunks: &[&[u8]]) -> bool {
        let mut matcher = PatternMatcher::new(Pattern::parse(typed).unwrap(), false);
        chunks.iter().any(|chunk| matcher.push(chunk))
    }

    #[test]
    fn patterns_are_found_across_chunks() {
        let check = |typed: &str, chunks: &[&[u8]], expected: bool| {
            assert_eq!(matches(typed, chunks), expected, "{typed}");
        };
        check("OK", &[b"not ok, but OK\r\n"], true);
        check("OK", &[b"O", b"K"], true);
        check("OK", &[b"ok"], false);
        check(r"text:OK\r\n", &[b"OK\r", b"\n"], true);
        check("text:a.c", &[b"abc"], false);
        check("text:Host: x", &[b"Host: x"], true);
        check("12:30", &[b"at 12:30"], true);
        check("text:日本", &["日本語".as_bytes()], true);
        check("hex:00 ?? FF", &[b"\x00\x0A", b"\xFF"], true);
        check("hex:00 ?? FF", &[b"\x00\xFF"], false);
        check(r"regex:(?i)ok\s+\d+", &[b"Ok ", b" 4"], true);
        check(r"regex:\xFF", &[b"\xFF"], true);
        check(r"regex:^.[^a]$", &[b"\xFF\xE6"], true);
        check("regex:^é$", &["é".as_bytes()], true);
        check("regex:^.$", &["é".as_bytes()], false);
        check(r"regex:(?u)^.$", &["é".as_bytes()], true);
        check("regex:^b", &[b"ab"], false);
        check("regex:^a", &[b"a"], true);
    }

    #[test]
    fn a_match_never_spans_datagrams() {
        let check = |typed: &str, datagrams: &[&[u8]], expected: bool| {
            let mut matcher = PatternMatcher::new(Pattern::parse(typed).unwrap(), true);
            let is_found = datagrams.iter().any(|it| matcher.push(it));
            assert_eq!(is_found, expected, "{typed}");
        };
        check("OK", &[b"O", b"K"], false);
        check("OK", &[b"O", b"KOK"], true);
        check("regex:^b$", &[b"a", b"b"], true);
        check("regex:^$", &[b"a", b""], true);
    }

    #[test]
    fn old_bytes_are_dropped_and_the_start_of_the_stream_is_remembered() {
        let filler = vec![b'x'; SPAN_BYTES];
        assert!(matches("regex:ax+b", &[b"a", &filler[2..], b"b"]));
        assert!(!matches("regex:ax+b", &[b"a", &filler, b"x", b"b"]));
        assert!(!matches("regex:^x", &[b"a", &filler, &filler, b"x"]));
        assert!(!matches(r"regex:\bx", &[b"a", &filler, &filler, b"x"]));
        let mut matcher = PatternMatcher::new(Pattern::parse("never").unwrap(), false);
        for _ in 0..10 {
            matcher.push(&filler);
        }
        assert_eq!(matcher.window.len(), SPAN_BYTES + 1);
    }
}
