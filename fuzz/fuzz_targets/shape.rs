//! Shapes, over any text and any request: pieces, or the first byte that does not match; and the same for groups.
//!
//! The input is a shape or a regular expression, a line feed, and a request.

#![no_main]

use libfuzzer_sys::fuzz_target;
use bothends::payload::Case;
use bothends::payload::groups::RegexGroups;
use bothends::payload::shape::Shape;

fuzz_target!(|input: &[u8]| {
    let Some(at) = input.iter().position(|byte| *byte == b'\n') else {
        return;
    };
    let (text, request) = (&input[..at], &input[at + 1..]);
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    match Shape::parse(text) {
        Ok(shape) => {
            assert_eq!(shape.to_string(), text);
            match shape.find(request) {
                Ok(pieces) => {
                    assert!(shape.names().eq(pieces.iter().map(|it| &*it.name)));
                    let mut end = 0;
                    for piece in pieces {
                        assert!(end <= piece.range.start && piece.range.end <= request.len());
                        end = piece.range.end;
                    }
                }
                Err(mismatch) => {
                    assert!(mismatch.at <= request.len());
                    assert!(text.get(mismatch.item).is_some());
                }
            }
        }
        Err(error) => assert!(text.get(error.position.range).is_some()),
    }
    if let Ok(groups) = RegexGroups::parse(text, Case::Exact) {
        let pieces = groups.find(request).unwrap_or_default();
        let mut names = groups.names();
        for piece in pieces {
            assert!(names.any(|name| *name == *piece.name));
            assert!(request.get(piece.range).is_some());
        }
    }
});
