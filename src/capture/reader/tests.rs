//! Asks a reader on its thread, and checks its answers.

use crate::capture::plot::PlotOf;
use crossbeam_channel::bounded;
use std::collections::HashMap;
use std::thread::{self, JoinHandle};

use super::*;
use crate::capture::frames::{FrameRule, FrameRules};
use crate::capture::synthetic::{DEADLINE, VariantNames, accepted, event, received, record};
use crate::capture::{Kinds, RowText};
use crate::net::{ByDirection, EndpointId, FlowId};
use crate::payload::{Case, CopyFormat, Encoding, Pattern, RowRule};

struct Rig {
    requests: Sender<Request>,
    updates: Receiver<RecordUpdate>,
    hang_up: Sender<HangUp>,
    thread: JoinHandle<()>,
}

impl Rig {
    /// A reader of `record` that starts with these requests waiting.
    fn asked(record: &Record, waiting: Vec<Request>) -> Self {
        let (requests, receiver) = bounded(16);
        for request in waiting {
            requests.try_send(request).unwrap();
        }
        let (sender, updates) = bounded(16);
        let (hang_up, end) = bounded(0);
        let wake: Wake = Arc::new(|| {});
        let current = Current::new(Arc::clone(record.store()));
        let reader = Reader::new(None, current, &VariantNames, receiver, sender, end, wake);
        let thread = thread::Builder::new().spawn(move || reader.run()).unwrap();
        Self {
            requests,
            updates,
            hang_up,
            thread,
        }
    }

    fn answer(&self) -> Answer {
        match self.updates.recv_timeout(DEADLINE).unwrap() {
            RecordUpdate::Answer(answer) => answer,
            update @ RecordUpdate::Status(_) => panic!("{update:?}"),
        }
    }

    fn end(self) {
        drop((self.requests, self.hang_up));
        self.thread.join().unwrap();
    }
}

fn newest(count: usize) -> Request {
    Request::Rows {
        filter: Filter::default(),
        span: Span::Newest { count },
    }
}

fn find(text: &str) -> Request {
    Request::Find {
        filter: Filter::default(),
        pattern: Pattern::parse_find(text, Case::Ignored).unwrap(),
        from: None,
        forward: true,
    }
}

#[test]
fn rows_have_their_place_and_the_time_since_the_previous_row() {
    let record = record([10, 30, 60].map(|t| event(t, 1, 7, accepted())));
    let rig = Rig::asked(&record, vec![newest(2), newest(9)]);
    let check = |expected_first: u64, expected: &[(u64, Option<u64>)]| {
        let Answer::Rows(page) = rig.answer() else {
            panic!("not rows");
        };
        assert_eq!((page.end, page.gone, page.first), (3, 0, expected_first));
        let rows = page.rows.iter().map(|row| (row.entry, row.since_previous));
        let expected = expected
            .iter()
            .map(|&(n, t)| (n, t.map(Duration::from_micros)));
        assert!(rows.eq(expected));
    };
    check(1, &[(1, Some(20)), (2, Some(30))]);
    check(0, &[(0, None), (1, Some(20)), (2, Some(30))]);
    rig.end();
}

#[test]
fn the_size_of_a_table_of_frames_is_reported_and_only_one_table_is_kept() {
    let record = record((0..20_000).map(|n| event(n, 1, 7, received(n, b"line\n"))));
    let rows = |framing: &str| {
        let rule = FrameRule {
            framing: Some(framing.parse().unwrap()),
            check: None,
            encoding: Encoding::UTF_8,
        };
        Request::Rows {
            filter: Filter {
                frames: Some(Arc::new(FrameRules(
                    [(EndpointId(1), ByDirection::both(Some(rule)))].into(),
                ))),
                ..Filter::default()
            },
            span: Span::Newest { count: 1 },
        }
    };
    let rig = Rig::asked(&record, vec![]);
    let mut sizes = Vec::new();
    for framing in ["lf", "fixed:10", "fixed:50000"] {
        rig.requests.send(rows(framing)).unwrap();
        let is_answered = |answer: &Answer| matches!(answer, Answer::Rows(_));
        while !is_answered(&rig.answer()) {}
        rig.requests.send(newest(1)).unwrap();
        loop {
            match rig.answer() {
                Answer::Rows(_) => break,
                Answer::Derived { disk_bytes } => sizes.push(disk_bytes),
                _ => {}
            }
        }
    }
    // Each is written in blocks of 16 KiB; two long frames are not written.
    let [of_one, of_two, of_many] = sizes[..] else {
        panic!("{sizes:?}");
    };
    assert!(of_one > of_two && of_two > 0 && of_many == 0, "{sizes:?}");
    rig.end();
}

/// A reader on this thread, which works only when it is asked to.
fn reader(record: &Record) -> (Reader, Sender<HangUp>) {
    let (_, receiver) = bounded(1);
    let (sender, _) = bounded(16);
    let (hang_up, end) = bounded(0);
    let current = Current::new(Arc::clone(record.store()));
    let wake: Wake = Arc::new(|| {});
    let reader = Reader::new(None, current, &VariantNames, receiver, sender, end, wake);
    (reader, hang_up)
}

#[test]
fn nothing_is_made_that_is_not_shown() {
    let record = record((0..300_000).map(|n| event(n, 1, 7, received(n, b"line\n"))));
    let rows = || Request::Rows {
        filter: Filter {
            kinds: Kinds {
                lifecycle: false,
                ..Kinds::ALL
            },
            pattern: Some(Pattern::parse("regex:l.*e").unwrap()),
            ..Filter::default()
        },
        span: Span::Newest { count: 1 },
    };
    let lines = || Request::Conversation {
        query: ConversationQuery {
            connection: FlowId::server(7),
            rules: ByDirection::both(RowRule::Text {
                columns: 20,
                encoding: Encoding::UTF_8,
            }),
            only: None,
        },
        span: Span::Newest { count: 1 },
    };
    let (mut reader, _hang_up) = reader(&record);
    let is_rows = |answer: Option<Answer>| matches!(answer, Some(Answer::Rows(_)));
    let is_lines = |answer: Option<Answer>| matches!(answer, Some(Answer::Lines(_)));
    assert!(!is_rows(reader.answer(rows())), "it takes longer");
    assert!(reader.has_work());
    // While a connection is followed, the rows wait for the end of that.
    assert!(is_lines(reader.answer(lines())));
    while reader.has_work() {
        assert!(!is_rows(reader.turn()));
    }
    reader.answer(Request::LeaveConversation);
    assert!(reader.has_work());
    while !is_rows(reader.turn()) {}
    assert!(!reader.has_work());
    // When nothing is shown, they are dropped.
    for request in [rows(), lines(), Request::Plot(PlotOf::default())] {
        reader = self::reader(&record).0;
        reader.answer(request);
        assert!(reader.has_work());
        assert!(reader.answer(Request::LookAway).is_none());
        assert!(!reader.has_work());
    }
    reader.answer(rows());
    while !is_rows(reader.turn()) {}
}

#[test]
fn a_detail_has_the_whole_payload_and_its_place_in_the_stream() {
    let bytes = "aé".as_bytes();
    let record = record([
        event(1, 1, 7, received(1, &bytes[..2])),
        event(2, 1, 7, received(2, &bytes[2..])),
    ]);
    let waiting = [1, 2].map(|number| {
        Request::Detail(DetailOf {
            number,
            frames: None,
            chunk: None,
        })
    });
    let rig = Rig::asked(&record, waiting.to_vec());
    let Answer::Detail(DetailOf { number: 1, .. }, Some(detail)) = rig.answer() else {
        panic!("no detail");
    };
    assert_eq!(detail.stream_offset, 2);
    assert_eq!(detail.start.state.pending(), &bytes[1..2]);
    assert_eq!(detail.payload.as_deref(), Some(&bytes[2..]));
    assert!(matches!(&detail.row.text, RowText::Payload(preview) if preview.text.text == "é"));
    assert!(matches!(
        rig.answer(),
        Answer::Detail(DetailOf { number: 2, .. }, None)
    ));
    rig.end();
}

#[test]
fn rows_are_served_during_a_find() {
    let record = record((0..10_000).map(|n| event(n, 1, 7, received(n, b"hay"))));
    let rig = Rig::asked(&record, vec![find("needle"), newest(1), newest(2)]);
    for first in [9_999, 9_998] {
        assert!(matches!(rig.answer(), Answer::Rows(page) if page.first == first));
    }
    let found = loop {
        match rig.answer() {
            Answer::Finding { .. } => {}
            answer => break answer,
        }
    };
    assert!(matches!(found, Answer::Found { entry: None, .. }));
    rig.end();
}

#[test]
fn a_cancelled_or_replaced_find_has_no_answer() {
    let record = record((0..10).map(|n| event(n, 1, 7, received(n, b"hay"))));
    let rig = Rig::asked(
        &record,
        vec![
            find("hay"),
            Request::CancelFind,
            newest(1),
            find("hay"),
            find("HAY"),
        ],
    );
    assert!(matches!(rig.answer(), Answer::Rows(_)));
    let Answer::Found {
        pattern,
        entry,
        count: 10,
        ..
    } = rig.answer()
    else {
        panic!("no find");
    };
    assert_eq!((pattern.typed(), entry), ("HAY", Some(0)));
    assert!(rig.updates.is_empty());
    rig.end();
}

#[test]
fn rows_are_served_during_a_copy_of_the_whole_recording() {
    // No entry has bytes, so none appears in the copy.
    let record = record((0..20_000).map(|n| event(n, 1, 7, accepted())));
    let copy = Request::Copy {
        filter: Filter::default(),
        rows: (0, u64::MAX),
        format: CopyFormat::Hex,
        names: HashMap::new(),
    };
    let rig = Rig::asked(&record, vec![copy, newest(1)]);
    assert!(matches!(rig.answer(), Answer::Rows(_)));
    assert!(matches!(rig.answer(), Answer::Copied(copied) if copied.text.is_empty()));
    rig.end();
}

#[test]
fn the_rows_of_a_followed_connection_are_sent_again_as_older_ones_are_counted() {
    let record = record((0..20_000).map(|n| event(n, 1, 7, received(n, b"line\n"))));
    let query = ConversationQuery {
        connection: FlowId::server(7),
        rules: ByDirection::both(RowRule::Text {
            columns: 20,
            encoding: Encoding::UTF_8,
        }),
        only: None,
    };
    let span = Span::Around {
        entry: 3,
        count: 10,
    };
    let rig = Rig::asked(&record, vec![Request::Conversation { query, span }]);
    loop {
        let Answer::Lines(page) = rig.answer() else {
            panic!("not lines");
        };
        assert_eq!((page.of, page.span), (query, span));
        let unread = page.about.unread_entries;
        assert_eq!(page.place.is_some(), unread <= 3, "{unread}");
        if unread == 0 {
            assert_eq!(page.place, Some(page.gone + 3));
            assert_eq!(page.len(), 20_000);
            break;
        }
    }
    rig.end();
}
