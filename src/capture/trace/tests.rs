//! Whole lifecycles, and what no trace may ever say.

use std::ops::Range;

use proptest::prelude::*;

use super::*;
use crate::net::kernel::{Inquiry, Mark, MarkKind, TcpState};
use crate::net::{Direction, Role, Stamp};

fn facts(kinds: impl IntoIterator<Item = FactKind>) -> Vec<Fact> {
    let fact = |(n, kind)| Fact {
        at: Stamp(1_000 * (n as u64 + 1)),
        entry: n as u64,
        kind,
    };
    kinds.into_iter().enumerate().map(fact).collect()
}

/// Returns the segments of a trace: direction, kind, whether it was seen, and the states of both ends.
fn segments(trace: &Trace) -> Vec<String> {
    let segment = |it: &TraceEvent| {
        let sign = match it.direction {
            Direction::Sent => ">",
            Direction::Received => "<",
        };
        let seen = if it.evidence.is_seen() { "!" } else { "?" };
        let kind = match &it.kind {
            TraceKind::Syn(_) => "SYN".to_owned(),
            TraceKind::Data { range } => format!("{}..{}", range.start, range.end),
            TraceKind::Acknowledged { end } => format!("acked {end}"),
            TraceKind::Left { end } => format!("left {end}"),
            other => format!("{other:?}"),
        };
        format!("{sign} {kind}{seen} {} {}", it.ours.state, it.peer.state)
    };
    trace.events.iter().map(segment).collect()
}

fn check(role: Role, kinds: Vec<FactKind>, expected: &[&str]) {
    let trace = trace(role, &facts(kinds), &[], &[]);
    assert_eq!(segments(&trace), expected);
}

#[test]
fn a_client_that_finishes_first_ends_in_time_wait() {
    let kinds = vec![
        FactKind::Connecting,
        FactKind::Connected,
        FactKind::Sent(0..14),
        FactKind::Received(0..14),
        FactKind::WeFinished,
        FactKind::PeerFinished,
        FactKind::Closed { is_unread: false },
    ];
    check(
        Role::Client,
        kinds,
        &[
            "> SYN! SYN-SENT LISTEN",
            "< SynAck! ESTABLISHED SYN-RECEIVED",
            "> HandshakeAck? ESTABLISHED ESTABLISHED",
            "> 0..14! ESTABLISHED ESTABLISHED",
            "< 0..14! ESTABLISHED ESTABLISHED",
            "> Fin! FIN-WAIT-1 ESTABLISHED",
            "> acked 14? FIN-WAIT-1 ESTABLISHED",
            "< FinAck? FIN-WAIT-2 CLOSE-WAIT",
            "< Fin! TIME-WAIT LAST-ACK",
            "> FinAck? TIME-WAIT CLOSED",
        ],
    );
}

#[test]
fn a_server_whose_peer_finishes_first_passes_through_close_wait() {
    let kinds = vec![
        FactKind::Accepted(None),
        FactKind::Received(0..3),
        FactKind::PeerFinished,
        FactKind::Sent(0..3),
        FactKind::Closed { is_unread: false },
    ];
    check(
        Role::Server,
        kinds,
        &[
            "< SYN? SYN-RECEIVED SYN-SENT",
            "> SynAck? SYN-RECEIVED SYN-SENT",
            "< HandshakeAck? ESTABLISHED ESTABLISHED",
            "< Accepted! ESTABLISHED ESTABLISHED",
            "< 0..3! ESTABLISHED ESTABLISHED",
            "< Fin! CLOSE-WAIT FIN-WAIT-1",
            "> FinAck? CLOSE-WAIT FIN-WAIT-2",
            "> 0..3! CLOSE-WAIT FIN-WAIT-2",
            "> Fin! LAST-ACK FIN-WAIT-2",
            "> acked 3? LAST-ACK FIN-WAIT-2",
            "< FinAck? CLOSED TIME-WAIT",
        ],
    );
}

#[test]
fn resets_and_failures_say_who_ended_it() {
    let begun = || vec![FactKind::Connecting, FactKind::Connected];
    let last = |kinds: Vec<FactKind>| {
        let trace = trace(Role::Client, &facts(kinds), &[], &[]);
        segments(&trace).pop().unwrap()
    };
    let with = |kind| last(begun().into_iter().chain([kind]).collect());
    assert_eq!(with(FactKind::PeerReset), "< Rst! CLOSED CLOSED");
    assert_eq!(with(FactKind::WeReset), "> Rst! CLOSED CLOSED");
    let unread = FactKind::Closed { is_unread: true };
    assert_eq!(with(unread), "> Rst? CLOSED CLOSED");
    let failed = |by| last(vec![FactKind::Connecting, FactKind::ConnectFailed(by)]);
    assert_eq!(failed(FailedBy::Reset), "< Rst! CLOSED CLOSED");
    assert_eq!(failed(FailedBy::Silence), "< TimedOut! CLOSED CLOSED");
    assert_eq!(failed(FailedBy::Other), "< Failed! CLOSED CLOSED");
}

#[test]
fn nobody_is_said_to_listen_before_the_syn_is_answered() {
    check(
        Role::Client,
        vec![FactKind::Connecting],
        &["> SYN! SYN-SENT CLOSED"],
    );
    check(
        Role::Client,
        vec![
            FactKind::Connecting,
            FactKind::ConnectFailed(FailedBy::Reset),
        ],
        &["> SYN! SYN-SENT CLOSED", "< Rst! CLOSED CLOSED"],
    );
}

#[test]
fn the_ack_of_a_fin_follows_the_fin_unless_something_seen_says_otherwise() {
    let kinds = || {
        vec![
            FactKind::Connecting,
            FactKind::Connected,
            FactKind::Sent(0..3),
            FactKind::WeFinished,
            FactKind::Received(0..9),
            FactKind::PeerFinished,
        ]
    };
    let derived = |marks: &[Mark]| {
        let trace = trace(Role::Client, &facts(kinds()), marks, &[]);
        let ack = trace.events.iter().find(|it| it.kind == TraceKind::FinAck);
        assert_eq!(ack.map(|it| it.bound), Some(Bound::Earliest));
        segments(&trace)[4..].to_vec()
    };
    assert_eq!(
        derived(&[]),
        [
            "> Fin! FIN-WAIT-1 ESTABLISHED",
            "> acked 3? FIN-WAIT-1 ESTABLISHED",
            "< FinAck? FIN-WAIT-2 CLOSE-WAIT",
            "< 0..9! FIN-WAIT-2 CLOSE-WAIT",
            "< Fin! TIME-WAIT LAST-ACK",
            "> FinAck? TIME-WAIT CLOSED",
        ]
    );
    // The bytes before it were acknowledged later, so it was too.
    let late = Mark {
        kind: MarkKind::Acknowledged,
        end: 3,
        at: Stamp(5_500),
    };
    assert_eq!(
        derived(&[late])[1..4],
        [
            "< 0..9! FIN-WAIT-1 ESTABLISHED",
            "> acked 3! FIN-WAIT-1 ESTABLISHED",
            "< FinAck? FIN-WAIT-2 CLOSE-WAIT",
        ]
    );
}

#[test]
fn the_entry_of_connect_tells_of_the_syn_ack_alone() {
    let kinds = vec![FactKind::Connecting, FactKind::Connected];
    let trace = trace(Role::Client, &facts(kinds), &[], &[]);
    let entries: Vec<_> = trace.events.iter().map(|it| it.entry).collect();
    assert_eq!(entries, [Some(0), Some(1), None]);
}

#[test]
fn a_connection_without_its_beginning_is_established() {
    let kinds = vec![
        FactKind::Received(500..600),
        FactKind::PeerFinished,
        FactKind::Closed { is_unread: false },
    ];
    check(
        Role::Server,
        kinds,
        &[
            "< 500..600! ESTABLISHED ESTABLISHED",
            "< Fin! CLOSE-WAIT FIN-WAIT-1",
            "> FinAck? CLOSE-WAIT FIN-WAIT-2",
            "> Fin! LAST-ACK FIN-WAIT-2",
            "< FinAck? CLOSED TIME-WAIT",
        ],
    );
}

#[test]
fn what_the_kernel_says_comes_before_what_would_be_inferred() {
    let kinds = vec![
        FactKind::Connecting,
        FactKind::Connected,
        FactKind::Sent(0..10),
        FactKind::Closed { is_unread: false },
    ];
    let by = Inquiry::TcpTable;
    let seen = |at, ours, peer| Observed {
        at: Stamp(at),
        by,
        ours,
        peer,
        ..Observed::default()
    };
    let observed = [
        seen(
            2_500,
            Some(TcpState::Established),
            Some(TcpState::Established),
        ),
        seen(4_500, Some(TcpState::FinWait2), Some(TcpState::CloseWait)),
        seen(5_500, Some(TcpState::TimeWait), None),
        Observed {
            at: Stamp(6_500),
            ..Observed::default()
        },
    ];
    let marks = [Mark {
        kind: MarkKind::Acknowledged,
        end: 10,
        at: Stamp(3_100),
    }];
    let trace = trace(Role::Client, &facts(kinds), &marks, &observed);
    assert_eq!(
        segments(&trace)[3..],
        [
            "> 0..10! ESTABLISHED ESTABLISHED",
            "> acked 10! ESTABLISHED ESTABLISHED",
            "> Fin! FIN-WAIT-1 ESTABLISHED",
            "< FinAck! FIN-WAIT-2 CLOSE-WAIT",
            "< Fin! TIME-WAIT LAST-ACK",
            "> FinAck? TIME-WAIT CLOSED",
            "< State! CLOSED CLOSED",
        ]
    );
    let gone = trace.events.last().unwrap();
    assert!(gone.ours.is_seen);
    assert_eq!(gone.evidence, Evidence::Seen(Call::Inquiry(by)));
}

#[test]
fn a_closed_window_and_retransmissions_are_reported() {
    let kinds = vec![FactKind::Connecting, FactKind::Connected];
    let seen = |at, window, retransmits| Observed {
        at: Stamp(at),
        ours: Some(TcpState::Established),
        send_window: Some(window),
        retransmits: Some(retransmits),
        ..Observed::default()
    };
    let observed = [
        seen(3_000, 65_000, 0),
        seen(4_000, 0, 0),
        seen(5_000, 0, 2),
        seen(6_000, 1_000, 2),
    ];
    let trace = trace(Role::Client, &facts(kinds), &[], &observed);
    let kinds: Vec<_> = trace.events[3..].iter().map(|it| it.kind.clone()).collect();
    assert_eq!(
        kinds,
        [
            TraceKind::Window { is_open: false },
            TraceKind::Retransmitted { segments: 2 },
            TraceKind::Window { is_open: true },
        ]
    );
}

/// What a connection can have on record, in an order that can be.
fn any_facts() -> impl Strategy<Value = (Role, Vec<FactKind>)> {
    let step = prop_oneof![
        8 => (1_u64..500).prop_map(|bytes| (0, bytes)),
        8 => (1_u64..500).prop_map(|bytes| (1, bytes)),
        1 => Just((2, 0)),
        1 => Just((3, 0)),
    ];
    let last = prop::sample::select(vec![
        None,
        Some(FactKind::Closed { is_unread: false }),
        Some(FactKind::Closed { is_unread: true }),
        Some(FactKind::WeReset),
        Some(FactKind::PeerReset),
        Some(FactKind::Failed(FailedBy::Silence)),
    ]);
    (any::<bool>(), prop::collection::vec(step, 0..40), last).prop_map(
        |(is_client, steps, last)| {
            let (role, mut kinds) = if is_client {
                (
                    Role::Client,
                    vec![FactKind::Connecting, FactKind::Connected],
                )
            } else {
                (Role::Server, vec![FactKind::Accepted(None)])
            };
            let (mut sent, mut received) = (Some(0), Some(0));
            let next = |end: &mut Option<u64>, bytes| -> Option<Range<u64>> {
                let start = (*end)?;
                *end = Some(start + bytes);
                Some(start..start + bytes)
            };
            for (what, bytes) in steps {
                kinds.extend(match what {
                    0 => next(&mut sent, bytes).map(FactKind::Sent),
                    1 => next(&mut received, bytes).map(FactKind::Received),
                    2 => sent.take().map(|_| FactKind::WeFinished),
                    _ => received.take().map(|_| FactKind::PeerFinished),
                });
            }
            kinds.extend(last);
            (role, kinds)
        },
    )
}

fn any_marks() -> impl Strategy<Value = Vec<Mark>> {
    let kind = prop::sample::select(vec![
        MarkKind::Scheduled,
        MarkKind::Left,
        MarkKind::Acknowledged,
    ]);
    let mark = (kind, 0_u64..30_000, 0_u64..60_000).prop_map(|(kind, end, at)| Mark {
        kind,
        end,
        at: Stamp(at),
    });
    prop::collection::vec(mark, 0..40).prop_map(|mut marks| {
        marks.sort_by_key(|mark| mark.at);
        marks
    })
}

fn any_observed() -> impl Strategy<Value = Vec<Observed>> {
    let state = || prop::option::of(prop::sample::select(TcpState::ALL.to_vec()));
    let one = (0_u64..60_000, state(), state(), 0_u64..2, 0_u64..4).prop_map(
        |(at, ours, peer, window, retransmits)| Observed {
            at: Stamp(at),
            ours,
            peer,
            send_window: Some(window),
            retransmits: Some(retransmits),
            ..Observed::default()
        },
    );
    prop::collection::vec(one, 0..20).prop_map(|mut all| {
        all.sort_by_key(|it| it.at);
        all
    })
}

proptest! {
    #[test]
    fn no_trace_says_what_cannot_be(
        (role, kinds) in any_facts(),
        marks in any_marks(),
        observed in any_observed(),
    ) {
        let trace = trace(role, &facts(kinds), &marks, &observed);
        prop_assert!(trace.events.is_sorted_by_key(|it| it.at));
        let (mut sent, mut acknowledged, mut left) = (0, 0, 0);
        let mut fins = [0, 0];
        for event in &trace.events {
            let way = usize::from(event.direction == Direction::Received);
            match &event.kind {
                TraceKind::Data { range } => {
                    prop_assert_eq!(fins[0] * (1 - way), 0, "data follows our FIN");
                    if event.direction == Direction::Sent {
                        sent = range.end;
                    }
                }
                TraceKind::Acknowledged { end } => {
                    prop_assert!(*end > acknowledged && *end <= sent);
                    acknowledged = *end;
                }
                TraceKind::Left { end } => {
                    prop_assert!(*end > left && *end <= sent);
                    left = *end;
                }
                TraceKind::Fin => fins[way] += 1,
                TraceKind::FinAck => {
                    prop_assert_eq!(fins[1 - way], 1, "an ACK of no FIN");
                    if event.direction == Direction::Received {
                        prop_assert_eq!(acknowledged, sent);
                    }
                }
                _ => {}
            }
            prop_assert!(fins[0] <= 1 && fins[1] <= 1);
        }
    }
}
