//! Cuts WebSocket (RFC 6455): the head of the HTTP message that opens it is the first frame of a stream, and its frames
//! follow.

use super::seek::Seek;
use super::{Cut, take};
use crate::payload::framing::MAX_FRAME_BYTES;
use crate::payload::framing::websocket_frame::{
    KEY_BYTES, LEAST_HEAD_BYTES, is_masked, length_bytes,
};

/// Where a stream of frames is.
#[derive(Clone, Debug)]
pub(super) struct WebSocket {
    /// The empty line at the end of the HTTP head.
    empty_line: Seek,
    is_in_http: bool,
    /// The second byte of the frame: whether it is masked, and its length or the width of that.
    second: u8,
    /// The length of what the frame holds, as far as it has been read.
    length: u64,
    /// The size of the frame, once it is known.
    total: Option<u64>,
}

impl WebSocket {
    pub(super) fn new() -> Self {
        Self {
            empty_line: Seek::new(b"\r\n\r\n"),
            is_in_http: false,
            second: 0,
            length: 0,
            total: None,
        }
    }

    /// Forgets the incomplete frame.
    pub(super) fn reset(&mut self) {
        self.total = None;
    }

    /// The length that was read last.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Returns whether the size of the incomplete frame is known, and possible.
    pub(super) fn knows_length(&self) -> bool {
        self.total.is_some()
    }

    /// Scans the next bytes of a frame that begins at `start` and of which `pending` bytes have been scanned.
    pub(super) fn scan(&mut self, bytes: &[u8], start: u64, pending: u64) -> (usize, Cut) {
        if let Some(total) = self.total {
            let (taken, cut) = take(bytes, total.saturating_sub(pending));
            if cut == Cut::Whole {
                self.total = None;
            }
            return (taken, cut);
        }
        if pending == 0 {
            // Without an extension, no frame begins with a letter: a stream without its handshake is cut too.
            self.is_in_http = start == 0 && bytes.first().is_some_and(u8::is_ascii_uppercase);
            self.empty_line.matched = 0;
        }
        if self.is_in_http {
            return match self.empty_line.find(bytes) {
                Some(taken) => (taken, Cut::Whole),
                None => (bytes.len(), Cut::None),
            };
        }
        self.scan_head(bytes, pending)
    }

    fn scan_head(&mut self, bytes: &[u8], pending: u64) -> (usize, Cut) {
        for (taken, (place, &byte)) in (1..).zip((pending..).zip(bytes)) {
            match place {
                0 => continue,
                1 => {
                    self.second = byte;
                    self.length = match length_bytes(byte) {
                        0 => u64::from(byte & 0x7F),
                        _ => 0,
                    };
                }
                _ => self.length = self.length << 8 | u64::from(byte),
            }
            let head = (LEAST_HEAD_BYTES + length_bytes(self.second)) as u64;
            if place + 1 < head {
                continue;
            }
            let key = if is_masked(self.second) { KEY_BYTES } else { 0 };
            let total = self.length.checked_add(head + key as u64);
            return match total.filter(|total| *total <= MAX_FRAME_BYTES) {
                None => (taken, Cut::Length),
                Some(total) if total == head => (taken, Cut::Whole),
                Some(total) => {
                    self.total = Some(total);
                    (taken, Cut::None)
                }
            };
        }
        (bytes.len(), Cut::None)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::{UNFINISHED, check, cut, framing};
    use super::super::{Cutter, Fault, Frame};
    use crate::payload::framing::Framing;

    const REQUEST: &[u8] =
        b"GET /chat HTTP/1.1\r\nHost: server.example.com\r\nUpgrade: websocket\r\n\r\n";
    // RFC 6455, 5.7.
    const HELLO: &[u8] = b"\x81\x05Hello";
    const MASKED_HELLO: &[u8] = b"\x81\x85\x37\xFA\x21\x3D\x7F\x9F\x4D\x51\x58";
    const MASKED_PONG: &[u8] = b"\x8A\x85\x37\xFA\x21\x3D\x7F\x9F\x4D\x51\x58";

    fn large(head: &[u8], len: usize) -> Vec<u8> {
        [head, &vec![b'x'; len]].concat()
    }

    #[test]
    fn frames_follow_the_handshake() {
        let long = large(b"\x82\x7E\x01\x00", 256);
        let longer = large(b"\x82\xFF\0\0\0\0\0\x01\0\0\x01\x02\x03\x04", 65_536);
        let parts: [&[u8]; 11] = [
            REQUEST,
            HELLO,
            MASKED_HELLO,
            b"\x01\x03Hel",
            b"\x80\x02lo",
            b"\x89\x00",
            b"\x89\x80\x01\x02\x03\x04",
            MASKED_PONG,
            &long,
            &longer,
            b"\x88\x02\x03\xE8",
        ];
        let expected = parts.map(|part| (part, None));
        check("websocket", &parts.concat(), &expected);
    }

    #[test]
    fn a_stream_may_begin_with_a_frame_or_end_within_one() {
        check("websocket", HELLO, &[(HELLO, None)]);
        check(
            "websocket",
            b"GET / HTTP/1.1\r\n",
            &[(b"GET / HTTP/1.1\r\n", UNFINISHED)],
        );
        for end in [1, 2, 3, 5, 10] {
            let part = &MASKED_HELLO[..end];
            check("websocket", part, &[(part, UNFINISHED)]);
        }
        // Only at its beginning: later this is a frame of 69 bytes.
        let get = large(b"GE", 69);
        check(
            "websocket",
            &[HELLO, &get].concat(),
            &[(HELLO, None), (&get, None)],
        );
    }

    #[test]
    fn an_impossible_length_is_a_fault() {
        let huge = b"\x82\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
        check(
            "websocket",
            &[huge, HELLO].concat(),
            &[(huge, Some(Fault::Length(u64::MAX))), (HELLO, None)],
        );
        // One byte more than fits into 16 MiB with its head.
        let above = b"\x82\x7F\0\0\0\0\0\xFF\xFF\xF7";
        check(
            "websocket",
            above,
            &[(above, Some(Fault::Length(0xFF_FFF7)))],
        );
        let most = large(b"\x82\x7F\0\0\0\0\0\xFF\xFF\xF6", 0xFF_FFF6);
        let frames = cut(&framing("websocket"), &[&most]);
        assert_eq!(frames.len(), 1);
        assert_eq!(frames[0].fault, None);
    }

    #[test]
    fn a_gap_is_followed_by_a_frame() {
        let mut cutter = Cutter::new(&Framing::WebSocket);
        let mut frames = Vec::new();
        cutter.push(b"GET / HT", 0, &mut |frame| frames.push(frame));
        cutter.skip(92, &mut |frame| frames.push(frame));
        cutter.push(HELLO, 0, &mut |frame| frames.push(frame));
        let expected = [(0..8, Some(Fault::Gap)), (100..107, None)];
        assert_eq!(
            frames,
            expected.map(|(range, fault)| Frame { range, fault })
        );
    }

    #[test]
    fn a_frame_holds_what_is_unmasked() {
        let check = |frame: &[u8], expected: &[u8]| {
            assert_eq!(Framing::WebSocket.payload(frame).as_ref(), expected);
        };
        check(HELLO, b"Hello");
        check(MASKED_HELLO, b"Hello");
        check(REQUEST, REQUEST);
        check(
            b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
            b"HTTP/1.1 101 Switching Protocols\r\n\r\n",
        );
        check(&large(b"\x82\x7E\x01\x00", 256), &[b'x'; 256]);
        check(b"\x81\x85\x37\xFA\x21\x3D\x7F\x9F", b"He");
        check(b"\x81\x85\x37\xFA", b"");
        check(b"\x81", b"");
        check(b"", b"");
    }

    proptest! {
        #[test]
        fn frames_are_the_same_however_they_are_split(
            parts in prop::collection::vec(
                prop::sample::select(vec![HELLO, MASKED_HELLO, MASKED_PONG, b"\x89\x00", b"\x82\x7E\x00\x02ab", b"\x82\x7F\xFF"]), 0..8),
            has_request in any::<bool>(),
            split in any::<prop::sample::Index>(),
        ) {
            let request = if has_request { REQUEST } else { b"" };
            let stream = [request, &parts.concat()].concat();
            let framing = framing("websocket");
            let whole = cut(&framing, &[&stream]);
            let (first, second) = stream.split_at(split.index(stream.len() + 1));
            prop_assert_eq!(&cut(&framing, &[first, second]), &whole);
            let bytes: Vec<_> = stream.chunks(1).collect();
            prop_assert_eq!(&cut(&framing, &bytes), &whole);
        }
    }
}
