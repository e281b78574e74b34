//! Which requests are made, and which answers are taken.

use std::time::SystemTime;

use super::*;
use crate::capture::{
    ConnectionFacts, Encodings, LineText, Preview, RowKind, RowText, Span, TranscriptLine,
};
use crate::net::ByDirection;
use crate::net::Requester;
use crate::payload::{Encoding, Pattern, RowRule};

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
        bundle: None,
        time: SystemTime::UNIX_EPOCH,
        since_previous: None,
        endpoint: None,
        connection: None,
        local: None,
        peer: None,
        by: Requester::Nobody,
        kind: RowKind::Quiet,
        offset: 0,
        text: RowText::Payload(Preview::default()),
    }
}

/// Requests what is needed; returns the request.
fn ask(model: &mut TimelineModel, need: &Need) -> Option<(Filter, Span)> {
    let request = model.rows_wanted(need)?;
    model.asked(&request, Now(0.0));
    match request {
        Request::Rows { filter, span } => Some((filter, span)),
        request => panic!("{request:?}"),
    }
}

fn answer(model: &mut TimelineModel, (of, span): (Filter, Span), len: u64, rows: Range<u64>) {
    model.fold(Answer::Rows(Page {
        of,
        span,
        gone: 0,
        end: len,
        first: rows.start,
        rows: rows.map(row).collect(),
        place: None,
        about: None,
    }));
}

const NEWEST: Need = Need::Newest { page: 20 };

#[test]
fn one_request_is_pending_at_a_time() {
    let mut model = TimelineModel::default();
    model.record_changed(record(1_000));
    let asked = ask(&mut model, &NEWEST).expect("nothing is at hand");
    assert_eq!(asked.1, Span::Newest { count: 60 });
    assert_eq!(model.rows_wanted(&NEWEST), None);
    answer(&mut model, asked, 1_000, 940..1_000);
    assert_eq!(model.rows_wanted(&NEWEST), None);
    assert_eq!(model.row(999).map(|row| row.entry), Some(999));
}

#[test]
fn rows_are_requested_when_the_record_grows_and_when_others_come_into_view() {
    let mut model = TimelineModel::default();
    model.record_changed(record(1_000));
    let asked = ask(&mut model, &NEWEST).expect("nothing is at hand");
    answer(&mut model, asked, 1_000, 940..1_000);

    assert_eq!(model.rows_wanted(&Need::Visible(945..965)), None);
    let asked = ask(&mut model, &Need::Visible(500..520)).expect("other rows");
    let around = Span::From {
        first: 480,
        count: 60,
    };
    assert_eq!(asked.1, around);
    answer(&mut model, asked, 1_000, 480..540);
    assert_eq!(model.rows_wanted(&Need::Visible(500..520)), None);

    model.record_changed(record(1_001));
    assert!(model.rows_wanted(&Need::Visible(500..520)).is_some());
}

#[test]
fn an_answer_about_another_view_is_dropped() {
    let mut model = TimelineModel::default();
    model.record_changed(record(10));
    let asked = ask(&mut model, &NEWEST).expect("nothing is at hand");
    model.show_only(Some(EndpointId(1)), None);
    assert!(ask(&mut model, &NEWEST).is_some());
    answer(&mut model, asked, 10, 0..10);
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
    let (of, span) = ask(&mut model, &need).expect("nothing is at hand");
    assert_eq!(model.place_near(501), None);
    model.fold(Answer::Rows(Page {
        of,
        span,
        gone: 0,
        end: 250,
        first: 100,
        rows: (100..160).map(|place| row(place * 4)).collect(),
        place: None,
        about: None,
    }));
    assert_eq!(model.place_near(501), Some(126));
    assert_eq!(model.rows_wanted(&need), None);
}

#[test]
fn only_the_last_requested_detail_is_taken() {
    let mut model = TimelineModel::default();
    let request = model.detail_wanted(3, None).expect("nothing is at hand");
    model.asked(&request, Now(0.0));
    assert_eq!(model.detail_wanted(4, None), None);
    model.fold(Answer::Detail(model.detail_of(3, None), None));
    assert_eq!(model.detail(3).map(|detail| detail.is_none()), Some(true));
    assert!(model.detail_wanted(4, None).is_some());
}

/// Follows a connection whose rows have their coordinates as entry numbers.
fn followed() -> TimelineModel {
    let mut model = TimelineModel::default();
    model.record_changed(record(10));
    model.follow_connection(EndpointId(1), FlowId::server(7), None);
    model
}

fn query(columns: u16) -> ConversationQuery {
    ConversationQuery {
        connection: FlowId::server(7),
        rules: ByDirection::both(RowRule::Text {
            columns,
            encoding: Encoding::UTF_8,
        }),
        only: None,
    }
}

fn lines(of: ConversationQuery, span: Span, rows: Range<u64>, place: Option<u64>) -> Answer {
    let line = |entry| TranscriptLine {
        entry,
        time: SystemTime::UNIX_EPOCH,
        kind: RowKind::Received(1),
        is_first: true,
        text: LineText::NotKept(1),
    };
    let first = rows.end.saturating_sub(60).max(rows.start);
    Answer::Lines(Page {
        of,
        span,
        gone: rows.start,
        end: rows.end,
        first,
        rows: (first..rows.end).map(line).collect(),
        place,
        about: ConnectionFacts::default(),
    })
}

fn ask_lines(model: &mut TimelineModel, columns: u16, need: &Need) -> Option<Span> {
    let request = model.lines_wanted(&query(columns), need)?;
    model.asked(&request, Now(0.0));
    match request {
        Request::Conversation { span, .. } => Some(span),
        request => panic!("{request:?}"),
    }
}

#[test]
fn a_followed_connection_is_requested_by_coordinates_and_a_late_answer_is_dropped() {
    let mut model = followed();
    let span = ask_lines(&mut model, 80, &NEWEST).expect("nothing is at hand");
    assert_eq!(span, Span::Newest { count: 60 });
    model.fold(lines(query(80), span, 1_000..2_000, None));
    assert_eq!(model.lines_wanted(&query(80), &NEWEST), None);
    let page = |model: &TimelineModel, columns| {
        let lines = &model.conversation.as_ref()?.lines;
        lines.page(&query(columns)).cloned()
    };
    let shown = page(&model, 80).expect("it was answered");
    assert_eq!(shown.row(1_950).map(|line| line.entry), Some(1_950));
    assert!(shown.row(1_000).is_none());
    let visible = ask_lines(&mut model, 80, &Need::Visible(1_500..1_520));
    let around = Span::From {
        first: 1_480,
        count: 60,
    };
    assert_eq!(visible, Some(around));
    // Another document is requested at once.
    let other = ask_lines(&mut model, 40, &NEWEST).expect("another one");
    model.fold(lines(query(80), around, 0..5, None));
    assert_eq!(page(&model, 80).map(|page| page.len()), Some(1_000));
    assert!(page(&model, 40).is_none());
    model.fold(lines(query(40), other, 0..5, None));
    assert_eq!(page(&model, 40).map(|page| page.len()), Some(5));
}

#[test]
fn an_entry_not_counted_yet_gets_its_row_with_the_next_page() {
    let mut model = followed();
    let need = Need::Around { entry: 3, page: 20 };
    let span = ask_lines(&mut model, 80, &need).expect("nothing is at hand");
    let place = |model: &TimelineModel| {
        let lines = &model.conversation.as_ref()?.lines;
        lines.place_of(&query(80), 3)
    };
    model.fold(lines(query(80), span, 900..1_000, None));
    assert_eq!(place(&model), Some(None));
    assert_eq!(model.lines_wanted(&query(80), &need), None);
    model.fold(lines(query(80), span, 800..1_000, Some(810)));
    assert_eq!(place(&model), Some(Some(810)));
}

#[test]
fn the_detail_of_a_frame_is_not_that_of_the_entry_with_its_number() {
    let mut model = TimelineModel::default();
    let rules = Some(Arc::new(FrameRules::default()));
    model.show_frames(rules.clone());
    let frame = model.detail_of(3, None);
    model.asked(&Request::Detail(frame.clone()), Now(0.0));
    // A followed connection shows entries, whatever the timeline shows.
    model.follow_connection(EndpointId(1), FlowId::server(1), None);
    model.fold(Answer::Detail(frame, None));
    assert!(model.detail(3).is_none() && model.detail_wanted(3, None).is_some());
    model.conversation = None;
    assert!(model.detail(3).is_some());
    // In another view of frames the number belongs to another frame.
    model.show_only(Some(EndpointId(1)), None);
    assert!(model.detail(3).is_none());
    model.show_frames(None);
    assert!(model.detail(3).is_none());
}

#[test]
fn each_search_outcome_has_a_new_number() {
    let mut model = TimelineModel::default();
    let x = Pattern::parse("x").unwrap();
    for number in 1..3 {
        let find = Request::Find {
            filter: Filter {
                // Those of the endpoints are added to the view.
                encodings: Encodings([(EndpointId(1), ByDirection::default())].into()),
                ..Filter::default()
            },
            pattern: x.clone(),
            from: None,
            forward: true,
        };
        model.asked(&find, Now(0.0));
        assert_eq!(model.find().asked.as_deref(), Some("x"));
        assert_eq!(model.find().filter, model.find_filter());
        model.fold(Answer::Found {
            pattern: x.clone(),
            entry: Some(1),
            place: 0,
            count: 3,
            wrapped: false,
            progress: Progress { done: 1, total: 9 },
            ticks: None,
            crossings: Arc::default(),
        });
        let outcome = model.find().outcome.as_ref();
        assert_eq!(outcome.map(|found| found.number), Some(number));
        assert_eq!(model.find().count, 3);
        model.fold(Answer::Finding {
            pattern: x.clone(),
            count: 7,
            place: Some(2),
            progress: Progress::default(),
            ticks: None,
            crossings: Arc::default(),
        });
        assert_eq!(model.find().count, 7);
        let outcome = model.find().outcome.as_ref();
        assert_eq!(outcome.map(|found| found.place), Some(2));
    }
}
