//! The tags of the fields of bodies.

/// The positions of both streams before the entry: offset, and the bytes of an unfinished character.
pub(super) const RECEIVED_OFFSET: u8 = 1;
pub(super) const RECEIVED_CARRY: u8 = 2;
pub(super) const SENT_OFFSET: u8 = 3;
pub(super) const SENT_CARRY: u8 = 4;
/// An address: 24 bytes as in the row of a flow, or `7`, a kind of name, and a name (`super::fields`).
pub(super) const ADDRESS: u8 = 8;
pub(super) const BACKLOG_REQUESTED: u8 = 9;
pub(super) const BACKLOG_EFFECTIVE: u8 = 10;
/// A flag.
pub(super) const DUAL_STACK: u8 = 11;
/// A text: the name or the target, as typed.
pub(super) const HOST: u8 = 12;
pub(super) const PORT: u8 = 13;
/// How long something took, or was allowed to take, in nanoseconds.
pub(super) const NANOS: u8 = 14;
/// A flag: no address is left to try.
pub(super) const LAST: u8 = 15;
/// How many of what the kind counts: bytes, entries, connections.
pub(super) const COUNT: u8 = 16;
/// How many bytes were queued and not written.
pub(super) const UNSENT: u8 = 17;
/// A flag: received bytes were left unread.
pub(super) const UNREAD: u8 = 18;
/// 1: disconnected, 2: stopped, 3: after the reply, 4: the peer finished, 5: a failure, 6: reset by us, 7: forgotten after
/// a silence, 8: forgotten because there were too many peers.
pub(super) const CLOSED_BY: u8 = 19;
/// 1: received, 2: sent.
pub(super) const DIRECTION: u8 = 20;
/// A jump of the clock in nanoseconds: 8 bytes, signed.
pub(super) const JUMP: u8 = 21;
/// A bound that was reached.
pub(super) const LIMIT: u8 = 22;
/// How many bytes were queued before.
pub(super) const QUEUED: u8 = 23;
/// A process on this machine: its number, its user's number and its name.
pub(super) const PID: u8 = 24;
pub(super) const UID: u8 = 25;
pub(super) const COMMAND: u8 = 26;
/// What is done with new connections. 1: accepted, 2: closed at once, 3: left in the queue.
pub(super) const ACCEPTING: u8 = 27;
/// The most bytes per second, and of one write.
pub(super) const RATE: u8 = 28;
pub(super) const SLICE: u8 = 29;
/// The SYN of a peer, from its IP header on.
pub(super) const SYN: u8 = 30;
/// What failed: a number of [`super::failure`].
pub(super) const FAILURE: u8 = 32;
/// An error of the operating system: its name, its code (4 bytes, signed), the number of its kind and
/// its text.
pub(super) const OS: u8 = 33;
pub(super) const OS_CODE: u8 = 34;
pub(super) const OS_KIND: u8 = 35;
pub(super) const OS_TEXT: u8 = 36;
/// A template that could not be rendered: where (line, column, first byte, byte after the last), what (a number of
/// [`super::problem`]), and its arguments: numbers of 16 bytes, signed, and a text.
pub(super) const LINE: u8 = 40;
pub(super) const COLUMN: u8 = 41;
pub(super) const FROM: u8 = 42;
pub(super) const TO: u8 = 43;
pub(super) const PROBLEM: u8 = 44;
pub(super) const FIRST_NUMBER: u8 = 45;
pub(super) const SECOND_NUMBER: u8 = 46;
pub(super) const THIRD_NUMBER: u8 = 47;
pub(super) const PROBLEM_TEXT: u8 = 48;
/// Why the lab did not work. 1: the address is outside; 2, 3: the server is in the system's network, in the lab; from 16
/// on: refused at this step ([`crate::net::LabStep::ALL`]).
pub(super) const LAB: u8 = 49;
/// What caused a refusal ([`crate::net::LabCause::ALL`]).
pub(super) const LAB_CAUSE: u8 = 50;
/// What chance did to a message. 1: dropped, 2: corrupted.
pub(super) const DISTURBANCE: u8 = 51;
/// Of a corrupted message: which byte, what it should be, and what it is.
pub(super) const BYTE_AT: u8 = 52;
pub(super) const BYTE_FROM: u8 = 53;
pub(super) const BYTE_TO: u8 = 54;
/// Another endpoint: its number, and why it did not do what was requested ([`crate::net::Unreached::ALL`]).
pub(super) const ENDPOINT: u8 = 55;
pub(super) const UNREACHED: u8 = 56;
/// Multicast groups: 17 bytes each, of which the first is 4 or 6 as in an address.
pub(super) const GROUPS: u8 = 57;
/// An ICMP message: its type, its code, and the address that it came from, as a group.
pub(super) const ICMP: u8 = 58;
pub(super) const ICMP_BY: u8 = 59;
/// The whole length of something that was cut.
pub(super) const WHOLE: u8 = 60;
/// The name of a sequence, and how it ended. 1: passed, 2: failed, 3: cancelled.
pub(super) const SEQUENCE: u8 = 64;
pub(super) const OUTCOME: u8 = 65;
/// Of one that did not pass: the step, and why. 1: it had its time, 2: the connection ended, 3: a template, 4: not all was
/// sent, 5: there was no connection.
pub(super) const STEP: u8 = 66;
pub(super) const STEP_FAILURE: u8 = 67;
/// The first bytes of the request that came nearest, and its length. [`BYTE_AT`] is where it differs, [`BYTE_FROM`] the
/// byte there and [`BYTE_TO`] the expected one.
pub(super) const NEAREST: u8 = 68;
pub(super) const NEAREST_BYTES: u8 = 69;

pub(super) fn is_known(tag: u8) -> bool {
    matches!(tag, 1..=4 | 8..=30 | 32..=36 | 40..=60 | 64..=69)
}
