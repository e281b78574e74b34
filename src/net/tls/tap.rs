//! Listens to the bytes of a handshake on their way, for what rustls does not report: the hellos, alerts that nobody
//! encrypted, and the first bytes of a peer that speaks something else. Kept in memory only until the handshake is over.

use super::hello::{ChosenSuite, Hello};

/// How many bytes of handshake messages are looked at in one direction.
const MAX_HANDSHAKE_BYTES: usize = 64 * 1024;
/// How many bytes are kept of what came first.
pub(super) const FIRST_BYTES: usize = 16;
/// How many alerts of one direction wait to be taken.
const MAX_ALERTS: usize = 8;
/// The header of a record: its kind, its version, and the length of what follows (RFC 8446 section 5.1).
pub(super) const HEADER_BYTES: usize = 5;
/// The longest content of a record, with all that encryption may add (RFC 5246 section 6.2.3).
pub(super) const MAX_CONTENT_BYTES: usize = 16 * 1024 + 2048;

/// Kinds of records (RFC 8446 section 5.1).
pub(super) mod record {
    pub(in crate::net::tls) const CHANGE_CIPHER_SPEC: u8 = 20;
    pub(in crate::net::tls) const ALERT: u8 = 21;
    pub(in crate::net::tls) const HANDSHAKE: u8 = 22;
    pub(in crate::net::tls) const HEARTBEAT: u8 = 24;
}

/// Kinds of handshake messages (RFC 8446 section 4).
mod message {
    pub(super) const CLIENT_HELLO: u8 = 1;
    pub(super) const SERVER_HELLO: u8 = 2;
}

/// An alert as it was on the wire, unencrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainAlert {
    pub(super) is_fatal: bool,
    pub(super) number: u8,
}

/// What is heard in one direction.
#[derive(Debug, Default)]
pub(super) struct Tap {
    first: Vec<u8>,
    /// A header that is not complete.
    header: Vec<u8>,
    /// What is left of the content of the current record, and its kind.
    content: usize,
    kind: u8,
    /// The alert that is being heard.
    alert: Vec<u8>,
    /// Handshake messages, until the hello is complete.
    messages: Vec<u8>,
    /// The body of what a client offered.
    hello: Option<Vec<u8>>,
    chosen: Option<ChosenSuite>,
    alerts: Vec<PlainAlert>,
    /// Whether what follows cannot be read, or is of no interest.
    is_done: bool,
    has_hello: bool,
}

impl Tap {
    /// Hears bytes that passed. What a hello says is read only when it is asked for.
    pub(super) fn hear(&mut self, mut bytes: &[u8]) {
        let missing = FIRST_BYTES - self.first.len();
        self.first.extend_from_slice(prefix(bytes, missing));
        while !bytes.is_empty() && !self.is_done {
            if self.content == 0 {
                let missing = HEADER_BYTES - self.header.len();
                let taken = prefix(bytes, missing);
                self.header.extend_from_slice(taken);
                bytes = &bytes[taken.len()..];
                if self.header.len() == HEADER_BYTES {
                    self.begin_record();
                }
            } else {
                let taken = prefix(bytes, self.content);
                self.content -= taken.len();
                bytes = &bytes[taken.len()..];
                self.hear_content(taken);
            }
        }
    }

    fn begin_record(&mut self) {
        let length = usize::from(u16::from_be_bytes([self.header[3], self.header[4]]));
        self.kind = self.header[0];
        self.is_done = !looks_like_record(&self.header) || length > MAX_CONTENT_BYTES;
        self.content = length;
        self.header.clear();
        self.alert.clear();
    }

    fn hear_content(&mut self, bytes: &[u8]) {
        match self.kind {
            record::HANDSHAKE if !self.has_hello => {
                let room = MAX_HANDSHAKE_BYTES - self.messages.len();
                self.messages.extend_from_slice(prefix(bytes, room));
                if let Some((kind, body)) = complete_message(&self.messages) {
                    match kind {
                        message::CLIENT_HELLO => self.hello = Some(body.to_vec()),
                        message::SERVER_HELLO => self.chosen = ChosenSuite::read(body),
                        _ => {}
                    }
                    self.has_hello = true;
                    self.messages = Vec::new();
                }
            }
            record::ALERT => {
                self.alert.extend_from_slice(prefix(bytes, 3));
                // One that is encrypted is longer.
                if let ([level, number], 0) = (&self.alert[..], self.content)
                    && self.alerts.len() < MAX_ALERTS
                {
                    self.alerts.push(PlainAlert {
                        is_fatal: *level == 2,
                        number: *number,
                    });
                }
            }
            _ => {}
        }
    }

    /// Returns how many of the `next` bytes complete the current record, or its header; without bound for what is none.
    pub(super) fn missing(&self, next: &[u8]) -> usize {
        let begins = self.content == 0 && self.header.is_empty();
        match self.content {
            _ if self.is_done || (begins && !looks_like_record(next)) => usize::MAX,
            0 => match next {
                [_, _, _, high, low, ..] if begins => {
                    HEADER_BYTES + usize::from(u16::from_be_bytes([*high, *low]))
                }
                _ => HEADER_BYTES - self.header.len(),
            },
            content => content,
        }
    }

    /// Takes what a client offered, once.
    pub(super) fn take_hello(&mut self) -> Option<Hello> {
        self.hello.take().map(|body| Hello::read(&body))
    }

    /// Returns what a server chose.
    pub(super) fn chosen(&self) -> Option<&ChosenSuite> {
        self.chosen.as_ref()
    }

    /// Takes the alerts that were heard.
    pub(super) fn take_alerts(&mut self) -> Vec<PlainAlert> {
        std::mem::take(&mut self.alerts)
    }

    /// Returns whether a first message was complete.
    pub(super) fn has_hello(&self) -> bool {
        self.has_hello
    }

    /// Returns what came first.
    pub(super) fn first(&self) -> &[u8] {
        &self.first
    }

    /// Returns whether what came first begins like TLS. One byte is enough to say no.
    pub(super) fn sounds_like_tls(&self) -> bool {
        looks_like_record(&self.first)
    }
}

/// Returns whether bytes can be the beginning of a record.
fn looks_like_record(bytes: &[u8]) -> bool {
    let kinds = record::CHANGE_CIPHER_SPEC..=record::HEARTBEAT;
    bytes.first().is_none_or(|kind| kinds.contains(kind))
        && bytes.get(1).is_none_or(|major| *major == 3)
}

/// Returns the kind and the body of the first handshake message, if all of it is there.
fn complete_message(messages: &[u8]) -> Option<(u8, &[u8])> {
    let (header, rest) = messages.split_first_chunk::<4>()?;
    let [kind, high, middle, low] = *header;
    let length = u32::from_be_bytes([0, high, middle, low]) as usize;
    Some((kind, rest.get(..length)?))
}

fn prefix(bytes: &[u8], most: usize) -> &[u8] {
    &bytes[..bytes.len().min(most)]
}

/// Reads arbitrary bytes as a handshake in pieces of `step` bytes: the body of a fuzz target. Returns how many hellos
/// and alerts were heard, which does not depend on `step`.
#[doc(hidden)]
pub fn fuzz_tap(bytes: &[u8], step: usize) -> (usize, usize) {
    let mut tap = Tap::default();
    for piece in bytes.chunks(step.max(1)) {
        tap.hear(piece);
        assert!(tap.messages.len() <= MAX_HANDSHAKE_BYTES && tap.first.len() <= FIRST_BYTES);
    }
    let hellos = usize::from(tap.take_hello().is_some()) + usize::from(tap.chosen().is_some());
    (hellos, tap.take_alerts().len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn record_of(kind: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[kind, 3, 1], &length[..], content].concat()
    }

    /// A hello with two suites, in as many records as it has pieces of `size` bytes.
    fn hello_in_records(size: usize) -> Vec<u8> {
        let mut body = vec![3, 3];
        body.extend([7; 32]);
        body.extend([0, 0, 4, 0xc0, 0x2f, 0x0a, 0x0a, 1, 0]);
        let mut message = vec![1, 0, 0, u8::try_from(body.len()).unwrap()];
        message.extend(body);
        let records = message
            .chunks(size)
            .map(|it| record_of(record::HANDSHAKE, it));
        records.flatten().collect()
    }

    #[test]
    fn a_hello_in_many_records_is_heard_byte_by_byte() {
        for size in [1, 2, 5, 100] {
            let mut tap = Tap::default();
            for byte in hello_in_records(size) {
                tap.hear(&[byte]);
            }
            let hello = tap.take_hello().unwrap();
            assert!(hello.is_whole);
            assert_eq!(
                hello.suites,
                ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "0x0A0A"]
            );
            assert_eq!(tap.take_hello(), None);
        }
    }

    #[test]
    fn only_unencrypted_alerts_are_heard() {
        let mut tap = Tap::default();
        tap.hear(&record_of(record::ALERT, &[2, 70]));
        tap.hear(&record_of(record::ALERT, &[9; 26]));
        tap.hear(&record_of(record::ALERT, &[1, 112]));
        let alerts = tap.take_alerts();
        let numbers: Vec<_> = alerts.iter().map(|it| (it.is_fatal, it.number)).collect();
        assert_eq!(numbers, [(true, 70), (false, 112)]);
    }

    #[test]
    fn one_byte_is_enough_to_say_that_it_is_not_tls() {
        let mut tap = Tap::default();
        assert!(tap.sounds_like_tls());
        tap.hear(b"G");
        assert!(!tap.sounds_like_tls());
        tap.hear(b"ET / HTTP/1.1\r\nHost: x\r\n");
        assert_eq!(tap.first(), b"GET / HTTP/1.1\r\n");
    }

    #[test]
    fn an_endless_message_is_kept_up_to_the_bound() {
        let mut tap = Tap::default();
        let mut content = vec![1, 0xff, 0xff, 0xff];
        content.resize(16 * 1024, 0);
        for _ in 0..10 {
            tap.hear(&record_of(record::HANDSHAKE, &content));
        }
        assert!(!tap.has_hello());
        assert_eq!(tap.messages.len(), MAX_HANDSHAKE_BYTES);
    }

    proptest! {
        #[test]
        fn any_split_hears_the_same(
            records in proptest::collection::vec(
                (20_u8..25, proptest::collection::vec(any::<u8>(), 0..40)), 0..6
            ),
            junk in proptest::collection::vec(any::<u8>(), 0..20),
            step in 1_usize..50,
        ) {
            let mut bytes = hello_in_records(step);
            bytes.extend(records.iter().flat_map(|(kind, content)| record_of(*kind, content)));
            bytes.extend(junk);
            prop_assert_eq!(fuzz_tap(&bytes, step), fuzz_tap(&bytes, usize::MAX));
        }

        #[test]
        fn any_bytes_are_heard(bytes in proptest::collection::vec(any::<u8>(), 0..300), step in 1_usize..50) {
            prop_assert_eq!(fuzz_tap(&bytes, step), fuzz_tap(&bytes, usize::MAX));
        }
    }
}
