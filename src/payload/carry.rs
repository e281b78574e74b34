//! The unfinished character at the end of what has been read of a stream.

/// The bytes of a UTF-8 character that has begun and is not complete: none to three.
///
/// A stream is cut anywhere by its reads. A row's text depends on the bytes before it only through this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Carry {
    bytes: [u8; 3],
    len: u8,
}

impl Carry {
    /// Returns the bytes.
    pub fn as_slice(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or(&[])
    }

    /// Returns whether the stream stands between two characters.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}
