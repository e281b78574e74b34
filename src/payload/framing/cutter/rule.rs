//! What ends a frame, and how far a stream has come towards it.

use super::http::Http;
use super::length::{LengthHead, PostgresHead, scan_head};
use super::resp::Resp;
use super::seek::Seek;
use super::websocket::WebSocket;
use super::{Cut, Fault, take};
use crate::payload::framing::{FrameMarks, Framing, LineBreak, SLIP_END};

#[derive(Clone, Debug)]
pub(super) enum CutRule {
    AnyLine {
        is_after_cr: bool,
    },
    Until(Seek),
    Fixed(u64),
    Counted {
        head: LengthHead,
        value: u64,
        total: Option<u64>,
    },
    Between {
        start: Seek,
        end: Seek,
        escape: Option<u8>,
        place: MarkedPlace,
    },
    Slip {
        has_data: bool,
    },
    Silence {
        nanos: u64,
    },
    Http(Box<Http>),
    Resp(Resp),
    WebSocket(WebSocket),
}

/// The position within a stream with marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkedPlace {
    Outside,
    Inside,
    /// After an escape.
    Escaped,
}

impl CutRule {
    pub(super) fn new(framing: &Framing) -> Self {
        match framing {
            Framing::Line(LineBreak::Any) => Self::AnyLine { is_after_cr: false },
            Framing::Line(LineBreak::Lf) => Self::Until(Seek::new(b"\n")),
            Framing::Line(LineBreak::CrLf) => Self::Until(Seek::new(b"\r\n")),
            Framing::Line(LineBreak::Cr) => Self::Until(Seek::new(b"\r")),
            Framing::Delimiter(bytes) => Self::Until(Seek::new(bytes)),
            Framing::Fixed(bytes) => Self::Fixed((*bytes).into()),
            Framing::Length(prefix) => Self::counted(LengthHead::Prefix(*prefix)),
            Framing::Varint(prefix) => Self::counted(LengthHead::Varint(*prefix)),
            Framing::Postgres => Self::counted(LengthHead::Postgres(PostgresHead::default())),
            Framing::Between(FrameMarks { start, end, escape }) => Self::Between {
                start: Seek::new(start),
                end: Seek::new(end),
                escape: *escape,
                place: MarkedPlace::Outside,
            },
            Framing::Slip => Self::Slip { has_data: false },
            Framing::Silence(time) => Self::Silence {
                nanos: u64::try_from(time.as_nanos()).unwrap_or(u64::MAX),
            },
            Framing::Http => Self::Http(Box::new(Http::new())),
            Framing::Resp => Self::Resp(Resp::new()),
            Framing::WebSocket => Self::WebSocket(WebSocket::new()),
        }
    }

    pub(super) fn counted(head: LengthHead) -> Self {
        Self::Counted {
            head,
            value: 0,
            total: None,
        }
    }

    /// Scans the next bytes of a frame that begins at `start` and of which `pending` bytes have been scanned. Returns how
    /// many were consumed, and the cut.
    #[expect(
        clippy::inline_always,
        reason = "it is called in one place, once or twice for each frame"
    )]
    #[inline(always)]
    pub(super) fn scan(&mut self, bytes: &[u8], start: u64, pending: u64) -> (usize, Cut) {
        let all = (bytes.len(), Cut::None);
        match self {
            Self::AnyLine { is_after_cr } => scan_line(is_after_cr, bytes),
            Self::Until(seek) => match seek.find(bytes) {
                Some(taken) => (taken, Cut::Whole),
                None => all,
            },
            Self::Fixed(total) => take(bytes, total.saturating_sub(pending)),
            Self::Counted { head, value, total } => {
                if let Some(whole) = *total {
                    let (taken, cut) = take(bytes, whole.saturating_sub(pending));
                    if cut == Cut::Whole {
                        *total = None;
                    }
                    return (taken, cut);
                }
                *value = if pending == 0 { 0 } else { *value };
                if let LengthHead::Postgres(head) = head
                    && head.begin(bytes, start, pending)
                {
                    // The first byte may have been consumed before.
                    return (usize::from(pending == 0), Cut::Whole);
                }
                scan_head(*head, value, total, bytes, pending)
            }
            Self::Between {
                start,
                end,
                escape,
                place,
            } => match place {
                MarkedPlace::Outside => match start.find(bytes) {
                    None => all,
                    Some(taken) => {
                        *place = MarkedPlace::Inside;
                        (taken, Cut::Outside(start.len_bytes() as u8))
                    }
                },
                MarkedPlace::Inside | MarkedPlace::Escaped => {
                    match scan_inside(end, *escape, place, bytes) {
                        None => all,
                        Some(taken) => {
                            *place = MarkedPlace::Outside;
                            (taken, Cut::Whole)
                        }
                    }
                }
            },
            Self::Slip { has_data } => scan_slip(has_data, bytes),
            Self::Silence { .. } => all,
            Self::Http(http) => http.scan(bytes),
            Self::Resp(resp) => resp.scan(bytes),
            Self::WebSocket(websocket) => websocket.scan(bytes, start, pending),
        }
    }

    /// Returns what is wrong with the frame of a [`Cut::Faulty`].
    pub(super) fn fault(&self) -> Option<Fault> {
        match self {
            Self::Http(http) => Some(http.fault()),
            Self::Resp(resp) => Some(resp.fault()),
            _ => None,
        }
    }

    /// Returns whether the length of the incomplete frame is known, and possible.
    pub(super) fn knows_length(&self) -> bool {
        match self {
            Self::Counted { total, .. } => total.is_some(),
            Self::WebSocket(websocket) => websocket.knows_length(),
            _ => false,
        }
    }

    /// Gives up a frame that is too long. Returns how many of its last bytes may begin a delimiter or a mark, and thus
    /// belong to the next frame.
    pub(super) fn give_up(&mut self) -> (usize, Fault) {
        match self {
            Self::Until(seek) => (seek.matched, Fault::TooLong),
            Self::Between {
                start,
                place: MarkedPlace::Outside,
                ..
            } => (start.matched, Fault::Outside),
            Self::Http(http) => (0, http.give_up()),
            Self::Resp(resp) => (0, resp.give_up()),
            _ => {
                self.reset();
                (0, Fault::TooLong)
            }
        }
    }

    /// Ends with the stream. Returns the fault of the pending bytes, if they are not a frame.
    pub(super) fn end(&mut self, fault: Fault) -> Option<Fault> {
        let fault = match self {
            Self::AnyLine { is_after_cr: true }
            | Self::Silence { .. }
            | Self::Counted {
                head:
                    LengthHead::Postgres(PostgresHead {
                        may_be_answer: true,
                        ..
                    }),
                ..
            } => None,
            Self::Between {
                place: MarkedPlace::Outside,
                ..
            } => Some(Fault::Outside),
            Self::Http(http) => http.end(fault),
            Self::Resp(resp) => Some(resp.lost().unwrap_or(fault)),
            _ => Some(fault),
        };
        self.reset();
        fault
    }

    pub(super) fn reset(&mut self) {
        match self {
            Self::AnyLine { is_after_cr } => *is_after_cr = false,
            Self::Until(seek) => seek.matched = 0,
            Self::Counted { total, .. } => *total = None,
            Self::Between {
                start, end, place, ..
            } => {
                (start.matched, end.matched) = (0, 0);
                *place = MarkedPlace::Outside;
            }
            Self::Slip { has_data } => *has_data = false,
            Self::Resp(resp) => resp.reset(),
            Self::WebSocket(websocket) => websocket.reset(),
            // HTTP has been reset as far as it can be.
            Self::Fixed(_) | Self::Silence { .. } | Self::Http(_) => {}
        }
    }
}

fn scan_line(is_after_cr: &mut bool, bytes: &[u8]) -> (usize, Cut) {
    if *is_after_cr {
        *is_after_cr = false;
        let is_lf = bytes.first() == Some(&b'\n');
        return (usize::from(is_lf), Cut::Whole);
    }
    let Some(end) = memchr::memchr2(b'\r', b'\n', bytes) else {
        return (bytes.len(), Cut::None);
    };
    if bytes.get(end) == Some(&b'\r') {
        *is_after_cr = true;
        return (end + 1, Cut::None);
    }
    (end + 1, Cut::Whole)
}

/// Searches for the mark that ends a frame. Returns the number of bytes up to its end.
fn scan_inside(
    end: &mut Seek,
    escape: Option<u8>,
    place: &mut MarkedPlace,
    bytes: &[u8],
) -> Option<usize> {
    let Some(escape) = escape else {
        return end.find(bytes);
    };
    for (taken, &byte) in (1..).zip(bytes) {
        let is_whole = if *place == MarkedPlace::Escaped {
            *place = MarkedPlace::Inside;
            // The escape may begin the mark itself, as in DLE ETX.
            end.matched > 0 && end.take_exactly(byte)
        } else if byte == escape {
            *place = MarkedPlace::Escaped;
            end.matched = 0;
            end.take_exactly(byte)
        } else {
            end.take(byte)
        };
        if is_whole {
            return Some(taken);
        }
    }
    None
}

fn scan_slip(has_data: &mut bool, bytes: &[u8]) -> (usize, Cut) {
    let mut ends = memchr::memchr_iter(SLIP_END, bytes);
    let mut from = 0;
    // An end mark that ends no frame begins the next one.
    let end = ends.find(|&end| {
        let is_end = *has_data || end > from;
        from = end + 1;
        is_end
    });
    if let Some(end) = end {
        *has_data = false;
        return (end + 1, Cut::Whole);
    }
    *has_data |= from < bytes.len();
    (bytes.len(), Cut::None)
}
