//! Compares the search with a naive search of whole streams.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::capture::search::run::Slot;
use crate::payload::{Case, SPAN_BYTES};

fn search_for(typed: &str) -> StreamSearch {
    StreamSearch::new(Pattern::parse_find(typed, Case::Exact).unwrap())
}

/// Returns the piece that is touched.
fn piece_of(touch: &Touch) -> Option<usize> {
    match touch {
        Touch::Piece(piece) => Some(*piece),
        Touch::Crossing { .. } => None,
    }
}

/// Searches one stream whose pieces are contiguous.
fn touched(typed: &str, pieces: &[&[u8]]) -> Vec<usize> {
    let buffer = pieces.concat();
    let mut start = 0;
    let mut laid = Vec::new();
    for piece in pieces {
        let len = piece.len() as u32;
        laid.push(Slot { start, len });
        start += len;
    }
    let run = StreamRun {
        buffer: &buffer,
        pieces: &laid,
        offset: 0,
        before: Before::Nothing,
        ends: true,
    };
    let mut touched = Vec::new();
    search_for(typed).search(&run, |touch| touched.extend(piece_of(&touch)));
    touched
}

#[test]
fn every_piece_that_a_match_touches_is_reported() {
    let check = |typed: &str, pieces: &[&[u8]], expected: &[usize]| {
        assert_eq!(touched(typed, pieces), expected, "{typed}");
    };
    check("needle", &[b"hay needle", b"hay", b"needle"], &[0, 2]);
    check(
        "needle",
        &[b"a nee", b"dl", b"", b"e hay", b"hay"],
        &[0, 1, 3],
    );
    check(
        "needle",
        &[b"n", b"e", b"e", b"d", b"l", b"e"],
        &[0, 1, 2, 3, 4, 5],
    );
    check("needle", &[b"nee", b"nee"], &[]);
    check("aa", &[b"a", b"a", b"a", b"b"], &[0, 1, 2]);
    check("hex:00??00", &[b"\x00a\x00", b"b\x00", b"c"], &[0, 1]);
    check("regex:^b", &[b"a", b"b"], &[]);
    check("regex:^a", &[b"a", b"a"], &[0]);
    check("regex:c$", &[b"c", b"c"], &[1]);
    check(r"regex:\bword\b", &[b"wor", b"d word", b"s"], &[0, 1]);
    check("regex:(?s)a.*z", &[b"xa", b"..", b"zx", b"x"], &[0, 1, 2]);
    check("regex:x*", &[b"ab", b"", b"ax", b"b"], &[2]);
}

#[test]
fn an_anchor_at_the_end_waits_for_what_follows() {
    let pieces = [Slot { start: 0, len: 4 }];
    let run = StreamRun {
        buffer: b"word",
        pieces: &pieces,
        offset: 0,
        before: Before::Nothing,
        ends: false,
    };
    let check = |typed: &str, run: &StreamRun<'_>, expected: usize| {
        let mut count = 0;
        search_for(typed).search(run, |touch| count += piece_of(&touch).iter().count());
        assert_eq!(count, expected, "{typed}");
    };
    check("regex:word$", &run, 0);
    check(r"regex:word\b", &run, 0);
    check("regex:^word", &run, 0);
    check("regex:^wor", &run, 1);
    check("regex:word", &run, 1);
    let ended = StreamRun { ends: true, ..run };
    check("regex:word$", &ended, 1);
    let later = StreamRun {
        before: Before::Seen,
        ..ended
    };
    check("regex:^word", &later, 0);
    let cut = StreamRun {
        before: Before::Unknown,
        ..ended
    };
    check("word", &cut, 0);
    check("regex:ord$", &cut, 1);
    check("regex:^ord", &cut, 0);
}

#[test]
fn any_regular_expression_match_up_to_60_kib_is_found() {
    let check = |between: usize, expected: bool| {
        for before in [0, 1, 4_095, 70_000, 300_000] {
            let hay = vec![b'.'; before];
            let middle = vec![b'-'; between];
            let pieces: [&[u8]; 5] = [&hay, b"a", &middle, b"z", &hay];
            let found = touched("regex:(?s)a.*z", &pieces);
            let whole = [1, 2, 3];
            assert_eq!(
                found,
                if expected { &whole[..] } else { &[] },
                "{between} after {before}"
            );
        }
    };
    check(60 * 1024 - 2, true);
    check(SPAN_BYTES, false);
}

#[test]
fn overlong_matches_hide_no_others() {
    let hay = vec![b'a'; 200_000];
    let pieces: [&[u8]; 4] = [&hay, b"yz", &hay, b"z"];
    let found = touched("regex:(?s)ab.*z|yz", &pieces);
    assert_eq!(found, [1]);
    let pieces: [&[u8]; 4] = [b"ab", b"yz", &hay, b"z"];
    assert_eq!(touched("regex:(?s)ab.*z|yz", &pieces), [0, 1]);
}

#[test]
fn hostile_offsets_and_pieces_are_bounded() {
    let piece = |start, len| Slot { start, len };
    let pieces = [piece(2, u32::MAX), piece(u32::MAX, 5), piece(0, 3)];
    for typed in ["b", "regex:b+", r"regex:\bb"] {
        for before in [Before::Nothing, Before::Seen, Before::Unknown] {
            let run = StreamRun {
                buffer: b"bbb",
                pieces: &pieces,
                offset: u64::MAX - 2,
                before,
                ends: false,
            };
            search_for(typed).search(&run, |touch| {
                assert!(piece_of(&touch).is_none_or(|piece| piece < 3));
            });
        }
    }
}

/// The matches of a stream, as the module's documentation defines them.
fn naive(search: &StreamSearch, stream: &[u8]) -> Vec<Range<usize>> {
    let limits = search.limits;
    let mut scratch = search.pattern.scratch();
    let mut found = Vec::new();
    for block in (0..stream.len()).step_by(limits.block_bytes) {
        let block_end = block + limits.block_bytes;
        let end = stream.len().min(block + limits.span_bytes);
        let end = if limits.is_bounded { stream.len() } else { end };
        let mut at = block;
        while at < block_end && at <= end {
            let Some(it) = search.pattern.find(&mut scratch, stream, at..end) else {
                break;
            };
            if it.start >= block_end {
                break;
            }
            at = it.end.max(it.start + 1);
            found.push(it);
        }
    }
    found
}

/// The reads of a stream: the number of each entry, and its bytes.
type Reads = Vec<(usize, Vec<u8>)>;

/// Searches a stream in segments, each preceded by the bytes that the search requires.
fn in_segments(
    search: &mut StreamSearch,
    reads: &Reads,
    segments: &[usize],
    gap: usize,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut done = 0;
    let cuts = segments.iter().copied().chain([reads.len()]);
    for until in cuts {
        let until = until.clamp(done, reads.len());
        let offset: usize = reads[..done].iter().map(|(_, bytes)| bytes.len()).sum();
        let mut before = search.bytes_before(offset as u64) as usize;
        let mut first = done;
        while first > 0 && before > 0 {
            first -= 1;
            before = before.saturating_sub(reads[first].1.len());
        }
        // As in a segment's payload: other bytes are in between, except where reads are consecutive.
        let mut buffer = Vec::new();
        let mut pieces = Vec::new();
        for (n, bytes) in &reads[first..until] {
            if n % (gap + 1) == 0 {
                buffer.extend(b"#ab");
            }
            pieces.push(Slot {
                start: buffer.len() as u32,
                len: bytes.len() as u32,
            });
            buffer.extend(bytes);
        }
        let run = StreamRun {
            buffer: &buffer,
            pieces: &pieces,
            offset: reads[..first]
                .iter()
                .map(|(_, bytes)| bytes.len() as u64)
                .sum(),
            before: if reads[..first].iter().all(|(_, bytes)| bytes.is_empty()) {
                Before::Nothing
            } else {
                Before::Seen
            },
            ends: until == reads.len(),
        };
        search.search(&run, |touch| {
            found.extend(piece_of(&touch).map(|piece| reads[first + piece].0));
        });
        done = until;
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn the_same_entries_are_touched_however_streams_are_cut(
        reads in proptest::collection::vec((any::<bool>(), "[abc \n]{0,9}"), 0..40),
        segments in proptest::collection::vec(0..20_usize, 0..5),
        gap in 0..4_usize,
        step in 1..40_usize,
        typed in prop_oneof![
            Just("a"), Just("aa"), Just("abab"), Just("hex:61 ?? 61"), Just("regex:a+"), Just("regex:ab?c|b"),
            Just("regex:(?s)a.*?b"), Just("regex:(?s)a.*c"), Just("regex:(?m)^a[bc]*$"), Just(r"regex:\bab*\b"),
            Just("regex:c*$"), Just("regex:^a|b{2,3}"), Just("regex:a{0,3}"), Just(r"regex:\B[ab]+\B|c\z"),
        ],
        small in any::<bool>(),
    ) {
        let mut search = search_for(typed);
        search.limits.step_bytes = step;
        if small && !search.limits.is_bounded {
            search.limits.block_bytes = 4;
            search.limits.span_bytes = 12;
        }
        let mut segments = segments;
        segments.sort_unstable();
        for side in [false, true] {
            let reads: Reads = reads
                .iter()
                .enumerate()
                .filter(|(_, (received, _))| *received == side)
                .map(|(n, (_, text))| (n, text.clone().into_bytes()))
                .collect();
            let stream: Vec<u8> = reads.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
            let ranges = naive(&search, &stream);
            let mut expected = BTreeSet::new();
            let mut start = 0;
            for (n, bytes) in &reads {
                let end = start + bytes.len();
                if ranges.iter().any(|it| !it.is_empty() && it.start < end && it.end > start && start < end) {
                    expected.insert(*n);
                }
                start = end;
            }
            let found = in_segments(&mut search, &reads, &segments, gap);
            prop_assert_eq!(found, expected, "{} in {:?}", typed, String::from_utf8_lossy(&stream));
        }
    }
}
