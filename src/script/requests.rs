//! Cuts what is received into the requests that a script answers: chunks, or frames if there is a framing.

use core::ops::Range;
use std::collections::VecDeque;

use crate::payload::framing::{Cutter, Frame, Framing};

/// The most bytes of a frame that are kept for a reply. A reply cannot use bytes of a longer one.
pub const MAX_REQUEST_BYTES: usize = 1024 * 1024;
/// How many are kept at least, where memory is short.
pub const REQUEST_SHARE_BYTES: usize = 64 * 1024;
/// How many bytes are cut at a time. So a chunk with many small frames makes at most this many requests at once.
const PIECE_BYTES: usize = 1024;

/// A request to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerRequest {
    /// Its bytes, if replies use them. `None` for a frame longer than the limit.
    pub bytes: Option<Vec<u8>>,
}

/// Cuts one received stream into frames, as far as there is room for their replies.
///
/// All times are nanoseconds since any fixed moment.
#[derive(Debug)]
pub struct Requests {
    framing: Framing,
    cutter: Cutter,
    /// Whether requests have their bytes.
    keeps_bytes: bool,
    /// Received bytes that are not cut yet.
    rest: VecDeque<u8>,
    /// Requests that nobody has taken yet.
    found: VecDeque<PeerRequest>,
    /// The stream from `kept_from` on, as far as it is needed.
    kept: Vec<u8>,
    kept_from: u64,
    /// How much of a frame is kept.
    limit_bytes: usize,
    /// Whether the incomplete frame was found already: only the rest of its line break can still arrive.
    is_counted: bool,
}

impl Requests {
    /// Starts at the beginning of a stream.
    pub fn new(framing: &Framing, keeps_bytes: bool) -> Self {
        Self {
            framing: framing.clone(),
            cutter: Cutter::new(framing),
            keeps_bytes,
            rest: VecDeque::new(),
            found: VecDeque::new(),
            kept: Vec::new(),
            kept_from: 0,
            limit_bytes: MAX_REQUEST_BYTES,
            is_counted: false,
        }
    }

    /// Returns whether it cuts by this rule, and keeps bytes or not.
    pub fn cuts_by(&self, framing: &Framing, keeps_bytes: bool) -> bool {
        self.framing == *framing && self.keeps_bytes == keeps_bytes
    }

    /// Sets how much of a frame is kept from now on: [`REQUEST_SHARE_BYTES`] to [`MAX_REQUEST_BYTES`].
    pub fn set_limit(&mut self, bytes: usize) {
        self.limit_bytes = bytes.clamp(REQUEST_SHARE_BYTES, MAX_REQUEST_BYTES);
    }

    /// Returns how much of a frame is kept.
    pub fn limit_bytes(&self) -> usize {
        self.limit_bytes
    }

    /// Returns how many bytes are kept: of an incomplete frame, of requests that wait, and of what is still to be cut.
    pub fn kept_bytes(&self) -> usize {
        let found = self.found.iter().filter_map(|it| it.bytes.as_ref());
        self.kept.len() + self.rest.len() + found.map(Vec::len).sum::<usize>()
    }

    /// Takes the next bytes of the stream, which arrived at `nanos`. The caller takes the requests from [`next`] before it
    /// reads more, so what waits here is bounded by one chunk.
    ///
    /// [`next`]: Self::next
    pub fn push(&mut self, mut bytes: &[u8], nanos: u64) {
        while self.rest.is_empty() && self.found.is_empty() && !bytes.is_empty() {
            let (piece, rest) = bytes.split_at(bytes.len().min(PIECE_BYTES));
            self.cut(piece, nanos);
            bytes = rest;
        }
        self.rest.extend(bytes);
    }

    /// Returns the next request, if one is complete.
    pub fn next(&mut self, nanos: u64) -> Option<PeerRequest> {
        while self.found.is_empty() && !self.rest.is_empty() {
            let len = self.rest.len().min(PIECE_BYTES);
            let piece: Vec<u8> = self.rest.drain(..len).collect();
            self.cut(&piece, nanos);
        }
        let request = self.found.pop_front();
        if self.found.is_empty() && self.rest.is_empty() {
            self.found.shrink_to_fit();
            self.rest.shrink_to_fit();
        }
        request
    }

    /// Returns whether a request may be waiting: the connection must not be read until it is answered.
    pub fn are_waiting(&self) -> bool {
        !self.found.is_empty() || !self.rest.is_empty()
    }

    /// Returns when a silence completes the last frame.
    pub fn deadline_nanos(&self) -> Option<u64> {
        self.cutter.deadline_nanos()
    }

    /// Notes that no byte arrived before `nanos`.
    pub fn pass(&mut self, nanos: u64) {
        self.find(|cutter, emit| cutter.pass(nanos, emit));
    }

    /// Notes that the stream has ended.
    pub fn finish(&mut self, nanos: u64) {
        while !self.rest.is_empty() {
            let piece: Vec<u8> = self.rest.drain(..).collect();
            self.cut(&piece, nanos);
        }
        self.find(|cutter, emit| cutter.finish(emit));
    }

    fn cut(&mut self, piece: &[u8], nanos: u64) {
        if self.keeps_bytes {
            self.kept.extend_from_slice(piece);
        }
        self.find(|cutter, emit| cutter.push(piece, nanos, emit));
        if self.cutter.is_whole() && !self.is_counted {
            let bytes = self.kept_of(&self.cutter.pending());
            self.found.push_back(PeerRequest { bytes });
            self.is_counted = true;
        }
        self.forget();
    }

    /// Adds the frames that `cut` completes and that were not found before. A malformed frame is no request.
    fn find(&mut self, cut: impl FnOnce(&mut Cutter, &mut dyn FnMut(Frame))) {
        let mut ranges = Vec::new();
        let is_counted = &mut self.is_counted;
        cut(&mut self.cutter, &mut |frame| {
            let was_counted = std::mem::take(is_counted);
            if frame.fault.is_none() && !was_counted {
                ranges.push(frame.range);
            }
        });
        for range in ranges {
            let bytes = self.kept_of(&range);
            self.found.push_back(PeerRequest { bytes });
        }
    }

    fn kept_of(&self, range: &Range<u64>) -> Option<Vec<u8>> {
        if !self.keeps_bytes {
            return Some(Vec::new());
        }
        let start = range.start.checked_sub(self.kept_from)?;
        let end = range.end.checked_sub(self.kept_from)?;
        let bytes = self.kept.get(start as usize..end as usize)?;
        (bytes.len() <= self.limit_bytes).then(|| bytes.to_vec())
    }

    /// Drops the bytes of complete frames, and of one that has become too long.
    fn forget(&mut self) {
        if !self.keeps_bytes {
            return;
        }
        let pending = self.cutter.pending();
        let needed = if pending.end - pending.start > self.limit_bytes as u64 {
            pending.end
        } else {
            pending.start
        };
        let spent = needed.saturating_sub(self.kept_from) as usize;
        if spent > 0 {
            self.kept.drain(..spent.min(self.kept.len()));
            self.kept_from = needed;
        }
        if self.kept.is_empty() {
            self.kept.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn requests(framing: &str, chunks: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut requests = Requests::new(&framing.parse().unwrap(), true);
        let mut all = Vec::new();
        for chunk in chunks {
            requests.push(chunk, 0);
            while let Some(request) = requests.next(0) {
                all.push(request.bytes.unwrap());
            }
        }
        requests.finish(0);
        while let Some(request) = requests.next(0) {
            all.push(request.bytes.unwrap());
        }
        all
    }

    #[test]
    fn each_frame_is_a_request_with_its_bytes() {
        let check = |framing: &str, chunks: &[&[u8]], expected: &[&[u8]]| {
            assert_eq!(requests(framing, chunks), expected, "{framing}");
        };
        check(
            "crlf",
            &[b"HELO a\r\nMA", b"IL\r\n"],
            &[b"HELO a\r\n", b"MAIL\r\n"],
        );
        check("line", &[b"a\r", b"\nb\n"], &[b"a\r", b"b\n"]);
        check("fixed:2", &[b"abcde"], &[b"ab", b"cd"]);
        check(
            "length:u8",
            &[b"\x02", b"ab\x01", b"c"],
            &[b"\x02ab", b"\x01c"],
        );
    }

    #[test]
    fn a_frame_that_is_too_long_has_no_bytes_and_the_next_one_has() {
        let mut requests = Requests::new(&"lf".parse().unwrap(), true);
        let long = vec![b'x'; MAX_REQUEST_BYTES + 5];
        requests.push(&long, 0);
        requests.push(b"\nok\n", 0);
        assert_eq!(requests.next(0), Some(PeerRequest { bytes: None }));
        let bytes = Some(b"ok\n".to_vec());
        assert_eq!(requests.next(0), Some(PeerRequest { bytes }));
        assert_eq!(requests.next(0), None);
        assert!(requests.kept.capacity() < 2 * MAX_REQUEST_BYTES);
    }

    #[test]
    fn what_is_not_taken_waits_uncut() {
        let mut requests = Requests::new(&"fixed:1".parse().unwrap(), false);
        requests.push(&vec![0; 100_000], 0);
        assert!(requests.found.len() <= PIECE_BYTES);
        for _ in 0..100_000 {
            assert!(requests.are_waiting());
            assert!(requests.next(0).is_some());
        }
        assert!(!requests.are_waiting());
    }

    proptest! {
        #[test]
        fn requests_do_not_depend_on_the_chunks(
            bytes in prop::collection::vec(prop::sample::select(b"ab\r\n\x02".to_vec()), 0..3000),
            splits in prop::collection::vec(0..3000_usize, 0..6),
            framing in prop::sample::select(vec!["lf", "crlf", "fixed:3", "length:u8", "delimiter:6162"]),
        ) {
            let mut at: Vec<usize> = splits.into_iter().map(|at| at.min(bytes.len())).collect();
            at.extend([0, bytes.len()]);
            at.sort_unstable();
            let chunks: Vec<&[u8]> = at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            prop_assert_eq!(requests(framing, &chunks), requests(framing, &[&bytes]));
        }
    }
}
