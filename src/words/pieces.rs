//! Pieces of requests: what is wrong with a shape or a place, and where a request does not have a shape.

use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords, Language};
use crate::payload::HexProblem;
use crate::payload::shape::{
    MAX_SHAPE_ITEMS, MAX_VARINT_BYTES, ShapeFault, ShapeMismatch, ShapeProblem,
};
use crate::payload::template::PlaceProblem;

phrases! {
    /// Pieces of requests.
    Pieces {
        mismatch(at: usize, why: &str) = "at byte {at}: {why}";
    }
}

kinds! {
    /// What is wrong with a shape.
    Shapes for ShapeProblem as shapes |language| {
        Empty = "this shape is empty: write hex bytes, ?? for any byte, and pieces such as [id:2] or [rest:*]";
        Hex(problem: &HexProblem) = { problem.in_words(language) };
        Open = "'[' without ']'";
        Piece = "a piece has a name and a length, such as [id:2] or [rest:*]";
        Name(name: &str) = "a piece cannot be named {name:?}: use letters, digits and _, beginning with a letter, but not z or varint";
        Twice(name: &str) = "there are two pieces named {name:?}";
        Length(len: &str) = "{len:?} is not a length: write a number of bytes, an earlier piece (n, 2*n, n-1), varint, z (up to a zero byte) or * (the rest)";
        Unknown(name: &str) = "no piece named {name:?} precedes this one";
        AfterRest = "only bytes, ?? and pieces with a number of bytes can follow the rest";
        TooMany = { format!("a shape has at most {MAX_SHAPE_ITEMS} bytes and pieces") };
    }

    /// Why a request does not have a shape.
    ShapeFaults for ShapeFault as shape_faults |language| {
        Byte { expected: &u8, found: &u8 } = "{found:02X}, expected {expected:02X}";
        Short { missing: &u64 } = { format!("the request ends, {} missing", language.counts.bytes(*missing)) };
        Long { extra: &usize } = { format!("{} more than the shape has", language.counts.bytes(*extra as u64)) };
        Varint = { format!("a varint of more than {MAX_VARINT_BYTES} bytes") };
        Amount = "its length is below zero or too large";
    }

    /// What is wrong with a place in what an endpoint remembers.
    Places for PlaceProblem as places |language| {
        Empty = "write the name of what is remembered, or of=PIECE";
        Word(word: &str) = "a place does not take {word:?}: write NAME or of=PIECE, then at=N and len=N, where N is a number or uses a piece (n, 2*n, n-1)";
        Piece(name: &str) = "no condition of the rule finds a piece {name:?} in the request";
    }
}

impl InWords for ShapeMismatch {
    fn in_words(&self, language: &Language) -> String {
        let why = self.why.in_words(language);
        language.pieces.mismatch(self.at, &why)
    }
}

#[cfg(test)]
mod tests {
    use crate::payload::shape::Shape;
    use crate::payload::template::{MemoryPlace, Names};
    use crate::words::{ENGLISH, InWords as _};

    #[test]
    fn a_wrong_shape_says_where_and_what() {
        let check = |text: &str, expected: &str| {
            let words = Shape::parse(text).unwrap_err().in_words(&ENGLISH);
            assert!(words.starts_with(expected), "{words}");
        };
        check("01 0", "Column 4: '0' is only half a byte");
        check(
            "01 [a:n]",
            "Column 7: no piece named \"n\" precedes this one",
        );
        check(
            "[a: n+x]",
            "Column 5: \"n+x\" is not a length: write a number",
        );
        check(
            "[*] [a:z]",
            "Column 5: only bytes, ?? and pieces with a number",
        );
    }

    #[test]
    fn a_request_says_where_it_does_not_have_the_shape() {
        let check = |text: &str, request: &[u8], expected: &str| {
            let mismatch = Shape::parse(text).unwrap().find(request).unwrap_err();
            assert_eq!(mismatch.in_words(&ENGLISH), expected);
        };
        check("01 0A", b"\x01\x0B", "at byte 1: 0B, expected 0A");
        check(
            "[a:4]",
            b"abc",
            "at byte 3: the request ends, 1 byte missing",
        );
        check(
            "01",
            b"\x01\x02",
            "at byte 1: 1 byte more than the shape has",
        );
        check(
            "[n:1][a:n-9]",
            b"\x01",
            "at byte 1: its length is below zero or too large",
        );
    }

    #[test]
    fn a_wrong_place_says_where_and_what() {
        let names: Names = ["n"].into_iter().collect();
        let check = |text: &str, expected: &str| {
            let words = MemoryPlace::parse(text, &names)
                .unwrap_err()
                .in_words(&ENGLISH);
            assert!(words.starts_with(expected), "{words}");
        };
        check(
            "a at=m",
            "Column 3: no condition of the rule finds a piece \"m\"",
        );
        check("a b", "Column 3: a place does not take \"b\": write NAME");
    }
}
