//! A line that arrives in pieces: how long it is, how it ends, and its first bytes.

/// A line up to and including its LF.
#[derive(Clone, Debug)]
pub(super) struct LineBytes {
    /// Its first bytes.
    kept: Vec<u8>,
    /// The most bytes that are kept.
    most_bytes: usize,
    len_bytes: usize,
    /// Its last two bytes so far.
    last: [u8; 2],
}

impl LineBytes {
    pub(super) fn new(most_bytes: usize) -> Self {
        Self {
            kept: Vec::new(),
            most_bytes,
            len_bytes: 0,
            last: [0; 2],
        }
    }

    /// Takes bytes up to the end of the line. Returns how many they are, and whether the line has ended.
    pub(super) fn take(&mut self, bytes: &[u8]) -> (usize, bool) {
        let end = memchr::memchr(b'\n', bytes);
        let taken = end.map_or(bytes.len(), |end| end + 1);
        let bytes = bytes.get(..taken).unwrap_or(bytes);
        let room = self.most_bytes.saturating_sub(self.kept.len());
        self.kept
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.len_bytes += taken;
        match *bytes {
            [] => {}
            [last] => self.last = [self.last[1], last],
            [.., before, last] => self.last = [before, last],
        }
        (taken, end.is_some())
    }

    /// Starts the next line.
    pub(super) fn clear(&mut self) {
        self.kept.clear();
        (self.len_bytes, self.last) = (0, [0; 2]);
    }

    /// Its length so far, with its end.
    pub(super) fn len_bytes(&self) -> usize {
        self.len_bytes
    }

    pub(super) fn first(&self) -> Option<u8> {
        self.kept.first().copied()
    }

    /// Whether it has ended, and by CR LF.
    pub(super) fn ends_in_crlf(&self) -> bool {
        self.last == *b"\r\n"
    }

    /// The bytes kept of it, without LF or CR LF.
    pub(super) fn text(&self) -> &[u8] {
        let text = self.kept.strip_suffix(b"\n").unwrap_or(&self.kept);
        text.strip_suffix(b"\r").unwrap_or(text)
    }
}
