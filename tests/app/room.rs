//! What there is room for in a low window: nothing covers anything else, and nothing is out of reach.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::driver::{Window, click, converse, shows, wait, window};

const LOW: egui::Vec2 = egui::vec2(800.0, 600.0);

fn select_received(window: &mut Window) {
    window
        .query_all_by_label_contains("received 14 bytes")
        .last()
        .unwrap()
        .click();
    wait(window, "the detail", |window| {
        shows(window, "Received 14 bytes")
            && window
                .query_by_role_and_label(Role::ListBox, "Hex dump")
                .is_some()
    });
    window.run_steps(4);
}

fn list(window: &Window, name: &str) -> egui::Rect {
    window.get_by_role_and_label(Role::ListBox, name).rect()
}

#[test]
fn plot_timeline_and_detail_stand_one_below_the_other_in_a_low_window() {
    let mut window = window();
    converse(&mut window);
    window.set_size(LOW);
    window.run_steps(4);
    click(&mut window, "More views");
    click(&mut window, "Frames");
    click(&mut window, "Plot");
    window.key_press(Key::Escape);
    window.run_steps(4);
    wait(&mut window, "the plot", |window| {
        shows(window, "Traffic over the session")
    });
    select_received(&mut window);
    let plot = window
        .get_by_label_contains("Traffic over the session")
        .rect();
    let (rows, dump) = (list(&window, "Timeline"), list(&window, "Hex dump"));
    let heading = window.get_by_label("Received 14 bytes").rect();
    assert!(plot.bottom() <= rows.top(), "{plot} {rows}");
    assert!(rows.bottom() <= heading.top(), "{rows} {heading}");
    assert!(heading.bottom() <= dump.top(), "{heading} {dump}");
    assert!(rows.height() >= 75.0, "{rows}");
    // A line of the dump can be read.
    let message = window.get_by_role_and_label(Role::MultilineTextInput, "Message");
    assert!(dump.height() >= 18.0, "{dump}");
    assert!(dump.bottom() <= message.rect().top(), "{dump}");
}

#[test]
fn the_detail_gets_its_height_back_with_the_room() {
    let mut window = window();
    converse(&mut window);
    select_received(&mut window);
    let before = list(&window, "Hex dump").height();
    window.set_size(LOW);
    window.run_steps(4);
    let low = list(&window, "Hex dump").height();
    assert!(low >= 18.0 && low < before, "{low}, {before}");
    window.set_size(egui::vec2(1440.0, 800.0));
    window.run_steps(4);
    let after = list(&window, "Hex dump").height();
    assert!((after - before).abs() < 1.0, "{before}, {after}");
}

#[test]
fn a_menu_that_is_higher_than_the_window_scrolls_below_its_bar() {
    let mut window = window();
    window.set_size(LOW);
    window.run_steps(4);
    let bar = window.get_by_label("View").rect();
    click(&mut window, "View");
    window.run_steps(4);
    let first = window.get_by_role_and_label(Role::Button, "Rows").rect();
    assert!(first.top() >= bar.bottom(), "{first}");
    window.key_press(Key::ArrowUp);
    window.run_steps(8);
    let last = window
        .get_by_role_and_label(Role::Button, "Previous pane")
        .rect();
    assert!(
        last.bottom() <= LOW.y && last.top() >= bar.bottom(),
        "{last}"
    );
}
