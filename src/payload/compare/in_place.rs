//! Differences at the same positions of two messages.

use super::Gap;
use super::ends::{head, prefix_len, suffix_len, tail};

/// The most differing stretches of a comparison: 4 MiB of them, and 10 MiB of runs.
pub(super) const GAPS_LIMIT: usize = 128 * 1024;

/// Finds the differences at the same positions, and the rest of the longer side.
pub(super) fn gaps(left: &[u8], right: &[u8]) -> Vec<Gap> {
    let len = left.len().min(right.len());
    let mut block_bytes = 1;
    loop {
        if let Some(mut gaps) = gaps_of_blocks(block_bytes, head(left, len), head(right, len)) {
            push_rest(&mut gaps, left.len(), right.len());
            return gaps;
        }
        // Blocks as long as the messages make one gap, so the loop ends.
        block_bytes = block_bytes.saturating_mul(16);
    }
}

/// Finds the differences at the same positions of two messages of equal length. A gap ends before a whole block of
/// equal bytes. `None` if there are too many gaps.
pub(super) fn gaps_of_blocks(block_bytes: usize, left: &[u8], right: &[u8]) -> Option<Vec<Gap>> {
    let mut gaps: Vec<Gap> = Vec::new();
    let mut at = 0;
    loop {
        let start = at + prefix_len(tail(left, at), tail(right, at));
        let (left_rest, right_rest) = (tail(left, start), tail(right, start));
        if left_rest.is_empty() {
            return Some(gaps);
        }
        if gaps.len() >= GAPS_LIMIT {
            return None;
        }
        let len = differing_len(block_bytes, left_rest, right_rest);
        let equal = suffix_len(head(left_rest, len), head(right_rest, len));
        at = start + len - equal;
        gaps.push(Gap {
            left: start..at,
            right: start..at,
        });
    }
}

/// Returns the length of the differing blocks at the front.
fn differing_len(block_bytes: usize, left: &[u8], right: &[u8]) -> usize {
    if block_bytes == 1 {
        let pairs = left.iter().zip(right);
        return pairs.take_while(|(left, right)| left != right).count();
    }
    let blocks = left.chunks(block_bytes).zip(right.chunks(block_bytes));
    let differing = blocks.take_while(|(left, right)| left != right).count();
    left.len().min(differing * block_bytes)
}

/// Adds the part of the longer side beyond the end of the other one.
pub(super) fn push_rest(gaps: &mut Vec<Gap>, left_len: usize, right_len: usize) {
    let len = left_len.min(right_len);
    match gaps.last_mut() {
        _ if left_len == right_len => {}
        Some(last) if last.left.end == len => {
            last.left.end = left_len;
            last.right.end = right_len;
        }
        _ => gaps.push(Gap {
            left: len..left_len,
            right: len..right_len,
        }),
    }
}
