//! A search for bytes in a stream that arrives in pieces.

/// A search for bytes in a stream that arrives in pieces (Knuth, Morris, Pratt).
#[derive(Clone, Debug)]
pub(super) struct Seek {
    needle: Vec<u8>,
    /// For each length of a matched prefix: the length of its longest proper suffix that is also a prefix.
    shorter: Vec<usize>,
    /// How many bytes of the needle the stream ends with.
    pub(super) matched: usize,
}

impl Seek {
    pub(super) fn new(needle: &[u8]) -> Self {
        let mut seek = Self {
            needle: needle.to_owned(),
            shorter: vec![0; needle.len() + 1],
            matched: 0,
        };
        for (place, &byte) in needle.iter().enumerate().skip(1) {
            seek.take(byte);
            if let Some(shorter) = seek.shorter.get_mut(place + 1) {
                *shorter = seek.matched;
            }
        }
        seek.matched = 0;
        seek
    }

    /// Takes a byte. Returns whether it completes the needle, after which the search starts over.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        while self.matched > 0 && self.needle.get(self.matched) != Some(&byte) {
            self.matched = self.shorter.get(self.matched).copied().unwrap_or(0);
        }
        self.take_exactly(byte)
    }

    /// Takes a byte that either extends the match or ends it; the search then starts over after the byte.
    pub(super) fn take_exactly(&mut self, byte: u8) -> bool {
        let goes_on = self.needle.get(self.matched) == Some(&byte);
        self.matched = if goes_on { self.matched + 1 } else { 0 };
        let is_whole = self.matched == self.needle.len();
        if is_whole {
            self.matched = 0;
        }
        is_whole
    }

    /// Returns the length of the needle.
    pub(super) fn len_bytes(&self) -> usize {
        self.needle.len()
    }

    /// Returns the number of bytes up to the end of the needle.
    #[inline]
    pub(super) fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        if let [only] = *self.needle {
            return memchr::memchr(only, bytes).map(|at| at + 1);
        }
        let first = *self.needle.first()?;
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if self.matched == 0 {
                at += memchr::memchr(first, rest)?;
            }
            let is_whole = self.take(*bytes.get(at)?);
            at += 1;
            if is_whole {
                return Some(at);
            }
        }
        None
    }
}
