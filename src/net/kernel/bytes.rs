//! Numbers at places of what a kernel answers, in this machine's order of bytes. Nothing beyond the end is read.

/// Returns the unsigned number of `N` bytes at an offset, if the bytes reach that far.
pub(super) fn number<const N: usize>(bytes: &[u8], offset: usize) -> Option<u64> {
    let field: [u8; N] = bytes.get(offset..offset.checked_add(N)?)?.try_into().ok()?;
    let mut wide = [0; 8];
    if cfg!(target_endian = "little") {
        wide.get_mut(..N)?.copy_from_slice(&field);
    } else {
        wide.get_mut(8 - N..)?.copy_from_slice(&field);
    }
    Some(u64::from_ne_bytes(wide))
}
