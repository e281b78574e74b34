//! The length at the beginning of a frame.

use super::Cut;
use crate::payload::framing::{LengthPrefix, MAX_FRAME_BYTES, VarintPrefix};

/// The length at the beginning of a frame.
#[derive(Clone, Copy, Debug)]
pub(super) enum LengthHead {
    Prefix(LengthPrefix),
    Varint(VarintPrefix),
    Postgres(PostgresHead),
}

/// The head of a PostgreSQL message, as far as it has been read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PostgresHead {
    has_type: bool,
    /// Whether its only byte may be the whole answer to a request for encryption.
    pub(super) may_be_answer: bool,
}

impl PostgresHead {
    /// The bytes that answer a request for encryption: yes, no, and yes for GSSAPI.
    const ANSWERS: [u8; 3] = *b"SNG";
    /// The server answers at most two requests for encryption, before it sends anything else.
    const MOST_ANSWERS: u64 = 2;

    /// Takes the first two bytes of a message that begins at `start`. Returns whether the first one is a message by
    /// itself: otherwise the highest byte of the length follows, which is 0.
    pub(super) fn begin(&mut self, bytes: &[u8], start: u64, pending: u64) -> bool {
        let mut bytes = bytes.iter();
        if pending == 0
            && let Some(first) = bytes.next()
        {
            self.has_type = *first != 0;
            self.may_be_answer = start < Self::MOST_ANSWERS && Self::ANSWERS.contains(first);
        }
        let second = bytes.next();
        second.is_some_and(|byte| std::mem::take(&mut self.may_be_answer) && *byte != 0)
    }

    /// The offset of the length.
    pub(super) fn offset(self) -> u64 {
        self.has_type.into()
    }
}

/// Reads the length at the beginning of a frame.
pub(super) fn scan_head(
    head: LengthHead,
    value: &mut u64,
    total: &mut Option<u64>,
    bytes: &[u8],
    pending: u64,
) -> (usize, Cut) {
    /// The bytes of PostgreSQL's length, which counts itself.
    const POSTGRES_LENGTH_BYTES: u64 = 4;
    for (taken, (place, &byte)) in (1..).zip((pending..).zip(bytes)) {
        let whole = match head {
            LengthHead::Prefix(prefix) => {
                if let Some(digit) = place.checked_sub(prefix.offset.into()) {
                    if prefix.is_big_endian {
                        *value = *value << 8 | u64::from(byte);
                    } else {
                        *value |= u64::from(byte) << (8 * digit);
                    }
                }
                if place + 1 < prefix.head_bytes() as u64 {
                    continue;
                }
                prefix.total_bytes(*value)
            }
            LengthHead::Varint(prefix) => {
                let Some(digit) = place.checked_sub(prefix.offset.into()) else {
                    continue;
                };
                if digit + 1 >= prefix.most_bytes.into() && byte > prefix.most_last() {
                    return (taken, Cut::Varint);
                }
                *value |= u64::from(byte & 0x7F) << (7 * digit);
                if byte >= 0x80 {
                    continue;
                }
                let whole = value.checked_add(place + 1);
                whole.filter(|whole| *whole <= MAX_FRAME_BYTES)
            }
            LengthHead::Postgres(head) => {
                if place >= head.offset() {
                    *value = *value << 8 | u64::from(byte);
                }
                if place + 1 < head.offset() + POSTGRES_LENGTH_BYTES {
                    continue;
                }
                let is_possible = (POSTGRES_LENGTH_BYTES..MAX_FRAME_BYTES).contains(value);
                is_possible.then(|| *value + head.offset())
            }
        };
        return match whole {
            None => (taken, Cut::Length),
            Some(whole) if whole == place + 1 => (taken, Cut::Whole),
            Some(whole) => {
                *total = Some(whole);
                (taken, Cut::None)
            }
        };
    }
    (bytes.len(), Cut::None)
}
