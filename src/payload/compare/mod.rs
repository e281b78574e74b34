//! The differences between two messages.

mod align;
mod ends;
mod in_place;

use std::ops::Range;

use ends::{head, prefix_len, suffix_len, tail};

/// How the two sides of a [`ComparedRun`] relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Both sides have the same bytes.
    Same,
    /// Both sides have the same number of bytes, but different ones.
    Changed,
    /// Only the left side has these bytes; `right` is empty.
    OnlyLeft,
    /// Only the right side has these bytes; `left` is empty.
    OnlyRight,
}

/// Bytes of both messages that are shown side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRun {
    /// How its two sides relate.
    pub change: Change,
    /// Its bytes on the left.
    pub left: Range<usize>,
    /// Its bytes on the right.
    pub right: Range<usize>,
}

/// The runs of two messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The runs in order. They cover both sides without gaps or overlaps, none is empty, and neighbours have different
    /// changes. Equal messages have at most one run.
    pub runs: Vec<ComparedRun>,
    /// Whether insertions and deletions were found; otherwise bytes at the same positions were compared.
    pub is_aligned: bool,
}

/// Compares two messages.
///
/// Equal bytes at the front and at the end are set aside first. In the rest, the fewest insertions and deletions are
/// found (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986), if they are at most 2048 bytes and the
/// search does not take too long; otherwise bytes at the same positions are compared, and the rest of the longer side
/// is on this side only.
///
/// One equal byte between two changes of several bytes each is usually a coincidence, and counts as changed. So do
/// longer equal stretches if messages compared at the same positions differ in more than 131,072 stretches. A
/// [`Change::Changed`] run may thus hold equal bytes; a [`Change::Same`] run never holds different ones.
///
/// Takes time proportional to the messages' length, and at most about 40 MiB of memory.
pub fn compare(left: &[u8], right: &[u8]) -> Comparison {
    let front = prefix_len(left, right);
    let (left_rest, right_rest) = (tail(left, front), tail(right, front));
    let back = suffix_len(left_rest, right_rest);
    let left_middle = head(left_rest, left_rest.len() - back);
    let right_middle = head(right_rest, right_rest.len() - back);
    let found = align::gaps(left_middle, right_middle);
    let is_aligned = found.is_some();
    let gaps = found.unwrap_or_else(|| in_place::gaps(left_middle, right_middle));
    let gaps = calm(gaps).into_iter().map(|gap| Gap {
        left: front + gap.left.start..front + gap.left.end,
        right: front + gap.right.start..front + gap.right.end,
    });
    Comparison {
        runs: runs(gaps, left.len(), is_aligned),
        is_aligned,
    }
}

/// Returns the runs of two messages with these gaps.
fn runs(gaps: impl Iterator<Item = Gap>, left_len: usize, is_aligned: bool) -> Vec<ComparedRun> {
    let (mut runs, mut ends) = (Vec::new(), (0, 0));
    let mut push = |change, left_len: usize, right_len: usize| {
        let (left, right) = (ends.0..ends.0 + left_len, ends.1..ends.1 + right_len);
        ends = (left.end, right.end);
        if left_len + right_len > 0 {
            runs.push(ComparedRun {
                change,
                left,
                right,
            });
        }
    };
    let mut done = 0;
    for gap in gaps {
        let same = gap.left.start - done;
        done = gap.left.end;
        push(Change::Same, same, same);
        let (left, right) = (gap.left.len(), gap.right.len());
        let is_changed = left == right || !is_aligned;
        let changed = if is_changed { left.min(right) } else { 0 };
        push(Change::Changed, changed, changed);
        push(Change::OnlyLeft, left - changed, 0);
        push(Change::OnlyRight, 0, right - changed);
    }
    push(Change::Same, left_len - done, left_len - done);
    runs
}

/// A differing stretch: either side may be empty, but not both. The bytes between two gaps are equal.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gap {
    left: Range<usize>,
    right: Range<usize>,
}

impl Gap {
    fn longer_len(&self) -> usize {
        self.left.len().max(self.right.len())
    }
}

/// Joins gaps separated by a single byte, if both are longer than one byte.
fn calm(mut gaps: Vec<Gap>) -> Vec<Gap> {
    gaps.dedup_by(|gap, last| {
        let is_near = gap.left.start - last.left.end == 1;
        let is_joined = is_near && last.longer_len() > 1 && gap.longer_len() > 1;
        if is_joined {
            (last.left.end, last.right.end) = (gap.left.end, gap.right.end);
        }
        is_joined
    });
    gaps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Writes runs as `=ab -cd +e ~fg/hi`.
    fn words(left: &str, right: &str) -> String {
        let comparison = compare(left.as_bytes(), right.as_bytes());
        assert!(comparison.is_aligned);
        let words = comparison.runs.iter().map(|run| {
            let (left, right) = (&left[run.left.clone()], &right[run.right.clone()]);
            match run.change {
                Change::Same => format!("={left}"),
                Change::Changed => format!("~{left}/{right}"),
                Change::OnlyLeft => format!("-{left}"),
                Change::OnlyRight => format!("+{right}"),
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn insertions_deletions_and_changes_are_found() {
        let check = |left: &str, right: &str, expected: &str| {
            assert_eq!(words(left, right), expected);
        };
        check("", "", "");
        check("abc", "abc", "=abc");
        check("", "abc", "+abc");
        check("abc", "", "-abc");
        check("abc", "xyz", "~abc/xyz");
        check("abc", "abXc", "=ab +X =c");
        check("abXc", "abc", "=ab -X =c");
        check("abcdef", "abXdef", "=ab ~c/X =def");
        check("len=9;data", "len=12;data", "=len= -9 +12 =;data");
        check("aaaa", "aaa", "=aaa -a");
        check("abcdefgh", "bcdefghi", "-a =bcdefgh +i");
        check(
            "1 GET /a HTTP 1",
            "2 GET /abc HTTP 3",
            "~1/2 = GET /a +bc = HTTP  ~1/3",
        );
        check("id=1,no=2", "id=3,no=4", "=id= ~1/3 =,no= ~2/4");
    }

    #[test]
    fn one_equal_byte_between_longer_changes_counts_as_changed() {
        assert_eq!(words("1,2", "3,4"), "~1/3 =, ~2/4");
        assert_eq!(words("12,34", "56,78"), "~12,34/56,78");
        assert_eq!(words("12,,34", "56,,78"), "~12/56 =,, ~34/78");
        assert_eq!(words("12,3", "56,7"), "~12/56 =, ~3/7");
    }

    fn noise(len: usize, seed: u32) -> Vec<u8> {
        let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        let states = std::iter::successors(Some(seed), next).skip(1);
        states.map(|state| (state >> 24) as u8).take(len).collect()
    }

    fn run(change: Change, left: Range<usize>, right: Range<usize>) -> ComparedRun {
        ComparedRun {
            change,
            left,
            right,
        }
    }

    #[test]
    fn messages_that_differ_too_much_are_compared_in_place() {
        let (mut left, mut right) = (noise(10_000, 1), noise(10_500, 2));
        left[100..200].fill(0);
        right[100..200].fill(0);
        (left[99], right[99], left[200], right[200]) = (1, 2, 1, 2);
        (left[0], right[0]) = (1, 2);
        let comparison = compare(&left, &right);
        assert!(!comparison.is_aligned);
        check_runs(&left, &right, &comparison);
        let runs = &comparison.runs;
        assert!(runs.contains(&run(Change::Same, 100..200, 100..200)));
        let last = runs.last().unwrap();
        assert_eq!((last.change, last.right.end), (Change::OnlyRight, 10_500));
    }

    #[test]
    fn one_inserted_byte_in_a_large_message_is_found() {
        let left = noise(1 << 20, 1);
        let mut right = left.clone();
        right.insert(5, 0);
        right.insert(500_000, 0);
        *right.last_mut().unwrap() ^= 1;
        let comparison = compare(&left, &right);
        assert!(comparison.is_aligned);
        check_runs(&left, &right, &comparison);
        assert_eq!(comparison.runs.len(), 6);
    }

    #[test]
    fn runs_are_bounded() {
        let left = vec![0; 1 << 20];
        let right: Vec<u8> = (0..1 << 20).map(|at| u8::from(at % 3 == 0)).collect();
        let comparison = compare(&left, &right);
        check_runs(&left, &right, &comparison);
        assert!(comparison.runs.len() <= 2 * in_place::GAPS_LIMIT + 2);
    }

    fn check_runs(left: &[u8], right: &[u8], comparison: &Comparison) {
        let (mut x, mut y) = (0, 0);
        let mut before = None;
        for run in &comparison.runs {
            assert_eq!((run.left.start, run.right.start), (x, y));
            (x, y) = (run.left.end, run.right.end);
            let (left, right) = (&left[run.left.clone()], &right[run.right.clone()]);
            match run.change {
                Change::Same => assert!(left == right && !left.is_empty()),
                Change::Changed => assert!(left.len() == right.len() && left != right),
                Change::OnlyLeft => assert!(!left.is_empty() && right.is_empty()),
                Change::OnlyRight => assert!(left.is_empty() && !right.is_empty()),
            }
            assert_ne!(before.replace(run.change), Some(run.change));
        }
        assert_eq!((x, y), (left.len(), right.len()));
    }

    proptest! {
        #[test]
        fn runs_cover_both_sides(
            left in proptest::collection::vec(0..4_u8, 0..60),
            right in proptest::collection::vec(0..4_u8, 0..60),
        ) {
            let comparison = compare(&left, &right);
            prop_assert!(comparison.is_aligned);
            check_runs(&left, &right, &comparison);
        }

        #[test]
        fn runs_in_place_cover_both_sides(
            left in proptest::collection::vec(0..2_u8, 0..60),
            right in proptest::collection::vec(0..2_u8, 0..60),
            block_bytes in 1..6_usize,
        ) {
            let len = left.len().min(right.len());
            let mut gaps = in_place::gaps_of_blocks(block_bytes, &left[..len], &right[..len]).unwrap();
            in_place::push_rest(&mut gaps, left.len(), right.len());
            let runs = runs(calm(gaps).into_iter(), left.len(), false);
            check_runs(&left, &right, &Comparison { runs, is_aligned: false });
        }
    }
}
