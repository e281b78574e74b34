//! Equal bytes at the front and at the end of two messages.

/// How many bytes [`prefix_len`] and [`suffix_len`] compare at once.
pub(super) const CHUNK_BYTES: usize = 16;

/// Returns how many bytes are equal at the front.
pub(super) fn prefix_len(left: &[u8], right: &[u8]) -> usize {
    if left.first() != right.first() {
        return 0;
    }
    let chunks = left
        .chunks_exact(CHUNK_BYTES)
        .zip(right.chunks_exact(CHUNK_BYTES));
    let start = CHUNK_BYTES * chunks.take_while(|(left, right)| left == right).count();
    let rest = tail(left, start).iter().zip(tail(right, start));
    start + rest.take_while(|(left, right)| left == right).count()
}

/// Returns how many bytes are equal at the end.
pub(super) fn suffix_len(left: &[u8], right: &[u8]) -> usize {
    let chunks = left
        .rchunks_exact(CHUNK_BYTES)
        .zip(right.rchunks_exact(CHUNK_BYTES));
    let end = CHUNK_BYTES * chunks.take_while(|(left, right)| left == right).count();
    let left = head(left, left.len() - end).iter().rev();
    let right = head(right, right.len() - end).iter().rev();
    end + left
        .zip(right)
        .take_while(|(left, right)| left == right)
        .count()
}

/// Returns `bytes` from `start` on; empty beyond the end.
pub(super) fn tail(bytes: &[u8], start: usize) -> &[u8] {
    bytes.get(start..).unwrap_or_default()
}

/// Returns the first `len` bytes.
pub(super) fn head(bytes: &[u8], len: usize) -> &[u8] {
    bytes.get(..len).unwrap_or(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bytes_are_counted_at_both_ends() {
        for len in 0..40 {
            for differing in 0..len {
                let left = vec![7; len];
                let mut right = left.clone();
                right[differing] = 8;
                assert_eq!(prefix_len(&left, &right), differing);
                assert_eq!(suffix_len(&left, &right), len - differing - 1);
            }
            assert_eq!(prefix_len(&vec![7; len], &vec![7; len + 1]), len);
            assert_eq!(suffix_len(&vec![7; len], &vec![7; len + 1]), len);
        }
    }
}
