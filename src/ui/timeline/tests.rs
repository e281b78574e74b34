//! The timeline, headless, with rows that are made when they are asked for.

use super::super::cx::CurrentSelection;
use super::super::wish::FindStep;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::*;
use crate::capture::{
    Answer, Page, Preview, Progress, RecordStatus, Request, RowKind, RowText, Span,
};
use crate::model::Now;
use crate::net::{EndpointId, FlowId, Requester};
use crate::payload::VisibleText;
use crate::ui::Theme;
use crate::ui::theme::Tokens;
use crate::workspace::Preferences;

/// The panel with a record behind it that holds the entries from `gone` to `total`.
struct Stage {
    model: Model,
    panel: TimelinePanel,
    total: u64,
    gone: u64,
    /// How many entries come with each frame.
    per_frame: u64,
    /// What the panel asked for, but rows.
    actions: Vec<Action>,
}

type Window = Harness<'static, Stage>;

fn row(entry: u64) -> Row {
    Row {
        number: entry,
        entry,
        frame: None,
        bundle: None,
        time: SystemTime::UNIX_EPOCH + Duration::from_micros(entry),
        since_previous: None,
        endpoint: Some(EndpointId(1)),
        connection: Some(FlowId::server(1)),
        local: None,
        peer: Some(([127, 0, 0, 1], 53122).into()),
        by: Requester::Nobody,
        kind: RowKind::Received(14),
        offset: 0,
        text: RowText::Payload(Preview {
            text: VisibleText::plain(format!("message {entry}\n")),
            bytes: format!("message {entry}\n").into(),
            ..Preview::default()
        }),
    }
}

impl Stage {
    fn record(&self) -> RecordStatus {
        RecordStatus {
            entries: self.total,
            first_kept: self.gone,
            ..RecordStatus::default()
        }
    }

    fn carry_out(&mut self, action: Action) {
        let timeline = &mut self.model.timeline;
        match action {
            Action::Ask(request @ Request::Rows { .. }) => {
                timeline.asked(&request, Now(0.0));
                let Request::Rows { filter, span } = request else {
                    return;
                };
                let from = filter.from_entry.min(self.total);
                let gone = self.gone.saturating_sub(from);
                let all = self.total - from;
                let (first, count) = match span {
                    Span::From { first, count } => (first, count),
                    Span::Newest { count } => (all.saturating_sub(count as u64), count),
                    Span::Around { entry, count } => {
                        let place = entry.saturating_sub(from);
                        (place.saturating_sub(count as u64 / 2), count)
                    }
                };
                let first = first.clamp(gone, all);
                let end = (first + count as u64).min(all);
                timeline.fold(Answer::Rows(Page {
                    of: filter,
                    span,
                    gone,
                    end: all,
                    first,
                    rows: (first..end).map(|place| row(from + place)).collect(),
                    place: None,
                    about: None,
                }));
            }
            Action::Find { pattern, .. } => {
                let found = pattern.typed().trim_start_matches("message ").parse().ok();
                let find = Request::Find {
                    filter: timeline.filter().clone(),
                    pattern: pattern.clone(),
                    from: None,
                    forward: true,
                };
                timeline.asked(&find, Now(0.0));
                timeline.fold(Answer::Found {
                    pattern,
                    entry: found,
                    place: 0,
                    count: 1,
                    wrapped: false,
                    progress: Progress::default(),
                    ticks: None,
                    crossings: Arc::default(),
                });
            }
            Action::ShapeTimeline(form) => self.model.preferences.timeline = *form,
            Action::Narrow(filter) => timeline.narrow(*filter),
            Action::ClearView => timeline.clear(self.total),
            Action::UndoClearView => timeline.undo_clear(),
            other => self.actions.push(other),
        }
    }
}

fn window(total: u64) -> Window {
    let stage = Stage {
        model: Model::new(Arc::default(), Preferences::default()),
        panel: TimelinePanel::default(),
        total,
        gone: 0,
        per_frame: 0,
        actions: Vec::new(),
    };
    let mut window = Harness::builder()
        .with_size([980.0, 600.0])
        .with_max_steps(12)
        .with_context_setup(Theme::install)
        .build_ui_state(
            |ui, stage: &mut Stage| {
                stage.total += stage.per_frame;
                stage.model.timeline.record_changed(stage.record());
                let cx = Cx::new(&stage.model, Now(0.0), CurrentSelection::default(), false);
                stage.panel.ui(ui, &cx);
                for action in cx.actions.take() {
                    stage.carry_out(action);
                    ui.ctx().request_repaint();
                }
            },
            stage,
        );
    window.run();
    window
}

/// The rows in sight, from top to bottom: what a screen reader says.
fn rows(window: &Window) -> Vec<String> {
    let rows = window.query_all_by_role(Role::ListBoxOption);
    rows.filter_map(|row| row.accesskit_node().label())
        .collect()
}

fn entries(window: &Window) -> Vec<u64> {
    let entry = |row: &String| {
        row.rsplit_once("message ")?
            .1
            .strip_suffix("\\n")?
            .parse()
            .ok()
    };
    rows(window).iter().filter_map(entry).collect()
}

fn shows(window: &Window, entry: u64) -> bool {
    entries(window).contains(&entry)
}

fn selected(window: &Window) -> Option<u64> {
    window.state().panel.selected()
}

fn click_row(window: &mut Window, entry: u64, modifiers: Modifiers) {
    let words = format!("message {entry}\\n");
    window
        .get_by_label_contains(&words)
        .click_modifiers(modifiers);
    window.run();
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

fn wheel(window: &mut Window, points: f32) {
    window.hover_at(egui::pos2(400.0, 300.0));
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: Vec2::new(0.0, points),
        phase: egui::TouchPhase::Move,
        modifiers: Modifiers::NONE,
        source: egui::MouseWheelSource::Unknown,
    });
    window.run_ok();
}

#[test]
fn a_row_says_who_did_what_and_what_it_held() {
    let window = window(3);
    let expected = r"Server 1: received 14 bytes from 127.0.0.1:53122: message 1\n";
    assert_eq!(rows(&window)[1], expected);
}

#[test]
fn the_newest_row_stays_in_sight_until_the_user_scrolls_up_and_again_after_end() {
    let mut window = window(1_000);
    assert!(shows(&window, 999));
    window.state_mut().total = 1_010;
    window.run();
    assert!(shows(&window, 1_009));

    wheel(&mut window, 200.0);
    let before = entries(&window);
    assert!(!before.contains(&1_009));
    window.state_mut().total = 1_020;
    window.run();
    assert_eq!(entries(&window), before);

    click_row(&mut window, before[3], Modifiers::NONE);
    press(&mut window, Modifiers::NONE, Key::End);
    assert!(shows(&window, 1_019));
    window.state_mut().total = 1_030;
    window.run();
    assert!(shows(&window, 1_029));
}

#[test]
fn a_selected_row_stays_and_newer_ones_are_announced() {
    let mut window = window(1_000);
    let before = entries(&window);
    click_row(&mut window, 995, Modifiers::NONE);
    assert!(window.query_by_label_contains("new").is_none());
    window.state_mut().total = 1_128;
    window.run();
    // Below them there may be room for a part of the next one.
    assert_eq!(entries(&window)[..before.len()], before);
    assert_eq!(selected(&window), Some(995));

    window.get_by_label("↓ 128 new").click();
    window.run();
    assert!(shows(&window, 1_127));
    assert!(window.query_by_label_contains("new").is_none());
    window.state_mut().total = 1_200;
    window.run();
    assert!(shows(&window, 1_199));
    assert_eq!(selected(&window), Some(995));
}

/// Presses or releases the pointer's button in the next frame.
fn button(window: &mut Window, pos: egui::Pos2, pressed: bool) {
    window.input_mut().events.extend([
        egui::Event::PointerMoved(pos),
        egui::Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        },
    ]);
    window.step();
}

#[test]
fn under_a_flood_a_press_selects_the_row_that_it_is_on() {
    let mut window = window(10_000);
    // 50,000 entries a second.
    window.state_mut().per_frame = 833;
    for press in 0..20 {
        for _ in 0..4 {
            window.step();
        }
        // What stands under the pointer when the button goes down: the last frame's rows.
        let place = 1 + press % 10;
        let (aimed_at, at) = {
            let rows = window.query_all_by_role(Role::ListBoxOption);
            let rows: Vec<_> = rows.collect();
            (entries(&window)[place], rows[place].rect().center())
        };
        button(&mut window, at, true);
        assert_eq!(selected(&window), Some(aimed_at), "press {press}");
        button(&mut window, at, false);
        for _ in 0..30 {
            window.step();
        }
        assert_eq!(selected(&window), Some(aimed_at), "press {press}");
        assert_eq!(entries(&window)[place], aimed_at, "press {press}");
        window.key_press(Key::End);
        window.step();
        window.step();
        let newest = *entries(&window).last().unwrap();
        assert!(newest + 2_500 > window.state().total, "End follows again");
    }
}

#[test]
fn a_selected_entry_stays_in_sight_in_another_view() {
    let mut window = window(1_000_000);
    wheel(&mut window, 2_000_000.0);
    let entry = entries(&window)[5];
    click_row(&mut window, entry, Modifiers::NONE);
    let timeline = &mut window.state_mut().model.timeline;
    timeline.show_only(Some(EndpointId(1)), None);
    window.run();
    assert_eq!(selected(&window), Some(entry));
    let place = entries(&window).iter().position(|it| *it == entry);
    assert!(place.is_some_and(|place| place > 3), "{place:?}");
}

#[test]
fn rows_that_are_given_up_do_not_move_those_in_sight() {
    let mut window = window(1_000);
    wheel(&mut window, 5_000.0);
    let before = entries(&window);
    assert!(before.len() > 10 && before[0] > 500);
    click_row(&mut window, before[2], Modifiers::NONE);

    window.state_mut().gone = 300;
    window.state_mut().total = 1_300;
    window.run();
    assert_eq!(entries(&window), before);
    assert_eq!(selected(&window), Some(before[2]));

    press(&mut window, Modifiers::NONE, Key::Home);
    assert_eq!(rows(&window)[0], "300 older entries dropped");
    assert_eq!(entries(&window)[0], 300);
}

#[test]
fn rows_are_selected_by_keys_and_copied() {
    let mut window = window(10);
    click_row(&mut window, 4, Modifiers::NONE);
    assert_eq!(selected(&window), Some(4));
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(selected(&window), Some(3));
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    window.event(egui::Event::Copy);
    window.run();
    let copy = |rows| Action::Copy(rows, CopyFormat::Rows);
    assert_eq!(window.state().actions.last(), Some(&copy((3, 5))));

    click_row(&mut window, 8, Modifiers::SHIFT);
    window.event(egui::Event::Copy);
    window.run();
    assert_eq!(window.state().actions.last(), Some(&copy((3, 8))));

    press(&mut window, Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Copy);
    window.run();
    assert_eq!(window.state().actions.last(), Some(&copy((0, 9))));
}

#[test]
fn rows_are_exactly_spaced_and_scrolled_at_any_depth() {
    for total in [1_000, 1_000_000_000, 1_000_000_000_000] {
        let mut window = window(total);
        let check_spacing = |window: &Window| {
            let rows = window.query_all_by_role(Role::ListBoxOption);
            let tops: Vec<f32> = rows.map(|row| row.rect().top()).collect();
            let height = Tokens::ROW_HEIGHT;
            for pair in tops.windows(2) {
                assert!(
                    (pair[1] - pair[0] - height).abs() < 0.01,
                    "{total}: {pair:?}"
                );
            }
        };
        check_spacing(&window);
        let at_same_height = |window: &Window| {
            let rows = window.query_all_by_role(Role::ListBoxOption);
            let mut rows = rows.zip(entries(window));
            rows.find(|(row, _)| row.rect().y_range().contains(300.0))
                .map(|(_, entry)| entry)
                .expect("a row")
        };
        let before = at_same_height(&window);
        wheel(&mut window, 75.0);
        check_spacing(&window);
        assert_eq!(at_same_height(&window), before - 3, "{total}");
        assert!(!rows(&window).contains(&"Loading…".to_owned()));
    }
}

#[test]
fn a_find_goes_to_its_entry_wherever_it_is() {
    let mut window = window(1_000_000_000);
    window.state_mut().panel.find(FindStep::Field);
    window.run();
    let find = window.get_by_role_and_label(Role::TextInput, "Find");
    assert!(find.is_focused());
    find.type_text("message 123456789");
    window.run();
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.run();
    assert_eq!(selected(&window), Some(123_456_789));
    assert!(shows(&window, 123_456_789));

    window
        .get_by_role_and_label(Role::TextInput, "Find")
        .type_text("?");
    window.run();
    window.state_mut().panel.find(FindStep::Next);
    window.run();
    assert!(window.query_by_label("No match").is_some());
}

#[test]
fn what_is_typed_is_looked_for_at_once() {
    let mut window = window(1_000_000);
    window
        .get_by_role_and_label(Role::TextInput, "Find")
        .focus();
    window.run();
    let find = window.get_by_role_and_label(Role::TextInput, "Find");
    find.type_text("message 4711");
    window.run();
    assert_eq!(selected(&window), Some(4_711));
    assert!(window.query_by_label("entry 1 of 1").is_some());
    let find = window.get_by_role_and_label(Role::TextInput, "Find");
    assert!(find.is_focused());
    find.type_text("0");
    window.run();
    assert_eq!(selected(&window), Some(47_110));

    assert!(window.query_by_label("Next match").is_some());
    window.get_by_label("Previous match").click();
    window.run();
    press(&mut window, Modifiers::NONE, Key::Escape);
    window
        .get_by_role_and_label(Role::TextInput, "Find")
        .focus();
    window.run();
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Next match").is_none());
    let cancelled = Action::Ask(Request::CancelFind);
    assert_eq!(window.state().actions.last(), Some(&cancelled));
}

#[test]
fn columns_are_chosen_and_resized() {
    let mut window = window(10);
    let left = |window: &Window, name: &str| {
        let header = window.query_by_role_and_label(Role::ColumnHeader, name);
        header.map(|header| header.rect().left())
    };
    let before = left(&window, "What").unwrap();
    window.get_by_label("Resize Endpoint").focus();
    window.run();
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    let wider = left(&window, "What").unwrap();
    assert!((wider - before - 16.0).abs() < 0.1, "{before} {wider}");

    window
        .get_by_role_and_label(Role::Row, "Columns")
        .click_secondary();
    window.run();
    window.get_by_role_and_label(Role::CheckBox, "Gap").click();
    window.run();
    assert!(left(&window, "Gap").is_none());
    assert!(left(&window, "What").unwrap() < wider - 50.0);
    window.get_by_label("Reset columns").click();
    window.run();
    assert!(left(&window, "Gap").is_some());
    assert!((left(&window, "What").unwrap() - before).abs() < 0.1);
}

#[test]
fn an_active_filter_is_a_chip_that_takes_it_away() {
    let mut window = window(1_000);
    assert!(window.query_by_label("Clear filters").is_none());
    let filter = Filter {
        endpoint: Some(EndpointId(1)),
        connection: Some(FlowId::server(7)),
        peer_text: "127.".to_owned(),
        size: Some(10..=u64::MAX),
        ..Filter::default()
    };
    window.state_mut().model.timeline.narrow(filter);
    window.run();
    assert!(window.query_by_label("1,000 of 1,000").is_some());
    for chip in ["#7", "Peer contains 127.", "Server 1", "At least 10 bytes"] {
        window
            .get_by_label(&format!("Remove filter: {chip}"))
            .click();
        window.run();
    }
    assert_eq!(*window.state().model.timeline.filter(), Filter::default());
    assert!(window.query_by_label("Clear filters").is_none());

    let timeline = &mut window.state_mut().model.timeline;
    timeline.show_only(Some(EndpointId(1)), None);
    window.run();
    window.get_by_label("Clear filters").click();
    window.run();
    assert_eq!(*window.state().model.timeline.filter(), Filter::default());
}

#[test]
fn a_cleared_view_says_so_and_comes_back() {
    let mut window = window(10);
    window.get_by_label("Clear view").click();
    window.run();
    assert!(window.query_by_label("The view is clear").is_some());
    window.get_by_label("Undo clear").click();
    window.run();
    assert_eq!(entries(&window).len(), 10);
    assert!(window.query_by_label("Undo clear").is_none());
}

#[test]
fn an_empty_timeline_offers_the_first_steps() {
    let window = window(0);
    let steps = ["Start Server 1", "Send from Client 1"];
    let buttons = steps.map(|step| window.query_by_role_and_label(Role::Button, step));
    let is_possible = buttons.map(|it| it.is_some_and(|it| !it.accesskit_node().is_disabled()));
    assert_eq!(is_possible, [true, false]);
}

#[test]
fn a_menu_copies_its_row_and_shows_only_its_peer() {
    let mut window = window(10);
    window
        .get_by_label_contains("message 4\\n")
        .click_secondary();
    window.run();
    window.get_by_label("Copy as hex").click();
    window.run();
    let copy = Action::Copy((4, 4), CopyFormat::Hex);
    assert_eq!(window.state().actions.last(), Some(&copy));
}

#[test]
fn nothing_is_painted_when_nothing_happens() {
    let mut window = window(1_000);
    window.run();
    let painted = window.run();
    assert_eq!(painted, 1);
}
