//! Whole pictures, and what no picture may ever be.

use std::ops::Range;
use std::sync::Arc;

use proptest::prelude::*;

use super::Planned;
use super::label::Speaker;
use super::ladder::{LadderLine, Lasts};
use super::plan::{LadderPlan, Scale};
use super::reports::{KernelReports, ReportSide};
use super::sheet::{Drawing, EndName};
use crate::capture::trace::{Fact, FactKind, Facts, FailedBy, trace};
use crate::capture::{Progress, Traced};
use crate::export::picture::{Face, PictureInk, PictureShape, Sketch};
use crate::net::kernel::{Mark, MarkKind, TcpState};
use crate::net::{FlowId, Role, Stamp};
use crate::words::ENGLISH;

const MICROS: u64 = 1_000;
const MILLIS: u64 = 1_000 * MICROS;

fn traced(flow: FlowId, facts: &[Fact], marks: &[Mark]) -> Arc<Traced> {
    Arc::new(Traced {
        connection: flow,
        trace: trace(flow.role, facts, marks, &[]),
        progress: Progress::default(),
        is_cut: false,
    })
}

fn facts(kinds: impl IntoIterator<Item = (u64, FactKind)>) -> Vec<Fact> {
    let fact = |(entry, (at, kind))| Fact {
        at: Stamp(at),
        entry: entry as u64,
        kind,
    };
    kinds.into_iter().enumerate().map(fact).collect()
}

/// A conversation of two ends that are ours: a message and its echo, and a close by the client three seconds later.
fn conversation() -> KernelReports {
    use FactKind::{Accepted, Closed, Connected, Connecting, PeerFinished, Received, Sent};
    let later = 3_000 * MILLIS;
    let client = facts([
        (0, Connecting),
        (200 * MICROS, Connected),
        (300 * MICROS, Sent(0..14)),
        (600 * MICROS, Received(0..14)),
        (later, Closed { is_unread: false }),
    ]);
    let server = facts([
        (400 * MICROS, Accepted(None)),
        (450 * MICROS, Received(0..14)),
        (500 * MICROS, Sent(0..14)),
        (later + 50 * MICROS, PeerFinished),
        (later + 80 * MICROS, Closed { is_unread: false }),
    ]);
    KernelReports::of([
        traced(FlowId::client(1), &client, &[]),
        traced(FlowId::server(1), &server, &[]),
    ])
}

fn client_alone(kinds: impl IntoIterator<Item = (u64, FactKind)>, marks: &[Mark]) -> KernelReports {
    KernelReports::of([traced(FlowId::client(1), &facts(kinds), marks)])
}

fn names() -> [EndName; 2] {
    let end = |name: &str, port: u16| EndName {
        name: name.to_owned(),
        address: Some(format!("127.0.0.1:{port}")),
    };
    [end("Client 1", 53_122), end("Server 1", 9_000)]
}

/// A font whose letters are all as wide.
fn measure(text: &str, _face: Face, size: f32) -> f32 {
    text.chars().count() as f32 * size * 0.55
}

fn with_drawing<R>(plan: &LadderPlan, width: f32, act: impl FnOnce(Drawing<'_>) -> R) -> R {
    let names = names();
    act(Drawing {
        plan,
        width,
        ends: &names,
        words: &ENGLISH,
        measure: &measure,
    })
}

fn sketch(plan: &LadderPlan, width: f32) -> Sketch {
    with_drawing(plan, width, |drawing| drawing.sketch("test".to_owned()))
}

/// The words of the arrows, each with its way.
fn arrows(plan: &LadderPlan) -> Vec<String> {
    let speaker = Speaker {
        ladder: &plan.ladder,
        words: &ENGLISH,
        names: ["Client 1", "Server 1"],
    };
    let arrow = |it: &super::ladder::Arrow| {
        let way = match it.from {
            ReportSide::Client => ">",
            ReportSide::Server => "<",
        };
        let line = match (it.line, it.is_seen) {
            (LadderLine::Pending, _) => "pending ",
            (_, true) => "",
            (_, false) => "inferred ",
        };
        format!("{way} {line}{}", speaker.arrow(it).name)
    };
    plan.ladder.arrows.iter().map(arrow).collect()
}

fn mark(kind: MarkKind, end: u64, at: u64) -> Mark {
    Mark {
        kind,
        end,
        at: Stamp(at),
    }
}

#[test]
fn what_both_ends_tell_of_one_segment_is_one_arrow() {
    let plan = LadderPlan::of(conversation(), Scale::Even, false);
    assert_eq!(
        arrows(&plan),
        [
            "> SYN",
            "< SYN-ACK",
            "> inferred ACK",
            "> 14 bytes",
            "< 14 bytes",
            "> FIN",
            "< inferred ACK",
            "< FIN",
            "> inferred ACK",
        ]
    );
    // The server's program accepted late; the client had sent by then.
    let late = &plan.ladder.arrows[3];
    assert!(late.rows.1 > late.rows.0, "{late:?}");
    let states: Vec<_> = plan.ladder.rows.iter().map(|row| row.states).collect();
    let last = |side: usize| {
        let mut known = states.iter().filter_map(|it| it[side]);
        known.next_back().map(|it| it.state.name())
    };
    assert_eq!(last(1), Some("CLOSED"));
    assert_eq!(last(0), Some("TIME-WAIT"));
}

#[test]
fn a_long_wait_is_told_and_cut() {
    let plan = LadderPlan::of(conversation(), Scale::Even, false);
    let waits: Vec<_> = plan
        .waits
        .iter()
        .map(|it| (it.is_cut, it.took.as_millis()))
        .collect();
    assert_eq!(waits, [(true, 2_999)]);
}

#[test]
fn distances_are_times_to_scale() {
    let at = [0, 1, 3, 7, 9].map(|it| it * 10 * MILLIS);
    let kinds = at
        .iter()
        .zip(0..)
        .map(|(at, n)| (*at, FactKind::Sent(n..n + 1)));
    let plan = LadderPlan::of(client_alone(kinds, &[]), Scale::Time(3.0), false);
    let lines: Vec<f32> = (0..at.len()).map(|row| plan.line(row)).collect();
    let points = plan.points_per_second.unwrap();
    for (pair, time) in lines.windows(2).zip(at.windows(2)) {
        let expected = (time[1] - time[0]) as f64 / 1e9 * points;
        assert!(
            (f64::from(pair[1] - pair[0]) - expected).abs() < 0.5,
            "{pair:?}"
        );
    }
    let wider = LadderPlan::of(plan.ladder.reports.clone(), Scale::Time(6.0), false);
    assert!((wider.line(1) - wider.line(0) - 2.0 * (lines[1] - lines[0])).abs() < 0.5);
}

#[test]
fn sent_is_not_delivered() {
    let kinds = [
        (0, FactKind::Connecting),
        (MILLIS, FactKind::Connected),
        (2 * MILLIS, FactKind::Sent(0..5)),
        (9 * MILLIS, FactKind::Sent(5..9)),
    ];
    let marks = [
        mark(MarkKind::Left, 5, 3 * MILLIS),
        mark(MarkKind::Acknowledged, 5, 5 * MILLIS),
        mark(MarkKind::Left, 9, 10 * MILLIS),
    ];
    let plan = LadderPlan::of(client_alone(kinds, &marks), Scale::Even, false);
    let arrows = arrows(&plan);
    assert_eq!(arrows[3..], ["> 5 bytes", "< ACK", "> pending 4 bytes"]);
    let lasting = plan.ladder.lasting.iter();
    let open: Vec<_> = lasting
        .filter(|it| it.what == Lasts::Unacknowledged)
        .map(|it| it.rows.1.is_some())
        .collect();
    assert_eq!(open, [true, false]);
    // Without marks nobody knows, and nothing says that it did not arrive.
    let plan = LadderPlan::of(
        client_alone([(0, FactKind::Sent(0..5))], &[]),
        Scale::Even,
        false,
    );
    assert_eq!(self::arrows(&plan), ["> 5 bytes"]);
}

/// The conversation, with marks of either end.
fn marked(client_marks: &[Mark], server_marks: &[Mark]) -> KernelReports {
    use FactKind::{Accepted, Connected, Connecting, Received, Sent};
    let client = facts([
        (0, Connecting),
        (MILLIS, Connected),
        (2 * MILLIS, Sent(0..14)),
    ]);
    let server = facts([
        (MILLIS, Accepted(None)),
        (9 * MILLIS, Received(0..6)),
        (10 * MILLIS, Received(6..14)),
    ]);
    KernelReports::of([
        traced(FlowId::client(1), &client, client_marks),
        traced(FlowId::server(1), &server, server_marks),
    ])
}

#[test]
fn bytes_arrive_before_their_ack_leaves_and_are_read_later() {
    let acknowledged = mark(MarkKind::Acknowledged, 14, 4 * MILLIS);
    let plan = LadderPlan::of(marked(&[acknowledged], &[]), Scale::Even, false);
    assert_eq!(arrows(&plan)[3..], ["> 14 bytes", "< ACK"]);
    let [data, ack] = &plan.ladder.arrows[3..] else {
        panic!("{:?}", plan.ladder.arrows);
    };
    assert!(plan.heights(data).1 <= plan.heights(ack).0);
    for is_narrow in [false, true] {
        let plan = LadderPlan::of(plan.ladder.reports.clone(), Scale::Even, is_narrow);
        let sketch = sketch(&plan, 560.0);
        check(&sketch);
        let texts: Vec<_> = words(&sketch).into_iter().map(|it| it.2).collect();
        for read in ["reads 6 bytes", "reads 8 bytes"] {
            assert!(texts.iter().any(|it| it == read), "{texts:?}");
        }
    }
    // With a stamp, it is known when they arrived.
    let arrived = mark(MarkKind::Arrived, 14, 3 * MILLIS);
    let plan = LadderPlan::of(marked(&[acknowledged], &[arrived]), Scale::Even, false);
    let data = &plan.ladder.arrows[3];
    let rows = &plan.ladder.rows;
    assert_eq!(rows[data.rows.1].first.at, Stamp(3 * MILLIS));
    // Without any, that they were read is all that is known.
    let plan = LadderPlan::of(marked(&[], &[]), Scale::Even, false);
    assert_eq!(arrows(&plan)[3..], ["> 14 bytes", "> 14 bytes"]);
}

#[test]
fn what_a_foreign_peer_sent_arrives_at_its_stamp() {
    let kinds = facts([
        (0, FactKind::Accepted(None)),
        (5 * MILLIS, FactKind::Received(0..4)),
    ]);
    let marks = [mark(MarkKind::Arrived, 4, 2 * MILLIS)];
    let reports = KernelReports::of([traced(FlowId::server(1), &kinds, &marks)]);
    let plan = LadderPlan::of(reports, Scale::Even, false);
    let data = plan.ladder.arrows.last().unwrap();
    let at = |row: usize| plan.ladder.rows[row].first.at;
    assert_eq!(
        (at(data.rows.0), at(data.rows.1)),
        (Stamp(2 * MILLIS), Stamp(2 * MILLIS))
    );
    assert!(plan.ladder.rows.last().unwrap().is_read);
}

#[test]
fn a_refusal_and_a_reset_are_told_apart() {
    let refused = [
        (0, FactKind::Connecting),
        (MILLIS, FactKind::ConnectFailed(FailedBy::Reset)),
    ];
    let reset = [
        (0, FactKind::Connecting),
        (MILLIS, FactKind::Connected),
        (2 * MILLIS, FactKind::PeerReset),
    ];
    let says = |reports: KernelReports| {
        let plan = LadderPlan::of(reports, Scale::Even, false);
        let speaker = Speaker {
            ladder: &plan.ladder,
            words: &ENGLISH,
            names: ["Client 1", "Server 1"],
        };
        plan.ladder.arrows.last().map(|it| speaker.arrow(it).says)
    };
    let words = &ENGLISH.lifecycles;
    assert_eq!(
        says(client_alone(refused, &[])).as_deref(),
        Some(words.refuses)
    );
    assert_eq!(
        says(client_alone(reset, &[])).as_deref(),
        Some(words.rst_says)
    );
}

#[test]
fn who_refuses_does_not_listen_and_who_is_silent_has_no_state() {
    let states = |answer: FactKind| {
        let kinds = [(0, FactKind::Connecting), (MILLIS, answer)];
        let plan = LadderPlan::of(client_alone(kinds, &[]), Scale::Even, false);
        let rows = plan.ladder.rows.iter();
        let server: Vec<_> = rows.filter_map(|row| row.states[1]).collect();
        (plan.ladder.initial, server.len())
    };
    let refused = states(FactKind::ConnectFailed(FailedBy::Reset));
    assert_eq!(
        refused,
        ([Some(TcpState::Closed), Some(TcpState::Closed)], 0)
    );
    let silent = states(FactKind::ConnectFailed(FailedBy::Silence));
    assert_eq!(silent, ([Some(TcpState::Closed), None], 0));
    let (agreed, _) = states(FactKind::Connected);
    assert_eq!(agreed, [Some(TcpState::Closed), Some(TcpState::Listen)]);
}

#[test]
fn the_ack_of_a_fin_is_drawn_before_what_follows_the_fin() {
    use FactKind::{Accepted, Connected, Connecting, PeerFinished, Received, Sent, WeFinished};
    let client = facts([
        (0, Connecting),
        (MILLIS, Connected),
        (2 * MILLIS, WeFinished),
        (6 * MILLIS, Received(0..9)),
        (9 * MILLIS, PeerFinished),
    ]);
    let server = facts([
        (MILLIS, Accepted(None)),
        (3 * MILLIS, PeerFinished),
        (5 * MILLIS, Sent(0..9)),
        (8 * MILLIS, WeFinished),
    ]);
    let reports = KernelReports::of([
        traced(FlowId::client(1), &client, &[]),
        traced(FlowId::server(1), &server, &[]),
    ]);
    for scale in [Scale::Even, Scale::Time(1.0)] {
        let plan = LadderPlan::of(reports.clone(), scale, false);
        assert_eq!(
            arrows(&plan)[3..],
            [
                "> FIN",
                "< inferred ACK",
                "< 9 bytes",
                "< FIN",
                "> inferred ACK"
            ]
        );
        let rows = &plan.ladder.arrows[3..6];
        assert!(rows[1].rows.1 < rows[2].rows.0, "{rows:?}");
    }
}

#[test]
fn a_half_closed_stretch_lasts_from_fin_to_fin() {
    let kinds = |ends: bool| {
        let end = ends.then_some((5 * MILLIS, FactKind::PeerFinished));
        let kinds = [
            (0, FactKind::Connecting),
            (MILLIS, FactKind::Connected),
            (2 * MILLIS, FactKind::WeFinished),
            (3 * MILLIS, FactKind::Received(0..9)),
        ];
        kinds.into_iter().chain(end)
    };
    for ends in [false, true] {
        let plan = LadderPlan::of(client_alone(kinds(ends), &[]), Scale::Even, false);
        let lasting = &plan.ladder.lasting;
        assert_eq!(lasting.len(), 1, "{lasting:?}");
        assert_eq!(lasting[0].side, ReportSide::Client);
        assert_eq!(lasting[0].rows.1.is_some(), ends);
    }
}

#[test]
fn a_mark_is_found_by_its_entry_and_says_how_it_is_known() {
    let plan = LadderPlan::of(conversation(), Scale::Even, false);
    let row = plan.row_of(ReportSide::Server, 1).unwrap();
    let (top, bottom) = plan.edges(row);
    with_drawing(&plan, 700.0, |drawing| {
        let spots = drawing.spots((top + 1.0, bottom - 1.0));
        let spot = spots.iter().find(|it| it.entry == Some(1)).unwrap();
        assert_eq!(
            drawing.said(spot),
            "At 450 µs: the program of Server 1 reads 14 bytes, 0 to 14 of the stream. Seen: recv, which returned the \
             bytes, or 0 for a FIN."
        );
    });
    assert_eq!(plan.row_of(ReportSide::Server, 77), None);
}

#[test]
fn what_was_read_of_the_record_is_news_though_nothing_new_was_found() {
    let kinds = [
        (0, FactKind::Connecting),
        (MILLIS, FactKind::ConnectFailed(FailedBy::Reset)),
    ];
    let facts = facts(kinds);
    let mut planned = Planned::default();
    for done in [99, 100] {
        let mut traced = Traced::clone(&traced(FlowId::client(1), &facts, &[]));
        traced.progress = Progress { done, total: 100 };
        planned.follow(KernelReports::of([Arc::new(traced)]), Scale::Even, false);
        let mut reports = planned.plan.ladder.reports.traces();
        assert!(reports.all(|it| it.progress.is_whole() == (done == 100)));
    }
}

/// A connection of so many chunks, each echoed.
fn long(chunks: u64) -> KernelReports {
    let mut kept = [Facts::up_to(Facts::USUAL), Facts::up_to(Facts::USUAL)];
    let mut push = |side: usize, at: u64, entry: u64, kind: FactKind| {
        kept[side].push(Fact {
            at: Stamp(at),
            entry,
            kind,
        });
    };
    push(0, 0, 0, FactKind::Connecting);
    push(0, 100 * MICROS, 1, FactKind::Connected);
    push(1, 120 * MICROS, 2, FactKind::Accepted(None));
    for n in 0..chunks / 4 {
        let at = 200 * MICROS + n * 40 * MICROS;
        let range = n * 8..(n + 1) * 8;
        push(0, at, 3 + n * 4, FactKind::Sent(range.clone()));
        push(
            1,
            at + 10 * MICROS,
            4 + n * 4,
            FactKind::Received(range.clone()),
        );
        push(
            1,
            at + 15 * MICROS,
            5 + n * 4,
            FactKind::Sent(range.clone()),
        );
        push(0, at + 25 * MICROS, 6 + n * 4, FactKind::Received(range));
    }
    let [client, server] = kept.each_mut().map(Facts::finish);
    KernelReports::of([
        traced(FlowId::client(1), client, &[]),
        traced(FlowId::server(1), server, &[]),
    ])
}

#[test]
fn a_million_chunks_are_a_bounded_picture() {
    let reports = long(1_000_000);
    for scale in [Scale::Even, Scale::Time(1.0)] {
        let plan = LadderPlan::of(reports.clone(), scale, false);
        assert!(plan.ladder.rows.len() < 3 * Facts::USUAL);
        assert!(plan.ladder.arrows.len() < 4 * Facts::USUAL);
        assert!(
            plan.ladder
                .arrows
                .iter()
                .any(|it| it.line == LadderLine::Thick)
        );
        with_drawing(&plan, 700.0, |drawing| {
            for part in 0..10 {
                let top = drawing.height() * part as f32 / 10.0;
                let items = drawing.items((top, top + 800.0));
                assert!(items.len() < 800, "{scale:?}, {part}: {}", items.len());
            }
        });
    }
}

fn words(sketch: &Sketch) -> Vec<(Range<f32>, Range<f32>, String)> {
    let words = sketch.items.iter().filter_map(|item| match &item.shape {
        PictureShape::Words {
            text,
            at,
            width,
            size,
            ..
        } => Some((
            at.x..at.x + width,
            // Letters without their descenders, which lines may share.
            at.y - size * 0.45..at.y + size * 0.45,
            text.clone(),
        )),
        _ => None,
    });
    words.collect()
}

/// Checks that everything stands within the picture, and that no words stand on others.
fn check(sketch: &Sketch) {
    let (width, height) = sketch.size;
    let words = words(sketch);
    for (x, y, text) in &words {
        assert!(
            x.start >= -0.5 && x.end <= width + 0.5,
            "{text}: {x:?} of {width}"
        );
        assert!(
            y.start >= 0.0 && y.end <= height,
            "{text}: {y:?} of {height}"
        );
    }
    for (place, one) in words.iter().enumerate() {
        for other in &words[place + 1..] {
            let apart = one.0.end <= other.0.start
                || other.0.end <= one.0.start
                || one.1.end <= other.1.start
                || other.1.end <= one.1.start;
            assert!(apart, "{width}: {one:?} stands on {other:?}");
        }
    }
}

#[test]
fn no_words_stand_on_others() {
    for scale in [Scale::Even, Scale::Time(1.0), Scale::Time(8.0)] {
        for (width, is_narrow) in [(250.0, true), (420.0, true), (560.0, false), (900.0, false)] {
            let plan = LadderPlan::of(conversation(), scale, is_narrow);
            check(&sketch(&plan, width));
        }
    }
}

#[test]
fn the_box_of_a_state_says_what_it_means_and_why_it_is_dashed() {
    let plan = LadderPlan::of(conversation(), Scale::Even, false);
    with_drawing(&plan, 700.0, |drawing| {
        let states = drawing.states((0.0, drawing.height()));
        let boxes = drawing.items((0.0, drawing.height())).into_iter();
        let mut frames = boxes.filter_map(|item| match item.shape {
            PictureShape::Frame { rectangle, .. } => Some(rectangle),
            _ => None,
        });
        assert!(states.iter().all(|it| frames.any(|frame| frame == it.0)));
        let said = |text: &str| states.iter().any(|it| it.1.contains(text));
        assert!(
            said("Client 1: SYN-SENT. Client 1 has sent its SYN"),
            "{states:?}"
        );
        assert!(said("Server 1: LISTEN. Server 1 waits for a SYN."));
        assert!(said("The dashed box: inferred"));
    });
    let texts: Vec<_> = words(&sketch(&plan, 700.0))
        .into_iter()
        .map(|it| it.2)
        .collect();
    assert!(
        texts
            .iter()
            .any(|it| it == ENGLISH.lifecycles.legend_state_inferred)
    );
}

#[test]
fn inferred_is_dashed_and_a_state_without_the_kernel_too() {
    let plan = LadderPlan::of(conversation(), Scale::Even, false);
    let sketch = sketch(&plan, 700.0);
    let dashes = sketch.items.iter().filter(|item| {
        matches!(&item.shape, PictureShape::Line { dash: Some((dash, _)), width, .. } if *dash > 4.0 && *width > 1.2)
    });
    // Three acknowledgements, and the legend.
    assert_eq!(dashes.count(), 4);
    let frames = sketch.items.iter().filter_map(|item| match item.shape {
        PictureShape::Frame { is_dashed, .. } => Some(is_dashed),
        _ => None,
    });
    assert!(frames.into_iter().all(|is_dashed| is_dashed));
    let inks = [
        PictureInk::Sent,
        PictureInk::Received,
        PictureInk::Good,
        PictureInk::HalfClosed,
    ];
    for ink in inks {
        assert!(sketch.items.iter().any(|it| it.ink == ink), "{ink:?}");
    }
}

/// Something that an end does, and how long after the one before.
#[derive(Clone, Debug)]
enum Act {
    Send(u64),
    Receive(u64),
    Finish,
    PeerFinished,
    Close,
    Reset,
    PeerReset,
}

fn acts() -> impl Strategy<Value = Vec<(u64, Act)>> {
    let act = prop_oneof![
        4 => (1_u64..100).prop_map(Act::Send),
        4 => (1_u64..100).prop_map(Act::Receive),
        1 => Just(Act::Finish),
        1 => Just(Act::PeerFinished),
        1 => Just(Act::Close),
        1 => Just(Act::Reset),
        1 => Just(Act::PeerReset),
    ];
    let wait = prop_oneof![0_u64..50, 0_u64..MILLIS, 0_u64..10_000 * MILLIS];
    prop::collection::vec((wait, act), 0..40)
}

fn told_of(role: Role, acts: Vec<(u64, Act)>) -> Vec<Fact> {
    let begin = match role {
        Role::Client => vec![(0, FactKind::Connecting), (50, FactKind::Connected)],
        Role::Server => vec![(60, FactKind::Accepted(None))],
    };
    let (mut at, mut sent, mut received) = (100, 0, 0);
    let acts = acts.into_iter().map(|(wait, act)| {
        at += wait;
        let kind = match act {
            Act::Send(bytes) => {
                sent += bytes;
                FactKind::Sent(sent - bytes..sent)
            }
            Act::Receive(bytes) => {
                received += bytes;
                FactKind::Received(received - bytes..received)
            }
            Act::Finish => FactKind::WeFinished,
            Act::PeerFinished => FactKind::PeerFinished,
            Act::Close => FactKind::Closed { is_unread: false },
            Act::Reset => FactKind::WeReset,
            Act::PeerReset => FactKind::PeerReset,
        };
        (at, kind)
    });
    facts(begin.into_iter().chain(acts))
}

proptest! {
    /// Even if the two ends contradict each other: each end's order is kept, nothing is lost, nothing goes back in time,
    /// and all of it has its place.
    #[test]
    fn the_order_of_each_end_is_kept(client in acts(), server in acts(), to_scale: bool) {
        let reports = KernelReports::of([
            traced(FlowId::client(1), &told_of(Role::Client, client), &[]),
            traced(FlowId::server(1), &told_of(Role::Server, server), &[]),
        ]);
        let scale = if to_scale { Scale::Time(1.0) } else { Scale::Even };
        let plan = LadderPlan::of(reports, scale, false);
        for side in ReportSide::BOTH {
            let beats = plan.ladder.rows.iter().flat_map(|row| {
                row.beats().filter(|it| it.side == side).collect::<Vec<_>>()
            });
            let places: Vec<_> = beats.map(|it| it.index).collect();
            prop_assert!(places.is_sorted_by(|one, other| one < other));
        }
        let mut below = 0.0;
        for row in 0..plan.ladder.rows.len() {
            let (top, bottom) = plan.edges(row);
            prop_assert!(top >= below && bottom > top);
            below = bottom;
        }
        for arrow in &plan.ladder.arrows {
            let (from, to) = plan.heights(arrow);
            prop_assert!(to >= from && from.is_finite() && to.is_finite());
        }
        let sketch = sketch(&plan, 640.0);
        prop_assert!(sketch.size.1.is_finite() && sketch.size.1 >= below);
        for item in &sketch.items {
            let (top, bottom) = item.shape.heights();
            prop_assert!(top >= -2.0 && bottom <= sketch.size.1 + 42.0, "{item:?}");
        }
    }
}
