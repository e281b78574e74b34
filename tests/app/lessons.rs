//! Lessons, from their first step to their last one, over real sockets: what counts is what is on record.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use bothends::net::kernel::Marks;
use bothends::session::lesson::LessonControl;
use bothends::workspace::TimelineAs;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::driver::{
    PATIENCE, Window, choose, click, marks_height, names, rows, shows, wait, wait_for, window,
    window_with,
};

/// Begins a lesson from the list.
fn begin(title: &str) -> Window {
    begin_in(window(), title)
}

fn begin_in(mut window: Window, title: &str) -> Window {
    choose(&mut window, "Help", "Lessons");
    press(&mut window, title);
    wait(&mut window, "the lesson", |window| {
        window.state().model().lesson.is_some()
    });
    window
}

/// Presses a button that may have to be scrolled to.
fn press(window: &mut Window, name: &str) {
    window.run_steps(4);
    window
        .get_by_role_and_label(Role::Button, name)
        .scroll_to_me();
    click(window, name);
}

fn step(window: &Window) -> usize {
    let lesson = window.state().model().lesson.as_ref().unwrap();
    lesson.progress.step()
}

fn title(window: &Window, step: usize) -> String {
    let lesson = window.state().model().lesson.as_ref().unwrap();
    lesson.lesson.steps[step].title.clone()
}

/// Has a step done, and waits until that is on record.
fn do_step(window: &mut Window) {
    let at = step(window);
    let name = format!("Do it for me: {}", title(window, at));
    press(window, &name);
    wait(window, &format!("step {}", at + 1), |window| {
        step(window) > at
    });
}

/// Does all steps of a lesson.
fn finish(title: &str) -> Window {
    let mut window = begin(title);
    while !is_over(&window) {
        do_step(&mut window);
    }
    wait(&mut window, "its end", |window| {
        shows(window, "Lesson done")
    });
    window
}

fn is_over(window: &Window) -> bool {
    let lesson = window.state().model().lesson.as_ref().unwrap();
    lesson.progress.is_over()
}

fn has_ipv6() -> bool {
    TcpListener::bind("[::1]:0").is_ok()
}

#[test]
fn the_handshake_is_learned_by_the_windows_own_buttons() {
    let mut window = window();
    press(&mut window, "Learn: the handshake");
    wait(&mut window, "the lesson", |window| {
        shows(window, "Lesson 1 of 13")
    });
    let before = window.state().model().document.endpoints.len();
    assert_eq!(before, 4, "two of the document, two of the lesson");
    assert!(shows(&window, "Step 1, A server listens: to do"));
    assert!(shows(&window, "the server listens, not yet"));
    let next = |window: &Window| window.state().model().lesson_control();
    assert_eq!(next(&window), Some(LessonControl::Start));
    // What the learner does: the buttons of the lesson's own endpoints.
    in_row(&mut window, "Lesson server", "Start server");
    wait(&mut window, "the first step", |window| step(window) == 1);
    assert!(shows(&window, "Step 1, A server listens: done"));
    assert_eq!(next(&window), Some(LessonControl::Connect));
    in_row(&mut window, "Lesson client", "Connect");
    wait(&mut window, "the second step", |window| step(window) == 2);
    assert_eq!(next(&window), Some(LessonControl::Send));
    click(&mut window, "Send");
    wait(&mut window, "the third step", |window| step(window) == 3);
    assert_eq!(next(&window), Some(LessonControl::Disconnect));
    in_row(&mut window, "Lesson client", "Disconnect");
    wait(&mut window, "the fourth step", |window| step(window) == 4);
    assert_eq!(next(&window), Some(LessonControl::Stop));
    in_row(&mut window, "Lesson server", "Stop server");
    wait(&mut window, "the fifth step", |window| step(window) == 5);
    assert_eq!(next(&window), None, "it is left to the program");
    do_step(&mut window);
    assert!(is_over(&window));
    wait(&mut window, "the refusal", |window| {
        rows(window).iter().any(|row| row.contains("refused"))
    });
    press(&mut window, "Leave the lesson");
    wait(&mut window, "the document as it was", |window| {
        window.state().model().document.endpoints.len() == 2
    });
    // What happened stays on record, with the names that it had.
    assert!(
        rows(&window)
            .iter()
            .any(|row| row.starts_with("Lesson client: "))
    );
}

/// Clicks a button in an endpoint's row.
fn in_row(window: &mut Window, endpoint: &str, button: &str) {
    window.run_steps(4);
    let row = format!("{endpoint}, ");
    {
        let mut rows = window.query_all_by_role(Role::ListItem);
        let is_it = |node: &egui_kittest::Node<'_>| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.starts_with(&row))
        };
        let row = rows.find(is_it).unwrap().rect();
        let mut buttons = window.query_all_by_role_and_label(Role::Button, button);
        let at = |node: &egui_kittest::Node<'_>| row.contains(node.rect().center());
        buttons.find(at).unwrap().click();
    }
    window.run_steps(6);
}

/// How often the lesson's server has begun to listen.
fn starts(window: &Window) -> usize {
    let rows = rows(window).into_iter();
    let starts =
        |row: &String| row.starts_with("Lesson server: ") && row.contains(" on 127.0.0.1:");
    rows.filter(starts).count()
}

#[test]
fn a_server_that_the_learner_started_is_not_started_again() {
    let mut window = begin("5. Half-close");
    in_row(&mut window, "Lesson server", "Start server");
    wait(&mut window, "the server", |window| starts(window) == 1);
    do_step(&mut window);
    assert_eq!(step(&window), 1);
    assert_eq!(starts(&window), 1);
    assert!(!rows(&window).iter().any(|row| row.contains("refused")));
}

#[test]
fn a_server_that_the_learner_started_starts_again_for_a_setting_that_wants_it() {
    let mut window = begin("13. UDP beside TCP");
    while title(&window, step(&window)) != "Silence is no end" {
        do_step(&mut window);
    }
    in_row(&mut window, "Lesson server", "Start server");
    wait(&mut window, "the server", |window| {
        let model = window.state().model();
        let server = model.lesson.as_ref().map(|it| it.ends.server);
        let server = server.and_then(|id| model.endpoints.get(&id));
        server.is_some_and(|it| it.bound().is_some())
    });
    do_step(&mut window);
    assert!(is_over(&window));
}

#[test]
fn the_server_of_a_lesson_replies_in_a_document_that_is_not_approved() {
    let window = window_with(|loaded| loaded.document.is_approved = false);
    let mut window = begin_in(window, "13. UDP beside TCP");
    // The client has to receive something.
    do_step(&mut window);
    assert!(!window.state().model().document.is_approved);
}

#[test]
fn port_0_is_learned() {
    finish("2. What port 0 means");
}

#[test]
fn the_stream_is_learned() {
    let window = finish("3. TCP is a stream");
    let three = |row: &String| row.contains("received 13 bytes");
    assert!(rows(&window).iter().any(three) || is_over(&window));
}

#[test]
fn the_small_buffer_is_learned() {
    finish("4. A small buffer, and a character cut in two");
}

#[test]
fn the_half_close_is_learned() {
    finish("5. Half-close");
}

#[test]
fn the_reset_is_learned() {
    finish("6. Reset");
}

#[test]
fn the_full_backlog_is_learned() {
    // Other systems count and refuse in ways of their own.
    if cfg!(target_os = "linux") {
        finish("7. A full backlog");
    }
}

#[test]
fn the_slow_reader_is_learned() {
    finish("8. The slow reader and the closing window");
}

#[test]
fn nagle_is_learned() {
    finish("9. Nagle and delayed acknowledgements");
}

#[test]
fn keep_alive_is_learned() {
    let mut window = begin("10. Keep-alive");
    do_step(&mut window);
    // Too early: there was no silence.
    press(&mut window, "Do it for me: Silence");
    wait(&mut window, "the bytes", |window| {
        rows(window).iter().any(|row| row.contains("Still there?"))
    });
    assert_eq!(step(&window), 1);
    // The lesson is about this silence.
    let silent_until = Instant::now() + Duration::from_millis(2_100);
    wait_for(&mut window, PATIENCE, "the silence", |_| {
        Instant::now() >= silent_until
    });
    do_step(&mut window);
    do_step(&mut window);
    assert!(is_over(&window));
}

#[test]
fn time_wait_is_learned() {
    let mut window = begin("11. TIME-WAIT and address reuse");
    while !is_over(&window) {
        do_step(&mut window);
    }
    let listening = |row: &&String| row.contains("listening on");
    wait(&mut window, "its row", |window| {
        rows(window).iter().filter(listening).count() == 2
    });
    let rows = rows(&window);
    let ports: Vec<_> = rows
        .iter()
        .filter(listening)
        .filter_map(|row| row.split("127.0.0.1:").nth(1)?.split(' ').next())
        .collect();
    assert_eq!(ports[0], ports[1], "the same port again");
}

#[test]
fn families_are_learned() {
    if has_ipv6() {
        finish("12. IPv4, IPv6 and dual stack");
    }
}

#[test]
fn udp_is_learned_beside_tcp() {
    let mut window = finish("13. UDP beside TCP");
    wait(&mut window, "the silence", |window| {
        rows(window).iter().any(|row| row.contains("of silence"))
    });
}

#[test]
fn the_lifecycle_keeps_its_height_beside_a_lesson_in_a_small_window() {
    let mut window = begin("1. The handshake");
    do_step(&mut window);
    do_step(&mut window);
    choose(&mut window, "View", "Lifecycle");
    window.set_size(egui::vec2(800.0, 600.0));
    for selects in [false, true] {
        if selects {
            // A mark, which brings the detail.
            {
                let mut marks = window.query_all_by_role(Role::ListBoxOption);
                marks.next().unwrap().click();
            }
            let is_selected = |window: &Window| {
                let mut marks = window.query_all_by_role(Role::ListBoxOption);
                marks.any(|mark| mark.accesskit_node().is_selected() == Some(true))
            };
            wait(&mut window, "the selected mark", is_selected);
        }
        window.run_steps(6);
        wait(&mut window, "the picture", |window| {
            marks_height(window) > 0.0
        });
        let height = marks_height(&window);
        assert!(height >= 100.0, "{height}, {selects}");
    }
}

#[test]
fn a_lesson_changes_nothing_of_the_document() {
    let mut window = begin("1. The handshake");
    let text = |window: &Window| window.state().model().document.to_text();
    let before = text(&window);
    assert!(!before.contains("Lesson"), "{before}");
    do_step(&mut window);
    press(&mut window, "Next lesson");
    wait(&mut window, "the next lesson", |window| {
        shows(window, "Lesson 2 of 13")
    });
    assert_eq!(text(&window), before);
    press(&mut window, "Start over");
    press(&mut window, "All lessons");
    wait(&mut window, "the list", |window| {
        shows(window, "1. The handshake")
    });
    assert_eq!(window.state().model().document.endpoints.len(), 2);
    press(&mut window, "Close lessons");
    assert!(!shows(&window, "1. The handshake"));
}

#[test]
fn the_way_on_is_in_sight_in_a_small_window() {
    let mut window = begin("1. The handshake");
    window.set_size(egui::vec2(800.0, 600.0));
    window.run_steps(6);
    while !is_over(&window) {
        do_step(&mut window);
    }
    // Wherever the pane is scrolled.
    for at_end in [false, true] {
        if at_end {
            window
                .get_by_role_and_label(Role::Button, "All lessons")
                .scroll_to_me();
            window.run_steps(6);
        }
        let next = window.get_by_role_and_label(Role::Button, "Next lesson");
        let place = next.rect();
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(800.0, 600.0));
        assert!(screen.contains_rect(place), "{place:?}");
        let leave = window.get_by_role_and_label(Role::Button, "Leave the lesson");
        assert!((leave.rect().center().y - place.center().y).abs() < 2.0);
    }
    // It can be pressed where it is.
    window
        .get_by_role_and_label(Role::Button, "Next lesson")
        .click();
    wait(&mut window, "the next lesson", |window| {
        shows(window, "Lesson 2 of 13")
    });
}

#[test]
fn the_list_marks_the_lessons_that_were_finished() {
    let mut window = begin("2. What port 0 means");
    press(&mut window, "All lessons");
    assert!(!shows(&window, "2. What port 0 means: done"));
    press(&mut window, "2. What port 0 means");
    wait(&mut window, "the lesson again", |window| {
        window.state().model().lesson.is_some()
    });
    while !is_over(&window) {
        do_step(&mut window);
    }
    press(&mut window, "All lessons");
    assert!(shows(&window, "2. What port 0 means: done"));
    assert!(!shows(&window, "1. The handshake: done"));
    let preferences = &window.state().model().preferences;
    assert_eq!(preferences.finished_lessons, ["port-0"]);
}

#[test]
fn what_the_kernel_marks_in_a_lesson_ends_with_it() {
    let mut window = begin("5. Half-close");
    do_step(&mut window);
    choose_in_lesson(&mut window, "Lifecycle");
    click(&mut window, "Show acknowledgements");
    assert_eq!(window.state().model().marks, Marks::Acknowledged);
    press(&mut window, "Leave the lesson");
    wait(&mut window, "its end", |window| {
        window.state().model().lesson.is_none()
    });
    assert_eq!(window.state().model().marks, Marks::None);
}

#[test]
fn the_names_of_a_lesson_keep_their_room_after_it() {
    let mut window = begin("1. The handshake");
    do_step(&mut window);
    wait(&mut window, "its row", |window| !rows(window).is_empty());
    let edge = |window: &Window| {
        let name = window.get_by_role_and_label(Role::ColumnHeader, "Endpoint");
        name.rect().right()
    };
    let before = edge(&window);
    press(&mut window, "Leave the lesson");
    wait(&mut window, "its end", |window| {
        window.state().model().lesson.is_none()
    });
    window.run_steps(4);
    let after = edge(&window);
    assert!((before - after).abs() < 0.5, "{before}, {after}");
}

#[test]
fn only_whole_tabs_stand_above_the_timeline() {
    let mut window = begin("7. A full backlog");
    for width in [800.0, 1_120.0, 1_440.0] {
        window.set_size(egui::vec2(width, 600.0));
        window.run_steps(6);
        let bar = window.query_all_by_role(Role::Tab);
        let is_one = |node: &egui_kittest::Node<'_>| {
            let label = node.accesskit_node().label();
            label.is_some_and(|label| label.starts_with("Show only ") || label == "Show all")
        };
        let tabs: Vec<_> = bar.filter(is_one).map(|node| node.rect()).collect();
        assert!(!tabs.is_empty());
        // Nothing in sight begins within a tab: neither the next tab nor the menu of all.
        let menu = window.query_by_role_and_label(Role::Button, "Show only…");
        let ends = tabs.iter().skip(1).copied();
        let ends = ends.chain(menu.iter().map(egui_kittest::Node::rect));
        for (tab, next) in tabs.iter().zip(ends) {
            assert!(tab.right() <= next.left(), "{width}: {tab:?}, {next:?}");
        }
        assert_eq!(menu.is_some(), tabs.len() < 8, "{width}: {tabs:?}");
    }
    window.set_size(egui::vec2(800.0, 600.0));
    window.run_steps(6);
    click(&mut window, "Show only…");
    click(&mut window, "Lesson client 4");
    assert!(
        shows(&window, "Show only Lesson client 4"),
        "the chosen one"
    );
}

#[test]
fn another_document_ends_the_lesson() {
    let mut window = begin("1. The handshake");
    choose(&mut window, "File", "New document");
    click(&mut window, "Don't save");
    wait(&mut window, "its end", |window| {
        window.state().model().lesson.is_none()
    });
    assert!(
        !names(&window)
            .iter()
            .any(|it| it.starts_with("Lesson server"))
    );
}

#[test]
fn what_the_timeline_is_shown_as_can_always_be_chosen_in_a_lesson() {
    let mut window = begin("1. The handshake");
    for (form, expected) in [
        ("Lifecycle", TimelineAs::Lifecycle),
        ("Lanes", TimelineAs::Lanes),
        ("Rows", TimelineAs::Rows),
    ] {
        if form == "Lanes" {
            do_step(&mut window);
            assert_eq!(shown_as(&window), TimelineAs::Lifecycle, "it stays");
        }
        choose_in_lesson(&mut window, form);
        assert_eq!(shown_as(&window), expected);
    }
}

/// Chooses what the timeline is shown as, in the lesson.
fn choose_in_lesson(window: &mut Window, form: &str) {
    let at = |node: &egui_kittest::Node<'_>| node.rect().left() as i32;
    for is_in_sight in [false, true] {
        // One in the timeline's header, one in the lesson, further to the right.
        let choices = window.query_all_by_role_and_label(Role::RadioButton, form);
        let choices: Vec<_> = choices.collect();
        assert_eq!(choices.len(), 2, "{form}");
        let in_lesson = choices.iter().max_by_key(|it| at(it)).unwrap();
        if is_in_sight {
            in_lesson.click();
        } else {
            in_lesson.scroll_to_me();
        }
        window.run_steps(6);
    }
}

fn shown_as(window: &Window) -> TimelineAs {
    window.state().model().preferences.timeline_as
}

#[test]
fn code_is_shown_in_both_languages_and_copied() {
    let mut window = begin("1. The handshake");
    assert!(shows(&window, "socket.create_server"));
    window
        .get_by_role_and_label(Role::RadioButton, "Rust")
        .scroll_to_me();
    window.run_steps(4);
    window
        .get_by_role_and_label(Role::RadioButton, "Rust")
        .click();
    window.run_steps(4);
    assert!(shows(&window, "TcpListener::bind"));
    let mut copied = String::new();
    window.get_by_role_and_label(Role::Button, "Copy").click();
    wait(&mut window, "the copied code", |window| {
        let commands = &window.output().platform_output.commands;
        copied.extend(commands.iter().filter_map(|it| match it {
            egui::OutputCommand::CopyText(text) => Some(text.as_str()),
            _ => None,
        }));
        !copied.is_empty()
    });
    assert!(copied.starts_with("use std::io"), "{copied}");
}
