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
/// Of TLS, what both ends agreed on: the version (a number of 2 bytes), the cipher suite, the group, the protocol inside
/// and the name that the client asked for.
pub(super) const TLS_VERSION: u8 = 70;
pub(super) const SUITE: u8 = 71;
pub(super) const GROUP: u8 = 72;
pub(super) const ALPN: u8 = 73;
pub(super) const SERVER_NAME: u8 = 74;
/// How they came to it. 1: from the beginning, 2: retried with another group, 3: resumed.
pub(super) const HANDSHAKE: u8 = 75;
/// Whether the peer's certificate was checked. 1: it is good, 2: earlier, 3: not, 4: there was none.
pub(super) const CHECK: u8 = 76;
/// The peer's certificates (DER), a field for each, its own first.
pub(super) const CERTIFICATE: u8 = 77;
/// Whether the client was asked for a certificate (1: no, 2: yes), and a flag: whether it gave one.
pub(super) const CERTIFICATE_ASKED: u8 = 78;
pub(super) const CERTIFICATE_GIVEN: u8 = 79;
/// What a client offered: versions of 2 bytes each, and a field for each protocol, cipher suite, group and scheme.
pub(super) const OFFERED_VERSIONS: u8 = 80;
pub(super) const OFFERED_ALPN: u8 = 81;
pub(super) const OFFERED_SUITES: u8 = 82;
pub(super) const OFFERED_GROUPS: u8 = 83;
pub(super) const OFFERED_SCHEMES: u8 = 84;
/// Flags: it offers to resume a session, and all of its hello could be read. Between them, its random number.
pub(super) const RESUMES: u8 = 85;
pub(super) const RANDOM: u8 = 86;
pub(super) const WHOLE_HELLO: u8 = 87;
/// An alert by its number, and a flag: it is fatal.
pub(super) const ALERT: u8 = 88;
pub(super) const FATAL: u8 = 89;
/// A line of a key log, a field for each.
pub(super) const SECRET: u8 = 90;
/// Why TLS failed: a number of [`super::tls_failure`], who says so (1: we, 2: the peer, 3: nobody), and a flag: whether it
/// was in the handshake.
pub(super) const TLS_PROBLEM: u8 = 91;
pub(super) const ACCUSER: u8 = 92;
pub(super) const IN_HANDSHAKE: u8 = 93;
/// Of a certificate: whose it is, who signed it, and a flag: whether it came alone.
pub(super) const SUBJECT: u8 = 94;
pub(super) const ISSUER: u8 = 95;
pub(super) const SINGLE: u8 = 96;
/// What was expected, and what came, a field for each.
pub(super) const EXPECTED: u8 = 97;
pub(super) const PRESENTED: u8 = 98;
/// A moment in seconds since 1970, and when it was compared: 8 bytes each, signed.
pub(super) const MOMENT: u8 = 99;
pub(super) const NOW: u8 = 100;
/// What a library said.
pub(super) const DETAIL: u8 = 101;
/// What a server accepts: versions of 2 bytes each, a field for each name; and the names that a client offered.
pub(super) const ACCEPTED_VERSIONS: u8 = 102;
pub(super) const ACCEPTED: u8 = 103;
pub(super) const OFFERED: u8 = 104;
/// What there is none in common of. 1: cipher suites, 2: groups, 3: signature schemes.
pub(super) const CHOICE: u8 = 105;
/// The first bytes of a peer that speaks no TLS, and what they look like ([`super::tls_failure`]).
pub(super) const FIRST_BYTES: u8 = 106;
pub(super) const LOOKS_LIKE: u8 = 107;
/// How far a handshake came, and how it was closed ([`super::tls_failure`]).
pub(super) const STAGE: u8 = 108;
pub(super) const CLOSED_HOW: u8 = 109;
/// What is wrong with settings of TLS, and with a certificate or key (numbers of [`super::tls_failure`]); the files.
pub(super) const TLS_SETTING: u8 = 110;
pub(super) const IDENTITY: u8 = 111;
pub(super) const PATH: u8 = 112;
pub(super) const KEY_PATH: u8 = 113;
/// Why a name has no address. 1: it is not found, 2: no name server answered; absent for anything else.
pub(super) const LOOK_UP: u8 = 114;

pub(super) fn is_known(tag: u8) -> bool {
    matches!(tag, 1..=4 | 8..=30 | 32..=36 | 40..=60 | 64..=114)
}
