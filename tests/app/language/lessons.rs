//! The lessons. Their own texts are no phrases, so each of their paragraphs is known.

use bothends::session::lesson::Lesson;
use bothends::words::ENGLISH;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use super::reader::Reader;
use crate::driver::wait;

/// Returns all texts of the lessons, paragraph by paragraph, as they are painted.
fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    for files in ENGLISH.lesson_files() {
        let lesson = Lesson::read(files).unwrap();
        let whole = [lesson.title, lesson.summary, lesson.about, lesson.end];
        let steps = lesson.steps.into_iter().flat_map(|it| {
            let code = [it.python, it.rust].map(|it| it.to_string());
            [it.title, it.text, it.look].into_iter().chain(code)
        });
        for text in whole.into_iter().chain(steps) {
            let plain = text.replace("**", "").replace('`', "");
            texts.extend(plain.split("\n\n").map(str::to_owned));
            // Code, whose paragraphs are one.
            texts.push(text);
        }
    }
    texts
}

/// Presses a button whose name has this in it, which may have to be scrolled to.
fn press(reader: &mut Reader, name: &str) {
    for _ in 0..2 {
        {
            let window = &mut reader.window;
            let mut buttons = window.query_all_by_role(Role::Button);
            let has = |node: &egui_kittest::Node<'_>| {
                use egui_kittest::kittest::NodeT as _;
                let label = node.accesskit_node().label().unwrap_or_default();
                label.contains(name)
            };
            let button = buttons.find(has);
            button.unwrap_or_else(|| panic!("no {name}")).scroll_to_me();
        }
        reader.window.run_steps(4);
    }
    let mut buttons = reader.window.query_all_by_label_contains(name);
    buttons.next().unwrap().click();
    drop(buttons);
    reader.window.run_steps(6);
}

fn learn(title: &str) {
    let mut reader = Reader::new(|_| {});
    reader.know(texts().iter().map(String::as_str));
    // What a lesson sends, and the languages of its code.
    reader.know(["Python", "Rust", "one", "two"]);
    let sent = ["Hello, server!", "Hello", "xx", "udp://"];
    reader.data.extend(sent.map(str::to_owned));
    reader.command("Lessons");
    reader.read("the lessons");
    press(&mut reader, title);
    wait(&mut reader.window, "the lesson", |window| {
        window.state().model().lesson.is_some()
    });
    reader.read("a lesson");
    let step = |reader: &Reader| {
        let lesson = reader.window.state().model().lesson.as_ref().unwrap();
        (lesson.progress.step(), lesson.progress.is_over())
    };
    while !step(&reader).1 {
        let before = step(&reader).0;
        press(&mut reader, "[Do it for me: ");
        wait(&mut reader.window, "the step", |window| {
            let lesson = window.state().model().lesson.as_ref().unwrap();
            lesson.progress.step() > before
        });
        reader.read("a step is done");
    }
    reader.wait_for("Lesson done");
    reader.read("a lesson is done");
    reader.choose("Language of the code", "Rust");
    reader.read("the code of a step in another language");
    press(&mut reader, "Leave the lesson");
    reader.read("a lesson is left");
    reader.command("Lessons");
    reader.read("a lesson was finished");
    reader.finish();
}

#[test]
fn a_lesson_of_tcp_speaks_the_language() {
    learn("[1. The handshake]");
}

#[test]
fn a_lesson_of_udp_speaks_the_language() {
    learn("[13. UDP beside TCP]");
}
