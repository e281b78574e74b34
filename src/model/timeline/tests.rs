//! What is asked for, and which answers are taken.

use std::time::SystemTime;

use super::*;
use crate::capture::{RowKind, RowText};
use crate::payload::{Pattern, VisibleText};

fn record(entries: u64) -> RecordStatus {
    RecordStatus {
        entries,
        ..RecordStatus::default()
    }
}

fn row(entry: u64) -> Row {
    Row {
        number: entry,
        entry,
        frame: None,
        time: SystemTime::UNIX_EPOCH,
        since_previous: None,
        endpoint: None,
        connection: None,
        local: None,
        peer: None,
        kind: RowKind::Quiet,
        text: RowText::Payload(VisibleText::default()),
    }
}

/// Asks for what is needed; returns what was asked for.
fn ask(model: &mut TimelineModel, need: &Need) -> Option<(Filter, Span)> {
    let (filter, span) = model.rows_wanted(need)?;
    model.asked(&Request::Rows {
        filter: filter.clone(),
        span,
    });
    Some((filter, span))
}

fn answer(model: &mut TimelineModel, filter: Filter, len: u64, rows: Range<u64>) {
    model.fold(Answer::Rows {
        filter,
        len,
        gone: 0,
        first: rows.start,
        rows: rows.map(row).collect(),
        place: None,
        frames: None,
    });
}

const NEWEST: Need = Need::Newest { page: 20 };

#[test]
fn one_request_is_under_way_at_a_time() {
    let mut model = TimelineModel::default();
    model.record_changed(record(1_000));
    let (filter, span) = ask(&mut model, &NEWEST).expect("nothing is in hand");
    assert_eq!(span, Span::Newest { count: 60 });
    assert_eq!(model.rows_wanted(&NEWEST), None);
    answer(&mut model, filter, 1_000, 940..1_000);
    assert_eq!(model.rows_wanted(&NEWEST), None);
    assert_eq!(model.row(999).map(|row| row.entry), Some(999));
}

#[test]
fn a_request_that_was_not_taken_is_made_again() {
    let mut model = TimelineModel::default();
    let (filter, span) = ask(&mut model, &NEWEST).expect("nothing is in hand");
    model.not_asked(&Request::Rows { filter, span });
    assert!(model.rows_wanted(&NEWEST).is_some());
}

#[test]
fn rows_are_asked_for_when_the_record_grew_and_when_others_come_in_sight() {
    let mut model = TimelineModel::default();
    model.record_changed(record(1_000));
    let (filter, _) = ask(&mut model, &NEWEST).expect("nothing is in hand");
    answer(&mut model, filter.clone(), 1_000, 940..1_000);

    assert_eq!(model.rows_wanted(&Need::Visible(945..965)), None);
    let (_, span) = ask(&mut model, &Need::Visible(500..520)).expect("other rows");
    let around = Span::From {
        first: 480,
        count: 60,
    };
    assert_eq!(span, around);
    answer(&mut model, filter, 1_000, 480..540);
    assert_eq!(model.rows_wanted(&Need::Visible(500..520)), None);

    model.record_changed(record(1_001));
    assert!(model.rows_wanted(&Need::Visible(500..520)).is_some());
}

#[test]
fn an_answer_about_another_view_is_dropped() {
    let mut model = TimelineModel::default();
    model.record_changed(record(10));
    let (filter, _) = ask(&mut model, &NEWEST).expect("nothing is in hand");
    model.show_only(Some(EndpointId(1)), None);
    assert!(ask(&mut model, &NEWEST).is_some());
    answer(&mut model, filter, 10, 0..10);
    assert!(model.is_empty());
    assert!(!model.is_known());
    assert_eq!(model.rows_wanted(&NEWEST), None);
}

#[test]
fn an_entry_that_the_view_does_not_show_leads_to_the_next_one() {
    let mut model = TimelineModel::default();
    model.record_changed(record(1_000));
    let need = Need::Around {
        entry: 501,
        page: 20,
    };
    let (filter, _) = ask(&mut model, &need).expect("nothing is in hand");
    assert_eq!(model.place_near(501), None);
    let rows = (100..160).map(|place| row(place * 4)).collect();
    model.fold(Answer::Rows {
        filter,
        len: 250,
        gone: 0,
        first: 100,
        rows,
        place: None,
        frames: None,
    });
    assert_eq!(model.place_near(501), Some(126));
    assert_eq!(model.rows_wanted(&need), None);
}

#[test]
fn only_the_detail_that_was_asked_for_last_is_taken() {
    let mut model = TimelineModel::default();
    assert!(model.is_detail_wanted(3));
    let of = model.detail_of(3);
    model.asked(&Request::Detail(of.clone()));
    assert!(!model.is_detail_wanted(4));
    model.fold(Answer::Detail(of, None));
    assert_eq!(model.detail(3).map(|detail| detail.is_none()), Some(true));
    assert!(model.is_detail_wanted(4));
}

#[test]
fn the_detail_of_a_frame_is_not_that_of_the_entry_with_its_number() {
    let mut model = TimelineModel::default();
    let rules = Some(Arc::new(FrameRules::default()));
    model.show_frames(rules.clone());
    let frame = model.detail_of(3);
    model.asked(&Request::Detail(frame.clone()));
    // A followed connection shows entries, whatever the timeline behind it shows.
    model.follow_connection(EndpointId(1), ConnectionId(1), None);
    model.fold(Answer::Detail(frame, None));
    assert!(model.detail(3).is_none() && model.is_detail_wanted(3));
    model.conversation = None;
    assert!(model.detail(3).is_some());
    // In another view of frames the number is another frame's.
    model.show_only(Some(EndpointId(1)), None);
    assert!(model.detail(3).is_none());
    model.show_frames(None);
    assert!(model.detail(3).is_none());
}

#[test]
fn a_new_outcome_of_a_find_has_a_new_number() {
    let mut model = TimelineModel::default();
    let x = Pattern::parse("x").unwrap();
    for number in 1..3 {
        model.asked(&Request::Find {
            filter: Filter::default(),
            pattern: x.clone(),
            from: None,
            forward: true,
        });
        assert_eq!(model.find().asked.as_deref(), Some("x"));
        model.fold(Answer::Found {
            pattern: x.clone(),
            entry: Some(1),
            place: 0,
            count: 3,
            wrapped: false,
            progress: Progress { done: 1, total: 9 },
        });
        let outcome = model.find().outcome.as_ref();
        assert_eq!(outcome.map(|found| found.number), Some(number));
        assert_eq!(model.find().count, 3);
        model.fold(Answer::Finding {
            pattern: x.clone(),
            count: 7,
            place: Some(2),
            progress: Progress::default(),
        });
        assert_eq!(model.find().count, 7);
        let outcome = model.find().outcome.as_ref();
        assert_eq!(outcome.map(|found| found.place), Some(2));
    }
}
