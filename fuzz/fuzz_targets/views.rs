//! The detail pane's views of arbitrary bytes: text in an encoding with its map, numbers, the pretty views, comparison,
//! and pasted text.
//!
//! The first byte chooses the encoding, the second where the bytes are split.

#![no_main]

use libfuzzer_sys::fuzz_target;
use bothends::payload::compare::{Change, compare};
use bothends::payload::inspector::inspect;
use bothends::payload::paste::detect;
use bothends::payload::pretty::Pretty;
use bothends::payload::{Encoding, MESSAGE_LIMIT_BYTES, TextMap, TextStart, TextState};

fuzz_target!(|input: &[u8]| {
    let [encoding, at, bytes @ ..] = input else {
        return;
    };
    let count = Encoding::all().count();
    let encoding = Encoding::all().nth(usize::from(*encoding) % count);
    let encoding = encoding.expect("there are encodings");
    let (left, right) = bytes.split_at(usize::from(*at).min(bytes.len()));

    let start = TextStart {
        encoding,
        state: TextState::default().advance(encoding, left),
    };
    let (text, map) = TextMap::decode(start, right);
    for at in 0..=text.text.len() {
        if let Some(range) = map.bytes_at(at) {
            assert!(range.end <= right.len());
        }
    }
    assert!(map.text_of(&(0..right.len())).end <= text.text.len());

    inspect(bytes);
    let guess = Pretty::guess(bytes);
    for pretty in [Pretty::Json, Pretty::Xml, Pretty::Http, Pretty::Modbus] {
        if pretty.render(bytes).is_err() {
            assert_ne!(guess, Some(pretty));
        }
    }

    let comparison = compare(left, right);
    let (mut left_end, mut right_end) = (0, 0);
    for run in &comparison.runs {
        assert_eq!((run.left.start, run.right.start), (left_end, right_end));
        (left_end, right_end) = (run.left.end, run.right.end);
        if run.change == Change::Same {
            assert_eq!(left[run.left.clone()], right[run.right.clone()]);
        }
    }
    assert_eq!((left_end, right_end), (left.len(), right.len()));

    if let Ok(text) = std::str::from_utf8(bytes)
        && let Some(pasted) = detect(text)
    {
        assert!((1..=MESSAGE_LIMIT_BYTES).contains(&pasted.bytes.len()));
    }
});
