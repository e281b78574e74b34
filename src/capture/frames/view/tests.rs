//! Tests a view of frames, from recorded entries to rows.

use std::collections::BTreeMap;

use super::*;
use crate::capture::Kinds;
use crate::capture::frames::{FrameRule, OpenBytes, PREVIEW_ENTRIES, StoredFrame};
use crate::capture::item::{detail, visit};
use crate::capture::pass::Turn;
use crate::capture::store::{AtLimit, Keep};
use crate::capture::synthetic::{
    VariantNames, accepted, closed, empty_record_of, event, received, record, ring, sent,
};
use crate::capture::texts::Texts;
use crate::capture::view::View;
use crate::net::{ByDirection, EndpointId, FlowId};
use crate::payload::framing::Fault;
use crate::payload::template::Verdict;
use crate::payload::{Encoding, Pattern};
use proptest::prelude::*;

fn rules(framing: &str, check: Option<&str>) -> Arc<FrameRules> {
    let rule = FrameRule {
        framing: Some(framing.parse().unwrap()),
        check: check.map(|check| check.parse().unwrap()),
        encoding: Encoding::UTF_8,
    };
    let rules = ByDirection::both(Some(rule));
    Arc::new(FrameRules(BTreeMap::from([(EndpointId(1), rules)])))
}

fn view(filter: Filter, record: &Record) -> View {
    let mut view = View::of(filter, &VariantNames);
    while !view.work(record, record.status().entries, Turn::begin()) {}
    view
}

/// The rows of a view as spoken, with the number of chunks of each frame.
fn rows(view: &View, record: &Record) -> Vec<String> {
    let mut rows = Vec::new();
    let texts = Texts::default();
    let texts = texts.of(record);
    visit(view, texts, 0..view.len(), Depth::Head, |item| {
        let row = item.row(None);
        assert_eq!(row.number, view.gone() + rows.len() as u64);
        let chunks = row.frame.map_or(0, |frame| frame.chunks);
        rows.push(format!("{chunks} {}", VariantNames.row(&row, None)));
        ControlFlow::Continue(())
    });
    rows
}

fn framed(framing: &str, check: Option<&str>) -> Filter {
    Filter {
        frames: Some(rules(framing, check)),
        ..Filter::default()
    }
}

fn conversation() -> crate::capture::synthetic::TestRecord {
    record([
        event(0, 1, 7, accepted()),
        event(1, 1, 7, received(1, b"ab")),
        event(2, 2, 8, received(2, b"x\ny\n")),
        event(3, 1, 7, received(3, b"c\nde\nf")),
        event(4, 1, 7, sent(4, b"ok\n")),
        event(5, 1, 9, received(5, b"other\n")),
        event(6, 1, 7, closed()),
    ])
}

#[test]
fn frames_appear_where_they_complete_among_other_entries() {
    let record = conversation();
    let view = view(framed("lf", None), &record);
    assert_eq!(
        rows(&view, &record),
        [
            "0 Accepted 127.0.0.1:53122",
            // Endpoint 2 has no framing.
            r"0 Received(4) x\ny\n",
            r"2 Received(4) abc\n",
            r"1 Received(3) de\n",
            r"1 Sent(3) ok\n",
            r"1 Received(6) other\n",
            "1 bad Received(1) f",
            "0 Closed 127.0.0.1:53122",
        ]
    );
    let counts = view.frames().unwrap().counts(&record);
    assert_eq!((counts.frames, counts.good, counts.bad), (5, 0, 1));
    assert_eq!(counts.problem, None);
}

#[test]
fn a_frame_is_shown_if_one_of_its_chunks_is() {
    let record = conversation();
    let check = |change: &dyn Fn(&mut Filter), expected: &[&str]| {
        let mut filter = framed("lf", None);
        change(&mut filter);
        assert_eq!(rows(&view(filter, &record), &record), expected);
    };
    let of_seven = [
        "0 Accepted 127.0.0.1:53122",
        r"2 Received(4) abc\n",
        r"1 Received(3) de\n",
        r"1 Sent(3) ok\n",
        "1 bad Received(1) f",
        "0 Closed 127.0.0.1:53122",
    ];
    check(
        &|filter| filter.connection = Some(FlowId::server(7)),
        &of_seven,
    );
    check(
        &|filter| {
            filter.kinds = Kinds {
                sent: true,
                ..Kinds::NONE
            };
        },
        &[r"1 Sent(3) ok\n"],
    );
    // One chunk of the frame has two bytes, and one has six.
    let two = 2..=2;
    check(
        &|filter| filter.size = Some(two.clone()),
        &[r"2 Received(4) abc\n"],
    );
    check(
        &|filter| filter.pattern = Some(Pattern::parse("other").unwrap()),
        &[r"1 Received(6) other\n"],
    );
    check(
        &|filter| filter.from_entry = 5,
        &[r"1 Received(6) other\n", "0 Closed 127.0.0.1:53122"],
    );
}

#[test]
fn a_check_judges_frames_even_across_chunks() {
    let record = record([
        event(0, 1, 7, received(1, b"\x02")),
        event(1, 1, 7, received(2, b"a\x63\x02a\x64\x09")),
        event(2, 1, 7, closed()),
    ]);
    let view = view(framed("length:u8", Some("sum")), &record);
    assert_eq!(
        rows(&view, &record),
        [
            r"2 good Received(3) \x02ac",
            r"1 bad Received(3) \x02ad",
            r"1 bad Received(1) \t",
            "0 Closed 127.0.0.1:53122",
        ]
    );
    let frames = view.frames().unwrap();
    let texts = Texts::default();
    let detail = |number| detail(number, Some(frames), texts.of(&record)).unwrap();
    let good = detail(0);
    assert_eq!(good.payload.as_deref(), Some(&b"\x02ac"[..]));
    assert_eq!(good.stream_offset, 0);
    let frame = good.frame.unwrap();
    let pieces: Vec<_> = frame
        .pieces
        .iter()
        .map(|it| (it.entry, it.range.clone()))
        .collect();
    assert_eq!(pieces, [(0, 0..1), (1, 1..3)]);
    assert!(frame.verdict.unwrap().is_good());
    let bad = detail(1).frame.unwrap();
    let Some(Verdict::Bad(mismatch)) = bad.verdict else {
        panic!("{:?}", bad.verdict);
    };
    assert_eq!(
        (mismatch.found, mismatch.expected),
        (vec![0x64], vec![0x63])
    );
    let open = detail(2).frame.unwrap();
    assert_eq!(open.fault, Some(Fault::Unfinished));
}

#[test]
fn a_frame_is_read_from_its_own_chunks_however_many_others_lie_between() {
    let others = 2 * PREVIEW_ENTRIES;
    // In one segment, and across many.
    for segment_entries in [100_000, 100] {
        let record = empty_record_of(Keep::up_to(u64::MAX), segment_entries);
        let line = |n: u64| match n {
            0 => event(n, 1, 7, received(1, b"ab")),
            n if n == others / 2 => event(n, 1, 7, received(2, b"c")),
            n if n == others => event(n, 1, 7, received(3, b"d\n")),
            n => event(n, 1, 8, received(4, b"x")),
        };
        let all = crate::capture::synthetic::entries((0..=others).map(line));
        record.store().append(&mut all.clone());
        let filter = Filter {
            connection: Some(FlowId::server(7)),
            ..framed("lf", None)
        };
        let view = view(filter, &record);
        assert_eq!(rows(&view, &record), [r"3 Received(5) abcd\n"]);
        let read = record.stream_entries(all[0].stream_id().unwrap(), (0, others), 3);
        assert_eq!(read, [0, others / 2, others]);
    }
}

#[test]
fn a_pattern_with_an_end_anchor_matches_the_last_frame_of_a_finished_recording() {
    let record = conversation();
    record
        .store()
        .append(&mut crate::capture::synthetic::entries([event(
            7,
            1,
            10,
            received(6, b"last"),
        )]));
    record.store().close().unwrap();
    let filter = Filter {
        pattern: Some(Pattern::parse(r"regex:last$").unwrap()),
        ..framed("lf", None)
    };
    let view = view(filter, &record);
    assert_eq!(rows(&view, &record), [r"1 bad Received(4) last"]);
}

#[test]
fn an_impossible_length_is_reported_with_its_value() {
    let record = record([
        event(0, 1, 7, received(1, b"\xFF\xFF\xFF\xFFGET ")),
        event(1, 1, 7, received(2, b"\x00\x00\x00\x00")),
    ]);
    let view = view(framed("length:u32be", None), &record);
    let frames = view.frames().unwrap();
    let detail = detail(0, Some(frames), Texts::default().of(&record)).unwrap();
    assert_eq!(
        detail.frame.unwrap().fault,
        Some(Fault::Length(u32::MAX.into()))
    );
}

#[test]
fn an_entry_leads_to_the_frame_with_its_first_byte() {
    let record = conversation();
    let view = view(framed("lf", None), &record);
    let check = |entry: u64, expected: u64| {
        assert_eq!(view.row_of_entry(entry, &record), expected, "{entry}");
    };
    check(0, 0);
    check(1, 2);
    check(2, 1);
    check(3, 2);
    check(4, 4);
    check(6, 7);
    check(99, 8);
}

#[test]
fn a_view_grows_with_its_recording_and_drops_what_a_ring_drops() {
    let record = ring(8);
    let line = |n: u64| event(n, 1, 7, received(n + 1, b"line\n"));
    let mut entries = crate::capture::synthetic::entries((0..40).map(line));
    let mut view = View::of(framed("lf", None), &VariantNames);
    let (first, rest) = entries.split_at_mut(10);
    record.store().append(first);
    // A busy machine may take more than one turn.
    let work_until = |view: &mut View, entries: u64, len: u64| {
        for _ in 0..1_000 {
            view.work(&record, entries, Turn::begin());
            if view.gone() + view.len() >= len {
                break;
            }
        }
    };
    work_until(&mut view, 10, 10);
    assert_eq!(view.gone() + view.len(), 10);
    record.store().append(rest);
    let kept = 40 - record.status().first_kept;
    work_until(&mut view, 40, 10 + kept);
    let first_kept = record.status().first_kept;
    assert!(first_kept > 10, "older ones are gone");
    // What was given up before it was cut never became a row.
    assert_eq!((view.gone(), view.len()), (10, 40 - first_kept));
    assert!(
        rows(&view, &record)
            .iter()
            .all(|row| row == r"1 Received(5) line\n")
    );
}

/// The times of a view's rows in microseconds.
fn times(view: &View, record: &Record) -> Vec<u64> {
    let mut times = Vec::new();
    let texts = Texts::default();
    visit(view, texts.of(record), 0..view.len(), Depth::Head, |item| {
        let entry = item.entry.unwrap();
        let since = entry.time.duration_since(std::time::UNIX_EPOCH).unwrap();
        assert_eq!(since.as_micros() as u64, entry.event.stamp.0 / 1_000);
        times.push(entry.event.stamp.0 / 1_000);
        ControlFlow::Continue(())
    });
    times
}

#[test]
fn rows_stand_in_the_order_of_time() {
    let events = || {
        [
            event(0, 1, 7, received(1, b"a")),
            event(1_000, 1, 7, received(2, b"b")),
            event(15_000, 1, 8, accepted()),
            event(90_000, 1, 8, sent(3, b"c\r")),
            event(95_000, 1, 9, accepted()),
            event(100_000, 1, 8, closed()),
            event(101_000, 1, 9, received(4, b"d")),
        ]
    };
    let check = |framing: &str, expected: &[(u64, &str)]| {
        let record = record(events());
        record.store().close().unwrap();
        let view = view(framed(framing, None), &record);
        let times = times(&view, &record);
        let rows = rows(&view, &record);
        let rows: Vec<_> = times
            .into_iter()
            .zip(rows.iter().map(String::as_str))
            .collect();
        assert_eq!(rows, expected, "{framing}");
    };
    let peer = "0 Accepted 127.0.0.1:53122";
    let end = "0 Closed 127.0.0.1:53122";
    // When the silence is over, or cut short by the end.
    check(
        "silence:20ms",
        &[
            (15_000, peer),
            (21_000, "2 Received(2) ab"),
            (95_000, peer),
            (100_000, r"1 Sent(2) c\r"),
            (100_000, end),
            (101_000, "1 Received(1) d"),
        ],
    );
    // Only the end of the stream, or of the recording, ends these.
    check(
        "line",
        &[
            (15_000, peer),
            (95_000, peer),
            (100_000, r"1 Sent(2) c\r"),
            (100_000, end),
            (101_000, "2 bad Received(2) ab"),
            (101_000, "1 bad Received(1) d"),
        ],
    );
}

#[test]
fn the_newest_frames_show_at_once_and_keep_their_numbers_while_older_ones_are_found() {
    // A connection that began long ago, with frames that span entries; others come and go.
    let line = |n: u64| match n % 10 {
        0 => event(n, 1, 8 + n / 1_000, received(n + 1, b"line\nx\n")),
        9 if n % 1_000 == 999 => event(n, 1, 8 + n / 1_000, closed()),
        5 => event(n, 1, 7, received(n + 1, b"end\nbegin ")),
        _ => event(n, 1, 7, received(n + 1, b"more ")),
    };
    let record = empty_record_of(Keep::up_to(u64::MAX), 10_000);
    let count = 2 * FIRST_ENTRIES;
    let mut entries = crate::capture::synthetic::entries((0..count + 100).map(line));
    let (before, after) = entries.split_at_mut(count as usize);
    record.store().append(before);
    let mut view = View::of(framed("lf", None), &VariantNames);
    while !view.work(&record, count, Turn::begin()) {}
    let newest = |view: &View| {
        let frames = view.frames().unwrap();
        let end = view.gone() + view.len();
        let mut rows = Vec::new();
        frames.visit(end - 1_000..end, &record, |number, row| {
            rows.push((number, row));
            ControlFlow::Continue(())
        });
        rows
    };
    let (shown, rows) = (view.len(), newest(&view));
    assert_eq!(view.frames().unwrap().examined_to(), count);
    assert!(shown < FIRST_ENTRIES, "only the newest entries are cut");
    let older = view.frames().unwrap().counts(&record).older.unwrap();
    assert_eq!((older.done, older.total), (FIRST_ENTRIES, count));
    assert!(!view.knows_row_of(count - FIRST_ENTRIES - 1, &record));
    assert!(view.knows_row_of(count - FIRST_ENTRIES, &record));
    // Meanwhile the recording grows.
    let mut grown = 0;
    while view.frames().unwrap().is_growing(&record) {
        view.frames_mut().unwrap().grow(&record, Turn::one_step());
        grown += 1;
        if grown == 5 {
            assert_eq!(
                view.frames().unwrap().counts(&record).older.unwrap().done,
                FIRST_ENTRIES
            );
            record.store().append(after);
            while !view.work(&record, count + 100, Turn::begin()) {}
        }
    }
    assert!(grown > 5);
    assert_eq!(view.frames().unwrap().counts(&record).older, None);
    assert!(view.len() > shown);
    // Those that were shown have not moved, and all are as if they had been cut at once.
    let frames = view.frames().unwrap();
    for (number, row) in &rows {
        assert_eq!(frames.get(*number, &record).as_ref(), Some(row));
    }
    let rules = Arc::clone(framed("lf", None).frames.as_ref().unwrap());
    let expected = one_by_one(&rules, &record);
    assert_eq!(view.len(), expected.len() as u64);
    let mut all = Vec::new();
    frames.visit(view.gone()..view.gone() + view.len(), &record, |_, row| {
        all.push(row);
        ControlFlow::Continue(())
    });
    assert!(all == expected);
}

#[test]
fn the_table_shrinks_with_what_a_ring_drops() {
    let keep = Keep {
        at_limit: AtLimit::GiveUpOldest,
        ..Keep::up_to(2 * 1024 * 1024)
    };
    let record = empty_record_of(keep, 1_000);
    let mut view = View::of(framed("lf", None), &VariantNames);
    let mut largest = 0;
    for from in (0..100_000).step_by(1_000) {
        let line = |n: u64| event(n, 1, 1 + n % 50, received(n + 1, b"line\n"));
        let mut entries = crate::capture::synthetic::entries((from..from + 1_000).map(line));
        record.store().append(&mut entries);
        while !view.work(&record, from + 1_000, Turn::begin()) {}
        largest = largest.max(view.frames().unwrap().disk_bytes());
    }
    let status = record.status();
    assert_eq!(
        (view.gone(), view.len()),
        (status.first_kept, 100_000 - status.first_kept)
    );
    assert!(
        0 < largest && largest < status.kept_bytes / 4,
        "{largest} {}",
        status.kept_bytes
    );
}

/// The frames of a recording as the framer emits them, one by one.
fn one_by_one(rules: &Arc<FrameRules>, record: &Record) -> Vec<TableRow> {
    let mut framer = Framer::new(Arc::clone(rules));
    let mut open = OpenBytes::default();
    let mut rows = Vec::new();
    record.visit(0..record.status().entries, Depth::Whole, |_, entry| {
        let entry = entry.unwrap();
        open.push(&entry);
        framer.push(&entry, &mut |frame| {
            let rule = rules.of(frame.endpoint, frame.stream.direction).unwrap();
            let good = rule.check.as_ref().map(|check| {
                open.take(frame, |bytes| check.verify(&rule.checked(bytes)).is_good())
                    && frame.fault.is_none()
            });
            rows.push(TableRow::Frame(StoredFrame::new(frame, good)));
        });
        if entry.payload().is_none() {
            rows.push(TableRow::Entry(entry.number));
        }
        ControlFlow::Continue(())
    });
    rows
}

#[test]
fn a_chunk_can_have_more_frames_than_a_mark_counts() {
    let count = 3 * u64::from(u16::MAX);
    let lines = vec![b'\n'; count as usize];
    let record = record([event(0, 1, 7, received(1, &lines))]);
    let view = view(framed("lf", None), &record);
    let frames = view.frames().unwrap();
    assert_eq!((view.len(), frames.counts(&record).frames), (count, count));
    for number in [0, 1, 65_535, 65_536, 65_537, 131_072, count - 1] {
        let Some(TableRow::Frame(frame)) = frames.get(number, &record) else {
            panic!("no frame {number}");
        };
        assert_eq!(frame.range, number..number + 1);
    }
    assert_eq!(frames.get(count, &record), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn cutting_again_yields_the_same_frames(
        rule in proptest::sample::select(&[
            "line", "crlf", "fixed:2", "length:u8", "between:01,02", "slip", "silence:2ms",
        ][..]),
        check in proptest::sample::select(&[None, Some("sum")][..]),
        chunks in proptest::collection::vec(
            (0..2_u64, any::<bool>(), proptest::collection::vec(
                proptest::sample::select(&[0, 1, 2, 3, 0x0A, 0x0D, 0xC0][..]), 1..40)),
            1..20),
        from in 0..100_u64,
        count in 0..30_u64,
    ) {
        let mut events: Vec<_> = (1..)
            .zip(&chunks)
            .map(|(n, (connection, is_sent, bytes))| {
                let made = if *is_sent { sent(n, bytes) } else { received(n, bytes) };
                event(n * 1_500, 1, 7 + connection, made)
            })
            .collect();
        for connection in [7, 8] {
            events.push(event(100_000, 1, connection, closed()));
        }
        let record = record(events);
        let filter = framed(rule, check);
        let rules = Arc::clone(filter.frames.as_ref().unwrap());
        let view = view(filter, &record);
        prop_assert!(times(&view, &record).is_sorted());
        let frames = view.frames().unwrap();
        let expected = one_by_one(&rules, &record);
        prop_assert_eq!(frames.len(), expected.len() as u64);
        for (number, row) in (0..).zip(&expected) {
            prop_assert_eq!(frames.get(number, &record), Some(row.clone()));
        }
        let mut seen = Vec::new();
        frames.visit(from..from + count, &record, |number, row| {
            seen.push((number, row));
            ControlFlow::Continue(())
        });
        let wanted = (0..).zip(expected).skip(from as usize).take(count as usize);
        prop_assert_eq!(seen, wanted.collect::<Vec<_>>());
    }
}
