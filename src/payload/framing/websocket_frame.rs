//! Frames of WebSocket (RFC 6455, 5.2): two bytes, a longer length, the key of a masked frame, and what it holds.

use std::borrow::Cow;

/// The bytes of the shortest head.
pub(super) const LEAST_HEAD_BYTES: usize = 2;
/// The bytes of the longest head without a key.
pub(super) const MOST_HEAD_BYTES: usize = LEAST_HEAD_BYTES + 8;
/// The bytes of the key of a masked frame.
pub(super) const KEY_BYTES: usize = 4;

/// Returns whether a frame with this second byte is masked.
pub(super) fn is_masked(second: u8) -> bool {
    second >= 0x80
}

/// Returns how many bytes of a length follow the second byte of a frame.
pub(super) fn length_bytes(second: u8) -> usize {
    match second & 0x7F {
        126 => 2,
        127 => 8,
        _ => 0,
    }
}

/// Returns what a frame holds, unmasked. The head of an HTTP message is returned as it is.
pub(super) fn payload(frame: &[u8]) -> Cow<'_, [u8]> {
    let second = frame.get(1).copied().unwrap_or_default();
    if is_http(frame) {
        return frame.into();
    }
    let rest = frame.get(LEAST_HEAD_BYTES + length_bytes(second)..);
    let rest = rest.unwrap_or_default();
    if !is_masked(second) {
        return rest.into();
    }
    let Some((key, masked)) = rest.split_at_checked(KEY_BYTES) else {
        return Cow::default();
    };
    let bytes = masked.iter().zip(key.iter().cycle());
    bytes.map(|(byte, key)| byte ^ key).collect()
}

/// Returns whether a frame is the head of an HTTP/1 message: whether its first line is one.
fn is_http(frame: &[u8]) -> bool {
    let begins_with_word = frame.iter().take(3).all(u8::is_ascii_uppercase);
    begins_with_word && {
        let end = memchr::memchr(b'\n', frame).unwrap_or(frame.len());
        let line = frame.get(..end).unwrap_or(frame);
        memchr::memmem::find(line, b"HTTP/1.").is_some()
    }
}
