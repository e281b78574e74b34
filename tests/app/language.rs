//! The language of the window: it changes at once, and all text comes from it.
//!
//! In a language with every phrase in brackets, no letters are outside brackets. Everything typed, named and received
//! consists of digits. So a letter outside brackets is text that bypasses the language, except for a few terms that are
//! the same in every language.

mod common;
mod files;
mod lessons;
mod pictures;
mod reader;
mod scripts;
mod transports;

use bothends::app::App;
use bothends::capture::Library;
use bothends::words::ENGLISH;
use bothends::workspace::{ConfigFolder, LanguageChoice, LanguageId, Loaded};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::driver::{self, Window, converse, data_folder, names, rows, shows, type_into, wait};

/// Chooses a command by its name in a list of commands, whose field is called so.
fn command(window: &mut Window, field: &str, name: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    type_into(window, Role::TextInput, field, name);
    window.key_press(Key::Enter);
    window.run_steps(4);
}

#[test]
fn the_language_changes_at_once_and_is_remembered() {
    let mut window = driver::window();
    converse(&mut window);
    let finds = |window: &mut Window, field: &str, text: &str, count: u64| {
        type_into(window, Role::TextInput, field, text);
        wait(window, text, |window| {
            let find = window.state().model().timeline.find();
            let is_it = find.pattern.as_ref().is_some_and(|it| it.typed() == text);
            is_it && find.progress.is_whole() && find.count == count
        });
    };
    let begins = |window: &Window, text: &str| rows(window).iter().any(|it| it.starts_with(text));
    assert!(begins(&window, "Server 1: listening on"));
    finds(&mut window, "Find", "listening on", 1);
    for name in ["View", "Language", "Deutsch"] {
        window.get_by_role_and_label(Role::Button, name).click();
        window.run_steps(4);
    }
    let chosen = |window: &Window| window.state().model().preferences.language;
    assert_eq!(chosen(&window), LanguageChoice::Of(LanguageId::German));
    assert!(shows(&window, "Server stoppen"));
    assert!(begins(&window, "Server 1: lauscht auf"));
    // What is found by words is found by those of the window.
    finds(&mut window, "Suchen", "lauscht auf", 1);
    finds(&mut window, "Suchen", "listening on", 0);
    command(&mut window, "Befehl suchen", "english");
    assert_eq!(chosen(&window), LanguageChoice::Of(LanguageId::English));
    assert!(shows(&window, "Stop server"));
    finds(&mut window, "Find", "listening on", 1);
}

#[test]
fn a_language_without_fonts_says_in_english_what_brings_them() {
    let data = data_folder();
    let mut window = Harness::builder()
        .with_size([1440.0, 800.0])
        .with_max_steps(64)
        .allow_missing_glyphs()
        .build_eframe(move |creation| {
            let library = Library::open_in(&data);
            let folder = ConfigFolder::default();
            let loaded = Loaded::default();
            App::new(&creation.egui_ctx, &ENGLISH, folder, loaded, Some(&library)).unwrap()
        });
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    type_into(&mut window, Role::TextInput, "Find a command", "japanese");
    window.key_down(Key::Enter);
    window.step();
    assert_eq!(
        window.state().model().preferences.language,
        LanguageChoice::Of(LanguageId::Japanese)
    );
    // This machine may have such fonts: they are taken away before the next frame.
    window.ctx.set_font_providers(Vec::new());
    window.run_steps(4);
    let title = "No font on this system has the characters of Japanese";
    assert!(shows(&window, title), "{:#?}", names(&window));
    window
        .get_by_role_and_label(Role::Button, "Show in English")
        .click();
    window.run_steps(4);
    assert!(!shows(&window, "No font on this system"));
    assert!(shows(&window, "Start server"));
}
