//! Every kind of entry and error, there and back; and the bytes that never change.

use std::borrow::Cow;
use std::io::ErrorKind;

use proptest::prelude::*;

use super::*;
use crate::net::{
    Address, EndpointId, LabCause, LabError, LabRefusal, LabStep, LookUpError, LookUpErrorKind,
    NetError, Network, SequenceEnd, SystemError, Unreached,
};
use crate::payload::template::{RenderError, RenderProblem, RequestProblem};
use crate::payload::{HexProblem, Position};
use crate::script::sequence::{Difference, Miss, SequenceOutcome, StepFailure, StepNumber};

fn address() -> Address {
    "127.0.0.1:9000".parse().unwrap()
}

fn refused() -> SystemError {
    SystemError {
        os: Cow::Borrowed("linux"),
        code: Some(111),
        kind: ErrorKind::ConnectionRefused,
        text: "Connection refused (os error 111)".to_owned(),
    }
}

#[expect(clippy::too_many_lines, reason = "a list of all there are")]
fn all_failures() -> Vec<NetError> {
    let (at, source) = (address, refused());
    let from_windows = SystemError {
        os: Cow::Borrowed("windows"),
        code: Some(10_061),
        kind: ErrorKind::Other,
        text: String::new(),
    };
    let of_kind = SystemError {
        code: None,
        ..refused()
    };
    let host = || "example.org".to_owned();
    let timeout = Duration::from_secs(5);
    let mut failures = vec![
        NetError::Listen {
            address: at(),
            source: source.clone(),
        },
        NetError::LookUp {
            host: host(),
            source: of_kind.into(),
        },
        NetError::LookUp {
            host: host(),
            source: LookUpError {
                kind: LookUpErrorKind::TryAgain,
                source: source.clone(),
            },
        },
        NetError::LookUp {
            host: host(),
            source: LookUpError {
                kind: LookUpErrorKind::NotFound,
                source: source.clone(),
            },
        },
        NetError::TooManyLookUps {
            host: host(),
            limit: 8,
        },
        NetError::Connect {
            address: at(),
            source: from_windows,
        },
        NetError::ConnectTimeout {
            address: at(),
            timeout,
        },
        NetError::ConnectGivenUp { target: host() },
        NetError::Accept {
            address: at(),
            source: source.clone(),
        },
        NetError::Receive {
            peer: at(),
            source: source.clone(),
        },
        NetError::Send {
            peer: at(),
            source: source.clone(),
        },
        NetError::FinishTimeout {
            peer: at(),
            timeout,
        },
        NetError::FinishFlood {
            peer: at(),
            limit_bytes: 1 << 20,
        },
        NetError::QueueFull {
            peer: at(),
            bytes: 3,
            queued_bytes: 1 << 33,
        },
        NetError::BudgetSpent {
            peer: at(),
            bytes: 3,
            queued_bytes: 1 << 33,
        },
        NetError::RequestTooLong {
            limit_bytes: 65_536,
        },
        NetError::MemoryFull {
            limit_bytes: 1 << 24,
        },
        NetError::NotOpen { bytes: 0 },
        NetError::NotConnected { bytes: 14 },
        NetError::NoConnection,
        NetError::NoPlace,
        NetError::GroupName {
            bytes: 300,
            limit_bytes: 256,
        },
        NetError::GroupsFull { limit: 65_536 },
        NetError::NoPeers { bytes: 4 },
        NetError::Start {
            source: source.clone(),
        },
    ];
    failures.extend(Unreached::ALL.map(|why| NetError::Elsewhere {
        endpoint: EndpointId(7),
        bytes: 14,
        why,
    }));
    let mut labs = vec![
        LabError::Outside,
        LabError::OtherNetwork(Network::System),
        LabError::OtherNetwork(Network::Lab),
    ];
    let refusal = |step, cause| {
        let source = source.clone();
        LabError::Refused(LabRefusal {
            step,
            cause,
            source,
        })
    };
    labs.extend(LabStep::ALL.map(|step| refusal(step, LabCause::Unknown)));
    labs.extend(LabCause::ALL.map(|cause| refusal(LabStep::Namespace, cause)));
    failures.extend(labs.into_iter().map(|source| NetError::Lab {
        address: at(),
        source,
    }));
    let position = Position {
        line: 2,
        column: 19,
        range: 30..37,
    };
    let (from, to, len) = (-3, 9, 4);
    let problems = [
        RenderProblem::TooWide(-1),
        RenderProblem::Negative(i128::MIN),
        RenderProblem::Range { from, to, len },
        RenderProblem::Unstable,
        RenderProblem::Cycle,
        RenderProblem::Digits(HexProblem::OddDigit('a')),
        RenderProblem::Digits(HexProblem::WrongCharacter('日')),
        RenderProblem::Digits(HexProblem::MissingDigits),
        RenderProblem::Time("what the library says".to_owned()),
        RenderProblem::Encoding {
            encoding: "UTF-16LE".parse().unwrap(),
            character: '€',
        },
        RenderProblem::NoFile,
        RenderProblem::TooLong,
        RenderProblem::NoRequest,
        RenderProblem::Request(RequestProblem::Range {
            from: 4,
            to: -1,
            len: 3,
        }),
        RenderProblem::Request(RequestProblem::NoHeader("Cookie".to_owned())),
        RenderProblem::Request(RequestProblem::NoMatch),
        RenderProblem::NoIp,
        RenderProblem::NoPiece("topic".to_owned()),
        RenderProblem::NoMemory,
        RenderProblem::Place,
        RenderProblem::NotRemembered(b"a\xFF".to_vec()),
        RenderProblem::BeyondMemory {
            from: 4,
            len: Some(2),
            remembered: 3,
        },
        RenderProblem::BeyondMemory {
            from: 4,
            len: None,
            remembered: 3,
        },
        RenderProblem::NoKey,
    ];
    failures.extend(tls_tests::failures());
    failures.extend(problems.map(|problem| NetError::Template {
        source: RenderError {
            position: position.clone(),
            problem,
        },
    }));
    failures
}

fn corrupted() -> EventKind {
    EventKind::Disturbed(Disturbance::Corrupted {
        bytes: 14,
        at: 3,
        from: 0x41,
        to: 0x43,
    })
}

fn reconnecting(attempts: Option<NonZeroU32>) -> EventKind {
    EventKind::Reconnecting {
        after: Duration::from_nanos(300),
        attempt: 3,
        attempts,
    }
}

fn sequence_ended(outcome: SequenceOutcome) -> EventKind {
    EventKind::SequenceEnded {
        name: "log in".to_owned(),
        end: Arc::new(SequenceEnd { outcome, others: 3 }),
    }
}

fn failed_at_2(why: StepFailure) -> EventKind {
    let step = StepNumber(2);
    sequence_ended(SequenceOutcome::Failed { step, why })
}

fn timed_out(difference: Option<Difference>) -> EventKind {
    failed_at_2(StepFailure::TimedOut {
        within: Duration::from_secs(2),
        nearest: Some(Miss {
            excerpt: b"332".to_vec(),
            len_bytes: 300,
            difference,
        }),
    })
}

fn difference() -> Difference {
    Difference {
        at: 2,
        expected: Some(b'1'),
        found: Some(b'2'),
    }
}

fn sequence_kinds() -> Vec<EventKind> {
    let template = all_failures().into_iter().find_map(|it| match it {
        NetError::Template { source } => Some(source),
        _ => None,
    });
    let ends_before = Some(Difference {
        at: 300,
        expected: None,
        found: None,
    });
    vec![
        EventKind::SequenceBegan {
            name: "log in".to_owned(),
        },
        sequence_ended(SequenceOutcome::Passed),
        sequence_ended(SequenceOutcome::Cancelled {
            step: StepNumber(500),
        }),
        timed_out(None),
        timed_out(Some(difference())),
        timed_out(ends_before),
        failed_at_2(StepFailure::Ended { nearest: None }),
        failed_at_2(StepFailure::Template(template.unwrap())),
        failed_at_2(StepFailure::Unsent),
        failed_at_2(StepFailure::NotConnected),
    ]
}

fn all_kinds() -> Vec<EventKind> {
    let failure = || Arc::new(NetError::NotOpen { bytes: 7 });
    let closed = |by, unread| {
        EventKind::Closed(Closed {
            by,
            unsent_bytes: 3,
            unread,
        })
    };
    let mut kinds = vec![
        EventKind::Listening {
            local: address(),
            backlog: Backlog {
                requested: 128,
                effective: Some(100),
            },
            dual_stack: true,
        },
        EventKind::Listening {
            local: "[fe80::1%3]:1".parse().unwrap(),
            backlog: Backlog {
                requested: 0,
                effective: None,
            },
            dual_stack: false,
        },
        EventKind::LookingUp {
            host: "example.org".to_owned(),
            port: 80,
        },
        EventKind::Connecting,
        EventKind::Connected {
            took: Duration::from_nanos(1_234),
            process: None,
        },
        EventKind::Accepted {
            process: None,
            syn: SavedSyn::new(b"headers"),
        },
        EventKind::PeerFinished,
        EventKind::WeFinished,
        closed(ClosedBy::Us, true),
        closed(ClosedBy::Stop, false),
        closed(ClosedBy::Reply, false),
        closed(ClosedBy::Peer, false),
        closed(ClosedBy::Failure(failure()), false),
        EventKind::Reset { unsent_bytes: 7 },
        EventKind::AcceptPaused { error: failure() },
        EventKind::AcceptResumed,
        EventKind::Missing {
            direction: Direction::Received,
            bytes: 1,
        },
        EventKind::Missing {
            direction: Direction::Sent,
            bytes: 1 << 40,
        },
        EventKind::NotRecorded { entries: 12 },
        EventKind::ClockAdjusted { by_nanos: -5 },
        EventKind::ClockAdjusted { by_nanos: i64::MAX },
        EventKind::Stopped,
        EventKind::AcceptAborted { connections: 3 },
        EventKind::Disturbed(Disturbance::Dropped { bytes: 14 }),
        corrupted(),
        EventKind::QueueCancelled { bytes: 7, acts: 2 },
        EventKind::Unanswered { bytes: 7 },
        reconnecting(None),
        reconnecting(NonZeroU32::new(10)),
    ];
    kinds.extend(sequence_kinds());
    kinds.extend(tls_tests::kinds());
    for (place, error) in all_failures().into_iter().enumerate() {
        let error = Arc::new(error);
        kinds.push(EventKind::Failed {
            error: Arc::clone(&error),
        });
        let last = place % 2 == 0;
        kinds.push(EventKind::ConnectFailed { error, last });
    }
    kinds
}

fn streams() -> StreamPositions {
    StreamPositions {
        received: StreamPosition {
            offset: 1 << 33,
            carry: Carry::new(b"\xE6\x97").unwrap(),
        },
        sent: StreamPosition::default(),
    }
}

#[test]
fn every_kind_round_trips() {
    for kind in all_kinds() {
        let (number, bytes) = encode(&kind, &streams());
        let body = decode(number, &bytes).unwrap();
        assert_eq!(format!("{:?}", body.kind), format!("{kind:?}"));
        assert_eq!(body.streams, streams());
        assert_eq!(body.unknown_fields, 0);
    }
}

#[test]
fn a_kind_is_known_without_its_body() {
    for kind in all_kinds() {
        let (number, _) = encode(&kind, &streams());
        let unread = unread(number);
        assert!(matches!(unread, EventKind::Unread { .. }), "{kind:?}");
        assert_eq!(unread.lifecycle(), kind.lifecycle());
        assert_eq!(encode(&unread, &streams()).0, number);
    }
    let unread = unread(4_711);
    assert!(matches!(unread, EventKind::Unknown { kind: 4_711 }));
}

/// Captures depend on this format: these bytes never change.
#[test]
fn the_bytes_of_a_kind_never_change() {
    let check = |kind: EventKind, number: u16, expected: &[u8]| {
        let body = encode(&kind, &StreamPositions::default());
        assert_eq!(body, (number, expected.to_vec()), "{kind:?}");
    };
    check(EventKind::Connecting, 18, &[]);
    check(
        EventKind::Accepted {
            process: None,
            syn: None,
        },
        21,
        &[],
    );
    let syn = SavedSyn::new(&[0x45, 0, 0, 60]);
    check(
        EventKind::Accepted { process: None, syn },
        21,
        &[30, 4, 0, 0x45, 0, 0, 60],
    );
    check(EventKind::PeerFinished, 22, &[]);
    check(EventKind::WeFinished, 23, &[]);
    let reset = EventKind::Reset { unsent_bytes: 7 };
    check(reset, 25, &[17, 1, 0, 7]);
    let closed = EventKind::Closed(Closed {
        by: ClosedBy::Stop,
        unsent_bytes: 300,
        unread: true,
    });
    check(closed, 24, &[19, 1, 0, 2, 17, 2, 0, 0x2C, 1, 18, 0, 0]);
    let adjusted = EventKind::ClockAdjusted { by_nanos: -2 };
    let jump = [21, 8, 0, 0xFE, 255, 255, 255, 255, 255, 255, 255];
    check(adjusted, 30, &jump);
    check(EventKind::Stopped, 32, &[]);
    let dropped = EventKind::Disturbed(Disturbance::Dropped { bytes: 14 });
    check(dropped, 40, &[51, 1, 0, 1, 16, 1, 0, 14]);
    let fields = [
        52, 1, 0, 3, 53, 1, 0, 0x41, 54, 1, 0, 0x43, 51, 1, 0, 2, 16, 1, 0, 14,
    ];
    check(corrupted(), 40, &fields);
    let again = [14, 2, 0, 0x2C, 1, 16, 1, 0, 3, 22, 1, 0, 10];
    check(reconnecting(NonZeroU32::new(10)), 41, &again);
    let mut began = vec![64, 6, 0];
    began.extend(b"log in");
    check(sequence_kinds().remove(0), 42, &began);
    let passed = [&began[..], &[65, 1, 0, 1, 16, 1, 0, 3]].concat();
    check(sequence_ended(SequenceOutcome::Passed), 43, &passed);
    let fields = [
        14, 4, 0, 0x00, 0x94, 0x35, 0x77, 67, 1, 0, 1, 68, 3, 0, b'3', b'3', b'2', 69, 2, 0, 0x2C,
        1, 52, 1, 0, 2, 53, 1, 0, b'2', 54, 1, 0, b'1', 65, 1, 0, 2, 16, 1, 0, 3, 66, 1, 0, 2,
    ];
    check(
        timed_out(Some(difference())),
        43,
        &[&began[..], &fields].concat(),
    );
    let failed = EventKind::ConnectFailed {
        error: Arc::new(NetError::Connect {
            address: address(),
            source: refused(),
        }),
        last: true,
    };
    let mut expected = vec![15, 0, 0, 8, 24, 0, 4, 127, 0, 0, 1];
    expected.extend([0; 12]);
    expected.extend([0x28, 0x23, 0, 0, 0, 0, 0]);
    expected.extend(b"\x21\x05\x00linux\x23\x01\x00\x04\x24\x21\x00");
    expected.extend(b"Connection refused (os error 111)");
    expected.extend([34, 4, 0, 111, 0, 0, 0, 32, 1, 0, 4]);
    check(failed, 20, &expected);
}

#[test]
fn a_later_version_may_add_kinds_and_fields() {
    let (number, mut bytes) = encode(
        &EventKind::Accepted {
            process: None,
            syn: None,
        },
        &streams(),
    );
    bytes.extend([200, 2, 0, 1, 2]);
    let body = decode(number, &bytes).unwrap();
    assert!(matches!(body.kind, EventKind::Accepted { .. }));
    assert_eq!(body.unknown_fields, 1);
    let body = decode(999, &bytes).unwrap();
    assert!(matches!(body.kind, EventKind::Unknown { kind: 999 }));
    assert_eq!(body.streams, streams());
    // A listener without its address is none that this version knows.
    let body = decode(kind::LISTENING, &[]).unwrap();
    assert!(matches!(body.kind, EventKind::Unknown { kind: 16 }));
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_harm(number: u16, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        decode(number, &bytes);
    }

    #[test]
    fn any_change_is_read_without_harm(which: usize, at: usize, to: u8) {
        let kinds = all_kinds();
        let (number, mut bytes) = encode(&kinds[which % kinds.len()], &streams());
        let len = bytes.len();
        bytes[at % len] = to;
        decode(number, &bytes);
    }
}
