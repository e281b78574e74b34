//! Texts fit their places in every language: no label, button or choice is cut.

use std::collections::BTreeSet;

use bothends::app::App;
use bothends::capture::Library;
use bothends::words::{CHINESE, ENGLISH, FRENCH, GERMAN, JAPANESE, Language, PORTUGUESE, SPANISH};
use bothends::workspace::{ConfigFolder, EndpointKind, Loaded};
use egui::accesskit::Role;
use egui::epaint::Shape;
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::driver::{Window, data_folder, wait};

/// A text that was cut, and what was shown then.
type Cut = (&'static str, String);

fn window(words: &'static Language, size: Vec2) -> Window {
    let data = data_folder();
    let mut window = Harness::builder()
        .with_size(size)
        .with_max_steps(64)
        // Chinese and Japanese come from the system's fonts.
        .allow_missing_glyphs()
        .build_eframe(move |creation| {
            let mut loaded = Loaded::default();
            for form in &mut loaded.document.endpoints {
                if let EndpointKind::Server(server) = &mut form.kind {
                    server.bind.port_text = "0".to_owned();
                }
            }
            let library = Library::open_in(&data);
            let folder = ConfigFolder::default();
            App::new(&creation.egui_ctx, words, folder, loaded, Some(&library)).unwrap()
        });
    window.run_steps(2);
    window
}

/// Goes through the window by keys and places alone, which are the same in all languages.
fn cut_in(words: &'static Language, size: Vec2) -> BTreeSet<Cut> {
    let mut window = window(words, size);
    let mut cut = BTreeSet::new();
    look(&mut window, "the first window", &mut cut);
    window.key_press(Key::F5);
    wait(&mut window, "the server", |window| {
        window.state().model().record.entries == 1
    });
    press(&mut window, Modifiers::COMMAND, Key::Enter);
    wait(&mut window, "the echo", |window| {
        window.state().model().record.entries >= 8
    });
    look(&mut window, "a conversation", &mut cut);
    // In a small window the box of its choices yields to what stands beside it.
    if size.x > 1000.0 {
        let mut rows = window.query_all_by_role(Role::ListBoxOption);
        rows.next_back().unwrap().click();
        drop(rows);
        look(&mut window, "a detail", &mut cut);
    }
    for (what, place) in [("the rules", 3), ("a connection", 4)] {
        tab(&mut window, place);
        look(&mut window, what, &mut cut);
    }
    for (what, modifiers, key) in [
        ("lanes", COMMAND_SHIFT, Key::L),
        ("a lifecycle", COMMAND_SHIFT, Key::H),
    ] {
        press(&mut window, modifiers, key);
        look(&mut window, what, &mut cut);
    }
    for (what, modifiers, key) in [
        ("all commands", Modifiers::COMMAND, Key::K),
        ("keys", Modifiers::NONE, Key::F1),
        ("the export", Modifiers::COMMAND, Key::E),
        ("sessions", COMMAND_SHIFT, Key::O),
        ("messages sent before", Modifiers::COMMAND, Key::R),
    ] {
        press(&mut window, modifiers, key);
        look(&mut window, what, &mut cut);
        window.key_press(Key::Escape);
        window.run_steps(4);
    }
    cut
}

const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(6);
}

fn tab(window: &mut Window, place: usize) {
    let mut tabs = window.query_all_by_role(Role::Tab);
    if let Some(tab) = tabs.nth(place) {
        tab.click();
    }
    drop(tabs);
    window.run_steps(6);
}

fn look(window: &mut Window, what: &'static str, cut: &mut BTreeSet<Cut>) {
    window.run_steps(4);
    for clipped in &window.output().shapes {
        find(&clipped.shape, what, cut);
    }
}

fn find(shape: &Shape, what: &'static str, cut: &mut BTreeSet<Cut>) {
    match shape {
        Shape::Text(text) if text.galley.elided => {
            cut.insert((what, text.galley.text().to_owned()));
        }
        Shape::Vec(shapes) => shapes.iter().for_each(|it| find(it, what, cut)),
        _ => {}
    }
}

/// Whether a text may be cut where there is no room: data, and lines of facts, which are also elsewhere.
fn may_be_cut(text: &str) -> bool {
    let is_dump = text.split(' ').all(|it| it.len() == 2 || it.is_empty());
    is_dump
        || ["127.0.0.1", "pid ", "  ·  "]
            .iter()
            .any(|it| text.contains(it))
}

#[test]
fn no_language_is_cut_where_it_names_something() {
    let languages = [
        &ENGLISH,
        &GERMAN,
        &FRENCH,
        &SPANISH,
        &PORTUGUESE,
        &CHINESE,
        &JAPANESE,
    ];
    let mut cut = Vec::new();
    for size in [Vec2::new(1280.0, 800.0), Vec2::new(800.0, 600.0)] {
        for words in languages {
            let found = cut_in(words, size).into_iter();
            cut.extend(
                found
                    .filter(|(_, text)| !may_be_cut(text))
                    .map(|it| (size, it)),
            );
        }
    }
    assert!(cut.is_empty(), "{cut:#?}");
}
